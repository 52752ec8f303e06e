// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of single things: communities and residents, streamed from the state as it stands.
#include <stdio.h>
#include <stdlib.h>

#include "engine/emit.h"

// A table that runs over all subdistricts, one after the other.
typedef struct table {
  const wg_world *world;
  const uint32_t *rows; // residents: which, in the table's order
} table;

// One of its columns: fills `count` elements for the entries from `first` on.
typedef struct column {
  const table *table;
  const char *name, *unit, *long_name, *label;
  wg_type type;
  void (*fill)(const wg_subdistrict *s, uint32_t row, void *element);
  const wg_attribute *attributes;
  size_t attribute_count;
} column;

static int read_communities(void *context, size_t first, size_t count, void *buffer, wg_error *error) {
  (void)error;
  const column *c = context;
  char *element = buffer;
  size_t row = 0;
  for (uint32_t i = 0; i < c->table->world->subdistrict_count; i++)
    for (uint32_t k = 0; k < wg_communities_count(c->table->world->subdistricts + i); k++, row++)
      if (row >= first && row < first + count) {
        c->fill(c->table->world->subdistricts + i, k, element);
        element += wg_type_size(c->type);
      }
  return WG_OK;
}

#define COMMUNITY_FILL(name, ctype, expression)                                                                        \
  static void community_##name(const wg_subdistrict *s, uint32_t row, void *element) {                                 \
    const wg_community *k = wg_communities(s) + row;                                                                   \
    (void)k;                                                                                                           \
    *(ctype *)element = (ctype)(expression);                                                                           \
  }
COMMUNITY_FILL(code, int64_t, k->code)
COMMUNITY_FILL(name, const char *, s->community_names[row])
COMMUNITY_FILL(subdistrict, int64_t, s->code)
COMMUNITY_FILL(kind, int8_t, k->kind)
COMMUNITY_FILL(rural, int8_t, k->urban_rural_class >= 200)
COMMUNITY_FILL(longitude, double, k->longitude)
COMMUNITY_FILL(latitude, double, k->latitude)
COMMUNITY_FILL(located, int8_t, k->located)
COMMUNITY_FILL(grids, int32_t, k->grid_count)
COMMUNITY_FILL(dwellings, int32_t, k->dwellings)
COMMUNITY_FILL(beds, int32_t, k->beds)
COMMUNITY_FILL(cost_class, int8_t, k->cost_class)

static const int8_t four[] = {0, 1, 2, 3}, three[] = {0, 1, 2}, two[] = {0, 1};
static const wg_attribute kind_flags[] = {{"flag_values", WG_I8, 4, four},
                                          {"flag_meanings", WG_STRING, 1, "ordinary compound campus village"}};
static const wg_attribute rural_flags[] = {{"flag_values", WG_I8, 2, two},
                                           {"flag_meanings", WG_STRING, 1, "urban rural"}};
static const wg_attribute located_flags[] = {{"flag_values", WG_I8, 2, two},
                                             {"flag_meanings", WG_STRING, 1, "drawn_near_its_subdistrict known"}};
static const wg_attribute sex_flags[] = {{"flag_values", WG_I8, 2, two},
                                         {"flag_meanings", WG_STRING, 1, "male female"}};
static const wg_attribute registration_flags[] = {{"flag_values", WG_I8, 3, three},
                                                  {"flag_meanings", WG_STRING, 1, "here elsewhere_in_city outside"}};
static const wg_attribute household_flags[] = {{"flag_values", WG_I8, 2, two},
                                               {"flag_meanings", WG_STRING, 1, "family collective"}};

static const int8_t eight[] = {0, 1, 2, 3, 4, 5, 6, 7};
static const wg_attribute activity_flags[] = {
    {"flag_values", WG_I8, WG_ACTIVITY_COUNT, eight},
    {"flag_meanings", WG_STRING, 1, "child pupil student employed unemployed home retired unable"}};
static const wg_attribute education_flags[] = {
    {"flag_values", WG_I8, WG_EDUCATION_COUNT, eight},
    {"flag_meanings", WG_STRING, 1, "none primary junior_secondary senior_secondary college university"}};
static const wg_attribute care_flags[] = {{"flag_values", WG_I8, WG_CARE_COUNT, eight},
                                          {"flag_meanings", WG_STRING, 1, "none chronic disabled"}};

