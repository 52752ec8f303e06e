// SPDX-License-Identifier: GPL-3.0-or-later
// From the outcomes of runs to what can be said of variants.
#ifndef WG_COMPARE_COMPARISON_H
#define WG_COMPARE_COMPARISON_H

#include "compare/samples.h"
#include "schema/dataset.h"

// Compares each variant with the one it is to be compared with. `comparison` must be zeroed; free it with wg_comparison_free, also
// after a failure. It borrows names, texts and axes of `samples`.
int wg_comparison_make(const wg_samples *samples, wg_comparison *comparison, wg_error *error);
void wg_comparison_free(wg_comparison *comparison);

// For the rule `until` of a study: the largest half width, over the variants, of the luck-only 95 % interval (t) of the outcome's
// difference, shares as parts of 1 (0.002 for 0.2 points); NaN where that of some variant cannot be told. WG_FAIL_CONFIG where the samples
// do not have the outcome.
int wg_samples_half_width(const wg_samples *samples, const char *outcome, double *half_width, wg_error *error);

// Puts the comparison as group `name` ("comparison", or "" for a file of its own) into the sink: axes variant, outcome, part, time,
// place_class and parameter; everything in it is ready to be drawn.
int wg_comparison_put(const wg_comparison *comparison, const char *name, const wg_sink *sink, wg_error *error);

#endif
