// SPDX-License-Identifier: GPL-3.0-or-later
#include "synthesis/synthesis.h"
#include "synthesis/enrolling.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "schema/message.h"
#include "synthesis/cost_class.h"
#include "synthesis/facilities.h"
#include "synthesis/holidays.h"
#include "synthesis/household_people.h"
#include "synthesis/registration.h"
#include "synthesis/settling.h"
#include "synthesis/staffing.h"
#include "synthesis/statuses.h"

WG_PARAM_GROUP(wg_synthesis_group, "synthesis", false, wg_synthesis_params, WG_SYNTHESIS_PARAMS, "人口合成",
               "How the census tables become residents, households and places.");

void wg_inputs_free(wg_inputs *inputs) {
  wg_input_table_free(&inputs->subdistricts);
  wg_input_table_free(&inputs->communities);
  wg_input_table_free(&inputs->age_sex);
  wg_input_table_free(&inputs->census);
  wg_input_table_free(&inputs->holidays);
}

// A table that could not be read has been told of.
static bool is_missing(const wg_input_table *table) {
  return table->columns == 0;
}

// ---- time ----

// Days are stored in 16 bits, and queues look ahead of the run's end.
int wg_world_check_dates(const wg_config *config, wg_error *error) {
  const wg_run_params *run = wg_config_get(config, &wg_run_group);
  const wg_date first = wg_date_from_civil(1971, 1, 1), last = wg_date_from_civil(2140, 1, 1);
  int code = WG_OK;
  if (run->start == WG_DATE_NONE || run->start < first)
    code = wg_error_add(error, WG_FAIL_CONFIG, "%s: run.start: must be 1971-01-01 or later",
                        wg_config_origin(config, &wg_run_group, 0, "start"));
  if (run->end == WG_DATE_NONE || run->end > last)
    code = wg_error_add(error, WG_FAIL_CONFIG, "%s: run.end: must be 2140-01-01 or earlier",
                        wg_config_origin(config, &wg_run_group, 0, "end"));
  if (!code && run->end <= run->start) {
    char start[11], end[11];
    wg_date_print(run->start, start);
    wg_date_print(run->end, end);
    code = wg_error_add(error, WG_FAIL_CONFIG, "%s: run.end: %s must be later than run.start %s",
                        wg_config_origin(config, &wg_run_group, 0, "end"), end, start);
  }
  return code;
}

// Waits and limits reach beyond the run at both ends.
static int make_calendar(const wg_input_table *table, const wg_run_params *run, wg_calendar *calendar,
                         wg_error *error) {
  if (is_missing(table))
    return WG_FAIL_CONFIG;
  return wg_holidays_read(table, run->start - 366, run->end + 3 * 366, calendar, error);
}

// ---- which subdistricts ----

static int refuse_subdistrict(const wg_config *config, const wg_geography *g, const char *text, wg_error *error) {
  const size_t count = g->subdistrict_count;
  char(*codes)[24] = malloc((count + 1) * sizeof *codes);
  const char **known = malloc((2 * count + 1) * sizeof *known);
  const char *origin = wg_config_origin(config, &wg_run_group, 0, "subdistricts");
  int code;
  if (!codes || !known) {
    code = wg_error_set(error, WG_FAIL_RUN, "out of memory for %zu subdistricts", count);
    goto out;
  }
  for (size_t i = 0; i < count; i++) {
    snprintf(codes[i], sizeof codes[i], "%" PRId64, g->subdistricts[i].code);
    known[i] = codes[i];
    known[count + i] = g->subdistricts[i].name;
  }
  const char *nearest = wg_name_nearest(text, known, 2 * count);
  size_t i = 0;
  while (i < count && known[i] != nearest && known[count + i] != nearest)
    i++;
  if (i < count)
    code =
        wg_error_add(error, WG_FAIL_CONFIG, "%s: run.subdistricts: no subdistrict \"%s\"; the nearest is \"%s\" (%s)",
                     origin, text, codes[i], g->subdistricts[i].name);
  else
    code =
        wg_error_add(error, WG_FAIL_CONFIG,
                     "%s: run.subdistricts: no subdistrict \"%s\" (allowed: codes %s to %s of the subdistricts' table)",
                     origin, text, codes[0], codes[count - 1]);
out:
  free(codes);
  free(known);
  return code;
}

