// SPDX-License-Identifier: GPL-3.0-or-later
// Looks through configuration text before libconfig 1.5 parses it, for what that takes silently in another sense
// (2147483648 as negative, 1e400 as infinity, 010 as 10, an unclosed comment as the rest of the file), takes quadratic
// time for, or refuses without saying why. Finds the lines with @include: libconfig must never see one, because it ends
// the process where the file cannot be read.
#ifndef WG_IO_CONFIG_PRESCAN_H
#define WG_IO_CONFIG_PRESCAN_H

#include <stddef.h>

#include "base/error.h"
#include "io/config_lines.h"

enum {
  WG_CONFIG_KEYS_MAX = 10000,          // in one text
  WG_CONFIG_VALUES_MAX = 100000,       // in the lists of one text, which libconfig moves with every 16 more
  WG_CONFIG_KEY_LENGTH_MAX = 64,       // bytes
  WG_CONFIG_STRING_LENGTH_MAX = 70000, // bytes as written
  WG_CONFIG_PATH_LENGTH_MAX = 4095,    // bytes
  WG_CONFIG_DEPTH_MAX = 32,            // brackets within brackets
};

// A line that stands for a file.
typedef struct wg_config_include {
  size_t start, end; // of the whole line in the text, its newline included
  int line;
  char *path; // as written; not empty
} wg_config_include;

// Start from {0}.
typedef struct wg_config_includes {
  wg_config_include *items;
  size_t count, capacity;
} wg_config_includes;

void wg_config_includes_free(wg_config_includes *includes);

// `fragment`: the text of an included file, which may be the middle of a list.
// Adds every problem to `error`, with file and line, and every @include to `includes`, which the caller frees.
int wg_config_prescan(const wg_config_lines *text, bool fragment, wg_config_includes *includes, wg_error *error);

#endif
