// SPDX-License-Identifier: GPL-3.0-or-later
// Whether the result of a run is whole: read from beginning to end in a process of its own, as the HDF5 library may break down over
// a damaged file. Counts must be exact as reals: below 2^53.
#ifndef WG_RUN_RESULT_CHECK_H
#define WG_RUN_RESULT_CHECK_H

#include <sys/types.h>

#include "base/error.h"

typedef struct wg_result_check {
  pid_t process;                // 0: none is under way
  struct wg_check_answer *told; // shared with it
  const char *path;
} wg_result_check;

// Begins to look at the file at `path` (borrowed). Call wg_result_check_end in any case, also after a failure (WG_FAIL_RUN: no process,
// no memory).
int wg_result_check_begin(const char *path, const char *identity, wg_result_check *check, wg_error *error);

// Waits for what has come out. WG_FAIL_CONFIG: the file is absent, unreadable, damaged or not the result of the run of that identity.
int wg_result_check_end(wg_result_check *check, wg_error *error);

// Both at once.
int wg_result_verify(const char *path, const char *identity, wg_error *error);

#endif
