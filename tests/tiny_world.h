// SPDX-License-Identifier: GPL-3.0-or-later
// A world of two hand-made subdistricts of one community each, and one mechanism; for tests of what happens at a month's end.
// To be included after cmocka.h.
#ifndef WG_TESTS_TINY_WORLD_H
#define WG_TESTS_TINY_WORLD_H

#include <stdlib.h>

#include "mechanism/mechanism.h"
#include "model/run_params.h"
#include "model/trust.h"
#include "schema/arena.h"
#include "schema/literal.h"
#include "tiny_subdistrict.h"

enum { TINY_MONTH = 2011 * 12 + 4, TINY_NEXT = TINY_MONTH + 1 }; // ages are counted at the first of the next month

typedef struct tiny_world {
  wg_config *config;
  wg_arena arena;
  wg_world world;
  wg_subdistrict s[2];
  const wg_mechanism *mechanism;
  void *constants;
  wg_error error;
} tiny_world;

static inline void tiny_set(tiny_world *t, const char *path, const char *text) {
  wg_value value;
  wg_message problem = {0};
  assert_int_equal(wg_literal_parse(text, &t->arena, &value, &problem), WG_OK);
  if (wg_config_set(t->config, path, &value, "test.cfg:1", true, &t->error))
    fail_msg("%s", t->error.text);
}

// `settings` are pairs of path and text, ended by NULL.
static inline tiny_world *tiny_world_open(const wg_mechanism *mechanism, const char *const *settings) {
  const wg_param_group *groups[8] = {&wg_scenario_group, &wg_run_group, &wg_output_group, &wg_trust_group};
  size_t count = 4;
  for (size_t g = 0; g < mechanism->group_count; g++)
    groups[count++] = mechanism->groups[g];
  tiny_world *t = calloc(1, sizeof *t);
  assert_non_null(t);
  t->mechanism = mechanism;
  if (wg_config_create(groups, count, &t->config, &t->error))
    fail_msg("%s", t->error.text);
  tiny_set(t, "run.start", "2011-01-01");
  tiny_set(t, "run.end", "2013-01-01");
  for (; settings && *settings; settings += 2)
    tiny_set(t, settings[0], settings[1]);
  t->world = (wg_world){.config = t->config, .subdistricts = t->s, .subdistrict_count = 2, .month = TINY_MONTH};
  t->world.run = wg_config_get(t->config, &wg_run_group);
  t->world.luck = wg_luck_make(1, 0);
  t->world.room_size = 4;
  for (int i = 0; i < 2; i++) {
    wg_subdistrict *s = t->s + i;
    tiny_create(s, 1);
    s->code = 100 + i;
    wg_communities(s)[0].code = 1000 + i;
    wg_communities(s)[0].dwellings_at_start = wg_communities(s)[0].dwellings;
    wg_grids(s)[0].identity = 20 + 2 * (uint64_t)i;
    wg_grids(s)[1].identity = 21 + 2 * (uint64_t)i;
    tiny_rows(s, WG_TABLE_MOVER, 0, 64);
    tiny_rows(s, WG_TABLE_SUITOR, 0, 64);
    tiny_rows(s, WG_TABLE_LEAVER, 0, 64);
    tiny_rows(s, WG_TABLE_GRADUATE, 0, 64);
  }
  return t;
}

// Constants of the mechanism; fails the test if the configuration is refused.
static inline void tiny_prepare(tiny_world *t) {
  if (t->mechanism->prepare(&t->world, &t->constants, &t->error))
    fail_msg("%s", t->error.text);
}

static inline void tiny_exchange(tiny_world *t) {
  if (t->mechanism->exchange(&t->world, t->constants, &t->error))
    fail_msg("%s", t->error.text);
  for (int i = 0; i < 2; i++)
    wg_departed_free(t->s + i);
}

static inline void tiny_world_close(tiny_world *t) {
  free(t->constants);
  for (int i = 0; i < 2; i++)
    wg_subdistrict_free(t->s + i);
  wg_config_free(t->config);
  wg_arena_free(&t->arena);
  free(t);
}

