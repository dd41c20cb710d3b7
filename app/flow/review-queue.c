/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "flow/review-queue.h"

struct _LkReviewQueue
{
  GObject parent_instance;

  GPtrArray *items; /* of LkSubmission */
  guint position;   /* == items->len at the end */
  guint n_undecided;
};

static void lk_review_queue_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LkReviewQueue, lk_review_queue, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, lk_review_queue_list_model_init))

enum
{
  PROP_0,
  PROP_POSITION,
  PROP_CURRENT,
  PROP_N_UNDECIDED,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static LkSubmission *
item_at (LkReviewQueue *self, guint position)
{
  return position < self->items->len ? self->items->pdata[position] : NULL;
}

static gboolean
is_undecided (LkReviewQueue *self, guint position)
{
  return lk_submission_get_decision (self->items->pdata[position]) == NULL;
}

static void
count_undecided (LkReviewQueue *self)
{
  guint n = 0;

  for (guint i = 0; i < self->items->len; i++)
    n += is_undecided (self, i) ? 1 : 0;
  if (n == self->n_undecided)
    return;
  self->n_undecided = n;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_UNDECIDED]);
}

/* Tells that the items from at on are gone. The position is the new one before anybody hears of it: a list that follows the change
 * by itself then finds it right. */
static void
tell_removed (LkReviewQueue *self, guint at, guint n, LkSubmission *before)
{
  guint n_before = at < self->position ? MIN (n, self->position - at) : 0;

  self->position -= n_before;
  g_list_model_items_changed (G_LIST_MODEL (self), at, n, 0);
  if (n_before > 0)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_POSITION]);
  if (lk_review_queue_get_current (self) != before)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CURRENT]);
}

/* Tells of a new position and a new current submission, each only when it is one. */
static void
move_to (LkReviewQueue *self, guint position, LkSubmission *before)
{
  gboolean moved = position != self->position;

  self->position = position;
  if (moved)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_POSITION]);
  if (item_at (self, position) != before)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CURRENT]);
}

static GType
get_item_type (GListModel *model)
{
  return LK_TYPE_SUBMISSION;
}

static guint
get_n_items (GListModel *model)
{
  return LK_REVIEW_QUEUE (model)->items->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  LkSubmission *item = item_at (LK_REVIEW_QUEUE (model), position);

  return item != NULL ? g_object_ref (item) : NULL;
}

