// SPDX-License-Identifier: GPL-3.0-or-later
// The result query: where the photo is, what was decided, and what the student can do now.
import { el, put } from "../dom.js";
import { has, pick, t, time, until } from "../words.js";
import { app, isWaiting, mayUpload, nextPage, photoInWork, triesLeft } from "../app.js";
import * as api from "../api.js";
import { add, box, busy, button, deskContact, heading, link, photoFigure, problemBox, problemPlace, reasonItem } from "../parts.js";
import { imageOf } from "../picture.js";

const GOOD = [ "APPROVED", "EXPORTED", "CONFIRMED" ];
const BACK = [ "RETURNED", "RESHOOT" ];

function studentLine ()
{
  const { student } = app.record;
  return el("p", { class: "quiet" }, [ student.name, student.number, student.class, student.site ].filter(Boolean).join(" · "));
}

// What waits: for how long, and from when the result can be asked for.
function waitingBox (submission)
{
  return box("info", el("p", { class: "strong" }, t("status.waiting")),
             el("dl", null,
                el("dt", null, t("status.sent")), el("dd", null, time(submission.submitted_at)),
                submission.result_from ? [ el("dt", null, t("status.from")), el("dd", null, time(submission.result_from)) ] : null,
                submission.due_at ? [ el("dt", null, t("status.due")), el("dd", null, time(submission.due_at)) ] : null),
             el("p", null, t("status.waiting-more")));
}

function decisionPart (submission)
{
  const { decision } = submission;
  if (!decision)
    return null;
  return [
    decision.reasons && decision.reasons.length > 0 ? el("ol", { class: "reasons" }, decision.reasons.map(reasonItem)) : null,
    decision.note ? el("p", { class: "note" }, t("status.note", { note: decision.note })) : null,
    el("p", { class: "quiet" }, t("status.decided", { time: time(decision.at) })),
  ];
}

function backBox (submission)
{
  const { window: hours } = app.record;
  const more = mayUpload()
    ? hours.right_until && !hours.open ? t("status.back-until", { time: until(hours.right_until) }) : t("status.back-now")
    : t("window.closed");
  return el("section", { class: "box bad result" }, el("p", { class: "strong" }, t(`status.${submission.state}`)), decisionPart(submission),
            el("p", null, more), mayUpload() ? null : deskContact(),
            mayUpload() && triesLeft() === 0 ? [ el("p", null, t("todo.no-tries")), deskContact() ] : null,
            el("div", { class: "actions" }, mayUpload() ? link(t("status.again"), photoInWork() ? nextPage() : "photo", "main") : null,
               submission.can_object ? link(t("status.object"), `objection/${submission.id}`) : null));
}

// The approved photo: kept with a button where the browser downloads, with a long press elsewhere.
function approvedBox (signal)
{
  const problems = problemPlace();
  const frame = el("div", { class: "photo approved" }, el("div", { class: "photo-wait", "aria-hidden": "true" }));
  let bytes = null;
  const get = button(t("status.download"), null);

  async function fetchPhoto ()
  {
    bytes = bytes || await api.call("GET", "/v1/student/approved", { blob: true, signal });
    return bytes;
  }

  get.addEventListener("click", busy(get, problems, async () => {
    const file = await fetchPhoto();
    const url = URL.createObjectURL(file);
    const anchor = el("a", { href: url, download: file.name || `${t("status.file")}.jpg` });
    add(document.body, [ anchor ]);
    anchor.click();
    anchor.remove();
    setTimeout(() => URL.revokeObjectURL(url), 60000);
  }));
  fetchPhoto().then(blob => imageOf(blob, t("status.photo"))).then(image => put(frame, image), error => problems.show(error));
  return el("section", { class: "box good result" }, el("p", { class: "strong" }, t("status.APPROVED")), el("p", null, t("status.approved-more")),
            frame, problems.element, el("div", { class: "actions" }, get), el("p", { class: "hint" }, t("status.press")));
}

