// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/stack.h"

#include <stdio.h>
#include <stdlib.h>

#include "io/hdf5_read.h"
#include "io/output_file.h"
#include "study/stack_parts.h"

static const char file_name[] = "study.h5";

// ---- looking at results ----

// What the look at a cell's result has come to. Only what is wrong with the machine is a failure.
static int end_check(wg_stack *stack, size_t cell, wg_result_check *check, wg_error *error) {
  wg_error why = {0};
  const int code = wg_result_check_end(check, &why);
  stack->cells[cell].is_checked = true;
  if (code == WG_FAIL_CONFIG)
    return wg_stack_cell_spoil(stack, cell, why.text, error);
  return code ? wg_error_set(error, code, "%s", why.text) : WG_OK;
}

static int begin_check(const wg_stack *stack, size_t cell, wg_stack_path *path, wg_result_check *check,
                       wg_error *error) {
  const int code = wg_stack_cell_path(stack, cell, path, error);
  return code ? code : wg_result_check_begin(path->path, stack->cells[cell].identity, check, error);
}

static int check_cell(wg_stack *stack, size_t cell, wg_error *error) {
  wg_stack_path path;
  wg_result_check check = {0};
  int code = begin_check(stack, cell, &path, &check, error);
  const int ended = end_check(stack, cell, &check, error);
  return code ? code : ended;
}

static bool needs_check(const wg_stack *stack, size_t cell) {
  return stack->cells[cell].status == WG_RUN_DONE && !stack->cells[cell].is_checked;
}

static int take_shape(wg_stack *stack, size_t cell, wg_error *error) {
  wg_stack_path path;
  wg_hdf5_reader *reader = NULL;
  int code = wg_stack_cell_path(stack, cell, &path, error);
  if (!code)
    code = wg_hdf5_reader_open(path.path, &reader, error);
  if (!code)
    code = wg_stack_shape_take(&stack->shape, wg_hdf5_reader_content(reader), path.name, error);
  wg_hdf5_reader_close(reader);
  return code;
}

// The first good result of each entry tells what its results hold: they differ in numbers only.
static int find_shape(wg_stack *stack, wg_error *error) {
  const size_t cells = stack->cell_count / stack->plan->entry_count;
  int code = WG_OK;
  for (size_t entry = 0; entry < stack->plan->entry_count && !code; entry++) {
    bool found = false;
    for (size_t i = entry * cells; i < (entry + 1) * cells && !code && !found; i++) {
      if (needs_check(stack, i))
        code = check_cell(stack, i, error);
      found = !code && stack->cells[i].status == WG_RUN_DONE;
      if (found)
        code = take_shape(stack, i, error);
    }
  }
  if (!code && !stack->shape.first)
    code = wg_error_set(error, WG_FAIL_RUN, "%s: no run has a result that could be read", stack->folder);
  stack->shape.is_closed = true;
  return code;
}

// ---- copying ----

// A look at a result that goes on beside the copying of the one before.
typedef struct ahead {
  bool is_under_way;
  size_t cell;
  wg_stack_path path;
  wg_result_check check;
} ahead;

static int look_ahead(const wg_stack *stack, size_t from, ahead *next, wg_error *error) {
  while (from < stack->cell_count && !needs_check(stack, from))
    from++;
  if (from == stack->cell_count)
    return WG_OK;
  next->is_under_way = true;
  next->cell = from;
  return begin_check(stack, from, &next->path, &next->check, error);
}

static int copy_runs(wg_stack *stack, const wg_stack_hooks *hooks, wg_output_stack *waiting, wg_error *error) {
  ahead next = {0};
  int code = look_ahead(stack, 0, &next, error);
  for (size_t i = 0; i < stack->cell_count && !code; i++) {
    if (next.is_under_way && next.cell == i) {
      next.is_under_way = false;
      code = end_check(stack, i, &next.check, error);
      if (!code)
        code = look_ahead(stack, i + 1, &next, error);
    }
    wg_stack_path path;
    if (!code && stack->cells[i].status == WG_RUN_DONE)
      code = wg_stack_cell_path(stack, i, &path, error);
    if (!code && stack->cells[i].status == WG_RUN_DONE)
      code = wg_stack_copy(stack, i, &path, waiting, error);
    if (!code && hooks && hooks->progress)
      code = hooks->progress(hooks->context, i + 1, stack->cell_count, error);
  }
  if (next.is_under_way)
    wg_result_check_end(&next.check, NULL);
  return code;
}

// ---- the file ----

static int add_groups(const wg_stack_hooks *hooks, wg_output_file *file, wg_error *error) {
  int code = WG_OK;
  if (hooks && hooks->read) {
    const char *part;
    code = wg_output_file_pause(file, &part, error);
    if (!code)
      code = hooks->read(hooks->context, part, error);
    if (!code)
      code = wg_output_file_resume(file, error);
  }
  if (!code && hooks && hooks->write) {
    const wg_sink sink = {.self = file, .put = wg_output_file_put};
    code = hooks->write(hooks->context, &sink, error);
  }
  return code;
}

static int write_file(wg_stack *stack, const wg_stack_hooks *hooks, wg_error *error) {
  char path[PATH_MAX];
  if (snprintf(path, sizeof path, "%s/%s", stack->folder, file_name) >= (int)sizeof path)
    return wg_error_set(error, WG_FAIL_CONFIG, "%s: is too long for the name of a folder", stack->folder);
  wg_output_file *file = NULL;
  wg_output_stack *waiting = NULL;
  int code = wg_output_file_create(path, &file, error);
  if (code)
    return code;
  code = wg_stack_group_open(stack, file, &waiting, error);
  if (!code)
    code = copy_runs(stack, hooks, waiting, error);
  if (!code)
    code = wg_stack_write_cells(stack, waiting, error);
  const int closed = wg_output_stack_close(waiting, error);
  code = code ? code : closed;
  if (!code)
    code = add_groups(hooks, file, error);
  if (!code)
    return wg_output_file_publish(file, error);
  wg_output_file_abandon(file);
  return code;
}

static void count_cells(const wg_stack *stack, wg_stack_counts *counts) {
  *counts = (wg_stack_counts){.damaged = stack->damaged};
  for (size_t i = 0; i < stack->cell_count; i++) {
    const wg_run_status status = stack->cells[i].status;
    ++*(status == WG_RUN_DONE ? &counts->done : status == WG_RUN_FAILED ? &counts->failed : &counts->missing);
  }
}

int wg_study_stack(const char *folder, const wg_plan *plan, const wg_journal *journal, const wg_stack_hooks *hooks,
                   wg_stack_counts *counts, wg_error *error) {
  *counts = (wg_stack_counts){0};
  wg_stack *const stack = calloc(1, sizeof *stack);
  if (!stack)
    return wg_error_set(error, WG_FAIL_RUN, "%s: no memory for the study's results", folder);
  stack->folder = folder;
  stack->plan = plan;
  int code = wg_stack_cells_make(stack, journal, error);
  if (!code)
    code = find_shape(stack, error);
  if (!code)
    code = write_file(stack, hooks, error);
  if (stack->cells)
    count_cells(stack, counts);
  wg_stack_shape_free(&stack->shape);
  wg_arena_free(&stack->arena);
  free(stack->cells);
  free(stack);
  return code;
}
