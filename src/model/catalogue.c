// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/catalogue.h"

#include "model/case_params.h"
#include "model/place.h"
#include "model/resident.h"

static const char *origin(const wg_config *config, size_t instance, const char *parameter) {
  return wg_config_origin(config, &wg_service_group, instance, parameter);
}

// The numbers of a list that may be empty; NULL where it is, or is of a wrong length, which is a problem.
static const double *resolve_list(const wg_config *config, size_t index, const char *parameter, wg_reals list,
                                  size_t wanted, int *code, wg_error *error) {
  if (list.count == wanted)
    return list.items;
  if (list.count)
    *code = wg_error_add(error, WG_FAIL_CONFIG, "%s: services.%s.%s: %zu numbers (allowed: none or %zu)",
                         origin(config, index, parameter), wg_config_name(config, &wg_service_group, index), parameter,
                         list.count, wanted);
  return NULL;
}

// The number of the desk kind that a service names, or -1 and a problem.
static int find_kind(const wg_config *config, size_t index, const char *key, const char *name, wg_error *error) {
  const int kind = wg_config_find(config, &wg_desk_kind_group, name);
  if (kind >= 0)
    return kind;
  const char *known[WG_DESK_KIND_MAX];
  size_t count = wg_config_count(config, &wg_desk_kind_group);
  count = count < WG_DESK_KIND_MAX ? count : WG_DESK_KIND_MAX;
  for (size_t k = 0; k < count; k++)
    known[k] = wg_config_name(config, &wg_desk_kind_group, k);
  const char *near = wg_name_nearest(name, known, count);
  wg_error_add(error, WG_FAIL_CONFIG, "%s: services.%s.%s: no desk kind is called \"%s\"%s%s%s",
               origin(config, index, key), wg_config_name(config, &wg_service_group, index), key, name,
               near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
  return -1;
}

static int resolve_route(const wg_config *config, size_t index, wg_service *service, wg_error *error) {
  const wg_service_params *p = service->params;
  if (p->desks.count == 0 || p->desks.count > WG_ROUTE_MAX || p->takes.count != p->desks.count)
    return wg_error_add(error, WG_FAIL_CONFIG,
                        "%s: services.%s.takes: %zu numbers for %zu desks (allowed: one for each, 1 to %d)",
                        origin(config, index, "takes"), service->id, p->takes.count, p->desks.count, WG_ROUTE_MAX);
  service->route_length = (uint32_t)p->desks.count;
  for (size_t i = 0; i < p->desks.count; i++) {
    const int kind = find_kind(config, index, "desks", p->desks.items[i], error);
    if (kind < 0)
      return WG_FAIL_CONFIG;
    service->route[i] = (uint8_t)kind;
    service->takes[i] = (uint32_t)(p->takes.items[i] * 65536.0);
  }
  if (p->takes.items[p->takes.count - 1] < 1.0)
    return wg_error_add(error, WG_FAIL_CONFIG,
                        "%s: services.%s.takes: the last desk must be able to finish every case (allowed: 1)",
                        origin(config, index, "takes"), service->id);
  return WG_OK;
}

static int resolve_verifiers(const wg_config *config, size_t index, wg_service *service, wg_error *error) {
  const wg_texts kinds = service->params->verified_by;
  if (kinds.count > WG_ROUTE_MAX)
    return wg_error_add(error, WG_FAIL_CONFIG, "%s: services.%s.verified_by: %zu desk kinds (allowed: up to %d)",
                        origin(config, index, "verified_by"), service->id, kinds.count, WG_ROUTE_MAX);
  for (size_t i = 0; i < kinds.count; i++) {
    const int kind = find_kind(config, index, "verified_by", kinds.items[i], error);
    if (kind < 0)
      return WG_FAIL_CONFIG;
    service->verifiers[service->verifier_count++] = (uint8_t)kind;
  }
  const wg_verification_params *verification = wg_config_get(config, &wg_verification_group);
  service->verifying_days = kinds.count ? (uint32_t)verification->allowance : 0;
  return WG_OK;
}

static int resolve_season(const wg_config *config, size_t index, wg_service *service, wg_error *error) {
  int code = WG_OK;
  const double *const months = resolve_list(config, index, "by_month", service->params->by_month, 12, &code, error);
  double total = 0.0;
  for (size_t m = 0; m < 12 && months; m++)
    total += months[m];
  if (months && total <= 0.0)
    code = wg_error_add(error, WG_FAIL_CONFIG, "%s: services.%s.by_month: all zero", origin(config, index, "by_month"),
                        service->id);
  for (size_t m = 0; m < 12; m++)
    service->season[m] = months && total > 0.0 ? months[m] * 12.0 / total : 1.0;
  return code;
}

// What a continuing service needs, and no other.
static int resolve_course(const wg_config *config, size_t index, wg_service *service, wg_error *error) {
  const wg_service_params *p = service->params;
  int code = WG_OK;
  service->continuing = p->course == WG_COURSE_CONTINUING;
  service->eligible = resolve_list(config, index, "eligible", p->eligible, WG_REGISTRATION_COUNT, &code, error);
  service->by_care = resolve_list(config, index, "by_care", p->by_care, WG_CARE_COUNT, &code, error);
  service->care_cap = service->by_care ? 0.0 : 1.0;
  for (size_t i = 0; i < WG_CARE_COUNT && service->by_care; i++)
    service->care_cap = service->by_care[i] > service->care_cap ? service->by_care[i] : service->care_cap;
  service->review_days = (uint32_t)(p->review_months * 365 / 12);
  if (service->by_care && p->carrier != WG_CARRIER_RESIDENT)
    code = wg_error_add(error, WG_FAIL_CONFIG, "%s: services.%s.by_care: a place has no need of care (allowed: none)",
                        origin(config, index, "by_care"), service->id);
  if (service->by_care && !(service->care_cap > 0.0))
    code = wg_error_add(error, WG_FAIL_CONFIG, "%s: services.%s.by_care: all zero (allowed: one above 0)",
                        origin(config, index, "by_care"), service->id);
  if (service->continuing && p->carrier != WG_CARRIER_RESIDENT)
    code = wg_error_add(error, WG_FAIL_CONFIG,
                        "%s: services.%s.course: only residents can be enrolled (allowed: episode where carrier is not "
                        "resident)",
                        origin(config, index, "course"), service->id);
  return code;
}

static int resolve_service(const wg_config *config, size_t index, wg_service *service, wg_error *error) {
  const wg_service_params *p = service->params;
  int code = resolve_route(config, index, service, error);
  const int verifiers = resolve_verifiers(config, index, service, error);
  const int season = resolve_season(config, index, service, error);
  service->by_age = resolve_list(config, index, "by_age", p->by_age, WG_AGE_BAND_COUNT, &code, error);
  service->by_registration =
      resolve_list(config, index, "by_registration", p->by_registration, WG_REGISTRATION_COUNT, &code, error);
  service->limit_in_working_days = p->limit_unit != WG_DAYS;
  service->limit_days = (uint32_t)(p->limit_unit == WG_WORKING_HOURS ? (p->limit + 7) / 8 : p->limit);
  const int course = resolve_course(config, index, service, error);
  return code ? code : verifiers ? verifiers : season ? season : course;
}

static int check_days(const wg_config *config, size_t kind, const wg_desk_kind_params *p, wg_error *error) {
  const double days = p->leave_days + p->training_days;
  if (days <= WG_WORKING_DAYS_A_YEAR)
    return WG_OK;
  return wg_error_add(error, WG_FAIL_CONFIG,
                      "%s: desks.%s.leave_days: %g days with training_days (allowed: up to %d together)",
                      wg_config_origin(config, &wg_desk_kind_group, kind, "leave_days"),
                      wg_config_name(config, &wg_desk_kind_group, kind), days, WG_WORKING_DAYS_A_YEAR);
}

static int check_count(const wg_config *config, const wg_param_group *group, size_t max, wg_error *error) {
  const size_t count = wg_config_count(config, group);
  if (count >= 1 && count <= max)
    return WG_OK;
  // One too many is at fault where it was named; of none there is no place to tell.
  const char *const place = count ? wg_config_origin(config, group, max, "label") : NULL;
  return wg_error_add(error, WG_FAIL_CONFIG, "%s%s%s: %zu entries (allowed: 1 to %zu)", place ? place : "",
                      place ? ": " : "", group->path, count, max);
}

static const char *facility_origin(const wg_config *config, size_t instance, const char *parameter) {
  return wg_config_origin(config, &wg_facility_group, instance, parameter);
}

static int resolve_facility(const wg_config *config, size_t index, wg_facility_kind *kind, wg_error *error) {
  const wg_facility_params *p = kind->params;
  const wg_reals factors = p->by_community_kind;
  if (factors.count == 0)
    return WG_OK;
  if (factors.count != WG_COMMUNITY_KIND_COUNT)
    return wg_error_add(error, WG_FAIL_CONFIG, "%s: facilities.%s.by_community_kind: %zu numbers (allowed: none or %d)",
                        facility_origin(config, index, "by_community_kind"), kind->id, factors.count,
                        WG_COMMUNITY_KIND_COUNT);
  const double most = p->share_urban > p->share_rural ? p->share_urban : p->share_rural;
  int code = WG_OK;
  for (size_t k = 0; k < factors.count; k++)
    if (factors.items[k] * most > 1.0)
      code =
          wg_error_add(error, WG_FAIL_CONFIG,
                       "%s: facilities.%s.by_community_kind: %g times the share %g for %s (allowed: up to 1 together)",
                       facility_origin(config, index, "by_community_kind"), kind->id, factors.items[k], most,
                       wg_community_kind_names[k]);
  kind->by_community_kind = factors.items;
  return code;
}

// There may be none.
static int resolve_facilities(const wg_config *config, wg_catalogue *catalogue, wg_error *error) {
  const size_t count = wg_config_count(config, &wg_facility_group);
  if (count > WG_FACILITY_KIND_MAX)
    return wg_error_add(error, WG_FAIL_CONFIG, "%s: facilities: %zu entries (allowed: up to %d)",
                        facility_origin(config, WG_FACILITY_KIND_MAX, "label"), count, WG_FACILITY_KIND_MAX);
  int code = WG_OK;
  catalogue->facility_kind_count = (uint32_t)count;
  for (size_t k = 0; k < count; k++) {
    catalogue->facility_kinds[k] = (wg_facility_kind){.id = wg_config_name(config, &wg_facility_group, k),
                                                      .params = wg_config_at(config, &wg_facility_group, k)};
    const int failed = resolve_facility(config, k, catalogue->facility_kinds + k, error);
    code = failed ? failed : code;
  }
  return code;
}

int wg_catalogue_resolve(const wg_config *config, wg_catalogue *catalogue, wg_error *error) {
  const size_t services = wg_config_count(config, &wg_service_group);
  const size_t kinds = wg_config_count(config, &wg_desk_kind_group);
  const int some_services = check_count(config, &wg_service_group, WG_SERVICE_MAX, error);
  const int some_kinds = check_count(config, &wg_desk_kind_group, WG_DESK_KIND_MAX, error);
  if (some_services || some_kinds)
    return WG_FAIL_CONFIG;
  *catalogue = (wg_catalogue){.service_count = (uint32_t)services, .desk_kind_count = (uint32_t)kinds};
  for (size_t k = 0; k < kinds; k++)
    catalogue->desk_kinds[k] = (wg_desk_kind){.id = wg_config_name(config, &wg_desk_kind_group, k),
                                              .params = wg_config_at(config, &wg_desk_kind_group, k)};
  int code = resolve_facilities(config, catalogue, error);
  for (size_t k = 0; k < kinds; k++) {
    const int failed = check_days(config, k, catalogue->desk_kinds[k].params, error);
    code = failed ? failed : code;
  }
  double total = 0.0;
  for (size_t i = 0; i < services; i++) {
    wg_service *service = catalogue->services + i;
    service->id = wg_config_name(config, &wg_service_group, i);
    service->params = wg_config_at(config, &wg_service_group, i);
    total += service->params->mix;
    const int failed = resolve_service(config, i, service, error);
    code = failed ? failed : code;
  }
  if (total <= 0.0)
    return wg_error_add(error, WG_FAIL_CONFIG, "services: all values of mix are zero");
  for (size_t i = 0; i < services; i++)
    catalogue->services[i].share = catalogue->services[i].params->mix / total;
  return code;
}
