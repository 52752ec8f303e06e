// SPDX-License-Identifier: GPL-3.0-or-later
// The synthesised district against the census, counted from the rows themselves.
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/registry.h"
#include "io/csv_file.h"
#include "life_world.h"
#include "model/newcomer.h"
#include "model/trust.h"
#include "synthesis/apportion.h"
#include "synthesis/household_people.h"
#include "synthesis/synthesis.h"
#include "synthesis/synthesis_report.h"

// ---- set-up ----

static void read_table(const char *name, wg_input_table *table) {
  const char *root = getenv("WG_ROOT");
  char path[4096];
  wg_error error = {0};
  snprintf(path, sizeof path, "%s/configs/haidian/%s", root ? root : ".", name);
  if (wg_csv_file_read(path, table, &error))
    fail_msg("%s", error.text);
}

// The district's tables, with holidays of the test's own.
static wg_inputs read_inputs(void) {
  wg_inputs inputs = {0};
  read_table("subdistricts.csv", &inputs.subdistricts);
  read_table("communities.csv", &inputs.communities);
  read_table("age_sex_2010.csv", &inputs.age_sex);
  read_table("census_2010.csv", &inputs.census);
  wg_input_table *h = &inputs.holidays;
  *h = (wg_input_table){.path = strdup("holidays.csv"), .columns = 2, .rows = 1};
  h->names = malloc(2 * sizeof *h->names);
  h->cells = malloc(2 * sizeof *h->cells);
  h->lines = malloc(sizeof *h->lines);
  h->names[0] = strdup("date");
  h->names[1] = strdup("kind");
  h->cells[0] = strdup("2010-11-03");
  h->cells[1] = strdup("off");
  h->lines[0] = 2;
  return inputs;
}

static void set(wg_config *config, const char *path, wg_value value) {
  wg_error error = {0};
  if (wg_config_set(config, path, &value, "test.cfg:1", true, &error))
    fail_msg("%s", error.text);
}

static wg_value text(const char *t) {
  return (wg_value){.kind = WG_VALUE_TEXT, .text = t};
}

static wg_value integer(int64_t i) {
  return (wg_value){.kind = WG_VALUE_INT, .integer = i};
}

static wg_value real(double r) {
  return (wg_value){.kind = WG_VALUE_REAL, .real = r};
}

static wg_value list(const wg_value *items, size_t count) {
  return (wg_value){.kind = WG_VALUE_LIST, .items = items, .count = count};
}

static void add_facility(wg_config *config, const char *id, double urban, double rural, double per_10000,
                         double own_share) {
  char path[80];
  snprintf(path, sizeof path, "facilities.%s.label", id);
  set(config, path, text("设施"));
  snprintf(path, sizeof path, "facilities.%s.share_urban", id);
  set(config, path, real(urban));
  snprintf(path, sizeof path, "facilities.%s.share_rural", id);
  set(config, path, real(rural));
  snprintf(path, sizeof path, "facilities.%s.per_10000", id);
  set(config, path, real(per_10000));
  snprintf(path, sizeof path, "facilities.%s.own_share", id);
  set(config, path, real(own_share));
}

enum { STATION, SHOP }; // kinds of facilities

// One service, one kind of desk: the least that makes a world. And two kinds of facilities; `more` (or NULL) is one before them.
static wg_config *make_config(int64_t seed, const char *more) {
  const wg_param_group *groups[WG_GROUPS_MAX];
  const size_t count = wg_registry_groups(groups);
  wg_config *config;
  wg_error error = {0};
  if (wg_config_create(groups, count, &config, &error))
    fail_msg("%s", error.text);
  life_config_read(config);
  set(config, "run.seed", integer(seed));
  set(config, "services.litter.label", text("垃圾"));
  set(config, "services.litter.network", text("city"));
  set(config, "services.litter.carrier", text("grid"));
  set(config, "services.litter.mix", real(1.0));
  set(config, "services.litter.limit", integer(3));
  set(config, "services.litter.self_report", real(0.5));
  set(config, "services.litter.work_minutes", real(30.0));
  const wg_value desk = text("team"), takes = real(1.0);
  set(config, "services.litter.desks", list(&desk, 1));
  set(config, "services.litter.takes", list(&takes, 1));
  set(config, "desks.team.label", text("网格员"));
  set(config, "desks.team.area", text("grid"));
  if (more)
    add_facility(config, more, 0.5, 0.5, 3.0, 0.5);
  add_facility(config, "station", 0.6, 0.3, 0.0, 0.4);
  add_facility(config, "shop", 1.0, 1.0, 4.0, 0.0);
  return config;
}

typedef struct made {
  wg_config *config;
  wg_inputs inputs;
  wg_world world;
} made;

static void unmake(made *m) {
  wg_world_free(&m->world);
  wg_inputs_free(&m->inputs);
  wg_config_free(m->config);
}

// A world of those subdistricts (none: of all).
static made make(int64_t seed, const char *const *codes, size_t count) {
  made m = {.config = make_config(seed, NULL), .inputs = read_inputs()};
  wg_value items[8];
  for (size_t i = 0; i < count; i++)
    items[i] = text(codes[i]);
  if (count > 0)
    set(m.config, "run.subdistricts", list(items, count));
  wg_error error = {0};
  if (wg_world_synthesise(m.config, &m.inputs, &m.world, &error))
    fail_msg("%s", error.text);
  return m;
}

// The whole districts of two seeds serve most tests.
static made districts[2];

static int make_districts(void **state) {
  (void)state;
  for (int i = 0; i < 2; i++)
    districts[i] = make(i + 1, NULL, 0);
  return 0;
}

static int free_districts(void **state) {
  (void)state;
  for (int i = 0; i < 2; i++)
    unmake(districts + i);
  return 0;
}

// ---- exactness ----

