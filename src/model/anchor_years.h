// SPDX-License-Identifier: GPL-3.0-or-later
// Quantities that change over calendar time: given for some years, in between on straight lines, before the first and after
// the last as there.
#ifndef WG_MODEL_ANCHOR_YEARS_H
#define WG_MODEL_ANCHOR_YEARS_H

#include "model/world.h"
#include "schema/param.h"

// Where a moment lies among ascending years: `share` of the way from one to the next, or at the first or last.
typedef struct wg_moment {
  size_t before, after;
  double share;
} wg_moment;

// The middle of the month. A year such as 2010 stands for its first of January, 2010.5 for the middle of the year.
wg_moment wg_years_at(wg_reals years, wg_month month);

static inline double wg_between(wg_moment m, double before, double after) {
  return before + (after - before) * m.share;
}

// Lists of a group: `years` ascending, and `each` values for every year, one year after the other.
typedef struct wg_anchors {
  const wg_param_group *group;
  const char *years_name, *values_name; // parameters, for messages
  wg_reals years, values;
  size_t each;
} wg_anchors;

// Years that do not rise, or another number of values than years * each, are problems added to `error`.
int wg_anchors_check(const wg_world *world, const wg_anchors *anchors, wg_error *error);

// Value `i` of `each` in the middle of the month.
double wg_anchors_at(const wg_anchors *anchors, size_t i, wg_month month);

// The same for what holds unchanged from its year to the next: value `i` of the last year reached by the middle of the month,
// 0 before the first.
double wg_anchors_step(const wg_anchors *anchors, size_t i, wg_month month);

#endif
