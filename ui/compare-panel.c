/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/compare-panel.h"

#include <glib/gi18n.h>

#include "ui/template.h"
#include "ui/thumbnail.h"
#include "ui/time-text.h"
#include "ui/verdict-text.h"

enum { THUMBNAIL_WIDTH = 42, THUMBNAIL_HEIGHT = 56 };

/* One picture of the strip. */
typedef struct
{
  LkPhotoInfo *info;
  char *title;                  /* "ID photo" */
  GtkToggleButton *button;      /* owned by the strip */
} Choice;

struct _LkComparePanel
{
  GtkWidget parent_instance;

  GtkBox *strip;
  GtkWidget *strip_scroller;
  GtkStack *stack;
  LkCompareView *view;
  GtkWidget *fade_box;
  GtkAdjustment *fade;

  LkTextures *textures;
  LkReasonCatalogue *reasons;
  LkSubmission *submission;
  GPtrArray *earlier;           /* of LkEarlier, or NULL */
  GPtrArray *choices;           /* of Choice */
  guint chosen;
};

G_DEFINE_FINAL_TYPE (LkComparePanel, lk_compare_panel, GTK_TYPE_WIDGET)

enum { PROP_0, PROP_MODE, N_PROPS };
static GParamSpec *props[N_PROPS];

static void
choice_free (gpointer data)
{
  Choice *choice = data;

  lk_photo_info_free (choice->info);
  g_free (choice->title);
  g_free (choice);
}

/* The chosen picture, and beside it the first of the others: with an earlier photo the ID photo stays in sight. */
static void
show_others (LkComparePanel *self)
{
  lk_compare_view_clear_others (self->view);
  gtk_stack_set_visible_child_name (self->stack, self->choices->len > 0 ? "photos" : "nothing");
  if (self->choices->len == 0)
    return;

  for (guint i = 0, n_shown = 0; i < self->choices->len && n_shown < LK_COMPARE_MAX_OTHERS; i++)
    {
      guint which = i == 0 ? self->chosen : i <= self->chosen ? i - 1 : i;
      const Choice *choice = self->choices->pdata[which];

      lk_compare_view_add_other (self->view, choice->info, choice->title);
      n_shown++;
    }
}

static void
choose (LkComparePanel *self,
        guint           which)
{
  Choice *choice = self->choices->pdata[which];

  self->chosen = which;
  gtk_toggle_button_set_active (choice->button, TRUE);
  show_others (self);
}

static void
on_toggled (GtkToggleButton *button,
            LkComparePanel  *self)
{
  if (!gtk_toggle_button_get_active (button))
    return;
  for (guint i = 0; i < self->choices->len; i++)
    if (((Choice *) self->choices->pdata[i])->button == button && i != self->chosen)
      {
        choose (self, i);
        return;
      }
}

static GtkWidget *
make_label (const char *text,
            const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 22);
  gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
make_content (LkComparePanel *self,
              const char     *hash,
              const char     *title,
              const char     *below)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *thumbnail = g_object_new (LK_TYPE_THUMBNAIL, "width-request", THUMBNAIL_WIDTH,
                                       "height-request", THUMBNAIL_HEIGHT, "valign", GTK_ALIGN_CENTER, NULL);

  lk_thumbnail_set_photo (LK_THUMBNAIL (thumbnail), self->textures, hash, title);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), make_label (title, "compare-title"));
  if (below != NULL)
    gtk_box_append (GTK_BOX (words), make_label (below, "compare-below"));
  gtk_box_append (GTK_BOX (content), thumbnail);
  gtk_box_append (GTK_BOX (content), words);
  return content;
}

static void
add_choice (LkComparePanel    *self,
            const LkPhotoInfo *info,
            const char        *title,
            const char        *below,
            const char        *tooltip)
{
  Choice *choice = g_new0 (Choice, 1);
  GtkWidget *button = gtk_toggle_button_new ();

  choice->info = lk_photo_info_copy (info);
  choice->title = g_strdup (title);
  choice->button = GTK_TOGGLE_BUTTON (button);
  gtk_button_set_child (GTK_BUTTON (button), make_content (self, info->sha256, title, below));
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, tooltip != NULL ? tooltip : "", -1);
  if (self->choices->len > 0)
    gtk_toggle_button_set_group (choice->button, ((Choice *) self->choices->pdata[0])->button);
  g_ptr_array_add (self->choices, choice);
  g_signal_connect (button, "toggled", G_CALLBACK (on_toggled), self);
  gtk_box_append (self->strip, button);
}

static void
add_reference (LkComparePanel *self,
               LkPhotoKind     kind,
               LkReferenceKind reference,
               const char     *title)
{
  const LkPhotoInfo *info = lk_submission_get_picture (self->submission, kind);

  if (info != NULL && lk_submission_get_reference (self->submission, reference) != NULL)
    add_choice (self, info, title, NULL, NULL);
}

