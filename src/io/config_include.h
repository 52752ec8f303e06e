// SPDX-License-Identifier: GPL-3.0-or-later
// Configuration files with their lines of @include replaced by what the files hold, before libconfig sees the text.
#ifndef WG_IO_CONFIG_INCLUDE_H
#define WG_IO_CONFIG_INCLUDE_H

#include <sys/types.h>

#include "base/error.h"
#include "io/config_lines.h"

enum {
  WG_INCLUDE_DEPTH_MAX = 16,   // files within files
  WG_INCLUDE_COUNT_MAX = 1000, // in one text
};

// Where an included file may lie: in one of the folders or below, whatever links lead there.
typedef struct wg_include_roots {
  const char *const *folders; // existing, as realpath gives them
  size_t count;
  bool anywhere; // no matter where
} wg_include_roots;

// Which file it is, whatever it is called.
typedef struct wg_config_identity {
  dev_t device;
  ino_t inode;
} wg_config_identity;

// Reads the file at `path` and all it includes (paths relative to the file that has them) and scans them, each by itself
// and together. `who` comes first in messages about `path` itself. What cannot be included is a problem with the line
// that asks for it; reading goes on, so that all problems are told. `text` is to be freed by the caller in any case.
int wg_config_include_read(const char *path, const char *who, const wg_include_roots *roots, wg_config_lines *text,
                           wg_config_identity *identity, wg_error *error);

// The folder of a file as realpath gives it; the caller frees. NULL where it is none.
char *wg_config_folder_of(const char *path);

// `name` as it is if absolute, else beside the file `from`. The caller frees; NULL when there is no memory.
char *wg_config_path_beside(const char *from, const char *name);

#endif
