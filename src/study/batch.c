// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/batch.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "study/batch_folder.h"
#include "study/claims.h"
#include "study/offspring.h"
#include "study/study_load.h"
#include "study/until.h"

static const char own_folder[] = "output";

static int no_memory(wg_error *error) {
  return wg_error_set(error, WG_FAIL_RUN, "out of memory for the study");
}

// ---- what there is to run ----

static size_t smaller(size_t a, size_t b) {
  return a < b ? a : b;
}

// The runs of so many replicates, and what has become of them.
static int list_tasks(wg_batch *batch, size_t replicates, wg_error *error) {
  wg_tasks_free(&batch->tasks);
  wg_journal_free(&batch->journal);
  batch->replicates = replicates;
  int code = wg_tasks_make(&batch->plan, replicates, &batch->tasks, error);
  if (!code)
    code = wg_journal_read(batch->folder, &batch->journal, error);
  if (!code)
    code = wg_tasks_recall(&batch->tasks, &batch->plan, &batch->journal, batch->folder, error);
  return code;
}

static int make_plan(wg_batch *batch, wg_error *error) {
  wg_plan_free(&batch->plan);
  batch->plan = (wg_plan){0};
  return wg_plan_make(&batch->spec, batch->allow_outside, &batch->plan, error);
}

static size_t first_replicates(const wg_batch *batch) {
  return smaller((size_t)batch->spec.replicates, batch->plan.replicate_count);
}

static int load_own(const wg_batch *batch, wg_study_spec *spec, wg_error *error) {
  char *path = NULL;
  if (asprintf(&path, "%s/study.cfg", batch->folder) < 0)
    return no_memory(error);
  const int code = wg_study_load(path, batch->allow_outside, spec, error);
  free(path);
  return code;
}

// ---- planning ----

static int choose_folder(const char *folder, wg_batch *batch, wg_error *error) {
  batch->folder_unnamed = !folder;
  if (folder)
    batch->folder = strdup(folder);
  else if (asprintf(&batch->folder, "%s/%s", own_folder, batch->spec.name) < 0)
    batch->folder = NULL;
  if (!batch->folder)
    return no_memory(error);
  for (size_t length = strlen(batch->folder); length > 1 && batch->folder[length - 1] == '/'; length--)
    batch->folder[length - 1] = '\0';
  return WG_OK;
}

// The spec's blocks followed by further ones.
static bool has_more_blocks(const wg_study_spec *more, const wg_study_spec *spec) {
  return more->draw_block_count > spec->draw_block_count && spec->draw_block_count > 0 &&
         memcmp(more->draw_blocks, spec->draw_blocks, spec->draw_block_count * sizeof *spec->draw_blocks) == 0;
}

static int copy_blocks(const wg_study_spec *from, size_t further, wg_study_spec *to, wg_error *error) {
  const size_t count = from->draw_block_count;
  size_t *const blocks = wg_arena_alloc(&to->arena, count + 1, sizeof *blocks);
  if (!blocks)
    return no_memory(error);
  if (count)
    memcpy(blocks, from->draw_blocks, count * sizeof *blocks);
  blocks[count] = further;
  to->draws = from->draws + (int64_t)further;
  to->draw_blocks = blocks;
  to->draw_block_count = count + (further > 0);
  return WG_OK;
}

// What the folder's study has more of than the file is kept: nobody has to repeat what `expand` was told.
static int keep_what_is_more(wg_batch *batch, wg_error *error) {
  wg_study_spec own = {0};
  int code = load_own(batch, &own, error);
  if (!code && own.replicates > batch->spec.replicates)
    batch->spec.replicates = own.replicates;
  if (!code && has_more_blocks(&own, &batch->spec))
    code = copy_blocks(&own, 0, &batch->spec, error);
  wg_study_spec_free(&own);
  return code;
}

// Compared but for the replicates, of which there may be more now.
static int compare(wg_batch *batch, wg_error *error) {
  wg_study_spec own = {0};
  int code = load_own(batch, &own, error);
  const int64_t replicates = batch->spec.replicates;
  if (!code && own.replicates < replicates)
    batch->spec.replicates = own.replicates;
  if (!code)
    code = wg_batch_folder_compare(batch->folder, &batch->plan, error);
  batch->spec.replicates = replicates;
  wg_study_spec_free(&own);
  return code;
}

