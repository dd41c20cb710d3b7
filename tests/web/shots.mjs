// SPDX-License-Identifier: GPL-3.0-or-later
// shots.mjs OUT [NAME...]: pictures of every page of the students in front of a real campus: OUT/web-zh-light/01-notice.png ...
import fs from "node:fs";
import path from "node:path";
import { PHONE } from "./browser.mjs";
import { at, Reviewer, Stage, STUDENTS } from "./stage.mjs";
import { Student } from "./student.mjs";

const KINDS = {
  "zh-light": { language: "zh", viewport: PHONE },
  "zh-dark": { language: "zh", viewport: PHONE, scheme: "dark" },
  "en-light": { language: "en", viewport: PHONE },
  "zh-desktop": { language: "zh", viewport: { width: 1280, height: 900 } },
};

async function tour (stage, kind, out)
{
  const phone = await stage.phone({ viewport: kind.viewport, scheme: kind.scheme });
  const { page } = phone;
  const student = new Student(stage, phone, STUDENTS[0]);
  const reviewer = new Reviewer(stage);
  let count = 0;
  const shot = async name => {
    await page.waitForTimeout(250);
    count += 1;
    await page.screenshot({ path: path.join(out, `${String(count).padStart(2, "0")}-${name}.png`), fullPage: true });
  };
  const submit = async () => {
    await page.waitForSelector("main .right > .box.good");
    await student.next();
    await page.waitForSelector(".pair canvas >> nth=1");
    await shot("confirm");
    await student.submit();
  };

  await page.addInitScript(language => localStorage.setItem("likeness.language", JSON.stringify(language)), kind.language);
  await student.arrive();
  await shot("notice");
  await student.consent();
  await shot("code");
  await student.giveCode(stage.file("original.jpg"));
  await student.problem("code-unreadable");
  await shot("code-unreadable");
  await student.giveCode(stage.codeOf(student.who));
  await student.on("photo");
  await shot("photo");
  const network = await phone.context.newCDPSession(page);
  const limit = (offline, bytes) => network.send("Network.emulateNetworkConditions",
                                                 { offline, latency: 0, downloadThroughput: -1, uploadThroughput: bytes });
  await network.send("Network.enable");
  await limit(false, 60000);
  await student.choosePhoto(stage.file("original.jpg"));
  await page.waitForFunction(() => document.querySelector("progress") && document.querySelector("progress").value > 30);
  await shot("uploading");
  await limit(true, 0);
  await page.waitForSelector("#connection.lost");
  await shot("connection-lost");
  await limit(false, -1);
  await page.waitForSelector(".crop-frame");
  await page.waitForSelector("#connection", { state: "hidden" });
  await shot("crop");
  await page.keyboard.down("Shift");
  await student.press("ArrowUp", 4);
  await page.keyboard.up("Shift");
  await shot("crop-moved");
  await student.next();
  await page.waitForSelector(".box.wait");
  await shot("checking");
  await page.waitForSelector("main .right > .box.bad");
  await shot("checks-failed");
  await page.click("[data-check=G3_eye_line] button");
  await shot("checks-one");
  await page.goto(`${stage.address}/#desk`);
  await student.on("desk");
  await page.waitForSelector(".attachment canvas >> nth=2");
  await shot("desk");
  await page.goto(`${stage.address}/#crop`);
  await page.waitForSelector(".crop-frame");
  await page.locator(".crop-tools .second").click();
  await student.next();
  await page.waitForSelector("main .right > .box.good");
  await shot("checks-passed");
  await submit();
  await shot("submitted");
  await reviewer.decide("return", [ "R203", "R205" ], "请把人像放在正中。");
  stage.setClock(at("20T09:20"));
  await student.comeBack("status");
  await shot("returned");
  await page.locator(".result a[href^='#objection']").click();
  await page.waitForSelector(".attachment canvas >> nth=1");
  await shot("objection");
  await page.fill("textarea", "眼睛位置在标准范围内，请复核。");
  await student.next();
  await page.waitForSelector("main .box.good");
  await shot("objection-sent");
  await page.goto(`${stage.address}/#photo`);
  await student.on("photo");
  await student.upload(stage.original("second.jpg", 31));
  await student.next();
  await submit();
  await reviewer.decide("approve");
  stage.setClock(at("22T09:30"));
  await student.comeBack("status");
  await page.waitForSelector(".photo.approved img");
  await shot("approved");
  const early = new Student(stage, await stage.phone({ viewport: kind.viewport, scheme: kind.scheme }), STUDENTS[2]);
  await early.page.addInitScript(language => localStorage.setItem("likeness.language", JSON.stringify(language)), kind.language);
  await early.arrive();
  await early.page.screenshot({ path: path.join(out, "30-notice-closed.png"), fullPage: true });
  await early.consent();
  await early.giveCode(stage.codeOf(early.who));
  await early.problem("window-closed");
  await early.page.screenshot({ path: path.join(out, "31-window-closed.png"), fullPage: true });
}

async function main ()
{
  const [ out, ...names ] = process.argv.slice(2);
  for (const name of names.length > 0 ? names : Object.keys(KINDS))
    {
      const stage = new Stage();
      const folder = path.join(out, `web-${name}`);
      fs.mkdirSync(folder, { recursive: true });
      try
        {
          stage.open(at("19T09:10"));
          await stage.start();
          stage.original("original.jpg");
          await stage.openBrowser();
          await tour(stage, KINDS[name], folder);
        }
      catch (error)
        {
          await stage.tellWhatHappened();
          throw error;
        }
      finally
        {
          await stage.clear();
        }
    }
}

main().catch(error => {
  console.error(error);
  process.exitCode = 1;
});
