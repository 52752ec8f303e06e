// SPDX-License-Identifier: GPL-3.0-or-later
// Continuing services: who is enrolled, who waits, who goes without, and what is counted of it, by hand; then the stock of
// enrolments against M/G/infinity and the waiting list against the recursion of Kiefer and Wolfowitz.
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/maths.h"
#include "mechanism/books.h"
#include "mechanism/care_account.h"
#include "mechanism/continuing.h"
#include "model/case_params.h"
#include "model/departure.h"
#include "model/enrolment.h"
#include "model/need_volume.h"
#include "model/relocation.h"
#include "model/trust.h"
#include "schema/arena.h"
#include "schema/literal.h"
#include "schema/purpose.h"
#include "synthesis/staffing.h"
#include "tiny_subdistrict.h"

enum { FIRST = 15000, MONTH = 30, THIS_MONTH = 2011 * 12, PEOPLE = 200 };

typedef struct scene {
  wg_config *config;
  wg_arena arena;
  wg_world world;
  wg_subdistrict s;
  wg_context context;
  wg_error error;
  uint32_t needs; // opened so far
} scene;

static void set(scene *t, const char *path, const char *text) {
  wg_value value;
  wg_message problem = {0};
  assert_int_equal(wg_literal_parse(text, &t->arena, &value, &problem), WG_OK);
  if (wg_config_set(t->config, path, &value, "test.cfg:1", true, &t->error))
    fail_msg("%s", t->error.text);
}

static scene *configure(void) {
  static const wg_param_group *const groups[] = {&wg_scenario_group, &wg_run_group,          &wg_output_group,
                                                 &wg_service_group,  &wg_desk_kind_group,    &wg_needs_group,
                                                 &wg_trust_group,    &wg_verification_group, &wg_escalation_group};
  static const char *const settings[] = {"run.start",
                                         "\"2011-01-26\"",
                                         "run.end",
                                         "\"2012-01-01\"",
                                         "desks.team.label",
                                         "\"team\"",
                                         "desks.team.area",
                                         "\"community\"",
                                         "desks.team.minutes",
                                         "480",
                                         "desks.team.clerical_share",
                                         "0.0",
                                         "desks.team.turnover",
                                         "0.0",
                                         "desks.team.leave_days",
                                         "0.0",
                                         "desks.team.training_days",
                                         "0.0",
                                         "desks.team.care_share",
                                         "0.25",
                                         "services.care.label",
                                         "\"care\"",
                                         "services.care.network",
                                         "\"social\"",
                                         "services.care.carrier",
                                         "\"resident\"",
                                         "services.care.mix",
                                         "1.0",
                                         "services.care.limit",
                                         "9",
                                         "services.care.limit_unit",
                                         "\"days\"",
                                         "services.care.self_report",
                                         "1.0",
                                         "services.care.work_minutes",
                                         "60.0",
                                         "services.care.desks",
                                         "[\"team\"]",
                                         "services.care.takes",
                                         "[1.0]",
                                         "services.care.course",
                                         "\"continuing\"",
                                         "services.care.care_minutes_week",
                                         "200",
                                         "services.care.care_days",
                                         "10000.0",
                                         NULL};
  scene *t = calloc(1, sizeof *t);
  assert_non_null(t);
  if (wg_config_create(groups, sizeof groups / sizeof *groups, &t->config, &t->error))
    fail_msg("%s", t->error.text);
  for (const char *const *setting = settings; *setting; setting += 2)
    set(t, setting[0], setting[1]);
  return t;
}

static void call(scene *t, void (*hook)(wg_context *)) {
  hook(&t->context);
  if (t->error.code)
    fail_msg("%s", t->error.text);
}

static void begin_month(scene *t) {
  wg_subdistrict *s = &t->s;
  s->month_first = t->context.today;
  s->month_last = s->month_first + MONTH - 1;
  assert_int_equal(wg_agenda_begin(s, 2000, &t->error), WG_OK);
  assert_int_equal(wg_enrolments_reserve(s, 2000, &t->error), WG_OK);
  call(t, wg_continuing.month_start);
  call(t, wg_books.month_start);
  call(t, wg_care_account.month_start);
}

