// SPDX-License-Identifier: GPL-3.0-or-later
// One line of the journal as text:
//   run IDENTITY <tab> STATUS <tab> SECONDS <tab> BYTES <tab> PATH <tab> MESSAGE <tab> CHECKSUM
// with \ and control characters of path and message as \xHH, and XXH3 (64 bits, hexadecimal) over all that stands before CHECKSUM.
#ifndef WG_STUDY_JOURNAL_LINE_H
#define WG_STUDY_JOURNAL_LINE_H

#include <stdbool.h>

#include "study/journal.h"

// The line without its end; the caller frees. NULL when there is no memory.
char *wg_journal_line_make(const wg_journal_entry *entry);

typedef enum wg_line_kind { WG_LINE_GOOD, WG_LINE_BAD, WG_LINE_NO_MEMORY } wg_line_kind;

// Reads `length` bytes into `entry`, which then owns its texts; where the line is bad nothing is held.
wg_line_kind wg_journal_line_read(const char *line, size_t length, wg_journal_entry *entry);

// The first beginning of a line within the text, from its second byte on; NULL where there is none.
const char *wg_journal_line_next(const char *text, size_t length);

void wg_journal_entry_free(wg_journal_entry *entry);

#endif
