// SPDX-License-Identifier: GPL-3.0-or-later
// Student number and collection code: how a student signs in.
import { el, put } from "../dom.js";
import { megabytes, t } from "../words.js";
import { app, go, nextPage, signIn } from "../app.js";
import * as api from "../api.js";
import { add, busy, button, complain, deskContact, field, filePicker, heading, link, problemPlace } from "../parts.js";
import { canvasOf, decode } from "../picture.js";

async function preview (frame, file)
{
  try
    {
      put(frame, canvasOf(await decode(file), t("code.preview"), 400));
    }
  catch (error)
    {
      put(frame, el("p", { class: "hint" }, file.name));
    }
}

function help ()
{
  return el("details", null, el("summary", null, t("code.help")),
            el("ol", null, [ 1, 2, 3 ].map(n => el("li", null, t(`code.help-${n}`)))),
            el("p", { class: "hint" }, t("code.no-code")), deskContact());
}

export default {
  build (root, signal)
  {
    const problems = problemPlace();
    const number = field("number", t("code.number"),
                         { autocomplete: "off", autocapitalize: "characters", spellcheck: "false", inputmode: "text", maxlength: "32" },
                         t("code.number-hint"));
    const text = field("code", t("code.text"), { rows: "3", autocomplete: "off", spellcheck: "false" }, t("code.text-hint"));
    const frame = el("div", { class: "code-preview" });
    const send = button(t("code.send"), null);
    const picked = el("div", { class: "field", id: "code-file", tabindex: "-1" }, el("p", { class: "label" }, t("code.picture")),
                      el("p", { class: "hint" }, t("code.picture-hint")), frame,
                      filePicker(t("code.choose"), "image/*", choose, "second"));

    function choose (file)
    {
      problems.clear();
      const limit = app.notice.limits.picture_bytes;
      app.form.codeFile = file.size > limit ? null : file;
      complain(picked, file.size > limit ? t("code.too-large", { size: megabytes(limit) }) : null);
      preview(frame, file);
    }

    function complete ()
    {
      const typed = number.input.value.trim();
      complain(number.input, typed ? null : t("code.number-missing"));
      if (!typed)
        return false;
      const given = app.form.codeFile || text.input.value.trim();
      complain(picked, given ? null : t("code.picture-missing"));
      return Boolean(given);
    }

    async function submit ()
    {
      if (!complete())
        return;
      const typed = text.input.value.trim();
      const { version, face } = app.consent;
      const answer = await api.call("POST", `/v1/student/sessions?consent=${encodeURIComponent(version)}&face=${face}`, {
        body: app.form.codeFile || typed, type: app.form.codeFile ? app.form.codeFile.type || "image/jpeg" : "text/plain",
        headers: { "Student-Number": encodeURIComponent(number.input.value.trim()) }, signal, anybody: true,
      });
      app.form = {};
      signIn(answer.token, answer.record);
      go(nextPage());
    }

    send.addEventListener("click", busy(send, problems, () => submit().catch(error => {
      if (error.code !== "consent-needed")
        throw error;
      app.notice = null;        // the notice has changed since it was read
      app.message = error;
      go("notice");
    })));
    if (app.form.codeFile)
      preview(frame, app.form.codeFile);
    add(root, [
      heading(t("code.heading")), el("p", { class: "lead" }, t("code.lead")), problems.element,
      el("section", { class: "card" }, number.element, picked,
         el("details", { open: Boolean(app.form.code) }, el("summary", null, t("code.instead")), text.element)),
      help(),
      el("div", { class: "actions" }, send, link(t("code.back"), "notice")),
    ]);
  },
};
