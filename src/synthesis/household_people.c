// SPDX-License-Identifier: GPL-3.0-or-later
#include "synthesis/household_people.h"

#include <stdlib.h>
#include <string.h>

#include "schema/purpose.h"
#include "synthesis/apportion.h"

enum {
  CHILD_LAST = WG_ADULT_AGE - 1,
  YOUNG_LAST = WG_OLD_AGE - 1,
  GAP_LEAST = 18,      // sought between parent and child
  GAP_HARD_LEAST = 16, // granted when nobody else is left
  GAP_MOST = 45,       // sought between mother and youngest child
  HUSBAND_OLDER = 2,   // likeliest difference of a couple
  MARRIED_LEAST = 20,  // legal age of women
};

// Standard deviations in years. Assumed; docs/synthesis.md lists them.
static const double gap_deviation = 5.0, spouse_deviation = 3.0, sibling_deviation = 3.0, elder_deviation = 8.0;

enum { MALE = 0, FEMALE = 1 };

typedef struct filling {
  const wg_synthesis_params *params;
  wg_age_pools *pools;
  wg_age_pools at_home; // adult children of nuclear households, set apart from `pools`
  wg_luck luck;
  wg_age_kernel gap, spouse, sibling, elder;
  int generation_gap;
  wg_draw draw; // of the household being filled
  bool failed;  // somebody was not to be had
} filling;

static wg_person take(filling *f, uint32_t sex, int low, int high, int centre, const wg_age_kernel *kernel) {
  wg_person person = 0;
  if (!wg_age_pools_take(f->pools, &f->draw, sex, low, high, centre, kernel, &person))
    f->failed = true;
  return person;
}

// The same, looking first in [low, high] and then in the wider [hard_low, hard_high].
static wg_person take_or(filling *f, uint32_t sex, int low, int high, int hard_low, int hard_high, int centre,
                         const wg_age_kernel *kernel) {
  wg_person person = 0;
  if (!wg_age_pools_take(f->pools, &f->draw, sex, low, high, centre, kernel, &person))
    person = take(f, sex, hard_low, hard_high, centre, kernel);
  return person;
}

static int larger(int a, int b) {
  return a > b ? a : b;
}

static int smaller(int a, int b) {
  return a < b ? a : b;
}

static int age_of(wg_person person) {
  return (int)wg_person_age(person);
}

// Somebody of the other sex for `person`, aged [low, high].
static wg_person take_spouse(filling *f, wg_person person, int low, int high) {
  const bool woman = wg_person_sex(person) == FEMALE;
  const int centre = age_of(person) + (woman ? HUSBAND_OLDER : -HUSBAND_OLDER);
  return take_or(f, woman ? MALE : FEMALE, larger(low, centre - 10), smaller(high, centre + 12), low, high, centre,
                 &f->spouse);
}

// Puts a couple's husband first: he is the reference person, as in most households then.
static void order_couple(wg_person *couple) {
  if (wg_person_sex(couple[0]) == FEMALE) {
    const wg_person wife = couple[0];
    couple[0] = couple[1];
    couple[1] = wife;
  }
}

static int youngest(const wg_person *persons, int count) {
  int age = WG_AGE_MAX;
  for (int i = 0; i < count; i++)
    age = smaller(age, age_of(persons[i]));
  return age;
}

// A child, of either sex, of one or two parents, aged [low, high].
static wg_person take_child(filling *f, const wg_person *parents, int count, int low, int high) {
  // The mother's age decides; a lone father's is taken for hers plus the usual difference.
  int mother = age_of(parents[0]) - (wg_person_sex(parents[0]) == MALE ? HUSBAND_OLDER : 0);
  if (count == 2 && wg_person_sex(parents[1]) == FEMALE)
    mother = age_of(parents[1]);
  const int ceiling = youngest(parents, count);
  return take_or(f, WG_ANY_SEX, larger(low, mother - GAP_MOST), smaller(high, ceiling - GAP_LEAST), low,
                 smaller(high, ceiling - GAP_HARD_LEAST), mother - f->generation_gap, &f->gap);
}

