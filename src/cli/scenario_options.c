// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/scenario_options.h"

#include <stdio.h>
#include <string.h>

// The arguments, and where among them the parser is. Each step returns 0 or the exit status, and sets `taken` if the
// argument was for it.
typedef struct parser {
  const wg_command *self;
  int count, i;
  char **arguments;
  bool taken;
  const char *lang;
  wg_scenario_options *o;
} parser;

static const char *value_of(parser *at, const char *name, char letter) {
  const char *const value = wg_option_value(at->count, at->arguments, &at->i, name, letter);
  at->taken |= value != NULL;
  return value;
}

static bool is_flag(parser *at, const char *name) {
  const bool is = strcmp(at->arguments[at->i], name) == 0;
  at->taken |= is;
  return is;
}

static int take_set(parser *at, const char *value) {
  wg_scenario_options *const o = at->o;
  if (!strchr(value, '=') || value[0] == '=')
    return wg_command_usage(at->self, "--set: \"%s\" (allowed: path=value)", value);
  if (o->run.set_count >= WG_SETS_MAX - 2)
    return wg_command_usage(at->self, "--set: one too many (allowed: %d)", WG_SETS_MAX - 2);
  o->sets[o->run.set_count++] = value;
  return 0;
}

static int take_common(parser *at) {
  wg_scenario_options *const o = at->o;
  const char *value;
  long long number;
  if (is_flag(at, "--allow-outside")) {
    o->run.allow_outside = true;
  } else if ((value = value_of(at, "--seed", 0))) {
    if (!wg_option_integer(value, 0, 1LL << 53, &number))
      return wg_command_usage(at->self, "--seed: \"%s\" (allowed: 0 to 2^53)", value);
    snprintf(o->seed, sizeof o->seed, "run.seed=%lld", number);
  } else if ((value = value_of(at, "--replicate", 0))) {
    if (!wg_option_integer(value, 0, 1000000, &number))
      return wg_command_usage(at->self, "--replicate: \"%s\" (allowed: 0 to 1000000)", value);
    snprintf(o->replicate, sizeof o->replicate, "run.replicate=%lld", number);
  } else if ((value = value_of(at, "--set", 0))) {
    return take_set(at, value);
  } else if ((value = value_of(at, "--lang", 0))) {
    if (!wg_option_lang(value))
      return wg_command_usage(at->self, "--lang: \"%s\" (allowed: en, zh)", value);
    at->lang = value;
  }
  return 0;
}

static int take_of_run(parser *at) {
  wg_scenario_options *const o = at->o;
  const char *value;
  long long number;
  if (is_flag(at, "--quiet")) {
    o->quiet = true;
  } else if (is_flag(at, "--resume")) {
    o->run.resume = true;
  } else if ((value = value_of(at, "--output", 'o'))) {
    if (!value[0])
      return wg_command_usage(at->self, "-o: a file is missing");
    // Rather an option whose value was forgotten than the name of a file.
    if (value[0] == '-')
      return wg_command_usage(at->self, "-o: \"%s\" (allowed: a file; ./%s if it is called so)", value, value);
    o->run.output = value;
  } else if ((value = value_of(at, "--threads", 0))) {
    if (!wg_option_integer(value, 1, 1024, &number))
      return wg_command_usage(at->self, "--threads: \"%s\" (allowed: 1 to 1024)", value);
    o->run.threads = number;
  }
  return 0;
}

static int take_of_check(parser *at) {
  if (is_flag(at, "--ranges"))
    at->o->ranges = true;
  return 0;
}

static int take_scenario(parser *at) {
  wg_run_options *const run = &at->o->run;
  const char *const argument = at->arguments[at->i];
  if (argument[0] == '-')
    return wg_command_usage(at->self, "unknown option %s", argument);
  if (run->scenario)
    return wg_command_usage(at->self, "one scenario at a time: %s, %s", run->scenario, argument);
  if (!argument[0])
    return wg_command_usage(at->self, "the scenario's name is empty (allowed: a file)");
  run->scenario = argument;
  return 0;
}

int wg_scenario_options_parse(const wg_command *self, bool runs, int count, char **arguments,
                              wg_scenario_options *options) {
  wg_run_options *const run = &options->run;
  run->checkpoint_months = -1;
  parser at = {.self = self, .count = count, .arguments = arguments, .o = options};
  for (; at.i < count; at.i++) {
    at.taken = false;
    int status = take_common(&at);
    if (!at.taken)
      status = runs ? take_of_run(&at) : self == &wg_command_check ? take_of_check(&at) : 0;
    if (!at.taken)
      status = take_scenario(&at);
    if (status)
      return status;
  }
  if (!run->scenario)
    return wg_command_usage(self, "a scenario is missing");
  if (options->seed[0])
    options->sets[run->set_count++] = options->seed;
  if (options->replicate[0])
    options->sets[run->set_count++] = options->replicate;
  run->sets = options->sets;
  options->chinese = wg_option_chinese(at.lang);
  return 0;
}
