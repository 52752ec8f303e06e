// SPDX-License-Identifier: GPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "config_folder.h"
#include "config_rows.h"
#include "io/config_file.h"
#include "io/config_prescan.h"

typedef struct result {
  wg_config *config;
  wg_error error;
  int code;
} result;

static result read_with(const char *scenario, const char *configs, const char *const *sets, size_t set_count) {
  result got = {0};
  if (wg_config_create(test_groups, 3, &got.config, &got.error))
    fail_msg("%s", got.error.text);
  const wg_config_sources sources = {.scenario = scenario, .configs = configs, .sets = sets, .set_count = set_count};
  got.code = wg_config_file_read(&sources, got.config, NULL, &got.error);
  assert_int_equal(got.code, got.error.code);
  return got;
}

static wg_config *read_well(const char *scenario, const char *configs, const char *const *sets, size_t set_count) {
  result got = read_with(scenario, configs, sets, set_count);
  if (got.code)
    fail_msg("%s", got.error.text);
  return got.config;
}

static void check_error(const char *scenario, const char *configs, const char *const *sets, size_t set_count,
                        const char *expected) {
  result got = read_with(scenario, configs, sets, set_count);
  assert_string_equal(got.error.text, expected);
  assert_int_equal(got.code, WG_FAIL_CONFIG);
  wg_config_free(got.config);
}

static void plain_scenario(void **state) {
  (void)state;
  write_text("s.cfg", "name = \"sanshe\"; label = \"三社联动\";\n"
                      "run: { quick = true; seed = 3000000000L; months = 0x10; share = 1; offset = -1.5e2;\n"
                      "  note = \"甲\\n\\x41\"; place = \"district\"; start = \"2012-01-01\"; end = \"\";\n"
                      "  weights = (1, 2.5); codes = [\"110108017000\", \"x\"]; };\n"
                      "services = { elder_care: { mix = 0.5; } }\n"
                      "// a last line without a newline");
  wg_config *const config = read_well("s.cfg", NULL, NULL, 0);
  const run_params *const run = run_of(config);
  assert_string_equal(top_of(config)->name, "sanshe");
  assert_string_equal(top_of(config)->label, "三社联动");
  assert_true(run->quick);
  assert_int_equal(run->seed, INT64_C(3000000000));
  assert_int_equal(run->months, 16);
  assert_true(run->share == 1 && run->offset == -150);
  assert_string_equal(run->note, "甲\nA");
  assert_int_equal(run->place, 0);
  assert_int_equal(run->start, wg_date_from_civil(2012, 1, 1));
  assert_int_equal(run->end, WG_DATE_NONE);
  assert_true(run->weights.count == 2 && run->weights.items[0] == 1 && run->weights.items[1] == 2.5);
  assert_int_equal(run->codes.count, 2);
  assert_string_equal(run->codes.items[1], "x");
  const service_params *const service = wg_config_at(config, &services_group, 0);
  assert_true(service->mix == 0.5);
  assert_string_equal(wg_config_origin(config, &top_group, 0, "name"), "s.cfg:1");
  assert_string_equal(wg_config_origin(config, &run_group, 0, "codes"), "s.cfg:4");
  assert_string_equal(wg_config_origin(config, &services_group, 0, "mix"), "s.cfg:5");
  assert_string_equal(wg_config_origin(config, &services_group, 0, "words"), "default");
  wg_config_free(config);
}

static void later_wins(void **state) {
  (void)state;
  // Each source sets one parameter less than the one before.
  write_configs("b.cfg", "run: { months = 22; share = 0.22; offset = 22; note = \"b\"; place = \"district\"; };");
  write_configs("a.cfg", "run: { seed = 11; months = 11; share = 0.11; offset = 11; note = \"a\"; };");
  mkdir("low", 0777);
  write_text("low/grand.cfg", "name = \"grand\"; run: { share = 0.33; offset = 33; note = \"grand\"; };");
  write_text("parent.cfg", "name = \"parent\"; extends = \"low/grand.cfg\"; run: { offset = 44; note = \"parent\"; };");
  write_text("s.cfg", "name = \"s\"; extends = \"parent.cfg\"; run: { note = \"s\"; };");
  static const char *const sets[] = {"run.place=community"};
  wg_config *const config = read_well("s.cfg", "configs", sets, 1);
  const run_params *const run = run_of(config);
  assert_int_equal(run->place, 2);
  assert_string_equal(run->note, "s");
  assert_true(run->offset == 44 && run->share == 0.33);
  assert_int_equal(run->months, 22);
  assert_int_equal(run->seed, 11);
  assert_false(run->quick);
  assert_string_equal(top_of(config)->name, "s");
  static const char *const origins[][2] = {
      {"place", "--set"},           {"note", "s.cfg:1"},           {"offset", "parent.cfg:1"},
      {"share", "low/grand.cfg:1"}, {"months", "configs/b.cfg:1"}, {"seed", "configs/a.cfg:1"},
      {"quick", "default"},
  };
  for (size_t i = 0; i < sizeof origins / sizeof *origins; i++) {
    assert_string_equal(wg_config_origin(config, &run_group, 0, origins[i][0]), origins[i][1]);
  }
  wg_config_free(config);
}

