/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verb duplicates: which photos of some folders are one file, one shot, or one face under two names. */
#include <math.h>

#include <glib/gi18n.h>
#include <gio/gio.h>

#include "core/json.h"
#include "photo/face-index.h"
#include "tools/check/parallel.h"
#include "tools/check/photos.h"
#include "tools/check/sentence.h"
#include "tools/check/table.h"
#include "tools/check/toolbox.h"
#include "tools/check/verbs.h"

/* Faces that are looked at for each photo; copies are never left out. */
enum { MOST_FACES = 20 };

typedef enum
{
  SAME_FILE,
  NEAR_COPY,
  SAME_FACE,
  N_KINDS,
} Kind;

static const struct
{
  const char *word;             /* in JSON */
  const char *text;
} kinds[N_KINDS] = {
  [SAME_FILE] = { "same-file", N_("same file") },
  [NEAR_COPY] = { "near-copy", N_("same picture") },
  [SAME_FACE] = { "same-face", N_("same face, other name") },
};

/* What is known of one photo. */
typedef struct
{
  char hash[LK_FILE_HASH_SIZE];
  LkTrace *trace;               /* NULL without a face */
  GError *error;
} Photo;

typedef struct
{
  const LkToolOptions *options;
  LkToolbox toolbox;
  GPtrArray *files;
  Photo *photos;
  LkProgress *progress;
  LkFaceIndex *index;
  GHashTable *by_hash;          /* hash -> number of the first photo, from 1 */
  GHashTable *by_name;          /* name of a person -> its number */
  LkTable *table;
  guint n_unread, n_faceless, n_found[N_KINDS];
} Run;

