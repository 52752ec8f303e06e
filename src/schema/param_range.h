// SPDX-License-Identifier: GPL-3.0-or-later
// Over which range a parameter without a measured size is drawn. The row's own [min, max] says what is allowed (0 to 10,000
// days), not what is plausible: a range follows from the configured value.
#ifndef WG_SCHEMA_PARAM_RANGE_H
#define WG_SCHEMA_PARAM_RANGE_H

#include "schema/config.h"

typedef enum wg_range_scale {
  WG_SCALE_LINEAR, // uniform
  WG_SCALE_LOG,    // uniform in the logarithm
  WG_SCALE_ODDS,   // uniform in the logarithm of the odds (value - min) / (max - value)
} wg_range_scale;

// Of the value; where the row is a list, of a factor common to all its numbers.
typedef struct wg_param_range {
  double low, high;
  wg_range_scale
      scale; // of a list: whether the factor is one of the numbers or of their odds, itself drawn by its logarithm
} wg_param_range;

// The range of the row of the group's struct at `instance`. Returns false where the row is not drawn. Drawn are numbers graded
// assumed or sign that are above 0 and cannot be negative:
// - where the allowed range is narrow (max at most 3 times min): the allowed range, uniformly;
// - shares, which cannot exceed 1: odds between 1/spread and spread times those configured;
// - others: between 1/spread and spread times the value, cut to what is allowed;
// - schedules by age or year of rates (lists with a unit that ends in "/ year"): the same, by one factor for all.
// Not drawn are ages and calendar years (whole numbers of the unit year), degrees, other lists, rates of growth by age (a unit that ends
// in "of age": exponents, in which a factor is no measure of doubt), and what has no room: a share of 0 or 1.
bool wg_param_range_find(const wg_param *row, const void *instance, double spread, wg_param_range *range);

// The range [low, high], uniformly, that somebody asked for; of the common factor of a list's numbers. Returns false where the row is
// no number or list of numbers, or where part of the range is not allowed.
bool wg_param_range_make(const wg_param *row, const void *instance, double low, double high, wg_param_range *range);

// The value, or factor, at `position` in (0, 1) of the range, rounded to six significant digits or, if the row is one, to a whole number.
double wg_param_range_value(const wg_param *row, const wg_param_range *range, double position);

// To six significant digits, at which drawn numbers are read and typed.
double wg_param_range_round(double value);

// What --set takes to give the row that value, or the numbers at `instance` times that factor; the caller frees, NULL when there is
// no memory.
char *wg_param_range_text(const wg_param *row, const void *instance, const wg_param_range *range, double value);

#endif
