// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/maths.h"

#include <math.h>

double wg_exp(double x) {
  return exp(x);
}

double wg_log(double x) {
  return log(x);
}

double wg_pow(double x, double y) {
  return pow(x, y);
}

double wg_sqrt(double x) {
  return sqrt(x);
}

double wg_cos(double x) {
  return cos(x);
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
  double probability = exp(-mean);
  double cumulated = probability;
  while (u > cumulated) {
    count++;
    probability *= mean / count;
    cumulated += probability;
  }
  return count;
}
