// SPDX-License-Identifier: GPL-3.0-or-later
// When each community adopts each policy: scope, pilots and waves.
#ifndef WG_ENGINE_ADOPTION_H
#define WG_ENGINE_ADOPTION_H

#include "engine/policy_plan.h"

// Checks the scopes and fills the table of adoptions; communities whose turn goes by need wait, but for waves that lie
// before the first month's end. Unknown codes are errors.
int wg_adoption_create(wg_world *world, const wg_policy_plan *plan, wg_error *error);

// After a month has been lived: the turns by need that fall into the next one, from what officials see by now.
int wg_adoption_advance(wg_world *world, const wg_policy_plan *plan, wg_error *error);

// A copy of the table: of every subdistrict in turn its entries × communities. The caller frees it.
int wg_adoption_remember(const wg_world *world, wg_adoption **remembered, wg_error *error);

// Where another plan goes on in a lived world, after wg_adoption_create: entries that began before `branch`, a month's first day and
// the first not yet lived, keep the days that entries of the same name had in the plan `before`; the others get the turns that the months
// lived would have given them. All that began before `branch` is in both plans.
int wg_adoption_recall(wg_world *world, const wg_policy_plan *before, const wg_adoption *remembered, wg_date branch,
                       const wg_policy_plan *plan, wg_error *error);

// The day on which community `c` of `s` adopts the plan's entry `e`; WG_ADOPTION_NEVER or _WAITING.
static inline wg_date wg_adoption_day(const wg_subdistrict *s, size_t e, uint32_t c) {
  return wg_adoptions(s)[e * wg_communities_count(s) + c].from;
}

#endif
