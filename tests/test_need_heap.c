// SPDX-License-Identifier: GPL-3.0-or-later
// Queues and searches of needs against plain sorted arrays.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/draw.h"
#include "tiny_subdistrict.h"

enum { ROWS = 500 };

static wg_draw open_draw(uint64_t number) {
  return wg_draw_open(wg_luck_make(1, 0), 1, 0, number, 0);
}

static void fill(wg_need needs[ROWS], uint64_t number) {
  wg_draw draw = open_draw(number);
  memset(needs, 0, ROWS * sizeof *needs);
  for (uint32_t i = 0; i < ROWS; i++) {
    needs[i].key = wg_draw_below(&draw, 40); // many ties
    needs[i].identity = wg_draw_u64(&draw);
  }
}

static int before(const wg_need *a, const wg_need *b) {
  return a->key != b->key ? a->key < b->key : a->identity < b->identity;
}

// The row of the set that comes first, found by looking at all.
static uint32_t first_of(const wg_need *needs, const int *in) {
  uint32_t best = WG_NO_ROW;
  for (uint32_t i = 0; i < ROWS; i++)
    if (in[i] && (best == WG_NO_ROW || before(needs + i, needs + best)))
      best = i;
  return best;
}

static void pops_in_order(void **state) {
  (void)state;
  static wg_need needs[ROWS];
  fill(needs, 1);
  int in[ROWS];
  uint32_t root = WG_NO_ROW;
  for (uint32_t i = 0; i < ROWS; i++) {
    in[i] = 1;
    wg_need_heap_push(needs, &root, i);
  }
  for (uint32_t i = 0; i < ROWS; i++) {
    const uint32_t expected = first_of(needs, in);
    assert_int_equal(wg_need_heap_pop(needs, &root), expected);
    in[expected] = 0;
  }
  assert_int_equal(root, WG_NO_ROW);
}

static void order_of_insertion_never_shows(void **state) {
  (void)state;
  static wg_need a[ROWS], b[ROWS];
  fill(a, 2);
  memcpy(b, a, sizeof a);
  uint32_t root_a = WG_NO_ROW, root_b = WG_NO_ROW;
  for (uint32_t i = 0; i < ROWS; i++) {
    wg_need_heap_push(a, &root_a, i);
    wg_need_heap_push(b, &root_b, (i * 7 + 3) % ROWS);
  }
  for (uint32_t i = 0; i < ROWS; i++)
    assert_int_equal(wg_need_heap_pop(a, &root_a), wg_need_heap_pop(b, &root_b));
}

static void random_pushes_pops_and_removals(void **state) {
  (void)state;
  static wg_need needs[ROWS];
  fill(needs, 3);
  wg_draw draw = open_draw(4);
  int in[ROWS] = {0};
  uint32_t root = WG_NO_ROW;
  for (int step = 0; step < 20000; step++) {
    const uint32_t row = wg_draw_below(&draw, ROWS);
    if (!in[row]) {
      wg_need_heap_push(needs, &root, row);
      in[row] = 1;
    } else if (wg_draw_below(&draw, 2)) {
      wg_need_heap_remove(needs, &root, row);
      in[row] = 0;
    } else {
      const uint32_t popped = wg_need_heap_pop(needs, &root);
      in[popped] = 0;
      in[row] = in[row] && popped != row;
      const uint32_t next = first_of(needs, in);
      assert_true(next == WG_NO_ROW || before(needs + popped, needs + next));
    }
    assert_int_equal(root, first_of(needs, in));
  }
}

typedef struct discovery {
  wg_subdistrict *s;
  uint64_t hazard;
  uint32_t count;
} discovery;

static void take(void *context, uint32_t need) {
  discovery *d = context;
  assert_true(wg_needs(d->s)[need].key <= d->hazard);
  wg_needs(d->s)[need].state = WG_NEED_FILED;
  d->count++;
}

// Whatever `ahead` is, every latent need is found on the first day on which the hazard reaches its key.
static void searches_find_all_that_is_reached(void **state) {
  (void)state;
  const uint64_t aheads[] = {0, 1000, 1000000, UINT64_MAX / 2};
  for (size_t a = 0; a < sizeof aheads / sizeof *aheads; a++) {
    wg_subdistrict s;
    tiny_create(&s, 1);
    wg_draw draw = open_draw(5);
    discovery d = {.s = &s};
    const uint32_t search = wg_search_of(&s, 1, 0);
    wg_searches(&s)[search].ahead = aheads[a];
    for (int day = 0; day < 300; day++) {
      for (int i = 0; i < 20; i++) {
        const uint32_t row = wg_need_open(&s);
        wg_needs(&s)[row].identity = wg_draw_u64(&draw) | 1;
        wg_needs(&s)[row].grid = 1;
        wg_needs(&s)[row].key = d.hazard + wg_draw_below(&draw, 100000);
        wg_need_hide(&s, row);
      }
      if (day % 30 == 0)
        wg_searches_restart(&s);
      const uint64_t hazard = wg_draw_below(&draw, 3000);
      d.hazard += hazard;
      wg_search_advance(&s, search, hazard, &d, take);
      for (uint32_t row = 0; row < wg_needs_count(&s); row++)
        assert_int_equal(wg_needs(&s)[row].state == WG_NEED_FILED, wg_needs(&s)[row].key <= d.hazard);
    }
    assert_true(d.count > 4000);
    wg_subdistrict_free(&s);
  }
}

// With exponential thresholds and a constant hazard h a day, the share found within n days is 1 - exp(-h n). Of 20,000, with
// h n = 1, the share has a standard deviation of 0.0034: a bound of 5.3 of them (0.018) is passed by chance with probability
// 1.2e-7; a hazard wrong by 7 % is caught with probability 0.97.
static void found_share_follows_the_hazard(void **state) {
  (void)state;
  wg_subdistrict s;
  tiny_create(&s, 1);
  wg_draw draw = open_draw(6);
  discovery d = {.s = &s};
  wg_searches(&s)[0].ahead = UINT64_C(1) << 33;
  wg_searches_restart(&s);
  for (int i = 0; i < 20000; i++) {
    const uint32_t row = wg_need_open(&s);
    // -log(1 - u) by its integral: the sum of u^k / k, so that the oracle shares no code with the model.
    const double u = wg_draw_unit(&draw);
    double threshold = 0.0, power = 1.0;
    for (int k = 1; k < 4000; k++) {
      power *= u;
      threshold += power / k;
    }
    wg_needs(&s)[row].identity = wg_draw_u64(&draw) | 1;
    wg_needs(&s)[row].key = (uint64_t)(threshold * 0x1p32);
    wg_need_hide(&s, row);
  }
  for (int day = 0; day < 20; day++) {
    d.hazard += (uint64_t)(0.05 * 0x1p32);
    wg_search_advance(&s, 0, (uint64_t)(0.05 * 0x1p32), &d, take);
  }
  const double share = d.count / 20000.0;
  assert_true(share > 0.63212 - 0.018 && share < 0.63212 + 0.018);
  wg_subdistrict_free(&s);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(pops_in_order),
      cmocka_unit_test(order_of_insertion_never_shows),
      cmocka_unit_test(random_pushes_pops_and_removals),
      cmocka_unit_test(searches_find_all_that_is_reached),
      cmocka_unit_test(found_share_follows_the_hazard),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
