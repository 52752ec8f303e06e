// SPDX-License-Identifier: GPL-3.0-or-later
#include "synthesis/household_plan.h"

#include <inttypes.h>

#include "synthesis/apportion.h"

// The nearest whole number of `share` (0 to 1) of `total`.
static int64_t share_of(int64_t total, double share) {
  const int64_t part = (int64_t)((double)total * share + 0.5);
  return part > total ? total : part;
}

static int64_t smaller(int64_t a, int64_t b) {
  return a < b ? a : b;
}

static int64_t larger(int64_t a, int64_t b) {
  return a > b ? a : b;
}

static void add_group(wg_household_plan *plan, int64_t count, wg_household_group group) {
  if (count <= 0)
    return;
  group.count = (uint32_t)count;
  group.first_household = plan->households;
  group.first_member = plan->members;
  plan->households += group.count;
  plan->members += group.count * group.size;
  plan->groups[plan->group_count++] = group;
}

// ---- how many of each form ----

typedef struct form_counts {
  int64_t four[3], three[3], old_child[3], couple[3], one[2]; // by members of 65 or over
  int64_t old_line, nuclear, together;                        // together: several of one generation, nobody old
} form_counts;

static int count_forms(const wg_census_targets *t, const wg_synthesis_params *p, form_counts *n, wg_error *error) {
  *n = (form_counts){0};
  n->four[2] = smaller(share_of(t->generations[3], p->four_generations_two_old), t->with_old[2]);
  n->four[1] = t->generations[3] - n->four[2];
  const int64_t one_old = t->with_old[1] - n->four[1], two_old = t->with_old[2] - n->four[2];
  if (one_old < 0)
    return wg_error_add(error, WG_FAIL_CONFIG,
                        "four-generation households (%" PRId64 ") exceed those with a member of 65 or over",
                        t->generations[3]);
  // The last share is what the others leave; a rounding error below zero is none.
  const double one_rest = 1.0 - p->old_alone - p->old_mixed_couple - p->old_parent;
  const double two_rest = 1.0 - p->old_couple_alone - p->old_couple_with_child;
  if (one_rest < -1e-9 || two_rest < -1e-9)
    return wg_error_add(error, WG_FAIL_CONFIG,
                        "synthesis: old_alone + old_mixed_couple + old_parent (%g) and old_couple_alone + "
                        "old_couple_with_child (%g) must not exceed 1",
                        1.0 - one_rest, 1.0 - two_rest);
  const double ones[4] = {p->old_alone, p->old_mixed_couple, p->old_parent, one_rest > 0.0 ? one_rest : 0.0};
  const double twos[3] = {p->old_couple_alone, p->old_couple_with_child, two_rest > 0.0 ? two_rest : 0.0};
  int64_t of_one[4], of_two[3];
  wg_apportion(one_old, ones, 4, of_one);
  wg_apportion(two_old, twos, 3, of_two);
  n->one[1] = of_one[0];
  n->couple[1] = of_one[1];
  n->old_child[1] = of_one[2];
  n->three[1] = of_one[3];
  n->couple[2] = of_two[0];
  n->old_child[2] = of_two[1];
  n->three[2] = of_two[2];
  n->old_line = t->with_old[3];

  n->one[0] = t->one_person - n->one[1];
  n->three[0] = t->generations[2] - n->three[1] - n->three[2];
  n->nuclear = t->generations[1] - n->old_line - n->old_child[1] - n->old_child[2];
  n->together = t->generations[0] - t->one_person - n->couple[1] - n->couple[2];
  const struct {
    int64_t left;
    const char *what, *remedy;
  } checks[] = {{n->one[0], "one-person households", "lower old_alone"},
                {n->three[0], "three-generation households", "raise old_alone, old_parent or old_couple_alone"},
                {n->nuclear, "two-generation households", "lower old_parent or old_couple_with_child"},
                {n->together, "one-generation households", "lower old_mixed_couple or old_couple_alone"}};
  for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
    if (checks[i].left < 0)
      return wg_error_add(error, WG_FAIL_CONFIG,
                          "synthesis: the census has %" PRId64 " %s too few for the shares of households with old "
                          "members: %s",
                          -checks[i].left, checks[i].what, checks[i].remedy);
  return WG_OK;
}

// ---- the forms' groups ----

