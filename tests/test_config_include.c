// SPDX-License-Identifier: GPL-3.0-or-later
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

#include "config_folder.h"
#include "config_rows.h"
#include "io/config_file.h"

typedef struct result {
  wg_config *config;
  wg_error error;
  int code;
} result;

// Scenarios lie in "own", so that the folder above is outside. `roots` are folders besides.
static result read_with(const char *scenario, const char *configs, const wg_include_roots *roots) {
  result got = {0};
  if (wg_config_create(test_groups, 3, &got.config, &got.error))
    fail_msg("%s", got.error.text);
  const wg_config_sources sources = {.scenario = scenario, .configs = configs, .include = roots};
  got.code = wg_config_file_read(&sources, got.config, NULL, &got.error);
  assert_int_equal(got.code, got.error.code);
  return got;
}

static wg_config *read_well(const char *scenario, const char *configs, const wg_include_roots *roots) {
  result got = read_with(scenario, configs, roots);
  if (got.code)
    fail_msg("%s", got.error.text);
  return got.config;
}

static void check_error(const char *scenario, const char *configs, const wg_include_roots *roots,
                        const char *expected) {
  result got = read_with(scenario, configs, roots);
  assert_string_equal(got.error.text, expected);
  assert_int_equal(got.code, WG_FAIL_CONFIG);
  wg_config_free(got.config);
}

static int enter(void **state) {
  return enter_folder(state) || mkdir("own", 0777) || mkdir("own/sub", 0777) ? -1 : 0;
}

#define INCLUDING(test) cmocka_unit_test_setup_teardown(test, enter, leave_folder)

static const wg_include_roots anywhere = {.anywhere = true};

static const char outside[] =
    "lies outside (allowed: the project's configs/ and scenarios/ and the scenario's own folder, with all below; with "
    "--allow-outside anywhere)";

static void between_settings_and_within_groups(void **state) {
  (void)state;
  write_text("own/s.cfg", "name = \"s\";\n"
                          "@include \"top.cfg\"\n"
                          "run: { quick = true;\n"
                          "\t@include \"sub/run.cfg\" // of the run\n"
                          "  offset = -1.5; };\r\n"
                          "  @include\t \"sub/services.cfg\"\t \r\n"
                          "# the end");
  write_text("own/top.cfg", "label = \"标签\"; // no newline at the end");
  write_text("own/sub/run.cfg", "\n\nseed = 7;\n@include \"more.cfg\"\nnote = \"n\"\n");
  write_text("own/sub/more.cfg", "months = 3;\n");
  write_text("own/sub/services.cfg", "services: { x: { mix = 0.5; }; };");
  wg_config *const config = read_well("own/s.cfg", NULL, NULL);
  assert_string_equal(top_of(config)->label, "标签");
  assert_true(run_of(config)->quick && run_of(config)->offset == -1.5);
  assert_int_equal(run_of(config)->seed, 7);
  static const char *const origins[][2] = {{"quick", "own/s.cfg:3"},
                                           {"seed", "own/sub/run.cfg:3"},
                                           {"months", "own/sub/more.cfg:1"},
                                           {"note", "own/sub/run.cfg:5"},
                                           {"offset", "own/s.cfg:5"}};
  for (size_t i = 0; i < sizeof origins / sizeof *origins; i++)
    assert_string_equal(wg_config_origin(config, &run_group, 0, origins[i][0]), origins[i][1]);
  assert_string_equal(wg_config_origin(config, &top_group, 0, "name"), "own/s.cfg:1");
  assert_string_equal(wg_config_origin(config, &top_group, 0, "label"), "own/top.cfg:1");
  assert_string_equal(wg_config_origin(config, &services_group, 0, "mix"), "own/sub/services.cfg:1");
  wg_config_free(config);
}

