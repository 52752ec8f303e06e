// SPDX-License-Identifier: GPL-3.0-or-later
// Rounds: whatever the rule, the minutes of the desks are spent, in whole minutes, where the rule says.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "model/rounds.h"
#include "tiny_subdistrict.h"

// Two communities of three and four grids; an officer to each grid, a visiting office to each community, and a desk that does not
// look.
enum { GRIDS = 7, FIRST_OF_SECOND = 3, OFFICERS = GRIDS, DESKS = OFFICERS + 3 };

static const wg_desk_kind_params officer = {.looks = WG_LOOKS_PATROL}, office = {.looks = WG_LOOKS_OUTREACH},
                                 clerk = {.looks = WG_LOOKS_NONE};

typedef struct scene {
  wg_world world;
  wg_subdistrict s;
} scene;

static scene *open_scene(void) {
  scene *t = calloc(1, sizeof *t);
  assert_non_null(t);
  t->world.luck = wg_luck_make(3, 0);
  t->world.catalogue.desk_kind_count = 3;
  t->world.catalogue.desk_kinds[0].params = &officer;
  t->world.catalogue.desk_kinds[1].params = &office;
  t->world.catalogue.desk_kinds[2].params = &clerk;
  wg_subdistrict *s = &t->s;
  wg_subdistrict_init(s);
  tiny_rows(s, WG_TABLE_COMMUNITY, 2, 2);
  tiny_rows(s, WG_TABLE_GRID, GRIDS, GRIDS);
  tiny_rows(s, WG_TABLE_DESK, DESKS, DESKS);
  wg_communities(s)[0] = (wg_community){.first_grid = 0, .grid_count = FIRST_OF_SECOND};
  wg_communities(s)[1] = (wg_community){.first_grid = FIRST_OF_SECOND, .grid_count = GRIDS - FIRST_OF_SECOND};
  for (uint32_t g = 0; g < GRIDS; g++) {
    wg_grids(s)[g] =
        (wg_grid){.identity = 10 + g, .community = g >= FIRST_OF_SECOND, .residents = 1000 + 100 * g, .filed_year = 0};
    wg_desks(s)[g] = (wg_desk){.identity = 100 + g, .grid = (uint16_t)g, .minutes = 240, .looking_today = 97 + 13 * g};
    wg_desks(s)[g].community = wg_grids(s)[g].community;
  }
  for (uint32_t d = OFFICERS; d < DESKS; d++)
    wg_desks(s)[d] = (wg_desk){.identity = 100 + d,
                               .grid = WG_NO_PLACE,
                               .community = (uint16_t)(d == OFFICERS + 1),
                               .minutes = 480,
                               .looking_today = 301,
                               .kind = d == DESKS - 1 ? 2 : 1};
  s->today = 15000;
  return t;
}

static void close_scene(scene *t) {
  wg_subdistrict_free(&t->s);
  free(t);
}

static void plan(scene *t, wg_rounds_rule rule, double share) {
  wg_rounds_plan_day(&t->world, &t->s, (wg_rounds){.rule = rule, .share = share});
}

static uint32_t patrol(const scene *t, uint32_t first, uint32_t last) {
  uint32_t sum = 0;
  for (uint32_t g = first; g < last; g++)
    sum += wg_grids(&t->s)[g].patrol_today;
  return sum;
}

static uint32_t outreach(const scene *t, uint32_t first, uint32_t last) {
  uint32_t sum = 0;
  for (uint32_t g = first; g < last; g++)
    sum += wg_grids(&t->s)[g].outreach_today;
  return sum;
}

static uint32_t desks(const scene *t, uint32_t first, uint32_t last) {
  uint32_t sum = 0;
  for (uint32_t d = first; d < last; d++)
    sum += wg_desks(&t->s)[d].looking_today;
  return sum;
}

static void minutes_add_up(void **state) {
  (void)state;
  scene *t = open_scene();
  const double shares[] = {0.0, 0.37, 1.0};
  for (int filed = 0; filed < 2; filed++)
    for (int rule = WG_ROUNDS_OWN; rule <= WG_ROUNDS_BY_FILED; rule++)
      for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
        for (uint32_t g = 0; g < GRIDS; g++)
          wg_grids(&t->s)[g].filed_year = filed ? 256 * g * g : 0;
        for (t->s.today = 15000; t->s.today < 15040; t->s.today++) {
          plan(t, (wg_rounds_rule)rule, shares[i]);
          assert_int_equal(patrol(t, 0, GRIDS), desks(t, 0, OFFICERS));
          // An office stays in its community.
          assert_int_equal(outreach(t, 0, FIRST_OF_SECOND), 301);
          assert_int_equal(outreach(t, FIRST_OF_SECOND, GRIDS), 301);
        }
      }
  close_scene(t);
}

static void own_rounds_stay_in_the_grid(void **state) {
  (void)state;
  scene *t = open_scene();
  for (int rule = WG_ROUNDS_OWN; rule <= WG_ROUNDS_COMMUNITY_FIRST; rule++) {
    plan(t, (wg_rounds_rule)rule, 1.0);
    for (uint32_t g = 0; g < GRIDS; g++)
      assert_int_equal(wg_grids(&t->s)[g].patrol_today, wg_desks(&t->s)[g].looking_today);
  }
  close_scene(t);
}

static void assert_near(uint32_t minutes, double due) {
  if (!((double)minutes > due - 1.001 && (double)minutes < due + 1.001))
    fail_msg("%u minutes instead of %g", minutes, due);
}

