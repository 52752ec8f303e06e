// SPDX-License-Identifier: GPL-3.0-or-later
// A hand-made subdistrict whose people only are born, grow older and die: the real mechanism of vital events through the real
// roll call, month by month. Beside it an independent life table and bounds for what chance does.
#ifndef WG_TESTS_POPULATION_SCENE_H
#define WG_TESTS_POPULATION_SCENE_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/registry.h"
#include "engine/roll_call.h"
#include "mechanism/vital_events.h"
#include "model/trust.h"
#include "schema/purpose.h"
#include "tiny_subdistrict.h"

enum {
  SCENE_MECHANISMS = 64,
  SCENE_DATES = 2,
  SCENE_MONTHS = (WG_AGE_MAX + 1) * 12, // of age
  SCENE_FIRST = 2010 * 12,              // the first month that is lived
};

// What is configured, for SCENE_DATES dates.
typedef struct scene_rates {
  double years[SCENE_DATES], life[WG_SEX_COUNT][SCENE_DATES], infant[SCENE_DATES], fertility[SCENE_DATES * 7];
  double slope[WG_SEX_COUNT], makeham[WG_SEX_COUNT], girls;
  int64_t spacing;
} scene_rates;

typedef struct scene {
  wg_config *config;
  wg_world world;
  wg_subdistrict s;
  wg_roll_plan *plan;
  wg_roll roll;
  void *vital, *nothing; // constants of vital events, of all others
  wg_context context;
  wg_error error;
  uint64_t people; // made so far, for their names
  // For the births of the month: `birth` is told the mother before each, if set.
  void (*birth)(struct scene *t, uint32_t mother);
  void *book; // the test's own
} scene;

static inline void scene_set(scene *t, const char *path, wg_value value) {
  wg_error error = {0};
  if (wg_config_set(t->config, path, &value, "test.cfg:1", true, &error))
    fail_msg("%s", error.text);
}

static inline void scene_real(scene *t, const char *path, double real) {
  scene_set(t, path, (wg_value){.kind = WG_VALUE_REAL, .real = real});
}

static inline void scene_reals(scene *t, const char *path, const double *reals, size_t count) {
  wg_value items[SCENE_DATES * 7];
  for (size_t i = 0; i < count; i++)
    items[i] = (wg_value){.kind = WG_VALUE_REAL, .real = reals[i]};
  scene_set(t, path, (wg_value){.kind = WG_VALUE_LIST, .items = items, .count = count});
}

static inline void scene_configure(scene *t, const scene_rates *rates) {
  scene_reals(t, "vital_events.years", rates->years, SCENE_DATES);
  scene_reals(t, "vital_events.life_expectancy_male", rates->life[0], SCENE_DATES);
  scene_reals(t, "vital_events.life_expectancy_female", rates->life[1], SCENE_DATES);
  scene_reals(t, "vital_events.infant_mortality", rates->infant, SCENE_DATES);
  scene_reals(t, "vital_events.fertility", rates->fertility, sizeof rates->fertility / sizeof *rates->fertility);
  scene_real(t, "vital_events.mortality_slope_male", rates->slope[0]);
  scene_real(t, "vital_events.mortality_slope_female", rates->slope[1]);
  scene_real(t, "vital_events.mortality_makeham_male", rates->makeham[0]);
  scene_real(t, "vital_events.mortality_makeham_female", rates->makeham[1]);
  scene_real(t, "vital_events.share_female", rates->girls);
  scene_set(t, "vital_events.birth_spacing", (wg_value){.kind = WG_VALUE_INT, .integer = rates->spacing});
}

// The roll call as it is made of all mechanisms, less the events and birthdays of all but vital events.
static inline void scene_plan(scene *t) {
  void *constants[SCENE_MECHANISMS];
  assert_true(wg_mechanism_count <= SCENE_MECHANISMS);
  t->nothing = calloc(1, 1 << 20);
  t->plan = calloc(1, sizeof *t->plan);
  assert_true(t->nothing && t->plan);
  for (size_t m = 0; m < wg_mechanism_count; m++)
    constants[m] = wg_mechanisms[m] == &wg_vital_events ? t->vital : t->nothing;
  wg_roll_plan *plan = t->plan;
  wg_roll_plan_make(constants, plan);
  size_t kept = 0;
  for (size_t e = 0; e < plan->event_count; e++) {
    if (wg_mechanisms[plan->mechanisms[e]] != &wg_vital_events)
      continue;
    plan->events[kept] = plan->events[e];
    plan->constants[kept] = plan->constants[e];
    plan->mechanisms[kept++] = plan->mechanisms[e];
  }
  assert_int_equal(kept, wg_vital_events.event_count);
  plan->event_count = kept;
  plan->birthday_count = 0;
  plan->candidates = t->nothing; // no needs
  _Static_assert(sizeof(wg_candidate_table) <= 1 << 20, "a table of no candidates");
}

static inline scene *scene_open(const scene_rates *rates, uint64_t seed) {
  static const wg_param_group *const groups[] = {&wg_vital_events_group, &wg_trust_group};
  scene *t = calloc(1, sizeof *t);
  assert_non_null(t);
  if (wg_config_create(groups, sizeof groups / sizeof *groups, &t->config, &t->error))
    fail_msg("%s", t->error.text);
  scene_configure(t, rates);
  t->world = (wg_world){.config = t->config, .subdistricts = &t->s, .subdistrict_count = 1, .month = SCENE_FIRST};
  t->world.luck = wg_luck_make(seed, 0);
  tiny_create(&t->s, 1);
  if (wg_vital_events.prepare(&t->world, &t->vital, &t->error))
    fail_msg("%s", t->error.text);
  scene_plan(t);
  t->context = (wg_context){.world = &t->world, .s = &t->s, .month = SCENE_FIRST, .error = &t->error};
  return t;
}

