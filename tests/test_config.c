// SPDX-License-Identifier: GPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "config_rows.h"
#include "schema/config_path.h"
#include "schema/literal.h"
#include "schema/param_value.h"

static wg_config *make(void) {
  wg_config *config = NULL;
  wg_error error = {0};
  if (wg_config_create(test_groups, 3, &config, &error))
    fail_msg("%s", error.text);
  return config;
}

static wg_value integer(int64_t number) {
  return (wg_value){.kind = WG_VALUE_INT, .integer = number};
}

static wg_value real(double number) {
  return (wg_value){.kind = WG_VALUE_REAL, .real = number};
}

static wg_value text(const char *words) {
  return (wg_value){.kind = WG_VALUE_TEXT, .text = words};
}

static int set(wg_config *config, const char *path, const wg_value value, wg_error *error) {
  return wg_config_set(config, path, &value, "x.cfg:3", true, error);
}

static void set_well(wg_config *config, const char *path, const wg_value value) {
  wg_error error = {0};
  if (set(config, path, value, &error))
    fail_msg("%s", error.text);
}

static void defaults(void **state) {
  (void)state;
  wg_config *const config = make();
  const run_params *const run = run_of(config);
  assert_false(run->quick);
  assert_int_equal(run->seed, 1);
  assert_true(run->share == 0.54 && run->offset == -2);
  assert_string_equal(run->note, "abc");
  assert_int_equal(run->place, 1);
  assert_int_equal(run->start, wg_date_from_civil(2010, 11, 1));
  assert_int_equal(run->end, WG_DATE_NONE);
  assert_int_equal(run->weights.count, 2);
  assert_true(run->weights.items[0] == 0.1 && run->weights.items[1] == 2);
  assert_int_equal(run->codes.count, 0);
  assert_int_equal(wg_config_count(config, &services_group), 0);
  assert_null(wg_config_get(config, &services_group));
  assert_string_equal(wg_config_origin(config, &run_group, 0, "seed"), "default");
  assert_null(wg_config_origin(config, &top_group, 0, "name"));
  assert_string_equal(top_of(config)->name, "");
  size_t count;
  assert_ptr_equal(wg_config_groups(config, &count)[1], &run_group);
  assert_int_equal(count, 3);
  wg_config_free(config);
}

#define BAD_ROWS(X, T)                                                                                                 \
  X(T, REAL, high, "1.5", 0, 1, "1", ASSUMED, "", "", NULL)                                                            \
  X(T, DATE, day, "2010-02-30", 0, 0, NULL, SETTING, "", "", NULL)                                                     \
  X(T, INT, good, "1", 0, 1, "1", SETTING, "", "", NULL)                                                               \
  X(T, INT, broken, "[1", 0, 1, "1", SETTING, "", "", NULL)
WG_PARAM_STRUCT(bad_params, BAD_ROWS)
WG_PARAM_GROUP(bad_group, "bad", true, bad_params, BAD_ROWS, "", "");
WG_PARAM_GROUP(dotted_group, "a.b", false, run_params, RUN_ROWS, "", "");

static void defaults_must_satisfy_their_rows(void **state) {
  (void)state;
  const wg_param_group *const groups[] = {&run_group, &bad_group};
  char nothing;
  wg_config *config = (wg_config *)&nothing;
  wg_error error = {0};
  assert_int_equal(wg_config_create(groups, 2, &config, &error), WG_FAIL_CONFIG);
  assert_null(config);
  assert_string_equal(error.text,
                      "default: bad.high: 1.5 is out of range (allowed: 0 to 1)\n"
                      "default: bad.day: \"2010-02-30\" is not a date (allowed: YYYY-MM-DD in 1900 to 2199, "
                      "or \"\")\n"
                      "default: bad.broken: a comma or ] is missing in the list");
}

static void a_group_is_one_key(void **state) {
  (void)state;
  const wg_param_group *const groups[] = {&dotted_group};
  wg_config *config;
  wg_error error = {0};
  assert_int_equal(wg_config_create(groups, 1, &config, &error), WG_FAIL_CONFIG);
}

