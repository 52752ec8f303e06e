// SPDX-License-Identifier: GPL-3.0-or-later
// Households and collective residents into communities, so that each community gets just its number of residents.
#ifndef WG_SYNTHESIS_PLACING_H
#define WG_SYNTHESIS_PLACING_H

#include "synthesis/age_pools.h"
#include "synthesis/geography.h"
#include "synthesis/household_plan.h"

// Everybody of the whole district in compact arrays.
typedef struct wg_people {
  wg_person *members;    // [plan->members], household by household
  wg_person *collective; // [collective_count]; after placing, community by community
  uint32_t collective_count;
  uint32_t *collective_first;       // [communities + 1], first of each community's collective residents
  uint32_t *households;             // [plan->households], numbers, community by community, ascending in each
  uint32_t *household_first;        // [communities + 1]
  uint8_t *household_registration;  // [plan->households], wg_registration, by number
  uint8_t *collective_registration; // [collective_count], in the order of `collective`
} wg_people;

// Allocates the arrays. The caller frees, also after a failure.
int wg_people_create(const wg_household_plan *plan, const wg_census_targets *targets, size_t communities,
                     wg_people *people, wg_error *error);
void wg_people_free(wg_people *people);

// How many residents of each community live in collective households, and then who: campuses first get those of
// student age. Each community's part of people->collective ends up sorted by sex and, within, in drawn order.
int wg_place_collective(const wg_geography *geography, const wg_synthesis_params *params, wg_luck luck,
                        wg_people *people, wg_error *error);

// Fills the rest of each community with family households, exactly: those of several members with a chance in
// proportion to the room left, then persons alone, who fit everywhere.
int wg_place_households(const wg_geography *geography, const wg_household_plan *plan, wg_luck luck, wg_people *people,
                        wg_error *error);

#endif
