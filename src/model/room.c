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

void wg_room_unlist(wg_subdistrict *s, uint32_t household) {
  wg_household *room = wg_households(s) + household;
  if (!room->listed)
    return;
  for (uint32_t sex = 0; sex < WG_SEX_COUNT; sex++) {
    uint32_t *link = rooms_of(s, room->grid, sex);
    while (*link && *link != household + 1)
      link = &wg_households(s)[*link - 1].next_room;
    if (*link)
      *link = room->next_room;
  }
  room->listed = 0;
  room->next_room = 0;
}

uint32_t wg_room_take(wg_subdistrict *s, uint32_t grid, uint32_t sex, uint32_t most, uint64_t identity) {
  const uint32_t *first = rooms_of(s, grid, sex);
  while (*first && wg_households(s)[*first - 1].size >= most)
    wg_room_unlist(s, *first - 1);
  if (!*first)
    wg_room_list(s, wg_household_found(s, identity, grid, WG_COLLECTIVE), sex);
  return *first - 1;
}
