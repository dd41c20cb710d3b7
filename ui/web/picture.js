// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures without addresses: they come as bytes, with the token, and are drawn on a canvas.
import { el, svg } from "./dom.js";

const LIMITS = { G2_hair_top: true, G3_eye_line: true };    // distances from the top edge: their range can be drawn

function asDataUrl (blob)
{
  return new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.onerror = () => fail(reader.error);
    reader.readAsDataURL(blob);
  });
}

function asImage (url)
{
  return new Promise((done, fail) => {
    const image = new Image();
    image.onload = () => done(image);
    image.onerror = () => fail(new Error("this browser cannot show the picture"));
    image.src = url;
  });
}

// What a canvas can draw, upright. Rejects for what this browser cannot read, HEIC mostly.
export async function decode (blob)
{
  if (typeof createImageBitmap === "function")
    return createImageBitmap(blob);
  return asImage(await asDataUrl(blob));
}

// A canvas with the picture, at most longest px on its longer side.
export function canvasOf (picture, name, longest = 1600)
{
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = el("canvas", {
    width: Math.round(picture.width * scale), height: Math.round(picture.height * scale), role: "img", "aria-label": name,
  });
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

// The bytes themselves as an <img>, which a long press can keep; a canvas where the page may not have that.
export async function imageOf (blob, name)
{
  try
    {
      const image = await asImage(await asDataUrl(blob));
      image.alt = name;
      return image;
    }
  catch (error)
    {
      return canvasOf(await decode(blob), name);
    }
}

export function toBlob (canvas, type, quality)
{
  return new Promise((done, fail) => {
    canvas.toBlob(blob => blob ? done(blob) : fail(new Error("no picture")), type, quality);
  });
}

// A picture that is not larger than bytes: as it is, or made smaller.
export async function smaller (blob, bytes)
{
  if (blob.size <= bytes)
    return blob;
  const picture = await decode(blob);
  for (let longest = 3200; longest >= 800; longest /= 2)
    {
      const made = await toBlob(canvasOf(picture, "", longest), "image/jpeg", 0.85);
      if (made.size <= bytes)
        return made;
    }
  return blob;
}

// Lines of text as a picture, for requests that want one. A line that begins with "# " is a heading.
export async function pictureOfText (lines)
{
  const canvas = el("canvas", { width: 900, height: 10 });
  const context = canvas.getContext("2d");
  const font = heading => `${heading ? "bold 30px" : "26px"} "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif`;
  const rows = [];
  for (const line of lines)
    {
      const heading = line.startsWith("# ");
      let row = "";
      context.font = font(heading);
      for (const letter of heading ? line.slice(2) : line)
        {
          if (context.measureText(row + letter).width > 820)
            {
              rows.push({ row, heading });
              row = "";
            }
          row += letter;
        }
      rows.push({ row, heading });
    }
  canvas.height = 80 + rows.length * 44;
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = "#1a1d1c";
  rows.forEach(({ row, heading }, i) => {
    context.font = font(heading);
    context.fillText(row, 40, 74 + i * 44);
  });
  return toBlob(canvas, "image/png");
}

function shape (region)
{
  const x0 = region.x0 * 480;
  const x1 = region.x1 * 480;
  const y0 = region.y0 * 640;
  const y1 = region.y1 * 640;
  if (region.kind === "row" || region.kind === "column")
    return svg("line", { x1: x0, y1: y0, x2: x1, y2: y1 });
  if (region.kind === "span")
    return svg("path", { d: `M${x0} ${y0 - 14}V${y0 + 14}M${x0} ${y0}L${x1} ${y1}M${x1} ${y1 - 14}V${y1 + 14}` });
  if (region.kind === "box")
    return svg("rect", { x: x0, y: y0, width: x1 - x0, height: y1 - y0, rx: 6 });
  return null;
}

// The range of a distance from the top edge, at both edges of the photo.
function range (check)
{
  if (!LIMITS[check.id] || !(check.low >= 0) || !(check.high > check.low))
    return null;
  const d = (x, to) => `M${to} ${check.low}H${x}V${check.high}H${to}`;
  return svg("path", { class: "range", d: d(6, 24) + d(474, 456) });
}

// Where checks are on the cropped photo: an overlay of its shape. Results tell places as fractions of the photo.
export function marksOf (checks)
{
  return svg("svg", { class: "marks", viewBox: "0 0 480 640", "aria-hidden": "true", focusable: "false" },
             checks.filter(check => check.region).map(check => {
               const drawn = shape(check.region);
               const under = drawn && drawn.cloneNode();
               if (under)
                 under.setAttribute("class", "under");
               return svg("g", { class: `mark ${check.outcome}` }, range(check), under, drawn);
             }));
}