// Figures as the census prints them.
static const int64_t age_sex[WG_AGE_BAND_COUNT][WG_SEX_COUNT] = {
    {8876, 8037},     {43027, 38229},   {41451, 36828},   {40386, 36200},   {117775, 108467},
    {323245, 297430}, {237320, 207949}, {149158, 134132}, {137772, 128193}, {133182, 121164},
    {123884, 109028}, {89304, 85299},   {75018, 77289},   {45960, 51005},   {33735, 43637},
    {40869, 46651},   {31077, 32579},   {15431, 15850},   {7055, 8178}};

typedef struct counts {
  int64_t residents, family, members, ones, old[5], collective, collective_old, registration[3], rural;
  int64_t age_sex[WG_AGE_BAND_COUNT][WG_SEX_COUNT], mixed_registration, collective_minors, minors_alone;
} counts;

static void count_household(const wg_world *w, const wg_subdistrict *s, const wg_household *home, counts *n) {
  const wg_resident *residents = wg_residents(s);
  int64_t old = 0, adults = 0, size = 0, unlike = 0;
  uint32_t row = home->first;
  do {
    const wg_resident *r = residents + row;
    const uint32_t age = wg_age_years(r->birth_month, w->month);
    n->residents++;
    n->registration[wg_resident_registration(r)]++;
    n->age_sex[wg_age_band(age)][wg_resident_sex(r)]++;
    n->rural += wg_communities(s)[wg_grids(s)[r->grid].community].urban_rural_class >= 200;
    unlike += wg_resident_registration(r) != wg_resident_registration(residents + home->first);
    old += age >= 65;
    adults += age >= 16;
    size++;
    row = r->next;
  } while (row != home->first && size <= home->size);
  assert_int_equal(size, home->size);
  n->minors_alone += adults == 0;
  if (home->kind == WG_COLLECTIVE) {
    n->collective += size;
    n->collective_old += old;
    n->collective_minors += size - adults;
    return;
  }
  n->family++;
  n->members += size;
  n->ones += size == 1;
  n->old[old < 4 ? old : 4]++;
  n->mixed_registration += unlike;
}

static counts count_world(const wg_world *w) {
  counts n = {0};
  for (uint32_t i = 0; i < w->subdistrict_count; i++)
    for (uint32_t h = 0; h < wg_households_count(w->subdistricts + i); h++)
      count_household(w, w->subdistricts + i, wg_households(w->subdistricts + i) + h, &n);
  return n;
}

static void test_totals_are_the_census(void **state) {
  (void)state;
  for (int i = 0; i < 2; i++) {
    const counts n = count_world(&districts[i].world);
    assert_int_equal(n.residents, 3280670);
    for (int band = 0; band < WG_AGE_BAND_COUNT; band++)
      for (int sex = 0; sex < WG_SEX_COUNT; sex++)
        assert_int_equal(n.age_sex[band][sex], age_sex[band][sex]);
    assert_int_equal(n.family, 976376);
    assert_int_equal(n.members, 2329230);
    assert_int_equal(n.ones, 274455);
    assert_int_equal(n.old[0], 976376 - 187649);
    assert_int_equal(n.old[1], 104305);
    assert_int_equal(n.old[2], 82635);
    assert_int_equal(n.old[3], 709);
    assert_int_equal(n.old[4], 0);
    assert_int_equal(n.collective, 951440);
    assert_int_equal(n.collective_old, 3360);
    assert_int_equal(n.registration[WG_REGISTERED_OUTSIDE], 1256145);
    assert_int_equal(n.registration[WG_REGISTERED_ELSEWHERE], 165874);
    assert_int_equal(n.registration[WG_REGISTERED_HERE], 3280670 - 1256145 - 165874);
    assert_int_equal(n.rural, 72107);
    assert_int_equal(n.mixed_registration, 0);
    assert_int_equal(n.minors_alone, 0);
    assert_int_equal(n.collective_minors, 0);
  }
}

static int64_t to_integer(const char *text) {
  return strtoll(text, NULL, 10);
}

static void test_subdistricts_hold_what_was_counted(void **state) {
  (void)state;
  for (int i = 0; i < 2; i++) {
    const wg_input_table *table = &districts[i].inputs.subdistricts;
    const int code = wg_input_table_column(table, "code", NULL);
    const int population = wg_input_table_column(table, "population_2010", NULL);
    size_t checked = 0;
    for (size_t row = 0; row < table->rows; row++) {
      if (wg_input_table_blank(table, row, population))
        continue;
      const wg_subdistrict *s =
          wg_world_subdistrict(&districts[i].world, to_integer(wg_input_table_text(table, row, code)));
      assert_non_null(s);
      assert_int_equal(wg_residents_count(s), to_integer(wg_input_table_text(table, row, population)));
      checked++;
    }
    assert_int_equal(checked, 11);
  }
}

// ---- consistency ----

static int by_value(const void *a, const void *b) {
  const uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
  return (left > right) - (left < right);
}

static void assert_unique(uint64_t *identities, size_t count) {
  qsort(identities, count, sizeof *identities, by_value);
  assert_true(count == 0 || identities[0] != 0);
  for (size_t i = 1; i < count; i++)
    assert_true(identities[i] != identities[i - 1]);
}

