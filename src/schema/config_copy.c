// SPDX-License-Identifier: GPL-3.0-or-later
#include <stdlib.h>
#include <string.h>

#include "schema/config.h"
#include "schema/config_store.h"

static bool copy_instance(wg_arena *arena, const wg_param_group *group, const wg_instance *from, wg_instance *to) {
  to->name = from->name;
  to->origin = from->origin;
  to->data = wg_arena_alloc(arena, 1, group->size);
  to->origins = wg_arena_alloc(arena, group->count, sizeof *to->origins);
  to->refused = wg_arena_alloc(arena, group->count, sizeof *to->refused);
  if (!to->data || !to->origins || !to->refused)
    return false;
  memcpy(to->data, from->data, group->size);
  if (group->count) {
    memcpy(to->origins, from->origins, group->count * sizeof *to->origins);
    memcpy(to->refused, from->refused, group->count * sizeof *to->refused);
  }
  return true;
}

static bool copy_section(wg_arena *arena, const wg_section *from, wg_section *to) {
  to->group = from->group;
  if (!copy_instance(arena, from->group, &from->blank, &to->blank))
    return false;
  to->instances = wg_arena_alloc(arena, from->count, sizeof *to->instances);
  if (!to->instances)
    return false;
  to->capacity = from->count;
  for (; to->count < from->count; to->count++) {
    // The only instance of a group that is not keyed is the blank itself.
    const bool is_blank = from->instances[to->count] == &from->blank;
    wg_instance *const instance = is_blank ? &to->blank : wg_arena_alloc(arena, 1, sizeof *instance);
    if (!instance || (!is_blank && !copy_instance(arena, from->group, from->instances[to->count], instance)))
      return false;
    to->instances[to->count] = instance;
  }
  return true;
}

int wg_config_copy(const wg_config *from, wg_config **copy, wg_error *error) {
  *copy = NULL;
  wg_config *const made = calloc(1, sizeof *made);
  if (!made)
    return wg_config_no_memory(error);
  made->groups = wg_arena_alloc(&made->arena, from->group_count, sizeof(void *));
  made->sections = wg_arena_alloc(&made->arena, from->group_count, sizeof *made->sections);
  bool good = made->groups && made->sections;
  for (size_t i = 0; good && i < from->group_count; i++) {
    made->groups[i] = from->groups[i];
    made->group_count = i + 1;
    good = copy_section(&made->arena, from->sections + i, made->sections + i);
  }
  if (!good) {
    wg_config_free(made);
    return wg_config_no_memory(error);
  }
  *copy = made;
  return WG_OK;
}
