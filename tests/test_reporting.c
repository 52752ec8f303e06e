// SPDX-License-Identifier: GPL-3.0-or-later
// Self-report: who reports and how, counters that are closed, further reports of one nuisance.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "model/case_params.h"
#include "model/need_volume.h"
#include "model/reporting.h"
#include "model/trust.h"
#include "tiny_subdistrict.h"

enum { ERRAND, LITTER, SERVICES };

static const wg_service_params errand = {.carrier = WG_CARRIER_RESIDENT, .self_report = 0.4},
                               litter = {.carrier = WG_CARRIER_GRID, .self_report = 0.2, .reports_per_day = 0.25};

typedef struct scene {
  wg_config *config;
  wg_world world;
  wg_subdistrict s;
  wg_reporting reporting;
  wg_error error;
  double population[SERVICES][WG_POPULATION_CELLS];
} scene;

static void set_real(scene *t, const char *path, double real) {
  const wg_value value = {.kind = WG_VALUE_REAL, .real = real};
  assert_int_equal(wg_config_set(t->config, path, &value, "test.cfg:7", true, &t->error), WG_OK);
}

// Numbers that rise by `step` from `first`.
static void set_list(scene *t, const char *path, size_t count, double first, double step) {
  wg_value items[WG_AGE_BAND_COUNT];
  for (size_t i = 0; i < count; i++)
    items[i] = (wg_value){.kind = WG_VALUE_REAL, .real = first + step * (double)i};
  const wg_value value = {.kind = WG_VALUE_LIST, .items = items, .count = count};
  assert_int_equal(wg_config_set(t->config, path, &value, "test.cfg:9", true, &t->error), WG_OK);
}

static scene *open_scene(void) {
  static const wg_param_group *const groups[] = {&wg_service_group, &wg_needs_group, &wg_trust_group,
                                                 &wg_reporting_group};
  scene *t = calloc(1, sizeof *t);
  assert_non_null(t);
  assert_int_equal(wg_config_create(groups, sizeof groups / sizeof *groups, &t->config, &t->error), WG_OK);
  set_real(t, "services.errand.self_report", errand.self_report);
  set_real(t, "services.litter.self_report", litter.self_report);
  t->world.config = t->config;
  t->world.luck = wg_luck_make(5, 0);
  t->world.catalogue.service_count = SERVICES;
  t->world.catalogue.services[ERRAND] = (wg_service){.id = "errand", .params = &errand};
  t->world.catalogue.services[LITTER] = (wg_service){.id = "litter", .params = &litter};
  for (uint32_t cell = 0; cell < WG_POPULATION_CELLS; cell++)
    t->population[ERRAND][cell] = 1.0 + cell % 7;
  // 2011-01-26 is a Wednesday.
  assert_int_equal(wg_calendar_create(14900, 16000, NULL, 0, NULL, 0, &t->world.calendar, &t->error), WG_OK);
  tiny_create(&t->s, SERVICES);
  return t;
}

static void close_scene(scene *t) {
  wg_subdistrict_free(&t->s);
  wg_calendar_free(&t->world.calendar);
  wg_config_free(t->config);
  free(t);
}

static int prepare(scene *t) {
  return wg_reporting_prepare(&t->world, (const double(*)[WG_POPULATION_CELLS])t->population, &t->reporting, &t->error);
}

static const wg_reporting_levers neutral = {.propensity = 1.0};

static bool near(double a, double b) {
  return a > b - 1e-9 && a < b + 1e-9;
}

static void lists_set(scene *t) {
  set_list(t, "reporting.counter_by_age", WG_AGE_BAND_COUNT, 0.5, 0.1);
  set_list(t, "reporting.online_by_age", WG_AGE_BAND_COUNT, 1.9, -0.1);
  set_list(t, "reporting.hotline_by_education", WG_EDUCATION_COUNT, 0.9, 0.05);
}

// Who uses which channel leaves the volume alone: the mean over those who have the needs is self_report.
static void the_mean_is_self_report(void **state) {
  (void)state;
  scene *t = open_scene();
  lists_set(t);
  set_list(t, "reporting.hotline_by_education", WG_EDUCATION_COUNT, 1.0, 0.0);
  assert_int_equal(prepare(t), WG_OK);
  double sum = 0.0, people = 0.0, least = 1.0, most = 0.0;
  for (uint32_t cell = 0; cell < WG_POPULATION_CELLS; cell++) {
    const uint32_t band = cell / (WG_SEX_COUNT * WG_REGISTRATION_COUNT);
    const double chance = wg_reporting_chance(&t->reporting, neutral, ERRAND, wg_reporter(band, 0), 32768);
    sum += t->population[ERRAND][cell] * chance;
    people += t->population[ERRAND][cell];
    least = chance < least ? chance : least;
    most = chance > most ? chance : most;
  }
  assert_true(sum / people > 0.4 - 1e-5 && sum / people < 0.4 + 1e-5); // trust is 0.5 to 1 / 131,070
  assert_true(most > 1.1 * least);
  assert_true(near(wg_reporting_chance(&t->reporting, neutral, LITTER, WG_PASSER_BY, -1), 0.2));
  close_scene(t);
}

