/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/framing.h"

#include <string.h>

static gboolean
is_named (const LkHeaderField *field, const char *name)
{
  return field->name_size == strlen (name) && g_ascii_strncasecmp (field->name, name, field->name_size) == 0;
}

static gsize
count_named (const LkHead *head, const char *name)
{
  gsize n = 0;

  for (gsize i = 0; i < head->n_fields; i++)
    n += is_named (&head->fields[i], name);
  return n;
}

static gboolean
is_token (const char *text, gsize size)
{
  for (gsize i = 0; i < size; i++)
    if (!g_ascii_isalnum (text[i]) && (text[i] == '\0' || strchr ("!#$%&'*+-.^_`|~", text[i]) == NULL))
      return FALSE;
  return size > 0;
}

static gboolean
has_control_byte (const char *text, gsize size)
{
  for (gsize i = 0; i < size; i++)
    if (((guchar) text[i] < 0x20 && text[i] != '\t') || text[i] == 0x7f)
      return TRUE;
  return FALSE;
}

static gboolean
is_plain_target (const char *target)
{
  if (*target != '/')
    return FALSE;
  for (; *target != '\0'; target++)
    if ((guchar) *target <= 0x20 || (guchar) *target >= 0x7f)
      return FALSE;
  return TRUE;
}

static gboolean
is_length (const LkHeaderField *field)
{
  for (gsize i = 0; i < field->value_size; i++)
    if (!g_ascii_isdigit (field->value[i]))
      return FALSE;
  return field->value_size > 0 && field->value_size <= 15;
}

static const char *
check_fields (const LkHead *head)
{
  for (gsize i = 0; i < head->n_fields; i++)
    {
      const LkHeaderField *field = &head->fields[i];

      if (!is_token (field->name, field->name_size))
        return "a header name that is no token";
      if (has_control_byte (field->value, field->value_size))
        return "a control byte in a header";
      if (is_named (field, "Content-Length") && !is_length (field))
        return "a length that is no number";
    }
  return NULL;
}

/* Method SP target SP version CRLF, name ":" [SP] value CRLF, CRLF. */
static gboolean
has_plain_size (const LkHead *head)
{
  gsize least = strlen (head->method) + strlen (head->target) + strlen (head->version) + 2 + 2 + 2;

  for (gsize i = 0; i < head->n_fields; i++)
    least += head->fields[i].name_size + 1 + head->fields[i].value_size + 2;
  return head->size == 0 || (head->size >= least && head->size <= least + head->n_fields);
}

static const char *
find_problem (const LkHead *head)
{
  gsize n_lengths = count_named (head, "Content-Length"), n_codings = count_named (head, "Transfer-Encoding");
  const char *problem = check_fields (head);

  if (problem != NULL)
    return problem;
  if (!is_plain_target (head->target))
    return "a target that is no plain path";
  if (strcmp (head->version, "HTTP/1.1") != 0 && strcmp (head->version, "HTTP/1.0") != 0)
    return "a version that is not spoken";
  if (count_named (head, "Host") != 1)
    return "no Host or several";
  if (n_lengths > 1 || n_codings > 1 || (n_lengths > 0 && n_codings > 0))
    return "the length is given more than once";
  if (!has_plain_size (head))
    return "line ends or spaces out of order";
  return NULL;
}

LkFraming
lk_framing_check (const LkHead *head, const char **reason)
{
  *reason = find_problem (head);
  if (*reason != NULL)
    return LK_FRAMING_BAD;
  if (count_named (head, "Transfer-Encoding") == 0)
    return LK_FRAMING_GOOD;
  *reason = "a chunked body";
  return LK_FRAMING_NO_LENGTH;
}
