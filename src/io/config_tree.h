// SPDX-License-Identifier: GPL-3.0-or-later
// One parsed configuration file, and its way into a configuration.
#ifndef WG_IO_CONFIG_TREE_H
#define WG_IO_CONFIG_TREE_H

#include <libconfig.h>
#include <stdbool.h>
#include <sys/types.h>

#include "base/error.h"
#include "schema/config.h"

typedef enum wg_config_role {
  WG_CONFIG_FACTS,    // of the folder `configs`: no keys at the top level but groups
  WG_CONFIG_SCENARIO, // a scenario or what it extends
} wg_config_role;

// Start from {0}.
typedef struct wg_config_tree {
  char *path;       // as it is named in messages
  config_t *parsed; // on its own: its settings point back to it
  dev_t device;
  ino_t inode;
} wg_config_tree;

// Reads, scans and parses the file at `path`. `who` comes first in messages about a file that cannot be read.
int wg_config_tree_read(const char *path, const char *who, wg_config_tree *tree, wg_error *error);

void wg_config_tree_free(wg_config_tree *tree);

// Sets everything the file gives, and goes on after problems. Returns the last problem's code.
int wg_config_tree_apply(const wg_config_tree *tree, wg_config_role role, wg_config *config, wg_error *error);

// The text of `extends` and its line; NULL if it is not there. Something other than a text is a problem.
const char *wg_config_tree_extends(const wg_config_tree *tree, int *line, wg_error *error);

// Whether the file has the key at its top level.
bool wg_config_tree_has(const wg_config_tree *tree, const char *key);

#endif
