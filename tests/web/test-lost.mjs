// SPDX-License-Identifier: GPL-3.0-or-later
// A network that goes away while a photo is on its way, and a service that is killed: both mend by themselves.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { at, run, STUDENTS } from "./stage.mjs";
import { Student } from "./student.mjs";
import { step, waitFor } from "./tap.mjs";

// Rows of a query to the service's database.
function ask (stage, sql)
{
  const code = "import sqlite3, sys, json; print(json.dumps(sqlite3.connect(f'file:{sys.argv[1]}?mode=ro', uri=True).execute(sys.argv[2]).fetchall()))";
  const done = spawnSync("/usr/bin/python3", [ "-c", code, `${stage.data}/campus.db`, sql ], { encoding: "utf8" });
  assert.equal(done.status, 0, done.stderr);
  return JSON.parse(done.stdout);
}

run(async stage => {
  await step("a campus", async () => {
    stage.open(at("16T09:00"));
    await stage.start();
  });
  const phone = await stage.phone();
  const { page } = phone;
  const student = new Student(stage, phone, STUDENTS[0]);
  const large = stage.original("large.png", 23, "-p", "as_png=1");
  const network = await phone.context.newCDPSession(page);
  const limit = (offline, bytes) => network.send("Network.emulateNetworkConditions",
                                                 { offline, latency: 0, downloadThroughput: -1, uploadThroughput: bytes });
  const progress = () => page.locator("progress").evaluate(bar => bar.value);

  await step("an upload tells how far it is, and can be stopped", async () => {
    await student.enter();
    await network.send("Network.enable");
    await limit(false, 150000);
    await student.choosePhoto(large);
    await waitFor("some progress", async () => await progress() > 5, 30);
    assert.match(await student.text(), /已上传 [\d.]+ \/ [\d.]+ MB（\d+%）/);
    await page.click("text=停止上传");
    await page.waitForSelector("main label:has-text('从相册选择照片')");
    assert.equal(ask(stage, "SELECT count(*) FROM draft")[0][0], 0);
  });
  await step("the network goes away in the middle: it is said calmly", async () => {
    await student.choosePhoto(large);
    await waitFor("some progress", async () => await progress() > 5, 30);
    await limit(true, 0);
    await page.waitForSelector("#connection.lost >> text=正在重新连接");
  });
  await step("it comes back: the photo is sent again by itself, once", async () => {
    await limit(false, -1);
    await student.on("crop");
    await page.waitForSelector(".crop-frame");
    assert.equal(ask(stage, "SELECT count(*) FROM draft")[0][0], 1);
  });
  await step("the service is killed while the photo is checked: the page waits, the check is done after all, one try is used", async () => {
    await student.next();
    await stage.stop("SIGKILL");
    await page.waitForSelector("#connection.lost");
    await stage.start();
    await page.waitForSelector("main .right > .box.good");
    assert.equal(await student.triesLeft(), 9);
    assert.equal(ask(stage, "SELECT tries_used FROM record")[0][0], 1);
  });
  await step("the final submit is not lost and not doubled when the network goes away under it", async () => {
    await student.next();
    await student.on("confirm");
    await page.waitForSelector(".pair canvas >> nth=1");
    await limit(true, 0);
    await page.check("#sure");
    await student.next();
    await page.waitForSelector("#connection.lost");
    await limit(false, -1);
    await student.on("status");
    assert.match(await student.text(), /正在等待人工审核/);
    assert.equal(ask(stage, "SELECT count(*) FROM submission")[0][0], 1);
  });
});
