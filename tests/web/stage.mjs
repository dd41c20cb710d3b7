// SPDX-License-Identifier: GPL-3.0-or-later
// The stage of a journey: a campus with a round, drawn portraits and its service, and a reviewer who decides through the
// API. All of it lies in one temporary folder and ends with the stage.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import crypto from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { missingBrowser, openPhone, startBrowser } from "./browser.mjs";
import { comment, finish, PATIENCE, skip, step, StepFailed, waitFor } from "./tap.mjs";

const SOURCE = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const BUILD = path.resolve(process.env.LIKENESS_BUILD_DIR || path.join(SOURCE, "build"));
const PASSWORD = "correct horse battery 7";
const COMPLAINT = /AddressSanitizer|LeakSanitizer|runtime error:|-(WARNING|CRITICAL) \*\*|g_error|Aborted/;

export const MAIN = "合肥校本部";
export const OUTSIDE = "校外教学点";

// Made-up people with made-up numbers (rules.md section 9): each is one student of one journey.
export const STUDENTS = [
  { student_no: "2023100001", name: "李小明", id_number: "990101199903150010", site: MAIN, unique_no: "U2025000001" },
  { student_no: "2023100002", name: "王芳", id_number: "99010120000229002X", site: MAIN, unique_no: "U2025000002" },
  { student_no: "2023100003", name: "欧阳小明", id_number: "990102199812311188", site: OUTSIDE, unique_no: "U2025000003" },
  { student_no: "2023100004", name: "阿依古丽·买买提", id_number: "990103200106072433", site: MAIN, unique_no: "U2025000004" },
].map(student => ({ ...student, class: "会计学2班" }));

// College time of June 2025 as the service reads it: at("16T09:10").
export function at (dayAndTime)
{
  return `2025-06-${dayAndTime}:00+08:00`;
}

// The folder of portraits that this version of the drawing program has drawn; those of others are thrown away.
function drawings ()
{
  const cache = path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), ".cache"), "likeness", "web");
  const digest = crypto.createHash("sha256");
  for (const folder of [ "app/tools", "app/tools/portrait" ])
    for (const file of fs.readdirSync(path.join(SOURCE, folder)).filter(name => /\.[ch]$/.test(name)).sort())
      digest.update(fs.readFileSync(path.join(SOURCE, folder, file)));
  const folder = path.join(cache, `drawn-${digest.digest("hex").slice(0, 16)}`);
  if (!fs.existsSync(folder))
    fs.rmSync(cache, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  return folder;
}

export class Stage
{
  constructor ()
  {
    this.folder = fs.mkdtempSync(path.join(os.tmpdir(), "likeness-web-"));
    this.data = path.join(this.folder, "campus");
    this.clock = path.join(this.folder, "clock");
    this.log = path.join(this.folder, "service.log");
    this.environ = {
      ...process.env, G_DEBUG: "fatal-warnings", LANGUAGE: "en", LC_ALL: "C.UTF-8",
      LIKENESS_DATA_DIR: `${path.join(this.folder, "data")}:${path.join(SOURCE, "data")}`,
    };
    this.service = null;
    this.port = 0;
    this.phones = [];
    fs.mkdirSync(path.join(this.folder, "data"));
    fs.writeFileSync(path.join(this.folder, "password"), PASSWORD);
    // nobody looks a second time, so that one decision is the end
    this.change("service.json", limits => {
      limits.second_review = { by_rule: false, first_decisions: 0, approvals_percent: 0, rejections_percent: 0, known_percent: 0, after_seconds: 0 };
      limits.password.memory_bytes = 8388608;
      limits.password.passes = 1;
    });
  }

  // Gives the service another data file: the shipped one, changed.
  change (name, edit)
  {
    const json = JSON.parse(fs.readFileSync(path.join(SOURCE, "data", name), "utf8"));
    edit(json);
    fs.writeFileSync(path.join(this.folder, "data", name), JSON.stringify(json));
  }

  // Runs a program to its end and gives its output.
  run (program, words, typed = "")
  {
    const done = spawnSync(path.join(BUILD, program), words, { env: this.environ, input: typed, encoding: "utf8", timeout: 120000 * PATIENCE });
    assert.equal(done.status, 0, `${program} ${words[0]}: ${done.stdout}${done.stderr}${done.error || ""}`);
    return done.stdout;
  }

