// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/samples.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/maths.h"
#include "compare/adopted.h"
#include "schema/message.h"

enum { MONTHS = 12, NETWORKS_MAX = 64, REFUSED_SHOWN = 12 };

const char *const wg_by_names[WG_BY_COUNT] = {"", "place", "service", "network", "group"};

static int no_memory(wg_error *error) {
  return wg_error_set(error, WG_FAIL_RUN, "out of memory for the comparison");
}

// ---- months ----

static int settle_months(wg_samples *s, const wg_samples_options *options, wg_error *error) {
  const wg_result_axes *const axes = &s->axes;
  if (axes->rows < 2)
    return wg_error_add(error, WG_FAIL_CONFIG, "%s: has no month that could be compared", s->source);
  const bool is_given = options->from != WG_DATE_NONE || options->to != WG_DATE_NONE;
  s->last = axes->rows - 1;
  s->first = axes->rows > MONTHS + 1 && !is_given ? axes->rows - 1 - MONTHS : 0;
  while (options->from != WG_DATE_NONE && s->first < axes->rows && axes->dates[s->first] < options->from)
    s->first++;
  while (options->to != WG_DATE_NONE && s->last > 0 && axes->dates[s->last] > options->to)
    s->last--;
  if (s->first < s->last)
    return WG_OK;
  char from[11], to[11];
  wg_date_print(axes->dates[0], from);
  wg_date_print(axes->dates[axes->rows - 1], to);
  return wg_error_add(error, WG_FAIL_CONFIG, "--from, --to: no month lies between them (allowed: months from %s to %s)",
                      from, to);
}

// ---- outcomes ----

static int settle_outcomes(wg_samples *s, const wg_samples_options *options, wg_error *error) {
  s->outcomes = wg_arena_alloc(&s->arena, wg_outcome_count, sizeof *s->outcomes);
  if (!s->outcomes)
    return no_memory(error);
  for (size_t i = 0; i < wg_outcome_count; i++) {
    bool is_wanted = options->outcome_count == 0;
    for (size_t k = 0; k < options->outcome_count; k++)
      is_wanted |= strcmp(options->outcomes[k], wg_outcomes[i].name) == 0;
    // What things cost, and how many needs that meets, is part of every comparison.
    is_wanted |= strcmp(wg_outcomes[i].name, "cost") == 0 || strcmp(wg_outcomes[i].name, "met_on_time") == 0;
    if (is_wanted)
      s->outcomes[s->outcome_count++] = wg_outcomes + i;
  }
  return WG_OK;
}

// ---- parts ----

static wg_outcome_axis axis_of(wg_by by) {
  return by == WG_BY_PLACE ? WG_OUTCOME_PLACES : by == WG_BY_GROUP ? WG_OUTCOME_GROUPS : WG_OUTCOME_SERVICES;
}

static int make_parts(wg_samples *s, size_t count, size_t entries, wg_error *error) {
  s->part_count = 1 + count;
  s->parts = wg_arena_alloc(&s->arena, s->part_count, sizeof *s->parts);
  s->part_labels = wg_arena_alloc(&s->arena, s->part_count, sizeof *s->part_labels);
  s->part_masks = wg_arena_alloc(&s->arena, s->part_count * (entries + 1), sizeof *s->part_masks);
  if (!s->parts || !s->part_labels || !s->part_masks)
    return no_memory(error);
  s->parts[0] = "all";
  s->part_labels[0] = "全部";
  return WG_OK;
}

static int part_each(wg_samples *s, size_t entries, wg_error *error) {
  const wg_result_axes *const axes = &s->axes;
  const int code = make_parts(s, entries, entries, error);
  for (size_t i = 0; i < entries && !code; i++) {
    char number[24];
    const char *name = s->by == WG_BY_GROUP ? axes->groups[i] : s->by == WG_BY_SERVICE ? axes->services[i] : number;
    if (s->by == WG_BY_PLACE) {
      snprintf(number, sizeof number, "%lld", (long long)axes->codes[i]);
      name = wg_arena_text(&s->arena, number, strlen(number));
      if (!name)
        return no_memory(error);
    }
    const char *const label = s->by == WG_BY_GROUP     ? axes->group_names[i]
                              : s->by == WG_BY_SERVICE ? axes->service_names[i]
                                                       : axes->place_names[i];
    s->parts[1 + i] = name;
    s->part_labels[1 + i] = *label ? label : name;
    s->part_masks[(1 + i) * entries + i] = true;
  }
  return code;
}

