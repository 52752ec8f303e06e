// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/told.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "schema/utf8.h"

void wg_told_write(int pipe, wg_told_kind kind, size_t task, double share, const char *message) {
  wg_told told = {.kind = kind, .task = task, .share = share};
  const int length = snprintf(told.message, sizeof told.message, "%s", message ? message : "");
  if (length >= (int)sizeof told.message) // the cut may have gone through a character
    told.message[wg_utf8_check(told.message, sizeof told.message - 1)] = '\0';
  ssize_t written;
  do
    written = write(pipe, &told, sizeof told);
  while (written < 0 && errno == EINTR);
}
