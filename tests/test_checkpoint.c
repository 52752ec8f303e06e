// SPDX-License-Identifier: GPL-3.0-or-later
// The files of checkpoints: nothing about them can change without being noticed, and what is noticed costs nothing but the time
// since the checkpoint before.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "io/group_file.h"
#include "run/checkpoint.h"

// In memory where there is such a place: the disk would be waited for hundreds of times.
static char folder[] = "/dev/shm/wangge-checkpoint-XXXXXX";

// Good for some calls.
static const char *in_folder(const char *name) {
  static char path[8][128];
  static int next;
  next = (next + 1) % 8;
  snprintf(path[next], sizeof path[next], "%s/%s", folder, name);
  return path[next];
}

static int make_folder(void **state) {
  (void)state;
  if (mkdtemp(folder))
    return 0;
  strcpy(folder, "/tmp/wangge-checkpoint-XXXXXX");
  return mkdtemp(folder) ? 0 : 1;
}

static int remove_folder(void **state) {
  (void)state;
  char command[128];
  snprintf(command, sizeof command, "rm -r %s", folder);
  return system(command);
}

// ---- bytes ----

typedef struct bytes {
  unsigned char at[1 << 16];
  size_t size;
} bytes;

static void load(const char *path, bytes *b) {
  FILE *stream = fopen(path, "rb");
  assert_non_null(stream);
  b->size = fread(b->at, 1, sizeof b->at, stream);
  assert_true(b->size < sizeof b->at);
  fclose(stream);
}

static void save(const char *path, const void *from, size_t size) {
  FILE *stream = fopen(path, "wb");
  assert_non_null(stream);
  assert_int_equal(fwrite(from, 1, size, stream), size);
  assert_int_equal(fclose(stream), 0);
}

// ---- files ----

// Rows of a table of which two columns are kept.
typedef struct row {
  uint16_t name;
  uint8_t kind;
  uint64_t identity;
} row;

static const wg_checkpoint_head head = {
    .kind = WG_CHECKPOINT_STATE, .answers = 3, .months = 7, .configuration = {1, 2}, .data = {3, 4}};

static void list_blocks(row *rows, double *reals, wg_block blocks[5]) {
  const wg_block all[5] = {{"rows.name", 2, 100, &rows->name, sizeof *rows},
                           {"rows.kind", 1, 100, &rows->kind, sizeof *rows},
                           {"none", 4, 0, NULL, 4},
                           {"rows.identity", 8, 100, &rows->identity, sizeof *rows},
                           {"reals", 8, 20000, reals, 8}};
  memcpy(blocks, all, sizeof all);
}

static void write_blocks(const char *path, const wg_checkpoint_head *of, wg_block *blocks, size_t count) {
  wg_error error = {0};
  wg_checkpoint_writer *writer;
  uint64_t size = 0;
  struct stat status;
  if (wg_checkpoint_create(path, of, &writer, &error))
    fail_msg("%s", error.text);
  for (size_t i = 0; i < count; i++)
    assert_int_equal(wg_checkpoint_put(writer, blocks + i, &error), WG_OK);
  if (wg_checkpoint_publish(writer, &size, &error))
    fail_msg("%s", error.text);
  assert_int_equal(stat(path, &status), 0);
  assert_int_equal(status.st_size, size);
}

static void blocks_come_back(void **state) {
  (void)state;
  static row rows[100], rows_read[100];
  static double reals[20000], reals_read[20000];
  wg_block blocks[5], read[5], none;
  for (int i = 0; i < 100; i++)
    rows[i] = (row){(uint16_t)(i * 601), (uint8_t)i, (uint64_t)i * 0x9E3779B97F4A7C15U};
  for (int i = 0; i < 20000; i++)
    reals[i] = 1.0 / (i + 1);
  list_blocks(rows, reals, blocks);
  list_blocks(rows_read, reals_read, read);
  const char *path = in_folder("blocks");
  write_blocks(path, &head, blocks, 5);
  wg_checkpoint_reader *reader;
  wg_error error = {0};
  assert_int_equal(wg_checkpoint_open(path, &reader, &error), WG_OK);
  assert_memory_equal(wg_checkpoint_head_of(reader), &head, sizeof head);
  for (int i = 0; i < 5; i++)
    if (wg_checkpoint_get(reader, read + i, &error))
      fail_msg("%s", error.text);
  assert_false(wg_checkpoint_next(reader, &none));
  assert_int_equal(wg_checkpoint_left(reader), 0);
  assert_int_equal(wg_checkpoint_get(reader, read, &error), WG_FAIL_CONFIG); // there is no sixth
  wg_checkpoint_close(reader);
  for (int i = 0; i < 100; i++) {
    assert_int_equal(rows_read[i].name, rows[i].name);
    assert_int_equal(rows_read[i].kind, rows[i].kind);
    assert_true(rows_read[i].identity == rows[i].identity);
  }
  assert_memory_equal(reals_read, reals, sizeof reals);
}

