// SPDX-License-Identifier: GPL-3.0-or-later
// What the results of a study's runs must have in common to be stacked. For tests/py/test_study_stack.py this program also stacks:
//
//   test_stack --list STUDY.cfg                      one line a run: identity, path and what `wangge run` is to be given, behind tabs
//   test_stack --note FOLDER IDENTITY STATUS PATH MESSAGE   a line for the journal
//   test_stack --stack FOLDER STUDY.cfg [MOST]       builds study.h5, but not with more than so many cells; prints the counts
#include "study/stack.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "study/stack_shape.h"
#include "study/study_load.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

// ---- contents without a file ----

enum { VARIABLES_MAX = 8, LENGTH_MAX = 8 };

typedef struct fake_variable {
  const char *name;
  const char *dimensions[3];
  uint64_t shape[3];
  const char *texts[LENGTH_MAX]; // the first NULL: numbers
  double first;                  // of numbers, which go up by 1
  const char *unit;
  bool is_real;
} fake_variable;

typedef struct fake {
  wg_content content;
  wg_content_variable variables[VARIABLES_MAX];
  const fake_variable *given;
} fake;

static int fake_numbers(void *self, const wg_content_variable *variable, size_t lead, uint64_t first, uint64_t count,
                        double *values, wg_error *error) {
  (void)lead;
  (void)error;
  const fake *const f = self;
  for (uint64_t i = 0; i < count; i++)
    values[i] = f->given[variable - f->variables].first + (double)(first + i);
  return WG_OK;
}

static int fake_texts(void *self, const wg_content_variable *variable, size_t count, const char **texts,
                      wg_error *error) {
  (void)error;
  const fake *const f = self;
  for (size_t i = 0; i < count; i++)
    texts[i] = f->given[variable - f->variables].texts[i];
  return WG_OK;
}

static int fake_attributes(void *self, const wg_content_variable *variable, const wg_content_attribute **attributes,
                           size_t *count, wg_error *error) {
  static const wg_content_attribute one[] = {{"calendar", "standard", false, 0.0}, {"target", "0.5", true, 0.5}};
  (void)self;
  (void)error;
  *attributes = one;
  *count = strcmp(variable->name, "time") == 0 ? 2 : 0;
  return WG_OK;
}

static const char *const root[] = {"", "communities"};

static void make_fake(fake *f, const fake_variable *given) {
  size_t count = 0;
  *f = (fake){.given = given};
  for (; count < VARIABLES_MAX && given[count].name; count++) {
    wg_content_variable *const v = f->variables + count;
    *v = (wg_content_variable){.name = given[count].name,
                               .unit = given[count].unit ? given[count].unit : "",
                               .long_name = "Long name",
                               .label = "",
                               .is_text = given[count].texts[0] != NULL,
                               .is_number = given[count].texts[0] == NULL,
                               .is_whole = !given[count].is_real};
    for (; v->rank < 3 && given[count].dimensions[v->rank]; v->rank++) {
      v->dimensions[v->rank] = given[count].dimensions[v->rank];
      v->shape[v->rank] = given[count].shape[v->rank];
    }
  }
  f->content = (wg_content){.groups = root,
                            .group_count = 2,
                            .variables = f->variables,
                            .variable_count = count,
                            .self = f,
                            .numbers = fake_numbers,
                            .texts = fake_texts,
                            .variable_attributes = fake_attributes};
}

static int take(wg_stack_shape *shape, const fake_variable *given, const char *name, wg_error *error) {
  fake f;
  make_fake(&f, given);
  return wg_stack_shape_take(shape, &f.content, name, error);
}

#define TIME                                                                                                           \
  { .name = "time", .dimensions = {"time"}, .shape = {3}, .unit = "days since 2010-11-01", .is_real = true }
#define SEX                                                                                                            \
  {                                                                                                                    \
    .name = "sex", .dimensions = {"sex"}, .shape = {2}, .texts = { "male", "female" }                                  \
  }
#define SEX_NAME                                                                                                       \
  {                                                                                                                    \
    .name = "sex_name", .dimensions = {"sex"}, .shape = {2}, .texts = { "男", "女" }                                   \
  }
#define BIRTHS                                                                                                         \
  { .name = "births", .dimensions = {"time", "sex"}, .shape = {3, 2}, .unit = "birth" }
#define PLAIN TIME, SEX, SEX_NAME, BIRTHS

static const fake_variable plain[VARIABLES_MAX] = {PLAIN};

