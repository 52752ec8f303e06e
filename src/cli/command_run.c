// SPDX-License-Identifier: GPL-3.0-or-later
#include <stdio.h>

#include "base/progress.h"
#include "base/stop.h"
#include "cli/resume_line.h"
#include "cli/scenario_options.h"
#include "report/summary.h"
#include "report/table.h"
#include "run/result_check.h"
#include "run/run.h"

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

static void print_lines(const wg_error *told) {
  if (told->text[0])
    wg_command_fail(told);
}

// Where a run that is to be resumed begins.
static void tell_beginning(const wg_run *run, bool chinese) {
  const wg_engine_state *const state = wg_engine_state_of(run->engine);
  char date[11];
  wg_date_print(state->date, date);
  print_lines(&run->notices);
  if (run->resumes)
    fprintf(stderr,
            chinese ? "wangge: 从检查点继续：%s，已完成%u个月，共%u个月\n"
                    : "wangge: goes on from the checkpoint of %s, %u of %u months lived\n",
            date, state->month, state->months);
  else
    fprintf(stderr,
            chinese ? "wangge: %s.checkpoint：没有检查点，从头开始\n"
                    : "wangge: %s.checkpoint: no checkpoint; starts from the beginning\n",
            run->output);
}

// After a checkpoint: how to go on, and the exit status that shells know a signal by.
static int tell_stop(const wg_error *error, bool chinese, int count, char **arguments) {
  wg_command_fail(error);
  fputs(chinese ? "wangge: 检查点已保存。继续运行：\n  " : "wangge: a checkpoint was written. To go on:\n  ", stderr);
  wg_resume_line_print("run", count, arguments, stderr);
  fputc('\n', stderr);
  return WG_EXIT_SIGNAL + wg_stop_signal();
}

static int live(wg_run *run, const wg_scenario_options *o, wg_error *error) {
  watcher w = {.chinese = o->chinese};
  const wg_observer observer = {.self = &w, .month = show};
  int code = wg_run_prepare(run, error);
  if (code)
    return code;
  if (o->run.resume)
    tell_beginning(run, o->chinese);
  wg_progress_start(&w.progress, stderr, o->quiet, o->chinese);
  code = wg_run_live(run, &observer, error);
  wg_progress_end(&w.progress);
  if (!code && !o->quiet)
    wg_summary_print(&run->world, run->engine, o->chinese, stdout);
  return code;
}

// Whether the run's output is there already, whole.
static bool is_finished(const wg_run *run) {
  return wg_result_verify(run->output, run->provenance.identity, NULL) == WG_OK;
}

static int run(int count, char **arguments) {
  wg_scenario_options o = {0};
  const int usage = wg_scenario_options_parse(&wg_command_run, true, count, arguments, &o);
  if (usage)
    return usage;
  wg_error error = {0};
  wg_run run = {0};
  wg_stop_catch();
  int code = wg_run_open(&o.run, &run, &error);
  if (!code && o.run.resume && !run.resumes && is_finished(&run))
    fprintf(stderr, o.chinese ? "wangge: %s：该运行已完成\n" : "wangge: %s: this run is finished\n", run.output);
  else if (!code)
    code = live(&run, &o, &error);
  if (!code)
    printf("%s\n", run.output);
  wg_run_free(&run);
  if (code == WG_STOPPED)
    return tell_stop(&error, o.chinese, count, arguments);
  return code ? wg_command_fail(&error) : WG_EXIT_DONE;
}

const wg_command wg_command_run = {
    "run", "SCENARIO.cfg [-o FILE.h5] [--threads N] [--resume] [--quiet] " WG_SCENARIO_USAGE,
    "run one scenario and write its results; --resume: go on from its last checkpoint", run};
