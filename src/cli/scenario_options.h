// SPDX-License-Identifier: GPL-3.0-or-later
// The options of the commands that take a scenario.
#ifndef WG_CLI_SCENARIO_OPTIONS_H
#define WG_CLI_SCENARIO_OPTIONS_H

#include <stdbool.h>

#include "cli/command.h"
#include "run/run.h"

enum { WG_SETS_MAX = 2048 }; // a run of a study has one for each drawn parameter

#define WG_SCENARIO_USAGE "[--seed N] [--replicate N] [--set path=value]... [--allow-outside] [--lang en|zh]"

// Start from {0}; not to be moved after parsing, as `run` points into it.
typedef struct wg_scenario_options {
  wg_run_options run;
  const char *sets[WG_SETS_MAX];
  char seed[48], replicate[48];
  bool quiet, ranges, chinese;
} wg_scenario_options;

// Parses the arguments of `self`; -o, --threads and --quiet only where it runs the scenario. Returns 0, or the exit
// status when the arguments are wrong, which then has been told.
int wg_scenario_options_parse(const wg_command *self, bool runs, int count, char **arguments,
                              wg_scenario_options *options);

#endif
