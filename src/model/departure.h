// SPDX-License-Identifier: GPL-3.0-or-later
// Residents who are here no longer, and what that does to their needs and their household.
#ifndef WG_MODEL_DEPARTURE_H
#define WG_MODEL_DEPARTURE_H

#include "model/subdistrict.h"

enum { WG_AGE_ALONE = 16 }; // from this age on a person can live without an older one

// The resident dies: open needs are withdrawn, the household goes on without. Where only minors below WG_AGE_ALONE are
// left, they leave the district, to relatives, counted as moved out for reasons of family. `month` is the one at whose first
// day ages are counted.
void wg_resident_die(wg_subdistrict *s, uint32_t resident, wg_month month);

// The resident leaves the district, counted as moved out for that reason; the rest as above.
void wg_resident_move_out(wg_subdistrict *s, uint32_t resident, wg_move_reason reason, wg_month month);

// The whole household leaves the district; its members are counted as moved out.
void wg_household_move_out(wg_subdistrict *s, uint32_t household, wg_move_reason reason, wg_month month);

#endif
