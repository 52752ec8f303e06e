// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/trunk.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "engine/policy_plan.h"
#include "engine/snapshots.h"
#include "schema/config_compare.h"

// Whether the run passes through `date` without writing anything before it that would have to be written again.
static bool can_live_until(const wg_world *world, wg_date date) {
  const wg_run_params *run = world->run;
  if (date == WG_DATE_NONE || date <= run->start || date >= run->end || date != wg_month_first_day(wg_date_month(date)))
    return false;
  if (wg_snapshots_wanted(world, run->start))
    return false;
  for (wg_month month = wg_date_month(run->start) + 1; month < wg_date_month(date); month++)
    if (wg_snapshots_wanted(world, wg_month_first_day(month)))
      return false;
  return true;
}

int wg_trunk_grow(const wg_run_options *options, wg_date branch_at, wg_trunk *trunk, wg_error *error) {
  trunk->lived_until = WG_DATE_NONE;
  int code = wg_run_open(options, &trunk->run, error);
  if (!code)
    code = wg_run_build_world(&trunk->run, error);
  if (code || !can_live_until(&trunk->run.world, branch_at))
    return code;
  code = wg_engine_create(&trunk->run.world, 1, &trunk->run.engine, error);
  if (!code)
    code = wg_engine_live_until(trunk->run.engine, branch_at, error);
  if (!code)
    trunk->lived_until = branch_at;
  return code;
}

void wg_trunk_free(wg_trunk *trunk) {
  wg_run_free(&trunk->run);
}

// Whether the trunk's world, as far as it was lived, is also that of `config`.
static int fits(const wg_trunk *trunk, const wg_config *config, bool *fitting, wg_error *error) {
  const char *const named[] = {"name", "label"};
  const wg_texts skip = {2, named};
  const wg_config *const own = trunk->run.config;
  wg_arena arena = {0};
  wg_config_differences differences = {0};
  const int code = wg_config_compare(own, config, &skip, &arena, &differences, error);
  *fitting = !code;
  for (size_t i = 0; i < differences.count && *fitting; i++) {
    static const char policies[] = "policies.";
    const char *const path = differences.items[i].path;
    char name[256];
    *fitting = strncmp(path, policies, sizeof policies - 1) == 0 &&
               sscanf(path + sizeof policies - 1, "%255[^.]", name) == 1 &&
               (trunk->lived_until == WG_DATE_NONE || (wg_policy_begins_later(own, name, trunk->lived_until) &&
                                                       wg_policy_begins_later(config, name, trunk->lived_until)));
  }
  wg_arena_free(&arena);
  return code;
}

int wg_trunk_lend(wg_trunk *trunk, wg_run *run, bool *lent, wg_error *error) {
  *lent = false;
  // What a run that resumes has lived replaces what was synthesised, not what another has lived.
  const bool lived = trunk->lived_until != WG_DATE_NONE;
  if (!trunk->run.world.staffed || run->world.staffed || trunk->run.storage != run->storage || (lived && run->resumes))
    return WG_OK;
  bool fitting;
  const int code = fits(trunk, run->config, &fitting, error);
  if (code || !fitting)
    return code;
  const int64_t from = wg_clock_read(CLOCK_MONOTONIC);
  run->world = trunk->run.world;
  trunk->run.world = (wg_world){0};
  run->world.config = run->config;
  run->world.run = wg_config_get(run->config, &wg_run_group);
  *lent = true;
  const int branch =
      lived ? wg_engine_branch(trunk->run.engine, &run->world, run->threads, &run->engine, error) : WG_OK;
  run->setup_time += wg_clock_read(CLOCK_MONOTONIC) - from;
  return branch;
}
