// SPDX-License-Identifier: GPL-3.0-or-later
// What a comparison of variants says: plain data, made by compare/comparison.c, printed by report/comparison_*.c.
#ifndef WG_SCHEMA_COMPARISON_H
#define WG_SCHEMA_COMPARISON_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "schema/arena.h"
#include "schema/outcome.h"

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
  double correlation,
      variance_ratio;             // within draws, pooled: what common luck achieved; infinite: all differences are one
  double draws_agree, runs_agree; // share whose difference has the sign of the mean one; NaN where that is 0
  bool same_bits;                 // every pair is equal to the bit
  size_t pairs, missing;          // runs of both variants; cells of which one lacks
} wg_difference;

// A parameter that an outcome's difference goes with over the draws.
typedef struct wg_leaning {
  const char *path;
  double rank_correlation;
} wg_leaning;

// A parameter that is drawn over its range.
typedef struct wg_compared_parameter {
  const char *path, *label, *unit, *evidence;
} wg_compared_parameter;

// An assumption that a variant brings along itself.
typedef struct wg_policy_assumption {
  const char *path, *value; // as the configuration has it
  const char *label, *unit; // Chinese
  bool is_drawn;
} wg_policy_assumption;

// Places by what the variant does there and the one it is compared with does not.
typedef enum wg_place_class {
  WG_TREATED,   // it is in force by the end of the months that are compared
  WG_NEAR,      // it is not, but in another place of the subdistrict
  WG_ELSEWHERE, // in no place of the subdistrict
  WG_PLACE_CLASS_COUNT,
} wg_place_class;

extern const char *const wg_place_class_names[WG_PLACE_CLASS_COUNT], *const wg_place_class_labels[WG_PLACE_CLASS_COUNT];

typedef struct wg_compared_variant {
  const char *name, *label, *against;
  const wg_difference *differences;        // [outcome][part]; part 0 is the whole
  const double *cost_per_unit;             // [outcome] yuan for each unit of difference; NaN: its sign is not agreed on
  const double *rank_correlation;          // [outcome][parameter]; NaN: cannot be told
  const bool *leans;                       // [outcome][parameter]
  const size_t *parameters_told;           // [outcome] of how many the correlation can be told
  const wg_difference *spillovers;         // [outcome][WG_PLACE_CLASS_COUNT]
  double places[WG_PLACE_CLASS_COUNT];     // mean number over the runs
  const wg_policy_assumption *assumptions; // what its policies assume
  size_t assumption_count;
  // Over the months: means of either, of the paired difference, and its band over draws (over replicates where nothing is drawn).
  const double *series_base, *series_value, *series_difference, *series_low, *series_high; // [outcome][row]
} wg_compared_variant;

// Two variants that cost about the same: the second against the first.
typedef struct wg_equal_cost {
  const char *first, *second;
  double apart;                     // their costs' difference, of the larger
  const wg_difference *differences; // [outcome]
} wg_equal_cost;

typedef struct wg_comparison {
  wg_arena arena;     // of what the comparison has made; texts and axes belong to what it was made of
  const char *source; // study's folder or the first file
  const char *version;
  wg_date from, to; // the months that are compared
  size_t rows, first, last;
  const wg_date *dates; // [rows]
  const char *place;    // "subdistrict", "community" or "district"
  const char *by;       // "place", "service", "network", "group", or NULL
  const char **parts, **part_labels;
  size_t part_count; // 1 at least
  const wg_outcome *const *outcomes;
  size_t outcome_count;
  const wg_compared_parameter *parameters;
  size_t parameter_count;
  size_t draws, replicates; // asked for
  const wg_compared_variant *variants;
  size_t variant_count;
  const wg_equal_cost *equal_costs;
  size_t equal_cost_count;
  bool equal_costs_cut;      // there are more
  const char *revision_note; // a file of another revision of the program than the first one's; NULL
} wg_comparison;

// -1 or 1 where the band over draws and the luck-only interval, those of them that can be told, are on one side of 0; else 0.
int wg_difference_sign(const wg_difference *difference);

// Position of the outcome, or outcome_count.
size_t wg_comparison_outcome(const wg_comparison *comparison, const char *name);

#endif
