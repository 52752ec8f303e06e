// SPDX-License-Identifier: GPL-3.0-or-later
#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "report/reference.h"

static int print(const wg_command *self, int count, char **arguments, void (*reference)(FILE *stream)) {
  for (int i = 0; i < count; i++) {
    const char *value = wg_option_value(count, arguments, &i, "--format", 0);
    if (!value)
      return wg_command_usage(self, "unknown argument %s", arguments[i]);
    if (strcmp(value, "md") != 0)
      return wg_command_usage(self, "--format: \"%s\" (allowed: md)", value);
  }
  reference(stdout);
  return WG_EXIT_DONE;
}

static int params(int count, char **arguments) {
  return print(&wg_command_params, count, arguments, wg_reference_params);
}

static int outputs(int count, char **arguments) {
  return print(&wg_command_outputs, count, arguments, wg_reference_outputs);
}

const wg_command wg_command_params = {"params", "[--format md]", "print every parameter", params};
const wg_command wg_command_outputs = {"outputs", "[--format md]", "print every output variable", outputs};
