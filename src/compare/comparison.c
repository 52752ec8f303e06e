// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/comparison.h"

#include <stdlib.h>
#include <string.h>

#include "base/maths.h"
#include "compare/assumptions.h"
#include "compare/spillover.h"
#include "compare/statistics.h"

enum { EQUAL_COSTS_MAX = 64 };

static const double equal_cost = 0.02; // of the larger of two costs

typedef struct making {
  const wg_samples *s;
  wg_comparison *c;
  wg_error *error;
} making;

static int no_memory(wg_error *error) {
  return wg_error_set(error, WG_FAIL_RUN, "out of memory for the comparison");
}

static double *make_reals(making *m, size_t count) {
  double *const reals = wg_arena_alloc(&m->c->arena, count + 1, sizeof *reals);
  for (size_t i = 0; reals && i < count; i++)
    reals[i] = WG_NAN;
  return reals;
}

static wg_pairs pairs_of(const wg_samples *s, size_t base, size_t value, size_t outcome, size_t part) {
  const size_t cells = s->draws * s->replicates;
  const size_t first = (base * s->outcome_count + outcome) * s->part_count + part;
  const size_t second = (value * s->outcome_count + outcome) * s->part_count + part;
  return (wg_pairs){s->values + first * cells, s->values + second * cells, s->draws, s->replicates};
}

static wg_pairs months_of(const wg_samples *s, size_t base, size_t value, size_t outcome, size_t row) {
  const size_t cells = s->draws * s->replicates;
  const size_t first = (base * s->outcome_count + outcome) * s->axes.rows + row;
  const size_t second = (value * s->outcome_count + outcome) * s->axes.rows + row;
  return (wg_pairs){s->series + first * cells, s->series + second * cells, s->draws, s->replicates};
}

// ---- one variant ----

static int tell_differences(making *m, size_t base, size_t value, wg_compared_variant *told) {
  const wg_samples *const s = m->s;
  wg_difference *const differences =
      wg_arena_alloc(&m->c->arena, s->outcome_count * s->part_count, sizeof *differences);
  double *const cost_per_unit = make_reals(m, s->outcome_count);
  if (!differences || !cost_per_unit)
    return no_memory(m->error);
  int code = WG_OK;
  for (size_t o = 0; o < s->outcome_count && !code; o++)
    for (size_t p = 0; p < s->part_count && !code; p++) {
      const wg_pairs pairs = pairs_of(s, base, value, o, p);
      code = wg_pairs_compare(&pairs, differences + o * s->part_count + p, m->error);
    }
  const size_t cost = wg_comparison_outcome(m->c, "cost");
  for (size_t o = 0; o < s->outcome_count && cost < s->outcome_count; o++) {
    const wg_difference *const d = differences + o * s->part_count;
    if (o != cost && wg_difference_sign(d) != 0)
      cost_per_unit[o] = differences[cost * s->part_count].difference / d->difference;
  }
  told->differences = differences;
  told->cost_per_unit = cost_per_unit;
  return code;
}

static int tell_leanings(making *m, size_t base, size_t value, wg_compared_variant *told) {
  const wg_samples *const s = m->s;
  const size_t count = s->parameter_count;
  double *const rank_correlation = make_reals(m, s->outcome_count * count), *const effects = make_reals(m, s->draws);
  bool *const leans = wg_arena_alloc(&m->c->arena, s->outcome_count * count + 1, sizeof *leans);
  size_t *const parameters_told = wg_arena_alloc(&m->c->arena, s->outcome_count, sizeof *parameters_told);
  if (!rank_correlation || !effects || !leans || !parameters_told)
    return no_memory(m->error);
  int code = WG_OK;
  for (size_t o = 0; o < s->outcome_count && count && !code; o++) {
    const wg_pairs pairs = pairs_of(s, base, value, o, 0);
    wg_pairs_draw_means(&pairs, effects);
    code = wg_leanings_find(effects, s->parameter_values + value * s->draws * count, s->draws, count,
                            rank_correlation + o * count, leans + o * count, parameters_told + o, m->error);
  }
  told->rank_correlation = rank_correlation;
  told->leans = leans;
  told->parameters_told = parameters_told;
  return code;
}

