// SPDX-License-Identifier: GPL-3.0-or-later
#include <float.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "schema/input_table.h"

// Two columns, "name" and "值"; row i has "row" and the i-th of `values`, and stands in line 2 i + 5.
static wg_input_table make_table(const char *const *values, size_t rows) {
  wg_input_table table = {.path = strdup("in.csv"), .columns = 2, .rows = rows};
  table.names = malloc(2 * sizeof *table.names);
  table.names[0] = strdup("name");
  table.names[1] = strdup("值");
  table.cells = malloc(rows * 2 * sizeof *table.cells);
  table.lines = malloc(rows * sizeof *table.lines);
  for (size_t i = 0; i < rows; i++) {
    table.cells[2 * i] = strdup("row");
    table.cells[2 * i + 1] = strdup(values[i]);
    table.lines[i] = (int)(2 * i + 5);
  }
  return table;
}

static void columns_are_found_by_name(void **state) {
  (void)state;
  static const char *const values[] = {"1"};
  wg_input_table table = make_table(values, 1);
  wg_error error = {0};
  assert_int_equal(wg_input_table_column(&table, "name", &error), 0);
  assert_int_equal(wg_input_table_column(&table, "值", &error), 1);
  assert_int_equal(error.code, WG_OK);
  assert_int_equal(wg_input_table_column(&table, "Name", &error), WG_FAIL_CONFIG);
  assert_int_equal(wg_input_table_column(&table, "age", &error), WG_FAIL_CONFIG);
  assert_int_equal(error.code, WG_FAIL_CONFIG);
  // Both are told.
  assert_string_equal(error.text, "in.csv: no column \"Name\"\nin.csv: no column \"age\"");
  wg_input_table_free(&table);
}

static void cells_are_row_major(void **state) {
  (void)state;
  static const char *const values[] = {"a", "", "c"};
  wg_input_table table = make_table(values, 3);
  assert_string_equal(wg_input_table_text(&table, 0, 1), "a");
  assert_string_equal(wg_input_table_text(&table, 1, 0), "row");
  assert_string_equal(wg_input_table_text(&table, 1, 1), "");
  assert_string_equal(wg_input_table_text(&table, 2, 1), "c");
  assert_false(wg_input_table_blank(&table, 0, 1));
  assert_true(wg_input_table_blank(&table, 1, 1));
  wg_input_table_free(&table);
}

static void integers_are_read(void **state) {
  (void)state;
  static const char *const values[] = {"0", "-7", "+12", "007", "9223372036854775807", "-9223372036854775808"};
  static const int64_t expected[] = {0, -7, 12, 7, INT64_MAX, INT64_MIN};
  wg_input_table table = make_table(values, 6);
  for (size_t i = 0; i < 6; i++) {
    int64_t value = 99;
    assert_int_equal(wg_input_table_int(&table, i, 1, INT64_MIN, INT64_MAX, &value, NULL), WG_OK);
    assert_true(value == expected[i]);
  }
  wg_input_table_free(&table);
}

static void other_text_is_no_integer(void **state) {
  (void)state;
  static const char *const values[] = {"",    " 1",  "1 ", "1.0", "1e3",   "0x10", "--1", "+-1",
                                       "1-2", "abc", "-",  "nan", "1,000", "１",   "\t1", "9223372036854775808"};
  const size_t rows = sizeof values / sizeof *values;
  wg_input_table table = make_table(values, rows);
  for (size_t i = 0; i < rows; i++) {
    int64_t value = 99;
    wg_error error = {0};
    if (wg_input_table_int(&table, i, 1, INT64_MIN, INT64_MAX, &value, &error) != WG_FAIL_CONFIG) {
      fail_msg("\"%s\" was read as an integer", values[i]);
    }
    assert_int_equal(error.code, WG_FAIL_CONFIG);
    assert_int_equal(value, 99);
  }
  wg_input_table_free(&table);
}

