/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/no-network.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/error.h"

struct _LkNoNetwork
{
  struct sock_fprog program;
};

static const int refused[] = {
  SCMP_SYS (socket), SCMP_SYS (socketpair),
  SCMP_SYS (io_uring_setup),                    /* opens sockets without a call of its own */
  SCMP_SYS (ptrace), SCMP_SYS (process_vm_writev), SCMP_SYS (pidfd_getfd),      /* others' sockets */
};

/* Returns 0 or a negative errno, as libseccomp does. */
static int
fill (scmp_filter_ctx filter)
{
  int result = 0;

#ifdef __x86_64__
  result = seccomp_arch_add (filter, SCMP_ARCH_X86);    /* a 32-bit program is a program too */
#endif
  for (gsize i = 0; i < G_N_ELEMENTS (refused) && result == 0; i++)
    result = seccomp_rule_add (filter, SCMP_ACT_ERRNO (EACCES), refused[i], 0);
  return result;
}

/* The filter as the kernel takes it: libseccomp only writes it into a file. */
static gboolean
read_program (int fd, struct sock_fprog *program)
{
  struct stat info;
  gssize n;

  if (fstat (fd, &info) != 0 || info.st_size <= 0)
    return FALSE;
  program->filter = g_malloc (info.st_size);
  program->len = (unsigned short) (info.st_size / sizeof *program->filter);
  n = pread (fd, program->filter, info.st_size, 0);
  return n == info.st_size;
}

LkNoNetwork *
lk_no_network_new (GError **error)
{
  g_autoptr (LkNoNetwork) self = g_new0 (LkNoNetwork, 1);
  scmp_filter_ctx filter = seccomp_init (SCMP_ACT_ALLOW);
  int fd = memfd_create ("no-network", MFD_CLOEXEC);
  gboolean ok = filter != NULL && fd >= 0 && fill (filter) == 0 && seccomp_export_bpf (filter, fd) == 0 && read_program (fd, &self->program);

  if (filter != NULL)
    seccomp_release (filter);
  if (fd >= 0)
    close (fd);
  if (ok)
    return g_steal_pointer (&self);
  g_set_error_literal (error, LK_ERROR, LK_ERROR_FAILED, "a program cannot be kept from the network here");
  return NULL;
}

void
lk_no_network_free (LkNoNetwork *self)
{
  g_free (self->program.filter);
  g_free (self);
}

gboolean
lk_no_network_apply (const LkNoNetwork *self)
{
  return prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &self->program) == 0;
}
