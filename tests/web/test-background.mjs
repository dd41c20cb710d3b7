// SPDX-License-Identifier: GPL-3.0-or-later
// The system cannot replace the background: no try is used, and the student has it made again.
import assert from "node:assert/strict";
import { at, run, STUDENTS } from "./stage.mjs";
import { Student } from "./student.mjs";
import { step } from "./tap.mjs";

run(async stage => {
  // more of the background has to be blue than there is of it
  stage.change("photo-spec.json", spec => {
    spec.checks.B1_replaced.low = 100.5;
    spec.checks.B1_replaced.score.best_low = 101;
  });
  await step("a campus whose background never succeeds", async () => {
    stage.open(at("16T09:00"));
    await stage.start();
  });
  const phone = await stage.phone();
  const { page } = phone;
  const student = new Student(stage, phone, STUDENTS[0]);

  await step("the page says that it is the system's fault and that no try was used", async () => {
    await student.enter();
    await student.upload(stage.original("original.jpg"));
    await student.check();
    assert.match(await student.text(".box.warn"), /系统没有把背景换好.*这次不计次数.*重新制作/s);
    assert.equal(await student.triesLeft(), 10);
  });
  await step("made again: the same crop, again without a try", async () => {
    await page.click("button:has-text('重新制作')");
    await page.waitForSelector(".box.wait");
    await page.waitForSelector("main .right > .box");
    assert.match(await student.text(".box.warn"), /系统没有把背景换好/);
    assert.equal(await student.triesLeft(), 10);
    assert.equal(await page.locator("text=看蓝底照片").count(), 0);
  });
});
