// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/progress.h"

#include <unistd.h>

#include "base/clock.h"
#include "base/duration.h"

enum { BAR_WIDTH = 30 };

void wg_progress_start(wg_progress *progress, FILE *stream, bool quiet, bool chinese) {
  *progress = (wg_progress){.stream = stream,
                            .terminal = isatty(fileno(stream)),
                            .quiet = quiet,
                            .chinese = chinese,
                            .first = -1.0,
                            .last_line = -1.0};
  progress->start = wg_clock_read(CLOCK_MONOTONIC);
}

// "12 min left"; nothing while it is not known.
static void print_left(const wg_progress *progress, double share) {
  char text[WG_DURATION_SIZE];
  const double spent = wg_clock_seconds(wg_clock_read(CLOCK_MONOTONIC) - progress->start);
  if (!(share > progress->first))
    return;
  wg_duration_print(spent * (1.0 - share) / (share - progress->first), progress->chinese, text);
  fprintf(progress->stream, progress->chinese ? "  还需 %s" : "  %s left", text);
}

void wg_progress_show(wg_progress *progress, double share, const char *text) {
  if (progress->quiet)
    return;
  if (progress->first < 0.0)
    progress->first = share;
  if (progress->terminal) {
    const int full = (int)(share * BAR_WIDTH);
    fputs("\r[", progress->stream);
    for (int i = 0; i < BAR_WIDTH; i++)
      fputs(i < full ? "█" : "·", progress->stream);
    fprintf(progress->stream, "] %3.0f %%  %s", share * 100.0, text);
    print_left(progress, share);
    fputs(" \033[K", progress->stream);
    fflush(progress->stream);
  } else if (share > progress->last_line && (share >= 1.0 || share >= progress->last_line + 0.1)) {
    progress->last_line = share;
    fprintf(progress->stream, "%3.0f %%  %s", share * 100.0, text);
    print_left(progress, share);
    fputc('\n', progress->stream);
    fflush(progress->stream);
  }
}

void wg_progress_end(wg_progress *progress) {
  if (!progress->quiet && progress->terminal)
    fputc('\n', progress->stream);
}
