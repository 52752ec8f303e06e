// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/date.h"

// The calendar repeats after 400 years. Years are counted from March, so that the leap day is a year's last day
// (Hinnant, "chrono-Compatible Low-Level Date Algorithms").
enum {
  DAYS_OF_ERA = 146097,
  DAYS_TO_1970 = 719468, // from 0000-03-01
};

static int64_t floor_divide(int64_t a, int64_t b) {
  return a / b - (a % b < 0);
}

wg_date wg_date_from_civil(int year, int month, int day) {
  const int64_t march_year = (int64_t)year - (month <= 2);
  const int64_t era = floor_divide(march_year, 400);
  const int64_t year_of_era = march_year - era * 400;
  const int64_t march_month = month > 2 ? month - 3 : month + 9;
  const int64_t day_of_year = (153 * march_month + 2) / 5 + day - 1;
  const int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return (wg_date)(era * DAYS_OF_ERA + day_of_era - DAYS_TO_1970);
}

void wg_date_to_civil(wg_date date, int *year, int *month, int *day) {
  const int64_t days = (int64_t)date + DAYS_TO_1970;
  const int64_t era = floor_divide(days, DAYS_OF_ERA);
  const int64_t day_of_era = days - era * DAYS_OF_ERA;
  const int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int64_t march_month = (5 * day_of_year + 2) / 153;
  *day = (int)(day_of_year - (153 * march_month + 2) / 5 + 1);
  *month = (int)(march_month < 10 ? march_month + 3 : march_month - 9);
  *year = (int)(year_of_era + era * 400 + (*month <= 2));
}

// The number written in `count` decimal digits, or -1.
static int read_digits(const char *text, int count) {
  int value = 0;
  for (int i = 0; i < count; i++) {
    if (text[i] < '0' || text[i] > '9') {
      return -1;
    }
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

bool wg_date_parse(const char *text, wg_date *date) {
  // Each step reads on only when everything before was no terminating zero.
  const int year = read_digits(text, 4);
  if (year < 1900 || year > 2199 || text[4] != '-') {
    return false;
  }
  const int month = read_digits(text + 5, 2);
  if (month < 1 || month > 12 || text[7] != '-') {
    return false;
  }
  const int day = read_digits(text + 8, 2);
  if (day < 1 || text[10] != '\0') {
    return false;
  }
  // A day that does not exist comes back as one of the next month.
  const wg_date candidate = wg_date_from_civil(year, month, day);
  int real_year, real_month, real_day;
  wg_date_to_civil(candidate, &real_year, &real_month, &real_day);
  if (real_month != month) {
    return false;
  }
  *date = candidate;
  return true;
}

static void write_digits(char *text, int count, int value) {
  for (int i = count - 1; i >= 0; i--) {
    text[i] = (char)('0' + value % 10);
    value /= 10;
  }
}

void wg_date_print(wg_date date, char text[11]) {
  int year, month, day;
  wg_date_to_civil(date, &year, &month, &day);
  if (year < 0 || year > 9999) {
    // No date, or none that fits: as parameters write "none".
    text[0] = '\0';
    return;
  }
  write_digits(text, 4, year);
  text[4] = '-';
  write_digits(text + 5, 2, month);
  text[7] = '-';
  write_digits(text + 8, 2, day);
  text[10] = '\0';
}

int wg_date_weekday(wg_date date) {
  // 1970-01-01 was a Thursday.
  const int64_t days = (int64_t)date + 3;
  return (int)(days - floor_divide(days, 7) * 7);
}

wg_month wg_date_month(wg_date date) {
  int year, month, day;
  wg_date_to_civil(date, &year, &month, &day);
  return year * 12 + month - 1;
}

wg_date wg_month_first_day(wg_month month) {
  const int64_t year = floor_divide(month, 12);
  return wg_date_from_civil((int)year, (int)(month - year * 12) + 1, 1);
}

wg_date wg_date_add_months(wg_date date, int32_t months) {
  const wg_month from = wg_date_month(date), to = from + months;
  const wg_date day = date - wg_month_first_day(from), last = wg_month_first_day(to + 1) - wg_month_first_day(to) - 1;
  return wg_month_first_day(to) + (day < last ? day : last);
}