// The networks as the first variant's configuration has them, in the order of the services.
static int part_networks(wg_samples *s, wg_error *error) {
  static const char *const known[][2] = {
      {"\"city\"", "城市管理网"}, {"\"social\"", "社会服务网"}, {"\"order\"", "社会治安网"}};
  enum { KNOWN = sizeof known / sizeof *known };
  const size_t services = s->axes.service_count;
  const int code = make_parts(s, KNOWN, services, error);
  bool any = false;
  for (size_t i = 0; i < services && !code; i++) {
    char path[256];
    snprintf(path, sizeof path, "services.%s.network", s->axes.services[i]);
    const char *const network = wg_settings_value(&s->variants[0].settings, path);
    for (size_t k = 0; network && k < KNOWN; k++)
      any |= s->part_masks[(1 + k) * services + i] = strcmp(network, known[k][0]) == 0;
  }
  for (size_t k = 0; k < KNOWN && !code; k++) {
    s->parts[1 + k] = wg_arena_text(&s->arena, known[k][0] + 1, strlen(known[k][0]) - 2);
    s->part_labels[1 + k] = known[k][1];
    if (!s->parts[1 + k])
      return no_memory(error);
  }
  if (!code && !any)
    return wg_error_add(error, WG_FAIL_CONFIG, "--by: the configuration of %s does not tell the services' networks",
                        s->source);
  return code;
}

static int settle_parts(wg_samples *s, wg_by by, wg_error *error) {
  s->by = by;
  if (by == WG_BY_NOTHING)
    return make_parts(s, 0, 0, error);
  if (by == WG_BY_NETWORK)
    return part_networks(s, error);
  const size_t entries = wg_outcome_axis_length(&s->axes, axis_of(by));
  if (entries == 0)
    return wg_error_add(error, WG_FAIL_CONFIG, "--by: %s has no axis `%s`", s->source, wg_by_names[by]);
  return part_each(s, entries, error);
}

// ---- room ----

// `count` reals that are NaN; NULL where there is no room for so many.
static double *make_reals(wg_samples *s, const size_t *lengths, size_t rank) {
  const size_t most = (size_t)1 << 28;
  size_t count = 1;
  for (size_t i = 0; i < rank; i++)
    if (__builtin_mul_overflow(count, lengths[i], &count) || count > most)
      return NULL;
  double *const reals = wg_arena_alloc(&s->arena, count, sizeof *reals);
  for (size_t i = 0; reals && i < count; i++)
    reals[i] = WG_NAN;
  return reals;
}

static int make_room(wg_samples *s, wg_error *error) {
  const size_t v = s->variant_count, d = s->draws, r = s->replicates, o = s->outcome_count;
  s->values = make_reals(s, (const size_t[]){v, o, s->part_count, d, r}, 5);
  s->series = make_reals(s, (const size_t[]){v, o, s->axes.rows, d, r}, 5);
  s->over = make_reals(s, (const size_t[]){v, d, r, o, s->axes.place_count}, 5);
  s->under = make_reals(s, (const size_t[]){v, d, r, o, s->axes.place_count}, 5);
  s->adopted = wg_arena_alloc(&s->arena, v * d * r * s->policy_count * s->axes.place_count + 1, sizeof *s->adopted);
  s->taken = wg_arena_alloc(&s->arena, v * d * r, sizeof *s->taken);
  if (!s->values || !s->series || !s->over || !s->under || !s->adopted || !s->taken)
    return wg_error_set(error, WG_FAIL_RUN,
                        "no room for the outcomes of %zu variants, %zu draws, %zu replicates, %zu parts", v, d, r,
                        s->part_count);
  return WG_OK;
}

int wg_samples_prepare(wg_samples *s, const wg_samples_options *options, wg_error *error) {
  int code = settle_months(s, options, error);
  if (!code)
    code = settle_outcomes(s, options, error);
  if (!code)
    code = settle_parts(s, options->by, error);
  return code ? code : make_room(s, error);
}

void wg_samples_free(wg_samples *samples) {
  wg_arena_free(&samples->arena);
  *samples = (wg_samples){0};
}

// ---- taking ----

// Sums over the months, place by place.
static void take_places(const wg_samples *s, const wg_outcome_table *table, double *over, double *under) {
  const wg_outcome *const o = table->outcome;
  for (size_t p = 0; p < table->entries; p++) {
    over[p] = under[p] = 0.0;
    for (size_t t = o->form == WG_OUTCOME_END ? s->last : s->first + 1; t <= s->last; t++) {
      over[p] += table->over[t * table->entries + p];
      under[p] += table->under ? table->under[t * table->entries + p] : 0.0;
    }
  }
}

typedef struct cell {
  size_t variant, draw, replicate;
} cell;

static double *value_at(const wg_samples *s, cell c, size_t outcome, size_t part) {
  return s->values +
         (((c.variant * s->outcome_count + outcome) * s->part_count + part) * s->draws + c.draw) * s->replicates +
         c.replicate;
}

static double *series_at(const wg_samples *s, cell c, size_t outcome, size_t row) {
  return s->series +
         (((c.variant * s->outcome_count + outcome) * s->axes.rows + row) * s->draws + c.draw) * s->replicates +
         c.replicate;
}