static void test_rows_are_consistent(void **state) {
  (void)state;
  const wg_world *w = &districts[0].world;
  int64_t cells[WG_POPULATION_CELLS] = {0};
  assert_int_equal(w->subdistrict_count, 29);
  for (uint32_t i = 0; i < w->subdistrict_count; i++) {
    const wg_subdistrict *s = w->subdistricts + i;
    assert_true(i == 0 || s->code > s[-1].code);
    assert_non_null(s->name);
    uint32_t heads = 0, in_rings = 0;
    for (uint32_t h = 0; h < wg_households_count(s); h++) {
      const wg_household *home = wg_households(s) + h;
      assert_true(home->size > 0);
      uint32_t row = home->first, own_heads = 0;
      for (int k = 0; k < home->size; k++, row = wg_residents(s)[row].next) {
        const wg_resident *r = wg_residents(s) + row;
        assert_int_equal(r->household, h);
        assert_int_equal(r->grid, home->grid);
        assert_int_equal((r->traits & WG_TRAIT_COLLECTIVE) != 0, home->kind == WG_COLLECTIVE);
        assert_true(r->traits & WG_TRAIT_COHORT);
        assert_int_equal(r->trust, r->trust_baseline);
        own_heads += (r->traits & WG_TRAIT_HEAD) != 0;
      }
      assert_int_equal(row, home->first);
      assert_int_equal(own_heads, 1);
      heads += own_heads;
      in_rings += home->size;
    }
    assert_int_equal(heads, wg_households_count(s));
    assert_int_equal(in_rings, wg_residents_count(s));

    uint32_t grids = 0, workplaces = 0;
    for (uint32_t c = 0; c < wg_communities_count(s); c++) {
      const wg_community *m = wg_communities(s) + c;
      assert_true(m->dwellings >= m->households);
      assert_true(m->beds >= m->collective_residents);
      assert_int_equal(m->first_grid, grids);
      assert_true(m->grid_count > 0);
      assert_true(m->longitude > 116.0 && m->longitude < 116.5 && m->latitude > 39.85 && m->latitude < 40.2);
      assert_non_null(s->community_names[c]);
      int64_t residents = 0, population = 0;
      for (; grids < (uint32_t)m->first_grid + m->grid_count; grids++) {
        const wg_grid *grid = wg_grids(s) + grids;
        assert_int_equal(grid->community, c);
        assert_int_equal(grid->first_workplace, workplaces);
        residents += grid->residents;
        for (uint32_t k = 0; k < grid->workplace_count; k++)
          assert_int_equal(wg_workplaces(s)[workplaces++].grid, grids);
      }
      for (uint32_t k = 0; k < WG_POPULATION_CELLS; k++) {
        population += wg_population(s)[c * WG_POPULATION_CELLS + k].residents;
        cells[k] += wg_population(s)[c * WG_POPULATION_CELLS + k].residents;
      }
      assert_int_equal(residents, population);
      assert_true(residents > 0);
    }
    assert_int_equal(grids, wg_grids_count(s));
    assert_int_equal(workplaces, wg_workplaces_count(s));
    assert_int_equal(s->tables[WG_TABLE_TALLY].count, wg_communities_count(s) * w->catalogue.service_count);
    assert_true(s->tables[WG_TABLE_RESIDENT].capacity >= wg_residents_count(s) * 1.1);
    assert_int_equal(wg_desks_count(s), wg_grids_count(s));
  }
  assert_memory_equal(cells, w->population_cells, sizeof cells);
}

static void test_identities_are_unique(void **state) {
  (void)state;
  const wg_world *w = &districts[0].world;
  uint64_t *ids = malloc(sizeof *ids * 3280670);
  size_t count = 0;
  for (uint32_t i = 0; i < w->subdistrict_count; i++)
    for (uint32_t r = 0; r < wg_residents_count(w->subdistricts + i); r++)
      ids[count++] = wg_residents(w->subdistricts + i)[r].identity;
  assert_unique(ids, count);
  count = 0;
  for (uint32_t i = 0; i < w->subdistrict_count; i++)
    for (uint32_t h = 0; h < wg_households_count(w->subdistricts + i); h++)
      ids[count++] = wg_households(w->subdistricts + i)[h].identity;
  assert_unique(ids, count);
  count = 0;
  for (uint32_t i = 0; i < w->subdistrict_count; i++) {
    const wg_subdistrict *s = w->subdistricts + i;
    for (uint32_t g = 0; g < wg_grids_count(s); g++)
      ids[count++] = wg_grids(s)[g].identity;
    for (uint32_t k = 0; k < wg_workplaces_count(s); k++)
      ids[count++] = wg_workplaces(s)[k].identity;
  }
  assert_unique(ids, count);
  free(ids);
}

// ---- plausibility ----

typedef struct member {
  uint64_t identity;
  uint8_t age;
} member;

static int by_identity(const void *a, const void *b) {
  return by_value(&((const member *)a)->identity, &((const member *)b)->identity);
}

static int youngest(const int *ages, int count) {
  int age = ages[0];
  for (int i = 1; i < count; i++)
    age = ages[i] < age ? ages[i] : age;
  return age;
}

static int eldest(const int *ages, int count) {
  int age = ages[0];
  for (int i = 1; i < count; i++)
    age = ages[i] > age ? ages[i] : age;
  return age;
}

// Whether the planned parents are 16 years older than their children. Of a couple one is the elders' child.
static bool is_plausible(const wg_household_group *g, const int *a) {
  const int p = g->parents, e = g->elders;
  switch (g->form) {
  case WG_FORM_FOUR:
    return youngest(a + 4, e) - youngest(a, 2) >= 16 && youngest(a, 2) - youngest(a + 2, 2) >= 16 &&
           youngest(a + 2, 2) - a[4 + e] >= 16;
  case WG_FORM_OLD_LINE:
    return a[2] - youngest(a, 2) >= 16;
  case WG_FORM_THREE:
    return youngest(a + p, e) - youngest(a, p) >= 16 && youngest(a, p) - eldest(a + p + e, g->minors) >= 16;
  case WG_FORM_OLD_CHILD:
    return youngest(a, e) - a[e] >= 16;
  case WG_FORM_NUCLEAR:
    return youngest(a, p) - eldest(a + p, g->minors + g->adult_children) >= 16;
  case WG_FORM_COUPLE:
  case WG_FORM_ADULTS:
  case WG_FORM_ONE:
    break;
  }
  return youngest(a, g->size) >= 16;
}

