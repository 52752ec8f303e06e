// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/estimate.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "study/cell_run.h"

enum { MONTHS = 2, FOLDER_SIZE = 256, TEXT_SIZE = 64 };

// What living a run of one month and one of two costs.
typedef struct probe {
  bool ended;
  int code;
  double world; // seconds
  double seconds[MONTHS], bytes[MONTHS];
  wg_error error;
} probe;

// ---- from what has been run ----

static bool find_means(const wg_tasks *tasks, const wg_journal *journal, double *seconds, double *bytes) {
  double count = 0.0;
  *seconds = *bytes = 0.0;
  for (size_t i = 0; i < tasks->count; i++) {
    const wg_journal_entry *const entry = wg_journal_find(journal, tasks->items[i].identity);
    if (!entry || entry->status != WG_RUN_DONE || !(entry->seconds > 0.0))
      continue;
    count++;
    *seconds += (entry->seconds - *seconds) / count;
    *bytes += ((double)entry->bytes - *bytes) / count;
  }
  return count > 0.0;
}

// ---- from living two months ----

static void name_output(const char *folder, int months, char path[FOLDER_SIZE]) {
  snprintf(path, FOLDER_SIZE, "%.200s/%d.h5", folder, months);
}

static int live_months(const wg_run_options *common, const char *folder, int months, wg_date start,
                       const sigset_t *signals, wg_trunk *trunk, probe *told) {
  char output[FOLDER_SIZE], end[TEXT_SIZE], date[11];
  struct stat file;
  wg_arena arena = {0};
  const char **const sets = wg_arena_alloc(&arena, common->set_count + 2, sizeof *sets);
  wg_cell_run run = {.options = *common, .trunk = trunk, .pipe = -1, .signals = *signals};
  wg_cell_end *const ended = wg_arena_alloc(&arena, 1, sizeof *ended);
  int code = WG_OK, stop = 0;
  if (!sets || !ended) {
    wg_arena_free(&arena);
    return wg_error_set(&told->error, WG_FAIL_RUN, "out of memory for the estimate");
  }
  wg_date_print(wg_month_first_day(wg_date_month(start) + (wg_month)months), date);
  snprintf(end, sizeof end, "run.end=%s", date);
  name_output(folder, months, output);
  if (common->set_count)
    memcpy(sets, common->sets, common->set_count * sizeof *sets);
  sets[common->set_count] = end;
  sets[common->set_count + 1] = "output.snapshot=[]";
  run.options.sets = sets;
  run.options.set_origins = NULL;
  run.options.set_count = common->set_count + 2;
  run.options.output = output;
  wg_cell_run_live(&run, &stop, ended);
  if (ended->ending != WG_ENDING_DONE)
    code = wg_error_set(&told->error, ended->error.code ? ended->error.code : WG_FAIL_RUN, "%s", ended->error.text);
  told->seconds[months - 1] = ended->seconds;
  told->bytes[months - 1] = stat(output, &file) == 0 ? (double)file.st_size : 0.0;
  wg_arena_free(&arena);
  return code;
}

// The world is made for both at once; meanwhile a signal ends the process.
static int try_out(const wg_plan *plan, const char *folder, wg_date start, const sigset_t *signals, probe *told) {
  wg_arena arena = {0};
  wg_run_options options = {0};
  wg_trunk trunk = {0};
  char output[FOLDER_SIZE];
  name_output(folder, MONTHS, output);
  const wg_cell cell = {plan->entries[0].compared_with, 0, 0};
  int code = wg_plan_cell_options(plan, cell, &arena, &options, &told->error);
  options.threads = 1;
  options.output = output;
  const int64_t from = wg_clock_read(CLOCK_MONOTONIC);
  sigset_t blocked;
  sigprocmask(SIG_SETMASK, signals, &blocked);
  if (!code)
    code = wg_trunk_grow(&options, WG_DATE_NONE, &trunk, &told->error);
  sigprocmask(SIG_SETMASK, &blocked, NULL);
  told->world = wg_clock_seconds(wg_clock_read(CLOCK_MONOTONIC) - from);
  for (int months = 1; months <= MONTHS && !code; months++)
    code = live_months(&options, folder, months, start, signals, &trunk, told);
  return code; // the process ends: nothing is freed
}