static wg_stack_shape *plain_shape(void) {
  wg_error error = {0};
  wg_stack_shape *const shape = calloc(1, sizeof *shape);
  assert_non_null(shape);
  assert_int_equal(take(shape, plain, "first.h5", &error), WG_OK);
  return shape;
}

static void free_shape(wg_stack_shape *shape) {
  wg_stack_shape_free(shape);
  free(shape);
}

static void first_makes_the_shape(void **state) {
  (void)state;
  wg_stack_shape *const shape = plain_shape();
  assert_string_equal(shape->first, "first.h5");
  assert_int_equal(shape->axis_count, 2);
  assert_int_equal(shape->axes[0].length, 3);
  assert_int_equal(shape->variable_count, 4);
  const wg_stack_variable *const births = shape->variables + 3;
  assert_string_equal(births->name, "births");
  assert_int_equal(births->kind, WG_STACK_NUMBERS);
  assert_true(births->is_whole && !births->is_united);
  assert_int_equal(births->axes[1], 1);
  const wg_stack_variable *const time = shape->variables + shape->axes[0].coordinate;
  assert_true(time->numbers[2] == 2.0);
  assert_int_equal(time->attribute_count, 2);
  assert_string_equal(time->attributes[0].value, "standard");
  assert_true(*(const double *)time->attributes[1].value == 0.5);
  assert_int_equal(shape->group_count, 1);
  wg_error error = {0};
  for (int i = 0; i < 2; i++) {
    assert_int_equal(take(shape, plain, "second.h5", &error), WG_OK);
    assert_int_equal(shape->variable_count, 4);
    shape->is_closed = true;
  }
  free_shape(shape);
}

static void what_differs_is_named(void **state) {
  (void)state;
  const struct {
    fake_variable given[VARIABLES_MAX];
    const char *says[2];
  } cases[] = {
      {{{.name = "time", .dimensions = {"time"}, .shape = {4}, .unit = "days since 2010-11-01", .is_real = true},
        SEX,
        BIRTHS},
       {"axis `time`", "length"}},
      {{{.name = "time",
         .dimensions = {"time"},
         .shape = {3},
         .unit = "days since 2010-11-01",
         .is_real = true,
         .first = 1},
        SEX,
        BIRTHS},
       {"axis `time`", "differs"}},
      {{{.name = "time", .dimensions = {"time"}, .shape = {3}, .unit = "days since 2011-11-01", .is_real = true},
        SEX,
        BIRTHS},
       {"axis `time`", "differs"}},
      {{TIME, {.name = "sex", .dimensions = {"sex"}, .shape = {2}, .texts = {"male", "other"}}, BIRTHS},
       {"axis `sex`", "differs"}},
      {{TIME, SEX, {.name = "sex_name", .dimensions = {"sex"}, .shape = {2}, .texts = {"男", "男"}}, BIRTHS},
       {"`sex_name`", "differs"}},
      {{TIME, SEX, SEX_NAME}, {"does not have", "`births`"}},
      {{PLAIN, {.name = "deaths", .dimensions = {"time"}, .shape = {3}}}, {"`deaths`", "not in the others"}},
      {{TIME, SEX, {.name = "births", .dimensions = {"sex", "time"}, .shape = {2, 3}, .unit = "birth"}},
       {"`births`", "other axes"}},
      {{TIME, SEX, {.name = "births", .dimensions = {"time", "sex"}, .shape = {3, 2}, .unit = "person"}},
       {"`births`", "unit"}},
      {{TIME, SEX, {.name = "births", .dimensions = {"time", "sex"}, .shape = {3, 1}, .unit = "birth"}},
       {"`births`", "length"}},
      {{TIME, SEX, {.name = "births", .dimensions = {"time", ""}, .shape = {3, 2}, .unit = "birth"}},
       {"`births`", "coordinate"}},
      {{TIME, BIRTHS}, {"`births`", "coordinate"}},
      {{PLAIN, {.name = "table", .dimensions = {"time", "sex"}, .shape = {3, 2}, .texts = {"a"}}},
       {"`table`", "no axes"}},
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    wg_stack_shape *const shape = plain_shape();
    wg_error error = {0};
    assert_int_equal(take(shape, cases[i].given, "odd.h5", &error), WG_FAIL_CONFIG);
    assert_int_equal(strncmp(error.text, "odd.h5: ", 8), 0);
    assert_non_null(strstr(error.text, "first.h5"));
    for (size_t k = 0; k < 2; k++)
      if (!strstr(error.text, cases[i].says[k]))
        fail_msg("case %zu: \"%s\" does not say \"%s\"", i, error.text, cases[i].says[k]);
    free_shape(shape);
  }
}

