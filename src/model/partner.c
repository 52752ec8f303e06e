// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/partner.h"

static bool is_older(const wg_resident *a, const wg_resident *b) {
  return a->birth_month != b->birth_month ? a->birth_month < b->birth_month : a->identity < b->identity;
}

// How many partnered members of r's sex are older than r.
static uint32_t rank_of(const wg_subdistrict *s, uint32_t row) {
  const wg_resident *residents = wg_residents(s), *r = residents + row;
  uint32_t rank = 0;
  for (uint32_t other = r->next; other != row; other = residents[other].next)
    rank += (residents[other].traits & WG_TRAIT_PARTNERED) &&
            wg_resident_sex(residents + other) == wg_resident_sex(r) && is_older(residents + other, r);
  return rank;
}

uint32_t wg_partner_of(const wg_subdistrict *s, uint32_t resident) {
  const wg_resident *residents = wg_residents(s), *r = residents + resident;
  if (!(r->traits & WG_TRAIT_PARTNERED))
    return WG_NO_ROW;
  const uint32_t rank = rank_of(s, resident);
  for (uint32_t other = r->next; other != resident; other = residents[other].next)
    if ((residents[other].traits & WG_TRAIT_PARTNERED) && wg_resident_sex(residents + other) != wg_resident_sex(r) &&
        rank_of(s, other) == rank)
      return other;
  return WG_NO_ROW;
}

void wg_couple_form(wg_subdistrict *s, uint32_t one, uint32_t other, wg_month month) {
  wg_resident_change(s, one, wg_residents(s)[one].traits | WG_TRAIT_PARTNERED, month);
  wg_resident_change(s, other, wg_residents(s)[other].traits | WG_TRAIT_PARTNERED, month);
}

void wg_couple_part(wg_subdistrict *s, uint32_t resident, wg_month month) {
  const uint32_t partner = wg_partner_of(s, resident);
  if (partner == WG_NO_ROW)
    return;
  wg_resident_change(s, resident, wg_residents(s)[resident].traits & ~(uint32_t)WG_TRAIT_PARTNERED, month);
  wg_resident_change(s, partner, wg_residents(s)[partner].traits & ~(uint32_t)WG_TRAIT_PARTNERED, month);
}
