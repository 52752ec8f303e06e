// SPDX-License-Identifier: GPL-3.0-or-later
// The settings of a configuration as its text has them, line by line: also of a version whose parameters are not known here.
#ifndef WG_SCHEMA_SETTING_H
#define WG_SCHEMA_SETTING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "schema/arena.h"

typedef struct wg_setting {
  const char *path;  // "services.elder_care.mix", "policies.sanshe_linkage#2.params.skill"
  const char *value; // libconfig text
} wg_setting;

typedef struct wg_settings {
  const wg_setting *items; // sorted by path
  size_t count;
} wg_settings;

// Reads text as wg_config_text writes it. `name` is named in messages; what is written otherwise is WG_FAIL_CONFIG. Memory lies in
// `arena`.
int wg_settings_read(const char *text, const char *name, wg_arena *arena, wg_settings *settings, wg_error *error);

// The value of the setting, NULL where there is none of that path.
const char *wg_settings_value(const wg_settings *settings, const char *path);

// Calls `differ` for each path whose value is not the same in both; a value is NULL where there is none.
void wg_settings_compare(const wg_settings *a, const wg_settings *b,
                         void (*differ)(void *context, const char *path, const char *a, const char *b), void *context);

// Whether results that differ in the setting are of different things: not in names, files, threads and the like, nor in the replicate.
bool wg_setting_counts(const char *path);

// Whether it belongs to a policy. If `entry` is not NULL, it gets the length of "policies.NAME".
bool wg_setting_is_of_policy(const char *path, size_t *entry);

#endif
