// SPDX-License-Identifier: GPL-3.0-or-later
// Pieces that several pages are made of.
import { add, el, newId, put } from "./dom.js";
import { duration, has, language, pick, span, t, time } from "./words.js";
import { app, say } from "./app.js";
import * as api from "./api.js";
import { canvasOf, decode } from "./picture.js";

export function heading (text)
{
  return el("h1", { tabindex: "-1" }, text);
}

export function button (text, action, kind = "main")
{
  return el("button", { type: "button", class: kind, on: { click: action } }, text);
}

// A link to another page of these.
export function link (text, page, kind = "second")
{
  return el("a", { href: `#${page}`, class: kind }, text);
}

export function box (kind, ...children)
{
  return el("div", { class: `box ${kind}` }, ...children);
}

// Where and when the desk can be reached; null when the college has not said.
export function deskContact ()
{
  const desk = app.notice && app.notice.desk;
  if (!desk || !(desk.phone || desk.place))
    return null;
  const phone = desk.phone ? el("a", { href: `tel:${desk.phone.replace(/[^+\d]/g, "")}`, text: desk.phone }) : null;
  const parts = [ phone, desk.place, desk.hours ].filter(Boolean);
  return el("p", { class: "desk" }, t("desk.contact"), parts.map((part, i) => [ i > 0 ? t("list.comma") : "", part ]));
}

// The lines of a problem: what it is and what to do. For what students meet the pages have sentences of their own; of
// anything else the service's is shown.
function problemLines (problem)
{
  const code = problem.code;
  const lines = [ has(`problem.${code}`) ? t(`problem.${code}`) : problem.title || t("problem.failed") ];
  if (has(`todo.${code}`))
    lines.push(t(`todo.${code}`, { minutes: Math.ceil((problem.body.retry_after || 60) / 60) }));
  if (code === "window-closed" && problem.body.opens_at)
    lines.push(t("window.opens", { time: time(problem.body.opens_at) }));
  return lines;
}

const NEEDS_DESK = [ "window-closed", "no-round", "disk-full", "no-tries", "code-conflict", "code-held", "not-in-roster", "code-refused", "failed" ];

// A problem as an alert that takes the focus of screen readers, with the desk where only the desk can help.
export function problemBox (problem)
{
  if (!(problem instanceof api.Problem))
    problem = new api.Problem(0, { code: "failed" });
  const [ first, ...others ] = problemLines(problem);
  const kind = problem.code === "window-closed" || problem.code === "no-round" ? "info" : "bad";
  return el("div", { class: `box ${kind}`, role: "alert", "data-code": problem.code }, el("p", { class: "strong" }, first),
            others.map(line => el("p", null, line)),
            NEEDS_DESK.includes(problem.code) || !has(`todo.${problem.code}`) ? deskContact() : null);
}

// A place for problems that come and go.
export function problemPlace ()
{
  const place = el("div", { class: "problems" });
  return {
    element: place,
    clear: () => put(place),
    show: problem => {
      if (problem instanceof api.Stopped)
        return;
      put(place, problemBox(problem));
      place.scrollIntoView({ block: "nearest" });
    },
  };
}

// Runs something once at a time; the button says so, and the problem is shown.
export function busy (element, place, action)
{
  return async event => {
    if (event)
      event.preventDefault();
    if (element.getAttribute("aria-disabled") === "true")
      return;
    element.setAttribute("aria-disabled", "true");
    element.classList.add("busy");
    place.clear();
    try
      {
        await action();
      }
    catch (error)
      {
        place.show(error);
      }
    finally
      {
        element.removeAttribute("aria-disabled");
        element.classList.remove("busy");
      }
  };
}

// A button with a file input in it. No capture: the camera roll is what is meant.
export function filePicker (text, accept, chosen, kind = "main")
{
  const input = el("input", {
    type: "file", accept, class: "unseen",
    on: {
      change: () => {
        const file = input.files[0];
        input.value = "";       // so that the same file can be chosen again
        if (file)
          chosen(file);
      },
    },
  });
  return el("label", { class: `button ${kind}` }, input, el("span", null, text));
}