static void groups_merge_and_lists_replace(void **state) {
  (void)state;
  write_configs("a.cfg", "services: { x: { mix = 0.25; label = \"X\"; words = [\"p\", \"q\", \"r\"]; };\n"
                         "            y: { mix = 0.5; }; };\nrun: { weights = [1.0, 2.0, 3.0]; };");
  write_text("s.cfg",
             "name = \"s\"; services: { z: { mix = 1; }; x: { words = [\"only\"]; }; }; run: { weights = []; };");
  wg_config *const config = read_well("s.cfg", "configs", NULL, 0);
  assert_int_equal(wg_config_count(config, &services_group), 3);
  assert_string_equal(wg_config_name(config, &services_group, 2), "z");
  const service_params *const x = wg_config_at(config, &services_group, 0);
  assert_true(x->mix == 0.25);
  assert_string_equal(x->label, "X");
  assert_int_equal(x->words.count, 1);
  assert_string_equal(x->words.items[0], "only");
  assert_int_equal(run_of(config)->weights.count, 0);
  wg_config_free(config);
}

static void only_cfg_files_of_the_folder_are_read(void **state) {
  (void)state;
  write_configs("a.cfg", "run: { seed = 5; };");
  write_configs("a.cfg~", "broken {");
  write_configs(".b.cfg", "broken {");
  write_configs("notes.txt", "broken {");
  write_text("s.cfg", "name = \"s\";");
  wg_config *const config = read_well("s.cfg", "configs/", NULL, 0);
  assert_int_equal(run_of(config)->seed, 5);
  assert_string_equal(wg_config_origin(config, &run_group, 0, "seed"), "configs/a.cfg:1");
  wg_config_free(config);
  check_error("s.cfg", "nowhere", NULL, 0, "nowhere: cannot be read: No such file or directory");
}

static void scenario_keys_are_refused_in_configs(void **state) {
  (void)state;
  write_configs("a.cfg", "name = \"a\";\nextends = \"b.cfg\";\nlabel = \"b\";\nextend = 1;");
  write_text("s.cfg", "name = \"s\";");
  check_error("s.cfg", "configs", NULL, 0,
              "configs/a.cfg:1: name: belongs in a scenario\n"
              "configs/a.cfg:2: extends: belongs in a scenario\n"
              "configs/a.cfg:3: label: belongs in a scenario\n"
              "configs/a.cfg:4: extend: unknown key (allowed: name, label, run, services)");
}

static void extends_follows_the_naming_file(void **state) {
  (void)state;
  mkdir("sub", 0777);
  write_text("base.cfg", "run: { seed = 7; };");
  write_text("sub/middle.cfg", "extends = \"../base.cfg\"; label = \"中\";");
  char text[160];
  snprintf(text, sizeof text, "name = \"s\"; extends = \"%s/sub/middle.cfg\";", made_path);
  write_text("s.cfg", text);
  wg_config *const config = read_well("./s.cfg", NULL, NULL, 0);
  assert_int_equal(run_of(config)->seed, 7);
  assert_string_equal(top_of(config)->label, "中");
  assert_string_equal(wg_config_origin(config, &top_group, 0, "name"), "./s.cfg:1");
  snprintf(text, sizeof text, "%s/sub/../base.cfg:1", made_path);
  assert_string_equal(wg_config_origin(config, &run_group, 0, "seed"), text);
  wg_config_free(config);
}

static void circles_are_refused(void **state) {
  (void)state;
  write_text("a.cfg", "name = \"a\";\nextends = \"b.cfg\";");
  write_text("b.cfg", "extends = \"./a.cfg\"; // the same file by another name\n");
  write_text("self.cfg", "name = \"self\"; extends = \"self.cfg\";");
  check_error("a.cfg", NULL, NULL, 0, "b.cfg:1: extends: goes round in a circle: ./a.cfg comes up again");
  check_error("self.cfg", NULL, NULL, 0, "self.cfg:1: extends: goes round in a circle: self.cfg comes up again");
}

