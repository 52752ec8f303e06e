// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/anchor_years.h"

int wg_anchors_check(const wg_world *world, const wg_anchors *a, wg_error *error) {
  int code = WG_OK;
  if (a->years.count == 0)
    code = wg_error_add(error, WG_FAIL_CONFIG, "%s: %s.%s: no years (allowed: one at least)",
                        wg_config_origin(world->config, a->group, 0, a->years_name), a->group->path, a->years_name);
  for (size_t i = 1; i < a->years.count; i++)
    if (!(a->years.items[i] > a->years.items[i - 1]))
      code = wg_error_add(error, WG_FAIL_CONFIG, "%s: %s.%s: %.6g after %.6g (allowed: ascending years)",
                          wg_config_origin(world->config, a->group, 0, a->years_name), a->group->path, a->years_name,
                          a->years.items[i], a->years.items[i - 1]);
  if (a->values.count != a->years.count * a->each)
    code = wg_error_add(error, WG_FAIL_CONFIG, "%s: %s.%s: %zu numbers (allowed: %zu, %zu for each of %s.%s)",
                        wg_config_origin(world->config, a->group, 0, a->values_name), a->group->path, a->values_name,
                        a->values.count, a->years.count * a->each, a->each, a->group->path, a->years_name);
  return code;
}

static double middle_of(wg_month month) {
  return ((double)month + 0.5) / 12.0;
}

// How many of the years have been reached.
static size_t reached(wg_reals years, double year) {
  size_t count = 0;
  while (count < years.count && years.items[count] <= year)
    count++;
  return count;
}

wg_moment wg_years_at(wg_reals years, wg_month month) {
  const double year = middle_of(month);
  const size_t next = reached(years, year);
  if (next == 0)
    return (wg_moment){0};
  if (next == years.count)
    return (wg_moment){next - 1, next - 1, 0.0};
  const double from = years.items[next - 1], to = years.items[next];
  return (wg_moment){next - 1, next, (year - from) / (to - from)};
}

double wg_anchors_at(const wg_anchors *a, size_t i, wg_month month) {
  const wg_moment m = wg_years_at(a->years, month);
  return wg_between(m, a->values.items[m.before * a->each + i], a->values.items[m.after * a->each + i]);
}

double wg_anchors_step(const wg_anchors *a, size_t i, wg_month month) {
  const size_t count = reached(a->years, middle_of(month));
  return count ? a->values.items[(count - 1) * a->each + i] : 0.0;
}
