// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/maths.h"

// SLEEF's deterministic functions: plain C without fused operations, the same bits on every processor. glibc's choose among
// variants by the processor they meet, which differ in the last bit of one result in 1,400 (exp, cos) to 10,000 (log).
#include <sleef.h>

#ifdef __FAST_MATH__
#error "-ffast-math lets the compiler change results; see CONTRIBUTING.md"
#endif

double wg_exp(double x) {
  return Sleef_cinz_expd1_u10purec(x);
}

double wg_log(double x) {
  return Sleef_cinz_logd1_u10purec(x);
}

double wg_exponential(uint32_t u) {
  return -Sleef_cinz_logd1_u35purec(((double)u + 0.5) * 0x1p-32);
}

double wg_pow(double x, double y) {
  return Sleef_cinz_powd1_u10purec(x, y);
}

// IEEE 754 asks that it round correctly: any will do, also the processor's own.
double wg_sqrt(double x) {
  return __builtin_sqrt(x);
}

double wg_cos(double x) {
  return Sleef_cinz_cosd1_u10purec(x);
}

uint32_t wg_threshold(double p) {
  if (!(p > 0)) {
    return 0;
  }
  // Scaling by a power of two is exact; the conversion rounds down.
  return p < 1 ? (uint32_t)(p * 0x1p32) : UINT32_MAX;
}

uint32_t wg_poisson_invert(double mean, double u) {
  if (!(mean > 0)) {
    return 0;
  }
  if (mean > 500) {
    mean = 500;
  }
  // Draws end at 1 - 2^-33 (1e-10 below 1); whatever lies above counts as that. The sum below is off by 2e-13 at worst
  // (two thousand roundings), so it always gets there. A u nearer than that to a step may fall on its other side; only
  // so far is the result monotone.
  const double last = 1 - 0x1p-33;
  if (u > last) {
    u = last;
  }
  uint32_t count = 0;
  double probability = wg_exp(-mean);
  double cumulated = probability;
  while (u > cumulated) {
    count++;
    probability *= mean / count;
    cumulated += probability;
  }
  return count;
}
