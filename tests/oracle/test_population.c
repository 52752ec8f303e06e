// SPDX-License-Identifier: GPL-3.0-or-later
// Births and deaths, lived by the mechanism itself, against life tables, a projection by age and the law of waiting times, all
// coded anew here.
//
// Seeds are fixed, so each test always ends alike. With seeds at random each of the fourteen statistics below would pass its
// bound with a probability of about 1e-8: 2e-7 a run together, some margin for the tails of small counts in the chi-squares
// included. Power: what each planted defect does to the statistics stands beside the tests, as measured with the defect in place
// (tests/py/test_planted_population.py plants them). The best statistic of each is 19 or more standard deviations or five times
// its bound away, so that other luck would hide it with a probability below 1e-30.
#include "model/fertility_schedule.h"
#include "population_scene.h"

// ---- a cohort follows its life table ----

// Age off by one: chi-square of 1140 (men) and 1250 (women), bounds 220 and 208; the means move by 6 and 7 standard deviations
// only, since the infants' deaths are lost at the same time. Sexes swapped: means 66 and 68 standard deviations off. A year's
// hazard in each month: 410.

enum { COHORT = 40000 };

static const scene_rates cohort_rates = {.years = {2000.0, 2200.0},
                                         .life = {{74.0, 74.0}, {80.0, 80.0}},
                                         .infant = {0.02, 0.02},
                                         .slope = {0.095, 0.105},
                                         .makeham = {0.0004, 0.0002},
                                         .girls = 0.5,
                                         .spacing = 10};

// Those alive by sex.
static void count_alive(const scene *t, uint64_t alive[WG_SEX_COUNT]) {
  alive[0] = alive[1] = 0;
  for (uint32_t row = 0; row < wg_residents_count(&t->s); row++)
    if (wg_resident_here(wg_residents(&t->s) + row))
      alive[wg_resident_sex(wg_residents(&t->s) + row)]++;
}

static void compare_deaths(const char *what, uint32_t sex, uint64_t alive[][WG_SEX_COUNT]) {
  double hazards[WG_AGE_MAX + 1], left = COHORT, chi_square = 0.0, expected = 0.0, observed = 0.0;
  double mean = 0.0, square = 0.0, sum = 0.0, cells = 0.0;
  plain_life_table(&cohort_rates, sex, 0, hazards);
  for (int x = 0; x <= WG_AGE_MAX; x++) {
    const double deaths = x < WG_AGE_MAX ? left * (1.0 - exp(-hazards[x])) : left;
    const double died = (double)alive[x][sex] - (x < WG_AGE_MAX ? (double)alive[x + 1][sex] : 0.0);
    mean += deaths * x / COHORT;
    square += deaths * x * x / COHORT;
    sum += died * x / COHORT;
    left -= deaths;
    expected += deaths;
    observed += died;
    if (expected >= 20.0) {
      chi_square += (observed - expected) * (observed - expected) / expected;
      expected = observed = 0.0;
      cells++;
    }
  }
  char name[64];
  snprintf(name, sizeof name, "%s: ages at death", what);
  assert_chi_square(name, chi_square, cells);
  snprintf(name, sizeof name, "%s: mean age at death", what);
  assert_normal(name, sum, mean, (square - mean * mean) / COHORT);
}

static void a_cohort_follows_its_life_table(void **state) {
  (void)state;
  static uint64_t alive[WG_AGE_MAX + 1][WG_SEX_COUNT];
  scene *t = scene_open(&cohort_rates, 1);
  for (uint32_t i = 0; i < COHORT * WG_SEX_COUNT; i++)
    scene_person(t, scene_household(t, 1), 1, i % 2 ? WG_TRAIT_FEMALE : 0);
  for (uint32_t months = 1; months <= WG_AGE_MAX * 12; months++) {
    if (months == 1 || months % 12 == 0)
      count_alive(t, alive[months / 12]);
    scene_live_month(t);
  }
  compare_deaths("men", 0, alive);
  compare_deaths("women", 1, alive);
  scene_close(t);
}

// ---- a population follows its projection ----

// Births a year too old: the mothers' mean age is 27 standard deviations off. Deaths a year too old: deaths 6. Sexes swapped:
// deaths of men 27, of women 29. The other share of girls: girls 19. A year's births in each month: far beyond. Spacing ignored:
// births 10, but not made up for 11. Rates that stay as they were in the first year: deaths 34.

enum { HOMES = 12000, MEMBERS = 12, STEP = 166, YEARS = 20, SETTLING = 12 };

