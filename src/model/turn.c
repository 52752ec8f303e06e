// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/turn.h"

#include <stdlib.h>

enum { PRIORITY = 2 }; // index of the draw; 0 is that of the day, 1 is free for what comes of it

wg_turn wg_turn_make(const wg_world *world, uint16_t purpose, uint64_t identity, uint32_t subdistrict, uint32_t row,
                     uint32_t what) {
  wg_draw draw = wg_draw_open(world->luck, purpose, (uint32_t)world->month, identity, PRIORITY);
  return (wg_turn){.priority = wg_draw_u64(&draw),
                   .identity = identity,
                   .subdistrict = subdistrict,
                   .row = row,
                   .what = what,
                   .other = WG_NO_ROW};
}

static int by_priority(const void *a_, const void *b_) {
  const wg_turn *a = a_, *b = b_;
  if (a->priority != b->priority)
    return a->priority < b->priority ? -1 : 1;
  return a->identity < b->identity ? -1 : a->identity > b->identity;
}

void wg_turns_sort(wg_turn *turns, size_t count) {
  if (count)
    qsort(turns, count, sizeof *turns, by_priority);
}
