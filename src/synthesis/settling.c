// SPDX-License-Identifier: GPL-3.0-or-later
#include "synthesis/settling.h"

#include <string.h>

#include "model/disorder.h"
#include "model/ledger.h"
#include "model/trust.h"
#include "schema/purpose.h"
#include "synthesis/cost_class.h"
#include "synthesis/partners.h"
#include "synthesis/statuses.h"

// Residents come and go, and a table that is full has to be moved.
static const double slack = 1.12;

static int add_rows(wg_subdistrict *s, wg_table_id id, size_t rows, wg_error *error) {
  wg_table *table = &s->tables[id];
  const int code = wg_table_reserve(table, rows, error);
  if (code)
    return code;
  if (rows > 0)
    memset(table->rows, 0, rows * table->type->row_size);
  table->count = (uint32_t)rows;
  return WG_OK;
}

static int reserve_slack(wg_subdistrict *s, wg_table_id id, size_t rows, wg_error *error) {
  return wg_table_reserve(&s->tables[id], (uint64_t)((double)rows * slack) + 16, error);
}

static uint32_t grids_for(int64_t residents, const wg_synthesis_params *p) {
  const double grids = (double)residents / p->residents_per_grid + 0.5;
  return grids < 1.0 ? 1 : (uint32_t)grids;
}

static int make_grids(const wg_geography *geography, const wg_synthesis_params *p, size_t first, wg_subdistrict *s,
                      wg_error *error) {
  const wg_community_plan *m = geography->communities + first;
  uint64_t grids = 0;
  for (uint32_t c = 0; c < wg_communities_count(s); c++)
    grids += grids_for(m[c].residents, p);
  if (grids >= WG_NO_PLACE)
    return wg_error_add(error, WG_FAIL_CONFIG, "%s: %llu grids (allowed: below %d in a subdistrict)", s->name,
                        (unsigned long long)grids, WG_NO_PLACE);
  const int code = add_rows(s, WG_TABLE_GRID, grids, error);
  if (code)
    return code;
  uint32_t row = 0;
  for (uint32_t c = 0; c < wg_communities_count(s); c++) {
    wg_community *community = wg_communities(s) + c;
    community->first_grid = (uint16_t)row;
    community->grid_count = (uint16_t)grids_for(m[c].residents, p);
    for (uint32_t number = 1; number <= community->grid_count; number++, row++) {
      wg_grid *grid = wg_grids(s) + row;
      grid->identity = wg_identity_make((uint64_t)community->code, number, WG_PURPOSE_IDENTITY_PLACE);
      grid->community = (uint16_t)c;
      grid->number = (uint16_t)number;
    }
  }
  return WG_OK;
}

static uint32_t with_vacant(uint32_t taken, double share) {
  return taken + (uint32_t)((double)taken * share + 0.5);
}

static void make_communities(const wg_geography *geography, const wg_people *people, const wg_synthesis_params *p,
                             wg_luck luck, size_t first, wg_subdistrict *s) {
  for (uint32_t c = 0; c < wg_communities_count(s); c++) {
    const wg_community_plan *m = geography->communities + first + c;
    const uint32_t households = people->household_first[first + c + 1] - people->household_first[first + c];
    const uint32_t collective = people->collective_first[first + c + 1] - people->collective_first[first + c];
    wg_community *community = wg_communities(s) + c;
    community->code = m->code;
    community->longitude = m->longitude;
    community->latitude = m->latitude;
    community->urban_rural_class = m->urban_rural_class;
    community->kind = m->kind;
    community->located = m->located;
    community->dwellings = community->dwellings_at_start = with_vacant(households, p->vacant_dwellings);
    community->cost_class = wg_cost_class(m, p, luck);
    community->beds = with_vacant(collective, p->vacant_beds);
  }
}

// ---- people ----

typedef struct settler {
  const wg_world *world;
  const wg_household_plan *plan;
  const wg_people *people;
  const wg_synthesis_params *params;
  wg_subdistrict *s;
} settler;

