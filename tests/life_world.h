// SPDX-License-Identifier: GPL-3.0-or-later
// Haidian's life courses (configs/haidian/life_course.cfg) with a hand-made subdistrict, for tests of what changes with
// birthdays. To be included after cmocka.h.
#ifndef WG_TESTS_LIFE_WORLD_H
#define WG_TESTS_LIFE_WORLD_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "io/config_file.h"
#include "mechanism/registration.h"
#include "model/trust.h"
#include "schema/purpose.h"
#include "tiny_subdistrict.h"

#define LIFE_GROUPS                                                                                                    \
  &wg_schooling_group, &wg_working_life_group, &wg_care_group, &wg_civic_group, &wg_registration_group, &wg_trust_group

// Reads the one file, which must hold nothing but the groups above.
static inline void life_config_read(wg_config *config) {
  const char *root = getenv("WG_ROOT");
  char folder[] = "/tmp/wg_life_XXXXXX", link[64], target[4096], here[2048];
  assert_non_null(mkdtemp(folder));
  snprintf(link, sizeof link, "%s/life_course.cfg", folder);
  if (root)
    snprintf(target, sizeof target, "%s/configs/haidian/life_course.cfg", root);
  else
    snprintf(target, sizeof target, "%s/configs/haidian/life_course.cfg", getcwd(here, sizeof here));
  assert_int_equal(symlink(target, link), 0);
  wg_error error = {0};
  bool whole;
  if (wg_config_file_read(&(wg_config_sources){.configs = folder}, config, &whole, &error))
    fail_msg("%s", error.text);
  unlink(link);
  rmdir(folder);
}

enum { LIFE_MONTH = 2010 * 12 + 10 }; // the month lived; ages are reached on the first of the next

typedef struct life {
  wg_config *config;
  wg_world *world;
  wg_subdistrict s;
  void *constants;
  wg_error error;
  wg_context context;
} life;

static inline void life_set(wg_config *config, const char *path, double number) {
  wg_error error = {0};
  const wg_value value = {.kind = WG_VALUE_REAL, .real = number};
  if (wg_config_set(config, path, &value, "test.cfg:1", false, &error))
    fail_msg("%s", error.text);
}

static inline void life_set_int(wg_config *config, const char *path, int64_t number) {
  wg_error error = {0};
  const wg_value value = {.kind = WG_VALUE_INT, .integer = number};
  if (wg_config_set(config, path, &value, "test.cfg:1", false, &error))
    fail_msg("%s", error.text);
}

static inline void life_set_list(wg_config *config, const char *path, const double *numbers, size_t count) {
  wg_error error = {0};
  wg_value items[32];
  for (size_t i = 0; i < count; i++)
    items[i] = (wg_value){.kind = WG_VALUE_REAL, .real = numbers[i]};
  const wg_value value = {.kind = WG_VALUE_LIST, .items = items, .count = count};
  if (wg_config_set(config, path, &value, "test.cfg:1", false, &error))
    fail_msg("%s", error.text);
}

static inline wg_config *life_config(void) {
  static const wg_param_group *const groups[] = {LIFE_GROUPS};
  wg_config *config;
  wg_error error = {0};
  if (wg_config_create(groups, sizeof groups / sizeof *groups, &config, &error))
    fail_msg("%s", error.text);
  life_config_read(config);
  return config;
}

// Takes the configuration over.
static inline void life_begin(life *l, wg_config *config, const wg_mechanism *mechanism) {
  *l = (life){.config = config, .world = calloc(1, sizeof *l->world)};
  assert_non_null(l->world);
  tiny_create(&l->s, 1);
  l->world->config = config;
  l->world->luck = wg_luck_make(1, 0);
  l->world->month = LIFE_MONTH;
  if (wg_life_tables_create(config, &l->world->life, &l->error))
    fail_msg("%s", l->error.text);
  if (mechanism->prepare && mechanism->prepare(l->world, &l->constants, &l->error))
    fail_msg("%s", l->error.text);
  l->context =
      (wg_context){.world = l->world, .s = &l->s, .constants = l->constants, .month = LIFE_MONTH, .error = &l->error};
}

static inline void life_end(life *l) {
  wg_subdistrict_free(&l->s);
  wg_world_free(l->world);
  free(l->world);
  free(l->constants);
  wg_config_free(l->config);
}

static inline uint32_t life_home(life *l, wg_household_kind kind) {
  return wg_household_found(&l->s, wg_households_count(&l->s) + 1, 0, kind);
}

// A new member who reaches the age in years on the first of the coming month.
static inline uint32_t life_join(life *l, uint32_t household, uint32_t years, uint32_t traits) {
  return wg_resident_join(&l->s, 1000 + wg_residents_count(&l->s), household, LIFE_MONTH + 1 - 12 * (wg_month)years,
                          traits, 32768, 32768, LIFE_MONTH + 1);
}

static inline uint32_t life_traits(const life *l, uint32_t resident) {
  return wg_residents(&l->s)[resident].traits;
}

static inline uint64_t life_luck(const life *l, uint64_t person, uint32_t years) {
  wg_draw draw = wg_draw_open(l->world->luck, WG_PURPOSE_BIRTHDAY, years, person, 0);
  return wg_draw_u64(&draw);
}

// Every count of the community is that of the rows.
static inline void life_assert_counts(const life *l) {
  int32_t status[WG_STATUS_COUNT] = {0}, cells[WG_POPULATION_CELLS] = {0};
  for (uint32_t row = 0; row < wg_residents_count(&l->s); row++) {
    const wg_resident *r = wg_residents(&l->s) + row;
    if (!wg_resident_here(r))
      continue;
    status[WG_STATUS_ACTIVITY + wg_trait_activity(r->traits)]++;
    status[WG_STATUS_EDUCATION + wg_trait_education(r->traits)]++;
    status[WG_STATUS_CARE + wg_trait_care(r->traits)]++;
    status[WG_STATUS_PARTNERED] += (r->traits & WG_TRAIT_PARTNERED) != 0;
    status[WG_STATUS_PARTY_MEMBER] += (r->traits & WG_TRAIT_PARTY_MEMBER) != 0;
    status[WG_STATUS_VOLUNTEER] += (r->traits & WG_TRAIT_VOLUNTEER) != 0;
    cells[wg_population_cell(wg_age_years(r->birth_month, LIFE_MONTH + 1), r->traits)]++;
  }
  for (uint32_t i = 0; i < WG_STATUS_COUNT; i++)
    assert_int_equal(wg_statuses(&l->s)[i].residents, status[i]);
  for (uint32_t i = 0; i < WG_POPULATION_CELLS; i++)
    assert_int_equal(wg_population(&l->s)[i].residents, cells[i]);
}

// Of `count` trials with that probability so many came true. The normal bound of 6 standard deviations is crossed by luck in
// 2 of 1e9 cases, both sides together (counts are large enough for the normal law).
static inline void life_assert_share(uint32_t hits, uint32_t count, double probability) {
  const double expected = probability * count, variance = expected * (1.0 - probability);
  const double distance = hits - expected;
  if (distance * distance > 6.0 * 6.0 * variance + 1e-9)
    fail_msg("%u of %u, expected %.1f", hits, count, expected);
}

#endif
