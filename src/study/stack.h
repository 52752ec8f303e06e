// SPDX-License-Identifier: GPL-3.0-or-later
// study.h5: the results of all runs of a study in one file, stacked over variant, draw and replicate. docs/study-file.md tells what is in
// it.
#ifndef WG_STUDY_STACK_H
#define WG_STUDY_STACK_H

#include "schema/dataset.h"
#include "study/journal.h"
#include "study/plan.h"

// What else is done on the way; each may be NULL.
typedef struct wg_stack_hooks {
  void *context;
  // After each run. Anything but WG_OK ends the work with that code; nothing is published.
  int (*progress)(void *context, size_t cells, size_t all, wg_error *error);
  // What has been stacked can be read at `path`, and has not yet been published; then further groups may be put into it.
  int (*read)(void *context, const char *path, wg_error *error);
  int (*write)(void *context, const wg_sink *sink, wg_error *error);
} wg_stack_hooks;

typedef struct wg_stack_counts {
  size_t done, missing, failed; // cells; together all of them
  size_t damaged;               // of the failed: ended, but their results cannot be read or are of another run
} wg_stack_counts;

// Builds FOLDER/study.h5 of the results that the journal knows as done and that carry the identity of the plan's runs, each looked at in
// a process of its own; replaces an earlier one at once, or not at all. The runs are read one after the other. Equal plans and results
// give an equal file to the bit. What is missing or cannot be read is marked so; that is no failure, but `counts` tells. Where axes of entries
// differ, a file and the axis are named (WG_FAIL_CONFIG); without any result there is nothing to build (WG_FAIL_RUN). `hooks` may be NULL.
int wg_study_stack(const char *folder, const wg_plan *plan, const wg_journal *journal, const wg_stack_hooks *hooks,
                   wg_stack_counts *counts, wg_error *error);

#endif
