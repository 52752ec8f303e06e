// SPDX-License-Identifier: GPL-3.0-or-later
// Placed people into the rows of a subdistrict: communities, grids, households, residents, workplaces.
#ifndef WG_SYNTHESIS_SETTLING_H
#define WG_SYNTHESIS_SETTLING_H

#include "synthesis/placing.h"

// `s` must be initialised, with code, names and service_count set. What it gets depends on nothing outside it, so that
// it is the same in a run of the whole district and in one of a part.
int wg_settle(const wg_world *world, const wg_geography *geography, const wg_household_plan *plan,
              const wg_people *people, size_t subdistrict, wg_subdistrict *s, wg_error *error);

#endif
