// SPDX-License-Identifier: GPL-3.0-or-later
// Residents who are here no longer, and what that does to their needs and their household.
#ifndef WG_MODEL_DEPARTURE_H
#define WG_MODEL_DEPARTURE_H

#include "model/subdistrict.h"

enum { WG_AGE_ALONE = 16 }; // from this age on a person can live without an older one

// Nobody below WG_AGE_ALONE is ever left alone. Where a death or somebody's leaving the district leaves only such minors
// in a household, they leave the district too, to relatives, counted as moved out for reasons of family; where the others
// move within the district, they follow (model/relocation.h).

// Whether all members are below WG_AGE_ALONE at the first of `month`. The household must have members.
bool wg_household_only_minors(const wg_subdistrict *s, uint32_t household, wg_month month);

// The resident dies: open needs are withdrawn, the household goes on without; minors as above. `month` is the one at whose
// first day ages are counted. This and the next two need room in `departed` for everybody who may leave, and are for days
// of the month: the needs they withdraw are booked on that day. At a month's end see model/relocation.h.
void wg_resident_die(wg_subdistrict *s, uint32_t resident, wg_month month);

// The resident leaves the district, counted as moved out for that reason; the rest as above.
void wg_resident_move_out(wg_subdistrict *s, uint32_t resident, wg_move_reason reason, wg_month month);

// The whole household leaves the district; its members are counted as moved out.
void wg_household_move_out(wg_subdistrict *s, uint32_t household, wg_move_reason reason, wg_month month);

// Room in `departed` for so many more. Returns 0 or WG_FAIL_RUN with `error` filled.
int wg_departed_reserve(wg_subdistrict *s, uint32_t more, wg_error *error);

#endif
