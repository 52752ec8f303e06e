// SPDX-License-Identifier: GPL-3.0-or-later
// Which drawn parameters an effect goes with.
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <stdlib.h>
#include <string.h>

#include "base/draw.h"
#include "base/maths.h"
#include "compare/statistics.h"
#include "schema/purpose.h"

static const double family_wise = 0.05;

static int no_memory(wg_error *error) {
  return wg_error_set(error, WG_FAIL_RUN, "out of memory for the parameters that results lean on");
}

static bool varies(const double *values, size_t count) {
  bool is_constant = true, is_whole = true;
  for (size_t i = 0; i < count; i++) {
    is_constant &= values[i] == values[0];
    is_whole &= wg_is_finite(values[i]);
  }
  return is_whole && !is_constant;
}

// Ranks less their mean, scaled to a sum of squares of 1, so that products add up to rank correlations. Equal values share their
// ranks' mean. `order` is for the sorting.
static void rank(const double *values, size_t count, size_t *order, double *ranks) {
  gsl_sort_index(order, values, 1, count);
  for (size_t i = 0, next; i < count; i = next) {
    for (next = i + 1; next < count && values[order[next]] == values[order[i]];)
      next++;
    for (size_t k = i; k < next; k++)
      ranks[order[k]] = (double)(i + next - 1) / 2.0;
  }
  const double mean = gsl_stats_mean(ranks, 1, count);
  const double length = wg_sqrt((double)(count - 1) * gsl_stats_variance_m(ranks, 1, count, mean));
  for (size_t i = 0; i < count; i++)
    ranks[i] = (ranks[i] - mean) / length;
}

static double size_of_product(const double *a, const double *b, size_t count) {
  double sum = 0.0;
  for (size_t i = 0; i < count; i++)
    sum += a[i] * b[i];
  return sum < 0.0 ? -sum : sum;
}

static void shuffle(double *values, size_t count, uint32_t index) {
  wg_draw draw = wg_draw_open((wg_luck){0}, WG_PURPOSE_STUDY_SHUFFLE, 0, count, index);
  for (size_t i = count - 1; i > 0; i--) {
    const size_t other = wg_draw_below(&draw, (uint32_t)i + 1);
    const double kept = values[i];
    values[i] = values[other];
    values[other] = kept;
  }
}

// The effect's ranks, and those of the parameters that can be told.
typedef struct ranks {
  size_t draws, parameters;
  double *effect;    // [draw]
  double *parameter; // [parameter][draw]
  double *sizes;     // of the largest correlation in each shuffle
  size_t *order;     // [draw]
  double *value;     // [draw]
  double *work;      // [2][draw]
} ranks;

static bool make_room(ranks *r, size_t draws, size_t parameters) {
  r->draws = draws;
  r->effect = calloc(draws, sizeof *r->effect);
  r->parameter = calloc(draws * parameters + 1, sizeof *r->parameter);
  r->sizes = calloc(WG_LEANING_SHUFFLES, sizeof *r->sizes);
  r->order = calloc(draws, sizeof *r->order);
  r->value = calloc(draws, sizeof *r->value);
  r->work = calloc(2 * draws, sizeof *r->work);
  return r->effect && r->parameter && r->sizes && r->order && r->value && r->work;
}

static void free_room(ranks *r) {
  free(r->effect);
  free(r->parameter);
  free(r->sizes);
  free(r->order);
  free(r->value);
  free(r->work);
}

// What chance does: the largest of all correlations when the effects are dealt out anew among the draws.
static void deal_anew(ranks *r) {
  for (uint32_t i = 0; i < WG_LEANING_SHUFFLES; i++) {
    memcpy(r->work, r->effect, r->draws * sizeof *r->work);
    shuffle(r->work, r->draws, i);
    double most = 0.0;
    for (size_t p = 0; p < r->parameters; p++) {
      const double size = size_of_product(r->work, r->parameter + p * r->draws, r->draws);
      most = size > most ? size : most;
    }
    r->sizes[i] = most;
  }
}

static bool is_beyond_chance(const ranks *r, double rho) {
  const double size = rho < 0.0 ? -rho : rho, rounding = 1e-9;
  size_t as_far = 1; // as it was dealt
  for (size_t i = 0; i < WG_LEANING_SHUFFLES; i++)
    as_far += r->sizes[i] >= size - rounding;
  return (double)as_far <= family_wise * (double)(WG_LEANING_SHUFFLES + 1);
}

// Column p of the parameters, of the draws whose effect is known.
static void take_column(const double *effects, const double *parameters, size_t draws, size_t count, size_t p,
                        double *value) {
  for (size_t d = 0; d < draws; d++)
    if (wg_is_finite(effects[d]))
      *value++ = parameters[d * count + p];
}

int wg_leanings_find(const double *effects, const double *parameters, size_t draws, size_t parameter_count,
                     double *rank_correlation, bool *leans, size_t *told, wg_error *error) {
  size_t known = 0;
  for (size_t d = 0; d < draws; d++)
    known += wg_is_finite(effects[d]);
  *told = 0;
  for (size_t p = 0; p < parameter_count; p++) {
    rank_correlation[p] = WG_NAN;
    leans[p] = false;
  }
  if (known < WG_LEANING_LEAST)
    return WG_OK;
  ranks r = {0};
  if (!make_room(&r, known, parameter_count)) {
    free_room(&r);
    return no_memory(error);
  }
  double *const effect = r.effect;
  take_column(effects, effects, draws, 1, 0, effect);
  for (size_t p = 0; p < parameter_count && varies(effect, known); p++) {
    take_column(effects, parameters, draws, parameter_count, p, r.value);
    if (!varies(r.value, known))
      continue;
    rank_correlation[p] = gsl_stats_spearman(effect, 1, r.value, 1, known, r.work);
    rank(r.value, known, r.order, r.parameter + r.parameters++ * known);
  }
  *told = r.parameters;
  if (r.parameters) {
    memcpy(r.value, effect, known * sizeof *effect);
    rank(r.value, known, r.order, r.effect);
    deal_anew(&r);
  }
  for (size_t p = 0; p < parameter_count; p++)
    leans[p] = wg_is_finite(rank_correlation[p]) && is_beyond_chance(&r, rank_correlation[p]);
  free_room(&r);
  return WG_OK;
}
