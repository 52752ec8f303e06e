// SPDX-License-Identifier: GPL-3.0-or-later
// The census tables as whole numbers that agree with each other.
#ifndef WG_SYNTHESIS_CENSUS_TARGETS_H
#define WG_SYNTHESIS_CENSUS_TARGETS_H

#include "synthesis/synthesis.h"

enum { WG_OLD_AGE = 65, WG_GENERATIONS_MAX = 4, WG_OLD_MEMBERS_MAX = 3 };

typedef struct wg_census_targets {
  int64_t population;
  int64_t age_sex[WG_AGE_BAND_COUNT][WG_SEX_COUNT];
  int64_t registration[WG_REGISTRATION_COUNT];
  int64_t family_households, family_members, one_person;
  int64_t generations[WG_GENERATIONS_MAX];  // family households of 1, 2, 3, 4 generations
  int64_t with_old[WG_OLD_MEMBERS_MAX + 1]; // family households with 0, 1, 2, 3 members of 65 or over
  int64_t collective_residents;             // what family households leave
  int64_t collective_old;                   // those of them who are 65 or over
  int64_t rural;                            // residents of communities of the rural classes
} wg_census_targets;

// Reads inputs->census and inputs->age_sex. What does not add up is a WG_FAIL_CONFIG error with file and figures.
int wg_census_targets_read(const wg_inputs *inputs, wg_census_targets *targets, wg_error *error);

#endif
