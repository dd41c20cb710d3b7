// SPDX-License-Identifier: GPL-3.0-or-later
// What a request carries. Each place is filled by the page itself where it can, and may be given another file.
import { el, put } from "./dom.js";
import { t } from "./words.js";
import { app } from "./app.js";
import * as api from "./api.js";
import { canvasOf, decode, smaller } from "./picture.js";
import { filePicker } from "./parts.js";

class Place
{
  // make(): promise of the bytes, or null when the student has to choose a file.
  constructor (kind, make)
  {
    this.kind = kind;
    this.blob = null;
    this.made = Boolean(make);
    this.state = el("p", { class: "quiet" });
    this.frame = el("div", { class: "thumb", "aria-hidden": "true" });
    this.picker = el("div");
    this.element = el("li", { class: "attachment", "data-kind": kind }, this.frame,
                      el("div", null, el("p", { class: "strong" }, t(`attach.${kind}`)), this.state, this.picker));
    this.offer();
    this.tell();
    this.ready = make ? make().then(blob => this.take(blob, true)).catch(() => this.fail()) : Promise.resolve();
  }

  offer ()
  {
    const text = t(this.blob ? "attach.other" : "attach.choose");
    put(this.picker, filePicker(text, "image/*", file => this.take(file, false), "small"));
    this.picker.querySelector("input").setAttribute("aria-label", `${t(`attach.${this.kind}`)} ${text}`);
  }

  tell ()
  {
    this.state.textContent = t(this.blob ? this.made ? "attach.made" : "attach.chosen" : this.made ? "attach.making" : "attach.missing");
  }

  fail ()
  {
    this.made = false;
    this.tell();
  }

  async take (blob, made)
  {
    this.blob = blob;
    this.made = made;
    this.tell();
    this.offer();
    try
      {
        put(this.frame, canvasOf(await decode(blob), "", 160));
      }
    catch (error)
      {
        put(this.frame);
      }
  }
}

// places: [[kind, make or null], ...]
export class Attachments
{
  constructor (places)
  {
    this.places = places.map(([ kind, make ]) => new Place(kind, make));
    this.element = el("ul", { class: "attachments" }, this.places.map(place => place.element));
  }

  // The first place that has nothing, once all that are being made are done; or null.
  async missing ()
  {
    await Promise.all(this.places.map(place => place.ready));
    return this.places.find(place => !place.blob) || null;
  }

  // Sends all and gives what a ticket wants: [{kind, id}].
  async send (signal)
  {
    const sent = [];
    for (const place of this.places)
      {
        const body = await smaller(place.blob, app.notice.limits.picture_bytes);
        const answer = await api.upload("/v1/student/attachments", body,
                                        { signal, type: body.type || "image/jpeg", progress: () => {} });
        sent.push({ kind: place.kind, id: answer.id });
      }
    return sent;
  }
}
