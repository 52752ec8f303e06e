// SPDX-License-Identifier: GPL-3.0-or-later
// Posts and hours of desks: turnover against the closed forms of a renewal process, hours that add up in whole minutes.
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/lever_plan.h"
#include "mechanism/workforce.h"
#include "model/lever.h"
#include "model/post.h"
#include "synthesis/staffing.h"
#include "tiny_subdistrict.h"

// 2011-01-01.
enum { START = 14975, FIRST_MONTH = 2011 * 12 };

// Of a normal law, one false alarm in 1e9.
static const double Z = 6.11;

typedef struct scene {
  wg_config *config;
  wg_world world;
  wg_subdistrict s;
  wg_context context;
  wg_error error;
  uint64_t seed;
} scene;

static void set(scene *t, const char *path, wg_value value) {
  if (wg_config_set(t->config, path, &value, "test.cfg:1", true, &t->error))
    fail_msg("%s", t->error.text);
}

static void set_text(scene *t, const char *path, const char *text) {
  set(t, path, (wg_value){.kind = WG_VALUE_TEXT, .text = text});
}

static void set_real(scene *t, const char *key, double real) {
  char path[64];
  snprintf(path, sizeof path, "desks.team.%s", key);
  set(t, path, (wg_value){.kind = WG_VALUE_REAL, .real = real});
}

static void set_minutes(scene *t, int64_t minutes) {
  set(t, "desks.team.minutes", (wg_value){.kind = WG_VALUE_INT, .integer = minutes});
}

// One kind of desk whose people never leave, know it all and lose no hours.
static scene *open_scene(const char *area) {
  static const wg_param_group *const groups[] = {&wg_scenario_group, &wg_run_group, &wg_output_group, &wg_service_group,
                                                 &wg_desk_kind_group};
  static const char *const none[] = {"clerical_share", "turnover",    "leave_days",
                                     "training_days",  "travel_loss", "novice_loss"};
  scene *t = calloc(1, sizeof *t);
  assert_non_null(t);
  t->seed = 1;
  if (wg_config_create(groups, sizeof groups / sizeof *groups, &t->config, &t->error))
    fail_msg("%s", t->error.text);
  set_text(t, "run.start", "2011-01-01");
  set_text(t, "run.end", "2111-01-01");
  const wg_value team = {.kind = WG_VALUE_TEXT, .text = "team"}, all = {.kind = WG_VALUE_REAL, .real = 1.0};
  set_text(t, "services.litter.label", "litter");
  set_text(t, "services.litter.network", "city");
  set_text(t, "services.litter.carrier", "grid");
  set(t, "services.litter.mix", all);
  set(t, "services.litter.limit", (wg_value){.kind = WG_VALUE_INT, .integer = 1});
  set(t, "services.litter.self_report", all);
  set(t, "services.litter.work_minutes", all);
  set(t, "services.litter.desks", (wg_value){.kind = WG_VALUE_LIST, .items = &team, .count = 1});
  set(t, "services.litter.takes", (wg_value){.kind = WG_VALUE_LIST, .items = &all, .count = 1});
  set_text(t, "desks.team.label", "team");
  set_text(t, "desks.team.area", area);
  set_text(t, "desks.team.role", "officers");
  for (size_t i = 0; i < sizeof none / sizeof *none; i++)
    set_real(t, none[i], 0.0);
  return t;
}

static void begin(scene *t) {
  t->world = (wg_world){.config = t->config, .subdistricts = &t->s, .subdistrict_count = 1};
  t->world.run = wg_config_get(t->config, &wg_run_group);
  t->world.luck = wg_luck_make(t->seed, 0);
  if (wg_calendar_create(START - 366, START + 101 * 366, NULL, 0, NULL, 0, &t->world.calendar, &t->error) ||
      wg_catalogue_resolve(t->config, &t->world.catalogue, &t->error))
    fail_msg("%s", t->error.text);
  tiny_create(&t->s, 1);
  t->s.name = "试";
  if (wg_world_staff(&t->world, &t->error))
    fail_msg("%s", t->error.text);
  t->context = (wg_context){.world = &t->world, .s = &t->s, .error = &t->error};
}