static void within_lists(void **state) {
  (void)state;
  write_text("own/s.cfg",
             "name = \"s\";\nrun: { codes = [\"a\",\n@include \"list.cfg\"\n]; seed =\n@include \"n.cfg\"\n; };");
  write_text("own/list.cfg", "\"b\",\n\"c\"");
  write_text("own/n.cfg", "12");
  wg_config *config = read_well("own/s.cfg", NULL, NULL);
  assert_int_equal(run_of(config)->codes.count, 3);
  assert_string_equal(run_of(config)->codes.items[2], "c");
  assert_int_equal(run_of(config)->seed, 12);
  wg_config_free(config);
  // libconfig would join the two texts.
  write_text("own/list.cfg", "\n\"b\"\n");
  write_text("own/s.cfg", "name = \"s\";\nrun: { codes = [\"a\"\n@include \"list.cfg\"\n]; };");
  check_error("own/s.cfg", NULL, NULL, "own/list.cfg:2: a comma is missing between two texts in quotes");
}

static void in_configs_and_in_what_is_extended(void **state) {
  (void)state;
  write_configs("a.cfg", "run: {\n@include \"a.inc\"\n};\n");
  write_text("configs/a.inc", "months = 9;\n");
  write_text("own/base.cfg", "@include \"sub/base.cfg\"\nrun: { share = 0.25; };");
  // What extends says is relative to the file that says it.
  write_text("own/sub/base.cfg", "\nextends = \"deepest.cfg\";\n");
  write_text("own/sub/deepest.cfg", "run: { note = \"deep\"; };");
  write_text("own/s.cfg", "extends = \"base.cfg\";\n@include \"name.cfg\"\n");
  write_text("own/name.cfg", "name = \"s\";");
  char folder[PATH_MAX];
  const char *const folders[] = {realpath("configs", folder)};
  const wg_include_roots roots = {.folders = folders, .count = 1};
  wg_config *const config = read_well("own/s.cfg", "configs", &roots);
  assert_int_equal(run_of(config)->months, 9);
  assert_true(run_of(config)->share == 0.25);
  assert_string_equal(run_of(config)->note, "deep");
  assert_string_equal(wg_config_origin(config, &run_group, 0, "months"), "configs/a.inc:1");
  assert_string_equal(wg_config_origin(config, &top_group, 0, "name"), "own/name.cfg:1");
  wg_config_free(config);
  // Without configs/ among the roots it lies outside.
  char expected[sizeof outside + 64];
  snprintf(expected, sizeof expected, "configs/a.cfg:2: @include: configs/a.inc: %s", outside);
  check_error("own/s.cfg", "configs", NULL, expected);
  write_text("own/sub/deepest.cfg", "");
  write_text("own/sub/base.cfg", "\nextends = \"nowhere.cfg\";\n");
  check_error("own/s.cfg", "configs", &roots,
              "own/sub/base.cfg:2: extends: own/sub/nowhere.cfg: cannot be read: No such file or directory");
  write_text("own/sub/base.cfg", "\nextends = \"../s.cfg\";\n");
  check_error("own/s.cfg", "configs", &roots,
              "own/sub/base.cfg:2: extends: goes round in a circle: own/sub/../s.cfg comes up again");
}