// Equal intervals of the uniform: what is counted is the channels' shares to one in ten thousand.
static void channels_follow_their_use(void **state) {
  (void)state;
  scene *t = open_scene();
  lists_set(t);
  assert_int_equal(prepare(t), WG_OK);
  const uint32_t who = wg_reporter(3, 2);
  for (int lever = 0; lever < 2; lever++) {
    const wg_reporting_levers levers = {.propensity = 1.0, .online = lever ? 0.5 : 0.0};
    const double use[] = {0.3 * (0.5 + 0.3), 0.6 * (0.9 + 0.1), (0.1 + levers.online) * (1.9 - 0.3)};
    const double all = use[0] + use[1] + use[2];
    int count[WG_CHANNEL_COUNT] = {0};
    for (int i = 0; i < 10000; i++)
      count[wg_reporting_channel(&t->reporting, levers, who, (i + 0.5) / 10000.0)]++;
    for (int c = 0; c < WG_CHANNEL_COUNT; c++)
      assert_true(count[c] - 10000.0 * use[c] / all < 1.5 && count[c] - 10000.0 * use[c] / all > -1.5);
  }
  close_scene(t);
}

static void levers_act_where_they_are_taken_up(void **state) {
  (void)state;
  scene *t = open_scene();
  lists_set(t);
  assert_int_equal(prepare(t), WG_OK);
  const double before[] = {wg_reporting_chance(&t->reporting, neutral, ERRAND, wg_reporter(5, 3), 30000),
                           wg_reporting_chance(&t->reporting, neutral, ERRAND, wg_reporter(18, 3), 30000)};
  const wg_reporting_levers twice = {.propensity = 2.0}, online = {.propensity = 1.0, .online = 0.5};
  assert_true(near(wg_reporting_chance(&t->reporting, twice, ERRAND, wg_reporter(5, 3), 30000), 2.0 * before[0]));
  const double young = wg_reporting_chance(&t->reporting, online, ERRAND, wg_reporter(5, 3), 30000) - before[0];
  const double old = wg_reporting_chance(&t->reporting, online, ERRAND, wg_reporter(18, 3), 30000) - before[1];
  assert_true(old > 0.0 && near(young / old, 1.4 / 0.1));
  close_scene(t);
}

static void chances_above_one_are_refused(void **state) {
  (void)state;
  scene *t = open_scene();
  set_list(t, "reporting.counter_by_age", WG_AGE_BAND_COUNT, 0.0, 0.0);
  set_list(t, "reporting.hotline_by_age", WG_AGE_BAND_COUNT, 0.0, 0.0);
  set_list(t, "reporting.online_by_age", WG_AGE_BAND_COUNT, 0.0, 1.0);
  set_real(t, "services.errand.self_report", 0.4);
  assert_int_equal(prepare(t), WG_OK); // twice the mean, at full trust: 0.96
  set_real(t, "trust.report_slope", 0.6);
  assert_int_equal(prepare(t), WG_FAIL_CONFIG);
  assert_non_null(strstr(t->error.text, "test.cfg:7: services.errand.self_report: 0.4 "));
  assert_non_null(strstr(t->error.text, "people 85+"));
  assert_non_null(strstr(t->error.text, "exceeds 1"));
  close_scene(t);
}

static void lists_of_another_length_are_refused(void **state) {
  (void)state;
  scene *t = open_scene();
  set_list(t, "reporting.online_by_education", 5, 1.0, 0.0);
  assert_int_equal(prepare(t), WG_FAIL_CONFIG);
  assert_non_null(strstr(t->error.text, "test.cfg:9: reporting.online_by_education: 5 numbers (allowed: 6)"));
  close_scene(t);
}

static uint32_t hide_litter(scene *t, uint64_t identity, wg_date today) {
  const uint32_t row = wg_need_open(&t->s);
  wg_need *n = wg_needs(&t->s) + row;
  n->identity = identity;
  n->service = LITTER;
  n->key = UINT64_MAX;
  n->arose = (uint16_t)today;
  wg_need_hide(&t->s, row);
  return row;
}

