// SPDX-License-Identifier: GPL-3.0-or-later
// Floor 2: once a month every byte of the residents' rows is read and summed up, and nothing else.
// usage: floor_sweep RESIDENTS MONTHS
#include "floor.h"

#include "model/resident.h"

enum { WORDS = sizeof(wg_resident) / sizeof(uint64_t) };

int main(int count, char **arguments) {
  const uint64_t residents = floor_argument(count, arguments, 1, "RESIDENTS");
  const uint64_t months = floor_argument(count, arguments, 2, "MONTHS");
  uint64_t(*rows)[WORDS] = floor_allocate(residents, sizeof *rows);
  for (uint64_t i = 0; i < residents; i++) // touched: pages of zeros would be one page
    rows[i][i % WORDS] = i;
  const int64_t from = floor_now();
  uint64_t sum = 0;
  for (uint64_t month = 0; month < months; month++) {
    for (uint64_t i = 0; i < residents; i++)
      for (size_t w = 0; w < WORDS; w++)
        sum += rows[i][w];
    rows[month % residents][0] = sum; // so that no month can be left out
  }
  const int64_t spent = floor_now() - from;
  printf("{\"cpu_seconds\": %.6f, \"bytes\": %llu, \"sum\": %llu}\n", wg_clock_seconds(spent),
         (unsigned long long)residents * months * sizeof *rows, (unsigned long long)sum);
  free(rows);
  return 0;
}
