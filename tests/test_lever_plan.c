// SPDX-License-Identifier: GPL-3.0-or-later
// How policies combine into levers, and which places adopt them when; with policies of the test's own.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/adoption.h"
#include "engine/lever_plan.h"
#include "model/run_params.h"

enum { COMMUNITIES = 5 };

// 2011-01-01 is day 14975.
enum { JANUARY = 14975, FEBRUARY = JANUARY + 31, MARCH = FEBRUARY + 28 };

typedef struct effect {
  wg_lever_id lever;
  uint32_t index;
  double value;
} effect;

static void move_one(const void *params, uint32_t days, wg_lever_moves *moves) {
  const effect *e = params;
  (void)days;
  wg_lever_move(moves, e->lever, e->index, e->value);
}

static size_t after_ten_days(const void *params, uint32_t days[WG_POLICY_CHANGES_MAX]) {
  (void)params;
  days[0] = 10;
  return 1;
}

static void move_later(const void *params, uint32_t days, wg_lever_moves *moves) {
  if (days >= 10)
    move_one(params, days, moves);
}

static const wg_policy steady = {.id = "steady", .move = move_one, .levers = {WG_LEVER_SURGE_HOURS}, .lever_count = 1};
static const wg_policy second = {.id = "second", .move = move_one};
static const wg_policy later = {.id = "later", .move = move_later, .changes = after_ten_days};

static const char *const names[COMMUNITIES] = {"乙", "甲", "丙", "丁", "戊"};

typedef struct scene {
  wg_run_params run;
  wg_world world;
  wg_subdistrict s;
  wg_policy_plan plan;
  wg_policy_terms terms[4];
  wg_policy_scope scopes[4];
  wg_policy_rollout rollouts[4];
  wg_error error;
} scene;

static void rows(wg_subdistrict *s, int table, uint32_t count) {
  wg_error error = {0};
  assert_int_equal(wg_table_reserve(&s->tables[table], count, &error), WG_OK);
  memset(s->tables[table].rows, 0, (size_t)count * s->tables[table].type->row_size);
  s->tables[table].count = count;
}

// Communities with 1 to 5 grids of 100 residents each.
static scene *open_scene(void) {
  scene *t = calloc(1, sizeof *t);
  assert_non_null(t);
  t->run = (wg_run_params){.start = JANUARY, .end = JANUARY + 730};
  t->world = (wg_world){.run = &t->run, .subdistricts = &t->s, .subdistrict_count = 1, .luck = wg_luck_make(1, 0)};
  wg_subdistrict_init(&t->s);
  t->s.name = "试";
  t->s.code = 900;
  t->s.community_names = names;
  rows(&t->s, WG_TABLE_COMMUNITY, COMMUNITIES);
  rows(&t->s, WG_TABLE_GRID, COMMUNITIES * (COMMUNITIES + 1) / 2);
  uint16_t next = 0;
  for (uint32_t c = 0; c < COMMUNITIES; c++) {
    wg_communities(&t->s)[c] = (wg_community){.code = 901 + c,
                                              .first_grid = next,
                                              .grid_count = (uint16_t)(c + 1),
                                              .urban_rural_class = c < 3 ? 111 : 220,
                                              .kind = c < 3 ? WG_ORDINARY : WG_VILLAGE};
    for (uint32_t g = 0; g <= c; g++, next++)
      wg_grids(&t->s)[next] = (wg_grid){.identity = next + 1U, .residents = 100, .community = (uint16_t)c};
  }
  return t;
}

static void close_scene(scene *t) {
  wg_subdistrict_free(&t->s);
  free(t);
}

static wg_policy_entry *add(scene *t, const wg_policy *policy, const effect *e, wg_date from, double strength) {
  const size_t i = t->plan.count++;
  t->terms[i] = (wg_policy_terms){.from = from, .to = WG_DATE_NONE, .strength = strength};
  t->scopes[i] = (wg_policy_scope){.share = 1.0};
  t->rollouts[i] = (wg_policy_rollout){.after_months = 12};
  t->plan.entries[i] = (wg_policy_entry){.policy = policy,
                                         .name = policy->id,
                                         .index = i,
                                         .from = from,
                                         .terms = t->terms + i,
                                         .scope = t->scopes + i,
                                         .rollout = t->rollouts + i,
                                         .params = e};
  return t->plan.entries + i;
}

