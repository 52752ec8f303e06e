// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/statistics.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <stdlib.h>
#include <string.h>

#include "base/draw.h"
#include "base/maths.h"
#include "schema/purpose.h"

static const double tail = 0.025; // beyond either end of a 95 % interval

static const wg_interval untold = {WG_NAN, WG_NAN};

static int no_memory(wg_error *error) {
  return wg_error_set(error, WG_FAIL_RUN, "out of memory for the comparison's statistics");
}

static double difference_at(const wg_pairs *pairs, size_t draw, size_t replicate) {
  const size_t at = draw * pairs->replicates + replicate;
  return pairs->value[at] - pairs->base[at];
}

static bool is_pair(const wg_pairs *pairs, size_t draw, size_t replicate) {
  const size_t at = draw * pairs->replicates + replicate;
  return wg_is_finite(pairs->value[at]) && wg_is_finite(pairs->base[at]);
}

// Gathers a draw's pairs. Returns their number; any of the arrays may be NULL.
static size_t take_draw(const wg_pairs *pairs, size_t draw, double *base, double *value, double *differences) {
  size_t count = 0;
  for (size_t r = 0; r < pairs->replicates; r++) {
    if (!is_pair(pairs, draw, r))
      continue;
    const size_t at = draw * pairs->replicates + r;
    if (base)
      base[count] = pairs->base[at];
    if (value)
      value[count] = pairs->value[at];
    if (differences)
      differences[count] = difference_at(pairs, draw, r);
    count++;
  }
  return count;
}

static double mean_of(const double *values, size_t count) {
  return count ? gsl_stats_mean(values, 1, count) : WG_NAN;
}

static size_t take_finite(const double *values, size_t count, double *finite) {
  size_t taken = 0;
  for (size_t i = 0; i < count; i++)
    if (wg_is_finite(values[i]))
      finite[taken++] = values[i];
  return taken;
}

void wg_pairs_draw_means(const wg_pairs *pairs, double *means) {
  for (size_t d = 0; d < pairs->draws; d++) {
    double mean = 0.0;
    size_t count = 0;
    for (size_t r = 0; r < pairs->replicates; r++)
      if (is_pair(pairs, d, r))
        mean += (difference_at(pairs, d, r) - mean) / (double)++count;
    means[d] = count ? mean : WG_NAN;
  }
}

// ---- intervals ----

int wg_band(const double *values, size_t count, wg_interval *band, wg_error *error) {
  *band = untold;
  double *const sorted = calloc(count + 1, sizeof *sorted);
  if (!sorted)
    return no_memory(error);
  const size_t finite = take_finite(values, count, sorted);
  if (finite >= 2) {
    gsl_sort(sorted, 1, finite);
    *band = (wg_interval){gsl_stats_quantile_from_sorted_data(sorted, 1, finite, 0.05),
                          gsl_stats_quantile_from_sorted_data(sorted, 1, finite, 0.95)};
  }
  free(sorted);
  return WG_OK;
}

wg_interval wg_interval_t(const double *values, size_t count) {
  if (count < 2)
    return untold;
  const double mean = gsl_stats_mean(values, 1, count);
  const double error = gsl_stats_sd_m(values, 1, count, mean) / wg_sqrt((double)count);
  const double half = gsl_cdf_tdist_Qinv(tail, (double)(count - 1)) * error;
  return (wg_interval){mean - half, mean + half};
}

// Student's ratio of one resample of the values less their mean, in units of 1 / sqrt(count - 1); NaN where all are one.
static double resample(const double *centred, size_t count, uint32_t index) {
  wg_draw draw = wg_draw_open((wg_luck){0}, WG_PURPOSE_STUDY_BOOTSTRAP, 0, count, index);
  double sum = 0.0, squares = 0.0;
  for (size_t i = 0; i < count; i++) {
    const double x = centred[wg_draw_below(&draw, (uint32_t)count)];
    sum += x;
    squares += x * x;
  }
  const double mean = sum / (double)count;
  const double variance = squares / (double)count - mean * mean;
  return variance > 1e-12 * squares / (double)count ? mean / wg_sqrt(variance) : WG_NAN;
}

