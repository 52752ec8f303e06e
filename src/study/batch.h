// SPDX-License-Identifier: GPL-3.0-or-later
// A study in its folder: planned, run, resumed, extended.
#ifndef WG_STUDY_BATCH_H
#define WG_STUDY_BATCH_H

#include "study/estimate.h"
#include "study/results.h"
#include "study/runner.h"

// What the folder holds is its own: study.cfg and scenarios/ as resolved when the study was begun, so that it goes on whatever becomes of
// the files it came from.
typedef struct wg_batch {
  char *folder;
  bool folder_unnamed; // nobody chose it: the folder output/ is made on demand
  bool allow_outside;
  bool is_begun; // the folder has its study.cfg
  wg_study_spec spec;
  wg_plan plan;
  size_t replicates; // of each entry and draw in this round
  wg_journal journal;
  wg_tasks tasks; // those of this round; what the journal has is done
} wg_batch;

// Each of these fills a zeroed batch, which is to be freed with wg_batch_free, also after a failure. Nothing is written. What has not been
// run yet is looked at by so many `processes` at once (wg_plan_check).

// Plans the study's file for the folder (NULL: output/NAME). Where the folder holds a study already, it must be this one (WG_FAIL_CONFIG
// tells the differing lines), of which it may have more replicates and draws; more replicates in the file are more to run.
int wg_batch_plan(const char *file, const char *folder, bool allow_outside, int64_t processes, wg_batch *batch,
                  wg_error *error);

// Takes up the study that the folder holds.
int wg_batch_open(const char *folder, bool allow_outside, wg_batch *batch, wg_error *error);

// Makes the opened study larger: to so many replicates or draws in all; 0: as many as it has. Fewer than it has are a problem.
int wg_batch_extend(wg_batch *batch, int64_t replicates, int64_t draws, int64_t processes, wg_error *error);

void wg_batch_free(wg_batch *batch);

// Writes the folder, its study.cfg and scenarios/ where they are not there yet or have grown. From now on the batch works from these.
int wg_batch_begin(wg_batch *batch, wg_error *error);

typedef struct wg_batch_end {
  size_t done, failed; // runs of the study
  char *message;       // of the first that failed, NULL for none; the caller frees
  int stopped_by;      // the signal that asked to stop, 0 for none
  wg_results results;
} wg_batch_end;

// Runs what is pending, in rounds where the study has `until`, and puts the results together after each. See wg_runner_run; failed runs are no
// failure of the batch.
int wg_batch_run(wg_batch *batch, int64_t processes, const wg_runner_observer *observer, wg_batch_end *end,
                 wg_error *error);

#endif
