/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/queue-filter.h"

#include "core/error.h"

static LkQueueFilter *
read_text (const char *text, GError **error)
{
  g_autoptr (cJSON) json = lk_json_parse (text, -1, LK_ERROR_BAD_REQUEST, error);

  g_assert_nonnull (json);
  return lk_queue_filter_from_json (json, error);
}

static void
test_there_and_back (void)
{
  const char *text = "{\"queue\":\"second\",\"site\":\"合肥校本部\",\"class\":\"会计学2班\",\"outcome\":\"warn\",\"age\":\"overdue\","
                     "\"returned_before\":true,\"reason\":\"R203\",\"student\":\"2107\"}";
  g_autoptr (GError) error = NULL;
  g_autoptr (LkQueueFilter) filter = read_text (text, &error);
  g_autoptr (LkQueueFilter) copy = NULL;
  g_autoptr (cJSON) json = NULL;
  g_autofree char *again = NULL;

  g_assert_no_error (error);
  copy = lk_queue_filter_copy (filter);
  g_assert_true (lk_queue_filter_equal (filter, copy));
  g_assert_true (lk_queue_filter_narrows (copy));
  g_assert_cmpint (copy->outcome, ==, LK_OUTCOME_WARN);
  json = lk_queue_filter_to_json (copy);
  again = lk_json_print (json);
  g_assert_cmpstr (again, ==, text);
  copy->returned_before = FALSE;
  g_assert_false (lk_queue_filter_equal (filter, copy));
}

static void
test_all (void)
{
  g_autoptr (LkQueueFilter) filter = lk_queue_filter_new ();
  g_autoptr (LkQueueFilter) nothing = lk_queue_filter_from_json (NULL, NULL);
  g_autoptr (cJSON) json = lk_queue_filter_to_json (filter);
  g_autofree char *text = lk_json_print (json);

  g_assert_cmpstr (text, ==, "{}");
  g_assert_false (lk_queue_filter_narrows (filter));
  g_assert_true (lk_queue_filter_equal (filter, nothing));
  /* the other queue is another queue, not a part of this one */
  filter->second = TRUE;
  g_assert_false (lk_queue_filter_narrows (filter));
}

static void
test_refused (void)
{
  const char *const texts[] = {
    "{\"queue\":\"third\"}", "{\"age\":\"old\"}", "{\"outcome\":\"bad\"}", "{\"student\":\"07\"}", "{\"student\":\"\"}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LkQueueFilter) filter = read_text (texts[i], &error);

      g_assert_null (filter);
      g_assert_error (error, LK_ERROR, LK_ERROR_BAD_REQUEST);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/queue-filter/there-and-back", test_there_and_back);
  g_test_add_func ("/core/queue-filter/all", test_all);
  g_test_add_func ("/core/queue-filter/refused", test_refused);
  return g_test_run ();
}
