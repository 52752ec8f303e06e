// SPDX-License-Identifier: GPL-3.0-or-later
// What the stacking of a study's runs is put together from, for the files that do so. Others go through study/stack.h.
#ifndef WG_STUDY_STACK_PARTS_H
#define WG_STUDY_STACK_PARTS_H

#include <limits.h>

#include "io/output_stack.h"
#include "run/result_check.h"
#include "study/stack.h"
#include "study/stack_shape.h"

typedef struct wg_stack_cell {
  wg_run_status status;
  bool is_checked;
  const char *message;
  char identity[WG_IDENTITY_SIZE];
} wg_stack_cell;

typedef struct wg_stack {
  const char *folder;
  const wg_plan *plan;
  wg_arena arena;
  size_t replicates;    // on the axis
  wg_stack_cell *cells; // [entry][draw][replicate]
  size_t cell_count, damaged;
  wg_stack_shape shape;
  size_t first_variable;            // of the shape's among the group's
  size_t status, message, identity; // positions among the group's variables
} wg_stack;

int wg_stack_no_memory(const wg_stack *stack, wg_error *error);

// ---- cells ----

// What the journal has of each run. `replicates`: where more are made until a result is certain, those begun so far.
int wg_stack_cells_make(wg_stack *stack, const wg_journal *journal, wg_error *error);

// The path of a cell's result: within the folder, and to open it.
typedef struct wg_stack_path {
  char name[WG_CELL_PATH_SIZE], path[PATH_MAX];
} wg_stack_path;
int wg_stack_cell_path(const wg_stack *stack, size_t cell, wg_stack_path *path, wg_error *error);

// Notes that the cell's result cannot be used, and why.
int wg_stack_cell_spoil(wg_stack *stack, size_t cell, const char *why, wg_error *error);

// ---- the file ----

// Opens the root group: coordinates, what the study itself has to say, and the variables that wait for the runs. `file` must outlive
// `waiting`.
int wg_stack_group_open(wg_stack *stack, wg_output_file *file, wg_output_stack **waiting, wg_error *error);

// Copies the root group of a run's result, which has been checked; one that does not have the shape is spoilt.
int wg_stack_copy(wg_stack *stack, size_t cell, const wg_stack_path *path, wg_output_stack *waiting, wg_error *error);

// Writes what has become of each cell.
int wg_stack_write_cells(const wg_stack *stack, wg_output_stack *waiting, wg_error *error);

#endif
