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
// normal and below 1, so that the compiler can put it where it is needed: half the instructions, and the same bits for each of
// the 2^32 arguments. With m in [3/4, 3/2) and s = (m - 1) / (m + 1) the logarithm of 2^e m is e log 2 + 2 s + s^3 (2/3 + 2/5
// s^2 + ...).
double wg_exponential(uint32_t u) {
  const double x = ((double)u + 0.5) * 0x1p-32;
  uint64_t bits, scaled_bits;
  const double scaled = x * (1.0 / 0.75);
  __builtin_memcpy(&bits, &x, sizeof bits);
  __builtin_memcpy(&scaled_bits, &scaled, sizeof scaled_bits);
  const int64_t exponent = (int64_t)(scaled_bits >> 52) - 1023;
  bits -= (uint64_t)exponent << 52;
  double m;
  __builtin_memcpy(&m, &bits, sizeof m);
  const double s = (m - 1.0) / (m + 1.0), s2 = s * s, s4 = s2 * s2, s8 = s4 * s4;
  const double high = s4 * 0.153487338491425068243146 + (s2 * 0.152519917006351951593857 + 0.181863266251982985677316);
  const double low = s4 * (s2 * 0.222221366518767365905163 + 0.285714294746548025383248) +
                     (s2 * 0.399999999950799600689777 + 0.6666666666667778740063);
  return -(s * s2 * (s8 * high + low) + (s * 2.0 + 0.693147180559945286226764 * (double)exponent));
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
