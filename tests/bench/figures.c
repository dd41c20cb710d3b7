/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "figures.h"

typedef struct
{
  char *name, *unit;
  GArray *values;               /* double */
} Series;

typedef struct
{
  char *name, *text;
} Note;

struct _LkFigures
{
  char *benchmark;
  GPtrArray *notes;
  GPtrArray *series;
};

static void
series_free (gpointer data)
{
  Series *series = data;

  g_free (series->name);
  g_free (series->unit);
  g_array_unref (series->values);
  g_free (series);
}

static void
note_free (gpointer data)
{
  Note *note = data;

  g_free (note->name);
  g_free (note->text);
  g_free (note);
}

LkFigures *
lk_figures_new (const char *benchmark)
{
  LkFigures *self = g_new0 (LkFigures, 1);

  self->benchmark = g_strdup (benchmark);
  self->notes = g_ptr_array_new_with_free_func (note_free);
  self->series = g_ptr_array_new_with_free_func (series_free);
  return self;
}

void
lk_figures_free (LkFigures *self)
{
  g_ptr_array_unref (self->notes);
  g_ptr_array_unref (self->series);
  g_free (self->benchmark);
  g_free (self);
}

void
lk_figures_note (LkFigures *self, const char *name, const char *format, ...)
{
  Note *note = g_new0 (Note, 1);
  va_list arguments;

  va_start (arguments, format);
  note->name = g_strdup (name);
  note->text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_ptr_array_add (self->notes, note);
}

static Series *
find_series (LkFigures *self, const char *name)
{
  for (guint i = 0; i < self->series->len; i++)
    {
      Series *series = self->series->pdata[i];

      if (g_str_equal (series->name, name))
        return series;
    }
  return NULL;
}

void
lk_figures_add (LkFigures *self, const char *name, const char *unit, double value)
{
  Series *series = find_series (self, name);

  if (series == NULL)
    {
      series = g_new0 (Series, 1);
      series->name = g_strdup (name);
      series->unit = g_strdup (unit);
      series->values = g_array_new (FALSE, FALSE, sizeof (double));
      g_ptr_array_add (self->series, series);
    }
  g_array_append_val (series->values, value);
}

guint
lk_figures_count (LkFigures *self, const char *name)
{
  Series *series = find_series (self, name);

  return series != NULL ? series->values->len : 0;
}

static int
compare_values (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

double
lk_percentile (const double *sorted, guint n_values, double share)
{
  if (n_values == 0)
    return NAN;
  return sorted[MIN ((guint) (share * n_values), n_values - 1)];
}

static GArray *
sorted_values (Series *series)
{
  GArray *sorted = g_array_copy (series->values);

  g_array_sort (sorted, compare_values);
  return sorted;
}

double
lk_figures_percentile (LkFigures *self, const char *name, double share)
{
  Series *series = find_series (self, name);
  g_autoptr (GArray) sorted = series != NULL ? sorted_values (series) : g_array_new (FALSE, FALSE, sizeof (double));

  return lk_percentile ((const double *) (gpointer) sorted->data, sorted->len, share);
}

/* Which measurement of the run was the longest, from 1: says where to look. */
static guint
longest (Series *series)
{
  guint at = 0;

  for (guint i = 1; i < series->values->len; i++)
    if (g_array_index (series->values, double, i) > g_array_index (series->values, double, at))
      at = i;
  return at + 1;
}

void
lk_figures_print (LkFigures *self)
{
  for (guint i = 0; i < self->notes->len; i++)
    {
      Note *note = self->notes->pdata[i];

      g_print ("%-24s %s\n", note->name, note->text);
    }
  g_print ("%-32s %5s %8s %8s %8s %8s %8s %8s %7s\n", "", "n", "p50", "p90", "p95", "p99", "min", "max", "max at");
  for (guint i = 0; i < self->series->len; i++)
    {
      Series *series = self->series->pdata[i];
      g_autoptr (GArray) sorted = sorted_values (series);
      const double *v = (const double *) (gpointer) sorted->data;
      g_autofree char *title = g_strdup_printf ("%s, %s", series->name, series->unit);

      g_print ("%-32s %5u %8.1f %8.1f %8.1f %8.1f %8.1f %8.1f %7u\n", title, sorted->len, lk_percentile (v, sorted->len, 0.5),
               lk_percentile (v, sorted->len, 0.9), lk_percentile (v, sorted->len, 0.95), lk_percentile (v, sorted->len, 0.99), v[0],
               v[sorted->len - 1], longest (series));
    }
}

static void
append_quoted (GString *json, const char *text)
{
  g_autofree char *escaped = g_strescape (text, NULL);

  g_string_append_printf (json, "\"%s\"", escaped);
}

static void
append_series (GString *json, Series *series)
{
  g_autoptr (GArray) sorted = sorted_values (series);
  const double *v = (const double *) (gpointer) sorted->data;

  g_string_append (json, "    ");
  append_quoted (json, series->name);
  g_string_append_printf (json, ": {\"unit\": \"%s\", \"n\": %u, \"p50\": %.3f, \"p90\": %.3f, \"p95\": %.3f, "
                          "\"p99\": %.3f, \"min\": %.3f, \"max\": %.3f}",
                          series->unit, sorted->len, lk_percentile (v, sorted->len, 0.5), lk_percentile (v, sorted->len, 0.9),
                          lk_percentile (v, sorted->len, 0.95), lk_percentile (v, sorted->len, 0.99), v[0], v[sorted->len - 1]);
}

gboolean
lk_figures_write (LkFigures *self, const char *path, GError **error)
{
  g_autoptr (GString) json = g_string_new ("{\n  \"benchmark\": ");

  append_quoted (json, self->benchmark);
  g_string_append (json, ",\n  \"notes\": {");
  for (guint i = 0; i < self->notes->len; i++)
    {
      Note *note = self->notes->pdata[i];

      g_string_append (json, i == 0 ? "\n    " : ",\n    ");
      append_quoted (json, note->name);
      g_string_append (json, ": ");
      append_quoted (json, note->text);
    }
  g_string_append (json, "\n  },\n  \"series\": {");
  for (guint i = 0; i < self->series->len; i++)
    {
      g_string_append (json, i == 0 ? "\n" : ",\n");
      append_series (json, self->series->pdata[i]);
    }
  g_string_append (json, "\n  }\n}\n");
  return g_file_set_contents (path, json->str, (gssize) json->len, error);
}

int
lk_bench_main (int argc, char **argv, const char *benchmark, const char *summary, const GOptionEntry *options,
               LkBenchFunc run, gpointer data)
{
  g_autofree char *json = NULL;
  const GOptionEntry common[] = {
    { "json", 0, 0, G_OPTION_ARG_FILENAME, &json, "also write the figures to this file", "FILE" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (LkFigures) figures = lk_figures_new (benchmark);
  g_autoptr (GError) error = NULL;

  g_option_context_set_summary (context, summary);
  if (options != NULL)
    g_option_context_add_main_entries (context, options, NULL);
  g_option_context_add_main_entries (context, common, NULL);
  if (g_option_context_parse (context, &argc, &argv, &error) && run (figures, data, &error))
    {
      lk_figures_print (figures);
      if (json == NULL || lk_figures_write (figures, json, &error))
        return 0;
    }
  g_printerr ("bench-%s: %s\n", benchmark, error->message);
  return 1;
}
