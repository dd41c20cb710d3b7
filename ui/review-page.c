/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/review-page.h"

#include <glib/gi18n.h>

#include "ui/check-panel.h"
#include "ui/decision-bar.h"
#include "ui/end-page.h"
#include "ui/error-text.h"
#include "ui/filmstrip.h"
#include "ui/own-list.h"
#include "ui/photo-area.h"
#include "ui/reason-dialog.h"
#include "ui/reference-panel.h"
#include "ui/key-hints.h"
#include "ui/key-map.h"
#include "ui/review-looking.h"
#include "ui/review-sorting.h"
#include "ui/student-header.h"
#include "ui/template.h"
#include "ui/verdict-text.h"

/* Fetching takes less than this mostly; only then is a word said about it. */
enum { PATIENCE_MS = 200 };

struct _LkReviewPage
{
  GtkWidget parent_instance;

  LkQueueBar *queue_bar;
  LkFilmstrip *filmstrip;
  GtkStack *middle;
  LkPhotoArea *area;
  LkEndPage *end_page;
  GtkStack *side;
  LkStudentHeader *student;
  LkReferencePanel *references;
  LkCheckPanel *checks;
  LkDecisionBar *decisions;
  LkReasonDialog *reason_dialog;

  LkReviewQueue *queue;
  LkTextures *textures;
  LkReasonCatalogue *reasons;
  LkSync *sync;
  LkSubmission *current;
  gboolean seen;                /* it was on the screen */
  gboolean can_undo;
  guint n_today;
  int median_ms;
  guint patience_id;
};

G_DEFINE_FINAL_TYPE (LkReviewPage, lk_review_page, GTK_TYPE_WIDGET)

enum { PROP_0, PROP_SHOW_GRID, PROP_SHOW_LOUPE, PROP_COMPARING, N_PROPS };
static GParamSpec *props[N_PROPS];

enum { DECIDE, UNDO, SHOWN, EARLIER_WANTED, REFRESH, N_SIGNALS };
static guint signals[N_SIGNALS];

static gboolean
is_choosing_reasons (LkReviewPage *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->side), "reasons") == 0;
}

static void
update_actions (LkReviewPage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean choosing = is_choosing_reasons (self);
  gboolean has_photo = self->current != NULL;
  gboolean can_decide = has_photo && !choosing && lk_submission_get_decision (self->current) == NULL;
  guint position = self->queue != NULL ? lk_review_queue_get_position (self->queue) : 0;
  const char *const decisions[] = { "review.approve", "review.return", "review.reshoot", "review.hold", "review.own-reason",
                                    "review.own-list" };

  for (gsize i = 0; i < G_N_ELEMENTS (decisions); i++)
    gtk_widget_action_set_enabled (widget, decisions[i], can_decide);
  lk_review_looking_set_enabled (widget, has_photo);
  lk_review_sorting_set_enabled (widget, self->sync != NULL, can_decide, choosing);
  gtk_widget_action_set_enabled (widget, "review.undo", self->can_undo && !choosing);
  gtk_widget_action_set_enabled (widget, "review.next", has_photo && !choosing);
  gtk_widget_action_set_enabled (widget, "review.next-undecided", self->queue != NULL && !choosing);
  gtk_widget_action_set_enabled (widget, "review.previous", position > 0 && !choosing);
  gtk_widget_action_set_enabled (widget, "review.arrow", !choosing || has_photo);
  gtk_widget_set_can_target (GTK_WIDGET (self->filmstrip), !choosing);
  gtk_widget_set_can_focus (GTK_WIDGET (self->filmstrip), !choosing);
}

