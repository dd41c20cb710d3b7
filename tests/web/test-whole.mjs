// SPDX-License-Identifier: GPL-3.0-or-later
// From consent to the downloaded photo, on a phone.
import assert from "node:assert/strict";
import fs from "node:fs";
import { at, Reviewer, run, STUDENTS } from "./stage.mjs";
import { Student } from "./student.mjs";
import { step } from "./tap.mjs";

// Width and height in a JPEG file.
function sizeOf (bytes)
{
  for (let i = 2; i < bytes.length; i += 2 + bytes.readUInt16BE(i + 2))
    if (bytes[i + 1] === 0xc0 || bytes[i + 1] === 0xc2)
      return [ bytes.readUInt16BE(i + 7), bytes.readUInt16BE(i + 5) ];
  return null;
}

run(async stage => {
  await step("a campus in its first hour", async () => {
    stage.open(at("16T08:30"));
    await stage.start();
  });
  const phone = await stage.phone();
  const { page } = phone;
  const student = new Student(stage, phone, STUDENTS[0]);
  const reviewer = new Reviewer(stage);

  await step("the notice tells the hours in college time and where the desk is", async () => {
    await student.arrive();
    const text = await student.text();
    assert.match(text, /合肥校本部\s+现在开放，到 6月16日 周一 17:00\s+6月16日 周一 08:00–17:00/);
    assert.match(text, /校外教学点\s+6月23日 周一 08:00 开始/);
    assert.match(await student.text("footer"), /0551-6380 0000，行政楼 105 室/);
  });
  await step("nothing goes on without consent, and the comparison of faces is asked for apart", async () => {
    await student.next();
    assert.match(await student.text(), /请先勾选同意。/);
    await page.check("#agree");
    await student.next();
    assert.match(await student.text(), /请选择一项。/);
    await student.consent("no");
  });
  await step("the code lets the student in", async () => {
    await student.giveCode(stage.codeOf(student.who));
    await student.on("photo");
  });
  await step("the page speaks English, and Chinese again, in the same place", async () => {
    await page.click("#language");
    await page.waitForSelector("html[lang=en] main h1:has-text('Upload the photo')");
    assert.match(await page.title(), /^Upload the photo/);
    await page.click("#language");
    await page.waitForSelector("html[lang=zh-CN] main h1:has-text('上传照片')");
  });
  await step("the photo is uploaded, and a crop is proposed that meets the standard", async () => {
    await student.upload(stage.original("original.jpg"));
    assert.match(await student.text(), /已按标准给出建议/);
    assert.equal(await page.locator(".crop-figures .pass").count(), 4);
    assert.equal(await student.triesLeft(), 10);
  });
  await step("after a step the heading has the focus", async () => {
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "H1");
  });
  await step("going back, forward and loading again loses neither place nor try", async () => {
    await page.goBack();
    await student.on("photo");
    await page.goForward();
    await student.on("crop");
    await page.reload();
    await page.waitForSelector(".crop-frame");
    assert.equal(await student.triesLeft(), 10);
  });
  await step("the photo follows finger, wheel, keys and the proposal's button", async () => {
    const eyes = async () => Number(await page.locator(".crop-figures b").first().innerText());
    const before = await eyes();
    const box = await page.locator(".crop-frame").boundingBox();
    await page.mouse.move(box.x + 150, box.y + 200);
    await page.mouse.down();
    await page.mouse.move(box.x + 150, box.y + 230, { steps: 5 });
    await page.mouse.up();
    assert.ok(await eyes() > before + 30, "a finger moves it down");
    await student.press("ArrowUp", 10);
    await page.mouse.wheel(0, -200);
    await page.click("text=用系统建议");
    assert.equal(await eyes(), before);
  });
  await step("two fingers make it larger, and no farther than the photo has pixels", async () => {
    const width = async () => Number(await page.locator(".crop-figures b").nth(1).innerText());
    const box = await page.locator(".crop-frame").boundingBox();
    const touch = await phone.context.newCDPSession(page);
    const fingers = apart => [ -apart, apart ].map(x => ({ x: box.x + box.width / 2 + x, y: box.y + box.height / 2 }));
    const before = await width();
    await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: fingers(40) });
    for (const apart of [ 50, 70, 90 ])
      await touch.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: fingers(apart) });
    await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    const after = await width();
    assert.ok(after > before * 1.2, `${before} px became ${after}`);
    for (let i = 0; i < 30; i++)
      await page.click("button.round >> nth=1");
    assert.ok(await width() < 1.7 * before, "a crop of 480 px of the original is the end");
    await page.click("text=用系统建议");
  });
  await step("the checks pass and one try is used", async () => {
    await student.check();
    assert.match(await student.text(".box.good"), /检测通过/);
    assert.equal(await student.triesLeft(), 9);
  });
  await step("a check that is touched is shown on the photo", async () => {
    await page.click("summary:has-text('已通过的项目')");
    const row = page.locator("[data-check=G3_eye_line] button");
    assert.match(await row.innerText(), /\spx（合格范围 200–300）/);
    await row.click();
    assert.equal(await row.getAttribute("aria-pressed"), "true");
    assert.equal(await page.locator(".marks .mark").count(), 1);
  });
  await step("the blue photo stands beside the crop; the final submit says that it is final", async () => {
    await student.next();
    await student.on("confirm");
    await page.waitForSelector(".pair canvas >> nth=1");
    assert.match(await student.text(), /提交后不能撤回，也不能更换。/);
    await student.next();
    assert.match(await student.text(), /请先勾选确认。/);
    await student.submit();
    assert.match(await student.text(), /照片已提交，正在等待人工审核/);
  });
  await step("the photo waits for review, and the page says until when", async () => {
    assert.match(await student.text(), /可查询结果\s+6月17日 周二 08:3\d\s+预计审核完成\s+6月18日 周三 17:00/);
    assert.equal(await page.locator("a.main[href='#photo']").count(), 0);
  });
  await step("the reviewer approves; the student is not told before the day after", async () => {
    await reviewer.decide("approve");
    await page.reload();
    await student.on("status");
    assert.match(await student.text(), /正在等待人工审核/);
  });
  await step("a day later the photo is there and can be downloaded", async () => {
    stage.setClock(at("17T09:30"));
    await student.comeBack("status");
    await page.waitForSelector(".photo.approved img");
    assert.match(await student.text(), /审核通过。/);
    const [ download ] = await Promise.all([ page.waitForEvent("download"), page.click("text=下载照片") ]);
    assert.equal(download.suggestedFilename(), `${student.who.student_no}.jpg`);
    assert.deepEqual(sizeOf(fs.readFileSync(await download.path())), [ 480, 640 ]);
  });
  await step("signed out, nothing of the student is left; the code opens it again after the round", async () => {
    await page.click("text=退出");
    await student.on("notice");
    assert.equal(await page.evaluate(() => localStorage.getItem("likeness.token")), null);
    stage.setClock(at("27T10:00"));
    await student.enter("status");
    await page.waitForSelector(".photo.approved img");
  });
});
