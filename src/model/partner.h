// SPDX-License-Identifier: GPL-3.0-or-later
// Partners (伴侣): couples who live in one family household, married or not. Who is whose partner is not stored.
#ifndef WG_MODEL_PARTNER_H
#define WG_MODEL_PARTNER_H

#include "model/subdistrict.h"

// The row of the resident's partner, or WG_NO_ROW for somebody without WG_TRAIT_PARTNERED. The household's partnered men and
// women are ranked by age, the oldest first and ties by identity, and the partners are those of equal rank: the one pairing
// that makes the sum of all differences of age least. With one couple it is simply the other one; with several, "nearest in
// age" would not be mutual where a man is much older than his wife. A pairing by rank is mutual by construction, and when both
// partners of a couple go, all the others keep theirs. Walks the household's ring.
uint32_t wg_partner_of(const wg_subdistrict *s, uint32_t resident);

// Two residents of one family household, of opposite sex and without partners, become a couple. `month` as in
// wg_resident_change.
void wg_couple_form(wg_subdistrict *s, uint32_t one, uint32_t other, wg_month month);

// The resident and the partner, if there is one, are a couple no longer.
void wg_couple_part(wg_subdistrict *s, uint32_t resident, wg_month month);

#endif