static void another_block_than_expected_is_refused(void **state) {
  (void)state;
  static uint32_t values[4] = {1, 2, 3, 4}, read[5];
  wg_block block = {"values", 4, 4, values, 4};
  const wg_block others[] = {{"value", 4, 4, read, 4}, {"values", 2, 4, read, 4}, {"values", 4, 5, read, 4}};
  const char *path = in_folder("other");
  write_blocks(path, &head, &block, 1);
  for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
    wg_checkpoint_reader *reader;
    wg_error error = {0};
    assert_int_equal(wg_checkpoint_open(path, &reader, &error), WG_OK);
    assert_int_equal(wg_checkpoint_get(reader, others + i, &error), WG_FAIL_CONFIG);
    wg_checkpoint_close(reader);
  }
  assert_int_equal(read[0], 0);
}

static int open_and_close(const char *path, wg_error *error) {
  wg_checkpoint_reader *reader;
  *error = (wg_error){0};
  const int code = wg_checkpoint_open(path, &reader, error);
  assert_true((code == WG_OK) == (reader != NULL));
  wg_checkpoint_close(reader);
  return code;
}

// Two blocks and an empty one: some hundred bytes.
static void make_small(const char *path, bytes *b) {
  uint32_t values[4] = {1, 2, 3, 4};
  uint8_t marks[3] = {7, 8, 9};
  wg_block blocks[] = {{"values", 4, 4, values, 4}, {"marks", 1, 3, marks, 1}, {"none", 2, 0, NULL, 2}};
  write_blocks(path, &head, blocks, 3);
  load(path, b);
}

static void every_change_of_a_byte_is_noticed(void **state) {
  (void)state;
  static bytes b;
  wg_error error;
  const char *path = in_folder("flipped");
  make_small(path, &b);
  assert_int_equal(open_and_close(path, &error), WG_OK);
  for (size_t i = 0; i < b.size; i++) {
    for (unsigned change = 1; change < 256; change += change < 128 ? change : 127) {
      b.at[i] ^= (unsigned char)change;
      save(path, b.at, b.size);
      if (open_and_close(path, &error) != WG_FAIL_CONFIG)
        fail_msg("byte %zu ^ %u: %s", i, change, error.text);
      b.at[i] ^= (unsigned char)change;
    }
  }
}

static void every_truncation_and_every_tail_is_noticed(void **state) {
  (void)state;
  static bytes b;
  wg_error error;
  const char *path = in_folder("cut");
  make_small(path, &b);
  for (size_t size = 0; size < b.size; size++) {
    save(path, b.at, size);
    assert_int_equal(open_and_close(path, &error), WG_FAIL_CONFIG);
  }
  for (size_t more = 1; more < 200; more++) {
    b.at[b.size + more - 1] = 0;
    save(path, b.at, b.size + more);
    assert_int_equal(open_and_close(path, &error), WG_FAIL_CONFIG);
  }
}

static void what_is_no_file_is_refused(void **state) {
  (void)state;
  wg_error error;
  assert_int_equal(open_and_close(in_folder("missing"), &error), WG_FAIL_CONFIG);
  assert_int_equal(open_and_close(folder, &error), WG_FAIL_CONFIG);
  assert_int_equal(mkfifo(in_folder("pipe"), 0600), 0);
  assert_int_equal(open_and_close(in_folder("pipe"), &error), WG_FAIL_CONFIG);
}

static void a_failed_writer_leaves_the_earlier_file(void **state) {
  (void)state;
  static bytes before, after;
  wg_error error = {0};
  wg_checkpoint_writer *writer;
  const char *path = in_folder("kept");
  make_small(path, &before);
  assert_int_equal(wg_checkpoint_create(path, &head, &writer, &error), WG_OK);
  assert_int_equal(wg_checkpoint_begin(writer, "half", 4, 4, &error), WG_OK);
  assert_int_equal(wg_checkpoint_append(writer, "12345678", 8, &error), WG_OK);
  assert_int_equal(wg_checkpoint_publish(writer, NULL, &error), WG_FAIL_RUN); // half a block is missing
  load(path, &after);
  assert_int_equal(before.size, after.size);
  assert_memory_equal(before.at, after.at, before.size);
  assert_int_equal(access(in_folder("kept.part"), F_OK), -1);
}

