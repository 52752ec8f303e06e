// SPDX-License-Identifier: GPL-3.0-or-later
// Listed groups: entries that name their type, with parts, from files and the command line and back.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "io/config_file.h"

#define TOP_ROWS(X, T) X(T, TEXT, name, NULL, 0, 0, "", SETTING, "名", "Name.", "")
WG_PARAM_STRUCT(top_params, TOP_ROWS)
WG_PARAM_GROUP(top_group, "", false, top_params, TOP_ROWS, "顶", "Top level.");

#define RULE_ROWS(X, T)                                                                                                \
  X(T, REAL, strength, "1.0", 0.0, 1.0, "1", SETTING, "力度", "Strength.", "")                                         \
  X(T, DATE, from, "", 0, 0, "", SETTING, "始", "Start.", "")
WG_PARAM_STRUCT(rule_params, RULE_ROWS)
WG_LISTED_GROUP(rules_group, "rules", "rule", rule_params, RULE_ROWS, "规则", "Rules.");

#define SCOPE_ROWS(X, T) X(T, TEXTS, codes, "[]", 0, 0, "", SETTING, "码", "Codes.", "")
WG_PARAM_STRUCT(scope_params, SCOPE_ROWS)
WG_PART_GROUP(scope_group, "rules", "scope", NULL, scope_params, SCOPE_ROWS, "范围", "Scope.");

#define RAIN_ROWS(X, T) X(T, REAL, amount, "0.5", 0.0, 9.0, "mm", ASSUMED, "雨量", "How much.", "none")
WG_PARAM_STRUCT(rain_params, RAIN_ROWS)
WG_PART_GROUP(rain_group, "rules", "params", "rain", rain_params, RAIN_ROWS, "雨", "Rain.");

#define SNOW_ROWS(X, T) X(T, INT, flakes, "7", 0, 99, "1", ASSUMED, "雪花", "How many.", "none")
WG_PARAM_STRUCT(snow_params, SNOW_ROWS)
WG_PART_GROUP(snow_group, "rules", "params", "snow", snow_params, SNOW_ROWS, "雪", "Snow.");

static const wg_param_group *const groups[] = {&top_group, &rules_group, &scope_group, &rain_group, &snow_group};

static char folder[64];