// One or two parents, younger than 65, of the children.
static void take_parents(filling *f, const wg_person *children, int child_count, wg_person *parents, int count) {
  int eldest = 0;
  for (int i = 0; i < child_count; i++)
    eldest = larger(eldest, age_of(children[i]));
  const int last = youngest(children, child_count);
  const int hard_least = larger(eldest + GAP_HARD_LEAST, GAP_LEAST);
  const int least = larger(eldest + GAP_LEAST, MARRIED_LEAST);
  // Three single parents in four are mothers (assumed).
  const bool mother = count == 2 || wg_draw_unit(&f->draw) < 0.75;
  const int centre = last + f->generation_gap + (mother ? 0 : HUSBAND_OLDER);
  parents[0] = take_or(f, mother ? FEMALE : MALE, least, smaller(YOUNG_LAST, last + GAP_MOST), hard_least, YOUNG_LAST,
                       centre, &f->gap);
  if (count == 2) {
    parents[1] = take_spouse(f, parents[0], least, YOUNG_LAST);
    order_couple(parents);
  }
}

// ---- forms ----

static void fill_four(filling *f, const wg_household_group *g, wg_person *m) {
  wg_person *great = m + 4, *child = m + 4 + g->elders;
  // Young enough that three gaps end at a child.
  great[0] = take_or(f, g->elders == 2 ? MALE : WG_ANY_SEX, 74, 94, 68, WG_AGE_MAX, 82, &f->elder);
  if (g->elders == 2)
    great[1] = take_spouse(f, great[0], WG_OLD_AGE + 3, WG_AGE_MAX);
  m[0] = take_child(f, great, g->elders, 46, YOUNG_LAST);
  m[1] = take_spouse(f, m[0], 44, YOUNG_LAST);
  order_couple(m);
  m[2] = take_child(f, m, 2, 22, 48);
  m[3] = take_spouse(f, m[2], 20, 50);
  child[0] = take_child(f, m + 2, 2, 0, CHILD_LAST);
}

// A couple of 65 or over and the parent of one of them.
static void fill_old_line(filling *f, wg_person *m) {
  m[2] = take_or(f, WG_ANY_SEX, 85, WG_AGE_MAX, WG_OLD_AGE + GAP_HARD_LEAST, WG_AGE_MAX, 90, &f->elder);
  m[0] = take_child(f, m + 2, 1, WG_OLD_AGE, WG_AGE_MAX);
  m[1] = take_spouse(f, m[0], WG_OLD_AGE, WG_AGE_MAX);
  order_couple(m);
}

// One or two elders of whom `old` are 65 or over.
static void take_elders(filling *f, const wg_household_group *g, wg_person *elders, int least, int centre) {
  const uint32_t sex = g->old == 2 ? MALE : WG_ANY_SEX;
  if (g->old > 0)
    elders[0] = take_or(f, sex, WG_OLD_AGE, centre + 25, WG_OLD_AGE, WG_AGE_MAX, centre, &f->elder);
  else
    elders[0] = take(f, sex, least, YOUNG_LAST, 57, &f->elder);
  if (g->elders == 2 && g->old == 2)
    elders[1] = take_spouse(f, elders[0], WG_OLD_AGE, WG_AGE_MAX);
  else if (g->elders == 2)
    elders[1] = take_spouse(f, elders[0], least, YOUNG_LAST);
  if (g->elders == 2)
    order_couple(elders);
}

static void fill_three(filling *f, const wg_household_group *g, wg_person *m) {
  wg_person *elders = m + g->parents, *children = elders + g->elders;
  take_elders(f, g, elders, 44, g->elders == 2 && g->old == 1 ? 67 : 70);
  // The mother is to be at most 45 older than a child of at most 15.
  m[0] = take_child(f, elders, g->elders, 21, 55);
  if (g->parents == 2) {
    m[1] = take_spouse(f, m[0], 20, 58);
    order_couple(m);
  }
  children[0] = take_child(f, m, g->parents, 0, CHILD_LAST);
  for (int i = 1; i < g->minors; i++)
    children[i] =
        take_or(f, WG_ANY_SEX, age_of(children[0]) - 8, age_of(children[0]) - 1, 0,
                smaller(CHILD_LAST, youngest(m, g->parents) - GAP_HARD_LEAST), age_of(children[0]) - 4, &f->sibling);
}

static void fill_old_child(filling *f, const wg_household_group *g, wg_person *m) {
  take_elders(f, g, m, WG_OLD_AGE, 75);
  wg_person *child = m + g->elders;
  child[0] = take_child(f, m, g->elders, g->parents == 2 ? 22 : WG_ADULT_AGE, YOUNG_LAST);
  if (g->parents == 2)
    child[1] = take_spouse(f, child[0], MARRIED_LEAST, YOUNG_LAST);
}

