// SPDX-License-Identifier: GPL-3.0-or-later
// One run: from a scenario file to an HDF5 file.
#ifndef WG_RUN_RUN_H
#define WG_RUN_RUN_H

#include <stdbool.h>
#include <stdio.h>

#include "engine/engine.h"
#include "run/checkpoint.h"
#include "run/provenance.h"
#include "synthesis/synthesis.h"

typedef struct wg_run_options {
  const char *scenario;           // file
  const char *output;             // file, or NULL: output.file, or output/NAME.h5
  const char *const *sets;        // "path=value", in order
  const char *const *set_origins; // of each, as messages name it; NULL: "--set"
  size_t set_count;
  int64_t threads;            // above 0: instead of run.threads
  int64_t checkpoint_months;  // months from one checkpoint to the next; 0: only when stopped; -1: as configured
  int64_t checkpoint_seconds; // and not sooner than so long after the last or the beginning
  bool resume;                // go on from the last checkpoint, if there is one
  bool allow_outside;         // @include may read anywhere
  bool planned;               // only looked at: it has no output
} wg_run_options;

// Everything a run is made of, in the order in which it is made.
typedef struct wg_run {
  wg_config *config;
  wg_inputs inputs;
  wg_world world;
  wg_engine *engine;
  wg_provenance provenance;
  char *output;        // path of the HDF5 file
  bool output_unnamed; // nobody chose it: the folder output/ is made on demand
  int64_t threads;
  int code;                                      // of wg_run_open
  bool whole;                                    // the configuration can be looked at further although it has problems
  int64_t storage;                               // order of rows in memory
  int64_t checkpoint_months, checkpoint_seconds; // as in the options
  int64_t kept_at;                               // clock, nanoseconds: the last checkpoint or the beginning
  wg_checkpoints *checkpoints;                   // beside the output
  bool resumes;                                  // a checkpoint was found that is to be gone on from
  wg_error notices;                              // of checkpoints that were passed over; no failure
  int64_t setup_time, output_time;               // nanoseconds by the wall clock, for the log
} wg_run;

// Reads the configuration and the district's tables and looks at the place of the output: all that can be wrong with the
// input short of the world itself; to resume, also at its checkpoints: where there is none, the run starts from the beginning.
// `run` must be zeroed; free it with wg_run_free, also after a failure.
int wg_run_open(const wg_run_options *options, wg_run *run, wg_error *error);

// Builds the world at run.start, without an engine: what runs that differ in policies alone have in common.
int wg_run_build_world(wg_run *run, wg_error *error);

// Builds the world, prepares the engine and, to resume, reads the state, unless that has been done. Nothing has been written
// yet. After a wg_run_open that found problems in the configuration it may still be called, to add what else there is to tell; it
// then fails in any case.
int wg_run_prepare(wg_run *run, wg_error *error);

// Lives the run and writes `run->output` and, beside it, NAME.log.json; the checkpoints made on the way are then removed. On
// failure no result is left and an earlier one is untouched, and so are the checkpoints. Where wg_stop_signal tells that the run
// is to stop, it does at the next month's end, after a checkpoint: WG_STOPPED.
int wg_run_live(wg_run *run, const wg_observer *observer, wg_error *error);

// Prints the census targets beside what was synthesised, in Markdown; after wg_run_prepare.
int wg_run_report_synthesis(const wg_run *run, FILE *stream, wg_error *error);

void wg_run_free(wg_run *run);

#endif
