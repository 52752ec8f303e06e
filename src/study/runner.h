// SPDX-License-Identifier: GPL-3.0-or-later
// Lets the runs of a study be run by processes on this machine.
#ifndef WG_STUDY_RUNNER_H
#define WG_STUDY_RUNNER_H

#include "study/tasks.h"

// How far a batch is.
typedef struct wg_runner_state {
  size_t total, done, failed, elsewhere, running; // runs
  double share;                                   // of all, those under way by how far they are; in [0, 1]
  const char *message;                            // of the first that failed; "" for none
} wg_runner_state;

typedef struct wg_runner_observer {
  void *self;
  void (*state)(void *self, const wg_runner_state *state); // once before the first run, then several times a second
} wg_runner_observer;

typedef struct wg_runner {
  const char *folder;
  const wg_plan *plan;
  wg_tasks *tasks;
  size_t journal_lines; // when the batch began: what failed later is not tried again
  int64_t processes;    // at once, at least 1; where fewer units are left than that, they get threads
  const wg_runner_observer *observer;
  int stopped_by; // out: the signal that asked to stop, 0 for none
  char *message;  // out: of the first run that failed, NULL for none; the caller frees
} wg_runner;

// Runs what is pending, until each task is done or has failed, here or by another driver on the same folder; what another driver has
// claimed is waited for and taken over should it die. A run that fails costs no other. On SIGINT or SIGTERM the runs are asked to
// stop and waited for (WG_STOPPED); a second signal kills them. Errors (WG_FAIL_RUN) are those of the batch itself: the journal cannot
// be written, processes cannot be started. The caller has no other thread and no other child.
int wg_runner_run(wg_runner *runner, wg_error *error);

#endif
