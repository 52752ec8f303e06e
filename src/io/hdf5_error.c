// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/hdf5_error.h"

#include <hdf5.h>
#include <stdarg.h>
#include <stdio.h>

enum { TEXT_SIZE = 512 };

void wg_hdf5_quiet(void) {
  H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
}

// The innermost frame, which comes first, tells the cause.
static herr_t copy_innermost(unsigned depth, const H5E_error2_t *frame, void *context) {
  if (depth == 0 && frame->desc != NULL) {
    snprintf(context, TEXT_SIZE, "%s", frame->desc);
  }
  return 0;
}

int wg_hdf5_fail(wg_error *error, const char *format, ...) {
  char cause[TEXT_SIZE] = "unknown cause";
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, copy_innermost, cause);
  H5Eclear2(H5E_DEFAULT);

  char what[TEXT_SIZE];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(what, sizeof what, format, arguments);
  va_end(arguments);
  return wg_error_set(error, WG_FAIL_RUN, "%s: HDF5: %s", what, cause);
}
