// SPDX-License-Identifier: GPL-3.0-or-later
// What a worker and the runs it forks tell the driver, through a pipe that takes each of these whole.
#ifndef WG_STUDY_TOLD_H
#define WG_STUDY_TOLD_H

#include <stddef.h>
#include <stdint.h>

typedef enum wg_told_kind {
  WG_TOLD_BEGUN,     // claimed
  WG_TOLD_SHARE,     // lived so far
  WG_TOLD_DONE,      // its result is published and in the journal; share 1: made just now, 0: found
  WG_TOLD_FAILED,    // for the reason given; in the journal, too
  WG_TOLD_ELSEWHERE, // claimed by somebody else
  WG_TOLD_LEFT,      // stopped; it can be taken up again
  WG_TOLD_BROKEN,    // the worker cannot go on, for the reason given
} wg_told_kind;

typedef struct wg_told {
  uint64_t kind;
  uint64_t task;
  double share;
  char message[1024];
} wg_told;

_Static_assert(sizeof(wg_told) <= 4096, "a pipe takes up to PIPE_BUF bytes whole");

// Writes to the pipe; a reader that is gone is not waited for.
void wg_told_write(int pipe, wg_told_kind kind, size_t task, double share, const char *message);

#endif