static int tell_series(making *m, size_t base, size_t value, wg_compared_variant *told) {
  const wg_samples *const s = m->s;
  const size_t rows = s->axes.rows;
  double *series[5];
  for (size_t i = 0; i < 5; i++)
    if (!(series[i] = make_reals(m, s->outcome_count * rows)))
      return no_memory(m->error);
  int code = WG_OK;
  for (size_t o = 0; o < s->outcome_count && !code; o++)
    for (size_t t = 0; t < rows && !code; t++) {
      const wg_pairs pairs = months_of(s, base, value, o, t);
      wg_difference d;
      code = wg_pairs_outline(&pairs, &d, m->error);
      const wg_interval band = s->draws > 1 ? d.band : d.luck_t;
      const double told_here[5] = {d.base, d.value, d.difference, band.low, band.high};
      for (size_t i = 0; i < 5; i++)
        series[i][o * rows + t] = told_here[i];
    }
  told->series_base = series[0];
  told->series_value = series[1];
  told->series_difference = series[2];
  told->series_low = series[3];
  told->series_high = series[4];
  return code;
}

static int tell_variant(making *m, size_t value, wg_compared_variant *told) {
  const wg_samples *const s = m->s;
  const size_t base = s->variants[value].compared_with;
  *told = (wg_compared_variant){
      .name = s->variants[value].name, .label = s->variants[value].label, .against = s->variants[base].name};
  int code = tell_differences(m, base, value, told);
  if (!code)
    code = tell_leanings(m, base, value, told);
  if (!code)
    code = tell_series(m, base, value, told);
  if (!code)
    code = wg_spillovers_tell(s, base, value, &m->c->arena, told, m->error);
  return code ? code : wg_assumptions_tell(s, base, value, &m->c->arena, told, m->error);
}

// ---- equal costs ----

static void note_difference(void *context, const char *path, const char *a, const char *b) {
  (void)a;
  (void)b;
  if (wg_setting_counts(path) && !wg_setting_is_of_policy(path, NULL))
    *(bool *)context = false;
}

// Two that differ in policies alone and are not both baselines.
static bool may_be_compared(const wg_samples *s, size_t a, size_t b) {
  const wg_sample_variant *const one = s->variants + a, *const other = s->variants + b;
  if (one->compared_with == a && other->compared_with == b)
    return false;
  if (!one->settings.count || !other->settings.count)
    return one->compared_with == other->compared_with;
  bool is_alike = true;
  wg_settings_compare(&one->settings, &other->settings, note_difference, &is_alike);
  return is_alike;
}

static int compare_costs(making *m, size_t a, size_t b, size_t cost, wg_equal_cost *told, size_t *count) {
  const wg_samples *const s = m->s;
  const wg_pairs pairs = pairs_of(s, a, b, cost, 0);
  wg_difference d;
  int code = wg_pairs_outline(&pairs, &d, m->error);
  const double most = d.base > d.value ? d.base : d.value;
  const double apart = (d.difference < 0.0 ? -d.difference : d.difference) / most;
  if (code || !(most > 0.0) || !(apart < equal_cost))
    return code;
  if (*count == EQUAL_COSTS_MAX) {
    m->c->equal_costs_cut = true;
    return WG_OK;
  }
  wg_difference *const differences = wg_arena_alloc(&m->c->arena, s->outcome_count, sizeof *differences);
  if (!differences)
    return no_memory(m->error);
  for (size_t o = 0; o < s->outcome_count && !code; o++) {
    const wg_pairs both = pairs_of(s, a, b, o, 0);
    code = wg_pairs_compare(&both, differences + o, m->error);
  }
  told[(*count)++] = (wg_equal_cost){s->variants[a].name, s->variants[b].name, apart, differences};
  return code;
}

