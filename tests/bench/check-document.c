/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check-document.h"

#include <math.h>
#include <string.h>

#include "core/error.h"
#include "core/json.h"
#include "tools/portrait/fault.h"

typedef struct
{
  const LkCheckRun *run;
  const LkBlueRun *blue;
  const LkSpec *spec;
  const LkManifest *manifest;
  const char *figures;          /* folder where the other benchmarks leave theirs; NULL for none */
  guint n_checks;
} Sources;

/* What of the machine can change a last digit: which instructions the runtime and the drawing use. */
static const char *
processor_class (void)
{
#if defined __x86_64__
  if (__builtin_cpu_supports ("avx512f"))
    return "x86-64 with AVX-512";
  return __builtin_cpu_supports ("avx2") ? "x86-64 with AVX2" : "x86-64";
#elif defined __aarch64__
  return "arm64";
#else
  return "another";
#endif
}

static char *
count_text (const LkShare *share)
{
  return share->of == 0 ? g_strdup ("–")
                        : g_strdup_printf ("%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT, share->n, share->of);
}

static char *
percent_text (const LkShare *share)
{
  return share->of == 0 ? g_strdup ("–") : g_strdup_printf ("%.1f %%", 100 * share->share);
}

/* The interval of what is missing to the whole. */
static char *
missed_text (const LkShare *found)
{
  LkShare missed = lk_share (found->of - found->n, found->of);

  return lk_share_text (&missed);
}

/* Some checks need more than one photo, or a code, and none of them is here. */
static gboolean
is_measured (const Sources *s, guint check)
{
  const LkCheckStudy *study = s->run->changes[LK_CHANGE_NONE]->checks->pdata[check];

  return study->n_good + study->n_faulty + study->n_faulty_not_run > 0;
}

static const char *
certainty_word (LkCertainty certainty)
{
  return certainty == LK_CERTAINTY_RELIABLE ? "reliable" : "hint";
}

/* -- the parts -- */

static void
append_head (GString *text, const Sources *s)
{
  g_autofree char *portraits = g_strdup_printf ("%u portraits: %u clean, %u with one fault, %u with two; widths 480, 720 and 960 px in equal parts",
                                                s->run->n_portraits, s->run->n_portraits - s->run->n_single - s->run->n_mixed,
                                                s->run->n_single, s->run->n_mixed);

  g_string_append_printf (text,
    "# What the checks find\n\n"
    "Made by `./dev bench checks`, not by hand. It draws portraits of people who do not exist (`likeness-draw`), so that everything "
    "on them is known, runs every check and counts. Drawn faults are plain ones (strength 1) and drawn faces are no real ones: "
    "these figures compare versions and find weak checks; what they are on a college's own photos is measured by "
    "`likeness-check calibrate`.\n\n"
    "- %s\n"
    "- seed %" G_GUINT64_FORMAT ", photo standard version %d, processor: %s (another class may change single cases at a limit)\n\n",
    portraits, s->run->seed, s->spec->version, processor_class ());
}

static void
append_broken (GString *text, const Sources *s)
{
  guint n = 0;

  g_string_append (text, "## Reliable checks that do not hold\n\n"
                   "`reliable` in `data/photo-spec.json` means: at most 2 % false alarms with at least 95 % found, and neither worse by more "
                   "than 3 points when the photo was rescaled, compressed, tinted or noisy.\n\n");
  for (guint i = 0; i < lk_check_verdict_rows (s->run); i++)
    {
      LkCheckVerdict verdict;
      g_autofree char *what = NULL;

      if (!lk_check_verdict (&verdict, s->run, s->spec, i) || !lk_check_verdict_is_broken (&verdict))
        continue;
      what = lk_check_verdict_text (&verdict);
      g_string_append_printf (text, "- `%s`: %s\n", verdict.name, what);
      n++;
    }
  g_string_append (text, n == 0 ? "None.\n\n" : "\n");
}

static const char *
evidence (const LkCheckVerdict *verdict, const char *short_of)
{
  if (*short_of != '\0')
    return short_of;
  if (!verdict->has_fault)
    return "quiet";
  return verdict->certainty == LK_CERTAINTY_RELIABLE ? "holds" : "would hold";
}

static void
append_not_measured (GString *text, const Sources *s)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < s->n_checks; i++)
    if (!is_measured (s, i))
      g_string_append_printf (list, "%s`%s`", list->len > 0 ? ", " : "", ((LkCheckStudy *) s->run->changes[0]->checks->pdata[i])->info->id);
  if (list->len > 0)
    g_string_append_printf (text, "Not measured here, because a photo alone does not tell: %s.\n\n", list->str);
  g_string_free (list, TRUE);
}