static void fill_old_couple(filling *f, const wg_household_group *g, wg_person *m) {
  if (g->old == 2) {
    m[0] = take(f, MALE, WG_OLD_AGE, WG_AGE_MAX, 0, NULL);
    m[1] = take_spouse(f, m[0], WG_OLD_AGE, WG_AGE_MAX);
    return;
  }
  m[0] = take(f, WG_ANY_SEX, WG_OLD_AGE, WG_AGE_MAX, WG_OLD_AGE, &f->elder);
  m[1] = take_spouse(f, m[0], 40, YOUNG_LAST);
  order_couple(m);
}

static wg_person take_at_home(filling *f, int centre, const wg_age_kernel *kernel) {
  wg_person person = 0;
  if (!wg_age_pools_take(&f->at_home, &f->draw, WG_ANY_SEX, WG_ADULT_AGE, YOUNG_LAST, centre, kernel, &person))
    f->failed = true;
  return person;
}

static void fill_nuclear(filling *f, const wg_household_group *g, wg_person *m) {
  wg_person *children = m + g->parents;
  const int count = g->minors + g->adult_children;
  // The eldest first: an adult child, if there is one.
  int filled = 0;
  for (int i = 0; i < g->adult_children; i++, filled++)
    children[filled] = filled == 0 ? take_at_home(f, 0, NULL)
                                   : take_at_home(f, larger(WG_ADULT_AGE, age_of(children[0]) - 4), &f->sibling);
  for (int i = 0; i < g->minors; i++, filled++)
    children[filled] = filled == 0 ? take(f, WG_ANY_SEX, 0, CHILD_LAST, 0, NULL)
                                   : take(f, WG_ANY_SEX, 0, CHILD_LAST, age_of(children[0]) - 4, &f->sibling);
  take_parents(f, children, count, m, g->parents);
}

static void fill_household(filling *f, const wg_household_group *g, wg_person *m) {
  switch (g->form) {
  case WG_FORM_FOUR:
    fill_four(f, g, m);
    break;
  case WG_FORM_OLD_LINE:
    fill_old_line(f, m);
    break;
  case WG_FORM_THREE:
    fill_three(f, g, m);
    break;
  case WG_FORM_OLD_CHILD:
    fill_old_child(f, g, m);
    break;
  case WG_FORM_COUPLE:
    fill_old_couple(f, g, m);
    break;
  case WG_FORM_NUCLEAR:
    fill_nuclear(f, g, m);
    break;
  case WG_FORM_ADULTS:
    break;
  case WG_FORM_ONE:
    m[0] = take(f, WG_ANY_SEX, WG_OLD_AGE, WG_AGE_MAX, 0, NULL);
    break;
  }
}

// Couples, flats and persons alone below 65 are not drawn one after the other: the last ones would get odd remains.
static bool is_flexible(const wg_household_group *g) {
  return g->old == 0 && (g->form == WG_FORM_COUPLE || g->form == WG_FORM_ADULTS || g->form == WG_FORM_ONE);
}

// ---- what is left, in proportion ----

enum { AGES_LEFT = YOUNG_LAST - WG_ADULT_AGE + 1, CELLS_LEFT = AGES_LEFT * WG_SEX_COUNT };

static int64_t *cell_left(wg_age_pools *pools, size_t cell) {
  return &pools->left[cell / AGES_LEFT][WG_ADULT_AGE + cell % AGES_LEFT];
}

// Takes `count` persons of 16 to 64 in proportion to weights[age - 16], times those left if `of_left`; at most the share
// `most` of those left, or all of them where that does not suffice.
static bool take_share(wg_age_pools *pools, uint32_t sex, int64_t count, const double weights[AGES_LEFT], bool of_left,
                       double most, int64_t taken[WG_SEX_COUNT][WG_AGES]) {
  double scaled[CELLS_LEFT];
  int64_t caps[CELLS_LEFT], parts[CELLS_LEFT];
  for (int pass = 0; pass < 3; pass++) {
    for (size_t i = 0; i < CELLS_LEFT; i++) {
      const bool wanted = sex == WG_ANY_SEX || sex == i / AGES_LEFT;
      const double left = (double)*cell_left(pools, i);
      // In the last pass those too whom the weights leave out.
      const double weight = weights[i % AGES_LEFT] * (of_left ? left : 1.0) + (pass == 2 ? 1e-3 * left : 0.0);
      scaled[i] = wanted ? weight : 0.0;
      caps[i] = pass ? (int64_t)left : (int64_t)(left * most);
    }
    if (!wg_apportion_capped(count, scaled, caps, CELLS_LEFT, parts))
      continue;
    for (size_t i = 0; i < CELLS_LEFT; i++) {
      *cell_left(pools, i) -= parts[i];
      taken[i / AGES_LEFT][WG_ADULT_AGE + i % AGES_LEFT] += parts[i];
    }
    return true;
  }
  return false;
}

