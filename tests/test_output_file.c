// SPDX-License-Identifier: GPL-3.0-or-later
// HDF5 output. `test_output_file --write FILE` writes the file that tests/py/test_output_contract.py reads and exits.
#include "io/output_file.h"

#include <errno.h>
#include <fcntl.h>
#include <hdf5.h>
#include <math.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { PATH_SIZE = 512, MONTHS = 3, PLACES = 2, SERVICES = 3, BANDS = 4, SEXES = 2, ORIGINS = 3, RESIDENTS = 70000 };

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static const char *program;

static const double times[MONTHS] = {0, 30, 61};
static const int64_t places[PLACES] = {110108001000, 110108002000};
static const char *const place_names[PLACES] = {"万寿路街道", "永定路街道"};
static const char *const services[SERVICES] = {"供暖", "养老", ""};
static const char *const sexes[SEXES] = {"male", "female"};
static const double satisfaction[MONTHS][PLACES] = {{0.5, NAN}, {0.25, 1}, {0, 0.75}};
static const int8_t status[MONTHS][PLACES] = {{0, 1}, {2, 0}, {1, 2}};
static const int16_t delay[MONTHS] = {7, -1, 9};
static const int8_t status_values[] = {0, 1, 2};
static const int16_t delay_fill = -1;
static const double weights[] = {0.5, 0.25, 0.125};
static const uint64_t seed = UINT64_MAX;
static const int8_t all_i8[PLACES] = {INT8_MIN, INT8_MAX};
static const uint8_t all_u8[PLACES] = {0, UINT8_MAX};
static const int16_t all_i16[PLACES] = {INT16_MIN, INT16_MAX};
static const uint16_t all_u16[PLACES] = {0, UINT16_MAX};
static const int32_t all_i32[PLACES] = {INT32_MIN, INT32_MAX};
static const uint32_t all_u32[PLACES] = {0, UINT32_MAX};
static const int64_t all_i64[PLACES] = {INT64_MIN, INT64_MAX};
static const uint64_t all_u64[PLACES] = {0, UINT64_MAX};
static const double all_f64[PLACES] = {-0.1, 1e300};

// Values by position, so that a reader can recompute them.
static int read_count(void *context, size_t first, size_t count, void *buffer, wg_error *error) {
  (void)error;
  size_t entry = *(const size_t *)context;
  uint32_t *value = buffer;
  for (size_t i = 0; i < count * entry; i++) {
    value[i] = (uint32_t)(first * entry + i);
  }
  return WG_OK;
}

static int read_name(void *context, size_t first, size_t count, void *buffer, wg_error *error) {
  (void)context;
  (void)error;
  const char **value = buffer;
  for (size_t i = 0; i < count; i++) {
    value[i] = place_names[(first + i) % PLACES];
  }
  return WG_OK;
}

