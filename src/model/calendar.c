// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/calendar.h"

#include <stdlib.h>

static void mark(wg_calendar *calendar, const wg_date *dates, size_t count, uint8_t working) {
  for (size_t i = 0; i < count; i++)
    if (dates[i] >= calendar->first && dates[i] <= calendar->last)
      calendar->working[dates[i] - calendar->first] = working;
}

int wg_calendar_create(wg_date first, wg_date last, const wg_date *holidays, size_t holiday_count,
                       const wg_date *working_weekends, size_t working_weekend_count, wg_calendar *calendar,
                       wg_error *error) {
  *calendar = (wg_calendar){.first = first, .last = last};
  const size_t days = (size_t)last - (size_t)first + 1;
  calendar->working = malloc(days * sizeof *calendar->working);
  calendar->working_until = malloc(days * sizeof *calendar->working_until);
  calendar->nth_working = malloc(days * sizeof *calendar->nth_working);
  if (!calendar->working || !calendar->working_until || !calendar->nth_working) {
    wg_calendar_free(calendar);
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for a calendar of %zu days", days);
  }
  for (size_t i = 0; i < days; i++)
    calendar->working[i] = wg_date_weekday(first + (wg_date)i) < 5;
  mark(calendar, holidays, holiday_count, 0);
  mark(calendar, working_weekends, working_weekend_count, 1);
  for (size_t i = 0; i < days; i++) {
    if (calendar->working[i])
      calendar->nth_working[calendar->working_count++] = first + (wg_date)i;
    calendar->working_until[i] = calendar->working_count;
  }
  return WG_OK;
}

void wg_calendar_free(wg_calendar *calendar) {
  free(calendar->working);
  free(calendar->working_until);
  free(calendar->nth_working);
  *calendar = (wg_calendar){0};
}
