// SPDX-License-Identifier: GPL-3.0-or-later
// A study's file, found and read as scenarios are.
#ifndef WG_STUDY_STUDY_LOAD_H
#define WG_STUDY_STUDY_LOAD_H

#include "schema/study_spec.h"

// Whether the file is a study's: what tells it from a scenario is the key `variants`. False where it cannot be read.
bool wg_study_is(const char *path, bool allow_outside);

// Reads the study's file. Every problem is told (WG_FAIL_CONFIG). `spec` must be zeroed; free it with wg_study_spec_free, also
// after a failure.
int wg_study_load(const char *path, bool allow_outside, wg_study_spec *spec, wg_error *error);

#endif