static void
append_rates (GString *text, const Sources *s)
{
  g_string_append (text, "## Rates\n\n"
    "Found: portraits with the check's fault, alone or with another one, that the check does not pass. False alarms: portraits "
    "without that fault that it warns of or fails. In brackets where the rate lies with 95 % confidence (Wilson). A fault the check "
    "could not measure counts as missed. Some reliable checks also find faults of which they are less sure and say so: these results "
    "are hints, are counted in a row of their own, and are no findings in the row of the check. For what has no fault to draw, such "
    "as the measures of image quality, only the false alarms on "
    "clean portraits are known.\n\n"
    "| check | said to be | found | missed | false alarms | rate | evidence |\n|---|---|---:|---:|---:|---:|---|\n");
  for (guint i = 0; i < lk_check_verdict_rows (s->run); i++)
    {
      LkCheckVerdict verdict;
      g_autofree char *found = NULL, *missed = NULL, *alarms = NULL, *rate = NULL, *what = NULL;

      if (!is_measured (s, i / 2) || !lk_check_verdict (&verdict, s->run, s->spec, i))
        continue;
      found = count_text (&verdict.found);
      missed = missed_text (&verdict.found);
      alarms = count_text (&verdict.alarms);
      rate = lk_share_text (&verdict.alarms);
      what = lk_check_verdict_text (&verdict);
      g_string_append_printf (text, "| `%s` | %s | %s | %s | %s | %s | %s |\n", verdict.name,
                              certainty_word (verdict.certainty), found, missed, alarms, rate, evidence (&verdict, what));
    }
  g_string_append_c (text, '\n');
  append_not_measured (text, s);
}

static void
append_kin (GString *text, const Sources *s)
{
  g_string_append (text, "What was drawn decides, never what was measured. Left out are portraits where the drawing does not say what a check should "
    "find: measures nearer to a limit than the aims below; all but F, G1 and B where not exactly one person can be seen; and faults that show "
    "in the same thing:\n\n");
  for (guint i = 0; i < s->n_checks; i++)
    {
      const LkCheckStudy *study = s->run->changes[0]->checks->pdata[i];
      const char *kin = lk_case_kin (study->info->id);
      g_auto (GStrv) ids = g_strsplit (kin, " ", -1);
      g_autofree char *list = g_strjoinv ("`, `", ids);

      if (*kin != '\0')
        g_string_append_printf (text, "- `%s` with `%s`\n", study->info->id, list);
    }
  g_string_append_c (text, '\n');
}

static void
append_share_of (GString *text, const LkStudy *study, const char *id, gboolean found)
{
  const LkCheckStudy *check = lk_study_find (study, id);
  LkShare share = found ? lk_check_study_found (check) : check->false_alarms;
  g_autofree char *percent = percent_text (&share);

  g_string_append_printf (text, " %s |", percent);
}

