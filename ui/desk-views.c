/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/desk-views.h"

struct _LkDeskViews
{
  GObject parent_instance;

  LkViewSwitch *view_switch;    /* these three belong to the window */
  LkClassPage *class_page;
  LkTicketPage *ticket_page;

  LkDesk *desk;                 /* NULL for who has only the review */
  LkTextures *textures;
  char *user;                   /* whose it is; NULL: nobody's */
};

G_DEFINE_FINAL_TYPE (LkDeskViews, lk_desk_views, G_TYPE_OBJECT)

static guint
views_of (LkRole role)
{
  guint views = 0;

  if ((role & (LK_ROLE_REVIEWER | LK_ROLE_LEAD)) != 0)
    views |= 1u << LK_VIEW_REVIEW;
  if (lk_desk_role_has_classes (role))
    views |= 1u << LK_VIEW_CLASSES;
  if (lk_desk_role_has_tickets (role))
    views |= 1u << LK_VIEW_TICKETS;
  return views;
}

static void
show_count (LkDeskViews *self)
{
  lk_view_switch_set_count (self->view_switch, LK_VIEW_TICKETS, (int) lk_ticket_page_get_n_open (self->ticket_page));
}

gboolean
lk_desk_views_begin (LkDeskViews *self,
                     LkAccount   *account,
                     GError     **error)
{
  LkRole role = lk_account_get_role (account);

  g_return_val_if_fail (LK_IS_DESK_VIEWS (self), FALSE);

  lk_view_switch_set_views (self->view_switch, views_of (role));
  if (g_strcmp0 (self->user, lk_account_get_user (account)) == 0)
    return TRUE;
  g_free (self->user);
  self->user = g_strdup (lk_account_get_user (account));
  if (!lk_desk_role_has_classes (role) && !lk_desk_role_has_tickets (role))
    return TRUE;
  self->desk = lk_desk_new (account, error);
  if (self->desk == NULL)
    return FALSE;
  self->textures = lk_textures_new_for_loader (lk_desk_get_loader (self->desk));
  lk_class_page_set_desk (self->class_page, self->desk, self->textures);
  lk_ticket_page_set_desk (self->ticket_page, self->desk, self->textures);
  return TRUE;
}

void
lk_desk_views_end (LkDeskViews *self)
{
  g_return_if_fail (LK_IS_DESK_VIEWS (self));

  lk_view_switch_set_views (self->view_switch, 0);
  lk_class_page_set_desk (self->class_page, NULL, NULL);
  lk_ticket_page_set_desk (self->ticket_page, NULL, NULL);
  if (self->textures != NULL)
    lk_textures_clear (self->textures);
  g_clear_object (&self->textures);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->user, g_free);
}

static void
lk_desk_views_finalize (GObject *object)
{
  LkDeskViews *self = LK_DESK_VIEWS (object);

  g_clear_object (&self->textures);
  g_clear_object (&self->desk);
  g_free (self->user);

  G_OBJECT_CLASS (lk_desk_views_parent_class)->finalize (object);
}

static void
lk_desk_views_class_init (LkDeskViewsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lk_desk_views_finalize;
}

static void
lk_desk_views_init (LkDeskViews *self)
{
}

LkDeskViews *
lk_desk_views_new (LkViewSwitch *view_switch,
                   LkClassPage  *class_page,
                   LkTicketPage *ticket_page)
{
  LkDeskViews *self = g_object_new (LK_TYPE_DESK_VIEWS, NULL);

  self->view_switch = view_switch;
  self->class_page = class_page;
  self->ticket_page = ticket_page;
  g_signal_connect_object (ticket_page, "notify::n-open", G_CALLBACK (show_count), self, G_CONNECT_SWAPPED);
  return self;
}
