// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/batch_view.h"

#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/duration.h"
#include "base/progress.h"
#include "report/table.h"

enum { PROCESSES_MAX = 1024 };

int64_t wg_processors(void) {
  cpu_set_t set;
  CPU_ZERO(&set);
  return sched_getaffinity(0, sizeof set, &set) ? 1 : CPU_COUNT(&set);
}

bool wg_batch_option(const wg_command *self, int count, char **arguments, int *i, wg_batch_options *options,
                     const char **lang, int *status) {
  const char *value;
  long long number;
  *status = 0;
  if (strcmp(arguments[*i], "--quiet") == 0) {
    options->quiet = true;
  } else if (strcmp(arguments[*i], "--allow-outside") == 0) {
    options->allow_outside = true;
  } else if ((value = wg_option_value(count, arguments, i, "--jobs", 'j'))) {
    if (wg_option_integer(value, 1, PROCESSES_MAX, &number))
      options->processes = number;
    else
      *status = wg_command_usage(self, "-j: \"%s\" (allowed: 1 to %d)", value, PROCESSES_MAX);
  } else if ((value = wg_option_value(count, arguments, i, "--lang", 0))) {
    *lang = value;
    if (!wg_option_lang(value))
      *status = wg_command_usage(self, "--lang: \"%s\" (allowed: en, zh)", value);
  } else {
    return false;
  }
  return true;
}

// ---- before ----

static const char *print_bytes(double bytes, char text[32]) {
  static const char *const units[] = {"kB", "MB", "GB", "TB"};
  size_t unit = 0;
  double number = bytes / 1000.0;
  for (; number >= 1000.0 && unit + 1 < sizeof units / sizeof *units; unit++)
    number /= 1000.0;
  snprintf(text, 32, "%.*f %s", number < 10.0 ? 1 : 0, number, units[unit]);
  return text;
}

static void tell_size(const wg_batch *batch, bool chinese) {
  const wg_plan *const plan = &batch->plan;
  const size_t done = wg_tasks_count(&batch->tasks, WG_TASK_DONE);
  printf(chinese ? "研究 %s %s：%zu 个方案" : "%s %s: %zu entries", batch->spec.name, batch->spec.label,
         plan->entry_count);
  if (batch->spec.draws)
    printf(chinese ? " × %zu 组抽样" : " × %zu draws", plan->draw_count);
  printf(chinese ? " × %zu 次重复 = %zu 次运行" : " × %zu replicates = %zu runs", batch->replicates,
         batch->tasks.count);
  if (done)
    printf(chinese ? "，已完成 %zu" : ", %zu of them done", done);
  if (batch->spec.until.variable)
    printf(chinese ? "；重复次数最多增至 %zu" : "; up to %zu replicates", plan->replicate_count);
  putchar('\n');
}

static int tell_cost(const wg_batch *batch, const wg_batch_options *o, wg_error *error) {
  wg_estimate estimate;
  char time[WG_DURATION_SIZE], bytes[32];
  if (!wg_tasks_count(&batch->tasks, WG_TASK_PENDING))
    return WG_OK;
  const int code = wg_estimate_make(&batch->plan, &batch->tasks, &batch->journal, o->processes, &estimate, error);
  if (!code)
    printf(o->chinese ? "用 %2$lld 个进程约需 %1$s，约占 %3$s，存于 %4$s\n"
                      : "about %1$s with %2$lld processes, about %3$s in %4$s\n",
           wg_duration_print(estimate.seconds, o->chinese, time), (long long)o->processes,
           print_bytes(estimate.bytes, bytes), batch->folder);
  return code;
}

static void list_entries(const wg_plan *plan) {
  int width = 0;
  for (size_t i = 0; i < plan->entry_count; i++) {
    const int own = wg_text_width(plan->entries[i].name);
    width = own > width ? own : width;
  }
  for (size_t i = 0; i < plan->entry_count; i++) {
    fputs("  ", stdout);
    wg_cell_print(stdout, plan->entries[i].name, width);
    printf("  %s  %s\n", plan->entries[i].variant->scenario, plan->entries[i].label);
  }
}

// ---- meanwhile ----

typedef struct watcher {
  wg_progress progress;
} watcher;

static void show(void *self, const wg_runner_state *state) {
  watcher *const w = self;
  const bool zh = w->progress.chinese;
  char text[200];
  int length = snprintf(text, sizeof text, zh ? "%zu/%zu 次运行" : "%zu/%zu runs", state->done, state->total);
  if (state->failed)
    length += snprintf(text + length, sizeof text - (size_t)length, zh ? "，失败 %zu" : ", %zu failed", state->failed);
  if (state->elsewhere)
    snprintf(text + length, sizeof text - (size_t)length, zh ? "，%zu 由其他进程运行" : ", %zu by another batch",
             state->elsewhere);
  wg_progress_show(&w->progress, state->share, text);
}

// ---- after ----

static int tell_stop(const wg_batch_end *end, const wg_batch_options *o) {
  fprintf(stderr, o->chinese ? "wangge: 收到信号 %s，已停止；继续运行：%s\n" : "wangge: stopped by %s; to go on: %s\n",
          end->stopped_by == SIGINT ? "SIGINT" : "SIGTERM", o->resume);
  return 128 + end->stopped_by;
}

static int tell_end(const wg_batch *batch, const wg_batch_end *end, const wg_batch_options *o) {
  if (!o->quiet)
    printf(o->chinese ? "%zu 次运行已完成，汇总于 %s/study.h5\n比较：wangge compare %s\n"
                      : "%zu runs done, stacked in %s/study.h5\nto compare them: wangge compare %s\n",
           end->done, batch->folder, batch->folder);
  if (end->results.counts.damaged)
    fprintf(stderr,
            o->chinese
                ? "wangge: %zu 个结果文件已损坏（见 study.h5 的 message）；删除后再次运行 wangge batch 即可补齐\n"
                : "wangge: %zu results are damaged (message in study.h5 tells which); wangge batch runs them again "
                  "once they are deleted\n",
            end->results.counts.damaged);
  if (!end->failed)
    return end->results.counts.damaged ? WG_EXIT_FAILED : WG_EXIT_DONE;
  fprintf(stderr,
          o->chinese ? "wangge: %zu 次运行失败（详见 wangge status %s），其一：\n"
                     : "wangge: %zu runs failed (wangge status %s tells of each); the first:\n",
          end->failed, batch->folder);
  wg_error first = {0};
  wg_error_set(&first, WG_FAIL_RUN, "%s", end->message ? end->message : "");
  return wg_command_fail(&first);
}

int wg_batch_show_and_run(wg_batch *batch, const wg_batch_options *o) {
  wg_error error = {0};
  wg_batch_end end = {0};
  watcher w = {0};
  const wg_runner_observer observer = {.self = &w, .state = show};
  int code = WG_OK;
  if (!o->quiet || o->dry_run) {
    tell_size(batch, o->chinese);
    code = tell_cost(batch, o, &error);
  }
  if (!code && o->dry_run)
    list_entries(&batch->plan);
  if (code || o->dry_run)
    return code ? wg_command_fail(&error) : WG_EXIT_DONE;
  fflush(stdout);
  code = wg_batch_begin(batch, &error);
  if (!code) {
    wg_progress_start(&w.progress, stderr, o->quiet, o->chinese);
    code = wg_batch_run(batch, o->processes, &observer, &end, &error);
    wg_progress_end(&w.progress);
  }
  const int status = code == WG_STOPPED ? tell_stop(&end, o)
                     : code             ? wg_command_fail(&error)
                                        : tell_end(batch, &end, o);
  free(end.message);
  return status;
}
