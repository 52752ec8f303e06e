// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/comparison.h"

#include <string.h>

const char *const wg_place_class_names[WG_PLACE_CLASS_COUNT] = {"treated", "same_subdistrict", "elsewhere"};
const char *const wg_place_class_labels[WG_PLACE_CLASS_COUNT] = {"实施地", "同街镇未实施地", "其他街镇"};

// 1 or -1 where both ends are on one side of 0, 0 where they are not, 2 where it cannot be told.
static int side(wg_interval interval) {
  if (!(interval.low <= interval.high))
    return 2;
  return interval.low > 0.0 ? 1 : interval.high < 0.0 ? -1 : 0;
}

int wg_difference_sign(const wg_difference *difference) {
  const int draws = side(difference->band), luck = side(difference->luck_t);
  if (draws == 2)
    return luck == 2 ? 0 : luck;
  return luck == 2 || luck == draws ? draws : 0;
}

size_t wg_comparison_outcome(const wg_comparison *comparison, const char *name) {
  size_t i = 0;
  while (i < comparison->outcome_count && strcmp(comparison->outcomes[i]->name, name) != 0)
    i++;
  return i;
}
