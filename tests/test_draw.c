// SPDX-License-Identifier: GPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/draw.h"

// First numbers of the PCG library's own demonstration, pcg32 rng(42, 54).
static void generator_is_pcg32(void **state) {
  (void)state;
  static const uint32_t expected[] = {0xa15c02b7, 0x7b47f409, 0xba1d3330, 0x83d2f293, 0xbfa4784b, 0xcbed606e};
  wg_draw draw;
  wg_pcg_seed(&draw, 42, 54);
  for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
    assert_int_equal(wg_pcg_next(&draw), expected[i]);
  }
}

typedef struct parts {
  uint64_t seed, replicate;
  uint16_t purpose;
  uint32_t when;
  uint64_t identity;
  uint32_t index;
} parts;

static const parts base = {2020, 3, 20, 24250, UINT64_C(0x123456789abcdef), 7};

static uint64_t first_of(parts p) {
  wg_draw draw = wg_draw_open(wg_luck_make(p.seed, p.replicate), p.purpose, p.when, p.identity, p.index);
  return wg_draw_u64(&draw);
}

static void same_key_same_numbers(void **state) {
  (void)state;
  const wg_luck luck = wg_luck_make(5, 6);
  wg_draw one = wg_draw_open(luck, 20, 300, 77, 0);
  // Draws in between, of whatever length, must not matter.
  wg_draw other = wg_draw_open(luck, 20, 300, 78, 0);
  for (int i = 0; i < 1000; i++) {
    wg_draw_u32(&other);
  }
  wg_draw two = wg_draw_open(wg_luck_make(5, 6), 20, 300, 77, 0);
  for (int i = 0; i < 1000; i++) {
    assert_int_equal(wg_draw_u32(&one), wg_draw_u32(&two));
  }
}

// Every bit of every part of the key counts. Equal first 64 bits by chance: 320 keys of 2^-64 each.
static void every_part_of_the_key_counts(void **state) {
  (void)state;
  const uint64_t original = first_of(base);
  for (int bit = 0; bit < 64; bit++) {
    parts p = base;
    p.seed ^= UINT64_C(1) << bit;
    assert_true(first_of(p) != original);
    p = base;
    p.replicate ^= UINT64_C(1) << bit;
    assert_true(first_of(p) != original);
    p = base;
    p.identity ^= UINT64_C(1) << bit;
    assert_true(first_of(p) != original);
    if (bit < 32) {
      p = base;
      p.index ^= UINT32_C(1) << bit;
      assert_true(first_of(p) != original);
    }
    if (bit < 16) {
      p = base;
      p.purpose = (uint16_t)(p.purpose ^ (1U << bit));
      assert_true(first_of(p) != original);
      p = base;
      p.when ^= UINT32_C(1) << bit;
      assert_true(first_of(p) != original);
    }
  }
}

static void parts_do_not_mix(void **state) {
  (void)state;
  parts p = base, q = base;
  p.seed = 1, p.replicate = 2;
  q.seed = 2, q.replicate = 1;
  assert_true(first_of(p) != first_of(q));
  p = q = base;
  p.purpose = 20, p.when = 21;
  q.purpose = 21, q.when = 20;
  assert_true(first_of(p) != first_of(q));
  p = q = base;
  p.identity = 7, p.index = 8;
  q.identity = 8, q.index = 7;
  assert_true(first_of(p) != first_of(q));
  // Times are taken modulo 65536 and do not run over into the index.
  p = q = base;
  p.index = q.index = 0;
  q.when += 65536;
  assert_int_equal(first_of(p), first_of(q));
}

// Chi-square statistic of counts over equally likely cells.
static double chi_square(const uint32_t *counts, size_t cells, double total) {
  const double expected = total / (double)cells;
  double sum = 0;
  for (size_t i = 0; i < cells; i++) {
    const double deviation = counts[i] - expected;
    sum += deviation * deviation / expected;
  }
  return sum;
}

// Laurent and Massart (2000): a chi-square variable with k degrees of freedom lies outside
// [k - 2 sqrt(k x), k + 2 sqrt(k x) + 2 x] with a probability of 2 exp(-x) at most. With k = 255 and x = 20 these are 112.1
// and 437.9 (rounded outwards) and 4.2e-9; the nine statistics below have a false alarm rate of 3.8e-8 together.
enum { CELLS = 256, DRAWS = 1 << 20 };
static const double chi_lowest = 112.1, chi_highest = 437.9;

static void check_chi_square(const uint32_t counts[CELLS], const char *what) {
  const double statistic = chi_square(counts, CELLS, DRAWS);
  if (statistic < chi_lowest || statistic > chi_highest) {
    fail_msg("%s: chi-square %g", what, statistic);
  }
}

// Consecutive identities, as a census numbers them: four statistics.
static void consecutive_identities_are_uniform(void **state) {
  (void)state;
  static uint32_t high[CELLS], low[CELLS], second[CELLS], neighbours[CELLS];
  const wg_luck luck = wg_luck_make(1, 0);
  uint32_t before = 0;
  for (uint64_t i = 0; i <= DRAWS; i++) {
    wg_draw draw = wg_draw_open(luck, 20, 24240, i, 0);
    const uint32_t value = wg_draw_u32(&draw);
    if (i > 0) {
      high[value >> 24]++;
      low[value & 0xff]++;
      second[wg_draw_u32(&draw) >> 24]++;
      neighbours[(value >> 28) | (before >> 28) << 4]++;
    }
    before = value;
  }
  check_chi_square(high, "highest byte");
  check_chi_square(low, "lowest byte");
  check_chi_square(second, "second draw");
  check_chi_square(neighbours, "pairs of neighbours");
}