static void
run_clear (Run *run)
{
  for (guint i = 0; run->photos != NULL && i < run->files->len; i++)
    {
      g_clear_pointer (&run->photos[i].trace, lk_trace_free);
      g_clear_error (&run->photos[i].error);
    }
  g_clear_pointer (&run->photos, g_free);
  g_clear_pointer (&run->progress, lk_progress_free);
  g_clear_pointer (&run->files, g_ptr_array_unref);
  g_clear_pointer (&run->index, lk_face_index_free);
  g_clear_pointer (&run->by_hash, g_hash_table_unref);
  g_clear_pointer (&run->by_name, g_hash_table_unref);
  g_clear_pointer (&run->table, lk_table_free);
  lk_toolbox_clear (&run->toolbox);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

/* -- looking at one photo -- */

static LkTrace *
find_trace (LkEngine *engine, LkPixels *pixels, GError **error)
{
  g_autoptr (LkPyramid) pyramid = lk_pyramid_new (pixels);
  g_autofree LkFaces *faces = g_new0 (LkFaces, 1);
  g_autoptr (LkEmbedding) embedding = NULL;

  if (engine == NULL || !lk_faces_find (engine, pyramid, TRUE, faces, error) || faces->n_faces == 0)
    return NULL;
  if (engine->n_embeddings > 0 && (embedding = lk_embedding_new (engine, pyramid, &faces->main, error)) == NULL)
    return NULL;
  return lk_trace_new (engine, embedding, pyramid, &faces->main);
}

static void
look_at (guint i, gpointer data)
{
  Run *run = data;
  Photo *photo = &run->photos[i];
  const LkPhotoFile *file = run->files->pdata[i];
  g_autoptr (GBytes) bytes = lk_photo_load (file->path, &photo->error);
  g_autoptr (LkPixels) pixels = NULL;

  if (bytes == NULL)
    return;
  lk_file_hash (bytes, photo->hash);
  pixels = lk_checker_decode (run->toolbox.checker, bytes, NULL, &photo->error);
  if (pixels != NULL)
    photo->trace = find_trace (run->toolbox.engine, pixels, &photo->error);
}

/* -- telling -- */

static void
tell_pair (Run *run, Kind kind, guint a, guint b, double score, double shape)
{
  const LkPhotoFile *first = run->files->pdata[a], *second = run->files->pdata[b];
  g_autofree char *first_name = g_filename_display_name (first->path), *second_name = g_filename_display_name (second->path);
  g_autoptr (cJSON) json = NULL;
  g_autofree char *text = NULL;

  run->n_found[kind]++;
  if (!run->options->json)
    {
      text = isnan (score) ? g_strdup ("") : g_strdup_printf ("%.2f", score);
      lk_table_add_row (run->table, kind == SAME_FACE ? LK_COLOUR_YELLOW : LK_COLOUR_RED,
                        (const char *[]) { _(kinds[kind].text), first_name, second_name, text });
      return;
    }
  json = cJSON_CreateObject ();
  lk_json_add_string (json, "kind", kinds[kind].word);
  lk_json_add_strv (json, "files", (const char *[]) { first_name, second_name, NULL });
  lk_json_add_number (json, "score", round (score * 1e4) / 1e4);
  lk_json_add_number (json, "shape", round (shape * 1e4) / 1e4);
  text = lk_json_print (json);
  g_print ("%s\n", text);
}

static void
tell_unread (Run *run, guint i)
{
  const LkPhotoFile *file = run->files->pdata[i];
  g_autofree char *shown = g_filename_display_name (file->path);
  g_autoptr (cJSON) json = NULL;
  g_autofree char *text = NULL;

  run->n_unread++;
  lk_complain (shown, run->photos[i].error);
  if (!run->options->json)
    return;
  json = cJSON_CreateObject ();
  lk_json_add_string (json, "file", shown);
  lk_json_add_string (json, "error", run->photos[i].error->message);
  text = lk_json_print (json);
  g_print ("%s\n", text);
}

/* -- comparing -- */

static gint64
person_of (Run *run, guint i)
{
  g_autofree char *name = lk_photo_person (run->files->pdata[i]);
  gint64 person = GPOINTER_TO_INT (g_hash_table_lookup (run->by_name, name));

  if (person != 0)
    return person;
  person = (gint64) g_hash_table_size (run->by_name) + 1;
  g_hash_table_insert (run->by_name, g_steal_pointer (&name), GINT_TO_POINTER ((int) person));
  return person;
}

/* With all photos before it, so that each pair is told once. */
static void
compare (Run *run, guint i)
{
  const Photo *photo = &run->photos[i];
  LkEngine *engine = run->toolbox.engine;
  gint64 person = person_of (run, i);
  LkFaceQuery query = {
    .trace = photo->trace, .filter = LK_GROUP_ANY, .n_best = MOST_FACES,
    .least_score = engine->n_embeddings > 0 ? engine->manifest->search : INFINITY, .copies = lk_copy_limits (run->toolbox.spec),
  };
  g_autoptr (GArray) hits = lk_face_index_query (run->index, &query);

  for (guint k = 0; k < hits->len; k++)
    {
      const LkFaceHit *hit = &g_array_index (hits, LkFaceHit, k);

      if (hit->is_copy)
        tell_pair (run, NEAR_COPY, (guint) hit->id, i, hit->score, hit->shape);
      else if (hit->group != person)
        tell_pair (run, SAME_FACE, (guint) hit->id, i, hit->score, hit->shape);
    }
  lk_face_index_add (run->index, i, person, photo->trace);
}

/* On the main thread, in order. A photo that is the file of an earlier one has its other likenesses, too: they are told once. */
static void
take (guint i, gpointer data)
{
  Run *run = data;
  const Photo *photo = &run->photos[i];
  guint earlier;

  lk_progress_hide (run->progress);
  if (photo->error != NULL)
    {
      tell_unread (run, i);
      return;
    }
  earlier = GPOINTER_TO_UINT (g_hash_table_lookup (run->by_hash, photo->hash));
  if (earlier != 0)
    {
      tell_pair (run, SAME_FILE, earlier - 1, i, NAN, NAN);
      return;
    }
  g_hash_table_insert (run->by_hash, (gpointer) photo->hash, GUINT_TO_POINTER (i + 1));
  if (photo->trace != NULL)
    compare (run, i);
  else
    run->n_faceless++;
}

static int
prepare (Run *run)
{
  g_autoptr (GError) error = NULL;
  int status = lk_toolbox_open (&run->toolbox, run->options);

  if (status != LK_EXIT_GOOD)
    return status;
  run->files = lk_photos_gather (run->options->files, &error);
  if (run->files == NULL)
    {
      lk_complain (NULL, error);
      return LK_EXIT_UNREAD;
    }
  run->photos = g_new0 (Photo, run->files->len);
  run->progress = lk_progress_new (run->files->len);
  run->index = lk_face_index_new (run->toolbox.engine != NULL ? lk_trace_models (run->toolbox.engine) : 0);
  run->by_hash = g_hash_table_new (g_str_hash, g_str_equal);
  run->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  run->table = lk_table_new ("lllr", 0);
  return LK_EXIT_GOOD;
}

static void
print_words (Run *run)
{
  g_autofree char *lines = lk_table_to_text (run->table, lk_colour_wanted (run->options->colour));

  g_print ("%s", lines);
  g_print (_("Photos: %u; same file: %u; same picture: %u; same face, other name: %u; without a face: %u; could not be read: %u."),
           run->files->len, run->n_found[SAME_FILE], run->n_found[NEAR_COPY], run->n_found[SAME_FACE], run->n_faceless,
           run->n_unread);
  g_print ("\n");
  if (run->n_found[SAME_FACE] > 0)
    g_print ("%s\n", _("A like face is no proof: a person has to look at both."));
}

int
lk_verb_duplicates (const LkToolOptions *options)
{
  g_auto (Run) run = { .options = options };
  int status = prepare (&run);

  if (status != LK_EXIT_GOOD)
    return status;
  lk_parallel_run (run.files->len, lk_parallel_jobs (options->jobs), look_at, take, run.progress, &run);
  lk_progress_hide (run.progress);
  if (!options->json)
    print_words (&run);
  /* without the models only the same file was looked for */
  if (run.n_unread > 0 || run.toolbox.engine == NULL)
    return LK_EXIT_UNREAD;
  return run.n_found[SAME_FILE] + run.n_found[NEAR_COPY] + run.n_found[SAME_FACE] > 0 ? LK_EXIT_FAILED : LK_EXIT_GOOD;
}
