// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/shares.h"

#include "base/maths.h"

void wg_shares_cumulate(const double *values, size_t count, uint32_t *thresholds) {
  double total = 0.0, sum = 0.0;
  for (size_t i = 0; i < count; i++)
    total += values[i];
  for (size_t i = 0; i < count; i++) {
    sum += values[i];
    thresholds[i] = total > 0.0 ? wg_threshold(sum < total ? sum / total : 1.0) : 0;
  }
}

int wg_shares_check(const wg_world *world, const wg_param_group *group, const char *name, wg_reals shares,
                    size_t wanted, wg_error *error) {
  double total = 0.0;
  for (size_t i = 0; i < shares.count; i++)
    total += shares.items[i];
  if (shares.count == wanted && total > 0.0)
    return WG_OK;
  return wg_error_add(error, WG_FAIL_CONFIG, "%s: %s.%s: %zu numbers that sum to %.3g (allowed: %zu, above 0)",
                      wg_config_origin(world->config, group, 0, name), group->path, name, shares.count, total, wanted);
}