int wg_batch_plan(const char *file, const char *folder, bool allow_outside, int64_t processes, wg_batch *batch,
                  wg_error *error) {
  batch->allow_outside = allow_outside;
  int code = wg_study_load(file, allow_outside, &batch->spec, error);
  if (!code)
    code = choose_folder(folder, batch, error);
  batch->is_begun = !code && wg_batch_folder_has_study(batch->folder);
  if (!code && batch->is_begun)
    code = keep_what_is_more(batch, error);
  if (!code)
    code = make_plan(batch, error);
  if (!code && batch->is_begun)
    code = compare(batch, error);
  if (!code && !batch->is_begun)
    code = wg_plan_check(&batch->plan, processes, error);
  if (!code)
    code = list_tasks(batch, first_replicates(batch), error);
  return code;
}

static bool is_begun(const wg_tasks *tasks, size_t first, size_t end) {
  for (size_t i = first; i < end; i++)
    if (tasks->items[i].state == WG_TASK_DONE || tasks->items[i].failed_before)
      return true;
  return false;
}

// Where replicates are added in rounds: as far as the journal goes.
static int list_begun_tasks(wg_batch *batch, wg_error *error) {
  const size_t first = first_replicates(batch), unit = batch->plan.entry_count * batch->plan.draw_count;
  if (!batch->spec.until.variable)
    return list_tasks(batch, first, error);
  const int code = list_tasks(batch, batch->plan.replicate_count, error);
  while (!code && batch->replicates > first &&
         !is_begun(&batch->tasks, (batch->replicates - 1) * unit, batch->replicates * unit))
    batch->tasks.count = --batch->replicates * unit;
  return code;
}

int wg_batch_open(const char *folder, bool allow_outside, wg_batch *batch, wg_error *error) {
  batch->allow_outside = allow_outside;
  int code = choose_folder(folder, batch, error);
  batch->is_begun = !code && wg_batch_folder_has_study(batch->folder);
  if (!code && !batch->is_begun)
    code = wg_error_set(error, WG_FAIL_CONFIG, "%s: holds no study (there is no study.cfg in it)", folder);
  if (!code)
    code = load_own(batch, &batch->spec, error);
  if (!code)
    code = make_plan(batch, error);
  if (!code)
    code = list_begun_tasks(batch, error);
  return code;
}

int wg_batch_extend(wg_batch *batch, int64_t replicates, int64_t draws, int64_t processes, wg_error *error) {
  wg_study_spec *const spec = &batch->spec;
  if (replicates && replicates < spec->replicates)
    return wg_error_set(error, WG_FAIL_CONFIG, "--replicates: %lld (allowed: %lld, which the study has, or more)",
                        (long long)replicates, (long long)spec->replicates);
  if (draws && !spec->draws)
    return wg_error_set(error, WG_FAIL_CONFIG, "--draws: the study draws nothing (its draws are 0); plan another one");
  if (draws && draws < spec->draws)
    return wg_error_set(error, WG_FAIL_CONFIG, "--draws: %lld (allowed: %lld, which the study has, or more)",
                        (long long)draws, (long long)spec->draws);
  if (replicates)
    spec->replicates = replicates;
  int code = WG_OK;
  const bool has_more_draws = draws > spec->draws;
  if (has_more_draws)
    code = copy_blocks(spec, (size_t)(draws - spec->draws), spec, error);
  if (!code)
    code = make_plan(batch, error);
  if (!code && has_more_draws)
    code = wg_plan_check(&batch->plan, processes, error);
  if (!code)
    code = list_tasks(batch, first_replicates(batch), error);
  return code;
}

void wg_batch_free(wg_batch *batch) {
  wg_tasks_free(&batch->tasks);
  wg_journal_free(&batch->journal);
  wg_plan_free(&batch->plan);
  wg_study_spec_free(&batch->spec);
  free(batch->folder);
  *batch = (wg_batch){0};
}

// ---- beginning ----

// Nobody else writes meanwhile. Another driver may have begun the study since it was planned, or have made it larger.
static int write_folder(wg_batch *batch, wg_error *error) {
  if (!wg_batch_folder_has_study(batch->folder))
    return wg_batch_folder_write(batch->folder, &batch->plan, error);
  wg_study_spec own = {0};
  int code = load_own(batch, &own, error);
  const bool is_larger = !code && (batch->spec.replicates > own.replicates || has_more_blocks(&batch->spec, &own));
  wg_study_spec_free(&own);
  if (!code && !batch->is_begun)
    code = compare(batch, error);
  if (!code && is_larger)
    code = wg_batch_folder_write_study(batch->folder, &batch->spec, error);
  return code;
}

