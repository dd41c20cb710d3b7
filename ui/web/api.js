// SPDX-License-Identifier: GPL-3.0-or-later
// The service's calls (docs/protocol.md). A lost connection is no error here: a request is sent again, with the same
// key, until it is answered or stopped. Answers that refuse come as Problem.
import { language } from "./words.js";

const TIMEOUT = 45000;          // longer than the longest wait= of the service
const PAUSES = [ 1, 2, 4, 8, 15 ];
const UPLOADS_IN_VAIN = 4;

// An answer that refuses: application/problem+json, or what a proxy said instead.
export class Problem extends Error
{
  constructor (status, body)
  {
    super((body && body.title) || `HTTP ${status}`);
    this.status = status;
    this.body = body || {};
    this.code = this.body.code || "failed";
    this.title = this.body.title || "";
  }
}

// The caller stopped it.
export class Stopped extends Error {}

let token = null;
let lost = 0;                   // requests that wait for the network
let onConnection = () => {};
let onSignedOut = () => {};
let onDone = () => {};

export function useToken (value)
{
  token = value;
}

// connection(true) when the network is lost, connection(false) when it is back; signedOut() when the token has ended;
// done() when something was done already and its answer is lost: the record tells what came of it.
export function listen (connection, signedOut, done)
{
  onDone = done;
  onConnection = connection;
  onSignedOut = signedOut;
}

export function newKey ()
{
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, byte => byte.toString(16).padStart(2, "0")).join("");
  return [ hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20) ].join("-");
}

// Until the next try: longer each time, or at once when the phone says that it is online again.
function pause (attempt, signal)
{
  return new Promise((done, fail) => {
    const seconds = PAUSES[Math.min(attempt, PAUSES.length - 1)];
    const timer = setTimeout(end, seconds * 1000 * (0.8 + 0.4 * Math.random()));
    function end ()
    {
      clearTimeout(timer);
      window.removeEventListener("online", end);
      if (signal)
        signal.removeEventListener("abort", end);
      if (signal && signal.aborted)
        fail(new Stopped());
      else
        done();
    }
    window.addEventListener("online", end);
    if (signal)
      signal.addEventListener("abort", end);
  });
}

// Calls send() until the network lets it through.
async function patiently (send, signal)
{
  let waiting = false;
  try
    {
      for (let attempt = 0; ; attempt++)
        {
          const answer = await send(attempt);
          if (answer !== null)
            return answer;
          if (signal && signal.aborted)
            throw new Stopped();
          if (!waiting)
            {
              waiting = true;
              lost += 1;
              onConnection(true);
            }
          await pause(attempt, signal);
        }
    }
  finally
    {
      if (waiting)
        {
          lost -= 1;
          if (lost === 0)
            onConnection(false);
        }
    }
}

// The same request, sent before, is still being worked on: its answer can be had a little later.
function isInWork (status, text)
{
  return status === 409 && (parse(text) || {}).code === "key-in-work";
}

// A proxy in front of a service that restarts says so with these; they are the network's trouble.
function isNetworkTrouble (status)
{
  return status === 0 || status === 502 || status === 504;
}

function headersFor (options)
{
  const headers = { "Accept-Language": language() === "zh" ? "zh-CN" : "en", ...options.headers };
  if (token && !options.anybody)
    headers.Authorization = `Bearer ${token}`;
  if (options.key)
    headers["Idempotency-Key"] = options.key;
  if (options.json !== undefined)
    headers["Content-Type"] = "application/json";
  else if (options.body)
    headers["Content-Type"] = options.type || options.body.type || "application/octet-stream";
  return headers;
}

function parse (text)
{
  try
    {
      return JSON.parse(text);
    }
  catch (error)
    {
      return null;
    }
}

function refuse (status, text, options)
{
  const problem = new Problem(status, parse(text));
  if (status === 401 && token && !options.anybody)
    onSignedOut();
  if (problem.code === "key-done")
    {
      onDone();
      throw new Stopped();
    }
  throw problem;
}

// The bytes with the name that the service gives them.
function named (blob, response)
{
  const name = /filename="([^"/\\]+)"/.exec(response.headers.get("Content-Disposition") || "");
  return name ? new File([ blob ], name[1], { type: blob.type }) : blob;
}

// One try of fetch: the response, or null when the network failed.
async function once (method, path, options)
{
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), TIMEOUT);
  const forward = () => stop.abort();
  if (options.signal)
    options.signal.addEventListener("abort", forward);
  try
    {
      const response = await fetch(path, {
        method, signal: stop.signal, cache: "no-store", credentials: "omit", headers: headersFor(options),
        body: options.json !== undefined ? JSON.stringify(options.json) : options.body,
      });
      if (isNetworkTrouble(response.status))
        return null;
      // the body too: the network may fail in the middle of it
      const body = options.blob && response.ok ? named(await response.blob(), response) : response.text();
      const answer = { status: response.status, body: await body };
      return isInWork(answer.status, answer.body) ? null : answer;
    }
  catch (error)
    {
      return null;
    }
  finally
    {
      clearTimeout(timer);
      if (options.signal)
        options.signal.removeEventListener("abort", forward);
    }
}

// options: json or body (with type), key for a POST, blob: the answer is a picture, signal, headers, anybody: no token.
export async function call (method, path, options = {})
{
  if (options.signal && options.signal.aborted)
    throw new Stopped();
  if (method === "POST" && !options.key)
    options.key = newKey();
  const answer = await patiently(() => once(method, path, options), options.signal);
  if (answer.status >= 400)
    refuse(answer.status, answer.body, options);
  if (options.blob)
    return answer.body;
  return answer.body === "" ? null : parse(answer.body);
}

// One try with progress: {status, text}, or null when the network failed.
function sendOnce (path, body, options)
{
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    request.open("POST", path);
    for (const [name, value] of Object.entries(headersFor({ ...options, body })))
      request.setRequestHeader(name, value);
    request.upload.onprogress = event => options.progress(event.loaded, body.size);
    request.onload = () => done(isNetworkTrouble(request.status) || isInWork(request.status, request.responseText) ? null
                                : { status: request.status, text: request.responseText });
    request.onerror = () => done(null);
    request.onabort = () => fail(new Stopped());
    request.onloadend = () => options.signal && options.signal.removeEventListener("abort", stop);
    if (options.signal)
      options.signal.addEventListener("abort", stop);
    request.send(body);
  });
}

// Sends a file with progress(bytes sent, bytes); again from the beginning, with the same key, after a lost connection.
// A service that can be reached but never takes the file is told from a network that is away.
export async function upload (path, body, options)
{
  let inVain = 0;
  const key = options.key || newKey();
  const answer = await patiently(async () => {
    if (inVain > 0 && await once("GET", "/v1/healthz", { anybody: true, signal: options.signal }) === null)
      return null;
    const sent = await sendOnce(path, body, { ...options, key });
    if (sent === null && (inVain += 1) > UPLOADS_IN_VAIN)
      throw new Problem(0, { code: "upload-broken" });
    return sent;
  }, options.signal);
  if (answer.status >= 400)
    refuse(answer.status, answer.text, options);
  return parse(answer.text);
}
