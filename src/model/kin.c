// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/kin.h"

#include "model/partner.h"

// Born later, ties by identity.
static bool is_younger(const wg_resident *a, const wg_resident *b) {
  return a->birth_month != b->birth_month ? a->birth_month > b->birth_month : a->identity > b->identity;
}

static bool is_minor(const wg_resident *r, wg_month month) {
  return wg_age_years(r->birth_month, month) < WG_CHILD_BEYOND;
}

uint32_t wg_parent_of(const wg_subdistrict *s, uint32_t resident, wg_month month) {
  const wg_resident *residents = wg_residents(s), *r = residents + resident;
  uint32_t parent = WG_NO_ROW;
  for (uint32_t row = r->next; row != resident; row = residents[row].next)
    if (residents[row].birth_month + WG_PARENT_OLDER_MONTHS <= r->birth_month && !is_minor(residents + row, month) &&
        (parent == WG_NO_ROW || is_younger(residents + row, residents + parent)))
      parent = row;
  return parent;
}

void wg_going_set(const wg_subdistrict *s, uint32_t resident, bool with_partner, wg_month month, wg_going *going) {
  const wg_resident *residents = wg_residents(s);
  going->count = 0;
  going->rows[going->count++] = resident;
  const uint32_t partner = with_partner ? wg_partner_of(s, resident) : WG_NO_ROW;
  if (partner != WG_NO_ROW)
    going->rows[going->count++] = partner;
  const uint32_t adults = going->count;
  for (uint32_t row = residents[resident].next; row != resident; row = residents[row].next) {
    if (row == partner || going->count == WG_GOING_MAX || !is_minor(residents + row, month))
      continue;
    const uint32_t parent = wg_parent_of(s, row, month);
    if (parent != resident && (parent == WG_NO_ROW || parent != partner))
      continue;
    uint32_t at = going->count++;
    for (; at > adults && is_younger(residents + going->rows[at - 1], residents + row); at--)
      going->rows[at] = going->rows[at - 1];
    going->rows[at] = row;
  }
}

bool wg_is_only_adult(const wg_subdistrict *s, uint32_t resident, wg_month month) {
  const wg_resident *residents = wg_residents(s);
  for (uint32_t row = residents[resident].next; row != resident; row = residents[row].next)
    if (!is_minor(residents + row, month))
      return false;
  return true;
}
