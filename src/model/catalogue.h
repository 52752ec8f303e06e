// SPDX-License-Identifier: GPL-3.0-or-later
// Services and desk kinds as resolved from the configuration, with routes as numbers.
#ifndef WG_MODEL_CATALOGUE_H
#define WG_MODEL_CATALOGUE_H

#include "model/desk.h"
#include "model/facility.h"
#include "model/service.h"
#include "schema/config.h"

typedef struct wg_service {
  const char *id;
  const wg_service_params *params;
  double share;                           // of all needs: mix scaled to sum to 1
  double season[12];                      // by_month scaled to a mean of 1
  const double *by_age, *by_registration; // relative rates by age band and registration; NULL: all alike
  uint32_t limit_days;                    // working days, or calendar days
  bool limit_in_working_days;
  uint32_t route_length;
  uint8_t route[WG_ROUTE_MAX];  // desk kinds in the order asked
  uint32_t takes[WG_ROUTE_MAX]; // difficulty below which each can finish a case, of 65536
  uint32_t verifying_days;      // working days that verification adds to the limit; 0 where nobody verifies
  bool continuing;              // 持续服务: a case ends in an enrolment
  const double *eligible;       // share that has a right to it, by registration; NULL: everybody
  const double *by_care;        // relative rates by need of care; NULL: all alike
  double care_cap;              // the greatest of them, at which candidates are drawn; 1 where all are alike
  uint32_t review_days;         // from one review to the next; 0: none
  uint32_t verifier_count;
  uint8_t verifiers[WG_ROUTE_MAX]; // desk kinds in the order asked
} wg_service;

typedef struct wg_desk_kind {
  const char *id;
  const wg_desk_kind_params *params;
} wg_desk_kind;

typedef struct wg_facility_kind {
  const char *id;
  const wg_facility_params *params;
  const double *by_community_kind; // factors on its shares; NULL: all 1
} wg_facility_kind;

typedef struct wg_catalogue {
  uint32_t service_count, desk_kind_count, facility_kind_count;
  wg_service services[WG_SERVICE_MAX];
  wg_desk_kind desk_kinds[WG_DESK_KIND_MAX];
  wg_facility_kind facility_kinds[WG_FACILITY_KIND_MAX];
} wg_catalogue;

// The position of a desk kind in the service's route; the length of the route where it has none.
static inline uint32_t wg_service_route_position(const wg_service *service, uint32_t kind) {
  uint32_t i = 0;
  while (i < service->route_length && service->route[i] != kind)
    i++;
  return i;
}

// Resolves and cross-checks (unknown desk kinds, list lengths, routes that end before 1, too many entries, all mixes
// zero, shares of facilities above 1). Pointers into `config`, which must outlive it. Errors name the origin and key.
int wg_catalogue_resolve(const wg_config *config, wg_catalogue *catalogue, wg_error *error);

#endif
