// SPDX-License-Identifier: GPL-3.0-or-later
// The crop helper. Nothing here costs a try until the checks are asked for.
import { el, put } from "../dom.js";
import { duration, t } from "../words.js";
import { app, blocked, go, mayUpload, photoInWork, say, triesLeft } from "../app.js";
import * as api from "../api.js";
import * as crop from "../crop.js";
import { CropView } from "../crop-view.js";
import { add, box, busy, button, heading, link, photoPath, pictureAt, problemBox, problemPlace } from "../parts.js";

// What the crop will measure, where the service has told where the head is.
function figures (view, head, standard)
{
  const found = crop.measured(view, head);
  const rows = [ [ "eye_line", found.eye_line ], [ "face_width", found.face_width ], [ "hair_top", found.hair_top ],
                 [ "centre", found.centre ] ];
  return rows.filter(([ name, value ]) => value !== null && standard[name]).map(([ name, value ]) => {
    const { low, high } = standard[name];
    return { name, value: Math.round(value), low: Math.round(low), high: Math.round(high), good: value >= low && value <= high };
  });
}

function signed (number)
{
  return String(number).replace("-", "−");
}

function figureList (place, list)
{
  put(place, list.map(({ name, value, low, high, good }) =>
    el("li", { class: good ? "pass" : "warn" }, el("span", { class: "sign", "aria-hidden": "true" }), el("span", null, t(`crop.${name}`), " ", el("b", { class: "numeric" }, signed(value))),
       el("span", { class: "quiet numeric" }, t("crop.range", { low: signed(low), high: signed(high) })),
       el("span", { class: "unseen" }, t(good ? "crop.good" : "crop.out")))));
}

function triesLine ()
{
  const left = triesLeft();
  return el("p", { class: "tries", id: "tries" }, t("tries.before", { left, allowed: app.record.tries.allowed }));
}

// Asks for the checks. A full queue is waited for here, with the time it takes said.
export async function check (photo, chosen, signal, tell)
{
  const key = api.newKey();
  if (photo.state !== "DRAFT")
    app.record.photo = await api.call("POST", `/v1/student/photos/${photo.id}/redo`, { json: {}, signal });
  for (;;)
    {
      try
        {
          app.record.photo = await api.call("POST", `/v1/student/photos/${photo.id}/check`, { json: { crop: chosen }, key, signal });
          app.form.crop = null;
          go("checks");
          return;
        }
      catch (error)
        {
          if (error.status !== 503)
            throw error;
          const seconds = error.body.retry_after || 15;
          tell(t("wait.full", { time: duration(error.body.wait_seconds || seconds) }));
          await new Promise(done => setTimeout(done, seconds * 1000));
          if (signal.aborted)
            throw new api.Stopped();
        }
    }
}

function slider (view)
{
  const input = el("input", {
    type: "range", id: "roll", min: String(-crop.MAX_ROLL), max: String(crop.MAX_ROLL), step: "0.1", value: view.view.roll,
    on: { input: () => view.turn(Number(input.value)) },
  });
  return { input, element: el("div", { class: "roll" }, el("label", { for: "roll" }, t("crop.roll")), input) };
}

function build (root, photo, picture, signal)
{
  const original = photo.original;
  const standard = app.notice.standard || {};
  const head = crop.headOf(photo.proposal, original);
  const first = app.form.crop || photo.crop || photo.proposal;
  const list = el("ul", { class: "crop-figures" });
  const waiting = el("div");
  const problems = problemPlace();
  let roll = null;
  const view = new CropView(picture, original, first ? crop.fromFractions(first, original) : crop.start(original), standard, changed);
  let spoken = 0;

  function changed (now)
  {
    app.form.crop = crop.toFractions(now, original);
    if (roll && document.activeElement !== roll.input)
      roll.input.value = now.roll;
    if (!head)
      return;
    const found = figures(now, head, standard);
    figureList(list, found);
    clearTimeout(spoken);
    spoken = setTimeout(() => say(found.map(f => `${t(`crop.${f.name}`)} ${f.value}${t("list.comma")}${t(f.good ? "crop.good" : "crop.out")}`)
                                       .join(t("list.semicolon"))), 900);
  }

  roll = app.notice.limits.turn ? slider(view) : null;
  if (head)
    figureList(list, figures(view.view, head, standard));
  const propose = photo.proposal ? button(t("crop.proposal"), () => {
    view.set(crop.fromFractions(photo.proposal, original));
    say(t("crop.proposed"));
  }, "second") : null;
  // where no crop can be right another photo is the better way, and checking this one costs a try
  const hopeless = Boolean(photo.problem) && photo.problem.code !== "unavailable" && !photo.proposal;
  const send = button(t(hopeless ? "crop.check-all-the-same" : "crop.check"), null, hopeless ? "second" : "main");
  send.setAttribute("aria-describedby", "tries");
  send.addEventListener("click", busy(send, problems, async () => {
    await check(photo, crop.toFractions(view.view, original), signal, text => put(waiting, box("wait", el("p", null, text))));
  }));
  const tools = el("div", { class: "crop-tools" }, button("−", () => view.zoom(1 / 1.05), "round"), button("+", () => view.zoom(1.05), "round"),
                   roll ? roll.element : null, propose);
  tools.children[0].setAttribute("aria-label", t("crop.smaller"));
  tools.children[1].setAttribute("aria-label", t("crop.larger"));
  put(root, el("div", { class: "two" },
               el("div", { class: "left" }, view.element, tools),
               el("div", { class: "right" },
                  photo.problem ? box("warn", el("p", { class: "strong" }, photo.problem.title),
                                      photo.proposal ? null : el("p", null, t("crop.by-hand"))) : null,
                  list, problems.element, waiting, triesLine(),
                  triesLeft() === 0 ? problemBox(new api.Problem(409, { code: "no-tries" })) : null,
                  el("div", { class: "actions" }, hopeless ? link(t("crop.other"), "photo", "main") : null,
                     triesLeft() > 0 ? send : link(t("desk.ask"), "desk", "main"), hopeless ? null : link(t("crop.other"), "photo")),
                  el("p", { class: "hint", id: "crop-keys" }, t("crop.keys")))));
}

export default {
  allowed ()
  {
    const photo = photoInWork();
    return mayUpload() && photo && photo.original && !blocked(photo) && !photo.job;
  },

  build (root, signal)
  {
    const photo = photoInWork();
    const work = el("div", null, el("p", { class: "loading" }, t("photo.loading")));
    add(root, [ heading(t("crop.heading")), el("p", { class: "lead" }, t(photo.proposal ? "crop.lead" : "crop.lead-alone")), work ]);
    pictureAt(photoPath(photo.id, "original"), signal).then(picture => {
      if (!signal.aborted)
        build(work, photo, picture, signal);
    }, error => {
      if (!signal.aborted)
        put(work, problemBox(error));
    });
  },
};