static inline uint32_t tiny_home(tiny_world *t, int place, uint64_t identity, wg_household_kind kind) {
  return wg_household_found(t->s + place, identity, 0, kind);
}

static inline uint32_t tiny_join(tiny_world *t, int place, uint32_t home, uint64_t identity, uint32_t years,
                                 uint32_t traits) {
  return wg_resident_join(t->s + place, identity, home, TINY_NEXT - (wg_month)(years * 12), traits, 30000, 30000,
                          TINY_NEXT);
}

// The row of a resident who is here, and the place in `place`; fails the test if there is none.
static inline uint32_t tiny_find(const tiny_world *t, uint64_t identity, int *place) {
  for (*place = 0; *place < 2; ++*place)
    for (uint32_t row = 0; row < wg_residents_count(t->s + *place); row++)
      if (wg_residents(t->s + *place)[row].identity == identity && wg_resident_here(wg_residents(t->s + *place) + row))
        return row;
  fail_msg("nobody of the name %llu", (unsigned long long)identity);
  return WG_NO_ROW;
}

static inline const wg_resident *tiny_resident(const tiny_world *t, uint64_t identity) {
  int place;
  const uint32_t row = tiny_find(t, identity, &place);
  return wg_residents(t->s + place) + row;
}

static inline const wg_household *tiny_home_of(const tiny_world *t, uint64_t identity) {
  int place;
  const uint32_t row = tiny_find(t, identity, &place);
  return wg_households(t->s + place) + wg_residents(t->s + place)[row].household;
}

static inline wg_context tiny_context(const tiny_world *t, int place) {
  return (wg_context){
      .world = &t->world, .s = (wg_subdistrict *)t->s + place, .constants = t->constants, .month = t->world.month};
}

static inline const wg_roll_event *tiny_event(const tiny_world *t, const char *name) {
  for (size_t e = 0; e < t->mechanism->event_count; e++)
    if (strcmp(t->mechanism->events[e].name, name) == 0)
      return t->mechanism->events + e;
  fail_msg("no event %s", name);
  return NULL;
}

// The resident's probability of the event in the world's month; fails the test where it lies above its cap.
static inline double tiny_rate(const tiny_world *t, const char *name, uint64_t identity) {
  int place;
  const uint32_t row = tiny_find(t, identity, &place);
  const wg_resident *r = wg_residents(t->s + place) + row;
  const uint32_t years = wg_age_years(r->birth_month, t->world.month + 1);
  const wg_context context = tiny_context(t, place);
  const wg_roll_event *e = tiny_event(t, name);
  const double cap = e->cap(&t->world, t->constants, t->world.month, years, r->traits & WG_TRAIT_ROLL_MASK);
  if (cap == 0.0 || !e->rate)
    return cap;
  const double own = e->rate(&context, r, years);
  assert_true(own <= cap);
  return own;
}

// The event happens to the resident in the world's month.
static inline void tiny_happen(tiny_world *t, const char *name, uint64_t identity) {
  int place;
  const uint32_t row = tiny_find(t, identity, &place);
  wg_context context = tiny_context(t, place);
  tiny_event(t, name)->happen(&context, row);
}

static inline uint32_t tiny_moved(const tiny_world *t, int place, wg_move_direction direction, wg_move_reason reason) {
  return wg_moves(t->s + place)[direction * WG_MOVE_REASON_COUNT + reason].residents;
}

static inline int64_t tiny_partnered(const tiny_world *t) {
  return wg_statuses(t->s)[WG_STATUS_PARTNERED].residents + wg_statuses(t->s + 1)[WG_STATUS_PARTNERED].residents;
}

static inline uint32_t tiny_people(const tiny_world *t) {
  uint32_t sum = 0;
  for (int i = 0; i < 2; i++)
    for (uint32_t g = 0; g < 2; g++)
      sum += wg_grids(t->s + i)[g].residents;
  return sum;
}

#endif