static void extends_that_leads_nowhere(void **state) {
  (void)state;
  write_text("a.cfg", "name = \"a\";\nextends = \"sub/none.cfg\";");
  write_text("b.cfg", "name = \"b\";\n\nextends = [1];");
  write_text("c.cfg", "name = \"c\"; extends = \"\";");
  write_text("d.cfg", "name = \"d\"; extends = \"e.cfg\"; run: { sed = 1; };");
  write_text("e.cfg", "run: {\n  seed = 010; };");
  check_error("a.cfg", NULL, NULL, 0, "a.cfg:2: extends: sub/none.cfg: cannot be read: No such file or directory");
  check_error("b.cfg", NULL, NULL, 0, "b.cfg:3: extends: expected the path of a file in quotes");
  check_error("c.cfg", NULL, NULL, 0, "c.cfg:1: extends: expected the path of a file in quotes");
  check_error("d.cfg", NULL, NULL, 0,
              "e.cfg:2: \"010\" has a leading zero (is it octal? write it without)\n"
              "d.cfg:1: run.sed: unknown key; did you mean \"seed\"?");
}

static void long_chains_are_refused(void **state) {
  (void)state;
  char path[24], text[64];
  for (int i = 0; i < 33; i++) {
    snprintf(path, sizeof path, "c%d.cfg", i);
    snprintf(text, sizeof text, "name = \"n\"; extends = \"c%d.cfg\";", i + 1);
    write_text(path, i < 32 ? text : "");
  }
  check_error("c0.cfg", NULL, NULL, 0, "c31.cfg:1: extends: the chain of files is too long (allowed: 32)");
  wg_config_free(read_well("c1.cfg", NULL, NULL, 0));
}

static void required_parameters(void **state) {
  (void)state;
  write_text("base.cfg", "name = \"base\";\nservices: {\n  x: { };\n  y: { mix = 1; }; };");
  write_text("none.cfg", "");
  write_text("inherits.cfg", "extends = \"base.cfg\"; services: { x: { mix = 1; }; };");
  check_error("none.cfg", NULL, NULL, 0, "none.cfg: name: is required but not given");
  check_error("base.cfg", NULL, NULL, 0, "base.cfg:3: services.x.mix: is required but not given");
  check_error("inherits.cfg", NULL, NULL, 0,
              "inherits.cfg: name: is required in the scenario itself, not only in what it extends");
  static const char *const sets[] = {"name=chosen", "services.x.mix=0.5"};
  wg_config *const config = read_well("inherits.cfg", NULL, sets, 2);
  assert_string_equal(top_of(config)->name, "chosen");
  wg_config_free(config);
  wg_config_free(read_well("base.cfg", NULL, sets + 1, 1));
}

static void all_problems_at_once(void **state) {
  (void)state;
  write_configs("a.cfg", "run: {\n  months = 500;\n  share = 0.5; };\n");
  write_configs("b.cfg", "run: { seed = 99999999999; };\n");
  write_text("parent.cfg", "rum: { seed = 1; x = 2; };\n");
  write_text("s.cfg",
             "name = \"s\";\nextends = \"parent.cfg\";\nrun: {\n  sed = 1;\n  quick = \"yes\"; end = \"2010-02-30\";\n"
             "};\nrun_too = 1;\nservices: { x: { mix = 0.5; labl = \"\"; }; };\n");
  static const char *const sets[] = {"run.seed=1.5", "run.nots=x", "services.y.mix=1", "nonsense"};
  check_error("s.cfg", "configs", sets, 4,
              "configs/a.cfg:2: run.months: 500 is out of range (allowed: 1 to 120)\n"
              "configs/b.cfg:1: \"99999999999\" is beyond 32 bits and needs the suffix L\n"
              "parent.cfg:1: rum: unknown key; did you mean \"run\"?\n"
              "s.cfg:4: run.sed: unknown key; did you mean \"seed\"?\n"
              "s.cfg:5: run.quick: expected true or false, got \"yes\"\n"
              "s.cfg:5: run.end: \"2010-02-30\" is not a date (allowed: YYYY-MM-DD in 1900 to 2199, or \"\")\n"
              "s.cfg:7: run_too: unknown key (allowed: name, label, run, services, extends)\n"
              "s.cfg:8: services.x.labl: unknown key; did you mean \"label\"?\n"
              "--set: run.seed: expected a whole number, got 1.5 (allowed: 0 or more)\n"
              "--set: run.nots: unknown key; did you mean \"note\"?\n"
              "--set: \"nonsense\" is not of the form path=value");
}

typedef struct trap {
  const char *text, *message; // the problems of a scenario s.cfg that has this text
} trap;

