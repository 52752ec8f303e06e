// SPDX-License-Identifier: GPL-3.0-or-later
#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/draw.h"
#include "base/maths.h"

static const double means[] = {1e-9, 0.001, 0.3, 1, 2.5, 10, 63.7, 250, 499.5, 500};
enum { MEANS = sizeof means / sizeof *means };

static double distance(double a, double b) {
  return a > b ? a - b : b - a;
}

static void functions_are_the_right_ones(void **state) {
  (void)state;
  assert_true(wg_exp(0) == 1 && distance(wg_exp(1), 0x1.5bf0a8b145769p+1) < 1e-15);
  assert_true(wg_log(1) == 0 && distance(wg_log(2), 0x1.62e42fefa39efp-1) < 1e-16);
  assert_true(wg_pow(2, 10) == 1024 && wg_pow(9, 0.5) == 3);
  assert_true(wg_sqrt(2) == 0x1.6a09e667f3bcdp+0);
  assert_true(wg_cos(0) == 1 && distance(wg_cos(0x1.921fb54442d18p+1), -1) < 1e-15);
}

// Error in units in the last place of the exact value.
static double error_in_ulps(double x, long double exact) {
  return (double)(fabsl((long double)x - exact) /
                  (nextafter(fabs((double)exact), (double)INFINITY) - fabs((double)exact)));
}

enum { SAMPLES = 300000 };

// Evenly over [0, 1), in an order of its own.
static double sample(uint32_t i) {
  return (double)(i * UINT32_C(2654435769)) * 0x1p-32;
}

static void functions_are_close(void **state) {
  (void)state;
  for (uint32_t i = 0; i < SAMPLES; i++) {
    const double u = sample(i) + 0x1p-33, x = 1400 * u - 700, near = 0.5 + u;
    assert_true(error_in_ulps(wg_exp(x), expl(x)) < 1);
    assert_true(error_in_ulps(wg_exp(-u), expl(-u)) < 1);
    const double wide = wg_exp(x);
    assert_true(error_in_ulps(wg_log(wide), logl(wide)) < 1);
    assert_true(error_in_ulps(wg_log(u), logl(u)) < 1);
    assert_true(near == 1 || error_in_ulps(wg_log(near), logl(near)) < 1);
    assert_true(fabsl(wg_cos(100 * u - 50) - cosl(100 * u - 50)) < 2.3e-16L);
    assert_true(error_in_ulps(wg_pow(1 + u, 12 * u), powl(1 + u, 12 * u)) < 1);
  }
}

static void functions_at_the_ends(void **state) {
  (void)state;
  assert_true(wg_exp(-INFINITY) == 0 && wg_exp(-746) == 0 && distance(wg_exp(-745), 0x1p-1074) < 0x1p-1073);
  assert_true(isinf(wg_exp(710)) && isinf(wg_exp(INFINITY)) && wg_exp(709.78) < DBL_MAX && isnan(wg_exp(NAN)));
  assert_true(distance(wg_exp(-740), 0x0.0000000000055p-1022) < 0x1p-1072);
  assert_true(wg_log(0) == -INFINITY && wg_log(INFINITY) == INFINITY && isnan(wg_log(-1)) && isnan(wg_log(NAN)));
  assert_true(distance(wg_log(0x1p-1074), -1074 * wg_log(2)) < 2e-13 &&
              distance(wg_log(DBL_MAX), 1024 * wg_log(2)) < 2e-13);
  assert_true(wg_pow(3, 0) == 1 && wg_pow(1, 100) == 1 && wg_pow(0, 2) == 0);
  assert_true(isnan(wg_cos(INFINITY)) && isnan(wg_cos(NAN)));
  assert_true(wg_whole(0) == 0 && wg_whole(0.999) == 0 && wg_whole(1e15 + 0.5) == UINT64_C(1000000000000000));
  assert_true(wg_whole(1e19) == UINT64_C(1) << 63 && wg_whole(INFINITY) == UINT64_C(1) << 63);
}

