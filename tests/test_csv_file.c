// SPDX-License-Identifier: GPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "io/csv_file.h"

// Reads `size` bytes from a file that exists only meanwhile. Its path is left in `path`.
static char path[] = "/tmp/wg_csv_XXXXXX";

static int read_bytes(const char *bytes, size_t size, wg_input_table *table, wg_error *error) {
  memcpy(path, "/tmp/wg_csv_XXXXXX", sizeof path);
  const int descriptor = mkstemp(path);
  assert_true(descriptor >= 0);
  assert_int_equal(write(descriptor, bytes, size), size);
  close(descriptor);
  const int result = wg_csv_file_read(path, table, error);
  unlink(path);
  return result;
}

static void expect_cells(const char *text, size_t columns, size_t rows, const char *const *names,
                         const char *const *cells, const int *lines) {
  wg_input_table table;
  wg_error error = {0};
  if (read_bytes(text, strlen(text), &table, &error) != WG_OK) {
    fail_msg("%s", error.text);
  }
  assert_int_equal(error.code, WG_OK);
  assert_string_equal(table.path, path);
  assert_int_equal(table.columns, columns);
  assert_int_equal(table.rows, rows);
  for (size_t i = 0; i < columns; i++) {
    assert_string_equal(table.names[i], names[i]);
  }
  for (size_t i = 0; i < rows * columns; i++) {
    assert_string_equal(table.cells[i], cells[i]);
  }
  for (size_t i = 0; i < rows; i++) {
    assert_int_equal(table.lines[i], lines[i]);
  }
  wg_input_table_free(&table);
}

// The bytes are refused in `line` (0: no line is named) with a message that has `part`; the table is empty then.
static void expect_failure(const char *bytes, size_t size, int line, const char *part) {
  wg_input_table table;
  memset(&table, 0x55, sizeof table);
  wg_error error = {0};
  assert_int_equal(read_bytes(bytes, size, &table, &error), WG_FAIL_CONFIG);
  assert_int_equal(error.code, WG_FAIL_CONFIG);
  char place[64];
  snprintf(place, sizeof place, line > 0 ? "%s:%d: " : "%s: ", path, line);
  if (strncmp(error.text, place, strlen(place)) != 0 || !strstr(error.text, part)) {
    fail_msg("message \"%s\" instead of \"%s…%s…\"", error.text, place, part);
  }
  static const wg_input_table empty;
  assert_memory_equal(&table, &empty, sizeof empty);
}

#define EXPECT_FAILURE(literal, line, part) expect_failure(literal, sizeof literal - 1, line, part)

static const char *const ab[] = {"a", "b"};
static const char *const numbers[] = {"1", "2", "3", "4"};

static void plain_file(void **state) {
  (void)state;
  static const int lines[] = {2, 3};
  expect_cells("a,b\n1,2\n3,4\n", 2, 2, ab, numbers, lines);
  expect_cells("a,b\n1,2\n3,4", 2, 2, ab, numbers, lines);
}

static void line_ends_and_byte_order_mark(void **state) {
  (void)state;
  static const int lines[] = {2, 3};
  expect_cells("a,b\r\n1,2\r\n3,4\r\n", 2, 2, ab, numbers, lines);
  expect_cells("a,b\r1,2\r3,4\r", 2, 2, ab, numbers, lines);
  expect_cells("\xef\xbb\xbf"
               "a,b\n1,2\n3,4\n",
               2, 2, ab, numbers, lines);
  expect_cells("\xef\xbb\xbf\"a\",b\r\n1,2\r\n3,4", 2, 2, ab, numbers, lines);
}

static void comments_and_blank_lines_are_skipped(void **state) {
  (void)state;
  static const int lines[] = {6, 9};
  expect_cells("# source: \"x, y\n\n  \t\na,b\n# unit \"1\n1,2\r\n\r\n#,,,\n3,4\n\n# end", 2, 2, ab, numbers, lines);
}

