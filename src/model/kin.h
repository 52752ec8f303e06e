// SPDX-License-Identifier: GPL-3.0-or-later
// Children (子女) in a household. Who is whose child is not stored: it is read off the ages.
#ifndef WG_MODEL_KIN_H
#define WG_MODEL_KIN_H

#include "model/subdistrict.h"

enum {
  WG_PARENT_OLDER_MONTHS = 16 * 12, // a parent is older by so much at least
  WG_CHILD_BEYOND = 18,             // from this age on somebody no longer comes along with a parent
  WG_GOING_MAX = 16,                // members who move together at most: two adults and their children
};

// Members of one household who are going to move together.
typedef struct wg_going {
  uint32_t count, rows[WG_GOING_MAX];
} wg_going;

// Whom the member counts as a child of: the youngest member of WG_CHILD_BEYOND or more at the first of `month` who is older by
// WG_PARENT_OLDER_MONTHS at least, ties by identity; WG_NO_ROW if there is none.
uint32_t wg_parent_of(const wg_subdistrict *s, uint32_t resident, wg_month month);

// Adds `resident`, the partner (if any, and `with_partner`) and the members below WG_CHILD_BEYOND at the first of `month` who
// count as children of one of those added, the oldest first and ties by identity; at most WG_GOING_MAX in all.
void wg_going_set(const wg_subdistrict *s, uint32_t resident, bool with_partner, wg_month month, wg_going *going);

// Whether everybody else in the household is below WG_CHILD_BEYOND.
bool wg_is_only_adult(const wg_subdistrict *s, uint32_t resident, wg_month month);

#endif