static int enter_folder(void **state) {
  (void)state;
  strcpy(folder, "/tmp/wg_list_XXXXXX");
  return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int leave_folder(void **state) {
  (void)state;
  char command[96];
  snprintf(command, sizeof command, "rm -r '%s'", folder);
  return chdir("/") == 0 && system(command) == 0 ? 0 : -1;
}

static void write_text(const char *path, const char *text) {
  FILE *const file = fopen(path, "wb");
  assert_non_null(file);
  assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
  assert_int_equal(fclose(file), 0);
}

static wg_config *read_into(const char *path, const char *const *sets, size_t count, wg_error *error) {
  wg_config *config = NULL;
  if (wg_config_create(groups, sizeof groups / sizeof *groups, &config, error))
    fail_msg("%s", error->text);
  wg_config_file_read(&(wg_config_sources){.scenario = path, .sets = sets, .set_count = count}, config, NULL, error);
  return config;
}

static wg_config *read_well(const char *path, const char *const *sets, size_t count) {
  wg_error error = {0};
  wg_config *config = read_into(path, sets, count, &error);
  if (error.code)
    fail_msg("%s", error.text);
  return config;
}

static void expect_error(const char *path, const char *set, const char *expected) {
  wg_error error = {0};
  wg_config *config = read_into(path, &set, set ? 1 : 0, &error);
  assert_string_equal(error.text, expected);
  assert_int_equal(error.code, WG_FAIL_CONFIG);
  wg_config_free(config);
}

static double amount_of(const wg_config *config, const char *name) {
  const int at = wg_config_find(config, &rain_group, name);
  assert_true(at >= 0);
  return ((const rain_params *)wg_config_at(config, &rain_group, (size_t)at))->amount;
}

static double strength_of(const wg_config *config, const char *name) {
  const int at = wg_config_find(config, &rules_group, name);
  assert_true(at >= 0);
  return ((const rule_params *)wg_config_at(config, &rules_group, (size_t)at))->strength;
}

static const char two_rains[] = "name = \"s\";\nrules = (\n  { rule = \"snow\"; strength = 0.25; },\n"
                                "  { rule = \"rain\"; params: { amount = 2.0; }; scope: { codes = [ \"a\" ]; }; },\n"
                                "  { rule = \"rain\"; from = \"2011-01-01\"; }\n);\n";

static void entries_are_named_by_type_and_number(void **state) {
  (void)state;
  write_text("s.cfg", two_rains);
  wg_config *const config = read_well("s.cfg", NULL, 0);
  assert_int_equal(wg_config_count(config, &rules_group), 3);
  assert_string_equal(wg_config_name(config, &rules_group, 2), "rain#2");
  assert_int_equal(wg_config_count(config, &rain_group), 2);
  assert_int_equal(wg_config_count(config, &snow_group), 1);
  assert_true(strength_of(config, "snow") == 0.25 && strength_of(config, "rain") == 1.0);
  assert_true(amount_of(config, "rain") == 2.0 && amount_of(config, "rain#2") == 0.5);
  const scope_params *scope = wg_config_at(config, &scope_group, 1);
  assert_int_equal(scope->codes.count, 1);
  assert_string_equal(wg_config_origin(config, &rain_group, 0, "amount"), "s.cfg:4");
  assert_string_equal(wg_config_origin(config, &rain_group, 1, "amount"), "default");
  wg_config_free(config);
}

static void sets_reach_entries_and_parts(void **state) {
  (void)state;
  write_text("s.cfg", two_rains);
  const char *const sets[] = {"rules.rain#2.params.amount=3", "rules.rain.strength=0.5", "rules.snow.params.flakes=1"};
  wg_config *const config = read_well("s.cfg", sets, 3);
  assert_true(amount_of(config, "rain") == 2.0 && amount_of(config, "rain#2") == 3.0);
  assert_true(strength_of(config, "rain") == 0.5 && strength_of(config, "rain#2") == 1.0);
  wg_config_free(config);
}

static void lists_replace_and_groups_merge(void **state) {
  (void)state;
  write_text("s.cfg", two_rains);
  write_text("new.cfg", "name = \"n\"; extends = \"s.cfg\"; rules = ( { rule = \"snow\"; } );\n");
  wg_config *config = read_well("new.cfg", NULL, 0);
  assert_int_equal(wg_config_count(config, &rules_group), 1);
  assert_int_equal(wg_config_count(config, &rain_group), 0);
  assert_true(strength_of(config, "snow") == 1.0);
  wg_config_free(config);
  write_text("none.cfg", "name = \"n\"; extends = \"s.cfg\"; rules = ();\n");
  config = read_well("none.cfg", NULL, 0);
  assert_int_equal(wg_config_count(config, &rules_group), 0);
  wg_config_free(config);
  write_text("merge.cfg", "name = \"n\"; extends = \"s.cfg\"; rules: { rain: { params: { amount = 1.0; }; }; };\n");
  config = read_well("merge.cfg", NULL, 0);
  assert_int_equal(wg_config_count(config, &rules_group), 3);
  assert_true(amount_of(config, "rain") == 1.0 && amount_of(config, "rain#2") == 0.5);
  wg_config_free(config);
}

static void order_of_types_is_not_printed(void **state) {
  (void)state;
  write_text("a.cfg", two_rains);
  write_text(
      "b.cfg",
      "name = \"s\";\nrules = ( { rule = \"rain\"; params: { amount = 2.0; }; scope: { codes = [ \"a\" ]; }; },\n"
      "  { rule = \"snow\"; strength = 0.25; }, { rule = \"rain\"; from = \"2011-01-01\"; } );\n");
  wg_config *const a = read_well("a.cfg", NULL, 0), *const b = read_well("b.cfg", NULL, 0);
  char *const x = wg_config_text(a), *const y = wg_config_text(b);
  assert_string_equal(x, y);
  write_text("c.cfg", x);
  wg_config *const again = read_well("c.cfg", NULL, 0);
  char *const z = wg_config_text(again);
  assert_string_equal(x, z);
  // With comments it reads the same.
  FILE *const file = fopen("d.cfg", "wb");
  assert_int_equal(wg_config_print(a, true, file), WG_OK);
  assert_int_equal(fclose(file), 0);
  wg_config *const commented = read_well("d.cfg", NULL, 0);
  char *const w = wg_config_text(commented);
  assert_string_equal(x, w);
  wg_config_free(a);
  wg_config_free(b);
  wg_config_free(again);
  wg_config_free(commented);
  free(x);
  free(y);
  free(z);
  free(w);
}

static void mistakes_are_told(void **state) {
  (void)state;
  write_text("s.cfg", two_rains);
  write_text("type.cfg", "name = \"s\";\nrules = ( { rule = \"rian\"; } );\n");
  expect_error("type.cfg", NULL, "type.cfg:2: rules: there is no rule called \"rian\"; did you mean \"rain\"?");
  write_text("far.cfg", "name = \"s\";\nrules = ( { rule = \"hail\"; } );\n");
  expect_error("far.cfg", NULL, "far.cfg:2: rules: there is no rule called \"hail\" (allowed: rain, snow)");
  write_text("mark.cfg", "name = \"s\";\nrules = ( { rule = \"rain#2\"; } );\n");
  expect_error("mark.cfg", NULL, "mark.cfg:2: rules: there is no rule called \"rain#2\"; did you mean \"rain\"?");
  write_text("key.cfg", "name = \"s\";\nrules = (\n  { strength = 0.5; } );\n");
  expect_error("key.cfg", NULL, "key.cfg:3: rules: entry 1: expected { rule = \"…\"; … }");
  write_text("word.cfg", "name = \"s\";\nrules = ( \"rain\" );\n");
  expect_error("word.cfg", NULL, "word.cfg:2: rules: entry 1: expected { rule = \"…\"; … }");
  write_text("row.cfg", "name = \"s\";\nrules = ( { rule = \"rain\"; strengh = 0.5; } );\n");
  expect_error("row.cfg", NULL, "row.cfg:2: rules.rain.strengh: unknown key; did you mean \"strength\"?");
  write_text("part.cfg", "name = \"s\";\nrules = ( { rule = \"rain\"; parms: { amount = 0.5; }; } );\n");
  expect_error("part.cfg", NULL, "part.cfg:2: rules.rain.parms: unknown key; did you mean \"params\"?");
  write_text("other.cfg", "name = \"s\";\nrules = ( { rule = \"rain\"; params: { flakes = 5; }; } );\n");
  expect_error("other.cfg", NULL, "other.cfg:2: rules.rain.params.flakes: unknown key (allowed: amount)");
  write_text("value.cfg", "name = \"s\";\nrules = ( { rule = \"rain\"; params = 5; } );\n");
  expect_error("value.cfg", NULL, "value.cfg:2: rules.rain.params: is a group: write { … }");
  write_text("range.cfg", "name = \"s\";\nrules = ( { rule = \"rain\"; },\n { rule = \"rain\"; strength = 2.0; } );\n");
  expect_error("range.cfg", NULL, "range.cfg:3: rules.rain#2.strength: 2.0 is out of range (allowed: 0 to 1)");
  write_text("scalar.cfg", "name = \"s\";\nrules = 5;\n");
  expect_error("scalar.cfg", NULL, "scalar.cfg:2: rules: is a list: write ( { … }, { … } )");
  write_text("merge.cfg", "name = \"s\";\nrules: { rain: { strength = 0.5; }; };\n");
  expect_error("merge.cfg", NULL, "merge.cfg:2: rules.rain: there is no \"rain\" in rules");
  expect_error("s.cfg", "rules.rain#3.strength=0.5",
               "--set: rules.rain#3.strength: there is no \"rain#3\" in rules; did you mean \"rain#2\"?");
  expect_error("s.cfg", "rules.rain#1.strength=0.5",
               "--set: rules: there is no rule called \"rain#1\"; did you mean \"rain\"?");
  expect_error("s.cfg", "rules.rain.scope=0.5",
               "--set: rules.rain.scope: is a group: its parameters are set one by one");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(entries_are_named_by_type_and_number, enter_folder, leave_folder),
      cmocka_unit_test_setup_teardown(sets_reach_entries_and_parts, enter_folder, leave_folder),
      cmocka_unit_test_setup_teardown(lists_replace_and_groups_merge, enter_folder, leave_folder),
      cmocka_unit_test_setup_teardown(order_of_types_is_not_printed, enter_folder, leave_folder),
      cmocka_unit_test_setup_teardown(mistakes_are_told, enter_folder, leave_folder),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
