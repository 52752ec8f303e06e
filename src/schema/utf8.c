// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/utf8.h"

#include <string.h>

static size_t expected_length(unsigned char lead) {
  if (lead < 0x80)
    return 1;
  if (lead >= 0xc2 && lead < 0xe0)
    return 2; // c0 and c1 would be overlong
  if (lead >= 0xe0 && lead < 0xf0)
    return 3;
  if (lead >= 0xf0 && lead < 0xf5)
    return 4; // f5 and more lie beyond U+10FFFF
  return 0;
}

size_t wg_utf8_length(const char *text, size_t length) {
  const unsigned char *byte = (const unsigned char *)text;
  const size_t need = length ? expected_length(byte[0]) : 0;
  if (need == 0 || need > length)
    return 0;
  for (size_t i = 1; i < need; i++) {
    if ((byte[i] & 0xc0) != 0x80)
      return 0;
  }
  if (byte[0] == 0xe0 && byte[1] < 0xa0)
    return 0; // overlong
  if (byte[0] == 0xed && byte[1] >= 0xa0)
    return 0; // surrogates
  if (byte[0] == 0xf0 && byte[1] < 0x90)
    return 0; // overlong
  if (byte[0] == 0xf4 && byte[1] >= 0x90)
    return 0; // beyond U+10FFFF
  return need;
}

size_t wg_utf8_check(const char *text, size_t length) {
  size_t at = 0;
  while (at < length) {
    const size_t step = wg_utf8_length(text + at, length - at);
    if (step == 0)
      return at;
    at += step;
  }
  return length;
}

static bool is_control(const unsigned char *byte, bool lines) {
  if (byte[0] == '\n')
    return !lines;
  // U+0080 to U+009F do to a terminal what ESC with a letter does.
  return byte[0] < 0x20 || byte[0] == 0x7f || (byte[0] == 0xc2 && byte[1] < 0xa0);
}

void wg_utf8_clean(char *text, bool lines) {
  size_t left = strlen(text);
  while (left) {
    const size_t step = wg_utf8_length(text, left), width = step ? step : 1;
    if (step == 0 || is_control((const unsigned char *)text, lines))
      memset(text, '?', width);
    text += width;
    left -= width;
  }
}