// ---- groups ----

static int32_t counted[3][4];

static int read_counted(void *context, size_t first, size_t count, void *buffer, wg_error *error) {
  (void)context, (void)error;
  memcpy(buffer, counted[first], count * sizeof counted[0]);
  return WG_OK;
}

static const int8_t flags[] = {0, 1, 2};
static const char *const texts[3] = {"万寿路", "", "永定路"};
static const double reals[4] = {0.5, -1.0, 1e300, 0.0};
static const wg_attribute some[] = {{"flag_values", WG_I8, 3, flags}, {"flag_meanings", WG_STRING, 1, "a b c"}};
static const wg_dimension axes[] = {{"place", 3}, {"kind", 4}};
static const wg_variable variables[] = {
    {.name = "place",
     .type = WG_STRING,
     .rank = 1,
     .dimensions = {"place"},
     .long_name = "Name",
     .label = "名称",
     .data = texts},
    {.name = "counted",
     .type = WG_I32,
     .rank = 2,
     .dimensions = {"place", "kind"},
     .unit = "case",
     .long_name = "Cases",
     .attributes = some,
     .attribute_count = 2,
     .read = read_counted},
    {.name = "kind",
     .type = WG_F64,
     .rank = 1,
     .dimensions = {"kind"},
     .unit = "1",
     .attributes = some + 1,
     .attribute_count = 1,
     .data = reals},
};
static const wg_group group = {"cases_20110101", axes, 2, variables, 3, some, 2};

static void write_group(const char *path) {
  wg_error error = {0};
  for (int i = 0; i < 12; i++)
    counted[i / 4][i % 4] = i * i - 5;
  if (wg_group_file_write(path, &head, &group, &error))
    fail_msg("%s", error.text);
}

static int read_group(const char *path, wg_arena *arena, wg_group *read, wg_error *error) {
  wg_checkpoint_reader *reader;
  assert_int_equal(wg_checkpoint_open(path, &reader, error), WG_OK);
  const int code = wg_group_file_read(reader, path, arena, read, error);
  wg_checkpoint_close(reader);
  return code;
}

static void assert_text(const char *a, const char *b) {
  assert_true((a == NULL) == (b == NULL));
  if (a)
    assert_string_equal(a, b);
}

static void assert_attributes(const wg_attribute *a, size_t a_count, const wg_attribute *b, size_t b_count) {
  assert_int_equal(a_count, b_count);
  for (size_t i = 0; i < a_count; i++) {
    assert_text(a[i].name, b[i].name);
    assert_int_equal(a[i].type, b[i].type);
    if (a[i].type == WG_STRING)
      assert_text(a[i].value, b[i].value);
    else
      assert_memory_equal(a[i].value, b[i].value, a[i].count * wg_type_size(a[i].type));
  }
}

static void groups_come_back(void **state) {
  (void)state;
  wg_arena arena = {0};
  wg_error error = {0};
  wg_group read;
  write_group(in_folder("group"));
  if (read_group(in_folder("group"), &arena, &read, &error))
    fail_msg("%s", error.text);
  assert_text(read.name, group.name);
  assert_int_equal(read.dimension_count, 2);
  assert_int_equal(read.variable_count, 3);
  assert_attributes(read.attributes, read.attribute_count, some, 2);
  for (int i = 0; i < 2; i++) {
    assert_text(read.dimensions[i].name, axes[i].name);
    assert_int_equal(read.dimensions[i].length, axes[i].length);
  }
  for (int v = 0; v < 3; v++) {
    const wg_variable *a = read.variables + v, *b = variables + v;
    assert_text(a->name, b->name);
    assert_int_equal(a->type, b->type);
    assert_int_equal(a->rank, b->rank);
    for (size_t i = 0; i < a->rank; i++)
      assert_text(a->dimensions[i], b->dimensions[i]);
    assert_text(a->unit, b->unit);
    assert_text(a->long_name, b->long_name);
    assert_text(a->label, b->label);
    assert_attributes(a->attributes, a->attribute_count, b->attributes, b->attribute_count);
  }
  for (int i = 0; i < 3; i++)
    assert_text(((const char *const *)read.variables[0].data)[i], texts[i]);
  assert_memory_equal(read.variables[1].data, counted, sizeof counted);
  assert_memory_equal(read.variables[2].data, reals, sizeof reals);
  wg_arena_free(&arena);
}

