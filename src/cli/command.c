// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/command.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int wg_command_fail(const wg_error *error) {
  const char *line = error->text;
  while (*line) {
    const size_t length = strcspn(line, "\n");
    fprintf(stderr, "wangge: %.*s\n", (int)length, line);
    line += length + (line[length] == '\n');
  }
  return error->code == WG_FAIL_CONFIG ? WG_EXIT_USAGE : WG_EXIT_FAILED;
}

int wg_command_usage(const wg_command *command, const char *format, ...) {
  va_list list;
  va_start(list, format);
  fputs("wangge: ", stderr);
  vfprintf(stderr, format, list);
  fprintf(stderr, "\nusage: wangge %s %s\n", command->name, command->usage);
  va_end(list);
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
  errno = 0;
  *value = strtoll(text, &end, 10);
  return end != text && *end == '\0' && errno == 0 && *value >= min && *value <= max;
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
