// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/phases.h"

const char *const wg_phase_part_names[WG_PHASE_PARTS] = {"month_start", "events", "day", "month_end", "exchange"};

void wg_phase_watch_start(wg_phase_watch *watch) {
  *watch = (wg_phase_watch){.cpu_start = wg_clock_read(CLOCK_THREAD_CPUTIME_ID),
                            .wall_start = wg_clock_read(CLOCK_MONOTONIC)};
  watch->last = watch->wall_start;
}

void wg_phase_watch_stop(const wg_phase_watch *watch, wg_phases *sum) {
  const int64_t wall = watch->last - watch->wall_start;
  const int64_t cpu = wg_clock_read(CLOCK_THREAD_CPUTIME_ID) - watch->cpu_start;
  const double scale = wall > cpu ? (double)cpu / (double)wall : 1.0;
  for (size_t p = 0; p < WG_PHASE_COUNT; p++)
    sum->spent[p] += (int64_t)((double)watch->phases.spent[p] * scale);
  sum->readings += watch->phases.readings;
}

void wg_phases_add(wg_phases *sum, const wg_phases *more) {
  for (size_t p = 0; p < WG_PHASE_COUNT; p++)
    sum->spent[p] += more->spent[p];
  sum->readings += more->readings;
}