// Relative weights by age. Those of collective households are parameters, the others assumed (docs/synthesis.md).

static double weight_at_home(int age, const filling *f) {
  (void)f;
  return age < 18 ? 10.0 : age < 30 ? 1.0 : age < 35 ? 0.6 : age <= 40 ? 0.25 : 0.0;
}

static double weight_collective(int age, const filling *f) {
  return age < 25 ? f->params->collective_student_age : age < 40 ? 1.0 : f->params->collective_over_40;
}

// Of those without children or parents at home.
static double weight_couple(int age, const filling *f) {
  (void)f;
  return age < MARRIED_LEAST ? 0.0 : age < 25 ? 0.3 : age < 30 ? 1.0 : age < 55 ? 1.5 : 2.0;
}

static double weight_shared(int age, const filling *f) {
  (void)f;
  return age < 18 ? 0.1 : age < 25 ? 2.0 : age < 40 ? 1.0 : 0.2;
}

static bool take_by_age(const filling *f, wg_age_pools *pools, uint32_t sex, int64_t count,
                        double (*weight)(int, const filling *), double most, int64_t taken[WG_SEX_COUNT][WG_AGES]) {
  double weights[AGES_LEFT];
  for (int i = 0; i < AGES_LEFT; i++)
    weights[i] = weight(WG_ADULT_AGE + i, f);
  return take_share(pools, sex, count, weights, true, most, taken);
}

// Wives of the husbands taken: as many of each age as the usual differences ask for.
static bool take_wives(const filling *f, int64_t count, int64_t taken[WG_SEX_COUNT][WG_AGES]) {
  double weights[AGES_LEFT] = {0.0};
  for (int wife = MARRIED_LEAST; wife <= YOUNG_LAST; wife++)
    for (int husband = WG_ADULT_AGE; husband <= YOUNG_LAST; husband++) {
      const int difference = husband - HUSBAND_OLDER - wife;
      weights[wife - WG_ADULT_AGE] +=
          (double)taken[MALE][husband] * (double)f->spouse.weight[difference < 0 ? -difference : difference];
    }
  return take_share(f->pools, FEMALE, count, weights, false, 0.9, taken);
}

// Persons of taken[sex] in the order of their ages, each blurred by a keyed draw, so that neighbours in the list are of
// similar but not of equal age. A counting sort by sixteenths of a year.
enum { BLUR = 64, STEPS_A_YEAR = 16, STEPS = WG_AGES * STEPS_A_YEAR + BLUR };

static int list_blurred(int64_t taken[WG_SEX_COUNT][WG_AGES], uint32_t sexes, wg_luck luck, uint32_t list,
                        wg_person *persons, wg_error *error) {
  uint32_t *starts = calloc(STEPS + 1, sizeof *starts);
  if (!starts)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for a list of persons");
  // Twice the same draws: first to count, then to place.
  for (int pass = 0; pass < 2; pass++) {
    wg_draw draw = wg_draw_open(luck, WG_PURPOSE_SYNTHESIS_HOUSEHOLD, 0, list, 1);
    for (uint32_t sex = 0; sex < WG_SEX_COUNT; sex++)
      for (uint32_t age = 0; age < WG_AGES && (sexes == WG_ANY_SEX || sexes == sex); age++)
        for (int64_t i = 0; i < taken[sex][age]; i++) {
          const uint32_t step = age * STEPS_A_YEAR + wg_draw_below(&draw, BLUR);
          if (pass == 0)
            starts[step + 1]++;
          else
            persons[starts[step]++] = wg_person_make(age, sex);
        }
    for (uint32_t step = 0; pass == 0 && step < STEPS; step++)
      starts[step + 1] += starts[step];
  }
  free(starts);
  return WG_OK;
}

