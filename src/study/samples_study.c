// SPDX-License-Identifier: GPL-3.0-or-later
// Comparing the runs of a study.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/maths.h"
#include "io/hdf5_read.h"
#include "study/samples.h"

int wg_samples_read_study(const char *path, const wg_samples_options *options, wg_samples *samples, wg_error *error) {
  (void)options;
  (void)samples;
  return wg_error_add(error, WG_FAIL_CONFIG, "%s: not yet", path);
}