static void
append_kinds (GString *text, const Sources *s)
{
  g_string_append (text, "## By number of faults and by size\n\nWithout the hints of reliable checks.\n\n"
    "| check | found, one fault | two faults | 480 px | 720 px | 960 px | false alarms, clean | one fault | two | 480 px | 720 px | 960 px |\n"
    "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n");
  for (guint i = 0; i < s->n_checks; i++)
    {
      const char *id = ((LkCheckStudy *) s->run->changes[0]->checks->pdata[i])->info->id;

      if (!lk_case_has_fault (id) || !is_measured (s, i))
        continue;
      g_string_append_printf (text, "| `%s` |", id);
      append_share_of (text, s->run->kinds[LK_CASE_SINGLE], id, TRUE);
      append_share_of (text, s->run->kinds[LK_CASE_MIXED], id, TRUE);
      for (int k = 0; k < LK_RUN_SIZES; k++)
        append_share_of (text, s->run->sizes[k], id, TRUE);
      for (int k = 0; k < LK_N_CASES; k++)
        append_share_of (text, s->run->kinds[k], id, FALSE);
      for (int k = 0; k < LK_RUN_SIZES; k++)
        append_share_of (text, s->run->sizes[k], id, FALSE);
      g_string_append_c (text, '\n');
    }
  g_string_append_c (text, '\n');
}

static void
append_faults (GString *text, const Sources *s)
{
  const char *const *ids = lk_portrait_fault_ids ();

  g_string_append (text, "## By fault\n\nPortraits with this fault alone (`likeness-draw one OUT.jpg --fault FAULT`).\n\n"
                   "| fault | check that should find it | found | missed |\n|---|---|---:|---:|\n");
  for (gsize i = 0; ids[i] != NULL; i++)
    {
      const char *check = lk_portrait_fault_check (ids[i]);
      const LkCheckStudy *study = lk_study_find (g_hash_table_lookup (s->run->faults, ids[i]), check);
      LkShare found = study != NULL ? lk_check_study_found (study) : lk_share (0, 0);
      g_autofree char *count = count_text (&found);
      g_autofree char *missed = missed_text (&found);

      g_string_append_printf (text, "| `%s` | `%s` | %s | %s |\n", ids[i], check, count, missed);
    }
  g_string_append_c (text, '\n');
}

static void
append_points (GString *text, double points)
{
  /* no "-0.0" */
  if (isnan (points))
    g_string_append (text, " – |");
  else if (fabs (points) < 0.05)
    g_string_append (text, " 0 |");
  else
    g_string_append_printf (text, " %s%.1f |", points > 0 ? "+" : "−", fabs (points));
}

static void
append_changes (GString *text, const Sources *s)
{
  g_string_append (text, "## After changes\n\n"
    "The same portraits, each changed before it is checked: rescaled to the next smaller allowed size (the smallest one to 720 px), "
    "saved again as JPEG of quality 60 with colour at half resolution, the person 6 % warmer or colder in red and blue (the blue comes in "
    "afterwards), noise of 3 grey levels. How many points more are found, and how many more are false alarms.\n\n"
    "| check | found |");
  for (int k = 1; k < LK_N_CHANGES; k++)
    g_string_append_printf (text, " %s |", lk_change_words[k]);
  g_string_append (text, " false alarms |");
  for (int k = 1; k < LK_N_CHANGES; k++)
    g_string_append_printf (text, " %s |", lk_change_words[k]);
  g_string_append (text, " holds |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---|\n");
  for (guint i = 0; i < lk_check_verdict_rows (s->run); i++)
    {
      LkCheckVerdict verdict;
      g_autofree char *found = NULL, *alarms = NULL;

      if (!is_measured (s, i / 2) || !lk_check_verdict (&verdict, s->run, s->spec, i))
        continue;
      found = percent_text (&verdict.found);
      alarms = percent_text (&verdict.alarms);
      g_string_append_printf (text, "| `%s` | %s |", verdict.name, found);
      for (int k = 1; k < LK_N_CHANGES; k++)
        append_points (text, verdict.found_by[k]);
      g_string_append_printf (text, " %s |", alarms);
      for (int k = 1; k < LK_N_CHANGES; k++)
        append_points (text, verdict.alarms_by[k]);
      g_string_append_printf (text, " %s |\n", verdict.is_steady ? "yes" : "no");
    }
  g_string_append_c (text, '\n');
}