// Marks the subdistricts that are to be filled.
static int choose_subdistricts(const wg_config *config, const wg_run_params *run, const wg_geography *g, bool *chosen,
                               wg_error *error) {
  int code = WG_OK;
  for (size_t i = 0; i < g->subdistrict_count; i++)
    chosen[i] = run->subdistricts.count == 0;
  for (size_t j = 0; j < run->subdistricts.count; j++) {
    const char *text = run->subdistricts.items[j];
    bool found = false;
    for (size_t i = 0; i < g->subdistrict_count && !found; i++) {
      char own[24];
      snprintf(own, sizeof own, "%" PRId64, g->subdistricts[i].code);
      found = strcmp(own, text) == 0;
      chosen[i] |= found;
    }
    if (!found)
      code = refuse_subdistrict(config, g, text, error);
  }
  // Of unknown ones alone no world can be made: of all it can, to see what else there is to tell.
  for (size_t i = 0; i < g->subdistrict_count && code; i++)
    if (chosen[i])
      return code;
  for (size_t i = 0; i < g->subdistrict_count && code; i++)
    chosen[i] = true;
  return code;
}

// ---- the empty world ----

// Names are copied: the inputs may go before the world does.
static int copy_names(const wg_geography *g, const bool *chosen, wg_world *world, wg_error *error) {
  size_t bytes = 1, names = 1;
  for (size_t i = 0; i < g->subdistrict_count; i++)
    bytes += chosen[i] ? strlen(g->subdistricts[i].name) + 1 : 0;
  for (size_t i = 0; i < g->community_count; i++) {
    bytes += chosen[g->communities[i].subdistrict] ? strlen(g->communities[i].name) + 1 : 0;
    names += chosen[g->communities[i].subdistrict] ? 1 : 0;
  }
  world->names = malloc(bytes);
  world->name_index = malloc(names * sizeof *world->name_index);
  if (!world->names || !world->name_index)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for the names of %zu communities", names);
  char *text = world->names;
  const char **index = world->name_index;
  wg_subdistrict *s = world->subdistricts;
  for (size_t i = 0; i < g->subdistrict_count; i++) {
    if (!chosen[i])
      continue;
    const wg_subdistrict_plan *plan = g->subdistricts + i;
    s->name = text;
    text = stpcpy(text, plan->name) + 1;
    s->community_names = index;
    for (size_t c = 0; c < plan->community_count; c++) {
      *index++ = text;
      text = stpcpy(text, g->communities[plan->first_community + c].name) + 1;
    }
    s++;
  }
  return WG_OK;
}

static int by_code(const void *a, const void *b) {
  const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return (x > y) - (x < y);
}

static int list_places(const wg_geography *g, wg_world *world, wg_error *error) {
  const size_t count = g->subdistrict_count + g->community_count;
  int64_t *codes = world->place_codes = calloc(count + 1, sizeof *codes);
  if (!codes)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for the codes of %zu places", count);
  for (size_t i = 0; i < g->subdistrict_count; i++)
    *codes++ = g->subdistricts[i].code;
  for (size_t i = 0; i < g->community_count; i++)
    *codes++ = g->communities[i].code;
  world->place_code_count = count;
  qsort(world->place_codes, count, sizeof *codes, by_code);
  return WG_OK;
}

static int make_subdistricts(const wg_geography *g, const bool *chosen, wg_world *world, wg_error *error) {
  world->subdistricts = calloc(g->subdistrict_count + 1, sizeof *world->subdistricts);
  if (!world->subdistricts)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for %zu subdistricts", g->subdistrict_count);
  for (size_t i = 0; i < g->subdistrict_count; i++) {
    if (!chosen[i])
      continue;
    wg_subdistrict *s = world->subdistricts + world->subdistrict_count++;
    wg_subdistrict_init(s);
    s->code = g->subdistricts[i].code;
    s->town = g->subdistricts[i].town;
    s->service_count = world->catalogue.service_count;
    for (uint32_t v = 0; v < s->service_count; v++)
      if (world->catalogue.services[v].params->found_by == WG_FOUND_BY_OUTREACH)
        s->outreach_services |= 1U << v;
    for (uint32_t v = 0; v < s->service_count; v++)
      if (world->catalogue.services[v].continuing)
        s->continuing_services |= 1U << v;
  }
  return copy_names(g, chosen, world, error);
}

