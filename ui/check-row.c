/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/check-row.h"

#include <math.h>

#include <glib/gi18n.h>

#include "ui/outcome-mark.h"

struct _LkCheckRow
{
  GtkListBoxRow parent_instance;

  LkCheck *check;
  gboolean is_heading;
  LkOutcomeMark *mark;
  GtkInscription *name;
  GtkInscription *value;
  GtkInscription *limit;
  GtkInscription *score;
  GtkWidget *opens;             /* says that activating the row shows another photo */
};

G_DEFINE_FINAL_TYPE (LkCheckRow, lk_check_row, GTK_TYPE_LIST_BOX_ROW)

LkCheck *
lk_check_row_get_check (LkCheckRow *self)
{
  g_return_val_if_fail (LK_IS_CHECK_ROW (self), NULL);

  return self->check;
}

static PangoAttrList *
make_heading_font (void)
{
  PangoAttrList *font = pango_attr_list_new ();

  pango_attr_list_insert (font, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_attr_list_insert (font, pango_attr_scale_new (13.0 / 14));
  return font;
}

/* Rows become headings and checks again with every photo. The bold font is set on the text, not by the style class, which only sets
 * colours, and a heading refuses the focus in grab_focus() and focus() instead of by a property. */
static void
set_heading_style (LkCheckRow *self,
                   gboolean    heading)
{
  GtkWidget *widget = GTK_WIDGET (self);
  g_autoptr (PangoAttrList) font = heading ? make_heading_font () : NULL;

  if (self->is_heading == heading)
    return;
  self->is_heading = heading;
  if (heading)
    gtk_widget_add_css_class (widget, "check-heading");
  else
    gtk_widget_remove_css_class (widget, "check-heading");
  gtk_inscription_set_attributes (self->name, font);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), !heading);
}

static gboolean
lk_check_row_grab_focus (GtkWidget *widget)
{
  return !LK_CHECK_ROW (widget)->is_heading && GTK_WIDGET_CLASS (lk_check_row_parent_class)->grab_focus (widget);
}

static gboolean
lk_check_row_focus (GtkWidget        *widget,
                    GtkDirectionType  direction)
{
  return !LK_CHECK_ROW (widget)->is_heading && GTK_WIDGET_CLASS (lk_check_row_parent_class)->focus (widget, direction);
}

static void
show_texts (LkCheckRow *self,
            LkOutcome   outcome,
            const char *name,
            const char *value,
            const char *limit)
{
  lk_outcome_style_widget (GTK_WIDGET (self), outcome);
  lk_outcome_mark_set_outcome (self->mark, outcome);
  gtk_inscription_set_text (self->name, name);
  gtk_inscription_set_text (self->value, value);
  gtk_inscription_set_text (self->limit, limit);
}

/* What a screen reader says: everything the row tells by place and shape. */
static char *
describe (LkCheck    *check,
          const char *title,
          const char *value,
          const char *limit)
{
  const char *outcome = lk_outcome_get_title (lk_check_get_outcome (check));
  g_autofree char *found = lk_check_dup_found_text (check);
  g_autofree char *why = NULL;

  if (lk_check_get_outcome (check) == LK_OUTCOME_NOT_RUN)
    {
      why = lk_check_dup_why_text (check);
      return g_strdup_printf ("%s: %s", title, why);
    }
  if (found[0] != '\0')
    return g_strdup_printf ("%s: %s, %s", outcome, title, found);
  if (limit[0] == '\0')
    return g_strdup_printf ("%s: %s, %s", outcome, title, value);
  /* Translators: outcome, name, value and limit of a check: "Failed: Eye line, 320 px, accepted 200–300" */
  return g_strdup_printf (_("%s: %s, %s, accepted %s"), outcome, title, value, limit);
}

static char *
score_text (LkCheck *check)
{
  double score = lk_check_get_score (check);

  /* Translators: of a check's value, 100 is best */
  return isnan (score) ? NULL : g_strdup_printf (_("Quality %.0f of 100"), score);
}

static gboolean
has_picture (LkCheckRow *self)
{
  return self->check != NULL && lk_others_find_picture (lk_check_get_others (self->check)) != NULL;
}