static void resolve(scene *t, wg_date month_first) {
  if (wg_adoptions_count(&t->s) != t->plan.count * COMMUNITIES)
    assert_int_equal(wg_adoption_create(&t->world, &t->plan, &t->error), WG_OK);
  if (wg_levers_resolve(&t->world, &t->plan, wg_date_month(month_first), &t->s, &t->error))
    fail_msg("%s", t->error.text);
}

// The slot's value in the first community on a day.
static double on(scene *t, uint32_t slot, wg_date day) {
  t->s.segment = 0;
  wg_levers_advance(&t->s, day);
  return wg_lever_get(&t->s, slot, 0);
}

static void without_policies_all_is_neutral(void **state) {
  (void)state;
  scene *t = open_scene();
  resolve(t, JANUARY);
  assert_int_equal(t->s.segment_count, 1);
  assert_int_equal(t->s.segment_first[1], 31);
  for (uint32_t slot = 0; slot < WG_SLOT_COUNT; slot++)
    for (uint32_t c = 0; c <= COMMUNITIES; c++) {
      assert_true(wg_lever_at(&t->s, slot, c)->value == wg_levers[wg_slot_lever(slot)].neutral);
      assert_true(wg_lever_at(&t->s, slot, c)->weight == 0.0);
    }
  close_scene(t);
}

