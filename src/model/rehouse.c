// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/rehouse.h"

#include "base/draw.h"
#include "schema/purpose.h"

int wg_resident_rehouse(wg_subdistrict *from, uint32_t resident, wg_subdistrict *to, uint32_t grid,
                        wg_move_reason reason, wg_month month, wg_error *error) {
  int code = wg_residents_reserve(to, 1, error);
  if (!code)
    code = wg_households_reserve(to, 1, error);
  if (!code)
    code = wg_table_reserve(&from->tables[WG_TABLE_DEPARTED], (uint64_t)wg_departed_count(from) + 1, error);
  if (code)
    return code;
  const wg_resident r = wg_residents(from)[resident];
  const uint32_t origin = wg_grids(from)[r.grid].community, target = wg_grids(to)[grid].community;
  if (from != to || origin != target) {
    wg_move_note(from, origin, WG_MOVE_WITHIN, reason, 1);
    wg_move_note(to, target, WG_MOVE_WITHIN_HERE, reason, 1);
  }
  const uint64_t room = wg_identity_make(r.identity, (uint64_t)month, WG_PURPOSE_IDENTITY_HOUSEHOLD);
  wg_needs_untie(from, resident);
  wg_resident_leave(from, resident, month);
  wg_resident_join(to, r.identity, wg_household_found(to, room, grid, WG_COLLECTIVE), r.birth_month, r.traits, r.trust,
                   r.trust_baseline, month);
  return WG_OK;
}