static void problems_name_the_included_line(void **state) {
  (void)state;
  write_text("own/s.cfg", "name = \"s\";\n@include \"a.cfg\"\nrun_too = 1;\nservices: {\n@include \"sub/b.cfg\"\n};\n");
  write_text("own/a.cfg", "\nrun: { sed = 1;\n  months = 500;\n  end = \"2011-02-29\"; };\nrum = 1;\n");
  write_text("own/sub/b.cfg", "x: {\n  mix = 0.5; labl = \"\"; };\ny: { };\n");
  check_error("own/s.cfg", NULL, NULL,
              "own/a.cfg:2: run.sed: unknown key; did you mean \"seed\"?\n"
              "own/a.cfg:3: run.months: 500 is out of range (allowed: 1 to 120)\n"
              "own/a.cfg:4: run.end: \"2011-02-29\" is not a date (allowed: YYYY-MM-DD in 1900 to 2199, or \"\")\n"
              "own/a.cfg:5: rum: unknown key; did you mean \"run\"?\n"
              "own/s.cfg:3: run_too: unknown key (allowed: name, label, run, services, extends)\n"
              "own/sub/b.cfg:2: services.x.labl: unknown key; did you mean \"label\"?\n"
              "own/sub/b.cfg:3: services.y.mix: is required but not given");
  write_text("own/a.cfg", "\nrun: { seed = ; };\n");
  check_error("own/s.cfg", NULL, NULL,
              "own/a.cfg:2: syntax error here or just before (is a value, comma or quote missing?)");
  write_text("own/a.cfg", "\n\nrun: { seed = 010; };\n");
  write_text("own/sub/b.cfg", "x: { mix = .5; };\ny: { mix = 1e400 };\n");
  check_error("own/s.cfg", NULL, NULL,
              "own/a.cfg:3: \"010\" has a leading zero (is it octal? write it without)\n"
              "own/sub/b.cfg:2: \"1e400\" is too large for a number");
  // After an included file the lines are the outer file's again.
  write_text("own/a.cfg", "\n\n\n");
  write_text("own/sub/b.cfg", "");
  write_text("own/s.cfg", "name = \"s\";\n@include \"a.cfg\"\n@include \"sub/b.cfg\"\n\nrun: { sed = 1; };\n");
  check_error("own/s.cfg", NULL, NULL, "own/s.cfg:5: run.sed: unknown key; did you mean \"seed\"?");
}

static void keys_given_twice_across_files(void **state) {
  (void)state;
  write_text("own/s.cfg", "name = \"s\";\nrun: { seed = 1;\n@include \"a.cfg\"\nmonths = 3; };\n@include \"b.cfg\"\n");
  write_text("own/a.cfg", "\nmonths = 2;\nseed = 2;\n");
  write_text("own/b.cfg", "services: { x: { mix = 1; }; };\nlabel = \"a\";\nlabel = \"b\";");
  check_error("own/s.cfg", NULL, NULL, "own/b.cfg:3: label: is given twice in one group (first in line 2)");
  write_text("own/b.cfg", "services: { x: { mix = 1; }; };\nname = \"b\";");
  check_error("own/s.cfg", NULL, NULL,
              "own/b.cfg:2: name: is given twice in one group (first in own/s.cfg:1)\n"
              "own/a.cfg:3: seed: is given twice in one group (first in own/s.cfg:2)\n"
              "own/s.cfg:4: months: is given twice in one group (first in own/a.cfg:2)");
  // The same file in two groups is no repetition; in one group it is.
  write_text("own/b.cfg", "mix = 0.5;\n");
  write_text("own/s.cfg", "name = \"s\"; services: { x: {\n@include \"b.cfg\"\n}; y: {\n@include \"b.cfg\"\n}; };");
  wg_config_free(read_well("own/s.cfg", NULL, NULL));
  write_text("own/s.cfg", "name = \"s\"; services: { x: {\n@include \"b.cfg\"\n@include \"b.cfg\"\n}; };");
  check_error("own/s.cfg", NULL, NULL, "own/b.cfg:1: mix: is given twice in one group (first in own/b.cfg:1)");
}

typedef struct trap {
  const char *text, *message; // the problems of own/s.cfg with `text` in its second line
} trap;

static void check_traps(const wg_include_roots *roots, const trap *cases, size_t count) {
  for (size_t i = 0; i < count; i++) {
    char text[8192];
    snprintf(text, sizeof text, "name = \"s\";\n%s\n", cases[i].text);
    write_text("own/s.cfg", text);
    check_error("own/s.cfg", NULL, roots, cases[i].message);
  }
}

#define CHECK_TRAPS(roots, cases) check_traps(roots, cases, sizeof(cases) / sizeof *(cases))

