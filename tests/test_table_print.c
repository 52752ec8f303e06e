// SPDX-License-Identifier: GPL-3.0-or-later
// Text tables: widths of Chinese text, padding on either side, thousands separators.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "report/table.h"

static void expect_cell(const char *text, int width, const char *expected) {
  char *made = NULL;
  size_t size = 0;
  FILE *stream = open_memstream(&made, &size);
  assert_non_null(stream);
  wg_cell_print(stream, text, width);
  fclose(stream);
  assert_string_equal(made, expected);
  free(made);
}

static void chinese_is_two_cells_wide(void **state) {
  (void)state;
  assert_int_equal(wg_text_width(""), 0);
  assert_int_equal(wg_text_width("grid"), 4);
  assert_int_equal(wg_text_width("网格"), 4);
  assert_int_equal(wg_text_width("网格 v2"), 7);
  assert_int_equal(wg_text_width("（上地街道）"), 12); // full-width brackets
  assert_int_equal(wg_text_width("一、二。三"), 10);   // ideographic punctuation
  assert_int_equal(wg_text_width("\u3000"), 2);        // ideographic space
  assert_int_equal(wg_text_width("\uac00\ud7a3"), 4);  // Hangul, both ends
  assert_int_equal(wg_text_width("\U00020000"), 2);    // rare characters
}

static void other_scripts_are_one_cell_wide(void **state) {
  (void)state;
  assert_int_equal(wg_text_width("é"), 1);
  assert_int_equal(wg_text_width("km²"), 3);
  assert_int_equal(wg_text_width("5 – 6 …"), 7);
  assert_int_equal(wg_text_width("±√█"), 3);
  assert_int_equal(wg_text_width("\uff61"), 1); // half-width form
}

// A byte that begins no character, or a character cut short, takes a cell and hides nothing that follows.
static void broken_text_ends(void **state) {
  (void)state;
  assert_int_equal(wg_text_width("\x80"), 1);
  assert_int_equal(wg_text_width("\xe7"), 1);
  assert_int_equal(wg_text_width("\xe7"
                                 "ab"),
                   3);
  assert_int_equal(wg_text_width("\xe7\xbd"), 1);
  assert_int_equal(wg_text_width("\xf0\xa0\x80"
                                 "网"),
                   3);
}

static void cells_are_padded(void **state) {
  (void)state;
  expect_cell("网格", 6, "网格  ");
  expect_cell("网格", -6, "  网格");
  expect_cell("ab", 4, "ab  ");
  expect_cell("ab", -4, "  ab");
  expect_cell("", 3, "   ");
  expect_cell("", -3, "   ");
  expect_cell("网格", 4, "网格");
  expect_cell("网格", -4, "网格");
  expect_cell("网格", 3, "网格"); // too long: nothing is cut
  expect_cell("网格", -3, "网格");
  expect_cell("网格", 0, "网格");
}

// Whatever the texts, cells of one width end at the same place.
static void columns_line_up(void **state) {
  (void)state;
  static const char *const texts[] = {"", "a", "网", "ab网", "é网é", "网格网格网", "0123456789"};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
    for (int side = -1; side <= 1; side += 2) {
      char *made = NULL;
      size_t size = 0;
      FILE *stream = open_memstream(&made, &size);
      assert_non_null(stream);
      wg_cell_print(stream, texts[i], side * 11);
      fclose(stream);
      assert_int_equal(wg_text_width(made), 11);
      free(made);
    }
}

static void counts_have_separators(void **state) {
  (void)state;
  static const struct {
    int64_t count;
    const char *text;
  } cases[] = {{0, "0"},
               {7, "7"},
               {999, "999"},
               {1000, "1,000"},
               {99999, "99,999"},
               {100000, "100,000"},
               {999999, "999,999"},
               {1000000, "1,000,000"},
               {3280670, "3,280,670"},
               {-1, "-1"},
               {-999, "-999"},
               {-1000, "-1,000"},
               {-123456, "-123,456"},
               {INT64_MAX, "9,223,372,036,854,775,807"},
               {-INT64_MAX, "-9,223,372,036,854,775,807"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char buffer[33];
    buffer[32] = '#';
    const char *text = wg_count_print(cases[i].count, buffer);
    assert_ptr_equal(text, buffer);
    assert_string_equal(text, cases[i].text);
    assert_int_equal(buffer[32], '#');
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(chinese_is_two_cells_wide), cmocka_unit_test(other_scripts_are_one_cell_wide),
      cmocka_unit_test(broken_text_ends),          cmocka_unit_test(cells_are_padded),
      cmocka_unit_test(columns_line_up),           cmocka_unit_test(counts_have_separators),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
