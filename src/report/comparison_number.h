// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers of a comparison, for people.
#ifndef WG_REPORT_COMPARISON_NUMBER_H
#define WG_REPORT_COMPARISON_NUMBER_H

#include "schema/comparison.h"

enum { WG_NUMBER_TEXT = 96 };

// With separators of thousands, and `decimals` decimals, or as many as show two digits of a small number; a plus before what is
// above 0 where `is_signed`; "–" for what cannot be told.
const char *wg_figure_print(double x, int decimals, bool is_signed, char text[WG_NUMBER_TEXT]);

// A value of the outcome: shares get a percent sign.
const char *wg_figure_value(const wg_outcome *outcome, double x, char text[WG_NUMBER_TEXT]);

// "+2.40 to +3.90"; "–" where it cannot be told.
const char *wg_figure_interval(const wg_outcome *outcome, wg_interval interval, bool chinese,
                               char text[WG_NUMBER_TEXT]);

// "± 0.20".
const char *wg_figure_half(const wg_outcome *outcome, wg_interval interval, char text[WG_NUMBER_TEXT]);

// "0.997", "∞"; three digits.
const char *wg_figure_ratio(double x, char text[WG_NUMBER_TEXT]);

#endif