static void check_traps(const trap *cases, size_t count) {
  for (size_t i = 0; i < count; i++) {
    write_text("s.cfg", cases[i].text);
    check_error("s.cfg", NULL, NULL, 0, cases[i].message);
  }
}

#define CHECK_TRAPS(cases) check_traps(cases, sizeof(cases) / sizeof *(cases))

static void wrong_shapes(void **state) {
  (void)state;
  static const trap cases[] = {
      {"name = \"s\";\nrun = 5;", "s.cfg:2: run: is a group: write { … }"},
      {"name = \"s\";\nservices: { x = 5; };", "s.cfg:2: services.x: is a group: write { … }"},
      {"name = \"s\";\nrun: {\n seed: { a = 1; }; };", "s.cfg:3: run.seed: expected a value, got a group"},
      {"name = \"s\";\nrun: { codes = ( { a = 1; } ); };", "s.cfg:2: run.codes: expected a value, got a group"},
      {"name = \"s\"; services: { x*: { mix = 1; }; };",
       "s.cfg:1: services.x*: a name is a letter followed by letters, digits, _ and -"},
      {"name = 5;", "s.cfg:1: name: expected text in quotes, got 5"},
      {"name = \"s\"; policies = ( );",
       "s.cfg:1: policies: unknown key (allowed: name, label, run, services, extends)"},
      {"name = \"s\"; extend = \"x\";", "s.cfg:1: extend: unknown key; did you mean \"extends\"?"},
      {"name = \"s\"; run: { note = \"\\xb2\"; };", "s.cfg:1: run.note: \"?\" is not valid UTF-8"},
  };
  CHECK_TRAPS(cases);
}

static void numbers_libconfig_would_bend(void **state) {
  (void)state;
  static const trap cases[] = {
      {"run: { seed = 2147483648; };", "s.cfg:1: \"2147483648\" is beyond 32 bits and needs the suffix L"},
      {"run: { offset = -2147483649; };", "s.cfg:1: \"-2147483649\" is beyond 32 bits and needs the suffix L"},
      {"\nrun: { seed = 0xFFFFFFFF; };", "s.cfg:2: \"0xFFFFFFFF\" is beyond 32 bits and needs the suffix L (0x…L)"},
      {"run: { seed = 9223372036854775808L; };", "s.cfg:1: \"9223372036854775808L\" is beyond 64 bits"},
      {"run: { seed = 0xFFFFFFFFFFFFFFFFFL; };", "s.cfg:1: \"0xFFFFFFFFFFFFFFFFFL\" is beyond 64 bits"},
      {"run: { share = 1e400; };", "s.cfg:1: \"1e400\" is too large for a number"},
      {"run: { share = -1.0E+999; };", "s.cfg:1: \"-1.0E+999\" is too large for a number"},
      {"run: { share = 1e-999; };", "s.cfg:1: \"1e-999\" is too small to differ from 0"},
      {"run: { share = .; };", "s.cfg:1: \".\" has no digits"},
      {"run: { seed = 010; };", "s.cfg:1: \"010\" has a leading zero (is it octal? write it without)"},
      {"run: { weights = [\n1,\n 02]; };", "s.cfg:3: \"02\" has a leading zero (is it octal? write it without)"},
      {"run: { seed = 2147483648seed2 = 1; };", "s.cfg:1: \"2147483648seed2\" is not a number (text stands in quotes)"},
      {"run: { start = 2010-11-01; };", "s.cfg:1: \"2010-11-01\" is not a number (text stands in quotes)"},
      {"run: { offset = -0x10; };", "s.cfg:1: \"-0x10\" is not a number (text stands in quotes)"},
  };
  CHECK_TRAPS(cases);
}

static void numbers_at_the_edge_are_good(void **state) {
  (void)state;
  write_text("s.cfg", "name = \"s\"; /* 010 */ # 1e400\n"
                      "run: { seed = 2147483647; offset = -2147483648; note = \"010 1e400 2147483648 /* @include\";\n"
                      "       weights = [0.1, 5e-324, 1e1]; months = 0; };");
  static const char *const sets[] = {"run.months=0x7"};
  result got = read_with("s.cfg", NULL, sets, 1);
  assert_string_equal(got.error.text, "s.cfg:3: run.months: 0 is out of range (allowed: 1 to 120)");
  assert_int_equal(run_of(got.config)->seed, INT32_MAX);
  assert_true(run_of(got.config)->offset == INT32_MIN);
  assert_true(run_of(got.config)->weights.items[1] == 5e-324);
  assert_int_equal(run_of(got.config)->months, 7);
  wg_config_free(got.config);
  write_text("s.cfg", "name = \"s\"; run: { seed = 0x7FFFFFFFFFFFFFFFL; months = 0x7fL; };");
  static const char *const months[] = {"run.months=5"};
  got = read_with("s.cfg", NULL, months, 1);
  assert_string_equal(got.error.text, "s.cfg:1: run.months: 127 is out of range (allowed: 1 to 120)");
  assert_int_equal(run_of(got.config)->seed, INT64_MAX);
  wg_config_free(got.config);
}

