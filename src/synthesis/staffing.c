// SPDX-License-Identifier: GPL-3.0-or-later
#include "synthesis/staffing.h"

#include "model/hours.h"
#include "model/post.h"
#include "schema/purpose.h"

static void place_desk(wg_subdistrict *s, uint32_t kind, const wg_desk_kind_params *p, uint64_t residents,
                       double everybody, uint64_t place, uint16_t community, uint16_t grid) {
  // A district's desk stands in the district once: each subdistrict has a part of it, by residents at first.
  const double whole = p->area == WG_AREA_DISTRICT ? (double)residents / everybody : 1.0;
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
                .experience = 65536,
                .first_post = WG_NO_ROW,
                .last_post = WG_NO_ROW,
                .community = community,
                .grid = grid,
                .kind = (uint8_t)kind};
}

static double district_residents(const wg_world *world) {
  double everybody = 0.0;
  for (uint32_t cell = 0; cell < WG_POPULATION_CELLS; cell++)
    everybody += (double)world->population_cells[cell];
  return everybody > 0.0 ? everybody : 1.0;
}

// Posts of all desks, as turnover has left them in the long run.
static int fill_posts(const wg_world *world, wg_subdistrict *s, wg_error *error) {
  const wg_month before = wg_date_month(world->run->start) - 1;
  uint64_t posts = 0;
  for (uint32_t d = 0; d < wg_desks_count(s); d++)
    posts += wg_posts_needed(wg_desks(s)[d].staff_centi);
  int code = wg_table_reserve(&s->tables[WG_TABLE_POST], posts, error);
  for (uint32_t d = 0; d < wg_desks_count(s) && !code; d++) {
    wg_desk *desk = wg_desks(s) + d;
    const wg_desk_kind_params *p = world->catalogue.desk_kinds[desk->kind].params;
    code = wg_posts_open(s, d, wg_posts_needed(desk->staff_centi), error);
    wg_posts_set(s, desk, before);
    wg_posts_settle(s, desk, world->luck, before, p->turnover / 12.0, p->vacancy_months);
    desk->experience = wg_posts_experience(s, desk, before, p->novice_loss, p->learning_months);
    desk->hired = 0;
    double after[WG_LOSS_COUNT];
    wg_desk_hours(desk, p, p->clerical_share, 0.0, after);
    desk->minutes = (uint32_t)after[WG_LOSS_TRAVEL]; // before policies: what is settled at the start goes by it
  }
  return code;
}

// Room for what each desk's hours are lost to.
static int open_losses(wg_subdistrict *s, wg_error *error) {
  const uint64_t rows = (uint64_t)wg_desks_count(s) * WG_LOSS_COUNT;
  const int code = wg_table_reserve(&s->tables[WG_TABLE_LOST], rows, error);
  if (code)
    return code;
  s->tables[WG_TABLE_LOST].count = (uint32_t)rows;
  for (uint32_t i = 0; i < wg_lost_count(s); i++)
    wg_lost(s)[i] = (wg_lost_row){0};
  return WG_OK;
}

static int staff_subdistrict(const wg_world *world, wg_subdistrict *s, wg_error *error) {
  const wg_catalogue *catalogue = &world->catalogue;
  const double everybody = district_residents(world);
  uint64_t wanted = 0, residents = 0;
  for (uint32_t c = 0; c < wg_communities_count(s); c++)
    residents += (uint64_t)wg_community_residents(s, c);
  for (uint32_t kind = 0; kind < catalogue->desk_kind_count; kind++) {
    const wg_desk_area area = (wg_desk_area)catalogue->desk_kinds[kind].params->area;
    wanted += area == WG_AREA_GRID ? wg_grids_count(s) : area == WG_AREA_COMMUNITY ? wg_communities_count(s) : 1;
  }
  if (wanted >= WG_NO_DESK)
    return wg_error_add(error, WG_FAIL_CONFIG, "%s: %llu desks (allowed: below %d in a subdistrict)", s->name,
                        (unsigned long long)wanted, WG_NO_DESK);
  int code = wg_table_reserve(&s->tables[WG_TABLE_DESK], wanted, error);
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
        place_desk(s, kind, p, (uint64_t)wg_community_residents(s, c), everybody, (uint64_t)wg_communities(s)[c].code,
                   (uint16_t)c, WG_NO_PLACE);
      break;
    case WG_AREA_SUBDISTRICT:
    case WG_AREA_DISTRICT:
      place_desk(s, kind, p, residents, everybody, (uint64_t)s->code, WG_NO_PLACE, WG_NO_PLACE);
      break;
    }
  }
  code = open_losses(s, error);
  return code ? code : fill_posts(world, s, error);
}

int wg_world_staff(wg_world *world, wg_error *error) {
  for (uint32_t i = 0; i < world->subdistrict_count; i++) {
    const int code = staff_subdistrict(world, world->subdistricts + i, error);
    if (code)
      return code;
  }
  return WG_OK;
}
