// SPDX-License-Identifier: GPL-3.0-or-later
// When a study has replicates enough.
#ifndef WG_STUDY_UNTIL_H
#define WG_STUDY_UNTIL_H

#include "study/plan.h"

// Looks at the runs of the first `replicates` replicates in the study's folder, all of which are done or have failed. `*wanted` are the
// replicates to have next: `replicates` where, for every entry, the half width of the luck-only 95 % interval of spec->until.variable's
// difference is spec->until.half_width at the most, or where there are spec->until.max; otherwise more, by what the widths promise, and
// not more than twice as many. The same runs give the same answer.
int wg_until_wanted(const char *folder, const wg_plan *plan, size_t replicates, size_t *wanted, wg_error *error);

#endif
