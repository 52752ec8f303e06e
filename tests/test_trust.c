// SPDX-License-Identifier: GPL-3.0-or-later
// Steps of trust: needs of one resident that end on one day have one outcome, whatever the order of the day's list.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "mechanism/trust.h"
#include "model/trust.h"
#include "tiny_subdistrict.h"

enum { MONTH = 2010 * 12 + 10, TODAY = 15010, UP = 13107, DOWN = 16383 };

static void set_real(wg_config *config, const char *path, double real) {
  wg_error error = {0};
  const wg_value value = {.kind = WG_VALUE_REAL, .real = real};
  assert_int_equal(wg_config_set(config, path, &value, "test.cfg:1", false, &error), WG_OK);
}

// Trust of somebody who began at `level` after needs ended well ('+') or badly ('-') on one day, in this order of rows.
static uint16_t after(uint16_t level, const char *endings) {
  static const wg_param_group *const groups[] = {&wg_trust_group};
  static const wg_service_params service = {.severity = 1};
  wg_error error = {0};
  wg_config *config;
  assert_int_equal(wg_config_create(groups, 1, &config, &error), WG_OK);
  set_real(config, "trust.efficacy", 0.2);
  set_real(config, "trust.grievance", 0.25);
  wg_subdistrict s;
  tiny_create(&s, 1);
  wg_world *world = calloc(1, sizeof *world);
  assert_non_null(world);
  world->config = config;
  world->catalogue.service_count = 1;
  world->catalogue.services[0].params = &service;
  void *constants = NULL;
  assert_int_equal(wg_trust_mechanism.prepare(world, &constants, &error), WG_OK);

  const uint32_t home = wg_household_found(&s, 5, 0, WG_FAMILY);
  const uint32_t who = wg_resident_join(&s, 50, home, MONTH - 480, 0, level, level, MONTH);
  for (size_t i = 0; endings[i]; i++) {
    const uint32_t row = wg_need_open(&s);
    wg_need *n = wg_needs(&s) + row;
    n->identity = 1 + i;
    n->key = UINT64_MAX;
    n->due = endings[i] == '+' ? TODAY : TODAY - 1;
    wg_need_attach(&s, row, who);
    wg_need_file(&s, row, TODAY - 3);
    wg_need_end(&s, row, WG_NEED_MET);
  }
  wg_context context = {.world = world, .s = &s, .constants = constants, .month = MONTH, .today = TODAY};
  wg_trust_mechanism.day(&context);
  const uint16_t trust = wg_residents(&s)[who].trust;
  assert_int_equal(wg_communities(&s)[0].trust_sum, trust);
  assert_int_equal((wg_residents(&s)[who].traits & WG_TRAIT_STIRRED) != 0, endings[0] != '\0');
  free(constants);
  free(world);
  wg_subdistrict_free(&s);
  wg_config_free(config);
  return trust;
}

static void steps_add_up(void **state) {
  (void)state;
  assert_int_equal(after(30000, ""), 30000);
  assert_int_equal(after(30000, "+"), 30000 + UP);
  assert_int_equal(after(30000, "-"), 30000 - DOWN);
  assert_int_equal(after(30000, "+-"), 30000 + UP - DOWN);
  assert_int_equal(after(20000, "--"), 0);
  assert_int_equal(after(60000, "+"), 65535);
}

// Down first, then up, at both ends of the scale and between.
static void the_order_of_a_day_never_shows(void **state) {
  (void)state;
  static const char *const orders[] = {"++-", "+-+", "-++"}, *const others[] = {"--+", "-+-", "+--"};
  static const uint16_t levels[] = {0, 1000, 20000, 40000, 64000, 65535};
  for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
    const int32_t level = levels[i], once = level > DOWN ? level - DOWN : 0, twice = once > DOWN ? once - DOWN : 0;
    for (size_t k = 0; k < 3; k++) {
      assert_int_equal(after(levels[i], orders[k]), once + 2 * UP < 65535 ? once + 2 * UP : 65535);
      assert_int_equal(after(levels[i], others[k]), twice + UP);
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(steps_add_up),
      cmocka_unit_test(the_order_of_a_day_never_shows),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
