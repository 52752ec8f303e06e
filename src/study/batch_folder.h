// SPDX-License-Identifier: GPL-3.0-or-later
// The files that say what a study's folder is about.
#ifndef WG_STUDY_BATCH_FOLDER_H
#define WG_STUDY_BATCH_FOLDER_H

#include "study/plan.h"

bool wg_batch_folder_has_study(const char *folder);

// Adds a problem for every line in which the folder's study.cfg and scenarios differ from what the plan would write there, some
// of them at the most.
int wg_batch_folder_compare(const char *folder, const wg_plan *plan, wg_error *error);

// Makes the folder and those above it.
int wg_batch_folder_make(const char *folder, wg_error *error);

// Writes scenarios/VARIANT.cfg, each variant as resolved, then study.cfg, which refers to them; whoever reads one of these finds it whole.
int wg_batch_folder_write(const char *folder, const wg_plan *plan, wg_error *error);

// Writes study.cfg alone.
int wg_batch_folder_write_study(const char *folder, const wg_study_spec *spec, wg_error *error);

#endif
