// SPDX-License-Identifier: GPL-3.0-or-later
// What the policies of a variant assume by themselves.
#ifndef WG_COMPARE_ASSUMPTIONS_H
#define WG_COMPARE_ASSUMPTIONS_H

#include "compare/samples.h"

// Fills `assumptions`: the parameters, graded assumed, of policies that the one compared with does not have, or has otherwise.
int wg_assumptions_tell(const wg_samples *samples, size_t base, size_t value, wg_arena *arena,
                        wg_compared_variant *told, wg_error *error);

#endif