static void end(scene *t) {
  wg_subdistrict_free(&t->s);
  wg_calendar_free(&t->world.calendar);
  wg_config_free(t->config);
  free(t);
}

static void start_month(scene *t, uint32_t n) {
  static const wg_policy_plan no_policies = {0};
  t->world.month = t->context.month = FIRST_MONTH + (wg_month)n;
  assert_int_equal(wg_levers_resolve(&t->world, &no_policies, t->world.month, &t->s, &t->error), WG_OK);
  t->context.today = t->s.month_first;
}

// From `day` of the month on, instead of what holds before: a second segment, to be set.
static void split_month(scene *t, uint8_t day) {
  wg_subdistrict *s = &t->s;
  const uint32_t rows = wg_lever_values_count(s);
  assert_int_equal(wg_table_reserve(&s->tables[WG_TABLE_LEVER], (uint64_t)rows * 2, &t->error), WG_OK);
  memcpy(wg_lever_values(s) + rows, wg_lever_values(s), rows * sizeof *wg_lever_values(s));
  s->tables[WG_TABLE_LEVER].count = 2 * rows;
  s->segment_first[2] = s->segment_first[1];
  s->segment_first[1] = day;
  s->segment_count = 2;
}

static void set_lever(scene *t, uint32_t segment, uint32_t slot, double value, double weight) {
  for (uint32_t c = 0; c <= wg_communities_count(&t->s); c++)
    *wg_lever_in(&t->s, segment, slot, c) = (wg_lever_value){.value = value, .weight = weight};
}

static void open_month(scene *t) {
  wg_workforce.month_start(&t->context);
  if (t->error.code)
    fail_msg("%s", t->error.text);
}

// Lives the month's days; returns the number of working days.
static uint32_t live_days(scene *t) {
  uint32_t worked = 0;
  for (; t->context.today <= t->s.month_last; t->context.today++) {
    wg_levers_advance(&t->s, t->context.today);
    worked += wg_calendar_works(&t->world.calendar, t->context.today);
    wg_workforce.day(&t->context);
    if (t->error.code)
      fail_msg("%s", t->error.text);
  }
  wg_workforce.month_end(&t->context);
  return worked;
}

static uint64_t lost(const scene *t, uint32_t desk, wg_loss loss) {
  return wg_lost(&t->s)[desk * WG_LOSS_COUNT + loss].minutes;
}

static uint64_t all_lost(const scene *t, uint32_t desk) {
  uint64_t sum = 0;
  for (uint32_t loss = 0; loss < WG_LOSS_COUNT; loss++)
    sum += lost(t, desk, (wg_loss)loss);
  return sum;
}

static uint32_t filled(const scene *t, const wg_desk *desk) {
  uint32_t count = 0;
  for (uint32_t row = desk->first_post; row != WG_NO_ROW; row = wg_posts(&t->s)[row].next)
    count += wg_post_filled(wg_posts(&t->s) + row);
  return count;
}

// ---- hours ----

static void without_losses_hours_are_staff_times_minutes(void **state) {
  (void)state;
  for (uint32_t centi = 0; centi <= 400; centi += 7) {
    scene *t = open_scene("grid");
    set_real(t, "staff", centi / 100.0);
    set_real(t, "clerical_share", 0.25);
    set_minutes(t, 457);
    begin(t);
    start_month(t, 0);
    open_month(t);
    const wg_desk *desk = wg_desks(&t->s);
    assert_int_equal(desk->staff_centi, centi);
    assert_int_equal(desk->filled_centi, centi);
    assert_int_equal(desk->minutes, (uint64_t)centi * 457 * 3 / 400);
    assert_int_equal(desk->experience, 65536);
    const uint32_t days = live_days(t);
    assert_int_equal(days, 21);
    assert_int_equal(desk->minutes_available, 21 * ((uint64_t)centi * 457 * 3 / 400));
    assert_int_equal(desk->staff_days, 31 * centi);
    assert_int_equal(lost(t, 0, WG_LOSS_OFFICE), all_lost(t, 0));
    assert_int_equal(desk->hired + desk->left, 0);
    end(t);
  }
}

