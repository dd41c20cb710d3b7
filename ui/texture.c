/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/texture.h"

/* About twelve photos as large as the view beside all thumbnails of a long queue. */
static const gsize max_bytes = 48 * 1024 * 1024;

/* So long nothing has come when it is quiet. */
enum { QUIET_MS = 300 };

/* What lies with a texture. */
static const char pixels_key[] = "lk-pixels", surface_key[] = "lk-surface";
static const cairo_user_data_key_t pixels_of_surface;

typedef struct
{
  char *key;
  GdkTexture *texture;
  gsize n_bytes;
  GList *link;                  /* of the list of use, most recent first */
} Entry;

struct _LkTextures
{
  GObject parent_instance;

  LkPhotoLoader *loader;
  LkPictureFunc func;
  gpointer user_data;

  GHashTable *entries;          /* key -> Entry */
  GQueue used;
  gsize n_bytes;
  guint quiet_id;
};

G_DEFINE_FINAL_TYPE (LkTextures, lk_textures, G_TYPE_OBJECT)

enum { READY, FAILED, QUIET, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->key);
  g_object_unref (entry->texture);
  g_free (entry);
}

/* The pixels are the picture's own: nothing is copied. */
static GdkTexture *
texture_from_picture (LkPicture *picture)
{
  GdkTexture *texture = gdk_memory_texture_new (picture->width, picture->height, GDK_MEMORY_B8G8R8A8_PREMULTIPLIED,
                                                picture->bgra, (gsize) picture->width * 4);

  g_object_set_data_full (G_OBJECT (texture), pixels_key, g_bytes_ref (picture->bgra), (GDestroyNotify) g_bytes_unref);
  return texture;
}

static void
destroy_surface (gpointer surface)
{
  cairo_surface_destroy (surface);
}

/* Made when it is first drawn, and kept with the texture. A photo has no transparency: pixels are just copied to their place. */
static cairo_surface_t *
get_surface (GdkTexture *texture)
{
  cairo_surface_t *surface = g_object_get_data (G_OBJECT (texture), surface_key);
  GBytes *pixels = g_object_get_data (G_OBJECT (texture), pixels_key);
  int width = gdk_texture_get_width (texture);

  if (surface != NULL || pixels == NULL || cairo_format_stride_for_width (CAIRO_FORMAT_RGB24, width) != width * 4)
    return surface;
  surface = cairo_image_surface_create_for_data ((guchar *) g_bytes_get_data (pixels, NULL), CAIRO_FORMAT_RGB24, width,
                                                 gdk_texture_get_height (texture), width * 4);
  /* a surface may be asked for by a drawing that is not done when the texture is gone */
  cairo_surface_set_user_data (surface, &pixels_of_surface, g_bytes_ref (pixels), (cairo_destroy_func_t) g_bytes_unref);
  g_object_set_data_full (G_OBJECT (texture), surface_key, surface, destroy_surface);
  return surface;
}

void
lk_texture_append (GtkWidget             *widget,
                   GtkSnapshot           *snapshot,
                   GdkTexture            *texture,
                   const graphene_rect_t *place)
{
  GtkNative *native = gtk_widget_get_native (widget);
  GskRenderer *renderer = native != NULL ? gtk_native_get_renderer (native) : NULL;
  cairo_surface_t *surface = renderer != NULL && GSK_IS_CAIRO_RENDERER (renderer) ? get_surface (texture) : NULL;
  cairo_t *cr;

  if (surface == NULL)
    {
      gtk_snapshot_append_texture (snapshot, texture, place);
      return;
    }
  cr = gtk_snapshot_append_cairo (snapshot, place);
  cairo_translate (cr, place->origin.x, place->origin.y);
  cairo_scale (cr, (double) place->size.width / gdk_texture_get_width (texture),
               (double) place->size.height / gdk_texture_get_height (texture));
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_rectangle (cr, 0, 0, gdk_texture_get_width (texture), gdk_texture_get_height (texture));
  cairo_fill (cr);
  cairo_destroy (cr);
}

static void
forget_oldest (LkTextures *self)
{
  while (self->n_bytes > max_bytes && self->used.length > 1)
    {
      Entry *entry = g_queue_pop_tail (&self->used);

      self->n_bytes -= entry->n_bytes;
      g_hash_table_remove (self->entries, entry->key);
    }
}

static GdkTexture *
keep (LkTextures *self,
      char       *key,
      LkPicture  *picture)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->key = key;
  entry->texture = texture_from_picture (picture);
  entry->n_bytes = (gsize) picture->width * picture->height * 4;
  g_queue_push_head (&self->used, entry);
  entry->link = self->used.head;
  self->n_bytes += entry->n_bytes;
  g_hash_table_insert (self->entries, entry->key, entry);
  forget_oldest (self);
  return entry->texture;
}

static char *
make_key (const char *hash,
          int         box_width,
          int         box_height,
          double      scale)
{
  if (scale > 0)
    return g_strdup_printf ("%s*%.4f", hash, scale);
  return g_strdup_printf ("%s/%dx%d", hash, box_width, box_height);
}

