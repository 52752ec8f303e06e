// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/departure.h"

#include "model/enrolment.h"

// What a policy has moved away counts as unmet (marks).
static void withdraw_needs(wg_subdistrict *s, uint32_t resident, uint8_t marks) {
  if (wg_residents(s)[resident].traits & WG_TRAIT_ENROLLED)
    wg_enrolments_leave(s, resident);
  for (uint32_t row = wg_residents(s)[resident].first_need, next; row != WG_NO_ROW; row = next) {
    wg_need *n = wg_needs(s) + row;
    next = n->next_of_resident;
    if (n->state == WG_NEED_DORMANT) {
      wg_need_close(s, row);
      continue;
    }
    if (!wg_need_is_open(n))
      continue;
    n->marks |= marks;
    wg_need_end(s, row, WG_NEED_WITHDRAWN);
  }
}

static uint8_t marks_of(wg_move_reason reason) {
  return reason == WG_MOVE_RELIEF ? WG_MARK_MOVED : 0;
}

bool wg_household_only_minors(const wg_subdistrict *s, uint32_t household, wg_month month) {
  const wg_resident *residents = wg_residents(s);
  const wg_household *home = wg_households(s) + household;
  uint32_t r = home->first;
  do {
    if (wg_age_years(residents[r].birth_month, month) >= WG_AGE_ALONE)
      return false;
    r = residents[r].next;
  } while (r != home->first);
  return true;
}

void wg_household_move_out(wg_subdistrict *s, uint32_t household, wg_move_reason reason, wg_month month) {
  const wg_household *home = wg_households(s) + household;
  wg_move_note(s, wg_grids(s)[home->grid].community, WG_MOVE_OUT, reason, home->size);
  for (uint32_t left = home->size; left; left--) {
    const uint32_t member = home->first;
    withdraw_needs(s, member, marks_of(reason));
    wg_resident_leave_with_partner(s, member, month);
  }
}

static void depart(wg_subdistrict *s, uint32_t resident, uint8_t marks, wg_month month) {
  const uint32_t household = wg_residents(s)[resident].household;
  const bool last = wg_households(s)[household].size == 1;
  withdraw_needs(s, resident, marks);
  wg_resident_leave(s, resident, month);
  if (!last && wg_household_only_minors(s, household, month))
    wg_household_move_out(s, household, WG_MOVE_FAMILY, month);
}

void wg_resident_die(wg_subdistrict *s, uint32_t resident, wg_month month) {
  depart(s, resident, 0, month);
}

void wg_resident_move_out(wg_subdistrict *s, uint32_t resident, wg_move_reason reason, wg_month month) {
  wg_move_note(s, wg_grids(s)[wg_residents(s)[resident].grid].community, WG_MOVE_OUT, reason, 1);
  depart(s, resident, marks_of(reason), month);
}

int wg_departed_reserve(wg_subdistrict *s, uint32_t more, wg_error *error) {
  return wg_table_reserve(&s->tables[WG_TABLE_DEPARTED], (uint64_t)wg_departed_count(s) + more, error);
}
