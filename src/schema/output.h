// SPDX-License-Identifier: GPL-3.0-or-later
// Output rows: the one source of an output variable's dataset, unit, labels, reference and value.
#ifndef WG_SCHEMA_OUTPUT_H
#define WG_SCHEMA_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "schema/type.h"

struct wg_world; // model/world.h; the schema only passes it on

// The part of the district that one row of the place axis stands for: subdistricts [first, last) and, when it is a single
// community, its position in the only subdistrict; -1 otherwise.
typedef struct wg_place {
  uint32_t first, last;
  int32_t community;
} wg_place;

// Axes a variable may have after `time` and place. The engine knows their lengths and labels (engine/axes.c).
typedef enum wg_axis {
  WG_AXIS_NONE,
  WG_AXIS_SERVICE,
  WG_AXIS_AGE_BAND,
  WG_AXIS_SEX,
  WG_AXIS_REGISTRATION,
  WG_AXIS_DESK_KIND,
  WG_AXIS_DELAY_BIN,
  WG_AXIS_REASON,
  WG_AXIS_COST_KIND,
  WG_AXIS_LEVER,
  WG_AXIS_HOUSEHOLD_SIZE,
  WG_AXIS_ACTIVITY,
  WG_AXIS_EDUCATION,
  WG_AXIS_CARE,
  WG_AXIS_MOVE_DIRECTION,
  WG_AXIS_MOVE_REASON,
  WG_AXIS_FACILITY,
  WG_AXIS_LOSS,
  WG_AXIS_CHANNEL,
  WG_AXIS_GROUP,
  WG_AXIS_CARE_END,
  WG_AXIS_COUNT,
  WG_AXIS_NO_PLACE, // no axis: put first, it says that the variable is of the whole district, without an axis of places
} wg_axis;

enum { WG_OUTPUT_AXES_MAX = 3 };

// Every variable has the axes (time, place, axes...), but those of the whole district, whose first axis is
// WG_AXIS_NO_PLACE, have (time, axes...). The evaluator is called once a month and place, or once a month with the whole
// district as its place, after the month's end; it fills the block of the trailing axes, row-major, with int64_t (WG_I64)
// or double (WG_F64; NaN where there is nothing to say).
typedef struct wg_output {
  const char *name;
  wg_type type; // WG_I32, WG_I64 or WG_F64
  wg_axis axes[WG_OUTPUT_AXES_MAX];
  const char *unit, *long_name, *label;
  void (*evaluate)(const struct wg_world *world, wg_place place, void *block);
} wg_output;

static inline bool wg_output_has_place(const wg_output *output) {
  return output->axes[0] != WG_AXIS_NO_PLACE;
}

// Whether it is an axis of the variable, as there may be fewer than there is room for.
static inline bool wg_axis_is_real(wg_axis axis) {
  return axis != WG_AXIS_NONE && axis < WG_AXIS_COUNT;
}

#endif
