// SPDX-License-Identifier: GPL-3.0-or-later
// What a study has to show: FOLDER/study.h5, the runs stacked and compared.
#ifndef WG_STUDY_RESULTS_H
#define WG_STUDY_RESULTS_H

#include "study/journal.h"
#include "study/plan.h"
#include "study/stack.h"

typedef struct wg_results {
  wg_stack_counts counts;
  bool
      is_compared; // the file has the group `comparison`; it has none where nothing can be compared, and `wangge compare` tells why
  // Of the luck-only 95 % interval of spec->until.variable's difference, the widest of all variants; NaN where there is no such rule
  // or it cannot be told yet.
  double half_width;
} wg_results;

// Builds it in a process of its own, so that this one can go on forking. Without any result there is nothing to build: no failure, and
// `results` counts none as done. Otherwise as wg_study_stack. The signals that stop a batch must be blocked (wg_offspring_block); one that comes
// is kept in `*stop` and does not end the work.
int wg_results_build(const char *folder, const wg_plan *plan, const wg_journal *journal, int *stop, wg_results *results,
                     wg_error *error);

#endif
