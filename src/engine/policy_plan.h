// SPDX-License-Identifier: GPL-3.0-or-later
// The policies of a run: entries of the configuration, each with its policy, terms and parameters.
#ifndef WG_ENGINE_POLICY_PLAN_H
#define WG_ENGINE_POLICY_PLAN_H

#include "model/world.h"
#include "policy/policy.h"
#include "policy/terms.h"

typedef struct wg_policy_entry {
  const wg_policy *policy;
  const char *name; // "grid_staffing", "grid_staffing#2"
  size_t index;     // in the configuration
  wg_date from;     // first day of the first places: terms->from, or run.start
  const wg_policy_terms *terms;
  const wg_policy_scope *scope;
  const wg_policy_rollout *rollout;
  const void *params;
} wg_policy_entry;

typedef struct wg_policy_plan {
  size_t count;
  wg_policy_entry entries[WG_POLICY_ENTRIES_MAX]; // by policy in the registry's order, then as in the file
} wg_policy_plan;

// Reads the entries; checks dates and number. Pointers into the world's configuration.
int wg_policy_plan_make(const wg_world *world, wg_policy_plan *plan, wg_error *error);

// Whether the entry of that name, if there is one, begins on `date`, which lies after run.start, or later.
bool wg_policy_begins_later(const wg_config *config, const char *name, wg_date date);

// "FILE:LINE: policies.NAME" for messages about one of the entry's parameters.
void wg_policy_entry_where(const wg_world *world, const wg_policy_entry *entry, const wg_param_group *group,
                           const char *parameter, char *text, size_t size);

#endif
