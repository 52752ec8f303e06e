// SPDX-License-Identifier: GPL-3.0-or-later
// Who leaves the parents, a room, or a dwelling where he or she is old and alone; and where to.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "mechanism/leaving_home.h"
#include "model/partner.h"
#include "tiny_world.h"

#define BANDS "[0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]"

static tiny_world *open_world(const char *to_room, const char *care_home, const char *care_relatives) {
  const char *const settings[] = {"leaving_home.leave_parents",
                                  BANDS,
                                  "leaving_home.leave_room",
                                  BANDS,
                                  "leaving_home.to_room",
                                  to_room,
                                  "leaving_home.care_home",
                                  care_home,
                                  "leaving_home.care_relatives",
                                  care_relatives,
                                  NULL};
  tiny_world *t = tiny_world_open(&wg_leaving_home, settings);
  tiny_prepare(t);
  return t;
}

static void list(tiny_world *t, uint64_t identity, wg_leaving_kind kind) {
  int place;
  const uint32_t row = tiny_find(t, identity, &place);
  wg_subdistrict *s = t->s + place;
  wg_leavers(s)[s->tables[WG_TABLE_LEAVER].count++] = (wg_leaver){identity, row, kind};
}

// Parents with a grown-up child, its partner and their baby.
static void make_family(tiny_world *t) {
  const uint32_t home = tiny_home(t, 0, 500, WG_FAMILY);
  tiny_join(t, 0, home, 1, 55, WG_TRAIT_PARTNERED);
  tiny_join(t, 0, home, 2, 38, WG_TRAIT_FEMALE | WG_TRAIT_PARTNERED);
  tiny_join(t, 0, home, 3, 21, WG_TRAIT_PARTNERED);
  tiny_join(t, 0, home, 4, 20, WG_TRAIT_FEMALE | WG_TRAIT_PARTNERED);
  tiny_join(t, 0, home, 5, 1, 0);
}

static void only_children_leave_their_parents(void **state) {
  (void)state;
  tiny_world *t = open_world("0.0", "0.01", "0.02");
  make_family(t);
  const uint32_t flat = tiny_home(t, 0, 501, WG_FAMILY);
  tiny_join(t, 0, flat, 11, 25, 0);
  tiny_join(t, 0, flat, 12, 24, 0);
  assert_true(tiny_rate(t, "leave_parents", 1) == 0.0); // the head
  assert_true(tiny_rate(t, "leave_parents", 2) == 0.0); // his partner, though much younger
  assert_true(tiny_rate(t, "leave_parents", 3) > 0.008);
  assert_true(tiny_rate(t, "leave_parents", 5) == 0.0);
  assert_true(tiny_rate(t, "leave_parents", 12) == 0.0); // a flatmate
  tiny_world_close(t);
}

static void a_child_takes_partner_and_baby_along(void **state) {
  (void)state;
  tiny_world *t = open_world("1.0", "0.01", "0.02");
  make_family(t);
  list(t, 3, WG_LEAVES_PARENTS);
  tiny_exchange(t);
  assert_int_equal(tiny_home_of(t, 1)->size, 2);
  assert_int_equal(tiny_home_of(t, 3)->size, 3);
  assert_ptr_equal(tiny_home_of(t, 3), tiny_home_of(t, 5));
  assert_int_equal(tiny_partnered(t), 4);
  assert_int_equal(wg_communities(t->s)[0].households, 2); // near: in the same community
  tiny_world_close(t);
}

