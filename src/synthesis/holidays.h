// SPDX-License-Identifier: GPL-3.0-or-later
// The district's table of holidays as the working calendar: days off and, for days in lieu (调休), working weekends.
#ifndef WG_SYNTHESIS_HOLIDAYS_H
#define WG_SYNTHESIS_HOLIDAYS_H

#include "model/calendar.h"
#include "schema/input_table.h"

// The calendar of [first, last] by the columns date and kind (off, work); rows outside count for nothing. Refused, each with
// its line: what is no date, another kind, work on a Monday to Friday, and a date's second row. The caller frees the calendar.
int wg_holidays_read(const wg_input_table *table, wg_date first, wg_date last, wg_calendar *calendar, wg_error *error);

#endif
