// SPDX-License-Identifier: GPL-3.0-or-later
// Time as the machine counts it. What is read here goes to logs and to the terminal, never into results.
#ifndef WG_BASE_CLOCK_H
#define WG_BASE_CLOCK_H

#include <stdint.h>
#include <time.h>

// Nanoseconds on one of the system's clocks: CLOCK_MONOTONIC costs about 25 of them to read, the two clocks of processor
// time (CLOCK_THREAD_CPUTIME_ID, CLOCK_PROCESS_CPUTIME_ID) some hundreds.
static inline int64_t wg_clock_read(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static inline double wg_clock_seconds(int64_t nanoseconds) {
  return (double)nanoseconds * 1e-9;
}

#endif
