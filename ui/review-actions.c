/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/review-actions.h"

#include <glib/gi18n.h>

static const LkReviewKey keys[] = {
  { GDK_KEY_a, 0, "review.approve", "key", LK_KEY_GROUP_DECIDE, N_("Approve") },
  { GDK_KEY_r, 0, "review.return", "key", LK_KEY_GROUP_DECIDE, N_("Return, with reasons") },
  { GDK_KEY_s, 0, "review.reshoot", "key", LK_KEY_GROUP_DECIDE, N_("Ask for a reshoot, with reasons") },
  { GDK_KEY_h, 0, "review.hold", "key", LK_KEY_GROUP_DECIDE, N_("Put on hold, with reasons") },
  { GDK_KEY_y, 0, "review.own-list", NULL, LK_KEY_GROUP_DECIDE, N_("What no check can see") },
  { GDK_KEY_u, 0, "review.unsure", NULL, LK_KEY_GROUP_DECIDE, N_("Unsure: a second person decides too") },
  { GDK_KEY_n, 0, "review.skip", NULL, LK_KEY_GROUP_DECIDE, N_("Put this photo off to the end") },
  { GDK_KEY_m, 0, "win.sheet", NULL, LK_KEY_GROUP_DECIDE, N_("Green photos on one sheet") },
  { GDK_KEY_z, GDK_CONTROL_MASK, "review.undo", NULL, LK_KEY_GROUP_DECIDE, N_("Take the last decision back") },

  { GDK_KEY_j, 0, "review.next", NULL, LK_KEY_GROUP_MOVE, N_("Next photo") },
  { GDK_KEY_k, 0, "review.previous", NULL, LK_KEY_GROUP_MOVE, N_("Previous photo") },
  { GDK_KEY_p, 0, "review.previous", NULL, LK_KEY_GROUP_MOVE, NULL },
  { GDK_KEY_e, 0, "review.next-undecided", NULL, LK_KEY_GROUP_MOVE, N_("Next undecided photo") },
  { GDK_KEY_Down, 0, "review.arrow", "down", LK_KEY_GROUP_MOVE, N_("Next or previous photo; moves the photo when it is enlarged") },
  { GDK_KEY_Up, 0, "review.arrow", "up", LK_KEY_GROUP_MOVE, NULL },
  { GDK_KEY_Left, 0, "review.arrow", "left", LK_KEY_GROUP_MOVE, NULL },
  { GDK_KEY_Right, 0, "review.arrow", "right", LK_KEY_GROUP_MOVE, NULL },

  { GDK_KEY_g, 0, "review.grid", NULL, LK_KEY_GROUP_LOOK, N_("Show or hide the grid") },
  { GDK_KEY_plus, 0, "review.zoom-in", NULL, LK_KEY_GROUP_LOOK, N_("Larger") },
  { GDK_KEY_equal, 0, "review.zoom-in", NULL, LK_KEY_GROUP_LOOK, NULL },
  { GDK_KEY_KP_Add, 0, "review.zoom-in", NULL, LK_KEY_GROUP_LOOK, NULL },
  { GDK_KEY_minus, 0, "review.zoom-out", NULL, LK_KEY_GROUP_LOOK, N_("Smaller") },
  { GDK_KEY_KP_Subtract, 0, "review.zoom-out", NULL, LK_KEY_GROUP_LOOK, NULL },
  { GDK_KEY_0, 0, "review.zoom-fit", NULL, LK_KEY_GROUP_LOOK, N_("The whole photo") },
  { GDK_KEY_KP_0, 0, "review.zoom-fit", NULL, LK_KEY_GROUP_LOOK, NULL },
  { GDK_KEY_z, 0, "review.zoom-actual", NULL, LK_KEY_GROUP_LOOK, N_("Pixel for pixel, and back") },
  { GDK_KEY_l, 0, "review.loupe", NULL, LK_KEY_GROUP_LOOK, N_("The eyes enlarged") },
  { GDK_KEY_o, 0, "review.variant", NULL, LK_KEY_GROUP_LOOK, N_("Original, blue result, photo as sent") },
  { GDK_KEY_c, 0, "review.compare", NULL, LK_KEY_GROUP_LOOK, N_("Compare") },
  { GDK_KEY_x, 0, "review.compare-next", NULL, LK_KEY_GROUP_LOOK, N_("Compare with the next picture") },
  { GDK_KEY_v, 0, "review.overlay", NULL, LK_KEY_GROUP_LOOK, N_("One photo over the other") },
  { GDK_KEY_bracketleft, 0, "review.fade-less", NULL, LK_KEY_GROUP_LOOK, N_("Less or more of the other photo") },
  { GDK_KEY_bracketright, 0, "review.fade-more", NULL, LK_KEY_GROUP_LOOK, NULL },
  { GDK_KEY_f, 0, "review.blink", NULL, LK_KEY_GROUP_LOOK, N_("One photo and the other in turn") },
  { GDK_KEY_Escape, 0, "review.look-alone", NULL, LK_KEY_GROUP_LOOK, N_("The photo alone again") },

  { GDK_KEY_slash, 0, "review.search", NULL, LK_KEY_GROUP_MORE, N_("Search by student number") },
  { GDK_KEY_f, GDK_CONTROL_MASK, "review.search", NULL, LK_KEY_GROUP_MORE, NULL },
  { GDK_KEY_q, 0, "review.filter", NULL, LK_KEY_GROUP_MORE, N_("Part of the queue") },
  { GDK_KEY_w, 0, "review.second", NULL, LK_KEY_GROUP_MORE, N_("First or second review, for leads") },
  { GDK_KEY_i, 0, "win.agreement", NULL, LK_KEY_GROUP_MORE, N_("Agreement, for leads") },
  { GDK_KEY_t, 0, "win.today", NULL, LK_KEY_GROUP_MORE, N_("Today’s decisions") },
  { GDK_KEY_e, GDK_CONTROL_MASK, "win.conflicts", NULL, LK_KEY_GROUP_MORE, N_("Decisions that were not taken") },
  { GDK_KEY_F5, 0, "review.refresh", NULL, LK_KEY_GROUP_MORE, N_("Ask the campus service now") },
  { GDK_KEY_question, 0, "win.shortcuts", NULL, LK_KEY_GROUP_MORE, N_("This list") },
};

const LkReviewKey *
lk_review_keys (gsize *n_keys)
{
  *n_keys = G_N_ELEMENTS (keys);
  return keys;
}

const char *
lk_key_group_title (LkKeyGroup group)
{
  switch (group)
    {
    case LK_KEY_GROUP_DECIDE:
      return _("Decide");
    case LK_KEY_GROUP_MOVE:
      return _("Move");
    case LK_KEY_GROUP_LOOK:
      return _("Look");
    case LK_KEY_GROUP_MORE:
    default:
      return _("More");
    }
}
