// SPDX-License-Identifier: GPL-3.0-or-later
#include <stdio.h>

#include "cli/command.h"
#include "study/run.h"

static int synthesis(int count, char **arguments) {
  if (count != 1 || arguments[0][0] == '-')
    return wg_command_usage(&wg_command_synthesis, "one scenario is wanted");
  wg_error error = {0};
  wg_run run = {0};
  const wg_run_options options = {.scenario = arguments[0]};
  int code = wg_run_open(&options, &run, &error);
  if (!code)
    code = wg_run_prepare(&run, &error);
  if (!code)
    code = wg_run_report_synthesis(&run, stdout, &error);
  wg_run_free(&run);
  return code ? wg_command_fail(&error) : WG_EXIT_DONE;
}

const wg_command wg_command_synthesis = {"synthesis", "SCENARIO.cfg",
                                         "print the census beside the synthesised population, in Markdown", synthesis};