static void
close_reasons (LkReviewPage *self)
{
  if (!is_choosing_reasons (self))
    return;
  gtk_stack_set_visible_child_name (self->side, "work");
  update_actions (self);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
open_reasons (LkReviewPage *self,
              LkVerdict     verdict,
              const char   *input)
{
  gtk_stack_set_visible_child_name (self->side, "reasons");
  update_actions (self);
  lk_reason_dialog_open (self->reason_dialog, self->reasons, self->current, verdict, input);
}

static void
emit_decide (LkReviewPage *self,
             LkSubmission *submission,
             LkVerdict     verdict,
             char        **reasons,
             const char   *note,
             const char   *input)
{
  g_signal_emit (self, signals[DECIDE], 0, submission, (int) verdict, reasons, note, input);
}

static void
on_reasons_confirmed (LkReviewPage *self)
{
  g_autoptr (LkSubmission) submission = g_object_ref (lk_reason_dialog_get_submission (self->reason_dialog));
  g_auto (GStrv) reasons = lk_reason_dialog_dup_reasons (self->reason_dialog);
  g_autofree char *note = lk_reason_dialog_dup_note (self->reason_dialog);
  g_autofree char *input = g_strdup (lk_reason_dialog_get_input (self->reason_dialog));

  close_reasons (self);
  emit_decide (self, submission, lk_reason_dialog_get_verdict (self->reason_dialog), reasons, note, input);
}

/* Deciding against a hard check needs a written note (rules.md section 3); a soft check fails only beyond its hard limits, so
 * every failure is a hard one. */
static gboolean
has_hard_failure (LkSubmission *submission)
{
  return lk_submission_get_worst (submission) == LK_OUTCOME_FAIL;
}

static void
on_approve (GtkWidget  *widget,
            const char *name,
            GVariant   *input)
{
  LkReviewPage *self = LK_REVIEW_PAGE (widget);
  char *no_reasons[] = { NULL };

  if (has_hard_failure (self->current))
    open_reasons (self, LK_VERDICT_APPROVE, g_variant_get_string (input, NULL));
  else if (!self->seen)
    lk_photo_area_say (self->area, _("The photo is not there yet; it is approved once you have seen it."));
  else
    emit_decide (self, self->current, LK_VERDICT_APPROVE, no_reasons, "", g_variant_get_string (input, NULL));
}

static void
on_with_reasons (GtkWidget  *widget,
                 const char *name,
                 GVariant   *input)
{
  LkVerdict verdict = LK_VERDICT_RETURN;

  if (g_str_equal (name, "review.reshoot"))
    verdict = LK_VERDICT_RESHOOT;
  else if (g_str_equal (name, "review.hold"))
    verdict = LK_VERDICT_HOLD;
  open_reasons (LK_REVIEW_PAGE (widget), verdict, g_variant_get_string (input, NULL));
}

/* One of the reviewer's own list: the picker opens with it chosen, under the verdict it usually has. */
static void
on_own_reason (GtkWidget  *widget,
               const char *name,
               GVariant   *code)
{
  LkReviewPage *self = LK_REVIEW_PAGE (widget);
  const LkReason *reason = lk_reason_catalogue_find (self->reasons, g_variant_get_string (code, NULL));
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  /* clicking does not move the focus to the word */
  gboolean by_key = focus != NULL && gtk_widget_get_ancestor (focus, LK_TYPE_OWN_LIST) != NULL;

  if (reason == NULL)
    return;
  gtk_stack_set_visible_child_name (self->side, "reasons");
  update_actions (self);
  lk_reason_dialog_open_own (self->reason_dialog, self->reasons, self->current, reason,
                             by_key ? "key" : "mouse");
}

static void
on_own_list (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  lk_check_panel_focus_own_list (LK_REVIEW_PAGE (widget)->checks);
}

static void
on_undo (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  g_signal_emit (widget, signals[UNDO], 0);
}

static void
on_refresh (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  g_signal_emit (widget, signals[REFRESH], 0);
}

static void
on_move (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  LkReviewPage *self = LK_REVIEW_PAGE (widget);
  guint position = lk_review_queue_get_position (self->queue);

  if (g_str_equal (name, "review.next-undecided"))
    lk_review_queue_advance (self->queue);
  else if (g_str_equal (name, "review.next"))
    lk_review_queue_set_position (self->queue, position + 1);
  else if (position > 0)
    lk_review_queue_set_position (self->queue, position - 1);
}

/* The photos around this one, then the small ones that come with the next. */
static void
prefetch (LkReviewPage *self)
{
  guint position = lk_review_queue_get_position (self->queue);

  if (g_list_model_get_n_items (G_LIST_MODEL (self->queue)) == 0)
    return;
  lk_photo_area_prefetch (self->area, self->queue, position);
  lk_reference_panel_prefetch (self->references, self->textures, self->queue, position + 1);
}

static void
on_box_changed (LkReviewPage *self)
{
  if (self->queue != NULL)
    prefetch (self);
}

static void
on_painted (LkReviewPage *self)
{
  if (self->current == NULL)
    return;
  self->seen = TRUE;
  g_signal_emit (self, signals[SHOWN], 0, self->current);
  prefetch (self);
}

static void
on_pointed_changed (LkReviewPage *self)
{
  lk_photo_area_set_pointed (self->area, lk_check_panel_get_pointed (self->checks));
}

static void
on_earlier_wanted (LkReviewPage *self,
                   LkSubmission *submission)
{
  g_signal_emit (self, signals[EARLIER_WANTED], 0, submission);
}

void
lk_review_page_set_earlier (LkReviewPage *self,
                            LkSubmission *submission,
                            GPtrArray    *earlier)
{
  g_return_if_fail (LK_IS_REVIEW_PAGE (self));

  lk_photo_area_set_earlier (self->area, submission, earlier);
}

/* The page has the switches of its photo area: there its actions find them. */
static void
on_area_property (LkReviewPage *self,
                  GParamSpec   *pspec)
{
  for (guint i = PROP_SHOW_GRID; i < N_PROPS; i++)
    if (g_str_equal (pspec->name, props[i]->name))
      g_object_notify_by_pspec (G_OBJECT (self), props[i]);
}

static gboolean
show_end_page (gpointer user_data)
{
  LkReviewPage *self = user_data;
  LkSyncState state = self->sync != NULL ? lk_sync_get_state (self->sync) : LK_SYNC_SYNCED;
  const LkQueueFilter *filter = self->sync != NULL ? lk_sync_get_filter (self->sync) : NULL;
  const LkQueueFigures *campus = self->sync != NULL ? lk_sync_get_figures (self->sync) : NULL;
  LkEndFigures figures = {
    .n_today = self->n_today,
    .median_ms = self->median_ms,
    .n_waiting = self->sync != NULL ? lk_sync_get_n_waiting (self->sync) : 0,
    .n_undecided = self->queue != NULL ? lk_review_queue_get_n_undecided (self->queue) : 0,
    .pending = self->sync != NULL ? lk_sync_get_pending (self->sync) : -1,
    .is_part = filter != NULL && lk_queue_filter_narrows (filter),
    .second = filter != NULL && filter->second,
    .held = campus != NULL ? campus->held : 0,
    .second_review = campus != NULL ? campus->second_review : 0,
    .next_due = campus != NULL ? campus->next_due : 0,
    .closes_at = campus != NULL ? campus->closes_at : 0,
    .opens_at = campus != NULL ? campus->opens_at : 0,
  };

  self->patience_id = 0;
  lk_end_page_show (self->end_page, lk_end_kind (state, &figures), &figures);
  return G_SOURCE_REMOVE;
}

/* At the start the first photos come within a moment: until then the place stays empty instead of flashing a sentence. */
static void
show_no_photo (LkReviewPage *self)
{
  gboolean had_focus = gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;

  gtk_stack_set_visible_child_name (self->middle, "end");
  gtk_widget_set_visible (GTK_WIDGET (self->side), FALSE);
  if (had_focus)
    gtk_widget_grab_focus (GTK_WIDGET (self));
  g_clear_handle_id (&self->patience_id, g_source_remove);
  if (self->queue == NULL || g_list_model_get_n_items (G_LIST_MODEL (self->queue)) > 0)
    {
      show_end_page (self);
      return;
    }
  lk_end_page_clear (self->end_page);
  self->patience_id = g_timeout_add (PATIENCE_MS, show_end_page, self);
}

static void
say_decision_of_current (LkReviewPage *self)
{
  LkDecision *decision = lk_submission_get_decision (self->current);
  g_autofree char *text = NULL;

  if (decision == NULL)
    {
      lk_decision_bar_say (self->decisions, NULL);
      return;
    }
  /* Translators: shown for a photo decided earlier; %s is a verdict: "You decided: Approved." */
  text = g_strdup_printf (_("You decided: %s."), lk_verdict_get_short (lk_decision_get_verdict (decision)));
  lk_decision_bar_say (self->decisions, text);
}

static void
show_photo (LkReviewPage *self)
{
  gboolean was_elsewhere = !gtk_widget_get_visible (GTK_WIDGET (self->side));

  g_clear_handle_id (&self->patience_id, g_source_remove);
  gtk_stack_set_visible_child_name (self->middle, "photo");
  gtk_widget_set_visible (GTK_WIDGET (self->side), TRUE);
  if (was_elsewhere)
    gtk_widget_grab_focus (GTK_WIDGET (self));
  lk_student_header_set_submission (self->student, self->current, g_get_real_time ());
  lk_reference_panel_set_submission (self->references, self->textures, self->current);
  lk_check_panel_set_checks (self->checks, lk_submission_get_checks (self->current));
  lk_check_panel_set_measures (self->checks, lk_submission_get_measures (self->current));
  lk_decision_bar_set_unsure (self->decisions, lk_submission_get_unsure (self->current));
  say_decision_of_current (self);
}

static void
show_position (LkReviewPage *self)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->queue));
  guint position = MIN (lk_review_queue_get_position (self->queue) + 1, n_items);

  lk_photo_area_show_position (self->area, position, n_items);
}

