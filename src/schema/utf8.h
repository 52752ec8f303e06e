// SPDX-License-Identifier: GPL-3.0-or-later
// Whether bytes are UTF-8 (RFC 3629), and can be shown.
#ifndef WG_SCHEMA_UTF8_H
#define WG_SCHEMA_UTF8_H

#include <stdbool.h>
#include <stddef.h>

// Bytes of the well-formed character at `text`, of which `length` bytes are there; 0 if it is none.
size_t wg_utf8_length(const char *text, size_t length);

// Position of the first byte that is not part of a well-formed character, or `length`.
size_t wg_utf8_check(const char *text, size_t length);

// Turns bytes that are not well-formed, and control characters, into question marks, so that a terminal can be given
// what somebody else wrote. `lines`: newlines may stay.
void wg_utf8_clean(char *text, bool lines);

#endif