// Twenty working days of 400 minutes of four people, by hand.
static void losses_follow_one_another(void **state) {
  (void)state;
  scene *t = open_scene("subdistrict");
  set_real(t, "staff", 4.0);
  set_real(t, "leave_days", 25.0);
  set_real(t, "training_days", 25.0);
  set_real(t, "clerical_share", 0.25);
  set_minutes(t, 400);
  begin(t);
  start_month(t, 1); // February
  set_lever(t, 0, WG_SLOT_SURGE_HOURS + WG_ROLE_OFFICERS, 0.5, 0.0);
  open_month(t);
  assert_int_equal(live_days(t), 20);
  assert_int_equal(wg_desks(&t->s)->minutes_posts, 20 * 1600);
  assert_int_equal(lost(t, 0, WG_LOSS_VACANCY), 0);
  assert_int_equal(lost(t, 0, WG_LOSS_LEAVE), 20 * 160);
  assert_int_equal(lost(t, 0, WG_LOSS_TRAINING), 20 * 160);
  assert_int_equal(lost(t, 0, WG_LOSS_OFFICE), 20 * 320);
  assert_int_equal(lost(t, 0, WG_LOSS_DUTY), 20 * 480);
  assert_int_equal(lost(t, 0, WG_LOSS_TRAVEL), 0);
  assert_int_equal(wg_desks(&t->s)->minutes_available, 20 * 480);
  end(t);
}

