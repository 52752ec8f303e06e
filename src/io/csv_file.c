// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/csv_file.h"

#include <csv.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "schema/utf8.h"

enum { BYTES_MAX = 64 << 20 };

typedef struct contents {
  unsigned char *bytes;
  size_t size;
} contents;

static int read_to_end(int descriptor, const char *path, size_t expected, contents *file, wg_error *error) {
  // The size is a hint only: files of /proc say 0, others may be growing.
  size_t capacity = expected + 1;
  file->bytes = malloc(capacity);
  while (file->bytes) {
    const ssize_t got = read(descriptor, file->bytes + file->size, capacity - file->size);
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got < 0) {
      return wg_error_set(error, WG_FAIL_RUN, "%s: cannot read: %s", path, strerror(errno));
    }
    if (got == 0) {
      return WG_OK;
    }
    file->size += (size_t)got;
    if (file->size > BYTES_MAX) {
      return wg_error_add(error, WG_FAIL_CONFIG, "%s: larger than %d MiB", path, BYTES_MAX >> 20);
    }
    if (file->size == capacity) {
      capacity = capacity * 2 + 4096;
      unsigned char *bytes = realloc(file->bytes, capacity);
      if (!bytes) {
        break;
      }
      file->bytes = bytes;
    }
  }
  return wg_error_set(error, WG_FAIL_RUN, "%s: no memory", path);
}

static int read_file(const char *path, contents *file, wg_error *error) {
  // Not blocking, so that a pipe or terminal given by mistake is refused instead of waited for.
  const int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  if (descriptor < 0) {
    return wg_error_add(error, WG_FAIL_CONFIG, "%s: cannot open: %s", path, strerror(errno));
  }
  struct stat status;
  int result;
  if (fstat(descriptor, &status) < 0) {
    result = wg_error_set(error, WG_FAIL_RUN, "%s: cannot read: %s", path, strerror(errno));
  } else if (S_ISDIR(status.st_mode)) {
    result = wg_error_add(error, WG_FAIL_CONFIG, "%s: is a directory, not a file", path);
  } else if (!S_ISREG(status.st_mode)) {
    result = wg_error_add(error, WG_FAIL_CONFIG, "%s: is not a regular file", path);
  } else if (status.st_size > BYTES_MAX) {
    result = wg_error_add(error, WG_FAIL_CONFIG, "%s: larger than %d MiB", path, BYTES_MAX >> 20);
  } else {
    result = read_to_end(descriptor, path, (size_t)status.st_size, file, error);
  }
  close(descriptor);
  return result;
}

// Bytes up to and including the next line end: LF, CR LF or CR.
static size_t line_length(const unsigned char *bytes, size_t size) {
  size_t i = 0;
  while (i < size && bytes[i] != '\n' && bytes[i] != '\r') {
    i++;
  }
  if (i + 1 < size && bytes[i] == '\r' && bytes[i + 1] == '\n') {
    return i + 2;
  }
  return i < size ? i + 1 : i;
}

// Done before parsing, so that cells are whole C strings.
static int check_text(const char *path, const contents *file, size_t start, wg_error *error) {
  int line = 1;
  for (size_t i = start; i < file->size; line++) {
    const size_t end = i + line_length(file->bytes + i, file->size - i);
    while (i < end) {
      const size_t length = wg_utf8_length((const char *)file->bytes + i, end - i);
      if (length == 0) {
        return wg_error_add(error, WG_FAIL_CONFIG, "%s:%d: not UTF-8 (byte 0x%02x)", path, line, file->bytes[i]);
      }
      if (file->bytes[i] == '\0') {
        return wg_error_add(error, WG_FAIL_CONFIG, "%s:%d: a NUL byte", path, line);
      }
      i += length;
    }
  }
  return WG_OK;
}

// What libcsv's callbacks fill. They cannot stop the parser; the first failure stays in `code`.
typedef struct reading {
  wg_input_table *table;
  wg_error *error;
  int code;
  int line;          // where the row began
  bool open;         // a row has begun and not ended: a quoted cell goes on
  bool headed;       // the header is complete
  size_t cells;      // of the current row
  size_t names_room; // of table->names
  size_t cells_used; // in table->cells, those of an unfinished row included
  size_t cells_room; // of table->cells
  size_t lines_room; // of table->lines
} reading;

static void fail_memory(reading *state) {
  state->code = wg_error_set(state->error, WG_FAIL_RUN, "%s: no memory", state->table->path);
}

// Makes room for one more element after `used`.
static bool grow(void *array, size_t used, size_t *room, size_t element) {
  if (used < *room) {
    return true;
  }
  const size_t wanted = *room * 2 + 16;
  void *larger = realloc(*(void **)array, wanted * element);
  if (!larger) {
    return false;
  }
  *(void **)array = larger;
  *room = wanted;
  return true;
}

