// SPDX-License-Identifier: GPL-3.0-or-later
// What is collected and why, when, and the student's separate consent.
import { el, newId } from "../dom.js";
import { money, pick, t, time, until } from "../words.js";
import { app, consentTo, go } from "../app.js";
import { add, box, button, complain, deskContact, heading, inLanguage, link, paragraphs, windowList } from "../parts.js";

function siteItem (site)
{
  const state = site.open ? el("span", { class: "tag good" }, t("notice.open-until", { time: until(site.closes_at) }))
    : site.opens_at ? el("span", { class: "tag" }, t("window.opens", { time: time(site.opens_at) }))
    : el("span", { class: "tag" }, t("notice.over"));
  return el("section", { class: "site" }, el("h3", null, site.site === "*" ? t("notice.other-sites") : site.site), state, windowList(site));
}

function roundPart (round)
{
  if (!round)
    return box("info", el("p", { class: "strong" }, t("notice.no-round")), el("p", null, t("notice.no-round-todo")), deskContact());
  const closed = !round.sites.some(site => site.open);
  return [
    el("h2", null, round.name),
    closed ? box("info", el("p", { class: "strong" }, t("notice.closed")), el("p", null, t("notice.closed-todo")), deskContact())
           : null,
    round.price_cents > 0 ? el("p", null, t("notice.price", { price: money(round.price_cents) })) : null,
    el("div", { class: "sites" }, round.sites.map(siteItem)),
  ];
}

function choice (name, value, label, hint)
{
  const id = newId();
  const chosen = app.form.face || (app.consent && app.consent.face);
  const input = el("input", {
    type: "radio", name, value, id, checked: chosen === value, "aria-describedby": `${id}-hint`,
    on: { change: () => { app.form.face = value; } },
  });
  return el("div", { class: "choice" }, input, el("label", { for: id }, label), el("p", { class: "hint", id: `${id}-hint` }, hint));
}

export default {
  build (root)
  {
    const { notice } = app;
    const agree = el("input", { type: "checkbox", id: "agree", checked: Boolean(app.form.agree),
                                on: { change: () => { app.form.agree = agree.checked; } } });
    const faces = el("fieldset", { id: "face", tabindex: "-1" }, el("legend", null, pick(notice, "face") || t("consent.face")),
                     choice("face", "yes", t("consent.face-yes"), t("consent.face-yes-hint")),
                     choice("face", "no", t("consent.face-no"), t("consent.face-no-hint")));
    const agreeLine = el("div", { class: "choice", id: "agree-line" }, agree, el("label", { for: "agree" }, t("consent.agree")));

    function next ()
    {
      const face = root.querySelector("input[name=face]:checked");
      complain(agreeLine, agree.checked ? null : t("consent.agree-missing"));
      complain(faces, face ? null : t("consent.face-missing"));
      if (!agree.checked || !face)
        {
          (agree.checked ? root.querySelector("input[name=face]") : agree).focus();
          return;
        }
      consentTo(notice.version, face.value);
      go(app.token ? "status" : "code");
    }

    add(root, [
      heading(t("notice.heading")),
      el("section", { class: "card" }, roundPart(notice.round)),
      el("section", { class: "card" }, el("h2", null, t("notice.what")), paragraphs(inLanguage(notice))),
      el("section", { class: "card" }, el("h2", null, t("consent.heading")), el("p", null, t("consent.lead")), agreeLine, faces,
         el("p", { class: "hint" }, t("consent.refuse"))),
      el("div", { class: "actions" }, button(t("consent.next"), next),
         app.token ? link(t("foot.status"), "status") : null),
    ]);
  },
};
