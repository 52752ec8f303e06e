// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/journal_line.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/draw.h"

static const char beginning[] = "run ";
enum { BEGINNING = sizeof beginning - 1, CHECKSUM = 16, FIELDS = 6 };

static void print_checksum(const char *text, size_t length, char checksum[CHECKSUM + 1]) {
  snprintf(checksum, CHECKSUM + 1, "%016" PRIx64, (uint64_t)XXH3_64bits(text, length));
}

static void print_escaped(FILE *stream, const char *text) {
  for (const unsigned char *at = (const unsigned char *)text; *at; at++)
    if (*at < 0x20 || *at == 0x7f || *at == '\\')
      fprintf(stream, "\\x%02x", *at);
    else
      fputc(*at, stream);
}

char *wg_journal_line_make(const wg_journal_entry *entry) {
  char *text = NULL, checksum[CHECKSUM + 1];
  size_t size = 0;
  FILE *const stream = open_memstream(&text, &size);
  if (!stream)
    return NULL;
  fprintf(stream, "%s%s\t%s\t%.3f\t%" PRIu64 "\t", beginning, entry->identity, wg_run_status_names[entry->status],
          entry->seconds, entry->bytes);
  print_escaped(stream, entry->path);
  fputc('\t', stream);
  print_escaped(stream, entry->message);
  fputc('\t', stream);
  bool good = fflush(stream) == 0;
  if (good) {
    print_checksum(text, size, checksum);
    fputs(checksum, stream);
  }
  good &= ferror(stream) == 0;
  if (fclose(stream) || !good) {
    free(text);
    return NULL;
  }
  return text;
}

static int digit(char c) {
  return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// A terminated copy of the field; NULL when there is no memory.
static char *unescaped(const char *field, size_t length) {
  char *const text = malloc(length + 1);
  size_t used = 0;
  for (size_t i = 0; text && i < length; i++) {
    const bool escape = field[i] == '\\' && length - i > 3 && digit(field[i + 2]) >= 0 && digit(field[i + 3]) >= 0;
    text[used++] = escape ? (char)(digit(field[i + 2]) << 4 | digit(field[i + 3])) : field[i];
    i += escape ? 3 : 0;
  }
  if (text)
    text[used] = '\0';
  return text;
}

static bool read_status(const char *field, size_t length, wg_run_status *status) {
  for (size_t i = 0; i < WG_RUN_STATUS_COUNT; i++)
    if (strlen(wg_run_status_names[i]) == length && memcmp(wg_run_status_names[i], field, length) == 0) {
      *status = (wg_run_status)i;
      return true;
    }
  return false;
}

// What the checksum vouches for was written as above; what was not is refused all the same.
wg_line_kind wg_journal_line_read(const char *line, size_t length, wg_journal_entry *entry) {
  char checksum[CHECKSUM + 1];
  const char *fields[FIELDS];
  size_t lengths[FIELDS], count = 0;
  *entry = (wg_journal_entry){0};
  if (length < BEGINNING + CHECKSUM || memcmp(line, beginning, BEGINNING) != 0)
    return WG_LINE_BAD;
  const char *const end = line + length - CHECKSUM;
  print_checksum(line, length - CHECKSUM, checksum);
  if (memcmp(end, checksum, CHECKSUM) != 0)
    return WG_LINE_BAD;
  const char *at = line + BEGINNING, *tab;
  while (count < FIELDS && (tab = memchr(at, '\t', (size_t)(end - at)))) {
    fields[count] = at;
    lengths[count++] = (size_t)(tab - at);
    at = tab + 1;
  }
  if (count != FIELDS || at != end || lengths[0] != WG_IDENTITY_SIZE - 1 ||
      !read_status(fields[1], lengths[1], &entry->status))
    return WG_LINE_BAD;
  memcpy(entry->identity, fields[0], lengths[0]);
  entry->seconds = strtod(fields[2], NULL);
  entry->bytes = strtoull(fields[3], NULL, 10);
  entry->path = unescaped(fields[4], lengths[4]);
  entry->message = unescaped(fields[5], lengths[5]);
  if (entry->path && entry->message)
    return WG_LINE_GOOD;
  wg_journal_entry_free(entry);
  return WG_LINE_NO_MEMORY;
}

const char *wg_journal_line_next(const char *text, size_t length) {
  return length > 1 ? memmem(text + 1, length - 1, beginning, BEGINNING) : NULL;
}

void wg_journal_entry_free(wg_journal_entry *entry) {
  free(entry->path);
  free(entry->message);
  *entry = (wg_journal_entry){0};
}