static void
show_current (LkReviewPage *self)
{
  LkSubmission *current = self->queue != NULL ? lk_review_queue_get_current (self->queue) : NULL;

  if (g_set_object (&self->current, current))
    self->seen = FALSE;
  if (is_choosing_reasons (self) && lk_reason_dialog_get_submission (self->reason_dialog) != current)
    close_reasons (self);
  lk_photo_area_set_submission (self->area, current);
  if (current != NULL)
    show_photo (self);
  else
    show_no_photo (self);
  if (self->queue != NULL)
    show_position (self);
  update_actions (self);
}

static void
on_items_changed (LkReviewPage *self)
{
  show_position (self);
  if (self->current != NULL)
    prefetch (self);
  else if (self->patience_id == 0)
    show_end_page (self);
}

static void
on_sync_changed (LkReviewPage *self)
{
  if (self->current == NULL && self->patience_id == 0)
    show_end_page (self);
}

static void
leave_work (LkReviewPage *self)
{
  if (self->queue != NULL)
    g_signal_handlers_disconnect_by_data (self->queue, self);
  if (self->sync != NULL)
    g_signal_handlers_disconnect_by_data (self->sync, self);
  g_clear_handle_id (&self->patience_id, g_source_remove);
  lk_filmstrip_set_queue (self->filmstrip, NULL, NULL);
  lk_queue_bar_set_sync (self->queue_bar, NULL, NULL);
  lk_photo_area_set_submission (self->area, NULL);
  lk_photo_area_set_textures (self->area, NULL);
  lk_photo_area_set_reasons (self->area, NULL);
  lk_check_panel_set_reasons (self->checks, NULL);
  g_clear_object (&self->queue);
  g_clear_object (&self->textures);
  g_clear_object (&self->sync);
  g_clear_object (&self->current);
  g_clear_pointer (&self->reasons, lk_reason_catalogue_unref);
}

