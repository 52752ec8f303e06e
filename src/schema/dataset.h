// SPDX-License-Identifier: GPL-3.0-or-later
// What the engine hands to a sink: groups of labelled arrays in the netCDF data model. Knows nothing of files.
#ifndef WG_SCHEMA_DATASET_H
#define WG_SCHEMA_DATASET_H

#include <stddef.h>

#include "base/error.h"
#include "schema/type.h"

enum { WG_DIMENSIONS_MAX = 8 };

// A scalar or one-dimensional attribute. For WG_STRING `value` is a `const char *`; for numbers it points to
// `count` elements.
typedef struct wg_attribute {
  const char *name;
  wg_type type;
  size_t count; // 1 for a scalar; ignored for WG_STRING
  const void *value;
} wg_attribute;

typedef struct wg_dimension {
  const char *name;
  size_t length; // >= 1
} wg_dimension;

// Copies `count` consecutive entries along the first dimension, from `first` on, into `buffer`. Used to stream what is
// too large to be held twice. Returns 0 or a negative code with `error` filled.
typedef int (*wg_variable_read)(void *context, size_t first, size_t count, void *buffer, wg_error *error);

// A variable whose only dimension has the variable's own name is that dimension's coordinate.
typedef struct wg_variable {
  const char *name;
  wg_type type;
  size_t rank;                               // number of dimensions, 1 to WG_DIMENSIONS_MAX
  const char *dimensions[WG_DIMENSIONS_MAX]; // names, first varies slowest
  const char *unit;                          // UDUNITS text, or NULL for none
  const char *long_name;                     // English
  const char *label;                         // Chinese, or NULL
  const wg_attribute *attributes;            // further attributes
  size_t attribute_count;
  const void *data;      // row-major elements, or NULL when `read` is given
  wg_variable_read read; // NULL when `data` is given
  void *read_context;
  // Above 0: written entry by entry along its first `stacked` dimensions, by who opened the group for that (wg_output_stack);
  // neither `data` nor `read` is given.
  size_t stacked;
} wg_variable;

// A list of texts along an axis, which are borrowed.
static inline wg_variable wg_variable_of_texts(const char *name, const char *axis, const char *long_name,
                                               const char *label, const char *const *texts) {
  return (wg_variable){.name = name,
                       .type = WG_STRING,
                       .rank = 1,
                       .dimensions = {axis},
                       .long_name = long_name,
                       .label = label,
                       .data = texts};
}

typedef struct wg_group {
  const char *name; // "" is the root group
  const wg_dimension *dimensions;
  size_t dimension_count;
  const wg_variable *variables;
  size_t variable_count;
  const wg_attribute *attributes;
  size_t attribute_count;
} wg_group;

// Where groups go. `put` may be called several times; the root group comes last.
typedef struct wg_sink {
  void *self;
  int (*put)(void *self, const wg_group *group, wg_error *error);
} wg_sink;

#endif
