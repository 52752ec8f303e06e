// SPDX-License-Identifier: GPL-3.0-or-later
// Reads what an HDF5 file holds, whoever wrote it and whatever happened to it since.
//
// No memory is asked for on the word of the file alone: names, texts, shapes and chunks have limits. Nothing outside the
// file is touched: external files and links, virtual datasets and filter plug-ins are left alone. The HDF5 library itself
// may still crash on a damaged file: call this in a process that may end.
#ifndef WG_IO_HDF5_READ_H
#define WG_IO_HDF5_READ_H

#include "base/error.h"
#include "schema/content.h"

typedef struct wg_hdf5_reader wg_hdf5_reader;

// Opens the file and lists it. What is no regular file, no HDF5 file or a truncated one is WG_FAIL_CONFIG. `reader` is NULL
// after a failure.
int wg_hdf5_reader_open(const char *path, wg_hdf5_reader **reader, wg_error *error);

// Lives as long as the reader.
const wg_content *wg_hdf5_reader_content(const wg_hdf5_reader *reader);

// NULL is allowed.
void wg_hdf5_reader_close(wg_hdf5_reader *reader);

#endif
