// SPDX-License-Identifier: GPL-3.0-or-later
#include "synthesis/placing.h"

#include <stdlib.h>
#include <string.h>

#include "schema/purpose.h"
#include "synthesis/apportion.h"

int wg_people_create(const wg_household_plan *plan, const wg_census_targets *targets, size_t communities,
                     wg_people *people, wg_error *error) {
  const size_t households = plan->households, collective = (size_t)targets->collective_residents;
  *people = (wg_people){.members = malloc((size_t)plan->members + 1),
                        .collective = malloc(collective + 1),
                        .collective_count = (uint32_t)collective,
                        .collective_first = calloc(communities + 1, sizeof(uint32_t)),
                        .households = malloc((households + 1) * sizeof(uint32_t)),
                        .household_first = calloc(communities + 1, sizeof(uint32_t)),
                        .household_registration = calloc(households + 1, 1),
                        .collective_registration = calloc(collective + 1, 1)};
  if (people->members && people->collective && people->collective_first && people->households &&
      people->household_first && people->household_registration && people->collective_registration)
    return WG_OK;
  return wg_error_set(error, WG_FAIL_RUN, "out of memory for %lld residents", (long long)targets->population);
}

void wg_people_free(wg_people *people) {
  free(people->members);
  free(people->collective);
  free(people->collective_first);
  free(people->households);
  free(people->household_first);
  free(people->household_registration);
  free(people->collective_registration);
  *people = (wg_people){0};
}

// ---- collective households ----

enum { STUDENT_FIRST = 16, STUDENT_LAST = 24 };

static bool is_student_age(wg_person person) {
  return wg_person_age(person) >= STUDENT_FIRST && wg_person_age(person) <= STUDENT_LAST;
}

static double collective_weight(const wg_community_plan *m, const wg_synthesis_params *p) {
  const double kind = m->kind == WG_CAMPUS     ? p->campus_collective
                      : m->kind == WG_COMPOUND ? p->compound_collective
                                               : 1.0;
  return kind * (double)m->residents;
}

// Splits each community's number into students and others. The campuses ask first.
static bool split_students(const wg_geography *g, const wg_synthesis_params *p, const int64_t *collective,
                           int64_t students, int64_t *of_students) {
  const size_t count = g->community_count;
  double weights[count + 1];
  int64_t caps[count + 1], on_campus = 0, all = 0;
  weights[0] = 0.0;
  for (size_t i = 0; i < count; i++) {
    const bool campus = g->communities[i].kind == WG_CAMPUS;
    caps[i] = campus ? (int64_t)((double)collective[i] * p->campus_students) : 0;
    weights[i] = (double)caps[i];
    on_campus += caps[i];
    all += collective[i];
  }
  const int64_t placed = on_campus < students ? on_campus : students;
  if (!wg_apportion_capped(placed, weights, caps, count, of_students))
    return false;
  // The rest of the students live where there are other places; when even these are few, on the campuses after all.
  const int64_t rest = students - placed, elsewhere = all - on_campus;
  int64_t more[count + 1];
  for (size_t i = 0; i < count; i++) {
    const bool campus = g->communities[i].kind == WG_CAMPUS;
    caps[i] = campus && rest <= elsewhere ? 0 : collective[i] - of_students[i];
    weights[i] = (double)caps[i];
  }
  if (!wg_apportion_capped(rest, weights, caps, count, more))
    return false;
  for (size_t i = 0; i < count; i++)
    of_students[i] += more[i];
  return true;
}

static void shuffle(wg_person *persons, uint32_t count, wg_luck luck, uint32_t list) {
  wg_draw draw = wg_draw_open(luck, WG_PURPOSE_SYNTHESIS_PLACING, 0, list, 1);
  for (uint32_t i = count; i > 1; i--) {
    const uint32_t j = wg_draw_below(&draw, i);
    const wg_person swap = persons[i - 1];
    persons[i - 1] = persons[j];
    persons[j] = swap;
  }
}

// Men first, so that rooms are of one sex.
static void sort_by_sex(wg_person *persons, size_t count, wg_person *scratch) {
  size_t next = 0;
  for (uint32_t sex = 0; sex < WG_SEX_COUNT; sex++)
    for (size_t i = 0; i < count; i++)
      if (wg_person_sex(persons[i]) == sex)
        scratch[next++] = persons[i];
  memcpy(persons, scratch, count);
}

