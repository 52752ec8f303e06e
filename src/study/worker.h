// SPDX-License-Identifier: GPL-3.0-or-later
// A process that does the runs of one draw and one replicate, one after the other: what they have in common is made once.
#ifndef WG_STUDY_WORKER_H
#define WG_STUDY_WORKER_H

#include <signal.h>

#include "study/tasks.h"

typedef struct wg_worker {
  const char *folder; // of the study
  const wg_plan *plan;
  const wg_tasks *tasks;
  size_t first, end;    // of the tasks; those that are WG_TASK_GIVEN are to be done
  int64_t threads;      // of each run
  size_t journal_lines; // when the batch began: what failed later is not tried again
  int pipe;             // wg_told
  sigset_t signals;     // as they were before they were blocked
} wg_worker;

// Claims, lives and journals the runs, telling of each. Returns the exit status: 0 unless it could not go on, which it has told.
// In a process of its own.
int wg_worker_work(const wg_worker *worker);

#endif
