// SPDX-License-Identifier: GPL-3.0-or-later
// What the residents of the census do, have learnt, need and are.
#ifndef WG_SYNTHESIS_STATUSES_H
#define WG_SYNTHESIS_STATUSES_H

#include "synthesis/placing.h"

// Finds how many of those in collective households study, so that with pupils and students at home they are
// schooling.students_of_adults of all residents of 16 and over, as nearly as there are people: campuses first. Looks at the
// whole district, whatever is simulated. `people` must be placed and registered; sets world->life->student_in_collective.
void wg_statuses_find_students(const wg_world *world, const wg_geography *geography, const wg_household_plan *plan,
                               const wg_people *people);

// `traits` (sex, registration, WG_TRAIT_COLLECTIVE) of a census resident of `years` who lives in a community of that kind,
// with activity, education, need of care, party membership and volunteering put in. `trust` is his or her own, in 1/65535.
// All draws are the resident's own, so that they depend neither on rows nor on who else is simulated. world->life must be
// there, and students have been found.
uint32_t wg_census_statuses(const wg_world *world, uint64_t identity, uint32_t years, uint32_t traits,
                            wg_community_kind kind, uint16_t trust);

#endif
