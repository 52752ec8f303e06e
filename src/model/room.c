// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/room.h"

static uint32_t *rooms_of(const wg_subdistrict *s, uint32_t grid, uint32_t sex) {
  wg_grid *g = wg_grids(s) + grid;
  return sex ? &g->women_room : &g->men_room;
}

void wg_room_list(wg_subdistrict *s, uint32_t household, uint32_t sex) {
  wg_household *room = wg_households(s) + household;
  uint32_t *first = rooms_of(s, room->grid, sex);
  if (room->listed)
    return;
  room->listed = 1;
  room->next_room = *first;
  *first = household + 1;
}

static void unlist_first(wg_subdistrict *s, uint32_t *first) {
  const uint32_t row = *first - 1;
  wg_household *room = wg_households(s) + row;
  *first = room->next_room;
  room->listed = 0;
  room->next_room = 0;
  if (room->identity == 0)
    wg_household_free(s, row);
}

uint32_t wg_room_take(wg_subdistrict *s, uint32_t grid, uint32_t sex, uint32_t most, uint64_t identity) {
  uint32_t *first = rooms_of(s, grid, sex);
  while (*first && (wg_households(s)[*first - 1].identity == 0 || wg_households(s)[*first - 1].size >= most))
    unlist_first(s, first);
  if (!*first)
    wg_room_list(s, wg_household_found(s, identity, grid, WG_COLLECTIVE), sex);
  return *first - 1;
}