  likenessd (words, typed)
  {
    return this.run("app/service/likenessd", [ ...words, "--data", this.data ], typed);
  }

  setClock (time)
  {
    fs.writeFileSync(`${this.clock}.part`, time);
    fs.renameSync(`${this.clock}.part`, this.clock);
  }

  file (name)
  {
    return path.join(this.folder, name);
  }

  // A drawn portrait: words as `likeness-draw one` takes them. The user's cache keeps it for the next journey and for the
  // builds with sanitizers, where drawing takes long.
  draw (name, ...words)
  {
    const hash = crypto.createHash("sha256").update(JSON.stringify(words)).digest("hex").slice(0, 16);
    const kept = path.join(drawings(), `${hash}-${name}`);
    if (!fs.existsSync(kept))
      {
        this.run("app/tools/likeness-draw", [ "one", this.file(name), ...words ]);
        fs.copyFileSync(this.file(name), `${kept}.${process.pid}`);
        fs.renameSync(`${kept}.${process.pid}`, kept);
      }
    fs.copyFileSync(kept, this.file(name));
    return this.file(name);
  }

  // A studio's uncropped original: plain grey, room all round.
  original (name, seed = 23, ...words)
  {
    return this.draw(name, "--seed", String(seed), "--size", "1200x1600", "-p", "frame_units=640", "-p", "eye_line=330",
                     "-p", "hair_top=175", "-p", "centre_x=320", "-p", "background=2", ...words);
  }

  // The same as a phone's HEIC file, which Chromium cannot show.
  heic (file)
  {
    const made = file.replace(/\.\w+$/, ".heic");
    const done = spawnSync("convert", [ file, "-quality", "90", made ], { encoding: "utf8" });
    assert.equal(done.status, 0, done.stderr);
    return made;
  }

  codeOf (student)
  {
    return path.join(this.folder, "codes", `${student.student_no}.png`);
  }

  // A campus with the reference calendar, two sites, and codes for its students.
  open (time, { tries = 10 } = {})
  {
    const columns = [ "student_no", "name", "id_number", "class", "site", "unique_no" ];
    const roster = this.file("roster.csv");
    fs.writeFileSync(roster, [ columns, ...STUDENTS.map(student => columns.map(column => student[column])) ].map(row => row.join(",")).join("\n") + "\n");
    this.likenessd([ "init" ]);
    fs.writeFileSync(path.join(this.data, "likenessd.conf"), "[desk]\nphone=0551-6380 0000\nplace=行政楼 105 室\nhours=工作日 8:30–17:00\n");
    this.likenessd([ "account", "add", "lin", "--role", "reviewer", "--name", "林晓老师" ], `${PASSWORD}\n`);
    this.likenessd([ "import", "--roster", roster ]);
    this.likenessd([ "codes", "key", "add" ]);
    this.likenessd([ "codes", "issue", "--roster", roster, "--out", this.file("codes") ]);
    this.addRound(tries);
    this.setClock(time);
  }

  // The reference calendar (rules.md section 8.1).
  addRound (tries)
  {
    const window = (site, from, to) => ({ site, from: `2025-06-${from}`, to: `2025-06-${to}`, opens: "08:00", closes: "17:00" });
    fs.writeFileSync(this.file("round.json"), JSON.stringify({
      name: "2025 届毕业生图像采集", kind: "regular", price_cents: 0, tries, graduation_year: 2025,
      windows: [ window(MAIN, 16, 19), window(OUTSIDE, 23, 26) ],
    }));
    this.likenessd([ "round", "add", this.file("round.json") ]);
  }

  async start ()
  {
    const portFile = this.file("port");
    fs.rmSync(portFile, { force: true });
    const log = fs.openSync(this.log, "a");
    this.service = spawn(path.join(BUILD, "app/service/likenessd"),
                         [ "serve", "--data", this.data, "--port", String(this.port), "--port-file", portFile, "--clock-file", this.clock ],
                         { env: this.environ, stdio: [ "ignore", log, log ] });
    fs.closeSync(log);
    await waitFor("the service", () => {
      assert.equal(this.service.exitCode, null, "likenessd has ended");
      return fs.existsSync(portFile) && fs.readFileSync(portFile, "utf8").trim();
    }, 20);
    this.port = Number(fs.readFileSync(portFile, "utf8"));
    this.address = `http://127.0.0.1:${this.port}`;
  }

