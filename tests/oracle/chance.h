// SPDX-License-Identifier: GPL-3.0-or-later
// Luck of the test's own, and bounds for what chance does. Every statistic passes its bound by chance with a probability of at
// most ALARM; the bounds of means need no normal law.
#ifndef WG_TESTS_CHANCE_H
#define WG_TESTS_CHANCE_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#define ALARM 2e-9

// Uniforms in (0, 1): splitmix64 (Steele, Lea & Flood 2014).
static inline double chance_unit(uint64_t *state) {
  uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
  z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
  z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
  return ((double)((z ^ z >> 31) >> 11) + 0.5) * 0x1p-53;
}

static inline double poisson_law(double mean, uint32_t n) {
  return exp((double)n * log(mean) - mean - lgamma((double)n + 1.0));
}

static inline uint32_t chance_poisson(double mean, uint64_t *state) {
  const double u = chance_unit(state);
  double p = exp(-mean), below = p;
  uint32_t n = 0;
  while (u > below && n < 10000) {
    p *= mean / (double)++n;
    below += p;
  }
  return n;
}

// A value of the law p[0..n).
static inline uint32_t chance_of(const double *p, uint32_t n, uint64_t *state) {
  const double u = chance_unit(state);
  double below = 0.0;
  for (uint32_t i = 0; i < n; i++)
    if (u < (below += p[i]))
      return i;
  return n - 1;
}

static inline double law_mean(const double *p, uint32_t n) {
  double mean = 0.0;
  for (uint32_t i = 0; i < n; i++)
    mean += (double)i * p[i];
  return mean;
}

static inline double law_variance(const double *p, uint32_t n) {
  const double mean = law_mean(p, n);
  double sum = 0.0;
  for (uint32_t i = 0; i < n; i++)
    sum += ((double)i - mean) * ((double)i - mean) * p[i];
  return sum;
}

// The mean of the law tilted by `tilt`, and how unlikely (in -log) a mean beyond it is in one copy: Cramér's rate.
static inline double tilted_mean(const double *p, uint32_t n, double tilt, double *rate) {
  double sum = 0.0, mean = 0.0;
  const double shift = tilt > 0.0 ? tilt * (double)(n - 1) : 0.0; // the greatest exponent
  for (uint32_t i = 0; i < n; i++) {
    const double weight = p[i] * exp(tilt * (double)i - shift);
    sum += weight;
    mean += (double)i * weight;
  }
  mean /= sum;
  *rate = tilt * mean - log(sum) - shift;
  return mean;
}

// What the mean of `copies` independent values of the law passes with a probability of ALARM / 2 at most, upwards (+1) or
// downwards (-1): Chernoff's bound, which holds for every number of copies.
static inline double chernoff(const double *p, uint32_t n, double copies, double direction) {
  double low = 0.0, high = 1e-6, rate;
  while (tilted_mean(p, n, direction * high, &rate), copies * rate < log(2.0 / ALARM)) {
    high *= 2.0;
    if (high > 1e3)
      break;
  }
  for (int i = 0; i < 60; i++) {
    const double middle = 0.5 * (low + high);
    tilted_mean(p, n, direction * middle, &rate);
    if (copies * rate < log(2.0 / ALARM))
      low = middle;
    else
      high = middle;
  }
  return tilted_mean(p, n, direction * high, &rate);
}

// The mean of independent values of the law.
static inline void assert_mean(const char *what, double mean, double copies, const double *p, uint32_t n) {
  const double low = chernoff(p, n, copies, -1.0), high = chernoff(p, n, copies, 1.0), expected = law_mean(p, n);
  const double z = (mean - expected) / sqrt(law_variance(p, n) / copies);
  print_message("  %s: %.5g, expected %.5g: %+.2f standard deviations (bounds %.5g to %.5g)\n", what, mean, expected, z,
                low, high);
  if (!(mean >= low && mean <= high))
    fail_msg("%s: %g, expected %g: %+.1f standard deviations (bounds %g to %g)", what, mean, expected, z, low, high);
}

// A share of independent trials.
static inline void assert_share(const char *what, double share, double trials, double probability) {
  const double law[2] = {1.0 - probability, probability};
  assert_mean(what, share, trials, law, 2);
}

// Pearson's chi-square over bins that the law fills with 20 at least; smaller ones are joined with those after them, the last
// with those before. Bound by Laurent & Massart (2000): k + 2 sqrt(k x) + 2 x, x = -log ALARM, in truth passed more
// seldom.
static inline void assert_law(const char *what, const uint32_t *counts, double copies, const double *p, uint32_t n) {
  double chi_square = 0.0, expected = 0.0, observed = 0.0, rest = copies;
  int32_t bins = 0;
  for (uint32_t i = 0; i < n; i++) {
    expected += copies * p[i];
    observed += counts[i];
    rest -= copies * p[i];
    if (i + 1 < n && (expected < 20.0 || rest < 20.0))
      continue;
    chi_square += (observed - expected) * (observed - expected) / expected;
    bins++;
    expected = observed = 0.0;
  }
  assert_true(bins > 1);
  const double k = bins - 1, x = -log(ALARM), bound = k + 2.0 * sqrt(k * x) + 2.0 * x;
  print_message("  %s: chi-square %.1f with %.0f degrees of freedom (bound %.1f)\n", what, chi_square, k, bound);
  if (!(chi_square < bound))
    fail_msg("%s: chi-square %g with %g degrees of freedom (bound %g)", what, chi_square, k, bound);
}

#endif