// Residents of the whole district, simulated or not: rates refer to them.
static void count_cells(const wg_household_plan *plan, const wg_people *people, int64_t *cells, int64_t *ages) {
  for (size_t i = 0; i < plan->group_count; i++) {
    const wg_household_group *g = plan->groups + i;
    for (uint32_t h = g->first_household; h < g->first_household + g->count; h++)
      for (uint32_t j = 0; j < g->size; j++) {
        const wg_person person = people->members[wg_household_first_member(g, h) + j];
        const uint32_t registration = people->household_registration[h];
        ages[wg_person_age(person)]++;
        cells[wg_population_cell(wg_person_age(person),
                                 wg_person_sex(person) | registration << WG_TRAIT_REGISTRATION_SHIFT)]++;
      }
  }
  for (uint32_t i = 0; i < people->collective_count; i++) {
    const wg_person person = people->collective[i];
    const uint32_t registration = people->collective_registration[i];
    ages[wg_person_age(person)]++;
    cells[wg_population_cell(wg_person_age(person),
                             wg_person_sex(person) | registration << WG_TRAIT_REGISTRATION_SHIFT)]++;
  }
}

// Vacant dwellings of the subdistricts that are not simulated, at the district's mean: movers may choose them.
static uint64_t count_vacant_elsewhere(const wg_world *world, const wg_census_targets *targets,
                                       const wg_synthesis_params *params) {
  uint64_t here = 0;
  for (uint32_t i = 0; i < world->subdistrict_count; i++)
    for (uint32_t c = 0; c < wg_communities_count(world->subdistricts + i); c++) {
      const wg_community *k = wg_communities(world->subdistricts + i) + c;
      here += k->dwellings - k->households;
    }
  const uint64_t all = (uint64_t)((double)targets->family_households * params->vacant_dwellings);
  return all > here ? all - here : 0;
}

// The share of the whole district's family households that live in villages and towns, as their dwellings do.
static double share_outer(const wg_geography *g, const wg_people *people) {
  uint64_t outer = 0;
  for (size_t c = 0; c < g->community_count; c++)
    if (wg_is_outer(g->communities + c, g->subdistricts[g->communities[c].subdistrict].town))
      outer += people->household_first[c + 1] - people->household_first[c];
  const uint32_t all = people->household_first[g->community_count];
  return all ? (double)outer / (double)all : 0.0;
}

// ---- shares ----

static int check_sum(const wg_config *config, const char *const *names, const double *shares, size_t count,
                     wg_error *error) {
  const char *origin = NULL;
  wg_message keys = {0};
  double sum = 0.0;
  for (size_t i = 0; i < count; i++) {
    const char *const own = wg_config_origin(config, &wg_synthesis_group, 0, names[i]);
    if (own && (!origin || strcmp(origin, "default") == 0))
      origin = own; // where somebody chose, if anybody did
    wg_message_add(&keys, "%s%s", i ? " + " : "", names[i]);
    sum += shares[i];
  }
  if (sum <= 1.0 + 1e-9)
    return WG_OK;
  return wg_error_add(error, WG_FAIL_CONFIG, "%s: synthesis.%s: %g together (allowed: up to 1)", origin, keys.text,
                      sum);
}

static int check_shares(const wg_config *config, wg_error *error) {
  const wg_synthesis_params *p = wg_config_get(config, &wg_synthesis_group);
  static const char *const ones[] = {"old_alone", "old_mixed_couple", "old_parent"};
  static const char *const twos[] = {"old_couple_alone", "old_couple_with_child"};
  const int one = check_sum(config, ones, (double[]){p->old_alone, p->old_mixed_couple, p->old_parent}, 3, error);
  const int two = check_sum(config, twos, (double[]){p->old_couple_alone, p->old_couple_with_child}, 2, error);
  return one ? one : two;
}

// ---- the order of steps ----

static int make_people(const wg_census_targets *targets, const wg_geography *geography,
                       const wg_synthesis_params *params, wg_luck luck, wg_household_plan *plan, wg_people *people,
                       wg_error *error) {
  wg_age_pools pools;
  if (!wg_age_pools_create(targets, &pools)) {
    wg_error_add(error, WG_FAIL_CONFIG, "synthesis: an age group cannot be spread over its years");
    return WG_FAIL_CONFIG;
  }
  int code = wg_household_plan_create(targets, wg_age_pools_count(&pools, WG_ANY_SEX, 0, WG_ADULT_AGE - 1), params,
                                      plan, error);
  if (!code)
    code = wg_people_create(plan, targets, geography->community_count, people, error);
  if (!code)
    code = wg_household_people_fill(targets, params, plan, luck, &pools, people->members, people->collective, error);
  if (!code)
    code = wg_place_collective(geography, params, luck, people, error);
  if (!code)
    code = wg_place_households(geography, plan, luck, people, error);
  if (!code)
    code = wg_register(geography, params, targets, plan, luck, people, error);
  return code;
}