static void settle_person(const settler *a, uint32_t household, uint64_t number, uint32_t member, wg_person person,
                          uint32_t more) {
  const uint64_t identity = wg_identity_make(number, member, WG_PURPOSE_IDENTITY_CENSUS);
  wg_draw draw = wg_draw_open(a->world->luck, WG_PURPOSE_SYNTHESIS_PERSON, 0, identity, 0);
  const wg_month birth = a->world->month - 12 * (wg_month)wg_person_age(person) - (wg_month)wg_draw_below(&draw, 12);
  const wg_household *home = wg_households(a->s) + household;
  const uint16_t trust = wg_trust_baseline(a->world, identity);
  const uint32_t traits =
      wg_census_statuses(a->world, identity, wg_person_age(person),
                         wg_person_sex(person) | more | (uint32_t)WG_TRAIT_COHORT |
                             (home->kind == WG_COLLECTIVE ? (uint32_t)WG_TRAIT_COLLECTIVE : 0),
                         (wg_community_kind)wg_communities(a->s)[wg_grids(a->s)[home->grid].community].kind, trust);
  wg_resident_join(a->s, identity, household, birth, traits, trust, trust, a->world->month);
}

static void settle_family(const settler *a, uint32_t number, uint32_t grid) {
  const wg_household_group *group = wg_household_plan_find(a->plan, number);
  const wg_person *member = a->people->members + wg_household_first_member(group, number);
  const uint32_t row =
      wg_household_found(a->s, wg_identity_make(number, 0, WG_PURPOSE_IDENTITY_HOUSEHOLD), grid, WG_FAMILY);
  const uint32_t registration = (uint32_t)a->people->household_registration[number] << WG_TRAIT_REGISTRATION_SHIFT;
  for (uint32_t i = 0; i < group->size; i++)
    settle_person(a, row, number, i, member[i], registration | wg_family_traits(group, member, i));
}

// The collective residents [first, first + size). Numbers go on after those of the family households.
static void settle_collective(const settler *a, uint32_t first, uint32_t size, uint32_t grid) {
  const uint64_t number = (uint64_t)a->plan->households + first;
  const uint32_t row =
      wg_household_found(a->s, wg_identity_make(number, 0, WG_PURPOSE_IDENTITY_HOUSEHOLD), grid, WG_COLLECTIVE);
  for (uint32_t i = 0; i < size; i++)
    settle_person(a, row, number, i, a->people->collective[first + i],
                  (uint32_t)a->people->collective_registration[first + i] << WG_TRAIT_REGISTRATION_SHIFT);
}

// Rooms of one sex in a community: `count` residents from `first` on, in `rooms` rooms of nearly equal size.
typedef struct dormitory {
  uint32_t first, count, rooms;
} dormitory;

static dormitory dormitory_of(const settler *a, size_t community, uint32_t sex) {
  const wg_people *people = a->people;
  uint32_t first = people->collective_first[community], beyond = people->collective_first[community + 1];
  uint32_t women = first;
  while (women < beyond && wg_person_sex(people->collective[women]) == 0)
    women++;
  if (sex == 0)
    beyond = women;
  else
    first = women;
  const uint32_t count = beyond - first;
  const uint32_t rooms = (uint32_t)((double)count / a->params->collective_household_size + 0.5);
  return (dormitory){first, count, count == 0 ? 0 : rooms == 0 ? 1 : rooms};
}

static uint32_t room_first(const dormitory *d, uint32_t room) {
  return d->first + (uint32_t)((uint64_t)d->count * room / d->rooms);
}

// Grid by grid, so that a grid's residents lie side by side; every grid gets each n-th household of the community.
static void settle_community(const settler *a, size_t community, const wg_community *c) {
  const wg_people *people = a->people;
  const uint32_t first = people->household_first[community], beyond = people->household_first[community + 1];
  const dormitory sexes[WG_SEX_COUNT] = {dormitory_of(a, community, 0), dormitory_of(a, community, 1)};
  for (uint32_t g = 0; g < c->grid_count; g++) {
    const uint32_t grid = (uint32_t)c->first_grid + g;
    for (uint32_t i = first + g; i < beyond; i += c->grid_count)
      settle_family(a, people->households[i], grid);
    for (uint32_t sex = 0; sex < WG_SEX_COUNT; sex++) {
      const dormitory *d = sexes + sex;
      for (uint32_t room = g; room < d->rooms; room += c->grid_count)
        settle_collective(a, room_first(d, room), room_first(d, room + 1) - room_first(d, room), grid);
    }
  }
}

