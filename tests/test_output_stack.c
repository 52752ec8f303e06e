// SPDX-License-Identifier: GPL-3.0-or-later
// Groups of an output file that are written entry by entry.
#include "io/output_stack.h"

#include <math.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "io/hdf5_read.h"

enum {
  A = 3,
  B = 2,
  C = 5,
  CELLS = A * B * C,
  ROWS = 400,
  COLUMNS = 350,
  LARGE_CELLS = ROWS * COLUMNS,
  SMALL = 0,
  LARGE = 1,
  STATUS = 2,
  MESSAGE = 3,
  NAMES = 4
};

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

typedef struct folder {
  char name[64], path[96], other[96];
} folder;

static int set_up(void **state) {
  folder *f = calloc(1, sizeof *f);
  assert_non_null(f);
  snprintf(f->name, sizeof f->name, "/tmp/wg_stack_XXXXXX");
  assert_non_null(mkdtemp(f->name));
  snprintf(f->path, sizeof f->path, "%s/a.h5", f->name);
  snprintf(f->other, sizeof f->other, "%s/b.h5", f->name);
  *state = f;
  return 0;
}

static int tear_down(void **state) {
  folder *f = *state;
  unlink(f->path);
  unlink(f->other);
  assert_int_equal(rmdir(f->name), 0); // no .part is left
  free(f);
  return 0;
}

static const wg_dimension dimensions[] = {{"a", A}, {"b", B}, {"c", C}, {"row", ROWS}, {"column", COLUMNS}};
static const char *const names[A] = {"甲", "乙", "丙"};
static const wg_variable variables[] = {
    [SMALL] = {.name = "small", .type = WG_F64, .rank = 4, .dimensions = {"a", "b", "c", "column"}, .stacked = 3},
    [LARGE] =
        {.name = "large", .type = WG_F64, .rank = 5, .dimensions = {"a", "b", "c", "row", "column"}, .stacked = 3},
    [STATUS] = {.name = "status", .type = WG_I8, .rank = 3, .dimensions = {"a", "b", "c"}, .stacked = 3},
    [MESSAGE] = {.name = "message", .type = WG_STRING, .rank = 3, .dimensions = {"a", "b", "c"}, .stacked = 3},
    [NAMES] = {.name = "a", .type = WG_STRING, .rank = 1, .dimensions = {"a"}, .data = names},
};
static const wg_group group = {.name = "",
                               .dimensions = dimensions,
                               .dimension_count = COUNT_OF(dimensions),
                               .variables = variables,
                               .variable_count = COUNT_OF(variables)};

static double *numbered(size_t entry, size_t count) {
  double *const values = calloc(count, sizeof *values);
  assert_non_null(values);
  for (size_t i = 0; i < count; i++)
    values[i] = (double)(entry * count + i);
  return values;
}

static void begin(const char *path, wg_output_file **file, wg_output_stack **stack) {
  wg_error error = {0};
  assert_int_equal(wg_output_file_create(path, file, &error), WG_OK);
  assert_int_equal(wg_output_stack_open(*file, &group, stack, &error), WG_OK);
}

// One entry of both, the large one month by month so to say.
static void write_entry(wg_output_stack *stack, size_t entry) {
  wg_error error = {0};
  double *const small = numbered(entry, COLUMNS), *const large = numbered(entry, LARGE_CELLS);
  assert_int_equal(wg_output_stack_write(stack, SMALL, 3, entry, 1, small, &error), WG_OK);
  for (size_t row = 0; row < ROWS; row += 150)
    assert_int_equal(wg_output_stack_write(stack, LARGE, 4, entry * ROWS + row, ROWS - row < 150 ? ROWS - row : 150,
                                           large + row * COLUMNS, &error),
                     WG_OK);
  free(small);
  free(large);
}

static void write_status(wg_output_stack *stack) {
  wg_error error = {0};
  int8_t status[CELLS];
  const char *messages[CELLS];
  for (int i = 0; i < CELLS; i++) {
    status[i] = (int8_t)(i - 7);
    messages[i] = i % 7 ? "" : "失败 failed";
  }
  assert_int_equal(wg_output_stack_write(stack, STATUS, 3, 1, CELLS - 1, status + 1, &error), WG_OK);
  assert_int_equal(wg_output_stack_write(stack, STATUS, 3, 0, 1, status, &error), WG_OK);
  assert_int_equal(wg_output_stack_write(stack, MESSAGE, 3, 0, 1, messages, &error), WG_OK);
  assert_int_equal(wg_output_stack_write(stack, MESSAGE, 3, 1, CELLS - 1, messages + 1, &error), WG_OK);
}

