// SPDX-License-Identifier: GPL-3.0-or-later
#include "synthesis/staffing.h"

#include "schema/purpose.h"

static uint64_t residents_of_community(const wg_subdistrict *s, uint32_t community) {
  const wg_community *c = wg_communities(s) + community;
  uint64_t total = 0;
  for (uint32_t g = c->first_grid; g < (uint32_t)c->first_grid + c->grid_count; g++)
    total += wg_grids(s)[g].residents;
  return total;
}

static void place_desk(wg_subdistrict *s, uint32_t kind, const wg_desk_kind_params *p, uint64_t residents,
                       double district_residents, uint64_t place, uint16_t community, uint16_t grid) {
  // A district's desk stands in the district once: each subdistrict has a part of it, by residents at first.
  const double whole = p->area == WG_AREA_DISTRICT ? (double)residents / district_residents : 1.0;
  const double staff = p->staff * whole + p->staff_per_10000 * (double)residents / 10000.0;
  const uint32_t centi = (uint32_t)(staff * 100.0 + 0.5);
  wg_desks(s)[s->tables[WG_TABLE_DESK].count++] =
      (wg_desk){.identity = wg_identity_make(place, kind, WG_PURPOSE_IDENTITY_DESK),
                .queue = WG_NO_ROW,
                .first_enrolment = WG_NO_ROW,
                .last_enrolment = WG_NO_ROW,
                .waiting_list = WG_NO_ROW,
                .residents_base = (uint32_t)residents,
                .staff_base = centi,
                .staff_centi = centi,
                .minutes = (uint32_t)((double)centi / 100.0 * (double)p->minutes * (1.0 - p->clerical_share)),
                .community = community,
                .grid = grid,
                .kind = (uint8_t)kind};
}

static int staff_subdistrict(const wg_world *world, wg_subdistrict *s, wg_error *error) {
  const wg_catalogue *catalogue = &world->catalogue;
  double everybody = 0.0;
  for (uint32_t cell = 0; cell < WG_POPULATION_CELLS; cell++)
    everybody += (double)world->population_cells[cell];
  everybody = everybody > 0.0 ? everybody : 1.0;
  uint64_t wanted = 0, residents = 0;
  for (uint32_t c = 0; c < wg_communities_count(s); c++)
    residents += residents_of_community(s, c);
  for (uint32_t kind = 0; kind < catalogue->desk_kind_count; kind++) {
    const wg_desk_area area = (wg_desk_area)catalogue->desk_kinds[kind].params->area;
    wanted += area == WG_AREA_GRID ? wg_grids_count(s) : area == WG_AREA_COMMUNITY ? wg_communities_count(s) : 1;
  }
  if (wanted >= WG_NO_DESK)
    return wg_error_add(error, WG_FAIL_CONFIG, "%s: %llu desks (allowed: below %d in a subdistrict)", s->name,
                        (unsigned long long)wanted, WG_NO_DESK);
  const int code = wg_table_reserve(&s->tables[WG_TABLE_DESK], wanted, error);
  if (code)
    return code;
  for (uint32_t kind = 0; kind < catalogue->desk_kind_count; kind++) {
    const wg_desk_kind_params *p = catalogue->desk_kinds[kind].params;
    s->desk_of[kind] = wg_desks_count(s);
    s->desk_area[kind] = (uint8_t)p->area;
    switch ((wg_desk_area)p->area) {
    case WG_AREA_GRID:
      for (uint32_t g = 0; g < wg_grids_count(s); g++)
        place_desk(s, kind, p, wg_grids(s)[g].residents, everybody, wg_grids(s)[g].identity, wg_grids(s)[g].community,
                   (uint16_t)g);
      break;
    case WG_AREA_COMMUNITY:
      for (uint32_t c = 0; c < wg_communities_count(s); c++)
        place_desk(s, kind, p, residents_of_community(s, c), everybody, (uint64_t)wg_communities(s)[c].code,
                   (uint16_t)c, WG_NO_PLACE);
      break;
    case WG_AREA_SUBDISTRICT:
    case WG_AREA_DISTRICT:
      place_desk(s, kind, p, residents, everybody, (uint64_t)s->code, WG_NO_PLACE, WG_NO_PLACE);
      break;
    }
  }
  return WG_OK;
}

int wg_world_staff(wg_world *world, wg_error *error) {
  for (uint32_t i = 0; i < world->subdistrict_count; i++) {
    const int code = staff_subdistrict(world, world->subdistricts + i, error);
    if (code)
      return code;
  }
  return WG_OK;
}