static void comments_quotes_and_brackets(void **state) {
  (void)state;
  static const trap cases[] = {
      {"name = \"s\";\n/* open\nrun: { seed = 2; };\n",
       "s.cfg:2: the comment that begins here with /* is never closed"},
      {"name = \"s\"; /*/ run: { };", "s.cfg:1: the comment that begins here with /* is never closed"},
      {"name = \"s;\nlabel = \"x\";",
       "s.cfg:1: the text in quotes is not closed on its line (a line break within it is \\n)"},
      {"name = \"s\\\";", "s.cfg:1: the text in quotes is not closed on its line (a line break within it is \\n)"},
      {"name = \"s\";\nrun: {\n seed = 1;\n", "s.cfg:2: the { that begins here is never closed"},
      {"name = \"s\"; run: { weights = [1.0 }; };", "s.cfg:1: } does not close the [ of line 1"},
      {"name = \"s\";\n}", "s.cfg:2: } closes nothing"},
      {"name = \"s\"; run: { codes = [\"a\"\n \"b\"]; };", "s.cfg:2: a comma is missing between two texts in quotes"},
      {"name = \"a\\x00b\";", "s.cfg:1: text cannot hold a NUL character (\\x00)"},
      {"name = \"s\"; run: { weights = [0.1, 2]; };",
       "s.cfg:1: values in [ ] must be of one type: all whole, all with a point, or all in quotes; ( ) takes any"},
      {"name = \"s\";\n\nrun: { seed = ; };\n",
       "s.cfg:3: syntax error here or just before (is a value, comma or quote missing?)"},
  };
  CHECK_TRAPS(cases);
}

static void includes_in_comments_and_texts_are_none(void **state) {
  (void)state;
  write_text("s.cfg", "# @include \".\"\n/*\n@include \".\"\n*/\nname = \"@include\";");
  wg_config_free(read_well("s.cfg", NULL, NULL, 0));
}

static void keys_outside_ascii_and_with_points(void **state) {
  (void)state;
  static const trap cases[] = {
      {"name = \"s\";\n名称 = \"x\";",
       "s.cfg:2: \"名称\" stands outside quotes: keys and punctuation must be ASCII, and other text in quotes"},
      {"name = “s”；\nrun：{ };",
       "s.cfg:1: \"“\" stands outside quotes: keys and punctuation must be ASCII, and other text in quotes\n"
       "s.cfg:2: \"：\" stands outside quotes: keys and punctuation must be ASCII, and other text in quotes"},
      {"run.seed = 1;", "s.cfg:1: \"run.seed\" has a point: keys in files are nested, as in run: { seed = 1; }, and "
                        "text stands in quotes"},
  };
  CHECK_TRAPS(cases);
  write_text("s.cfg", "name = \"名称；\"; // 注释：\n/* 注 */");
  wg_config_free(read_well("s.cfg", NULL, NULL, 0));
}

static void words_without_quotes_are_told(void **state) {
  (void)state;
  static const trap cases[] = {
      {"name = \"s\";\nrun: { place = community; };",
       "s.cfg:2: \"community\" stands alone (a key needs = or : behind it, and text stands in quotes)"},
      {"name = \"s\";\nrun: { seed share = 1; };\nlast",
       "s.cfg:2: \"seed\" stands alone (a key needs = or : behind it, and text stands in quotes)\n"
       "s.cfg:3: \"last\" stands alone (a key needs = or : behind it, and text stands in quotes)"},
      {"name = \"s\";\nlast",
       "s.cfg:2: \"last\" stands alone (a key needs = or : behind it, and text stands in quotes)"},
      {"name\n/* */ = \"s\"; run\n: { quick = TRUE, share = nan; };",
       "s.cfg:3: \"nan\" stands alone (a key needs = or : behind it, and text stands in quotes)"},
  };
  CHECK_TRAPS(cases);
}

