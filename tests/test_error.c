// SPDX-License-Identifier: GPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/error.h"

static const char ellipsis[] = "…";

static bool ends_in(const char *text, const char *ending) {
  const size_t length = strlen(text), tail = strlen(ending);
  return length >= tail && strcmp(text + length - tail, ending) == 0;
}

static void first_message_stays(void **state) {
  (void)state;
  wg_error error = {0};
  assert_int_equal(wg_error_set(&error, WG_FAIL_RUN, "disk %d is full", 3), WG_FAIL_RUN);
  assert_int_equal(wg_error_set(&error, WG_FAIL_CONFIG, "later"), WG_FAIL_CONFIG);
  assert_int_equal(error.code, WG_FAIL_RUN);
  assert_string_equal(error.text, "disk 3 is full");
}

static void no_error_wanted(void **state) {
  (void)state;
  assert_int_equal(wg_error_set(NULL, WG_FAIL_CONFIG, "%s", "nobody listens"), WG_FAIL_CONFIG);
  assert_int_equal(wg_error_add(NULL, WG_FAIL_RUN, "%s", "nobody listens"), WG_FAIL_RUN);
}

static void added_lines_follow(void **state) {
  (void)state;
  wg_error error = {0};
  assert_int_equal(wg_error_add(&error, WG_FAIL_CONFIG, "a.cfg:%d: one", 1), WG_FAIL_CONFIG);
  assert_int_equal(wg_error_add(&error, WG_FAIL_CONFIG, "a.cfg:%d: two", 2), WG_FAIL_CONFIG);
  assert_int_equal(wg_error_set(&error, WG_FAIL_CONFIG, "three"), WG_FAIL_CONFIG);
  assert_int_equal(error.code, WG_FAIL_CONFIG);
  assert_string_equal(error.text, "a.cfg:1: one\na.cfg:2: two");
}

static void nothing_follows_a_failed_run(void **state) {
  (void)state;
  wg_error error = {0};
  wg_error_set(&error, WG_FAIL_RUN, "no memory");
  assert_int_equal(wg_error_add(&error, WG_FAIL_CONFIG, "unknown key"), WG_FAIL_CONFIG);
  assert_int_equal(error.code, WG_FAIL_RUN);
  assert_string_equal(error.text, "no memory");
}

static void message_of_the_very_size_is_whole(void **state) {
  (void)state;
  char longest[sizeof((wg_error *)0)->text];
  memset(longest, 'x', sizeof longest - 1);
  longest[sizeof longest - 1] = '\0';
  wg_error error = {0};
  wg_error_set(&error, WG_FAIL_RUN, "%s", longest);
  assert_string_equal(error.text, longest);

  wg_error cut = {0};
  wg_error_set(&cut, WG_FAIL_RUN, "%sy", longest);
  assert_int_equal(strlen(cut.text), sizeof cut.text - 1);
  assert_true(ends_in(cut.text, ellipsis));
}

// Whatever the offset, the cut leaves whole characters (網 has three bytes, 𠮷 four).
static void cut_leaves_whole_characters(void **state) {
  (void)state;
  static const char *const characters[] = {"網", "𠮷"};
  for (size_t kind = 0; kind < 2; kind++) {
    const size_t width = strlen(characters[kind]);
    for (size_t offset = 0; offset < 4; offset++) {
      char text[2 * sizeof((wg_error *)0)->text];
      memset(text, 'a', offset);
      size_t length = offset;
      while (length + width < sizeof text) {
        memcpy(text + length, characters[kind], width);
        length += width;
      }
      text[length] = '\0';
      wg_error error = {0};
      wg_error_set(&error, WG_FAIL_CONFIG, "%s", text);
      assert_true(ends_in(error.text, ellipsis));
      const size_t kept = strlen(error.text) - strlen(ellipsis);
      assert_memory_equal(error.text, text, kept);
      assert_int_equal((kept - offset) % width, 0);
      assert_true(kept + width + strlen(ellipsis) >= sizeof error.text);
    }
  }
}

static void full_message_takes_no_more(void **state) {
  (void)state;
  wg_error error = {0};
  for (int i = 0; i < 1000; i++) {
    wg_error_add(&error, WG_FAIL_CONFIG, "problem %d of a long list of problems", i);
  }
  assert_true(ends_in(error.text, ellipsis));
  assert_memory_equal(error.text, "problem 0 of", 12);

  // Cut before a character of three bytes, so that a short line would still find room.
  char text[sizeof error.text + 8] = "a";
  for (size_t length = 1; length + 3 < sizeof text; length += 3) {
    memcpy(text + length, "網", 4);
  }
  wg_error slack = {0};
  wg_error_set(&slack, WG_FAIL_CONFIG, "%s", text);
  const wg_error before = slack;
  assert_true(strlen(slack.text) < sizeof slack.text - 2);
  wg_error_add(&slack, WG_FAIL_CONFIG, "%s", "");
  assert_string_equal(slack.text, before.text);
  wg_error_add(&slack, WG_FAIL_CONFIG, "x");
  assert_string_equal(slack.text, before.text);
}

static void what_is_quoted_cannot_break_a_line(void **state) {
  (void)state;
  wg_error error = {0};
  wg_error_set(&error, WG_FAIL_CONFIG, "%s", "a\nb\x1b[1m\x7f\xc2\x9b 网 é");
  assert_string_equal(error.text, "a?b?[1m??? 网 é");
}

static void merged_lines_stay_lines(void **state) {
  (void)state;
  wg_error one = {0}, two = {0}, none = {0};
  wg_error_add(&one, WG_FAIL_CONFIG, "a");
  wg_error_add(&two, WG_FAIL_CONFIG, "b");
  wg_error_add(&two, WG_FAIL_CONFIG, "c %%");
  assert_int_equal(wg_error_merge(&one, &none), WG_OK);
  assert_int_equal(wg_error_merge(&one, &two), WG_FAIL_CONFIG);
  assert_string_equal(one.text, "a\nb\nc %");
  assert_int_equal(wg_error_merge(NULL, &two), WG_FAIL_CONFIG);
  wg_error run = {0};
  wg_error_set(&run, WG_FAIL_RUN, "no memory");
  assert_int_equal(wg_error_merge(&none, &run), WG_FAIL_RUN);
  assert_int_equal(none.code, WG_FAIL_RUN);
  wg_error_merge(&none, &two);
  assert_string_equal(none.text, "no memory");
}

static void message_may_quote_itself(void **state) {
  (void)state;
  wg_error error = {0};
  wg_error_add(&error, WG_FAIL_CONFIG, "inner");
  wg_error_add(&error, WG_FAIL_CONFIG, "outer (%s)", error.text);
  assert_string_equal(error.text, "inner\nouter (inner)");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(first_message_stays),
      cmocka_unit_test(no_error_wanted),
      cmocka_unit_test(added_lines_follow),
      cmocka_unit_test(nothing_follows_a_failed_run),
      cmocka_unit_test(message_of_the_very_size_is_whole),
      cmocka_unit_test(cut_leaves_whole_characters),
      cmocka_unit_test(full_message_takes_no_more),
      cmocka_unit_test(what_is_quoted_cannot_break_a_line),
      cmocka_unit_test(merged_lines_stay_lines),
      cmocka_unit_test(message_may_quote_itself),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
