// SPDX-License-Identifier: GPL-3.0-or-later
// A journey told in steps, each one line of TAP. A step that fails ends the journey: what follows builds on it.

// Everything takes longer on a loaded machine and with the sanitizers; waits end early, so a large factor costs nothing.
export const PATIENCE = Number(process.env.LIKENESS_TEST_PATIENCE) || (process.env.LIKENESS_SANITIZED ? 6 : 2);

let steps = 0;

export class StepFailed extends Error {}

export function comment (text)
{
  for (const line of String(text).split("\n"))
    console.log(`# ${line}`);
}

// One thing that must hold; what is asserted inside decides.
export async function step (name, action)
{
  const start = Date.now();
  steps += 1;
  try
    {
      await action();
    }
  catch (error)
    {
      console.log(`not ok ${steps} - ${name}`);
      comment(error.stack);
      throw new StepFailed(name);
    }
  console.log(`ok ${steps} - ${name}`);
  comment(`${((Date.now() - start) / 1000).toFixed(1)} s`);
}

// The plan, and the exit status for it.
export function finish (failed)
{
  console.log(`1..${steps}`);
  process.exitCode = failed || steps === 0 ? 1 : 0;
}

export function skip (why)
{
  console.log(`1..0 # SKIP ${why}`);
  process.exitCode = 0;
}

// The first true value of condition(); fails after seconds (times the patience).
export async function waitFor (what, condition, seconds = 10)
{
  const end = Date.now() + seconds * 1000 * PATIENCE;
  for (;;)
    {
      const value = await condition();
      if (value)
        return value;
      if (Date.now() > end)
        throw new Error(`waited ${seconds * PATIENCE} s for ${what}`);
      await new Promise(done => setTimeout(done, 50));
    }
}
