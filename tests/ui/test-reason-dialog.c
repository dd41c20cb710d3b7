/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>
#include <math.h>

#include "fixture.h"
#include "ui/reason-dialog.h"
#include "ui/reason-preview.h"

typedef struct
{
  LkReasonCatalogue *catalogue;
  LkSubmission *submission;
  LkReasonDialog *dialog;
  GtkWidget *window;
  int n_confirmed, n_cancelled;
} Fixture;

static void
count (LkReasonDialog *dialog,
       int            *n)
{
  (*n)++;
}

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  GPtrArray *checks = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (checks, fixture_check ("G3_eye_line", LK_CHECK_HARD, LK_OUTCOME_FAIL, 320, 200, 300));
  f->catalogue = lk_reason_catalogue_load_default (NULL);
  f->submission = fixture_submission (1, checks);
  f->dialog = LK_REASON_DIALOG (lk_reason_dialog_new ());
  f->window = fixture_window (GTK_WIDGET (f->dialog), 400, 740);
  g_signal_connect (f->dialog, "confirmed", G_CALLBACK (count), &f->n_confirmed);
  g_signal_connect (f->dialog, "cancelled", G_CALLBACK (count), &f->n_cancelled);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  g_object_unref (f->submission);
  lk_reason_catalogue_unref (f->catalogue);
}

static void
open_for (Fixture  *f,
          LkVerdict verdict)
{
  lk_reason_dialog_open (f->dialog, f->catalogue, f->submission, verdict, "key");
  fixture_wait_frames (f->window, 2);
}

static void
write_note (Fixture    *f,
            const char *text)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (fixture_find (GTK_WIDGET (f->dialog), GTK_TYPE_TEXT_VIEW))), text, -1);
}

static void
assert_reasons (Fixture    *f,
                const char *expected)
{
  g_auto (GStrv) reasons = lk_reason_dialog_dup_reasons (f->dialog);
  g_autofree char *text = g_strjoinv (" ", reasons);

  g_assert_cmpstr (text, ==, expected);
}

/* The failing check's reasons have the first digits; digits choose and take away; the order chosen is kept. */
static void
test_digits (Fixture      *f,
             gconstpointer data)
{
  open_for (f, LK_VERDICT_RETURN);
  fixture_press (f->window, "1");
  assert_reasons (f, "R203");
  fixture_press (f->window, "3");
  fixture_press (f->window, "1");
  fixture_press (f->window, "1");
  assert_reasons (f, "R101 R203");
  fixture_press (f->window, "Return");
  g_assert_cmpint (f->n_confirmed, ==, 1);
  g_assert_cmpstr (lk_reason_dialog_get_input (f->dialog), ==, "key");
}

static void
test_one_to_three (Fixture      *f,
                   gconstpointer data)
{
  /* nothing suggests a reason to hold */
  open_for (f, LK_VERDICT_HOLD);
  lk_reason_dialog_confirm (f->dialog);
  g_assert_cmpint (f->n_confirmed, ==, 0);
  g_assert_cmpstr (lk_reason_dialog_get_problem (f->dialog), !=, "");
  open_for (f, LK_VERDICT_RESHOOT);
  for (guint i = 0; i < 4; i++)
    lk_reason_dialog_toggle (f->dialog, i);
  assert_reasons (f, "R203 R209 R101");
  g_assert_cmpstr (lk_reason_dialog_get_problem (f->dialog), !=, "");
  lk_reason_dialog_confirm (f->dialog);
  g_assert_cmpint (f->n_confirmed, ==, 1);
}

/* With a reason that the checks suggest Enter is enough; a digit chooses instead. */
static void
test_suggested (Fixture      *f,
                gconstpointer data)
{
  open_for (f, LK_VERDICT_RETURN);
  assert_reasons (f, "R203");
  lk_reason_dialog_toggle (f->dialog, 2);
  assert_reasons (f, "R101");
  lk_reason_dialog_toggle (f->dialog, 2);
  assert_reasons (f, "R203");
  fixture_press (f->window, "Return");
  g_assert_cmpint (f->n_confirmed, ==, 1);
}

static void
test_note (Fixture      *f,
           gconstpointer data)
{
  g_autofree char *long_note = g_strnfill (201, 'x');
  const char *const bad[] = { "990101199903150010", "学号 9901 0119 9903 1500 10", long_note };

  open_for (f, LK_VERDICT_RETURN);
  lk_reason_dialog_toggle (f->dialog, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      write_note (f, bad[i]);
      g_assert_cmpstr (lk_reason_dialog_get_problem (f->dialog), !=, "");
      lk_reason_dialog_confirm (f->dialog);
      g_assert_cmpint (f->n_confirmed, ==, 0);
    }
  write_note (f, "请露出双耳");
  g_assert_cmpstr (lk_reason_dialog_get_problem (f->dialog), ==, "");
  lk_reason_dialog_confirm (f->dialog);
  g_assert_cmpint (f->n_confirmed, ==, 1);
}