  ended ()
  {
    return new Promise(done => this.service.exitCode !== null || this.service.signalCode !== null ? done() : this.service.once("exit", done));
  }

  // As when the machine loses power, or in order.
  async stop (signal = "SIGTERM")
  {
    this.service.kill(signal);
    await this.ended();
  }

  async openBrowser ()
  {
    this.browser = await startBrowser();
  }

  async phone (options)
  {
    const phone = await openPhone(this.browser, options);
    this.phones.push(phone);
    return phone;
  }

  // The service's end, and nothing that any program or page complained of.
  async endWell ()
  {
    for (const phone of this.phones)
      assert.deepEqual(phone.complaints, []);
    await this.stop();
    assert.equal(this.service.exitCode, 0, "likenessd's exit status");
    this.likenessd([ "audit", "verify" ]);
    for (const line of fs.readFileSync(this.log, "utf8").split("\n"))
      assert.ok(!COMPLAINT.test(line), line);
  }

  async tellWhatHappened ()
  {
    const kept = path.join(process.env.LIKENESS_JOURNEY_LOGS || path.join(BUILD, "journey-logs"), path.basename(this.folder));
    fs.mkdirSync(kept, { recursive: true });
    if (fs.existsSync(this.log))
      {
        fs.copyFileSync(this.log, path.join(kept, "service.log"));
        comment(fs.readFileSync(this.log, "utf8").split("\n").slice(-15).join("\n"));
      }
    for (const [ i, phone ] of this.phones.entries())
      {
        comment(`phone ${i}: ${phone.page.url()} ${phone.complaints.join(" | ")}`);
        await phone.page.screenshot({ path: path.join(kept, `phone-${i}.png`), fullPage: true }).catch(() => {});
      }
    comment(`logs and screens are in ${kept}`);
  }

  async clear ()
  {
    if (this.browser)
      await this.browser.close();
    if (this.service && this.service.exitCode === null)
      {
        this.service.kill("SIGKILL");
        await this.ended();
      }
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

// A reviewer at the service's API: what the workstation does, without its window.
export class Reviewer
{
  constructor (stage)
  {
    this.stage = stage;
    this.token = "";
  }

  async call (method, target, body)
  {
    const headers = { "Content-Type": "application/json", "Idempotency-Key": crypto.randomUUID() };
    if (this.token)
      headers.Authorization = `Bearer ${this.token}`;
    const answer = await fetch(this.stage.address + target, { method, headers, body: body && JSON.stringify(body) });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${target}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : null;
  }

  async signIn ()
  {
    const answer = await this.call("POST", "/v1/sessions", { user: "lin", password: PASSWORD, device: crypto.randomUUID() });
    this.token = answer.token;
  }

  // Takes the only submission there is and decides.
  async decide (verdict, reasons = [], note = "")
  {
    await this.signIn();                // sessions end, and here days pass
    const { leases } = await this.call("POST", "/v1/leases", { count: 1 });
    assert.equal(leases.length, 1, "one submission waits");
    const [ lease ] = leases;
    const { results } = await this.call("POST", "/v1/decisions", { decisions: [ {
      key: uuid7(), submission: lease.submission.id, lease: lease.id, photo: lease.submission.photo.sha256, verdict, reasons, note,
      decided_at: new Date().toISOString(), shown_ms: 2000, input: "key", unsure: false,
    } ] });
    assert.equal(results[0].status, "accepted", JSON.stringify(results));
    return lease.submission;
  }
}

function uuid7 ()
{
  const time = Date.now().toString(16).padStart(12, "0");
  const random = crypto.randomBytes(10).toString("hex");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-a${random.slice(3, 6)}-${random.slice(6, 18)}`;
}

// Runs journey(stage) on a stage of its own and ends the program with its result.
export async function run (journey)
{
  const missing = missingBrowser();
  if (missing && !process.env.LIKENESS_TEST_ALL)
    {
      skip(missing);
      return;
    }
  const stage = new Stage();
  let failed = false;
  try
    {
      await step("there is a browser", () => assert.equal(missing, null));
      await stage.openBrowser();
      await journey(stage);
      await step("service and pages end without complaint", () => stage.endWell());
    }
  catch (error)
    {
      failed = true;
      if (!(error instanceof StepFailed))
        comment(error.stack);
      await stage.tellWhatHappened();
    }
  finally
    {
      await stage.clear();
    }
  finish(failed);
}
