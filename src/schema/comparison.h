// SPDX-License-Identifier: GPL-3.0-or-later
// What a comparison of variants says: plain data, made by study/comparison.c, printed by report/comparison_*.c.
#ifndef WG_SCHEMA_COMPARISON_H
#define WG_SCHEMA_COMPARISON_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "schema/arena.h"

typedef struct wg_interval {
  double low, high; // NaN: cannot be told
} wg_interval;

// One outcome of one variant against the one it is compared with.
typedef struct wg_difference {
  double base, value; // means over draws and replicates
  double difference;  // mean of the paired differences
  // Over the draws of the assumed parameters, replicates averaged; NaN with fewer than two draws.
  wg_interval band; // 5 % and 95 %
  double draw_least, draw_most;
  size_t draws;
  // Luck only: over replicates, draws averaged; 95 %. NaN with fewer than two replicates.
  wg_interval luck_t, luck_bootstrap;
  size_t replicates;
  double correlation, variance_ratio; // within draws, pooled: what common luck achieved
  double draws_agree, runs_agree;     // share whose difference has the sign of the mean one
  size_t pairs, missing;              // runs of both variants; cells of which one lacks
} wg_difference;

// A parameter that an outcome's difference goes with over the draws.
typedef struct wg_leaning {
  const char *path;
  double rank_correlation;
} wg_leaning;

#endif
