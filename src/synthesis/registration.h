// SPDX-License-Identifier: GPL-3.0-or-later
// Registration (户籍) of everybody: all members of a family household alike, the district's totals exact.
#ifndef WG_SYNTHESIS_REGISTRATION_H
#define WG_SYNTHESIS_REGISTRATION_H

#include "synthesis/placing.h"

int wg_register(const wg_geography *geography, const wg_synthesis_params *params, const wg_census_targets *targets,
                const wg_household_plan *plan, wg_luck luck, wg_people *people, wg_error *error);

#endif
