// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/turn.h"

#include <stdlib.h>

enum { PARTS = 1024, PART_SHIFT = 54, FEW = 32 };

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

static void sort_few(wg_turn *turns, size_t count) {
  if (count > FEW) {
    qsort(turns, count, sizeof *turns, by_priority);
    return;
  }
  for (size_t i = 1; i < count; i++) {
    const wg_turn turn = turns[i];
    size_t at = i;
    for (; at > 0 && by_priority(turns + at - 1, &turn) > 0; at--)
      turns[at] = turns[at - 1];
    turns[at] = turn;
  }
}

// Priorities are spread evenly: counted out by their highest bits, in place, only a few are left to be sorted together.
void wg_turns_sort(wg_turn *turns, size_t count) {
  size_t from[PARTS + 1] = {0}, next[PARTS];
  for (size_t i = 0; i < count; i++)
    from[(turns[i].priority >> PART_SHIFT) + 1]++;
  for (size_t k = 0; k < PARTS; k++) {
    next[k] = from[k];
    from[k + 1] += from[k];
  }
  for (size_t k = 0; k < PARTS; k++) {
    while (next[k] < from[k + 1]) {
      wg_turn *first = turns + next[k];
      const wg_turn turn = *first;
      wg_turn *belongs = turns + next[turn.priority >> PART_SHIFT]++;
      *first = *belongs;
      *belongs = turn;
    }
    sort_few(turns + from[k], from[k + 1] - from[k]);
  }
}
