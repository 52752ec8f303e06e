// SPDX-License-Identifier: GPL-3.0-or-later
// Element types and attributes as the netCDF tools expect them.
#ifndef WG_IO_HDF5_ATTRIBUTE_H
#define WG_IO_HDF5_ATTRIBUTE_H

#include <hdf5.h>

#include "schema/dataset.h"

// Types to be closed with H5Tclose; negative on failure. Files are little-endian whatever the machine.
hid_t wg_hdf5_file_type(wg_type type);
hid_t wg_hdf5_memory_type(wg_type type);

// Attributes of `object`. `where` names it at the head of error messages.
int wg_hdf5_text_write(hid_t object, const char *where, const char *name, const char *text, wg_error *error);
int wg_hdf5_attribute_write(hid_t object, const char *where, const wg_attribute *attribute, wg_error *error);
int wg_hdf5_attributes_write(hid_t object, const char *where, const wg_attribute *attributes, size_t count,
                             wg_error *error);

#endif