#define POLICIES(n, ...)                                                                                               \
  {                                                                                                                    \
    .name = "policy", .dimensions = {"policy"}, .shape = {n}, .texts = { __VA_ARGS__ }                                 \
  }
#define LABELS(n, ...)                                                                                                 \
  {                                                                                                                    \
    .name = "policy_name", .dimensions = {"policy"}, .shape = {n}, .texts = { __VA_ARGS__ }                            \
  }
#define COMMUNITIES                                                                                                    \
  { .name = "community", .dimensions = {"community"}, .shape = {2}, .first = 7 }
#define ADOPTED(n)                                                                                                     \
  { .name = "adopted", .dimensions = {"community", "policy"}, .shape = {2, n}, .is_real = true }

static const fake_variable one_policy[VARIABLES_MAX] = {PLAIN, COMMUNITIES, POLICIES(1, "b"), LABELS(1, "乙"),
                                                        ADOPTED(1)};
static const fake_variable two_policies[VARIABLES_MAX] = {PLAIN, COMMUNITIES, POLICIES(2, "a", "b"),
                                                          LABELS(2, "甲", "乙"), ADOPTED(2)};

// Baselines have no policies, variants each their own.
static void policies_are_united_by_name(void **state) {
  (void)state;
  wg_stack_shape *const shape = plain_shape();
  wg_error error = {0};
  assert_int_equal(take(shape, one_policy, "one.h5", &error), WG_OK);
  assert_int_equal(take(shape, two_policies, "two.h5", &error), WG_OK);
  shape->is_closed = true;
  assert_int_equal(take(shape, plain, "none.h5", &error), WG_OK);
  assert_int_equal(take(shape, one_policy, "one.h5", &error), WG_OK);
  assert_int_equal(shape->variable_count, 8);
  assert_int_equal(shape->axis_count, 4);
  const wg_stack_axis *const axis = shape->axes + 3;
  assert_true(axis->is_united);
  assert_int_equal(axis->length, 2);
  const wg_stack_variable *const policies = shape->variables + axis->coordinate, *const labels = policies + 1;
  assert_string_equal(policies->texts[0], "b");
  assert_string_equal(policies->texts[1], "a");
  assert_string_equal(labels->texts[0], "乙");
  assert_string_equal(labels->texts[1], "甲");
  assert_true(shape->variables[7].is_united);
  fake f;
  size_t positions[WG_STACK_UNITED_MAX], count;
  make_fake(&f, two_policies);
  assert_int_equal(wg_stack_shape_positions(shape, &f.content, axis, positions, &count, &error), WG_OK);
  assert_int_equal(count, 2);
  assert_int_equal(positions[0], 1);
  assert_int_equal(positions[1], 0);
  free_shape(shape);
}

static void what_cannot_be_united(void **state) {
  (void)state;
  static const fake_variable twice[VARIABLES_MAX] = {PLAIN, COMMUNITIES, POLICIES(2, "b", "b"), ADOPTED(2)};
  static const fake_variable renamed[VARIABLES_MAX] = {PLAIN, COMMUNITIES, POLICIES(1, "b"), LABELS(1, "丙"),
                                                       ADOPTED(1)};
  static const fake_variable moved[VARIABLES_MAX] = {
      PLAIN,
      {.name = "community", .dimensions = {"community"}, .shape = {2}, .first = 8},
      POLICIES(1, "b"),
      ADOPTED(1)};
  static const fake_variable more[VARIABLES_MAX] = {PLAIN, COMMUNITIES, POLICIES(1, "c"), ADOPTED(1)};
  static const fake_variable before[VARIABLES_MAX] = {
      PLAIN, POLICIES(1, "b"), {.name = "adopted", .dimensions = {"policy", "sex"}, .shape = {1, 2}}};
  const struct {
    const fake_variable *given;
    const char *says[2];
  } cases[] = {{twice, {"axis `policy`", "twice"}},
               {renamed, {"`policy_name`", "something else"}},
               {moved, {"axis `community`", "differs"}},
               {more, {"axis `policy`", "do not have"}},
               {before, {"`adopted`", "before another"}}};
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    wg_stack_shape *const shape = plain_shape();
    wg_error error = {0};
    assert_int_equal(take(shape, one_policy, "one.h5", &error), WG_OK);
    shape->is_closed = cases[i].given == more;
    assert_int_equal(take(shape, cases[i].given, "odd.h5", &error), WG_FAIL_CONFIG);
    for (size_t k = 0; k < 2; k++)
      if (!strstr(error.text, cases[i].says[k]))
        fail_msg("case %zu: \"%s\" does not say \"%s\"", i, error.text, cases[i].says[k]);
    free_shape(shape);
  }
}

