// SPDX-License-Identifier: GPL-3.0-or-later
// From the outcomes of runs to what can be said of variants.
#ifndef WG_STUDY_COMPARISON_H
#define WG_STUDY_COMPARISON_H

#include "schema/dataset.h"
#include "study/samples.h"

// Compares each variant with the one it is to be compared with. `comparison` must be zeroed; free it with wg_comparison_free, also
// after a failure. It borrows names, texts and axes of `samples`.
int wg_comparison_make(const wg_samples *samples, wg_comparison *comparison, wg_error *error);
void wg_comparison_free(wg_comparison *comparison);

// Puts the comparison as group `name` ("comparison", or "" for a file of its own) into the sink: axes variant, outcome, part, time,
// place_class and parameter; everything in it is ready to be drawn.
int wg_comparison_put(const wg_comparison *comparison, const char *name, const wg_sink *sink, wg_error *error);

#endif
