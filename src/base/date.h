// SPDX-License-Identifier: GPL-3.0-or-later
// Civil dates of the Gregorian calendar as integers.
#ifndef WG_BASE_DATE_H
#define WG_BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

// Days since 1970-01-01; WG_DATE_NONE stands for "not given".
typedef int32_t wg_date;
#define WG_DATE_NONE INT32_MIN

// Months since January of year 0 (year * 12 + month - 1).
typedef int32_t wg_month;

wg_date wg_date_from_civil(int year, int month, int day);
void wg_date_to_civil(wg_date date, int *year, int *month, int *day);

// Reads "YYYY-MM-DD" (years 1900 to 2199, the day must exist). Returns false and leaves `date` otherwise.
bool wg_date_parse(const char *text, wg_date *date);

// Writes "YYYY-MM-DD" and a terminating zero into `text`.
void wg_date_print(wg_date date, char text[11]);

// 0 Monday … 6 Sunday.
int wg_date_weekday(wg_date date);

wg_month wg_date_month(wg_date date);
wg_date wg_month_first_day(wg_month month);

// The same day `months` later (earlier if negative), or the month's last day where that has no such day.
wg_date wg_date_add_months(wg_date date, int32_t months);

#endif