// One sentence on a job: honest about the line and the time.
export function waitText (job)
{
  if (job.state === "running")
    return t(job.kind === "look" ? "wait.looking" : "wait.checking", { time: duration(job.wait_seconds || 1) });
  return t(job.ahead > 0 ? "wait.line" : "wait.next", { n: job.ahead, time: duration(job.wait_seconds || 1) });
}

// Shows a job and says it, each time it is told of one.
export function waitBox ()
{
  const text = el("p", { class: "strong" });
  const element = el("div", { class: "box wait" }, el("div", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i")),
                     el("div", null, text, el("p", { class: "quiet" }, t("wait.leave"))));
  return {
    element,
    tell: job => {
      const sentence = waitText(job);
      text.textContent = sentence;
      say(sentence);
    },
  };
}

// A picture of the service's, decoded once.
export async function pictureAt (path, signal)
{
  if (!app.pictures.has(path))
    app.pictures.set(path, await decode(await api.call("GET", path, { blob: true, signal })));
  return app.pictures.get(path);
}

export function photoPath (id, which)
{
  return `/v1/student/photos/${id}/images/${which}`;
}

// A figure that fills itself when the picture has come. crop: which crop it was, so that another one is fetched anew.
export function photoFigure (id, which, caption, signal, version = "")
{
  const frame = el("div", { class: "photo" }, el("div", { class: "photo-wait", "aria-hidden": "true" }));
  const figure = el("figure", null, frame, caption ? el("figcaption", null, caption) : null);
  const path = photoPath(id, which) + (version ? `?v=${encodeURIComponent(version)}` : "");
  const ready = pictureAt(path, signal).then(picture => {
    put(frame, canvasOf(picture, caption || t("photo.alt")));
    return frame;
  });
  ready.catch(() => put(frame, el("p", { class: "photo-missing" }, t("photo.missing"))));
  return { element: figure, frame, ready };
}

export function cropVersion (photo)
{
  const crop = photo.crop || {};
  return `${photo.tries ? photo.tries.used : 0}-${[ crop.x, crop.y, crop.width, crop.roll ].map(n => Number(n || 0).toFixed(4)).join("-")}`;
}

// The hours of one site, day by day.
export function windowList (site)
{
  return el("ul", { class: "windows" }, site.windows.map(window => el("li", null, span(window.from, window.to))));
}

// A labelled text field that remembers what was typed under app.form[name].
export function field (name, label, properties = {}, hint = "")
{
  const id = newId();
  const tag = properties.rows ? "textarea" : "input";
  const input = el(tag, {
    id, "aria-describedby": hint ? `${id}-hint` : null, value: app.form[name] || "", ...properties,
    on: { input: () => { app.form[name] = input.value; } },
  });
  return { input, element: el("div", { class: "field" }, el("label", { for: id }, label),
                              hint ? el("p", { class: "hint", id: `${id}-hint` }, hint) : null, input) };
}

// Marks a field as wrong and goes to it.
export function complain (input, text)
{
  const id = `${input.id}-error`;
  const old = document.getElementById(id);
  if (old)
    old.remove();
  input.removeAttribute("aria-invalid");
  if (!text)
    return false;
  input.setAttribute("aria-invalid", "true");
  input.after(el("p", { class: "field-error", id, role: "alert" }, text));
  input.focus();
  return true;
}

// A reason of a decision: what it is, what to do, what was measured.
export function reasonItem (reason)
{
  const measured = typeof reason.measured === "string" ? reason.measured : pick(reason, "measured");
  return el("li", { "data-reason": reason.code }, el("p", { class: "strong" }, pick(reason)),
            measured ? el("p", { class: "measured" }, t("reason.measured", { value: measured })) : null,
            pick(reason, "todo") ? el("p", { class: "todo" }, t("check.todo", { todo: pick(reason, "todo") })) : null);
}

export function paragraphs (texts)
{
  return (texts || []).map(text => el("p", null, text));
}

export function inLanguage (object)
{
  return object[language()] || object.zh || [];
}

export { add, el, put };
