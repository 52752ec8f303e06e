// SPDX-License-Identifier: GPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "schema/literal.h"
#include "schema/message.h"
#include "schema/number.h"
#include "schema/utf8.h"

// The value in a spelling of its own, so that a table can hold what is expected.
static void describe(const wg_value *value, FILE *stream) {
  char number[32];
  switch (value->kind) {
  case WG_VALUE_BOOL:
    fputs(value->boolean ? "bool:true" : "bool:false", stream);
    break;
  case WG_VALUE_INT:
    wg_integer_print(value->integer, number);
    fprintf(stream, "int:%s", number);
    break;
  case WG_VALUE_REAL:
    wg_real_print(value->real, number);
    fprintf(stream, "real:%s", number);
    break;
  case WG_VALUE_TEXT:
    fprintf(stream, "text:%s", value->text);
    break;
  case WG_VALUE_LIST:
    fputs("list(", stream);
    for (size_t i = 0; i < value->count; i++) {
      if (i)
        fputs(" ", stream);
      describe(&value->items[i], stream);
    }
    fputs(")", stream);
    break;
  }
}

typedef struct reading {
  const char *text, *expected; // the value, or a part of the problem behind "!"
} reading;

static void check_readings(const reading *cases, size_t count) {
  for (size_t i = 0; i < count; i++) {
    wg_arena arena = {0};
    wg_value value;
    wg_message problem = {0};
    const int code = wg_literal_parse(cases[i].text, &arena, &value, &problem);
    char *text = NULL;
    size_t size = 0;
    FILE *const stream = open_memstream(&text, &size);
    assert_non_null(stream);
    if (code == WG_OK)
      describe(&value, stream);
    else
      fprintf(stream, "!%s", problem.text);
    fclose(stream);
    const bool refused = cases[i].expected[0] == '!';
    const bool good = refused ? code == WG_FAIL_CONFIG && text[0] == '!' && strstr(text, cases[i].expected + 1)
                              : code == WG_OK && strcmp(text, cases[i].expected) == 0;
    if (!good)
      fail_msg("%s: expected %s, got %s", cases[i].text, cases[i].expected, text);
    free(text);
    wg_arena_free(&arena);
  }
}

#define CHECK_READINGS(cases) check_readings(cases, sizeof(cases) / sizeof *(cases))

static void scalars(void **state) {
  (void)state;
  static const reading cases[] = {
      {"true", "bool:true"},
      {"FALSE", "bool:false"},
      {"truely", "text:truely"},
      {"0", "int:0"},
      {"-0", "int:0"},
      {"+7", "int:7"},
      {"0x1F", "int:31"},
      {"0xFFFFFFFF", "int:4294967295L"},
      {"3L", "int:3"},
      {"3LL", "int:3"},
      {"2147483648", "int:2147483648L"},
      {"9223372036854775807", "int:9223372036854775807L"},
      {"-9223372036854775808L", "int:-9223372036854775808L"},
      {"0.54", "real:0.54"},
      {".5", "real:0.5"},
      {"5.", "real:5.0"},
      {"1e5", "real:100000.0"},
      {"-2.5E-3", "real:-0.0025"},
      {"5e-324", "real:4.94065645841247e-324"},
      {"0e400", "real:0.0"},
      {" 12 ", "int:12"},
  };
  CHECK_READINGS(cases);
}

static void numbers_that_cannot_be_held(void **state) {
  (void)state;
  static const reading cases[] = {
      {"1e400", "!too large"},        {"-1e400", "!too large"},        {"1e-400", "!too small"},
      {"010", "!leading zero"},       {"-007", "!leading zero"},       {".", "!no digits"},
      {"9223372036854775808", "!64"}, {"-9223372036854775809", "!64"}, {"0xFFFFFFFFFFFFFFFFF", "!64"},
      {"0x8000000000000000L", "!64"}, {"[1, 1e999]", "!too large"},
  };
  CHECK_READINGS(cases);
}

static void bare_words(void **state) {
  (void)state;
  static const reading cases[] = {
      {"", "text:"},
      {"community", "text:community"},
      {"2010-11-01", "text:2010-11-01"},
      {"三社 联动", "text:三社 联动"},
      {"1,2", "text:1,2"},
      {"12x", "text:12x"},
      {"1e", "text:1e"},
      {"0x", "text:0x"},
      {"nan", "text:nan"},
      {"-inf", "text:-inf"},
      {"-0x10", "text:-0x10"},
      {"//srv/x.h5", "text://srv/x.h5"},
  };
  CHECK_READINGS(cases);
}

static void quoted_texts(void **state) {
  (void)state;
  static const reading cases[] = {
      {"\"\"", "text:"},
      {"\"abc\"", "text:abc"},
      {"\"true\"", "text:true"},
      {"\"a\\n\\t\\\\\\\"b\"", "text:a\n\t\\\"b"},
      {"\"\\x41\\x7a\"", "text:Az"},
      {"\"\\q\"", "text:\\q"},
      {"\"\\xg\"", "text:\\xg"},
      {"\"abc", "!closing quote"},
      {"\"abc\\\"", "!closing quote"},
      {"\"a\\x00b\"", "!NUL"},
      {"\"a\" b", "!nothing may follow"},
  };
  CHECK_READINGS(cases);
}