static void remove_folder(const char *folder) {
  static const char *const endings[] = {"h5", "h5.part", "log.json", "log.json.part"};
  char path[FOLDER_SIZE];
  for (int months = 1; months <= MONTHS; months++)
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
      snprintf(path, sizeof path, "%.200s/%d.%s", folder, months, endings[i]);
      unlink(path);
    }
  rmdir(folder);
}

static int measure_in(const wg_plan *plan, const char *folder, wg_date start, const sigset_t *signals, probe *told,
                      wg_error *error) {
  const pid_t process = wg_offspring_fork();
  if (process == 0) {
    told->code = try_out(plan, folder, start, signals, told);
    told->ended = true;
    _exit(0);
  }
  int status = 0;
  while (process > 0 && waitpid(process, &status, 0) < 0 && errno == EINTR)
    ;
  if (process < 0)
    return wg_error_set(error, WG_FAIL_RUN, "cannot start a process: %s", strerror(errno));
  if (!told->ended)
    return wg_error_set(error, WG_FAIL_RUN, "the run that is to tell time and disk broke off (status %d)", status);
  if (told->code)
    return wg_error_set(error, told->code, "%s", told->error.text);
  return WG_OK;
}

static int measure(const wg_plan *plan, wg_date start, probe *told, wg_error *error) {
  char folder[FOLDER_SIZE];
  const char *const place = getenv("TMPDIR");
  snprintf(folder, sizeof folder, "%.180s/wangge-estimate.XXXXXX", place && place[0] ? place : "/tmp");
  if (!mkdtemp(folder))
    return wg_error_set(error, WG_FAIL_RUN, "%s: cannot make a folder: %s", folder, strerror(errno));
  sigset_t signals;
  wg_offspring_block(&signals); // whoever stops the program finds the folder gone
  const int code = measure_in(plan, folder, start, &signals, told, error);
  remove_folder(folder);
  sigprocmask(SIG_SETMASK, &signals, NULL);
  return code;
}

static double larger(double a, double b) {
  return a > b ? a : b;
}

// Months of an entry's run, those in common with others apart.
static void count_months(const wg_plan *plan, size_t entry, double *common, double *own) {
  const wg_run_params *const run = wg_config_get(plan->entries[entry].config, &wg_run_group);
  const wg_date branch_at = plan->spec->branch_at;
  const bool branches = branch_at != WG_DATE_NONE && branch_at > run->start && branch_at < run->end;
  const double month = 365.2425 / 12.0;
  *common = branches ? (double)(branch_at - run->start) / month : 0.0;
  *own = (double)(run->end - (branches ? branch_at : run->start)) / month;
}

static void scale(const wg_plan *plan, const wg_tasks *tasks, const probe *told, wg_estimate *estimate) {
  const double month = larger(told->seconds[1] - told->seconds[0], 0.0);
  const double once = larger(told->seconds[0] - month, 0.0);
  const double month_bytes = larger(told->bytes[1] - told->bytes[0], 0.0);
  double common = 0.0, own;
  for (size_t i = 0; i < tasks->count; i++) {
    if (tasks->items[i].state != WG_TASK_PENDING)
      continue;
    count_months(plan, tasks->items[i].cell.entry, &common, &own);
    estimate->seconds += once + month * own;
    estimate->bytes += told->bytes[0] + month_bytes * (common + own - 1.0);
  }
  count_months(plan, 0, &common, &own);
  estimate->seconds += (double)wg_tasks_pending_units(tasks) * (told->world + month * common);
}

int wg_estimate_make(const wg_plan *plan, const wg_tasks *tasks, const wg_journal *journal, int64_t processes,
                     wg_estimate *estimate, wg_error *error) {
  const double pending = (double)wg_tasks_count(tasks, WG_TASK_PENDING);
  double seconds, bytes;
  int code = WG_OK;
  *estimate = (wg_estimate){0};
  if (pending > 0.0 && find_means(tasks, journal, &seconds, &bytes)) {
    *estimate = (wg_estimate){.seconds = pending * seconds, .bytes = pending * bytes};
  } else if (pending > 0.0) {
    probe *const told = mmap(NULL, sizeof *told, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (told == MAP_FAILED)
      return wg_error_set(error, WG_FAIL_RUN, "out of memory for the estimate");
    const wg_run_params *const run = wg_config_get(plan->entries[0].config, &wg_run_group);
    code = measure(plan, run->start, told, error);
    if (!code)
      scale(plan, tasks, told, estimate);
    munmap(told, sizeof *told);
  }
  estimate->seconds /= (double)processes;
  return code;
}
