// SPDX-License-Identifier: GPL-3.0-or-later
// Sending the uncropped original: progress, stop, and the wait until the service has looked at it.
import { el, put, wait } from "../dom.js";
import { duration, megabytes, t, time } from "../words.js";
import { app, blocked, followPhoto, go, isWaiting, mayUpload, photoInWork, say, triesLeft } from "../app.js";
import * as api from "../api.js";
import { add, box, button, deskContact, filePicker, heading, link, problemBox, problemPlace, waitBox } from "../parts.js";

const ACCEPT = "image/jpeg,image/png,image/heic,image/heif,.heic,.heif";

// The upload goes on when the student looks at another page.
let sending = null;             // {file, stop, sent, began, tell}

async function send (mine)
{
  const key = api.newKey();
  for (;;)
    {
      try
        {
          return await api.upload("/v1/student/photos", mine.file, {
            key, signal: mine.stop.signal, type: mine.file.type || "image/heic",
            progress: sent => {
              mine.sent = sent;
              mine.full = 0;
              mine.tell();
            },
          });
        }
      catch (error)
        {
          if (error.code !== "queue-full" || mine.stop.signal.aborted)
            throw error;
          mine.full = error.body.wait_seconds || error.body.retry_after;
          mine.tell();
          await wait(1000 * error.body.retry_after);
        }
    }
}

function begin (file, tell)
{
  const stop = new AbortController();
  const mine = { file, stop, sent: 0, began: Date.now(), full: 0, tell };
  sending = mine;
  send(mine).then(photo => {
    app.pictures.clear();
    app.record.photo = photo;
    sending = null;
    mine.tell();
  }, error => {
    sending = null;
    mine.tell(error);
  });
}

function progressCard (again)
{
  const bar = el("progress", { max: "100", value: 0, "aria-label": t("photo.sending") });
  const line = el("p", { class: "quiet numeric" });
  const stop = button(t("photo.stop"), () => sending && sending.stop.abort(), "second");
  let told = -1;

  function tell (error)
  {
    if (!sending)
      {
        again(error);
        return;
      }
    const { file, sent, began, full } = sending;
    const share = file.size ? sent / file.size : 0;
    const speed = sent / Math.max(1, (Date.now() - began) / 1000);
    const left = share > 0.02 && share < 1 ? t("photo.left", { time: duration((file.size - sent) / Math.max(1, speed)) }) : "";
    const percent = Math.floor(share * 100);
    bar.value = percent;
    line.textContent = share < 1
      ? t("photo.progress", { sent: megabytes(sent), all: megabytes(file.size), percent }) + left : t("photo.sent");
    if (full)
      line.textContent = t("wait.full-upload", { time: duration(full) });
    if (Math.floor(percent / 25) !== told)
      {
        told = Math.floor(percent / 25);
        say(line.textContent);
      }
  }

  sending.tell = tell;
  tell();
  return el("section", { class: "card" }, el("h2", null, t("photo.sending")), el("p", null, sending.file.name), bar, line,
            el("div", { class: "actions" }, stop), el("p", { class: "quiet" }, t("photo.resume")));
}

// Waits for the job that looks at the photo; then its crop can be made.
async function follow (root, signal, again)
{
  const waiting = waitBox();
  put(root, waiting.element);
  try
    {
      while (app.record.photo.job && app.record.photo.job.kind === "look")
        {
          waiting.tell(app.record.photo.job);
          await followPhoto(signal);
        }
    }
  catch (error)
    {
      if (!signal.aborted)
        again(error);
      return;
    }
  if (!signal.aborted && blocked(app.record.photo))
    again();
  else if (!signal.aborted)
    go("crop");
}

function advice ()
{
  return el("section", { class: "card" }, el("h2", null, t("photo.rules")),
            el("ul", null, [ 1, 2, 3, 4, 5 ].map(n => el("li", null, t(`photo.rule-${n}`)))));
}

function closedBox ()
{
  const { window: hours } = app.record;
  return box("info", el("p", { class: "strong" }, t("window.closed")),
             hours.opens_at ? el("p", null, t("window.opens", { time: time(hours.opens_at) })) : null, deskContact());
}

function chooser (root, signal, problems, again)
{
  const limit = app.notice.limits.upload_bytes;
  const photo = photoInWork();
  const choose = file => {
    problems.clear();
    if (file.size > limit)
      problems.show(new api.Problem(413, { code: "photo-too-large", title: t("photo.too-large", { size: megabytes(limit) }) }));
    else
      {
        begin(file, () => {});
        again();
      }
  };
  const usable = photo && !blocked(photo);
  return el("section", { class: "card" },
            usable ? el("p", null, t("photo.have")) : null,
            el("div", { class: "actions" }, usable ? link(t("photo.go-on"), "crop", "main") : null,
               filePicker(t(photo ? "photo.other" : "photo.choose"), ACCEPT, choose, usable ? "second" : "main")),
            el("p", { class: "hint" }, t("photo.kinds", { size: megabytes(limit) })));
}

export default {
  allowed ()
  {
    const [ latest ] = app.record.submissions;
    return !app.record.approved && !(latest && isWaiting(latest));
  },

  build (root, signal)
  {
    const problems = problemPlace();
    const work = el("div");

    function update (error)
    {
      if (signal.aborted)
        return;
      if (error)
        problems.show(error);
      const photo = photoInWork();
      if (sending)
        put(work, progressCard(update));
      else if (photo && photo.job && photo.job.kind === "look" && !error)
        follow(work, signal, update);
      else if (!mayUpload())
        put(work, closedBox());
      else
        put(work, photo && blocked(photo) ? problemBox(new api.Problem(422, photo.problem)) : null,
            triesLeft() === 0 ? problemBox(new api.Problem(409, { code: "no-tries" })) : null,
            chooser(work, signal, problems, update));
    }

    add(root, [ heading(t("photo.heading")), el("p", { class: "lead" }, t("photo.lead")), problems.element, work, advice() ]);
    update();
  },
};