// libconfig would leak them.
static void texts_where_no_value_stands_are_told(void **state) {
  (void)state;
#define NO_VALUE "the text in quotes stands where no value can (is a = or comma missing before it? keys take no quotes)"
  static const trap cases[] = {
      {"\"name\" = \"s\";", "s.cfg:1: " NO_VALUE},
      {"name = \"s\"; run: { seed = 1 \"x\" };", "s.cfg:1: " NO_VALUE},
      {"name = \"s\"; run: { quick = true\n \"x\"; };", "s.cfg:2: " NO_VALUE},
      {"name = \"s\"; run: { codes = [\"x\"] \"x\"; };", "s.cfg:1: " NO_VALUE},
      {"name = \"s\"; run: { weights = (1 \"x\"); };", "s.cfg:1: " NO_VALUE},
      {"name = \"s\", \"x\";", "s.cfg:1: " NO_VALUE},
      {"name = \"s\"; seed \"x\";",
       "s.cfg:1: \"seed\" stands alone (a key needs = or : behind it, and text stands in quotes)"},
  };
  CHECK_TRAPS(cases);
  write_text("s.cfg", "name = \"a\" /* */ \"b\", label: \"c\"\nrun = { codes = ( \"x\", // y\n\"z\") note = \"\" };");
  wg_config *const config = read_well("s.cfg", NULL, NULL, 0);
  assert_string_equal(top_of(config)->name, "ab");
  assert_string_equal(run_of(config)->codes.items[1], "z");
  wg_config_free(config);
}

static void duplicate_keys_are_named(void **state) {
  (void)state;
  static const trap cases[] = {
      {"name = \"s\";\nrun: { seed = 1;\n  seed = 2; };\nname = \"t\";\nname = \"u\";",
       "s.cfg:4: name: is given twice in one group (first in line 1)\n"
       "s.cfg:5: name: is given twice in one group (first in line 1)\n"
       "s.cfg:3: seed: is given twice in one group (first in line 2)"},
      {"name = \"s\";\nrun: { seed = 1; };\nrun: { months = 2; };",
       "s.cfg:3: run: is given twice in one group (first in line 2)"},
  };
  CHECK_TRAPS(cases);
  // The same key in different groups is no duplicate.
  write_text("s.cfg", "name = \"s\"; label = \"\"; services: { a: { mix = 1; label = \"\"; }; b: { mix = 1; }; };");
  wg_config_free(read_well("s.cfg", NULL, NULL, 0));
}

static void encodings(void **state) {
  (void)state;
  static const trap cases[] = {
      {"\xef\xbb\xbfname = \"s\";", "s.cfg:1: the file begins with a byte order mark (save it as UTF-8 without BOM)"},
      {"\xff\xfename", "s.cfg:1: the file is UTF-16 (save it as UTF-8 without BOM)"},
      {"name = \"s\";\n// \xb2\xe2\xca\xd4\n", "s.cfg:2: the file is not valid UTF-8 (was it saved as GBK?)"},
  };
  CHECK_TRAPS(cases);
  static const char with_nul[] = "name = \"s\";\nrun: { seed = 1; };\0run: { sed = 2; };";
  write_bytes("s.cfg", with_nul, sizeof with_nul - 1);
  check_error("s.cfg", NULL, NULL, 0, "s.cfg:2: the file holds a NUL character (is it text?)");
}

static void what_is_no_regular_file(void **state) {
  (void)state;
  mkdir("folder.cfg", 0777);
  assert_int_equal(mkfifo("fifo.cfg", 0666), 0);
  check_error("folder.cfg", NULL, NULL, 0, "folder.cfg: is not a regular file");
  check_error("fifo.cfg", NULL, NULL, 0, "fifo.cfg: is not a regular file");
  check_error("/dev/zero", NULL, NULL, 0, "/dev/zero: is not a regular file");
  check_error("none.cfg", NULL, NULL, 0, "none.cfg: cannot be read: No such file or directory");
  write_text("s.cfg", "name = \"s\"; extends = \"fifo.cfg\";");
  check_error("s.cfg", NULL, NULL, 0, "s.cfg:1: extends: fifo.cfg: is not a regular file");
}

// `head`, then `count` times `piece`, then `tail`.
static void write_repeated(const char *head, const char *piece, size_t count, const char *tail) {
  FILE *const file = fopen("s.cfg", "wb");
  assert_non_null(file);
  fputs(head, file);
  for (size_t i = 0; i < count; i++)
    fputs(piece, file);
  fputs(tail, file);
  assert_int_equal(fclose(file), 0);
}

