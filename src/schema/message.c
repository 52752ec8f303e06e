// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/message.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "schema/utf8.h"

enum { QUOTED_MAX = 48 };

void wg_message_add(wg_message *message, const char *format, ...) {
  const size_t room = sizeof message->text - message->length;
  va_list arguments;
  va_start(arguments, format);
  const int written = vsnprintf(message->text + message->length, room, format, arguments);
  va_end(arguments);
  if (written < 0) {
    message->text[message->length] = 0;
  } else if ((size_t)written < room) {
    message->length += (size_t)written;
  } else {
    // The cut may have gone through a character.
    const size_t whole = wg_utf8_check(message->text + message->length, room - 1);
    message->length += whole;
    message->text[message->length] = 0;
  }
}

void wg_message_quote(wg_message *message, const char *text, size_t length) {
  char copy[QUOTED_MAX + 1];
  size_t used = 0;
  while (used < length) {
    const size_t step = wg_utf8_length(text + used, length - used);
    if (used + (step ? step : 1) > QUOTED_MAX)
      break;
    if (step <= 1) {
      const unsigned char byte = (unsigned char)text[used];
      copy[used] = step == 0 || byte < 0x20 || byte == 0x7f ? '?' : text[used];
      used++;
    } else {
      memcpy(copy + used, text + used, step);
      used += step;
    }
  }
  copy[used] = 0;
  wg_message_add(message, "\"%s%s\"", copy, used < length ? "…" : "");
}
