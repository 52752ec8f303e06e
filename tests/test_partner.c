// SPDX-License-Identifier: GPL-3.0-or-later
// Who is whose partner: mutual, stable, and known to every count.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "model/departure.h"
#include "model/partner.h"
#include "tiny_subdistrict.h"

enum { MONTH = 2010 * 12 + 10 };

static uint32_t join(wg_subdistrict *s, uint32_t home, uint64_t identity, uint32_t years, uint32_t traits) {
  return wg_resident_join(s, identity, home, MONTH - (wg_month)(years * 12), traits, 100, 200, MONTH);
}

static int32_t partnered(const wg_subdistrict *s) {
  return wg_statuses(s)[WG_STATUS_PARTNERED].residents;
}

static void check_mutual(const wg_subdistrict *s, uint32_t one, uint32_t other) {
  assert_int_equal(wg_partner_of(s, one), other);
  assert_int_equal(wg_partner_of(s, other), one);
}

// A man much older than his wife, whose daughter's husband is nearer to her in age: "nearest" would not be mutual.
static void couples_of_two_generations_are_told_apart(void **state) {
  (void)state;
  wg_subdistrict s;
  tiny_create(&s, 1);
  const uint32_t home = wg_household_found(&s, 5, 0, WG_FAMILY);
  const uint32_t father = join(&s, home, 50, 68, WG_TRAIT_PARTNERED);
  const uint32_t mother = join(&s, home, 51, 50, WG_TRAIT_FEMALE | WG_TRAIT_PARTNERED);
  const uint32_t husband = join(&s, home, 52, 45, WG_TRAIT_PARTNERED);
  const uint32_t daughter = join(&s, home, 53, 32, WG_TRAIT_FEMALE | WG_TRAIT_PARTNERED);
  const uint32_t aunt = join(&s, home, 54, 47, WG_TRAIT_FEMALE);
  check_mutual(&s, father, mother);
  check_mutual(&s, husband, daughter);
  assert_int_equal(wg_partner_of(&s, aunt), WG_NO_ROW);
  assert_int_equal(partnered(&s), 4);
  wg_resident_die(&s, mother, MONTH);
  assert_int_equal(wg_partner_of(&s, father), WG_NO_ROW);
  check_mutual(&s, husband, daughter);
  assert_int_equal(partnered(&s), 2);
  wg_subdistrict_free(&s);
}

static void equal_ages_are_told_apart_by_identity(void **state) {
  (void)state;
  for (int turn = 0; turn < 2; turn++) { // whatever the order of rows
    wg_subdistrict s;
    tiny_create(&s, 1);
    const uint32_t home = wg_household_found(&s, 5, 0, WG_FAMILY);
    uint32_t rows[4];
    for (uint32_t i = 0; i < 4; i++) {
      const uint32_t who = turn ? 3 - i : i;
      rows[who] = join(&s, home, 50 + who, 30, (who & 1) | WG_TRAIT_PARTNERED);
    }
    check_mutual(&s, rows[0], rows[1]);
    check_mutual(&s, rows[2], rows[3]);
    wg_subdistrict_free(&s);
  }
}

static void who_is_left_behind_has_no_partner(void **state) {
  (void)state;
  wg_subdistrict s;
  tiny_create(&s, 1);
  const uint32_t home = wg_household_found(&s, 5, 0, WG_FAMILY);
  const uint32_t man = join(&s, home, 50, 40, 0), woman = join(&s, home, 51, 38, WG_TRAIT_FEMALE);
  wg_couple_form(&s, man, woman, MONTH);
  check_mutual(&s, man, woman);
  assert_int_equal(partnered(&s), 2);
  wg_resident_move_out(&s, man, WG_MOVE_WORK, MONTH);
  assert_false(wg_residents(&s)[woman].traits & WG_TRAIT_PARTNERED);
  assert_int_equal(partnered(&s), 0);
  wg_subdistrict_free(&s);
}

static void couples_part(void **state) {
  (void)state;
  wg_subdistrict s;
  tiny_create(&s, 1);
  const uint32_t home = wg_household_found(&s, 5, 0, WG_FAMILY);
  const uint32_t man = join(&s, home, 50, 40, WG_TRAIT_PARTNERED);
  join(&s, home, 51, 38, WG_TRAIT_FEMALE | WG_TRAIT_PARTNERED);
  wg_couple_part(&s, man, MONTH);
  wg_couple_part(&s, man, MONTH); // there is nobody left to part from
  assert_int_equal(partnered(&s), 0);
  wg_subdistrict_free(&s);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(couples_of_two_generations_are_told_apart),
      cmocka_unit_test(equal_ages_are_told_apart_by_identity),
      cmocka_unit_test(who_is_left_behind_has_no_partner),
      cmocka_unit_test(couples_part),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