static void
append_lengths (GString *text, const Sources *s)
{
  g_string_append (text, "## Error of measurement\n\n"
    "Distance of the measured from the drawn value on portraits that are clean or only misplaced, in px of the 480 × 640 frame, degrees for the roll.\n\n"
    "| measure | aim, median at 480 px |");
  for (int k = 0; k < LK_RUN_SIZES; k++)
    g_string_append_printf (text, " %d px: n | median | 95 %% below |", lk_run_widths[k]);
  g_string_append (text, " met |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---|\n");
  for (int i = 0; i < LK_RUN_LENGTHS; i++)
    {
      const LkLengthErrors *length = &s->run->lengths[i];

      g_string_append_printf (text, "| `%s` | %.1f |", length->check_id, length->aim);
      for (int k = 0; k < LK_RUN_SIZES; k++)
        {
          LkDistribution d = lk_distribution (length->errors[k]);

          g_string_append_printf (text, " %u | %.2f | %.2f |", d.n, d.median, d.p95);
        }
      g_string_append_printf (text, " %s |\n", lk_distribution (length->errors[0]).median <= length->aim ? "yes" : "no");
    }
  g_string_append_c (text, '\n');
}

static double
mean (const GArray *values)
{
  double sum = 0;

  for (guint i = 0; i < values->len; i++)
    sum += g_array_index (values, double, i);
  return sum / values->len;
}

static void
append_blue (GString *text, const Sources *s)
{
  g_string_append (text, "## Blue background\n\n"
    "Portraits before a wall, cut out at the first try. Overlap: pixels that are person in the drawing and in the result by those that are "
    "in either (aim 0.97). Halo: mean distance from the blue in the ring of 3 px just outside the person, steps of 255.\n\n"
    "| wall | portraits | overlap, mean | 5 % below | least | at least 0.97 | halo, median | 95 % below |\n|---|---:|---:|---:|---:|---:|---:|---:|\n");
  for (int i = 0; i < LK_BLUE_WALLS; i++)
    {
      const LkBlueWall *wall = &s->blue->walls[i];
      LkDistribution d = lk_distribution (wall->overlaps), halo = lk_distribution (wall->halos);
      LkShare good = lk_share (d.n - lk_count_beyond (wall->overlaps, 0.97, FALSE), d.n);
      g_autofree char *share = percent_text (&good);

      g_string_append_printf (text, "| %s | %u | %.4f | %.4f | %.4f | %s | %.1f | %.1f |\n", wall->wall, d.n, mean (wall->overlaps), d.p5, d.min,
                              share, halo.median, halo.p95);
    }
  g_string_append_c (text, '\n');
}

static void
append_scores (GString *text, const char *who, const GArray *scores, const LkManifest *manifest)
{
  LkDistribution d = lk_distribution (scores);
  LkShare same = lk_share (d.n - lk_count_beyond (scores, manifest->same, FALSE), d.n);
  LkShare different = lk_share (lk_count_beyond (scores, manifest->different, FALSE), d.n);
  g_autofree char *same_text = percent_text (&same), *different_text = percent_text (&different);

  g_string_append_printf (text, "| %s | %u | %.2f | %.2f | %.2f | %.2f | %.2f | %s | %s |\n", who, d.n, d.min, d.p5, d.median, d.p95, d.max,
                          same_text, different_text);
}