static void sizes(void **state) {
  (void)state;
  write_repeated("name = \"s\";", "\n", (4 << 20) - 11, "");
  wg_config_free(read_well("s.cfg", NULL, NULL, 0));
  write_repeated("name = \"s\";", "\n", (4 << 20) - 10, "");
  check_error("s.cfg", NULL, NULL, 0, "s.cfg: is too large for a configuration (allowed: 4 MiB)");
  write_repeated("name = \"", "a", WG_CONFIG_STRING_LENGTH_MAX, "\";");
  check_error("s.cfg", NULL, NULL, 0, "s.cfg:1: the text in quotes is too long");
  write_repeated("name = \"s\"; x = ", "(", 33, "");
  check_error("s.cfg", NULL, NULL, 0, "s.cfg:1: brackets are nested too deeply (allowed: 32)");
  write_repeated("name = \"s\"; ", "k", 65, " = 1;");
  check_error("s.cfg", NULL, NULL, 0,
              "s.cfg:1: \"kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk…\" is too long for a key");
  write_repeated("x = (", "{a=1;},", 10001, "{});");
  check_error("s.cfg", NULL, NULL, 0, "s.cfg:1: the file, with what it includes, has too many keys (allowed: 10000)");
}

static void sets(void **state) {
  (void)state;
  write_text("s.cfg", "name = \"s\"; services: { x: { mix = 0; }; };");
  static const char *const all[] = {"run.quick=true",       "run.seed=5000000000", "run.note=三社 联动",
                                    "run.end=2016-01-01",   "run.share=.5",        "run.weights=[0.1, 2]",
                                    "run.codes=(a, \"b\")", "label=\"a=b\"",       "run.seed=6",
                                    "services.x.mix=1",     "services.x.label="};
  wg_config *const config = read_well("s.cfg", NULL, all, sizeof all / sizeof *all);
  const run_params *const run = run_of(config);
  assert_true(run->quick);
  assert_int_equal(run->seed, 6); // later wins
  assert_string_equal(run->note, "三社 联动");
  assert_int_equal(run->end, wg_date_from_civil(2016, 1, 1));
  assert_true(run->share == 0.5 && run->weights.count == 2 && run->weights.items[1] == 2);
  assert_string_equal(run->codes.items[1], "b");
  assert_string_equal(top_of(config)->label, "a=b");
  assert_string_equal(wg_config_origin(config, &services_group, 0, "mix"), "--set");
  wg_config_free(config);
}

