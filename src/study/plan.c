// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/plan.h"

#include <stdlib.h>
#include <string.h>

#include "engine/registry.h"
#include "schema/message.h"
#include "study/plan_parts.h"
#include "study/until.h"

static int check_branch(const wg_plan *plan, wg_error *error) {
  const wg_date date = plan->spec->branch_at;
  if (date == WG_DATE_NONE)
    return WG_OK;
  char text[11];
  wg_date_print(date, text);
  if (strcmp(text + 8, "01") != 0)
    return wg_error_add(error, WG_FAIL_CONFIG, "%s: branch_at: %s (allowed: first days of months)",
                        plan->spec->branch_origin, text);
  for (size_t e = 0; e < plan->entry_count; e++) {
    const wg_run_params *const run = wg_config_get(plan->entries[e].config, &wg_run_group);
    if (date > run->start && date < run->end)
      continue;
    return wg_error_add(error, WG_FAIL_CONFIG,
                        "%s: branch_at: %s is not within the run of \"%s\" (allowed: between its "
                        "start and its end)",
                        plan->spec->branch_origin, text, plan->entries[e].name);
  }
  return WG_OK;
}

static int by_key(const void *a, const void *b) {
  const uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
  return left < right ? -1 : left > right;
}

// Replicates are other lives: equal keys would count one life twice.
static int check_luck(const wg_plan *plan, wg_error *error) {
  uint64_t *const keys = calloc(plan->replicate_count, sizeof *keys);
  if (!keys)
    return wg_plan_no_memory(error);
  int code = WG_OK;
  for (size_t e = 0; e < plan->entry_count && !code; e++) {
    const wg_run_params *const run = wg_config_get(plan->entries[e].config, &wg_run_group);
    for (size_t r = 0; r < plan->replicate_count; r++)
      keys[r] = wg_luck_make((uint64_t)run->seed, r).key;
    qsort(keys, plan->replicate_count, sizeof *keys, by_key);
    for (size_t r = 1; r < plan->replicate_count && !code; r++)
      if (keys[r] == keys[r - 1])
        code = wg_error_add(error, WG_FAIL_CONFIG,
                            "%s: two replicates of \"%s\" have the same luck (allowed: another run.seed)",
                            plan->entries[e].variant->origin, plan->entries[e].name);
  }
  free(keys);
  return code;
}

// The replicate and what only a machine cares about are not the variants' to set.
static int check_sets(const wg_plan *plan, wg_error *error) {
  static const char *const kept[] = {"run.replicate", "run.threads", "run.storage", "output.file"};
  int code = WG_OK;
  for (size_t e = 0; e < plan->entry_count; e++)
    for (size_t i = e ? plan->spec->sets.count : 0; i < plan->entries[e].sets.count; i++)
      for (size_t k = 0; k < sizeof kept / sizeof *kept; k++) {
        const char *const set = plan->entries[e].sets.items[i];
        const size_t length = strlen(kept[k]);
        if (strncmp(set, kept[k], length) == 0 && set[length] == '=' && plan->entries[e].point == 0)
          code = wg_error_add(error, WG_FAIL_CONFIG, "%s: %s: cannot be set in a study, which sees to it itself",
                              plan->entries[e].set_origins[i], kept[k]);
      }
  return code;
}

int wg_plan_make(const wg_study_spec *spec, bool allow_outside, wg_plan *plan, wg_error *error) {
  plan->spec = spec;
  plan->allow_outside = allow_outside;
  plan->draw_count = spec->draws ? (size_t)spec->draws : 1;
  plan->replicate_count = (size_t)(spec->until.variable ? spec->until.max : spec->replicates);
  wg_error problems = {0};
  const int names = wg_plan_check_names(spec, &problems), until = wg_until_check(spec, &problems);
  int code = names == WG_FAIL_RUN ? names : wg_plan_expand(plan, names == WG_OK, &problems);
  if (!code && !names) {
    code = check_sets(plan, &problems);
    const int branch = check_branch(plan, &problems), luck = check_luck(plan, &problems);
    const int draws = wg_plan_draw(plan, &problems);
    code = code ? code : branch ? branch : luck ? luck : draws;
  }
  wg_error_merge(error, &problems);
  return names ? names : code ? code : until;
}

void wg_plan_free(wg_plan *plan) {
  for (size_t e = 0; e < plan->entry_count; e++)
    wg_config_free(plan->entries[e].config);
  wg_arena_free(&plan->arena);
  *plan = (wg_plan){0};
}