static int put_table(const wg_sink *sink, const char *group_name, const char *dimension, size_t length,
                     wg_variable_read read, column *columns, size_t column_count, wg_error *error) {
  wg_variable variables[24];
  for (size_t i = 0; i < column_count; i++)
    variables[i] = (wg_variable){.name = columns[i].name,
                                 .type = columns[i].type,
                                 .rank = 1,
                                 .dimensions = {dimension},
                                 .unit = columns[i].unit,
                                 .long_name = columns[i].long_name,
                                 .label = columns[i].label,
                                 .attributes = columns[i].attributes,
                                 .attribute_count = columns[i].attribute_count,
                                 .read = read,
                                 .read_context = columns + i};
  const wg_dimension dimensions[] = {{dimension, length}};
  const wg_group group = {.name = group_name,
                          .dimensions = dimensions,
                          .dimension_count = 1,
                          .variables = variables,
                          .variable_count = column_count};
  return sink->put(sink->self, &group, error);
}

int wg_emit_communities(const wg_world *world, const wg_sink *sink, wg_error *error) {
  size_t length = 0;
  for (uint32_t i = 0; i < world->subdistrict_count; i++)
    length += wg_communities_count(world->subdistricts + i);
  const table all = {world, NULL};
  column columns[] = {
      {&all, "community", NULL, "Statistical division code", "区划代码", WG_I64, community_code, NULL, 0},
      {&all, "community_name", NULL, "Name", "名称", WG_STRING, community_name, NULL, 0},
      {&all, "subdistrict", NULL, "Code of its subdistrict", "所属街镇", WG_I64, community_subdistrict, NULL, 0},
      {&all, "kind", NULL, "Kind (assumed from the name)", "类型", WG_I8, community_kind, kind_flags, 2},
      {&all, "rural", NULL, "Urban or rural by the statistical class", "城乡", WG_I8, community_rural, rural_flags, 2},
      {&all, "longitude", "degrees_east", "Longitude", "经度", WG_F64, community_longitude, NULL, 0},
      {&all, "latitude", "degrees_north", "Latitude", "纬度", WG_F64, community_latitude, NULL, 0},
      {&all, "located", NULL, "Whether the coordinates are known", "坐标来源", WG_I8, community_located, located_flags,
       2},
      {&all, "grids", "grid", "Grids", "网格数", WG_I32, community_grids, NULL, 0},
      {&all, "dwellings", "dwelling", "Dwellings at the end", "住房", WG_I32, community_dwellings, NULL, 0},
      {&all, "beds", "bed", "Places in collective households", "集体户床位", WG_I32, community_beds, NULL, 0},
      {&all, "cost_class", NULL, "What dwelling costs, 1 (least) to 5 (assumed)", "住房成本", WG_I8,
       community_cost_class, NULL, 0},
  };
  return put_table(sink, "communities", "community", length, read_communities, columns,
                   sizeof columns / sizeof *columns, error);
}

static size_t residents_of(const wg_subdistrict *s) {
  size_t residents = 0;
  for (uint32_t g = 0; g < wg_grids_count(s); g++)
    residents += wg_grids(s)[g].residents;
  return residents;
}

static int read_residents(void *context, size_t first, size_t count, void *buffer, wg_error *error) {
  (void)error;
  const column *c = context;
  char *element = buffer;
  size_t begin = 0; // of the subdistrict
  for (uint32_t i = 0; i < c->table->world->subdistrict_count; i++) {
    const wg_subdistrict *s = c->table->world->subdistricts + i;
    const size_t beyond = begin + residents_of(s);
    for (; first < beyond && count; first++, count--) {
      c->fill(s, c->table->rows[first], element);
      element += wg_type_size(c->type);
    }
    begin = beyond;
  }
  return WG_OK;
}

static int by_identity(const void *a_, const void *b_, void *residents_) {
  const uint32_t *a = a_, *b = b_;
  const wg_resident *residents = residents_;
  return residents[*a].identity < residents[*b].identity ? -1 : residents[*a].identity > residents[*b].identity;
}

// By identity, so that storage order never shows.
static void order_residents(const wg_world *world, uint32_t *rows) {
  for (uint32_t i = 0; i < world->subdistrict_count; i++) {
    const wg_subdistrict *s = world->subdistricts + i;
    size_t count = 0;
    for (uint32_t row = 0; row < wg_residents_count(s); row++)
      if (wg_resident_here(wg_residents(s) + row))
        rows[count++] = row;
    qsort_r(rows, count, sizeof *rows, by_identity, wg_residents(s));
    rows += count;
  }
}

