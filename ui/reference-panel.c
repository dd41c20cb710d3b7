/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/reference-panel.h"

#include <math.h>

#include <glib/gi18n.h>

#include "ui/outcome-mark.h"
#include "ui/template.h"
#include "ui/thumbnail.h"

enum { N_PREFETCHED = 3 };

/* As in reference-panel.ui. */
enum { PHOTO_WIDTH = 96, PHOTO_HEIGHT = 120 };

/* What is said of one of the photos. */
typedef struct
{
  LkOutcomeMark *mark;
  GtkInscription *title;
  GtkInscription *band;
} Likeness;

struct _LkReferencePanel
{
  GtkWidget parent_instance;

  LkThumbnail *id_photo;
  LkThumbnail *diploma_photo;
  GtkLabel *id_missing;
  GtkLabel *diploma_missing;
  Likeness id_likeness;
  Likeness diploma_likeness;

  LkCheck *check;               /* that of the likeness, or NULL */
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
band_words (const LkOther  *other,
            LkReferenceKind kind,
            gboolean        has_photo)
{
  LkLikeness likeness = other != NULL ? other->likeness : LK_LIKENESS_NOT_COMPARED;

  switch (likeness)
    {
    case LK_LIKENESS_SAME_FILE:
    case LK_LIKENESS_NEAR_COPY:
    case LK_LIKENESS_SAME_FACE:
      return _("Looks like the same person");
    case LK_LIKENESS_UNSURE:
      return _("Please compare the faces");
    case LK_LIKENESS_DIFFERENT:
      return _("Looks like another person");
    case LK_LIKENESS_NOT_COMPARED:
    default:
      if (has_photo)
        return _("Likeness not measured");
      return kind == LK_REFERENCE_ID_CARD ? _("There is no ID photo") : _("There is no diploma photo");
    }
}

static LkOutcome
outcome_of (const LkOther *other)
{
  LkLikeness likeness = other != NULL ? other->likeness : LK_LIKENESS_NOT_COMPARED;

  if (likeness == LK_LIKENESS_NOT_COMPARED)
    return LK_OUTCOME_NOT_RUN;
  return likeness == LK_LIKENESS_UNSURE || likeness == LK_LIKENESS_DIFFERENT ? LK_OUTCOME_WARN : LK_OUTCOME_PASS;
}

/* A result from before there were two: it is that of the ID photo. */
static LkOther *
only_other (LkCheck *check)
{
  double value = lk_check_get_value (check);
  LkLikeness likeness = value >= lk_check_get_low (check)        ? LK_LIKENESS_SAME_FACE
                        : value >= lk_check_get_hard_low (check) ? LK_LIKENESS_UNSURE
                                                                 : LK_LIKENESS_DIFFERENT;

  if (lk_check_get_outcome (check) == LK_OUTCOME_NOT_RUN)
    likeness = LK_LIKENESS_NOT_COMPARED;
  return lk_other_new (LK_OTHER_ID_CARD, likeness, value);
}

static void
show_likeness (Likeness       *likeness,
               const LkOther  *other,
               LkReferenceKind kind,
               gboolean        has_photo)
{
  const char *name = kind == LK_REFERENCE_ID_CARD ? C_("likeness", "ID card") : C_("likeness", "Diploma");
  LkOutcome outcome = outcome_of (other);
  g_autofree char *title = NULL;

  if (outcome == LK_OUTCOME_NOT_RUN || isnan (other->score))
    title = g_strdup (name);
  else
    /* Translators: a comparison photo and how like it the face is: "ID card 1.43" */
    title = g_strdup_printf (_("%s %.2f"), name, other->score);
  lk_outcome_mark_set_outcome (likeness->mark, outcome);
  lk_outcome_style_widget (GTK_WIDGET (likeness->title), outcome);
  gtk_inscription_set_text (likeness->title, title);
  gtk_inscription_set_text (likeness->band, band_words (other, kind, has_photo));
}

/* From where on it is the same person, and that it is advice. */
static char *
limits_text (LkCheck *check)
{
  double same = lk_check_get_low (check), different = lk_check_get_hard_low (check);

  if (isnan (same) || isnan (different))
    return g_strdup (_("Advice only: you decide."));
  /* Translators: the numbers are scores of likeness, such as 1.00 and 0.75 */
  return g_strdup_printf (_("The same person from %.2f, another one below %.2f. Advice only: you decide."), same, different);
}

static void
show_check (LkReferencePanel *self,
            LkSubmission     *submission)
{
  LkCheck *check = lk_checks_find (lk_submission_get_checks (submission), "I2_similarity");
  GPtrArray *others = check != NULL ? lk_check_get_others (check) : NULL;
  g_autoptr (LkOther) only = check != NULL && others == NULL ? only_other (check) : NULL;
  const LkOther *id_card = others != NULL ? lk_others_find (others, LK_OTHER_ID_CARD) : only;

  show_likeness (&self->id_likeness, id_card, LK_REFERENCE_ID_CARD,
                 lk_submission_get_reference (submission, LK_REFERENCE_ID_CARD) != NULL);
  show_likeness (&self->diploma_likeness, lk_others_find (others, LK_OTHER_DIPLOMA), LK_REFERENCE_DIPLOMA,
                 lk_submission_get_reference (submission, LK_REFERENCE_DIPLOMA) != NULL);
  g_set_object (&self->check, check);
}

/* Asked for when it is wanted: setting a tooltip makes GTK ask the X server where the pointer is. */
static gboolean
lk_reference_panel_query_tooltip (GtkWidget  *widget,
                                  int         x,
                                  int         y,
                                  gboolean    keyboard,
                                  GtkTooltip *tooltip)
{
  LkReferencePanel *self = LK_REFERENCE_PANEL (widget);
  g_autofree char *limits = self->check != NULL ? limits_text (self->check) : NULL;

  gtk_tooltip_set_text (tooltip, limits);
  return limits != NULL;
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
  show_check (self, submission);
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
  g_clear_object (&LK_REFERENCE_PANEL (object)->check);
  lk_template_dispose (GTK_WIDGET (object), LK_TYPE_REFERENCE_PANEL);

  G_OBJECT_CLASS (lk_reference_panel_parent_class)->dispose (object);
}

static void
bind_child (GtkWidgetClass *widget_class,
            const char     *name,
            gssize          offset)
{
  gtk_widget_class_bind_template_child_full (widget_class, name, FALSE, offset);
}

static void
lk_reference_panel_class_init (LkReferencePanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lk_reference_panel_dispose;
  widget_class->query_tooltip = lk_reference_panel_query_tooltip;

  g_type_ensure (LK_TYPE_OUTCOME_MARK);
  g_type_ensure (LK_TYPE_THUMBNAIL);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/likeness/Likeness/ui/reference-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, LkReferencePanel, id_photo);
  gtk_widget_class_bind_template_child (widget_class, LkReferencePanel, diploma_photo);
  gtk_widget_class_bind_template_child (widget_class, LkReferencePanel, id_missing);
  gtk_widget_class_bind_template_child (widget_class, LkReferencePanel, diploma_missing);
  bind_child (widget_class, "id_mark", G_STRUCT_OFFSET (LkReferencePanel, id_likeness.mark));
  bind_child (widget_class, "id_title", G_STRUCT_OFFSET (LkReferencePanel, id_likeness.title));
  bind_child (widget_class, "id_band", G_STRUCT_OFFSET (LkReferencePanel, id_likeness.band));
  bind_child (widget_class, "diploma_mark", G_STRUCT_OFFSET (LkReferencePanel, diploma_likeness.mark));
  bind_child (widget_class, "diploma_title", G_STRUCT_OFFSET (LkReferencePanel, diploma_likeness.title));
  bind_child (widget_class, "diploma_band", G_STRUCT_OFFSET (LkReferencePanel, diploma_likeness.band));
}

static void
lk_reference_panel_init (LkReferencePanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}