static void rules_combine(void **state) {
  (void)state;
  const effect add_one = {WG_LEVER_SURGE_HOURS, WG_ROLE_TEAM, 0.25},
               add_two = {WG_LEVER_SURGE_HOURS, WG_ROLE_TEAM, 0.5};
  const effect half = {WG_LEVER_NEED_RATE, WG_ORDER, 0.5}, double_ = {WG_LEVER_NEED_RATE, WG_ORDER, 2.0};
  const effect low = {WG_LEVER_LIGHT_CASES, 0, 0.2}, high = {WG_LEVER_LIGHT_CASES, 0, 0.8};
  const struct {
    const effect *a, *b;
    double strength_b, expected;
  } cases[] = {
      {&add_one, &add_two, 1.0, 0.75}, {&add_one, &add_two, 0.5, 0.5}, {&add_one, &add_two, 0.0, 0.25},
      {&half, &double_, 1.0, 1.0},     {&half, &double_, 0.5, 0.75},   {&half, &double_, 0.0, 0.5},
      {&low, &high, 1.0, 0.8},         {&low, &high, 0.5, 0.4},        {&low, &high, 0.125, 0.2},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    for (int swapped = 0; swapped < 2; swapped++) {
      scene *t = open_scene();
      if (swapped)
        add(t, &second, cases[i].b, JANUARY, cases[i].strength_b);
      add(t, &steady, cases[i].a, JANUARY, 1.0);
      if (!swapped)
        add(t, &second, cases[i].b, JANUARY, cases[i].strength_b);
      resolve(t, JANUARY);
      const uint32_t slot = wg_levers[cases[i].a->lever].slot + cases[i].a->index;
      assert_true(on(t, slot, JANUARY) == cases[i].expected);
      assert_true(wg_lever_get(&t->s, slot, COMMUNITIES) == cases[i].expected);
      close_scene(t);
    }
}

// Sums of values that do not add exactly: any order of entries gives the same bits.
static void order_never_shows(void **state) {
  (void)state;
  const effect moves[4] = {{WG_LEVER_STAFF_ADDED, WG_ROLE_STATION, 0.1},
                           {WG_LEVER_STAFF_ADDED, WG_ROLE_STATION, 0.7},
                           {WG_LEVER_STAFF_ADDED, WG_ROLE_STATION, 1e-9},
                           {WG_LEVER_STAFF_ADDED, WG_ROLE_STATION, 123.4}};
  const uint32_t slot = WG_SLOT_STAFF_ADDED + WG_ROLE_STATION;
  uint64_t first = 0;
  bool naive_differs = false;
  for (int order = 0; order < 24; order++) {
    int left[4] = {0, 1, 2, 3}, count = 4, code = order;
    scene *t = open_scene();
    double naive = 0.0;
    while (count > 0) {
      const int k = code % count;
      code /= count;
      add(t, &steady, moves + left[k], JANUARY, 1.0 / 3.0);
      naive += moves[left[k]].value * (1.0 / 3.0);
      for (int i = k; i + 1 < count; i++)
        left[i] = left[i + 1];
      count--;
    }
    resolve(t, JANUARY);
    const double value = on(t, slot, JANUARY);
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    first = order ? first : bits;
    assert_int_equal(bits, first);
    naive_differs |= naive < value || naive > value;
    close_scene(t);
  }
  assert_true(naive_differs); // otherwise the values prove nothing
}

static void replacing_takes_one_value(void **state) {
  (void)state;
  const effect two = {WG_LEVER_OFFICERS_PER_GRID, 0, 2.0}, three = {WG_LEVER_OFFICERS_PER_GRID, 0, 3.0};
  scene *t = open_scene();
  add(t, &steady, &two, JANUARY, 0.25);
  add(t, &second, &two, JANUARY, 0.75);
  add(t, &later, &three, JANUARY, 0.0); // not active
  resolve(t, JANUARY);
  const wg_lever_value *v = wg_lever_at(&t->s, WG_SLOT_OFFICERS_PER_GRID, 0);
  assert_true(v->value == 2.0 && v->weight == 0.75);
  assert_true(wg_lever_replace(v, 1.0) == 1.75);
  assert_true(wg_lever_replace(&(wg_lever_value){0}, 1.0) == 1.0);
  t->terms[2].strength = 0.1;
  assert_int_equal(wg_levers_resolve(&t->world, &t->plan, wg_date_month(JANUARY), &t->s, &t->error), WG_FAIL_CONFIG);
  assert_non_null(strstr(t->error.text, "unequal values in 乙 on 2011-01-11")); // from its tenth day on
  close_scene(t);
}

static void beyond_its_bounds_is_refused(void **state) {
  (void)state;
  const effect much = {WG_LEVER_SURGE_HOURS, WG_ROLE_TEAM, 0.6};
  scene *t = open_scene();
  add(t, &steady, &much, JANUARY, 1.0);
  add(t, &second, &much, FEBRUARY + 3, 1.0);
  resolve(t, JANUARY);
  assert_int_equal(wg_levers_resolve(&t->world, &t->plan, wg_date_month(FEBRUARY), &t->s, &t->error), WG_FAIL_CONFIG);
  assert_non_null(strstr(t->error.text, "steady"));
  assert_non_null(strstr(t->error.text, "surge_hours.team 1.2 in 乙 on 2011-02-04 (allowed: 0 to 1)"));
  t->error = (wg_error){0};
  assert_int_equal(wg_levers_check(&t->world, &t->plan, &t->error), WG_FAIL_CONFIG);
  close_scene(t);
}

static void move_too_often(const void *params, uint32_t days, wg_lever_moves *moves) {
  for (int i = 0; i <= WG_POLICY_ENTRIES_MAX; i++)
    move_one(params, days, moves);
}

static void too_many_moves_are_refused(void **state) {
  (void)state;
  static const wg_policy restless = {.id = "restless", .move = move_too_often};
  const effect tiny = {WG_LEVER_SURGE_HOURS, WG_ROLE_TEAM, 0.001};
  scene *t = open_scene();
  add(t, &restless, &tiny, JANUARY, 1.0);
  assert_int_equal(wg_adoption_create(&t->world, &t->plan, &t->error), WG_OK);
  assert_int_equal(wg_levers_resolve(&t->world, &t->plan, wg_date_month(JANUARY), &t->s, &t->error), WG_FAIL_CONFIG);
  assert_non_null(strstr(t->error.text, "moved more than 64 times in 乙"));
  close_scene(t);
}

static void dates_and_ramps_make_segments(void **state) {
  (void)state;
  const effect e = {WG_LEVER_SURGE_HOURS, WG_ROLE_TEAM, 0.8};
  const uint32_t slot = WG_SLOT_SURGE_HOURS + WG_ROLE_TEAM;
  scene *t = open_scene();
  add(t, &steady, &e, JANUARY + 9, 1.0); // the 10th
  t->terms[0].ramp_months = 4;
  t->terms[0].to = MARCH + 19; // the 20th
  resolve(t, JANUARY);
  assert_int_equal(t->s.segment_count, 2);
  assert_true(on(t, slot, JANUARY + 8) == 0.0);
  assert_true(on(t, slot, JANUARY + 9) == 0.2);
  resolve(t, FEBRUARY);
  assert_int_equal(t->s.segment_count, 2);
  assert_true(on(t, slot, FEBRUARY + 8) == 0.2);
  assert_true(on(t, slot, FEBRUARY + 9) == 0.4);
  resolve(t, MARCH);
  assert_int_equal(t->s.segment_count, 3);
  assert_true(on(t, slot, MARCH + 9) == 0.8 * 0.75);
  assert_true(on(t, slot, MARCH + 18) == 0.8 * 0.75);
  assert_true(on(t, slot, MARCH + 19) == 0.0);
  close_scene(t);
}

static void effects_may_change_with_time(void **state) {
  (void)state;
  const effect e = {WG_LEVER_SURGE_HOURS, WG_ROLE_TEAM, 0.5};
  const uint32_t slot = WG_SLOT_SURGE_HOURS + WG_ROLE_TEAM;
  scene *t = open_scene();
  add(t, &later, &e, JANUARY + 25, 1.0);
  resolve(t, JANUARY);
  assert_true(on(t, slot, JANUARY + 30) == 0.0);
  resolve(t, FEBRUARY);
  assert_true(on(t, slot, FEBRUARY + 3) == 0.0);
  assert_true(on(t, slot, FEBRUARY + 4) == 0.5);
  close_scene(t);
}

// A subdistrict's own desk reads the mean over communities, weighted by grids: 1, 2, 3 of 15 are urban.
static void the_whole_is_a_weighted_mean(void **state) {
  (void)state;
  const effect e = {WG_LEVER_SURGE_HOURS, WG_ROLE_TEAM, 0.5}, officers = {WG_LEVER_OFFICERS_PER_GRID, 0, 3.0};
  scene *t = open_scene();
  add(t, &steady, &e, JANUARY, 1.0);
  add(t, &second, &officers, JANUARY, 1.0);
  t->scopes[0].kind = WG_SCOPE_URBAN;
  t->scopes[1].kind = WG_SCOPE_RURAL;
  resolve(t, JANUARY);
  assert_float_equal(wg_lever_get(&t->s, WG_SLOT_SURGE_HOURS + WG_ROLE_TEAM, COMMUNITIES), 0.5 * 6 / 15, 1e-15);
  const wg_lever_value *v = wg_lever_at(&t->s, WG_SLOT_OFFICERS_PER_GRID, COMMUNITIES);
  assert_float_equal(v->value, 3.0, 1e-15);
  assert_float_equal(v->weight, 9.0 / 15, 1e-15);
  close_scene(t);
}

// ---- adoption ----

static void expect_days(const scene *t, const wg_date expected[COMMUNITIES]) {
  for (uint32_t c = 0; c < COMMUNITIES; c++)
    assert_int_equal(wg_adoption_day(&t->s, 0, c), expected[c]);
}

static const effect small = {WG_LEVER_SURGE_HOURS, WG_ROLE_TEAM, 0.1};

static void pilots_come_first_and_names_in_order(void **state) {
  (void)state;
  scene *t = open_scene();
  add(t, &steady, &small, JANUARY, 1.0);
  static const char *const pilots[] = {"904"};
  int64_t codes[] = {900, 901, 902, 903, 904, 905};
  t->world.place_codes = codes;
  t->world.place_code_count = 6;
  t->rollouts[0] =
      (wg_policy_rollout){.pilots = {1, pilots}, .after_months = 1, .communities_per_month = 2, .order = WG_ORDER_NAME};
  assert_int_equal(wg_adoption_create(&t->world, &t->plan, &t->error), WG_OK);
  // By bytes: 丙 (e4b899) < 乙 (e4b999) < 戊 (e6888a) < 甲 (e794b2).
  expect_days(t, (const wg_date[]){FEBRUARY, MARCH, FEBRUARY, JANUARY, MARCH});
  t->world.place_codes = NULL;
  close_scene(t);
}

static void turns_by_need_follow_what_is_filed(void **state) {
  (void)state;
  scene *t = open_scene();
  add(t, &steady, &small, FEBRUARY, 1.0);
  t->rollouts[0].communities_per_month = 2;
  t->scopes[0].kind = WG_SCOPE_ALL;
  assert_int_equal(wg_adoption_create(&t->world, &t->plan, &t->error), WG_OK);
  const wg_date w = WG_ADOPTION_WAITING;
  expect_days(t, (const wg_date[]){w, w, w, w, w});
  // Cases per resident: 0.1, 0.05, 0.2, 0.2, 0.02; ties go by code.
  const uint32_t filed[COMMUNITIES] = {10, 10, 60, 80, 10};
  for (int c = 0; c < COMMUNITIES; c++)
    wg_communities(&t->s)[c].filed_year = filed[c];
  t->world.month = wg_date_month(JANUARY);
  assert_int_equal(wg_adoption_advance(&t->world, &t->plan, &t->error), WG_OK);
  expect_days(t, (const wg_date[]){w, w, FEBRUARY, FEBRUARY, w});
  wg_communities(&t->s)[4].filed_year = 500; // what is filed later counts for later turns
  t->world.month++;
  assert_int_equal(wg_adoption_advance(&t->world, &t->plan, &t->error), WG_OK);
  expect_days(t, (const wg_date[]){MARCH, w, FEBRUARY, FEBRUARY, MARCH});
  close_scene(t);
}

static void a_share_is_drawn_for_the_policy(void **state) {
  (void)state;
  int chosen = 0, differ = 0;
  for (int seed = 0; seed < 200; seed++) {
    scene *t = open_scene();
    t->world.luck = wg_luck_make((uint64_t)seed, 0);
    add(t, &steady, &small, JANUARY, 1.0);
    add(t, &second, &small, JANUARY, 1.0);
    t->scopes[0].share = t->scopes[1].share = 0.4;
    assert_int_equal(wg_adoption_create(&t->world, &t->plan, &t->error), WG_OK);
    for (uint32_t c = 0; c < COMMUNITIES; c++) {
      chosen += wg_adoption_day(&t->s, 0, c) == JANUARY;
      differ += wg_adoption_day(&t->s, 0, c) != wg_adoption_day(&t->s, 1, c);
    }
    close_scene(t);
  }
  // Of 1,000, 400 expected, standard deviation 15.5, and 480 that differ (15.8): five of them are beyond chance (6e-7).
  assert_in_range(chosen, 400 - 78, 400 + 78);
  assert_in_range(differ, 480 - 79, 480 + 79);
}

static void unknown_codes_are_refused(void **state) {
  (void)state;
  wg_world world = {0};
  int64_t codes[] = {900, 901, 905};
  world.place_codes = codes;
  world.place_code_count = 3;
  assert_true(wg_world_has_place(&world, 900) && wg_world_has_place(&world, 901) && wg_world_has_place(&world, 905));
  assert_false(wg_world_has_place(&world, 899) || wg_world_has_place(&world, 902) || wg_world_has_place(&world, 906));
}

static void slots_have_names(void **state) {
  (void)state;
  char code[64], label[96];
  wg_slot_code(WG_SLOT_CLERICAL_LOAD + WG_ROLE_COMMITTEE, code);
  assert_string_equal(code, "clerical_load.committee");
  wg_slot_label(WG_SLOT_NEED_RATE + WG_ORDER, label);
  assert_string_equal(label, "需求率·社会治安网");
  wg_slot_code(WG_SLOT_LIGHT_CASES, code);
  assert_string_equal(code, "light_cases");
  for (uint32_t slot = 0; slot < WG_SLOT_COUNT; slot++)
    assert_true(wg_levers[wg_slot_lever(slot)].slot <= slot);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(without_policies_all_is_neutral),
      cmocka_unit_test(rules_combine),
      cmocka_unit_test(order_never_shows),
      cmocka_unit_test(replacing_takes_one_value),
      cmocka_unit_test(beyond_its_bounds_is_refused),
      cmocka_unit_test(too_many_moves_are_refused),
      cmocka_unit_test(dates_and_ramps_make_segments),
      cmocka_unit_test(effects_may_change_with_time),
      cmocka_unit_test(the_whole_is_a_weighted_mean),
      cmocka_unit_test(pilots_come_first_and_names_in_order),
      cmocka_unit_test(turns_by_need_follow_what_is_filed),
      cmocka_unit_test(a_share_is_drawn_for_the_policy),
      cmocka_unit_test(unknown_codes_are_refused),
      cmocka_unit_test(slots_have_names),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
