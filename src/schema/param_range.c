// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/param_range.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/maths.h"
#include "schema/number.h"

static const double NARROW = 3.0; // a range that says what is plausible

static bool ends_with(const char *text, const char *end) {
  const size_t length = strlen(text), tail = strlen(end);
  return length >= tail && strcmp(text + length - tail, end) == 0;
}

static bool is_share(const wg_param *row) {
  return row->max <= 1.0;
}

static bool is_narrow(const wg_param *row) {
  return row->min > 0.0 && row->max <= NARROW * row->min;
}

static double number_of(const wg_param *row, const void *instance) {
  const void *const member = (const char *)instance + row->offset;
  return row->type == WG_PARAM_INT ? (double)*(const int64_t *)member : *(const double *)member;
}

static const wg_reals *list_of(const wg_param *row, const void *instance) {
  return (const void *)((const char *)instance + row->offset);
}

static double to_odds(const wg_param *row, double value) {
  return (value - row->min) / (row->max - value);
}

static double from_odds(const wg_param *row, double odds) {
  return (row->min + odds * row->max) / (1.0 + odds);
}

static double floor_of(double x) {
  const double whole = (double)(int64_t)x;
  return whole > x ? whole - 1.0 : whole;
}

static double nearest_whole(double x) {
  return floor_of(x + 0.5);
}

static double cut(double value, double low, double high) {
  return value < low ? low : value > high ? high : value;
}

static bool find_of_number(const wg_param *row, double value, double spread, wg_param_range *range) {
  if (!(value > 0.0))
    return false;
  if (is_narrow(row)) {
    *range = (wg_param_range){row->min, row->max, WG_SCALE_LINEAR};
  } else if (is_share(row)) {
    if (!(value > row->min && value < row->max))
      return false;
    const double odds = to_odds(row, value);
    *range = (wg_param_range){from_odds(row, odds / spread), from_odds(row, odds * spread), WG_SCALE_ODDS};
  } else {
    *range = (wg_param_range){cut(value / spread, row->min, row->max), cut(value * spread, row->min, row->max),
                              WG_SCALE_LOG};
  }
  // A whole number that would come out the same everywhere within.
  if (row->type == WG_PARAM_INT && nearest_whole(range->low) >= -floor_of(0.5 - range->high))
    return false;
  return range->low > 0.0 && range->low < range->high;
}

// By one factor for all numbers; 0 stays 0, as for ages at which a thing never happens.
static bool find_of_list(const wg_param *row, const wg_reals *list, double spread, wg_param_range *range) {
  bool any = false;
  double largest = 0.0;
  for (size_t i = 0; i < list->count; i++) {
    any |= list->items[i] > row->min && list->items[i] < row->max;
    largest = list->items[i] > largest ? list->items[i] : largest;
  }
  if (!any)
    return false;
  *range = (wg_param_range){1.0 / spread, spread, is_share(row) ? WG_SCALE_ODDS : WG_SCALE_LOG};
  if (!is_share(row))
    range->high = cut(spread, 1.0, row->max / largest);
  return true;
}

bool wg_param_range_find(const wg_param *row, const void *instance, double spread, wg_param_range *range) {
  const bool size_unknown = row->evidence == WG_ASSUMED || row->evidence == WG_SIGN;
  const bool exponent = ends_with(row->unit, "of age");
  if (!size_unknown || exponent || row->min < 0.0 || strncmp(row->unit, "degree", 6) == 0)
    return false;
  if (row->type == WG_PARAM_REALS)
    return ends_with(row->unit, "/ year") && find_of_list(row, list_of(row, instance), spread, range);
  if (row->type == WG_PARAM_INT && strcmp(row->unit, "year") == 0)
    return false;
  return (row->type == WG_PARAM_INT || row->type == WG_PARAM_REAL) &&
         find_of_number(row, number_of(row, instance), spread, range);
}

bool wg_param_range_make(const wg_param *row, const void *instance, double low, double high, wg_param_range *range) {
  *range = (wg_param_range){low, high, WG_SCALE_LINEAR};
  if (row->type == WG_PARAM_INT || row->type == WG_PARAM_REAL)
    return low >= row->min && high <= row->max;
  if (row->type != WG_PARAM_REALS)
    return false;
  const wg_reals *const list = list_of(row, instance);
  for (size_t i = 0; i < list->count; i++)
    for (int end = 0; end < 2; end++) {
      const double number = list->items[i] * (end ? high : low);
      if (!(number >= row->min && number <= row->max))
        return false;
    }
  return true;
}

double wg_param_range_round(double value) {
  char text[32];
  snprintf(text, sizeof text, "%.6g", value);
  return strtod(text, NULL);
}

static double six_digits(double value, double least, double most) {
  const double rounded = wg_param_range_round(value);
  return rounded >= least && rounded <= most ? rounded : value;
}

static double between_logarithms(double low, double high, double position) {
  const double first = wg_log(low), last = wg_log(high);
  return wg_exp(first + position * (last - first));
}

double wg_param_range_value(const wg_param *row, const wg_param_range *range, double position) {
  const bool list = row->type == WG_PARAM_REALS;
  double value;
  if (range->scale == WG_SCALE_LINEAR)
    value = range->low + position * (range->high - range->low);
  else if (range->scale == WG_SCALE_ODDS && !list)
    value = from_odds(row, between_logarithms(to_odds(row, range->low), to_odds(row, range->high), position));
  else
    value = between_logarithms(range->low, range->high, position);
  value = cut(value, range->low, range->high);
  if (row->type == WG_PARAM_INT)
    return cut(nearest_whole(value), row->min, row->max);
  return six_digits(value, range->low, range->high);
}

static double scaled(const wg_param *row, const wg_param_range *range, double number, double factor) {
  if (range->scale != WG_SCALE_ODDS)
    return six_digits(cut(number * factor, row->min, row->max), row->min, row->max);
  const double odds = to_odds(row, number);
  return number >= row->max ? number : six_digits(from_odds(row, odds * factor), row->min, row->max);
}

char *wg_param_range_text(const wg_param *row, const void *instance, const wg_param_range *range, double value) {
  char *text = NULL;
  size_t size = 0;
  char number[32];
  FILE *const stream = open_memstream(&text, &size);
  if (!stream)
    return NULL;
  if (row->type == WG_PARAM_REALS) {
    const wg_reals *const list = list_of(row, instance);
    for (size_t i = 0; i < list->count; i++) {
      wg_real_print(scaled(row, range, list->items[i], value), number);
      fprintf(stream, "%s%s", i ? ", " : "[", number);
    }
    fputs(list->count ? "]" : "[]", stream);
  } else {
    if (row->type == WG_PARAM_INT)
      wg_integer_print((int64_t)value, number);
    else
      wg_real_print(value, number);
    fputs(number, stream);
  }
  if (fclose(stream) == 0)
    return text;
  free(text);
  return NULL;
}