static void publish(wg_output_file *file, wg_output_stack *stack) {
  wg_error error = {0};
  assert_int_equal(wg_output_stack_close(stack, &error), WG_OK);
  assert_int_equal(wg_output_file_publish(file, &error), WG_OK);
}

static void read_numbers(const char *path, const char *name, double *values, size_t count) {
  wg_error error = {0};
  wg_hdf5_reader *reader;
  assert_int_equal(wg_hdf5_reader_open(path, &reader, &error), WG_OK);
  const wg_content *const content = wg_hdf5_reader_content(reader);
  const wg_content_variable *const v = wg_content_find(content, "", name);
  assert_non_null(v);
  assert_string_equal(v->dimensions[2], "c");
  assert_int_equal(content->numbers(content->self, v, v->rank, 0, count, values, &error), WG_OK);
  wg_hdf5_reader_close(reader);
}

static const size_t order[] = {4, 3, 29, 0, 13, 14, 12, 11, 10, 7};

static bool is_written(size_t entry) {
  for (size_t i = 0; i < COUNT_OF(order); i++)
    if (order[i] == entry)
      return true;
  return false;
}

static void check_entries(const char *path, const char *name, size_t size) {
  double *const values = calloc(CELLS * size, sizeof *values);
  assert_non_null(values);
  read_numbers(path, name, values, CELLS * size);
  for (size_t i = 0; i < CELLS * size; i++)
    if (is_written(i / size) ? values[i] != (double)i : !isnan(values[i]))
      fail_msg("%s: element %zu is %g", name, i, values[i]);
  free(values);
}

static void entries_in_any_order(void **state) {
  const folder *const f = *state;
  wg_output_file *file;
  wg_output_stack *stack;
  begin(f->path, &file, &stack);
  for (size_t i = 0; i < COUNT_OF(order); i++)
    write_entry(stack, order[i]);
  write_status(stack);
  publish(file, stack);
  check_entries(f->path, "small", COLUMNS);
  check_entries(f->path, "large", LARGE_CELLS);
  double status[CELLS];
  read_numbers(f->path, "status", status, COUNT_OF(status));
  for (int i = 0; i < CELLS; i++)
    assert_true(status[i] == i - 7);
}

static size_t read_file(const char *path, char **data) {
  FILE *const file = fopen(path, "rb");
  assert_non_null(file);
  struct stat status;
  assert_int_equal(fstat(fileno(file), &status), 0);
  *data = malloc((size_t)status.st_size);
  assert_non_null(*data);
  assert_int_equal(fread(*data, 1, (size_t)status.st_size, file), status.st_size);
  fclose(file);
  return (size_t)status.st_size;
}

static void equal_calls_give_equal_files(void **state) {
  const folder *const f = *state;
  char *data[2];
  size_t sizes[2];
  for (int i = 0; i < 2; i++) {
    wg_output_file *file;
    wg_output_stack *stack;
    begin(i ? f->other : f->path, &file, &stack);
    for (size_t entry = 0; entry < CELLS; entry += 2)
      write_entry(stack, entry);
    write_status(stack);
    publish(file, stack);
    sizes[i] = read_file(i ? f->other : f->path, &data[i]);
  }
  assert_int_equal(sizes[0], sizes[1]);
  assert_memory_equal(data[0], data[1], sizes[0]);
  free(data[0]);
  free(data[1]);
}

static int put_more(wg_output_file *file, wg_error *error) {
  static const double values[] = {1, 2};
  static const wg_dimension two = {"row", 2};
  static const wg_variable one = {.name = "more", .type = WG_F64, .rank = 1, .dimensions = {"row"}, .data = values};
  const wg_group more = {
      .name = "more", .dimensions = &two, .dimension_count = 1, .variables = &one, .variable_count = 1};
  return wg_output_file_put(file, &more, error);
}

static void can_be_read_before_it_is_published(void **state) {
  const folder *const f = *state;
  wg_error error = {0};
  wg_output_file *file;
  wg_output_stack *stack;
  const char *part;
  begin(f->path, &file, &stack);
  for (size_t i = 0; i < COUNT_OF(order); i++)
    write_entry(stack, order[i]);
  assert_int_equal(wg_output_stack_close(stack, &error), WG_OK);
  assert_int_equal(wg_output_file_pause(file, &part, &error), WG_OK);
  check_entries(part, "small", COLUMNS);
  assert_int_not_equal(access(f->path, F_OK), 0);
  assert_int_equal(wg_output_file_resume(file, &error), WG_OK);
  assert_int_equal(put_more(file, &error), WG_OK);
  assert_int_equal(wg_output_file_publish(file, &error), WG_OK);
  check_entries(f->path, "large", LARGE_CELLS);
  wg_hdf5_reader *reader;
  assert_int_equal(wg_hdf5_reader_open(f->path, &reader, &error), WG_OK);
  assert_non_null(wg_content_find(wg_hdf5_reader_content(reader), "more", "more"));
  wg_hdf5_reader_close(reader);
  // Given up while it could be read.
  begin(f->other, &file, &stack);
  assert_int_equal(wg_output_stack_close(stack, &error), WG_OK);
  assert_int_equal(wg_output_file_pause(file, &part, &error), WG_OK);
  wg_output_file_abandon(file);
}

