// SPDX-License-Identifier: GPL-3.0-or-later
// The texts of the pages: one JSON file a language, words/zh.json and words/en.json.

let words = {};
let current = "zh";

export function language ()
{
  return current;
}

// Throws when the file cannot be had: the caller waits for the connection.
export async function load (code)
{
  const answer = await fetch(`/web/words/${code}.json`);
  if (!answer.ok)
    throw new Error(`words: ${answer.status}`);
  words = await answer.json();
  current = code;
  document.documentElement.lang = code === "zh" ? "zh-CN" : "en";
}

export function has (key)
{
  return key in words;
}

// The text of a key with {name} replaced by values.name.
export function t (key, values)
{
  const text = has(key) ? words[key] : key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values && name in values ? String(values[name]) : whole);
}

// Chinese is set with full-width marks, also where a catalogue has others; "3:4" stays.
function wide (text)
{
  return text.replace(/"([^"]*)"/g, "“$1”").replace(/([\u3400-\u9fff])([:;])/g, (whole, letter, mark) => letter + (mark === ":" ? "：" : "；"))
    .replace(/,/g, "，").replace(/\(/g, "（").replace(/\)/g, "）");
}

// member_zh or member_en of what the service tells in both languages.
export function pick (object, member)
{
  const text = (object && (object[member ? `${member}_${current}` : current])) || "";
  return current === "zh" && typeof text === "string" ? wide(text) : text;
}

const ZONE = "Asia/Shanghai";

function local (options)
{
  return new Intl.DateTimeFormat(current === "zh" ? "zh-CN" : "en-GB", { timeZone: ZONE, ...options });
}

// "6月16日 周一 09:10": college time, whatever the phone's zone is.
export function time (text)
{
  const date = new Date(text);
  if (Number.isNaN(date.getTime()))
    return "";
  const day = local({ month: current === "zh" ? "long" : "short", day: "numeric" }).format(date);
  const week = local({ weekday: "short" }).format(date);
  const clock = local({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(date);
  return `${day} ${week} ${clock}`;
}

// The end of something: midnight is 24:00 of the day before.
export function until (text)
{
  const clock = time(text);
  return clock.endsWith("00:00") ? `${time(new Date(text).getTime() - 1000).slice(0, -5)}24:00` : clock;
}

// The hours of a window: "6月16日 周一 08:00–17:00".
export function span (from, to)
{
  const start = time(from);
  const end = until(to);
  return start.slice(0, -5) === end.slice(0, -5) ? `${start}–${end.slice(-5)}` : t("time.span", { from: start, to: end });
}

// A duration as people say it: "12 秒", "3 分钟". Rounded up, so that it is not promised too soon.
export function duration (seconds)
{
  if (seconds < 55)
    return t("time.seconds", { n: Math.max(1, seconds <= 10 ? Math.ceil(seconds) : Math.ceil(seconds / 5) * 5) });
  if (seconds < 3600)
    return t("time.minutes", { n: Math.ceil(seconds / 60) });
  return t("time.hours", { n: Math.ceil(seconds / 360) / 10 });
}

export function megabytes (bytes)
{
  return (bytes / 1048576).toFixed(bytes < 10485760 ? 1 : 0);
}

export function money (cents)
{
  return (cents / 100).toFixed(2);
}
