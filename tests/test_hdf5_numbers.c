// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers read out of HDF5 files that others wrote, and may have meant badly.
#include "io/hdf5_read.h"

#include <hdf5.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { A = 3, B = 4, C = 2, D = 5, BLOCK = B * C * D, ROW = C * D, ALL = A * BLOCK };

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

typedef struct scene {
  char path[64];
  hid_t file;
  wg_hdf5_reader *reader;
  const wg_content *content;
} scene;

static int set_up(void **state) {
  scene *s = calloc(1, sizeof *s);
  assert_non_null(s);
  snprintf(s->path, sizeof s->path, "/tmp/wg_numbers_XXXXXX");
  const int descriptor = mkstemp(s->path);
  assert_true(descriptor >= 0);
  close(descriptor);
  s->file = H5Fcreate(s->path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
  assert_true(s->file >= 0);
  *state = s;
  return 0;
}

static int tear_down(void **state) {
  scene *s = *state;
  wg_hdf5_reader_close(s->reader);
  unlink(s->path);
  free(s);
  return 0;
}

static hid_t add_dataset(scene *s, const char *name, hid_t type, int rank, const hsize_t *shape, const hsize_t *chunk) {
  hid_t properties = H5Pcreate(H5P_DATASET_CREATE), space = H5Screate_simple(rank, shape, NULL);
  if (chunk)
    assert_true(H5Pset_chunk(properties, rank, chunk) >= 0);
  hid_t dataset = H5Dcreate2(s->file, name, type, space, H5P_DEFAULT, properties, H5P_DEFAULT);
  assert_true(dataset >= 0);
  H5Sclose(space);
  H5Pclose(properties);
  return dataset;
}

static void add_number(hid_t dataset, const char *name, hid_t type, const void *value) {
  hid_t space = H5Screate(H5S_SCALAR), attribute = H5Acreate2(dataset, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
  assert_true(H5Awrite(attribute, type, value) >= 0);
  H5Aclose(attribute);
  H5Sclose(space);
}

// Element i is i + 0.25.
static void add_array(scene *s) {
  static const hsize_t shape[] = {A, B, C, D}, chunk[] = {2, 3, 2, 2};
  double values[ALL];
  for (int i = 0; i < ALL; i++)
    values[i] = i + 0.25;
  hid_t dataset = add_dataset(s, "array", H5T_NATIVE_DOUBLE, 4, shape, chunk);
  assert_true(H5Dwrite(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) >= 0);
  H5Dclose(dataset);
}

static void open_file(scene *s) {
  wg_error error = {0};
  H5Fclose(s->file);
  assert_int_equal(wg_hdf5_reader_open(s->path, &s->reader, &error), WG_OK);
  s->content = wg_hdf5_reader_content(s->reader);
}

static int read_numbers(const scene *s, const char *name, size_t lead, uint64_t first, uint64_t count, double *values,
                        wg_error *error) {
  const wg_content_variable *const variable = wg_content_find(s->content, "", name);
  assert_non_null(variable);
  return s->content->numbers(s->content->self, variable, lead, first, count, values, error);
}

static void assert_refused(const scene *s, const char *name, size_t lead, uint64_t first, uint64_t count,
                           const char *says) {
  wg_error error = {0};
  double value;
  assert_int_equal(read_numbers(s, name, lead, first, count, &value, &error), WG_FAIL_CONFIG);
  assert_non_null(strstr(error.text, s->path));
  assert_non_null(strstr(error.text, name));
  if (!strstr(error.text, says))
    fail_msg("\"%s\" does not say \"%s\"", error.text, says);
}

// Every range of entries along every number of dimensions, and not an element beyond it.
static void every_range(void **state) {
  scene *s = *state;
  add_array(s);
  open_file(s);
  static const size_t entry[] = {ALL, BLOCK, ROW, D, 1};
  for (size_t lead = 1; lead <= 4; lead++) {
    const size_t entries = ALL / entry[lead];
    for (size_t first = 0; first <= entries; first++)
      for (size_t count = 0; count <= entries - first; count++) {
        double values[ALL + 1];
        wg_error error = {0};
        for (size_t i = 0; i <= ALL; i++)
          values[i] = -1.0;
        assert_int_equal(read_numbers(s, "array", lead, first, count, values, &error), WG_OK);
        for (size_t i = 0; i <= ALL; i++) {
          const double expected = i < count * entry[lead] ? (double)(first * entry[lead] + i) + 0.25 : -1.0;
          if (values[i] != expected)
            fail_msg("%zu dimensions, %zu from %zu: element %zu is %g", lead, count, first, i, values[i]);
        }
      }
  }
}

static void what_is_not_there(void **state) {
  scene *s = *state;
  static const hsize_t one[] = {3};
  add_array(s);
  H5Dclose(add_dataset(s, "text", H5T_C_S1, 1, one, NULL));
  H5Dclose(add_dataset(s, "scalar", H5T_NATIVE_INT, 0, one, NULL));
  open_file(s);
  assert_refused(s, "array", 0, 0, 1, "dimensions");
  assert_refused(s, "array", 5, 0, 1, "dimensions");
  assert_refused(s, "array", 1, A, 1, "entries");
  assert_refused(s, "array", 1, 0, A + 1, "entries");
  assert_refused(s, "array", 2, A * B - 1, 2, "entries");
  assert_refused(s, "array", 4, UINT64_MAX, 2, "entries");
  assert_refused(s, "array", 4, 2, UINT64_MAX, "too large");
  assert_refused(s, "text", 1, 0, 1, "no array of numbers");
  assert_refused(s, "scalar", 1, 0, 1, "no array of numbers");
  double value;
  wg_error error = {0};
  assert_int_equal(read_numbers(s, "array", 1, A, 0, &value, &error), WG_OK);
}

// Zero is a number where nothing says that it stands for a gap.
static void missing_values(void **state) {
  scene *s = *state;
  static const hsize_t shape[] = {3};
  static const int16_t whole[] = {-1, 0, 7}, fill = -1;
  static const double real[] = {0.0, NAN, 1e300}, wide = 1e300;
  static const int64_t large[] = {INT64_MIN, 0, ((int64_t)1 << 53) - 1};
  const struct {
    const char *name;
    hid_t type;
    const void *values;
    hid_t fill_type;
    const void *fill;
    double expected[3];
  } cases[] = {
      {"whole", H5T_NATIVE_INT16, whole, H5T_NATIVE_INT16, &fill, {NAN, 0.0, 7.0}},
      {"bare", H5T_NATIVE_INT16, whole, -1, NULL, {-1.0, 0.0, 7.0}},
      {"real", H5T_NATIVE_DOUBLE, real, H5T_NATIVE_DOUBLE, &wide, {0.0, NAN, NAN}},
      {"large", H5T_NATIVE_INT64, large, -1, NULL, {-0x1p63, 0.0, 0x1p53 - 1}},
      {"big_endian", H5T_STD_I16BE, whole, -1, NULL, {-1.0, 0.0, 7.0}},
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    hid_t dataset = add_dataset(s, cases[i].name, cases[i].type, 1, shape, NULL);
    hid_t memory = i == 4 ? H5T_NATIVE_INT16 : cases[i].type;
    assert_true(H5Dwrite(dataset, memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, cases[i].values) >= 0);
    if (cases[i].fill)
      add_number(dataset, "_FillValue", cases[i].fill_type, cases[i].fill);
    H5Dclose(dataset);
  }
  open_file(s);
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    double values[3];
    wg_error error = {0};
    assert_int_equal(read_numbers(s, cases[i].name, 1, 0, 3, values, &error), WG_OK);
    for (size_t k = 0; k < 3; k++)
      if (isnan(cases[i].expected[k]) ? !isnan(values[k]) : values[k] != cases[i].expected[k])
        fail_msg("%s[%zu] is %g", cases[i].name, k, values[k]);
  }
}

// Shapes that cost nothing in the file and more memory than there is.
static void what_is_meant_badly(void **state) {
  scene *s = *state;
  static const hsize_t huge[] = {(hsize_t)1 << 40, (hsize_t)1 << 40}, piece[] = {1, 1},
                       large_piece[] = {1 << 14, 1 << 14}, some[] = {1 << 15, 1 << 15},
                       deep[9] = {1, 1, 1, 1, 1, 1, 1, 1, 1}, three[] = {3}, none[] = {3, 0, 2};
  const double factor = 0.1;
  H5Dclose(add_dataset(s, "huge", H5T_NATIVE_DOUBLE, 2, huge, piece));
  H5Dclose(add_dataset(s, "some", H5T_NATIVE_DOUBLE, 2, some, piece));
  H5Dclose(add_dataset(s, "pieces", H5T_NATIVE_DOUBLE, 2, some, large_piece));
  H5Dclose(add_dataset(s, "deep", H5T_NATIVE_DOUBLE, 9, deep, NULL));
  H5Dclose(add_dataset(s, "none", H5T_NATIVE_DOUBLE, 3, none, NULL));
  hid_t packed = add_dataset(s, "packed", H5T_NATIVE_INT16, 1, three, NULL);
  add_number(packed, "scale_factor", H5T_NATIVE_DOUBLE, &factor);
  H5Dclose(packed);
  hid_t kind = H5Tenum_create(H5T_NATIVE_INT8);
  const int8_t zero = 0;
  assert_true(H5Tenum_insert(kind, "zero", &zero) >= 0);
  H5Dclose(add_dataset(s, "kinds", kind, 1, three, NULL));
  H5Tclose(kind);
  hid_t properties = H5Pcreate(H5P_DATASET_CREATE), space = H5Screate_simple(1, three, NULL);
  assert_true(H5Pset_external(properties, "/etc/passwd", 0, 24) >= 0);
  H5Dclose(H5Dcreate2(s->file, "elsewhere", H5T_NATIVE_DOUBLE, space, H5P_DEFAULT, properties, H5P_DEFAULT));
  H5Sclose(space);
  H5Pclose(properties);
  open_file(s);
  assert_refused(s, "huge", 1, 0, 1, "too large");
  assert_refused(s, "huge", 2, 0, 1, "too large");
  assert_refused(s, "some", 1, 0, 1 << 14, "too large");
  assert_refused(s, "pieces", 2, 0, 1, "pieces that are too large");
  assert_refused(s, "deep", 1, 0, 1, "no array of numbers");
  assert_refused(s, "packed", 1, 0, 1, "packed");
  assert_refused(s, "kinds", 1, 0, 1, "no array of numbers");
  assert_refused(s, "elsewhere", 1, 0, 1, "other files");
  double value = -1.0;
  wg_error error = {0};
  assert_int_equal(read_numbers(s, "none", 1, 0, 3, &value, &error), WG_OK);
  assert_int_equal(read_numbers(s, "none", 3, 0, 0, &value, &error), WG_OK);
  assert_true(value == -1.0);
  // Any number of calls, as who reads run by run knows how much that is.
  for (int i = 0; i < 3; i++)
    assert_int_equal(read_numbers(s, "some", 2, (uint64_t)i << 20, 1, &value, &error), WG_OK);
}

// In their order; without those of the format, and without lists.
static void attributes_of_a_variable(void **state) {
  scene *s = *state;
  static const hsize_t three[] = {3};
  const double target = 0.13;
  const int32_t whole = -7;
  hid_t dataset = add_dataset(s, "share", H5T_NATIVE_INT32, 1, three, NULL), kind = H5Tcopy(H5T_C_S1);
  assert_true(H5Tset_size(kind, 3) >= 0);
  add_number(dataset, "units", kind, "m2");
  add_number(dataset, "target", H5T_NATIVE_DOUBLE, &target);
  add_number(dataset, "_FillValue", H5T_NATIVE_INT32, &whole);
  add_number(dataset, "calendar", kind, "abc");
  add_number(dataset, "axis", H5T_NATIVE_INT32, &whole);
  H5Tclose(kind);
  H5Dclose(dataset);
  open_file(s);
  const wg_content_variable *const variable = wg_content_find(s->content, "", "share");
  const wg_content_attribute *found = NULL;
  size_t count = 0;
  wg_error error = {0};
  assert_true(variable->is_number && variable->is_whole);
  assert_int_equal(s->content->variable_attributes(s->content->self, variable, &found, &count, &error), WG_OK);
  assert_int_equal(count, 3);
  const wg_content_attribute expected[] = {
      {"target", "0.13", true, 0.13}, {"calendar", "abc", false, 0.0}, {"axis", "-7", true, -7.0}};
  for (size_t i = 0; i < 3; i++) {
    assert_string_equal(found[i].name, expected[i].name);
    assert_string_equal(found[i].text, expected[i].text);
    assert_int_equal(found[i].is_number, expected[i].is_number);
    assert_true(found[i].number == expected[i].number);
  }
}

int main(void) {
#define IN_FILE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      IN_FILE(every_range),         IN_FILE(what_is_not_there),        IN_FILE(missing_values),
      IN_FILE(what_is_meant_badly), IN_FILE(attributes_of_a_variable),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
