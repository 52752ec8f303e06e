// SPDX-License-Identifier: GPL-3.0-or-later
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "report/json.h"
#include "report/table.h"
#include "study/batch.h"
#include "study/claims.h"

typedef enum column { DONE, FAILED, RUNNING, MISSING, COLUMNS } column;
static const char *const names[COLUMNS] = {"done", "failed", "running", "missing"};
static const char *const labels[COLUMNS] = {"完成", "失败", "运行中", "未运行"};

typedef struct counts {
  size_t of[COLUMNS];
} counts;

typedef struct view {
  wg_batch batch;
  counts total, *entries; // [plan.entry_count]
  column *states;         // of the tasks
} view;

static int find_states(view *v, wg_error *error) {
  const wg_tasks *const tasks = &v->batch.tasks;
  wg_claims claims;
  v->entries = calloc(v->batch.plan.entry_count + 1, sizeof *v->entries);
  v->states = calloc(tasks->count + 1, sizeof *v->states);
  if (!v->entries || !v->states)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for the study's runs");
  int code = wg_claims_look(v->batch.folder, &claims, error);
  for (size_t i = 0; i < tasks->count && !code; i++) {
    const wg_task *const task = tasks->items + i;
    bool held = false;
    if (task->state != WG_TASK_DONE)
      code = wg_claims_held(&claims, task->identity, &held, error);
    v->states[i] = task->state == WG_TASK_DONE ? DONE : held ? RUNNING : task->failed_before ? FAILED : MISSING;
    v->entries[task->cell.entry].of[v->states[i]]++;
    v->total.of[v->states[i]]++;
  }
  wg_claims_close(&claims);
  return code;
}

static const char *message_of(const view *v, size_t task) {
  const wg_journal_entry *const entry = wg_journal_find(&v->batch.journal, v->batch.tasks.items[task].identity);
  return entry ? entry->message : "";
}

// ---- for people ----

static void print_row(const char *name, int width, const counts *row) {
  wg_cell_print(stdout, name, width);
  for (int c = 0; c < COLUMNS; c++)
    printf("%9zu", row->of[c]);
  putchar('\n');
}

static void print_text(const view *v, bool chinese) {
  const wg_plan *const plan = &v->batch.plan;
  const char *const all = chinese ? "合计" : "all", *const head = chinese ? "方案" : "entry";
  int width = 12;
  for (size_t i = 0; i < plan->entry_count; i++) {
    const int own = wg_text_width(plan->entries[i].name);
    width = own > width ? own : width;
  }
  printf(chinese ? "%s %s：%zu 次运行\n" : "%s %s: %zu runs\n", v->batch.spec.name, v->batch.spec.label,
         v->batch.tasks.count);
  wg_cell_print(stdout, head, width);
  for (int c = 0; c < COLUMNS; c++)
    wg_cell_print(stdout, chinese ? labels[c] : names[c], -9);
  putchar('\n');
  for (size_t i = 0; i < plan->entry_count; i++)
    print_row(plan->entries[i].name, width, v->entries + i);
  print_row(all, width, &v->total);
  for (size_t i = 0; i < v->batch.tasks.count; i++)
    if (v->states[i] == FAILED) {
      char path[WG_CELL_PATH_SIZE];
      wg_plan_cell_path(plan, v->batch.tasks.items[i].cell, path);
      printf("%s: %s\n", path, message_of(v, i));
    }
  if (v->batch.journal.torn)
    printf(chinese ? "日志中有 %zu 行损坏，已跳过\n" : "%zu lines of the journal are damaged and passed over\n",
           v->batch.journal.torn);
}

// ---- for programs ----

static void print_counts(const counts *row, int *first) {
  for (int c = 0; c < COLUMNS; c++) {
    wg_json_key(stdout, first, names[c]);
    printf("%zu", row->of[c]);
  }
}

static void print_text_key(int *first, const char *key, const char *text) {
  wg_json_key(stdout, first, key);
  wg_json_text(stdout, text);
}

