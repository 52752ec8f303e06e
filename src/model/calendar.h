// SPDX-License-Identifier: GPL-3.0-or-later
// The working calendar: weekends, public holidays and working weekends, and limits counted in working days.
#ifndef WG_MODEL_CALENDAR_H
#define WG_MODEL_CALENDAR_H

#include <stdbool.h>

#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/error.h"

typedef struct wg_calendar {
  wg_date first, last;    // days it knows, both included
  uint8_t *working;       // [last - first + 1]
  int32_t *working_until; // working days in [first, day]
  wg_date *nth_working;   // the n-th working day, n from 0
  int32_t working_count;
} wg_calendar;

// A calendar of [first, last]: Monday to Friday but for `holidays`, and the Saturdays and Sundays that are worked for days
// in lieu (调休). No date is in both lists; dates outside count for nothing. Owned by the caller.
int wg_calendar_create(wg_date first, wg_date last, const wg_date *holidays, size_t holiday_count,
                       const wg_date *working_weekends, size_t working_weekend_count, wg_calendar *calendar,
                       wg_error *error);
void wg_calendar_free(wg_calendar *calendar);

static inline bool wg_calendar_works(const wg_calendar *calendar, wg_date day) {
  return calendar->working[day - calendar->first] != 0;
}

// The working day that is the `count`-th after `day` (count >= 1; `day` itself does not count). Past the known days the
// last known day.
static inline wg_date wg_calendar_after(const wg_calendar *calendar, wg_date day, int32_t count) {
  const int32_t n = calendar->working_until[day - calendar->first] + count - 1;
  return n < calendar->working_count ? calendar->nth_working[n] : calendar->last;
}

#endif
