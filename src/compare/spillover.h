// SPDX-License-Identifier: GPL-3.0-or-later
// What a variant does where it is in force, beside it, and elsewhere.
#ifndef WG_COMPARE_SPILLOVER_H
#define WG_COMPARE_SPILLOVER_H

#include "compare/samples.h"

// Whether the entry "NAME" of `policies` is not the same in both configurations.
bool wg_policy_differs(const wg_settings *a, const wg_settings *b, const char *policy);

// Fills `spillovers` and `places`: of each pair of runs, the places by what is in force there in one of the two and set otherwise in
// the other. A class that has no places, and results of the whole district alone, give NaN.
int wg_spillovers_tell(const wg_samples *samples, size_t base, size_t value, wg_arena *arena, wg_compared_variant *told,
                       wg_error *error);

#endif
