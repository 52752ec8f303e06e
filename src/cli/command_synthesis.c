// SPDX-License-Identifier: GPL-3.0-or-later
#include <stdio.h>

#include "cli/scenario_options.h"

static int synthesis(int count, char **arguments) {
  wg_scenario_options o = {0};
  const int usage = wg_scenario_options_parse(&wg_command_synthesis, false, count, arguments, &o);
  if (usage)
    return usage;
  wg_error error = {0};
  wg_run run = {0};
  int code = wg_run_open(&o.run, &run, &error);
  if (!code)
    code = wg_run_prepare(&run, &error);
  if (!code)
    code = wg_run_report_synthesis(&run, stdout, &error);
  wg_run_free(&run);
  return code ? wg_command_fail(&error) : WG_EXIT_DONE;
}

const wg_command wg_command_synthesis = {"synthesis", "SCENARIO.cfg " WG_SCENARIO_USAGE,
                                         "print the census beside the synthesised population, in Markdown", synthesis};