static int64_t members_of(const wg_household_plan *plan, wg_household_form form) {
  int64_t sum = 0;
  for (size_t i = 0; i < plan->group_count; i++)
    if (plan->groups[i].form == form && is_flexible(plan->groups + i))
      sum += (int64_t)plan->groups[i].count * plan->groups[i].size;
  return sum;
}

// Husbands and wives by rank of blurred age.
static int fill_couples(const wg_household_plan *plan, wg_luck luck, int64_t taken[WG_SEX_COUNT][WG_AGES],
                        wg_person *members, wg_error *error) {
  const wg_household_group *g = NULL;
  for (size_t i = 0; i < plan->group_count; i++)
    if (plan->groups[i].form == WG_FORM_COUPLE && is_flexible(plan->groups + i))
      g = plan->groups + i;
  if (!g)
    return WG_OK;
  wg_person *list = malloc((size_t)g->count + 1);
  if (!list)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for %u couples", g->count);
  int code = WG_OK;
  for (uint32_t sex = 0; sex < WG_SEX_COUNT && !code; sex++) {
    code = list_blurred(taken, sex, luck, sex, list, error);
    for (uint32_t i = 0; i < g->count && !code; i++)
      members[g->first_member + 2 * i + sex] = list[i];
  }
  free(list);
  return code;
}

// The group of `form` that is furthest behind its share when `done` of `all` households have been filled.
static size_t most_behind(const wg_household_plan *plan, wg_household_form form, const uint32_t *filled, int64_t done,
                          int64_t all) {
  size_t best = plan->group_count;
  int64_t most = 0;
  for (size_t i = 0; i < plan->group_count; i++) {
    const wg_household_group *g = plan->groups + i;
    if (g->form != form || !is_flexible(g) || filled[i] == g->count)
      continue;
    const int64_t behind = (done + 1) * g->count - (int64_t)filled[i] * all;
    if (best == plan->group_count || behind > most) {
      best = i;
      most = behind;
    }
  }
  return best;
}

// Flats, or persons alone: neighbours in the list live together.
static int fill_from_list(const wg_household_plan *plan, wg_household_form form, wg_luck luck,
                          int64_t taken[WG_SEX_COUNT][WG_AGES], wg_person *members, wg_error *error) {
  const int64_t count = members_of(plan, form);
  wg_person *list = malloc((size_t)count + 1);
  if (!list)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for %lld persons", (long long)count);
  const int code = list_blurred(taken, WG_ANY_SEX, luck, 2 + (uint32_t)form, list, error);
  uint32_t filled[WG_HOUSEHOLD_GROUPS_MAX] = {0};
  int64_t all = 0;
  for (size_t i = 0; i < plan->group_count; i++)
    all += plan->groups[i].form == form && is_flexible(plan->groups + i) ? plan->groups[i].count : 0;
  const wg_person *next = list;
  for (int64_t done = 0; done < all && !code; done++) {
    const size_t i = most_behind(plan, form, filled, done, all);
    const wg_household_group *g = plan->groups + i;
    memcpy(members + wg_household_first_member(g, g->first_household + filled[i]++), next, g->size);
    next += g->size;
  }
  free(list);
  return code;
}

static int fill_flexible(const wg_census_targets *t, const filling *f, const wg_household_plan *plan,
                         int64_t collective[WG_SEX_COUNT][WG_AGES], wg_person *members, wg_error *error) {
  int64_t couples[WG_SEX_COUNT][WG_AGES] = {{0}}, shared[WG_SEX_COUNT][WG_AGES] = {{0}};
  wg_age_pools *pools = f->pools;
  const int64_t pairs = members_of(plan, WG_FORM_COUPLE) / 2;
  if (!take_by_age(f, pools, WG_ANY_SEX, t->collective_residents - t->collective_old, weight_collective, 0.9,
                   collective) ||
      !take_by_age(f, pools, MALE, pairs, weight_couple, 0.9, couples) || !take_wives(f, pairs, couples) ||
      !take_by_age(f, pools, WG_ANY_SEX, members_of(plan, WG_FORM_ADULTS), weight_shared, 0.9, shared))
    return wg_error_add(error, WG_FAIL_CONFIG,
                        "synthesis: too few adults younger than %d are left for collective households, couples "
                        "and flats",
                        WG_OLD_AGE);
  // Who is left lives alone: the census figures leave exactly as many.
  if (wg_age_pools_count(pools, WG_ANY_SEX, 0, WG_AGE_MAX) != members_of(plan, WG_FORM_ONE) ||
      wg_age_pools_count(pools, WG_ANY_SEX, WG_ADULT_AGE, YOUNG_LAST) != members_of(plan, WG_FORM_ONE))
    return wg_error_add(error, WG_FAIL_CONFIG, "synthesis: children or old residents are left over");
  int code = fill_couples(plan, f->luck, couples, members, error);
  if (!code)
    code = fill_from_list(plan, WG_FORM_ADULTS, f->luck, shared, members, error);
  if (!code)
    code = fill_from_list(plan, WG_FORM_ONE, f->luck, pools->left, members, error);
  if (!code)
    memset(pools, 0, sizeof *pools);
  return code;
}