static void
add_earlier (LkComparePanel  *self,
             const LkEarlier *entry)
{
  g_autofree char *when = lk_time_text_submitted (entry->submitted_at, g_get_real_time ());
  const LkStandingDecision *decision = entry->decision;
  g_autofree char *why = decision != NULL ? lk_verdict_dup_reasons (decision, self->reasons) : g_strdup (_("Not decided"));
  const char *verdict = decision != NULL ? lk_verdict_get_short (decision->verdict) : _("Replaced");
  /* Translators: what became of an earlier photo, and when it was sent: "Earlier: Returned" */
  g_autofree char *title = g_strdup_printf (_("Earlier: %s"), verdict);
  g_autofree char *tooltip = *why != '\0' ? g_strdup_printf ("%s\n%s", when, why) : g_strdup (when);

  add_choice (self, entry->photo, title, *why != '\0' ? why : when, tooltip);
}

static gboolean
find_choice (LkComparePanel *self,
             const char     *hash,
             guint          *which)
{
  for (guint i = 0; i < self->choices->len; i++)
    if (g_strcmp0 (((Choice *) self->choices->pdata[i])->info->sha256, hash) == 0)
      {
        *which = i;
        return TRUE;
      }
  return FALSE;
}

/* In what way it is like this one; an observation, and no word about what it means. */
static const char *
likeness_words (LkLikeness likeness)
{
  switch (likeness)
    {
    case LK_LIKENESS_SAME_FILE:
      return _("Same file");
    case LK_LIKENESS_NEAR_COPY:
      /* Translators: one photo in two files */
      return _("Same picture");
    case LK_LIKENESS_SAME_FACE:
    case LK_LIKENESS_UNSURE:
    case LK_LIKENESS_DIFFERENT:
    case LK_LIKENESS_NOT_COMPARED:
    default:
      return _("Similar face");
    }
}

/* Photos that a check found, but for those that are there already: an earlier one says there what became of it. */
static void
add_found (LkComparePanel *self,
           const char     *check_id,
           const char     *title)
{
  LkCheck *check = lk_checks_find (lk_submission_get_checks (self->submission), check_id);
  GPtrArray *others = check != NULL ? lk_check_get_others (check) : NULL;
  guint which;

  for (guint i = 0; others != NULL && i < others->len; i++)
    {
      const LkOther *other = others->pdata[i];
      g_autofree char *student = lk_other_dup_student (other);
      g_autofree char *tooltip = lk_other_dup_text (other);

      if (other->picture != NULL && !find_choice (self, other->picture->sha256, &which))
        add_choice (self, other->picture, title != NULL ? title : student, likeness_words (other->likeness), tooltip);
    }
}

static void
clear_strip (LkComparePanel *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->strip))) != NULL)
    gtk_box_remove (self->strip, child);
  g_ptr_array_set_size (self->choices, 0);
}

static void
fill (LkComparePanel *self)
{
  g_autofree char *hash = NULL;
  guint chosen = 0;

  /* the same picture stays chosen, wherever it comes to stand */
  if (self->chosen < self->choices->len)
    hash = g_strdup (((Choice *) self->choices->pdata[self->chosen])->info->sha256);
  clear_strip (self);
  if (self->submission == NULL)
    return;
  add_reference (self, LK_PHOTO_ID_CARD, LK_REFERENCE_ID_CARD, _("ID photo"));
  add_reference (self, LK_PHOTO_DIPLOMA, LK_REFERENCE_DIPLOMA, _("Diploma photo"));
  for (guint i = 0; self->earlier != NULL && i < self->earlier->len; i++)
    add_earlier (self, self->earlier->pdata[i]);
  add_found (self, "D1_resubmitted", _("Earlier photo"));
  add_found (self, "D2_other_student", NULL);
  find_choice (self, hash, &chosen);
  gtk_widget_set_visible (self->strip_scroller, self->choices->len > 0);
  if (self->choices->len > 0)
    choose (self, chosen);
  else
    show_others (self);
}

void
lk_compare_panel_set_textures (LkComparePanel *self,
                               LkTextures     *textures)
{
  g_return_if_fail (LK_IS_COMPARE_PANEL (self));

  g_set_object (&self->textures, textures);
  lk_compare_view_set_textures (self->view, textures);
}

void
lk_compare_panel_set_reasons (LkComparePanel    *self,
                              LkReasonCatalogue *reasons)
{
  g_return_if_fail (LK_IS_COMPARE_PANEL (self));

  g_clear_pointer (&self->reasons, lk_reason_catalogue_unref);
  if (reasons != NULL)
    self->reasons = lk_reason_catalogue_ref (reasons);
}

