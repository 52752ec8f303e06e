// SPDX-License-Identifier: GPL-3.0-or-later
// What the runs of a study have in common and is made once: the world at run.start, lived up to where the variants branch.
#ifndef WG_RUN_TRUNK_H
#define WG_RUN_TRUNK_H

#include "run/run.h"

typedef struct wg_trunk {
  wg_run run;
  wg_date lived_until; // WG_DATE_NONE: the world is as synthesised
} wg_trunk;

// Opens the run, builds its world and, where `branch_at` is a date (else WG_DATE_NONE), lives it up to there; nothing is written. `trunk` must be
// zeroed; free it with wg_trunk_free, also after a failure. No thread is started, so that the process can fork.
int wg_trunk_grow(const wg_run_options *options, wg_date branch_at, wg_trunk *trunk, wg_error *error);
void wg_trunk_free(wg_trunk *trunk);

// Hands the trunk's world to a run that wg_run_open has opened, so that wg_run_prepare and wg_run_live go on from there; the
// results are, to the bit, those of the run alone. The world is used up: call it once, in a forked process of its own, and keep the
// trunk until the run has been freed. A run that has more of its own than policies, of a lived trunk than policies that begin at
// `branch_at` or later, is left as it is and makes its own
// world; `*lent` tells.
int wg_trunk_lend(wg_trunk *trunk, wg_run *run, bool *lent, wg_error *error);

#endif
