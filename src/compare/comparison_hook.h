// SPDX-License-Identifier: GPL-3.0-or-later
// The comparison that goes into a study's own file: what the hooks of wg_study_stack call.
#ifndef WG_COMPARE_COMPARISON_HOOK_H
#define WG_COMPARE_COMPARISON_HOOK_H

#include "compare/comparison.h"

// Start from {0}.
typedef struct wg_comparison_hook {
  wg_samples samples;
  wg_comparison comparison;
  bool is_made;
} wg_comparison_hook;

// Compares what has been stacked at `path`: last twelve months, all outcomes. A study that has nothing to compare is no failure.
// `context` is a wg_comparison_hook.
int wg_comparison_hook_read(void *context, const char *path, wg_error *error);

// Puts the group `comparison`, if one was made.
int wg_comparison_hook_write(void *context, const wg_sink *sink, wg_error *error);

void wg_comparison_hook_free(wg_comparison_hook *hook);

#endif
