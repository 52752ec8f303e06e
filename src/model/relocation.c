// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/relocation.h"

#include "model/enrolment.h"
#include "model/partner.h"

// A partner, if there is one, goes too. Enrolments in continuing services go on in the same subdistrict, and end with any other
// move.
static uint32_t move(wg_subdistrict *from, uint32_t resident, wg_subdistrict *to, uint32_t household, wg_month month) {
  const bool enrolled = wg_residents(from)[resident].traits & WG_TRAIT_ENROLLED;
  if (enrolled && from != to)
    wg_enrolments_leave(from, resident);
  const wg_resident r = wg_residents(from)[resident];
  wg_needs_untie(from, resident);
  wg_resident_leave_with_partner(from, resident, month);
  const uint32_t row =
      wg_resident_join(to, r.identity, household, r.birth_month, r.traits, r.trust, r.trust_baseline, month);
  if (enrolled && from == to)
    wg_enrolments_follow(from, resident, row);
  return row;
}

static void note_move(const wg_subdistrict *from, uint32_t origin, const wg_subdistrict *to, uint32_t grid,
                      wg_move_reason reason, uint32_t residents) {
  const uint32_t destination = wg_grids(to)[grid].community;
  if (from == to && origin == destination)
    return;
  wg_move_note(from, origin, WG_MOVE_WITHIN, reason, residents);
  wg_move_note(to, destination, WG_MOVE_WITHIN_HERE, reason, residents);
}

int wg_relocation_reserve(wg_subdistrict *from, wg_subdistrict *to, uint32_t more, wg_error *error) {
  int code = wg_residents_reserve(to, more, error);
  if (!code)
    code = wg_households_reserve(to, 1, error);
  return code ? code : wg_departed_reserve(from, more, error);
}

static bool is_going(const wg_going *going, uint32_t row) {
  for (uint32_t i = 0; i < going->count; i++)
    if (going->rows[i] == row)
      return true;
  return false;
}

// Room has been made.
static void move_members(wg_subdistrict *from, const wg_going *going, wg_subdistrict *to, uint32_t household,
                         wg_move_reason reason, wg_month month, uint32_t *rows) {
  const uint32_t home = wg_residents(from)[going->rows[0]].household, size = wg_households(from)[home].size;
  const uint32_t origin = wg_grids(from)[wg_households(from)[home].grid].community;
  const uint32_t grid = wg_households(to)[household].grid;
  // Couples part before anybody goes: who is whose partner shows only in the whole household.
  for (uint32_t i = 0; i < going->count; i++)
    if (!is_going(going, wg_partner_of(from, going->rows[i])))
      wg_couple_part(from, going->rows[i], month);
  for (uint32_t i = 0; i < going->count; i++) {
    const uint32_t row = move(from, going->rows[i], to, household, month);
    if (rows)
      rows[i] = row;
  }
  uint32_t moved = going->count;
  if (moved < size && wg_household_only_minors(from, home, month))
    for (; moved < size; moved++)
      move(from, wg_households(from)[home].first, to, household, month);
  note_move(from, origin, to, grid, reason, moved);
}

static uint32_t size_of_home(const wg_subdistrict *s, uint32_t resident) {
  return wg_households(s)[wg_residents(s)[resident].household].size;
}

int wg_members_relocate(wg_subdistrict *from, const wg_going *going, wg_subdistrict *to, uint32_t household,
                        wg_move_reason reason, wg_month month, uint32_t *rows, wg_error *error) {
  const int code = wg_relocation_reserve(from, to, size_of_home(from, going->rows[0]), error);
  if (!code)
    move_members(from, going, to, household, reason, month, rows);
  return code;
}

int wg_members_settle(wg_subdistrict *from, const wg_going *going, wg_subdistrict *to, uint32_t grid, uint64_t identity,
                      wg_household_kind kind, wg_move_reason reason, wg_month month, uint32_t *rows, wg_error *error) {
  const int code = wg_relocation_reserve(from, to, size_of_home(from, going->rows[0]), error);
  if (!code)
    move_members(from, going, to, wg_household_found(to, identity, grid, kind), reason, month, rows);
  return code;
}

int wg_household_relocate(wg_subdistrict *from, uint32_t household, wg_subdistrict *to, uint32_t grid,
                          wg_move_reason reason, wg_month month, wg_error *error) {
  const wg_household home = wg_households(from)[household];
  const int code = wg_relocation_reserve(from, to, home.size, error);
  if (code)
    return code;
  note_move(from, wg_grids(from)[home.grid].community, to, grid, reason, home.size);
  // The head goes first, so that it is head again.
  uint32_t row = wg_household_head(from, &home);
  const uint32_t there = wg_household_found(to, home.identity, grid, WG_FAMILY);
  for (uint32_t left = home.size; left; left--) {
    const uint32_t next = wg_residents(from)[row].next;
    move(from, row, to, there, month);
    row = next;
  }
  return WG_OK;
}

int wg_household_go_outside(wg_subdistrict *from, uint32_t household, wg_move_reason reason, wg_month month,
                            wg_error *error) {
  const wg_household home = wg_households(from)[household];
  const int code = wg_departed_reserve(from, home.size, error);
  if (code)
    return code;
  for (uint32_t left = home.size, row = home.first; left; left--, row = wg_residents(from)[row].next)
    wg_needs_untie(from, row);
  wg_household_move_out(from, household, reason, month);
  return WG_OK;
}

// Whether everybody else is below WG_AGE_ALONE, and there is somebody else.
static bool leaves_only_minors(const wg_subdistrict *s, uint32_t resident, wg_month month) {
  const wg_resident *residents = wg_residents(s);
  for (uint32_t row = residents[resident].next; row != resident; row = residents[row].next)
    if (wg_age_years(residents[row].birth_month, month) >= WG_AGE_ALONE)
      return false;
  return residents[resident].next != resident;
}

int wg_resident_go_outside(wg_subdistrict *from, uint32_t resident, wg_move_reason reason, wg_month month,
                           wg_error *error) {
  if (leaves_only_minors(from, resident, month))
    return wg_household_go_outside(from, wg_residents(from)[resident].household, reason, month, error);
  const int code = wg_departed_reserve(from, 1, error);
  if (code)
    return code;
  wg_needs_untie(from, resident);
  wg_resident_move_out(from, resident, reason, month);
  return WG_OK;
}