// Every 64th and the ends of the range of 32 bits.
static void exponentials_invert_their_uniform(void **state) {
  (void)state;
  double before = INFINITY;
  for (uint64_t i = 0; i <= UINT32_MAX; i += i < 100000 || i > UINT32_MAX - 100000 ? 1 : 61) {
    const double x = wg_exponential((uint32_t)i);
    assert_true(x < before);
    before = x;
  }
  for (uint32_t i = 0; i < SAMPLES; i++) {
    const uint32_t u = (uint32_t)(sample(i) * 0x1p32) >> (i % 32);
    assert_true(fabsl(wg_exponential(u) + logl(((long double)u + 0.5L) * 0x1p-32L)) < 1e-13L);
    assert_true(fabsl(wg_exponential(~u) + logl(((long double)~u + 0.5L) * 0x1p-32L)) < 1e-13L);
  }
}

// Bit for bit, and nothing beyond their groups is touched.
static void exponentials_of_many_are_those_of_each(void **state) {
  (void)state;
  enum { MANY = 8 * WG_EXPONENTIALS };
  for (uint32_t round = 0; round < 1000; round++) {
    uint32_t u[MANY];
    double x[MANY];
    for (uint32_t i = 0; i < MANY; i++) {
      u[i] = (uint32_t)(sample(round * MANY + i) * 0x1p32) >> (i % 32);
      x[i] = -1;
    }
    const uint32_t count = round % MANY, beyond = (count + WG_EXPONENTIALS - 1) / WG_EXPONENTIALS * WG_EXPONENTIALS;
    wg_exponentials(count, u, x);
    for (uint32_t i = 0; i < MANY; i++) {
      const double expected = i < beyond ? wg_exponential(u[i]) : -1;
      assert_memory_equal(x + i, &expected, sizeof expected);
    }
  }
}

// The bits of many results, whatever compiler, optimisation and processor this runs on. Only a change of the functions
// themselves, which changes results of the model, may change the number.
static void bits_are_these(void **state) {
  (void)state;
  uint64_t hash = 0;
  for (uint32_t i = 0; i < SAMPLES; i++) {
    const double u = sample(i) + 0x1p-33;
    const double results[] = {
        wg_exp(1400 * u - 700), wg_exp(-20 * u),       wg_log(u),         wg_log(wg_exp(1400 * u - 700)),
        wg_cos(100 * u - 50),   wg_pow(1 + u, 12 * u), wg_sqrt(1000 * u), wg_exponential((uint32_t)(u * 0x1p32))};
    hash = XXH3_64bits_withSeed(results, sizeof results, hash);
  }
  assert_int_equal(hash, UINT64_C(0x5a91d35c64f045a1));
}

static void thresholds_round_down(void **state) {
  (void)state;
  assert_int_equal(wg_threshold(0), 0);
  assert_int_equal(wg_threshold(0x1p-33), 0);
  assert_int_equal(wg_threshold(0x1p-32), 1);
  assert_int_equal(wg_threshold(0x1.fffp-32), 1);
  assert_int_equal(wg_threshold(0.5), UINT32_C(1) << 31);
  assert_int_equal(wg_threshold(0.25), UINT32_C(1) << 30);
  assert_int_equal(wg_threshold(0.1), 429496729);
}

static void thresholds_at_the_ends(void **state) {
  (void)state;
  assert_int_equal(wg_threshold(1), UINT32_MAX);
  assert_int_equal(wg_threshold(1 - 0x1p-53), UINT32_MAX);
  assert_int_equal(wg_threshold(1 - 0x1p-32), UINT32_MAX);
  assert_int_equal(wg_threshold(1 - 0x1p-31), UINT32_MAX - 1);
  // Outside of [0, 1], as rounding may bring it: the nearer end.
  assert_int_equal(wg_threshold(-1e-17), 0);
  assert_int_equal(wg_threshold(1 + DBL_EPSILON), UINT32_MAX);
  assert_int_equal(wg_threshold(__builtin_nan("")), 0);
}

// P(X <= count), term by term through logarithms: another way than the recurrence under test.
static double cumulated(double mean, int64_t count) {
  double sum = 0, log_factorial = 0;
  for (int64_t k = 0; k <= count; k++) {
    log_factorial += k > 0 ? wg_log((double)k) : 0;
    sum += wg_exp((double)k * wg_log(mean) - mean - log_factorial);
  }
  return sum;
}

