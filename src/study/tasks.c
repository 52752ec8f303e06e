// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/tasks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

// The entries so that those compared with the same one follow each other; it comes first itself.
static void order_entries(const wg_plan *plan, size_t *order) {
  size_t count = 0;
  for (size_t base = 0; base < plan->entry_count; base++)
    for (size_t turn = 0; turn < 2; turn++)
      for (size_t entry = 0; entry < plan->entry_count; entry++)
        if (plan->entries[entry].compared_with == base && (entry == base) == (turn == 0))
          order[count++] = entry;
}

static void list(const wg_plan *plan, size_t replicates, const size_t *order, wg_tasks *tasks) {
  for (size_t replicate = 0; replicate < replicates; replicate++)
    for (size_t draw = 0; draw < plan->draw_count; draw++)
      for (size_t i = 0; i < plan->entry_count; i++)
        tasks->items[tasks->count++] = (wg_task){.cell = {order[i], draw, replicate}};
}

// Replicates of one entry and draw are looked at one after the other: they differ in one key.
static int identify(const wg_plan *plan, size_t replicates, wg_tasks *tasks, wg_error *error) {
  wg_identities identities = {0};
  const size_t unit = plan->entry_count, round = unit * plan->draw_count;
  int code = WG_OK;
  for (size_t first = 0; first < round && !code; first++)
    for (size_t replicate = 0; replicate < replicates && !code; replicate++) {
      wg_task *const task = tasks->items + replicate * round + first;
      code = wg_identities_find(&identities, plan, task->cell, task->identity, error);
    }
  wg_identities_free(&identities);
  return code;
}

int wg_tasks_make(const wg_plan *plan, size_t replicates, wg_tasks *tasks, wg_error *error) {
  const size_t count = plan->entry_count * plan->draw_count * replicates;
  size_t *const order = calloc(plan->entry_count + 1, sizeof *order);
  int code = WG_OK;
  *tasks = (wg_tasks){.items = calloc(count + 1, sizeof *tasks->items)};
  if (order && tasks->items) {
    order_entries(plan, order);
    list(plan, replicates, order, tasks);
    code = identify(plan, replicates, tasks, error);
  } else {
    code = wg_error_set(error, WG_FAIL_RUN, "out of memory for the study's runs");
  }
  free(order);
  return code;
}

void wg_tasks_free(wg_tasks *tasks) {
  free(tasks->items);
  *tasks = (wg_tasks){0};
}

static int compare_paths(const void *left, const void *right) {
  const wg_journal_entry *const *const a = left, *const *const b = right;
  return strcmp((*a)->path, (*b)->path);
}

static int compare_path(const void *key, const void *entry) {
  const wg_journal_entry *const *const e = entry;
  return strcmp(key, (*e)->path);
}

static int refuse_foreign(const char *folder, const char *path, size_t count, wg_error *error) {
  return wg_error_set(error, WG_FAIL_CONFIG,
                      "%s: holds %zu results of other configurations or of another version of the program under this "
                      "study's names (the first: %s): choose another folder with -o, or remove this one",
                      folder, count, path);
}

bool wg_tasks_has_result(const char *folder, const wg_journal_entry *entry) {
  char *path = NULL;
  struct stat file;
  const bool has = asprintf(&path, "%s/%s", folder, entry->path) >= 0 && stat(path, &file) == 0 &&
                   S_ISREG(file.st_mode) && (uint64_t)file.st_size == entry->bytes;
  free(path);
  return has;
}

int wg_tasks_recall(wg_tasks *tasks, const wg_plan *plan, const wg_journal *journal, const char *folder,
                    wg_error *error) {
  const wg_journal_entry **const done = calloc(journal->count + 1, sizeof *done);
  size_t done_count = 0, foreign = 0;
  char path[WG_CELL_PATH_SIZE], first_foreign[WG_CELL_PATH_SIZE] = "";
  if (!done)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for the journal");
  for (size_t i = 0; i < journal->count; i++)
    if (journal->entries[i].status == WG_RUN_DONE)
      done[done_count++] = journal->entries + i;
  if (done_count)
    qsort(done, done_count, sizeof *done, compare_paths);
  for (size_t i = 0; i < tasks->count; i++) {
    wg_task *const task = tasks->items + i;
    const wg_journal_entry *const entry = wg_journal_find(journal, task->identity);
    const bool is_done = entry && entry->status == WG_RUN_DONE;
    task->state = is_done && wg_tasks_has_result(folder, entry) ? WG_TASK_DONE : WG_TASK_PENDING;
    task->failed_before = entry && entry->status == WG_RUN_FAILED;
    wg_plan_cell_path(plan, task->cell, path);
    const bool is_taken = done_count && bsearch(path, done, done_count, sizeof *done, compare_path);
    if (!is_done && is_taken && foreign++ == 0)
      memcpy(first_foreign, path, sizeof path);
  }
  free(done);
  return foreign ? refuse_foreign(folder, first_foreign, foreign, error) : WG_OK;
}

size_t wg_tasks_count(const wg_tasks *tasks, wg_task_state state) {
  size_t count = 0;
  for (size_t i = 0; i < tasks->count; i++)
    count += tasks->items[i].state == state;
  return count;
}

size_t wg_tasks_unit_end(const wg_tasks *tasks, size_t first) {
  const wg_cell *const begin = &tasks->items[first].cell;
  size_t i = first;
  while (i < tasks->count && tasks->items[i].cell.draw == begin->draw &&
         tasks->items[i].cell.replicate == begin->replicate)
    i++;
  return i;
}

size_t wg_tasks_pending_units(const wg_tasks *tasks) {
  size_t units = 0;
  for (size_t first = 0, end; first < tasks->count; first = end) {
    end = wg_tasks_unit_end(tasks, first);
    bool pending = false;
    for (size_t i = first; i < end; i++)
      pending |= tasks->items[i].state == WG_TASK_PENDING;
    units += pending;
  }
  return units;
}