static void every_type_is_set(void **state) {
  (void)state;
  wg_config *const config = make();
  const run_params *const run = run_of(config);
  char words[] = "own";
  set_well(config, "run.quick", (wg_value){.kind = WG_VALUE_BOOL, .boolean = true});
  set_well(config, "run.seed", integer(INT64_C(5000000000)));
  set_well(config, "run.share", integer(1)); // whole numbers are numbers
  set_well(config, "run.note", text(words));
  set_well(config, "run.place", text("community"));
  set_well(config, "run.start", text(""));
  set_well(config, "run.end", text("2020-02-29"));
  const wg_value numbers[] = {integer(3), real(0.25)}, codes[] = {text(words), text("三社")};
  set_well(config, "run.weights", (wg_value){.kind = WG_VALUE_LIST, .items = numbers, .count = 2});
  set_well(config, "run.codes", (wg_value){.kind = WG_VALUE_LIST, .items = codes, .count = 2});
  set_well(config, "name", text("top"));
  memset(words, 'x', sizeof words - 1); // the configuration keeps copies
  assert_true(run->quick);
  assert_int_equal(run->seed, INT64_C(5000000000));
  assert_true(run->share == 1);
  assert_string_equal(run->note, "own");
  assert_int_equal(run->place, 2);
  assert_int_equal(run->start, WG_DATE_NONE);
  assert_int_equal(run->end, wg_date_from_civil(2020, 2, 29));
  assert_true(run->weights.count == 2 && run->weights.items[0] == 3 && run->weights.items[1] == 0.25);
  assert_int_equal(run->codes.count, 2);
  assert_string_equal(run->codes.items[0], "own");
  assert_string_equal(run->codes.items[1], "三社");
  assert_string_equal(top_of(config)->name, "top");
  assert_string_equal(wg_config_origin(config, &run_group, 0, "seed"), "x.cfg:3");
  wg_config_free(config);
}

typedef struct refusal {
  const char *path;
  wg_value value;
  const char *message;
} refusal;

// Each is refused with exactly this message, and leaves the configuration as it was.
static void check_refusals(const refusal *cases, size_t count) {
  wg_config *const config = make();
  set_well(config, "services.elder_care.mix", real(0.5));
  char *const before = wg_config_text(config);
  for (size_t i = 0; i < count; i++) {
    wg_error error = {0};
    assert_int_equal(set(config, cases[i].path, cases[i].value, &error), WG_FAIL_CONFIG);
    assert_string_equal(error.text, cases[i].message);
  }
  char *const after = wg_config_text(config);
  assert_string_equal(before, after);
  free(before);
  free(after);
  wg_config_free(config);
}

#define CHECK_REFUSALS(cases) check_refusals(cases, sizeof(cases) / sizeof *(cases))

static void wrong_types(void **state) {
  (void)state;
  const wg_value mixed[] = {real(1), text("two")}, nested[] = {{.kind = WG_VALUE_LIST}};
  const refusal cases[] = {
      {"run.quick", integer(1), "x.cfg:3: run.quick: expected true or false, got 1"},
      {"run.months", real(2), "x.cfg:3: run.months: expected a whole number, got 2.0 (allowed: 1 to 120)"},
      {"run.share", text("nan"), "x.cfg:3: run.share: expected a number, got \"nan\" (allowed: 0 to 1)"},
      {"run.offset", text("1"), "x.cfg:3: run.offset: expected a number, got \"1\""},
      {"run.note", integer(5), "x.cfg:3: run.note: expected text in quotes, got 5"},
      {"run.place", integer(1),
       "x.cfg:3: run.place: expected a word in quotes, got 1 (allowed: district, subdistrict, community)"},
      {"run.start", integer(2010),
       "x.cfg:3: run.start: expected a date in quotes, got 2010 (allowed: YYYY-MM-DD in 1900 to 2199, or \"\")"},
      {"run.weights", real(1), "x.cfg:3: run.weights: expected a list of numbers, got 1.0 (allowed: 0 to 10)"},
      {"run.weights",
       {.kind = WG_VALUE_LIST, .items = mixed, .count = 2},
       "x.cfg:3: run.weights: item 2: expected a number, got \"two\" (allowed: 0 to 10)"},
      {"run.codes",
       {.kind = WG_VALUE_LIST, .items = nested, .count = 1},
       "x.cfg:3: run.codes: item 1: expected text in quotes, got a list"},
      {"name", {.kind = WG_VALUE_BOOL}, "x.cfg:3: name: expected text in quotes, got false"},
  };
  CHECK_REFUSALS(cases);
}

