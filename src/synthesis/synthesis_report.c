// SPDX-License-Identifier: GPL-3.0-or-later
#include "synthesis/synthesis_report.h"

#include <inttypes.h>

#include "synthesis/geography.h"

typedef struct counts {
  int64_t population, registration[WG_REGISTRATION_COUNT], age_sex[WG_AGE_BAND_COUNT][WG_SEX_COUNT];
  int64_t family_households, family_members, one_person, with_old[WG_OLD_MEMBERS_MAX + 1];
  int64_t collective_residents, collective_old, rural;
} counts;

static void count_household(const wg_world *world, const wg_subdistrict *s, const wg_household *home, counts *n) {
  const wg_resident *residents = wg_residents(s);
  int64_t old = 0;
  uint32_t row = home->first;
  do {
    const wg_resident *r = residents + row;
    const uint32_t years = wg_age_years(r->birth_month, world->month);
    n->population++;
    n->registration[wg_resident_registration(r)]++;
    n->age_sex[wg_age_band(years)][wg_resident_sex(r)]++;
    n->rural += wg_communities(s)[wg_grids(s)[r->grid].community].urban_rural_class >= WG_RURAL_CLASS;
    old += years >= WG_OLD_AGE;
    row = r->next;
  } while (row != home->first);
  if (home->kind == WG_COLLECTIVE) {
    n->collective_residents += home->size;
    n->collective_old += old;
    return;
  }
  n->family_households++;
  n->family_members += home->size;
  n->one_person += home->size == 1;
  n->with_old[old < WG_OLD_MEMBERS_MAX ? old : WG_OLD_MEMBERS_MAX]++;
}

static counts count_world(const wg_world *world) {
  counts n = {0};
  for (uint32_t i = 0; i < world->subdistrict_count; i++) {
    const wg_subdistrict *s = world->subdistricts + i;
    for (uint32_t h = 0; h < wg_households_count(s); h++)
      if (wg_households(s)[h].identity != 0)
        count_household(world, s, wg_households(s) + h, &n);
  }
  return n;
}

static void head(FILE *stream, const char *title, const char *first) {
  fprintf(stream, "\n## %s\n\n| %s | target | synthesised | difference |\n|---|---:|---:|---:|\n", title, first);
}

static void line(FILE *stream, const char *name, int64_t target, int64_t made) {
  fprintf(stream, "| %s | %" PRId64 " | %" PRId64 " | %" PRId64 " |\n", name, target, made, made - target);
}

static void print_totals(FILE *stream, const wg_census_targets *t, const counts *n) {
  static const char *const registrations[WG_REGISTRATION_COUNT] = {"registered here (户籍在本区)",
                                                                   "registered elsewhere in the city (本市其他区)",
                                                                   "registered outside the city (外省市)"};
  static const char *const with_old[WG_OLD_MEMBERS_MAX + 1] = {"no member of 65 or over", "one member of 65 or over",
                                                               "two members of 65 or over",
                                                               "three members of 65 or over"};
  head(stream, "Totals", "figure");
  line(stream, "residents (常住人口)", t->population, n->population);
  for (int i = 0; i < WG_REGISTRATION_COUNT; i++)
    line(stream, registrations[i], t->registration[i], n->registration[i]);
  line(stream, "family households (家庭户)", t->family_households, n->family_households);
  line(stream, "their members", t->family_members, n->family_members);
  line(stream, "one-person households", t->one_person, n->one_person);
  for (int i = 0; i <= WG_OLD_MEMBERS_MAX; i++)
    line(stream, with_old[i], t->with_old[i], n->with_old[i]);
  line(stream, "residents of collective households (集体户)", t->collective_residents, n->collective_residents);
  line(stream, "65 or over among them", t->collective_old, n->collective_old);
  line(stream, "residents of rural classes", t->rural, n->rural);
}

static void print_ages(FILE *stream, const wg_census_targets *t, const counts *n) {
  for (int sex = 0; sex < WG_SEX_COUNT; sex++) {
    head(stream, sex ? "Women by age" : "Men by age", "age");
    for (uint32_t band = 0; band < WG_AGE_BAND_COUNT; band++)
      line(stream, wg_age_band_names[band], t->age_sex[band][sex], n->age_sex[band][sex]);
  }
}

static void print_subdistricts(FILE *stream, const wg_world *world, const wg_geography *g) {
  head(stream, "Residents by subdistrict", "subdistrict");
  for (size_t i = 0; i < g->subdistrict_count; i++) {
    const wg_subdistrict_plan *plan = g->subdistricts + i;
    const wg_subdistrict *s = wg_world_subdistrict(world, plan->code);
    if (!s)
      continue;
    int64_t residents = 0;
    for (uint32_t c = 0; c < wg_grids_count(s); c++)
      residents += wg_grids(s)[c].residents;
    char name[128];
    snprintf(name, sizeof name, "%" PRId64 " %s%s", plan->code, s->name, plan->counted ? "" : " (by rule)");
    line(stream, name, plan->residents, residents);
  }
}

int wg_synthesis_report(const wg_world *world, const wg_inputs *inputs, FILE *stream, wg_error *error) {
  wg_census_targets targets;
  wg_geography geography = {0};
  int code = wg_census_targets_read(inputs, &targets, error);
  if (!code)
    code = wg_geography_create(inputs, wg_config_get(world->config, &wg_synthesis_group), &targets, world->luck,
                               &geography, error);
  if (!code) {
    fprintf(stream,
            "# Census and synthesis\n\nGenerated. Seed %" PRId64 ", replicate %" PRId64 ". Method and rules: "
            "[synthesis.md](synthesis.md).\n",
            world->run->seed, world->run->replicate);
    if (world->subdistrict_count == geography.subdistrict_count) {
      const counts n = count_world(world);
      print_totals(stream, &targets, &n);
      fprintf(stream,
              "\nHouseholds by generations (%" PRId64 ", %" PRId64 ", %" PRId64 ", %" PRId64
              ") are exact by the plan of households; generations are not a column of the state.\n",
              targets.generations[0], targets.generations[1], targets.generations[2], targets.generations[3]);
      print_ages(stream, &targets, &n);
    } else {
      fprintf(stream, "\nThis run holds %" PRIu32 " of %zu subdistricts; the district's totals are not compared.\n",
              world->subdistrict_count, geography.subdistrict_count);
    }
    print_subdistricts(stream, world, &geography);
    if (ferror(stream))
      code = wg_error_set(error, WG_FAIL_RUN, "the report could not be written");
  }
  wg_geography_free(&geography);
  return code;
}
