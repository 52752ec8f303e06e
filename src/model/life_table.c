// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/life_table.h"

#include "base/maths.h"

#define OLDEST_LEAST 0.2 // 1 / year: the law's own part at the last age, so that life does not go on for ever there

void wg_life_table_hazards(const wg_mortality_law *law, double scale, double hazard[WG_AGE_MAX + 1]) {
  const double over_year = scale * (wg_exp(law->slope) - 1.0) / law->slope;
  for (uint32_t x = 1; x <= WG_AGE_MAX; x++)
    hazard[x] = law->makeham + over_year * wg_exp(law->slope * x);
  hazard[0] = -wg_log(1.0 - law->infant);
}

double wg_life_expectancy(const double hazard[WG_AGE_MAX + 1]) {
  double alive = 1.0, lived = 0.0;
  for (uint32_t x = 0; x < WG_AGE_MAX; x++) {
    const double left = wg_exp(-hazard[x]);
    // Below, the difference from 1 would be lost to rounding: half a year for each of the few who die.
    lived += alive * (hazard[x] > 1e-6 ? (1.0 - left) / hazard[x] : 1.0 - 0.5 * hazard[x]);
    alive *= left;
  }
  return lived + alive / hazard[WG_AGE_MAX];
}

bool wg_life_table_fit(const wg_mortality_law *law, double years, double hazard[WG_AGE_MAX + 1]) {
  double low = wg_log(OLDEST_LEAST) - law->slope * WG_AGE_MAX, high = 0.0; // of the scale's logarithm
  wg_life_table_hazards(law, wg_exp(low), hazard);
  if (!(wg_life_expectancy(hazard) >= years))
    return false;
  wg_life_table_hazards(law, 1.0, hazard);
  if (!(wg_life_expectancy(hazard) <= years))
    return false;
  for (int step = 0; step < 60; step++) {
    const double middle = 0.5 * (low + high);
    wg_life_table_hazards(law, wg_exp(middle), hazard);
    if (wg_life_expectancy(hazard) > years)
      low = middle;
    else
      high = middle;
  }
  wg_life_table_hazards(law, wg_exp(0.5 * (low + high)), hazard);
  return true;
}
