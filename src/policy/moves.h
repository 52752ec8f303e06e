// SPDX-License-Identifier: GPL-3.0-or-later
// What policies do to the levers in one place on one day, and what it comes to.
#ifndef WG_POLICY_MOVES_H
#define WG_POLICY_MOVES_H

#include "model/lever.h"

enum { WG_POLICY_ENTRIES_MAX = 64 }; // of a scenario

typedef struct wg_lever_moves {
  double strength; // of the policy that moves now
  bool too_many;   // more moved one slot than there is room for
  uint32_t count[WG_SLOT_COUNT];
  struct {
    double value, strength;
  } moved[WG_SLOT_COUNT][WG_POLICY_ENTRIES_MAX];
} wg_lever_moves;

void wg_lever_moves_clear(wg_lever_moves *moves);

// For policies: at full strength the policy contributes `value` to the lever; for levers per role or network `index` is
// which, 0 otherwise.
void wg_lever_move(wg_lever_moves *moves, wg_lever_id lever, uint32_t index, double value);

// Combines the slot's contributions, each scaled by its strength, by the lever's rule. They are sorted before, so that no
// order of policies shows. Returns false when two policies replace by unequal values.
bool wg_lever_moves_combine(wg_lever_moves *moves, uint32_t slot, wg_lever_value *v);

#endif