int wg_interval_bootstrap(const double *values, size_t count, wg_interval *interval, wg_error *error) {
  *interval = untold;
  if (count < WG_BOOTSTRAP_LEAST || count > UINT32_MAX)
    return WG_OK;
  double *const centred = calloc(count + WG_BOOTSTRAP_SAMPLES, sizeof *centred);
  if (!centred)
    return no_memory(error);
  double *const ratios = centred + count;
  const double mean = gsl_stats_mean(values, 1, count), spread = gsl_stats_sd_m(values, 1, count, mean);
  for (size_t i = 0; i < count; i++)
    centred[i] = (values[i] - mean) / (spread > 0.0 ? spread : 1.0);
  size_t told = 0;
  for (uint32_t i = 0; i < WG_BOOTSTRAP_SAMPLES && spread > 0.0; i++) {
    const double ratio = resample(centred, count, i);
    if (wg_is_finite(ratio))
      ratios[told++] = ratio;
  }
  if (told > WG_BOOTSTRAP_SAMPLES / 2) {
    gsl_sort(ratios, 1, told);
    const double unit = spread * wg_sqrt((double)(count - 1) / (double)count);
    *interval = (wg_interval){mean - unit * gsl_stats_quantile_from_sorted_data(ratios, 1, told, 1.0 - tail),
                              mean - unit * gsl_stats_quantile_from_sorted_data(ratios, 1, told, tail)};
  }
  free(centred);
  return WG_OK;
}

// ---- what is told of pairs ----

// The means over draws of the replicates that have a pair in every draw that has any. Returns how many there are.
static size_t take_whole_replicates(const wg_pairs *pairs, double *means) {
  size_t count = 0;
  for (size_t r = 0; r < pairs->replicates; r++) {
    double mean = 0.0;
    size_t draws = 0;
    bool is_whole = true;
    for (size_t d = 0; d < pairs->draws && is_whole; d++) {
      if (is_pair(pairs, d, r))
        mean += (difference_at(pairs, d, r) - mean) / (double)++draws;
      else
        is_whole = take_draw(pairs, d, NULL, NULL, NULL) == 0;
    }
    if (is_whole && draws)
      means[count++] = mean;
  }
  return count;
}

static wg_interval move(wg_interval interval, double by) {
  return (wg_interval){interval.low + by, interval.high + by};
}

static int tell_luck(const wg_pairs *pairs, bool resamples, wg_difference *d, double *room, wg_error *error) {
  d->replicates = take_whole_replicates(pairs, room);
  d->luck_t = wg_interval_t(room, d->replicates);
  d->luck_bootstrap = untold;
  const int code = resamples ? wg_interval_bootstrap(room, d->replicates, &d->luck_bootstrap, error) : WG_OK;
  // Runs that are missing leave a mean of their own: the intervals stand about the one that is told.
  if (d->missing && d->replicates) {
    const double shift = d->difference - mean_of(room, d->replicates);
    d->luck_t = move(d->luck_t, shift);
    d->luck_bootstrap = move(d->luck_bootstrap, shift);
  }
  return code;
}

// Sums of squares and products within draws, added up.
static void tell_common_luck(const wg_pairs *pairs, wg_difference *d, double *room) {
  double *const base = room, *const value = base + pairs->replicates, *const differences = value + pairs->replicates;
  double of_base = 0.0, of_value = 0.0, of_both = 0.0, of_difference = 0.0;
  for (size_t draw = 0; draw < pairs->draws; draw++) {
    const size_t count = take_draw(pairs, draw, base, value, differences);
    if (count < 2)
      continue;
    const double freedom = (double)(count - 1);
    of_base += freedom * gsl_stats_variance(base, 1, count);
    of_value += freedom * gsl_stats_variance(value, 1, count);
    of_both += freedom * gsl_stats_covariance(base, 1, value, 1, count);
    of_difference += freedom * gsl_stats_variance(differences, 1, count);
  }
  d->correlation = of_base > 0.0 && of_value > 0.0 ? of_both / wg_sqrt(of_base) / wg_sqrt(of_value) : WG_NAN;
  if (d->correlation > 1.0)
    d->correlation = 1.0; // but for rounding
  d->variance_ratio = of_difference > 0.0             ? (of_base + of_value) / of_difference
                      : of_base > 0.0 || of_value > 0 ? __builtin_inf()
                                                      : WG_NAN;
}

