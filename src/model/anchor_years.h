// SPDX-License-Identifier: GPL-3.0-or-later
// Quantities that change over calendar time: given for some years, in between on straight lines, before the first and after
// the last as there.
#ifndef WG_MODEL_ANCHOR_YEARS_H
#define WG_MODEL_ANCHOR_YEARS_H

#include "model/world.h"
#include "schema/param.h"

// Lists of a group: `years` ascending, and `each` values for every year, one year after the other.
typedef struct wg_anchors {
  const wg_param_group *group;
  const char *years_name, *values_name; // parameters, for messages
  wg_reals years, values;
  size_t each;
} wg_anchors;

// Years that do not rise, or another number of values than years * each, are problems added to `error`.
int wg_anchors_check(const wg_world *world, const wg_anchors *anchors, wg_error *error);

// Value `i` of `each` in the middle of the month. A year such as 2010 stands for its first of January, 2010.5 for the middle
// of the year.
double wg_anchors_at(const wg_anchors *anchors, size_t i, wg_month month);

#endif
