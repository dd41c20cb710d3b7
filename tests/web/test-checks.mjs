// SPDX-License-Identifier: GPL-3.0-or-later
// Checks that fail, tries that end, and the desk.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { at, run, STUDENTS } from "./stage.mjs";
import { Student } from "./student.mjs";
import { step } from "./tap.mjs";

run(async stage => {
  await step("a campus with three tries a student", async () => {
    stage.open(at("16T09:00"), { tries: 3 });
    await stage.start();
  });
  const phone = await stage.phone({ viewport: { width: 360, height: 640 } });     // the smallest that there is
  const { page } = phone;
  const student = new Student(stage, phone, STUDENTS[0]);

  await step("a file that is no photo is refused, with what to do, and costs nothing", async () => {
    await student.enter();
    fs.writeFileSync(path.join(stage.folder, "text.jpg"), "no photo at all");
    await student.choosePhoto(path.join(stage.folder, "text.jpg"));
    await page.waitForSelector("[role=alert]");
    assert.match(await student.text("[role=alert]"), /请/);
  });
  await step("a crop with the eyes too high is told before the check", async () => {
    await student.upload(stage.original("original.jpg"));
    await page.keyboard.down("Shift");
    await student.press("ArrowUp", 4);
    await page.keyboard.up("Shift");
    assert.equal(await page.locator(".crop-figures .warn >> text=眼睛距上边").count(), 1);
    assert.equal(await student.triesLeft(), 3);
  });
  await step("the check fails with value, limits and the one thing to do", async () => {
    await student.check();
    assert.match(await student.text(".box.bad"), /没有通过/);
    const row = page.locator("[data-check=G3_eye_line].fail");
    assert.match(await row.innerText(), /1\d\d\spx（合格范围 200–300）\s+怎么办：重新裁剪/);
    assert.equal(await student.triesLeft(), 2);
  });
  await step("its place is drawn on the photo", async () => {
    await page.waitForSelector(".photo canvas");
    assert.ok(await page.locator(".marks .mark.fail").count() >= 1);
  });
  await step("looking at the crop again loses nothing", async () => {
    await student.next();
    await student.on("crop");
    await page.goBack();
    await student.on("checks");
    assert.equal(await student.triesLeft(), 2);
    await student.next();
    await page.waitForSelector(".crop-frame");
  });
  await step("failed twice for the same, the desk may look instead", async () => {
    await student.check();
    assert.match(await student.text(), /同一项已经两次没有通过/);
    assert.equal(await page.locator("a.second[href='#desk']").count(), 1);
    await student.next();
    await page.waitForSelector(".crop-frame");
  });
  await step("the third uses the last try; the page says so and offers the desk", async () => {
    await student.check();
    assert.equal(await student.triesLeft(), 0);
    assert.match(await student.text(), /请联系服务人员：可以请他们代为裁剪/);
    await page.goto(`${stage.address}/#photo`);
    await page.reload();
    assert.match(await student.problem("no-tries"), /0551-6380 0000/);
  });
  await step("the desk's request has its three attachments and is sent", async () => {
    await page.goto(`${stage.address}/#desk`);
    await student.on("desk");
    await page.waitForSelector(".attachment canvas >> nth=2");
    assert.match(await student.text(".attachments"), /检测反馈\s+系统已备好。.*裁剪后的照片\s+系统已备好。.*未裁剪的原始照片\s+系统已备好。/s);
    await student.next();
    assert.match(await student.text(), /请写几句说明。/);
    await page.fill("textarea", "眼睛位置总是不合格，请帮我裁剪。");
    await student.next();
    await page.waitForSelector("main .box.good >> text=申请已提交");
    await student.next();
    await student.on("status");
    await page.waitForSelector("[data-ticket=CROP_HELP] >> text=请服务人员裁剪");
  });
});
