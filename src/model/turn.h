// SPDX-License-Identifier: GPL-3.0-or-later
// Turns (先后): those who want something scarce at a month's end get it in the order of a keyed priority, never in that of
// arrival or of rows.
#ifndef WG_MODEL_TURN_H
#define WG_MODEL_TURN_H

#include "model/world.h"

typedef struct wg_turn {
  uint64_t priority, identity;
  uint32_t subdistrict, row; // of the world; of whatever has the turn
  uint32_t what, other;      // the owner's own business
} wg_turn;

// The turn of `identity`, drawn for the purpose and the month that was lived last.
wg_turn wg_turn_make(const wg_world *world, uint16_t purpose, uint64_t identity, uint32_t subdistrict, uint32_t row,
                     uint32_t what);

// By priority, ties by identity.
void wg_turns_sort(wg_turn *turns, size_t count);

#endif
