/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/help-window.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "ui/key-map.h"

/* Words in braces stand for the keys of these actions: lk_key_map_fill(). */
static const struct { const char *heading, *text; } sections[] = {
  { N_("One photo after the other"),
    N_("The photo stands in the middle, what was measured beside it. Checks that failed come first; point at one to see it on "
       "the photo. {review.approve} approves and shows the next photo. {review.return} returns it, {review.reshoot} asks for a new "
       "photo, {review.hold} puts it on hold: then digits choose reasons and Enter confirms. The reasons of the failed checks stand at the top.") },
  { N_("Taking back"),
    N_("{review.undo} takes your last decision back for ten minutes, as long as the student has not seen it. The history keeps both.") },
  { N_("Looking closely"),
    N_("{review.zoom-actual} shows the photo pixel for pixel, {review.zoom-in} and {review.zoom-out} make it larger and smaller, "
       "{review.zoom-fit} shows the whole photo, the arrow keys move it. {review.grid} shows or hides the grid: a thin dashed line is the standard, a solid line is what was measured, brackets at the edge "
       "are the range that is allowed.") },
  { N_("The ID photo"),
    N_("The ID photo stands beside the submitted one while you decide. The measured likeness is advice: it decides nothing. When "
       "you doubt that it is the same person, put the photo on hold; the student is not accused, but asked to come.") },
  { N_("Without the network"),
    N_("The header says whether everything you decided is at the campus service. Without it you go on with the photos that are "
       "here, also after a restart; your decisions are kept on this computer, sealed, and sent as soon as the service answers. "
       "When somebody else was first, your decision stands in the list of decisions that were not taken.") },
  { N_("Classes and requests"),
    N_("Advisers, leads and the registrar have the classes: who is done, who is missing, and a reminder to copy in which names are "
       "masked. The desk and leads have the students’ requests: write an answer, then choose whether the request is resolved by it. "
       "Alt+1, Alt+2 and Alt+3 go from one to the other.") },
  { N_("Signing out"),
    N_("Signing out takes every photo off this computer and gives the photos you did not decide on back to the queue. Decisions "
       "that were not sent yet stay and are sent when you sign in again.") },
  { N_("Keys"),
    N_("{win.shortcuts} lists all keys. In the preferences, under Keys, each can be changed.") },
};

static GtkWidget *
make_label (const char *text,
            const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
make_page (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      GtkWidget *heading = make_label (_(sections[i].heading), "heading");
      g_autofree char *text = lk_key_map_fill (lk_key_map_get_default (), _(sections[i].text));

      if (i > 0)
        gtk_widget_set_margin_top (heading, 12);
      gtk_box_append (GTK_BOX (box), heading);
      gtk_box_append (GTK_BOX (box), make_label (text, NULL));
    }
  gtk_widget_add_css_class (box, "shortcuts");
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (scroller, TRUE);
  return scroller;
}

GtkWindow *
lk_help_window_new (GtkWindow *parent)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_box_append (GTK_BOX (content), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (content), make_page ());
  adw_window_set_content (ADW_WINDOW (window), content);
  gtk_window_set_title (GTK_WINDOW (window), _("Help"));
  gtk_window_set_default_size (GTK_WINDOW (window), 640, 680);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                          gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, keys);
  return GTK_WINDOW (window);
}