static void print_number_key(int *first, const char *key, size_t number) {
  wg_json_key(stdout, first, key);
  printf("%zu", number);
}

static void print_entries(const view *v) {
  for (size_t i = 0; i < v->batch.plan.entry_count; i++) {
    int first = 1;
    fputs(i ? ",\n    {" : "\n    {", stdout);
    print_text_key(&first, "name", v->batch.plan.entries[i].name);
    print_text_key(&first, "label", v->batch.plan.entries[i].label);
    print_counts(v->entries + i, &first);
    putchar('}');
  }
}

static void print_failures(const view *v) {
  bool any = false;
  for (size_t i = 0; i < v->batch.tasks.count; i++) {
    const wg_cell cell = v->batch.tasks.items[i].cell;
    char path[WG_CELL_PATH_SIZE];
    int first = 1;
    if (v->states[i] != FAILED)
      continue;
    wg_plan_cell_path(&v->batch.plan, cell, path);
    fputs(any ? ",\n    {" : "\n    {", stdout);
    print_text_key(&first, "path", path);
    print_text_key(&first, "entry", v->batch.plan.entries[cell.entry].name);
    print_number_key(&first, "draw", cell.draw);
    print_number_key(&first, "replicate", cell.replicate);
    print_text_key(&first, "message", message_of(v, i));
    putchar('}');
    any = true;
  }
}

static void print_json(const view *v) {
  int first = 1;
  putchar('{');
  print_text_key(&first, "study", v->batch.spec.name);
  print_text_key(&first, "label", v->batch.spec.label);
  print_text_key(&first, "folder", v->batch.folder);
  print_number_key(&first, "runs", v->batch.tasks.count);
  print_counts(&v->total, &first);
  print_number_key(&first, "damaged_lines", v->batch.journal.torn);
  wg_json_key(stdout, &first, "entries");
  putchar('[');
  print_entries(v);
  putchar(']');
  wg_json_key(stdout, &first, "failures");
  putchar('[');
  print_failures(v);
  fputs("]}\n", stdout);
}

static int status(int count, char **arguments) {
  const wg_command *const self = &wg_command_status;
  const char *folder = NULL, *lang = NULL, *format = "text", *value;
  bool allow_outside = false;
  for (int i = 0; i < count; i++)
    if (strcmp(arguments[i], "--allow-outside") == 0)
      allow_outside = true;
    else if ((value = wg_option_value(count, arguments, &i, "--lang", 0)))
      lang = value;
    else if ((value = wg_option_value(count, arguments, &i, "--format", 0)))
      format = value;
    else if (arguments[i][0] == '-')
      return wg_command_usage(self, "unknown option %s", arguments[i]);
    else if (folder)
      return wg_command_usage(self, "one folder at a time: %s, %s", folder, arguments[i]);
    else
      folder = arguments[i];
  if (lang && !wg_option_lang(lang))
    return wg_command_usage(self, "--lang: \"%s\" (allowed: en, zh)", lang);
  if (strcmp(format, "text") != 0 && strcmp(format, "json") != 0)
    return wg_command_usage(self, "--format: \"%s\" (allowed: text, json)", format);
  if (!folder || !folder[0])
    return wg_command_usage(self, "a study's folder is missing");
  wg_error error = {0};
  view v = {0};
  int code = wg_batch_open(folder, allow_outside, &v.batch, &error);
  if (!code)
    code = find_states(&v, &error);
  if (!code && strcmp(format, "json") == 0)
    print_json(&v);
  else if (!code)
    print_text(&v, wg_option_chinese(lang));
  const bool failed = v.total.of[FAILED] > 0;
  free(v.entries);
  free(v.states);
  wg_batch_free(&v.batch);
  return code ? wg_command_fail(&error) : failed ? WG_EXIT_FAILED : WG_EXIT_DONE;
}

const wg_command wg_command_status = {"status", "DIR [--format text|json] [--allow-outside] [--lang en|zh]",
                                      "tell which runs of a study are done, failed, running or missing", status};
