// SPDX-License-Identifier: GPL-3.0-or-later
// An outcome of one run, month by month, along one axis.
#ifndef WG_COMPARE_OUTCOME_TABLE_H
#define WG_COMPARE_OUTCOME_TABLE_H

#include "compare/run_view.h"
#include "schema/outcome.h"

typedef enum wg_outcome_axis { WG_OUTCOME_PLACES, WG_OUTCOME_SERVICES, WG_OUTCOME_GROUPS } wg_outcome_axis;

// What is summed, so that any part of the axis over any months can be told. Start from {0}.
typedef struct wg_outcome_table {
  const wg_outcome *outcome; // NULL: this run has no such outcome along the axis
  size_t rows, entries, bins;
  double *over;  // [rows][entries][bins]
  double *under; // [rows][entries]; NULL: nothing is divided
  const double *delays;
} wg_outcome_table;

// The axis along which the outcome is whole: places, but for what is told of the whole district alone.
wg_outcome_axis wg_outcome_own_axis(const wg_outcome *outcome);

// Entries of the axis.
size_t wg_outcome_axis_length(const wg_result_axes *axes, wg_outcome_axis axis);

// Fills the table; free it with wg_outcome_table_free, also after a failure. What the run does not tell is no failure.
int wg_outcome_table_read(wg_run_view *view, const wg_outcome *outcome, wg_outcome_axis axis, wg_outcome_table *table,
                          wg_error *error);
void wg_outcome_table_free(wg_outcome_table *table);

// The outcome over the rows after `first` up to `last` and the entries for which `part` is true (NULL: all); NaN where there is
// nothing to say.
double wg_outcome_value(const wg_outcome_table *table, size_t first, size_t last, const bool *part);

#endif