// The rows hold the planned households: so many generations, members and old members, each with fitting ages.
static void test_households_are_as_planned(void **state) {
  (void)state;
  const made *d = districts;
  wg_census_targets targets;
  wg_age_pools pools;
  wg_household_plan *plan = malloc(sizeof *plan);
  wg_error error = {0};
  const wg_synthesis_params *params = wg_config_get(d->config, &wg_synthesis_group);
  assert_int_equal(wg_census_targets_read(&d->inputs, &targets, &error), WG_OK);
  assert_true(wg_age_pools_create(&targets, &pools));
  assert_int_equal(
      wg_household_plan_create(&targets, wg_age_pools_count(&pools, WG_ANY_SEX, 0, 15), params, plan, &error), WG_OK);
  member *members = malloc(sizeof *members * 3280670);
  size_t count = 0;
  for (uint32_t i = 0; i < d->world.subdistrict_count; i++)
    for (uint32_t r = 0; r < wg_residents_count(d->world.subdistricts + i); r++) {
      const wg_resident *resident = wg_residents(d->world.subdistricts + i) + r;
      members[count++] = (member){resident->identity, (uint8_t)wg_age_years(resident->birth_month, d->world.month)};
    }
  qsort(members, count, sizeof *members, by_identity);
  int64_t generations[5] = {0}, implausible = 0;
  for (uint32_t h = 0; h < plan->households; h++) {
    const wg_household_group *g = wg_household_plan_find(plan, h);
    int ages[16], old = 0;
    for (uint32_t k = 0; k < g->size; k++) {
      const member key = {.identity = wg_identity_make(h, k, WG_PURPOSE_IDENTITY_CENSUS)};
      const member *found = bsearch(&key, members, count, sizeof key, by_identity);
      assert_non_null(found);
      ages[k] = found->age;
      old += found->age >= 65;
    }
    assert_int_equal(old, g->old);
    generations[g->generations]++;
    implausible += !is_plausible(g, ages);
  }
  assert_int_equal(generations[1], 495939);
  assert_int_equal(generations[2], 381325);
  assert_int_equal(generations[3], 98155);
  assert_int_equal(generations[4], 957);
  assert_int_equal(implausible, 0);
  free(members);
  free(plan);
}

static int64_t mean_newcomers(const wg_world *w, bool towns) {
  int64_t outside = 0, all = 0;
  for (uint32_t i = 0; i < w->subdistrict_count; i++)
    for (uint32_t r = 0; r < wg_residents_count(w->subdistricts + i) && w->subdistricts[i].town == towns; r++) {
      outside += wg_resident_registration(wg_residents(w->subdistricts + i) + r) == WG_REGISTERED_OUTSIDE;
      all++;
    }
  return outside * 1000 / all;
}

static void test_newcomers_lean_to_towns(void **state) {
  (void)state;
  assert_true(mean_newcomers(&districts[0].world, true) > mean_newcomers(&districts[0].world, false) + 30);
}

static void test_campuses_house_students(void **state) {
  (void)state;
  const wg_world *w = &districts[0].world;
  int64_t collective[WG_COMMUNITY_KIND_COUNT] = {0}, all[WG_COMMUNITY_KIND_COUNT] = {0},
          places[WG_COMMUNITY_KIND_COUNT] = {0};
  for (uint32_t i = 0; i < w->subdistrict_count; i++)
    for (uint32_t c = 0; c < wg_communities_count(w->subdistricts + i); c++) {
      const wg_community *m = wg_communities(w->subdistricts + i) + c;
      collective[m->kind] += m->collective_residents;
      places[m->kind]++;
      for (int g = 0; g < m->grid_count; g++)
        all[m->kind] += wg_grids(w->subdistricts + i)[m->first_grid + g].residents;
    }
  assert_int_equal(places[WG_VILLAGE], 84);
  assert_true(places[WG_CAMPUS] > 30 && places[WG_COMPOUND] > 60);
  assert_true(collective[WG_CAMPUS] * 100 > all[WG_CAMPUS] * 80);
  assert_true(collective[WG_COMPOUND] * 100 > all[WG_COMPOUND] * 20);
  assert_true(collective[WG_ORDINARY] * 100 < all[WG_ORDINARY] * 20);
}

// ---- statuses ----

// Figures as the census prints them: education of 6 and over by sex (none, primary, junior, senior, college, university) and
// its long form of 16 and over. The long form's unemployed are all who are in no other row.
static const int64_t educated[WG_SEX_COUNT][WG_EDUCATION_COUNT] = {{6370, 106780, 415301, 309865, 200176, 595293},
                                                                   {22474, 122606, 330648, 307052, 219653, 529443}};
static const double long_form = 272407.0, employed = 154628.0, students = 45739.0, retired = 47609.0, home = 8324.0,
                    unable = 1528.0;

typedef struct statuses {
  int64_t education[WG_SEX_COUNT][WG_EDUCATION_COUNT], activity[WG_ACTIVITY_COUNT], adults, care[2][WG_CARE_COUNT];
  int64_t party, grown, volunteers, in_community[WG_STATUS_COUNT], odd;
} statuses;

// What cannot be: a child of school age, a young pensioner, a graduate of 17, a student of 40.
static bool is_odd(uint32_t years, uint32_t traits) {
  const wg_activity activity = wg_trait_activity(traits);
  const wg_education education = wg_trait_education(traits);
  const bool at_school = activity == WG_PUPIL || activity == WG_STUDENT;
  return (activity == WG_CHILD) != (years < 6) || (years >= 6 && years < 16 && activity != WG_PUPIL) ||
         (activity == WG_PUPIL && years > 18) || (activity == WG_STUDENT && (years < 17 || years > 28)) ||
         (activity == WG_RETIRED && years < 35) || (education >= WG_COLLEGE && !at_school && years < 21) ||
         (activity == WG_STUDENT && education < WG_COLLEGE) || (traits & WG_TRAIT_PARTY_MEMBER && years < 18) ||
         (activity == WG_HOME && traits & WG_TRAIT_COLLECTIVE);
}