static void quoted_cells(void **state) {
  (void)state;
  static const char *const cells[] = {"x,y", "one\ntwo\n\n#three", "say \"hi\"", "", " kept ", "#4"};
  static const int lines[] = {2, 6, 7};
  expect_cells("a,\"b\"\n\"x,y\",\"one\ntwo\n\n#three\"\n\"say \"\"hi\"\"\",\"\"\n\" kept \",#4\n", 2, 3, ab, cells,
               lines);
  static const char *const crlf[] = {"one\r\ntwo", "2", "3", "4"};
  static const int crlf_lines[] = {2, 4};
  expect_cells("a,b\r\n\"one\r\ntwo\",2\r\n3,4\r\n", 2, 2, ab, crlf, crlf_lines);
}

static void blank_and_chinese_cells(void **state) {
  (void)state;
  static const char *const names[] = {"街道", "b"};
  static const char *const cells[] = {"", "", "六横 镇", "", "𠮷", "x"};
  static const int lines[] = {2, 3, 4};
  expect_cells("街道,b\n,\n 六横 镇 ,\n𠮷 ,\tx", 2, 3, names, cells, lines);
}

static void many_rows(void **state) {
  (void)state;
  enum { ROWS = 20000 };
  char *text = malloc(ROWS * 16 + 16);
  assert_non_null(text);
  size_t length = (size_t)sprintf(text, "n,square\n");
  for (int i = 0; i < ROWS; i++) {
    length += (size_t)sprintf(text + length, "%d,%d\n", i, i * i % 1000);
  }
  wg_input_table table;
  assert_int_equal(read_bytes(text, length, &table, NULL), WG_OK);
  free(text);
  assert_int_equal(table.rows, ROWS);
  for (int i = 0; i < ROWS; i++) {
    int64_t n, square;
    assert_int_equal(wg_input_table_int(&table, (size_t)i, 0, 0, ROWS, &n, NULL), WG_OK);
    assert_int_equal(wg_input_table_int(&table, (size_t)i, 1, 0, 999, &square, NULL), WG_OK);
    assert_int_equal(n, i);
    assert_int_equal(square, i * i % 1000);
    assert_int_equal(table.lines[i], i + 2);
  }
  wg_input_table_free(&table);
}

static void ragged_rows(void **state) {
  (void)state;
  EXPECT_FAILURE("a,b\n1,2\n3\n", 3, "1 cells where the header has 2");
  EXPECT_FAILURE("a,b\n# c\n1,2,3\n", 3, "3 cells where the header has 2");
  EXPECT_FAILURE("a,b\n\"1\n\n\",2\n3,4,", 5, "3 cells");
  EXPECT_FAILURE("a,b\n1,2\n3,\"4\n5\",6\n7,8\n", 3, "3 cells");
}

static void duplicate_columns(void **state) {
  (void)state;
  EXPECT_FAILURE("# x\na,b,c,b\n1,2,3,4\n", 2, "\"b\"");
  EXPECT_FAILURE("a,\"a\"\n1,2\n", 1, "\"a\"");
  EXPECT_FAILURE("a,b,,\n1,2,3,4\n", 1, "\"\"");
}

static void broken_quotes(void **state) {
  (void)state;
  EXPECT_FAILURE("a,b\n1,2\n3,\"4\n5,6\n", 3, "never closed");
  EXPECT_FAILURE("a,b\n1,2\n3,4\"\n", 3, "quote");
  EXPECT_FAILURE("a,b\n1,\"2\n3\"4\n", 3, "quote");
  EXPECT_FAILURE("\"a,b\n1,2\n", 1, "never closed");
}

static void nul_bytes(void **state) {
  (void)state;
  EXPECT_FAILURE("a,b\n1,2\n3,\0004\n", 3, "NUL");
  EXPECT_FAILURE("a,b\r\n1,2\r\n# \0\r\n", 3, "NUL");
  EXPECT_FAILURE("\0", 1, "NUL");
}

