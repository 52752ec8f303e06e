// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/facilities.h"

#include "model/access.h"
#include "model/place_sum.h"

static bool some_kinds(const wg_world *world) {
  return world->catalogue.facility_kind_count > 0;
}

// What was opened or closed in the month is within reach from its end on.
static int exchange(wg_world *world, const void *constants, wg_error *error) {
  (void)constants;
  for (uint32_t i = 0; i < world->subdistrict_count; i++)
    for (uint32_t c = 0; c < wg_communities_count(world->subdistricts + i); c++)
      if (wg_communities(world->subdistricts + i)[c].access_stale)
        return wg_access_refresh(world, error);
  return WG_OK;
}

static void count(const wg_world *world, wg_place place, void *block) {
  int64_t *sums = block;
  for (uint32_t k = 0; k < world->catalogue.facility_kind_count; k++)
    sums[k] = 0;
  for (uint32_t i = place.first; i < place.last; i++) {
    const wg_subdistrict *s = world->subdistricts + i;
    for (uint32_t f = 0; f < wg_facilities_count(s); f++) {
      const wg_facility *facility = wg_facilities(s) + f;
      if (!facility->closed && (place.community < 0 || facility->community == place.community))
        sums[facility->kind]++;
    }
  }
}

static void access_coverage(const wg_world *world, wg_place place, void *block) {
  double *shares = block;
  int64_t reach[WG_FACILITY_KIND_MAX] = {0}, all = 0;
  WG_FOR_COMMUNITIES(world, place, s, c) {
    const int64_t residents = wg_community_residents(s, c);
    all += residents;
    for (uint32_t k = 0; k < world->catalogue.facility_kind_count; k++)
      reach[k] += wg_communities(s)[c].reach >> k & 1U ? residents : 0;
  }
  for (uint32_t k = 0; k < world->catalogue.facility_kind_count; k++)
    shares[k] = all ? (double)reach[k] / (double)all : WG_NAN;
}

static const wg_output outputs[] = {
    {"facilities", WG_I32, {WG_AXIS_FACILITY}, "facility", "Open service facilities", "服务设施", count},
    {"access_coverage",
     WG_F64,
     {WG_AXIS_FACILITY},
     "1",
     "Share of residents who can walk to such a facility within its limit",
     "设施可达覆盖率",
     access_coverage},
};

static const wg_param_group *const groups[] = {&wg_facility_group, &wg_access_group};

const wg_mechanism wg_facilities_mechanism = {
    .name = "facilities",
    .label = "服务设施",
    .doc =
        "Communities have facilities of several kinds, drawn at the start. Residents can use one if the walk from "
        "their community's point to that of the facility's community, the straight distance times a detour at walking "
        "speed, is within the kind's limit; what their own community has is within reach, what another compound or "
        "campus keeps to itself is not. Facilities of subdistricts that are not simulated stay as at the start.",
    .groups = groups,
    .group_count = sizeof groups / sizeof *groups,
    .outputs = outputs,
    .output_count = sizeof outputs / sizeof *outputs,
    .outputs_wanted = some_kinds,
    .exchange = exchange,
};