static void
lk_review_queue_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
lk_review_queue_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LkReviewQueue *self = LK_REVIEW_QUEUE (object);

  switch (id)
    {
    case PROP_POSITION:
      g_value_set_uint (value, self->position);
      break;
    case PROP_CURRENT:
      g_value_set_object (value, lk_review_queue_get_current (self));
      break;
    case PROP_N_UNDECIDED:
      g_value_set_uint (value, self->n_undecided);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lk_review_queue_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_POSITION:
      lk_review_queue_set_position (LK_REVIEW_QUEUE (object), g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
drop_item (LkReviewQueue *self, LkSubmission *item)
{
  g_signal_handlers_disconnect_by_func (item, count_undecided, self);
}

static void
lk_review_queue_finalize (GObject *object)
{
  LkReviewQueue *self = LK_REVIEW_QUEUE (object);

  for (guint i = 0; i < self->items->len; i++)
    drop_item (self, self->items->pdata[i]);
  g_ptr_array_unref (self->items);

  G_OBJECT_CLASS (lk_review_queue_parent_class)->finalize (object);
}

static void
lk_review_queue_class_init (LkReviewQueueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = lk_review_queue_finalize;
  object_class->get_property = lk_review_queue_get_property;
  object_class->set_property = lk_review_queue_set_property;

  props[PROP_POSITION] = g_param_spec_uint ("position", NULL, NULL, 0, G_MAXUINT, 0, flags | G_PARAM_READWRITE);
  props[PROP_CURRENT] = g_param_spec_object ("current", NULL, NULL, LK_TYPE_SUBMISSION, flags | G_PARAM_READABLE);
  props[PROP_N_UNDECIDED] = g_param_spec_uint ("n-undecided", NULL, NULL, 0, G_MAXUINT, 0, flags | G_PARAM_READABLE);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
lk_review_queue_init (LkReviewQueue *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

LkReviewQueue *
lk_review_queue_new (void)
{
  return g_object_new (LK_TYPE_REVIEW_QUEUE, NULL);
}

void
lk_review_queue_append (LkReviewQueue *self, GPtrArray *submissions)
{
  guint first = self->items->len;
  LkSubmission *before = lk_review_queue_get_current (self);

  for (guint i = 0; i < submissions->len; i++)
    {
      LkSubmission *item = submissions->pdata[i];

      if (lk_review_queue_find (self, lk_submission_get_id (item), NULL) != NULL)
        continue;
      g_signal_connect_swapped (item, "notify::decision", G_CALLBACK (count_undecided), self);
      g_ptr_array_add (self->items, g_object_ref (item));
    }
  if (self->items->len == first)
    return;
  g_list_model_items_changed (G_LIST_MODEL (self), first, 0, self->items->len - first);
  move_to (self, self->position, before);
  count_undecided (self);
}

void
lk_review_queue_remove (LkReviewQueue *self, const char *submission_id)
{
  guint at;
  g_autoptr (LkSubmission) before = NULL;
  LkSubmission *item = lk_review_queue_find (self, submission_id, &at);

  if (item == NULL)
    return;
  g_set_object (&before, lk_review_queue_get_current (self));
  drop_item (self, item);
  g_ptr_array_remove_index (self->items, at);
  tell_removed (self, at, 1, before);
  count_undecided (self);
}

void
lk_review_queue_forget_first (LkReviewQueue *self, guint n)
{
  g_autoptr (LkSubmission) before = NULL;

  g_return_if_fail (n <= self->position);

  if (n == 0)
    return;
  g_set_object (&before, lk_review_queue_get_current (self));
  for (guint i = 0; i < n; i++)
    drop_item (self, self->items->pdata[i]);
  g_ptr_array_remove_range (self->items, 0, n);
  tell_removed (self, 0, n, before);
  count_undecided (self);
}

void
lk_review_queue_clear (LkReviewQueue *self)
{
  g_autoptr (LkSubmission) before = NULL;
  guint n = self->items->len;

  if (n == 0)
    return;
  g_set_object (&before, lk_review_queue_get_current (self));
  for (guint i = 0; i < n; i++)
    drop_item (self, self->items->pdata[i]);
  g_ptr_array_set_size (self->items, 0);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n, 0);
  move_to (self, 0, before);
  count_undecided (self);
}

guint
lk_review_queue_get_position (LkReviewQueue *self)
{
  return self->position;
}

void
lk_review_queue_set_position (LkReviewQueue *self, guint position)
{
  move_to (self, MIN (position, self->items->len), lk_review_queue_get_current (self));
}

LkSubmission *
lk_review_queue_get_current (LkReviewQueue *self)
{
  return item_at (self, self->position);
}

LkSubmission *
lk_review_queue_find (LkReviewQueue *self, const char *submission_id, guint *position)
{
  for (guint i = 0; i < self->items->len; i++)
    if (g_strcmp0 (lk_submission_get_id (self->items->pdata[i]), submission_id) == 0)
      {
        if (position != NULL)
          *position = i;
        return self->items->pdata[i];
      }
  return NULL;
}

guint
lk_review_queue_get_n_undecided (LkReviewQueue *self)
{
  return self->n_undecided;
}

void
lk_review_queue_advance (LkReviewQueue *self)
{
  guint n = self->items->len;

  for (guint i = self->position + 1; i < n; i++)
    if (is_undecided (self, i))
      {
        lk_review_queue_set_position (self, i);
        return;
      }
  for (guint i = MIN (self->position, n); i > 0; i--)
    if (is_undecided (self, i - 1))
      {
        lk_review_queue_set_position (self, i - 1);
        return;
      }
  lk_review_queue_set_position (self, n);
}
