// SPDX-License-Identifier: GPL-3.0-or-later
// Looks through configuration text before libconfig 1.5 parses it, for what that takes silently in another sense
// (2147483648 as negative, 1e400 as infinity, 010 as 10, an unclosed comment as the rest of the file), ends the process
// on (@include of a folder), takes quadratic time for, or refuses without saying why.
#ifndef WG_IO_CONFIG_PRESCAN_H
#define WG_IO_CONFIG_PRESCAN_H

#include <stddef.h>

#include "base/error.h"

enum {
  WG_CONFIG_KEYS_MAX = 10000,          // in one file
  WG_CONFIG_KEY_LENGTH_MAX = 64,       // bytes
  WG_CONFIG_STRING_LENGTH_MAX = 70000, // bytes as written
  WG_CONFIG_DEPTH_MAX = 32,            // brackets within brackets
};

// Adds every problem to `error`, with `path` and line. `text` ends in a newline and a zero at `length`.
int wg_config_prescan(const char *path, const char *text, size_t length, wg_error *error);

#endif