// A file whose checksums are right although what it says is not: whatever stands in the shape, it is read without harm.
static void a_hostile_group_does_no_harm(void **state) {
  (void)state;
  wg_error error = {0};
  wg_checkpoint_reader *reader;
  wg_block shape, data[3];
  static char copies[4][4096];
  const char *path = in_folder("hostile");
  write_group(path);
  assert_int_equal(wg_checkpoint_open(path, &reader, &error), WG_OK);
  for (int i = 0; i < 4; i++) {
    wg_block *block = i ? data + i - 1 : &shape;
    assert_true(wg_checkpoint_next(reader, block));
    block->name = i ? "data" : "shape";
    block->data = copies[i];
    assert_true(block->size * block->count < sizeof copies[i]);
    assert_int_equal(wg_checkpoint_get(reader, block, &error), WG_OK);
  }
  wg_checkpoint_close(reader);
  wg_checkpoint_head of = head;
  of.kind = WG_CHECKPOINT_GROUP;
  size_t refused = 0;
  for (size_t i = 0; i < shape.count; i++) {
    const char was = copies[0][i];
    static const unsigned char changes[] = {0x01, 0x80, 0xFF};
    wg_arena arena = {0};
    wg_group read;
    error = (wg_error){0};
    copies[0][i] = (char)(was ^ changes[i % 3]);
    wg_block blocks[4] = {shape, data[0], data[1], data[2]};
    write_blocks(path, &of, blocks, 4);
    refused += read_group(path, &arena, &read, &error) != WG_OK;
    wg_arena_free(&arena);
    copies[0][i] = was;
  }
  assert_true(refused > shape.count / 3); // many changes are of lengths and counts
}

// ---- generations ----

static const char configuration[] = "name = \"a\";\nrun: {\n  seed = 1;\n  end = \"2011-01-01\";\n};\n";

static wg_checkpoints *open_checkpoints(const char *text) {
  wg_checkpoints *c;
  wg_error error = {0};
  static char copy[4][256];
  static int next;
  next = (next + 1) % 4;
  snprintf(copy[next], sizeof copy[next], "%s", text);
  const wg_provenance provenance = {.configuration = copy[next]};
  assert_int_equal(wg_checkpoints_create(in_folder("run.h5"), &provenance, &(wg_inputs){0}, &c, &error), WG_OK);
  return c;
}

static void write_state(const wg_checkpoint_head *of, const char *text, uint32_t months) {
  char name[64], stored[1024];
  wg_checkpoint_head own = *of;
  own.months = months;
  snprintf(stored, sizeof stored, "%s", text);
  wg_block blocks[] = {{"configuration", 1, strlen(stored), stored, 1}, {"groups", 1, 0, NULL, 1}};
  mkdir(in_folder("run.h5.checkpoint"), 0777);
  snprintf(name, sizeof name, "run.h5.checkpoint/state-%04u", months);
  write_blocks(in_folder(name), &own, blocks, 2);
}

// Months of what is found, -1 for nothing; the code of a refusal below that.
static int64_t find(const char *text, wg_error *notices, wg_error *error) {
  bool found;
  wg_checkpoints *c = open_checkpoints(text);
  *notices = *error = (wg_error){0};
  const int code = wg_checkpoints_find(c, &found, notices, error);
  const int64_t months = code ? code * INT64_C(1000) : found ? wg_checkpoints_last(c) : -1;
  wg_checkpoints_free(c);
  return months;
}

static void empty_checkpoints(void) {
  wg_checkpoints *c = open_checkpoints(configuration);
  wg_checkpoints_remove(c);
  wg_checkpoints_free(c);
}