// Half an officer: two grids, one beyond the first. A policy's half is the configuration's.
static void shared_officers_lose_time_on_the_way(void **state) {
  (void)state;
  static const struct {
    uint32_t centi;
    double share;
  } cases[] = {{200, 0.0}, {100, 0.0}, {50, 0.25}, {25, 0.75}, {20, 1.0}, {10, 1.0}, {0, 0.0}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    for (int by_policy = 0; by_policy < 2; by_policy++) {
      scene *t = open_scene("grid");
      set_real(t, "staff", by_policy ? 1.0 : cases[i].centi / 100.0);
      set_real(t, "travel_loss", 0.25);
      begin(t);
      start_month(t, 0);
      set_lever(t, 0, WG_SLOT_OFFICERS_PER_GRID, cases[i].centi / 100.0, by_policy);
      open_month(t);
      const double hours = 480.0 * cases[i].centi / 100.0;
      assert_int_equal(wg_desks(&t->s)->minutes, (uint32_t)(hours * (1.0 - cases[i].share)));
      end(t);
    }
  // Wider desks have their grids to begin with.
  scene *t = open_scene("community");
  set_real(t, "staff", 0.5);
  set_real(t, "travel_loss", 0.25);
  begin(t);
  start_month(t, 0);
  open_month(t);
  assert_int_equal(wg_desks(&t->s)->minutes, 240);
  end(t);
}

// All losses at once, in awkward sizes, with staff that changes inside months.
static void hours_add_up_in_whole_minutes(void **state) {
  (void)state;
  scene *t = open_scene("grid");
  set_real(t, "staff", 0.37);
  set_minutes(t, 437);
  set_real(t, "leave_days", 13.3);
  set_real(t, "training_days", 7.7);
  set_real(t, "clerical_share", 0.317);
  set_real(t, "travel_loss", 0.13);
  set_real(t, "turnover", 3.0);
  set_real(t, "vacancy_months", 1.5);
  set_real(t, "novice_loss", 0.3);
  begin(t);
  uint32_t seen[WG_LOSS_COUNT] = {0}, people[2] = {filled(t, wg_desks(&t->s)), filled(t, wg_desks(&t->s) + 1)};
  for (uint32_t n = 0; n < 240; n++) {
    start_month(t, n);
    split_month(t, (uint8_t)(1 + n % 27));
    double staff[2];
    for (uint32_t segment = 0; segment < 2; segment++) {
      staff[segment] = (double)((n / 2 + segment) % 5) * 0.61;
      set_lever(t, segment, WG_SLOT_STAFF_ADDED + WG_ROLE_OFFICERS, staff[segment], 0.0);
      set_lever(t, segment, WG_SLOT_SURGE_HOURS + WG_ROLE_OFFICERS, (n % 3) * 0.217, 0.0);
    }
    open_month(t);
    const uint32_t rows = wg_posts_count(&t->s);
    uint32_t days[2] = {0};
    for (wg_date day = t->s.month_first; day <= t->s.month_last; day++)
      days[day >= t->s.month_first + t->s.segment_first[1]] += wg_calendar_works(&t->world.calendar, day);
    assert_int_equal(live_days(t), days[0] + days[1]);
    assert_int_equal(wg_posts_count(&t->s), rows); // none is opened during the month
    for (uint32_t d = 0; d < 2; d++) {
      const wg_desk *desk = wg_desks(&t->s) + d;
      uint64_t posts = 0;
      for (uint32_t segment = 0; segment < 2; segment++)
        posts += (uint64_t)((0.37 + staff[segment]) * 100.0 + 0.5) * 437 / 100 * days[segment];
      assert_int_equal(desk->minutes_posts, posts);
      assert_int_equal(desk->minutes_available + all_lost(t, d), posts);
      for (uint32_t loss = 0; loss < WG_LOSS_COUNT; loss++)
        seen[loss] += lost(t, d, (wg_loss)loss) > 0;
      assert_true(desk->filled_centi <= desk->staff_centi);
      // Who began and who left is the change of those who are there.
      assert_int_equal(people[d] + desk->hired - desk->left, filled(t, desk));
      people[d] = filled(t, desk);
    }
  }
  for (uint32_t loss = 0; loss < WG_LOSS_COUNT; loss++)
    assert_true(seen[loss] > 100);
  end(t);
}

// ---- turnover ----

static scene *open_turnover(uint64_t seed, double rate, double vacancy_months, double learning) {
  scene *t = open_scene("community");
  set_real(t, "staff", 1000.0);
  set_real(t, "turnover", rate);
  set_real(t, "vacancy_months", vacancy_months);
  set_real(t, "novice_loss", 1.0);
  set_real(t, "learning_months", learning);
  t->seed = seed;
  begin(t);
  return t;
}

typedef struct moments {
  double vacant, experience;
} moments;

// Means of a big desk over months `apart`, of which every one but the first begins anew for all that matters.
static moments observe(scene *t, uint32_t from, uint32_t times, uint32_t apart) {
  moments sum = {0};
  wg_desk *desk = wg_desks(&t->s);
  const double leave = t->world.catalogue.desk_kinds[0].params->turnover / 12.0;
  for (uint32_t n = 0; n < from + times * apart; n++) {
    wg_posts_turn_over(&t->s, desk, t->world.luck, FIRST_MONTH + (wg_month)n, leave,
                       t->world.catalogue.desk_kinds[0].params->vacancy_months);
    wg_posts_set(&t->s, desk, FIRST_MONTH + (wg_month)n);
    if (n < from || (n - from) % apart)
      continue;
    sum.vacant += 1.0 - (double)desk->filled_centi / desk->staff_centi;
    sum.experience += (double)wg_posts_experience(&t->s, desk, FIRST_MONTH + (wg_month)n, 1.0,
                                                  t->world.catalogue.desk_kinds[0].params->learning_months) /
                      65536.0;
  }
  return (moments){sum.vacant / times, sum.experience / times};
}

// Bounds are those of independent posts at 1e-9; they lie below 0.02, so that a month of vacancy too much shows.
// With p = rate / 12 and v months of vacancy: vacant p v / (1 + p v) = rate v / 12 / (1 + rate v / 12). A holder has served
// A >= k months with probability (1 - p)^k, so that exp(-A / L) has the mean p / (1 - (1 - p) exp(-1 / L)).
static void assert_steady(const moments *seen, double rate, double v, double learning, double observations) {
  const double p = rate / 12.0, q = p * v / (1.0 + p * v);
  const double mean = p / (1.0 - (1.0 - p) * exp(-1.0 / learning));
  const double square = p / (1.0 - (1.0 - p) * exp(-2.0 / learning));
  const double bound = Z * sqrt(q * (1.0 - q) / observations);
  if (fabs(seen->vacant - q) > bound)
    fail_msg("rate %g, %g months: %g are vacant instead of %g, allowed +- %g", rate, v, seen->vacant, q, bound);
  const double wide = Z * sqrt((square - mean * mean) / (observations * (1.0 - q) * 0.97)) + 1.0 / 65536.0;
  if (fabs(seen->experience - (1.0 - mean)) > wide)
    fail_msg("rate %g: experience %g instead of %g, allowed +- %g", rate, seen->experience, 1.0 - mean, wide);
}

// As people are drawn at the start, and three months later.
static void turnover_has_its_steady_state(void **state) {
  (void)state;
  enum { SEEDS = 20 };
  static const double rates[] = {0.24, 0.6, 3.0, 12.0}, vacancies[] = {0.0, 1.0, 2.5, 4.0};
  for (size_t r = 0; r < 4; r++)
    for (size_t v = 0; v < 4; v++) {
      moments start = {0}, later = {0};
      for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        scene *t = open_turnover(seed, rates[r], vacancies[v], 12.0);
        const wg_desk *desk = wg_desks(&t->s);
        start.vacant += (1.0 - (double)desk->filled_centi / desk->staff_centi) / SEEDS;
        start.experience += desk->experience / 65536.0 / SEEDS;
        const moments seen = observe(t, 2, 1, 1);
        later.vacant += seen.vacant / SEEDS;
        later.experience += seen.experience / SEEDS;
        end(t);
      }
      assert_steady(&start, rates[r], vacancies[v], 12.0, 1000.0 * SEEDS);
      assert_steady(&later, rates[r], vacancies[v], 12.0, 1000.0 * SEEDS);
    }
}

