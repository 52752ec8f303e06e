// SPDX-License-Identifier: GPL-3.0-or-later
#include <stdio.h>

#include "base/progress.h"
#include "cli/scenario_options.h"
#include "report/summary.h"
#include "report/table.h"
#include "study/run.h"

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
  wg_scenario_options o = {0};
  const int usage = wg_scenario_options_parse(&wg_command_run, true, count, arguments, &o);
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
    wg_progress_start(&w.progress, stderr, o.quiet, o.chinese);
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

const wg_command wg_command_run = {"run", "SCENARIO.cfg [-o FILE.h5] [--threads N] [--quiet] " WG_SCENARIO_USAGE,
                                   "run one scenario and write its results", run};