static void not_alone_or_without_quotes(void **state) {
  (void)state;
  write_text("own/x.cfg", "");
  write_text("own/\"q\".cfg", "label = \"quoted\";");
  write_text("own/b\\s.cfg", "label = \"slashed\";");
  static const char form[] = "own/s.cfg:2: @include needs a line of its own and quotes (allowed: @include \"FILE\")";
  static const trap cases[] = {
      {"@include x.cfg", form},
      {"@include", form},
      {"@include \"x.cfg", form},
      {"@include 'x.cfg'", form},
      {"@include <x.cfg>", form},
      {"@include \"x.cfg\";", form},
      {"@include \"x.cfg\" \"x.cfg\"", form},
      {"@include \"x.cfg\" label = \"\";", form},
      {"@include \"x.cfg\" /* why */", form},
      {"label = \"\"; @include \"x.cfg\"", form},
      {"/* why */ @include \"x.cfg\"", form},
      {"run: { @include \"x.cfg\" };", form},
      {"@include \"\"", "own/s.cfg:2: @include: the path is empty (allowed: @include \"FILE\")"},
      {"@includes \"x.cfg\"", "own/s.cfg:2: \"@includes\" is unknown (allowed: @include \"FILE\")"},
      {"run: @import \"x.cfg\"", "own/s.cfg:2: \"@import\" is unknown (allowed: @include \"FILE\")"},
      {"@", "own/s.cfg:2: \"@\" is unknown (allowed: @include \"FILE\")"},
      {"label\n@include \"x.cfg\"",
       "own/s.cfg:2: \"label\" stands alone (a key needs = or : behind it, and text stands in quotes)"},
  };
  CHECK_TRAPS(NULL, cases);
  write_text("own/s.cfg", "name = \"s\";\n@include \"\\\"q\\\".cfg\"");
  wg_config *config = read_well("own/s.cfg", NULL, NULL);
  assert_string_equal(top_of(config)->label, "quoted");
  wg_config_free(config);
  write_text("own/s.cfg", "name = \"s\";\n@include \"b\\\\s.cfg\"#");
  config = read_well("own/s.cfg", NULL, NULL);
  assert_string_equal(top_of(config)->label, "slashed");
  wg_config_free(config);
  char text[5000] = "name = \"s\";\n@include \"";
  const size_t length = strlen(text);
  memset(text + length, 'x', 4096);
  strcpy(text + length + 4096, "\"\n");
  write_text("own/s.cfg", text);
  check_error("own/s.cfg", NULL, NULL, "own/s.cfg:2: @include: the path is too long (allowed: 4095 bytes)");
}

static void what_cannot_be_read(void **state) {
  (void)state;
  assert_int_equal(mkfifo("own/fifo.cfg", 0666), 0);
  assert_int_equal(symlink("loop.cfg", "own/loop.cfg"), 0);
  assert_int_equal(symlink("nowhere.cfg", "own/dangling.cfg"), 0);
  write_text("own/plain.cfg", "");
  static const trap cases[] = {
      {"@include \"none.cfg\"", "own/s.cfg:2: @include: own/none.cfg: cannot be read: No such file or directory"},
      {"@include \"none/x.cfg\"", "own/s.cfg:2: @include: own/none/x.cfg: cannot be read: No such file or directory"},
      {"@include \"plain.cfg/x\"", "own/s.cfg:2: @include: own/plain.cfg/x: cannot be read: Not a directory"},
      {"@include \"dangling.cfg\"",
       "own/s.cfg:2: @include: own/dangling.cfg: cannot be read: No such file or directory"},
      {"@include \"loop.cfg\"",
       "own/s.cfg:2: @include: own/loop.cfg: cannot be read: Too many levels of symbolic links"},
      {"@include \"sub\"", "own/s.cfg:2: @include: own/sub: is not a regular file"},
      {"@include \".\"", "own/s.cfg:2: @include: own/.: is not a regular file"},
      {"@include \"/\"", "own/s.cfg:2: @include: /: is not a regular file"},
      {"@include \"fifo.cfg\"", "own/s.cfg:2: @include: own/fifo.cfg: is not a regular file"},
      {"@include \"/dev/zero\"", "own/s.cfg:2: @include: /dev/zero: is not a regular file"},
      {"@include \"/proc/self/mem\"", "own/s.cfg:2: @include: /proc/self/mem: cannot be read: Input/output error"},
      {"@include \"none.cfg\"\n@include \"plain.cfg\"\n@include \"nor.cfg\"\nrun: { seed = 010; };",
       "own/s.cfg:5: \"010\" has a leading zero (is it octal? write it without)\n"
       "own/s.cfg:2: @include: own/none.cfg: cannot be read: No such file or directory\n"
       "own/s.cfg:4: @include: own/nor.cfg: cannot be read: No such file or directory"},
  };
  CHECK_TRAPS(&anywhere, cases);
}

