// SPDX-License-Identifier: GPL-3.0-or-later
// What the writers of an output file have in common.
#ifndef WG_IO_OUTPUT_INSIDE_H
#define WG_IO_OUTPUT_INSIDE_H

#include <hdf5.h>
#include <stdbool.h>

#include "io/hdf5_driver.h"
#include "io/output_file.h"
#include "io/part_file.h"

struct wg_output_file {
  wg_part_file part;
  wg_hdf5_disk disk; // over the descriptor of `part`
  hid_t id;
  bool has_root;
  bool is_broken; // something failed: never to be published
};

// As wg_output_file_put; where `stacked` [variable_count] is given the group may have stacked variables, see hdf5_group.h.
int wg_output_file_begin(wg_output_file *file, const wg_group *group, hid_t *stacked, wg_error *error);

#endif
