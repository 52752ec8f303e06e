// SPDX-License-Identifier: GPL-3.0-or-later
// What one reading of the clock at the boundary of two phases costs.
// usage: floor_clock READINGS
#include "floor.h"

#include "engine/phases.h"

int main(int count, char **arguments) {
  const uint64_t readings = floor_argument(count, arguments, 1, "READINGS");
  wg_phase_watch watch = {.last = wg_clock_read(CLOCK_MONOTONIC)};
  const int64_t from = floor_now();
  for (uint64_t i = 0; i < readings; i++)
    wg_phase_ends(&watch, i % WG_PHASE_COUNT);
  const int64_t spent = floor_now() - from;
  printf("{\"cpu_seconds\": %.6f, \"readings\": %llu}\n", wg_clock_seconds(spent),
         (unsigned long long)watch.phases.readings);
  return 0;
}
