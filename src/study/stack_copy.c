// SPDX-License-Identifier: GPL-3.0-or-later
// One run's results on their way into the study's file.
#include <stdlib.h>

#include "base/maths.h"
#include "io/hdf5_read.h"
#include "study/stack_parts.h"

enum { BLOCK = 1 << 20 }; // elements at a time, or one entry along the first axis

typedef struct copying {
  const wg_stack *stack;
  const wg_content *content;
  wg_output_stack *waiting;
  size_t cell;
  wg_error *error;
} copying;

static size_t length_of(const copying *c, const wg_stack_variable *v, size_t axis) {
  return c->stack->shape.axes[v->axes[axis]].length;
}

static int copy_blocks(const copying *c, size_t index, const wg_content_variable *found) {
  const wg_stack_variable *const v = c->stack->shape.variables + index;
  const size_t rows = length_of(c, v, 0);
  size_t row = 1;
  for (size_t i = 1; i < v->rank; i++)
    row *= length_of(c, v, i);
  const size_t at_once = row < BLOCK ? BLOCK / row : 1;
  double *const values = malloc((at_once < rows ? at_once : rows) * row * sizeof *values);
  int code = values ? WG_OK : wg_stack_no_memory(c->stack, c->error);
  for (size_t first = 0; first < rows && !code; first += at_once) {
    const size_t count = rows - first < at_once ? rows - first : at_once;
    code = c->content->numbers(c->content->self, found, 1, first, count, values, c->error);
    if (!code)
      code = wg_output_stack_write(c->waiting, c->stack->first_variable + index, WG_STACK_AXES + 1,
                                   c->cell * rows + first, count, values, c->error);
  }
  free(values);
  return code;
}

// Along a united axis, the last one, each entry goes to the place of its name; NaN where the run has no such entry.
static void spread(const double *values, size_t rows, size_t own, const size_t *positions, size_t length, double *all) {
  for (size_t i = 0; i < rows * length; i++)
    all[i] = WG_NAN;
  for (size_t i = 0; i < rows * own; i++)
    all[i / own * length + positions[i % own]] = values[i];
}

static int copy_united(const copying *c, size_t index, const wg_content_variable *found) {
  const wg_stack_variable *const v = c->stack->shape.variables + index;
  const wg_stack_axis *const axis = c->stack->shape.axes + v->axes[v->rank - 1];
  size_t positions[WG_STACK_UNITED_MAX], own, rows = 1;
  int code = wg_stack_shape_positions(&c->stack->shape, c->content, axis, positions, &own, c->error);
  if (code)
    return code;
  for (size_t i = 0; i + 1 < v->rank; i++)
    rows *= length_of(c, v, i);
  double *const values = malloc((rows * own + 1) * sizeof *values);
  double *const all = malloc(rows * axis->length * sizeof *all);
  if (values && all) {
    code = c->content->numbers(c->content->self, found, v->rank, 0, rows * own, values, c->error);
    if (!code) {
      spread(values, rows, own, positions, axis->length, all);
      code =
          wg_output_stack_write(c->waiting, c->stack->first_variable + index, WG_STACK_AXES, c->cell, 1, all, c->error);
    }
  } else {
    code = wg_stack_no_memory(c->stack, c->error);
  }
  free(values);
  free(all);
  return code;
}

int wg_stack_copy(wg_stack *stack, size_t cell, const wg_stack_path *path, wg_output_stack *waiting, wg_error *error) {
  wg_hdf5_reader *reader = NULL;
  int code = wg_hdf5_reader_open(path->path, &reader, error);
  if (code)
    return code;
  const wg_content *const content = wg_hdf5_reader_content(reader);
  const copying c = {stack, content, waiting, cell, error};
  wg_error why = {0};
  code = wg_stack_shape_take(&stack->shape, content, path->name, &why);
  if (code == WG_FAIL_CONFIG) {
    // Another of its entry has the others' axes: this one is damaged where nothing is checksummed.
    wg_hdf5_reader_close(reader);
    return wg_stack_cell_spoil(stack, cell, why.text, error);
  }
  if (code)
    wg_error_set(error, code, "%s", why.text);
  for (size_t i = 0; i < stack->shape.variable_count && !code; i++) {
    const wg_stack_variable *const v = stack->shape.variables + i;
    const wg_content_variable *const found = wg_content_find(content, "", v->name);
    if (v->kind == WG_STACK_NUMBERS && found)
      code = v->is_united ? copy_united(&c, i, found) : copy_blocks(&c, i, found);
  }
  wg_hdf5_reader_close(reader);
  return code;
}
