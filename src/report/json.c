// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/json.h"

#include "base/maths.h"
#include "schema/number.h"

void wg_json_text(FILE *stream, const char *text) {
  if (!text) {
    fputs("null", stream);
    return;
  }
  fputc('"', stream);
  for (const char *c = text; *c; c++) {
    if (*c == '"' || *c == '\\')
      fprintf(stream, "\\%c", *c);
    else if ((unsigned char)*c < 0x20)
      fprintf(stream, "\\u%04x", (unsigned)(unsigned char)*c);
    else
      fputc(*c, stream);
  }
  fputc('"', stream);
}

void wg_json_number(FILE *stream, double number) {
  char text[32];
  if (!wg_is_finite(number)) {
    fputs("null", stream);
    return;
  }
  wg_real_print_short(number, text);
  fputs(text, stream);
}

void wg_json_key(FILE *stream, int *first, const char *name) {
  fputs(*first ? "" : ", ", stream);
  *first = 0;
  wg_json_text(stream, name);
  fputs(": ", stream);
}
