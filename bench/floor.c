// SPDX-License-Identifier: GPL-3.0-or-later
// The floor of the benchmark: a plain loop that draws one PCG number for every resident and day, and nothing else.
// usage: floor RESIDENT_DAYS
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/draw.h"

int main(int count, char **arguments) {
  const unsigned long long days = count > 1 ? strtoull(arguments[1], NULL, 10) : 1000000000ULL;
  wg_draw draw;
  wg_pcg_seed(&draw, 1, 2);
  struct timespec from, to;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
  unsigned long long hits = 0;
  for (unsigned long long i = 0; i < days; i++)
    hits += wg_draw_u32(&draw) < 17638480U; // 1.5 events a year
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
  const double ns = (double)(to.tv_sec - from.tv_sec) * 1e9 + (double)(to.tv_nsec - from.tv_nsec);
  printf("{\"draws\": %llu, \"hits\": %llu, \"ns_per_draw\": %.4f}\n", days, hits, ns / (double)days);
  return 0;
}