// Rates change all the time.
static const scene_rates changing = {
    .years = {2008.0, 2034.0},
    .life = {{70.0, 78.0}, {75.0, 84.0}},
    .infant = {0.02, 0.005},
    .fertility = {0.01, 0.09, 0.12, 0.08, 0.03, 0.01, 0.0, 0.005, 0.03, 0.08, 0.09, 0.05, 0.02, 0.002},
    .slope = {0.095, 0.105},
    .makeham = {0.0004, 0.0002},
    .girls = 0.47,
    .spacing = 10};

typedef struct births_book {
  double by_age[WG_AGE_MAX + 1]; // the mother's
} births_book;

static void note_mother(scene *t, uint32_t mother) {
  births_book *book = t->book;
  book->by_age[wg_age_years(wg_residents(&t->s)[mother].birth_month, t->context.month)]++;
}

// People and their variance, by sex and months of age.
typedef struct projection {
  double people[WG_SEX_COUNT][SCENE_MONTHS], variance[WG_SEX_COUNT][SCENE_MONTHS];
  double born[WG_AGE_MAX + 1], died[WG_SEX_COUNT];
} projection;

static void census(const scene *t, double people[WG_SEX_COUNT][SCENE_MONTHS]) {
  memset(people, 0, sizeof(double) * WG_SEX_COUNT * SCENE_MONTHS);
  for (uint32_t row = 0; row < wg_residents_count(&t->s); row++) {
    const wg_resident *r = wg_residents(&t->s) + row;
    const int32_t months = t->context.month - r->birth_month;
    if (wg_resident_here(r))
      people[wg_resident_sex(r)][months < SCENE_MONTHS ? months : SCENE_MONTHS - 1]++;
  }
}

// A month older: who dies, who is born. `hazards` and `fertility` (per year) by completed year of age.
static void project(projection *p, double hazards[WG_SEX_COUNT][WG_AGE_MAX + 1], const double *fertility,
                    double girls) {
  double born = 0.0;
  for (int m = 0; m < SCENE_MONTHS; m++) {
    const double births = p->people[1][m] * fertility[m / 12] / 12.0;
    p->born[m / 12] += births;
    born += births;
  }
  for (int sex = 0; sex < WG_SEX_COUNT; sex++) {
    double *people = p->people[sex], *variance = p->variance[sex];
    for (int m = SCENE_MONTHS - 1; m >= 0; m--) {
      const double lives = exp(-hazards[sex][m / 12] / (m < 12 ? 11.0 : 12.0));
      p->died[sex] += people[m] * (1.0 - lives);
      const int older = m + 1 < SCENE_MONTHS ? m + 1 : m;
      const double now = people[m] * lives, var = variance[m] * lives * lives + now * (1.0 - lives);
      people[m] = variance[m] = 0.0;
      people[older] += now;
      variance[older] += var;
    }
    people[1] = variance[1] = born * (sex ? girls : 1.0 - girls); // first met when a month old
  }
}

// Fertility by single year that keeps each band's sum, from the program: tests/test_fertility_schedule.c looks at it.
static void single_years(const scene_rates *rates, double fertility[SCENE_DATES][WG_AGE_MAX + 1]) {
  for (size_t date = 0; date < SCENE_DATES; date++)
    wg_fertility_single_years(rates->fertility + date * WG_FERTILE_BANDS, fertility[date]);
}

static void project_years(projection *p, wg_month from, int months) {
  double tables[SCENE_DATES][WG_SEX_COUNT][WG_AGE_MAX + 1], fertile[SCENE_DATES][WG_AGE_MAX + 1];
  for (uint32_t date = 0; date < SCENE_DATES; date++)
    for (uint32_t sex = 0; sex < WG_SEX_COUNT; sex++)
      plain_life_table(&changing, sex, date, tables[date][sex]);
  single_years(&changing, fertile);
  for (int i = 0; i < months; i++) {
    double hazards[WG_SEX_COUNT][WG_AGE_MAX + 1], fertility[WG_AGE_MAX + 1];
    const double year = (from + i + 0.5) / 12.0;
    const double late = (year - changing.years[0]) / (changing.years[1] - changing.years[0]);
    for (int x = 0; x <= WG_AGE_MAX; x++) {
      fertility[x] = fertile[0][x] * (1.0 - late) + fertile[1][x] * late;
      for (int sex = 0; sex < WG_SEX_COUNT; sex++)
        hazards[sex][x] = tables[0][sex][x] * (1.0 - late) + tables[1][sex][x] * late;
    }
    project(p, hazards, fertility, changing.girls);
  }
}

