// SPDX-License-Identifier: GPL-3.0-or-later
// Who lives in the planned households, and who is left for the collective ones.
#ifndef WG_SYNTHESIS_HOUSEHOLD_PEOPLE_H
#define WG_SYNTHESIS_HOUSEHOLD_PEOPLE_H

#include "synthesis/age_pools.h"
#include "synthesis/household_plan.h"

// Fills members[plan->members] household by household (the first of each is its reference person) and
// collective[targets->collective_residents], sorted by age. `pools` holds all residents and is used up.
int wg_household_people_fill(const wg_census_targets *targets, const wg_synthesis_params *params,
                             const wg_household_plan *plan, wg_luck luck, wg_age_pools *pools, wg_person *members,
                             wg_person *collective, wg_error *error);

#endif
