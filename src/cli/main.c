// SPDX-License-Identifier: GPL-3.0-or-later
#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "study/provenance.h"

static const wg_command *const commands[] = {&wg_command_run, &wg_command_params, &wg_command_policies,
                                             &wg_command_outputs, &wg_command_synthesis};

static void print_help(FILE *stream) {
  fprintf(stream, "wangge %s — how a city district is governed, simulated (网格)\n\n", wg_version());
  for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
    fprintf(stream, "  wangge %s %s\n      %s\n", commands[i]->name, commands[i]->usage, commands[i]->doc);
}

int main(int count, char **arguments) {
  if (count < 2) {
    print_help(stderr);
    return WG_EXIT_USAGE;
  }
  if (strcmp(arguments[1], "--help") == 0 || strcmp(arguments[1], "help") == 0) {
    print_help(stdout);
    return WG_EXIT_DONE;
  }
  if (strcmp(arguments[1], "--version") == 0) {
    printf("wangge %s %s\n", wg_version(), wg_revision());
    return WG_EXIT_DONE;
  }
  for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
    if (strcmp(arguments[1], commands[i]->name) == 0)
      return commands[i]->run(count - 2, arguments + 2);
  fprintf(stderr, "wangge: unknown command \"%s\"\n", arguments[1]);
  print_help(stderr);
  return WG_EXIT_USAGE;
}
