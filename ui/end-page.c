/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/end-page.h"

#include <glib/gi18n.h>

#include "ui/key-map.h"
#include "ui/template.h"
#include "ui/time-text.h"

struct _LkEndPage
{
  GtkWidget parent_instance;

  GtkWidget *words;
  GtkLabel *title;
  GtkLabel *sentence;
  GtkLabel *figures;
  GtkLabel *next;
  GtkWidget *back;
  GtkWidget *refresh;
  GtkWidget *show_all;
};

G_DEFINE_FINAL_TYPE (LkEndPage, lk_end_page, GTK_TYPE_WIDGET)

LkEndKind
lk_end_kind (LkSyncState         state,
             const LkEndFigures *figures)
{
  if (figures->n_undecided > 0)
    return LK_END_LOOK_BACK;
  if (state == LK_SYNC_OFFLINE || state == LK_SYNC_SIGNED_OUT)
    return LK_END_OFFLINE;
  if (figures->pending > 0)
    return LK_END_MORE_COMING;
  if (figures->pending < 0)
    return LK_END_FETCHING;
  if (figures->is_part)
    return LK_END_NO_MATCH;
  return LK_END_DONE;
}

static const char *
title_for (LkEndKind kind)
{
  switch (kind)
    {
    case LK_END_FETCHING:
      return _("Fetching the first photos…");
    case LK_END_OFFLINE:
      return _("No more photos here for now");
    case LK_END_MORE_COMING:
      return _("Fetching the next photos…");
    case LK_END_LOOK_BACK:
      return _("End of the queue");
    case LK_END_NO_MATCH:
      return _("Nothing left in this part of the queue");
    case LK_END_DONE:
    default:
      return _("All done");
    }
}

static char *
sentence_for (LkEndKind           kind,
              const LkEndFigures *figures)
{
  switch (kind)
    {
    case LK_END_FETCHING:
      return g_strdup ("");
    case LK_END_OFFLINE:
      return g_strdup (_("The campus service cannot be reached. What you decided is kept on this computer and sent as soon as "
                         "the service answers; then new photos come by themselves."));
    case LK_END_MORE_COMING:
      return g_strdup_printf (ngettext ("%d photo is waiting in the campus queue.",
                                        "%d photos are waiting in the campus queue.", figures->pending),
                              figures->pending);
    case LK_END_LOOK_BACK:
      return g_strdup_printf (ngettext ("%u photo further up is not decided yet.",
                                        "%u photos further up are not decided yet.", figures->n_undecided),
                              figures->n_undecided);
    case LK_END_NO_MATCH:
      return g_strdup (_("No photo that waits fits what you chose. Others may be waiting: “Show all” brings them."));
    case LK_END_DONE:
    default:
      if (figures->second)
        return g_strdup (_("No photo is waiting for a second look by you. What colleagues decided in the last minutes comes when they "
                           "cannot take it back any more."));
      return lk_key_map_fill (lk_key_map_get_default (),
                              /* Translators: the words in braces stand for keys and stay as they are */
                              _("No photo is waiting for a review. New ones come by themselves when students send them; "
                                "{review.previous} goes back to the last one, {review.undo} takes the last decision back."));
    }
}

