// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/output_stack.h"

#include <stdlib.h>

#include "io/hdf5_attribute.h"
#include "io/hdf5_block.h"
#include "io/hdf5_error.h"
#include "io/output_inside.h"

typedef struct stacked_variable {
  hid_t dataset, memory_type, space;
  size_t rank, lead;
  hsize_t shape[WG_DIMENSIONS_MAX];
  size_t element_bytes;
} stacked_variable;

struct wg_output_stack {
  wg_output_file *file;
  size_t count;
  stacked_variable variables[];
};

static int fail(const wg_output_stack *stack, size_t variable, wg_error *error) {
  return wg_hdf5_fail(error, "%s: stacked variable %zu", stack->file->part.path, variable);
}

static int look_at(wg_output_stack *stack, size_t i, const wg_variable *variable, hid_t dataset, wg_error *error) {
  stacked_variable *const v = stack->variables + i;
  v->dataset = dataset;
  v->lead = variable->stacked;
  v->rank = variable->rank;
  v->memory_type = wg_hdf5_memory_type(variable->type);
  v->space = H5Dget_space(dataset);
  if (v->memory_type < 0 || v->space < 0 || H5Sget_simple_extent_dims(v->space, v->shape, NULL) < 0)
    return fail(stack, i, error);
  v->element_bytes = wg_type_size(variable->type);
  return WG_OK;
}

int wg_output_stack_open(wg_output_file *file, const wg_group *group, wg_output_stack **stack, wg_error *error) {
  *stack = NULL;
  hid_t *const datasets = calloc(group->variable_count + 1, sizeof *datasets);
  wg_output_stack *const made = calloc(1, sizeof *made + group->variable_count * sizeof *made->variables);
  if (!datasets || !made) {
    free(datasets);
    free(made);
    return wg_error_set(error, WG_FAIL_RUN, "%s: no memory", file->part.path);
  }
  made->file = file;
  made->count = group->variable_count;
  for (size_t i = 0; i < group->variable_count; i++)
    datasets[i] = made->variables[i].dataset = made->variables[i].space = made->variables[i].memory_type =
        H5I_INVALID_HID;
  int code = wg_output_file_begin(file, group, datasets, error);
  for (size_t i = 0; i < group->variable_count; i++)
    if (datasets[i] >= 0) {
      const int looked = look_at(made, i, group->variables + i, datasets[i], error);
      code = code ? code : looked;
    }
  free(datasets);
  if (code) {
    wg_output_stack_close(made, error);
    file->is_broken = true;
    return code;
  }
  *stack = made;
  return WG_OK;
}

static int write_block(const wg_output_stack *stack, size_t i, const hsize_t *start, const hsize_t *extent,
                       const void *data, wg_error *error) {
  const stacked_variable *const v = stack->variables + i;
  hid_t memory = H5Screate_simple((int)v->rank, extent, NULL);
  int code = WG_OK;
  if (memory < 0 || H5Sselect_hyperslab(v->space, H5S_SELECT_SET, start, NULL, extent, NULL) < 0 ||
      H5Dwrite(v->dataset, v->memory_type, memory, v->space, H5P_DEFAULT, data) < 0)
    code = fail(stack, i, error);
  H5Sclose(memory);
  return code ? code : wg_hdf5_disk_check(&stack->file->disk, stack->file->part.path, error);
}

int wg_output_stack_write(wg_output_stack *stack, size_t variable, size_t lead, size_t first, size_t count,
                          const void *data, wg_error *error) {
  wg_hdf5_quiet();
  const stacked_variable *const v = stack->variables + variable;
  size_t entries = 1, entry_bytes = variable < stack->count ? v->element_bytes : 0;
  int code = WG_OK;
  if (variable >= stack->count || v->dataset < 0 || lead < v->lead || lead > v->rank)
    code = wg_error_set(error, WG_FAIL_RUN, "%s: variable %zu is not stacked so", stack->file->part.path, variable);
  for (size_t d = 0; !code && d < v->rank; d++)
    *(d < lead ? &entries : &entry_bytes) *= (size_t)v->shape[d];
  if (!code && (first > entries || count > entries - first))
    code = wg_error_set(error, WG_FAIL_RUN, "%s: variable %zu does not have these entries", stack->file->part.path,
                        variable);
  for (size_t done = 0; !code && done < count;) {
    hsize_t start[WG_DIMENSIONS_MAX], extent[WG_DIMENSIONS_MAX];
    const size_t taken =
        (size_t)wg_hdf5_block_choose(v->rank, v->shape, lead, first + done, count - done, start, extent);
    code = write_block(stack, variable, start, extent, (const char *)data + done * entry_bytes, error);
    done += taken;
  }
  stack->file->is_broken = stack->file->is_broken || code;
  return code;
}

int wg_output_stack_close(wg_output_stack *stack, wg_error *error) {
  if (!stack)
    return WG_OK;
  wg_hdf5_quiet();
  int code = WG_OK;
  for (size_t i = 0; i < stack->count; i++) {
    const stacked_variable *const v = stack->variables + i;
    H5Tclose(v->memory_type);
    H5Sclose(v->space);
    if (v->dataset >= 0 && H5Dclose(v->dataset) < 0 && !code)
      code = fail(stack, i, error);
  }
  if (!code)
    code = wg_hdf5_disk_check(&stack->file->disk, stack->file->part.path, error);
  stack->file->is_broken = stack->file->is_broken || code;
  free(stack);
  return code;
}
