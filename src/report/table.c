// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/table.h"

#include <stdbool.h>

// Decodes one character; invalid bytes count as themselves.
static uint32_t next(const unsigned char **text) {
  const unsigned char *t = *text;
  const int more = t[0] < 0xc0 ? 0 : t[0] < 0xe0 ? 1 : t[0] < 0xf0 ? 2 : 3;
  uint32_t c = more ? t[0] & (0x3fU >> more) : t[0];
  int i = 1;
  for (; i <= more && (t[i] & 0xc0) == 0x80; i++)
    c = c << 6 | (t[i] & 0x3fU);
  *text = t + i;
  return c;
}

static bool wide(uint32_t c) {
  return (c >= 0x1100 && c <= 0x115f) || (c >= 0x2e80 && c <= 0xa4cf) || (c >= 0xac00 && c <= 0xd7a3) ||
         (c >= 0xf900 && c <= 0xfaff) || (c >= 0xfe30 && c <= 0xfe6f) || (c >= 0xff00 && c <= 0xff60) ||
         (c >= 0xffe0 && c <= 0xffe6) || (c >= 0x20000 && c <= 0x3fffd);
}

int wg_text_width(const char *text) {
  int width = 0;
  for (const unsigned char *t = (const unsigned char *)text; *t;)
    width += wide(next(&t)) ? 2 : 1;
  return width;
}

void wg_cell_print(FILE *stream, const char *text, int width) {
  const int pad = (width < 0 ? -width : width) - wg_text_width(text);
  if (width < 0)
    fprintf(stream, "%*s", pad > 0 ? pad : 0, "");
  fputs(text, stream);
  if (width > 0)
    fprintf(stream, "%*s", pad > 0 ? pad : 0, "");
}

const char *wg_count_print(int64_t count, char *buffer) {
  char digits[24];
  const int length =
      snprintf(digits, sizeof digits, "%llu", count < 0 ? 0ULL - (unsigned long long)count : (unsigned long long)count);
  char *out = buffer;
  if (count < 0)
    *out++ = '-';
  for (int i = 0; i < length; i++) {
    if (i > 0 && (length - i) % 3 == 0)
      *out++ = ',';
    *out++ = digits[i];
  }
  *out = '\0';
  return buffer;
}
