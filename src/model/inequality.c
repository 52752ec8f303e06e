// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/inequality.h"

#include <stdlib.h>

#include "base/maths.h"

// By ratio, compared without dividing. Equal ratios may lie in any order.
static int by_ratio(const void *a, const void *b) {
  const wg_portion *p = a, *q = b;
  const int64_t left = p->met * q->due, right = q->met * p->due;
  return (left > right) - (left < right);
}

static size_t drop_empty(wg_portion *portions, size_t count) {
  size_t kept = 0;
  for (size_t i = 0; i < count; i++)
    if (portions[i].due > 0)
      portions[kept++] = portions[i];
  return kept;
}

// Of two parts the later one in the order has the greater ratio: the sum over all pairs of due * due * |difference| needs
// only what came before.
double wg_gini(wg_portion *portions, size_t count) {
  count = drop_empty(portions, count);
  qsort(portions, count, sizeof *portions, by_ratio);
  int64_t due = 0, met = 0, differences = 0;
  for (size_t i = 0; i < count; i++) {
    differences += portions[i].met * due - portions[i].due * met;
    due += portions[i].due;
    met += portions[i].met;
  }
  return met > 0 ? (double)differences / ((double)due * (double)met) : WG_NAN;
}

// The term of a part that has `met` of `all_met`, where `due` of `all_due` would be even; 0 where nothing is met.
static double term(double met, double due, double all_met, double all_due) {
  const double share = met / all_met;
  return met > 0.0 ? share * wg_log(share * all_due / due) : 0.0;
}

wg_theil wg_theil_index(const wg_portion *portions, size_t count) {
  double due = 0.0, met = 0.0;
  for (size_t i = 0; i < count; i++) {
    due += (double)portions[i].due;
    met += (double)portions[i].met;
  }
  if (met <= 0.0)
    return (wg_theil){WG_NAN, WG_NAN, WG_NAN};
  wg_theil t = {0.0, 0.0, 0.0};
  for (size_t first = 0, beyond; first < count; first = beyond) {
    double group_due = 0.0, group_met = 0.0, inside = 0.0;
    for (beyond = first; beyond < count && portions[beyond].group == portions[first].group; beyond++) {
      group_due += (double)portions[beyond].due;
      group_met += (double)portions[beyond].met;
    }
    for (size_t i = first; i < beyond; i++) {
      t.total += term((double)portions[i].met, (double)portions[i].due, met, due);
      inside += term((double)portions[i].met, (double)portions[i].due, group_met, group_due);
    }
    t.between += term(group_met, group_due, met, due);
    t.within += group_met / met * inside;
  }
  return t;
}
