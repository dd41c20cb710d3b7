// SPDX-License-Identifier: GPL-3.0-or-later
// A full queue: the page says how long it takes, waits, and goes on by itself.
import assert from "node:assert/strict";
import crypto from "node:crypto";
import fs from "node:fs";
import { at, run, STUDENTS } from "./stage.mjs";
import { Student } from "./student.mjs";
import { step } from "./tap.mjs";

// The helpers in which the service opens pictures.
function helpers (pid)
{
  const of = name => fs.readFileSync(`/proc/${name}/stat`, "utf8").replace(/^.*\) /, "").split(" ");
  return fs.readdirSync("/proc").filter(name => /^\d+$/.test(name)).filter(name => {
    try
      {
        return Number(of(name)[1]) === pid;
      }
    catch (error)
      {
        return false;                   // it has ended meanwhile
      }
  }).map(Number);
}

run(async stage => {
  stage.change("service.json", limits => {
    limits.jobs.workers = 1;
    limits.jobs.waiting_max = 1;
  });
  await step("a campus with one worker and room for one photo in the line", async () => {
    stage.open(at("16T09:00"));
    await stage.start();
  });
  const [ who, ...others ] = STUDENTS.filter(student => student.site === STUDENTS[0].site);
  const original = fs.readFileSync(stage.original("original.jpg"));

  // Another student, without a browser: comes in and sends a photo.
  async function send (token)
  {
    const answer = await fetch(`${stage.address}/v1/student/photos`, {
      method: "POST", body: original,
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "image/jpeg", "Idempotency-Key": crypto.randomUUID() },
    });
    assert.equal(answer.status, 202, await answer.text());
  }

  async function enter (student)
  {
    const notice = await (await fetch(`${stage.address}/v1/student/notice`)).json();
    const answer = await fetch(`${stage.address}/v1/student/sessions?consent=${notice.version}&face=yes`, {
      method: "POST", body: fs.readFileSync(stage.codeOf(student)),
      headers: { "Content-Type": "image/png", "Student-Number": student.student_no, "Idempotency-Key": crypto.randomUUID() },
    });
    assert.equal(answer.status, 201);
    return (await answer.json()).token;
  }

  const phone = await stage.phone();
  const { page } = phone;
  const student = new Student(stage, phone, who);
  let stopped = [];

  await step("two others have sent photos, and nothing goes on", async () => {
    await student.enter();
    const tokens = [];
    for (const other of others)
      tokens.push(await enter(other));
    stopped = helpers(stage.service.pid);
    for (const pid of stopped)
      process.kill(pid, "SIGSTOP");
    for (const token of tokens)
      await send(token);
  });
  await step("the page says how long it takes, and that it tries again by itself", async () => {
    await student.choosePhoto(stage.file("original.jpg"));
    await page.waitForSelector("text=现在上传的人很多");
    assert.match(await student.text(), /大约 \d+ (秒|分钟)后能轮到。请留在本页，会自动再传。/);
  });
  await step("it does, as soon as there is room", async () => {
    for (const pid of stopped)
      process.kill(pid, "SIGCONT");
    await student.on("crop");
    await page.waitForSelector(".crop-frame");
    assert.equal(await student.triesLeft(), 10);
  });
});
