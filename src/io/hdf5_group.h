// SPDX-License-Identifier: GPL-3.0-or-later
// One group: attributes, a dimension scale for every dimension, the variables attached to them.
#ifndef WG_IO_HDF5_GROUP_H
#define WG_IO_HDF5_GROUP_H

#include "io/hdf5_variable.h"
#include "schema/dataset.h"

// Refuses what could not be read back as netCDF: unknown, repeated or empty dimensions, repeated names, and so on.
// `path` names the file in error messages. `may_stack`: variables may be written entry by entry.
int wg_hdf5_group_check(const char *path, const wg_group *group, bool may_stack, wg_error *error);

// Fills `target` with a group that was checked. The datasets of stacked variables are left open, without values, at their
// positions in `stacked` [variable_count]: to be closed by the caller, also after a failure. NULL where there are none.
int wg_hdf5_group_write(const wg_hdf5_target *target, const wg_group *group, hid_t *stacked, wg_error *error);

#endif
