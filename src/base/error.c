// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static const char ellipsis[] = "…";
enum { ELLIPSIS_BYTES = sizeof ellipsis - 1 };

// Bytes of `text` that end on a whole UTF-8 character and are `limit` at the most.
static size_t whole_characters(const char *text, size_t limit) {
  size_t length = limit;
  while (length > 0 && ((unsigned char)text[length] & 0xc0U) == 0x80U) {
    length--;
  }
  return length;
}

// A message that was cut before takes nothing more, however short: lines are lost from the first missing one on.
static bool is_full(const char *text, size_t capacity) {
  const size_t length = strlen(text);
  return length + ELLIPSIS_BYTES + 4 > capacity && strcmp(text + length - ELLIPSIS_BYTES, ellipsis) == 0;
}

// U+0080 to U+009F do to a terminal what ESC with a letter does.
static void make_one_line(char *text) {
  for (unsigned char *at = (unsigned char *)text; *at; at++) {
    if (*at < 0x20 || *at == 0x7f) {
      *at = '?';
    } else if (at[0] == 0xc2 && at[1] >= 0x80 && at[1] < 0xa0) {
      at[0] = at[1] = '?';
    }
  }
}

static void append(wg_error *error, const char *format, va_list arguments) {
  const size_t capacity = sizeof error->text;
  if (is_full(error->text, capacity)) {
    return;
  }
  // Formatted aside, because the arguments may point into error->text.
  char line[sizeof error->text];
  const int wanted = vsnprintf(line, sizeof line, format, arguments);
  if (wanted < 0) {
    snprintf(line, sizeof line, "(message that cannot be formatted: %s)", format);
  }

  make_one_line(line);

  size_t length = strlen(error->text);
  const char *separator = length > 0 ? "\n" : "";
  char joined[sizeof error->text + sizeof line + 1];
  length = (size_t)snprintf(joined, sizeof joined, "%s%s%s", error->text, separator, line);
  if (length >= capacity || wanted >= (int)sizeof line) {
    const size_t room = capacity - 1 - ELLIPSIS_BYTES;
    length = whole_characters(joined, length < room ? length : room);
    memcpy(joined + length, ellipsis, sizeof ellipsis);
    length += ELLIPSIS_BYTES;
  }
  memcpy(error->text, joined, length + 1);
}

int wg_error_set(wg_error *error, int code, const char *format, ...) {
  if (error && !error->code) {
    error->code = code;
    error->text[0] = '\0';
    va_list arguments;
    va_start(arguments, format);
    append(error, format, arguments);
    va_end(arguments);
  }
  return code;
}

int wg_error_add(wg_error *error, int code, const char *format, ...) {
  // After a failure of the run (no memory, no disk) further problems may be mere consequences.
  if (error && (!error->code || error->code == WG_FAIL_CONFIG)) {
    if (!error->code) {
      error->code = code;
      error->text[0] = '\0';
    }
    va_list arguments;
    va_start(arguments, format);
    append(error, format, arguments);
    va_end(arguments);
  }
  return code;
}

int wg_error_merge(wg_error *error, const wg_error *other) {
  const char *line = other->text;
  while (other->code && *line) {
    const size_t length = strcspn(line, "\n");
    wg_error_add(error, other->code, "%.*s", (int)length, line);
    line += length + (line[length] == '\n');
  }
  return other->code;
}
