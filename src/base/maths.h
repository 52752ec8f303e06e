// SPDX-License-Identifier: GPL-3.0-or-later
// The only door to functions of reals (the SLEEF library), and conversions between reals and integers, so that every
// compiler, optimisation level and processor gives the same bits.
#ifndef WG_BASE_MATHS_H
#define WG_BASE_MATHS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// "Nothing to say", in results.
#define WG_NAN __builtin_nan("")

static inline bool wg_is_finite(double x) {
  return __builtin_isfinite(x);
}

// Within one unit in the last place.
double wg_exp(double x);
double wg_log(double x);
double wg_pow(double x, double y);
double wg_sqrt(double x);
double wg_cos(double x);

// The whole part of x >= 0, or 2^63 where it is larger: what a plain conversion gives there depends on the machine.
static inline uint64_t wg_whole(double x) {
  return x < 0x1p63 ? (uint64_t)x : UINT64_C(1) << 63;
}

// A standard exponential variate by inversion of a uniform 32-bit u: -log((u + 0.5) / 2^32), within 3.5 units in the last
// place, and twice as quick as wg_log.
double wg_exponential(uint32_t u);

// The same of many, twice as quick. Both arrays have room for a multiple of WG_EXPONENTIALS, up to which they are read and
// written.
enum { WG_EXPONENTIALS = 8 };
void wg_exponentials(size_t count, const uint32_t *restrict u, double *restrict x);

// The integer threshold t for which a uniform 32-bit u satisfies u < t with probability p: p in [0, 1], rounded down;
// p = 1 gives the largest threshold (1 - 2^-32).
uint32_t wg_threshold(double p);

// Count with Poisson distribution of the given mean (0 to 500) by inversion of the uniform u in (0, 1):
// monotone in the mean, so that a changed mean keeps the events that both have.
uint32_t wg_poisson_invert(double mean, double u);

#endif