enum { OLD_AGES = WG_AGES - WG_OLD_AGE, OLD_CELLS = OLD_AGES * WG_SEX_COUNT };

static int64_t *old_cell(int64_t persons[WG_SEX_COUNT][WG_AGES], size_t cell) {
  return &persons[cell / OLD_AGES][WG_OLD_AGE + cell % OLD_AGES];
}

// The old residents of collective households are set aside first, in proportion.
static bool reserve_old(wg_age_pools *pools, int64_t count, int64_t collective[WG_SEX_COUNT][WG_AGES]) {
  double weights[OLD_CELLS];
  int64_t parts[OLD_CELLS];
  for (size_t i = 0; i < OLD_CELLS; i++)
    weights[i] = (double)*old_cell(pools->left, i);
  if (!wg_apportion(count, weights, OLD_CELLS, parts))
    return false;
  for (size_t i = 0; i < OLD_CELLS; i++) {
    *old_cell(pools->left, i) -= parts[i];
    *old_cell(collective, i) = parts[i];
  }
  return true;
}

int wg_household_people_fill(const wg_census_targets *targets, const wg_synthesis_params *params,
                             const wg_household_plan *plan, wg_luck luck, wg_age_pools *pools, wg_person *members,
                             wg_person *collective, wg_error *error) {
  filling f = {.params = params, .pools = pools, .luck = luck, .generation_gap = (int)(params->generation_gap + 0.5)};
  wg_age_kernel_set(&f.gap, gap_deviation);
  wg_age_kernel_set(&f.spouse, spouse_deviation);
  wg_age_kernel_set(&f.sibling, sibling_deviation);
  wg_age_kernel_set(&f.elder, elder_deviation);
  int64_t apart[WG_SEX_COUNT][WG_AGES] = {{0}};
  if (!reserve_old(pools, targets->collective_old, apart))
    return wg_error_add(error, WG_FAIL_CONFIG, "synthesis: no old residents for collective households");
  int64_t adult_children = 0;
  for (size_t i = 0; i < plan->group_count; i++)
    adult_children += (int64_t)plan->groups[i].count * plan->groups[i].adult_children;
  if (!take_by_age(&f, pools, WG_ANY_SEX, adult_children, weight_at_home, 0.95, f.at_home.left))
    return wg_error_add(error, WG_FAIL_CONFIG, "synthesis: too few adults for %lld adult children",
                        (long long)adult_children);
  for (size_t i = 0; i < plan->group_count; i++) {
    const wg_household_group *g = plan->groups + i;
    for (uint32_t h = 0; h < g->count && !is_flexible(g); h++) {
      const uint32_t household = g->first_household + h;
      f.draw = wg_draw_open(luck, WG_PURPOSE_SYNTHESIS_HOUSEHOLD, 0, household, 0);
      fill_household(&f, g, members + wg_household_first_member(g, household));
      if (f.failed)
        return wg_error_add(error, WG_FAIL_CONFIG,
                            "synthesis: nobody of a fitting age is left for a household of %d generations with %d "
                            "members, %d of them of 65 or over",
                            g->generations, g->size, g->old);
    }
  }
  const int code = fill_flexible(targets, &f, plan, apart, members, error);
  size_t next = 0;
  for (uint32_t age = 0; age < WG_AGES && !code; age++)
    for (uint32_t sex = 0; sex < WG_SEX_COUNT; sex++)
      for (int64_t i = 0; i < apart[sex][age]; i++)
        collective[next++] = wg_person_make(age, sex);
  return code;
}