static statuses count_statuses(const wg_world *w) {
  statuses n = {0};
  for (uint32_t i = 0; i < w->subdistrict_count; i++) {
    const wg_subdistrict *s = w->subdistricts + i;
    for (uint32_t row = 0; row < wg_residents_count(s); row++) {
      const wg_resident *r = wg_residents(s) + row;
      const uint32_t years = wg_age_years(r->birth_month, w->month);
      const uint32_t sex = wg_resident_sex(r), education = wg_trait_education(r->traits);
      n.odd += is_odd(years, r->traits);
      n.education[sex][education] += years >= 6;
      n.adults += years >= 16;
      n.activity[wg_trait_activity(r->traits)] += years >= 16;
      n.care[years >= 60][wg_trait_care(r->traits)]++;
      n.grown += years >= 18;
      n.party += (r->traits & WG_TRAIT_PARTY_MEMBER) != 0;
      n.volunteers += (r->traits & WG_TRAIT_VOLUNTEER) != 0;
      n.in_community[WG_STATUS_ACTIVITY + wg_trait_activity(r->traits)]--;
      n.in_community[WG_STATUS_EDUCATION + education]--;
      n.in_community[WG_STATUS_CARE + wg_trait_care(r->traits)]--;
      n.in_community[WG_STATUS_PARTY_MEMBER] -= (r->traits & WG_TRAIT_PARTY_MEMBER) != 0;
      n.in_community[WG_STATUS_VOLUNTEER] -= (r->traits & WG_TRAIT_VOLUNTEER) != 0;
    }
    for (uint32_t c = 0; c < wg_communities_count(s); c++)
      for (uint32_t k = 0; k < WG_STATUS_COUNT; k++)
        n.in_community[k] += wg_statuses(s)[c * WG_STATUS_COUNT + k].residents;
  }
  return n;
}

static double distance(double a, double b) {
  return a < b ? b - a : a - b;
}

// Education within 1 % of the census, or within 5.5 standard deviations where one draw for each resident leaves more (the
// 6,370 men without school: 6.9 %). The variance of a count lies below its mean, so that luck crosses each bound in less than
// 1 of 10 million seeds; an error of twice the bound would be seen always. Activity within 1 percentage point, a hundred
// standard deviations or more.
static void test_statuses_are_near_the_census(void **state) {
  (void)state;
  for (int i = 0; i < 2; i++) {
    const statuses n = count_statuses(&districts[i].world);
    assert_int_equal(n.odd, 0);
    for (int k = 0; k < WG_STATUS_COUNT; k++)
      if (k != WG_STATUS_PARTNERED)
        assert_int_equal(n.in_community[k], 0);
    for (int sex = 0; sex < WG_SEX_COUNT; sex++)
      for (int k = 0; k < WG_EDUCATION_COUNT; k++) {
        const double target = (double)educated[sex][k], gap = distance((double)n.education[sex][k], target);
        if (gap > 0.01 * target && gap * gap > 5.5 * 5.5 * target)
          fail_msg("sex %d, education %d: %lld, counted %lld", sex, k, (long long)n.education[sex][k],
                   (long long)educated[sex][k]);
      }
    const double shares[WG_ACTIVITY_COUNT] = {
        [WG_STUDENT] = students, [WG_EMPLOYED] = employed,
        [WG_HOME] = home,        [WG_RETIRED] = retired,
        [WG_UNABLE] = unable,    [WG_UNEMPLOYED] = long_form - employed - students - retired - home - unable};
    for (int k = WG_STUDENT; k < WG_ACTIVITY_COUNT; k++) {
      const int64_t made_now = n.activity[k] + (k == WG_STUDENT ? n.activity[WG_PUPIL] : 0);
      const double share = (double)made_now / (double)n.adults;
      if (distance(share, shares[k] / long_form) > 0.01)
        fail_msg("activity %d: %.4f, counted %.4f", k, share, shares[k] / long_form);
    }
    const double old = (double)(n.care[1][0] + n.care[1][1] + n.care[1][2]);
    assert_true(distance((double)n.care[1][WG_CARE_DISABLED] / old, 0.062) < 0.01);
    const double party = (double)n.party / (double)n.grown, volunteers = (double)n.volunteers / 3280670.0;
    assert_true(party > 0.10 && party < 0.20);
    assert_true(volunteers > 0.03 && volunteers < 0.12);
  }
}

// Below a university's age the later born have more school than the earlier born.
static void test_older_people_have_less_school(void **state) {
  (void)state;
  const wg_world *w = &districts[0].world;
  int64_t little[2][WG_SEX_COUNT] = {{0}}, all[2][WG_SEX_COUNT] = {{0}};
  for (uint32_t i = 0; i < w->subdistrict_count; i++)
    for (uint32_t row = 0; row < wg_residents_count(w->subdistricts + i); row++) {
      const wg_resident *r = wg_residents(w->subdistricts + i) + row;
      const uint32_t years = wg_age_years(r->birth_month, w->month), old = years >= 75;
      if (old || (years >= 30 && years < 45)) {
        little[old][wg_resident_sex(r)] += wg_trait_education(r->traits) <= WG_PRIMARY;
        all[old][wg_resident_sex(r)]++;
      }
    }
  for (int sex = 0; sex < WG_SEX_COUNT; sex++)
    assert_true(little[1][sex] * all[0][sex] > 3 * little[0][sex] * all[1][sex]);
  assert_true(little[1][1] * all[1][0] > little[1][0] * all[1][1]);
}

