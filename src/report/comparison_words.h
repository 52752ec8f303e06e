// SPDX-License-Identifier: GPL-3.0-or-later
// Sentences about a comparison that can be quoted.
#ifndef WG_REPORT_COMPARISON_WORDS_H
#define WG_REPORT_COMPARISON_WORDS_H

#include <stdio.h>

#include "schema/comparison.h"

// One sentence about the outcome of a variant, led by the band over draws; no line break. Nothing is called significant.
void wg_words_outcome(const wg_comparison *comparison, const wg_compared_variant *variant, size_t outcome, bool chinese,
                      FILE *stream);

#endif