void
lk_compare_panel_set_submission (LkComparePanel *self,
                                 LkSubmission   *submission)
{
  g_autoptr (LkPhotoInfo) info = submission != NULL ? lk_submission_dup_info (submission) : NULL;

  g_return_if_fail (LK_IS_COMPARE_PANEL (self));

  g_set_object (&self->submission, submission);
  g_clear_pointer (&self->earlier, g_ptr_array_unref);
  clear_strip (self);
  self->chosen = 0;
  lk_compare_view_set_photo (self->view, info, _("This photo"));
  fill (self);
}

void
lk_compare_panel_set_earlier (LkComparePanel *self,
                              GPtrArray      *earlier)
{
  g_return_if_fail (LK_IS_COMPARE_PANEL (self));

  g_clear_pointer (&self->earlier, g_ptr_array_unref);
  self->earlier = g_ptr_array_ref (earlier);
  if (earlier->len > 0)
    fill (self);
}

void
lk_compare_panel_choose_photo (LkComparePanel *self,
                               const char     *hash)
{
  guint which;

  g_return_if_fail (LK_IS_COMPARE_PANEL (self));

  if (find_choice (self, hash, &which))
    choose (self, which);
}

void
lk_compare_panel_choose_next (LkComparePanel *self)
{
  g_return_if_fail (LK_IS_COMPARE_PANEL (self));

  if (self->choices->len > 1)
    choose (self, (self->chosen + 1) % self->choices->len);
}

LkCompareView *
lk_compare_panel_get_view (LkComparePanel *self)
{
  g_return_val_if_fail (LK_IS_COMPARE_PANEL (self), NULL);

  return self->view;
}

guint
lk_compare_panel_get_n_choices (LkComparePanel *self)
{
  g_return_val_if_fail (LK_IS_COMPARE_PANEL (self), 0);

  return self->choices->len;
}

static void
on_mode_changed (LkComparePanel *self)
{
  gtk_widget_set_sensitive (self->fade_box, lk_compare_view_get_mode (self->view) == LK_COMPARE_OVERLAY);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MODE]);
}

static void
lk_compare_panel_get_property (GObject    *object,
                               guint       id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  LkComparePanel *self = LK_COMPARE_PANEL (object);

  switch (id)
    {
    case PROP_MODE:
      g_value_set_int (value, lk_compare_view_get_mode (self->view));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lk_compare_panel_set_property (GObject      *object,
                               guint         id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  LkComparePanel *self = LK_COMPARE_PANEL (object);

  switch (id)
    {
    case PROP_MODE:
      lk_compare_view_set_mode (self->view, g_value_get_int (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lk_compare_panel_dispose (GObject *object)
{
  LkComparePanel *self = LK_COMPARE_PANEL (object);

  if (self->strip != NULL)
    clear_strip (self);
  g_clear_object (&self->textures);
  g_clear_object (&self->submission);
  g_clear_pointer (&self->reasons, lk_reason_catalogue_unref);
  g_clear_pointer (&self->earlier, g_ptr_array_unref);
  lk_template_dispose (GTK_WIDGET (self), LK_TYPE_COMPARE_PANEL);

  G_OBJECT_CLASS (lk_compare_panel_parent_class)->dispose (object);
}

static void
lk_compare_panel_finalize (GObject *object)
{
  g_ptr_array_unref (LK_COMPARE_PANEL (object)->choices);

  G_OBJECT_CLASS (lk_compare_panel_parent_class)->finalize (object);
}

static void
lk_compare_panel_class_init (LkComparePanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lk_compare_panel_dispose;
  object_class->finalize = lk_compare_panel_finalize;
  object_class->get_property = lk_compare_panel_get_property;
  object_class->set_property = lk_compare_panel_set_property;

  props[PROP_MODE] = g_param_spec_int ("mode", NULL, NULL, LK_COMPARE_SIDE, LK_COMPARE_BLINK, LK_COMPARE_SIDE,
                                       G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_install_property_action (widget_class, "compare.mode", "mode");

  g_type_ensure (LK_TYPE_COMPARE_VIEW);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/likeness/Likeness/ui/compare-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, LkComparePanel, strip);
  gtk_widget_class_bind_template_child (widget_class, LkComparePanel, strip_scroller);
  gtk_widget_class_bind_template_child (widget_class, LkComparePanel, stack);
  gtk_widget_class_bind_template_child (widget_class, LkComparePanel, view);
  gtk_widget_class_bind_template_child (widget_class, LkComparePanel, fade_box);
  gtk_widget_class_bind_template_child (widget_class, LkComparePanel, fade);
}

static void
lk_compare_panel_init (LkComparePanel *self)
{
  self->choices = g_ptr_array_new_with_free_func (choice_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_object_bind_property (self->view, "fade", self->fade, "value", G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_signal_connect_object (self->view, "notify::mode", G_CALLBACK (on_mode_changed), self, G_CONNECT_SWAPPED);
  on_mode_changed (self);
}