static void alone_one_may_share_a_room(void **state) {
  (void)state;
  tiny_world *t = open_world("0.0", "0.01", "0.02");
  const uint32_t home = tiny_home(t, 0, 500, WG_FAMILY), room = tiny_home(t, 1, 501, WG_COLLECTIVE);
  tiny_join(t, 0, home, 1, 55, 0);
  tiny_join(t, 0, home, 2, 25, 0);
  tiny_join(t, 1, room, 3, 25, 0);
  wg_communities(t->s)[0].dwellings = 1;
  wg_communities(t->s)[0].beds = 0;
  wg_communities(t->s + 1)[0].dwellings = 0;
  list(t, 2, WG_LEAVES_PARENTS);
  tiny_exchange(t);
  assert_true(tiny_resident(t, 2)->traits & WG_TRAIT_COLLECTIVE);
  assert_int_equal(wg_communities(t->s + 1)[0].collective_residents, 2);
  wg_communities(t->s + 1)[0].beds = 2;
  tiny_join(t, 0, home, 4, 22, 0);
  list(t, 4, WG_LEAVES_PARENTS);
  tiny_exchange(t);
  assert_int_equal(tiny_home_of(t, 4)->identity, 500); // nothing is vacant: stays
  tiny_world_close(t);
}

static void who_is_no_student_leaves_a_room(void **state) {
  (void)state;
  tiny_world *t = open_world("0.0", "0.01", "0.02");
  const uint32_t room = tiny_home(t, 0, 500, WG_COLLECTIVE);
  tiny_join(t, 0, room, 1, 22, wg_trait_with_activity(0, WG_STUDENT));
  tiny_join(t, 0, room, 2, 25, wg_trait_with_activity(0, WG_EMPLOYED));
  assert_true(tiny_rate(t, "leave_room", 1) == 0.0);
  assert_true(tiny_rate(t, "leave_room", 2) > 0.008);
  list(t, 2, WG_LEAVES_ROOM);
  tiny_exchange(t);
  assert_int_equal(tiny_home_of(t, 2)->kind, WG_FAMILY);
  assert_false(tiny_resident(t, 2)->traits & WG_TRAIT_COLLECTIVE);
  assert_int_equal(wg_communities(t->s)[0].collective_residents, 1);
  assert_int_equal(wg_household_sizes(t->s)[0].households, 1);
  tiny_world_close(t);
}

static void the_old_who_are_alone_go_where_care_is(void **state) {
  (void)state;
  for (int relatives = 0; relatives < 2; relatives++) {
    tiny_world *t = open_world("0.0", relatives ? "0.0" : "0.03", relatives ? "0.03" : "0.0");
    tiny_join(t, 0, tiny_home(t, 0, 500, WG_FAMILY), 1, 80, 0);
    tiny_join(t, 0, tiny_home(t, 0, 501, WG_FAMILY), 2, 60, 0);
    tiny_join(t, 0, tiny_home(t, 0, 502, WG_FAMILY), 3, 60, wg_trait_with_care(0, WG_CARE_DISABLED));
    const uint32_t home = tiny_home(t, 0, 503, WG_FAMILY);
    tiny_join(t, 0, home, 4, 80, 0);
    tiny_join(t, 0, home, 5, 79, 0);
    assert_true(tiny_rate(t, "leave_for_care", 1) > 0.0024);
    assert_true(tiny_rate(t, "leave_for_care", 2) == 0.0);
    assert_true(tiny_rate(t, "leave_for_care", 3) > 0.0024);
    assert_true(tiny_rate(t, "leave_for_care", 4) == 0.0); // not alone
    list(t, 1, WG_LEAVES_FOR_CARE);
    list(t, 4, WG_LEAVES_FOR_CARE);
    tiny_exchange(t);
    assert_int_equal(tiny_people(t), 5 - relatives);
    assert_int_equal(tiny_moved(t, 0, WG_MOVE_OUT, WG_MOVE_FAMILY), relatives);
    assert_int_equal(tiny_home_of(t, 4)->size, 2);
    if (!relatives)
      assert_int_equal(tiny_home_of(t, 1)->kind, WG_COLLECTIVE);
    tiny_world_close(t);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(only_children_leave_their_parents),
      cmocka_unit_test(a_child_takes_partner_and_baby_along),
      cmocka_unit_test(alone_one_may_share_a_room),
      cmocka_unit_test(who_is_no_student_leaves_a_room),
      cmocka_unit_test(the_old_who_are_alone_go_where_care_is),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