// The count is the smallest whose distribution function reaches u.
static void poisson_inverts_the_distribution(void **state) {
  (void)state;
  static const double levels[] = {1e-12, 1e-6, 0.01, 0.2, 0.5, 0.77, 0.99, 0.999999, 1 - 0x1p-33};
  for (size_t i = 0; i < MEANS; i++) {
    for (size_t j = 0; j < sizeof levels / sizeof *levels; j++) {
      const int64_t count = wg_poisson_invert(means[i], levels[j]);
      const double above = cumulated(means[i], count), below = cumulated(means[i], count - 1);
      if (above < levels[j] - 2e-11 || below > levels[j] + 2e-11) {
        fail_msg("mean %g, u %.12g: count %d, distribution %.12g to %.12g", means[i], levels[j], (int)count, below,
                 above);
      }
    }
  }
}

// Over an even grid of u the counts have the distribution's mean and variance (both `mean`). A grid of n cells misses the
// tails beyond 1/n; the tolerance leaves room for that.
static void poisson_moments(void **state) {
  (void)state;
  enum { CELLS = 1 << 18 };
  for (size_t i = 2; i < MEANS; i++) {
    double sum = 0, squares = 0;
    for (int cell = 0; cell < CELLS; cell++) {
      const double deviation = wg_poisson_invert(means[i], (cell + 0.5) / CELLS) - means[i];
      sum += deviation;
      squares += deviation * deviation;
    }
    assert_true(distance(sum / CELLS, 0) < 1e-4 * means[i] + 1e-5);
    assert_true(distance(squares / CELLS, means[i]) < 1e-3 * means[i]);
  }
}

static void poisson_is_monotone_in_the_mean(void **state) {
  (void)state;
  static const double levels[] = {0x1p-33, 1e-5, 0.1, 0.5, 0.9, 0.99999, 1 - 0x1p-33, 1 - 0x1p-53};
  for (size_t j = 0; j < sizeof levels / sizeof *levels; j++) {
    uint32_t before = wg_poisson_invert(0.01, levels[j]);
    for (int step = 2; step <= 50000; step++) {
      const uint32_t count = wg_poisson_invert(step * 0.01, levels[j]);
      assert_true(count >= before);
      // Nor do events come in crowds when the mean grows by a hundredth.
      assert_true(count <= before + 1);
      before = count;
    }
    assert_true(before > 300);
  }
}

static void poisson_without_mean_is_zero(void **state) {
  (void)state;
  assert_int_equal(wg_poisson_invert(0, 1 - 0x1p-53), 0);
  assert_int_equal(wg_poisson_invert(-1, 0.5), 0);
  assert_int_equal(wg_poisson_invert(__builtin_nan(""), 0.5), 0);
}

static void poisson_ends_at_extreme_uniforms(void **state) {
  (void)state;
  static const double nearly_one[] = {1 - 0x1p-40, 1 - 0x1p-45, 1 - 0x1p-52, 1 - 0x1p-53, 1};
  double mean = 0.1;
  while ((mean *= 1.25) <= 500) {
    for (size_t j = 0; j < sizeof nearly_one / sizeof *nearly_one; j++) {
      const uint32_t count = wg_poisson_invert(mean, nearly_one[j]);
      assert_true(count > mean && count < mean + 9 * wg_sqrt(mean) + 20);
    }
  }
  // A u that equals the distribution function still belongs to the lower count.
  assert_int_equal(wg_poisson_invert(1, wg_exp(-1)), 0);
  assert_int_equal(wg_poisson_invert(1, wg_exp(-1) + DBL_EPSILON), 1);
  // exp(-500) is about 7e-218: still a number, so that u below it gives none and u above it some.
  assert_int_equal(wg_poisson_invert(500, 1e-220), 0);
  assert_true(wg_poisson_invert(500, 1e-210) > 0);
  assert_int_equal(wg_poisson_invert(500, DBL_MIN), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(functions_are_the_right_ones),
      cmocka_unit_test(functions_are_close),
      cmocka_unit_test(functions_at_the_ends),
      cmocka_unit_test(exponentials_invert_their_uniform),
      cmocka_unit_test(exponentials_of_many_are_those_of_each),
      cmocka_unit_test(bits_are_these),
      cmocka_unit_test(thresholds_round_down),
      cmocka_unit_test(thresholds_at_the_ends),
      cmocka_unit_test(poisson_inverts_the_distribution),
      cmocka_unit_test(poisson_moments),
      cmocka_unit_test(poisson_is_monotone_in_the_mean),
      cmocka_unit_test(poisson_without_mean_is_zero),
      cmocka_unit_test(poisson_ends_at_extreme_uniforms),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
