// SPDX-License-Identifier: GPL-3.0-or-later
#include "synthesis/census_targets.h"

#include <inttypes.h>
#include <string.h>

static const int64_t most_persons = 1000000000;

// Row of `field` in the census table, or -1.
static int64_t find_field(const wg_input_table *table, int column, const char *field, wg_error *error) {
  int64_t found = -1;
  for (size_t row = 0; row < table->rows; row++) {
    if (strcmp(wg_input_table_text(table, row, column), field) != 0)
      continue;
    if (found >= 0) {
      wg_error_add(error, WG_FAIL_CONFIG, "%s:%d: field \"%s\" stands here a second time", table->path,
                   table->lines[row], field);
      return -1;
    }
    found = (int64_t)row;
  }
  if (found < 0)
    wg_error_add(error, WG_FAIL_CONFIG, "%s: no field \"%s\"", table->path, field);
  return found;
}

typedef struct census_field {
  const char *name;
  int64_t *value;
} census_field;

static int read_fields(const wg_input_table *table, const census_field *fields, size_t count, double *mean_size,
                       wg_error *error) {
  const int field_column = wg_input_table_column(table, "field", error);
  const int value_column = wg_input_table_column(table, "value", error);
  if (field_column < 0 || value_column < 0)
    return WG_FAIL_CONFIG;
  int code = WG_OK;
  for (size_t i = 0; i < count; i++) {
    const int64_t row = find_field(table, field_column, fields[i].name, error);
    if (row < 0 || wg_input_table_int(table, (size_t)row, value_column, 0, most_persons, fields[i].value, error))
      code = WG_FAIL_CONFIG;
  }
  const int64_t row = find_field(table, field_column, "family_household_mean_size", error);
  if (row < 0 || wg_input_table_real(table, (size_t)row, value_column, 1.0, 1000.0, mean_size, error))
    code = WG_FAIL_CONFIG;
  return code;
}

static int read_age_sex(const wg_input_table *table, wg_census_targets *t, wg_error *error) {
  const int age = wg_input_table_column(table, "age", error);
  const int sex[WG_SEX_COUNT] = {wg_input_table_column(table, "male", error),
                                 wg_input_table_column(table, "female", error)};
  if (age < 0 || sex[0] < 0 || sex[1] < 0)
    return WG_FAIL_CONFIG;
  int code = WG_OK;
  bool seen[WG_AGE_BAND_COUNT] = {false};
  for (size_t row = 0; row < table->rows; row++) {
    const char *name = wg_input_table_text(table, row, age);
    uint32_t band = 0;
    while (band < WG_AGE_BAND_COUNT && strcmp(name, wg_age_band_names[band]) != 0)
      band++;
    if (band == WG_AGE_BAND_COUNT || seen[band]) {
      code = wg_error_add(error, WG_FAIL_CONFIG, "%s:%d: age \"%s\" %s", table->path, table->lines[row], name,
                          band < WG_AGE_BAND_COUNT ? "stands here a second time"
                                                   : "is no age group (allowed: 0, 1-4, 5-9, ... 80-84, 85+)");
      continue;
    }
    seen[band] = true;
    for (int s = 0; s < WG_SEX_COUNT; s++)
      if (wg_input_table_int(table, row, sex[s], 0, most_persons, &t->age_sex[band][s], error))
        code = WG_FAIL_CONFIG;
  }
  for (uint32_t band = 0; band < WG_AGE_BAND_COUNT; band++)
    if (!seen[band])
      code = wg_error_add(error, WG_FAIL_CONFIG, "%s: no row for age \"%s\"", table->path, wg_age_band_names[band]);
  return code;
}

static int64_t count_of_old(const wg_census_targets *t) {
  int64_t sum = 0;
  for (uint32_t band = wg_age_band(WG_OLD_AGE); band < WG_AGE_BAND_COUNT; band++)
    sum += t->age_sex[band][0] + t->age_sex[band][1];
  return sum;
}

static int64_t count_of_all(const wg_census_targets *t) {
  int64_t sum = 0;
  for (uint32_t band = 0; band < WG_AGE_BAND_COUNT; band++)
    sum += t->age_sex[band][0] + t->age_sex[band][1];
  return sum;
}