static void lists(void **state) {
  (void)state;
  static const reading cases[] = {
      {"[]", "list()"},
      {"( )", "list()"},
      {"[0.1, 2]", "list(real:0.1 int:2)"},
      {"(\"a\",\"b\")", "list(text:a text:b)"},
      {"[2020-11-01 , b]", "list(text:2020-11-01 text:b)"},
      {"[[1], (2, 3)]", "list(list(int:1) list(int:2 int:3))"},
      {"[1", "!missing in the list"},
      {"[1)", "!missing in the list"},
      {"[1 2]", "!missing in the list"},
      {"[1,]", "!value is missing"},
      {"[,1]", "!value is missing"},
      {"[1] 2", "!nothing may follow"},
      {"[{a = 1;}]", "!group"},
      {"{a = 1;}", "!group"},
      {"[[[[[[[[[[1]]]]]]]]]]", "!too deeply"},
  };
  CHECK_READINGS(cases);
}

static void reals_print_shortest_and_read_back(void **state) {
  (void)state;
  static const struct {
    double value;
    const char *text;
  } cases[] = {
      {0.1, "0.1"},
      {2, "2.0"},
      {-0.0, "-0.0"},
      {1e300, "1e+300"},
      {100000, "100000.0"},
      {1e15, "1e+15"},
      {0.1 + 0.2, "0.30000000000000004"},
      {1.0 / 3, "0.33333333333333331"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char text[32];
    wg_real_print(cases[i].value, text);
    assert_string_equal(text, cases[i].text);
    wg_value value;
    bool wide;
    const char *problem;
    assert_int_equal(wg_number_parse(text, strlen(text), &value, &wide, &problem), WG_NUMBER_GOOD);
    assert_int_equal(value.kind, WG_VALUE_REAL);
    assert_memory_equal(&value.real, &cases[i].value, sizeof(double));
  }
}

static void texts_print_and_read_back(void **state) {
  (void)state;
  static const char original[] = "引 \"quote\" \\ back\n\r\t\f\x01\x7f end";
  char *text = NULL;
  size_t size = 0;
  FILE *const stream = open_memstream(&text, &size);
  assert_non_null(stream);
  wg_text_print(original, stream);
  fclose(stream);
  assert_string_equal(text, "\"引 \\\"quote\\\" \\\\ back\\n\\r\\t\\f\\x01\\x7f end\"");
  wg_arena arena = {0};
  wg_value value;
  wg_message problem = {0};
  assert_int_equal(wg_literal_parse(text, &arena, &value, &problem), WG_OK);
  assert_string_equal(value.text, original);
  wg_arena_free(&arena);
  free(text);
}

static void utf8_is_told_from_other_bytes(void **state) {
  (void)state;
  static const struct {
    const char *text;
    size_t good;
  } cases[] = {
      {"abc", 3},          {"三社", 6},         {"\xf0\x9f\x98\x80", 4}, {"a\xc0\x80", 1},
      {"\xe0\x80\x80", 0}, {"\xed\xa0\x80", 0}, {"\xf4\x90\x80\x80", 0}, {"ab\xb2\xe2", 2},
      {"\xe4\xb8", 0},     {"\xff", 0},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    assert_int_equal(wg_utf8_check(cases[i].text, strlen(cases[i].text)), cases[i].good);
  }
}

static void messages_are_cut_between_characters(void **state) {
  (void)state;
  wg_message message = {0};
  wg_message_add(&message, "x");
  for (int i = 0; i < 200; i++)
    wg_message_add(&message, "社");
  assert_int_equal(message.length, 1 + 3 * 127);
  assert_int_equal(strlen(message.text), message.length);
  assert_int_equal(wg_utf8_check(message.text, message.length), message.length);
  wg_message quoted = {0};
  wg_message_quote(&quoted, "a\nb\xff", 4);
  assert_string_equal(quoted.text, "\"a?b?\"");
  wg_message longer = {0};
  wg_message_quote(&longer, "一二三四五六七八九十一二三四五六七八九十", 60);
  assert_string_equal(longer.text, "\"一二三四五六七八九十一二三四五六…\"");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(scalars),
      cmocka_unit_test(numbers_that_cannot_be_held),
      cmocka_unit_test(bare_words),
      cmocka_unit_test(quoted_texts),
      cmocka_unit_test(lists),
      cmocka_unit_test(reals_print_shortest_and_read_back),
      cmocka_unit_test(texts_print_and_read_back),
      cmocka_unit_test(utf8_is_told_from_other_bytes),
      cmocka_unit_test(messages_are_cut_between_characters),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