static void test_newcomers_have_statuses(void **state) {
  (void)state;
  const wg_world *w = &districts[0].world;
  const uint32_t other =
      WG_TRAIT_FEMALE | WG_REGISTERED_OUTSIDE << WG_TRAIT_REGISTRATION_SHIFT | 3U << WG_TRAIT_BIRTHS_SHIFT;
  int differ = 0;
  for (uint64_t who = 1; who <= 300; who++)
    for (uint32_t years = 0; years <= WG_AGE_MAX; years++) {
      const uint16_t trust = wg_trust_baseline(w, who);
      const wg_activity wanted = years >= 17 && years < 30 ? WG_STUDENT : years < 60 ? WG_EMPLOYED : WG_RETIRED;
      const uint32_t traits = wg_newcomer_traits(w, who, years, other, wanted, trust);
      assert_int_equal(traits & other, other);
      assert_false(is_odd(years, traits) && !(wanted == WG_STUDENT && years > 28));
      if (years >= 16)
        assert_int_equal(wg_trait_activity(traits), wanted);
      assert_int_equal(traits, wg_newcomer_traits(w, who, years, other, wanted, trust));
      const uint32_t free = wg_newcomer_traits(w, who, years, other, WG_CHILD, trust);
      assert_false(is_odd(years, free));
      assert_int_equal(wg_trait_care(free), wg_trait_care(traits));
      differ += free != wg_newcomer_traits(w, who + 1000, years, other, WG_CHILD, trust);
    }
  assert_true(differ > 1000);
}

// ---- parts and luck ----

// Column by column: what lies between them is nobody's.
static void assert_same_rows(const wg_subdistrict *a, const wg_subdistrict *b) {
  assert_string_equal(a->name, b->name);
  for (int t = 0; t < WG_TABLE_COUNT; t++) {
    const wg_table *left = a->tables + t, *right = b->tables + t;
    assert_int_equal(left->count, right->count);
    for (size_t c = 0; c < left->type->column_count; c++) {
      const wg_column *column = left->type->columns + c;
      for (size_t row = 0; row < left->count; row++) {
        const size_t at = row * left->type->row_size + column->offset;
        if (memcmp((const char *)left->rows + at, (const char *)right->rows + at, wg_type_size(column->type)) != 0)
          fail_msg("%s: row %zu differs in column %s", left->type->name, row, column->name);
      }
    }
  }
}

static void test_a_part_has_the_same_residents(void **state) {
  (void)state;
  static const char *const codes[] = {"110108030000", "110108016000"};
  made part = make(1, codes, 2);
  assert_int_equal(part.world.subdistrict_count, 2);
  assert_int_equal(part.world.subdistricts[0].code, 110108016000);
  for (uint32_t i = 0; i < 2; i++)
    assert_same_rows(part.world.subdistricts + i,
                     wg_world_subdistrict(&districts[0].world, part.world.subdistricts[i].code));
  assert_memory_equal(part.world.population_cells, districts[0].world.population_cells,
                      sizeof part.world.population_cells);
  unmake(&part);
}

// The share of communities that have stations lies within 6.5 binomial standard deviations, the number of shops within 6.5 of
// their rounding (at most 1/2 each): false alarms below 1e-9 each. Shares wrong by 0.15, or by a class, show for certain.
static void test_facilities_are_as_configured(void **state) {
  (void)state;
  const wg_world *w = &districts[0].world;
  double has[2] = {0}, of[2] = {0}, shops = 0.0, expected = 0.0, kept = 0.0, keep = 0.0, sum = 0.0;
  uint64_t *ids = malloc(sizeof *ids * 100000);
  size_t count = 0;
  for (uint32_t i = 0; i < w->subdistrict_count; i++) {
    const wg_subdistrict *s = w->subdistricts + i;
    uint32_t stations[WG_NO_PLACE] = {0};
    for (uint32_t f = 0; f < wg_facilities_count(s); f++) {
      const wg_facility *facility = wg_facilities(s) + f;
      const wg_community *k = wg_communities(s) + facility->community;
      assert_int_equal(wg_grids(s)[facility->grid].community, facility->community);
      const bool keeps = k->kind == WG_COMPOUND || k->kind == WG_CAMPUS;
      assert_true(!facility->own || (keeps && facility->kind == STATION));
      keep += keeps && facility->kind == STATION;
      kept += facility->own;
      shops += facility->kind == SHOP;
      stations[facility->community] += facility->kind == STATION;
      ids[count++] = facility->identity;
    }
    for (uint32_t c = 0; c < wg_communities_count(s); c++) {
      const int rural = wg_communities(s)[c].urban_rural_class >= 200;
      assert_true(stations[c] <= 1);
      has[rural] += stations[c];
      of[rural]++;
      expected += 1.0 + 4.0 * (double)wg_community_residents(s, c) / 10000.0;
      sum += (double)wg_community_residents(s, c);
      assert_true(wg_communities(s)[c].reach >> SHOP & 1U);
    }
  }
  assert_true(of[1] > 30.0 && keep > 50.0);
  for (int rural = 0; rural < 2; rural++) {
    const double share = rural ? 0.3 : 0.6;
    assert_true(fabs(has[rural] - share * of[rural]) < 6.5 * sqrt(share * (1.0 - share) * of[rural]));
  }
  assert_true(fabs(kept - 0.4 * keep) < 6.5 * sqrt(0.4 * 0.6 * keep));
  assert_true(fabs(shops - expected) < 6.5 * 0.5 * sqrt(of[0] + of[1]));
  assert_true(w->facilities_per_resident == (double)count / sum);
  assert_unique(ids, count);
  free(ids);
}

// Nor does what a part has around it.
static void test_another_kind_changes_no_facility(void **state) {
  (void)state;
  made m = {.config = make_config(1, "clinic"), .inputs = read_inputs()};
  const wg_value code = text("110108016000");
  set(m.config, "run.subdistricts", list(&code, 1));
  wg_error error = {0};
  assert_int_equal(wg_world_synthesise(m.config, &m.inputs, &m.world, &error), WG_OK);
  const wg_subdistrict *with = m.world.subdistricts, *without = wg_world_subdistrict(&districts[0].world, with->code);
  uint32_t next = 0, clinics = 0;
  for (uint32_t f = 0; f < wg_facilities_count(with); f++) {
    wg_facility facility = wg_facilities(with)[f];
    if (facility.kind == 0) {
      clinics++;
      continue;
    }
    const wg_facility *same = wg_facilities(without) + next++;
    assert_true(facility.identity == same->identity && facility.community == same->community &&
                facility.grid == same->grid && facility.kind == same->kind + 1 && facility.own == same->own);
  }
  assert_int_equal(next, wg_facilities_count(without));
  assert_true(clinics > 0);
  for (uint32_t c = 0; c < wg_communities_count(with); c++)
    assert_int_equal(wg_communities(with)[c].reach >> 1, wg_communities(without)[c].reach);
  unmake(&m);
}

