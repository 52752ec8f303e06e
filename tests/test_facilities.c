// SPDX-License-Identifier: GPL-3.0-or-later
// Who can walk to what: distances, limits, what a compound keeps to itself, places that are not simulated, and what opens later.
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "mechanism/facilities.h"
#include "model/access.h"
#include "tiny_world.h"

enum { STATION, CLINIC };

// Two communities on one meridian, `metres` apart: 60 metres a minute and a detour of 1.2 make 500 metres of 10 minutes.
static tiny_world *open_world(double metres) {
  static const char *const settings[] = {
      "access.walking_speed",
      "60.0",
      "access.detour",
      "1.2",
      "facilities.station.label",
      "\"站\"",
      "facilities.station.share_urban",
      "1.0",
      "facilities.station.share_rural",
      "1.0",
      "facilities.clinic.label",
      "\"所\"",
      "facilities.clinic.share_urban",
      "1.0",
      "facilities.clinic.share_rural",
      "1.0",
      "facilities.station.walking_limit",
      "10",
      "facilities.clinic.walking_limit",
      "20",
      NULL,
  };
  tiny_world *t = tiny_world_open(&wg_facilities_mechanism, settings);
  t->world.catalogue.facility_kind_count = 2;
  for (size_t k = 0; k < 2; k++)
    t->world.catalogue.facility_kinds[k] = (wg_facility_kind){.id = wg_config_name(t->config, &wg_facility_group, k),
                                                              .params = wg_config_at(t->config, &wg_facility_group, k)};
  for (int i = 0; i < 2; i++) {
    wg_communities(t->s + i)[0].longitude = 116.3;
    wg_communities(t->s + i)[0].latitude = 39.9 + i * metres / 111200.0;
    wg_grids(t->s + i)[0].residents = i == 0 ? 100 : 200;
    wg_grids(t->s + i)[1].residents = i == 0 ? 0 : 100;
  }
  return t;
}

static void close_world(tiny_world *t) {
  free(t->world.elsewhere);
  tiny_world_close(t);
}

static void add(tiny_world *t, int place, uint8_t kind, uint8_t own) {
  const wg_facility facility = {.identity = 1, .kind = kind, .own = own};
  assert_int_equal(wg_facility_add(t->s + place, &facility, &t->error), WG_OK);
}

static uint32_t reach(const tiny_world *t, int place) {
  return wg_communities(t->s + place)[0].reach;
}

static void refresh(tiny_world *t) {
  assert_int_equal(wg_access_refresh(&t->world, &t->error), WG_OK);
}

// The evaluator of a variable.
static void evaluate(const tiny_world *t, const char *name, wg_place place, void *block) {
  for (size_t o = 0; o < t->mechanism->output_count; o++)
    if (strcmp(t->mechanism->outputs[o].name, name) == 0) {
      t->mechanism->outputs[o].evaluate(&t->world, place, block);
      return;
    }
  fail_msg("no output %s", name);
}

static void distances(void **state) {
  (void)state;
  const double degree = 111200.0, at_40 = cos(40.0 * 3.14159265358979323846 / 180.0);
  assert_true(wg_distance_m(116.3, 40.0, 116.3, 40.0) == 0.0);
  assert_true(fabs(wg_distance_m(116.3, 40.0, 116.3, 40.01) - 0.01 * degree) < 1e-6);
  assert_true(fabs(wg_distance_m(116.3, 40.0, 116.31, 40.0) - 0.01 * degree * at_40) < 1e-6);
  assert_true(wg_distance_m(116.3, 39.9, 116.35, 40.1) == wg_distance_m(116.35, 40.1, 116.3, 39.9));
}

// Just within and just beyond the limits of 500 and 1,000 metres; what is at home is always within.
static void limits_are_kept(void **state) {
  (void)state;
  static const struct {
    double metres;
    uint32_t expected;
  } cases[] = {{499.9, 3}, {500.1, 1U << CLINIC}, {999.9, 1U << CLINIC}, {1000.1, 0}, {50000.0, 0}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    tiny_world *t = open_world(cases[i].metres);
    add(t, 0, STATION, 0);
    add(t, 0, CLINIC, 0);
    refresh(t);
    assert_int_equal(reach(t, 0), 3);
    assert_int_equal(reach(t, 1), cases[i].expected);
    close_world(t);
  }
}

static void some_keep_theirs(void **state) {
  (void)state;
  tiny_world *t = open_world(100.0);
  add(t, 0, STATION, 1);
  refresh(t);
  assert_int_equal(reach(t, 0), 1U << STATION);
  assert_int_equal(reach(t, 1), 0);
  add(t, 0, STATION, 0);
  refresh(t);
  assert_int_equal(reach(t, 1), 1U << STATION);
  close_world(t);
}

static void places_elsewhere_count(void **state) {
  (void)state;
  tiny_world *t = open_world(50000.0);
  t->world.elsewhere = calloc(1, sizeof *t->world.elsewhere);
  t->world.elsewhere_count = 1;
  t->world.elsewhere[0] = (wg_elsewhere){.longitude = 116.3, .latitude = 39.9 - 600.0 / 111200.0, .open = 3};
  refresh(t);
  assert_int_equal(reach(t, 0), 1U << CLINIC);
  assert_int_equal(reach(t, 1), 0);
  close_world(t);
}

// What opens or closes is noticed at the month's end, and weighs by the residents of now.
static void openings_are_noticed(void **state) {
  (void)state;
  tiny_world *t = open_world(700.0);
  const wg_place both = {0, 2, -1}, first = {0, 1, -1}, second = {1, 2, 0};
  double share[2];
  int64_t count[2];
  refresh(t);
  evaluate(t, "access_coverage", both, share);
  assert_true(share[STATION] == 0.0 && share[CLINIC] == 0.0);
  add(t, 0, STATION, 0);
  add(t, 0, CLINIC, 0);
  evaluate(t, "access_coverage", both, share);
  assert_true(share[STATION] == 0.0);
  assert_int_equal(wg_communities(t->s)[0].access_stale, 1);
  tiny_exchange(t);
  assert_int_equal(wg_communities(t->s)[0].access_stale, 0);
  evaluate(t, "access_coverage", both, share);
  assert_true(share[STATION] == 0.25 && share[CLINIC] == 1.0);
  evaluate(t, "access_coverage", second, share);
  assert_true(share[STATION] == 0.0 && share[CLINIC] == 1.0);
  wg_grids(t->s)[1].residents = 200;
  evaluate(t, "access_coverage", both, share);
  assert_true(share[STATION] == 0.5);
  evaluate(t, "facilities", both, count);
  assert_true(count[STATION] == 1 && count[CLINIC] == 1);
  evaluate(t, "facilities", second, count);
  assert_true(count[STATION] == 0);
  wg_facilities(t->s)[0].closed = 1;
  wg_communities(t->s)[0].access_stale = 1;
  tiny_exchange(t);
  evaluate(t, "access_coverage", first, share);
  assert_true(share[STATION] == 0.0 && share[CLINIC] == 1.0);
  evaluate(t, "facilities", first, count);
  assert_true(count[STATION] == 0 && count[CLINIC] == 1);
  for (int i = 0; i < 2; i++)
    memset(wg_grids(t->s + i), 0, 2 * sizeof(wg_grid));
  evaluate(t, "access_coverage", both, share);
  assert_true(isnan(share[STATION]));
  close_world(t);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(distances),
      cmocka_unit_test(limits_are_kept),
      cmocka_unit_test(some_keep_theirs),
      cmocka_unit_test(places_elsewhere_count),
      cmocka_unit_test(openings_are_noticed),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