static void misuse_is_refused(void **state) {
  const folder *const f = *state;
  static const struct {
    size_t variable, lead, first, count;
    const char *says;
  } cases[] = {
      {NAMES, 3, 0, 1, "not stacked"}, {99, 3, 0, 1, "not stacked"},    {SMALL, 2, 0, 1, "not stacked"},
      {SMALL, 5, 0, 1, "not stacked"}, {SMALL, 3, CELLS, 1, "entries"}, {SMALL, 3, 0, CELLS + 1, "entries"},
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    wg_error error = {0};
    wg_output_file *file;
    wg_output_stack *stack;
    double value = 0.0;
    begin(f->path, &file, &stack);
    assert_int_equal(
        wg_output_stack_write(stack, cases[i].variable, cases[i].lead, cases[i].first, cases[i].count, &value, &error),
        WG_FAIL_RUN);
    if (!strstr(error.text, cases[i].says))
      fail_msg("\"%s\" does not say \"%s\"", error.text, cases[i].says);
    wg_output_stack_close(stack, &error);
    error = (wg_error){0};
    assert_int_equal(wg_output_file_publish(file, &error), WG_FAIL_RUN);
    assert_int_not_equal(access(f->path, F_OK), 0);
  }
}

static void improper_variables_are_refused(void **state) {
  const folder *const f = *state;
  static const double value = 0.0;
  static const struct {
    wg_variable variable;
    bool stacks;
    const char *says;
  } cases[] = {
      {{.name = "v", .type = WG_F64, .rank = 1, .dimensions = {"a"}, .stacked = 1}, false, "needs either data"},
      {{.name = "v", .type = WG_F64, .rank = 1, .dimensions = {"a"}, .stacked = 1, .data = &value},
       true,
       "needs either"},
      {{.name = "v", .type = WG_F64, .rank = 1, .dimensions = {"a"}, .stacked = 2}, true, "cannot be stacked"},
      {{.name = "a", .type = WG_F64, .rank = 1, .dimensions = {"a"}, .stacked = 1}, true, "cannot be stacked"},
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    wg_error error = {0};
    wg_output_file *file;
    wg_output_stack *stack;
    const wg_group one = {.name = "",
                          .dimensions = dimensions,
                          .dimension_count = 1,
                          .variables = &cases[i].variable,
                          .variable_count = 1};
    assert_int_equal(wg_output_file_create(f->path, &file, &error), WG_OK);
    assert_int_equal(cases[i].stacks ? wg_output_stack_open(file, &one, &stack, &error)
                                     : wg_output_file_put(file, &one, &error),
                     WG_FAIL_RUN);
    if (!strstr(error.text, cases[i].says))
      fail_msg("\"%s\" does not say \"%s\"", error.text, cases[i].says);
    wg_output_file_abandon(file);
  }
}

static void full_disk_is_told(void **state) {
  const folder *const f = *state;
  wg_error error = {0};
  wg_output_file *file;
  wg_output_stack *stack;
  struct rlimit before;
  begin(f->path, &file, &stack);
  assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
  signal(SIGXFSZ, SIG_IGN);
  const struct rlimit small = {200000, before.rlim_max};
  assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
  int code = WG_OK;
  double *const large = numbered(1, LARGE_CELLS);
  for (size_t entry = 0; entry < CELLS && !code; entry++)
    code = wg_output_stack_write(stack, LARGE, 3, entry, 1, large, &error);
  free(large);
  const int closed = wg_output_stack_close(stack, &error);
  assert_int_equal(code ? code : closed, WG_FAIL_RUN);
  assert_non_null(strstr(error.text, "File too large"));
  error = (wg_error){0};
  assert_int_equal(wg_output_file_publish(file, &error), WG_FAIL_RUN);
  assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
  assert_int_not_equal(access(f->path, F_OK), 0);
}

int main(void) {
#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      IN_FOLDER(entries_in_any_order),
      IN_FOLDER(equal_calls_give_equal_files),
      IN_FOLDER(can_be_read_before_it_is_published),
      IN_FOLDER(misuse_is_refused),
      IN_FOLDER(improper_variables_are_refused),
      IN_FOLDER(full_disk_is_told),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