static void cooperative_rounds_follow_residents_within_the_community(void **state) {
  (void)state;
  scene *t = open_scene();
  plan(t, WG_ROUNDS_COOPERATIVE, 1.0);
  assert_int_equal(patrol(t, 0, FIRST_OF_SECOND), desks(t, 0, FIRST_OF_SECOND));
  for (uint32_t g = 0; g < FIRST_OF_SECOND; g++)
    assert_near(wg_grids(&t->s)[g].patrol_today, desks(t, 0, FIRST_OF_SECOND) * (1000.0 + 100.0 * g) / 3300.0);
  close_scene(t);
}

// Of so many minutes those that a share of one half leaves where they are.
static uint32_t stays(uint32_t minutes) {
  return minutes - minutes / 2;
}

static void rounds_by_filed_follow_what_was_filed(void **state) {
  (void)state;
  scene *t = open_scene();
  const uint32_t all = desks(t, 0, OFFICERS);
  plan(t, WG_ROUNDS_BY_FILED, 1.0); // nothing yet: by residents
  for (uint32_t g = 0; g < GRIDS; g++)
    assert_near(wg_grids(&t->s)[g].patrol_today, all * (1000.0 + 100.0 * g) / 9100.0);
  for (uint32_t g = 0; g < GRIDS; g++)
    wg_grids(&t->s)[g].filed_month = g;
  wg_rounds_remember(&t->s);
  plan(t, WG_ROUNDS_BY_FILED, 1.0);
  for (uint32_t g = 0; g < GRIDS; g++) {
    assert_near(wg_grids(&t->s)[g].patrol_today, all * (double)g / 21.0);
    assert_int_equal(wg_grids(&t->s)[g].filed_month, 0);
  }
  // Half of the hours stay.
  plan(t, WG_ROUNDS_BY_FILED, 0.5);
  uint32_t moved = 0;
  for (uint32_t d = 0; d < OFFICERS; d++)
    moved += wg_desks(&t->s)[d].looking_today / 2;
  for (uint32_t g = 0; g < GRIDS; g++)
    assert_near(wg_grids(&t->s)[g].patrol_today, stays(wg_desks(&t->s)[g].looking_today) + moved * (double)g / 21.0);
  close_scene(t);
}

// A memory of about a year: constant filings come to twelve months of them, and fade away when there are none.
static void what_was_filed_is_remembered_for_a_year(void **state) {
  (void)state;
  scene *t = open_scene();
  for (int month = 0; month < 120; month++) {
    wg_grids(&t->s)[0].filed_month = 5;
    wg_rounds_remember(&t->s);
  }
  assert_true(wg_grids(&t->s)[0].filed_year > 59 * 256 && wg_grids(&t->s)[0].filed_year <= 60 * 256 + 11);
  for (int month = 0; month < 120; month++)
    wg_rounds_remember(&t->s);
  assert_true(wg_grids(&t->s)[0].filed_year < 12);
  close_scene(t);
}

// Of 14,000 rounds of seven officers each grid has 2,000 in the mean, with a standard deviation of 41.4: 270 of them off is 6.5
// standard deviations, which luck does with probability 8e-11 to one grid, 6e-10 to any.
static void random_rounds_go_everywhere_alike(void **state) {
  (void)state;
  scene *t = open_scene();
  for (uint32_t d = 0; d < OFFICERS; d++)
    wg_desks(&t->s)[d].looking_today = 100;
  uint32_t rounds[GRIDS] = {0}, away = 0;
  for (t->s.today = 15000; t->s.today < 17000; t->s.today++) {
    plan(t, WG_ROUNDS_RANDOM, 1.0);
    for (uint32_t g = 0; g < GRIDS; g++) {
      assert_int_equal(wg_grids(&t->s)[g].patrol_today % 100, 0);
      rounds[g] += wg_grids(&t->s)[g].patrol_today / 100;
      away += wg_grids(&t->s)[g].patrol_today == 0;
    }
  }
  for (uint32_t g = 0; g < GRIDS; g++)
    assert_true(rounds[g] > 1730 && rounds[g] < 2270);
  assert_true(away > 4000); // (6/7)^7 of 14,000 is 4,757
  close_scene(t);
}

static void matters_belong_to_whom_the_route_names(void **state) {
  (void)state;
  static const wg_desk_kind_params territory = {.owner = WG_OWNER_TERRITORY},
                                   department = {.owner = WG_OWNER_DEPARTMENT};
  static const double takes[] = {0.5, 0.9, 1.0};
  static const wg_service_params params = {.takes = {3, takes}};
  scene *t = open_scene();
  wg_catalogue *c = &t->world.catalogue;
  c->desk_kinds[0].params = &territory;
  c->desk_kinds[1].params = c->desk_kinds[2].params = &department;
  const wg_service service = {.params = &params, .route = {0, 1, 2}, .route_length = 3};
  assert_true(wg_rounds_district_matter(c, &service, 0.6));
  assert_false(wg_rounds_district_matter(c, &service, 0.5));
  c->desk_kinds[1].params = &territory;
  assert_false(wg_rounds_district_matter(c, &service, 0.6));
  close_scene(t);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(minutes_add_up),
      cmocka_unit_test(own_rounds_stay_in_the_grid),
      cmocka_unit_test(cooperative_rounds_follow_residents_within_the_community),
      cmocka_unit_test(rounds_by_filed_follow_what_was_filed),
      cmocka_unit_test(what_was_filed_is_remembered_for_a_year),
      cmocka_unit_test(random_rounds_go_everywhere_alike),
      cmocka_unit_test(matters_belong_to_whom_the_route_names),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
