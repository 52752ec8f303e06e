// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/matching.h"

#include <stdbool.h>
#include <stdlib.h>

static int by_age(const void *a_, const void *b_) {
  const wg_seeker *a = a_, *b = b_;
  if (a->suits != b->suits)
    return a->suits < b->suits ? -1 : 1;
  return a->identity < b->identity ? -1 : a->identity > b->identity;
}

// The men of one round who are not taken yet. Position i + 1 is the i-th man of the round; 0 and count + 1 are ends that are
// never taken. `before` and `behind` lead from a position towards the next free one.
typedef struct pool {
  const wg_seeker *men;
  uint32_t *man, *before, *behind;
  uint32_t count;
} pool;

static uint32_t find(uint32_t *toward, uint32_t position) {
  while (toward[position] != position) {
    toward[position] = toward[toward[position]];
    position = toward[position];
  }
  return position;
}

static uint32_t distance(const wg_seeker *woman, const wg_seeker *man) {
  return woman->suits < man->suits ? (uint32_t)(man->suits - woman->suits) : (uint32_t)(woman->suits - man->suits);
}

static bool is_housemate(const wg_seeker *woman, const wg_seeker *man) {
  return woman->subdistrict == man->subdistrict && woman->household == man->household;
}

static const wg_seeker *man_at(const pool *p, uint32_t position) {
  return p->men + p->man[position - 1];
}

// The nearest free man for the woman, as his position; 0 if there is none. `beyond`: the first position of those not older
// than the one who would suit her.
static uint32_t nearest(const pool *p, const wg_seeker *woman, uint32_t beyond, uint32_t most_apart) {
  uint32_t older = find(p->before, beyond - 1), younger = find(p->behind, beyond);
  while (older > 0 && is_housemate(woman, man_at(p, older)))
    older = find(p->before, older - 1);
  while (younger <= p->count && is_housemate(woman, man_at(p, younger)))
    younger = find(p->behind, younger + 1);
  const uint32_t to_older = older > 0 ? distance(woman, man_at(p, older)) : UINT32_MAX;
  const uint32_t to_younger = younger <= p->count ? distance(woman, man_at(p, younger)) : UINT32_MAX;
  const uint32_t best = to_older <= to_younger ? to_older : to_younger;
  return best > most_apart ? 0 : to_older <= to_younger ? older : younger;
}

static bool takes_part(const wg_seeker *seeker, int registration) {
  return registration < 0 || seeker->registration == (uint32_t)registration;
}

// Those still free and of that registration (-1: of any).
static void one_round(const wg_seeker *women, size_t women_count, pool *p, size_t men_count, bool *taken,
                      int registration, uint32_t most_apart, uint32_t *man_of) {
  p->count = 0;
  for (uint32_t m = 0; m < men_count; m++)
    if (!taken[m] && takes_part(p->men + m, registration))
      p->man[p->count++] = m;
  for (uint32_t i = 0; i < p->count + 2; i++)
    p->before[i] = p->behind[i] = i;
  uint32_t beyond = 1;
  for (size_t w = 0; w < women_count; w++) {
    if (man_of[w] != WG_UNMATCHED || !takes_part(women + w, registration))
      continue;
    while (beyond <= p->count && man_at(p, beyond)->suits < women[w].suits)
      beyond++;
    const uint32_t position = nearest(p, women + w, beyond, most_apart);
    if (!position)
      continue;
    man_of[w] = p->man[position - 1];
    taken[man_of[w]] = true;
    p->before[position] = position - 1;
    p->behind[position] = position + 1;
  }
}

int wg_match(wg_seeker *women, size_t women_count, wg_seeker *men, size_t men_count, uint32_t most_apart,
             uint32_t *man_of, wg_error *error) {
  if (women_count)
    qsort(women, women_count, sizeof *women, by_age);
  if (men_count)
    qsort(men, men_count, sizeof *men, by_age);
  for (size_t w = 0; w < women_count; w++)
    man_of[w] = WG_UNMATCHED;
  uint32_t *rows = malloc(3 * (men_count + 2) * sizeof *rows);
  bool *taken = calloc(men_count + 1, sizeof *taken);
  int code = WG_OK;
  if (rows && taken) {
    pool p = {.men = men, .man = rows, .before = rows + men_count + 2, .behind = rows + 2 * (men_count + 2)};
    for (int registration = 0; registration < WG_REGISTRATION_COUNT; registration++)
      one_round(women, women_count, &p, men_count, taken, registration, most_apart, man_of);
    one_round(women, women_count, &p, men_count, taken, -1, most_apart, man_of);
  } else {
    code = wg_error_set(error, WG_FAIL_RUN, "out of memory for %zu seekers of partners", men_count);
  }
  free(rows);
  free(taken);
  return code;
}
