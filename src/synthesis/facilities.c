// SPDX-License-Identifier: GPL-3.0-or-later
#include "synthesis/facilities.h"

#include <stdlib.h>

#include "base/maths.h"
#include "schema/purpose.h"

static double share_of(const wg_facility_kind *kind, const wg_community_plan *m) {
  const double share = m->urban_rural_class >= WG_RURAL_CLASS ? kind->params->share_rural : kind->params->share_urban;
  return kind->by_community_kind ? share * kind->by_community_kind[m->kind] : share;
}

// A community's facilities of one kind. The name of the kind makes its luck, so that another kind changes nothing.
static uint64_t identity_of_all(const wg_facility_kind *kind, const wg_community_plan *m) {
  return wg_identity_make((uint64_t)m->code, wg_name_number(kind->id), WG_PURPOSE_IDENTITY_FACILITY);
}

static uint32_t count_facilities(wg_luck luck, const wg_facility_kind *kind, const wg_community_plan *m) {
  wg_draw draw = wg_draw_open(luck, WG_PURPOSE_SYNTHESIS_FACILITY, 0, identity_of_all(kind, m), 0);
  if (wg_draw_unit(&draw) >= share_of(kind, m))
    return 0;
  const double expected = (double)kind->params->number + kind->params->per_10000 * (double)m->residents / 10000.0;
  return (uint32_t)wg_whole(expected + wg_draw_unit(&draw));
}

// The facility of that number, from 0; its grid is a uniform number until it stands somewhere.
static wg_facility draw_facility(wg_luck luck, const wg_facility_kind *kind, const wg_community_plan *m,
                                 uint32_t number, uint32_t *grid) {
  const uint64_t all = identity_of_all(kind, m);
  wg_draw draw = wg_draw_open(luck, WG_PURPOSE_SYNTHESIS_FACILITY, 0, all, number + 1);
  *grid = wg_draw_u32(&draw);
  const bool keeps = m->kind == WG_COMPOUND || m->kind == WG_CAMPUS;
  return (wg_facility){.identity = wg_identity_make(all, number + 1, WG_PURPOSE_IDENTITY_FACILITY),
                       .space = (uint32_t)kind->params->space,
                       .own = keeps && wg_draw_unit(&draw) < kind->params->own_share};
}

// The facilities of one community, into its subdistrict (NULL: not simulated) or into what it offers. Adds their number to `sum`.
static int equip(const wg_world *world, const wg_community_plan *m, wg_subdistrict *s, uint32_t community,
                 wg_elsewhere *elsewhere, uint64_t *sum, wg_error *error) {
  for (uint32_t k = 0; k < world->catalogue.facility_kind_count; k++) {
    const wg_facility_kind *kind = world->catalogue.facility_kinds + k;
    const uint32_t count = count_facilities(world->luck, kind, m);
    for (uint32_t i = 0; i < count; i++) {
      uint32_t u;
      wg_facility facility = draw_facility(world->luck, kind, m, i, &u);
      facility.kind = (uint8_t)k;
      facility.community = (uint16_t)community;
      if (!s) {
        elsewhere->open |= facility.own ? 0 : 1U << k;
        continue;
      }
      facility.grid = (uint16_t)wg_community_grid(wg_communities(s) + community, u);
      const int code = wg_facility_add(s, &facility, error);
      if (code)
        return code;
    }
    *sum += count;
  }
  return WG_OK;
}

int wg_world_equip(wg_world *world, const wg_geography *geography, const bool *chosen, wg_error *error) {
  world->elsewhere = calloc(geography->community_count + 1, sizeof *world->elsewhere);
  if (!world->elsewhere)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for the facilities of %zu communities",
                        geography->community_count);
  uint64_t facilities = 0, residents = 0;
  wg_subdistrict *next = world->subdistricts;
  for (size_t i = 0; i < geography->subdistrict_count; i++) {
    const wg_subdistrict_plan *plan = geography->subdistricts + i;
    wg_subdistrict *s = chosen[i] ? next++ : NULL;
    for (size_t c = 0; c < plan->community_count; c++) {
      const wg_community_plan *m = geography->communities + plan->first_community + c;
      wg_elsewhere *elsewhere = NULL;
      if (!s) {
        elsewhere = world->elsewhere + world->elsewhere_count++;
        *elsewhere = (wg_elsewhere){.longitude = m->longitude, .latitude = m->latitude};
      }
      const int code = equip(world, m, s, (uint32_t)c, elsewhere, &facilities, error);
      if (code)
        return code;
      residents += (uint64_t)m->residents;
    }
  }
  world->facilities_per_resident = residents ? (double)facilities / (double)residents : 0.0;
  return wg_access_refresh(world, error);
}
