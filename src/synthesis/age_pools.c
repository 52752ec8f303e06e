// SPDX-License-Identifier: GPL-3.0-or-later
#include "synthesis/age_pools.h"

#include <string.h>

#include "base/maths.h"
#include "synthesis/apportion.h"

void wg_age_kernel_set(wg_age_kernel *kernel, double deviation) {
  for (int d = 0; d < WG_AGES; d++) {
    const double z = (double)d / deviation;
    kernel->weight[d] = 1 + (uint64_t)(65536.0 * wg_exp(-0.5 * z * z));
  }
}

static double band_mean(const wg_census_targets *t, uint32_t band, uint32_t sex) {
  return (double)t->age_sex[band][sex] / (double)(wg_age_band_beyond(band) - wg_age_band_first(band));
}

static double band_centre(uint32_t band) {
  return 0.5 * (double)(wg_age_band_first(band) + wg_age_band_beyond(band) - 1);
}

static double slope_between(const wg_census_targets *t, uint32_t a, uint32_t b, uint32_t sex) {
  return (band_mean(t, b, sex) - band_mean(t, a, sex)) / (band_centre(b) - band_centre(a));
}

static double magnitude(double x) {
  return x < 0.0 ? -x : x;
}

// The slope through both neighbours, held down so that the line never leaves the range of the three means: none at a
// peak or a trough (the monotonised central limiter of van Leer 1977).
static double band_slope(const wg_census_targets *t, uint32_t band, uint32_t sex) {
  const double before = slope_between(t, band - 1, band, sex), after = slope_between(t, band, band + 1, sex);
  if (before * after <= 0.0)
    return 0.0;
  double size = magnitude(slope_between(t, band - 1, band + 1, sex));
  size = size > 2.0 * magnitude(before) ? 2.0 * magnitude(before) : size;
  size = size > 2.0 * magnitude(after) ? 2.0 * magnitude(after) : size;
  return before < 0.0 ? -size : size;
}

static void spread_closed_band(const wg_census_targets *t, uint32_t band, uint32_t sex, double *weights) {
  const uint32_t first = wg_age_band_first(band), beyond = wg_age_band_beyond(band);
  const double mean = band_mean(t, band, sex);
  // The first group has no neighbour before it, and the open one after the last has no mean.
  double slope = 0.0;
  if (band + 2 == WG_AGE_BAND_COUNT)
    slope = slope_between(t, band - 1, band, sex);
  else if (band > 0)
    slope = band_slope(t, band, sex);
  for (uint32_t age = first; age < beyond; age++) {
    const double value = mean + slope * ((double)age - band_centre(band));
    // A steep line must not empty a year.
    weights[age - first] = value > 0.2 * mean ? value : 0.2 * mean;
  }
}

static void spread_open_band(const wg_census_targets *t, uint32_t sex, double *weights) {
  const uint32_t last = WG_AGE_BAND_COUNT - 1;
  const double before = (double)t->age_sex[last - 1][sex], open = (double)t->age_sex[last][sex];
  const double ratio = before + open > 0.0 ? wg_pow(open / (before + open), 0.2) : 0.0;
  double weight = 1.0;
  for (uint32_t age = wg_age_band_first(last); age < wg_age_band_beyond(last); age++) {
    weights[age - wg_age_band_first(last)] = weight;
    weight *= ratio;
  }
}

bool wg_age_pools_create(const wg_census_targets *targets, wg_age_pools *pools) {
  memset(pools, 0, sizeof *pools);
  for (uint32_t sex = 0; sex < WG_SEX_COUNT; sex++)
    for (uint32_t band = 0; band < WG_AGE_BAND_COUNT; band++) {
      const uint32_t first = wg_age_band_first(band), width = wg_age_band_beyond(band) - first;
      double weights[WG_AGES];
      if (band + 1 < WG_AGE_BAND_COUNT)
        spread_closed_band(targets, band, sex, weights);
      else
        spread_open_band(targets, sex, weights);
      if (!wg_apportion(targets->age_sex[band][sex], weights, width, pools->left[sex] + first))
        return false;
    }
  return true;
}

int64_t wg_age_pools_count(const wg_age_pools *pools, uint32_t sex, int low, int high) {
  int64_t sum = 0;
  for (uint32_t s = 0; s < WG_SEX_COUNT; s++)
    for (int age = low; (sex == WG_ANY_SEX || sex == s) && age <= high; age++)
      sum += pools->left[s][age];
  return sum;
}

static uint64_t weight_at(const wg_age_pools *pools, uint32_t sex, int age, int centre, const wg_age_kernel *kernel) {
  const uint64_t left = (uint64_t)pools->left[sex][age];
  return kernel ? left * kernel->weight[age < centre ? centre - age : age - centre] : left;
}

bool wg_age_pools_take(wg_age_pools *pools, wg_draw *draw, uint32_t sex, int low, int high, int centre,
                       const wg_age_kernel *kernel, wg_person *person) {
  if (low < 0)
    low = 0;
  if (high > WG_AGE_MAX)
    high = WG_AGE_MAX;
  centre = centre < 0 ? 0 : centre > WG_AGE_MAX ? WG_AGE_MAX : centre;
  const uint32_t first = sex == WG_ANY_SEX ? 0 : sex, last = sex == WG_ANY_SEX ? WG_SEX_COUNT - 1 : sex;
  uint64_t total = 0;
  for (uint32_t s = first; s <= last; s++)
    for (int age = low; age <= high; age++)
      total += weight_at(pools, s, age, centre, kernel);
  if (total == 0)
    return false;
  uint64_t rest = (uint64_t)(wg_draw_unit(draw) * (double)total);
  for (uint32_t s = first; s <= last; s++)
    for (int age = low; age <= high; age++) {
      const uint64_t weight = weight_at(pools, s, age, centre, kernel);
      if (rest < weight) {
        pools->left[s][age]--;
        *person = wg_person_make((uint32_t)age, s);
        return true;
      }
      rest -= weight;
    }
  return false;
}
