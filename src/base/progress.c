// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/progress.h"

#include <unistd.h>

#include "base/clock.h"

enum { BAR_WIDTH = 30 };

void wg_progress_start(wg_progress *progress, FILE *stream, bool quiet) {
  *progress = (wg_progress){
      .stream = stream, .terminal = isatty(fileno(stream)), .quiet = quiet, .first = -1.0, .last_line = -1.0};
  progress->start = wg_clock_read(CLOCK_MONOTONIC);
}

void wg_progress_show(wg_progress *progress, double share, const char *text) {
  if (progress->quiet)
    return;
  const double spent = wg_clock_seconds(wg_clock_read(CLOCK_MONOTONIC) - progress->start);
  if (progress->first < 0.0)
    progress->first = share;
  const double done = share - progress->first, left = done > 0.0 ? spent * (1.0 - share) / done : 0.0;
  if (progress->terminal) {
    const int full = (int)(share * BAR_WIDTH);
    fputs("\r[", progress->stream);
    for (int i = 0; i < BAR_WIDTH; i++)
      fputs(i < full ? "█" : "·", progress->stream);
    fprintf(progress->stream, "] %3.0f %%  %s  %.0f s left \033[K", share * 100.0, text, left);
    fflush(progress->stream);
  } else if (share >= 1.0 || share >= progress->last_line + 0.1) {
    progress->last_line = share;
    fprintf(progress->stream, "%3.0f %%  %s  %.0f s left\n", share * 100.0, text, left);
  }
}

void wg_progress_end(wg_progress *progress) {
  if (!progress->quiet && progress->terminal)
    fputc('\n', progress->stream);
}