static void out_of_range(void **state) {
  (void)state;
  const wg_value high[] = {real(1), real(10.5)}, infinite[] = {real(INFINITY)};
  const refusal cases[] = {
      {"run.months", integer(0), "x.cfg:3: run.months: 0 is out of range (allowed: 1 to 120)"},
      {"run.months", integer(121), "x.cfg:3: run.months: 121 is out of range (allowed: 1 to 120)"},
      {"run.seed", integer(-1), "x.cfg:3: run.seed: -1 is out of range (allowed: 0 or more)"},
      {"run.share", real(1.0000000000000002),
       "x.cfg:3: run.share: 1.0000000000000002 is out of range (allowed: 0 to 1)"},
      {"run.share", integer(-1), "x.cfg:3: run.share: -1 is out of range (allowed: 0 to 1)"},
      {"run.share", real(NAN), "x.cfg:3: run.share: nan is not finite (allowed: 0 to 1)"},
      {"run.offset", real(INFINITY), "x.cfg:3: run.offset: inf is not finite"},
      {"run.weights",
       {.kind = WG_VALUE_LIST, .items = high, .count = 2},
       "x.cfg:3: run.weights: item 2: 10.5 is out of range (allowed: 0 to 10)"},
      {"run.weights",
       {.kind = WG_VALUE_LIST, .items = infinite, .count = 1},
       "x.cfg:3: run.weights: item 1: inf is not finite (allowed: 0 to 10)"},
      {"run.place", text("communit"),
       "x.cfg:3: run.place: \"communit\" is not one of the choices (allowed: district, "
       "subdistrict, community)"},
      {"run.place", text("district|subdistrict"),
       "x.cfg:3: run.place: \"district|subdistrict\" is not one of the choices (allowed: district, subdistrict, "
       "community)"},
      {"run.end", text("2019-02-29"),
       "x.cfg:3: run.end: \"2019-02-29\" is not a date (allowed: YYYY-MM-DD in 1900 to 2199, or \"\")"},
      {"run.note", text("\xb2\xe2"), "x.cfg:3: run.note: \"??\" is not valid UTF-8"},
  };
  CHECK_REFUSALS(cases);
}

static void bounds_are_inclusive(void **state) {
  (void)state;
  wg_config *const config = make();
  set_well(config, "run.months", integer(1));
  set_well(config, "run.months", integer(120));
  set_well(config, "run.share", real(0));
  set_well(config, "run.share", real(1));
  set_well(config, "run.seed", integer(INT64_MAX));
  assert_int_equal(run_of(config)->seed, INT64_MAX);
  wg_config_free(config);
}

static void text_has_a_limit(void **state) {
  (void)state;
  wg_config *const config = make();
  char *const words = calloc(WG_PARAM_TEXT_MAX + 2, 1);
  assert_non_null(words);
  memset(words, 'a', WG_PARAM_TEXT_MAX);
  set_well(config, "run.note", text(words));
  words[WG_PARAM_TEXT_MAX] = 'a';
  wg_error error = {0};
  assert_int_equal(set(config, "run.note", text(words), &error), WG_FAIL_CONFIG);
  assert_non_null(strstr(error.text, "16385 bytes is too long"));
  free(words);
  wg_config_free(config);
}

