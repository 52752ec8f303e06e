// SPDX-License-Identifier: GPL-3.0-or-later
// A group of an output file whose large variables are written entry by entry, in any order: what is stacked from many files need
// never be in memory as a whole.
//
// Chunked so that small entries share a chunk: who goes through the entries in order compresses each chunk once. Equal
// calls in equal order give equal files. What is never written is missing: NaN, 0 or "".
#ifndef WG_IO_OUTPUT_STACK_H
#define WG_IO_OUTPUT_STACK_H

#include "io/output_file.h"

typedef struct wg_output_stack wg_output_stack;

// Writes the group but for the variables with `stacked` above 0, which wait for their entries. The file must outlive the
// stack, and nothing else be put into it meanwhile.
int wg_output_stack_open(wg_output_file *file, const wg_group *group, wg_output_stack **stack, wg_error *error);

// Writes `count` entries along the flattened first `lead` dimensions (the variable's `stacked` or more) of the group's variable at
// that position, from `first` on. `data` is of the variable's type, row-major.
int wg_output_stack_write(wg_output_stack *stack, size_t variable, size_t lead, size_t first, size_t count,
                          const void *data, wg_error *error);

// Ends the writing and frees `stack` in any case. NULL is allowed. After a failure of any of these the file cannot be published.
int wg_output_stack_close(wg_output_stack *stack, wg_error *error);

#endif
