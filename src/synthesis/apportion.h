// SPDX-License-Identifier: GPL-3.0-or-later
// Whole numbers in given proportions that add up exactly.
#ifndef WG_SYNTHESIS_APPORTION_H
#define WG_SYNTHESIS_APPORTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Splits `total` over `count` parts in proportion to `weights` (>= 0) by largest remainders, ties to the earlier part.
// False when there is something to give and every weight is zero.
bool wg_apportion(int64_t total, const double *weights, size_t count, int64_t *parts);

// The same, but no part gets more than its cap: what a full part cannot take goes to the others in proportion. False
// when the parts with a weight cannot take it all.
bool wg_apportion_capped(int64_t total, const double *weights, const int64_t *caps, size_t count, int64_t *parts);

#endif
