// SPDX-License-Identifier: GPL-3.0-or-later
// One line of a configuration problem, put together piece by piece.
#ifndef WG_SCHEMA_MESSAGE_H
#define WG_SCHEMA_MESSAGE_H

#include <stddef.h>

// Start from {0}. What does not fit is cut off between characters.
typedef struct wg_message {
  char text[384];
  size_t length;
} wg_message;

void wg_message_add(wg_message *message, const char *format, ...) __attribute__((format(printf, 2, 3)));

// Adds user's text in quotes: shortened, with a ? for each control character, so that it stays one line.
void wg_message_quote(wg_message *message, const char *text, size_t length);

#endif
