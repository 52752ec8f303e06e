// SPDX-License-Identifier: GPL-3.0-or-later
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "study/plan_parts.h"

int wg_plan_no_memory(wg_error *error) {
  return wg_error_set(error, WG_FAIL_RUN, "no memory for the study");
}

char *wg_plan_text(wg_arena *arena, const char *format, ...) {
  va_list arguments;
  char *text = NULL;
  va_start(arguments, format);
  const int length = vasprintf(&text, format, arguments);
  va_end(arguments);
  if (length < 0)
    return NULL;
  char *const kept = wg_arena_text(arena, text, (size_t)length);
  free(text);
  return kept;
}
