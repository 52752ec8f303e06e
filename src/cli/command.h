// SPDX-License-Identifier: GPL-3.0-or-later
// The commands of the program: each gets the arguments after its name and returns the exit status.
#ifndef WG_CLI_COMMAND_H
#define WG_CLI_COMMAND_H

#include <stdbool.h>

#include "base/error.h"

typedef struct wg_command {
  const char *name, *usage, *doc;
  int (*run)(int count, char **arguments);
} wg_command;

extern const wg_command wg_command_run;
extern const wg_command wg_command_check;
extern const wg_command wg_command_info;
extern const wg_command wg_command_params;
extern const wg_command wg_command_policies;
extern const wg_command wg_command_outputs;
extern const wg_command wg_command_synthesis;
extern const wg_command wg_command_batch;
extern const wg_command wg_command_status;
extern const wg_command wg_command_expand;
extern const wg_command wg_command_compare;

// Exit status of the program: 0 done, 1 failed while running, 2 wrong usage or configuration; stopped by a signal: its number
// added to WG_EXIT_SIGNAL.
enum { WG_EXIT_DONE = 0, WG_EXIT_FAILED = 1, WG_EXIT_USAGE = 2, WG_EXIT_SIGNAL = 128 };

// Prints every line of the error to standard error as "wangge: …" and returns the exit status that belongs to it.
int wg_command_fail(const wg_error *error);

// The same for wrong usage: a message and how the command is used (NULL: no command).
int wg_command_usage(const wg_command *command, const char *format, ...) __attribute__((format(printf, 2, 3)));

// An option that takes a value: "--name VALUE" or "--name=VALUE" (and "-n VALUE" when `letter` is not 0). Returns the value
// and moves `i` past it, or NULL when argument `i` is something else. A value that is missing is returned as "".
const char *wg_option_value(int count, char **arguments, int *i, const char *name, char letter);

// Reads an integer in [min, max]; returns false otherwise.
bool wg_option_integer(const char *text, long long min, long long max, long long *value);

// Whether text is a language that the program speaks.
bool wg_option_lang(const char *text);

// Whether people are spoken to in Chinese: --lang (NULL: not given), otherwise the locale.
bool wg_option_chinese(const char *lang);

#endif
