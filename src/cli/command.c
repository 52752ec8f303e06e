// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/command.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "schema/utf8.h"

// Users' words may hold anything; a terminal gets text. `text` may be NULL.
static void print_cleaned(char *text) {
  if (text)
    wg_utf8_clean(text, false);
  fprintf(stderr, "wangge: %s\n", text ? text : "out of memory");
  free(text);
}

int wg_command_fail(const wg_error *error) {
  const char *line = error->text;
  while (*line) {
    const size_t length = strcspn(line, "\n");
    print_cleaned(strndup(line, length));
    line += length + (line[length] == '\n');
  }
  return error->code == WG_FAIL_CONFIG ? WG_EXIT_USAGE : WG_EXIT_FAILED;
}

int wg_command_usage(const wg_command *command, const char *format, ...) {
  char *text = NULL;
  va_list list;
  va_start(list, format);
  if (vasprintf(&text, format, list) < 0)
    text = NULL;
  va_end(list);
  print_cleaned(text);
  if (command)
    fprintf(stderr, "usage: wangge %s %s\n", command->name, command->usage);
  return WG_EXIT_USAGE;
}

const char *wg_option_value(int count, char **arguments, int *i, const char *name, char letter) {
  const char *argument = arguments[*i];
  const size_t length = strlen(name);
  const bool is_letter = letter && argument[0] == '-' && argument[1] == letter && argument[2] == '\0';
  if (strncmp(argument, name, length) == 0 && argument[length] == '=')
    return argument + length + 1;
  if (!is_letter && strcmp(argument, name) != 0)
    return NULL;
  return *i + 1 < count ? arguments[++*i] : "";
}

bool wg_option_integer(const char *text, long long min, long long max, long long *value) {
  char *end;
  if (text[0] != '-' && (text[0] < '0' || text[0] > '9')) // strtoll would pass over blanks and a plus
    return false;
  errno = 0;
  *value = strtoll(text, &end, 10);
  return end != text && *end == '\0' && errno == 0 && *value >= min && *value <= max;
}

bool wg_option_lang(const char *text) {
  return strcmp(text, "en") == 0 || strcmp(text, "zh") == 0;
}

bool wg_option_chinese(const char *lang) {
  if (lang)
    return strcmp(lang, "zh") == 0;
  const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    const char *value = getenv(names[i]);
    if (value && value[0])
      return strncmp(value, "zh", 2) == 0;
  }
  return false;
}
