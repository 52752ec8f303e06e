// SPDX-License-Identifier: GPL-3.0-or-later
// What a batch will cost in time and disk, about.
#ifndef WG_STUDY_ESTIMATE_H
#define WG_STUDY_ESTIMATE_H

#include "study/tasks.h"

typedef struct wg_estimate {
  double seconds; // wall clock, all pending runs
  double bytes;   // of their results
} wg_estimate;

// From the runs of the journal, where there are any; otherwise by living two months of the first run in a temporary folder, which takes
// as long as making its world. `processes`: at once. Snapshots are not part of it. Changes nothing but the clock.
int wg_estimate_make(const wg_plan *plan, const wg_tasks *tasks, const wg_journal *journal, int64_t processes,
                     wg_estimate *estimate, wg_error *error);

#endif