// One desk of 480 minutes a day, a quarter of them for care: 600 minutes a week, three places of 200.
static void begin(scene *t) {
  wg_world *w = &t->world;
  wg_subdistrict *s = &t->s;
  *w = (wg_world){.config = t->config, .subdistricts = s, .subdistrict_count = 1, .month = THIS_MONTH};
  w->run = wg_config_get(t->config, &wg_run_group);
  w->luck = wg_luck_make(1, 0);
  if (wg_catalogue_resolve(t->config, &w->catalogue, &t->error))
    fail_msg("%s", t->error.text);
  tiny_create(s, w->catalogue.service_count);
  s->continuing_services = 1;
  assert_int_equal(wg_world_staff(w, &t->error), WG_OK);
  wg_care_limit(wg_desks(s), 0.25);
  for (uint32_t i = 0; i < PEOPLE; i++) {
    const uint32_t home = i % 4 ? i / 4 : wg_household_found(s, 500 + i, i % 8 ? 1 : 0, WG_FAMILY);
    wg_resident_join(s, 1000 + i, home, THIS_MONTH - 12 * 70, 0, 30000, 30000, THIS_MONTH);
  }
  t->context = (wg_context){.world = w, .s = s, .month = THIS_MONTH, .today = FIRST, .error = &t->error};
  s->today = FIRST;
  begin_month(t);
}

static scene *open_scene(void) {
  scene *t = configure();
  begin(t);
  return t;
}

static void close_scene(scene *t) {
  wg_subdistrict_free(&t->s);
  wg_config_free(t->config);
  wg_arena_free(&t->arena);
  free(t);
}

// A case of the resident's that has been handled today; the queue has it at `key`.
static uint32_t handle(scene *t, uint32_t resident, uint64_t key) {
  wg_subdistrict *s = &t->s;
  const uint32_t row = wg_need_open(s);
  wg_need *n = wg_needs(s) + row;
  n->identity = wg_identity_make(++t->needs, 7, WG_PURPOSE_IDENTITY_NEED);
  n->key = key;
  n->arose = n->filed = (uint16_t)t->context.today;
  n->due = n->legal_due = (uint16_t)(t->context.today + 9);
  n->group = wg_need_group(15, wg_resident_registration(wg_residents(s) + resident), false);
  n->handler = n->desk = 0;
  wg_need_attach(s, row, resident);
  wg_ledger_open(s, n);
  wg_need_resolve(s, row);
  return row;
}

// From the morning, when care is taken out of the desk's hours, to the evening's books.
static void live(scene *t) {
  const bool works = (t->context.today - FIRST) % 7 < 5;
  t->s.today = t->context.today;
  wg_desk *desk = wg_desks(&t->s);
  const uint64_t before = desk->minutes_care;
  wg_care_take(&t->s, 0, works);
  assert_true(desk->minutes_care - before <= desk->minutes);
  call(t, wg_continuing.day);
  assert_int_equal(t->s.decided_list, WG_NO_ROW);
  call(t, wg_books.day);
  call(t, wg_care_account.day);
  assert_true(desk->care_served <= 5 * desk->care_most);
  if (t->context.today == t->s.month_last) {
    call(t, wg_books.month_end);
    call(t, wg_care_account.month_end);
    wg_departed_free(&t->s);
    t->context.today++;
    begin_month(t);
  } else {
    t->context.today++;
  }
}

static const wg_care_tally *tally(const scene *t) {
  return wg_care_tallies(&t->s);
}

static wg_enrolment *of_resident(const scene *t, uint32_t resident) {
  for (uint32_t row = 0; row < wg_enrolments_count(&t->s); row++)
    if (wg_enrolments(&t->s)[row].identity && !wg_enrolments(&t->s)[row].over &&
        wg_enrolments(&t->s)[row].resident == resident)
      return wg_enrolments(&t->s) + row;
  return NULL;
}

static void end_on(scene *t, uint32_t resident, wg_date day) {
  wg_enrolment *e = of_resident(t, resident);
  e->ends = (uint16_t)day;
  wg_enrolment_schedule(&t->s, (uint32_t)(e - wg_enrolments(&t->s)));
}

// ---- by hand ----

