// SPDX-License-Identifier: GPL-3.0-or-later
// Comma-separated files (RFC 4180, UTF-8, a header line) into input tables; read through libcsv.
#ifndef WG_IO_CSV_FILE_H
#define WG_IO_CSV_FILE_H

#include "base/error.h"
#include "schema/input_table.h"

// Reads the file at `path`. Blank lines and lines that start with # are skipped; spaces around unquoted cells are dropped.
// A row whose number of cells differs from the header's, a duplicate column name, a NUL byte, invalid UTF-8, a file above
// 64 MiB or one without rows is an error naming file and line. The caller frees the table with wg_input_table_free; on
// failure it is empty.
int wg_csv_file_read(const char *path, wg_input_table *table, wg_error *error);

#endif