/* What is not in the label: of a row that opens, how to open it. */
static void
describe_more (LkCheckRow *self)
{
  g_autofree char *more = has_picture (self) ? g_strdup (_("Enter shows both photos side by side.")) : score_text (self->check);

  if (more != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, more, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

/* Whom else it concerns says more than a number, and needs the whole row. */
static void
show_found (LkCheckRow *self)
{
  g_autofree char *found = self->check != NULL ? lk_check_dup_found_text (self->check) : g_strdup ("");
  gboolean is_found = found[0] != '\0';

  gtk_widget_set_visible (GTK_WIDGET (self->value), !is_found);
  gtk_widget_set_visible (GTK_WIDGET (self->limit), !is_found);
  gtk_widget_set_visible (self->opens, has_picture (self));
  if (is_found)
    gtk_inscription_set_text (self->name, found);
}

void
lk_check_row_set_check (LkCheckRow *self,
                        LkCheck    *check)
{
  g_autofree char *title = NULL;
  g_autofree char *value = NULL;
  g_autofree char *limit = NULL;
  g_autofree char *description = NULL;
  LkOutcome outcome;

  g_return_if_fail (LK_IS_CHECK_ROW (self));

  if (!g_set_object (&self->check, check))
    return;

  outcome = lk_check_get_outcome (check);
  title = lk_check_dup_title (check);
  value = lk_check_dup_value_text (check);
  limit = lk_check_dup_limit_text (check);
  description = describe (check, title, value, limit);
  set_heading_style (self, FALSE);
  /* Translators: stands in the place of a check's value that was not measured, under the heading "Not measured"; 11 letters at most */
  show_texts (self, outcome, title, outcome == LK_OUTCOME_NOT_RUN ? C_("check", "No value") : value,
              outcome == LK_OUTCOME_NOT_RUN ? "" : limit);
  show_found (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, description, -1);
  describe_more (self);
}

/* Values of measures are short, and the score wants room, too. */
static void
show_score (LkCheckRow *self,
            const char *text)
{
  gtk_widget_set_size_request (GTK_WIDGET (self->value), 62, -1);
  gtk_inscription_set_text (self->score, text);
  gtk_widget_set_visible (GTK_WIDGET (self->score), TRUE);
}

void
lk_check_row_set_measure (LkCheckRow *self,
                          LkCheck    *measure)
{
  g_autofree char *score = NULL;

  g_return_if_fail (LK_IS_CHECK_ROW (self));

  if (!isnan (lk_check_get_score (measure)))
    score = g_strdup_printf ("%.0f", lk_check_get_score (measure));
  lk_check_row_set_check (self, measure);
  show_score (self, score);
}

void
lk_check_row_set_columns (LkCheckRow *self)
{
  g_return_if_fail (LK_IS_CHECK_ROW (self));

  g_clear_object (&self->check);
  set_heading_style (self, TRUE);
  /* Translators: headings of columns, short: name, value, accepted range and quality (0 to 100) of a measure */
  show_texts (self, LK_OUTCOME_NOT_RUN, C_("measures", "Measure"), C_("measures", "Value"), C_("measures", "Accepted"));
  show_score (self, C_("measures", "Score"));
  gtk_widget_set_opacity (GTK_WIDGET (self->mark), 0);  /* it keeps its place */
}

void
lk_check_row_set_heading (LkCheckRow *self,
                          LkOutcome   outcome,
                          guint       n_checks)
{
  g_autofree char *text = NULL;

  g_return_if_fail (LK_IS_CHECK_ROW (self));

  g_clear_object (&self->check);
  /* Translators: heading over the checks of one outcome: "Failed 2" */
  text = g_strdup_printf (_("%s %u"), lk_outcome_get_title (outcome), n_checks);
  set_heading_style (self, TRUE);
  show_texts (self, outcome, text, "", "");
  show_found (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_accessible_reset_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

/* Only what the row has no room for: a tooltip hides the rows below. */
static gboolean
lk_check_row_query_tooltip (GtkWidget  *widget,
                            int         x,
                            int         y,
                            gboolean    keyboard,
                            GtkTooltip *tooltip)
{
  LkCheckRow *self = LK_CHECK_ROW (widget);
  g_autofree char *text = NULL;

  if (self->check == NULL)
    return FALSE;
  text = lk_check_get_outcome (self->check) == LK_OUTCOME_NOT_RUN ? lk_check_dup_why_text (self->check)
                                                                  : lk_check_dup_found_text (self->check);
  if (text[0] == '\0')
    {
      g_free (text);
      text = score_text (self->check);
    }
  else if (has_picture (self))
    {
      g_autofree char *found = g_steal_pointer (&text);

      text = g_strdup_printf ("%s\n%s", found, _("Enter shows both photos side by side."));
    }
  gtk_tooltip_set_text (tooltip, text);
  return text != NULL;
}

static void
lk_check_row_dispose (GObject *object)
{
  LkCheckRow *self = LK_CHECK_ROW (object);

  g_clear_object (&self->check);
  /* GTK 4.18 does not free them */
  gtk_inscription_set_attributes (self->name, NULL);

  G_OBJECT_CLASS (lk_check_row_parent_class)->dispose (object);
}

static void
lk_check_row_class_init (LkCheckRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lk_check_row_dispose;
  widget_class->query_tooltip = lk_check_row_query_tooltip;
  widget_class->grab_focus = lk_check_row_grab_focus;
  widget_class->focus = lk_check_row_focus;

  g_type_ensure (LK_TYPE_OUTCOME_MARK);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/likeness/Likeness/ui/check-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LkCheckRow, mark);
  gtk_widget_class_bind_template_child (widget_class, LkCheckRow, name);
  gtk_widget_class_bind_template_child (widget_class, LkCheckRow, value);
  gtk_widget_class_bind_template_child (widget_class, LkCheckRow, limit);
  gtk_widget_class_bind_template_child (widget_class, LkCheckRow, score);
  gtk_widget_class_bind_template_child (widget_class, LkCheckRow, opens);
}

static void
lk_check_row_init (LkCheckRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}

GtkWidget *
lk_check_row_new (void)
{
  return g_object_new (LK_TYPE_CHECK_ROW, NULL);
}
