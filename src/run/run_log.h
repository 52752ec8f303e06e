// SPDX-License-Identifier: GPL-3.0-or-later
// What a run cost on the machine it ran on: time, memory, threads. It goes to NAME.log.json, never into the results.
#ifndef WG_RUN_RUN_LOG_H
#define WG_RUN_RUN_LOG_H

#include "base/error.h"

struct wg_run;
typedef struct wg_run_log wg_run_log;

// Starts the clock. Freed by the caller.
int wg_run_log_start(wg_run_log **log, wg_error *error);
void wg_run_log_free(wg_run_log *log);

// Writes the log beside the run's output: "x.h5" has "x.log.json".
int wg_run_log_write(const wg_run_log *log, const struct wg_run *run, wg_error *error);

#endif