static int sign(double x) {
  return (x > 0.0) - (x < 0.0);
}

static void tell_signs(const wg_pairs *pairs, const double *draw_means, wg_difference *d) {
  size_t draws = 0, runs = 0;
  d->same_bits = d->pairs > 0;
  for (size_t draw = 0; draw < pairs->draws; draw++) {
    draws += wg_is_finite(draw_means[draw]) && sign(draw_means[draw]) == sign(d->difference);
    for (size_t r = 0; r < pairs->replicates; r++) {
      if (!is_pair(pairs, draw, r))
        continue;
      runs += sign(difference_at(pairs, draw, r)) == sign(d->difference);
      d->same_bits &= sign(difference_at(pairs, draw, r)) == 0;
    }
  }
  const bool is_told = d->pairs > 0 && d->difference != 0.0;
  d->draws_agree = is_told ? (double)draws / (double)d->draws : WG_NAN;
  d->runs_agree = is_told ? (double)runs / (double)d->pairs : WG_NAN;
}

// Means, over draws, of what the draws' pairs are on average.
static void tell_means(const wg_pairs *pairs, const double *draw_means, wg_difference *d, double *room) {
  double *const base = room, *const value = base + pairs->replicates;
  double sum_base = 0.0, sum_value = 0.0, sum = 0.0;
  d->draw_least = d->draw_most = WG_NAN;
  for (size_t draw = 0; draw < pairs->draws; draw++) {
    const size_t count = take_draw(pairs, draw, base, value, NULL);
    d->pairs += count;
    if (count == 0)
      continue;
    d->draws++;
    sum_base += (mean_of(base, count) - sum_base) / (double)d->draws;
    sum_value += (mean_of(value, count) - sum_value) / (double)d->draws;
    sum += (draw_means[draw] - sum) / (double)d->draws;
    if (!(draw_means[draw] >= d->draw_least))
      d->draw_least = draw_means[draw];
    if (!(draw_means[draw] <= d->draw_most))
      d->draw_most = draw_means[draw];
  }
  d->missing = pairs->draws * pairs->replicates - d->pairs;
  d->base = d->draws ? sum_base : WG_NAN;
  d->value = d->draws ? sum_value : WG_NAN;
  d->difference = d->draws ? sum : WG_NAN;
  if (d->draws < 2)
    d->draw_least = d->draw_most = WG_NAN;
}

static int compare(const wg_pairs *pairs, bool is_outline, wg_difference *difference, wg_error *error) {
  *difference =
      (wg_difference){.correlation = WG_NAN, .variance_ratio = WG_NAN, .draws_agree = WG_NAN, .runs_agree = WG_NAN};
  double *const means = calloc(pairs->draws + 3 * pairs->replicates + 1, sizeof *means);
  if (!means)
    return no_memory(error);
  double *const room = means + pairs->draws;
  wg_pairs_draw_means(pairs, means);
  tell_means(pairs, means, difference, room);
  int code = wg_band(means, pairs->draws, &difference->band, error);
  if (!code)
    code = tell_luck(pairs, !is_outline, difference, room, error);
  if (!is_outline) {
    tell_common_luck(pairs, difference, room);
    tell_signs(pairs, means, difference);
  }
  free(means);
  return code;
}

int wg_pairs_compare(const wg_pairs *pairs, wg_difference *difference, wg_error *error) {
  return compare(pairs, false, difference, error);
}

int wg_pairs_outline(const wg_pairs *pairs, wg_difference *difference, wg_error *error) {
  return compare(pairs, true, difference, error);
}

int wg_pairs_half_width(const wg_pairs *pairs, double *half_width, wg_error *error) {
  double *const means = calloc(pairs->replicates + 1, sizeof *means);
  if (!means)
    return no_memory(error);
  const wg_interval interval = wg_interval_t(means, take_whole_replicates(pairs, means));
  *half_width = (interval.high - interval.low) / 2.0;
  free(means);
  return WG_OK;
}
