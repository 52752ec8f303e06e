// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/emit.h"
#include "engine/emit_table.h"

static const int8_t values[] = {0, 1, 2, 3, 4, 5, 6, 7};
static const wg_attribute sex_flags[] = {{"flag_values", WG_I8, 2, values},
                                         {"flag_meanings", WG_STRING, 1, "male female"}};
static const wg_attribute registration_flags[] = {{"flag_values", WG_I8, 3, values},
                                                  {"flag_meanings", WG_STRING, 1, "here elsewhere_in_city outside"}};
static const wg_attribute household_flags[] = {{"flag_values", WG_I8, 2, values},
                                               {"flag_meanings", WG_STRING, 1, "family collective"}};
static const wg_attribute activity_flags[] = {
    {"flag_values", WG_I8, WG_ACTIVITY_COUNT, values},
    {"flag_meanings", WG_STRING, 1, "child pupil student employed unemployed home retired unable"}};
static const wg_attribute education_flags[] = {
    {"flag_values", WG_I8, WG_EDUCATION_COUNT, values},
    {"flag_meanings", WG_STRING, 1, "none primary junior_secondary senior_secondary college university"}};
static const wg_attribute care_flags[] = {{"flag_values", WG_I8, WG_CARE_COUNT, values},
                                          {"flag_meanings", WG_STRING, 1, "none chronic disabled"}};

#define RESIDENT_FILL(name, ctype, expression)                                                                         \
  static void resident_##name(const wg_world *world, const wg_subdistrict *s, uint32_t row, void *element) {           \
    const wg_resident *r = wg_residents(s) + row;                                                                      \
    (void)world;                                                                                                       \
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

static uint32_t rows(const wg_subdistrict *s) {
  return wg_residents_count(s);
}

static bool is_here(const wg_subdistrict *s, uint32_t row) {
  return wg_resident_here(wg_residents(s) + row);
}

static uint64_t identity(const wg_subdistrict *s, uint32_t row) {
  return wg_residents(s)[row].identity;
}

int wg_emit_residents(const wg_world *world, wg_date date, const wg_sink *sink, wg_error *error) {
  const wg_emit_column columns[] = {
      {"resident", NULL, "Identity for life", "居民", WG_U64, resident_identity, NULL, 0},
      {"birth_year", NULL, "Year of birth", "出生年", WG_I16, resident_birth_year, NULL, 0},
      {"birth_month", NULL, "Month of birth", "出生月", WG_I8, resident_birth_month, NULL, 0},
      {"sex", NULL, "Sex", "性别", WG_I8, resident_sex, sex_flags, 2},
      {"registration", NULL, "Household registration", "户籍", WG_I8, resident_registration, registration_flags, 2},
      {"household", NULL, "Identity of the household", "户", WG_U64, resident_household, NULL, 0},
      {"household_kind", NULL, "Kind of household", "户类型", WG_I8, resident_household_kind, household_flags, 2},
      {"community", NULL, "Code of the community", "社区代码", WG_I64, resident_community, NULL, 0},
      {"grid", NULL, "Number of the grid in the community", "网格号", WG_I16, resident_grid, NULL, 0},
      {"activity", NULL, "What the resident does", "活动状况", WG_I8, resident_activity, activity_flags, 2},
      {"education", NULL, "Education attained", "受教育程度", WG_I8, resident_education, education_flags, 2},
      {"care", NULL, "Need of care", "照护需要", WG_I8, resident_care, care_flags, 2},
      {"partnered", NULL, "Lives with a partner", "有伴侣", WG_I8, resident_partnered, NULL, 0},
      {"party_member", NULL, "Party member", "党员", WG_I8, resident_party_member, NULL, 0},
      {"volunteer", NULL, "Volunteer", "志愿者", WG_I8, resident_volunteer, NULL, 0},
      {"here_at_start", NULL, "Lived here at the start", "初始居民", WG_I8, resident_here_at_start, NULL, 0},
  };
  static const wg_emit_choice those_here = {rows, is_here, identity};
  wg_emit_table all;
  char name[WG_EMIT_NAME];
  wg_emit_dated_name("residents", date, name);
  int code = wg_emit_table_choose(world, &those_here, &all, error);
  if (!code)
    code = wg_emit_table_put(sink, name, "resident", &all, columns, sizeof columns / sizeof *columns, error);
  wg_emit_table_free(&all);
  return code;
}