static void what_may_not_be_read(void **state) {
  (void)state;
  write_text("own/s.cfg", "name = \"s\";\n@include \"locked.cfg\"\n");
  write_text("own/locked.cfg", "");
  assert_int_equal(chmod("own/locked.cfg", 0), 0);
  assert_int_equal(chmod(".", 0755) | chmod("own", 0755), 0);
  const uid_t user = geteuid();
  // Root reads everything.
  if (user == 0)
    assert_int_equal(seteuid(65534), 0);
  check_error("own/s.cfg", NULL, NULL, "own/s.cfg:2: @include: own/locked.cfg: cannot be read: Permission denied");
  assert_int_equal(seteuid(user), 0);
}

static void outside_the_roots(void **state) {
  (void)state;
  write_text("beside.cfg", "label = \"beside\";");
  mkdir("own.too", 0777);
  mkdir("shared", 0777);
  mkdir("shared/below", 0777);
  write_text("own.too/x.cfg", "label = \"too\";");
  write_text("shared/below/x.cfg", "label = \"shared\";");
  assert_int_equal(symlink("../beside.cfg", "own/link.cfg"), 0);
  assert_int_equal(symlink("../shared", "own/shared"), 0);
  static const char *const paths[][2] = {{"../beside.cfg", "own/../beside.cfg"},
                                         {"link.cfg", "own/link.cfg"},
                                         {"../own.too/x.cfg", "own/../own.too/x.cfg"},
                                         {"sub/../../own.too/x.cfg", "own/sub/../../own.too/x.cfg"},
                                         {"/etc/passwd", "/etc/passwd"},
                                         {"/dev/zero", "/dev/zero"},
                                         {"/", "/"},
                                         {"..", "own/.."},
                                         {"../shared/below/x.cfg", "own/../shared/below/x.cfg"},
                                         {"shared/below/x.cfg", "own/shared/below/x.cfg"}};
  char text[128], expected[sizeof outside + 128];
  for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
    snprintf(text, sizeof text, "name = \"s\";\n@include \"%s\"\n", paths[i][0]);
    write_text("own/s.cfg", text);
    snprintf(expected, sizeof expected, "own/s.cfg:2: @include: %s: %s", paths[i][1], outside);
    check_error("own/s.cfg", NULL, NULL, expected);
  }
  // The last one lies in a further root, by whichever path.
  char folder[PATH_MAX];
  const char *const folders[] = {"/nowhere", realpath("shared", folder)};
  const wg_include_roots roots = {.folders = folders, .count = 2};
  wg_config *config = read_well("own/s.cfg", NULL, &roots);
  assert_string_equal(top_of(config)->label, "shared");
  wg_config_free(config);
  write_text("own/s.cfg", "name = \"s\";\n@include \"../beside.cfg\"\n");
  config = read_well("own/s.cfg", NULL, &anywhere);
  assert_string_equal(top_of(config)->label, "beside");
  wg_config_free(config);
  // The scenario's folder counts, not the working folder: from within it the same is allowed by a bare name.
  assert_int_equal(chdir("own"), 0);
  write_text("s.cfg", "name = \"s\";\n@include \"sub/x.cfg\"\n");
  write_text("sub/x.cfg", "label = \"below\";");
  config = read_well("s.cfg", NULL, NULL);
  assert_string_equal(top_of(config)->label, "below");
  wg_config_free(config);
}