/* What comes next at the campus: the next deadline, what is on hold, what waits for a second person, when photos can come. */
static char *
next_text (const LkEndFigures *figures)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (figures->next_due != 0)
    {
      g_autofree char *due = lk_time_text_due (figures->next_due, g_get_real_time ());
      /* Translators: %s is "due in 2 hours" or "overdue by 2 hours" */
      g_string_append_printf (text, _("Next photo: %s"), due);
    }
  if (figures->held > 0)
    {
      g_string_append (text, text->len > 0 ? " · " : "");
      g_string_append_printf (text, ngettext ("%d photo on hold", "%d photos on hold", figures->held), figures->held);
    }
  if (figures->second_review > 0)
    {
      g_string_append (text, text->len > 0 ? " · " : "");
      g_string_append_printf (text, ngettext ("%d photo waits for a second look", "%d photos wait for a second look",
                                              figures->second_review),
                              figures->second_review);
    }
  if (figures->closes_at != 0 || figures->opens_at != 0)
    {
      g_autofree char *at = lk_time_text_moment (figures->closes_at != 0 ? figures->closes_at : figures->opens_at);

      g_string_append (text, text->len > 0 ? "\n" : "");
      /* Translators: %s is a day and the clock, "19 June 17:00" */
      g_string_append_printf (text, figures->closes_at != 0 ? _("Students can send photos until %s")
                                                            : _("Students can send photos again from %s on"), at);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
figures_text (const LkEndFigures *figures)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, ngettext ("%u photo decided today", "%u photos decided today", figures->n_today),
                          figures->n_today);
  if (figures->n_waiting > 0)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, ngettext ("%u decision waits to be sent", "%u decisions wait to be sent",
                                              figures->n_waiting),
                              figures->n_waiting);
    }
  if (figures->median_ms > 0)
    {
      g_string_append (text, " · ");
      /* Translators: how long a photo is looked at before it is decided, the middle value: "4.2 s a photo" */
      g_string_append_printf (text, _("%.1f s a photo"), figures->median_ms / 1000.0);
    }
  return g_string_free (text, FALSE);
}

void
lk_end_page_clear (LkEndPage *self)
{
  g_return_if_fail (LK_IS_END_PAGE (self));

  gtk_widget_set_visible (self->words, FALSE);
}

void
lk_end_page_show (LkEndPage          *self,
                  LkEndKind           kind,
                  const LkEndFigures *figures)
{
  g_autofree char *sentence = sentence_for (kind, figures);
  g_autofree char *numbers = figures_text (figures);
  g_autofree char *next = next_text (figures);

  g_return_if_fail (LK_IS_END_PAGE (self));

  gtk_widget_set_visible (self->words, TRUE);
  gtk_label_set_text (self->title, title_for (kind));
  gtk_label_set_text (self->sentence, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->sentence), sentence[0] != '\0');
  gtk_label_set_text (self->figures, numbers);
  gtk_widget_set_visible (GTK_WIDGET (self->figures), kind != LK_END_FETCHING);
  gtk_label_set_text (self->next, next);
  gtk_widget_set_visible (GTK_WIDGET (self->next), kind != LK_END_FETCHING && *next != '\0');
  gtk_widget_set_visible (self->back, kind == LK_END_LOOK_BACK);
  gtk_widget_set_visible (self->show_all, figures->is_part);
  gtk_widget_set_visible (self->refresh, kind == LK_END_OFFLINE || kind == LK_END_DONE || kind == LK_END_NO_MATCH);
}

const char *
lk_end_page_get_title (LkEndPage *self)
{
  g_return_val_if_fail (LK_IS_END_PAGE (self), NULL);

  return gtk_label_get_text (self->title);
}

static void
lk_end_page_dispose (GObject *object)
{
  lk_template_dispose (GTK_WIDGET (object), LK_TYPE_END_PAGE);

  G_OBJECT_CLASS (lk_end_page_parent_class)->dispose (object);
}

static void
lk_end_page_class_init (LkEndPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lk_end_page_dispose;

  gtk_widget_class_set_css_name (widget_class, "end-page");
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/likeness/Likeness/ui/end-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LkEndPage, words);
  gtk_widget_class_bind_template_child (widget_class, LkEndPage, title);
  gtk_widget_class_bind_template_child (widget_class, LkEndPage, sentence);
  gtk_widget_class_bind_template_child (widget_class, LkEndPage, figures);
  gtk_widget_class_bind_template_child (widget_class, LkEndPage, next);
  gtk_widget_class_bind_template_child (widget_class, LkEndPage, show_all);
  gtk_widget_class_bind_template_child (widget_class, LkEndPage, back);
  gtk_widget_class_bind_template_child (widget_class, LkEndPage, refresh);
}

static void
lk_end_page_init (LkEndPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
