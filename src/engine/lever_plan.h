// SPDX-License-Identifier: GPL-3.0-or-later
// Policies into levers: each month starts neutral, what is in force combines into it.
#ifndef WG_ENGINE_LEVER_PLAN_H
#define WG_ENGINE_LEVER_PLAN_H

#include "engine/policy_plan.h"

// Divides the subdistrict's month, or what the run has of it, into segments (and sets month_first and
// month_last), and every lever in every one; the first segment is today's. Errors: want of memory; a lever beyond its bounds, or replaced by two policies with unequal
// values (WG_FAIL_CONFIG, names lever, place and day).
int wg_levers_resolve(const wg_world *world, const wg_policy_plan *plan, wg_month month, wg_subdistrict *s,
                      wg_error *error);

// Resolves every month of the run beforehand, as far as it is known who adopts when; adds the first problem to `error`.
int wg_levers_check(wg_world *world, const wg_policy_plan *plan, wg_error *error);

// Makes the segment of `today` the present one.
void wg_levers_advance(wg_subdistrict *s, wg_date today);

#endif