static void places_are_filled_in_the_order_of_the_queue(void **state) {
  (void)state;
  scene *t = open_scene();
  static const uint64_t keys[] = {50, 20, 40, 10, 30};
  for (uint32_t i = 0; i < 5; i++)
    handle(t, i, keys[i]);
  live(t);
  assert_int_equal(tally(t)->enrolled, 3);
  assert_int_equal(tally(t)->waiting, 2);
  assert_non_null(of_resident(t, 3));
  assert_non_null(of_resident(t, 1));
  assert_non_null(of_resident(t, 4));
  assert_int_equal(wg_tallies(&t->s)->met_on_time, 3);
  assert_int_equal(t->s.open_needs, 2);
  assert_int_equal(tally(t)->days_needed, 5);
  assert_int_equal(tally(t)->days_served, 3);
  live(t);
  end_on(t, 1, t->context.today);
  live(t);
  assert_null(of_resident(t, 1));
  assert_non_null(of_resident(t, 2)); // of key 40, before that of 50
  assert_int_equal(tally(t)->need_over, 1);
  assert_int_equal(tally(t)->begun, 4);
  assert_int_equal(tally(t)->enrolled, 3);
  assert_int_equal(tally(t)->days_needed, 5 + 5 + 4);
  assert_int_equal(tally(t)->days_served, 9);
  // The waiting list is in the order of keys too; the places are taken.
  handle(t, 5, 1);
  live(t);
  assert_null(of_resident(t, 5));
  assert_int_equal(wg_needs(&t->s)[wg_desks(&t->s)->waiting_list].key, 1);
  assert_int_equal(tally(t)->waiting, 2);
  close_scene(t);
}

static void a_week_of_care_takes_its_minutes_exactly(void **state) {
  (void)state;
  scene *t = configure();
  set(t, "services.care.care_minutes_week", "33");
  begin(t);
  for (uint32_t i = 0; i < 30; i++)
    handle(t, i, i);
  live(t); // enrolled in the evening: 18 of 33 minutes are 594 of 600
  assert_int_equal(tally(t)->enrolled, 18);
  assert_int_equal(wg_desks(&t->s)->minutes_care, 0);
  while ((t->context.today - FIRST) % 7)
    live(t);
  for (int week = 0; week < 3; week++) {
    const uint64_t before = wg_desks(&t->s)->minutes_care;
    for (int day = 0; day < 7; day++)
      live(t);
    assert_int_equal(wg_desks(&t->s)->minutes_care - before, 18 * 33);
  }
  close_scene(t);
}

static void who_came_last_goes_without_first(void **state) {
  (void)state;
  scene *t = open_scene();
  for (uint32_t i = 0; i < 3; i++) {
    handle(t, i, i);
    live(t);
  }
  wg_desk *desk = wg_desks(&t->s);
  assert_int_equal(tally(t)->enrolled, 3);
  const uint64_t served = tally(t)->days_served, needed = tally(t)->days_needed;
  desk->minutes = 240; // 60 a day for care: 300 a week, one place
  wg_care_limit(desk, 0.25);
  const uint64_t minutes = desk->minutes_care;
  live(t);
  assert_int_equal(tally(t)->days_served - served, 1);
  assert_int_equal(tally(t)->days_needed - needed, 3);
  assert_int_equal(desk->minutes_care - minutes, 40);
  assert_int_equal(of_resident(t, 0)->unserved, 0);
  assert_int_equal(of_resident(t, 1)->unserved, 1);
  assert_int_equal(of_resident(t, 2)->unserved, 1);
  handle(t, 3, 0); // nobody is taken in while hours fall short
  live(t);
  assert_int_equal(tally(t)->waiting, 1);
  // The first leaves: the second is served from the next morning on.
  end_on(t, 0, t->context.today);
  live(t);
  live(t);
  assert_int_equal(of_resident(t, 1)->unserved, 0);
  assert_int_equal(of_resident(t, 2)->unserved, 1);
  desk->minutes = 480;
  wg_care_limit(desk, 0.25);
  live(t);
  assert_int_equal(tally(t)->unserved, 0);
  assert_int_equal(tally(t)->enrolled, 3); // the one who waited has the third place
  close_scene(t);
}

