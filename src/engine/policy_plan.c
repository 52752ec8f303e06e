// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy_plan.h"

#include <stdio.h>
#include <string.h>

#include "policy/registry.h"

static size_t found(const wg_config *config, const wg_param_group *group, const char *name) {
  return (size_t)wg_config_find(config, group, name);
}

static bool is_of(const char *name, const char *id) {
  const size_t length = strlen(id);
  return strncmp(name, id, length) == 0 && (name[length] == '\0' || name[length] == '#');
}

void wg_policy_entry_where(const wg_world *world, const wg_policy_entry *entry, const wg_param_group *group,
                           const char *parameter, char *text, size_t size) {
  const char *origin = wg_config_origin(world->config, group, found(world->config, group, entry->name), parameter);
  snprintf(text, size, "%s: policies.%s%s%s.%s", origin ? origin : "", entry->name, group->part ? "." : "",
           group->part ? group->part : "", parameter);
}

static int add_entry(const wg_world *world, const wg_policy *policy, size_t index, wg_policy_plan *plan,
                     wg_error *error) {
  const wg_config *config = world->config;
  const char *name = wg_config_name(config, &wg_policy_terms_group, index);
  if (plan->count == WG_POLICY_ENTRIES_MAX)
    return wg_error_add(error, WG_FAIL_CONFIG, "policies: more than %d entries", WG_POLICY_ENTRIES_MAX);
  wg_policy_entry *entry = plan->entries + plan->count++;
  *entry = (wg_policy_entry){
      .policy = policy,
      .name = name,
      .index = index,
      .terms = wg_config_at(config, &wg_policy_terms_group, index),
      .scope = wg_config_at(config, &wg_policy_scope_group, found(config, &wg_policy_scope_group, name)),
      .rollout = wg_config_at(config, &wg_policy_rollout_group, found(config, &wg_policy_rollout_group, name)),
      .params = wg_config_at(config, policy->params, found(config, policy->params, name)),
  };
  entry->from = entry->terms->from == WG_DATE_NONE ? world->run->start : entry->terms->from;
  if (entry->terms->to != WG_DATE_NONE && entry->terms->to <= entry->from) {
    char where[512], date[11];
    wg_date_print(entry->from, date);
    wg_policy_entry_where(world, entry, &wg_policy_terms_group, "to", where, sizeof where);
    return wg_error_add(error, WG_FAIL_CONFIG, "%s: ends before it begins (allowed: after %s, or \"\")", where, date);
  }
  return WG_OK;
}

int wg_policy_plan_make(const wg_world *world, wg_policy_plan *plan, wg_error *error) {
  int code = WG_OK;
  plan->count = 0;
  for (size_t p = 0; p < WG_POLICY_COUNT; p++)
    for (size_t i = 0; i < wg_config_count(world->config, &wg_policy_terms_group); i++)
      if (is_of(wg_config_name(world->config, &wg_policy_terms_group, i), wg_policies[p]->id)) {
        const int failed = add_entry(world, wg_policies[p], i, plan, error);
        code = failed ? failed : code;
      }
  return code;
}

bool wg_policy_begins_later(const wg_config *config, const char *name, wg_date date) {
  const int instance = wg_config_find(config, &wg_policy_terms_group, name);
  if (instance < 0)
    return true;
  const wg_policy_terms *terms = wg_config_at(config, &wg_policy_terms_group, (size_t)instance);
  return terms->from != WG_DATE_NONE && terms->from >= date;
}