static void the_newest_whole_one_is_taken(void **state) {
  (void)state;
  static bytes b;
  wg_error notices, error;
  wg_checkpoints *c = open_checkpoints(configuration);
  char path[128];
  snprintf(path, sizeof path, "%s", in_folder("run.h5.checkpoint/state-0024"));
  assert_int_equal(find(configuration, &notices, &error), -1);
  write_state(wg_checkpoints_identity(c), configuration, 12);
  write_state(wg_checkpoints_identity(c), configuration, 24);
  assert_int_equal(find(configuration, &notices, &error), 24);
  assert_string_equal(notices.text, "");
  load(path, &b);
  for (size_t i = 0; i < b.size; i++) {
    for (int bit = 0; bit < 8; bit++) {
      b.at[i] ^= (unsigned char)(1 << bit);
      save(path, b.at, b.size);
      assert_int_equal(find(configuration, &notices, &error), 12);
      assert_non_null(strstr(notices.text, "state-0024"));
      b.at[i] ^= (unsigned char)(1 << bit);
    }
  }
  for (size_t size = 0; size < b.size; size++) {
    save(path, b.at, size);
    assert_int_equal(find(configuration, &notices, &error), 12);
    assert_non_null(strstr(notices.text, "state-0024: is damaged"));
  }
  // Under a name that is not its own it is no better than damaged.
  assert_int_equal(rename(in_folder("run.h5.checkpoint/state-0012"), path), 0);
  assert_int_equal(find(configuration, &notices, &error), WG_FAIL_CONFIG * 1000);
  assert_non_null(strstr(error.text, "is not what its name says"));
  assert_non_null(strstr(error.text, "no checkpoint in it can be used"));
  empty_checkpoints();
  assert_int_equal(access(in_folder("run.h5.checkpoint"), F_OK), -1);
  wg_checkpoints_free(c);
}

static void one_of_another_run_is_refused(void **state) {
  (void)state;
  static const char other[] = "name = \"a\";\nrun: {\n  seed = 2;\n  end = \"2012-01-01\";\n};\n";
  wg_error notices, error;
  wg_checkpoints *c = open_checkpoints(configuration);
  wg_checkpoint_head of = *wg_checkpoints_identity(c);
  write_state(&of, configuration, 12);
  assert_int_equal(find(other, &notices, &error), WG_FAIL_CONFIG * 1000);
  assert_non_null(
      strstr(error.text, "run.seed = 1 there, 2 here; run.end = \"2011-01-01\" there, \"2012-01-01\" here"));
  of.answers++;
  write_state(&of, configuration, 12);
  assert_int_equal(find(configuration, &notices, &error), WG_FAIL_CONFIG * 1000);
  assert_non_null(strstr(error.text, "their version is"));
  of.answers--;
  of.data[1]++;
  write_state(&of, configuration, 12);
  assert_int_equal(find(configuration, &notices, &error), WG_FAIL_CONFIG * 1000);
  assert_non_null(strstr(error.text, "tables of the district"));
  // But one of this run is taken wherever there is one.
  write_state(wg_checkpoints_identity(c), configuration, 6);
  assert_int_equal(find(configuration, &notices, &error), 6);
  empty_checkpoints();
  wg_checkpoints_free(c);
}

static void what_was_never_finished_is_no_checkpoint(void **state) {
  (void)state;
  wg_error notices, error;
  mkdir(in_folder("run.h5.checkpoint"), 0777);
  save(in_folder("run.h5.checkpoint/state-0012.part"), "abc", 3);
  save(in_folder("run.h5.checkpoint/state-12"), "abc", 3);
  assert_int_equal(find(configuration, &notices, &error), -1);
  save(in_folder("run.h5.checkpoint/notes"), "mine", 4);
  empty_checkpoints();
  assert_int_equal(access(in_folder("run.h5.checkpoint/notes"), F_OK), 0); // of somebody else
  assert_int_equal(access(in_folder("run.h5.checkpoint/state-0012.part"), F_OK), -1);
  assert_int_equal(unlink(in_folder("run.h5.checkpoint/notes")), 0);
  assert_int_equal(rmdir(in_folder("run.h5.checkpoint")), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(blocks_come_back),
      cmocka_unit_test(another_block_than_expected_is_refused),
      cmocka_unit_test(every_change_of_a_byte_is_noticed),
      cmocka_unit_test(every_truncation_and_every_tail_is_noticed),
      cmocka_unit_test(what_is_no_file_is_refused),
      cmocka_unit_test(a_failed_writer_leaves_the_earlier_file),
      cmocka_unit_test(groups_come_back),
      cmocka_unit_test(a_hostile_group_does_no_harm),
      cmocka_unit_test(the_newest_whole_one_is_taken),
      cmocka_unit_test(one_of_another_run_is_refused),
      cmocka_unit_test(what_was_never_finished_is_no_checkpoint),
  };
  return cmocka_run_group_tests_name("checkpoint", tests, make_folder, remove_folder);
}
