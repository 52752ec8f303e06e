// SPDX-License-Identifier: GPL-3.0-or-later
// A study's libconfig file: which variants are run, how often, with what drawn.
#ifndef WG_IO_STUDY_FILE_H
#define WG_IO_STUDY_FILE_H

#include "base/error.h"
#include "io/config_include.h"
#include "schema/study_spec.h"

// Whether the file is a study's and not a scenario: it has `variants` at its top level. False where it cannot be read.
bool wg_study_file_is(const char *path, const wg_include_roots *include);

// Reads the file at `path`; files it includes may lie in its own folder, too. `spec` must be zeroed; free it with
// wg_study_spec_free, also after a failure. Every unknown key (with the nearest known), wrong type, value out of range, missing or
// doubled key is told with file:line and key, all in one message (WG_FAIL_CONFIG). Whether names and paths mean anything is the plan's
// to tell (study/plan.h).
int wg_study_file_read(const char *path, const wg_include_roots *include, wg_study_spec *spec, wg_error *error);

// Prints the study as such a file. Variants' scenarios are called as `scenarios` says ([variant_count]); all else is as it was read,
// with every default.
int wg_study_file_print(const wg_study_spec *spec, const char *const *scenarios, FILE *stream);

#endif