// What can be told of the tables and the catalogue without one another.
static int read_all(const wg_config *config, const wg_inputs *inputs, wg_world *world, wg_census_targets *targets,
                    wg_geography *geography, wg_error *error) {
  const wg_synthesis_params *params = wg_config_get(config, &wg_synthesis_group);
  const int calendar = make_calendar(&inputs->holidays, world->run, &world->calendar, error);
  const int census = is_missing(&inputs->census) || is_missing(&inputs->age_sex)
                         ? WG_FAIL_CONFIG
                         : wg_census_targets_read(inputs, targets, error);
  const int places = is_missing(&inputs->subdistricts) || is_missing(&inputs->communities)
                         ? WG_FAIL_CONFIG
                         : wg_geography_create(inputs, params, census ? NULL : targets, world->luck, geography, error);
  return calendar ? calendar : census ? census : places;
}

// Whether nothing but the catalogue or the choice of subdistricts is wrong.
static bool can_go_on(int code, const wg_world *world) {
  return code == WG_OK || (code == WG_FAIL_CONFIG && world->catalogue.service_count > 0);
}

int wg_world_synthesise(const wg_config *config, const wg_inputs *inputs, wg_world *world, wg_error *error) {
  const wg_synthesis_params *params = wg_config_get(config, &wg_synthesis_group);
  world->config = config;
  world->run = wg_config_get(config, &wg_run_group);
  world->luck = wg_luck_make((uint64_t)world->run->seed, (uint64_t)world->run->replicate);
  int code = wg_world_check_dates(config, error);
  if (code)
    return code;
  world->month = wg_date_month(world->run->start);
  world->district_name = params->district_name;
  world->workplaces_per_resident = params->workplaces_per_1000 / 1000.0;
  world->room_size = (uint32_t)(params->collective_household_size + 0.5);

  wg_census_targets targets;
  wg_geography geography = {0};
  wg_household_plan plan = {.group_count = 0};
  wg_people people = {0};
  bool *chosen = NULL;
  int problems = wg_catalogue_resolve(config, &world->catalogue, error);
  const int life = wg_life_tables_create(config, &world->life, error);
  if (life == WG_FAIL_RUN)
    return life;
  problems = problems ? problems : life;
  const int shares = check_shares(config, error);
  code = read_all(config, inputs, world, &targets, &geography, error);
  if (code || (code = shares) || !can_go_on(problems, world))
    goto out;
  chosen = calloc(geography.subdistrict_count + 1, sizeof *chosen);
  if (!chosen) {
    code = wg_error_set(error, WG_FAIL_RUN, "out of memory for %zu subdistricts", geography.subdistrict_count);
    goto out;
  }
  const int choice = choose_subdistricts(config, world->run, &geography, chosen, error);
  if (choice)
    problems = choice;
  if (!can_go_on(problems, world))
    goto out;
  code = make_subdistricts(&geography, chosen, world, error);
  if (!code)
    code = list_places(&geography, world, error);
  if (!code)
    code = make_people(&targets, &geography, params, world->luck, &plan, &people, error);
  if (code)
    goto out;
  wg_statuses_find_students(world, &geography, &plan, &people);
  count_cells(&plan, &people, world->population_cells, world->population_ages);
  world->outer_dwellings = share_outer(&geography, &people);
  for (size_t i = 0, next = 0; i < geography.subdistrict_count && !code; i++)
    if (chosen[i])
      code = wg_settle(world, &geography, &plan, &people, i, world->subdistricts + next++, error);
  if (!code && world->subdistrict_count < geography.subdistrict_count)
    world->vacant_elsewhere = count_vacant_elsewhere(world, &targets, params);
  if (!code)
    code = wg_world_equip(world, &geography, chosen, error);
  if (!code)
    code = wg_world_staff(world, error);
  if (!code)
    code = wg_world_enrol(world, error);
  world->staffed = !code;
out:
  free(chosen);
  wg_people_free(&people);
  wg_geography_free(&geography);
  return code ? code : problems;
}
