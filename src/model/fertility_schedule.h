// SPDX-License-Identifier: GPL-3.0-or-later
// Fertility (生育率) by single year of age, and what waiting between births asks of those who don't wait.
#ifndef WG_MODEL_FERTILITY_SCHEDULE_H
#define WG_MODEL_FERTILITY_SCHEDULE_H

#include "model/resident.h"

enum {
  WG_FERTILE_FIRST = 15, // years
  WG_FERTILE_BANDS = 7,  // 15-19 ... 45-49
  WG_FERTILE_BEYOND = WG_FERTILE_FIRST + 5 * WG_FERTILE_BANDS,
  WG_SPACING_MAX = 36, // months
  WG_WAITING_YEARS = 1 + WG_SPACING_MAX / 12,
};

// Writes rates (births per woman-year) by single year of age, 0 outside 15 to 49, from those of the seven bands: differences
// of the cumulative rate, interpolated between the bands' edges by cubics whose slopes there come from four bands, limited so
// that they are monotone (Fritsch & Carlson 1980), and are 0 at both ends. The five rates of a band sum to five times the
// band's, and none is negative.
void wg_fertility_single_years(const double bands[WG_FERTILE_BANDS], double rates[WG_AGE_MAX + 1]);

// After a birth in one month the next `spacing` months bring none. Writes how many of these months fall, on average over the
// months since the birthday, into the year of age before by 0, 1, ... years: with births per woman-month b, the sum of
// weights[j] * b(age - j) is the share of women of that age who wait. The weights sum to `spacing`.
void wg_waiting_weights(uint32_t spacing, double weights[WG_WAITING_YEARS]);

// The probability of a birth in a month for those who do not wait, when `births` (per woman and month, waiting or not) are
// wanted and the share `waiting` waits. Where rates don't change with age this is the renewal theorem: a cycle of `spacing`
// months and 1 / hazard more takes 1 / births months.
static inline double wg_birth_hazard(double births, double waiting) {
  return births / (1.0 - waiting);
}

#endif
