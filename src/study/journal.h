// SPDX-License-Identifier: GPL-3.0-or-later
// The journal of a study: one checksummed line for everything that became of a run, only ever appended to.
#ifndef WG_STUDY_JOURNAL_H
#define WG_STUDY_JOURNAL_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "study/plan.h"

typedef enum wg_run_status {
  WG_RUN_MISSING, // never ended
  WG_RUN_DONE,    // its file is published
  WG_RUN_FAILED,
  WG_RUN_STATUS_COUNT,
} wg_run_status;

extern const char *const wg_run_status_names[WG_RUN_STATUS_COUNT], *const wg_run_status_labels[WG_RUN_STATUS_COUNT];

typedef struct wg_journal_entry {
  char identity[WG_IDENTITY_SIZE];
  wg_run_status status;
  char *path;     // of the result within the folder
  double seconds; // wall clock
  uint64_t bytes; // of the result
  char *message;  // why it failed; "" otherwise
  size_t line;    // good lines before it; set by wg_journal_read
} wg_journal_entry;

// The last entry of every run, by identity.
typedef struct wg_journal {
  wg_journal_entry *entries; // sorted by identity
  size_t count;
  size_t lines, torn; // good lines; those whose checksum does not hold, as a crash leaves them
} wg_journal;

// Reads the journal of the study's folder; an absent one is empty. Free it with wg_journal_free, also after a failure.
int wg_journal_read(const char *folder, wg_journal *journal, wg_error *error);
void wg_journal_free(wg_journal *journal);

// The run's last entry, NULL where there is none.
const wg_journal_entry *wg_journal_find(const wg_journal *journal, const char *identity);

// Appends one line, whole, synced, also where others append at the same time. What does not fit on the disk leaves no trace.
int wg_journal_append(const char *folder, const wg_journal_entry *entry, wg_error *error);

#endif
