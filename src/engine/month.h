// SPDX-License-Identifier: GPL-3.0-or-later
// One subdistrict lives one month: roll call, then day by day.
#ifndef WG_ENGINE_MONTH_H
#define WG_ENGINE_MONTH_H

#include "engine/phases.h"
#include "engine/policy_plan.h"
#include "engine/roll_call.h"

// `constants[m]` is mechanism m's. Touches nothing but `s`, `roll` and the started `watch`. Returns 0 or a negative code
// with `error` filled (want of memory, or policies that do not go together).
int wg_month_live(const wg_world *world, void *const *constants, const wg_policy_plan *policies,
                  const wg_roll_plan *plan, wg_subdistrict *s, wg_roll *roll, wg_phase_watch *watch, wg_error *error);

#endif