static int take_up_own(wg_batch *batch, wg_error *error) {
  wg_study_spec own = {0};
  int code = load_own(batch, &own, error);
  if (code) {
    wg_study_spec_free(&own);
    return code;
  }
  wg_plan_free(&batch->plan);
  batch->plan = (wg_plan){0};
  wg_study_spec_free(&batch->spec);
  batch->spec = own;
  batch->is_begun = true;
  code = make_plan(batch, error);
  if (!code)
    code = list_tasks(batch, first_replicates(batch), error);
  return code;
}

int wg_batch_begin(wg_batch *batch, wg_error *error) {
  wg_claims claims = {-1};
  int code = wg_batch_folder_make(batch->folder, error);
  if (!code)
    code = wg_claims_open(batch->folder, &claims, error);
  if (!code)
    code = wg_claims_take_study(&claims, error);
  if (!code)
    code = write_folder(batch, error);
  wg_claims_close(&claims);
  return code ? code : take_up_own(batch, error);
}

// ---- running ----

static int run_round(wg_batch *batch, int64_t processes, const wg_runner_observer *observer, wg_batch_end *end,
                     wg_error *error) {
  wg_runner runner = {.folder = batch->folder,
                      .plan = &batch->plan,
                      .tasks = &batch->tasks,
                      .journal_lines = batch->journal.lines,
                      .processes = processes,
                      .observer = observer};
  const int code = wg_runner_run(&runner, error);
  end->done = wg_tasks_count(&batch->tasks, WG_TASK_DONE);
  end->failed = wg_tasks_count(&batch->tasks, WG_TASK_FAILED);
  end->stopped_by = runner.stopped_by;
  if (end->message)
    free(runner.message);
  else
    end->message = runner.message;
  return code;
}

// A run that failed in an earlier round stays so in this batch.
static void keep_failures(const wg_tasks *before, wg_tasks *tasks) {
  for (size_t i = 0; i < before->count && i < tasks->count; i++)
    if (before->items[i].state == WG_TASK_FAILED && tasks->items[i].state == WG_TASK_PENDING)
      tasks->items[i].state = WG_TASK_FAILED;
}

static int next_round(wg_batch *batch, size_t replicates, wg_error *error) {
  wg_tasks before = batch->tasks;
  batch->tasks = (wg_tasks){0};
  const int code = list_tasks(batch, replicates, error);
  if (!code)
    keep_failures(&before, &batch->tasks);
  wg_tasks_free(&before);
  return code;
}

// What the journal has by now, put together.
static int show(wg_batch *batch, wg_batch_end *end, wg_results *results, wg_error *error) {
  sigset_t before;
  int stop = 0;
  wg_claims claims = {-1};
  int code = wg_claims_open(batch->folder, &claims, error);
  wg_offspring_block(&before);
  if (!code)
    code = wg_claims_take_study(&claims, error); // two drivers end at the same time
  wg_journal_free(&batch->journal);
  if (!code)
    code = wg_journal_read(batch->folder, &batch->journal, error);
  if (!code)
    code = wg_results_build(batch->folder, &batch->plan, &batch->journal, &stop, results, error);
  wg_claims_close(&claims);
  wg_offspring_look(&stop);
  sigprocmask(SIG_SETMASK, &before, NULL);
  if (!code && results->counts.done > end->done)
    end->done = results->counts.done; // of earlier batches with more replicates, too
  end->stopped_by = stop;
  return code || !stop ? code : wg_error_set(error, WG_STOPPED, "stopped by signal %d", stop);
}

int wg_batch_run(wg_batch *batch, int64_t processes, const wg_runner_observer *observer, wg_batch_end *end,
                 wg_error *error) {
  *end = (wg_batch_end){0};
  int code = run_round(batch, processes, observer, end, error);
  while (!code) {
    code = show(batch, end, &end->results, error);
    const size_t wanted = wg_until_wanted(&batch->plan, batch->replicates, end->results.half_width);
    if (code || wanted <= batch->replicates)
      break;
    code = next_round(batch, wanted, error);
    if (!code)
      code = run_round(batch, processes, observer, end, error);
  }
  return code;
}
