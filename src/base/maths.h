// SPDX-License-Identifier: GPL-3.0-or-later
// The only door to libm and to conversions between probabilities and integers, so that every compiler and
// optimisation level gives the same bits (maths.c is compiled with -fno-builtin -ffp-contract=off).
#ifndef WG_BASE_MATHS_H
#define WG_BASE_MATHS_H

#include <stdbool.h>
#include <stdint.h>

// "Nothing to say", in results.
#define WG_NAN __builtin_nan("")

static inline bool wg_is_finite(double x) {
  return __builtin_isfinite(x);
}

double wg_exp(double x);
double wg_log(double x);
double wg_pow(double x, double y);
double wg_sqrt(double x);
double wg_cos(double x);

// The integer threshold t for which a uniform 32-bit u satisfies u < t with probability p: p in [0, 1], rounded down;
// p = 1 gives the largest threshold (1 - 2^-32).
uint32_t wg_threshold(double p);

// Count with Poisson distribution of the given mean (0 to 500) by inversion of the uniform u in (0, 1):
// monotone in the mean, so that a changed mean keeps the events that both have.
uint32_t wg_poisson_invert(double mean, double u);

#endif
