// SPDX-License-Identifier: GPL-3.0-or-later
// Measures of inequality of a ratio met / due between the parts of a whole, each part weighted by what is due to it.
#ifndef WG_MODEL_INEQUALITY_H
#define WG_MODEL_INEQUALITY_H

#include <stddef.h>
#include <stdint.h>

// 0 <= met <= due. A part to which nothing is due counts for nothing.
typedef struct wg_portion {
  int64_t due, met;
  uint32_t group;
} wg_portion;

// Gini: half the mean absolute difference of the ratios of two parts drawn by what is due to them, by the mean ratio. A
// quotient of exact integers, so that order never shows; due of all times met of all must be below 2^62. NaN where nothing
// is met. Sorts the portions.
double wg_gini(wg_portion *portions, size_t count);

// About what the Gini coefficient would be if all had the same ratio but for luck, each unit due being met or not by itself:
// sqrt((1 - p) / (pi p n)) with the common ratio p and n due to each. NaN where nothing is met. Within some per cent where n
// is above 20 or so.
double wg_gini_by_luck(wg_portion *portions, size_t count);

// Theil's T, and its parts between and within groups, whose members must lie side by side; total = between + within. Summed
// in the order given. NaN where nothing is met.
double wg_theil_total(wg_portion *portions, size_t count);
double wg_theil_between(wg_portion *portions, size_t count);
double wg_theil_within(wg_portion *portions, size_t count);

#endif