// ---- for the tests of whole studies ----

static int list(const wg_plan *plan, wg_error *error) {
  wg_identities identities = {0};
  int code = WG_OK;
  for (size_t i = 0; i < wg_plan_cells(plan) && !code; i++) {
    const wg_cell cell = {i / plan->replicate_count / plan->draw_count, i / plan->replicate_count % plan->draw_count,
                          i % plan->replicate_count};
    char identity[WG_IDENTITY_SIZE], path[WG_CELL_PATH_SIZE];
    wg_arena arena = {0};
    wg_run_options options = {0};
    code = wg_identities_find(&identities, plan, cell, identity, error);
    if (!code)
      code = wg_plan_cell_options(plan, cell, &arena, &options, error);
    wg_plan_cell_path(plan, cell, path);
    if (!code) {
      printf("%s\t%s\t%s", identity, path, options.scenario);
      for (size_t s = 0; s < options.set_count; s++)
        printf("\t%s", options.sets[s]);
      putchar('\n');
    }
    wg_arena_free(&arena);
  }
  wg_identities_free(&identities);
  return code;
}

static int count_to_most(void *context, size_t cells, size_t all, wg_error *error) {
  const size_t most = *(const size_t *)context;
  (void)all;
  return cells <= most ? WG_OK : wg_error_set(error, WG_STOPPED, "stopped after %zu cells", most);
}

static int look(void *context, const char *path, wg_error *error) {
  (void)context;
  FILE *const file = fopen(path, "r");
  if (!file)
    return wg_error_set(error, WG_FAIL_RUN, "%s: is not there", path);
  fclose(file);
  return WG_OK;
}

static int add_group(void *context, const wg_sink *sink, wg_error *error) {
  static const double values[] = {1.0, 2.0, 3.0};
  static const wg_dimension rows = {"row", 3};
  static const wg_variable variable = {
      .name = "difference", .type = WG_F64, .rank = 1, .dimensions = {"row"}, .data = values};
  const wg_group group = {
      .name = "comparison", .dimensions = &rows, .dimension_count = 1, .variables = &variable, .variable_count = 1};
  (void)context;
  return sink->put(sink->self, &group, error);
}

static int stack(const char *folder, const wg_plan *plan, size_t most, wg_error *error) {
  wg_journal journal = {0};
  wg_stack_counts counts;
  wg_stack_hooks hooks = {.context = &most, .progress = count_to_most, .read = look, .write = add_group};
  int code = wg_journal_read(folder, &journal, error);
  if (!code)
    code = wg_study_stack(folder, plan, &journal, &hooks, &counts, error);
  if (!code)
    printf("%zu done %zu missing %zu failed %zu damaged\n", counts.done, counts.missing, counts.failed, counts.damaged);
  wg_journal_free(&journal);
  return code;
}

static int with_plan(int argc, char **argv, wg_error *error) {
  wg_study_spec spec = {0};
  wg_plan plan = {0};
  const bool lists = strcmp(argv[1], "--list") == 0;
  int code = wg_study_load(argv[lists ? 2 : 3], true, &spec, error);
  if (!code)
    code = wg_plan_make(&spec, true, &plan, error);
  if (!code)
    code = lists ? list(&plan, error)
                 : stack(argv[2], &plan, argc > 4 ? (size_t)strtoull(argv[4], NULL, 10) : SIZE_MAX, error);
  wg_plan_free(&plan);
  wg_study_spec_free(&spec);
  return code;
}

static int note(char **argv, wg_error *error) {
  wg_journal_entry entry = {.path = argv[5], .message = argv[6], .bytes = 1, .seconds = 1.0};
  snprintf(entry.identity, sizeof entry.identity, "%s", argv[3]);
  while (entry.status < WG_RUN_STATUS_COUNT && strcmp(wg_run_status_names[entry.status], argv[4]) != 0)
    entry.status++;
  return wg_journal_append(argv[2], &entry, error);
}

int main(int argc, char **argv) {
  if (argc > 2) {
    wg_error error = {0};
    const int code = strcmp(argv[1], "--note") == 0 ? note(argv, &error) : with_plan(argc, argv, &error);
    if (code)
      fprintf(stderr, "%s\n", error.text);
    return -code;
  }
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(first_makes_the_shape),
      cmocka_unit_test(what_differs_is_named),
      cmocka_unit_test(policies_are_united_by_name),
      cmocka_unit_test(what_cannot_be_united),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
