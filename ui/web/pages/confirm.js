// SPDX-License-Identifier: GPL-3.0-or-later
// The blue result beside the photo, and the final submit.
import { el } from "../dom.js";
import { t } from "../words.js";
import { app, go, photoInWork, triesLeft } from "../app.js";
import * as api from "../api.js";
import { add, box, busy, button, complain, cropVersion, heading, link, photoFigure, problemPlace } from "../parts.js";
import { forStudents } from "./checks.js";

export default {
  allowed ()
  {
    const photo = photoInWork();
    return photo && photo.state === "CHECK_PASSED" && !photo.job;
  },

  build (root, signal)
  {
    const photo = photoInWork();
    const problems = problemPlace();
    const version = cropVersion(photo);
    const sure = el("input", { type: "checkbox", id: "sure" });
    const sureLine = el("div", { class: "choice", id: "sure-line" }, sure, el("label", { for: "sure" }, t("confirm.sure")));
    const send = button(t("confirm.send"), null);
    const warnings = forStudents(photo.checks).filter(check => check.outcome === "warn").length;

    send.addEventListener("click", busy(send, problems, async () => {
      complain(sureLine, sure.checked ? null : t("confirm.sure-missing"));
      if (!sure.checked)
        {
          sure.focus();
          return;
        }
      await api.call("POST", `/v1/student/photos/${photo.id}/submit`, { json: {}, signal });
      app.form = { sent: true };
      go("status", { replace: true });
    }));
    add(root, [
      heading(t("confirm.heading")), el("p", { class: "lead" }, t("confirm.lead")),
      el("div", { class: "pair" }, photoFigure(photo.id, "cropped", t("confirm.before"), signal, version).element,
         photoFigure(photo.id, photo.blue ? "blue" : "cropped", t("confirm.after"), signal, version).element),
      el("section", { class: "card" }, el("h2", null, t("confirm.look")),
         el("ul", null, [ 1, 2, 3 ].map(n => el("li", null, t(`confirm.look-${n}`))))),
      warnings > 0 ? box("warn", el("p", null, t("confirm.warnings", { n: warnings })), link(t("confirm.see"), "checks", "plain")) : null,
      box("info", el("p", { class: "strong" }, t("confirm.final")), el("p", null, t("confirm.final-more"))), sureLine, problems.element,
      el("div", { class: "actions" }, send, link(t("confirm.redo"), "crop")),
      el("p", { class: "hint" }, t("confirm.redo-hint", { left: triesLeft() })),
    ]);
  },
};