static void unknown_paths(void **state) {
  (void)state;
  const refusal cases[] = {
      {"run.sed", integer(1), "x.cfg:3: run.sed: unknown key; did you mean \"seed\"?"},
      {"run.seed.x", integer(1), "x.cfg:3: run.seed.x: unknown key; did you mean \"seed\"?"},
      {"rnu.seed", integer(1), "x.cfg:3: rnu.seed: unknown key; did you mean \"run\"?"},
      {"lable", text(""), "x.cfg:3: lable: unknown key; did you mean \"label\"?"},
      {"service.elder_care.mix", real(0), "x.cfg:3: service.elder_care.mix: unknown key; did you mean \"services\"?"},
      {"services.elder_care.mxi", real(0), "x.cfg:3: services.elder_care.mxi: unknown key; did you mean \"mix\"?"},
      {"services.elder_care.colour", real(0),
       "x.cfg:3: services.elder_care.colour: unknown key (allowed: mix, label, words)"},
      {"quite_other", real(0), "x.cfg:3: quite_other: unknown key (allowed: name, label, run, services)"},
      {"services.2b.mix", real(0), "x.cfg:3: services.2b.mix: a name is a letter followed by letters, digits, _ and -"},
      {"services..mix", real(0), "x.cfg:3: services..mix: a name is a letter followed by letters, digits, _ and -"},
      {"run", integer(1), "x.cfg:3: run: is a group: its parameters are set one by one"},
      {"services.elder_care", integer(1),
       "x.cfg:3: services.elder_care: is a group: its parameters are set one by one"},
      {"", integer(1), "x.cfg:3: : unknown key (allowed: name, label, run, services)"},
      {"run.", integer(1),
       "x.cfg:3: run.: unknown key (allowed: quick, seed, months, share, offset, note, place, start, end, weights, "
       "codes)"},
  };
  CHECK_REFUSALS(cases);
}

static void instances(void **state) {
  (void)state;
  wg_config *const config = make();
  set_well(config, "services.b.mix", real(0.5));
  set_well(config, "services.a.label", text("甲"));
  set_well(config, "services.b.label", text("乙"));
  assert_int_equal(wg_config_count(config, &services_group), 2);
  assert_string_equal(wg_config_name(config, &services_group, 0), "b");
  assert_int_equal(wg_config_find(config, &services_group, "a"), 1);
  assert_int_equal(wg_config_find(config, &services_group, "c"), -1);
  const service_params *const b = wg_config_at(config, &services_group, 0);
  assert_true(b->mix == 0.5 && b->words.count == 2);
  assert_string_equal(b->label, "乙");
  assert_null(wg_config_at(config, &services_group, 2));
  assert_null(wg_config_name(config, &services_group, 2));
  assert_string_equal(wg_config_origin(config, &services_group, 1, "words"), "default");
  assert_null(wg_config_origin(config, &services_group, 1, "mix"));
  for (char name[] = "ca"; name[0] <= 'z'; name[0]++) { // room grows and what is there stays where it is
    wg_error error = {0};
    assert_int_equal(wg_config_add(config, "services", name, "y.cfg:1", &error), WG_OK);
    assert_int_equal(wg_config_add(config, "services", name, "y.cfg:2", &error), WG_OK);
  }
  assert_int_equal(wg_config_count(config, &services_group), 26);
  assert_ptr_equal(wg_config_at(config, &services_group, 0), b);
  wg_config_free(config);
}

static void instances_come_only_where_wanted(void **state) {
  (void)state;
  wg_config *const config = make();
  set_well(config, "services.elder_care.mix", real(0.5));
  const wg_value half = real(0.5);
  wg_error error = {0};
  assert_int_equal(wg_config_set(config, "services.eldercare.mix", &half, "--set", false, &error), WG_FAIL_CONFIG);
  assert_string_equal(error.text, "--set: services.eldercare.mix: there is no \"eldercare\" in services; did you mean "
                                  "\"elder_care\"?");
  wg_error second = {0}; // a refused value makes no instance either
  assert_int_equal(set(config, "services.other.mix", real(2), &second), WG_FAIL_CONFIG);
  wg_error third = {0};
  assert_int_equal(wg_config_add(config, "run", "x", "y.cfg:1", &third), WG_FAIL_CONFIG);
  assert_int_equal(wg_config_add(config, "services", "x y", "y.cfg:1", &third), WG_FAIL_CONFIG);
  assert_int_equal(wg_config_count(config, &services_group), 1);
  wg_config_free(config);
}

