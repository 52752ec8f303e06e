// SPDX-License-Identifier: GPL-3.0-or-later
// What a study's journal keeps whatever happened to it: torn ends, flipped bytes, others that write at the same time.
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "study/journal.h"
#include "study/journal_line.h"

static char folder[] = "/tmp/test_journal.XXXXXX";
static char file[64];

static int make_folder(void **state) {
  (void)state;
  assert_non_null(mkdtemp(folder));
  snprintf(file, sizeof file, "%s/journal", folder);
  return 0;
}

static int remove_folder(void **state) {
  (void)state;
  unlink(file);
  return rmdir(folder);
}

static int remove_file(void **state) {
  (void)state;
  unlink(file);
  return 0;
}

static wg_journal_entry entry_of(unsigned number, wg_run_status status, char *path, char *message) {
  wg_journal_entry entry = {.status = status, .seconds = number + 0.125, .bytes = 1000 + number};
  entry.path = path;
  entry.message = message;
  snprintf(entry.identity, sizeof entry.identity, "%032x", number);
  return entry;
}

static void append(unsigned number, wg_run_status status, char *path, char *message) {
  wg_error error = {0};
  const wg_journal_entry entry = entry_of(number, status, path, message);
  assert_int_equal(wg_journal_append(folder, &entry, &error), WG_OK);
}

static wg_journal read_all(void) {
  wg_error error = {0};
  wg_journal journal;
  assert_int_equal(wg_journal_read(folder, &journal, &error), WG_OK);
  return journal;
}

static const wg_journal_entry *find(const wg_journal *journal, unsigned number) {
  char identity[WG_IDENTITY_SIZE];
  snprintf(identity, sizeof identity, "%032x", number);
  return wg_journal_find(journal, identity);
}

static size_t read_bytes(char *text, size_t room) {
  FILE *stream = fopen(file, "rb");
  assert_non_null(stream);
  const size_t length = fread(text, 1, room, stream);
  assert_int_equal(fclose(stream), 0);
  assert_true(length < room);
  return length;
}

static void write_bytes(const char *text, size_t length) {
  FILE *stream = fopen(file, "wb");
  assert_non_null(stream);
  assert_int_equal(fwrite(text, 1, length, stream), length);
  assert_int_equal(fclose(stream), 0);
}

static void an_absent_journal_is_empty(void **state) {
  (void)state;
  wg_journal journal = read_all();
  assert_int_equal(journal.count + journal.lines + journal.torn, 0);
  assert_null(find(&journal, 1));
  wg_journal_free(&journal);
}

static void what_was_written_is_read(void **state) {
  (void)state;
  char odd[] = "runs/a b\t\\x41/\n0.h5", message[] = "三社.cfg:3: \x7f\001 broken\r\nlast line\\";
  append(7, WG_RUN_FAILED, odd, message);
  append(3, WG_RUN_DONE, "runs/base/1.h5", "");
  wg_journal journal = read_all();
  assert_int_equal(journal.count, 2);
  assert_int_equal(journal.lines, 2);
  assert_int_equal(journal.torn, 0);
  const wg_journal_entry *one = find(&journal, 7), *other = find(&journal, 3);
  assert_non_null(one);
  assert_string_equal(one->path, odd);
  assert_string_equal(one->message, message);
  assert_int_equal(one->status, WG_RUN_FAILED);
  assert_int_equal(one->line, 0);
  assert_non_null(other);
  assert_int_equal(other->status, WG_RUN_DONE);
  assert_int_equal(other->bytes, 1003);
  assert_true(other->seconds == 3.125);
  assert_int_equal(other->line, 1);
  wg_journal_free(&journal);
}

static void the_last_line_of_a_run_counts(void **state) {
  (void)state;
  for (unsigned round = 0; round < 3; round++)
    for (unsigned number = 0; number < 40; number++)
      append(number * 7919 % 40, round == 2 ? WG_RUN_DONE : WG_RUN_FAILED, "x", round == 2 ? "" : "why");
  wg_journal journal = read_all();
  assert_int_equal(journal.count, 40);
  assert_int_equal(journal.lines, 120);
  for (unsigned number = 0; number < 40; number++) {
    const wg_journal_entry *entry = find(&journal, number);
    assert_non_null(entry);
    assert_int_equal(entry->status, WG_RUN_DONE);
  }
  wg_journal_free(&journal);
}

// Wherever a crash cut the last line off, it alone is lost, and what is appended afterwards is not.
static void a_torn_end_costs_its_line_only(void **state) {
  (void)state;
  char text[1024];
  append(1, WG_RUN_DONE, "runs/base/1.h5", "");
  const size_t first = read_bytes(text, sizeof text);
  append(2, WG_RUN_DONE, "runs/base/2.h5", "");
  const size_t length = read_bytes(text, sizeof text);
  for (size_t cut = 0; cut <= length; cut++) {
    write_bytes(text, cut);
    append(3, WG_RUN_FAILED, "runs/base/3.h5", "no memory");
    wg_journal journal = read_all();
    const bool has_first = cut + 1 >= first, has_second = cut + 1 >= length;
    assert_int_equal(journal.lines, 1 + has_first + has_second);
    assert_int_equal(find(&journal, 1) != NULL, has_first);
    assert_int_equal(find(&journal, 2) != NULL, has_second);
    assert_non_null(find(&journal, 3));
    const bool whole = cut == 0 || cut + 1 == first || cut == first || cut + 1 >= length;
    assert_int_equal(journal.torn, !whole);
    wg_journal_free(&journal);
  }
}