void
lk_review_page_set_spec (LkReviewPage *self,
                         const LkSpec *spec)
{
  g_return_if_fail (LK_IS_REVIEW_PAGE (self));

  lk_photo_area_set_spec (self->area, spec);
}

void
lk_review_page_set_work (LkReviewPage      *self,
                         LkReviewQueue     *queue,
                         LkTextures        *textures,
                         LkReasonCatalogue *reasons,
                         LkSync            *sync)
{
  g_return_if_fail (LK_IS_REVIEW_PAGE (self));

  leave_work (self);
  if (queue != NULL)
    {
      self->queue = g_object_ref (queue);
      self->textures = g_object_ref (textures);
      self->reasons = lk_reason_catalogue_ref (reasons);
      g_set_object (&self->sync, sync);
      lk_photo_area_set_textures (self->area, textures);
      lk_photo_area_set_reasons (self->area, reasons);
      lk_check_panel_set_reasons (self->checks, reasons);
      lk_filmstrip_set_queue (self->filmstrip, queue, textures);
      g_signal_connect_swapped (queue, "notify::current", G_CALLBACK (show_current), self);
      g_signal_connect_swapped (queue, "items-changed", G_CALLBACK (on_items_changed), self);
      if (sync != NULL)
        {
          g_signal_connect_swapped (sync, "notify", G_CALLBACK (on_sync_changed), self);
          lk_queue_bar_set_sync (self->queue_bar, sync, reasons);
        }
    }
  show_current (self);
}

void
lk_review_page_decided (LkReviewPage *self,
                        LkSubmission *submission)
{
  LkDecision *decision = lk_submission_get_decision (submission);
  g_autofree char *undo = lk_key_map_dup_text (lk_key_map_get_default (), "review.undo");
  g_autofree char *text = NULL;

  g_return_if_fail (LK_IS_REVIEW_PAGE (self));

  if (decision == NULL)
    return;
  /* Translators: verdict, masked name and key: "Approved: 张*. Ctrl+Z takes it back." */
  text = g_strdup_printf (_("%s: %s. %s takes it back."), lk_verdict_get_short (lk_decision_get_verdict (decision)),
                          lk_submission_get_name (submission), undo);
  lk_decision_bar_say (self->decisions, text);
  update_actions (self);
}

