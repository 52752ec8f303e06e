// SPDX-License-Identifier: GPL-3.0-or-later
// What the floors of the benchmark share. Each is a program of its own that prints one line of JSON.
#ifndef BENCH_FLOOR_H
#define BENCH_FLOOR_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"

// The i-th argument, a number above 0; or the program ends.
static inline uint64_t floor_argument(int count, char **arguments, int i, const char *name) {
  const uint64_t value = i < count ? strtoull(arguments[i], NULL, 10) : 0;
  if (value == 0) {
    fprintf(stderr, "%s: argument %d, %s, is missing\n", arguments[0], i, name);
    exit(2);
  }
  return value;
}

static inline void *floor_allocate(uint64_t count, size_t size) {
  void *rows = calloc(count, size);
  if (!rows) {
    fprintf(stderr, "out of memory\n");
    exit(1);
  }
  return rows;
}

static inline int64_t floor_now(void) {
  return wg_clock_read(CLOCK_PROCESS_CPUTIME_ID);
}

#endif
