// SPDX-License-Identifier: GPL-3.0-or-later
// Which keys of two configurations differ, and copies that are configurations of their own.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "config_rows.h"
#include "schema/config_compare.h"
#include "schema/literal.h"

static void set(wg_config *config, const char *path, const char *text) {
  wg_arena arena = {0};
  wg_value value;
  wg_message problem = {0};
  wg_error error = {0};
  assert_int_equal(wg_literal_parse(text, &arena, &value, &problem), WG_OK);
  if (wg_config_set(config, path, &value, "test", true, &error))
    fail_msg("%s", error.text);
  wg_arena_free(&arena);
}

static wg_config *make(void) {
  wg_config *config;
  wg_error error = {0};
  if (wg_config_create(test_groups, sizeof test_groups / sizeof *test_groups, &config, &error))
    fail_msg("%s", error.text);
  set(config, "name", "same");
  set(config, "services.care.mix", "0.25");
  return config;
}

static void expect(const wg_config *a, const wg_config *b, const wg_texts *skip, size_t count,
                   const wg_config_difference *wanted) {
  wg_arena arena = {0};
  wg_config_differences found;
  assert_int_equal(wg_config_compare(a, b, skip, &arena, &found, NULL), WG_OK);
  assert_int_equal(found.count, count);
  for (size_t i = 0; i < count; i++) {
    assert_string_equal(found.items[i].path, wanted[i].path);
    assert_true(!found.items[i].a == !wanted[i].a && (!wanted[i].a || !strcmp(found.items[i].a, wanted[i].a)));
    assert_true(!found.items[i].b == !wanted[i].b && (!wanted[i].b || !strcmp(found.items[i].b, wanted[i].b)));
  }
  wg_arena_free(&arena);
}

static void equal_ones_do_not_differ(void **state) {
  (void)state;
  wg_config *a = make(), *b = make();
  expect(a, b, NULL, 0, NULL);
  // Where a value was set is no difference.
  set(b, "run.share", "0.54");
  expect(a, b, NULL, 0, NULL);
  wg_config_free(a);
  wg_config_free(b);
}

static void every_type_is_told(void **state) {
  (void)state;
  wg_config *a = make(), *b = make();
  set(b, "name", "other");
  set(b, "run.quick", "true");
  set(b, "run.seed", "2");
  set(b, "run.share", "0.1");
  set(b, "run.place", "district");
  set(b, "run.end", "2011-01-01");
  set(b, "run.weights", "[0.1, 2.5]");
  set(b, "run.codes", "[\"x\"]");
  set(b, "services.care.mix", "0.5");
  const wg_config_difference wanted[] = {{"name", "\"same\"", "\"other\""},
                                         {"run.quick", "false", "true"},
                                         {"run.seed", "1", "2"},
                                         {"run.share", "0.54", "0.1"},
                                         {"run.place", "\"subdistrict\"", "\"district\""},
                                         {"run.end", "\"\"", "\"2011-01-01\""},
                                         {"run.weights", "[0.1, 2.0]", "[0.1, 2.5]"},
                                         {"run.codes", "[]", "[\"x\"]"},
                                         {"services.care.mix", "0.25", "0.5"}};
  expect(a, b, NULL, 9, wanted);
  const char *const skipped[] = {"run", "services.care", "name"};
  expect(a, b, &(wg_texts){3, skipped}, 0, NULL);
  const char *const some[] = {"ru", "services.car", "run.seed", "run.s"};
  expect(
      a, b, &(wg_texts){4, some}, 8,
      (wg_config_difference[]){wanted[0], wanted[1], wanted[3], wanted[4], wanted[5], wanted[6], wanted[7], wanted[8]});
  wg_config_free(a);
  wg_config_free(b);
}

static void what_one_lacks_is_told_with_all_its_values(void **state) {
  (void)state;
  wg_config *a = make(), *b = make();
  set(a, "services.left.mix", "0.1");
  set(b, "services.right.mix", "0.2");
  const wg_config_difference wanted[] = {{"services.left.mix", "0.1", NULL},
                                         {"services.left.label", "\"\"", NULL},
                                         {"services.left.words", "[\"a\", \"b\"]", NULL},
                                         {"services.right.mix", NULL, "0.2"},
                                         {"services.right.label", NULL, "\"\""},
                                         {"services.right.words", NULL, "[\"a\", \"b\"]"}};
  expect(a, b, NULL, 6, wanted);
  wg_config_free(a);
  wg_config_free(b);
}

static void the_order_of_instances_is_no_difference(void **state) {
  (void)state;
  wg_config *a = make(), *b = make();
  set(a, "services.x.mix", "0.1");
  set(a, "services.y.mix", "0.2");
  set(b, "services.y.mix", "0.2");
  set(b, "services.x.mix", "0.1");
  expect(a, b, NULL, 0, NULL);
  wg_config_free(a);
  wg_config_free(b);
}

static void paths_lie_below_their_beginnings(void **state) {
  (void)state;
  assert_true(wg_path_below("policies.duty_list#2.from", "policies"));
  assert_true(wg_path_below("policies.duty_list#2.from", "policies.duty_list"));
  assert_true(wg_path_below("run.seed", "run.seed"));
  assert_false(wg_path_below("run.seeds", "run.seed"));
  assert_false(wg_path_below("run", "run.seed"));
}

static void a_copy_is_equal_and_of_its_own(void **state) {
  (void)state;
  wg_config *a = make(), *b, *untouched = make();
  assert_int_equal(wg_config_copy(a, &b, NULL), WG_OK);
  char *const before = wg_config_text(a), *const copied = wg_config_text(b);
  assert_string_equal(before, copied);
  set(b, "run.weights", "[3]");
  set(b, "services.new.mix", "0.75");
  set(b, "services.care.mix", "0.5");
  expect(a, untouched, NULL, 0, NULL);
  assert_int_equal(wg_config_count(a, &services_group), 1);
  assert_int_equal(wg_config_count(b, &services_group), 2);
  set(a, "run.share", "0.9");
  assert_true(run_of(b)->share == 0.54 && run_of(a)->share == 0.9);
  free(before);
  free(copied);
  wg_config_free(b);
  wg_config_free(a);
  wg_config_free(untouched);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(equal_ones_do_not_differ),
      cmocka_unit_test(every_type_is_told),
      cmocka_unit_test(what_one_lacks_is_told_with_all_its_values),
      cmocka_unit_test(the_order_of_instances_is_no_difference),
      cmocka_unit_test(paths_lie_below_their_beginnings),
      cmocka_unit_test(a_copy_is_equal_and_of_its_own),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
