// SPDX-License-Identifier: GPL-3.0-or-later
// The bytes of a configuration file, refused before anything else can trip over them.
#ifndef WG_IO_CONFIG_SOURCE_H
#define WG_IO_CONFIG_SOURCE_H

#include <stddef.h>
#include <sys/types.h>

#include "base/error.h"

enum { WG_CONFIG_FILE_MAX = 4 << 20 };

typedef struct wg_config_source {
  char *text; // ends in a newline and a terminating zero, both beyond what the file may have had
  size_t length;
  dev_t device; // which file it is, whatever it was called
  ino_t inode;
} wg_config_source;

// Reads the regular file at `path`, at most 4 MiB. `who` comes first in messages ("child.cfg:2: extends: ", or "").
// The caller frees `text`.
int wg_config_source_read(const char *path, const char *who, wg_config_source *source, wg_error *error);

#endif
