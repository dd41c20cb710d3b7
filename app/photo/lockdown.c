/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photo/lockdown.h"

#include <errno.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "core/error.h"
#include "photo/decoder-private.h"

#ifdef __has_feature
#define HAS_FEATURE(name) __has_feature (name)
#else
#define HAS_FEATURE(name) 0
#endif
#if defined (__SANITIZE_ADDRESS__) || HAS_FEATURE (address_sanitizer)
#define IS_SANITIZED 1
#else
#define IS_SANITIZED 0
#endif

/* Over its whole life: a helper is replaced after LK_DECODER_PHOTOS photos, and stopped from outside when one photo takes
 * too long. This ends one whose parent is gone. */
enum { CPU_SECONDS = 900 };

/* The HEIC decoder works in a thread of its own. A thread is as locked in as the one that starts it; these are what
 * pthread_create() asks for and no process can have. */
#define THREAD_FLAGS (CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD)

/* What malloc(), GLib and the image libraries call while they decode, and what ends a process. */
static const int harmless[] = {
  SCMP_SYS (munmap), SCMP_SYS (mremap), SCMP_SYS (brk), SCMP_SYS (madvise),
  SCMP_SYS (futex), SCMP_SYS (sched_yield), SCMP_SYS (getrandom),
  SCMP_SYS (clock_gettime), SCMP_SYS (gettimeofday), SCMP_SYS (time),
  SCMP_SYS (getpid), SCMP_SYS (gettid), SCMP_SYS (close),
  SCMP_SYS (rt_sigreturn), SCMP_SYS (rt_sigprocmask), SCMP_SYS (rt_sigaction), SCMP_SYS (restart_syscall),
  SCMP_SYS (exit), SCMP_SYS (exit_group), SCMP_SYS (set_robust_list), SCMP_SYS (rseq),
#if IS_SANITIZED
  /* the sanitizer's own bookkeeping; none of these reaches a file or another process */
  SCMP_SYS (sigaltstack), SCMP_SYS (getrusage), SCMP_SYS (sched_getaffinity),
#endif
};

static gboolean
set_limit (__rlimit_resource_t resource, rlim_t most)
{
  struct rlimit limit = { most, most };

  return setrlimit (resource, &limit) == 0;
}

static gboolean
set_limits (gsize memory)
{
  signal (SIGXFSZ, SIG_IGN);    /* an error from write() instead */
  return (IS_SANITIZED || set_limit (RLIMIT_AS, memory)) && set_limit (RLIMIT_CPU, CPU_SECONDS) &&
         set_limit (RLIMIT_CORE, 0) && set_limit (RLIMIT_FSIZE, 0) && set_limit (RLIMIT_NOFILE, 0);
}

/* Returns 0 or a negative errno, as libseccomp does. */
static int
allow_with_arguments (scmp_filter_ctx filter)
{
  const struct { int call; struct scmp_arg_cmp argument; } rules[] = {
    { SCMP_SYS (recvfrom), SCMP_A0 (SCMP_CMP_EQ, LK_DECODER_SOCKET_FD) },
    { SCMP_SYS (sendto), SCMP_A0 (SCMP_CMP_EQ, LK_DECODER_SOCKET_FD) },
    { SCMP_SYS (write), SCMP_A0 (SCMP_CMP_EQ, STDERR_FILENO) },
    { SCMP_SYS (writev), SCMP_A0 (SCMP_CMP_EQ, STDERR_FILENO) },
    /* memory, but never code */
    { SCMP_SYS (mmap), SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0) },
    { SCMP_SYS (mprotect), SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0) },
    { SCMP_SYS (clone), SCMP_A0 (SCMP_CMP_MASKED_EQ, THREAD_FLAGS, THREAD_FLAGS) },
    /* abort() */
    { SCMP_SYS (tgkill), SCMP_A0 (SCMP_CMP_EQ, (scmp_datum_t) getpid ()) },
#if IS_SANITIZED && defined (PR_SET_VMA)
    { SCMP_SYS (prctl), SCMP_A0 (SCMP_CMP_EQ, PR_SET_VMA) },
#endif
  };
  int result = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (rules) && result == 0; i++)
    result = seccomp_rule_add_array (filter, SCMP_ACT_ALLOW, rules[i].call, 1, &rules[i].argument);
  /* its flags lie in memory, where no filter sees them; the C library then takes clone() */
  if (result == 0)
    result = seccomp_rule_add (filter, SCMP_ACT_ERRNO (ENOSYS), SCMP_SYS (clone3), 0);
  return result;
}

static int
load_filter (void)
{
  scmp_filter_ctx filter = seccomp_init (SCMP_ACT_KILL_PROCESS);
  int result;

  if (filter == NULL)
    return -ENOMEM;
  result = seccomp_attr_set (filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
  for (gsize i = 0; i < G_N_ELEMENTS (harmless) && result == 0; i++)
    result = seccomp_rule_add (filter, SCMP_ACT_ALLOW, harmless[i], 0);
  if (result == 0)
    result = allow_with_arguments (filter);
  if (result == 0)
    result = seccomp_load (filter);     /* sets no_new_privs too */
  seccomp_release (filter);
  return result;
}

gboolean
lk_lockdown (gsize memory, GError **error)
{
  int result;

  /* not dumpable: no other process of this user can look into the photos in it */
  if (prctl (PR_SET_DUMPABLE, 0) != 0 || prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || !set_limits (memory))
    result = -errno;
  else
    result = load_filter ();
  if (result == 0)
    return TRUE;
  g_set_error (error, LK_ERROR, LK_ERROR_NO_DECODER, "the decoder cannot be locked down: %s", g_strerror (-result));
  return FALSE;
}
