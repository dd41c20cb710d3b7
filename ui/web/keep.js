// SPDX-License-Identifier: GPL-3.0-or-later
// What the browser keeps between visits: language, consent, token. A browser that keeps nothing loses them with the page.

const memory = new Map();

export function read (name)
{
  try
    {
      const text = localStorage.getItem(`likeness.${name}`);
      return text === null ? null : JSON.parse(text);
    }
  catch (error)
    {
      return memory.has(name) ? memory.get(name) : null;
    }
}

export function write (name, value)
{
  try
    {
      localStorage.setItem(`likeness.${name}`, JSON.stringify(value));
    }
  catch (error)
    {
      memory.set(name, value);
    }
}

export function forget (name)
{
  memory.delete(name);
  try
    {
      localStorage.removeItem(`likeness.${name}`);
    }
  catch (error)
    {
      return;
    }
}
