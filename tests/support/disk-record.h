/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdint.h>

/* What disk-recorder.c writes down: a record, then so many bytes. Files have numbers; paths are those below the folder, "" or with a
 * slash first. */
enum
{
  LK_DISK_FOUND = 'f',          /* the file with this number was there before, under the path that follows */
  LK_DISK_CREATE = 'c',         /* a new file under the path that follows */
  LK_DISK_UNNAMED = 'o',        /* a new file without a name */
  LK_DISK_WRITE = 'w',          /* the bytes that follow, at this offset */
  LK_DISK_TRUNCATE = 't',       /* its length is offset now */
  LK_DISK_SYNC = 's',           /* what was done to it is on the disk */
  LK_DISK_SYNC_FOLDER = 'd',    /* so are the names in the folder whose path follows */
  LK_DISK_RENAME = 'r',         /* two paths, with a NUL between */
  LK_DISK_LINK = 'l',           /* the file has the name that follows, too */
  LK_DISK_UNLINK = 'u',
  LK_DISK_FOLDER = 'm',         /* a new folder */
};

typedef struct __attribute__ ((packed))
{
  char op;
  uint32_t id;
  uint64_t offset;
  uint32_t size;                /* of what follows */
} LkDiskRecord;
