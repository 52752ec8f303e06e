// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/fertility_schedule.h"

void wg_fertility_single_years(const double bands[WG_FERTILE_BANDS], double rates[WG_AGE_MAX + 1]) {
  for (uint32_t x = 0; x <= WG_AGE_MAX; x++)
    rates[x] = 0.0;
  double slope[WG_FERTILE_BANDS + 1] = {0.0}; // of the cumulative rate at the bands' edges
  for (uint32_t b = 1; b < WG_FERTILE_BANDS; b++)
    if (bands[b - 1] > 0.0 && bands[b] > 0.0)
      slope[b] = 2.0 * bands[b - 1] * bands[b] / (bands[b - 1] + bands[b]);
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