// Households of all ages (a man and a woman every STEP months), so that no minor is ever left alone; nobody younger than a year, for whose mother could not be told.
static scene *open_population(const scene_rates *rates, uint32_t homes) {
  scene *t = scene_open(rates, 1);
  for (uint32_t i = 0; i < homes; i++) {
    const uint32_t home = scene_household(t, MEMBERS);
    for (uint32_t j = 0; j < MEMBERS; j++)
      scene_person(t, home, 12 + j / 2 * STEP + i % STEP, j % 2 ? WG_TRAIT_FEMALE : 0);
  }
  return t;
}

static void compare_ages(const projection *p, double people[WG_SEX_COUNT][SCENE_MONTHS]) {
  double chi_square = 0.0, cells = 0.0;
  for (int sex = 0; sex < WG_SEX_COUNT; sex++)
    for (int x = 0; x <= WG_AGE_MAX; x++) {
      double expected = 0.0, observed = 0.0, variance = 0.0;
      for (int m = x * 12; m < x * 12 + 12; m++) {
        expected += p->people[sex][m];
        variance += p->variance[sex][m];
        observed += people[sex][m];
      }
      if (expected < 20.0 || variance < 10.0)
        continue;
      chi_square += (observed - expected) * (observed - expected) / variance;
      cells++;
    }
  assert_true(cells > 150.0);
  assert_chi_square("people by age and sex", chi_square, cells);
}

static void compare_births(const projection *p, const births_book *book) {
  double chi_square = 0.0, cells = 0.0, expected = 0.0, observed = 0.0, mean = 0.0, square = 0.0, sum = 0.0;
  for (int x = 0; x <= WG_AGE_MAX; x++) {
    expected += p->born[x];
    observed += book->by_age[x];
    mean += p->born[x] * x;
    square += p->born[x] * x * x;
    sum += book->by_age[x] * x;
    if (p->born[x] < 20.0) {
      assert_true(book->by_age[x] <= p->born[x] + 40.0);
      continue;
    }
    chi_square += (book->by_age[x] - p->born[x]) * (book->by_age[x] - p->born[x]) / p->born[x];
    cells++;
  }
  mean /= expected;
  assert_chi_square("births by mother's age", chi_square, cells);
  assert_normal("births", observed, expected, expected);
  assert_normal("mother's mean age", sum / observed, mean, (square / expected - mean * mean) / expected);
}

static void a_population_follows_its_projection(void **state) {
  (void)state;
  static projection p;
  static double people[WG_SEX_COUNT][SCENE_MONTHS];
  scene *t = open_population(&changing, HOMES);
  for (int i = 0; i < SETTLING; i++) // until as many women wait as always will
    scene_live_month(t);
  births_book book = {{0.0}};
  t->birth = note_mother;
  t->book = &book;
  census(t, p.people);
  double before[WG_SEX_COUNT] = {0.0, 0.0}, after[WG_SEX_COUNT] = {0.0, 0.0}, born = 0.0;
  for (int m = 0; m < SCENE_MONTHS; m++)
    for (int sex = 0; sex < WG_SEX_COUNT; sex++)
      before[sex] += p.people[sex][m];
  const wg_month from = t->context.month;
  double girls = 0.0, deaths = 0.0;
  for (int i = 0; i < YEARS * 12; i++) {
    scene_live_month(t);
    const uint32_t rows = wg_residents_count(&t->s);
    for (uint32_t row = 0; row < rows; row++) {
      const wg_resident *r = wg_residents(&t->s) + row;
      girls += wg_resident_here(r) && r->birth_month == t->context.month - 1 && wg_resident_sex(r);
    }
  }
  census(t, people);
  project_years(&p, from, YEARS * 12);
  for (int x = 0; x <= WG_AGE_MAX; x++)
    born += book.by_age[x];
  for (int m = 0; m < SCENE_MONTHS; m++)
    for (int sex = 0; sex < WG_SEX_COUNT; sex++)
      after[sex] += people[sex][m];
  deaths = before[0] + before[1] + born - after[0] - after[1];
  assert_int_equal(wg_moves(&t->s)[WG_MOVE_OUT * WG_MOVE_REASON_COUNT + WG_MOVE_FAMILY].residents, 0);
  compare_births(&p, &book);
  assert_normal("girls", girls, born * changing.girls, born * changing.girls * (1.0 - changing.girls));
  assert_normal("men's deaths", before[0] + born - girls - after[0], p.died[0], p.died[0]);
  assert_normal("women's deaths", before[1] + girls - after[1], p.died[1], p.died[1]);
  assert_normal("deaths", deaths, p.died[0] + p.died[1], p.died[0] + p.died[1]);
  compare_ages(&p, people);
  scene_close(t);
}

