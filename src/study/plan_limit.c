// SPDX-License-Identifier: GPL-3.0-or-later
// Two things in the model are bounded by several drawn parameters together: disorder must not grow without end, whatever the number,
// duration and gravity of needs; and nobody reports a need with a chance above 1, whatever the filed share, the channels and
// trust. To leave such draws out would bend the ranges of all other parameters without a word. Instead the range of the one parameter
// that the check is about is moved down, as a whole, to where the model allows its top: a small value stays small and a great one
// great among what is possible.
#include <stdlib.h>
#include <string.h>

#include "base/maths.h"
#include "model/disorder.h"
#include "model/reporting.h"
#include "study/plan_parts.h"

static const double LOOP_MOST = 0.95; // further needs that one open need may bring about
// Chance of reporting, reckoned with as many people of each age band, sex and registration: those of the census bring it up or down
// by less than what is left to 1.
static const double CHANCE_MOST = 0.85;

typedef struct wanted {
  size_t parameter; // of the design
  uint32_t service; // of self_report; WG_SERVICE_MAX: disorder.gain
  double *factors;
} wanted;

typedef struct search {
  const wg_plan *plan;
  wanted items[WG_SERVICE_MAX + 1];
  size_t count;
  wg_world *world; // nothing but a configuration and its catalogue
  wg_reporting *reporting;
  double (*population)[WG_POPULATION_CELLS];
} search;

static bool find_parameter(const wg_plan *plan, const char *path, size_t *parameter) {
  for (size_t p = 0; p < plan->design.parameter_count; p++)
    if (strcmp(plan->design.paths[p], path) == 0) {
      *parameter = p;
      return true;
    }
  return false;
}

static void list_wanted(search *s) {
  const wg_config *const config = s->plan->entries[0].config;
  if (find_parameter(s->plan, "disorder.gain", &s->items[s->count].parameter))
    s->items[s->count++].service = WG_SERVICE_MAX;
  for (uint32_t i = 0; i < wg_config_count(config, &wg_service_group) && i < WG_SERVICE_MAX; i++) {
    char path[256];
    snprintf(path, sizeof path, "services.%s.self_report", wg_config_name(config, &wg_service_group, i));
    if (find_parameter(s->plan, path, &s->items[s->count].parameter))
      s->items[s->count++].service = i;
  }
}

// Everybody whom the service's needs may come from, each age band alike.
static void spread_people(search *s) {
  for (uint32_t i = 0; i < s->world->catalogue.service_count; i++) {
    const double *const by_age = s->world->catalogue.services[i].by_age;
    for (uint32_t cell = 0; cell < WG_POPULATION_CELLS; cell++)
      s->population[i][cell] = by_age ? by_age[cell / (WG_SEX_COUNT * WG_REGISTRATION_COUNT)] : 1.0;
  }
}

// Sets the parameters in question to the tops of their ranges.
static int raise(const search *s, size_t entry, wg_config *config, wg_error *error) {
  int code = WG_OK;
  for (size_t i = 0; i < s->count && !code; i++) {
    const wg_drawn *const drawn = s->plan->entries[entry].drawn + s->items[i].parameter;
    const wg_value top = {.kind = WG_VALUE_REAL, .real = drawn->high};
    if (drawn->instance)
      code = wg_config_set(config, drawn->path, &top, "draw", false, error);
  }
  return code;
}

static double factor_for(const search *s, const wanted *item, bool reporting) {
  const bool gain = item->service == WG_SERVICE_MAX;
  const double most = gain ? LOOP_MOST : CHANCE_MOST;
  double found = 0.0;
  if (gain)
    found = wg_disorder_loop(s->world);
  else if (reporting)
    found = wg_reporting_most(s->world, s->reporting, item->service);
  return found > most && wg_is_finite(found) ? most / found : 1.0;
}

static int find_factors(search *s, size_t entry, size_t draw, wg_error *error) {
  wg_config *config = NULL;
  int code = wg_plan_drawn_config(s->plan, entry, draw, &config, error);
  if (!code)
    code = raise(s, entry, config, error);
  if (!code) {
    // What is wrong by itself is told when the draw is looked at as a whole.
    memset(s->world, 0, sizeof *s->world);
    s->world->config = config;
    const bool good = wg_catalogue_resolve(config, &s->world->catalogue, NULL) == WG_OK;
    spread_people(s);
    wg_error ignored = {0};
    if (good)
      wg_reporting_prepare(s->world, (const double(*)[WG_POPULATION_CELLS])s->population, s->reporting, &ignored);
    for (size_t i = 0; i < s->count; i++)
      s->items[i].factors[entry * s->plan->draw_count + draw] = good ? factor_for(s, s->items + i, true) : 1.0;
  }
  wg_config_free(config);
  return code;
}

int wg_plan_find_limits(wg_plan *plan, wg_error *error) {
  search s = {.plan = plan};
  list_wanted(&s);
  wg_plan_limit *const limits = wg_arena_alloc(&plan->arena, s.count, sizeof *limits);
  s.world = calloc(1, sizeof *s.world);
  s.reporting = calloc(1, sizeof *s.reporting);
  s.population = calloc(WG_SERVICE_MAX, sizeof *s.population);
  int code = limits && s.world && s.reporting && s.population ? WG_OK : wg_plan_no_memory(error);
  for (size_t i = 0; limits && i < s.count && !code; i++) {
    s.items[i].factors = wg_arena_alloc(&plan->arena, plan->entry_count * plan->draw_count, sizeof(double));
    if (!s.items[i].factors)
      code = wg_plan_no_memory(error);
    limits[i] = (wg_plan_limit){s.items[i].parameter, s.items[i].factors};
  }
  // Entries that are compared differ in policies alone, of which none takes part in this.
  for (size_t e = 0; e < plan->entry_count && !code && s.count; e++)
    for (size_t d = 0; d < plan->draw_count && !code && plan->entries[e].compared_with == e; d++)
      code = find_factors(&s, e, d, error);
  for (size_t e = 0; e < plan->entry_count && !code; e++)
    for (size_t i = 0; i < s.count && s.items[i].factors; i++)
      memmove(s.items[i].factors + e * plan->draw_count,
              s.items[i].factors + plan->entries[e].compared_with * plan->draw_count,
              plan->draw_count * sizeof(double));
  free(s.world);
  free(s.reporting);
  free(s.population);
  if (!code) {
    plan->limits = limits;
    plan->limit_count = s.count;
  }
  return code;
}
