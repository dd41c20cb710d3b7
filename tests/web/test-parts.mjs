// SPDX-License-Identifier: GPL-3.0-or-later
// What can be tested of the pages without a browser: the arithmetic of the crop, and the words.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { finish, step } from "./tap.mjs";

const WEB = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../ui/web");

// A module of the pages. The tree has no package.json to say that they are modules, so it is read as one here.
async function load (name)
{
  const text = fs.readFileSync(path.join(WEB, name), "utf8");
  return import(`data:text/javascript;base64,${Buffer.from(text).toString("base64")}`);
}

function files (folder, ending)
{
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap(entry => entry.isDirectory()
    ? files(path.join(folder, entry.name), ending) : entry.name.endsWith(ending) ? [ path.join(folder, entry.name) ] : []);
}

function near (a, b, what)
{
  assert.ok(Math.abs(a - b) < 1e-6, `${what}: ${a} is not ${b}`);
}

const crop = await load("crop.js");
const original = { width: 3000, height: 4000 };
const words = Object.fromEntries([ "zh", "en" ].map(code =>
  [ code, JSON.parse(fs.readFileSync(path.join(WEB, "words", `${code}.json`), "utf8")) ]));
const pages = files(WEB, ".js").map(file => fs.readFileSync(file, "utf8")).join("\n");
let failed = false;

async function check (name, action)
{
  await step(name, action).catch(() => { failed = true; });
}

