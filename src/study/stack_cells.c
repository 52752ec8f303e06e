// SPDX-License-Identifier: GPL-3.0-or-later
// Which runs a study's file is made of.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "study/stack_parts.h"

int wg_stack_no_memory(const wg_stack *stack, wg_error *error) {
  return wg_error_set(error, WG_FAIL_RUN, "%s: no memory for the study's results", stack->folder);
}

static wg_cell cell_at(const wg_stack *stack, size_t cell) {
  return (wg_cell){.entry = cell / stack->replicates / stack->plan->draw_count,
                   .draw = cell / stack->replicates % stack->plan->draw_count,
                   .replicate = cell % stack->replicates};
}

int wg_stack_cell_path(const wg_stack *stack, size_t cell, wg_stack_path *path, wg_error *error) {
  wg_plan_cell_path(stack->plan, cell_at(stack, cell), path->name);
  const int length = snprintf(path->path, sizeof path->path, "%s/%s", stack->folder, path->name);
  return length < (int)sizeof path->path
             ? WG_OK
             : wg_error_set(error, WG_FAIL_CONFIG, "%s: is too long for the name of a folder", stack->folder);
}

// Where the folder lies is no business of who reads the results.
static const char *without_folder(wg_stack *stack, const char *text) {
  const size_t folder = strlen(stack->folder);
  char *const kept = wg_arena_text(&stack->arena, text, strlen(text));
  for (char *at = kept; folder && at && (at = strstr(at, stack->folder)) != NULL;) {
    if (at[folder] == '/')
      memmove(at, at + folder + 1, strlen(at + folder + 1) + 1);
    else
      at++;
  }
  return kept;
}

int wg_stack_cell_spoil(wg_stack *stack, size_t cell, const char *why, wg_error *error) {
  wg_stack_cell *const c = stack->cells + cell;
  c->status = WG_RUN_FAILED;
  c->message = without_folder(stack, why);
  stack->damaged++;
  return c->message ? WG_OK : wg_stack_no_memory(stack, error);
}

static int recall(wg_stack *stack, const wg_journal *journal, wg_stack_cell *cell, bool *is_known, wg_error *error) {
  const wg_journal_entry *const entry = wg_journal_find(journal, cell->identity);
  cell->message = "";
  if (!entry)
    return WG_OK;
  *is_known = true;
  cell->status = entry->status;
  if (entry->status == WG_RUN_FAILED)
    cell->message = without_folder(stack, entry->message ? entry->message : "");
  return cell->message ? WG_OK : wg_stack_no_memory(stack, error);
}

// Leaves out the replicates from `count` on.
static void narrow(wg_stack *stack, size_t count) {
  const size_t rows = stack->cell_count / stack->replicates;
  for (size_t row = 1; row < rows; row++)
    memmove(stack->cells + row * count, stack->cells + row * stack->replicates, count * sizeof *stack->cells);
  stack->replicates = count;
  stack->cell_count = rows * count;
}

int wg_stack_cells_make(wg_stack *stack, const wg_journal *journal, wg_error *error) {
  wg_identities identities = {0};
  size_t begun = 1;
  int code = WG_OK;
  stack->replicates = stack->plan->replicate_count;
  stack->cell_count = wg_plan_cells(stack->plan);
  stack->cells = calloc(stack->cell_count + 1, sizeof *stack->cells);
  if (!stack->cells)
    return wg_stack_no_memory(stack, error);
  for (size_t i = 0; i < stack->cell_count && !code; i++) {
    bool is_known = false;
    const wg_cell cell = cell_at(stack, i);
    code = wg_identities_find(&identities, stack->plan, cell, stack->cells[i].identity, error);
    if (!code)
      code = recall(stack, journal, stack->cells + i, &is_known, error);
    if (is_known && cell.replicate >= begun)
      begun = cell.replicate + 1;
  }
  wg_identities_free(&identities);
  if (!code && stack->plan->spec->until.variable)
    narrow(stack, begun);
  return code;
}
