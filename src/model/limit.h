// SPDX-License-Identifier: GPL-3.0-or-later
// Where a service's limit (时限) ends.
#ifndef WG_MODEL_LIMIT_H
#define WG_MODEL_LIMIT_H

#include "model/calendar.h"
#include "model/catalogue.h"

// The last day of the service's limit when it runs from `from` (that day does not count). The limit is one of handling
// (处置时限); where handling is verified, the case has the working days of verification.allowance more to be closed.
static inline uint16_t wg_limit_end(const wg_calendar *calendar, const wg_service *service, wg_date from) {
  wg_date end = from + (wg_date)service->limit_days;
  if (service->limit_in_working_days && service->limit_days > 0)
    end = wg_calendar_after(calendar, from, (int32_t)service->limit_days);
  return (uint16_t)(service->verifying_days ? wg_calendar_after(calendar, end, (int32_t)service->verifying_days) : end);
}

#endif
