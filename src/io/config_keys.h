// SPDX-License-Identifier: GPL-3.0-or-later
// The keys of a configuration file with their groups, to find those given twice: libconfig tells only the line.
#ifndef WG_IO_CONFIG_KEYS_H
#define WG_IO_CONFIG_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct wg_config_key {
  const char *name; // within the file's text
  size_t length;
  uint32_t scope; // which pair of braces it stands in
  int line;
} wg_config_key;

// Start from {0}.
typedef struct wg_config_keys {
  wg_config_key *items;
  size_t count, capacity;
} wg_config_keys;

// Returns false when there is no memory.
bool wg_config_keys_add(wg_config_keys *keys, wg_config_key key);

// Calls `report` for each key whose group had it before. Sorts the keys.
void wg_config_keys_repeated(wg_config_keys *keys,
                             void (*report)(void *context, const wg_config_key *key, int first_line), void *context);

void wg_config_keys_free(wg_config_keys *keys);

#endif
