// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/indicator.h"

#include "model/place_sum.h"

static double ratio(double part, double whole) {
  return whole > 0.0 ? part / whole : WG_NAN;
}

static int64_t residents(const wg_world *world, wg_place place) {
  int64_t sum = 0;
  WG_FOR_COMMUNITIES(world, place, s, c) sum += wg_community_residents(s, c);
  return sum;
}

static int64_t grids(const wg_world *world, wg_place place) {
  return WG_SUM_COMMUNITIES(world, place, grid_count);
}

static bool is_community_worker(wg_role role) {
  return role == WG_ROLE_COMMITTEE || role == WG_ROLE_STATION || role == WG_ROLE_SOCIAL_WORKERS;
}

// Of 1/100 person.
static int64_t community_workers(const wg_world *world, wg_place place) {
  int64_t sum = 0;
  WG_FOR_DESKS(world, place, s, desk) {
    if (is_community_worker((wg_role)world->catalogue.desk_kinds[desk->kind].params->role))
      sum += desk->filled_centi;
  }
  return sum;
}

static int64_t volunteers(const wg_world *world, wg_place place) {
  int64_t sum = 0;
  WG_FOR_COMMUNITIES(world, place, s, c)
  sum += wg_statuses(s)[(size_t)c * WG_STATUS_COUNT + WG_STATUS_VOLUNTEER].residents;
  return sum;
}

static int64_t service_space(const wg_world *world, wg_place place) {
  int64_t sum = 0;
  for (uint32_t i = place.first; i < place.last; i++) {
    const wg_subdistrict *s = world->subdistricts + i;
    for (uint32_t f = 0; f < wg_facilities_count(s); f++) {
      const wg_facility *facility = wg_facilities(s) + f;
      if (!facility->closed && world->catalogue.facility_kinds[facility->kind].params->service_space &&
          (place.community < 0 || facility->community == place.community))
        sum += facility->space;
    }
  }
  return sum;
}

static bool has_officer(const wg_world *world, const wg_subdistrict *s, uint32_t grid) {
  for (uint32_t kind = 0; kind < world->catalogue.desk_kind_count; kind++)
    if (world->catalogue.desk_kinds[kind].params->role == WG_ROLE_OFFICERS &&
        wg_desks(s)[wg_desk_for(s, kind, grid)].filled_centi > 0)
      return true;
  return false;
}

static int64_t staffed_grids(const wg_world *world, wg_place place) {
  int64_t sum = 0;
  WG_FOR_COMMUNITIES(world, place, s, c) {
    const wg_community *k = wg_communities(s) + c;
    for (uint32_t g = k->first_grid; g < (uint32_t)k->first_grid + k->grid_count; g++)
      sum += has_officer(world, s, g);
  }
  return sum;
}

double wg_indicator_of(const wg_world *world, wg_place place, wg_indicator indicator) {
  switch (indicator) {
  case WG_INDICATOR_WORKERS:
    return ratio((double)community_workers(world, place) * 100.0, (double)residents(world, place));
  case WG_INDICATOR_VOLUNTEERS:
    return ratio((double)volunteers(world, place), (double)residents(world, place));
  case WG_INDICATOR_SPACE:
    return ratio((double)service_space(world, place) * 100.0, (double)WG_SUM_COMMUNITIES(world, place, households));
  case WG_INDICATOR_GRID_SIZE:
    return ratio((double)residents(world, place), (double)grids(world, place));
  case WG_INDICATOR_STAFFED:
    return ratio((double)staffed_grids(world, place), (double)grids(world, place));
  case WG_INDICATOR_COUNT:
    break;
  }
  return WG_NAN;
}
