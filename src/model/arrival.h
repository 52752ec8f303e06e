// SPDX-License-Identifier: GPL-3.0-or-later
// People who come to live in the district.
#ifndef WG_MODEL_ARRIVAL_H
#define WG_MODEL_ARRIVAL_H

#include "model/world.h"

// Somebody joins a household from outside the district, with trust at the own baseline, counted as moved in for that reason.
// Room must have been reserved. `month` is the one at whose first day ages are counted. Returns the row.
uint32_t wg_resident_arrive(const wg_world *world, wg_subdistrict *s, uint32_t household, uint64_t identity,
                            wg_month born, uint32_t traits, wg_move_reason reason, wg_month month);

// Places in collective households that nobody has.
static inline uint32_t wg_free_beds(const wg_community *c) {
  return c->beds > c->collective_residents ? c->beds - c->collective_residents : 0;
}

// Open dwellings that nobody has.
static inline uint32_t wg_free_dwellings(const wg_community *c) {
  const uint32_t taken = c->households + c->closed_dwellings;
  return c->dwellings > taken ? c->dwellings - taken : 0;
}

#endif
