// SPDX-License-Identifier: GPL-3.0-or-later
// The form of a request in writing: an objection or a call for the desk.
import { el, put } from "./dom.js";
import { has, pick, t, time } from "./words.js";
import { app } from "./app.js";
import * as api from "./api.js";
import { add, box, busy, button, complain, deskContact, field, link, photoPath, problemPlace } from "./parts.js";
import { pictureOfText } from "./picture.js";

export const LONGEST = 500;

// Makers of attachments: what the service has of a photo, or what is known of it as a picture of text.
export function fetched (id, which)
{
  return () => api.call("GET", photoPath(id, which), { blob: true });
}

function head (title)
{
  const { student, round, now } = app.record;
  return [ `# ${title}`, [ student.name, student.number, student.class ].filter(Boolean).join(" · "),
           [ round && round.name, time(now) ].filter(Boolean).join(" · "), "" ];
}

export function feedbackPicture (checks)
{
  const lines = checks.filter(check => check.outcome !== "pass")
    .map(check => `${t(`outcome.${check.outcome}`)}  ${pick(check, "title")}  ${pick(check, "text")}`);
  return () => pictureOfText([ ...head(t("attach.feedback")), ...(lines.length > 0 ? lines : [ t("checks.passed") ]) ]);
}

export function conclusionPicture (submission)
{
  const { decision } = submission;
  const reasons = ((decision && decision.reasons) || []).map((reason, i) => `${i + 1}. ${pick(reason)}`);
  const title = has(`state.${submission.state}`) ? t(`state.${submission.state}`) : submission.state;
  return () => pictureOfText([ ...head(t("attach.conclusion")), title, ...reasons, decision && decision.note ? decision.note : "",
                               decision ? t("status.decided", { time: time(decision.at) }) : "" ].filter(Boolean));
}

// ticket: {type, submission}; attachments: Attachments or null.
export function requestForm (name, ticket, attachments, signal)
{
  const problems = problemPlace();
  const text = field(name, t("request.text"), { rows: "5", maxlength: String(LONGEST) }, t("request.text-hint", { n: LONGEST }));
  const send = button(t("request.send"), null);
  const form = el("div", null, el("section", { class: "card" }, text.element,
                                  attachments ? [ el("h2", null, t("request.attached")), attachments.element ] : null),
                  problems.element, el("div", { class: "actions" }, send, link(t("request.back"), "status")));

  send.addEventListener("click", busy(send, problems, async () => {
    const typed = text.input.value.trim();
    if (complain(text.input, typed ? null : t("request.text-missing")))
      return;
    const missing = attachments ? await attachments.missing() : null;
    if (missing)
      throw new api.Problem(422, { code: "attachment-missing", title: t("request.missing", { name: t(`attach.${missing.kind}`) }) });
    const sent = attachments ? await attachments.send(signal) : [];
    await api.call("POST", "/v1/student/tickets", { json: { ...ticket, text: typed, attachments: sent }, signal });
    delete app.form[name];
    put(form, box("good", el("p", { class: "strong", role: "status", tabindex: "-1" }, t("request.sent")), el("p", null, t(`request.sent-${name}`)),
                  deskContact(), el("div", { class: "actions" }, link(t("foot.status"), "status", "main"))));
    form.querySelector("[role=status]").focus();
  }));
  return add(el("div"), [ form ]);
}
