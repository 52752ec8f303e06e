// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/fertility_schedule.h"

#include <stdbool.h>

// The rate at the lower edge of band b: of the quartic through the cumulative rate at the five edges around it where there are
// two bands on either side, else the mean of both bands; never more than three times either band, so that no rate is negative.
static double edge_rate(const double bands[WG_FERTILE_BANDS], uint32_t b) {
  const double near = bands[b - 1] + bands[b], least = bands[b - 1] < bands[b] ? bands[b - 1] : bands[b];
  const bool inner = b >= 2 && b + 1 < WG_FERTILE_BANDS;
  const double rate = inner ? (7.0 * near - bands[b - 2] - bands[b + 1]) / 12.0 : 0.5 * near;
  return rate < 0.0 ? 0.0 : rate > 3.0 * least ? 3.0 * least : rate;
}

void wg_fertility_single_years(const double bands[WG_FERTILE_BANDS], double rates[WG_AGE_MAX + 1]) {
  for (uint32_t x = 0; x <= WG_AGE_MAX; x++)
    rates[x] = 0.0;
  double slope[WG_FERTILE_BANDS + 1] = {0.0}; // of the cumulative rate at the bands' edges
  for (uint32_t b = 1; b < WG_FERTILE_BANDS; b++)
    slope[b] = edge_rate(bands, b);
  for (uint32_t b = 0; b < WG_FERTILE_BANDS; b++) {
    double before = 0.0; // cumulative since the band's lower edge
    for (uint32_t year = 1; year <= 5; year++) {
      const double t = year / 5.0, rest = 1.0 - t;
      const double now =
          5.0 * (bands[b] * t * t * (3.0 - 2.0 * t) + slope[b] * t * rest * rest - slope[b + 1] * t * t * rest);
      const double rate = now - before;
      rates[WG_FERTILE_FIRST + 5 * b + year - 1] = rate > 0.0 ? rate : 0.0;
      before = now;
    }
  }
}

void wg_waiting_weights(uint32_t spacing, double weights[WG_WAITING_YEARS]) {
  for (uint32_t j = 0; j < WG_WAITING_YEARS; j++)
    weights[j] = 0.0;
  for (uint32_t back = 1; back <= spacing; back++)
    for (uint32_t since_birthday = 0; since_birthday < 12; since_birthday++)
      weights[back > since_birthday ? (back - since_birthday + 11) / 12 : 0] += 1.0 / 12.0;
}