static void assert_flipped_line_is_lost(const char *text, size_t length, size_t position, size_t line) {
  wg_journal journal = read_all();
  if (journal.lines != 2 || journal.torn != 1)
    fail_msg("byte %zu of %zu, 0x%02x: %zu lines, %zu torn", position, length, (unsigned char)text[position],
             journal.lines, journal.torn);
  for (unsigned number = 0; number < 3; number++)
    assert_int_equal(find(&journal, number) != NULL, number != line);
  wg_journal_free(&journal);
}

// Every bit of every byte; an end of a line belongs to the line before it.
static void a_flipped_bit_costs_its_line_only(void **state) {
  (void)state;
  char text[1024];
  size_t line = 0;
  append(0, WG_RUN_DONE, "runs/base/0.h5", "");
  append(1, WG_RUN_FAILED, "runs/base/1.h5", "killed by signal 9");
  append(2, WG_RUN_DONE, "runs/base/2.h5", "");
  const size_t length = read_bytes(text, sizeof text);
  for (size_t i = 0; i < length; i++) {
    const char was = text[i];
    for (int bit = 0; bit < 8 && i + 1 < length; bit++) { // without its end the last line is whole
      text[i] = (char)(was ^ 1 << bit);
      write_bytes(text, length);
      assert_flipped_line_is_lost(text, length, i, line);
    }
    text[i] = was;
    line += was == '\n';
  }
}

static void anything_at_all_is_read(void **state) {
  (void)state;
  static char text[4096];
  uint32_t x = 1;
  for (int round = 0; round < 300; round++) {
    size_t length = 0;
    while (length < 1000 + (size_t)round) {
      x = x * 1664525U + 1013904223U;
      const char *const pieces[] = {"run ", "\n", "\t", "done",
                                    "run 00000000000000000000000000000000\tdone\t1\t1\tx\t\t"};
      const unsigned pick = x >> 28;
      if (pick < sizeof pieces / sizeof *pieces)
        length += (size_t)snprintf(text + length, sizeof text - length, "%s", pieces[pick]);
      else
        text[length++] = (char)(x >> 20);
    }
    write_bytes(text, length);
    wg_journal journal = read_all();
    assert_int_equal(journal.count, 0);
    assert_true(journal.torn > 0);
    wg_journal_free(&journal);
  }
}

enum { WRITERS = 6, LINES = 150 };

static void write_many(unsigned writer) {
  char message[400];
  for (unsigned i = 0; i < LINES; i++) {
    memset(message, 'a' + (int)writer, sizeof message);
    message[(i * 37 + writer * 11) % sizeof message] = '\0';
    const wg_journal_entry entry = entry_of(writer * LINES + i, WG_RUN_FAILED, "x", message);
    if (wg_journal_append(folder, &entry, NULL))
      _exit(1);
  }
  _exit(0);
}

static void several_append_at_once(void **state) {
  (void)state;
  pid_t writers[WRITERS];
  for (unsigned w = 0; w < WRITERS; w++) {
    writers[w] = fork();
    if (writers[w] == 0)
      write_many(w);
  }
  for (int i = 0; i < 50; i++) { // nobody sees half a line meanwhile
    wg_journal journal = read_all();
    assert_int_equal(journal.torn, 0);
    wg_journal_free(&journal);
  }
  for (unsigned w = 0; w < WRITERS; w++) {
    int status;
    assert_int_equal(waitpid(writers[w], &status, 0), writers[w]);
    assert_int_equal(status, 0);
  }
  wg_journal journal = read_all();
  assert_int_equal(journal.lines, WRITERS * LINES);
  assert_int_equal(journal.count, WRITERS * LINES);
  assert_int_equal(journal.torn, 0);
  wg_journal_free(&journal);
}

static void a_full_disk_leaves_the_journal_whole(void **state) {
  (void)state;
  char before[1024], after[1024];
  append(1, WG_RUN_DONE, "runs/base/1.h5", "");
  const size_t length = read_bytes(before, sizeof before);
  const struct rlimit limit = {length + 20, RLIM_INFINITY}, none = {RLIM_INFINITY, RLIM_INFINITY};
  signal(SIGXFSZ, SIG_IGN);
  assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
  wg_error error = {0};
  const wg_journal_entry entry = entry_of(2, WG_RUN_DONE, "runs/base/2.h5", "");
  const int code = wg_journal_append(folder, &entry, &error);
  assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
  assert_int_equal(code, WG_FAIL_RUN);
  assert_non_null(strstr(error.text, "journal: cannot append: "));
  assert_int_equal(read_bytes(after, sizeof after), length);
  assert_memory_equal(before, after, length);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_teardown(an_absent_journal_is_empty, remove_file),
      cmocka_unit_test_teardown(what_was_written_is_read, remove_file),
      cmocka_unit_test_teardown(the_last_line_of_a_run_counts, remove_file),
      cmocka_unit_test_teardown(a_torn_end_costs_its_line_only, remove_file),
      cmocka_unit_test_teardown(a_flipped_bit_costs_its_line_only, remove_file),
      cmocka_unit_test_teardown(anything_at_all_is_read, remove_file),
      cmocka_unit_test_teardown(several_append_at_once, remove_file),
      cmocka_unit_test_teardown(a_full_disk_leaves_the_journal_whole, remove_file),
  };
  return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