static int tell_equal_costs(making *m) {
  const wg_samples *const s = m->s;
  const size_t cost = wg_comparison_outcome(m->c, "cost");
  wg_equal_cost *const told = wg_arena_alloc(&m->c->arena, EQUAL_COSTS_MAX, sizeof *told);
  if (!told)
    return no_memory(m->error);
  int code = WG_OK;
  for (size_t a = 0; a < s->variant_count && cost < s->outcome_count; a++)
    for (size_t b = a + 1; b < s->variant_count && !code; b++) {
      // The one that the other is compared with comes first.
      const bool is_turned = s->variants[a].compared_with == b;
      if (may_be_compared(s, a, b))
        code = compare_costs(m, is_turned ? b : a, is_turned ? a : b, cost, told, &m->c->equal_cost_count);
    }
  m->c->equal_costs = told;
  return code;
}

// ---- all ----

static void take_over(const wg_samples *s, wg_comparison *c) {
  c->source = s->source;
  c->version = s->version;
  c->from = s->axes.dates[s->first];
  c->to = s->axes.dates[s->last];
  c->rows = s->axes.rows;
  c->first = s->first;
  c->last = s->last;
  c->dates = s->axes.dates;
  c->place = s->axes.place;
  c->by = s->by == WG_BY_NOTHING ? NULL : wg_by_names[s->by];
  c->parts = s->parts;
  c->part_labels = s->part_labels;
  c->part_count = s->part_count;
  c->outcomes = s->outcomes;
  c->outcome_count = s->outcome_count;
  c->parameters = s->parameters;
  c->parameter_count = s->parameter_count;
  c->draws = s->draws;
  c->replicates = s->replicates;
  c->revision_note = s->revision_note;
}

int wg_comparison_make(const wg_samples *samples, wg_comparison *comparison, wg_error *error) {
  making m = {samples, comparison, error};
  take_over(samples, comparison);
  wg_compared_variant *const variants = wg_arena_alloc(&comparison->arena, samples->variant_count, sizeof *variants);
  if (!variants)
    return no_memory(error);
  int code = WG_OK;
  for (size_t v = 0; v < samples->variant_count && !code; v++)
    if (samples->variants[v].compared_with != v)
      code = tell_variant(&m, v, variants + comparison->variant_count++);
  comparison->variants = variants;
  if (!code && comparison->variant_count == 0)
    code = wg_error_add(error, WG_FAIL_CONFIG, "%s: there is nothing but the baseline", samples->source);
  return code ? code : tell_equal_costs(&m);
}

int wg_samples_half_width(const wg_samples *samples, const char *outcome, double *half_width, wg_error *error) {
  const wg_samples *const s = samples;
  size_t o = 0;
  while (o < s->outcome_count && strcmp(s->outcomes[o]->name, outcome) != 0)
    o++;
  if (o == s->outcome_count)
    return wg_error_add(error, WG_FAIL_CONFIG, "%s: there is no outcome \"%s\"", s->source, outcome);
  const double percent = 100.0, unit = wg_outcome_is_share(s->outcomes[o]) ? percent : 1.0;
  *half_width = 0.0;
  int code = WG_OK;
  for (size_t v = 0; v < s->variant_count && !code; v++) {
    if (s->variants[v].compared_with == v)
      continue;
    const wg_pairs pairs = pairs_of(s, s->variants[v].compared_with, v, o, 0);
    double one = WG_NAN;
    code = wg_pairs_half_width(&pairs, &one, error);
    if (!(one / unit <= *half_width)) // NaN stays
      *half_width = wg_is_finite(*half_width) ? one / unit : WG_NAN;
  }
  return code;
}

void wg_comparison_free(wg_comparison *comparison) {
  wg_arena_free(&comparison->arena);
  *comparison = (wg_comparison){0};
}
