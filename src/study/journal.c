// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "study/file_lock.h"
#include "study/journal_line.h"

const char *const wg_run_status_names[WG_RUN_STATUS_COUNT] = {"missing", "done", "failed"};
const char *const wg_run_status_labels[WG_RUN_STATUS_COUNT] = {"未运行", "完成", "失败"};

static const int64_t locked_byte = 0;

static int fail(const char *path, const char *what, wg_error *error) {
  return wg_error_set(error, WG_FAIL_RUN, "%s: cannot %s: %s", path, what, strerror(errno));
}

static int name_file(const char *folder, char path[PATH_MAX], wg_error *error) {
  const int length = snprintf(path, PATH_MAX, "%s/journal", folder);
  if (length < 0 || length >= PATH_MAX)
    return wg_error_set(error, WG_FAIL_CONFIG, "%s: is too long for the name of a folder", folder);
  return WG_OK;
}

// ---- reading ----

// While nobody appends. The caller frees.
static int read_whole(const char *path, int descriptor, char **text, size_t *length, wg_error *error) {
  struct stat status;
  if (wg_file_lock(descriptor, locked_byte, WG_LOCK_SHARED))
    return fail(path, "lock", error);
  if (fstat(descriptor, &status))
    return fail(path, "read", error);
  *length = 0;
  *text = malloc((size_t)status.st_size + 1);
  if (!*text)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for the journal");
  ssize_t got = 1;
  while (*length < (size_t)status.st_size && got > 0) {
    got = read(descriptor, *text + *length, (size_t)status.st_size - *length);
    if (got < 0 && errno != EINTR)
      return fail(path, "read", error);
    *length += got > 0 ? (size_t)got : 0;
    got = got < 0 ? 1 : got;
  }
  return WG_OK;
}

static int keep(wg_journal *journal, size_t *room, const wg_journal_entry *entry) {
  if (journal->count == *room) {
    const size_t wanted = *room ? 2 * *room : 64;
    wg_journal_entry *const grown = realloc(journal->entries, wanted * sizeof *grown);
    if (!grown)
      return WG_FAIL_RUN;
    journal->entries = grown;
    *room = wanted;
  }
  journal->entries[journal->count++] = *entry;
  return WG_OK;
}

// Where a line lost its end, the next one is found within it.
static int read_lines(const char *text, size_t length, wg_journal *journal, wg_error *error) {
  size_t room = 0;
  for (const char *at = text, *const end = text + length; at < end;) {
    const char *const newline = memchr(at, '\n', (size_t)(end - at));
    const char *const stop = newline ? newline : end;
    const char *const beyond = newline ? newline + 1 : end;
    if (at == stop) {
      at = beyond;
      continue;
    }
    wg_journal_entry entry;
    const wg_line_kind kind = wg_journal_line_read(at, (size_t)(stop - at), &entry);
    entry.line = journal->lines;
    if (kind == WG_LINE_NO_MEMORY || (kind == WG_LINE_GOOD && keep(journal, &room, &entry))) {
      wg_journal_entry_free(&entry);
      return wg_error_set(error, WG_FAIL_RUN, "out of memory for the journal");
    }
    const char *const next = kind == WG_LINE_GOOD ? NULL : wg_journal_line_next(at, (size_t)(stop - at));
    journal->lines += kind == WG_LINE_GOOD;
    journal->torn += kind != WG_LINE_GOOD;
    at = next ? next : beyond;
  }
  return WG_OK;
}

static int compare(const void *left, const void *right) {
  const wg_journal_entry *const a = left, *const b = right;
  const int order = strcmp(a->identity, b->identity);
  return order ? order : (a->line > b->line) - (a->line < b->line);
}

static void keep_last_ones(wg_journal *journal) {
  size_t kept = 0;
  if (journal->count)
    qsort(journal->entries, journal->count, sizeof *journal->entries, compare);
  for (size_t i = 0; i < journal->count; i++)
    if (i + 1 < journal->count && strcmp(journal->entries[i].identity, journal->entries[i + 1].identity) == 0)
      wg_journal_entry_free(journal->entries + i);
    else
      journal->entries[kept++] = journal->entries[i];
  journal->count = kept;
}

int wg_journal_read(const char *folder, wg_journal *journal, wg_error *error) {
  char path[PATH_MAX], *text = NULL;
  size_t length = 0;
  *journal = (wg_journal){0};
  int code = name_file(folder, path, error);
  if (code)
    return code;
  const int descriptor = open(path, O_RDONLY | O_CLOEXEC);
  if (descriptor < 0)
    return errno == ENOENT ? WG_OK : fail(path, "open", error);
  code = read_whole(path, descriptor, &text, &length, error);
  close(descriptor);
  if (!code)
    code = read_lines(text, length, journal, error);
  if (!code)
    keep_last_ones(journal);
  free(text);
  return code;
}

void wg_journal_free(wg_journal *journal) {
  for (size_t i = 0; i < journal->count; i++)
    wg_journal_entry_free(journal->entries + i);
  free(journal->entries);
  *journal = (wg_journal){0};
}

static int compare_identity(const void *key, const void *entry) {
  return strcmp(key, ((const wg_journal_entry *)entry)->identity);
}

const wg_journal_entry *wg_journal_find(const wg_journal *journal, const char *identity) {
  return journal->count
             ? bsearch(identity, journal->entries, journal->count, sizeof *journal->entries, compare_identity)
             : NULL;
}

// ---- appending ----

// The line between two ends: the first where an earlier one has lost its own.
static char *framed(const char *line, bool is_torn, size_t *length) {
  char *text = NULL;
  const int made = asprintf(&text, "%s%s\n", is_torn ? "\n" : "", line);
  *length = made < 0 ? 0 : (size_t)made;
  return made < 0 ? NULL : text;
}

static int append_locked(const char *path, int descriptor, const char *line, wg_error *error) {
  struct stat status;
  char last = '\n';
  size_t length;
  if (fstat(descriptor, &status) || (status.st_size > 0 && pread(descriptor, &last, 1, status.st_size - 1) != 1))
    return fail(path, "read", error);
  char *const text = framed(line, last != '\n', &length);
  if (!text)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for the journal");
  errno = ENOSPC; // of a write that is cut short
  int code = WG_OK;
  const ssize_t written = write(descriptor, text, length);
  if (written != (ssize_t)length || fdatasync(descriptor)) {
    code = fail(path, "append", error);
    if (ftruncate(descriptor, status.st_size)) // the part of a line is passed over by those who read
      wg_error_add(error, code, "%s: cannot take back part of a line: %s", path, strerror(errno));
  }
  free(text);
  return code;
}

int wg_journal_append(const char *folder, const wg_journal_entry *entry, wg_error *error) {
  char path[PATH_MAX];
  int code = name_file(folder, path, error);
  if (code)
    return code;
  const int descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (descriptor < 0)
    return fail(path, "open", error);
  char *const line = wg_journal_line_make(entry);
  if (!line)
    code = wg_error_set(error, WG_FAIL_RUN, "out of memory for the journal");
  else if (wg_file_lock(descriptor, locked_byte, WG_LOCK_ALONE))
    code = fail(path, "lock", error);
  else
    code = append_locked(path, descriptor, line, error);
  free(line);
  close(descriptor);
  return code;
}
