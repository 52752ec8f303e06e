// SPDX-License-Identifier: GPL-3.0-or-later
// What the files of a study's runs have in common: the axes and variables of their root groups.
//
// Runs must have the same axes, but for those that are united by name: policies, of which each variant has its own. Variables along
// such an axis, and axes that only these have, may be missing in a run.
#ifndef WG_STUDY_STACK_SHAPE_H
#define WG_STUDY_STACK_SHAPE_H

#include "schema/arena.h"
#include "schema/content.h"
#include "schema/dataset.h"

enum { WG_STACK_AXES = 3 }; // variant, draw, replicate: before those of a run

typedef enum wg_stack_kind {
  WG_STACK_COORDINATE, // of an axis: numbers or texts
  WG_STACK_LABEL,      // texts along an axis
  WG_STACK_NUMBERS,    // stacked
} wg_stack_kind;

typedef struct wg_stack_variable {
  wg_stack_kind kind;
  const char *name, *unit, *long_name, *label;
  size_t rank;
  size_t axes[WG_DIMENSIONS_MAX]; // positions among the shape's
  bool is_whole;
  bool is_united; // along a united axis: the last one
  const wg_attribute *attributes;
  size_t attribute_count;
  const double *numbers; // of a coordinate
  const char **texts;    // of a coordinate or label; of a united axis there is room for WG_STACK_UNITED_MAX
} wg_stack_variable;

typedef struct wg_stack_axis {
  const char *name;
  size_t length;
  size_t coordinate; // position of the variable
  bool is_united;
} wg_stack_axis;

enum { WG_STACK_VARIABLES_MAX = 512, WG_STACK_AXES_MAX = 64, WG_STACK_UNITED_MAX = 1024 };

typedef struct wg_stack_shape {
  wg_arena arena;
  const char *first; // the file that the others are held against
  wg_stack_axis axes[WG_STACK_AXES_MAX];
  size_t axis_count;
  wg_stack_variable variables[WG_STACK_VARIABLES_MAX];
  size_t variable_count;
  const char *groups[WG_STACK_VARIABLES_MAX]; // other than the root, in the order in which they were met
  size_t group_count;
  bool is_closed; // nothing can be added any more
} wg_stack_shape;

// Holds a file, called `name` in messages, against the shape, and adds what it has of its own along united axes; the first file makes the
// shape. WG_FAIL_CONFIG, naming file and axis or variable, where they don't fit together.
int wg_stack_shape_take(wg_stack_shape *shape, const wg_content *content, const char *name, wg_error *error);

// For each entry of the file's united axis its position in the shape's. `positions` has room for WG_STACK_UNITED_MAX.
int wg_stack_shape_positions(const wg_stack_shape *shape, const wg_content *content, const wg_stack_axis *axis,
                             size_t *positions, size_t *count, wg_error *error);

void wg_stack_shape_free(wg_stack_shape *shape);

#endif
