// SPDX-License-Identifier: GPL-3.0-or-later
// The frame in which a student lays the photo: it stands still, the photo moves under it. One finger or the mouse
// moves, two fingers or the wheel enlarge, keys do both.
import { el, svg } from "./dom.js";
import { t } from "./words.js";
import * as crop from "./crop.js";

const { width: W, height: H } = crop.FRAME;

// A pair of brackets at the left and right edge: from low to high of a distance from the top.
function band (low, high, name, y)
{
  const d = (x, to) => `M${to} ${low}H${x}V${high}H${to}`;
  return svg("g", { class: `band ${name}` },
             svg("path", { d: d(5, 19) }), svg("path", { d: d(W - 5, W - 19) }), svg("text", { x: 14, y: y - 8 }, t(`grid.${name}`)),
             svg("line", { class: "line", x1: 19, x2: W - 19, y1: y, y2: y }));
}

// Two ticks and the line between: the face should end near them.
function faceWidth (target, y)
{
  const left = (W - target) / 2;
  return svg("g", { class: "band face" },
             svg("path", { d: `M${left} ${y - 44}V${y + 44}M${W - left} ${y - 44}V${y + 44}` }));
}

function grid (standard)
{
  return svg("svg", { class: "grid", viewBox: `0 0 ${W} ${H}`, "aria-hidden": "true", focusable: "false" },
             svg("line", { class: "line", x1: W / 2, x2: W / 2, y1: 0, y2: H }),
             band(standard.hair_top.low, standard.hair_top.high, "hair", standard.hair_top.target),
             band(standard.eye_line.low, standard.eye_line.high, "eyes", standard.eye_line.target),
             faceWidth(standard.face_width.target, standard.eye_line.target + 70));
}

// picture: what can be drawn on a canvas, original: {width, height} of the file, changed(view) after each move.
export class CropView
{
  constructor (picture, original, view, standard, changed)
  {
    this.picture = picture;
    this.original = original;
    this.view = crop.allowed(view, original);
    this.changed = changed;
    this.pointers = new Map();
    this.canvas = el("canvas", { width: W * 2, height: H * 2 });
    this.element = el("div", {
      class: "crop-frame", tabindex: "0", role: "application", "aria-label": t("crop.frame"), "aria-describedby": "crop-keys",
      on: {
        pointerdown: event => this.down(event), pointermove: event => this.move(event),
        pointerup: event => this.up(event), pointercancel: event => this.up(event),
        wheel: event => this.wheel(event), keydown: event => this.key(event),
      },
    }, this.canvas, grid(standard));
    this.draw();
  }

  set (view)
  {
    this.view = crop.allowed(view, this.original);
    this.draw();
    this.changed(this.view);
  }

  draw ()
  {
    const context = this.canvas.getContext("2d");
    const scale = this.canvas.width / this.view.w;
    const shown = this.original.width / this.picture.width;     // the service may have made it smaller
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    context.imageSmoothingQuality = "high";
    context.translate(this.canvas.width / 2, this.canvas.height / 2);
    context.rotate(-this.view.roll * Math.PI / 180);
    context.scale(scale, scale);
    context.translate(-this.view.cx, -this.view.cy);
    context.scale(shown, shown);
    context.drawImage(this.picture, 0, 0);
  }

  // Where an event is in the frame's own px.
  place (event)
  {
    const box = this.canvas.getBoundingClientRect();
    return { x: (event.clientX - box.left) * W / box.width, y: (event.clientY - box.top) * H / box.height };
  }

  down (event)
  {
    this.element.setPointerCapture(event.pointerId);
    this.pointers.set(event.pointerId, this.place(event));
  }

  up (event)
  {
    this.pointers.delete(event.pointerId);
  }

  move (event)
  {
    const before = this.pointers.get(event.pointerId);
    const after = this.place(event);
    if (!before)
      return;
    const other = [ ...this.pointers ].find(([ id ]) => id !== event.pointerId);
    this.pointers.set(event.pointerId, after);
    if (!other)
      {
        this.set(crop.moved(this.view, after.x - before.x, after.y - before.y, this.original));
        return;
      }
    const [ , still ] = other;
    const distance = point => Math.max(10, Math.hypot(point.x - still.x, point.y - still.y));
    const middle = { x: (after.x + still.x) / 2, y: (after.y + still.y) / 2 };
    const view = crop.moved(this.view, (after.x - before.x) / 2, (after.y - before.y) / 2, this.original);
    this.set(crop.zoomed(view, distance(after) / distance(before), middle, this.original));
  }

  wheel (event)
  {
    event.preventDefault();
    const lines = event.deltaMode === 1 ? event.deltaY * 16 : event.deltaY;
    this.set(crop.zoomed(this.view, Math.exp(-lines / 600), this.place(event), this.original));
  }

  zoom (factor)
  {
    this.set(crop.zoomed(this.view, factor, { x: W / 2, y: H / 2 }, this.original));
  }

  turn (roll)
  {
    this.set(crop.turned(this.view, roll, this.original));
  }

  key (event)
  {
    const step = event.shiftKey ? 20 : 2;
    const keys = {
      ArrowLeft: () => this.set(crop.moved(this.view, -step, 0, this.original)),
      ArrowRight: () => this.set(crop.moved(this.view, step, 0, this.original)),
      ArrowUp: () => this.set(crop.moved(this.view, 0, -step, this.original)),
      ArrowDown: () => this.set(crop.moved(this.view, 0, step, this.original)),
      "+": () => this.zoom(1.03), "=": () => this.zoom(1.03), "-": () => this.zoom(1 / 1.03),
      "[": () => this.turn(this.view.roll - 0.1), "]": () => this.turn(this.view.roll + 0.1),
    };
    if (!keys[event.key] || event.ctrlKey || event.altKey || event.metaKey)
      return;
    event.preventDefault();
    keys[event.key]();
  }
}
