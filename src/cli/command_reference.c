// SPDX-License-Identifier: GPL-3.0-or-later
#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "report/reference.h"
#include "report/reference_json.h"
#include "run/defaults.h"

typedef void (*reference)(FILE *stream);

// Prints the reference in the format asked for; `cfg` may be NULL where there is none.
static int print(const wg_command *self, int count, char **arguments, reference md, reference json,
                 int (*cfg)(FILE *stream, wg_error *error)) {
  const char *format = "md";
  for (int i = 0; i < count; i++) {
    const char *value;
    if ((value = wg_option_value(count, arguments, &i, "--format", 0)))
      format = value;
    else if ((value = wg_option_value(count, arguments, &i, "--lang", 0))) {
      if (strcmp(value, "en") != 0 && strcmp(value, "zh") != 0)
        return wg_command_usage(self, "--lang: \"%s\" (allowed: en, zh)", value);
    } else
      return wg_command_usage(self, "unknown argument %s", arguments[i]);
  }
  wg_error error = {0};
  if (strcmp(format, "md") == 0)
    md(stdout);
  else if (strcmp(format, "json") == 0)
    json(stdout);
  else if (cfg && strcmp(format, "cfg") == 0)
    cfg(stdout, &error);
  else
    return wg_command_usage(self, "--format: \"%s\" (allowed: %s)", format, cfg ? "md, json, cfg" : "md, json");
  return error.code ? wg_command_fail(&error) : WG_EXIT_DONE;
}

static int params(int count, char **arguments) {
  return print(&wg_command_params, count, arguments, wg_reference_params, wg_reference_params_json, wg_defaults_print);
}

static int policies(int count, char **arguments) {
  return print(&wg_command_policies, count, arguments, wg_reference_policies, wg_reference_policies_json, NULL);
}

static int outputs(int count, char **arguments) {
  return print(&wg_command_outputs, count, arguments, wg_reference_outputs, wg_reference_outputs_json, NULL);
}

const wg_command wg_command_params = {"params", "[--format md|json|cfg]", "print every parameter", params};
const wg_command wg_command_policies = {"policies", "[--format md|json]", "print every policy", policies};
const wg_command wg_command_outputs = {"outputs", "[--format md|json]", "print every output variable", outputs};
