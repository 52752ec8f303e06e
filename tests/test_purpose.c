// SPDX-License-Identifier: GPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "schema/purpose.h"

typedef struct entry {
  const char *name;
  wg_purpose purpose;
  int number;
  const char *doc;
} entry;

#define ENTRY(name, number, doc) {#name, WG_PURPOSE_##name, number, doc},
static const entry entries[] = {WG_PURPOSES(ENTRY)};
enum { ENTRIES = sizeof entries / sizeof *entries };

static void numbers_are_unique_and_fit_the_key(void **state) {
  (void)state;
  for (size_t i = 0; i < ENTRIES; i++) {
    assert_int_equal(entries[i].purpose, entries[i].number);
    assert_in_range(entries[i].number, 1, 0xffff);
    for (size_t j = 0; j < i; j++) {
      if (entries[i].number == entries[j].number) {
        fail_msg("%s and %s share %d", entries[j].name, entries[i].name, entries[i].number);
      }
    }
  }
}

static void every_purpose_has_its_description(void **state) {
  (void)state;
  for (size_t i = 0; i < ENTRIES; i++) {
    const char *doc = wg_purpose_doc(entries[i].purpose);
    assert_string_equal(doc, entries[i].doc);
    assert_true(strlen(doc) >= 8);
    for (size_t j = 0; j < i; j++) {
      assert_string_not_equal(doc, entries[j].doc);
    }
  }
}

static void every_other_number_is_unknown(void **state) {
  (void)state;
  size_t known = 0;
  for (int number = 0; number <= 0xffff; number++) {
    known += strcmp(wg_purpose_doc((wg_purpose)number), "unknown") != 0;
  }
  assert_int_equal(known, ENTRIES);
  assert_string_equal(wg_purpose_doc((wg_purpose)0), "unknown");
}

static void descriptions_are_looked_up_by_number(void **state) {
  (void)state;
  assert_string_equal(wg_purpose_doc(WG_PURPOSE_DEATH), "day of a death");
  assert_string_equal(wg_purpose_doc((wg_purpose)40), wg_purpose_doc(WG_PURPOSE_TRUST_BASELINE));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(numbers_are_unique_and_fit_the_key),
      cmocka_unit_test(every_purpose_has_its_description),
      cmocka_unit_test(every_other_number_is_unknown),
      cmocka_unit_test(descriptions_are_looked_up_by_number),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
