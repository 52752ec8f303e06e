// SPDX-License-Identifier: GPL-3.0-or-later
// An HDF5 file driver that outlives a full disk.
//
// When HDF5's own driver reports a failed write, the library keeps what it could not write, loses the memory on closing
// and may crash at the end of the program. This one notes the first failure and drops all further writes as though they
// had gone well, so that HDF5 cleans up as usual; whoever writes asks for the failure and throws the file away.
#ifndef WG_IO_HDF5_DRIVER_H
#define WG_IO_HDF5_DRIVER_H

#include <hdf5.h>

#include "base/error.h"

typedef struct wg_hdf5_disk {
  int descriptor; // open for reading and writing, closed by its owner after H5Fclose
  int failure;    // errno of the first read or write that failed, or 0
  hid_t driver;   // registered for this disk, or not positive
} wg_hdf5_disk;

// Lets files created with the access property list go to `disk`, whatever name H5Fcreate is given.
herr_t wg_hdf5_driver_set(hid_t access, wg_hdf5_disk *disk);

// To be called after H5Fclose, not before: HDF5 1.10 looks at a driver once more after giving up its own hold on it.
void wg_hdf5_driver_release(wg_hdf5_disk *disk);

// Fails with "`where`: reason" once something could not be written.
int wg_hdf5_disk_check(const wg_hdf5_disk *disk, const char *where, wg_error *error);

#endif