#define SCALE(n, t, ...)                                                                                               \
  { .name = #n, .type = t, .rank = 1, .dimensions = {#n}, __VA_ARGS__ }
#define BY_PLACE(n, t)                                                                                                 \
  { .name = #n, .type = t, .rank = 1, .dimensions = {"subdistrict"}, .data = n }

static int put_contract(wg_output_file *file, wg_error *error) {
  static size_t population_entry = (size_t)PLACES * BANDS * SEXES * ORIGINS;
  static size_t cases_entry = (size_t)PLACES * SERVICES;
  static size_t one = 1;
  static const char configuration_word[] = "街道；";
  static char configuration[200000]; // beyond the 64 KiB of old HDF5 attributes
  for (size_t i = 0; i + 1 < sizeof configuration; i++) {
    configuration[i] = configuration_word[i % (sizeof configuration_word - 1)];
  }
  configuration[sizeof configuration - 1 - (sizeof configuration - 1) % (sizeof configuration_word - 1)] = '\0';

  const wg_attribute time_attributes[] = {{"calendar", WG_STRING, 1, "standard"},
                                          {"standard_name", WG_STRING, 1, "time"}};
  const wg_attribute status_attributes[] = {{"flag_values", WG_I8, 3, status_values},
                                            {"flag_meanings", WG_STRING, 1, "open closed escalated"}};
  const wg_attribute delay_attributes[] = {{"_FillValue", WG_I16, 1, &delay_fill}};
  const wg_attribute root_attributes[] = {{"title", WG_STRING, 1, "网格：海淀"},
                                          {"empty", WG_STRING, 1, ""},
                                          {"configuration", WG_STRING, 1, configuration},
                                          {"seed", WG_U64, 1, &seed},
                                          {"weights", WG_F64, COUNT_OF(weights), weights}};

  const wg_dimension resident_dimensions[] = {{"resident", RESIDENTS}};
  const wg_variable resident_variables[] = {
      SCALE(resident, WG_U32, .read = read_count, .read_context = &one),
      {.name = "place", .type = WG_STRING, .rank = 1, .dimensions = {"resident"}, .read = read_name},
  };
  const wg_group residents = {.name = "resident_20101101",
                              .dimensions = resident_dimensions,
                              .dimension_count = COUNT_OF(resident_dimensions),
                              .variables = resident_variables,
                              .variable_count = COUNT_OF(resident_variables)};

  const wg_dimension dimensions[] = {{"time", MONTHS},    {"subdistrict", PLACES}, {"service", SERVICES},
                                     {"age_band", BANDS}, {"sex", SEXES},          {"registration", ORIGINS}};
  const wg_variable variables[] = {
      SCALE(time, WG_F64, .unit = "days since 2010-11-01", .attributes = time_attributes,
            .attribute_count = COUNT_OF(time_attributes), .data = times),
      SCALE(subdistrict, WG_I64, .long_name = "subdistrict code", .data = places),
      {.name = "subdistrict_name",
       .type = WG_STRING,
       .rank = 1,
       .dimensions = {"subdistrict"},
       .long_name = "subdistrict",
       .label = "街道",
       .data = place_names},
      SCALE(service, WG_STRING, .data = services),
      SCALE(sex, WG_STRING, .data = sexes),
      {.name = "satisfaction",
       .type = WG_F64,
       .rank = 2,
       .dimensions = {"time", "subdistrict"},
       .unit = "1",
       .long_name = "satisfaction rate",
       .label = "满意率",
       .data = satisfaction},
      {.name = "status",
       .type = WG_I8,
       .rank = 2,
       .dimensions = {"time", "subdistrict"},
       .attributes = status_attributes,
       .attribute_count = COUNT_OF(status_attributes),
       .data = status},
      {.name = "delay",
       .type = WG_I16,
       .rank = 1,
       .dimensions = {"time"},
       .attributes = delay_attributes,
       .attribute_count = COUNT_OF(delay_attributes),
       .data = delay},
      {.name = "cases",
       .type = WG_U32,
       .rank = 3,
       .dimensions = {"time", "subdistrict", "service"},
       .read = read_count,
       .read_context = &cases_entry},
      {.name = "four",
       .type = WG_U32,
       .rank = 4,
       .dimensions = {"subdistrict", "age_band", "sex", "registration"},
       .read = read_count,
       .read_context = &(size_t){(size_t)BANDS * SEXES * ORIGINS}},
      {.name = "population",
       .type = WG_U32,
       .rank = 5,
       .dimensions = {"time", "subdistrict", "age_band", "sex", "registration"},
       .read = read_count,
       .read_context = &population_entry},
      BY_PLACE(all_i8, WG_I8),
      BY_PLACE(all_u8, WG_U8),
      BY_PLACE(all_i16, WG_I16),
      BY_PLACE(all_u16, WG_U16),
      BY_PLACE(all_i32, WG_I32),
      BY_PLACE(all_u32, WG_U32),
      BY_PLACE(all_i64, WG_I64),
      BY_PLACE(all_u64, WG_U64),
      BY_PLACE(all_f64, WG_F64),
  };
  const wg_group root = {.name = "",
                         .dimensions = dimensions,
                         .dimension_count = COUNT_OF(dimensions),
                         .variables = variables,
                         .variable_count = COUNT_OF(variables),
                         .attributes = root_attributes,
                         .attribute_count = COUNT_OF(root_attributes)};
  int code = wg_output_file_put(file, &residents, error);
  return code == WG_OK ? wg_output_file_put(file, &root, error) : code;
}

static int write_contract(const char *path, wg_error *error) {
  wg_output_file *file;
  int code = wg_output_file_create(path, &file, error);
  if (code != WG_OK) {
    return code;
  }
  if ((code = put_contract(file, error)) != WG_OK) {
    wg_output_file_abandon(file);
    return code;
  }
  return wg_output_file_publish(file, error);
}

typedef struct folder {
  char root[64];
  char path[PATH_SIZE]; // root/run.h5
  char part[PATH_SIZE];
} folder;

static int set_up(void **state) {
  folder *made = calloc(1, sizeof *made);
  const char *base = getenv("TMPDIR");
  snprintf(made->root, sizeof made->root, "%.40s/wg-output-XXXXXX", base != NULL && strlen(base) <= 40 ? base : "/tmp");
  if (mkdtemp(made->root) == NULL) {
    free(made);
    return -1;
  }
  snprintf(made->path, sizeof made->path, "%s/run.h5", made->root);
  snprintf(made->part, sizeof made->part, "%s/run.h5.part", made->root);
  *state = made;
  return 0;
}

static int tear_down(void **state) {
  folder *made = *state;
  unlink(made->path);
  unlink(made->part);
  int left = rmdir(made->root); // fails when a test left more than these two
  free(made);
  return left;
}

static bool exists(const char *path) {
  struct stat found;
  return stat(path, &found) == 0;
}

static unsigned char *contents(const char *path, size_t *size) {
  FILE *stream = fopen(path, "rb");
  assert_non_null(stream);
  fseek(stream, 0, SEEK_END);
  *size = (size_t)ftell(stream);
  rewind(stream);
  unsigned char *bytes = malloc(*size + 1);
  assert_int_equal(fread(bytes, 1, *size, stream), *size);
  fclose(stream);
  return bytes;
}

static void put_text(const char *path, const char *text) {
  FILE *stream = fopen(path, "wb");
  assert_non_null(stream);
  fputs(text, stream);
  fclose(stream);
}

static void assert_text(const char *path, const char *text) {
  size_t size;
  unsigned char *bytes = contents(path, &size);
  bytes[size] = '\0';
  assert_string_equal((char *)bytes, text);
  free(bytes);
}

static void assert_says(const wg_error *error, const char *part) {
  if (strstr(error->text, part) == NULL) {
    fail_msg("`%s` does not say `%s`", error->text, part);
  }
}

static int descriptors_open(void) {
  int count = 0;
  for (int i = 0; i < 256; i++) {
    count += fcntl(i, F_GETFD) != -1;
  }
  return count;
}

// What HDF5 still holds for its callers.
static hsize_t objects_open(void) {
  static const H5I_type_t kinds[] = {H5I_FILE,    H5I_GROUP, H5I_DATATYPE,    H5I_DATASPACE,
                                     H5I_DATASET, H5I_ATTR,  H5I_GENPROP_LST, H5I_VFL};
  hsize_t total = 0;
  for (size_t i = 0; i < COUNT_OF(kinds); i++) {
    hsize_t count = 0;
    H5Inmembers(kinds[i], &count);
    total += count;
  }
  return total;
}

static void reads_back(void **state) {
  folder *made = *state;
  wg_error error = {0};
  int before = descriptors_open();
  assert_int_equal(write_contract(made->path, &error), WG_OK);
  assert_int_equal(error.code, WG_OK);
  assert_false(exists(made->part));
  assert_int_equal(descriptors_open(), before);

  hid_t file = H5Fopen(made->path, H5F_ACC_RDONLY, H5P_DEFAULT);
  assert_true(file >= 0);
  uint32_t population[MONTHS * PLACES * BANDS * SEXES * ORIGINS];
  hid_t dataset = H5Dopen2(file, "population", H5P_DEFAULT);
  assert_true(H5Dread(dataset, H5T_NATIVE_UINT32, H5S_ALL, H5S_ALL, H5P_DEFAULT, population) >= 0);
  for (size_t i = 0; i < COUNT_OF(population); i++) {
    assert_int_equal(population[i], i);
  }
  H5Dclose(dataset);
  int64_t band[BANDS];
  dataset = H5Dopen2(file, "age_band", H5P_DEFAULT);
  assert_true(H5Dread(dataset, H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, band) >= 0);
  for (size_t i = 0; i < BANDS; i++) {
    assert_int_equal(band[i], i);
  }
  H5Dclose(dataset);
  H5Fclose(file);
}

// In processes whose fresh memory holds different bytes, so that none of them can slip into the file.
static void equal_input_gives_equal_files(void **state) {
  folder *made = *state;
  unsigned char *bytes[2];
  size_t sizes[2];
  const char *patterns[2] = {"0", "165"};
  for (int i = 0; i < 2; i++) {
    pid_t child = fork();
    if (child == 0) {
      setenv("MALLOC_PERTURB_", patterns[i], 1);
      execl(program, program, "--write", made->path, (char *)NULL);
      _exit(127);
    }
    int result;
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_int_equal(result, 0);
    bytes[i] = contents(made->path, &sizes[i]);
    if (i == 0) {
      sleep(1); // a time stamp would differ
    }
  }
  assert_int_equal(sizes[0], sizes[1]);
  assert_memory_equal(bytes[0], bytes[1], sizes[0]);
  free(bytes[0]);
  free(bytes[1]);
}

static int write_one(const char *path, const wg_dimension *dimensions, const wg_variable *variable, wg_error *error) {
  wg_output_file *file;
  int code = wg_output_file_create(path, &file, error);
  if (code != WG_OK) {
    return code;
  }
  wg_group group = {.name = "",
                    .dimensions = dimensions,
                    .dimension_count = variable->rank,
                    .variables = variable,
                    .variable_count = 1};
  wg_output_file_put(file, &group, error);
  return wg_output_file_publish(file, error);
}

// Larger than a block and no multiple of it or of a chunk.
static void streamed_equals_direct(void **state) {
  folder *made = *state;
  wg_error error = {0};
  size_t entry = (size_t)7 * 11;
  const wg_dimension dimensions[] = {{"a", 30011}, {"b", 7}, {"c", 11}};
  size_t bytes = 30011 * entry * sizeof(uint32_t);
  uint32_t *values = malloc(bytes);
  assert_non_null(values);
  read_count(&entry, 0, 30011, values, &error);
  wg_variable variable = {.name = "x", .type = WG_U32, .rank = 3, .dimensions = {"a", "b", "c"}, .data = values};
  size_t sizes[2];
  assert_int_equal(write_one(made->path, dimensions, &variable, &error), WG_OK);
  unsigned char *direct = contents(made->path, &sizes[0]);
  variable.data = NULL;
  variable.read = read_count;
  variable.read_context = &entry;
  assert_int_equal(write_one(made->path, dimensions, &variable, &error), WG_OK);
  unsigned char *streamed = contents(made->path, &sizes[1]);
  assert_int_equal(sizes[0], sizes[1]);
  assert_memory_equal(direct, streamed, sizes[0]);

  uint32_t *back = malloc(bytes);
  hid_t file = H5Fopen(made->path, H5F_ACC_RDONLY, H5P_DEFAULT);
  hid_t dataset = H5Dopen2(file, "x", H5P_DEFAULT);
  assert_true(H5Dread(dataset, H5T_NATIVE_UINT32, H5S_ALL, H5S_ALL, H5P_DEFAULT, back) >= 0);
  assert_memory_equal(values, back, bytes);
  H5Dclose(dataset);
  H5Fclose(file);
  free(back);
  free(direct);
  free(streamed);
  free(values);
}

// One entry of the first dimension alone exceeds both block and chunk.
static void long_entries_are_split(void **state) {
  folder *made = *state;
  wg_error error = {0};
  size_t entry = 1500000;
  const wg_dimension dimensions[] = {{"a", 3}, {"b", 1500000}};
  const wg_variable variable = {
      .name = "x", .type = WG_U32, .rank = 2, .dimensions = {"a", "b"}, .read = read_count, .read_context = &entry};
  assert_int_equal(write_one(made->path, dimensions, &variable, &error), WG_OK);
  hid_t file = H5Fopen(made->path, H5F_ACC_RDONLY, H5P_DEFAULT);
  hid_t dataset = H5Dopen2(file, "x", H5P_DEFAULT);
  hid_t properties = H5Dget_create_plist(dataset);
  hsize_t chunk[2];
  assert_int_equal(H5Pget_chunk(properties, 2, chunk), 2);
  assert_int_equal(chunk[0], 1);
  assert_true(chunk[1] * sizeof(uint32_t) <= 1 << 20);
  assert_int_equal(chunk[1], 250000);
  H5Pclose(properties);
  H5Dclose(dataset);
  H5Fclose(file);
}

static void abandon_leaves_nothing(void **state) {
  folder *made = *state;
  wg_error error = {0};
  wg_output_file *file;
  wg_output_file_abandon(NULL);
  put_text(made->path, "earlier");
  assert_int_equal(wg_output_file_create(made->path, &file, &error), WG_OK);
  assert_true(exists(made->part));
  assert_int_equal(put_contract(file, &error), WG_OK);
  wg_output_file_abandon(file);
  assert_false(exists(made->part));
  assert_text(made->path, "earlier");
}

// A notebook that has the earlier file open keeps reading the earlier one.
static void publish_replaces_at_once(void **state) {
  folder *made = *state;
  wg_error error = {0};
  wg_output_file *file;
  put_text(made->path, "earlier");
  int reader = open(made->path, O_RDONLY);
  assert_int_equal(wg_output_file_create(made->path, &file, &error), WG_OK);
  assert_int_equal(put_contract(file, &error), WG_OK);
  assert_text(made->path, "earlier");
  assert_int_equal(wg_output_file_publish(file, &error), WG_OK);
  char bytes[8] = "";
  assert_int_equal(read(reader, bytes, 7), 7);
  assert_string_equal(bytes, "earlier");
  close(reader);
  assert_true(H5Fis_hdf5(made->path) > 0);

  hid_t notebook = H5Fopen(made->path, H5F_ACC_RDONLY, H5P_DEFAULT);
  assert_int_equal(write_contract(made->path, &error), WG_OK);
  assert_true(H5Lexists(notebook, "population", H5P_DEFAULT) > 0);
  H5Fclose(notebook);
}

static void left_over_part_is_replaced(void **state) {
  folder *made = *state;
  wg_error error = {0};
  put_text(made->part, "torn");
  int reader = open(made->part, O_RDONLY);
  assert_int_equal(write_contract(made->path, &error), WG_OK);
  assert_true(H5Fis_hdf5(made->path) > 0);
  char bytes[5] = "";
  assert_int_equal(read(reader, bytes, 4), 4);
  assert_string_equal(bytes, "torn");
  close(reader);
}

// Two runs with the same output: the slower must not publish what the faster is still writing.
static void replaced_part_is_not_published(void **state) {
  folder *made = *state;
  wg_error error = {0};
  wg_output_file *first;
  wg_output_file *second;
  assert_int_equal(wg_output_file_create(made->path, &first, &error), WG_OK);
  assert_int_equal(wg_output_file_create(made->path, &second, &error), WG_OK);
  assert_int_equal(wg_output_file_publish(first, &error), WG_FAIL_RUN);
  assert_says(&error, "replaced");
  assert_true(exists(made->part));
  assert_int_equal(wg_output_file_publish(second, NULL), WG_OK);
}

static void unusable_folder_is_told_at_create(void **state) {
  folder *made = *state;
  wg_output_file *file;
  char path[PATH_SIZE];
  wg_error error = {0};
  snprintf(path, sizeof path, "%s/missing/run.h5", made->root);
  assert_int_equal(wg_output_file_create(path, &file, &error), WG_FAIL_CONFIG);
  assert_null(file);
  assert_says(&error, path);
  assert_says(&error, strerror(ENOENT));

  error = (wg_error){0};
  assert_int_equal(wg_output_file_create(made->root, &file, &error), WG_FAIL_CONFIG);
  assert_says(&error, strerror(EISDIR));

  error = (wg_error){0};
  assert_int_equal(mkfifo(made->path, 0600), 0); // like a device
  assert_int_equal(wg_output_file_create(made->path, &file, &error), WG_FAIL_CONFIG);
  assert_says(&error, "is not a regular file");
  assert_false(exists(made->part));
  assert_int_equal(unlink(made->path), 0);

  error = (wg_error){0};
  bool is_superuser = geteuid() == 0; // whom permissions do not stop
  assert_int_equal(chmod(made->root, 0555), 0);
  if (is_superuser) {
    assert_int_equal(seteuid(65534), 0);
  }
  int code = wg_output_file_create(made->path, &file, &error);
  if (is_superuser) {
    assert_int_equal(seteuid(0), 0);
  }
  assert_int_equal(chmod(made->root, 0755), 0);
  assert_int_equal(code, WG_FAIL_CONFIG);
  assert_says(&error, made->path);
  assert_says(&error, strerror(EACCES));
}

static void limit_file_size(size_t bytes) {
  struct rlimit limit;
  getrlimit(RLIMIT_FSIZE, &limit);
  limit.rlim_cur = bytes;
  assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

// The disk fills up after every number of bytes in turn: at create, in a dataset, when closing, after which the next
// run of the same process must do well.
static void full_disk_leaves_the_earlier_file(void **state) {
  folder *made = *state;
  wg_error error = {0};
  assert_int_equal(write_contract(made->path, &error), WG_OK);
  size_t size;
  free(contents(made->path, &size));
  put_text(made->path, "earlier");
  signal(SIGXFSZ, SIG_IGN);
  int before = descriptors_open();
  hsize_t objects = objects_open();
  for (size_t limit = 0; limit < size; limit += size / 200 + 1) {
    error = (wg_error){0};
    limit_file_size(limit);
    int code = write_contract(made->path, &error);
    limit_file_size(RLIM_INFINITY);
    assert_int_equal(code, WG_FAIL_RUN);
    assert_int_equal(error.code, WG_FAIL_RUN);
    assert_says(&error, made->path);
    assert_says(&error, strerror(EFBIG));
    assert_false(exists(made->part));
    assert_text(made->path, "earlier");
  }
  assert_int_equal(descriptors_open(), before);
  assert_int_equal(objects_open(), objects);
  error = (wg_error){0};
  assert_int_equal(write_contract(made->path, &error), WG_OK);
  size_t last;
  free(contents(made->path, &last));
  assert_int_equal(size, last);
}

static int read_nothing(void *context, size_t first, size_t count, void *buffer, wg_error *error) {
  (void)context;
  (void)first;
  (void)count;
  (void)buffer;
  return wg_error_set(error, WG_FAIL_RUN, "nothing to read");
}

static void improper_groups_are_refused(void **state) {
  folder *made = *state;
  const int32_t numbers[2] = {1, 2};
  const wg_dimension two[] = {{"a", 2}, {"b", 2}};
  const wg_dimension twice[] = {{"a", 2}, {"a", 2}};
  const wg_dimension none[] = {{"a", 0}};
  const wg_variable proper = {.name = "x", .type = WG_I32, .rank = 1, .dimensions = {"a"}, .data = numbers};
  wg_variable unknown = proper, no_rank = proper, no_data = proper, not_scale = proper, unread = proper,
              odd_fill = proper, slash = proper;
  const wg_variable same[] = {proper, proper};
  const double real = 1;
  const wg_attribute fill = {"_FillValue", WG_F64, 1, &real};
  unknown.dimensions[0] = "c";
  no_rank.rank = 0;
  no_data.data = NULL;
  not_scale.name = "b";
  slash.name = "x/y";
  unread.data = NULL;
  unread.read = read_nothing;
  odd_fill.attributes = &fill;
  odd_fill.attribute_count = 1;
  const struct {
    wg_group group;
    const char *says;
  } cases[] = {
      {{"", two, 2, &unknown, 1, NULL, 0}, "unknown dimension `c`"},
      {{"", two, 2, &no_rank, 1, NULL, 0}, "0 dimensions"},
      {{"", two, 2, &no_data, 1, NULL, 0}, "needs either data"},
      {{"", two, 2, &not_scale, 1, NULL, 0}, "without being its coordinate"},
      {{"", two, 2, &unread, 1, NULL, 0}, "nothing to read"},
      {{"", two, 2, &odd_fill, 1, NULL, 0}, "one number of the variable's type"},
      {{"", two, 2, &slash, 1, NULL, 0}, "`x/y` is not a name"},
      {{"", two, 2, same, 2, NULL, 0}, "given twice"},
      {{"", twice, 2, &proper, 1, NULL, 0}, "dimension `a`"},
      {{"", none, 1, NULL, 0, NULL, 0}, "dimension `a`"},
      {{"g/h", two, 2, &proper, 1, NULL, 0}, "not a name for a group"},
      {{"", two, 2, &proper, 1, &(wg_attribute){"Conventions", WG_STRING, 1, "none"}, 1}, "attribute `Conventions`"},
      {{"", two, 2, &proper, 1, &(wg_attribute){"n", WG_I32, 0, numbers}, 1}, "attribute `n` has no value"},
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    wg_error error = {0};
    wg_output_file *file;
    assert_int_equal(wg_output_file_create(made->path, &file, &error), WG_OK);
    assert_int_equal(wg_output_file_put(file, &cases[i].group, &error), WG_FAIL_RUN);
    assert_says(&error, cases[i].says);
    error = (wg_error){0};
    assert_int_equal(wg_output_file_publish(file, &error), WG_FAIL_RUN);
    assert_says(&error, "writing failed before");
    assert_false(exists(made->path));
    assert_false(exists(made->part));
  }
}

static void groups_are_put_once(void **state) {
  folder *made = *state;
  for (int i = 0; i < 2; i++) {
    wg_error error = {0};
    wg_output_file *file;
    const wg_group group = {.name = i == 0 ? "" : "g"};
    assert_int_equal(wg_output_file_create(made->path, &file, &error), WG_OK);
    assert_int_equal(wg_output_file_put(file, &group, &error), WG_OK);
    assert_int_equal(wg_output_file_put(file, &group, &error), WG_FAIL_RUN);
    assert_says(&error, "already written");
    wg_output_file_abandon(file);
  }
}

int main(int argc, char **argv) {
  program = argv[0];
  if (argc == 3 && strcmp(argv[1], "--write") == 0) {
    wg_error error = {0};
    if (write_contract(argv[2], &error) != WG_OK) {
      fprintf(stderr, "%s\n", error.text);
      return 1;
    }
    return 0;
  }
#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      IN_FOLDER(reads_back),
      IN_FOLDER(equal_input_gives_equal_files),
      IN_FOLDER(streamed_equals_direct),
      IN_FOLDER(long_entries_are_split),
      IN_FOLDER(abandon_leaves_nothing),
      IN_FOLDER(publish_replaces_at_once),
      IN_FOLDER(left_over_part_is_replaced),
      IN_FOLDER(replaced_part_is_not_published),
      IN_FOLDER(unusable_folder_is_told_at_create),
      IN_FOLDER(full_disk_leaves_the_earlier_file),
      IN_FOLDER(improper_groups_are_refused),
      IN_FOLDER(groups_are_put_once),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
