// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/resume_line.h"

#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "schema/utf8.h"

static bool is_plain(const char *text) {
  const size_t plain = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_@%+=:,./-");
  return text[0] && !text[plain];
}

// What would do something to a terminal, or is no text, is written out: $'…'.
static bool is_text(const char *text) {
  for (const char *at = text; *at; at++)
    if (iscntrl((unsigned char)*at))
      return false;
  return wg_utf8_check(text, strlen(text)) == strlen(text);
}

static void print_word(const char *text, FILE *stream) {
  const bool text_as_it_is = is_text(text);
  if (is_plain(text)) {
    fputs(text, stream);
    return;
  }
  fputs(text_as_it_is ? "'" : "$'", stream);
  for (const char *at = text; *at; at++)
    if (text_as_it_is && *at == '\'')
      fputs("'\\''", stream);
    else if (text_as_it_is || (isprint((unsigned char)*at) && *at != '\'' && *at != '\\'))
      fputc(*at, stream);
    else
      fprintf(stream, "\\%03o", (unsigned)(unsigned char)*at);
  fputc('\'', stream);
}

void wg_resume_line_print(const char *command, int count, char *const *arguments, FILE *stream) {
  bool resumes = false;
  print_word(program_invocation_name, stream);
  fprintf(stream, " %s", command);
  for (int i = 0; i < count; i++) {
    fputc(' ', stream);
    print_word(arguments[i], stream);
    resumes |= strcmp(arguments[i], "--resume") == 0;
  }
  if (!resumes)
    fputs(" --resume", stream);
}