static void death_ends_it_and_a_move_nearby_does_not(void **state) {
  (void)state;
  scene *t = open_scene();
  for (uint32_t i = 0; i < 4; i++)
    handle(t, 4 * i, i);
  live(t);
  wg_resident_die(&t->s, 0, THIS_MONTH);
  live(t);
  assert_int_equal(tally(t)->gone, 1);
  assert_non_null(of_resident(t, 12)); // has the place
  // Resident 4 moves to a household of the other grid.
  const wg_going going = {.rows = {4}, .count = 1};
  uint32_t rows[1];
  const uint32_t home = wg_residents(&t->s)[20].household;
  assert_int_equal(wg_members_relocate(&t->s, &going, &t->s, home, WG_MOVE_HOUSING, THIS_MONTH, rows, &t->error),
                   WG_OK);
  assert_null(of_resident(t, 4));
  assert_non_null(of_resident(t, rows[0]));
  assert_true(wg_residents(&t->s)[rows[0]].traits & WG_TRAIT_ENROLLED);
  assert_true(wg_continuing_has(&t->s, rows[0], 0));
  wg_resident_move_out(&t->s, rows[0], WG_MOVE_FAMILY, THIS_MONTH);
  live(t);
  assert_int_equal(tally(t)->gone, 2);
  assert_int_equal(tally(t)->enrolled, 2);
  close_scene(t);
}

static void change_registration(scene *t, uint32_t resident, wg_registration to) {
  wg_resident *r = wg_residents(&t->s) + resident;
  wg_resident_change(&t->s, resident, wg_trait_with_registration(r->traits, to), THIS_MONTH);
}

static void eligibility_is_by_registration_and_reviewed(void **state) {
  (void)state;
  scene *t = configure();
  set(t, "services.care.eligible", "[1.0, 0.0, 0.0]");
  set(t, "services.care.review_months", "1");
  set(t, "services.care.review_minutes", "25");
  begin(t);
  change_registration(t, 8, WG_REGISTERED_OUTSIDE);
  wg_residents(&t->s)[1].traits = wg_trait_with_care(wg_residents(&t->s)[1].traits, WG_CARE_CHRONIC);
  for (uint32_t i = 0; i < 3; i++)
    handle(t, i, i);
  handle(t, 8, 0);
  live(t);
  assert_int_equal(tally(t)->enrolled, 3);
  assert_int_equal(wg_tallies(&t->s)->refused, 1);
  assert_int_equal(wg_tallies(&t->s)->unmet_not_eligible, 1);
  assert_true(wg_continuing_has(&t->s, 0, 0));
  assert_false(wg_continuing_has(&t->s, 8, 0));
  change_registration(t, 0, WG_REGISTERED_ELSEWHERE);
  wg_residents(&t->s)[1].traits = wg_trait_with_care(wg_residents(&t->s)[1].traits, WG_CARE_NONE);
  for (int day = 1; day < 30; day++)
    live(t);
  assert_int_equal(tally(t)->enrolled, 3);
  live(t); // 30 days after
  assert_int_equal(tally(t)->enrolled, 1);
  assert_int_equal(tally(t)->reviewed_out, 2);
  assert_int_equal(wg_desks(&t->s)->care_owed, 3 * 25);
  assert_non_null(of_resident(t, 2));
  assert_int_equal(of_resident(t, 2)->review, FIRST + 60);
  while (wg_desks(&t->s)->care_owed)
    live(t);
  close_scene(t);
}

static void without_a_share_nobody_is_enrolled(void **state) {
  (void)state;
  scene *t = open_scene();
  wg_care_limit(wg_desks(&t->s), 0.0);
  for (uint32_t i = 0; i < 5; i++)
    handle(t, i, i);
  for (int day = 0; day < 20; day++)
    live(t);
  assert_int_equal(tally(t)->waiting, 5);
  assert_int_equal(tally(t)->days_served, 0);
  assert_int_equal(tally(t)->days_needed, 100);
  close_scene(t);
}

static void places_cannot_be_enrolled(void **state) {
  (void)state;
  scene *t = configure();
  set(t, "services.care.carrier", "\"grid\"");
  assert_int_equal(wg_catalogue_resolve(t->config, &t->world.catalogue, &t->error), WG_FAIL_CONFIG);
  assert_non_null(strstr(t->error.text, "services.care.course"));
  wg_config_free(t->config);
  wg_arena_free(&t->arena);
  free(t);
}

// ---- against closed forms ----