// Day 15000 is Wednesday, 2011-01-26; 15003 the Saturday, 15005 the Monday.
static void the_counter_rests(void **state) {
  (void)state;
  scene *t = open_scene();
  wg_subdistrict *s = &t->s;
  const wg_date saturday = 15003, monday = 15005;
  const uint32_t counter = hide_litter(t, 5, saturday), found = hide_litter(t, 6, saturday);
  assert_false(wg_need_report(&t->world, s, counter, WG_CHANNEL_COUNTER, saturday));
  assert_false(wg_need_report(&t->world, s, found, WG_CHANNEL_COUNTER, saturday));
  wg_need_reveal(s, found); // a patrol is quicker
  wg_needs(s)[found].channel = 0;
  wg_need_file(s, found, saturday + 1);
  for (wg_date day = saturday; day < monday; day++) {
    wg_needs_report_due(s, day);
    assert_int_equal(wg_needs(s)[counter].state, WG_NEED_LATENT);
  }
  wg_needs_report_due(s, monday);
  assert_int_equal(wg_needs(s)[counter].state, WG_NEED_FILED);
  assert_int_equal(wg_needs(s)[counter].filed, monday);
  assert_int_equal(wg_needs(s)[counter].channel, WG_CHANNEL_COUNTER + 1);
  assert_int_equal(wg_needs(s)[found].filed, saturday + 1);
  assert_int_equal(wg_communities(s)[0].reported_counter, 1);
  assert_int_equal(wg_tallies(s)[LITTER].reported, 1);
  close_scene(t);
}

static void what_waits_survives_the_months_end(void **state) {
  (void)state;
  scene *t = open_scene();
  wg_subdistrict *s = &t->s;
  const uint32_t need = hide_litter(t, 5, s->month_last);
  wg_need_report_later(s, need, WG_CHANNEL_HOTLINE, s->month_last + 3);
  s->month_first += 30;
  s->month_last += 30;
  assert_int_equal(wg_agenda_begin(s, 10, &t->error), WG_OK);
  wg_needs_report_due(s, s->month_first + 1);
  assert_int_equal(wg_needs(s)[need].state, WG_NEED_LATENT);
  wg_needs_report_due(s, s->month_first + 2);
  assert_int_equal(wg_needs(s)[need].channel, WG_CHANNEL_HOTLINE + 1);
  assert_int_equal(wg_communities(s)[0].reported_hotline, 1);
  close_scene(t);
}

// 4,000 nuisances that are open for 20 days: five further reports each in the mean, 20,000 together with a standard deviation of
// 141; 850 off is 6 of them, which luck does with probability 2e-9. They grow with time alone, and the months' bookings add up.
static void further_reports_grow_with_time(void **state) {
  (void)state;
  scene *t = open_scene();
  wg_subdistrict *s = &t->s;
  const wg_date filed = s->month_first + 15;
  uint64_t sum = 0;
  for (uint64_t i = 0; i < 4000; i++) {
    const wg_need n = {
        .identity = 1 + i, .service = LITTER, .group = WG_GROUP_NOBODY, .channel = i % 2, .filed = (uint16_t)filed};
    uint32_t last = i % 2;
    assert_int_equal(wg_need_reports(&t->world, &n, filed), last);
    for (int days = 1; days <= 20; days++) {
      const uint32_t now = wg_need_reports(&t->world, &n, filed + days);
      assert_true(now >= last);
      last = now;
    }
    sum += last - i % 2;
    wg_need_book_duplicates(&t->world, s, &n, s->month_last);
    s->month_first += 30;
    wg_need_book_duplicates(&t->world, s, &n, filed + 20);
    s->month_first -= 30;
    assert_int_equal(wg_tallies(s)[LITTER].duplicates, sum);
  }
  assert_true(sum > 19150 && sum < 20850);
  const wg_need unknown = {.identity = 1, .service = LITTER, .group = WG_GROUP_NOBODY};
  assert_int_equal(wg_need_reports(&t->world, &unknown, 15100), 0);
  close_scene(t);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_mean_is_self_report),
      cmocka_unit_test(channels_follow_their_use),
      cmocka_unit_test(levers_act_where_they_are_taken_up),
      cmocka_unit_test(chances_above_one_are_refused),
      cmocka_unit_test(lists_of_another_length_are_refused),
      cmocka_unit_test(the_counter_rests),
      cmocka_unit_test(what_waits_survives_the_months_end),
      cmocka_unit_test(further_reports_grow_with_time),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
