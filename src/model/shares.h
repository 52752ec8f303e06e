// SPDX-License-Identifier: GPL-3.0-or-later
// Choosing by shares given in the configuration.
#ifndef WG_MODEL_SHARES_H
#define WG_MODEL_SHARES_H

#include "model/world.h"

// Cumulates `count` shares from `values` into thresholds of a uniform 32-bit number; their sum need not be 1.
void wg_shares_cumulate(const double *values, size_t count, uint32_t *thresholds);

// A list of a group that must hold `wanted` shares with a sum above 0; otherwise a problem is added to `error`.
int wg_shares_check(const wg_world *world, const wg_param_group *group, const char *name, wg_reals shares,
                    size_t wanted, wg_error *error);

// The share that the number falls into.
static inline uint32_t wg_shares_pick(const uint32_t *thresholds, uint32_t count, uint32_t u) {
  uint32_t i = 0;
  while (i + 1 < count && u >= thresholds[i])
    i++;
  return i;
}

#endif
