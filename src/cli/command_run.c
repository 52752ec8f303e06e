// SPDX-License-Identifier: GPL-3.0-or-later
#include <stdio.h>
#include <string.h>

#include "base/progress.h"
#include "cli/command.h"
#include "report/summary.h"
#include "report/table.h"
#include "study/run.h"

enum { SETS_MAX = 256 };

typedef struct options {
  wg_run_options run;
  const char *sets[SETS_MAX];
  char seed[48], replicate[48];
  bool quiet, chinese;
} options;

// Returns 0, or the exit status when the arguments are wrong.
static int parse(int count, char **arguments, options *o) {
  const wg_command *self = &wg_command_run;
  const char *lang = NULL;
  for (int i = 0; i < count; i++) {
    const char *value;
    long long number;
    if (strcmp(arguments[i], "--quiet") == 0) {
      o->quiet = true;
    } else if ((value = wg_option_value(count, arguments, &i, "--output", 'o'))) {
      if (!value[0])
        return wg_command_usage(self, "-o: a file is missing");
      o->run.output = value;
    } else if ((value = wg_option_value(count, arguments, &i, "--seed", 0))) {
      if (!wg_option_integer(value, 0, 1LL << 53, &number))
        return wg_command_usage(self, "--seed: \"%s\" (allowed: 0 to 2^53)", value);
      snprintf(o->seed, sizeof o->seed, "run.seed=%lld", number);
    } else if ((value = wg_option_value(count, arguments, &i, "--replicate", 0))) {
      if (!wg_option_integer(value, 0, 1000000, &number))
        return wg_command_usage(self, "--replicate: \"%s\" (allowed: 0 to 1000000)", value);
      snprintf(o->replicate, sizeof o->replicate, "run.replicate=%lld", number);
    } else if ((value = wg_option_value(count, arguments, &i, "--threads", 0))) {
      if (!wg_option_integer(value, 1, 1024, &number))
        return wg_command_usage(self, "--threads: \"%s\" (allowed: 1 to 1024)", value);
      o->run.threads = number;
    } else if ((value = wg_option_value(count, arguments, &i, "--set", 0))) {
      if (!strchr(value, '='))
        return wg_command_usage(self, "--set: \"%s\" (allowed: path=value)", value);
      if (o->run.set_count >= SETS_MAX - 2)
        return wg_command_usage(self, "--set: more than %d", SETS_MAX - 2);
      o->sets[o->run.set_count++] = value;
    } else if ((value = wg_option_value(count, arguments, &i, "--lang", 0))) {
      if (strcmp(value, "en") != 0 && strcmp(value, "zh") != 0)
        return wg_command_usage(self, "--lang: \"%s\" (allowed: en, zh)", value);
      lang = value;
    } else if (arguments[i][0] == '-') {
      return wg_command_usage(self, "unknown option %s", arguments[i]);
    } else if (o->run.scenario) {
      return wg_command_usage(self, "one scenario at a time: %s, %s", o->run.scenario, arguments[i]);
    } else {
      o->run.scenario = arguments[i];
    }
  }
  if (!o->run.scenario)
    return wg_command_usage(self, "a scenario is missing");
  if (o->seed[0])
    o->sets[o->run.set_count++] = o->seed;
  if (o->replicate[0])
    o->sets[o->run.set_count++] = o->replicate;
  o->run.sets = o->sets;
  o->chinese = wg_option_chinese(lang);
  return 0;
}

typedef struct watcher {
  wg_progress progress;
  bool chinese;
} watcher;

static void show(void *self, const wg_engine_state *state) {
  watcher *w = self;
  char date[11], residents[32], cases[32], text[160];
  wg_date_print(state->date, date);
  wg_count_print((int64_t)state->residents, residents);
  wg_count_print((int64_t)state->cases_filed, cases);
  snprintf(text, sizeof text, w->chinese ? "%s  人口 %s  立案 %s" : "%s  %s residents  %s cases", date, residents,
           cases);
  wg_progress_show(&w->progress, (double)state->month / (double)state->months, text);
}

static int run(int count, char **arguments) {
  options o = {0};
  const int usage = parse(count, arguments, &o);
  if (usage)
    return usage;
  wg_error error = {0};
  wg_run run = {0};
  watcher w = {.chinese = o.chinese};
  const wg_observer observer = {.self = &w, .month = show};
  int code = wg_run_open(&o.run, &run, &error);
  if (!code)
    code = wg_run_prepare(&run, &error);
  if (!code) {
    wg_progress_start(&w.progress, stderr, o.quiet);
    code = wg_run_live(&run, &observer, &error);
    wg_progress_end(&w.progress);
  }
  if (!code) {
    if (!o.quiet)
      wg_summary_print(&run.world, run.engine, o.chinese, stdout);
    printf("%s\n", run.output);
  }
  wg_run_free(&run);
  return code ? wg_command_fail(&error) : WG_EXIT_DONE;
}

const wg_command wg_command_run = {
    "run",
    "SCENARIO.cfg [-o FILE.h5] [--seed N] [--replicate N] [--threads N] [--set path=value]... [--quiet] [--lang en|zh]",
    "run one scenario and write its results", run};
