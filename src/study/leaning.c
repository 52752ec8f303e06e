// SPDX-License-Identifier: GPL-3.0-or-later
// Which drawn parameters an effect goes with.
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_permutation.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <stdlib.h>

#include "base/maths.h"
#include "study/statistics.h"

enum { EXACT_MOST = 9 }; // draws of which all orders are looked at

static const double family_wise = 0.05;

static int no_memory(wg_error *error) {
  return wg_error_set(error, WG_FAIL_RUN, "out of memory for the parameters that results lean on");
}

// By chance: how often ranks of `count` values without ties are at least so far apart from no correlation; each order once. A set of
// correlations, sorted by size, is looked up together.
typedef struct rank_law {
  size_t count;
  double *sizes; // of all orders, ascending; NULL: Student's law
  size_t orders;
} rank_law;

static int law_make(size_t count, rank_law *law, wg_error *error) {
  law->count = count;
  if (count > EXACT_MOST)
    return WG_OK;
  size_t orders = 1;
  for (size_t i = 2; i <= count; i++)
    orders *= i;
  gsl_permutation *const order = gsl_permutation_calloc(count);
  law->sizes = calloc(orders, sizeof *law->sizes);
  if (!order || !law->sizes) {
    gsl_permutation_free(order);
    return no_memory(error);
  }
  const double n = (double)count, all = n * (n * n - 1.0);
  do {
    double squares = 0.0;
    for (size_t i = 0; i < count; i++) {
      const double apart = (double)i - (double)gsl_permutation_get(order, i);
      squares += apart * apart;
    }
    const double rho = 1.0 - 6.0 * squares / all;
    law->sizes[law->orders++] = rho < 0.0 ? -rho : rho;
  } while (gsl_permutation_next(order) == GSL_SUCCESS);
  gsl_sort(law->sizes, 1, law->orders);
  gsl_permutation_free(order);
  return WG_OK;
}

static double chance(const rank_law *law, double rho) {
  const double size = rho < 0.0 ? -rho : rho;
  if (law->sizes) {
    const double rounding = 1e-9;
    size_t low = 0, high = law->orders;
    while (low < high) {
      const size_t middle = low + (high - low) / 2;
      if (law->sizes[middle] < size - rounding)
        low = middle + 1;
      else
        high = middle;
    }
    return (double)(law->orders - low) / (double)law->orders;
  }
  const double freedom = (double)law->count - 2.0;
  return size >= 1.0 ? 0.0 : 2.0 * gsl_cdf_tdist_Q(size * wg_sqrt(freedom / (1.0 - size * size)), freedom);
}

static bool varies(const double *values, size_t count) {
  bool is_constant = true, is_whole = true;
  for (size_t i = 0; i < count; i++) {
    is_constant &= values[i] == values[0];
    is_whole &= wg_is_finite(values[i]);
  }
  return is_whole && !is_constant;
}

// Holm (1979): the least probable first, each against what is left of the family.
static void mark(const rank_law *law, const double *rho, size_t parameter_count, size_t told, bool *leans) {
  for (size_t left = told; left > 0; left--) {
    size_t least = parameter_count;
    for (size_t p = 0; p < parameter_count; p++)
      if (wg_is_finite(rho[p]) && !leans[p] &&
          (least == parameter_count || chance(law, rho[p]) < chance(law, rho[least])))
        least = p;
    if (least == parameter_count || chance(law, rho[least]) > family_wise / (double)left)
      return;
    leans[least] = true;
  }
}

int wg_leanings_find(const double *effects, const double *parameters, size_t draws, size_t parameter_count,
                     double *rank_correlation, bool *leans, size_t *told, wg_error *error) {
  rank_law law = {0};
  *told = 0;
  for (size_t p = 0; p < parameter_count; p++) {
    rank_correlation[p] = WG_NAN;
    leans[p] = false;
  }
  double *const effect = calloc(4 * draws + 1, sizeof *effect);
  if (!effect)
    return no_memory(error);
  double *const value = effect + draws, *const work = value + draws;
  size_t count = 0;
  for (size_t d = 0; d < draws; d++)
    if (wg_is_finite(effects[d]))
      effect[count++] = effects[d];
  int code = WG_OK;
  if (count >= WG_LEANING_LEAST && varies(effect, count)) {
    for (size_t p = 0; p < parameter_count; p++) {
      size_t at = 0;
      for (size_t d = 0; d < draws; d++)
        if (wg_is_finite(effects[d]))
          value[at++] = parameters[d * parameter_count + p];
      if (!varies(value, count))
        continue;
      rank_correlation[p] = gsl_stats_spearman(effect, 1, value, 1, count, work);
      ++*told;
    }
    code = law_make(count, &law, error);
    if (!code)
      mark(&law, rank_correlation, parameter_count, *told, leans);
  }
  free(law.sizes);
  free(effect);
  return code;
}
