// SPDX-License-Identifier: GPL-3.0-or-later
// The result of a run, for a person at a terminal.
#ifndef WG_REPORT_SUMMARY_H
#define WG_REPORT_SUMMARY_H

#include <stdbool.h>
#include <stdio.h>

#include "engine/engine.h"

// Prints, for the last twelve months of the run (or all of a shorter one): headline figures, a table by service and a
// table by place. Chinese labels; column heads in Chinese or English.
void wg_summary_print(const wg_world *world, const wg_engine *engine, bool chinese, FILE *stream);

#endif
