// SPDX-License-Identifier: GPL-3.0-or-later
// Groups of labelled arrays into an HDF5 file that xarray, h5py and the netCDF tools open as it is.
//
// Written: creation order tracked on file, groups and datasets; no time stamps (equal input gives an equal file); a
// dimension scale for every dimension of every variable, in the same group (a dimension without a coordinate variable gets
// a plain index 0..n-1); variable-length UTF-8 strings; chunked with shuffle, deflate and fletcher32; NaN fill and
// `_FillValue` for reals; `units`, `long_name`, `label_zh`, the further attributes; `Conventions = "CF-1.8"` at the root.
#ifndef WG_IO_OUTPUT_FILE_H
#define WG_IO_OUTPUT_FILE_H

#include "base/error.h"
#include "schema/dataset.h"

typedef struct wg_output_file wg_output_file;

// Creates `path`.part (replacing a left-over one), so that an unwritable folder is told before the run. `path` itself is
// not touched before wg_output_file_publish. Errors name the path and the system's reason.
int wg_output_file_create(const char *path, wg_output_file **file, wg_error *error);

// Writes one group; the root group ("") may be put once. `self` is the wg_output_file: fits wg_sink.put.
int wg_output_file_put(void *self, const wg_group *group, wg_error *error);

// Lets what has been put so far be read, under the name of the .part, which lives as long as `file`; nothing can be put until
// wg_output_file_resume.
int wg_output_file_pause(wg_output_file *file, const char **part, wg_error *error);
int wg_output_file_resume(wg_output_file *file, wg_error *error);

// Closes, syncs, renames to the final name, syncs the folder and frees `file`. On failure the .part is removed and an
// earlier file under the final name is left as it was.
int wg_output_file_publish(wg_output_file *file, wg_error *error);

// Closes and removes the .part, frees `file`. NULL is allowed.
void wg_output_file_abandon(wg_output_file *file);

#endif