#define RESIDENT_FILL(name, ctype, expression)                                                                         \
  static void resident_##name(const wg_subdistrict *s, uint32_t row, void *element) {                                  \
    const wg_resident *r = wg_residents(s) + row;                                                                      \
    *(ctype *)element = (ctype)(expression);                                                                           \
  }
RESIDENT_FILL(identity, uint64_t, r->identity)
RESIDENT_FILL(birth_year, int16_t, r->birth_month / 12)
RESIDENT_FILL(birth_month, int8_t, r->birth_month % 12 + 1)
RESIDENT_FILL(sex, int8_t, wg_resident_sex(r))
RESIDENT_FILL(registration, int8_t, wg_resident_registration(r))
RESIDENT_FILL(household, uint64_t, wg_households(s)[r->household].identity)
RESIDENT_FILL(household_kind, int8_t, wg_households(s)[r->household].kind)
RESIDENT_FILL(community, int64_t, wg_communities(s)[wg_grids(s)[r->grid].community].code)
RESIDENT_FILL(grid, int16_t, wg_grids(s)[r->grid].number)
RESIDENT_FILL(activity, int8_t, wg_trait_activity(r->traits))
RESIDENT_FILL(education, int8_t, wg_trait_education(r->traits))
RESIDENT_FILL(care, int8_t, wg_trait_care(r->traits))
RESIDENT_FILL(partnered, int8_t, (r->traits & WG_TRAIT_PARTNERED) != 0)
RESIDENT_FILL(party_member, int8_t, (r->traits & WG_TRAIT_PARTY_MEMBER) != 0)
RESIDENT_FILL(volunteer, int8_t, (r->traits & WG_TRAIT_VOLUNTEER) != 0)
RESIDENT_FILL(here_at_start, int8_t, (r->traits & WG_TRAIT_COHORT) != 0)

int wg_emit_residents(const wg_world *world, wg_date date, const wg_sink *sink, wg_error *error) {
  size_t length = 0;
  for (uint32_t i = 0; i < world->subdistrict_count; i++)
    length += residents_of(world->subdistricts + i);
  if (length == 0)
    return WG_OK; // nobody to list
  uint32_t *rows = malloc(length * sizeof *rows);
  if (!rows)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for a table of %zu residents", length);
  order_residents(world, rows);
  const table all = {world, rows};
  column columns[] = {
      {&all, "resident", NULL, "Identity for life", "居民", WG_U64, resident_identity, NULL, 0},
      {&all, "birth_year", NULL, "Year of birth", "出生年", WG_I16, resident_birth_year, NULL, 0},
      {&all, "birth_month", NULL, "Month of birth", "出生月", WG_I8, resident_birth_month, NULL, 0},
      {&all, "sex", NULL, "Sex", "性别", WG_I8, resident_sex, sex_flags, 2},
      {&all, "registration", NULL, "Household registration", "户籍", WG_I8, resident_registration, registration_flags,
       2},
      {&all, "household", NULL, "Identity of the household", "户", WG_U64, resident_household, NULL, 0},
      {&all, "household_kind", NULL, "Kind of household", "户类型", WG_I8, resident_household_kind, household_flags, 2},
      {&all, "community", NULL, "Code of the community", "社区代码", WG_I64, resident_community, NULL, 0},
      {&all, "grid", NULL, "Number of the grid in the community", "网格号", WG_I16, resident_grid, NULL, 0},
      {&all, "activity", NULL, "What the resident does", "活动状况", WG_I8, resident_activity, activity_flags, 2},
      {&all, "education", NULL, "Education attained", "受教育程度", WG_I8, resident_education, education_flags, 2},
      {&all, "care", NULL, "Need of care", "照护需要", WG_I8, resident_care, care_flags, 2},
      {&all, "partnered", NULL, "Lives with a partner", "有伴侣", WG_I8, resident_partnered, NULL, 0},
      {&all, "party_member", NULL, "Party member", "党员", WG_I8, resident_party_member, NULL, 0},
      {&all, "volunteer", NULL, "Volunteer", "志愿者", WG_I8, resident_volunteer, NULL, 0},
      {&all, "here_at_start", NULL, "Lived here at the start", "初始居民", WG_I8, resident_here_at_start, NULL, 0},
  };
  int year, month, day;
  wg_date_to_civil(date, &year, &month, &day);
  char name[40];
  snprintf(name, sizeof name, "residents_%04d%02d%02d", year, month, day);
  const int code =
      put_table(sink, name, "resident", length, read_residents, columns, sizeof columns / sizeof *columns, error);
  free(rows);
  return code;
}
