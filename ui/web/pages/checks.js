// SPDX-License-Identifier: GPL-3.0-or-later
// What the checks found: each with value, limit and what to do, and its place on the photo.
import { el, put } from "../dom.js";
import { pick, t } from "../words.js";
import { app, followPhoto, go, photoInWork, say, triesLeft } from "../app.js";
import * as api from "../api.js";
import { add, box, busy, button, cropVersion, deskContact, heading, link, photoFigure, problemPlace, waitBox } from "../parts.js";
import { marksOf } from "../picture.js";
import { check as startCheck } from "./crop.js";

const ORDER = { fail: 0, warn: 1, not_run: 2, pass: 3 };
const BY_CROP = [ "F2_size", "G2_hair_top", "G3_eye_line", "G4_face_width", "G5_centre" ];    // another crop can mend these
const BACKGROUND = [ "B1_replaced", "B2_all_blue" ];

// The measures of the standard for machines (M01 ...) say nothing a student could do.
export function forStudents (checks)
{
  return (checks || []).filter(check => !/^M\d/.test(check.id))
    .sort((a, b) => ORDER[a.outcome] - ORDER[b.outcome] || (a.kind === "hard" ? 0 : 1) - (b.kind === "hard" ? 0 : 1));
}

export function failed (checks)
{
  return forStudents(checks).filter(check => check.outcome === "fail");
}

// Only the background went wrong: the system's fault.
export function onlyBackground (photo)
{
  const bad = failed(photo.checks);
  return bad.length > 0 && bad.every(check => BACKGROUND.includes(check.id));
}

function row (check, select)
{
  const body = [
    el("span", { class: "sign", "aria-hidden": "true" }),
    el("span", { class: "check-title" }, pick(check, "title"), el("span", { class: "unseen" }, t(`outcome.${check.outcome}`))),
    el("span", { class: "check-value numeric" }, pick(check, "text")),
  ];
  const head = check.region && check.outcome !== "not_run"
    ? el("button", { type: "button", class: "check-head", "aria-pressed": "false", on: { click: event => select(check, event.currentTarget) } }, body)
    : el("div", { class: "check-head" }, body);
  const todo = check.outcome === "pass" ? "" : pick(check, "todo");
  return el("li", { class: `check ${check.outcome}`, "data-check": check.id }, head,
            todo ? el("p", { class: "todo" }, t("check.todo", { todo })) : null);
}

function group (title, checks, select, folded)
{
  if (checks.length === 0)
    return null;
  const list = el("ul", { class: "checks" }, checks.map(check => row(check, select)));
  return folded ? el("details", { class: "check-group" }, el("summary", null, title), list)
                : el("section", { class: "check-group" }, el("h2", null, title), list);
}

function verdict (photo)
{
  const left = triesLeft();
  const tries = el("p", null, t("tries.left", { left, allowed: app.record.tries.allowed }));
  if (photo.state === "CHECK_PASSED")
    return box("good", el("p", { class: "strong" }, t("checks.passed")), el("p", null, t("checks.passed-todo")), tries);
  if (onlyBackground(photo))
    return box("warn", el("p", { class: "strong" }, t("checks.background")), el("p", null, t("checks.background-todo")), tries);
  return box("bad", el("p", { class: "strong" }, t("checks.failed", { n: failed(photo.checks).length })), el("p", null, t("checks.failed-todo")), tries);
}

function actions (photo, signal, problems, waiting)
{
  const left = triesLeft();
  if (photo.state === "CHECK_PASSED")
    return [ link(t("checks.next"), "confirm", "main"), link(t("checks.again"), "crop") ];
  const redo = button(t("checks.redo"), null);
  redo.addEventListener("click", busy(redo, problems, () =>
    startCheck(photo, photo.crop, signal, text => put(waiting, box("wait", el("p", null, text))))));
  if (left === 0)
    return link(t("desk.ask"), "desk", "main");
  const again = kind => link(t("checks.again"), "crop", kind);
  const other = kind => link(t("photo.other"), "photo", kind);
  const byCrop = failed(photo.checks).every(check => BY_CROP.includes(check.id));
  return [
    onlyBackground(photo) ? [ redo, other("second") ] : byCrop ? [ again("main"), other("second") ] : [ other("main"), again("second") ],
    link(t("desk.ask"), "desk", photo.desk_offered ? "second" : "plain"),
  ];
}

// The photo with its marks and the list beside it: a row that is touched shows its place alone.
function report (root, photo, signal)
{
  const checks = forStudents(photo.checks);
  const bad = checks.filter(check => check.outcome === "fail" || check.outcome === "warn");
  const figure = photoFigure(photo.id, "cropped", "", signal, cropVersion(photo));
  const problems = problemPlace();
  const waiting = el("div");
  let marks = marksOf(bad);
  let chosen = null;

  function draw (list)
  {
    const next = marksOf(list);
    marks.replaceWith(next);
    marks = next;
  }

  function select (check, head)
  {
    for (const other of root.querySelectorAll("[aria-pressed=true]"))
      other.setAttribute("aria-pressed", "false");
    chosen = chosen === check ? null : check;
    head.setAttribute("aria-pressed", String(chosen !== null));
    draw(chosen ? [ chosen ] : bad);
    head.parentNode.scrollIntoView({ block: "nearest" });
  }

  figure.ready.then(frame => add(frame, [ marks ]), () => {});
  put(root, el("div", { class: "two" },
               el("div", { class: "left sticky" }, figure.element),
               el("div", { class: "right" }, verdict(photo), problems.element, waiting,
                  el("div", { class: "actions" }, actions(photo, signal, problems, waiting)),
                  triesLeft() === 0 && photo.state !== "CHECK_PASSED" ? [ el("p", null, t("todo.no-tries")), deskContact() ] : null,
                  // a check can be wrong about somebody, and there must be a way around it
                  photo.desk_offered ? box("info", el("p", null, t("checks.desk"))) : null,
                  bad.some(check => check.region) ? el("p", { class: "hint" }, t("checks.tap")) : null,
                  group(t("checks.group-fail"), checks.filter(check => check.outcome === "fail"), select),
                  group(t("checks.group-warn"), checks.filter(check => check.outcome === "warn"), select),
                  group(t("checks.group-not_run"), checks.filter(check => check.outcome === "not_run"), select, true),
                  group(t("checks.group-pass"), checks.filter(check => check.outcome === "pass"), select, true))));
}

async function follow (root, signal)
{
  const waiting = waitBox();
  if (app.record.photo.job)
    put(root, waiting.element);
  while (app.record.photo.job)
    {
      waiting.tell(app.record.photo.job);
      await followPhoto(signal);
    }
  const photo = photoInWork();
  if (signal.aborted)
    return;
  if (!photo || photo.state === "DRAFT")
    {
      // the system failed: the try is given back and the draft stays
      app.message = new api.Problem(500, photo && photo.problem ? photo.problem : { code: "check-broken" });
      go("crop", { replace: true });
      return;
    }
  report(root, photo, signal);
  say(t(photo.state === "CHECK_PASSED" ? "checks.passed" : onlyBackground(photo) ? "checks.background" : "checks.failed-spoken"));
}

export default {
  allowed ()
  {
    const photo = photoInWork();
    return photo && (photo.state !== "DRAFT" || (photo.job && photo.job.kind === "check"));
  },

  build (root, signal)
  {
    const problems = problemPlace();
    const work = el("div");
    add(root, [ heading(t("checks.heading")), problems.element, work ]);
    follow(work, signal).catch(error => {
      if (!signal.aborted)
        problems.show(error);
    });
  },
};
