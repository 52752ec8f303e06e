// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/until.h"

#include "base/maths.h"

static int find_half_width(const char *folder, const wg_plan *plan, size_t replicates, double *half_width, wg_error *error) {
  (void)folder, (void)replicates, (void)half_width;
  return wg_error_set(error, WG_FAIL_CONFIG, "%s: until: is not built in yet", plan->spec->until_origin); // XXX
}

int wg_until_wanted(const char *folder, const wg_plan *plan, size_t replicates, size_t *wanted, wg_error *error) {
  const size_t most = plan->replicate_count;
  const double allowed = plan->spec->until.half_width;
  double half_width = 0.0;
  *wanted = replicates;
  if (replicates >= most)
    return WG_OK;
  const int code = find_half_width(folder, plan, replicates, &half_width, error);
  if (code || half_width <= allowed)
    return code;
  // A width goes down with the root of the replicates; one that cannot be told yet asks for twice as many.
  const double ratio = half_width / allowed, least = (double)replicates + 1.0, twice = 2.0 * (double)replicates;
  double next = ratio * ratio < 2.0 ? (double)replicates * ratio * ratio + 0.999999 : twice;
  next = next < least ? least : next;
  *wanted = next < (double)most ? (size_t)next : most;
  return WG_OK;
}
