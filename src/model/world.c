// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/world.h"

#include <stdlib.h>
#include <string.h>

void wg_world_free(wg_world *world) {
  for (uint32_t i = 0; i < world->subdistrict_count; i++)
    wg_subdistrict_free(world->subdistricts + i);
  free(world->subdistricts);
  free(world->life);
  wg_calendar_free(&world->calendar);
  free(world->elsewhere);
  free(world->place_codes);
  free(world->names);
  free(world->name_index);
  *world = (wg_world){0};
}

wg_subdistrict *wg_world_subdistrict(const wg_world *world, int64_t code) {
  for (uint32_t i = 0; i < world->subdistrict_count; i++)
    if (world->subdistricts[i].code == code)
      return world->subdistricts + i;
  return NULL;
}

bool wg_world_has_place(const wg_world *world, int64_t code) {
  size_t first = 0, beyond = world->place_code_count;
  while (first < beyond) {
    const size_t middle = first + (beyond - first) / 2;
    if (world->place_codes[middle] == code)
      return true;
    if (world->place_codes[middle] < code)
      first = middle + 1;
    else
      beyond = middle;
  }
  return false;
}

int wg_world_copy_params(const wg_world *world, const wg_param_group *group, void **copy, wg_error *error) {
  *copy = malloc(group->size);
  if (!*copy)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for the parameters of %s", group->path);
  memcpy(*copy, wg_config_get(world->config, group), group->size);
  return WG_OK;
}
