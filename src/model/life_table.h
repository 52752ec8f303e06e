// SPDX-License-Identifier: GPL-3.0-or-later
// Life tables (生命表) by single year of age from a Gompertz-Makeham law, fitted to a life expectancy at birth.
#ifndef WG_MODEL_LIFE_TABLE_H
#define WG_MODEL_LIFE_TABLE_H

#include <stdbool.h>

#include "model/resident.h"

// The law but for its scale: at exact age x the force of mortality is makeham + a * exp(slope * x) per year (Gompertz 1825,
// Makeham 1860). `infant` is the whole probability of dying before the first birthday, whatever the cause: it stands in the
// law's place there.
typedef struct wg_mortality_law {
  double slope;   // 1 / year, above 0
  double makeham; // 1 / year
  double infant;  // probability, below 1
} wg_mortality_law;

// Writes to hazard[x] what the force of mortality comes to from exact age x to x + 1 (per year): makeham + a (exp(slope) - 1)
// / slope * exp(slope * x), the exact integral; -log(1 - infant) at x = 0. The last one holds for ever after.
void wg_life_table_hazards(const wg_mortality_law *law, double scale, double hazard[WG_AGE_MAX + 1]);

// Life expectancy at birth (years) when hazard[x] is constant within the year of age x, as residents live it, and the last
// one holds for ever after: the sum over x of l(x) (1 - exp(-hazard[x])) / hazard[x], with l(0) = 1.
double wg_life_expectancy(const double hazard[WG_AGE_MAX + 1]);

// Finds the scale a with which the life expectancy at birth is `years`, by bisection of its logarithm, and writes the
// hazards. Returns false, and writes nothing of use, where no scale gives it that is at most 1 per year and leaves
// a exp(slope * WG_AGE_MAX) at 0.2 per year or more.
bool wg_life_table_fit(const wg_mortality_law *law, double years, double hazard[WG_AGE_MAX + 1]);

// Months of a year of age in which the roll call meets a resident. A newborn is met first in the month after its birth, with
// one month of age behind it, so that age 0 has eleven; the infants' hazard is spread over these.
static inline double wg_life_table_months(uint32_t years) {
  return years == 0 ? 11.0 : 12.0;
}

#endif