static void test_seeds_differ(void **state) {
  (void)state;
  const wg_subdistrict *a = districts[0].world.subdistricts, *b = districts[1].world.subdistricts;
  assert_int_equal(wg_residents_count(a), wg_residents_count(b));
  assert_memory_not_equal(wg_residents(a), wg_residents(b), 1000 * sizeof(wg_resident));
}

static void test_world_outlives_the_inputs(void **state) {
  (void)state;
  static const char *const codes[] = {"110108016000"};
  made part = make(3, codes, 1);
  wg_inputs_free(&part.inputs);
  assert_string_equal(part.world.subdistricts[0].name, "香山");
  assert_string_equal(part.world.subdistricts[0].community_names[0], "香山第一");
  assert_int_equal(part.world.month, 2010 * 12 + 10);
  const wg_date start = wg_date_from_civil(2010, 11, 1);
  assert_true(wg_calendar_works(&part.world.calendar, start + 1));
  assert_false(wg_calendar_works(&part.world.calendar, start + 2));
  unmake(&part);
}

// ---- report ----

static void test_report_finds_no_difference(void **state) {
  (void)state;
  char *text_made = NULL;
  size_t size = 0;
  FILE *stream = open_memstream(&text_made, &size);
  wg_error error = {0};
  assert_int_equal(wg_synthesis_report(&districts[0].world, &districts[0].inputs, stream, &error), WG_OK);
  fclose(stream);
  int rows = 0;
  for (char *rest = NULL, *line = strtok_r(text_made, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
    const size_t length = strlen(line);
    if (line[0] != '|' || strstr(line, "target") || strstr(line, "---"))
      continue;
    if (length < 5 || strcmp(line + length - 4, " 0 |") != 0)
      fail_msg("%s", line);
    rows++;
  }
  assert_true(rows >= 14 + 38 + 29);
  free(text_made);
}

// ---- what is refused ----

static void expect_refusal(wg_config *config, const wg_inputs *inputs, const char *const *parts) {
  wg_world world = {0};
  wg_error error = {0};
  assert_int_equal(wg_world_synthesise(config, inputs, &world, &error), WG_FAIL_CONFIG);
  for (; *parts; parts++)
    if (!strstr(error.text, *parts))
      fail_msg("\"%s\" is not in: %s", *parts, error.text);
  wg_world_free(&world);
}

#define PARTS(...) ((const char *const[]){__VA_ARGS__, NULL})

// Puts `value` where column `key_column` is `key` and asks for a refusal.
static void expect_bad_cell(size_t table_offset, const char *key_column, const char *key, const char *column,
                            const char *value, const char *const *parts) {
  wg_config *config = make_config(1, NULL);
  wg_inputs inputs = read_inputs();
  wg_input_table *table = (wg_input_table *)((char *)&inputs + table_offset);
  const int key_index = wg_input_table_column(table, key_column, NULL);
  const int index = wg_input_table_column(table, column, NULL);
  assert_true(key_index >= 0 && index >= 0);
  size_t row = 0;
  while (row < table->rows && strcmp(wg_input_table_text(table, row, key_index), key) != 0)
    row++;
  assert_true(row < table->rows);
  char **cell = table->cells + row * table->columns + (size_t)index;
  free(*cell);
  *cell = strdup(value);
  expect_refusal(config, &inputs, parts);
  wg_inputs_free(&inputs);
  wg_config_free(config);
}

#define BAD_CELL(table, ...) expect_bad_cell(offsetof(wg_inputs, table), __VA_ARGS__)

static void test_bad_tables_are_refused(void **state) {
  (void)state;
  BAD_CELL(age_sex, "age", "20-24", "male", "323246", PARTS("age_sex_2010.csv", "3280671", "3280670"));
  BAD_CELL(age_sex, "age", "20-24", "male", "-5", PARTS("age_sex_2010.csv", "male", "-5"));
  BAD_CELL(age_sex, "age", "20-24", "age", "20-25", PARTS("20-25", "no row for age \"20-24\""));
  BAD_CELL(age_sex, "age", "20-24", "age", "25-29", PARTS("second time"));
  BAD_CELL(census, "field", "one_person_households", "field", "one_person",
           PARTS("census_2010.csv", "no field \"one_person_households\""));
  BAD_CELL(census, "field", "two_generation_households", "value", "381326",
           PARTS("census_2010.csv", "976377", "976376"));
  BAD_CELL(census, "field", "urban_population", "value", "1", PARTS("urban and rural", "72108"));
  BAD_CELL(census, "field", "family_household_members", "value", "2429230", PARTS("2429230", "2.39"));
  BAD_CELL(census, "field", "family_households", "value", "x", PARTS("\"x\""));
  BAD_CELL(census, "field", "households_with_two_members_65_or_over", "value", "99999", PARTS("187649"));
  BAD_CELL(census, "field", "registered_outside_province", "value", "3280000", PARTS("registered elsewhere"));
  BAD_CELL(communities, "code", "110108016002", "subdistrict_code", "110108099000",
           PARTS("communities.csv", "110108099000"));
  BAD_CELL(communities, "code", "110108016002", "code", "110108016001", PARTS("110108016001", "twice"));
  BAD_CELL(communities, "code", "110108016002", "kind", "village", PARTS("香山", "communities_2016"));
  BAD_CELL(communities, "code", "110108016002", "kind", "hamlet", PARTS("hamlet", "village"));
  BAD_CELL(communities, "code", "110108001001", "longitude_deg", "", PARTS("communities.csv", "both"));
  BAD_CELL(communities, "code", "110108001001", "latitude_deg", "nan", PARTS("latitude_deg", "nan"));
  BAD_CELL(subdistricts, "code", "110108001000", "population_2010", "5000000", PARTS("population_2010", "3280670"));
  BAD_CELL(subdistricts, "code", "110108001000", "code", "110108002000", PARTS("110108002000"));
  BAD_CELL(subdistricts, "code", "110108001000", "kind", "city", PARTS("subdistricts.csv", "city"));
  BAD_CELL(holidays, "date", "2010-11-03", "date", "2010-11-31", PARTS("holidays.csv:2", "2010-11-31"));
  BAD_CELL(holidays, "date", "2010-11-03", "kind", "rest", PARTS("holidays.csv:2", "rest", "off, work"));
}

static void test_bad_runs_are_refused(void **state) {
  (void)state;
  wg_inputs inputs = read_inputs();
  const struct {
    const char *path;
    wg_value value;
    const char *const *parts;
  } bad[] = {
      {"run.end", text("2010-11-01"), PARTS("test.cfg:1", "run.end")},
      {"run.start", text("1970-12-31"), PARTS("test.cfg:1", "1971-01-01")},
      {"run.end", text("2140-01-02"), PARTS("test.cfg:1", "2140-01-01")},
      {"run.subdistricts", list((wg_value[]){text("110108017001")}, 1),
       PARTS("test.cfg:1", "110108017001", "110108017000")},
      {"run.subdistricts", list((wg_value[]){text("清河")}, 1), PARTS("清河", "110108017000")},
      {"synthesis.old_alone", real(0.9), PARTS("old_alone")},
      {"synthesis.collective_most", real(0.1), PARTS("collective_most")},
  };
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    wg_config *config = make_config(1, NULL);
    set(config, bad[i].path, bad[i].value);
    expect_refusal(config, &inputs, bad[i].parts);
    wg_config_free(config);
  }
  wg_inputs_free(&inputs);
}