static int take_whole(wg_samples *s, wg_run_view *view, cell c, size_t outcome, wg_error *error) {
  wg_outcome_table table = {0};
  const wg_outcome *const o = s->outcomes[outcome];
  const int code = wg_outcome_table_read(view, o, wg_outcome_own_axis(o), &table, error);
  if (!code && table.outcome) {
    *value_at(s, c, outcome, 0) = wg_outcome_value(&table, s->first, s->last, NULL);
    for (size_t t = 1; t < s->axes.rows; t++)
      *series_at(s, c, outcome, t) = wg_outcome_value(&table, t - 1, t, NULL);
    const size_t places = s->axes.place_count;
    const size_t at =
        (((c.variant * s->draws + c.draw) * s->replicates + c.replicate) * s->outcome_count + outcome) * places;
    if (wg_outcome_own_axis(o) == WG_OUTCOME_PLACES && o->form != WG_OUTCOME_MEDIAN)
      take_places(s, &table, s->over + at, s->under + at);
  }
  wg_outcome_table_free(&table);
  return code;
}

static int take_parts(wg_samples *s, wg_run_view *view, cell c, size_t outcome, wg_error *error) {
  wg_outcome_table table = {0};
  const int code = wg_outcome_table_read(view, s->outcomes[outcome], axis_of(s->by), &table, error);
  for (size_t p = 1; p < s->part_count && !code && table.outcome; p++)
    *value_at(s, c, outcome, p) = wg_outcome_value(&table, s->first, s->last, s->part_masks + p * table.entries);
  wg_outcome_table_free(&table);
  return code;
}

int wg_samples_take(wg_samples *s, wg_run_view *view, size_t variant, size_t draw, size_t replicate, wg_error *error) {
  const cell c = {variant, draw, replicate};
  int code = WG_OK;
  for (size_t o = 0; o < s->outcome_count && !code; o++) {
    code = take_whole(s, view, c, o, error);
    if (!code && s->part_count > 1)
      code = take_parts(s, view, c, o, error);
  }
  const size_t at = ((variant * s->draws + draw) * s->replicates + replicate) * s->policy_count * s->axes.place_count;
  if (!code)
    code = wg_adopted_read(view, s->policies, s->policy_count, s->axes.dates[s->last], s->adopted + at, error);
  s->taken[(variant * s->draws + draw) * s->replicates + replicate] = code == WG_OK;
  wg_run_view_free(view);
  return code;
}

// ---- who may be compared ----

typedef struct refusal {
  const char *a_name, *b_name;
  wg_error *error;
  size_t count;
} refusal;

static void refuse_setting(void *context, const char *path, const char *a, const char *b) {
  refusal *const r = context;
  if (!wg_setting_counts(path) || wg_setting_is_of_policy(path, NULL))
    return;
  if (r->count++ >= REFUSED_SHOWN)
    return;
  wg_message one = {0}, other = {0};
  wg_message_add(&one, "%.160s", a ? a : "(none)");
  wg_message_add(&other, "%.160s", b ? b : "(none)");
  wg_error_add(r->error, WG_FAIL_CONFIG, "%s and %s cannot be compared: %s: %s, %s (allowed: policies may differ)",
               r->a_name, r->b_name, path, one.text, other.text);
}

int wg_samples_refuse(const wg_settings *a, const char *a_name, const wg_settings *b, const char *b_name,
                      wg_error *error) {
  refusal r = {a_name, b_name, error, 0};
  wg_settings_compare(a, b, refuse_setting, &r);
  if (r.count > REFUSED_SHOWN)
    wg_error_add(error, WG_FAIL_CONFIG, "%s and %s: %zu more settings differ", a_name, b_name, r.count - REFUSED_SHOWN);
  return r.count ? WG_FAIL_CONFIG : WG_OK;
}

int wg_samples_set_against(wg_samples *s, const char *name, wg_error *error) {
  const char *names[s->variant_count];
  size_t against = s->variant_count;
  for (size_t v = 0; v < s->variant_count; v++) {
    names[v] = s->variants[v].name;
    if (strcmp(names[v], name) == 0)
      against = v;
  }
  if (against == s->variant_count) {
    wg_message all = {0};
    for (size_t v = 0; v < s->variant_count; v++)
      wg_message_add(&all, "%s%s", v ? ", " : "", names[v]);
    return wg_error_add(error, WG_FAIL_CONFIG, "--against: there is no \"%.100s\" (allowed: %s)", name, all.text);
  }
  int code = WG_OK;
  for (size_t v = 0; v < s->variant_count; v++) {
    const int one = v == against ? WG_OK
                                 : wg_samples_refuse(&s->variants[against].settings, names[against],
                                                     &s->variants[v].settings, names[v], error);
    code = code ? code : one;
    s->variants[v].compared_with = against;
  }
  return code;
}
