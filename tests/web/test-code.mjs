// SPDX-License-Identifier: GPL-3.0-or-later
// Codes that let nobody in, and a window that is closed: each says what to do.
import assert from "node:assert/strict";
import { at, run, STUDENTS } from "./stage.mjs";
import { Student } from "./student.mjs";
import { step } from "./tap.mjs";

run(async stage => {
  await step("a campus", async () => {
    stage.open(at("19T10:00"));
    await stage.start();
  });
  const [ first, second, outside ] = STUDENTS;
  const phone = await stage.phone();
  const { page } = phone;
  const student = new Student(stage, phone, first);

  await step("a picture without a code: save the original, no screenshot", async () => {
    await student.arrive();
    await student.consent();
    await student.giveCode(stage.draw("no-code.jpg", "--seed", "3"));
    assert.match(await student.problem("code-unreadable"), /长按采集码，选“保存图片”.*不要用截屏/s);
  });
  await step("what was typed is still there", async () => {
    assert.equal(await page.inputValue("input:not([type])"), first.student_no);
  });
  await step("the code of another student: check the number, or call the desk", async () => {
    await student.giveCode(stage.codeOf(second));
    const text = await student.problem("code-conflict");
    assert.match(text, /核对学号/);
    assert.match(text, /0551-6380 0000/);
  });
  await step("a number that is not in the roster", async () => {
    await student.giveCode(stage.codeOf(first), "2099999999");
    assert.match(await student.problem("not-in-roster"), /核对学号/);
  });
  await step("nothing given: the fields say so", async () => {
    await page.reload();
    await student.on("code");
    await student.next();
    assert.match(await student.text(), /请填写学号。/);
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "INPUT");
  });
  await step("a teaching point's student on the main campus's day: when it opens, and the desk", async () => {
    const other = await stage.phone();
    const early = new Student(stage, other, outside);
    await early.arrive();
    await early.consent();
    await early.giveCode(stage.codeOf(outside));
    const text = await early.problem("window-closed");
    assert.match(text, /6月23日 周一 08:00 开始/);
    assert.match(text, /0551-6380 0000/);
    stage.setClock(at("23T08:00"));
    await early.next();
    await early.on("photo");
  });
  await step("one who came in time is told after closing, and keeps the place", async () => {
    stage.setClock(at("19T16:00"));
    await student.giveCode(stage.codeOf(first));
    await student.on("photo");
    stage.setClock(at("19T17:00"));
    await page.reload();
    await student.on("photo").catch(() => {});
    await page.waitForSelector("text=现在不在采集时间内");
    assert.match(await student.text(), /0551-6380 0000/);
  });
});