// One resident's months and replicates, and neighbouring draws of one stream: five statistics.
static void times_replicates_and_indices_are_uniform(void **state) {
  (void)state;
  static uint32_t months[CELLS], replicates[CELLS], indices[CELLS], purposes[CELLS], stream[CELLS];
  const wg_luck luck = wg_luck_make(1, 0);
  wg_draw running = wg_draw_open(luck, 20, 24240, 99, 0);
  for (uint32_t i = 0; i < DRAWS; i++) {
    wg_draw draw = wg_draw_open(luck, 20, i, i >> 16, 0);
    months[wg_draw_u32(&draw) >> 24]++;
    draw = wg_draw_open(wg_luck_make(1, i), 20, 24240, 99, 0);
    replicates[wg_draw_u32(&draw) >> 24]++;
    draw = wg_draw_open(luck, 20, 24240, 99, i);
    indices[wg_draw_u32(&draw) >> 24]++;
    draw = wg_draw_open(luck, (uint16_t)i, 24240, i >> 16, 0);
    purposes[wg_draw_u32(&draw) >> 24]++;
    const uint32_t first = wg_draw_u32(&running);
    stream[(first >> 28) | (wg_draw_u32(&running) >> 28) << 4]++;
  }
  check_chi_square(months, "months");
  check_chi_square(replicates, "replicates");
  check_chi_square(indices, "indices");
  check_chi_square(purposes, "purposes");
  check_chi_square(stream, "pairs of a stream");
}

// The forms of a draw are views of the same integers.
static void forms_agree_with_the_integers(void **state) {
  (void)state;
  wg_draw integers = wg_draw_open(wg_luck_make(9, 9), 30, 1, 2, 3);
  wg_draw forms = integers;
  uint32_t highest = 0;
  for (int i = 0; i < 10000; i++) {
    const double unit = wg_draw_unit(&forms);
    assert_true(unit > 0 && unit < 1);
    assert_true(unit * 0x1p32 == wg_draw_u32(&integers) + 0.5);

    const uint32_t below = wg_draw_below(&forms, 6);
    assert_int_equal(below, (uint32_t)((double)wg_draw_u32(&integers) * 0x1p-32 * 6));
    assert_true(below < 6);
    highest = below > highest ? below : highest;

    const uint64_t high = wg_draw_u32(&integers);
    assert_true(wg_draw_u64(&forms) == (high << 32 | wg_draw_u32(&integers)));
  }
  assert_int_equal(highest, 5);
  assert_int_equal(wg_draw_below(&forms, 1), 0);
}

static int compare_names(const void *a, const void *b) {
  const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return (x > y) - (x < y);
}

// 2^20 names of 64 bits: two are equal by chance with a probability below 2^39 / 2^64 = 3e-8. Small origins and numbers
// under neighbouring purposes are what a census gives.
static void names_are_distinct_and_never_zero(void **state) {
  (void)state;
  enum { ORIGINS = 1 << 11, NUMBERS = 1 << 7, PURPOSES = 1 << 2, NAMES = ORIGINS * NUMBERS * PURPOSES };
  uint64_t *names = malloc(NAMES * sizeof *names);
  assert_non_null(names);
  size_t count = 0;
  for (uint64_t origin = 0; origin < ORIGINS; origin++) {
    for (uint64_t number = 0; number < NUMBERS; number++) {
      for (uint32_t purpose = 0; purpose < PURPOSES; purpose++) {
        names[count++] = wg_identity_make(origin, number, purpose + 10);
      }
    }
  }
  qsort(names, count, sizeof *names, compare_names);
  assert_true(names[0] != 0);
  for (size_t i = 1; i < count; i++) {
    assert_true(names[i] != names[i - 1]);
  }
  free(names);
  assert_int_equal(wg_identity_make(1, 2, 3), wg_identity_make(1, 2, 3));
}

// The same for whole streams: 2^20 of neighbouring seeds, replicates, purposes, times, identities and indices.
static void streams_are_distinct(void **state) {
  (void)state;
  enum { STREAMS = 1 << 20 };
  uint64_t *firsts = malloc(STREAMS * sizeof *firsts);
  assert_non_null(firsts);
  for (uint32_t i = 0; i < STREAMS; i++) {
    const parts p = {i & 7,          i >> 3 & 7, (uint16_t)(10 + (i >> 6 & 7)), 24240 + (i >> 9 & 7),
                     i >> 12 & 0x1f, i >> 17 & 7};
    firsts[i] = first_of(p);
  }
  qsort(firsts, STREAMS, sizeof *firsts, compare_names);
  for (size_t i = 1; i < STREAMS; i++) {
    assert_true(firsts[i] != firsts[i - 1]);
  }
  free(firsts);
}

// These bits are what stored results rest on: whoever changes them makes every earlier run unrepeatable.
static void key_layout_is_pinned(void **state) {
  (void)state;
  assert_int_equal(wg_luck_make(2020, 3).key, UINT64_C(0xb3446e3e1c76668b));
  assert_int_equal(first_of(base), UINT64_C(0xfdd955acaf6dd75d));
  assert_int_equal(wg_identity_make(1, 2, 3), UINT64_C(0x7c68b4906e7ea780));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(generator_is_pcg32),
      cmocka_unit_test(same_key_same_numbers),
      cmocka_unit_test(every_part_of_the_key_counts),
      cmocka_unit_test(parts_do_not_mix),
      cmocka_unit_test(consecutive_identities_are_uniform),
      cmocka_unit_test(times_replicates_and_indices_are_uniform),
      cmocka_unit_test(forms_agree_with_the_integers),
      cmocka_unit_test(names_are_distinct_and_never_zero),
      cmocka_unit_test(streams_are_distinct),
      cmocka_unit_test(key_layout_is_pinned),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
