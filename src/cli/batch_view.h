// SPDX-License-Identifier: GPL-3.0-or-later
// What the commands that run a study tell, and their common course.
#ifndef WG_CLI_BATCH_VIEW_H
#define WG_CLI_BATCH_VIEW_H

#include "cli/command.h"
#include "study/batch.h"

typedef struct wg_batch_options {
  int64_t processes;
  bool dry_run, quiet, chinese, allow_outside;
  const char *resume; // the command line that goes on
} wg_batch_options;

// One of the options that these commands have in common: -j, --quiet, --allow-outside, --lang (kept in `*lang`). Returns whether argument `i`
// was one of them; `*status` is then 0 or the exit status when it is wrong, which has been told.
bool wg_batch_option(const wg_command *self, int count, char **arguments, int *i, wg_batch_options *options,
                     const char **lang, int *status);

// Processors that this process may use.
int64_t wg_processors(void);

// Tells the number of runs and what they will cost; unless only that was wanted, runs them and tells how it ended. Returns the exit status.
int wg_batch_show_and_run(wg_batch *batch, const wg_batch_options *options);

#endif
