// SPDX-License-Identifier: GPL-3.0-or-later
// Work on what cannot be trusted, in a process of its own: whatever a library does there, this program lives on.
#ifndef WG_CLI_GUARD_H
#define WG_CLI_GUARD_H

#include <stdio.h>

#include "base/error.h"

typedef struct wg_guard {
  const char *path;     // of the file that is worked on: named when the work does not come to its end
  unsigned cpu_seconds; // allowed
  void *context;
  int (*work)(void *context, FILE *stream, wg_error *error);
} wg_guard;

// Lets the work print to a stream whose contents come out on standard output once it has ended, for good or bad. A crash,
// or more time or memory than allowed, is an error (WG_FAIL_CONFIG: the file is at fault), and nothing comes out.
int wg_guard_run(const wg_guard *guard, wg_error *error);

#endif
