// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/comparison_number.h"

#include <stdio.h>
#include <string.h>

#include "base/maths.h"
#include "report/table.h"

static double size_of(double x) {
  return x < 0.0 ? -x : x;
}

// Decimals that show two digits of a number below what `decimals` show.
static int enough(double x, int decimals) {
  enum { MOST = 9 };
  double unit = 1.0;
  if (size_of(x) < 1e15 && x == (double)(int64_t)x)
    return decimals;
  for (int i = 0; i < decimals; i++)
    unit /= 10.0;
  while (x != 0.0 && size_of(x) < 10.0 * unit && decimals < MOST) {
    unit /= 10.0;
    decimals++;
  }
  return decimals;
}

const char *wg_figure_print(double x, int decimals, bool is_signed, char text[WG_NUMBER_TEXT]) {
  const double most = 9e15;
  if (!wg_is_finite(x))
    return strcpy(text, "–");
  const char *const sign = x < 0.0 ? "−" : is_signed && x > 0.0 ? "+" : "";
  char digits[WG_NUMBER_TEXT], whole[32];
  if (size_of(x) >= most) {
    snprintf(text, WG_NUMBER_TEXT, "%s%.3e", sign, size_of(x));
    return text;
  }
  snprintf(digits, sizeof digits, "%.*f", enough(x, decimals), size_of(x));
  const size_t point = strcspn(digits, ".");
  int64_t integer = 0;
  for (size_t i = 0; i < point; i++)
    integer = 10 * integer + (digits[i] - '0');
  snprintf(text, WG_NUMBER_TEXT, "%s%s%.20s", sign, wg_count_print(integer, whole), digits + point);
  return text;
}

const char *wg_figure_value(const wg_outcome *outcome, double x, char text[WG_NUMBER_TEXT]) {
  wg_figure_print(x, outcome->decimals, false, text);
  if (wg_outcome_is_share(outcome) && wg_is_finite(x))
    strncat(text, " %", 3);
  return text;
}

const char *wg_figure_interval(const wg_outcome *outcome, wg_interval interval, bool chinese,
                               char text[WG_NUMBER_TEXT]) {
  char low[WG_NUMBER_TEXT], high[WG_NUMBER_TEXT];
  if (!(interval.low <= interval.high))
    return strcpy(text, "–");
  wg_figure_print(interval.low, outcome->decimals, true, low);
  wg_figure_print(interval.high, outcome->decimals, true, high);
  snprintf(text, WG_NUMBER_TEXT, chinese ? "%.40s 至 %.40s" : "%.40s to %.40s", low, high);
  return text;
}

const char *wg_figure_half(const wg_outcome *outcome, wg_interval interval, char text[WG_NUMBER_TEXT]) {
  char half[WG_NUMBER_TEXT];
  if (!(interval.low <= interval.high))
    return strcpy(text, "–");
  wg_figure_print((interval.high - interval.low) / 2.0, outcome->decimals, false, half);
  snprintf(text, WG_NUMBER_TEXT, "± %.40s", half);
  return text;
}

const char *wg_figure_ratio(double x, char text[WG_NUMBER_TEXT]) {
  const double most = 1e6;
  if (x > most)
    return strcpy(text, wg_is_finite(x) ? "> 1,000,000" : "∞");
  if (!wg_is_finite(x))
    return strcpy(text, "–");
  return size_of(x) < 10.0 ? wg_figure_print(x, 2, false, text) : wg_figure_print(x, 0, false, text);
}