void
lk_review_page_undone (LkReviewPage *self,
                       LkSubmission *submission)
{
  g_autofree char *text = NULL;

  g_return_if_fail (LK_IS_REVIEW_PAGE (self));

  /* Translators: %s is a masked name */
  text = g_strdup_printf (_("The decision on %s was taken back."), lk_submission_get_name (submission));
  lk_decision_bar_say (self->decisions, text);
  update_actions (self);
}

void
lk_review_page_lost (LkReviewPage *self,
                     LkSubmission *submission)
{
  g_autofree char *text = NULL;

  g_return_if_fail (LK_IS_REVIEW_PAGE (self));

  /* Translators: %s is a masked name */
  text = g_strdup_printf (_("%s left your queue: somebody else has this photo now."), lk_submission_get_name (submission));
  lk_decision_bar_say (self->decisions, text);
}

void
lk_review_page_failed (LkReviewPage *self,
                       const GError *error)
{
  g_return_if_fail (LK_IS_REVIEW_PAGE (self));

  lk_decision_bar_warn (self->decisions, lk_error_text_for (error));
}

void
lk_review_page_set_can_undo (LkReviewPage *self,
                             gboolean      can_undo)
{
  g_return_if_fail (LK_IS_REVIEW_PAGE (self));

  self->can_undo = can_undo;
  update_actions (self);
}

void
lk_review_page_set_figures (LkReviewPage *self,
                            guint         n_today,
                            int           median_ms)
{
  g_return_if_fail (LK_IS_REVIEW_PAGE (self));

  self->n_today = n_today;
  self->median_ms = median_ms;
  if (self->current == NULL && self->patience_id == 0)
    show_end_page (self);
}

const char *
lk_review_page_get_status (LkReviewPage *self)
{
  g_return_val_if_fail (LK_IS_REVIEW_PAGE (self), NULL);

  return lk_decision_bar_get_text (self->decisions);
}

/* The photo, so that single letters decide; the page itself where there is none. */
static gboolean
lk_review_page_grab_focus (GtkWidget *widget)
{
  LkReviewPage *self = LK_REVIEW_PAGE (widget);

  if (self->current != NULL)
    return gtk_widget_grab_focus (GTK_WIDGET (self->area));
  return GTK_WIDGET_CLASS (lk_review_page_parent_class)->grab_focus (widget);
}

