// SPDX-License-Identifier: GPL-3.0-or-later
// A comparison in the three forms in which it leaves the program.
#ifndef WG_REPORT_COMPARISON_TEXT_H
#define WG_REPORT_COMPARISON_TEXT_H

#include <stdio.h>

#include "schema/comparison.h"

// Tables and sentences for people, in English or Chinese.
void wg_comparison_text(const wg_comparison *comparison, bool chinese, FILE *stream);

// One line for each variant, outcome and part, below one line of heads; what cannot be told is empty. Then, as parts of a kind of
// their own, spillovers and equal costs.
void wg_comparison_csv(const wg_comparison *comparison, FILE *stream);

// All of it but the series by month; null for what cannot be told.
void wg_comparison_json(const wg_comparison *comparison, FILE *stream);

#endif
