// SPDX-License-Identifier: GPL-3.0-or-later
// Who of a census household lives with a partner, and how many children mothers have had.
#ifndef WG_SYNTHESIS_PARTNERS_H
#define WG_SYNTHESIS_PARTNERS_H

#include "synthesis/age_pools.h"
#include "synthesis/household_plan.h"

// The traits of a household's member (from 0) that follow from its form: WG_TRAIT_PARTNERED where the form has a couple, and
// for women the number of children who live there as births so far. `members` are those of the household. Children who live
// elsewhere are not known: births are a lower bound.
uint32_t wg_family_traits(const wg_household_group *group, const wg_person *members, uint32_t member);

#endif
