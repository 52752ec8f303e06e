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

// SLEEF's Sleef_cinz_logd1_u35purec (Naoki Shibata; Boost Software License 1.0) written out for the numbers that can occur, all
// normal and below 1: half the instructions, and the same bits for each of the 2^32 arguments. With m in [3/4, 3/2) and
// s = (m - 1) / (m + 1) the logarithm of 2^e m is e log 2 + 2 s + s^3 (2/3 + 2/5 s^2 + ...). There are no branches and no
// conversions but those that any processor does for several numbers at once.
static inline double exponential(uint32_t u) {
  const double x = ((double)u + 0.5) * 0x1p-32, scaled = x * (1.0 / 0.75);
  uint64_t bits, exponent_bits;
  __builtin_memcpy(&bits, &x, sizeof bits);
  __builtin_memcpy(&exponent_bits, &scaled, sizeof exponent_bits);
  exponent_bits >>= 52;
  bits += (UINT64_C(1023) - exponent_bits) << 52;
  exponent_bits |= UINT64_C(0x4330000000000000); // the number 2^52 more
  double m, e;
  __builtin_memcpy(&m, &bits, sizeof m);
  __builtin_memcpy(&e, &exponent_bits, sizeof e);
  e -= 0x1p52 + 1023.0;
  const double s = (m - 1.0) / (m + 1.0), s2 = s * s, s4 = s2 * s2, s8 = s4 * s4;
  const double high = s4 * 0.153487338491425068243146 + (s2 * 0.152519917006351951593857 + 0.181863266251982985677316);
  const double low = s4 * (s2 * 0.222221366518767365905163 + 0.285714294746548025383248) +
                     (s2 * 0.399999999950799600689777 + 0.6666666666667778740063);
  return -(s * s2 * (s8 * high + low) + (s * 2.0 + 0.693147180559945286226764 * e));
}

double wg_exponential(uint32_t u) {
  return exponential(u);
}

void wg_exponentials(size_t count, const uint32_t *u, double *x) {
  for (size_t first = 0; first < count; first += WG_EXPONENTIALS)
    for (size_t i = 0; i < WG_EXPONENTIALS; i++)
      x[first + i] = exponential(u[first + i]);
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
