/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/window-private.h"

#include <glib/gi18n.h>

#include "ui/accessible-name.h"
#include "ui/error-text.h"
#include "ui/key-map.h"

G_DEFINE_FINAL_TYPE (LkReviewWindow, lk_review_window, ADW_TYPE_APPLICATION_WINDOW)

/* Who works here, and how many photos wait beyond those on this workstation. */
static void
show_title (LkReviewWindow *self)
{
  int pending = self->review != NULL ? lk_sync_get_pending (lk_review_get_sync (self->review)) : 0;
  const char *name = self->user != NULL ? lk_account_get_name (self->account) : "";
  g_autofree char *subtitle = NULL;

  if (pending > 0)
    /* Translators: the reviewer's name and how many photos wait in the campus queue: "林老师 · 108 more waiting" */
    subtitle = g_strdup_printf (ngettext ("%s · %d more waiting", "%s · %d more waiting", pending), name, pending);
  if (self->review != NULL)
    adw_window_title_set_title (self->title, _("Photo review"));
  else
    adw_window_title_set_title (self->title, lk_view_switch_has (self->view_switch, LK_VIEW_TICKETS) ? _("Requests") : _("Likeness"));
  adw_window_title_set_subtitle (self->title, subtitle != NULL ? subtitle : name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->view_switch), name);
  lk_view_switch_set_count (self->view_switch, LK_VIEW_REVIEW, pending);
}

