// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/access.h"

#include <stdlib.h>

#include "base/maths.h"
#include "model/world.h"

static const double metres_per_degree = 111200.0, radians_per_degree = 0.017453292519943295;

double wg_distance_m(double longitude, double latitude, double other_longitude, double other_latitude) {
  const double middle = 0.5 * (latitude + other_latitude);
  const double east = (longitude - other_longitude) * metres_per_degree * wg_cos(middle * radians_per_degree);
  const double north = (latitude - other_latitude) * metres_per_degree;
  return wg_sqrt(east * east + north * north);
}

int wg_facility_add(wg_subdistrict *s, const wg_facility *facility, wg_error *error) {
  wg_table *table = &s->tables[WG_TABLE_FACILITY];
  const int code = wg_table_reserve(table, (uint64_t)table->count + 1, error);
  if (code)
    return code;
  wg_facilities(s)[table->count++] = *facility;
  wg_communities(s)[facility->community].access_stale = 1;
  return WG_OK;
}

// What a community offers to others, and to its own.
typedef struct offer {
  double longitude, latitude;
  uint32_t open, own; // bit sets of kinds
} offer;

static void read_offers(const wg_world *world, offer *offers) {
  size_t first = 0;
  for (uint32_t i = 0; i < world->subdistrict_count; i++) {
    const wg_subdistrict *s = world->subdistricts + i;
    for (uint32_t c = 0; c < wg_communities_count(s); c++)
      offers[first + c] =
          (offer){.longitude = wg_communities(s)[c].longitude, .latitude = wg_communities(s)[c].latitude};
    for (uint32_t f = 0; f < wg_facilities_count(s); f++) {
      const wg_facility *facility = wg_facilities(s) + f;
      if (facility->closed)
        continue;
      offer *o = offers + first + facility->community;
      o->own |= 1U << facility->kind;
      o->open |= facility->own ? 0 : 1U << facility->kind;
    }
    first += wg_communities_count(s);
  }
  for (size_t e = 0; e < world->elsewhere_count; e++)
    offers[first + e] = (offer){.longitude = world->elsewhere[e].longitude,
                                .latitude = world->elsewhere[e].latitude,
                                .open = world->elsewhere[e].open};
}

typedef struct limits {
  double metres[WG_FACILITY_KIND_MAX], farthest;
} limits;

static limits read_limits(const wg_world *world) {
  const wg_access_params *p = wg_config_get(world->config, &wg_access_group);
  limits l = {.farthest = 0.0};
  for (uint32_t kind = 0; kind < world->catalogue.facility_kind_count; kind++) {
    const double minutes = (double)world->catalogue.facility_kinds[kind].params->walking_limit;
    l.metres[kind] = minutes * p->walking_speed / p->detour;
    l.farthest = l.metres[kind] > l.farthest ? l.metres[kind] : l.farthest;
  }
  return l;
}

static uint32_t reach_from(const offer *from, const offer *offers, size_t count, const limits *l) {
  const double farthest_degrees = l->farthest / metres_per_degree;
  uint32_t reach = from->own;
  for (size_t i = 0; i < count; i++) {
    uint32_t news = offers[i].open & ~reach;
    const double north = offers[i].latitude - from->latitude;
    if (!news || north > farthest_degrees || -north > farthest_degrees)
      continue;
    const double distance = wg_distance_m(from->longitude, from->latitude, offers[i].longitude, offers[i].latitude);
    for (uint32_t kind = 0; news; kind++, news >>= 1)
      if ((news & 1U) && distance <= l->metres[kind])
        reach |= 1U << kind;
  }
  return reach;
}

int wg_access_refresh(wg_world *world, wg_error *error) {
  if (!world->catalogue.facility_kind_count)
    return WG_OK;
  size_t own = 0;
  for (uint32_t i = 0; i < world->subdistrict_count; i++)
    own += wg_communities_count(world->subdistricts + i);
  const size_t count = own + world->elsewhere_count;
  offer *offers = calloc(count + 1, sizeof *offers);
  if (!offers)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for what %zu communities reach", count);
  read_offers(world, offers);
  const limits l = read_limits(world);
  size_t next = 0;
  for (uint32_t i = 0; i < world->subdistrict_count; i++)
    for (uint32_t c = 0; c < wg_communities_count(world->subdistricts + i); c++, next++) {
      wg_community *community = wg_communities(world->subdistricts + i) + c;
      community->reach = reach_from(offers + next, offers, count, &l);
      community->access_stale = 0;
    }
  free(offers);
  return WG_OK;
}