// ---- waiting between births ----

// Spacing ignored: a fifth of the intervals are too short; none is allowed to be. A year's births in each month: the mean is 172
// standard deviations off. Waiting not made up for: 23. Age off by one does not show, as the rate is the same at all these ages.

enum { WOMEN = 30000, ENTRY = 36, WATCH = 200 };

static const scene_rates even = {.years = {2000.0, 2200.0},
                                 .life = {{95.0, 95.0}, {95.0, 95.0}},
                                 .fertility = {0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2},
                                 .slope = {0.12, 0.12},
                                 .girls = 0.485,
                                 .spacing = 10};

typedef struct intervals_book {
  wg_month first[WOMEN], second[WOMEN]; // births of the women by row; 0: none yet
  wg_month last[WOMEN];
  uint32_t shortest;
} intervals_book;

// Lives, and is one of the women of the start: slots of the dead are taken by newborns.
static bool is_one_of_them(const scene *t, uint32_t row) {
  const wg_resident *r = wg_residents(&t->s) + row;
  return row < WOMEN && wg_resident_here(r) && r->birth_month < SCENE_FIRST;
}

static void note_interval(scene *t, uint32_t mother) {
  intervals_book *book = t->book;
  if (!is_one_of_them(t, mother))
    return;
  const wg_month now = t->context.month;
  if (!book->first[mother])
    book->first[mother] = now;
  else if (!book->second[mother])
    book->second[mother] = now;
  if (book->last[mother] && (uint32_t)(now - book->last[mother]) < book->shortest)
    book->shortest = (uint32_t)(now - book->last[mother]);
  book->last[mother] = now;
}

static void intervals_are_geometric_after_the_spacing(void **state) {
  (void)state;
  intervals_book *book = calloc(1, sizeof *book);
  assert_non_null(book);
  book->shortest = UINT32_MAX;
  scene *t = scene_open(&even, 1);
  for (uint32_t i = 0; i < WOMEN; i++)
    assert_int_equal(scene_person(t, scene_household(t, 1), 21 * 12 + i % 12, WG_TRAIT_FEMALE), i);
  t->birth = note_interval;
  t->book = book;
  for (int i = 0; i < ENTRY + WATCH; i++)
    scene_live_month(t);
  print_message("  shortest interval: %u months\n", book->shortest);
  assert_int_equal(book->shortest, even.spacing + 1); // allowed, and common enough to be met

  // Of women who are alive at the end: which of them are does not depend on their births.
  const double hazard = 1.0 / (12.0 / even.fertility[0] - (double)even.spacing);
  const int longest = WATCH - (int)even.spacing;
  double counts[WATCH] = {0.0}, women = 0.0, sum = 0.0;
  for (uint32_t i = 0; i < WOMEN; i++) {
    if (!is_one_of_them(t, i) || !book->first[i] || book->first[i] >= SCENE_FIRST + ENTRY)
      continue;
    const int waited = book->second[i] ? book->second[i] - book->first[i] - (int)even.spacing : longest;
    counts[waited < longest ? waited : longest]++;
    sum += waited < longest ? waited : longest;
    women++;
  }
  double chi_square = 0.0, cells = 0.0, expected = 0.0, observed = 0.0, mean = 0.0, square = 0.0, none = 1.0;
  for (int months = 1; months <= longest; months++) {
    const double share = months < longest ? none * hazard : none;
    none -= share;
    mean += share * months;
    square += share * months * months;
    expected += share * women;
    observed += counts[months];
    if (months % 5 == 0 || months == longest) {
      chi_square += (observed - expected) * (observed - expected) / expected;
      expected = observed = 0.0;
      cells++;
    }
  }
  assert_true(women > 10000.0);
  assert_chi_square("intervals", chi_square, cells - 1.0);
  assert_normal("mean interval beyond the spacing", sum / women, mean, (square - mean * mean) / women);
  scene_close(t);
  free(book);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_cohort_follows_its_life_table),
      cmocka_unit_test(a_population_follows_its_projection),
      cmocka_unit_test(intervals_are_geometric_after_the_spacing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