// Universities keep the places that they have at the start.
static void count_student_places(wg_subdistrict *s) {
  for (uint32_t row = 0; row < wg_residents_count(s); row++) {
    const wg_resident *r = wg_residents(s) + row;
    if ((r->traits & WG_TRAIT_COLLECTIVE) && wg_trait_activity(r->traits) == WG_STUDENT)
      wg_grids(s)[r->grid].student_places++;
  }
}

static uint32_t households_in(const settler *a, size_t first, uint32_t communities) {
  uint32_t sum = a->people->household_first[first + communities] - a->people->household_first[first];
  for (size_t c = first; c < first + communities; c++)
    sum += dormitory_of(a, c, 0).rooms + dormitory_of(a, c, 1).rooms;
  return sum;
}

static uint32_t residents_in(const wg_geography *geography, size_t first, uint32_t communities) {
  int64_t sum = 0;
  for (size_t c = first; c < first + communities; c++)
    sum += geography->communities[c].residents;
  return (uint32_t)sum;
}

// ---- workplaces ----

static uint32_t workplaces_for(const settler *a, const wg_grid *grid) {
  wg_draw draw = wg_draw_open(a->world->luck, WG_PURPOSE_SYNTHESIS_GEOGRAPHY, 0, grid->identity, 2);
  return (uint32_t)((double)grid->residents * a->params->workplaces_per_1000 / 1000.0 + wg_draw_unit(&draw));
}

static int make_workplaces(const settler *a, wg_error *error) {
  wg_subdistrict *s = a->s;
  size_t rows = 0;
  for (uint32_t g = 0; g < wg_grids_count(s); g++) {
    wg_grid *grid = wg_grids(s) + g;
    grid->first_workplace = (uint32_t)rows;
    grid->workplace_count = workplaces_for(a, grid);
    rows += grid->workplace_count;
  }
  const int code = add_rows(s, WG_TABLE_WORKPLACE, rows, error);
  if (code)
    return code;
  for (uint32_t g = 0; g < wg_grids_count(s); g++) {
    const wg_grid *grid = wg_grids(s) + g;
    for (uint32_t i = 0; i < grid->workplace_count; i++)
      wg_workplaces(s)[grid->first_workplace + i] = (wg_workplace){
          .identity = wg_identity_make(grid->identity, i + 1, WG_PURPOSE_IDENTITY_PLACE), .grid = (uint16_t)g};
  }
  return WG_OK;
}

int wg_settle(const wg_world *world, const wg_geography *geography, const wg_household_plan *plan,
              const wg_people *people, size_t subdistrict, wg_subdistrict *s, wg_error *error) {
  const wg_subdistrict_plan *target = geography->subdistricts + subdistrict;
  const size_t first = target->first_community;
  const settler a = {world, plan, people, wg_config_get(world->config, &wg_synthesis_group), s};
  int code = add_rows(s, WG_TABLE_COMMUNITY, target->community_count, error);
  if (code)
    return code;
  make_communities(geography, people, a.params, world->luck, first, s);
  code = make_grids(geography, a.params, first, s, error);
  if (!code)
    code = wg_counts_create(s, error);
  if (!code)
    code = wg_searches_create(s, error);
  if (!code)
    code = wg_ledger_create(s, error);
  wg_disorder_begin(world, s);
  const uint32_t communities = wg_communities_count(s);
  if (!code)
    code = reserve_slack(s, WG_TABLE_HOUSEHOLD, households_in(&a, first, communities), error);
  if (!code)
    code = reserve_slack(s, WG_TABLE_RESIDENT, residents_in(geography, first, communities), error);
  if (code)
    return code;
  for (uint32_t c = 0; c < communities; c++)
    settle_community(&a, first + c, wg_communities(s) + c);
  count_student_places(s);
  return make_workplaces(&a, error);
}
