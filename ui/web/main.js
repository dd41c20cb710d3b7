// SPDX-License-Identifier: GPL-3.0-or-later
// Starts the pages: language, connection, which page is shown, and the step bar.
import { el, put, wait } from "./dom.js";
import * as words from "./words.js";
import * as keep from "./keep.js";
import * as api from "./api.js";
import { app, hasConsent, nextPage, onNavigate, refresh, say, signOut } from "./app.js";
import { button, deskContact, problemBox } from "./parts.js";
import notice from "./pages/notice.js";
import code from "./pages/code.js";
import photo from "./pages/photo.js";
import crop from "./pages/crop.js";
import checks from "./pages/checks.js";
import confirm from "./pages/confirm.js";
import status from "./pages/status.js";
import objection from "./pages/objection.js";
import desk from "./pages/desk.js";

const { t } = words;
const pages = { notice, code, photo, crop, checks, confirm, status, objection, desk };
const STEPS = [ "notice", "code", "photo", "crop", "checks", "confirm" ];

let shown = null;               // {name, leave: AbortController}
let turn = 0;                   // counts pages: a slow answer for an earlier one is dropped

function place ()
{
  const [ name, argument ] = location.hash.slice(1).split("/");
  return { name: pages[name] ? name : "", argument: argument || "" };
}

function drawSteps (name)
{
  const nav = document.getElementById("steps");
  const at = STEPS.indexOf(name);
  nav.hidden = at < 0;
  if (at < 0)
    return;
  nav.setAttribute("aria-label", t("steps.name"));
  put(nav, el("p", { class: "steps-text" }, t("steps.text", { n: at + 1, all: STEPS.length, name: t(`step.${name}`) })),
      el("ol", null, STEPS.map((step, i) =>
        el("li", { class: i < at ? "done" : i === at ? "now" : "", "aria-current": i === at ? "step" : null },
           el("span", null, t(`step.${step}`))))));
}

function drawFoot ()
{
  const foot = document.getElementById("foot");
  const end = app.token ? button(t("foot.sign-out"), leave, "plain") : null;
  const links = app.token ? el("p", { class: "foot-links" }, el("a", { href: "#status" }, t("foot.status")),
                               el("a", { href: "#desk" }, t("foot.desk")), end) : null;
  put(foot, links, deskContact());
}

function drawTop ()
{
  const other = document.getElementById("language");
  document.getElementById("brand").textContent = t("brand");
  document.getElementById("skip").textContent = t("skip");
  other.textContent = t("language.other");
  other.lang = words.language() === "zh" ? "en" : "zh-CN";
}

async function leave ()
{
  try
    {
      await api.call("DELETE", "/v1/student/sessions/current");
    }
  catch (error)
    {
      if (!(error instanceof api.Problem))
        throw error;
    }
  signOut();
  keep.forget("consent");
  app.consent = null;
  navigate("notice", { replace: true });
}

// The page that may be shown when this one is asked for.
function allowed (name)
{
  if (name === "notice")
    return name;
  if (!app.token)
    return hasConsent() ? "code" : "notice";
  if (!name || name === "code" || (pages[name].allowed && !pages[name].allowed()))
    return nextPage();
  return name;
}

async function load ()
{
  if (!app.notice)
    app.notice = await api.call("GET", "/v1/student/notice", { anybody: true });
  if (app.token)
    await refresh();
}

// Shows the page the address names. focus: on its heading, after a step.
async function show (focus)
{
  const mine = turn += 1;
  const root = document.getElementById("page");
  if (shown)
    shown.leave.abort();
  shown = { leave: new AbortController() };
  try
    {
      await load();
    }
  catch (error)
    {
      if (mine === turn)
        put(root, problemBox(error));
      return;
    }
  if (mine !== turn)
    return;
  const wanted = place();
  const name = allowed(wanted.name);
  if (name !== wanted.name)
    history.replaceState(null, "", `#${name}`);
  draw(root, name, wanted.name === name ? wanted.argument : "", focus);
}

function draw (root, name, argument, focus)
{
  const message = app.message;
  app.message = null;
  document.title = `${t(`title.${name}`)} · ${t("brand")}`;
  document.body.dataset.page = name;
  drawTop();
  drawSteps(name);
  drawFoot();
  put(root, message ? problemBox(message) : null);
  pages[name].build(root, shown.leave.signal, argument);
  say("");
  if (!focus)
    return;
  window.scrollTo(0, 0);
  const first = root.querySelector("h1");
  if (first)
    first.focus({ preventScroll: true });
}

function navigate (name, options)
{
  const hash = `#${name}`;
  if (options.replace || location.hash === hash)
    history.replaceState(null, "", hash);
  else
    history.pushState(null, "", hash);
  show(true);
}

let backTimer = 0;

function connection (lost)
{
  const bar = document.getElementById("connection");
  clearTimeout(backTimer);
  if (!lost && bar.hidden)
    return;
  bar.hidden = false;
  bar.className = lost ? "lost" : "back";
  bar.textContent = t(lost ? "connection.lost" : "connection.back");
  if (!lost)
    backTimer = setTimeout(() => { bar.hidden = true; }, 3000);
}

function signedOut ()
{
  signOut();
  app.message = new api.Problem(401, { code: "signed-out" });
  navigate("code", { replace: true });
}

async function changeLanguage ()
{
  const next = words.language() === "zh" ? "en" : "zh";
  await loadWords(next);
  keep.write("language", next);
  app.notice = null;            // problem titles and the like come in the new language
  await show(false);
  say(t("language.changed"));
}

async function loadWords (code)
{
  for (let attempt = 0; ; attempt++)
    {
      try
        {
          return await words.load(code);
        }
      catch (error)
        {
          await wait(Math.min(15000, 1000 * 2 ** attempt));
        }
    }
}

async function start ()
{
  await loadWords(keep.read("language") === "en" ? "en" : "zh");
  api.useToken(app.token);
  api.listen(connection, signedOut, () => navigate("", { replace: true }));
  onNavigate(navigate);
  document.getElementById("language").addEventListener("click", changeLanguage);
  document.getElementById("skip").addEventListener("click", event => {
    event.preventDefault();
    document.getElementById("page").focus();
  });
  window.addEventListener("popstate", () => show(true));
  await show(false);
}

start();
