// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/moves.h"

void wg_lever_moves_clear(wg_lever_moves *moves) {
  moves->too_many = false;
  for (uint32_t slot = 0; slot < WG_SLOT_COUNT; slot++)
    moves->count[slot] = 0;
}

void wg_lever_move(wg_lever_moves *moves, wg_lever_id lever, uint32_t index, double value) {
  const uint32_t slot = wg_levers[lever].slot + index;
  const uint32_t n = moves->count[slot];
  if (n == WG_POLICY_ENTRIES_MAX) {
    moves->too_many = true;
    return;
  }
  moves->moved[slot][n].value = value;
  moves->moved[slot][n].strength = moves->strength;
  moves->count[slot] = n + 1;
}

static void sort_moves(wg_lever_moves *moves, uint32_t slot) {
  for (uint32_t i = 1; i < moves->count[slot]; i++)
    for (uint32_t j = i; j > 0; j--) {
      const double a = moves->moved[slot][j - 1].value, b = moves->moved[slot][j].value;
      const double as = moves->moved[slot][j - 1].strength, bs = moves->moved[slot][j].strength;
      if (a < b || (a <= b && as <= bs))
        break;
      moves->moved[slot][j - 1].value = b;
      moves->moved[slot][j - 1].strength = bs;
      moves->moved[slot][j].value = a;
      moves->moved[slot][j].strength = as;
    }
}

bool wg_lever_moves_combine(wg_lever_moves *moves, uint32_t slot, wg_lever_value *v) {
  const wg_lever *lever = wg_levers + wg_slot_lever(slot);
  *v = (wg_lever_value){.value = lever->neutral};
  sort_moves(moves, slot);
  for (uint32_t i = 0; i < moves->count[slot]; i++) {
    const double value = moves->moved[slot][i].value, strength = moves->moved[slot][i].strength;
    switch (lever->rule) {
    case WG_ADD:
      v->value += strength * value;
      break;
    case WG_MULTIPLY:
      v->value *= 1.0 + strength * (value - 1.0);
      break;
    case WG_MAX:
      v->value = strength * value > v->value ? strength * value : v->value;
      break;
    case WG_REPLACE:
      if (!(strength > 0.0))
        break; // not active
      if (v->weight > 0.0 && (value < v->value || value > v->value))
        return false;
      v->value = value;
      v->weight = strength > v->weight ? strength : v->weight;
      break;
    }
  }
  return true;
}