static void bad_sets(void **state) {
  (void)state;
  write_text("s.cfg", "name = \"s\"; services: { elder_care: { mix = 0; }; };");
  static const struct {
    const char *set, *message;
  } cases[] = {
      {"run.seed", "--set: \"run.seed\" is not of the form path=value"},
      {"=1", "--set: \"=1\" is not of the form path=value"},
      {"run.seed=010", "--set: run.seed: \"010\" has a leading zero (is it octal? write it without)"},
      {"run.share=1e400", "--set: run.share: \"1e400\" is too large for a number"},
      {"run.share=nan", "--set: run.share: expected a number, got \"nan\" (allowed: 0 to 1)"},
      {"run.share=2", "--set: run.share: 2 is out of range (allowed: 0 to 1)"},
      {"run.weights=[1", "--set: run.weights: a comma or ] is missing in the list"},
      {"run={seed=1;}", "--set: run: a group cannot be given here"},
      {"run=1", "--set: run: is a group: its parameters are set one by one"},
      {"extends=x.cfg", "--set: extends: unknown key (allowed: name, label, run, services)"},
      {"services.elder_car.mix=1",
       "--set: services.elder_car.mix: there is no \"elder_car\" in services; did you mean \"elder_care\"?"},
      {"run.shares=1", "--set: run.shares: unknown key; did you mean \"share\"?"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    check_error("s.cfg", NULL, &cases[i].set, 1, cases[i].message);
  }
}

static void printing_is_a_fixed_point(void **state) {
  (void)state;
  write_text(
      "first.cfg",
      "name = \"s \\\"q\\\" \\\\ \\x01 \\n 名\"; services: { b: { mix = 0.1; }; a: { mix = 1; words = []; }; };\n"
      "run: { seed = 9223372036854775807L; offset = 1e-300; share = 0.30000000000000004;\n"
      "  weights = (1, 0.1, 1e-5); codes = [\"\", \"甲\"]; end = \"2199-12-31\"; place = \"community\"; };");
  wg_config *const first = read_well("first.cfg", NULL, NULL, 0);
  char *const once = wg_config_text(first);
  write_text("second.cfg", once);
  wg_config *const second = read_well("second.cfg", NULL, NULL, 0);
  char *const twice = wg_config_text(second);
  assert_string_equal(once, twice);
  assert_string_equal(top_of(first)->name, top_of(second)->name);
  assert_true(run_of(first)->share == run_of(second)->share && run_of(first)->offset == run_of(second)->offset);
  assert_string_equal(wg_config_name(second, &services_group, 0), "b");
  free(once);
  free(twice);
  wg_config_free(first);
  wg_config_free(second);
}

static void defaults_and_long_texts_print_readably(void **state) {
  (void)state;
  // The longest text, every byte of which is escaped; and a keyed group without instances.
  write_text("s.cfg", "name = \"s\";");
  char *const set = calloc(1, 16384 + 16);
  assert_non_null(set);
  strcpy(set, "run.note=x");
  memset(set + 10, 1, 16383);
  const char *const one[] = {set};
  wg_config *const first = read_well("s.cfg", NULL, one, 1);
  char *const once = wg_config_text(first);
  assert_non_null(strstr(once, "services: {\n};\n"));
  write_text("second.cfg", once);
  wg_config *const second = read_well("second.cfg", NULL, NULL, 0);
  char *const twice = wg_config_text(second);
  assert_string_equal(once, twice);
  free(set);
  free(once);
  free(twice);
  wg_config_free(first);
  wg_config_free(second);
}

// Whether what was read can be looked at further although something is wrong with it.
static void whole_in_spite_of_problems(void **state) {
  (void)state;
  static const struct {
    const char *text;
    bool whole;
  } cases[] = {
      {"name = \"s\";", true},
      {"name = \"s\"; run: { seed = -1; sed = 1; };", true},
      {"label = \"s\";", false},                                // no name
      {"name = 1;", false},                                     // nor here
      {"name = \"s\"; services: { x: { }; };", false},          // a required value is missing
      {"name = \"s\"; services: { x: { mix = 2; }; };", false}, // or was refused
      {"name = \"s\"; run: { seed = 010; };", false},           // could not be read
      {"name = \"s\"; extends = \"none.cfg\";", false},         // nor this
      {"name = \"s\"; services: { x: { mix = 1; labl = 2; }; };", true},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    write_text("s.cfg", cases[i].text);
    wg_config *config = NULL;
    wg_error error = {0};
    bool whole = !cases[i].whole;
    assert_int_equal(wg_config_create(test_groups, 3, &config, &error), WG_OK);
    const wg_config_sources sources = {.scenario = "s.cfg"};
    wg_config_file_read(&sources, config, &whole, &error);
    if (whole != cases[i].whole)
      fail_msg("%s: %s", cases[i].text, error.text);
    wg_config_free(config);
  }
}

static void an_error_before_is_kept(void **state) {
  (void)state;
  write_text("s.cfg", "name = 1;");
  wg_config *config = NULL;
  wg_error error = {0};
  assert_int_equal(wg_config_create(test_groups, 3, &config, &error), WG_OK);
  const wg_config_sources sources = {.scenario = "s.cfg"};
  assert_int_equal(wg_config_file_read(&sources, config, NULL, NULL), WG_FAIL_CONFIG); // nobody listens
  wg_error_set(&error, WG_FAIL_CONFIG, "before");
  assert_int_equal(wg_config_file_read(&sources, config, NULL, &error), WG_FAIL_CONFIG);
  assert_string_equal(error.text, "before\ns.cfg:1: name: expected text in quotes, got 1");
  wg_config_free(config);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      IN_FOLDER(plain_scenario),
      IN_FOLDER(later_wins),
      IN_FOLDER(groups_merge_and_lists_replace),
      IN_FOLDER(only_cfg_files_of_the_folder_are_read),
      IN_FOLDER(scenario_keys_are_refused_in_configs),
      IN_FOLDER(extends_follows_the_naming_file),
      IN_FOLDER(circles_are_refused),
      IN_FOLDER(extends_that_leads_nowhere),
      IN_FOLDER(long_chains_are_refused),
      IN_FOLDER(required_parameters),
      IN_FOLDER(all_problems_at_once),
      IN_FOLDER(wrong_shapes),
      IN_FOLDER(numbers_libconfig_would_bend),
      IN_FOLDER(numbers_at_the_edge_are_good),
      IN_FOLDER(comments_quotes_and_brackets),
      IN_FOLDER(includes_in_comments_and_texts_are_none),
      IN_FOLDER(keys_outside_ascii_and_with_points),
      IN_FOLDER(texts_where_no_value_stands_are_told),
      IN_FOLDER(words_without_quotes_are_told),
      IN_FOLDER(duplicate_keys_are_named),
      IN_FOLDER(encodings),
      IN_FOLDER(what_is_no_regular_file),
      IN_FOLDER(sizes),
      IN_FOLDER(sets),
      IN_FOLDER(bad_sets),
      IN_FOLDER(printing_is_a_fixed_point),
      IN_FOLDER(defaults_and_long_texts_print_readably),
      IN_FOLDER(whole_in_spite_of_problems),
      IN_FOLDER(an_error_before_is_kept),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
