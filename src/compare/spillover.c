// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/spillover.h"

#include <stdlib.h>
#include <string.h>

#include "base/maths.h"
#include "compare/statistics.h"

static int no_memory(wg_error *error) {
  return wg_error_set(error, WG_FAIL_RUN, "out of memory for the spillovers");
}

typedef struct policy_change {
  const char *policy;
  bool differs;
} policy_change;

static void note_policy(void *context, const char *path, const char *a, const char *b) {
  (void)a;
  (void)b;
  policy_change *const change = context;
  static const char head[] = "policies.";
  size_t end = 0;
  if (!wg_setting_is_of_policy(path, &end))
    return;
  const size_t length = end - (sizeof head - 1);
  if (strlen(change->policy) == length && strncmp(path + sizeof head - 1, change->policy, length) == 0)
    change->differs = true;
}

bool wg_policy_differs(const wg_settings *a, const wg_settings *b, const char *policy) {
  policy_change change = {policy, false};
  wg_settings_compare(a, b, note_policy, &change);
  return change.differs;
}

static size_t cell_of(const wg_samples *s, size_t variant, size_t draw, size_t replicate) {
  return (variant * s->draws + draw) * s->replicates + replicate;
}

static bool is_near(const wg_samples *s, const wg_place_class *classes, size_t place) {
  const int64_t subdistrict = s->axes.codes[place] / 1000;
  for (size_t p = 0; p < s->axes.place_count; p++)
    if (classes[p] == WG_TREATED && s->axes.codes[p] / 1000 == subdistrict)
      return true;
  return false;
}

// Classes of the places for a pair of runs.
static void classify(const wg_samples *s, const bool *changed, size_t base, size_t value, wg_place_class *classes) {
  const size_t places = s->axes.place_count, room = s->policy_count * places;
  for (size_t p = 0; p < places; p++) {
    classes[p] = WG_ELSEWHERE;
    for (size_t k = 0; k < s->policy_count; k++)
      if (changed[k] && (s->adopted[base * room + k * places + p] || s->adopted[value * room + k * places + p]))
        classes[p] = WG_TREATED;
  }
  for (size_t p = 0; p < places; p++)
    if (classes[p] == WG_ELSEWHERE && is_near(s, classes, p))
      classes[p] = WG_NEAR;
}

static double value_of(const wg_samples *s, size_t cell, size_t outcome, const wg_place_class *classes,
                       wg_place_class class) {
  const wg_outcome *const o = s->outcomes[outcome];
  const size_t places = s->axes.place_count, at = (cell * s->outcome_count + outcome) * places;
  double over = 0.0, under = 0.0;
  bool any = false;
  for (size_t p = 0; p < places; p++) {
    if (classes[p] != class)
      continue;
    over += s->over[at + p];
    under += s->under[at + p];
    any = true;
  }
  if (!any)
    return WG_NAN;
  if (!o->under[0] && !o->weight)
    return o->scale * over;
  return under > 0.0 ? o->scale * over / under : WG_NAN;
}

typedef struct room {
  bool *changed;           // [policy]
  wg_place_class *classes; // [draw][replicate][place]
  double *base, *value;    // [draw][replicate]
} room;

static void free_room(room *r) {
  free(r->changed);
  free(r->classes);
  free(r->base);
  free(r->value);
}

static bool make_room(const wg_samples *s, room *r) {
  const size_t cells = s->draws * s->replicates;
  r->changed = calloc(s->policy_count + 1, sizeof *r->changed);
  r->classes = calloc(cells * s->axes.place_count, sizeof *r->classes);
  r->base = calloc(cells, sizeof *r->base);
  r->value = calloc(cells, sizeof *r->value);
  return r->changed && r->classes && r->base && r->value;
}

static void classify_all(const wg_samples *s, size_t base, size_t value, room *r, double *places) {
  const size_t cells = s->draws * s->replicates;
  for (size_t k = 0; k < s->policy_count; k++)
    r->changed[k] = wg_policy_differs(&s->variants[base].settings, &s->variants[value].settings, s->policies[k]);
  size_t pairs = 0;
  for (size_t i = 0; i < cells; i++) {
    wg_place_class *const classes = r->classes + i * s->axes.place_count;
    const size_t one = cell_of(s, base, 0, i), other = cell_of(s, value, 0, i);
    classify(s, r->changed, one, other, classes);
    if (!s->taken[one] || !s->taken[other])
      continue;
    pairs++;
    for (size_t p = 0; p < s->axes.place_count; p++)
      places[classes[p]] += 1.0;
  }
  for (size_t k = 0; k < WG_PLACE_CLASS_COUNT && pairs; k++)
    places[k] /= (double)pairs;
}

static int tell(const wg_samples *s, size_t base, size_t value, const room *r, wg_difference *spillovers,
                wg_error *error) {
  const size_t cells = s->draws * s->replicates;
  int code = WG_OK;
  for (size_t i = 0; i < s->outcome_count * WG_PLACE_CLASS_COUNT && !code; i++) {
    const size_t outcome = i / WG_PLACE_CLASS_COUNT;
    const wg_place_class class = (wg_place_class)(i % WG_PLACE_CLASS_COUNT);
    for (size_t k = 0; k < cells; k++) {
      const wg_place_class *const classes = r->classes + k * s->axes.place_count;
      r->base[k] = value_of(s, cell_of(s, base, 0, k), outcome, classes, class);
      r->value[k] = value_of(s, cell_of(s, value, 0, k), outcome, classes, class);
    }
    const wg_pairs pairs = {r->base, r->value, s->draws, s->replicates};
    code = wg_pairs_compare(&pairs, spillovers + i, error);
  }
  return code;
}

int wg_spillovers_tell(const wg_samples *s, size_t base, size_t value, wg_arena *arena, wg_compared_variant *told,
                       wg_error *error) {
  wg_difference *const spillovers = wg_arena_alloc(arena, s->outcome_count * WG_PLACE_CLASS_COUNT, sizeof *spillovers);
  room r = {0};
  if (!spillovers || !make_room(s, &r)) {
    free_room(&r);
    return no_memory(error);
  }
  classify_all(s, base, value, &r, told->places);
  const int code = tell(s, base, value, &r, spillovers, error);
  free_room(&r);
  told->spillovers = spillovers;
  return code;
}
