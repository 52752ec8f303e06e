// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/config_compare.h"

#include <stdlib.h>
#include <string.h>

#include "schema/config_store.h"

typedef struct comparison {
  const wg_texts *skip;
  wg_arena *arena;
  wg_config_difference *items;
  size_t count, capacity;
  bool failed;
} comparison;

bool wg_path_below(const char *path, const char *prefix) {
  const size_t length = strlen(prefix);
  return strncmp(path, prefix, length) == 0 && (!path[length] || strchr(".#", path[length]));
}

static bool skipped(const comparison *c, const char *path) {
  for (size_t i = 0; c->skip && i < c->skip->count; i++)
    if (wg_path_below(path, c->skip->items[i]))
      return true;
  return false;
}

static bool make_room(comparison *c) {
  if (c->count < c->capacity)
    return true;
  const size_t capacity = c->capacity ? 2 * c->capacity : 16;
  wg_config_difference *const items = wg_arena_alloc(c->arena, capacity, sizeof *items);
  if (!items)
    return false;
  if (c->count)
    memcpy(items, c->items, c->count * sizeof *items);
  c->items = items;
  c->capacity = capacity;
  return true;
}

// Values are compared as they are written: two that are written alike are one to whoever reads them again. A required row
// that has no value is not there.
static char *value_of(const wg_instance *instance, const wg_param_group *group, size_t row) {
  return instance && instance->origins[row] ? wg_param_text(group->rows + row, instance->data) : NULL;
}

static void compare_row(comparison *c, const wg_param_group *group, size_t row, const wg_instance *a,
                        const wg_instance *b) {
  const wg_instance *const named = a ? a : b;
  char path[256];
  if (!named)
    return;
  wg_param_path(group, named->name, group->rows + row, path, sizeof path);
  if (skipped(c, path))
    return;
  char *const left = value_of(a, group, row), *const right = value_of(b, group, row);
  // The value of a row that is there can only be missing for want of memory.
  c->failed |= (a && a->origins[row] && !left) || (b && b->origins[row] && !right);
  if (!c->failed && (left || right) && !(left && right && strcmp(left, right) == 0)) {
    c->failed |= !make_room(c);
    if (!c->failed) {
      wg_config_difference *const item = c->items + c->count++;
      item->path = wg_arena_text(c->arena, path, strlen(path));
      item->a = left ? wg_arena_text(c->arena, left, strlen(left)) : NULL;
      item->b = right ? wg_arena_text(c->arena, right, strlen(right)) : NULL;
      c->failed |= !item->path || (left && !item->a) || (right && !item->b);
    }
  }
  free(left);
  free(right);
}

static void compare_instances(comparison *c, const wg_param_group *group, const wg_instance *a, const wg_instance *b) {
  for (size_t row = 0; row < group->count && !c->failed; row++)
    compare_row(c, group, row, a, b);
}

int wg_config_compare(const wg_config *a, const wg_config *b, const wg_texts *skip, wg_arena *arena,
                      wg_config_differences *differences, wg_error *error) {
  comparison c = {.skip = skip, .arena = arena};
  for (size_t g = 0; g < a->group_count; g++) {
    const wg_param_group *const group = a->groups[g];
    const wg_section *const left = a->sections + g, *const right = wg_config_section(b, group);
    for (size_t i = 0; i < left->count; i++) {
      const wg_instance *const one = left->instances[i];
      compare_instances(&c, group, one, right ? wg_section_find(right, one->name, strlen(one->name)) : NULL);
    }
    for (size_t i = 0; right && i < right->count; i++) {
      const wg_instance *const one = right->instances[i];
      if (!wg_section_find(left, one->name, strlen(one->name)))
        compare_instances(&c, group, NULL, one);
    }
  }
  *differences = (wg_config_differences){c.count, c.items};
  return c.failed ? wg_config_no_memory(error) : WG_OK;
}
