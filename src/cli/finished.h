// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a run has been finished before.
#ifndef WG_CLI_FINISHED_H
#define WG_CLI_FINISHED_H

#include <stdbool.h>

#include "run/run.h"

// Whether the run's output is there and was written by this version of the program from this very configuration. `run` has been
// opened. A file that cannot be read is no such output.
bool wg_run_is_finished(const wg_run *run);

#endif
