// SPDX-License-Identifier: GPL-3.0-or-later
// What a result file is, for a person at a terminal.
#ifndef WG_REPORT_INFO_H
#define WG_REPORT_INFO_H

#include <stdio.h>

#include "schema/content.h"

// Prints where the file comes from, the headline figures by years of the run, its axes and its variables, in English or
// Chinese. What the file lacks is named and left out. Fails, after printing all else, with what is damaged.
int wg_info_print(const wg_content *content, bool chinese, FILE *stream, wg_error *error);

#endif
