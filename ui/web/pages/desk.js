// SPDX-License-Identifier: GPL-3.0-or-later
// A request to the desk. Help with the crop carries the feedback, the crop and the original.
import { el, put } from "../dom.js";
import { t } from "../words.js";
import { app } from "../app.js";
import { add, deskContact, heading } from "../parts.js";
import { Attachments } from "../attachments.js";
import { conclusionPicture, feedbackPicture, fetched, requestForm } from "../request.js";
import { forStudents } from "./checks.js";

const KINDS = [ "CROP_HELP", "CODE_PROBLEM", "OTHER" ];

// The latest photo there is something of; the three attachments are made of it.
function cropHelp ()
{
  const { photo } = app.record;
  const sent = app.record.submissions[0];
  const checked = photo && photo.checks && photo.checks.length > 0;
  const cropped = checked ? photo.id : sent && sent.id;
  const original = photo && photo.original ? photo.id : sent && sent.id;
  return new Attachments([
    [ "feedback", checked ? feedbackPicture(forStudents(photo.checks)) : sent && sent.decision ? conclusionPicture(sent) : null ],
    [ "crop", cropped ? fetched(cropped, "cropped") : null ],
    [ "original", original ? fetched(original, "original") : null ],
  ]);
}

export default {
  build (root, signal)
  {
    const place = el("div");

    function show (kind)
    {
      app.form.deskKind = kind;
      const attachments = kind === "CROP_HELP" ? cropHelp() : null;
      put(place, el("p", { class: "hint" }, t(`desk.${kind}-hint`)), requestForm("desk", { type: kind }, attachments, signal));
    }

    const kinds = el("fieldset", null, el("legend", null, t("desk.kind")), KINDS.map(kind => {
      const id = `kind-${kind}`;
      return el("div", { class: "choice" },
                el("input", { type: "radio", name: "kind", id, value: kind, checked: (app.form.deskKind || KINDS[0]) === kind,
                              on: { change: () => show(kind) } }),
                el("label", { for: id }, t(`ticket.${kind}`)));
    }));
    add(root, [ heading(t("desk.heading")), el("p", { class: "lead" }, t("desk.lead")), deskContact(),
                el("section", { class: "card" }, kinds), place ]);
    show(app.form.deskKind || KINDS[0]);
  },
};