enum { DAYS = 20000, PLACES = 10 };

static uint32_t arrivals(wg_draw *draw, double mean) {
  return wg_poisson_invert(mean, wg_draw_unit(draw));
}

// With room for all, enrolments are M/G/infinity: the mean number is rate x mean length, whatever the law of lengths. Lengths are
// 1 + floor(exponential). The mean over DAYS has a standard error of sqrt(2 x 41 x 20.5 / DAYS) = 0.29; the bound is six of
// them (false alarm 2e-9): a rate or length that is wrong by a twelfth is found with certainty.
static void with_room_for_all_the_stock_is_rate_times_length(void **state) {
  (void)state;
  scene *t = configure();
  set(t, "services.care.care_minutes_week", "1");
  set(t, "services.care.care_days", "20.0");
  begin(t);
  wg_draw draw = wg_draw_open(wg_luck_make(5, 0), 1, 0, 1, 0);
  uint64_t sum = 0;
  for (int day = -400; day < DAYS; day++) {
    for (uint32_t k = arrivals(&draw, 2.0); k; k--)
      handle(t, t->needs % PEOPLE, t->needs);
    live(t);
    sum += day >= 0 ? tally(t)->enrolled : 0;
  }
  const double length = 1.0 + 1.0 / (exp(1.0 / 20.0) - 1.0);
  assert_true(fabs((double)sum / DAYS - 2.0 * length) < 6.0 * sqrt(2.0 * 2.0 * length * length / DAYS));
  close_scene(t);
}

// With ten places, each starts on the day on which it comes or, if later, on which the first place is free: an independent
// recursion over arrivals and lengths, case by case, no chance involved.
static void with_few_places_each_waits_as_long_as_it_must(void **state) {
  (void)state;
  scene *t = configure();
  set(t, "services.care.care_minutes_week", "60");
  set(t, "services.care.care_days", "20.0");
  begin(t);
  wg_draw draw = wg_draw_open(wg_luck_make(6, 0), 1, 0, 1, 0);
  wg_date free_from[PLACES] = {0};
  uint64_t waited = 0, waits = 0, cases = 0;
  // What the recursion says of how many begin on each day.
  static uint32_t begin_on[DAYS + 4000], begun[DAYS + 4000];
  memset(begin_on, 0, sizeof begin_on);
  memset(begun, 0, sizeof begun);
  for (int day = 0; day < DAYS; day++) {
    for (uint32_t k = arrivals(&draw, 0.44); k; k--, cases++) {
      handle(t, t->needs % PEOPLE, t->needs);
      const wg_enrolment terms = wg_enrolment_terms(
          &t->world, &t->s, wg_identity_make(t->needs, 7, WG_PURPOSE_IDENTITY_NEED), 0, 0, 0, 0, FIRST);
      uint32_t first = 0;
      for (uint32_t p = 1; p < PLACES; p++)
        first = free_from[p] < free_from[first] ? p : first;
      const wg_date start = free_from[first] > day ? free_from[first] : day;
      free_from[first] = start + (terms.ends - terms.since);
      waited += (uint32_t)(start - day);
      waits += start > day;
      assert_true(start < DAYS + 4000);
      begin_on[start]++;
    }
    const uint64_t entered = tally(t)->entered;
    live(t);
    begun[day] = (uint32_t)(tally(t)->entered - entered);
    assert_true(tally(t)->enrolled <= PLACES);
    assert_int_equal(begun[day], begin_on[day]);
  }
  assert_true(cases > 8000 && waits > cases / 5 && waited > 2 * cases);
  close_scene(t);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(places_are_filled_in_the_order_of_the_queue),
      cmocka_unit_test(a_week_of_care_takes_its_minutes_exactly),
      cmocka_unit_test(who_came_last_goes_without_first),
      cmocka_unit_test(death_ends_it_and_a_move_nearby_does_not),
      cmocka_unit_test(eligibility_is_by_registration_and_reviewed),
      cmocka_unit_test(without_a_share_nobody_is_enrolled),
      cmocka_unit_test(places_cannot_be_enrolled),
      cmocka_unit_test(with_room_for_all_the_stock_is_rate_times_length),
      cmocka_unit_test(with_few_places_each_waits_as_long_as_it_must),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