static GdkTexture *
find_or_ask (LkTextures *self,
             const char *hash,
             int         box_width,
             int         box_height,
             double      scale)
{
  g_autofree char *key = make_key (hash, box_width, box_height, scale);
  Entry *entry = g_hash_table_lookup (self->entries, key);
  g_autoptr (LkPicture) picture = NULL;

  if (entry != NULL)
    {
      g_queue_unlink (&self->used, entry->link);
      g_queue_push_head_link (&self->used, entry->link);
      return entry->texture;
    }

  picture = self->func (hash, box_width, box_height, scale, self->user_data);
  if (picture == NULL)
    return NULL;
  return keep (self, g_steal_pointer (&key), picture);
}

GdkTexture *
lk_textures_get (LkTextures *self,
                 const char *hash,
                 int         box_width,
                 int         box_height)
{
  g_return_val_if_fail (LK_IS_TEXTURES (self), NULL);
  g_return_val_if_fail (hash != NULL, NULL);

  if (box_width <= 0 || box_height <= 0)
    return NULL;
  return find_or_ask (self, hash, box_width, box_height, 0);
}

GdkTexture *
lk_textures_get_scaled (LkTextures *self,
                        const char *hash,
                        double      scale)
{
  g_return_val_if_fail (LK_IS_TEXTURES (self), NULL);
  g_return_val_if_fail (hash != NULL && scale > 0, NULL);

  return find_or_ask (self, hash, 0, 0, scale);
}

GdkTexture *
lk_textures_peek (LkTextures *self,
                  const char *hash)
{
  const Entry *largest = NULL;

  g_return_val_if_fail (LK_IS_TEXTURES (self), NULL);
  g_return_val_if_fail (hash != NULL, NULL);

  for (const GList *link = self->used.head; link != NULL; link = link->next)
    {
      const Entry *entry = link->data;

      if (g_str_has_prefix (entry->key, hash) && (largest == NULL || entry->n_bytes > largest->n_bytes))
        largest = entry;
    }
  return largest != NULL ? largest->texture : NULL;
}

void
lk_textures_prefetch (LkTextures        *self,
                      const char *const *hashes,
                      int                box_width,
                      int                box_height)
{
  g_return_if_fail (LK_IS_TEXTURES (self));

  if (self->loader != NULL && box_width > 0 && box_height > 0)
    lk_photo_loader_prefetch (self->loader, hashes, box_width, box_height);
}

static gboolean
on_quiet (gpointer user_data)
{
  LkTextures *self = user_data;

  self->quiet_id = 0;
  g_signal_emit (self, signals[QUIET], 0);
  return G_SOURCE_REMOVE;
}

void
lk_textures_ready (LkTextures *self,
                   const char *hash)
{
  g_return_if_fail (LK_IS_TEXTURES (self));

  g_clear_handle_id (&self->quiet_id, g_source_remove);
  self->quiet_id = g_timeout_add (QUIET_MS, on_quiet, self);
  g_signal_emit (self, signals[READY], 0, hash);
}

void
lk_textures_failed (LkTextures *self,
                    const char *hash,
                    int         code)
{
  g_return_if_fail (LK_IS_TEXTURES (self));

  g_signal_emit (self, signals[FAILED], 0, hash, code);
}

void
lk_textures_clear (LkTextures *self)
{
  g_return_if_fail (LK_IS_TEXTURES (self));

  g_queue_clear (&self->used);
  g_hash_table_remove_all (self->entries);
  self->n_bytes = 0;
}

static void
lk_textures_finalize (GObject *object)
{
  LkTextures *self = LK_TEXTURES (object);

  g_clear_handle_id (&self->quiet_id, g_source_remove);
  g_queue_clear (&self->used);
  g_hash_table_unref (self->entries);
  g_clear_object (&self->loader);

  G_OBJECT_CLASS (lk_textures_parent_class)->finalize (object);
}

static void
lk_textures_class_init (LkTexturesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lk_textures_finalize;

  signals[READY] = g_signal_new ("ready", LK_TYPE_TEXTURES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[FAILED] = g_signal_new ("failed", LK_TYPE_TEXTURES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_INT);
  signals[QUIET] = g_signal_new ("quiet", LK_TYPE_TEXTURES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lk_textures_init (LkTextures *self)
{
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, entry_free);
  g_queue_init (&self->used);
}

LkTextures *
lk_textures_new (LkPictureFunc func,
                 gpointer      user_data)
{
  LkTextures *self = g_object_new (LK_TYPE_TEXTURES, NULL);

  self->func = func;
  self->user_data = user_data;
  return self;
}

static LkPicture *
ask_loader (const char *hash,
            int         box_width,
            int         box_height,
            double      scale,
            gpointer    user_data)
{
  LkPhotoLoader *loader = user_data;

  if (scale > 0)
    return lk_photo_loader_get_scaled (loader, hash, scale);
  return lk_photo_loader_get (loader, hash, box_width, box_height);
}

static void
on_loader_ready (LkPhotoLoader *loader,
                 const char    *hash,
                 int            width,
                 int            height,
                 LkTextures    *self)
{
  lk_textures_ready (self, hash);
}

static void
on_loader_failed (LkPhotoLoader *loader,
                  const char    *hash,
                  int            code,
                  LkTextures    *self)
{
  lk_textures_failed (self, hash, code);
}

LkTextures *
lk_textures_new_for_loader (LkPhotoLoader *loader)
{
  LkTextures *self = lk_textures_new (ask_loader, loader);

  self->loader = g_object_ref (loader);
  g_signal_connect_object (loader, "ready", G_CALLBACK (on_loader_ready), self, 0);
  g_signal_connect_object (loader, "failed", G_CALLBACK (on_loader_failed), self, 0);
  return self;
}
