// SPDX-License-Identifier: GPL-3.0-or-later
// How many family households of which form: whole numbers that meet every household figure of the census at once.
#ifndef WG_SYNTHESIS_HOUSEHOLD_PLAN_H
#define WG_SYNTHESIS_HOUSEHOLD_PLAN_H

#include "synthesis/census_targets.h"

// In the order in which they are filled: those that can choose least come first.
typedef enum wg_household_form {
  WG_FORM_FOUR,      // great-grandparents, two grandparents, two parents, a child
  WG_FORM_OLD_LINE,  // an old couple and the very old parent of one of them
  WG_FORM_THREE,     // grandparents, parents, children
  WG_FORM_OLD_CHILD, // old parents and an adult child, with or without spouse
  WG_FORM_COUPLE,
  WG_FORM_NUCLEAR, // parents and children, minor or adult
  WG_FORM_ADULTS,  // unrelated adults or siblings
  WG_FORM_ONE,
} wg_household_form;

// Households of one form that have the same members.
typedef struct wg_household_group {
  wg_household_form form;
  uint8_t old;            // members of 65 or over
  uint8_t elders;         // members of the eldest generation, where the form has parents of adults
  uint8_t parents;        // members of the generation that has the children (or is the adult child and spouse)
  uint8_t minors;         // children below 16
  uint8_t adult_children; // children of 16 or over
  uint8_t generations;
  uint8_t size;
  uint32_t count;
  uint32_t first_household, first_member; // numbers run through the whole plan
} wg_household_group;

enum { WG_HOUSEHOLD_GROUPS_MAX = 64, WG_ADULT_AGE = 16 };

typedef struct wg_household_plan {
  wg_household_group groups[WG_HOUSEHOLD_GROUPS_MAX];
  size_t group_count;
  uint32_t households, members;
} wg_household_plan;

// `minors` is the number of residents younger than 16: each of them is given a place with a parent. Shares that the
// census figures do not allow are a WG_FAIL_CONFIG error that says which.
int wg_household_plan_create(const wg_census_targets *targets, int64_t minors, const wg_synthesis_params *params,
                             wg_household_plan *plan, wg_error *error);

// The group of a household number.
const wg_household_group *wg_household_plan_find(const wg_household_plan *plan, uint32_t household);

static inline uint32_t wg_household_first_member(const wg_household_group *group, uint32_t household) {
  return group->first_member + (household - group->first_household) * group->size;
}

#endif
