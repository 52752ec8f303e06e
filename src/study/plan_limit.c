// SPDX-License-Identifier: GPL-3.0-or-later
// Disorder must not grow without end: how strong it may be depends on how many needs there are, for how long and how grave, all of
// which are drawn, too. To leave such draws out would bend the ranges of all other parameters without a word. Instead the range of
// disorder.gain alone is moved down, as a whole, to where disorder stays finite at its top: a small gain stays small and a great one
// great among what is possible.
#include <stdlib.h>
#include <string.h>

#include "model/disorder.h"
#include "study/plan_parts.h"

static const double LOOP_MOST = 0.95; // further needs that one open need may bring about

static bool find_parameter(const wg_plan *plan, const char *path, size_t *parameter) {
  for (size_t p = 0; p < plan->design.parameter_count; p++)
    if (strcmp(plan->design.paths[p], path) == 0) {
      *parameter = p;
      return true;
    }
  return false;
}

// The factor by which the top of the range has to come down in that draw, 1 where it need not.
static int find_factor(const wg_plan *plan, size_t entry, size_t draw, double *factor, wg_error *error) {
  const wg_drawn *const gain = plan->entries[entry].drawn + plan->gain_parameter;
  const wg_value top = {.kind = WG_VALUE_REAL, .real = gain->high};
  wg_config *config = NULL;
  wg_world *const world = calloc(1, sizeof *world);
  *factor = 1.0;
  int code = world ? wg_plan_drawn_config(plan, entry, draw, &config, error) : wg_plan_no_memory(error);
  if (!code)
    code = wg_config_set(config, gain->path, &top, "draw", false, error);
  if (!code) {
    world->config = config;
    // What is wrong with the services themselves is told when the draw is looked at as a whole.
    const double loop = wg_catalogue_resolve(config, &world->catalogue, NULL) ? 0.0 : wg_disorder_loop(world);
    *factor = loop > LOOP_MOST ? LOOP_MOST / loop : 1.0;
  }
  wg_config_free(config);
  free(world);
  return code;
}

int wg_plan_limit(wg_plan *plan, wg_error *error) {
  size_t parameter;
  if (!find_parameter(plan, "disorder.gain", &parameter))
    return WG_OK;
  double *const factors = wg_arena_alloc(&plan->arena, plan->entry_count * plan->draw_count, sizeof *factors);
  if (!factors)
    return wg_plan_no_memory(error);
  plan->gain_parameter = parameter;
  int code = WG_OK;
  // Entries that are compared differ in policies alone, of which none takes part in this.
  for (size_t e = 0; e < plan->entry_count && !code; e++)
    for (size_t d = 0; d < plan->draw_count && !code && plan->entries[e].compared_with == e; d++)
      code = find_factor(plan, e, d, factors + e * plan->draw_count + d, error);
  for (size_t e = 0; e < plan->entry_count; e++)
    memmove(factors + e * plan->draw_count, factors + plan->entries[e].compared_with * plan->draw_count,
            plan->draw_count * sizeof *factors);
  plan->gain_factor = factors;
  return code;
}