// From a start at which everybody had just begun.
static void turnover_reaches_its_steady_state(void **state) {
  (void)state;
  enum { TIMES = 40, APART = 24, WARM = 480 };
  static const double rates[] = {0.6, 3.0}, vacancies[] = {1.0, 2.5};
  for (size_t r = 0; r < 2; r++)
    for (size_t v = 0; v < 2; v++) {
      scene *t = open_turnover(1, rates[r], vacancies[v], 6.0);
      for (uint32_t row = 0; row < wg_posts_count(&t->s); row++) {
        wg_posts(&t->s)[row].since = FIRST_MONTH - 1;
        wg_posts(&t->s)[row].vacant_until = 0;
      }
      const moments seen = observe(t, WARM, TIMES, APART);
      assert_steady(&seen, rates[r], vacancies[v], 6.0, 1000.0 * TIMES);
      end(t);
    }
}

// Luck belongs to desk, post and month: at a higher rate those who leave at a lower one leave too, and another number of
// posts moves nobody's luck.
static void luck_is_the_posts_own(void **state) {
  (void)state;
  scene *low = open_turnover(1, 0.6, 2.0, 12.0), *high = open_turnover(1, 0.6, 2.0, 12.0);
  wg_desk *a = wg_desks(&low->s), *b = wg_desks(&high->s);
  wg_posts_turn_over(&low->s, a, low->world.luck, FIRST_MONTH, 0.05, 2.0);
  wg_posts_turn_over(&high->s, b, high->world.luck, FIRST_MONTH, 0.1, 2.0);
  for (uint32_t row = 0; row < wg_posts_count(&low->s); row++)
    if (wg_posts(&low->s)[row].vacant_until)
      assert_int_equal(wg_posts(&low->s)[row].vacant_until, wg_posts(&high->s)[row].vacant_until);
  assert_true(b->left > a->left && a->left > 10);
  end(high);
  scene *few = open_scene("community");
  set_real(few, "staff", 500.0);
  set_real(few, "turnover", 0.6);
  begin(few);
  wg_posts_turn_over(&few->s, wg_desks(&few->s), few->world.luck, FIRST_MONTH, 0.05, 2.0);
  for (uint32_t row = 0; row < 500; row++)
    assert_memory_equal(wg_posts(&few->s) + row, wg_posts(&low->s) + row,
                        row < 499 ? sizeof(wg_post) : 0); // the last has no next
  end(few);
  end(low);
}