static void range_includes_its_ends(void **state) {
  (void)state;
  static const char *const values[] = {"-3", "-2", "5", "6"};
  static const int results[] = {WG_FAIL_CONFIG, WG_OK, WG_OK, WG_FAIL_CONFIG};
  wg_input_table table = make_table(values, 4);
  for (size_t i = 0; i < 4; i++) {
    int64_t integer;
    double real;
    assert_int_equal(wg_input_table_int(&table, i, 1, -2, 5, &integer, NULL), results[i]);
    assert_int_equal(wg_input_table_real(&table, i, 1, -2, 5, &real, NULL), results[i]);
  }
  wg_input_table_free(&table);
}

static void reals_are_read(void **state) {
  (void)state;
  static const char *const values[] = {"0.1", "-2.5e-3", ".5", "3.", "+1E2", "12", "1e-400"};
  static const double expected[] = {0.1, -0.0025, 0.5, 3, 100, 12, 0};
  wg_input_table table = make_table(values, 7);
  for (size_t i = 0; i < 7; i++) {
    double value = 99;
    assert_int_equal(wg_input_table_real(&table, i, 1, -DBL_MAX, DBL_MAX, &value, NULL), WG_OK);
    assert_true(value == expected[i]);
  }
  wg_input_table_free(&table);
}

// Not finite is refused whatever the range.
static void other_text_is_no_real(void **state) {
  (void)state;
  static const char *const values[] = {"",     "nan",  "NaN", "inf",   "-inf", "infinity", "1e999", "-1e999", "0x1p3",
                                       " 1.5", "1.5 ", "1,5", "1.2.3", "e5",   ".",        "--1",   "12%",    "1e"};
  const size_t rows = sizeof values / sizeof *values;
  wg_input_table table = make_table(values, rows);
  for (size_t i = 0; i < rows; i++) {
    double value = 99;
    wg_error error = {0};
    if (wg_input_table_real(&table, i, 1, -__builtin_inf(), __builtin_inf(), &value, &error) != WG_FAIL_CONFIG) {
      fail_msg("\"%s\" was read as a number", values[i]);
    }
    assert_int_equal(error.code, WG_FAIL_CONFIG);
    assert_true(value == 99);
  }
  wg_input_table_free(&table);
}

static void messages_name_the_place_and_the_range(void **state) {
  (void)state;
  static const char *const values[] = {"1", "12x"};
  wg_input_table table = make_table(values, 2);
  int64_t integer;
  double real;
  wg_error error = {0};
  wg_input_table_int(&table, 1, 1, -4, 130, &integer, &error);
  wg_input_table_real(&table, 1, 1, 0, 0.25, &real, &error);
  assert_string_equal(error.text, "in.csv:7: column \"值\": must be an integer from -4 to 130, is \"12x\"\n"
                                  "in.csv:7: column \"值\": must be a number from 0 to 0.25, is \"12x\"");
  wg_input_table_free(&table);
}

static void free_empties_the_table(void **state) {
  (void)state;
  static const char *const values[] = {"1", "2"};
  wg_input_table table = make_table(values, 2);
  wg_input_table_free(&table);
  static const wg_input_table empty;
  assert_memory_equal(&table, &empty, sizeof empty);
  wg_input_table_free(&table);
  // A table that was filled in part.
  table = (wg_input_table){.path = strdup("x"), .columns = 3};
  wg_input_table_free(&table);
  assert_null(table.path);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(columns_are_found_by_name), cmocka_unit_test(cells_are_row_major),
      cmocka_unit_test(integers_are_read),         cmocka_unit_test(other_text_is_no_integer),
      cmocka_unit_test(range_includes_its_ends),   cmocka_unit_test(reals_are_read),
      cmocka_unit_test(other_text_is_no_real),     cmocka_unit_test(messages_name_the_place_and_the_range),
      cmocka_unit_test(free_empties_the_table),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
