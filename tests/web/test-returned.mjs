// SPDX-License-Identifier: GPL-3.0-or-later
// Sent back by the reviewer and sent again; then an objection.
import assert from "node:assert/strict";
import { at, Reviewer, run, STUDENTS } from "./stage.mjs";
import { Student } from "./student.mjs";
import { step } from "./tap.mjs";

run(async stage => {
  await step("a campus on the last day", async () => {
    stage.open(at("19T15:00"));
    await stage.start();
  });
  const phone = await stage.phone();
  const { page } = phone;
  const student = new Student(stage, phone, STUDENTS[0]);
  const reviewer = new Reviewer(stage);

  async function send (file)
  {
    await student.upload(file);
    await student.check();
    await student.next();
    await student.on("confirm");
    await student.submit();
  }

  await step("a photo is submitted, and the reviewer sends it back", async () => {
    await student.enter();
    await send(stage.original("first.jpg"));
    await reviewer.decide("return", [ "R203", "R205" ], "请把人像放在正中。");
  });
  await step("the day after, after closing, the student reads why and what to do, and may send again for two working days", async () => {
    stage.setClock(at("20T16:00"));
    await student.comeBack("status");
    const text = await student.text(".result");
    assert.match(text, /审核未通过：请重新裁剪或上传/);
    assert.match(text, /眼睛位置不符.*怎么办：重新裁剪：眼睛约在高度2\/5处.*人像未水平居中/s);
    assert.match(text, /审核老师的说明：请把人像放在正中。/);
    assert.match(text, /您可以在 6月24日 周二 24:00 前重新提交/);
  });
  await step("another photo is sent again, this time as HEIC", async () => {
    await student.next();
    await student.on("photo");
    await send(stage.heic(stage.original("second.jpg", 31)));
    assert.match(await student.text(), /正在等待人工审核/);
    await page.click("summary:has-text('以前的提交')");
    assert.match(await student.text(".history"), /已被替换/);
  });
  await step("sent back once more, the student objects in writing with both attachments", async () => {
    await reviewer.decide("reshoot", [ "R301" ]);
    stage.setClock(at("21T17:00"));
    await student.comeBack("status");
    await page.click(".result a:has-text('对结果提出异议')");
    await student.on("objection");
    await page.waitForSelector(".attachment canvas >> nth=1");
    assert.match(await student.text(), /审核结论\s+要求重拍\s+光线不均/);
    await page.fill("textarea", "两侧亮度是一样的，请复核。");
    await student.next();
    await page.waitForSelector("main .box.good >> text=申请已提交");
    await student.next();
    await student.on("status");
    await page.waitForSelector("[data-ticket=APPEAL] >> text=异议");
  });
});