static void on_cell(void *text, size_t length, void *context) {
  reading *state = context;
  wg_input_table *table = state->table;
  state->cells++;
  if (state->code) {
    return;
  }
  char *copy = malloc(length + 1);
  if (!copy) {
    fail_memory(state);
    return;
  }
  if (length > 0) {
    memcpy(copy, text, length);
  }
  copy[length] = '\0';
  if (state->headed ? grow(&table->cells, state->cells_used, &state->cells_room, sizeof *table->cells)
                    : grow(&table->names, table->columns, &state->names_room, sizeof *table->names)) {
    if (state->headed) {
      table->cells[state->cells_used++] = copy;
    } else {
      table->names[table->columns++] = copy;
    }
  } else {
    free(copy);
    fail_memory(state);
  }
}

static int compare_names(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

static void end_header(reading *state) {
  const wg_input_table *table = state->table;
  char **sorted = malloc(table->columns * sizeof *sorted);
  if (!sorted) {
    fail_memory(state);
    return;
  }
  memcpy(sorted, table->names, table->columns * sizeof *sorted);
  qsort(sorted, table->columns, sizeof *sorted, compare_names);
  for (size_t i = 1; i < table->columns && !state->code; i++) {
    if (strcmp(sorted[i - 1], sorted[i]) == 0) {
      state->code = wg_error_add(state->error, WG_FAIL_CONFIG, "%s:%d: two columns are called \"%s\"", table->path,
                                 state->line, sorted[i]);
    }
  }
  free(sorted);
  state->headed = true;
}

static void end_row(reading *state) {
  wg_input_table *table = state->table;
  if (state->cells != table->columns) {
    state->code = wg_error_add(state->error, WG_FAIL_CONFIG, "%s:%d: %zu cells where the header has %zu", table->path,
                               state->line, state->cells, table->columns);
  } else if (!grow(&table->lines, table->rows, &state->lines_room, sizeof *table->lines)) {
    fail_memory(state);
  } else {
    table->lines[table->rows++] = state->line;
  }
}

static void on_row(int terminator, void *context) {
  (void)terminator;
  reading *state = context;
  state->open = false;
  if (!state->code) {
    if (state->headed) {
      end_row(state);
    } else {
      end_header(state);
    }
  }
  state->cells = 0;
}

static int parse_failure(reading *state, struct csv_parser *parser, int line) {
  if (csv_error(parser) != CSV_EPARSE) {
    return wg_error_set(state->error, WG_FAIL_RUN, "%s:%d: %s", state->table->path, line,
                        csv_strerror(csv_error(parser)));
  }
  return wg_error_add(state->error, WG_FAIL_CONFIG, "%s:%d: a quote within a cell that is not doubled",
                      state->table->path, line);
}

// Feeds the parser line by line, because libcsv knows neither line numbers nor comments.
static int parse(reading *state, struct csv_parser *parser, const contents *file, size_t start) {
  int line = 1;
  for (size_t i = start; i < file->size && !state->code; line++) {
    const unsigned char *text = file->bytes + i;
    const size_t length = line_length(text, file->size - i);
    i += length;
    if (!state->open) {
      size_t blank = 0;
      while (blank < length && strchr(" \t\r\n", text[blank])) {
        blank++;
      }
      if (blank == length || text[0] == '#') {
        continue;
      }
      state->open = true;
      state->line = line;
    }
    if (csv_parse(parser, text, length, on_cell, on_row, state) != length) {
      return parse_failure(state, parser, line);
    }
  }
  // Ends a last line without line end; only an open quote can still be wrong then.
  if (!state->code && csv_fini(parser, on_cell, on_row, state) != 0) {
    return wg_error_add(state->error, WG_FAIL_CONFIG, "%s:%d: a quote that opens in this row is never closed",
                        state->table->path, state->line);
  }
  if (!state->code && !state->headed) {
    return wg_error_add(state->error, WG_FAIL_CONFIG, "%s:%d: no header line: the file is empty", state->table->path,
                        line > 1 ? line - 1 : 1);
  }
  if (!state->code && state->table->rows == 0) {
    return wg_error_add(state->error, WG_FAIL_CONFIG, "%s:%d: a header without rows", state->table->path, state->line);
  }
  return state->code;
}

static int fill(wg_input_table *table, const contents *file, wg_error *error) {
  const size_t start = file->size >= 3 && memcmp(file->bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  int result = check_text(table->path, file, start, error);
  if (result) {
    return result;
  }
  struct csv_parser parser;
  if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) {
    return wg_error_set(error, WG_FAIL_RUN, "%s: cannot start the CSV parser", table->path);
  }
  csv_set_blk_size(&parser, 4096);
  reading state = {.table = table, .error = error};
  result = parse(&state, &parser, file, start);
  csv_free(&parser);
  // The table knows whole rows only.
  for (size_t i = table->rows * table->columns; i < state.cells_used; i++) {
    free(table->cells[i]);
  }
  return result;
}

int wg_csv_file_read(const char *path, wg_input_table *table, wg_error *error) {
  *table = (wg_input_table){.path = strdup(path)};
  if (!table->path) {
    return wg_error_set(error, WG_FAIL_RUN, "%s: no memory", path);
  }
  contents file = {0};
  int result = read_file(path, &file, error);
  if (!result) {
    result = fill(table, &file, error);
  }
  free(file.bytes);
  if (result) {
    wg_input_table_free(table);
  }
  return result;
}