function otherBox (submission)
{
  const words = has(`status.${submission.state}`) ? t(`status.${submission.state}`) : t("status.waiting");
  return box("info", el("p", { class: "strong" }, words), decisionPart(submission), deskContact());
}

function currentPart (signal)
{
  const submission = app.record.submissions[0];
  if (app.record.approved)
    return approvedBox(signal);
  if (photoInWork() && mayUpload() && (!submission || !isWaiting(submission)))
    return [ box("info", el("p", { class: "strong" }, t("status.in-work")), el("div", { class: "actions" }, link(t("status.go-on"), nextPage(), "main"))),
             submission && BACK.includes(submission.state) ? backBox(submission) : null ];
  if (!submission)
    return emptyBox();
  if (BACK.includes(submission.state) && submission.decision)
    return backBox(submission);
  if (isWaiting(submission) && submission.state !== "HELD")
    return waitingBox(submission);
  return otherBox(submission);
}

function emptyBox ()
{
  const { window: hours } = app.record;
  if (mayUpload())
    return box("info", el("p", { class: "strong" }, t("status.nothing")), el("div", { class: "actions" }, link(t("status.begin"), "photo", "main")));
  return box("info", el("p", { class: "strong" }, t("window.closed")),
             hours.opens_at ? el("p", null, t("window.opens", { time: time(hours.opens_at) })) : null, deskContact());
}

function historyPart ()
{
  const older = app.record.submissions.slice(1);
  if (older.length === 0)
    return null;
  return el("details", { class: "card" }, el("summary", null, t("status.history", { n: older.length })),
            el("ol", { class: "history" }, older.map(submission =>
              el("li", null, el("p", { class: "strong" }, t(`state.${submission.state}`), " · ", time(submission.submitted_at)),
                 decisionPart(submission), submission.can_object ? link(t("status.object"), `objection/${submission.id}`) : null))));
}

function ticketItem (ticket)
{
  const said = (ticket.entries || []).filter(entry => entry.by === "staff" && entry.text);
  return el("li", { "data-ticket": ticket.type },
            el("p", { class: "strong" }, t(`ticket.${ticket.type}`), " · ", t(`ticket-state.${ticket.state}`)),
            el("p", { class: "quiet" }, time(ticket.created_at)),
            said.map(entry => el("p", { class: "note" }, t("ticket.answer", { text: entry.text }))));
}

// The requests, and what was answered as soon as it has come.
function ticketsPart (signal)
{
  const tickets = app.record.tickets || [];
  if (tickets.length === 0)
    return null;
  const list = el("ul", { class: "tickets" }, tickets.map(ticketItem));
  api.call("GET", "/v1/student/tickets", { signal }).then(whole => put(list, whole.tickets.map(ticketItem)), error => {
    if (!(error instanceof api.Stopped))
      add(list, [ el("li", null, problemBox(error)) ]);
  });
  return el("section", { class: "card" }, el("h2", null, t("status.tickets")), list);
}

function objectionLink ()
{
  const submission = app.record.submissions[0];
  return submission && submission.can_object && !BACK.includes(submission.state)
    ? link(t("status.object"), `objection/${submission.id}`, "plain") : null;
}

export default {
  build (root, signal)
  {
    const sent = app.form.sent;
    app.form.sent = false;
    add(root, [
      heading(t("status.heading")), studentLine(),
      sent ? box("good", el("p", { class: "strong", role: "status" }, t("status.just-sent"))) : null,
      currentPart(signal), objectionLink(),
      app.record.submissions.length > 0 && !app.record.approved
        ? photoFigure(app.record.submissions[0].id, "blue", t("status.photo-sent"), signal).element : null,
      mayUpload() ? el("p", { class: "quiet" }, t("tries.left", { left: triesLeft(), allowed: app.record.tries.allowed })) : null,
      ticketsPart(signal), historyPart(),
    ]);
  },
};