static void bytes_that_are_not_utf8(void **state) {
  (void)state;
  EXPECT_FAILURE("a,b\n1,\xd6\xd0\xce\xc4\n", 2, "UTF-8"); // GBK
  EXPECT_FAILURE("a,b\n1,\x80\n", 2, "UTF-8");             // continuation alone
  EXPECT_FAILURE("a,b\n1,\xe4\xb8\n", 2, "UTF-8");         // cut by the line end
  EXPECT_FAILURE("a,b\n1,\xe4\xb8", 2, "UTF-8");           // cut by the file's end
  EXPECT_FAILURE("a,b\n1,\xc0\xaf\n", 2, "UTF-8");         // overlong
  EXPECT_FAILURE("a,b\n1,\xe0\x9f\xbf\n", 2, "UTF-8");     // overlong
  EXPECT_FAILURE("a,b\n1,\xf0\x8f\xbf\xbf\n", 2, "UTF-8"); // overlong
  EXPECT_FAILURE("a,b\n1,\xed\xa0\x80\n", 2, "UTF-8");     // surrogate
  EXPECT_FAILURE("a,b\n1,\xf4\x90\x80\x80\n", 2, "UTF-8"); // above U+10FFFF
  EXPECT_FAILURE("a,b\n1,\xff\n", 2, "UTF-8");
  EXPECT_FAILURE("\xff\xfe"
                 "a\0,\0b\0",
                 1, "UTF-8"); // UTF-16
  static const char *const cells[] = {"\xc2\x80\xdf\xbf", "\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80\xef\xbf\xbf",
                                      "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"};
  static const int lines[] = {2, 3};
  char text[64];
  snprintf(text, sizeof text, "a,b\n%s,%s\n%s,%s\n", cells[0], cells[1], cells[2], cells[3]);
  expect_cells(text, 2, 2, ab, cells, lines);
}

static void nothing_to_read(void **state) {
  (void)state;
  EXPECT_FAILURE("", 1, "empty");
  EXPECT_FAILURE("\xef\xbb\xbf", 1, "empty");
  EXPECT_FAILURE("\n# only a comment\n\n", 3, "empty");
  EXPECT_FAILURE("# x\na,b\n", 2, "without rows");
  EXPECT_FAILURE("a,b\n\n# 1,2\n", 1, "without rows");
}

static void expect_unreadable(const char *name, const char *part) {
  wg_input_table table;
  memset(&table, 0x55, sizeof table);
  wg_error error = {0};
  // A read that waits for ever ends the test program.
  alarm(20);
  assert_int_equal(wg_csv_file_read(name, &table, &error), WG_FAIL_CONFIG);
  alarm(0);
  if (strncmp(error.text, name, strlen(name)) != 0 || !strstr(error.text, part)) {
    fail_msg("message \"%s\" instead of \"%s: …%s…\"", error.text, name, part);
  }
  static const wg_input_table empty;
  assert_memory_equal(&table, &empty, sizeof empty);
}

static void paths_that_are_no_files(void **state) {
  (void)state;
  expect_unreadable("/tmp/wg_no_such_folder/x.csv", "No such file");
  expect_unreadable("", "No such file");
  expect_unreadable("/tmp", "directory");
  expect_unreadable("/dev/zero", "regular");
  char pipe_path[] = "/tmp/wg_fifo_XXXXXX";
  assert_non_null(mkdtemp(pipe_path));
  char name[64];
  snprintf(name, sizeof name, "%s/pipe", pipe_path);
  assert_int_equal(mkfifo(name, 0600), 0);
  expect_unreadable(name, "regular");
  unlink(name);
  rmdir(pipe_path);
}

// A sparse file, so that nothing is written.
static void file_above_the_limit(void **state) {
  (void)state;
  char name[] = "/tmp/wg_csv_XXXXXX";
  const int descriptor = mkstemp(name);
  assert_true(descriptor >= 0);
  assert_int_equal(ftruncate(descriptor, (64 << 20) + 1), 0);
  expect_unreadable(name, "64 MiB");
  // At the limit it is read, and found to consist of NUL bytes.
  assert_int_equal(ftruncate(descriptor, 64 << 20), 0);
  expect_unreadable(name, "NUL");
  close(descriptor);
  unlink(name);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(plain_file),
      cmocka_unit_test(line_ends_and_byte_order_mark),
      cmocka_unit_test(comments_and_blank_lines_are_skipped),
      cmocka_unit_test(quoted_cells),
      cmocka_unit_test(blank_and_chinese_cells),
      cmocka_unit_test(many_rows),
      cmocka_unit_test(ragged_rows),
      cmocka_unit_test(duplicate_columns),
      cmocka_unit_test(broken_quotes),
      cmocka_unit_test(nul_bytes),
      cmocka_unit_test(bytes_that_are_not_utf8),
      cmocka_unit_test(nothing_to_read),
      cmocka_unit_test(paths_that_are_no_files),
      cmocka_unit_test(file_above_the_limit),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
