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

typedef struct sums {
  double due, met;
} sums;

static sums sum_of(const wg_portion *portions, size_t count) {
  int64_t due = 0, met = 0;
  for (size_t i = 0; i < count; i++) {
    due += portions[i].due;
    met += portions[i].met;
  }
  return (sums){(double)due, (double)met};
}

double wg_gini_by_luck(wg_portion *portions, size_t count) {
  static const double pi = 3.14159265358979323846;
  const sums all = sum_of(portions, count);
  return all.met > 0.0 ? wg_sqrt((1.0 - all.met / all.due) * (double)count / (pi * all.met)) : WG_NAN;
}

// What a part adds to the index of its whole; 0 where nothing is met.
static double term(sums part, sums whole) {
  const double share = part.met / whole.met;
  return part.met > 0.0 ? share * wg_log(share * whole.due / part.due) : 0.0;
}

double wg_theil_total(wg_portion *portions, size_t count) {
  const sums all = sum_of(portions, count);
  double index = all.met > 0.0 ? 0.0 : WG_NAN;
  for (size_t i = 0; i < count && all.met > 0.0; i++)
    index += term((sums){(double)portions[i].due, (double)portions[i].met}, all);
  return index;
}

// Of a group, from its first portion on.
static size_t group_length(const wg_portion *portions, size_t count) {
  size_t length = 1;
  while (length < count && portions[length].group == portions->group)
    length++;
  return length;
}

double wg_theil_between(wg_portion *portions, size_t count) {
  const sums all = sum_of(portions, count);
  double index = all.met > 0.0 ? 0.0 : WG_NAN;
  for (size_t i = 0, length; i < count && all.met > 0.0; i += length) {
    length = group_length(portions + i, count - i);
    index += term(sum_of(portions + i, length), all);
  }
  return index;
}

double wg_theil_within(wg_portion *portions, size_t count) {
  const sums all = sum_of(portions, count);
  double index = all.met > 0.0 ? 0.0 : WG_NAN;
  for (size_t i = 0, length; i < count && all.met > 0.0; i += length) {
    length = group_length(portions + i, count - i);
    const sums group = sum_of(portions + i, length);
    if (group.met > 0.0)
      index += group.met / all.met * wg_theil_total(portions + i, length);
  }
  return index;
}