// Whatever the shares are: either the census is met or the shares are refused.
static void test_extreme_shares(void **state) {
  (void)state;
  static const char *const names[] = {
      "both_grandparents", "both_parents",      "second_grandchild", "one_parent",          "shared_flats",
      "shared_by_three",   "child_with_spouse", "old_alone",         "old_parent",          "old_couple_alone",
      "campus_students",   "community_spread",  "newcomers_young",   "newcomers_on_campus", "collective_student_age"};
  wg_inputs inputs = read_inputs();
  int made_worlds = 0;
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    for (int high = 0; high < 2; high++) {
      wg_config *config = make_config(1, NULL);
      char path[64];
      snprintf(path, sizeof path, "synthesis.%s", names[i]);
      set(config, path, real(high));
      set(config, "run.subdistricts", list((wg_value[]){text("110108016000")}, 1));
      wg_world world = {0};
      wg_error error = {0};
      const int code = wg_world_synthesise(config, &inputs, &world, &error);
      assert_true(code == WG_OK || code == WG_FAIL_CONFIG);
      assert_true(code == WG_OK || strstr(error.text, "synthesis"));
      int64_t sum = 0;
      for (int k = 0; k < WG_POPULATION_CELLS; k++)
        sum += world.population_cells[k];
      assert_int_equal(sum, code ? 0 : 3280670);
      made_worlds += !code;
      wg_world_free(&world);
      wg_config_free(config);
    }
  assert_true(made_worlds >= 20);
  wg_inputs_free(&inputs);
}

// ---- whole numbers ----

static void test_apportion(void **state) {
  (void)state;
  int64_t parts[4];
  const double weights[4] = {1.0, 1.0, 1.0, 0.0};
  assert_true(wg_apportion(10, weights, 4, parts));
  assert_int_equal(parts[0], 4);
  assert_int_equal(parts[1], 3);
  assert_int_equal(parts[2], 3);
  assert_int_equal(parts[3], 0);
  assert_true(wg_apportion(0, weights + 3, 1, parts));
  assert_false(wg_apportion(1, weights + 3, 1, parts));
  const int64_t caps[4] = {1, 2, 100, 100};
  assert_true(wg_apportion_capped(10, weights, caps, 4, parts));
  assert_int_equal(parts[0], 1);
  assert_int_equal(parts[1], 2);
  assert_int_equal(parts[2], 7);
  assert_true(wg_apportion_capped(103, weights, caps, 4, parts));
  assert_int_equal(parts[2], 100);
  assert_false(wg_apportion_capped(104, weights, caps, 4, parts));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_apportion),
      cmocka_unit_test(test_totals_are_the_census),
      cmocka_unit_test(test_subdistricts_hold_what_was_counted),
      cmocka_unit_test(test_rows_are_consistent),
      cmocka_unit_test(test_identities_are_unique),
      cmocka_unit_test(test_households_are_as_planned),
      cmocka_unit_test(test_newcomers_lean_to_towns),
      cmocka_unit_test(test_campuses_house_students),
      cmocka_unit_test(test_statuses_are_near_the_census),
      cmocka_unit_test(test_older_people_have_less_school),
      cmocka_unit_test(test_newcomers_have_statuses),
      cmocka_unit_test(test_a_part_has_the_same_residents),
      cmocka_unit_test(test_facilities_are_as_configured),
      cmocka_unit_test(test_another_kind_changes_no_facility),
      cmocka_unit_test(test_seeds_differ),
      cmocka_unit_test(test_world_outlives_the_inputs),
      cmocka_unit_test(test_report_finds_no_difference),
      cmocka_unit_test(test_bad_tables_are_refused),
      cmocka_unit_test(test_bad_runs_are_refused),
      cmocka_unit_test(test_extreme_shares),
  };
  return cmocka_run_group_tests(tests, make_districts, free_districts);
}
