// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/worker.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "run/result_check.h"
#include "study/cell_run.h"
#include "study/claims.h"
#include "study/told.h"

// One at work.
typedef struct state {
  const wg_worker *order;
  wg_claims claims;
  wg_trunk trunk;
  bool has_trunk;
  size_t trunk_base; // the entry with which those of the trunk's point are compared
  int stop;          // the signal that asks to stop
  wg_arena arena;    // of the run in hand
} state;

static const wg_plan_entry *entry_of(const state *s, const wg_task *task) {
  return s->order->plan->entries + task->cell.entry;
}

static char *in_folder(state *s, const char *path, wg_error *error) {
  const size_t size = strlen(s->order->folder) + strlen(path) + 2;
  char *const whole = wg_arena_alloc(&s->arena, size, 1);
  if (whole)
    snprintf(whole, size, "%s/%s", s->order->folder, path);
  else
    wg_error_set(error, WG_FAIL_RUN, "out of memory");
  return whole;
}

// Makes the folders above the file, beginning below the study's.
static int make_folders(const state *s, char *path, wg_error *error) {
  for (char *slash = strchr(path + strlen(s->order->folder) + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
    *slash = '\0';
    const int failed = mkdir(path, 0777) && errno != EEXIST;
    const int code =
        failed ? wg_error_set(error, WG_FAIL_RUN, "%s: cannot make the folder: %s", path, strerror(errno)) : WG_OK;
    *slash = '/';
    if (code)
      return code;
  }
  return WG_OK;
}

// ---- what runs have in common ----

static void drop_trunk(state *s) {
  if (s->has_trunk)
    wg_trunk_free(&s->trunk);
  s->has_trunk = false;
  s->trunk = (wg_trunk){0};
}

// Where it cannot be grown the run itself will tell why. While it grows a signal ends the worker at once: there is nothing to keep.
static void grow_trunk(state *s, const wg_task *task) {
  const wg_plan *const plan = s->order->plan;
  const wg_cell base = {entry_of(s, task)->compared_with, task->cell.draw, task->cell.replicate};
  wg_run_options options = {0};
  wg_error *const error = calloc(1, sizeof *error);
  sigset_t blocked;
  options.threads = s->order->threads;
  int code = error ? wg_plan_cell_options(plan, base, &s->arena, &options, error) : WG_FAIL_RUN;
  char path[WG_CELL_PATH_SIZE];
  wg_plan_cell_path(plan, task->cell, path);
  options.output = code ? NULL : in_folder(s, path, error);
  if (!code && options.output) {
    sigprocmask(SIG_SETMASK, &s->order->signals, &blocked);
    code = wg_trunk_grow(&options, plan->spec->branch_at, &s->trunk, error);
    sigprocmask(SIG_SETMASK, &blocked, NULL);
    s->has_trunk = true;
    s->trunk_base = base.entry;
  }
  if (code)
    drop_trunk(s);
  free(error);
}

// ---- one run ----

static int put_down(const state *s, const wg_task *task, size_t number, const char *path, wg_cell_end *end,
                    wg_error *error) {
  char within[WG_CELL_PATH_SIZE], none[] = "";
  struct stat file = {0};
  const bool done = end->ending == WG_ENDING_DONE;
  wg_plan_cell_path(s->order->plan, task->cell, within);
  wg_journal_entry line = {.status = done ? WG_RUN_DONE : WG_RUN_FAILED,
                           .path = within,
                           .seconds = end->seconds,
                           .bytes = done && stat(path, &file) == 0 ? (uint64_t)file.st_size : 0,
                           .message = done ? none : end->error.text};
  memcpy(line.identity, task->identity, sizeof line.identity);
  const int code = wg_journal_append(s->order->folder, &line, error);
  if (!code)
    wg_told_write(s->order->pipe, done ? WG_TOLD_DONE : WG_TOLD_FAILED, number, end->seconds > 0.0, line.message);
  return code;
}

// Whether others have settled the run meanwhile; then it is told.
static int recall(const state *s, const wg_task *task, size_t number, bool *settled, wg_error *error) {
  wg_journal journal;
  const int code = wg_journal_read(s->order->folder, &journal, error);
  const wg_journal_entry *const entry = code ? NULL : wg_journal_find(&journal, task->identity);
  const bool failed = entry && entry->status == WG_RUN_FAILED && entry->line >= s->order->journal_lines;
  *settled = failed || (entry && entry->status == WG_RUN_DONE && wg_tasks_has_result(s->order->folder, entry));
  if (*settled)
    wg_told_write(s->order->pipe, failed ? WG_TOLD_FAILED : WG_TOLD_DONE, number, 0.0, entry->message);
  wg_journal_free(&journal);
  return code;
}

static void live(state *s, const wg_task *task, size_t number, char *path, wg_cell_end *end) {
  wg_cell_run run = {.identity = task->identity, .pipe = s->order->pipe, .task = number, .signals = s->order->signals};
  const size_t base = entry_of(s, task)->compared_with;
  int code = make_folders(s, path, &end->error);
  if (!code)
    code = wg_plan_cell_options(s->order->plan, task->cell, &s->arena, &run.options, &end->error);
  end->ending = WG_ENDING_FAILED;
  if (code)
    return;
  run.options.output = path;
  run.options.threads = s->order->threads;
  if (!s->has_trunk)
    grow_trunk(s, task);
  run.trunk = s->has_trunk ? &s->trunk : NULL;
  wg_cell_run_live(&run, &s->stop, end);
  // The runs of another point have another world: the next one of them grows it.
  if (end->ending == WG_ENDING_DONE && !end->lent && s->has_trunk && s->trunk_base != base)
    drop_trunk(s);
}

// The run is claimed.
static int settle(state *s, const wg_task *task, size_t number, wg_cell_end *end, wg_error *error) {
  char within[WG_CELL_PATH_SIZE];
  bool settled;
  int code = recall(s, task, number, &settled, error);
  if (code || settled)
    return code;
  wg_told_write(s->order->pipe, WG_TOLD_BEGUN, number, 0.0, NULL);
  wg_plan_cell_path(s->order->plan, task->cell, within);
  char *const path = in_folder(s, within, error);
  if (!path)
    return WG_FAIL_RUN;
  *end = (wg_cell_end){.ending = WG_ENDING_DONE};
  if (wg_result_verify(path, task->identity, NULL) == WG_OK) // a driver was killed before it could put it down
    wg_cell_run_clean(path);
  else
    live(s, task, number, path, end);
  if (end->ending != WG_ENDING_STOPPED)
    return put_down(s, task, number, path, end, error);
  wg_told_write(s->order->pipe, WG_TOLD_LEFT, number, 0.0, NULL);
  return WG_OK;
}

static int work_on(state *s, const wg_task *task, size_t number, wg_cell_end *end, wg_error *error) {
  bool claimed;
  int code = wg_claims_take(&s->claims, task->identity, &claimed, error);
  if (code)
    return code;
  if (!claimed) {
    wg_told_write(s->order->pipe, WG_TOLD_ELSEWHERE, number, 0.0, NULL);
    return WG_OK;
  }
  code = settle(s, task, number, end, error);
  const int released = wg_claims_release(&s->claims, task->identity, error);
  return code ? code : released;
}

static int work(state *s, wg_cell_end *end, wg_error *error) {
  int code = wg_claims_open(s->order->folder, &s->claims, error);
  for (size_t i = s->order->first; i < s->order->end && !code; i++) {
    const wg_task *const task = s->order->tasks->items + i;
    wg_offspring_look(&s->stop);
    if (s->stop)
      break;
    if (task->state == WG_TASK_GIVEN)
      code = work_on(s, task, i, end, error);
    wg_arena_free(&s->arena);
    s->arena = (wg_arena){0};
  }
  return code;
}

int wg_worker_work(const wg_worker *worker) {
  state s = {.order = worker, .claims = {-1}};
  wg_cell_end *const end = calloc(1, sizeof *end);
  wg_error *const error = calloc(1, sizeof *error);
  int code = WG_FAIL_RUN;
  if (end && error)
    code = work(&s, end, error);
  if (code)
    wg_told_write(worker->pipe, WG_TOLD_BROKEN, 0, 0.0, error && error->text[0] ? error->text : "out of memory");
  drop_trunk(&s);
  wg_arena_free(&s.arena);
  wg_claims_close(&s.claims);
  free(end);
  free(error);
  return code ? 1 : 0;
}