/* In the note digits and letters are text; Enter confirms and Escape closes from there too. */
static void
test_keys_in_note (Fixture      *f,
                   gconstpointer data)
{
  g_autofree char *note = NULL;

  open_for (f, LK_VERDICT_RETURN);
  gtk_widget_grab_focus (GTK_WIDGET (GTK_TEXT_VIEW (fixture_find (GTK_WIDGET (f->dialog), GTK_TYPE_TEXT_VIEW))));
  fixture_press (f->window, "2 a r g");
  note = lk_reason_dialog_dup_note (f->dialog);
  g_assert_cmpstr (note, ==, "2arg");
  assert_reasons (f, "R203");
  fixture_press (f->window, "Escape");
  g_assert_cmpint (f->n_cancelled, ==, 1);
  lk_reason_dialog_toggle (f->dialog, 0);
  fixture_press (f->window, "Return");
  g_assert_cmpint (f->n_confirmed, ==, 1);
}

/* An approval against a failed hard check asks for a note and for nothing else. */
static void
test_approve (Fixture      *f,
              gconstpointer data)
{
  open_for (f, LK_VERDICT_APPROVE);
  lk_reason_dialog_confirm (f->dialog);
  g_assert_cmpint (f->n_confirmed, ==, 0);
  fixture_press (f->window, "o k");
  lk_reason_dialog_confirm (f->dialog);
  g_assert_cmpint (f->n_confirmed, ==, 1);
  assert_reasons (f, "");
}

/* Identity reasons are the only ones for a hold, and never reach the student as an accusation. */
static void
test_hold (Fixture      *f,
           gconstpointer data)
{
  g_auto (GStrv) reasons = NULL;
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();
  g_autofree char *preview = NULL;

  open_for (f, LK_VERDICT_HOLD);
  for (guint i = 0; i < 3; i++)
    lk_reason_dialog_toggle (f->dialog, i);
  reasons = lk_reason_dialog_dup_reasons (f->dialog);
  for (gsize i = 0; reasons[i] != NULL; i++)
    {
      const LkReason *reason = lk_reason_catalogue_find (f->catalogue, reasons[i]);

      g_assert_true (reason->private_to_staff);
      g_ptr_array_add (chosen, (gpointer) reason);
    }
  preview = lk_reason_preview (chosen, lk_submission_get_checks (f->submission), "");
  g_assert_cmpstr (preview, ==, "Something has to be verified; please contact the service desk.");
}

/* The student reads the reason, what was measured, what to do, and the note. */
static void
test_preview (Fixture      *f,
              gconstpointer data)
{
  const LkReason *reason = lk_reason_catalogue_find (f->catalogue, "R203");
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();
  g_autofree char *preview = NULL;

  g_ptr_array_add (chosen, (gpointer) reason);
  preview = lk_reason_preview (chosen, lk_submission_get_checks (f->submission), "请重新裁剪");
  g_assert_nonnull (strstr (preview, lk_reason_text (reason)));
  g_assert_nonnull (strstr (preview, "320"));
  g_assert_nonnull (strstr (preview, lk_reason_advice (reason)));
  g_assert_true (g_str_has_suffix (preview, "请重新裁剪"));
}

/* Opened again it remembers nothing of the photo before. */
static void
test_fresh (Fixture      *f,
            gconstpointer data)
{
  g_autofree char *note = NULL;

  open_for (f, LK_VERDICT_RETURN);
  lk_reason_dialog_toggle (f->dialog, 2);
  write_note (f, "one");
  open_for (f, LK_VERDICT_RETURN);
  note = lk_reason_dialog_dup_note (f->dialog);
  g_assert_cmpstr (note, ==, "");
  assert_reasons (f, "R203");
}

static void
add (const char *path,
     void      (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  add ("/ui/reason-dialog/digits", test_digits);
  add ("/ui/reason-dialog/one-to-three", test_one_to_three);
  add ("/ui/reason-dialog/suggested", test_suggested);
  add ("/ui/reason-dialog/note", test_note);
  add ("/ui/reason-dialog/keys-in-note", test_keys_in_note);
  add ("/ui/reason-dialog/approve", test_approve);
  add ("/ui/reason-dialog/hold", test_hold);
  add ("/ui/reason-dialog/preview", test_preview);
  add ("/ui/reason-dialog/fresh", test_fresh);
  return g_test_run ();
}
