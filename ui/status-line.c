/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/status-line.h"

#include <dlfcn.h>

struct _LkStatusLine
{
  GtkWidget parent_instance;

  GtkWidget *words;               /* GtkInscription */
};

G_DEFINE_FINAL_TYPE (LkStatusLine, lk_status_line, GTK_TYPE_WIDGET)

/* From GTK 4.14 on a screen reader can be given a sentence to say; before, it follows the name of a status. Looked for at
 * run time: the program is built for 4.8 and runs on either. */
static void
announce (LkStatusLine *self,
          const char   *text,
          gboolean      is_warning)
{
  static gsize looked = 0;
  static void (*say) (GtkAccessible *, const char *, int);
  enum { MEDIUM = 1, HIGH = 2 };        /* GtkAccessibleAnnouncementPriority */

  if (g_once_init_enter (&looked))
    {
      say = (void (*) (GtkAccessible *, const char *, int)) dlsym (RTLD_DEFAULT, "gtk_accessible_announce");
      g_once_init_leave (&looked, 1);
    }
  if (say != NULL && text != NULL && text[0] != '\0' && gtk_widget_get_mapped (GTK_WIDGET (self)))
    say (GTK_ACCESSIBLE (self), text, is_warning ? HIGH : MEDIUM);
}

void
lk_status_line_set_text (LkStatusLine *self,
                         const char   *text,
                         gboolean      is_warning)
{
  g_return_if_fail (LK_IS_STATUS_LINE (self));

  gtk_inscription_set_text (GTK_INSCRIPTION (self->words), text);
  if (is_warning)
    gtk_widget_add_css_class (GTK_WIDGET (self), "fail");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "fail");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  announce (self, text, is_warning);
}

const char *
lk_status_line_get_text (LkStatusLine *self)
{
  g_return_val_if_fail (LK_IS_STATUS_LINE (self), NULL);

  return gtk_inscription_get_text (GTK_INSCRIPTION (self->words));
}

/* Asked for when it is wanted: setting a tooltip makes GTK ask the X server where the pointer is. */
static gboolean
lk_status_line_query_tooltip (GtkWidget  *widget,
                              int         x,
                              int         y,
                              gboolean    keyboard,
                              GtkTooltip *tooltip)
{
  const char *text = lk_status_line_get_text (LK_STATUS_LINE (widget));

  gtk_tooltip_set_text (tooltip, text);
  return text != NULL && text[0] != '\0';
}

static void
lk_status_line_dispose (GObject *object)
{
  g_clear_pointer (&LK_STATUS_LINE (object)->words, gtk_widget_unparent);

  G_OBJECT_CLASS (lk_status_line_parent_class)->dispose (object);
}

static void
lk_status_line_class_init (LkStatusLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lk_status_line_dispose;
  widget_class->query_tooltip = lk_status_line_query_tooltip;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "status-line");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
}

static void
lk_status_line_init (LkStatusLine *self)
{
  GtkInscription *words = GTK_INSCRIPTION (gtk_inscription_new (""));

  gtk_inscription_set_min_lines (words, 2);
  gtk_inscription_set_min_chars (words, 10);
  gtk_inscription_set_wrap_mode (words, PANGO_WRAP_WORD_CHAR);
  gtk_inscription_set_text_overflow (words, GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_yalign (words, 0.5);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  self->words = GTK_WIDGET (words);
  gtk_widget_set_parent (self->words, GTK_WIDGET (self));
}