static void add_four(wg_household_plan *plan, const form_counts *n) {
  for (int old = 2; old > 0; old--)
    add_group(plan, n->four[old],
              (wg_household_group){.form = WG_FORM_FOUR,
                                   .old = (uint8_t)old,
                                   .elders = (uint8_t)old,
                                   .parents = 2,
                                   .minors = 1,
                                   .generations = 4,
                                   .size = (uint8_t)(old + 5)});
}

static void add_three(wg_household_plan *plan, const form_counts *n, int old, const wg_synthesis_params *p) {
  const double both = old == 2 ? 1.0 : p->both_grandparents;
  const double elders[2] = {1.0 - both, both}, parents[2] = {1.0 - p->both_parents, p->both_parents},
               minors[2] = {1.0 - p->second_grandchild, p->second_grandchild};
  double weights[8];
  int64_t counts[8];
  for (int i = 0; i < 8; i++)
    weights[i] = elders[i >> 2] * parents[i >> 1 & 1] * minors[i & 1];
  wg_apportion(n->three[old], weights, 8, counts);
  for (int i = 0; i < 8; i++) {
    const int e = 1 + (i >> 2), q = 1 + (i >> 1 & 1), m = 1 + (i & 1);
    add_group(plan, counts[i],
              (wg_household_group){.form = WG_FORM_THREE,
                                   .old = (uint8_t)old,
                                   .elders = (uint8_t)e,
                                   .parents = (uint8_t)q,
                                   .minors = (uint8_t)m,
                                   .generations = 3,
                                   .size = (uint8_t)(e + q + m)});
  }
}

static void add_old_child(wg_household_plan *plan, const form_counts *n, int old, const wg_synthesis_params *p) {
  const int64_t with_spouse = share_of(n->old_child[old], p->child_with_spouse);
  for (int parents = 2; parents > 0; parents--)
    add_group(plan, parents == 2 ? with_spouse : n->old_child[old] - with_spouse,
              (wg_household_group){.form = WG_FORM_OLD_CHILD,
                                   .old = (uint8_t)old,
                                   .elders = (uint8_t)old,
                                   .parents = (uint8_t)parents,
                                   .generations = 2,
                                   .size = (uint8_t)(old + parents)});
}

static void add_couple(wg_household_plan *plan, int64_t count, int old) {
  add_group(plan, count,
            (wg_household_group){.form = WG_FORM_COUPLE, .old = (uint8_t)old, .generations = 1, .size = 2});
}

static int64_t minors_of(const wg_household_plan *plan) {
  int64_t sum = 0;
  for (size_t i = 0; i < plan->group_count; i++)
    sum += (int64_t)plan->groups[i].count * plan->groups[i].minors;
  return sum;
}

// Nuclear households take up whatever members and minors the other forms leave.
static int add_nuclear(wg_household_plan *plan, int64_t households, int64_t members, int64_t minors,
                       const wg_synthesis_params *p, wg_error *error) {
  // Each has a child at least, so too few members mean more single parents.
  int64_t one_parent = larger(share_of(households, p->one_parent), 3 * households - members);
  const int64_t children = members - (2 * households - one_parent);
  const int64_t second = children - households; // households with two children
  if (one_parent > households || second > households || minors < 0 || minors > children)
    return wg_error_add(error, WG_FAIL_CONFIG,
                        "synthesis: %" PRId64 " two-generation households without old members would have to hold "
                        "%" PRId64 " members, %" PRId64 " of them younger than %d: change both_grandparents, "
                        "shared_flats, one_parent or second_grandchild",
                        households, members, minors, WG_ADULT_AGE);
  // Two minors, one minor, two adults, one adult.
  int64_t two_minors = children ? share_of(second, (double)minors / (double)children) : 0;
  two_minors = larger(two_minors, (minors - (households - second) + 1) / 2);
  two_minors = smaller(smaller(two_minors, minors / 2), second);
  int64_t mixed = minors - 2 * two_minors - (households - second); // a minor and an adult child
  mixed = larger(mixed, 0);
  const int64_t one_minor = minors - 2 * two_minors - mixed;
  const int64_t counts[5] = {two_minors, mixed, one_minor, second - two_minors - mixed,
                             households - second - one_minor};
  static const uint8_t minor_children[5] = {2, 1, 1, 0, 0}, adult_children[5] = {0, 1, 0, 2, 1};
  double weights[5];
  int64_t single[5];
  for (int i = 0; i < 5; i++)
    weights[i] = (double)counts[i];
  if (!wg_apportion_capped(one_parent, weights, counts, 5, single))
    return wg_error_add(error, WG_FAIL_CONFIG, "synthesis: %" PRId64 " single parents do not fit", one_parent);
  for (int i = 0; i < 5; i++)
    for (int parents = 2; parents > 0; parents--)
      add_group(plan, parents == 1 ? single[i] : counts[i] - single[i],
                (wg_household_group){.form = WG_FORM_NUCLEAR,
                                     .parents = (uint8_t)parents,
                                     .minors = minor_children[i],
                                     .adult_children = adult_children[i],
                                     .generations = 2,
                                     .size = (uint8_t)(parents + minor_children[i] + adult_children[i])});
  return WG_OK;
}