static void
lk_review_page_get_property (GObject    *object,
                             guint       id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  LkReviewPage *self = LK_REVIEW_PAGE (object);

  switch (id)
    {
    case PROP_SHOW_GRID:
    case PROP_SHOW_LOUPE:
    case PROP_COMPARING:
      g_object_get_property (G_OBJECT (self->area), pspec->name, value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lk_review_page_set_property (GObject      *object,
                             guint         id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  LkReviewPage *self = LK_REVIEW_PAGE (object);

  switch (id)
    {
    case PROP_SHOW_GRID:
    case PROP_SHOW_LOUPE:
    case PROP_COMPARING:
      g_object_set_property (G_OBJECT (self->area), pspec->name, value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lk_review_page_dispose (GObject *object)
{
  LkReviewPage *self = LK_REVIEW_PAGE (object);

  if (self->filmstrip != NULL)
    leave_work (self);
  lk_template_dispose (GTK_WIDGET (self), LK_TYPE_REVIEW_PAGE);

  G_OBJECT_CLASS (lk_review_page_parent_class)->dispose (object);
}

static void
get_sorting_place (GtkWidget      *page,
                   LkSortingPlace *place)
{
  LkReviewPage *self = LK_REVIEW_PAGE (page);

  *place = (LkSortingPlace) { self->queue_bar, self->decisions, self->sync, self->current };
}

static LkPhotoArea *
get_area (GtkWidget *page)
{
  return LK_REVIEW_PAGE (page)->area;
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "review.approve", "s", on_approve);
  gtk_widget_class_install_action (widget_class, "review.return", "s", on_with_reasons);
  gtk_widget_class_install_action (widget_class, "review.reshoot", "s", on_with_reasons);
  gtk_widget_class_install_action (widget_class, "review.hold", "s", on_with_reasons);
  gtk_widget_class_install_action (widget_class, "review.own-reason", "s", on_own_reason);
  gtk_widget_class_install_action (widget_class, "review.own-list", NULL, on_own_list);
  gtk_widget_class_install_action (widget_class, "review.undo", NULL, on_undo);
  gtk_widget_class_install_action (widget_class, "review.next", NULL, on_move);
  gtk_widget_class_install_action (widget_class, "review.previous", NULL, on_move);
  gtk_widget_class_install_action (widget_class, "review.next-undecided", NULL, on_move);
  gtk_widget_class_install_action (widget_class, "review.refresh", NULL, on_refresh);
  lk_review_looking_install (widget_class, get_area);
  lk_review_sorting_install (widget_class, get_sorting_place);
}

static void
install_signals (void)
{
  signals[DECIDE] = g_signal_new ("decide", LK_TYPE_REVIEW_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 5, LK_TYPE_SUBMISSION, G_TYPE_INT, G_TYPE_STRV, G_TYPE_STRING, G_TYPE_STRING);
  signals[UNDO] = g_signal_new ("undo", LK_TYPE_REVIEW_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SHOWN] = g_signal_new ("shown", LK_TYPE_REVIEW_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, LK_TYPE_SUBMISSION);
  signals[EARLIER_WANTED] = g_signal_new ("earlier-wanted", LK_TYPE_REVIEW_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, LK_TYPE_SUBMISSION);
  signals[REFRESH] = g_signal_new ("refresh", LK_TYPE_REVIEW_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/likeness/Likeness/ui/review-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LkReviewPage, queue_bar);
  gtk_widget_class_bind_template_child (widget_class, LkReviewPage, filmstrip);
  gtk_widget_class_bind_template_child (widget_class, LkReviewPage, middle);
  gtk_widget_class_bind_template_child (widget_class, LkReviewPage, area);
  gtk_widget_class_bind_template_child (widget_class, LkReviewPage, end_page);
  gtk_widget_class_bind_template_child (widget_class, LkReviewPage, side);
  gtk_widget_class_bind_template_child (widget_class, LkReviewPage, student);
  gtk_widget_class_bind_template_child (widget_class, LkReviewPage, references);
  gtk_widget_class_bind_template_child (widget_class, LkReviewPage, checks);
  gtk_widget_class_bind_template_child (widget_class, LkReviewPage, decisions);
  gtk_widget_class_bind_template_child (widget_class, LkReviewPage, reason_dialog);
  gtk_widget_class_bind_template_callback (widget_class, on_reasons_confirmed);
  gtk_widget_class_bind_template_callback (widget_class, close_reasons);
}

static void
lk_review_page_class_init (LkReviewPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = lk_review_page_dispose;
  object_class->get_property = lk_review_page_get_property;
  object_class->set_property = lk_review_page_set_property;
  widget_class->grab_focus = lk_review_page_grab_focus;

  props[PROP_SHOW_GRID] = g_param_spec_boolean ("show-grid", NULL, NULL, TRUE, flags);
  props[PROP_SHOW_LOUPE] = g_param_spec_boolean ("show-loupe", NULL, NULL, FALSE, flags);
  props[PROP_COMPARING] = g_param_spec_boolean ("comparing", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  install_signals ();

  g_type_ensure (LK_TYPE_CHECK_PANEL);
  g_type_ensure (LK_TYPE_DECISION_BAR);
  g_type_ensure (LK_TYPE_END_PAGE);
  g_type_ensure (LK_TYPE_FILMSTRIP);
  g_type_ensure (LK_TYPE_PHOTO_AREA);
  g_type_ensure (LK_TYPE_QUEUE_BAR);
  g_type_ensure (LK_TYPE_REASON_DIALOG);
  g_type_ensure (LK_TYPE_REFERENCE_PANEL);
  g_type_ensure (LK_TYPE_STUDENT_HEADER);
  bind_template (widget_class);
  install_actions (widget_class);
}

static void
lk_review_page_init (LkReviewPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->area, "painted", G_CALLBACK (on_painted), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->area, "earlier-wanted", G_CALLBACK (on_earlier_wanted), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->area, "notify", G_CALLBACK (on_area_property), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->area, "box-changed", G_CALLBACK (on_box_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->checks, "notify::pointed", G_CALLBACK (on_pointed_changed), self, G_CONNECT_SWAPPED);
  lk_key_map_attach (lk_key_map_get_default (), GTK_WIDGET (self));
  lk_key_hints_follow (GTK_WIDGET (self));
  show_current (self);
}

GtkWidget *
lk_review_page_new (void)
{
  return g_object_new (LK_TYPE_REVIEW_PAGE, NULL);
}
