// SPDX-License-Identifier: GPL-3.0-or-later
// Debian's Chromium, driven by Playwright, as a student's phone.
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { PATIENCE } from "./tap.mjs";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const CHROMIUM = [ "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" ];
export const PHONE = { width: 390, height: 844 };

function playwrightFolder ()
{
  const cache = process.env.XDG_CACHE_HOME || path.join(os.homedir(), ".cache");
  const { package: name } = JSON.parse(fs.readFileSync(path.join(HERE, "playwright.json"), "utf8"));
  return path.join(cache, "likeness", name);
}

// Why there is no browser here, or null. Where everything has to be tested that is a failure.
export function missingBrowser ()
{
  if (!CHROMIUM.some(file => fs.existsSync(file)))
    return "Chromium is not installed (./dev deps installs it)";
  if (!fs.existsSync(path.join(playwrightFolder(), "package.json")))
    return "Playwright is not there (tests/web/get-playwright.py fetches it)";
  return null;
}

export async function startBrowser ()
{
  const { chromium } = createRequire(import.meta.url)(playwrightFolder());
  return chromium.launch({
    executablePath: CHROMIUM.find(file => fs.existsSync(file)), headless: true,
    args: [ "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu" ],
  });
}

// One student's phone: a page with everything that went wrong in it.
export async function openPhone (browser, options = {})
{
  const viewport = options.viewport || PHONE;
  const phone = viewport.width < 600;
  const context = await browser.newContext({
    viewport, deviceScaleFactor: phone ? 2 : 1, isMobile: phone, hasTouch: phone, locale: "zh-CN", timezoneId: "Europe/Berlin",
    colorScheme: options.scheme || "light", acceptDownloads: true,
  });
  context.setDefaultTimeout(15000 * PATIENCE);
  const page = await context.newPage();
  const complaints = [];
  page.on("pageerror", error => complaints.push(`error: ${error.message}`));
  page.on("console", message => {
    // the browser itself logs each refusal and each lost connection
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      complaints.push(`console: ${message.text()}`);
  });
  page.on("request", request => {
    const url = new URL(request.url());
    if (![ "data:", "blob:" ].includes(url.protocol) && url.hostname !== "127.0.0.1")
      complaints.push(`outside: ${request.url()}`);
  });
  return { context, page, complaints };
}
