// SPDX-License-Identifier: GPL-3.0-or-later
// Joining the Party and volunteering: who, at what age, and how trust counts.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "life_world.h"
#include "mechanism/civic.h"

enum { TRIALS = 200000, BOTH = WG_TRAIT_PARTY_MEMBER | WG_TRAIT_VOLUNTEER };

// How many of TRIALS people of these traits, age and trust carry the trait after their birthday. Nothing else changes.
static uint32_t count_after(life *l, uint32_t years, uint32_t traits, uint16_t trust, uint32_t trait) {
  const uint32_t who = life_join(l, life_home(l, WG_FAMILY), years, traits), before = life_traits(l, who);
  uint32_t hits = 0;
  wg_residents(&l->s)[who].trust = trust;
  for (uint64_t i = 0; i < TRIALS; i++) {
    wg_civic_mechanism.birthday(&l->context, who, years, life_luck(l, i, years));
    const uint32_t after = life_traits(l, who);
    assert_int_equal(after & ~(uint32_t)BOTH, before & ~(uint32_t)BOTH);
    hits += (after & trait) != 0;
    wg_resident_change(&l->s, who, before, LIFE_MONTH + 1);
  }
  wg_civic_mechanism.birthday(&l->context, who, years, life_luck(l, 1, years));
  life_assert_counts(l);
  return hits;
}

static uint32_t with(uint32_t traits, wg_activity activity, wg_education education) {
  return wg_trait_with_activity(wg_trait_with_education(traits, education), activity);
}

static void members_join_as_adults_and_stay(void **state) {
  (void)state;
  wg_config *config = life_config();
  double all[WG_WORK_BANDS];
  for (int i = 0; i < WG_WORK_BANDS; i++)
    all[i] = 1.0;
  life_set_list(config, "civic.join_party", all, WG_WORK_BANDS);
  life_set(config, "civic.party_women", 0.5);
  life_set(config, "civic.party_less_school", 0.25);
  life l;
  life_begin(&l, config, &wg_civic_mechanism);
  assert_int_equal(count_after(&l, 17, with(0, WG_STUDENT, WG_UNIVERSITY), 32768, WG_TRAIT_PARTY_MEMBER), 0);
  assert_int_equal(count_after(&l, 18, with(0, WG_STUDENT, WG_COLLEGE), 32768, WG_TRAIT_PARTY_MEMBER), TRIALS);
  const uint32_t woman = with(WG_TRAIT_FEMALE, WG_EMPLOYED, WG_UNIVERSITY), worker = with(0, WG_EMPLOYED, WG_JUNIOR);
  life_assert_share(count_after(&l, 40, woman, 32768, WG_TRAIT_PARTY_MEMBER), TRIALS, 0.5);
  life_assert_share(count_after(&l, 40, worker, 32768, WG_TRAIT_PARTY_MEMBER), TRIALS, 0.25);
  const uint32_t member = worker | WG_TRAIT_PARTY_MEMBER;
  assert_int_equal(count_after(&l, 90, member, 0, WG_TRAIT_PARTY_MEMBER), TRIALS);
  life_end(&l);
}

// The share of members at an age is what joining from 18 on leaves over.
static void members_at_the_start_are_those_who_joined(void **state) {
  (void)state;
  life l;
  life_begin(&l, life_config(), &wg_civic_mechanism);
  const wg_civic_params *p = l.world->life->civic;
  for (uint32_t sex = 0; sex < WG_SEX_COUNT; sex++) {
    double outside = 1.0;
    for (uint32_t years = 0; years < WG_LIFE_AGES; years++) {
      if (years >= 18)
        outside *= 1.0 - p->join_party.items[wg_age_band(years) - 4] * (sex ? p->party_women : 1.0);
      const double gap = l.world->life->party[sex][1][years] * 0x1p-32 - (1.0 - outside);
      assert_true(gap < 1e-9 && gap > -1e-9);
    }
  }
  life_end(&l);
}

static void volunteers_come_by_trust(void **state) {
  (void)state;
  wg_config *config = life_config();
  life_set(config, "trust.baseline_mean", 0.5);
  life_set(config, "civic.volunteer_join", 0.1);
  life_set(config, "civic.volunteer_trust", 1.0);
  life_set(config, "civic.volunteer_party", 2.0);
  life_set(config, "civic.volunteer_student", 3.0);
  life_set(config, "civic.volunteer_leave", 0.25);
  life l;
  life_begin(&l, config, &wg_civic_mechanism);
  const uint32_t worker = with(0, WG_EMPLOYED, WG_JUNIOR), student = with(0, WG_STUDENT, WG_UNIVERSITY);
  const double mean = 32768 / 65535.0 - 0.5;
  life_assert_share(count_after(&l, 40, worker, 32768, WG_TRAIT_VOLUNTEER), TRIALS, 0.1 * (1.0 + mean));
  life_assert_share(count_after(&l, 40, worker, 65535, WG_TRAIT_VOLUNTEER), TRIALS, 0.15);
  life_assert_share(count_after(&l, 40, worker, 0, WG_TRAIT_VOLUNTEER), TRIALS, 0.05);
  const uint32_t member = worker | WG_TRAIT_PARTY_MEMBER;
  life_assert_share(count_after(&l, 40, member, 65535, WG_TRAIT_VOLUNTEER), TRIALS, 0.3);
  const uint32_t studying = student | WG_TRAIT_PARTY_MEMBER;
  life_assert_share(count_after(&l, 20, studying, 65535, WG_TRAIT_VOLUNTEER), TRIALS, 0.9);
  const uint32_t volunteer = worker | WG_TRAIT_VOLUNTEER;
  life_assert_share(count_after(&l, 40, volunteer, 0, WG_TRAIT_VOLUNTEER), TRIALS, 0.75);
  life_end(&l);
}

static void volunteers_are_of_age(void **state) {
  (void)state;
  wg_config *config = life_config();
  life_set(config, "civic.volunteer_join", 1.0);
  life_set(config, "civic.volunteer_trust", 0.0);
  life_set(config, "civic.volunteer_leave", 0.0);
  life l;
  life_begin(&l, config, &wg_civic_mechanism);
  const uint32_t pupil = with(0, WG_PUPIL, WG_JUNIOR), old = with(0, WG_RETIRED, WG_JUNIOR);
  assert_int_equal(count_after(&l, 13, pupil, 32768, WG_TRAIT_VOLUNTEER), 0);
  assert_int_equal(count_after(&l, 14, pupil, 32768, WG_TRAIT_VOLUNTEER), TRIALS);
  assert_int_equal(count_after(&l, 79, old, 32768, WG_TRAIT_VOLUNTEER), TRIALS);
  assert_int_equal(count_after(&l, 80, old | WG_TRAIT_VOLUNTEER, 32768, WG_TRAIT_VOLUNTEER), 0);
  life_end(&l);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(members_join_as_adults_and_stay),
      cmocka_unit_test(members_at_the_start_are_those_who_joined),
      cmocka_unit_test(volunteers_come_by_trust),
      cmocka_unit_test(volunteers_are_of_age),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
