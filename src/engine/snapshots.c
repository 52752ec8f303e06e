// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/snapshots.h"

static const wg_texts *dates_of(const wg_world *world) {
  const wg_output_params *p = wg_config_get(world->config, &wg_output_group);
  return &p->snapshot;
}

int wg_snapshots_check(const wg_world *world, wg_error *error) {
  const wg_texts *dates = dates_of(world);
  const char *origin = wg_config_origin(world->config, &wg_output_group, 0, "snapshot");
  int code = WG_OK;
  for (size_t i = 0; i < dates->count; i++) {
    wg_date date = WG_DATE_NONE;
    if (!wg_date_parse(dates->items[i], &date))
      code = wg_error_add(error, WG_FAIL_CONFIG, "%s: output.snapshot: \"%s\" is no date (allowed: YYYY-MM-DD)", origin,
                          dates->items[i]);
    else if (date != world->run->start && date != world->run->end && date != wg_month_first_day(wg_date_month(date)))
      code = wg_error_add(error, WG_FAIL_CONFIG,
                          "%s: output.snapshot: %s (allowed: first days of months, run.start, run.end)", origin,
                          dates->items[i]);
  }
  return code;
}

bool wg_snapshots_wanted(const wg_world *world, wg_date date) {
  const wg_texts *dates = dates_of(world);
  for (size_t i = 0; i < dates->count; i++) {
    wg_date wanted = WG_DATE_NONE;
    if (wg_date_parse(dates->items[i], &wanted) && wanted == date)
      return true;
  }
  return false;
}