static void required_parameters(void **state) {
  (void)state;
  wg_config *const config = make();
  wg_error error = {0};
  wg_config_add(config, "services", "a", "y.cfg:7", &error);
  wg_config_add(config, "services", "b", "y.cfg:9", &error);
  set_well(config, "services.b.mix", real(0));
  assert_int_equal(wg_config_check(config, "s.cfg", &error), WG_FAIL_CONFIG);
  assert_string_equal(error.text, "s.cfg: name: is required but not given\n"
                                  "y.cfg:7: services.a.mix: is required but not given");
  wg_error refused = {0}, again = {0};
  set(config, "services.a.mix", real(2), &refused);
  set_well(config, "name", text("n"));
  assert_int_equal(wg_config_check(config, "s.cfg", &again), WG_OK); // told with the refusal
  wg_config_free(config);
}

static void printing_is_canonical(void **state) {
  (void)state;
  wg_config *const config = make();
  set_well(config, "services.elder_care.label", text("老\n\"护\""));
  set_well(config, "services.elder_care.mix", real(0.1));
  set_well(config, "run.seed", integer(INT64_C(-1) + INT64_C(4294967297)));
  set_well(config, "run.share", integer(1));
  set_well(config, "name", text("n"));
  char *const words = wg_config_text(config);
  assert_string_equal(words, "name = \"n\";\n"
                             "label = \"\";\n"
                             "run: {\n"
                             "  quick = false;\n"
                             "  seed = 4294967296L;\n"
                             "  months = 12;\n"
                             "  share = 1.0;\n"
                             "  offset = -2.0;\n"
                             "  note = \"abc\";\n"
                             "  place = \"subdistrict\";\n"
                             "  start = \"2010-11-01\";\n"
                             "  end = \"\";\n"
                             "  weights = [0.1, 2.0];\n"
                             "  codes = [];\n"
                             "};\n"
                             "services: {\n"
                             "  elder_care: {\n"
                             "    mix = 0.1;\n"
                             "    label = \"老\\n\\\"护\\\"\";\n"
                             "    words = [\"a\", \"b\"];\n"
                             "  };\n"
                             "};\n");
  free(words);
  wg_config_free(config);
}

static void nearest_names(void **state) {
  (void)state;
  static const char *const names[] = {"seed", "share", "months", "x", "referral_share"};
  static const struct {
    const char *name, *nearest;
  } cases[] = {
      {"sede", "seed"},
      {"seeds", "seed"},
      {"mnoths", "months"},
      {"referal_shere", "referral_share"},
      {"share", "share"},
      {"y", NULL},
      {"", NULL},
      {"colour", NULL},
      {"seashore", NULL},
      {"sxxd", NULL},
      {"a_name_so_long_that_it_can_hardly_be_a_misspelling_of_anything_that_exists", NULL},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const char *const nearest = wg_name_nearest(cases[i].name, names, 5);
    if (!cases[i].nearest)
      assert_null(nearest);
    else
      assert_string_equal(nearest ? nearest : "(none)", cases[i].nearest);
  }
  static const char *const alike[] = {"seed", "seek"};
  assert_string_equal(wg_name_nearest("seef", alike, 2), "seed"); // the first of equals
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(defaults),
      cmocka_unit_test(defaults_must_satisfy_their_rows),
      cmocka_unit_test(a_group_is_one_key),
      cmocka_unit_test(every_type_is_set),
      cmocka_unit_test(wrong_types),
      cmocka_unit_test(out_of_range),
      cmocka_unit_test(bounds_are_inclusive),
      cmocka_unit_test(text_has_a_limit),
      cmocka_unit_test(unknown_paths),
      cmocka_unit_test(instances),
      cmocka_unit_test(instances_come_only_where_wanted),
      cmocka_unit_test(required_parameters),
      cmocka_unit_test(printing_is_canonical),
      cmocka_unit_test(nearest_names),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