static void
show_conflicts_button (LkReviewWindow *self)
{
  GListModel *conflicts = lk_sync_get_conflicts (lk_review_get_sync (self->review));
  guint n = g_list_model_get_n_items (conflicts);
  /* Translators: button in the header: so many decisions were not taken by the service */
  g_autofree char *text = g_strdup_printf (ngettext ("%u not taken", "%u not taken", n), n);

  gtk_button_set_label (self->conflicts_button, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->conflicts_button), _("Decisions that were not taken (Ctrl+E)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->conflicts_button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_set_visible (GTK_WIDGET (self->conflicts_button), n > 0);
}

static void
on_can_undo_changed (LkReviewWindow *self)
{
  lk_review_page_set_can_undo (self->review_page, lk_review_get_can_undo (self->review));
}

static void
show_figures (LkReviewWindow *self)
{
  LkOwnFigures figures;

  lk_review_get_figures (self->review, &figures);
  lk_review_page_set_figures (self->review_page, figures.n_today, figures.median_ms);
}

/* A gentle word; nothing waits for an answer. */
static void
on_notice (LkReview       *review,
           int             notice,
           LkReviewWindow *self)
{
  const char *text = notice == LK_PACE_PAUSE
                       ? _("You have worked for a long time without a pause. A few minutes away from the screen help the eyes.")
                       : _("The last questions of identity were decided very fast. Look at both faces once more.");
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_timeout (toast, 12);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
on_decided (LkReview       *review,
            LkSubmission   *submission,
            LkReviewWindow *self)
{
  lk_review_page_decided (self->review_page, submission);
  if (lk_review_queue_get_current (lk_review_get_queue (review)) == NULL)
    show_figures (self);
}

static void
on_undone (LkReview       *review,
           LkSubmission   *submission,
           LkReviewWindow *self)
{
  lk_review_page_undone (self->review_page, submission);
}

static void
on_lost (LkSync         *sync,
         LkSubmission   *submission,
         LkReviewWindow *self)
{
  lk_review_page_lost (self->review_page, submission);
}

static void
on_failed (LkReview       *review,
           int             code,
           const char     *message,
           LkReviewWindow *self)
{
  g_autoptr (GError) error = g_error_new_literal (LK_ERROR, code, message);

  lk_review_page_failed (self->review_page, error);
}

static void
on_decide (LkReviewPage       *page,
           LkSubmission       *submission,
           int                 verdict,
           const char *const  *reasons,
           const char         *note,
           const char         *input,
           LkReviewWindow     *self)
{
  g_autoptr (GError) error = NULL;

  if (self->review == NULL || lk_review_decide (self->review, submission, verdict, reasons, note, input, &error))
    return;
  /* a key held down: the first press is being written, the others mean nothing */
  if (!g_error_matches (error, LK_ERROR, LK_ERROR_STATE))
    lk_review_page_failed (page, error);
}

/* Who asked for earlier photos, and of whose student. */
typedef struct
{
  LkReviewPage *page;
  LkSubmission *submission;
} EarlierQuestion;

/* Without a network there is just less to compare with; the header says the rest. */
static void
on_earlier (GObject      *review,
            GAsyncResult *result,
            gpointer      user_data)
{
  EarlierQuestion *question = user_data;
  g_autoptr (GPtrArray) earlier = lk_review_earlier_finish (LK_REVIEW (review), result, NULL);

  if (earlier != NULL)
    lk_review_page_set_earlier (question->page, question->submission, earlier);
  g_object_unref (question->page);
  g_object_unref (question->submission);
  g_free (question);
}

static void
on_earlier_wanted (LkReviewPage   *page,
                   LkSubmission   *submission,
                   LkReviewWindow *self)
{
  EarlierQuestion *question;

  if (self->review == NULL)
    return;
  question = g_new0 (EarlierQuestion, 1);
  question->page = g_object_ref (page);
  question->submission = g_object_ref (submission);
  lk_review_earlier_async (self->review, submission, NULL, on_earlier, question);
}

static void
on_undo (LkReviewWindow *self)
{
  if (self->review != NULL)
    lk_review_undo (self->review);
}

static void
on_shown (LkReviewPage   *page,
          LkSubmission   *submission,
          LkReviewWindow *self)
{
  if (self->review != NULL)
    lk_review_shown (self->review, submission);
}

static void
on_refresh (LkReviewWindow *self)
{
  if (self->review != NULL)
    lk_sync_poke (lk_review_get_sync (self->review));
}

static void
follow_review (LkReviewWindow *self)
{
  LkSync *sync = lk_review_get_sync (self->review);

  g_signal_connect_object (self->review, "decided", G_CALLBACK (on_decided), self, 0);
  g_signal_connect_object (self->review, "undone", G_CALLBACK (on_undone), self, 0);
  g_signal_connect_object (self->review, "failed", G_CALLBACK (on_failed), self, 0);
  g_signal_connect_object (self->review, "notify::can-undo", G_CALLBACK (on_can_undo_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sync, "notify::pending", G_CALLBACK (show_title), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sync, "lost", G_CALLBACK (on_lost), self, 0);
  g_signal_connect_object (lk_sync_get_conflicts (sync), "items-changed", G_CALLBACK (show_conflicts_button), self,
                           G_CONNECT_SWAPPED);
  lk_sync_button_set_sync (self->sync_button, sync);
  lk_conflicts_page_set_sync (self->conflicts_page, sync);
  lk_review_page_set_spec (self->review_page, lk_review_get_spec (self->review));
  lk_review_page_set_work (self->review_page, lk_review_get_queue (self->review), self->textures,
                           lk_review_get_reasons (self->review), sync);
  lk_today_page_set_review (self->today_page, self->review);
  lk_agreement_page_set_review (self->agreement_page, self->review);
  lk_sheet_page_set_review (self->sheet_page, self->review, self->textures);
  lk_figures_button_set_review (self->figures_button, self->review);
  g_signal_connect_object (self->review, "notice", G_CALLBACK (on_notice), self, 0);
  show_figures (self);
  on_can_undo_changed (self);
  show_conflicts_button (self);
}

static void
set_lease_size (LkReviewWindow *self)
{
  if (self->review != NULL && self->settings != NULL)
    lk_sync_set_lease_size (lk_review_get_sync (self->review), (guint) g_settings_get_int (self->settings, "lease-size"));
}

/* Decisions of before that nobody can read here are not forgotten in silence. */
static void
tell_locked (LkReviewWindow *self)
{
  g_autoptr (GError) error = NULL;

  if (lk_review_get_n_locked (self->review) == 0)
    return;
  error = g_error_new_literal (LK_ERROR, LK_ERROR_LOCKED, "earlier decisions are locked");
  lk_review_page_failed (self->review_page, error);
}

/* The review goes on in this window; takes the reference. */
static void
take_review (LkReviewWindow *self,
             LkReview       *review)
{
  self->review = review;
  self->textures = lk_textures_new_for_loader (lk_review_get_loader (self->review));
  follow_review (self);
  self->notices = lk_notices_new (GTK_WINDOW (self), review, self->settings);
  set_lease_size (self);
  show_title (self);
  gtk_widget_set_visible (GTK_WIDGET (self->sync_button), TRUE);
  tell_locked (self);
}

/* The review without the window; NULL when there is none. */
static LkReview *
give_review (LkReviewWindow *self)
{
  if (self->review == NULL)
    return NULL;
  g_clear_object (&self->notices);
  g_signal_handlers_disconnect_by_data (lk_sync_get_conflicts (lk_review_get_sync (self->review)), self);
  g_signal_handlers_disconnect_by_data (lk_review_get_sync (self->review), self);
  g_signal_handlers_disconnect_by_data (self->review, self);
  lk_sync_button_set_sync (self->sync_button, NULL);
  lk_conflicts_page_set_sync (self->conflicts_page, NULL);
  lk_today_page_set_review (self->today_page, NULL);
  lk_agreement_page_set_review (self->agreement_page, NULL);
  lk_sheet_page_set_review (self->sheet_page, NULL, NULL);
  lk_figures_button_set_review (self->figures_button, NULL);
  lk_review_page_set_work (self->review_page, NULL, NULL, NULL, NULL);
  lk_review_page_set_spec (self->review_page, self->spec);
  lk_textures_clear (self->textures);
  g_clear_object (&self->textures);
  return g_steal_pointer (&self->review);
}

/* Nothing of a person stays in memory or on the screen. */
static void
leave_work (LkReviewWindow *self)
{
  LkReview *review = give_review (self);

  if (self->user == NULL)
    return;
  g_clear_object (&review);
  g_clear_pointer (&self->user, g_free);
  lk_desk_views_end (self->desk_views);
  gtk_widget_set_visible (GTK_WIDGET (self->sync_button), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->conflicts_button), FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.sign-out", FALSE);
  lk_review_window_set_pages_enabled (self, FALSE);
  show_title (self);
  gtk_stack_set_visible_child_name (self->pages, "sign-in");
  gtk_widget_grab_focus (GTK_WIDGET (self->sign_in_page));
}

static void
show_view (LkReviewWindow *self,
           LkView          view)
{
  lk_review_window_set_pages_enabled (self, view == LK_VIEW_REVIEW);
  lk_view_switch_show (self->view_switch, view);
  gtk_stack_set_visible_child_name (self->pages, lk_view_name (view));
  gtk_widget_grab_focus (gtk_stack_get_visible_child (self->pages));
}

static void
show_review (LkReviewWindow *self)
{
  show_view (self, LK_VIEW_REVIEW);
}

static void
on_view_chosen (LkViewSwitch   *view_switch,
                int             view,
                LkReviewWindow *self)
{
  show_view (self, (LkView) view);
}

/* By its key. */
static void
choose_view (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  LkReviewWindow *self = LK_REVIEW_WINDOW (widget);
  LkView view = (LkView) g_variant_get_int32 (parameter);

  if (lk_view_switch_has (self->view_switch, view))
    show_view (self, view);
}

static void
on_review_open (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (LkReviewWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  LkReview *review = lk_review_open_finish (result, &error);

  self->opening = FALSE;
  if (self->account == NULL)
    {
      g_clear_object (&review);   /* the window is closed */
      return;
    }
  if (review != NULL)
    {
      take_review (self, review);
      show_review (self);
      return;
    }
  g_warning ("the review could not start: %s", error->message);
  lk_sign_in_page_say (self->sign_in_page, lk_error_text_for (error), TRUE);
}

/* The same person again after a session has ended goes on where the work was; another one starts afresh. */
static void
enter_work (LkReviewWindow *self)
{
  g_autoptr (GError) error = NULL;

  if (g_strcmp0 (self->user, lk_account_get_user (self->account)) != 0)
    leave_work (self);
  if (!lk_desk_views_begin (self->desk_views, self->account, &error))
    {
      g_warning ("the work could not start: %s", error->message);
      lk_sign_in_page_say (self->sign_in_page, lk_error_text_for (error), TRUE);
      return;
    }
  g_free (self->user);
  self->user = g_strdup (lk_account_get_user (self->account));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.sign-out", TRUE);
  if (self->review != NULL || !lk_view_switch_has (self->view_switch, LK_VIEW_REVIEW))
    {
      show_title (self);
      show_view (self, lk_view_switch_get_first (self->view_switch));
      return;
    }
  if (self->opening)
    return;
  self->opening = TRUE;
  lk_review_open_async (self->account, on_review_open, g_object_ref (self));
}

static void
remember_address (LkReviewWindow *self)
{
  if (self->settings == NULL || self->by_itself)
    return;
  g_settings_set_string (self->settings, "service", lk_sign_in_page_get_service (self->sign_in_page));
  g_settings_set_string (self->settings, "user", lk_sign_in_page_get_user (self->sign_in_page));
}

static void
ask_passphrase (LkReviewWindow *self,
                gboolean        needed)
{
  gtk_stack_set_visible_child_name (self->pages, "passphrase");
  lk_passphrase_page_ask (self->passphrase_page, self->account, needed);
}

/* Whether the reviewer is asked for a passphrase before she goes on. */
static gboolean
wants_passphrase (LkReviewWindow *self)
{
  if (self->review != NULL)
    return FALSE;
  switch (lk_account_get_lock (self->account))
    {
    case LK_ACCOUNT_LOCK_LOCKED:
      return TRUE;
    case LK_ACCOUNT_LOCK_NEW:
      return !self->by_itself && (self->settings == NULL || g_settings_get_boolean (self->settings, "ask-passphrase"));
    case LK_ACCOUNT_LOCK_NONE:
    default:
      return FALSE;
    }
}

static void
on_signed_in (LkReviewWindow *self)
{
  remember_address (self);
  if (wants_passphrase (self))
    ask_passphrase (self, FALSE);
  else
    enter_work (self);
}

/* The service is away, and the session that is kept here is locked. */
static void
on_locked (LkReviewWindow *self)
{
  ask_passphrase (self, TRUE);
}

static void
on_passphrase_done (LkReviewWindow *self)
{
  if (lk_account_get_signed_in (self->account))
    {
      if (!lk_passphrase_page_get_opened (self->passphrase_page) && self->settings != NULL
          && lk_account_get_lock (self->account) == LK_ACCOUNT_LOCK_NEW)
        g_settings_set_boolean (self->settings, "ask-passphrase", FALSE);
      enter_work (self);
      return;
    }
  gtk_stack_set_visible_child_name (self->pages, "sign-in");
  lk_sign_in_page_sign_in (self->sign_in_page);
}

static void
on_service_found (LkFirstPage    *page,
                  const char     *address,
                  LkReviewWindow *self)
{
  if (self->settings != NULL)
    g_settings_set_string (self->settings, "service", address);
  lk_sign_in_page_fill (self->sign_in_page, address, NULL, NULL);
  gtk_stack_set_visible_child_name (self->pages, "sign-in");
  gtk_widget_grab_focus (GTK_WIDGET (self->sign_in_page));
}

/* The service ended the session: nothing of the photos stays in sight, and nothing of the work is lost. */
static void
on_account_changed (LkReviewWindow *self)
{
  if (lk_account_get_signed_in (self->account) || self->user == NULL)
    return;
  lk_review_window_set_pages_enabled (self, FALSE);
  lk_view_switch_set_views (self->view_switch, 0);
  show_title (self);
  gtk_stack_set_visible_child_name (self->pages, "sign-in");
  lk_sign_in_page_say (self->sign_in_page, lk_error_text (LK_ERROR_SIGNED_OUT), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->sign_in_page));
}

static void
on_signed_out (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (LkReviewWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!lk_account_sign_out_finish (LK_ACCOUNT (source), result, &error))
    g_message ("sign-out: %s", error->message);
  lk_sign_in_page_say (self->sign_in_page, NULL, FALSE);
}

static void
sign_out (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  LkReviewWindow *self = LK_REVIEW_WINDOW (widget);

  leave_work (self);
  lk_account_sign_out_async (self->account, NULL, on_signed_out, g_object_ref (self));
}

static void
close_page (LkReviewWindow *self)
{
  show_review (self);
}

GtkWidget *
lk_review_window_renew (LkReviewWindow *old)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (old));
  GtkWidget *widget = lk_review_window_new (application, old->account, old->spec, old->settings);
  LkReviewWindow *self = LK_REVIEW_WINDOW (widget);
  g_autofree char *page = g_strdup (gtk_stack_get_visible_child_name (old->pages));
  LkReview *review = give_review (old);

  self->by_itself = old->by_itself;
  lk_sign_in_page_fill (self->sign_in_page, lk_sign_in_page_get_service (old->sign_in_page),
                        lk_sign_in_page_get_user (old->sign_in_page), NULL);
  if (review != NULL)
    take_review (self, review);
  if (lk_account_get_signed_in (self->account) && lk_desk_views_begin (self->desk_views, self->account, NULL))
    {
      self->user = g_strdup (old->user);
      gtk_widget_action_set_enabled (widget, "win.sign-out", TRUE);
      show_title (self);
    }
  lk_review_window_set_pages_enabled (self, review != NULL && !g_str_equal (page, "sign-in"));
  gtk_stack_set_visible_child_name (self->pages, g_str_equal (page, "passphrase") ? "sign-in" : page);
  gtk_window_present (GTK_WINDOW (self));
  gtk_window_destroy (GTK_WINDOW (old));
  gtk_widget_grab_focus (gtk_stack_get_visible_child (self->pages));
  return widget;
}

/* What the program was called with counts more than what was used last. */
static void
fill_from_settings (LkReviewWindow *self,
                    const char    **service,
                    const char    **user,
                    char          **kept_service,
                    char          **kept_user)
{
  if (self->settings == NULL)
    return;
  *kept_service = g_settings_get_string (self->settings, "service");
  *kept_user = g_settings_get_string (self->settings, "user");
  if (*service == NULL && **kept_service != '\0')
    *service = *kept_service;
  if (*user == NULL && **kept_user != '\0')
    *user = *kept_user;
}

void
lk_review_window_start (LkReviewWindow *self,
                        const char     *service,
                        const char     *user,
                        const char     *password)
{
  g_autofree char *kept_service = NULL;
  g_autofree char *kept_user = NULL;

  g_return_if_fail (LK_IS_REVIEW_WINDOW (self));

  self->by_itself = password != NULL;
  fill_from_settings (self, &service, &user, &kept_service, &kept_user);
  lk_sign_in_page_fill (self->sign_in_page, service, user, password);
  gtk_stack_set_visible_child_name (self->pages, service != NULL ? "sign-in" : "first");
  gtk_widget_grab_focus (gtk_stack_get_visible_child (self->pages));
  if (password != NULL)
    lk_sign_in_page_sign_in (self->sign_in_page);
}

static void
lk_review_window_dispose (GObject *object)
{
  LkReviewWindow *self = LK_REVIEW_WINDOW (object);

  if (self->account != NULL)
    g_signal_handlers_disconnect_by_data (self->account, self);
  if (self->settings != NULL)
    g_signal_handlers_disconnect_by_data (self->settings, self);
  g_clear_object (&self->settings);
  g_clear_object (&self->notices);
  if (self->review != NULL)
    g_signal_handlers_disconnect_by_data (self->review, self);
  g_clear_object (&self->textures);
  g_clear_object (&self->review);
  g_clear_object (&self->account);
  g_clear_object (&self->desk_views);
  g_clear_pointer (&self->user, g_free);
  g_clear_weak_pointer (&self->help);

  G_OBJECT_CLASS (lk_review_window_parent_class)->dispose (object);
}

static void
lk_review_window_class_init (LkReviewWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lk_review_window_dispose;

  g_type_ensure (LK_TYPE_AGREEMENT_PAGE);
  g_type_ensure (LK_TYPE_CLASS_PAGE);
  g_type_ensure (LK_TYPE_CONFLICTS_PAGE);
  g_type_ensure (LK_TYPE_FIRST_PAGE);
  g_type_ensure (LK_TYPE_PASSPHRASE_PAGE);
  g_type_ensure (LK_TYPE_FIGURES_BUTTON);
  g_type_ensure (LK_TYPE_SHEET_PAGE);
  g_type_ensure (LK_TYPE_TODAY_PAGE);
  g_type_ensure (LK_TYPE_REVIEW_PAGE);
  g_type_ensure (LK_TYPE_SIGN_IN_PAGE);
  g_type_ensure (LK_TYPE_SYNC_BUTTON);
  g_type_ensure (LK_TYPE_TICKET_PAGE);
  g_type_ensure (LK_TYPE_VIEW_SWITCH);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/likeness/Likeness/ui/window.ui");
  gtk_widget_class_bind_template_child (widget_class, LkReviewWindow, title);
  gtk_widget_class_bind_template_child (widget_class, LkReviewWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, LkReviewWindow, sign_in_page);
  gtk_widget_class_bind_template_child (widget_class, LkReviewWindow, first_page);
  gtk_widget_class_bind_template_child (widget_class, LkReviewWindow, passphrase_page);
  gtk_widget_class_bind_template_child (widget_class, LkReviewWindow, review_page);
  gtk_widget_class_bind_template_child (widget_class, LkReviewWindow, conflicts_page);
  gtk_widget_class_bind_template_child (widget_class, LkReviewWindow, today_page);
  gtk_widget_class_bind_template_child (widget_class, LkReviewWindow, agreement_page);
  gtk_widget_class_bind_template_child (widget_class, LkReviewWindow, sheet_page);
  gtk_widget_class_bind_template_child (widget_class, LkReviewWindow, class_page);
  gtk_widget_class_bind_template_child (widget_class, LkReviewWindow, ticket_page);
  gtk_widget_class_bind_template_child (widget_class, LkReviewWindow, view_switch);
  gtk_widget_class_bind_template_child (widget_class, LkReviewWindow, figures_button);
  gtk_widget_class_bind_template_child (widget_class, LkReviewWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, LkReviewWindow, sync_button);
  gtk_widget_class_bind_template_child (widget_class, LkReviewWindow, conflicts_button);
  gtk_widget_class_bind_template_callback (widget_class, on_signed_in);
  gtk_widget_class_bind_template_callback (widget_class, on_locked);
  gtk_widget_class_bind_template_callback (widget_class, on_passphrase_done);
  gtk_widget_class_bind_template_callback (widget_class, on_service_found);
  gtk_widget_class_bind_template_callback (widget_class, on_decide);
  gtk_widget_class_bind_template_callback (widget_class, on_undo);
  gtk_widget_class_bind_template_callback (widget_class, on_shown);
  gtk_widget_class_bind_template_callback (widget_class, on_earlier_wanted);
  gtk_widget_class_bind_template_callback (widget_class, on_refresh);
  gtk_widget_class_bind_template_callback (widget_class, close_page);
  gtk_widget_class_bind_template_callback (widget_class, on_view_chosen);
  gtk_widget_class_bind_template_callback (widget_class, lk_accessible_name_items);

  gtk_widget_class_install_action (widget_class, "win.sign-out", NULL, sign_out);
  gtk_widget_class_install_action (widget_class, "win.view", "i", choose_view);
  lk_review_window_install_pages (widget_class);
  for (int i = 0; i < LK_N_VIEWS; i++)
    gtk_widget_class_add_binding_action (widget_class, GDK_KEY_1 + (guint) i, GDK_ALT_MASK, "win.view", "i", i);
}

static void
lk_review_window_init (LkReviewWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->desk_views = lk_desk_views_new (self->view_switch, self->class_page, self->ticket_page);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.sign-out", FALSE);
  lk_review_window_set_pages_enabled (self, FALSE);
}

static void
use_settings (LkReviewWindow *self,
              GSettings      *settings)
{
  gtk_window_set_default_size (GTK_WINDOW (self), 1280, 800);
  if (settings == NULL)
    return;
  g_settings_bind (settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "show-grid", self->review_page, "show-grid", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (settings, "changed::lease-size", G_CALLBACK (set_lease_size), self, G_CONNECT_SWAPPED);
}

GtkWidget *
lk_review_window_new (GtkApplication *application,
                      LkAccount      *account,
                      const LkSpec   *spec,
                      GSettings      *settings)
{
  LkReviewWindow *self = g_object_new (LK_TYPE_REVIEW_WINDOW, "application", application, NULL);

  self->account = g_object_ref (account);
  self->spec = spec;
  g_set_object (&self->settings, settings);
  lk_sign_in_page_set_account (self->sign_in_page, account);
  lk_first_page_set_account (self->first_page, account);
  lk_review_page_set_spec (self->review_page, spec);
  g_signal_connect_object (account, "notify::signed-in", G_CALLBACK (on_account_changed), self, G_CONNECT_SWAPPED);
  use_settings (self, settings);
  return GTK_WIDGET (self);
}
