// SPDX-License-Identifier: GPL-3.0-or-later
// What `wangge check` says of a study.
#ifndef WG_CLI_CHECK_STUDY_H
#define WG_CLI_CHECK_STUDY_H

#include "cli/scenario_options.h"

// Tells every problem of the study and of all that it runs, or what it would run. Returns the exit status.
int wg_check_study(const wg_scenario_options *options);

#endif
