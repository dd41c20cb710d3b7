/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/submission.h"

#include "core/batch.h"

struct _LkSubmission
{
  GObject parent_instance;

  LkSubmissionDescription facts;        /* strings are copies of our own */
  GPtrArray *measures;          /* facts.checks holds the others */
  LkOutcome worst;
  LkDecision *decision;
  gboolean unsure;
};

G_DEFINE_FINAL_TYPE (LkSubmission, lk_submission, G_TYPE_OBJECT)

enum
{
  PROP_NAME = 1,
  PROP_WORST,
  PROP_DECISION,
  PROP_UNSURE,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

/* The members of the description that are strings: copied and freed in one place. */
static const gsize strings[] = {
  G_STRUCT_OFFSET (LkSubmissionDescription, id),
  G_STRUCT_OFFSET (LkSubmissionDescription, lease),
  G_STRUCT_OFFSET (LkSubmissionDescription, name),
  G_STRUCT_OFFSET (LkSubmissionDescription, student_no),
  G_STRUCT_OFFSET (LkSubmissionDescription, class_name),
  G_STRUCT_OFFSET (LkSubmissionDescription, site),
  G_STRUCT_OFFSET (LkSubmissionDescription, photo),
  G_STRUCT_OFFSET (LkSubmissionDescription, id_card),
  G_STRUCT_OFFSET (LkSubmissionDescription, diploma),
};

static void
lk_submission_finalize (GObject *object)
{
  LkSubmission *self = LK_SUBMISSION (object);

  for (gsize i = 0; i < G_N_ELEMENTS (strings); i++)
    g_free (G_STRUCT_MEMBER (char *, &self->facts, strings[i]));
  for (int kind = 0; kind < LK_N_PHOTO_KINDS; kind++)
    lk_photo_info_free ((LkPhotoInfo *) self->facts.pictures[kind]);
  g_clear_pointer (&self->facts.checks, g_ptr_array_unref);
  g_clear_pointer (&self->measures, g_ptr_array_unref);
  g_clear_object (&self->decision);
  G_OBJECT_CLASS (lk_submission_parent_class)->finalize (object);
}

static void
lk_submission_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  LkSubmission *self = LK_SUBMISSION (object);

  switch (id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->facts.name);
      break;
    case PROP_WORST:
      g_value_set_int (value, (int) self->worst);
      break;
    case PROP_DECISION:
      g_value_set_object (value, self->decision);
      break;
    case PROP_UNSURE:
      g_value_set_boolean (value, self->unsure);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

static void
lk_submission_class_init (LkSubmissionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = lk_submission_finalize;
  object_class->get_property = lk_submission_get_property;
  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  props[PROP_WORST] = g_param_spec_int ("worst", NULL, NULL, LK_OUTCOME_PASS, LK_OUTCOME_NOT_RUN, LK_OUTCOME_PASS, flags);
  props[PROP_DECISION] = g_param_spec_object ("decision", NULL, NULL, LK_TYPE_DECISION, flags);
  props[PROP_UNSURE] = g_param_spec_boolean ("unsure", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
lk_submission_init (LkSubmission *self)
{
}

LkSubmission *
lk_submission_new (const LkSubmissionDescription *description)
{
  LkSubmission *self = g_object_new (LK_TYPE_SUBMISSION, NULL);

  self->facts = *description;
  for (gsize i = 0; i < G_N_ELEMENTS (strings); i++)
    G_STRUCT_MEMBER (char *, &self->facts, strings[i]) = g_strdup (G_STRUCT_MEMBER (char *, description, strings[i]));
  for (int kind = 0; kind < LK_N_PHOTO_KINDS; kind++)
    self->facts.pictures[kind] = lk_photo_info_copy (description->pictures[kind]);
  self->facts.checks = description->checks != NULL ? lk_checks_filter (description->checks, FALSE)
                                                   : g_ptr_array_new_with_free_func (g_object_unref);
  self->measures = description->checks != NULL ? lk_checks_filter (description->checks, TRUE)
                                               : g_ptr_array_new_with_free_func (g_object_unref);
  self->worst = lk_checks_worst (self->facts.checks);
  return self;
}

const char *
lk_submission_get_id (LkSubmission *self)
{
  return self->facts.id;
}

const char *
lk_submission_get_lease (LkSubmission *self)
{
  return self->facts.lease;
}

void
lk_submission_set_lease (LkSubmission *self, const char *lease)
{
  char *copy = g_strdup (lease);

  g_free ((char *) self->facts.lease);
  self->facts.lease = copy;
}

LkState
lk_submission_get_state (LkSubmission *self)
{
  return self->facts.state;
}

const char *
lk_submission_get_name (LkSubmission *self)
{
  return self->facts.name;
}

const char *
lk_submission_get_student_no (LkSubmission *self)
{
  return self->facts.student_no;
}

const char *
lk_submission_get_class_name (LkSubmission *self)
{
  return self->facts.class_name;
}

const char *
lk_submission_get_site (LkSubmission *self)
{
  return self->facts.site;
}

int
lk_submission_get_tries_used (LkSubmission *self)
{
  return self->facts.tries_used;
}

int
lk_submission_get_tries_allowed (LkSubmission *self)
{
  return self->facts.tries_allowed;
}

gint64
lk_submission_get_submitted_at (LkSubmission *self)
{
  return self->facts.submitted_at;
}

gint64
lk_submission_get_due_at (LkSubmission *self)
{
  return self->facts.due_at;
}

const char *
lk_submission_get_photo (LkSubmission *self)
{
  return self->facts.photo;
}

int
lk_submission_get_photo_width (LkSubmission *self)
{
  return self->facts.photo_width;
}

int
lk_submission_get_photo_height (LkSubmission *self)
{
  return self->facts.photo_height;
}

const char *
lk_submission_get_reference (LkSubmission *self, LkReferenceKind kind)
{
  return kind == LK_REFERENCE_ID_CARD ? self->facts.id_card : self->facts.diploma;
}

const LkPhotoInfo *
lk_submission_get_picture (LkSubmission *self, LkPhotoKind kind)
{
  return self->facts.pictures[kind];
}

LkPhotoInfo *
lk_submission_dup_info (LkSubmission *self)
{
  LkEyes eyes = lk_checks_get_eyes (self->facts.checks);

  return lk_photo_info_new (self->facts.photo, self->facts.photo_width, self->facts.photo_height, &eyes);
}

GPtrArray *
lk_submission_get_checks (LkSubmission *self)
{
  return self->facts.checks;
}

GPtrArray *
lk_submission_get_measures (LkSubmission *self)
{
  return self->measures;
}

gboolean
lk_submission_get_identity_flag (LkSubmission *self)
{
  return lk_checks_flag_identity (self->facts.checks);
}

LkOutcome
lk_submission_get_worst (LkSubmission *self)
{
  return self->worst;
}

LkDecision *
lk_submission_get_decision (LkSubmission *self)
{
  return self->decision;
}

void
lk_submission_set_decision (LkSubmission *self, LkDecision *decision)
{
  if (g_set_object (&self->decision, decision))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DECISION]);
}

gboolean
lk_submission_get_unsure (LkSubmission *self)
{
  return self->unsure;
}

void
lk_submission_set_unsure (LkSubmission *self, gboolean unsure)
{
  if (self->unsure == unsure)
    return;
  self->unsure = unsure;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_UNSURE]);
}
