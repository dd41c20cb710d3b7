/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/reference-panel.h"

#include <glib/gi18n.h>

#include "ui/outcome-mark.h"
#include "ui/template.h"
#include "ui/thumbnail.h"

enum { N_PREFETCHED = 3 };

/* As in reference-panel.ui. */
enum { PHOTO_WIDTH = 96, PHOTO_HEIGHT = 120 };

struct _LkReferencePanel
{
  GtkWidget parent_instance;

  LkThumbnail *id_photo;
  LkThumbnail *diploma_photo;
  GtkLabel *id_missing;
  GtkLabel *diploma_missing;
  LkOutcomeMark *mark;
  GtkInscription *band;
  GtkInscription *score;
  GtkInscription *advice;
};

G_DEFINE_FINAL_TYPE (LkReferencePanel, lk_reference_panel, GTK_TYPE_WIDGET)

static void
show_photo (LkThumbnail *thumbnail,
            GtkLabel    *missing,
            LkTextures  *textures,
            const char  *hash,
            const char  *label,
            const char  *missing_label)
{
  lk_thumbnail_set_photo (thumbnail, textures, hash, hash != NULL ? label : missing_label);
  gtk_widget_set_visible (GTK_WIDGET (missing), hash == NULL);
}

/* What a measured likeness means, in words; never a verdict. Three bands: same, unsure, unlike. */
static const char *
band_words (LkCheck  *check,
            LkOutcome outcome)
{
  switch (outcome)
    {
    case LK_OUTCOME_PASS:
      return _("Looks like the same person");
    case LK_OUTCOME_WARN:
    case LK_OUTCOME_FAIL:
      return lk_check_get_value (check) < lk_check_get_hard_low (check) ? _("Looks like another person")
                                                                        : _("Please compare the faces");
    case LK_OUTCOME_NOT_RUN:
    default:
      return _("Likeness not measured");
    }
}

static void
show_likeness (LkReferencePanel *self,
               LkCheck          *check)
{
  LkOutcome outcome = check != NULL ? lk_check_get_outcome (check) : LK_OUTCOME_NOT_RUN;
  g_autofree char *value = check != NULL ? lk_check_dup_value_text (check) : g_strdup ("");
  g_autofree char *limit = check != NULL ? lk_check_dup_limit_text (check) : g_strdup ("");
  g_autofree char *why = check != NULL ? lk_check_dup_why_text (check) : g_strdup ("");
  g_autofree char *score = NULL;

  lk_outcome_mark_set_outcome (self->mark, outcome);
  lk_outcome_style_widget (GTK_WIDGET (self->band), outcome);
  gtk_inscription_set_text (self->band, band_words (check, outcome));
  if (value[0] != '\0')
    /* Translators: measured likeness to the ID photo and what counts as the same person: "Likeness 1.32 (≥ 1.00)" */
    score = g_strdup_printf (_("Likeness %s (%s)"), value, limit);
  gtk_inscription_set_text (self->score, score != NULL ? score : "");
  gtk_inscription_set_text (self->advice, outcome == LK_OUTCOME_NOT_RUN ? why : _("Advice only: you decide."));
}

void
lk_reference_panel_set_submission (LkReferencePanel *self,
                                   LkTextures       *textures,
                                   LkSubmission     *submission)
{
  g_return_if_fail (LK_IS_REFERENCE_PANEL (self));

  if (submission == NULL)
    return;
  show_photo (self->id_photo, self->id_missing, textures,
              lk_submission_get_reference (submission, LK_REFERENCE_ID_CARD),
              _("ID photo"), _("ID photo: missing"));
  show_photo (self->diploma_photo, self->diploma_missing, textures,
              lk_submission_get_reference (submission, LK_REFERENCE_DIPLOMA),
              _("Diploma photo"), _("Diploma photo: missing"));
  show_likeness (self, lk_checks_find (lk_submission_get_checks (submission), "I2_similarity"));
}

void
lk_reference_panel_prefetch (LkReferencePanel *self,
                             LkTextures       *textures,
                             LkReviewQueue    *queue,
                             guint             position)
{
  int scale_factor = gtk_widget_get_scale_factor (GTK_WIDGET (self));

  g_return_if_fail (LK_IS_REFERENCE_PANEL (self));

  for (guint i = position; i < position + N_PREFETCHED; i++)
    {
      g_autoptr (LkSubmission) submission = g_list_model_get_item (G_LIST_MODEL (queue), i);

      if (submission == NULL)
        return;
      for (int kind = LK_REFERENCE_ID_CARD; kind <= LK_REFERENCE_DIPLOMA; kind++)
        {
          const char *hash = lk_submission_get_reference (submission, kind);

          if (hash != NULL)
            lk_textures_get (textures, hash, PHOTO_WIDTH * scale_factor, PHOTO_HEIGHT * scale_factor);
        }
    }
}

static void
lk_reference_panel_dispose (GObject *object)
{
  lk_template_dispose (GTK_WIDGET (object), LK_TYPE_REFERENCE_PANEL);

  G_OBJECT_CLASS (lk_reference_panel_parent_class)->dispose (object);
}

static void
lk_reference_panel_class_init (LkReferencePanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lk_reference_panel_dispose;

  g_type_ensure (LK_TYPE_OUTCOME_MARK);
  g_type_ensure (LK_TYPE_THUMBNAIL);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/likeness/Likeness/ui/reference-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, LkReferencePanel, id_photo);
  gtk_widget_class_bind_template_child (widget_class, LkReferencePanel, diploma_photo);
  gtk_widget_class_bind_template_child (widget_class, LkReferencePanel, id_missing);
  gtk_widget_class_bind_template_child (widget_class, LkReferencePanel, diploma_missing);
  gtk_widget_class_bind_template_child (widget_class, LkReferencePanel, mark);
  gtk_widget_class_bind_template_child (widget_class, LkReferencePanel, band);
  gtk_widget_class_bind_template_child (widget_class, LkReferencePanel, score);
  gtk_widget_class_bind_template_child (widget_class, LkReferencePanel, advice);
}

static void
lk_reference_panel_init (LkReferencePanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
