// SPDX-License-Identifier: GPL-3.0-or-later
// What all pages share: the notice, the student's record, where to go, and what is said aloud.
import * as api from "./api.js";
import * as keep from "./keep.js";

export const app = {
  notice: null,                 // GET notice
  record: null,                 // GET record, while signed in
  consent: keep.read("consent"),        // {version, face: "yes" or "no"}
  token: keep.read("token"),
  message: null,                // a problem to show at the top of the next page
  form: {},                     // what was typed, by page: it outlives a change of language
  pictures: new Map(),          // canvases' pictures by path, for as long as the page lives
};

let navigate = () => {};

export function onNavigate (go)
{
  navigate = go;
}

// Shows another page. replace: without a step in the history.
export function go (name, options)
{
  navigate(name, options || {});
}

// For screen readers: said once, politely.
export function say (text)
{
  const node = document.getElementById("spoken");
  if (node.textContent !== text)
    node.textContent = text;
}

export function signIn (token, record)
{
  app.token = token;
  app.record = record;
  app.pictures.clear();
  keep.write("token", token);
  api.useToken(token);
}

export function signOut ()
{
  app.token = null;
  app.record = null;
  app.form = {};
  app.pictures.clear();
  keep.forget("token");
  api.useToken(null);
}

export function consentTo (version, face)
{
  app.consent = { version, face };
  keep.write("consent", app.consent);
}

export function hasConsent ()
{
  return Boolean(app.consent && app.notice && app.consent.version === app.notice.version);
}

export async function refresh (options)
{
  app.record = await api.call("GET", "/v1/student/record", options);
  return app.record;
}

// The photo as soon as something has changed, and now and then before, for the place in the line.
export async function followPhoto (signal)
{
  const { id, job, version } = app.record.photo;
  const wait = Math.min(20, Math.max(3, Math.round(((job && job.wait_seconds) || 0) / 4)));
  const seen = version ? `&seen=${encodeURIComponent(version)}` : "";
  app.record.photo = await api.call("GET", `/v1/student/photos/${id}?wait=${wait}${seen}`, { signal });
  if (app.record.photo.tries)
    app.record.tries = app.record.photo.tries;
  return app.record.photo;
}

export function triesLeft ()
{
  return Math.max(0, app.record.tries.allowed - app.record.tries.used);
}

// May the student send a photo in now? The service has looked at hours, rights and what waits already.
export function mayUpload ()
{
  return app.record.may_send;
}

const WAITING = [ "PENDING", "IN_REVIEW", "SECOND_REVIEW", "HELD" ];
const IN_WORK = [ "DRAFT", "CHECK_FAILED", "CHECK_PASSED" ];

export function isWaiting (submission)
{
  return WAITING.includes(submission.state);
}

export function photoInWork ()
{
  const photo = app.record && app.record.photo;
  return photo && IN_WORK.includes(photo.state) ? photo : null;
}

// A file of which no photo can be made: another one is needed. Other problems leave the choice to the student.
export function blocked (photo)
{
  return Boolean(photo.problem && photo.problem.blocks);
}

// The page on which the student goes on.
export function nextPage ()
{
  if (!app.token || !app.record)
    return hasConsent() ? "code" : "notice";
  const photo = photoInWork();
  if (!photo)
    return app.record.submissions.length > 0 || !mayUpload() ? "status" : "photo";
  if (photo.job && photo.job.kind === "check")
    return "checks";
  if (photo.state === "DRAFT")
    return blocked(photo) || (photo.job && photo.job.kind === "look") ? "photo" : "crop";
  return "checks";
}
