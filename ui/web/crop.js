// SPDX-License-Identifier: GPL-3.0-or-later
// The arithmetic of a crop. A crop is {x, y, width, height, roll}: fractions of the upright original, turned by roll
// degrees clockwise about its own middle. Inside this file it is worked on as {cx, cy, w, roll} in px of the original;
// its height follows from the frame's ratio. No page here, so that it can be tested alone.

export const FRAME = { width: 480, height: 640 };
export const MAX_ROLL = 3;
const RATIO = FRAME.height / FRAME.width;

function radians (degrees)
{
  return degrees * Math.PI / 180;
}

export function fromFractions (crop, original)
{
  return {
    cx: (crop.x + crop.width / 2) * original.width,
    cy: (crop.y + crop.height / 2) * original.height,
    w: crop.width * original.width,
    roll: crop.roll || 0,
  };
}

export function toFractions (view, original)
{
  const height = view.w * RATIO;
  return {
    x: (view.cx - view.w / 2) / original.width,
    y: (view.cy - height / 2) / original.height,
    width: view.w / original.width,
    height: height / original.height,
    roll: view.roll,
  };
}

// Half of the width and height of the box around a crop of this width.
function extent (w, roll)
{
  const c = Math.abs(Math.cos(radians(roll)));
  const s = Math.abs(Math.sin(radians(roll)));
  return { x: w * (c + RATIO * s) / 2, y: w * (s + RATIO * c) / 2 };
}

// The widest crop with this roll, px of the original.
export function widest (original, roll)
{
  const unit = extent(1, roll);
  return Math.min(original.width / (2 * unit.x), original.height / (2 * unit.y));
}

// The narrowest one: a smaller one would have to be enlarged. An original that is too small has only its widest.
export function narrowest (original, roll)
{
  return Math.min(FRAME.width, widest(original, roll));
}

export function clamp (value, low, high)
{
  return Math.min(Math.max(value, low), high);
}

// The nearest crop that is allowed: all of it inside the original, not enlarged, hardly turned.
export function allowed (view, original)
{
  const roll = clamp(view.roll, -MAX_ROLL, MAX_ROLL);
  const w = clamp(view.w, narrowest(original, roll), widest(original, roll));
  const half = extent(w, roll);
  return {
    cx: clamp(view.cx, half.x, Math.max(half.x, original.width - half.x)),
    cy: clamp(view.cy, half.y, Math.max(half.y, original.height - half.y)),
    w, roll,
  };
}

// Where a point of the frame (0..480, 0..640) lies in the original.
export function toOriginal (view, point)
{
  const scale = view.w / FRAME.width;
  const u = (point.x - FRAME.width / 2) * scale;
  const v = (point.y - FRAME.height / 2) * scale;
  const c = Math.cos(radians(view.roll));
  const s = Math.sin(radians(view.roll));
  return { x: view.cx + c * u - s * v, y: view.cy + s * u + c * v };
}

// And back.
export function toFrame (view, point)
{
  const scale = FRAME.width / view.w;
  const c = Math.cos(radians(view.roll));
  const s = Math.sin(radians(view.roll));
  const x = point.x - view.cx;
  const y = point.y - view.cy;
  return { x: FRAME.width / 2 + (c * x + s * y) * scale, y: FRAME.height / 2 + (c * y - s * x) * scale };
}

// The photo follows the finger: dx, dy in px of the frame.
export function moved (view, dx, dy, original)
{
  const centre = toOriginal(view, { x: FRAME.width / 2 - dx, y: FRAME.height / 2 - dy });
  return allowed({ ...view, cx: centre.x, cy: centre.y }, original);
}

// factor > 1: larger. What is under the point of the frame stays there as far as the edges allow.
export function zoomed (view, factor, point, original)
{
  const w = clamp(view.w / factor, narrowest(original, view.roll), widest(original, view.roll));
  const fixed = toOriginal(view, point);
  const there = toOriginal({ ...view, w }, point);
  return allowed({ ...view, w, cx: view.cx + fixed.x - there.x, cy: view.cy + fixed.y - there.y }, original);
}

export function turned (view, roll, original)
{
  return allowed({ ...view, roll }, original);
}

// A crop to begin with where nothing is proposed: the widest, a little above the middle.
export function start (original)
{
  return allowed({ cx: original.width / 2, cy: original.height * 0.45, w: widest(original, 0), roll: 0 }, original);
}

// Where the head is in the original, from what the proposal would measure (px of the frame); null when it is not told.
export function headOf (proposal, original)
{
  if (!proposal || !(proposal.face_width > 0) || !(proposal.eye_line > 0))
    return null;
  const view = fromFractions(proposal, original);
  const middle = FRAME.width / 2 + (proposal.centre || 0);
  return {
    eyes: toOriginal(view, { x: middle, y: proposal.eye_line }),
    hair: proposal.hair_top > 0 ? toOriginal(view, { x: middle, y: proposal.hair_top }) : null,
    width: proposal.face_width * view.w / FRAME.width,
  };
}

// What a crop would measure, px of the frame: {eye_line, face_width, centre, hair_top or null}.
export function measured (view, head)
{
  const eyes = toFrame(view, head.eyes);
  return {
    eye_line: eyes.y,
    face_width: head.width * FRAME.width / view.w,
    centre: eyes.x - FRAME.width / 2,
    hair_top: head.hair ? toFrame(view, head.hair).y : null,
  };
}