int wg_place_collective(const wg_geography *g, const wg_synthesis_params *p, wg_luck luck, wg_people *people,
                        wg_error *error) {
  const size_t count = g->community_count;
  double weights[count + 1];
  int64_t caps[count + 1], collective[count + 1], of_students[count + 1];
  weights[0] = 0.0;
  for (size_t i = 0; i < count; i++) {
    weights[i] = collective_weight(g->communities + i, p);
    caps[i] = (int64_t)((double)g->communities[i].residents * p->collective_most);
  }
  if (!wg_apportion_capped(people->collective_count, weights, caps, count, collective))
    return wg_error_add(error, WG_FAIL_CONFIG, "synthesis.collective_most: at %g, %u collective residents find no room",
                        p->collective_most, people->collective_count);

  // The list is sorted by age: those of student age are one stretch. Both stretches are shuffled, then dealt out.
  uint32_t first = 0, beyond;
  while (first < people->collective_count && !is_student_age(people->collective[first]))
    first++;
  for (beyond = first; beyond < people->collective_count && is_student_age(people->collective[beyond]);)
    beyond++;
  const uint32_t students = beyond - first, others = people->collective_count - students;
  if (!split_students(g, p, collective, students, of_students))
    return wg_error_add(error, WG_FAIL_CONFIG, "synthesis: %u residents of student age find no collective household",
                        students);
  wg_person *pool = malloc((size_t)people->collective_count + 1);
  wg_person *scratch = malloc((size_t)people->collective_count + 1);
  if (!pool || !scratch) {
    free(pool);
    free(scratch);
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for %u collective residents", people->collective_count);
  }
  memcpy(pool, people->collective + first, students);
  memcpy(pool + students, people->collective, first);
  memcpy(pool + students + first, people->collective + beyond, people->collective_count - beyond);
  shuffle(pool, students, luck, 0);
  shuffle(pool + students, others, luck, 1);
  uint32_t next_student = 0, next_other = students, next = 0;
  for (size_t i = 0; i < count; i++) {
    const uint32_t n = (uint32_t)of_students[i], rest = (uint32_t)(collective[i] - of_students[i]);
    people->collective_first[i] = next;
    memcpy(people->collective + next, pool + next_student, n);
    memcpy(people->collective + next + n, pool + next_other, rest);
    sort_by_sex(people->collective + next, n + rest, scratch);
    next_student += n;
    next_other += rest;
    next += n + rest;
  }
  people->collective_first[count] = next;
  free(pool);
  free(scratch);
  return WG_OK;
}

// ---- family households ----

// Room left in each community, and its running sum as of some households ago: drawing by a slightly old sum is cheap,
// and a community that has become full since is drawn again.
typedef struct rooms {
  int64_t *left;  // [count]
  int64_t *until; // [count], left[0] + … + left[i] when last summed
  size_t count;
  uint32_t age; // households since
} rooms;

enum { ROOMS_RENEW = 4096, ROOMS_TRIES = 8 };

static void rooms_sum(rooms *r) {
  int64_t sum = 0;
  for (size_t i = 0; i < r->count; i++)
    r->until[i] = sum += r->left[i];
  r->age = 0;
}

static size_t rooms_find(const rooms *r, int64_t position) {
  size_t low = 0, high = r->count - 1;
  while (low < high) {
    const size_t middle = (low + high) / 2;
    if (position < r->until[middle])
      high = middle;
    else
      low = middle + 1;
  }
  return low;
}

// A community with room for `size`, or r->count.
static size_t rooms_take(rooms *r, wg_draw *draw, uint32_t size) {
  if (r->age++ >= ROOMS_RENEW)
    rooms_sum(r);
  size_t found = 0;
  for (int i = 0; i < ROOMS_TRIES; i++) {
    const int64_t all = r->until[r->count - 1];
    found = rooms_find(r, (int64_t)(wg_draw_unit(draw) * (double)all));
    if (r->left[found] >= size) {
      r->left[found] -= size;
      return found;
    }
  }
  // Nearly everything is full: the next one that is not.
  for (size_t i = 0; i < r->count; i++, found = found + 1 < r->count ? found + 1 : 0)
    if (r->left[found] >= size) {
      r->left[found] -= size;
      return found;
    }
  return r->count;
}

// Groups of several members, or of one.
static bool place_groups(const wg_household_plan *plan, bool alone, wg_luck luck, rooms *r, uint16_t *community) {
  rooms_sum(r);
  for (size_t i = 0; i < plan->group_count; i++) {
    const wg_household_group *g = plan->groups + i;
    for (uint32_t h = g->first_household; h < g->first_household + g->count && (g->size == 1) == alone; h++) {
      wg_draw draw = wg_draw_open(luck, WG_PURPOSE_SYNTHESIS_PLACING, 0, h, 0);
      const size_t found = rooms_take(r, &draw, g->size);
      if (found == r->count)
        return false;
      community[h] = (uint16_t)found;
    }
  }
  return true;
}

// Household numbers sorted by community.
static void list_households(const wg_household_plan *plan, const uint16_t *community, size_t count, wg_people *people) {
  uint32_t *first = people->household_first;
  for (uint32_t h = 0; h < plan->households; h++)
    first[community[h] + 1]++;
  for (size_t i = 0; i < count; i++)
    first[i + 1] += first[i];
  for (uint32_t h = 0; h < plan->households; h++)
    people->households[first[community[h]]++] = h;
  for (size_t i = count; i > 0; i--)
    first[i] = first[i - 1];
  first[0] = 0;
}

int wg_place_households(const wg_geography *geography, const wg_household_plan *plan, wg_luck luck, wg_people *people,
                        wg_error *error) {
  const size_t count = geography->community_count;
  rooms r = {
      .left = malloc((count + 1) * sizeof(int64_t)), .until = malloc((count + 1) * sizeof(int64_t)), .count = count};
  uint16_t *community = calloc((size_t)plan->households + 1, sizeof *community);
  int code = WG_OK;
  if (!r.left || !r.until || !community) {
    code = wg_error_set(error, WG_FAIL_RUN, "out of memory for placing %u households", plan->households);
    goto out;
  }
  for (size_t i = 0; i < count; i++)
    r.left[i] = geography->communities[i].residents - (people->collective_first[i + 1] - people->collective_first[i]);
  if (!place_groups(plan, false, luck, &r, community) || !place_groups(plan, true, luck, &r, community)) {
    code = wg_error_add(error, WG_FAIL_CONFIG,
                        "synthesis: the communities' sizes leave no room for some family households");
    goto out;
  }
  list_households(plan, community, count, people);
out:
  free(r.left);
  free(r.until);
  free(community);
  return code;
}
