// SPDX-License-Identifier: GPL-3.0-or-later
// Floor 1: a plain loop that draws one PCG number for every resident and day, and nothing else.
// usage: floor_draws RESIDENT_DAYS
#include "floor.h"

#include "base/draw.h"

int main(int count, char **arguments) {
  const uint64_t days = floor_argument(count, arguments, 1, "RESIDENT_DAYS");
  wg_draw draw;
  wg_pcg_seed(&draw, 1, 2);
  const int64_t from = floor_now();
  uint64_t hits = 0;
  for (uint64_t i = 0; i < days; i++)
    hits += wg_draw_u32(&draw) < 18100000U; // 1.54 events a year
  const int64_t spent = floor_now() - from;
  printf("{\"cpu_seconds\": %.6f, \"draws\": %llu, \"events\": %llu}\n", wg_clock_seconds(spent),
         (unsigned long long)days, (unsigned long long)hits);
  return 0;
}
