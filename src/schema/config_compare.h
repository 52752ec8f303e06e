// SPDX-License-Identifier: GPL-3.0-or-later
// In what two resolved configurations differ.
#ifndef WG_SCHEMA_CONFIG_COMPARE_H
#define WG_SCHEMA_CONFIG_COMPARE_H

#include "schema/arena.h"
#include "schema/config.h"

typedef struct wg_config_difference {
  const char *path;  // "services.elder_care.mix", "policies.duty_list#2.scope.share"
  const char *a, *b; // libconfig text of the values; NULL: that configuration has no such parameter
} wg_config_difference;

typedef struct wg_config_differences {
  size_t count;
  const wg_config_difference *items; // in the order of the groups, instances and rows
} wg_config_differences;

// Compares every value of `a` and `b`, which were made with the same groups; where they were set does not matter, nor in which
// order instances came into being. Passed over is what lies at or below one of the paths `skip` ("policies", "run.seed";
// NULL: nothing). What is found lives in `arena`. Fails for want of memory only (WG_FAIL_RUN).
int wg_config_compare(const wg_config *a, const wg_config *b, const wg_texts *skip, wg_arena *arena,
                      wg_config_differences *differences, wg_error *error);

// Whether `path` is `prefix` or lies below it: "policies.duty_list#2.from" lies below "policies" and "policies.duty_list".
bool wg_path_below(const char *path, const char *prefix);

#endif
