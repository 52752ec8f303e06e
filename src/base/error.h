// SPDX-License-Identifier: GPL-3.0-or-later
// One error, owned by the caller, that keeps the first message. Messages are one line each: a control character in what
// they quote is turned into a question mark.
#ifndef WG_BASE_ERROR_H
#define WG_BASE_ERROR_H

enum {
  WG_OK = 0,
  WG_FAIL_RUN = -1,    // disk, memory: exit status 1
  WG_FAIL_CONFIG = -2, // usage or configuration: exit status 2
  WG_STOPPED = -3,     // by a signal, after a checkpoint: exit status 130 or 143
};

typedef struct wg_error {
  int code;         // 0 while nothing went wrong
  char text[16384]; // UTF-8, one or several lines without a trailing newline
} wg_error;

// Records `code` and the printf-style message unless an earlier failure is already recorded.
// `error` may be NULL. Returns `code`, so that a function can end with it.
int wg_error_set(wg_error *error, int code, const char *format, ...) __attribute__((format(printf, 3, 4)));

// Appends a further line to a configuration error, so that several problems are told at once;
// acts as wg_error_set while none is recorded. A full message ends in "…".
int wg_error_add(wg_error *error, int code, const char *format, ...) __attribute__((format(printf, 3, 4)));

// Appends all lines of `other`, if it has any, as wg_error_add would one after the other. Returns its code.
int wg_error_merge(wg_error *error, const wg_error *other);

#endif