static void more_turnover_lowers_hours_and_experience(void **state) {
  (void)state;
  static const double factors[] = {0.0, 0.5, 1.0, 4.0};
  uint64_t hours[4];
  double experience[4];
  for (size_t f = 0; f < 4; f++) {
    scene *t = open_scene("subdistrict");
    set_real(t, "staff", 60.0);
    set_real(t, "turnover", 0.5);
    set_real(t, "novice_loss", 0.4);
    begin(t);
    hours[f] = 0;
    experience[f] = 0.0;
    for (uint32_t n = 0; n < 60; n++) {
      start_month(t, n);
      set_lever(t, 0, WG_SLOT_TURNOVER + WG_ROLE_OFFICERS, factors[f], 0.0);
      open_month(t);
      live_days(t);
      hours[f] += wg_desks(&t->s)->minutes_available;
      experience[f] += wg_desks(&t->s)->experience;
      assert_true(factors[f] > 0.0 || wg_desks(&t->s)->left == 0);
    }
    end(t);
    assert_true(f == 0 || (hours[f] < hours[f - 1] && experience[f] < experience[f - 1]));
  }
}

static void turnover_beyond_a_month_is_refused(void **state) {
  (void)state;
  scene *t = open_scene("subdistrict");
  set_real(t, "turnover", 4.0);
  begin(t);
  start_month(t, 0);
  set_lever(t, 0, WG_SLOT_TURNOVER + WG_ROLE_OFFICERS, 4.0, 0.0);
  wg_workforce.month_start(&t->context);
  assert_int_equal(t->error.code, WG_FAIL_CONFIG);
  assert_non_null(strstr(t->error.text, "policies: the turnover of team in 试 is 16 a year (allowed: up to 12)"));
  end(t);
}

// Posts that a policy adds are filled at once by people who have all to learn; those who were there stay as they are.
static void added_posts_begin_without_experience(void **state) {
  (void)state;
  scene *t = open_scene("grid");
  set_real(t, "staff", 1.0);
  set_real(t, "novice_loss", 0.5);
  set_real(t, "learning_months", 6.0);
  begin(t);
  const wg_desk *desk = wg_desks(&t->s);
  for (uint32_t n = 0; n < 24; n++) {
    start_month(t, n);
    const bool added = n >= 6 && n < 18;
    set_lever(t, 0, WG_SLOT_STAFF_ADDED + WG_ROLE_OFFICERS, added ? 1.0 : 0.0, 0.0);
    open_month(t);
    const double expected = added ? 1.0 - 0.25 * exp(-(n - 6.0) / 6.0) : 1.0;
    assert_true(fabs(desk->experience / 65536.0 - expected) < 2.0 / 65536.0);
    assert_int_equal(desk->hired, n == 6);
    assert_int_equal(desk->left, n == 18);
    assert_int_equal(live_days(t) > 0, true);
  }
  end(t);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(without_losses_hours_are_staff_times_minutes),
      cmocka_unit_test(losses_follow_one_another),
      cmocka_unit_test(shared_officers_lose_time_on_the_way),
      cmocka_unit_test(hours_add_up_in_whole_minutes),
      cmocka_unit_test(turnover_has_its_steady_state),
      cmocka_unit_test(turnover_reaches_its_steady_state),
      cmocka_unit_test(luck_is_the_posts_own),
      cmocka_unit_test(more_turnover_lowers_hours_and_experience),
      cmocka_unit_test(turnover_beyond_a_month_is_refused),
      cmocka_unit_test(added_posts_begin_without_experience),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