static int must_equal(const char *path, const char *what, int64_t left, const char *other, int64_t right,
                      wg_error *error) {
  if (left == right)
    return WG_OK;
  return wg_error_add(error, WG_FAIL_CONFIG, "%s: %s %" PRId64 ", but %s %" PRId64, path, what, left, other, right);
}

static int must_reach(const char *path, const char *what, int64_t part, const char *other, int64_t whole,
                      wg_error *error) {
  if (part <= whole)
    return WG_OK;
  return wg_error_add(error, WG_FAIL_CONFIG, "%s: %s %" PRId64 " exceed %s %" PRId64, path, what, part, other, whole);
}

int wg_census_targets_read(const wg_inputs *inputs, wg_census_targets *t, wg_error *error) {
  *t = (wg_census_targets){0};
  int64_t urban = 0, any_old = 0;
  double mean_size = 0.0;
  const census_field fields[] = {
      {"population", &t->population},
      {"registered_outside_province", &t->registration[WG_REGISTERED_OUTSIDE]},
      {"registered_elsewhere_in_province", &t->registration[WG_REGISTERED_ELSEWHERE]},
      {"family_households", &t->family_households},
      {"family_household_members", &t->family_members},
      {"one_person_households", &t->one_person},
      {"one_generation_households", &t->generations[0]},
      {"two_generation_households", &t->generations[1]},
      {"three_generation_households", &t->generations[2]},
      {"four_generation_households", &t->generations[3]},
      {"households_with_member_65_or_over", &any_old},
      {"households_with_one_member_65_or_over", &t->with_old[1]},
      {"households_with_two_members_65_or_over", &t->with_old[2]},
      {"urban_population", &urban},
      {"rural_population", &t->rural},
  };
  const int fields_code = read_fields(&inputs->census, fields, sizeof fields / sizeof *fields, &mean_size, error);
  const int ages_code = read_age_sex(&inputs->age_sex, t, error);
  if (fields_code || ages_code)
    return WG_FAIL_CONFIG;

  const char *path = inputs->census.path;
  const char *ages_path = inputs->age_sex.path;
  int code = WG_OK;
  code |= must_equal(ages_path, "residents by age and sex sum to", count_of_all(t), "the census's population is",
                     t->population, error);
  code |=
      must_equal(path, "urban and rural population sum to", urban + t->rural, "population is", t->population, error);
  const int64_t *g = t->generations;
  code |= must_equal(path, "households by generations sum to", g[0] + g[1] + g[2] + g[3], "family_households is",
                     t->family_households, error);
  const double size_error =
      t->family_households ? (double)t->family_members / (double)t->family_households - mean_size : 0.0;
  // Two decimals are published.
  if (size_error > 0.0051 || size_error < -0.0051)
    code |=
        wg_error_add(error, WG_FAIL_CONFIG, "%s: %" PRId64 " members in %" PRId64 " family households are not %g each",
                     path, t->family_members, t->family_households, mean_size);
  code |= must_reach(path, "one_person_households", t->one_person, "one_generation_households", g[0], error);
  code |= must_reach(path, "family_household_members", t->family_members, "population", t->population, error);
  const int64_t away = t->registration[WG_REGISTERED_OUTSIDE] + t->registration[WG_REGISTERED_ELSEWHERE];
  code |= must_reach(path, "residents registered elsewhere", away, "population", t->population, error);
  code |= must_reach(path, "households with one or two members of 65 or over", t->with_old[1] + t->with_old[2],
                     "households_with_member_65_or_over", any_old, error);
  code |=
      must_reach(path, "households_with_member_65_or_over", any_old, "family_households", t->family_households, error);
  if (code)
    return WG_FAIL_CONFIG;

  t->registration[WG_REGISTERED_HERE] = t->population - away;
  t->with_old[0] = t->family_households - any_old;
  t->with_old[3] = any_old - t->with_old[1] - t->with_old[2];
  t->collective_residents = t->population - t->family_members;
  const int64_t old = count_of_old(t), old_in_families = t->with_old[1] + 2 * t->with_old[2] + 3 * t->with_old[3];
  t->collective_old = old - old_in_families;
  code |= must_reach(path, "members of 65 or over in family households", old_in_families, "residents of that age", old,
                     error);
  if (!code)
    code |= must_reach(path, "residents of 65 or over outside family households", t->collective_old,
                       "collective residents", t->collective_residents, error);
  return code ? WG_FAIL_CONFIG : WG_OK;
}
