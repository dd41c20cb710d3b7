// SPDX-License-Identifier: GPL-3.0-or-later
// An objection to a result, in writing, with the conclusion and the photo.
import { el } from "../dom.js";
import { t } from "../words.js";
import { app } from "../app.js";
import { add, box, heading, link, reasonItem } from "../parts.js";
import { Attachments } from "../attachments.js";
import { conclusionPicture, fetched, requestForm } from "../request.js";

export default {
  build (root, signal, id)
  {
    const submission = app.record.submissions.find(one => one.id === id) || app.record.submissions.find(one => one.can_object);
    add(root, [ heading(t("objection.heading")) ]);
    if (!submission || !submission.can_object)
      {
        add(root, [ box("info", el("p", { class: "strong" }, t("objection.none")), link(t("foot.status"), "status", "main")) ]);
        return;
      }
    const { decision } = submission;
    const attachments = new Attachments([ [ "conclusion", conclusionPicture(submission) ], [ "screenshot", fetched(submission.id, "blue") ] ]);
    add(root, [
      el("p", { class: "lead" }, t("objection.lead")),
      el("section", { class: "card" }, el("h2", null, t("objection.against")), el("p", { class: "strong" }, t(`state.${submission.state}`)),
         decision && decision.reasons ? el("ol", { class: "reasons" }, decision.reasons.map(reasonItem)) : null),
      requestForm("objection", { type: "APPEAL", submission: submission.id }, attachments, signal),
    ]);
  },
};
