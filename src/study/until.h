// SPDX-License-Identifier: GPL-3.0-or-later
// When a study has replicates enough.
#ifndef WG_STUDY_UNTIL_H
#define WG_STUDY_UNTIL_H

#include "study/plan.h"

// Checks that spec->until, where there is one, names an outcome of wangge compare and allows the replicates to begin
// with (WG_FAIL_CONFIG).
int wg_until_check(const wg_study_spec *spec, wg_error *error);

// The replicates to have next, after `replicates` of them have given an interval of that half width (NaN: it cannot be told yet): `replicates`
// where the study's rule is met or there are spec->until.max, otherwise more, by what the width promises, and not more than twice as many.
size_t wg_until_wanted(const wg_plan *plan, size_t replicates, double half_width);

#endif
