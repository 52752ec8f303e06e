// SPDX-License-Identifier: GPL-3.0-or-later
// One variable as a dataset.
#ifndef WG_IO_HDF5_VARIABLE_H
#define WG_IO_HDF5_VARIABLE_H

#include <hdf5.h>
#include <stdbool.h>

#include "io/hdf5_driver.h"
#include "schema/dataset.h"

// The group that is being written.
typedef struct wg_hdf5_target {
  hid_t id;
  const char *path; // of the file, for error messages
  const wg_hdf5_disk *disk;
} wg_hdf5_target;

// Creates and fills the dataset in `target`, with its attributes. `axes` are the dimensions in the variable's order;
// `is_coordinate` tells that it is its dimension's coordinate: it becomes a dimension scale, and has no fill value because
// a coordinate has no gaps. A stacked variable is left without values. `where` names the variable in error messages. `dataset` is to be closed by the caller.
int wg_hdf5_variable_write(const wg_hdf5_target *target, const char *where, const wg_variable *variable,
                           const wg_dimension *const *axes, bool is_coordinate, hid_t *dataset, wg_error *error);

#endif
