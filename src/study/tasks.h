// SPDX-License-Identifier: GPL-3.0-or-later
// The runs of a study as a driver sees them: which they are and what has become of each.
#ifndef WG_STUDY_TASKS_H
#define WG_STUDY_TASKS_H

#include "study/journal.h"
#include "study/plan.h"

typedef enum wg_task_state {
  WG_TASK_PENDING,   // to be run
  WG_TASK_GIVEN,     // to a worker of ours
  WG_TASK_ELSEWHERE, // another driver is at it
  WG_TASK_DONE,
  WG_TASK_FAILED, // in this batch; earlier failures are pending again
} wg_task_state;

typedef struct wg_task {
  wg_cell cell;
  wg_task_state state;
  bool failed_before;
  char identity[WG_IDENTITY_SIZE];
} wg_task;

// In the order in which they are run: replicate by replicate, draw by draw, and within these those that are compared with the same
// run one after the other.
typedef struct wg_tasks {
  wg_task *items;
  size_t count;
} wg_tasks;

// Lists the runs of the plan's first `replicates` replicates and finds their identities; all are pending. Free it with wg_tasks_free, also
// after a failure.
int wg_tasks_make(const wg_plan *plan, size_t replicates, wg_tasks *tasks, wg_error *error);
void wg_tasks_free(wg_tasks *tasks);

// Whether the result of which the journal tells still lies in the folder, of the size it had.
bool wg_tasks_has_result(const char *folder, const wg_journal_entry *entry);

// Marks what the journal has as done and whose result is there, as done. A path of the plan under which the journal has a result of another configuration or version of the
// program is a problem (WG_FAIL_CONFIG): it is neither taken for this run's nor overwritten. `folder` is named in messages.
int wg_tasks_recall(wg_tasks *tasks, const wg_plan *plan, const wg_journal *journal, const char *folder,
                    wg_error *error);

size_t wg_tasks_count(const wg_tasks *tasks, wg_task_state state);

// Where the tasks of another draw or replicate than that of task `first` begin.
size_t wg_tasks_unit_end(const wg_tasks *tasks, size_t first);

// Draws and replicates that have a pending run.
size_t wg_tasks_pending_units(const wg_tasks *tasks);

#endif
