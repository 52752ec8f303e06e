// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/until.h"

#include <string.h>

#include "base/maths.h"
#include "compare/outcome_table.h"
#include "schema/config.h"

static int check_variable(const wg_study_spec *spec, wg_error *error) {
  const char *const variable = spec->until.variable;
  if (wg_outcome_find(variable))
    return WG_OK;
  const char *names[wg_outcome_count], *nearest;
  char all[1024] = "";
  for (size_t i = 0; i < wg_outcome_count; i++) {
    names[i] = wg_outcomes[i].name;
    snprintf(all + strlen(all), sizeof all - strlen(all), "%s%s", i ? ", " : "", names[i]);
  }
  if ((nearest = wg_name_nearest(variable, names, wg_outcome_count)))
    return wg_error_add(error, WG_FAIL_CONFIG, "%s: until.variable: there is no outcome \"%s\"; did you mean \"%s\"?",
                        spec->until_origin, variable, nearest);
  return wg_error_add(error, WG_FAIL_CONFIG, "%s: until.variable: there is no outcome \"%s\" (allowed: %s)",
                      spec->until_origin, variable, all);
}

int wg_until_check(const wg_study_spec *spec, wg_error *error) {
  if (!spec->until.variable)
    return WG_OK;
  const int code = check_variable(spec, error);
  if (spec->until.max >= spec->replicates)
    return code;
  return wg_error_add(error, WG_FAIL_CONFIG, "%s: until.max: %lld is below the %lld replicates to begin with",
                      spec->until_origin, (long long)spec->until.max, (long long)spec->replicates);
}

size_t wg_until_wanted(const wg_plan *plan, size_t replicates, double half_width) {
  const size_t most = plan->replicate_count;
  const double allowed = plan->spec->until.half_width, now = (double)replicates;
  if (!plan->spec->until.variable || replicates >= most || half_width <= allowed)
    return replicates;
  // A width goes down with the root of the replicates; one that cannot be told yet asks for twice as many.
  const double ratio = half_width / allowed;
  double next = ratio * ratio < 2.0 ? now * ratio * ratio : 2.0 * now;
  if (next < now + 1.0)
    next = now + 1.0;
  return next < (double)most ? (size_t)(next + 0.999999) : most;
}
