// SPDX-License-Identifier: GPL-3.0-or-later
// One parsed configuration file, and its way into a configuration.
#ifndef WG_IO_CONFIG_TREE_H
#define WG_IO_CONFIG_TREE_H

#include <libconfig.h>
#include <stdbool.h>

#include "base/error.h"
#include "io/config_include.h"
#include "schema/config.h"

typedef enum wg_config_role {
  WG_CONFIG_FACTS,    // of the folder `configs`: no keys at the top level but groups
  WG_CONFIG_SCENARIO, // a scenario or what it extends
} wg_config_role;

// Start from {0}.
typedef struct wg_config_tree {
  char *path;           // as it is named in messages
  config_t *parsed;     // on its own: its settings point back to it
  wg_config_lines text; // what was parsed, which knows the files and lines that others were included from
  wg_config_identity identity;
} wg_config_tree;

// Reads, scans and parses the file at `path` with all it includes. `who` comes first in messages about a file that cannot
// be read.
int wg_config_tree_read(const char *path, const char *who, const wg_include_roots *roots, wg_config_tree *tree,
                        wg_error *error);

void wg_config_tree_free(wg_config_tree *tree);

// Sets everything the file gives, and goes on after problems. Returns the last problem's code.
int wg_config_tree_apply(const wg_config_tree *tree, wg_config_role role, wg_config *config, wg_error *error);

// The text of `extends` and where it stands; NULL if it is not there (then place->file is NULL, too) or is no text, which
// is a problem.
const char *wg_config_tree_extends(const wg_config_tree *tree, wg_config_place *place, wg_error *error);

// Where a setting of the tree stands.
wg_config_place wg_config_tree_place(const wg_config_tree *tree, const config_setting_t *setting);

// Whether the file has the key at its top level.
bool wg_config_tree_has(const wg_config_tree *tree, const char *key);

#endif
