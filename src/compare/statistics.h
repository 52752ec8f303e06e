// SPDX-License-Identifier: GPL-3.0-or-later
// What can be said of paired runs: pure numbers, NaN for a run that is missing and for what cannot be told. Distributions,
// quantiles and ranks are GSL's.
#ifndef WG_COMPARE_STATISTICS_H
#define WG_COMPARE_STATISTICS_H

#include <stdbool.h>

#include "base/error.h"
#include "schema/comparison.h"

enum {
  WG_BOOTSTRAP_LEAST = 8,      // values, below which resampling them says too little
  WG_BOOTSTRAP_SAMPLES = 1999, // resamples
  WG_LEANING_LEAST = 8,        // draws
  WG_LEANING_SHUFFLES = 1999,  // of the effects among them
};

// Runs of one variant and of the one it is compared with: [draws][replicates], draw by draw; NaN where there is none.
typedef struct wg_pairs {
  const double *base, *value;
  size_t draws, replicates;
} wg_pairs;

// All that is told of the pairs. Draws weigh alike. A replicate enters the luck-only intervals when it has a pair
// in every draw that has any. Fails only for want of memory.
int wg_pairs_compare(const wg_pairs *pairs, wg_difference *difference, wg_error *error);

// The means, the band and the luck-only t interval alone.
int wg_pairs_outline(const wg_pairs *pairs, wg_difference *difference, wg_error *error);

// Mean paired difference of each draw, NaN where it has no pair: means[draws].
void wg_pairs_draw_means(const wg_pairs *pairs, double *means);

// Half the width of the luck-only t interval (95 %); NaN with fewer than two replicates that are whole. For the rule `until`.
int wg_pairs_half_width(const wg_pairs *pairs, double *half_width, wg_error *error);

// The 5 % and 95 % points of the finite ones among `count` values; NaN with fewer than two.
int wg_band(const double *values, size_t count, wg_interval *band, wg_error *error);

// 95 % intervals for the mean of `count` finite values: Student's t; and bootstrap-t (Efron & Tibshirani 1993, chapter 12), whose
// resamples are keyed draws, so that the same values give the same bits. NaN with fewer than 2 or WG_BOOTSTRAP_LEAST values; the
// second also where all are equal.
wg_interval wg_interval_t(const double *values, size_t count);
int wg_interval_bootstrap(const double *values, size_t count, wg_interval *interval, wg_error *error);

// Rank correlations (Spearman's) of `effects` [draws] with each parameter's values [draws][parameter_count], over the draws where the
// effect is finite: `rank_correlation` [parameter_count], NaN where it cannot be told (a parameter that does not vary, or that some
// draw lacks), and whether it is so far from 0 that chance alone takes none of them there in 95 of 100 cases: the largest
// correlation of all is looked at while the effects are dealt out anew (Westfall & Young 1993). Fewer than WG_LEANING_LEAST
// draws: all NaN. `*told`: of how many it can be told.
int wg_leanings_find(const double *effects, const double *parameters, size_t draws, size_t parameter_count,
                     double *rank_correlation, bool *leans, size_t *told, wg_error *error);

#endif
