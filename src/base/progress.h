// SPDX-License-Identifier: GPL-3.0-or-later
// Progress on standard error: a bar on a terminal, plain lines otherwise.
#ifndef WG_BASE_PROGRESS_H
#define WG_BASE_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

typedef struct wg_progress {
  FILE *stream;
  bool terminal, quiet, chinese;
  int64_t start;    // nanoseconds
  double first;     // share at which it began: what is resumed is not done anew
  double last_line; // share at the last plain line
} wg_progress;

void wg_progress_start(wg_progress *progress, FILE *stream, bool quiet, bool chinese);

// `share` in [0, 1]; `text` says where it stands. Plain lines come at every tenth.
void wg_progress_show(wg_progress *progress, double share, const char *text);

// Ends the bar's line.
void wg_progress_end(wg_progress *progress);

#endif