await check("fractions and back are the same crop", () => {
  const share = { x: 0.1, y: 0.05, width: 0.72, height: 0.72, roll: 0 };
  const back = crop.toFractions(crop.fromFractions(share, original), original);
  for (const name of Object.keys(share))
    near(back[name], share[name], name);
});
await check("a point of the frame lies where the crop's turn puts it", () => {
  const view = { cx: 1000, cy: 1200, w: 960, roll: 90 };
  const corner = crop.toOriginal(view, { x: 480, y: 320 });       // right middle, a quarter turn clockwise: below the centre
  near(corner.x, 1000, "x");
  near(corner.y, 1200 + 480, "y");
  const back = crop.toFrame(view, corner);
  near(back.x, 480, "x of the frame");
  near(back.y, 320, "y of the frame");
});
await check("a crop stays inside the original, is never enlarged and hardly turned", () => {
  for (let i = 0; i < 2000; i++)
    {
      const view = crop.allowed({ cx: (i * 37) % 5000 - 1000, cy: (i * 61) % 6000 - 1000, w: (i * 13) % 5000, roll: (i % 21) - 10 }, original);
      assert.ok(view.w >= 480 - 1e-9 && Math.abs(view.roll) <= crop.MAX_ROLL);
      for (const [ x, y ] of [ [ 0, 0 ], [ 480, 0 ], [ 0, 640 ], [ 480, 640 ] ])
        {
          const corner = crop.toOriginal(view, { x, y });
          assert.ok(corner.x > -1e-6 && corner.y > -1e-6 && corner.x < 3000 + 1e-6 && corner.y < 4000 + 1e-6, JSON.stringify({ view, corner }));
        }
    }
});
await check("of an original that is too small the widest crop is the only one", () => {
  const small = { width: 400, height: 500 };
  const view = crop.allowed({ cx: 10, cy: 10, w: 100, roll: 0 }, small);
  near(view.w, 375, "width");
  near(crop.zoomed(view, 3, { x: 240, y: 320 }, small).w, 375, "width after zooming");
});
await check("the photo follows the finger", () => {
  const view = crop.moved({ cx: 1500, cy: 2000, w: 960, roll: 0 }, 10, -20, original);
  near(view.cx, 1500 - 20, "to the right: the frame goes left");
  near(view.cy, 2000 + 40, "up: the frame goes down");
});
await check("what is under two fingers stays under them", () => {
  const view = { cx: 1500, cy: 2000, w: 1200, roll: 1.5 };
  const point = { x: 100, y: 500 };
  const before = crop.toOriginal(view, point);
  const after = crop.toOriginal(crop.zoomed(view, 1.4, point, original), point);
  near(after.x, before.x, "x");
  near(after.y, before.y, "y");
});
await check("measures follow from the proposal's", () => {
  const proposal = { x: 0.2, y: 0.1, width: 0.5, height: 0.5, roll: 0, eye_line: 250, face_width: 240, hair_top: 70, centre: 4 };
  const head = crop.headOf(proposal, original);
  const same = crop.measured(crop.fromFractions(proposal, original), head);
  near(same.eye_line, 250, "eye line");
  near(same.face_width, 240, "face width");
  near(same.hair_top, 70, "hair top");
  near(same.centre, 4, "centre");
  const wider = crop.measured({ ...crop.fromFractions(proposal, original), w: 2000 }, head);
  near(wider.face_width, 180, "face width of a wider crop");
  assert.equal(crop.headOf({ x: 0, y: 0, width: 1, height: 1 }, original), null);
});
await check("both languages say the same things", () => {
  assert.deepEqual(Object.keys(words.zh), Object.keys(words.en));
  for (const [ key, text ] of Object.entries(words.zh))
    {
      const gaps = value => (value.match(/\{\w+\}/g) || []).sort();
      assert.deepEqual(gaps(text), gaps(words.en[key]), key);
      assert.ok(text && words.en[key], key);
    }
});
await check("Chinese has Chinese marks", () => {
  for (const [ key, text ] of Object.entries(words.zh))
    assert.doesNotMatch(text, /[\u3400-\u9fff][,:;?!()]|[,:;?!(][\u3400-\u9fff]|"/, key);
});
await check("every word that a page asks for is there", () => {
  for (const [ , key ] of pages.matchAll(/\b(?:t|has)\("([\w.-]+)"/g))
    assert.ok(key in words.zh, key);
  for (const [ , prefix ] of pages.matchAll(/\bt\(`([\w.-]+)\$\{/g))
    assert.ok(Object.keys(words.zh).some(key => key.startsWith(prefix)), prefix);
});
await check("and every word is asked for", () => {
  const asked = new Set([ ...pages.matchAll(/"([\w.-]+)"/g) ].map(([ , key ]) => key));
  const prefixes = [ ...pages.matchAll(/`([\w.-]+[.-])\$\{/g) ].map(([ , prefix ]) => prefix);
  for (const key of Object.keys(words.zh))
    assert.ok(asked.has(key) || prefixes.some(prefix => key.startsWith(prefix)), key);
});
await check("whatever a student may be refused with has its sentence and what to do", () => {
  const source = fs.readFileSync(path.resolve(WEB, "../../app/core/error.c"), "utf8");
  const known = [ ...source.matchAll(/LK_ERROR_\w+, "([\w-]+)"/g) ].map(([ , code ]) => code);
  const met = known.filter(code => /^(code-(unreadable|refused|conflict|held)|picture-|not-picture|no-|window-|consent-|queue-|attachments-)|roster|too-many/.test(code))
    .filter(code => ![ "no-engine", "no-decoder", "no-account", "no-models" ].includes(code));
  assert.ok(met.length >= 15, met.join(" "));
  for (const code of [ ...met, "signed-out", "state", "unavailable", "storage", "disk-full", "bad-request", "failed" ])
    assert.ok(`problem.${code}` in words.zh && `todo.${code}` in words.zh, code);
});
await check("text can be read: contrast of at least 4.5, light and dark", () => {
  const css = fs.readFileSync(path.join(WEB, "style.css"), "utf8");
  const [ light, dark ] = [ ...css.matchAll(/:root \{([^}]*)\}/g) ].map(([ , body ]) =>
    Object.fromEntries([ ...body.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g) ].map(([ , name, colour ]) => [ name, colour ])));
  const part = value => value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const luminance = colour => [ 0.2126, 0.7152, 0.0722 ].reduce((sum, share, i) =>
    sum + share * part(parseInt(colour.slice(1 + 2 * i, 3 + 2 * i), 16) / 255), 0);
  const contrast = (a, b) => (Math.max(luminance(a), luminance(b)) + 0.05) / (Math.min(luminance(a), luminance(b)) + 0.05);
  const kinds = [ "good", "warn", "bad", "info" ];
  const pairs = [ ...[ "text", "quiet", "accent" ].flatMap(name => [ [ name, "ground" ], [ name, "card" ] ]), [ "accent-text", "accent" ],
                  ...kinds.flatMap(name => [ [ name, `${name}-soft` ], [ "text", `${name}-soft` ], [ "quiet", `${name}-soft` ] ]), [ "bad", "card" ] ];
  for (const theme of [ light, { ...light, ...dark } ])
    for (const [ front, back ] of pairs)
      assert.ok(contrast(theme[front], theme[back]) >= 4.5, `${front} on ${back}: ${contrast(theme[front], theme[back]).toFixed(2)}`);
});
await check("pages take nothing from elsewhere and write no HTML", () => {
  assert.doesNotMatch(pages, /https?:\/\/(?!www\.w3\.org)|innerHTML|insertAdjacentHTML|document\.write|\beval\b|setAttribute\("style"|window\.open\(|\balert\(/);
  const shell = fs.readFileSync(path.join(WEB, "index.html"), "utf8");
  assert.doesNotMatch(shell, /https?:\/\/|style=|<style|\son\w+=|<script(?![^>]*src=)/);
});
finish(failed);
