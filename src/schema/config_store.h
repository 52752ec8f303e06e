// SPDX-License-Identifier: GPL-3.0-or-later
// Inside of a configuration, for the files that fill it. Others go through schema/config.h.
#ifndef WG_SCHEMA_CONFIG_STORE_H
#define WG_SCHEMA_CONFIG_STORE_H

#include "schema/arena.h"
#include "schema/config.h"

typedef struct wg_instance {
  const char *name;     // "" for groups that are not keyed
  const char *origin;   // where it was first named
  void *data;           // the group's struct
  const char **origins; // of each row; NULL while a required one has no value
  bool *refused;        // of each row: a wrong value was given
} wg_instance;

typedef struct wg_section {
  const wg_param_group *group;
  wg_instance blank;       // the defaults, from which instances of a keyed group are copied
  wg_instance **instances; // exactly one for groups that are not keyed
  size_t count, capacity;
} wg_section;

struct wg_config {
  wg_arena arena;
  const wg_param_group **groups;
  wg_section *sections; // [group_count], in the order of `groups`
  size_t group_count;
};

wg_section *wg_config_section(const wg_config *config, const wg_param_group *group);
wg_instance *wg_section_find(const wg_section *section, const char *name, size_t length);

// Memory that a configuration lacks.
int wg_config_no_memory(wg_error *error);

#endif
