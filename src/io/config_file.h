// SPDX-License-Identifier: GPL-3.0-or-later
// libconfig files into a resolved configuration.
#ifndef WG_IO_CONFIG_FILE_H
#define WG_IO_CONFIG_FILE_H

#include <stdbool.h>

#include "base/error.h"
#include "io/config_include.h"
#include "schema/config.h"

typedef struct wg_config_sources {
  const char *scenario;           // file, or NULL: none, and nothing is required
  const char *configs;            // folder, or NULL: none
  const char *const *sets;        // "path=value", the value being libconfig text; a bare word is taken as a string
  const char *const *set_origins; // of each, as messages name it; NULL: "--set"
  size_t set_count;
  const wg_include_roots *include; // besides the scenario's own folder; NULL: nothing else
} wg_config_sources;

// Reads into `config`, which holds the defaults. Order of precedence, later wins: every *.cfg of the folder `configs` by
// name, the chain of `extends` (paths relative to the file that names them, cycles refused), the scenario, then `sets`.
// Each file may include others. Groups merge key by key, lists replace. Every unknown key, wrong type, value out of
// range, overflow or duplicate is reported with file:line, key, allowed range and nearest known key, all problems in one
// message (WG_FAIL_CONFIG).
//
// Top-level keys other than the groups' paths are the rows of the group whose path is "" and `extends` in scenarios;
// none in `configs`. The required rows of that group (`name`) must be given by the scenario itself or by `--set`.
// Files in `configs` may create instances of keyed groups; so may scenarios. `--set` may not.
//
// `whole` (may be NULL) tells that every file could be read and every required value is there: then problems are with
// single values, in whose place the defaults or earlier sources' values stand, and the configuration can be looked at
// further.
int wg_config_file_read(const wg_config_sources *sources, wg_config *config, bool *whole, wg_error *error);

#endif
