// SPDX-License-Identifier: GPL-3.0-or-later
// Making elements. Text is always text: nothing here reads HTML.

const SVG = "http://www.w3.org/2000/svg";

function fill (node, properties, children)
{
  for (const [name, value] of Object.entries(properties || {}))
    {
      if (value === null || value === undefined || value === false)
        continue;
      if (name === "on")
        for (const [event, listener] of Object.entries(value))
          node.addEventListener(event, listener);
      else if (name === "text")
        node.textContent = value;
      else if (name === "value" || name === "checked" || name === "disabled" || name === "hidden")
        node[name] = value;
      else
        node.setAttribute(name, value === true ? "" : value);
    }
  add(node, children);
  return node;
}

// Appends nodes and texts; lists are opened, null and false left out.
export function add (node, children)
{
  for (const child of [children].flat(Infinity))
    if (child !== null && child !== undefined && child !== false)
      node.append(child);
  return node;
}

// el("p", {class: "x", on: {click: f}}, "text", el("b", null, "more"))
export function el (tag, properties, ...children)
{
  return fill(document.createElement(tag), properties, children);
}

export function svg (tag, properties, ...children)
{
  return fill(document.createElementNS(SVG, tag), properties, children);
}

// Gives a node other children.
export function put (node, ...children)
{
  node.replaceChildren();
  return add(node, children);
}

let count = 0;

// An id for a label or a description to refer to.
export function newId ()
{
  count += 1;
  return `n${count}`;
}

export function wait (milliseconds)
{
  return new Promise(done => setTimeout(done, milliseconds));
}
