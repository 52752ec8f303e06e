// SPDX-License-Identifier: GPL-3.0-or-later
// HDF5's error stack turned into one wg_error message.
#ifndef WG_IO_HDF5_ERROR_H
#define WG_IO_HDF5_ERROR_H

#include "base/error.h"

// HDF5 prints its error stack on standard error unless told not to. The setting belongs to the calling thread, so every
// entry point calls this.
void wg_hdf5_quiet(void);

// Records the printf-style message followed by ": HDF5: " and the cause of the HDF5 call that failed last. To be called
// before any further HDF5 call, because each of them clears the stack. Returns WG_FAIL_RUN.
int wg_hdf5_fail(wg_error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
