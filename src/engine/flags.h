// SPDX-License-Identifier: GPL-3.0-or-later
// CF attributes of variables that hold small numbers for names: flag_values, flag_meanings, and the Chinese words for them.
#ifndef WG_ENGINE_FLAGS_H
#define WG_ENGINE_FLAGS_H

#include "model/world.h"
#include "schema/dataset.h"
#include "schema/output.h"

enum { WG_FLAGS_MAX = 64, WG_FLAG_ATTRIBUTES = 3 };

typedef struct wg_flags {
  int8_t values[WG_FLAGS_MAX];
  char *meanings, *labels; // separated by blanks
  wg_attribute attributes[WG_FLAG_ATTRIBUTES];
  size_t attribute_count;
} wg_flags;

// The numbers 0 to count - 1 for names; `labels` may be NULL. Blanks within a name become underscores. wg_flags_free also after
// failure.
int wg_flags_make(size_t count, const char *const *names, const char *const *labels, wg_flags *flags, wg_error *error);

// The same for the entries of an axis.
int wg_flags_of_axis(const wg_world *world, wg_axis axis, wg_flags *flags, wg_error *error);

void wg_flags_free(wg_flags *flags);

#endif