static inline void scene_close(scene *t) {
  wg_roll_free(&t->roll);
  free(t->plan);
  free(t->nothing);
  free(t->vital);
  wg_subdistrict_free(&t->s);
  wg_config_free(t->config);
  free(t);
}

// A household with room for `members`; somebody in it with so many months of age at the first of the next month.
static inline uint32_t scene_household(scene *t, uint32_t members) {
  assert_int_equal(wg_households_reserve(&t->s, 1, &t->error), WG_OK);
  assert_int_equal(wg_residents_reserve(&t->s, members, &t->error), WG_OK);
  return wg_household_found(&t->s, ++t->people, 0, WG_FAMILY);
}

static inline uint32_t scene_person(scene *t, uint32_t household, uint32_t months, uint32_t traits) {
  const wg_month month = t->context.month;
  return wg_resident_join(&t->s, wg_identity_make(++t->people, 0, WG_PURPOSE_IDENTITY_CENSUS), household,
                          month - (wg_month)months, traits, 0, 0, month);
}

static inline void scene_reserve(scene *t) {
  assert_int_equal(wg_residents_reserve(&t->s, (uint32_t)t->roll.newborns, &t->error), WG_OK);
  assert_int_equal(wg_table_reserve(&t->s.tables[WG_TABLE_DEPARTED], t->roll.leavers + t->roll.newborns, &t->error),
                   WG_OK);
}

static inline void scene_live_month(scene *t) {
  wg_context *c = &t->context;
  t->world.month = c->month;
  c->calendar_first = t->s.month_first = wg_month_first_day(c->month);
  const wg_date beyond = wg_month_first_day(c->month + 1);
  c->calendar_days = (uint32_t)(beyond - c->calendar_first);
  t->s.month_last = beyond - 1;
  if (wg_roll_plan_month(&t->world, c->month, t->plan, &t->error))
    fail_msg("%s", t->error.text);
  wg_roll_start(&t->roll);
  wg_roll_call(c, t->plan, &t->roll);
  if (t->error.code)
    fail_msg("%s", t->error.text);
  scene_reserve(t);
  for (size_t i = 0; i < t->roll.entry_count; i++) {
    const wg_roll_entry *entry = t->roll.entries + i;
    c->today = c->calendar_first + entry->day;
    c->constants = t->vital;
    if (!wg_resident_here(wg_residents(&t->s) + entry->resident))
      continue;
    if (t->plan->events[entry->event]->adds_resident && t->birth)
      t->birth(t, entry->resident);
    t->plan->events[entry->event]->happen(c, entry->resident);
  }
  wg_departed_free(&t->s);
  c->month++;
}

// ---- an independent life table and fertility ----

// What the configuration means, coded anew: hazards by year of age, per year.
static inline double plain_hazards(double scale, double slope, double makeham, double infant,
                                   double hazards[WG_AGE_MAX + 1]) {
  double life = 0.0, alive = 1.0;
  for (int x = 0; x <= WG_AGE_MAX; x++) {
    hazards[x] = makeham + scale / slope * (exp(slope * (x + 1)) - exp(slope * x));
    if (x == 0)
      hazards[x] = log(1.0 / (1.0 - infant));
    const double after = x < WG_AGE_MAX ? alive * exp(-hazards[x]) : 0.0;
    life += (alive - after) / hazards[x]; // deaths = hazard times years lived
    alive = after;
  }
  return life;
}

static inline void plain_life_table(const scene_rates *rates, uint32_t sex, uint32_t date,
                                    double hazards[WG_AGE_MAX + 1]) {
  double low = 1e-10, high = 1.0;
  while (high / low > 1.0 + 1e-13) {
    const double middle = sqrt(low * high);
    if (plain_hazards(middle, rates->slope[sex], rates->makeham[sex], rates->infant[date], hazards) >
        rates->life[sex][date])
      low = middle;
    else
      high = middle;
  }
}

// ---- chance ----

// The bounds that a statistic of pure chance passes with a probability of 1e-8, both sides together: of a standard normal,
// and of chi-square with k degrees (Laurent & Massart 2000: k + 2 sqrt(k x) + 2 x, x = -log 1e-8; in truth more seldom).
#define CHANCE_NORMAL 5.73

static inline double chance_chi_square(double degrees) {
  const double x = 18.42;
  return degrees + 2.0 * sqrt(degrees * x) + 2.0 * x;
}

static inline void assert_normal(const char *what, double observed, double expected, double variance) {
  const double z = (observed - expected) / sqrt(variance);
  print_message("  %s: %.6g, expected %.6g: %+.2f standard deviations\n", what, observed, expected, z);
  if (!(fabs(z) < CHANCE_NORMAL))
    fail_msg("%s: %g, expected %g: %+.1f standard deviations", what, observed, expected, z);
}

static inline void assert_chi_square(const char *what, double chi_square, double degrees) {
  print_message("  %s: chi-square %.1f with %.0f degrees of freedom (bound %.1f)\n", what, chi_square, degrees,
                chance_chi_square(degrees));
  if (!(chi_square < chance_chi_square(degrees)))
    fail_msg("%s: chi-square %g with %g degrees of freedom", what, chi_square, degrees);
}

#endif