static void
append_identity (GString *text, const Sources *s)
{
  const LkCheckStudy *study = lk_study_find (s->run->changes[0], "I2_similarity");

  if (study == NULL)
    return;
  g_string_append_printf (text, "## Likeness to the ID photo\n\n"
    "Bands of `data/models.json`: the same person from %.2f, another one below %.2f, between them and always a person decides. "
    "Drawn faces say nothing about how often two real people are taken for one: for that, `likeness-check calibrate` compares a college's own "
    "photos with each other.\n\n"
    "| ID photo of | pairs | least | 5 %% below | median | 95 %% below | most | taken for the same | for another |\n"
    "|---|---:|---:|---:|---:|---:|---:|---:|---:|\n", s->manifest->same, s->manifest->different);
  append_scores (text, "the same person", study->good, s->manifest);
  append_scores (text, "another person", study->faulty, s->manifest);
  g_string_append_c (text, '\n');
}

/* One figure another benchmark has left, if it has. */
static void
append_speed (GString *text, const Sources *s, const char *benchmark, const char *series, const char *what, const char *unit, const char *aim)
{
  g_autofree char *name = g_strconcat (benchmark, ".json", NULL);
  g_autofree char *path = g_build_filename (s->figures, name, NULL);
  g_autoptr (cJSON) root = lk_json_load (path, LK_ERROR_BAD_SPEC, NULL);
  double median = lk_json_number (lk_json_object (lk_json_object (root, "series"), series), "p50", NAN);

  if (!isnan (median))
    g_string_append_printf (text, "| %s | `./dev bench %s` | %.0f %s | %s |\n", what, benchmark, median, unit, aim);
}

static void
append_speeds (GString *text, const Sources *s)
{
  static const struct
  {
    const char *benchmark, *series, *what, *unit, *aim;
  } speeds[] = {
    { "engine", "480x640, processor", "all checks, 480 × 640, one thread", "ms", "50 ms" },
    { "engine", "960x1280, processor", "all checks, 960 × 1280, one thread", "ms", "60 ms" },
    { "blue", "blue, with models and checks 480x640", "blue background, 480 × 640, one thread", "ms", "60 ms" },
    { "tool", "all photos", "likeness-check on 1,000 photos, two cores", "s", "30 s" },
    { "tool", "peak memory, with its helpers", "its memory with its decode helpers, at most", "MB", "200 MB" },
  };
  GString *lines = g_string_new (NULL);

  for (gsize i = 0; s->figures != NULL && i < G_N_ELEMENTS (speeds); i++)
    append_speed (lines, s, speeds[i].benchmark, speeds[i].series, speeds[i].what, speeds[i].unit, speeds[i].aim);
  if (lines->len > 0)
    g_string_append_printf (text, "## Speed and memory\n\nMedians of the last run of each benchmark, on the processor named above.\n\n"
                            "| what | measured by | median | aim |\n|---|---|---:|---:|\n%s\n", lines->str);
  g_string_free (lines, TRUE);
}

static void
append_commands (GString *text)
{
  g_string_append (text, "## To see it again\n\n```sh\n"
    "./dev bench checks     # this file, build/bench/checks.json, and each miss and false alarm with the command that draws it: build/bench/checks-wrong.csv\n"
    "./dev bench engine     # milliseconds a photo\n"
    "./dev bench blue       # milliseconds a blue background\n"
    "./dev bench tool       # 1,000 photos with likeness-check: time and memory\n"
    "./dev fuzz             # changed pictures and data files\n```\n");
}

char *
lk_check_document (const LkCheckRun *run, const LkBlueRun *blue, const LkSpec *spec, const LkManifest *manifest, const char *figures)
{
  Sources s = { run, blue, spec, manifest, figures, run->changes[0]->checks->len };
  GString *text = g_string_new (NULL);

  append_head (text, &s);
  append_broken (text, &s);
  append_rates (text, &s);
  append_kin (text, &s);
  append_kinds (text, &s);
  append_faults (text, &s);
  append_changes (text, &s);
  append_lengths (text, &s);
  append_blue (text, &s);
  append_identity (text, &s);
  append_speeds (text, &s);
  append_commands (text);
  return g_string_free (text, FALSE);
}
