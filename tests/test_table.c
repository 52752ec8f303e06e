// SPDX-License-Identifier: GPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "schema/column.h"

#define ITEM_COLUMNS(C, T)                                                                                             \
  C(T, uint8_t, U8, kind, NULL, "Kind.")                                                                               \
  C(T, double, F64, weight, "1", "Weight.")                                                                            \
  C(T, int16_t, I16, score, "1", "Score.")                                                                             \
  C(T, uint64_t, U64, identity, NULL, "Name.")
WG_ROW_STRUCT(item, ITEM_COLUMNS)
WG_TABLE_TYPE(item_table, "item", item, ITEM_COLUMNS);

static void descriptors_fit_the_struct(void **state) {
  (void)state;
  static const char *const names[] = {"kind", "weight", "score", "identity"};
  static const size_t offsets[] = {offsetof(item, kind), offsetof(item, weight), offsetof(item, score),
                                   offsetof(item, identity)};
  static const size_t sizes[] = {sizeof((item *)0)->kind, sizeof((item *)0)->weight, sizeof((item *)0)->score,
                                 sizeof((item *)0)->identity};
  assert_string_equal(item_table.name, "item");
  assert_int_equal(item_table.row_size, sizeof(item));
  assert_int_equal(item_table.column_count, 4);
  for (size_t i = 0; i < 4; i++) {
    assert_string_equal(item_table.columns[i].name, names[i]);
    assert_int_equal(item_table.columns[i].offset, offsets[i]);
    assert_int_equal(wg_type_size(item_table.columns[i].type), sizes[i]);
  }
  assert_null(item_table.columns[0].unit);
  assert_string_equal(item_table.columns[1].unit, "1");
  assert_string_equal(item_table.columns[3].doc, "Name.");
}

static void element_sizes(void **state) {
  (void)state;
  static const size_t sizes[] = {[WG_I8] = 1,  [WG_U8] = 1,  [WG_I16] = 2, [WG_U16] = 2, [WG_I32] = 4,
                                 [WG_U32] = 4, [WG_I64] = 8, [WG_U64] = 8, [WG_F64] = 8, [WG_STRING] = sizeof(char *)};
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
    assert_int_equal(wg_type_size((wg_type)i), sizes[i]);
  }
  assert_int_equal(wg_type_size((wg_type)99), 0);
}

static void growth_keeps_the_rows(void **state) {
  (void)state;
  wg_table table = {.type = &item_table};
  wg_error error = {0};
  for (uint32_t i = 0; i < 5000; i++) {
    assert_int_equal(wg_table_reserve(&table, (uint64_t)table.count + 1, &error), WG_OK);
    assert_true(table.capacity > i);
    item *rows = table.rows;
    memset(&rows[i], 0xff, sizeof *rows);
    rows[i].identity = i;
    table.count++;
  }
  const item *rows = table.rows;
  for (uint32_t i = 0; i < 5000; i++) {
    assert_int_equal(rows[i].identity, i);
    assert_int_equal(rows[i].kind, 0xff);
  }
  assert_int_equal(error.code, WG_OK);
  wg_table_free(&table);
}

static void growth_is_by_a_quarter_at_least(void **state) {
  (void)state;
  wg_table table = {.type = &item_table};
  assert_int_equal(wg_table_reserve(&table, 1000, NULL), WG_OK);
  assert_int_equal(table.capacity, 1000);
  assert_int_equal(table.count, 0);
  assert_int_equal(wg_table_reserve(&table, 1001, NULL), WG_OK);
  assert_int_equal(table.capacity, 1250);
  assert_int_equal(wg_table_reserve(&table, 9000, NULL), WG_OK);
  assert_int_equal(table.capacity, 9000);
  wg_table_free(&table);
}

static void enough_room_changes_nothing(void **state) {
  (void)state;
  wg_table table = {.type = &item_table};
  assert_int_equal(wg_table_reserve(&table, 0, NULL), WG_OK);
  assert_null(table.rows);
  assert_int_equal(wg_table_reserve(&table, 64, NULL), WG_OK);
  const void *rows = table.rows;
  assert_int_equal(wg_table_reserve(&table, 64, NULL), WG_OK);
  assert_int_equal(wg_table_reserve(&table, 3, NULL), WG_OK);
  assert_ptr_equal(table.rows, rows);
  assert_int_equal(table.capacity, 64);
  wg_table_free(&table);
}

// Sizes that overflow are refused before anything is allocated; what was there stays.
static void too_much_is_refused(void **state) {
  (void)state;
  const wg_table_type giant = {.name = "giant", .row_size = SIZE_MAX / 4};
  wg_table table = {.type = &giant};
  wg_error error = {0};
  assert_int_equal(wg_table_reserve(&table, 5, &error), WG_FAIL_RUN);
  assert_int_equal(error.code, WG_FAIL_RUN);
  assert_non_null(strstr(error.text, "giant"));
  assert_null(table.rows);
  assert_int_equal(table.capacity, 0);

  wg_table items = {.type = &item_table};
  assert_int_equal(wg_table_reserve(&items, 8, NULL), WG_OK);
  ((item *)items.rows)[7].identity = 42;
  items.count = 8;
  static const uint64_t capacities[] = {(uint64_t)UINT32_MAX + 1, UINT64_MAX, UINT64_MAX / sizeof(item) + 2};
  for (size_t i = 0; i < sizeof capacities / sizeof *capacities; i++) {
    wg_error again = {0};
    assert_int_equal(wg_table_reserve(&items, capacities[i], &again), WG_FAIL_RUN);
    assert_non_null(strstr(again.text, "item"));
    assert_int_equal(items.capacity, 8);
    assert_int_equal(items.count, 8);
    assert_int_equal(((item *)items.rows)[7].identity, 42);
  }
  wg_table_free(&items);
}

static void freed_table_can_be_used_again(void **state) {
  (void)state;
  wg_table table = {.type = &item_table};
  assert_int_equal(wg_table_reserve(&table, 10, NULL), WG_OK);
  table.count = 10;
  wg_table_free(&table);
  assert_null(table.rows);
  assert_int_equal(table.count, 0);
  assert_int_equal(table.capacity, 0);
  wg_table_free(&table);
  assert_int_equal(wg_table_reserve(&table, 1, NULL), WG_OK);
  assert_int_equal(table.capacity, 1);
  *(item *)table.rows = (item){.identity = 1};
  wg_table_free(&table);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(descriptors_fit_the_struct),    cmocka_unit_test(element_sizes),
      cmocka_unit_test(growth_keeps_the_rows),         cmocka_unit_test(growth_is_by_a_quarter_at_least),
      cmocka_unit_test(enough_room_changes_nothing),   cmocka_unit_test(too_much_is_refused),
      cmocka_unit_test(freed_table_can_be_used_again),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