static void circles(void **state) {
  (void)state;
  write_text("own/s.cfg", "name = \"s\";\n@include \"a.cfg\"\n");
  write_text("own/a.cfg", "\n\n@include \"sub/b.cfg\"\n");
  write_text("own/sub/b.cfg", "@include \"../a.cfg\"\n@include \"b.cfg\"\n@include \"../s.cfg\"");
  check_error("own/s.cfg", NULL, NULL,
              "own/sub/b.cfg:1: @include: goes round in a circle: own/a.cfg -> own/sub/b.cfg -> own/sub/../a.cfg\n"
              "own/sub/b.cfg:2: @include: goes round in a circle: own/sub/b.cfg -> own/sub/b.cfg\n"
              "own/sub/b.cfg:3: @include: goes round in a circle: own/s.cfg -> own/a.cfg -> own/sub/b.cfg -> "
              "own/sub/../s.cfg");
  // The same file by another name.
  assert_int_equal(link("own/s.cfg", "own/hard.cfg"), 0);
  write_text("own/a.cfg", "@include \"hard.cfg\"\n");
  check_error("own/s.cfg", NULL, NULL,
              "own/a.cfg:1: @include: goes round in a circle: own/s.cfg -> own/a.cfg -> own/hard.cfg");
}

static void depth(void **state) {
  (void)state;
  char path[24], text[64];
  write_text("own/s.cfg", "name = \"s\";\n@include \"c1.cfg\"\n");
  for (int i = 1; i <= 17; i++) {
    snprintf(path, sizeof path, "own/c%d.cfg", i);
    snprintf(text, sizeof text, "\n@include \"c%d.cfg\"", i + 1);
    write_text(path, i < 17 ? text : "label = \"deepest\";");
  }
  check_error("own/s.cfg", NULL, NULL,
              "own/c16.cfg:2: @include: own/c17.cfg: is nested too deeply (allowed: 16 files within files)");
  write_text("own/c16.cfg", "label = \"deep\";");
  wg_config *const config = read_well("own/s.cfg", NULL, NULL);
  assert_string_equal(wg_config_origin(config, &top_group, 0, "label"), "own/c16.cfg:1");
  wg_config_free(config);
}

static void each_file_by_itself(void **state) {
  (void)state;
  static const char *const texts[][2] = {
      {"};\n", "own/x.cfg:1: } closes nothing"},
      {"run: {\n", "own/x.cfg:1: the { that begins here is never closed"},
      {"}; run: {\n", "own/x.cfg:1: } closes nothing"},
      {"\n/* open", "own/x.cfg:2: the comment that begins here with /* is never closed"},
      {"label = \"open", "own/x.cfg:1: the text in quotes is not closed on its line (a line break within it is \\n)"},
      {"label", "own/x.cfg:1: \"label\" stands alone (a key needs = or : behind it, and text stands in quotes)"},
      {"\xef\xbb\xbflabel = \"\";",
       "own/x.cfg:1: the file begins with a byte order mark (save it as UTF-8 without BOM)"},
      {"\n// \xb2\xe2\n", "own/x.cfg:2: the file is not valid UTF-8 (was it saved as GBK?)"},
  };
  write_text("own/s.cfg", "name = \"s\";\nrun: { seed = 1;\n@include \"x.cfg\"\n};\n");
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    write_text("own/x.cfg", texts[i][0]);
    check_error("own/s.cfg", NULL, NULL, texts[i][1]);
  }
  write_bytes("own/x.cfg", "\nmonths\0= 2;", 12);
  check_error("own/s.cfg", NULL, NULL, "own/x.cfg:2: the file holds a NUL character (is it text?)");
}

static void write_blank(const char *path, const char *head, size_t size) {
  FILE *const file = fopen(path, "wb");
  assert_non_null(file);
  fputs(head, file);
  for (size_t i = strlen(head); i < size; i++)
    fputc('\n', file);
  assert_int_equal(fclose(file), 0);
}

