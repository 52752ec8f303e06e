// SPDX-License-Identifier: GPL-3.0-or-later
// Persons not yet in a household, counted by single year of age and sex, and the drawing of one.
#ifndef WG_SYNTHESIS_AGE_POOLS_H
#define WG_SYNTHESIS_AGE_POOLS_H

#include "base/draw.h"
#include "synthesis/census_targets.h"

enum { WG_AGES = WG_AGE_MAX + 1, WG_ANY_SEX = 2 };

typedef struct wg_age_pools {
  int64_t left[WG_SEX_COUNT][WG_AGES];
} wg_age_pools;

// A person in a byte: age and sex.
typedef uint8_t wg_person;
static inline wg_person wg_person_make(uint32_t age, uint32_t sex) {
  return (wg_person)(age | sex << 7);
}
static inline uint32_t wg_person_age(wg_person person) {
  return person & 127U;
}
static inline uint32_t wg_person_sex(wg_person person) {
  return person >> 7;
}

// How likely a difference of so many years is, relative to none; never zero.
typedef struct wg_age_kernel {
  uint64_t weight[WG_AGES];
} wg_age_kernel;

// Normal with the given standard deviation in years.
void wg_age_kernel_set(wg_age_kernel *kernel, double deviation);

// Spreads the census groups over single years: along a line between the neighbouring groups' means, and beyond 85 in
// geometric decline with the ratio that groups 80-84 and 85+ imply. Every group's sum stays exact.
bool wg_age_pools_create(const wg_census_targets *targets, wg_age_pools *pools);

// Persons left in the ages [low, high]. `sex` may be WG_ANY_SEX here and below.
int64_t wg_age_pools_count(const wg_age_pools *pools, uint32_t sex, int low, int high);

// Takes somebody of the ages [low, high] with a chance in proportion to those left, times the kernel around `centre`
// (NULL: none). False when nobody is left there.
bool wg_age_pools_take(wg_age_pools *pools, wg_draw *draw, uint32_t sex, int low, int high, int centre,
                       const wg_age_kernel *kernel, wg_person *person);

#endif
