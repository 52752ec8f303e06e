// SPDX-License-Identifier: GPL-3.0-or-later
// One run of a study, or a look at its result, each in a process of its own: whatever happens there, this one lives on.
#ifndef WG_STUDY_CELL_RUN_H
#define WG_STUDY_CELL_RUN_H

#include "run/trunk.h"
#include "study/offspring.h"

typedef enum wg_ending {
  WG_ENDING_DONE,
  WG_ENDING_FAILED,  // `error` tells why
  WG_ENDING_STOPPED, // by a signal, and it can be taken up again
} wg_ending;

typedef struct wg_cell_run {
  wg_run_options options; // with its output
  const char *identity;   // that the run must have; NULL: any
  wg_trunk *trunk;        // whose world it may have; NULL: none
  int pipe;               // to tell the share lived; -1: nobody
  size_t task;            // to tell it of
  sigset_t signals;       // as they were before they were blocked
} wg_cell_run;

// What came of it.
typedef struct wg_cell_end {
  wg_ending ending;
  bool lent;      // the trunk's world served
  double seconds; // wall clock
  wg_error error;
} wg_cell_end;

// Lives the run to its published result, from its last checkpoint if there is one. Signals must be blocked (wg_offspring_block); `*stop` as in wg_offspring_wait. What a killed run
// leaves behind half-written is removed.
void wg_cell_run_live(const wg_cell_run *run, int *stop, wg_cell_end *end);

// Removes what a run that was killed after its result had been published may have left beside it.
void wg_cell_run_clean(const char *output);

#endif
