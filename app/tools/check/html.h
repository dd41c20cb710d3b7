/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Appends text with everything HTML would take for itself escaped. */
void lk_html_text (GString *html, const char *text);

/* Appends <element>text</element>. */
void lk_html_element (GString *html, const char *element, const char *text);

/* Appends a table row of th or td cells; cells ends with NULL. */
void lk_html_row (GString *html, const char *cell_element, const char *const *cells);

/* The language of the messages as HTML names it: "en", "zh-CN". */
char *lk_html_language (void);

G_END_DECLS