static void sizes(void **state) {
  (void)state;
  // Two files of 2 MiB are too much together with a third, and one of more than 4 MiB always.
  write_blank("own/half.cfg", "", 2 << 20);
  write_text("own/s.cfg", "name = \"s\";\n@include \"half.cfg\"\n@include \"half.cfg\"\n");
  check_error("own/s.cfg", NULL, NULL,
              "own/s.cfg:3: @include: own/half.cfg: makes the configuration too large (allowed: 4 MiB with all that is "
              "included)");
  write_blank("own/half.cfg", "", (2 << 20) - 16);
  wg_config_free(read_well("own/s.cfg", NULL, NULL));
  write_blank("own/huge.cfg", "", (4 << 20) + 1);
  write_text("own/s.cfg", "name = \"s\";\n@include \"huge.cfg\"\n");
  check_error("own/s.cfg", NULL, NULL,
              "own/s.cfg:2: @include: own/huge.cfg: is too large for a configuration (allowed: 4 MiB)");
}

// Files that include the next one many times must not cost more than the limits allow.
static void many(void **state) {
  (void)state;
  write_text("own/empty.cfg", "");
  char path[24], line[40];
  for (int i = 0; i < 8; i++) {
    snprintf(path, sizeof path, i ? "own/m%d.cfg" : "own/s.cfg", i);
    snprintf(line, sizeof line, i < 7 ? "@include \"m%d.cfg\"\n" : "@include \"empty.cfg\"\n", i + 1);
    FILE *const file = fopen(path, "wb");
    assert_non_null(file);
    fputs(i ? "\n" : "name = \"s\";\n", file);
    for (int k = 0; k < 100; k++)
      fputs(line, file);
    assert_int_equal(fclose(file), 0);
  }
  const clock_t start = clock();
  result got = read_with("own/s.cfg", NULL, NULL);
  assert_int_equal(got.code, WG_FAIL_CONFIG);
  assert_non_null(strstr(got.error.text, "@include: own/empty.cfg: is one too many (allowed: 1000 in all)"));
  assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 2.0);
  wg_config_free(got.config);
  write_blank("own/s.cfg", "name = \"s\";\n", 16);
  FILE *const file = fopen("own/s.cfg", "ab");
  for (int k = 0; k < 1000; k++)
    fputs("@include \"empty.cfg\"\n", file);
  assert_int_equal(fclose(file), 0);
  wg_config_free(read_well("own/s.cfg", NULL, NULL));
}

// Brackets and keys are counted over all files together.
static void limits_over_all_files(void **state) {
  (void)state;
  write_text("own/s.cfg", "name = \"s\"; x = ((((((((((((((((\n@include \"x.cfg\"\n))))))))))))))));");
  write_text("own/x.cfg", "((((((((((((((((\n(\n)))))))))))))))))");
  check_error("own/s.cfg", NULL, NULL, "own/x.cfg:2: brackets are nested too deeply (allowed: 32)");
  FILE *const file = fopen("own/x.cfg", "wb");
  fputs("x = (\n", file);
  for (int i = 0; i < 5001; i++)
    fputs("{ a = 1; },\n", file);
  fputs("{ });\n", file);
  assert_int_equal(fclose(file), 0);
  write_text("own/s.cfg", "name = \"s\"; x: {\n@include \"x.cfg\"\n}; y: {\n@include \"x.cfg\"\n};");
  check_error("own/s.cfg", NULL, NULL,
              "own/x.cfg:4996: the file, with what it includes, has too many keys (allowed: 10000)");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      INCLUDING(between_settings_and_within_groups),
      INCLUDING(within_lists),
      INCLUDING(in_configs_and_in_what_is_extended),
      INCLUDING(problems_name_the_included_line),
      INCLUDING(keys_given_twice_across_files),
      INCLUDING(not_alone_or_without_quotes),
      INCLUDING(what_cannot_be_read),
      INCLUDING(what_may_not_be_read),
      INCLUDING(outside_the_roots),
      INCLUDING(circles),
      INCLUDING(depth),
      INCLUDING(each_file_by_itself),
      INCLUDING(sizes),
      INCLUDING(many),
      INCLUDING(limits_over_all_files),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