static void add_adults(wg_household_plan *plan, int64_t count, int size) {
  add_group(plan, count, (wg_household_group){.form = WG_FORM_ADULTS, .generations = 1, .size = (uint8_t)size});
}

static void add_one(wg_household_plan *plan, int64_t count, int old) {
  add_group(plan, count, (wg_household_group){.form = WG_FORM_ONE, .old = (uint8_t)old, .generations = 1, .size = 1});
}

// Counts the plan against the census once more: the arithmetic above must never be taken on trust.
static int check_plan(const wg_census_targets *t, int64_t minors, const wg_household_plan *plan, wg_error *error) {
  int64_t generations[WG_GENERATIONS_MAX] = {0}, old[WG_OLD_MEMBERS_MAX + 1] = {0}, ones = 0;
  for (size_t i = 0; i < plan->group_count; i++) {
    const wg_household_group *g = plan->groups + i;
    generations[g->generations - 1] += g->count;
    old[g->old] += g->count;
    ones += g->size == 1 ? g->count : 0;
  }
  bool same = plan->households == t->family_households && plan->members == t->family_members && ones == t->one_person &&
              minors_of(plan) == minors;
  for (int i = 0; i < WG_GENERATIONS_MAX; i++)
    same &= generations[i] == t->generations[i];
  for (int i = 0; i <= WG_OLD_MEMBERS_MAX; i++)
    same &= old[i] == t->with_old[i];
  return same ? WG_OK
              : wg_error_add(error, WG_FAIL_CONFIG,
                             "synthesis: no set of households meets the census figures with these shares");
}

int wg_household_plan_create(const wg_census_targets *targets, int64_t minors, const wg_synthesis_params *params,
                             wg_household_plan *plan, wg_error *error) {
  *plan = (wg_household_plan){0};
  form_counts n;
  int code = count_forms(targets, params, &n, error);
  if (code)
    return code;
  add_four(plan, &n);
  add_group(
      plan, n.old_line,
      (wg_household_group){.form = WG_FORM_OLD_LINE, .old = 3, .elders = 1, .parents = 2, .generations = 2, .size = 3});
  add_three(plan, &n, 2, params);
  add_old_child(plan, &n, 2, params);
  add_couple(plan, n.couple[2], 2);
  add_three(plan, &n, 1, params);
  add_old_child(plan, &n, 1, params);
  add_couple(plan, n.couple[1], 1);
  add_one(plan, n.one[1], 1);
  add_three(plan, &n, 0, params);

  const int64_t flats = share_of(n.together, params->shared_flats), by_three = share_of(flats, params->shared_by_three);
  const int64_t flexible = n.one[0] + 2 * (n.together - by_three) + 3 * by_three;
  code = add_nuclear(plan, n.nuclear, targets->family_members - plan->members - flexible, minors - minors_of(plan),
                     params, error);
  if (code)
    return code;
  add_couple(plan, n.together - flats, 0);
  add_adults(plan, by_three, 3);
  add_adults(plan, flats - by_three, 2);
  add_one(plan, n.one[0], 0);
  return check_plan(targets, minors, plan, error);
}

const wg_household_group *wg_household_plan_find(const wg_household_plan *plan, uint32_t household) {
  size_t low = 0, high = plan->group_count;
  while (high - low > 1) {
    const size_t middle = (low + high) / 2;
    if (plan->groups[middle].first_household <= household)
      low = middle;
    else
      high = middle;
  }
  return plan->groups + low;
}
