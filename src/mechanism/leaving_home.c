// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/leaving_home.h"

#include <stdlib.h>

#include "base/maths.h"
#include "model/list_check.h"
#include "model/partner.h"
#include "model/relocation.h"
#include "model/room.h"
#include "model/turn.h"
#include "model/vacancy.h"
#include "schema/purpose.h"

WG_PARAM_GROUP(wg_leaving_home_group, "leaving_home", false, wg_leaving_home_params, WG_LEAVING_HOME_PARAMS, "离家",
               "Who leaves the parents, the dormitory, or a dwelling where he or she is old and alone.");

enum { LEAVES_FIRST = 18, LEAVES_LAST = 40, OLD = 75 }; // years

typedef struct constants {
  double parents[WG_AGE_BAND_COUNT], room[WG_AGE_BAND_COUNT]; // probability in a month
  double care;
  uint32_t to_room, to_relatives;
} constants;

static int check_bands(const wg_world *world, const char *name, wg_reals yearly, wg_error *error) {
  return wg_list_check(world->config, &wg_leaving_home_group, name, yearly.count, WG_AGE_BAND_COUNT, error);
}

static int prepare(const wg_world *world, void **result, wg_error *error) {
  const wg_leaving_home_params *p = wg_config_get(world->config, &wg_leaving_home_group);
  const int parents = check_bands(world, "leave_parents", p->leave_parents, error);
  const int room = check_bands(world, "leave_room", p->leave_room, error);
  if (parents || room)
    return parents ? parents : room;
  constants *c = calloc(1, sizeof *c);
  if (!c)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for leaving home");
  for (uint32_t band = 0; band < WG_AGE_BAND_COUNT; band++) {
    c->parents[band] = p->leave_parents.items[band] / 12.0;
    c->room[band] = p->leave_room.items[band] / 12.0;
  }
  const double care = p->care_home + p->care_relatives;
  c->care = care / 12.0;
  c->to_room = wg_threshold(p->to_room);
  c->to_relatives = wg_threshold(care > 0.0 ? p->care_relatives / care : 0.0);
  *result = c;
  return WG_OK;
}

// ---- events ----

static double parents_cap(const wg_world *world, const void *constants_, wg_month month, uint32_t years,
                          uint32_t traits) {
  (void)world;
  (void)month;
  const constants *c = constants_;
  const bool member = !(traits & (WG_TRAIT_HEAD | WG_TRAIT_COLLECTIVE));
  return member && years >= LEAVES_FIRST && years <= LEAVES_LAST ? c->parents[wg_age_band(years)] : 0.0;
}

// A child of the head by age, and not the head's partner: flatmates and siblings of the head stay.
static bool is_adult_child(const wg_subdistrict *s, const wg_resident *r) {
  if (r->traits & (WG_TRAIT_HEAD | WG_TRAIT_COLLECTIVE))
    return false;
  const uint32_t head = wg_household_head(s, wg_households(s) + r->household);
  return wg_residents(s)[head].birth_month + WG_PARENT_OLDER_MONTHS <= r->birth_month &&
         wg_partner_of(s, head) != (uint32_t)(r - wg_residents(s));
}

static double parents_rate(const wg_context *context, const wg_resident *resident, uint32_t years) {
  const constants *c = context->constants;
  return is_adult_child(context->s, resident) ? c->parents[wg_age_band(years)] : 0.0;
}

static double room_cap(const wg_world *world, const void *constants_, wg_month month, uint32_t years, uint32_t traits) {
  (void)world;
  (void)month;
  const constants *c = constants_;
  return (traits & WG_TRAIT_COLLECTIVE) && years >= LEAVES_FIRST ? c->room[wg_age_band(years)] : 0.0;
}

static double room_rate(const wg_context *context, const wg_resident *resident, uint32_t years) {
  const constants *c = context->constants;
  return wg_trait_activity(resident->traits) == WG_STUDENT ? 0.0 : c->room[wg_age_band(years)];
}

static double care_cap(const wg_world *world, const void *constants_, wg_month month, uint32_t years, uint32_t traits) {
  (void)world;
  (void)month;
  const constants *c = constants_;
  return (traits & WG_TRAIT_HEAD) && !(traits & WG_TRAIT_COLLECTIVE) && years >= LEAVES_FIRST ? c->care : 0.0;
}

static double care_rate(const wg_context *context, const wg_resident *resident, uint32_t years) {
  const constants *c = context->constants;
  const bool needs_care = years >= OLD || wg_trait_care(resident->traits) == WG_CARE_DISABLED;
  return needs_care && wg_households(context->s)[resident->household].size == 1 ? c->care : 0.0;
}

static void list(wg_context *context, uint32_t resident, wg_leaving_kind kind) {
  wg_subdistrict *s = context->s;
  wg_leavers(s)[s->tables[WG_TABLE_LEAVER].count++] =
      (wg_leaver){.identity = wg_residents(s)[resident].identity, .resident = resident, .kind = kind};
}

static void leave_parents(wg_context *context, uint32_t resident) {
  list(context, resident, WG_LEAVES_PARENTS);
}

static void leave_room(wg_context *context, uint32_t resident) {
  list(context, resident, WG_LEAVES_ROOM);
}

static void leave_for_care(wg_context *context, uint32_t resident) {
  list(context, resident, WG_LEAVES_FOR_CARE);
}

// ---- the month's end ----

typedef struct departures {
  wg_world *world;
  const constants *c;
  wg_vacancies dwellings, beds;
  wg_month month; // at whose first day ages are counted
  wg_error *error;
} departures;

typedef struct luck_of_one {
  uint32_t u_way, u, u_grid;
} chance;

static void recount(departures *d, uint32_t one, uint32_t other) {
  wg_vacancies_recount(&d->dwellings, one);
  wg_vacancies_recount(&d->beds, one);
  wg_vacancies_recount(&d->dwellings, other);
  wg_vacancies_recount(&d->beds, other);
}

static uint64_t new_household(const departures *d, const wg_turn *turn) {
  return wg_identity_make(turn->identity, (uint64_t)d->month, WG_PURPOSE_IDENTITY_HOUSEHOLD);
}

static wg_spot spot_of(const departures *d, const wg_turn *turn) {
  return (wg_spot){turn->subdistrict, wg_residents(d->world->subdistricts + turn->subdistrict)[turn->row].grid};
}

// To a household of their own. False in `went` where nothing is vacant.
static int found(departures *d, const wg_turn *turn, const wg_going *going, const wg_vacancies *vacancies,
                 wg_move_reason reason, const chance *luck, bool *went) {
  wg_spot spot;
  *went = wg_vacancies_find(vacancies, spot_of(d, turn), luck->u, luck->u_grid, &spot);
  if (!*went)
    return WG_OK;
  const int code =
      wg_members_settle(d->world->subdistricts + turn->subdistrict, going, d->world->subdistricts + spot.subdistrict,
                        spot.grid, new_household(d, turn), vacancies->kind, reason, d->month, NULL, d->error);
  recount(d, turn->subdistrict, spot.subdistrict);
  return code;
}

// Alone, to a shared room. False in `went` where no bed is free.
static int share_room(departures *d, const wg_turn *turn, const wg_going *going, const chance *luck, bool *went) {
  wg_spot spot;
  *went = wg_vacancies_find(&d->beds, spot_of(d, turn), luck->u, luck->u_grid, &spot);
  if (!*went)
    return WG_OK;
  wg_subdistrict *from = d->world->subdistricts + turn->subdistrict, *to = d->world->subdistricts + spot.subdistrict;
  int code = wg_relocation_reserve(from, to, 1, d->error);
  if (code)
    return code;
  const uint32_t room = wg_room_take(to, spot.grid, wg_resident_sex(wg_residents(from) + turn->row),
                                     d->world->room_size, new_household(d, turn));
  code = wg_members_relocate(from, going, to, room, WG_MOVE_HOUSING, d->month, NULL, d->error);
  recount(d, turn->subdistrict, spot.subdistrict);
  return code;
}

static int from_parents(departures *d, const wg_turn *turn, const chance *luck) {
  const wg_subdistrict *s = d->world->subdistricts + turn->subdistrict;
  if (!is_adult_child(s, wg_residents(s) + turn->row))
    return WG_OK; // the household has changed since
  wg_going going;
  wg_going_set(s, turn->row, true, d->month, &going);
  bool went = false;
  int code = WG_OK;
  if (going.count == 1 && luck->u_way < d->c->to_room)
    code = share_room(d, turn, &going, luck, &went);
  if (!code && !went)
    code = found(d, turn, &going, &d->dwellings, WG_MOVE_HOUSING, luck, &went);
  if (!code && !went && going.count == 1)
    code = share_room(d, turn, &going, luck, &went);
  return code;
}

static int from_room(departures *d, const wg_turn *turn, const chance *luck) {
  const wg_subdistrict *s = d->world->subdistricts + turn->subdistrict;
  if (!(wg_residents(s)[turn->row].traits & WG_TRAIT_COLLECTIVE))
    return WG_OK;
  const wg_going alone = {1, {turn->row}};
  bool went;
  return found(d, turn, &alone, &d->dwellings, WG_MOVE_HOUSING, luck, &went);
}

// In a home they have a room of their own, so that they share none with the young.
static int for_care(departures *d, const wg_turn *turn, const chance *luck) {
  wg_subdistrict *s = d->world->subdistricts + turn->subdistrict;
  const uint32_t household = wg_residents(s)[turn->row].household;
  if (wg_households(s)[household].size != 1 || wg_households(s)[household].kind != WG_FAMILY)
    return WG_OK;
  if (luck->u_way < d->c->to_relatives) {
    const int code = wg_household_go_outside(s, household, WG_MOVE_FAMILY, d->month, d->error);
    wg_vacancies_recount(&d->dwellings, turn->subdistrict);
    return code;
  }
  const wg_going alone = {1, {turn->row}};
  bool went;
  return found(d, turn, &alone, &d->beds, WG_MOVE_FAMILY, luck, &went);
}

static const uint16_t purposes[] = {WG_PURPOSE_LEAVE_PARENTS, WG_PURPOSE_LEAVE_ROOM, WG_PURPOSE_LEAVE_FOR_CARE};

// Whoever has moved already with somebody else this month is passed over.
static int take_turn(departures *d, const wg_turn *turn) {
  const wg_resident *r = wg_residents(d->world->subdistricts + turn->subdistrict) + turn->row;
  if (r->identity != turn->identity || !wg_resident_here(r))
    return WG_OK;
  wg_draw draw = wg_draw_open(d->world->luck, purposes[turn->what], (uint32_t)d->world->month, turn->identity, 1);
  const uint32_t u_way = wg_draw_u32(&draw), u = wg_draw_u32(&draw), u_grid = wg_draw_u32(&draw);
  const chance luck = {u_way, u, u_grid};
  switch ((wg_leaving_kind)turn->what) {
  case WG_LEAVES_PARENTS:
    return from_parents(d, turn, &luck);
  case WG_LEAVES_ROOM:
    return from_room(d, turn, &luck);
  case WG_LEAVES_FOR_CARE:
    return for_care(d, turn, &luck);
  }
  return WG_OK;
}

static size_t take_lists(const departures *d, wg_turn *turns) {
  size_t count = 0;
  for (uint32_t i = 0; i < d->world->subdistrict_count; i++) {
    wg_subdistrict *s = d->world->subdistricts + i;
    for (uint32_t j = 0; j < wg_leavers_count(s); j++) {
      const wg_leaver *l = wg_leavers(s) + j;
      turns[count++] = wg_turn_make(d->world, purposes[l->kind], l->identity, i, l->resident, l->kind);
    }
    s->tables[WG_TABLE_LEAVER].count = 0;
  }
  wg_turns_sort(turns, count);
  return count;
}

static int exchange(wg_world *world, const void *constants_, wg_error *error) {
  departures d = {.world = world, .c = constants_, .month = world->month + 1, .error = error};
  size_t count = 0;
  for (uint32_t i = 0; i < world->subdistrict_count; i++)
    count += wg_leavers_count(world->subdistricts + i);
  wg_turn *turns = malloc((count + 1) * sizeof *turns);
  if (!turns)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for %zu who leave home", count);
  count = take_lists(&d, turns);
  int code = wg_vacancies_open(world, WG_FAMILY, &d.dwellings, error);
  if (!code)
    code = wg_vacancies_open(world, WG_COLLECTIVE, &d.beds, error);
  for (size_t i = 0; i < count && !code; i++)
    code = take_turn(&d, turns + i);
  wg_vacancies_close(&d.dwellings);
  wg_vacancies_close(&d.beds);
  free(turns);
  return code;
}

static const wg_roll_event events[] = {
    {"leave_parents", WG_PURPOSE_LEAVE_PARENTS, .lists = WG_TABLE_LEAVER, .cap = parents_cap, .rate = parents_rate,
     .happen = leave_parents},
    {"leave_room", WG_PURPOSE_LEAVE_ROOM, .lists = WG_TABLE_LEAVER, .cap = room_cap, .rate = room_rate,
     .happen = leave_room},
    {"leave_for_care", WG_PURPOSE_LEAVE_FOR_CARE, .lists = WG_TABLE_LEAVER, .cap = care_cap, .rate = care_rate,
     .happen = leave_for_care},
};

static const wg_param_group *const groups[] = {&wg_leaving_home_group};

const wg_mechanism wg_leaving_home = {
    .name = "leaving_home",
    .label = "离家",
    .doc =
        "Adult children found a household of their own with partner and children in a vacant dwelling near, or alone "
        "go to a collective household. Residents of collective households who are no students move to a dwelling of "
        "their own. Persons alone, of 75 or over or disabled, move to a home or to relatives outside the district.",
    .groups = groups,
    .group_count = 1,
    .events = events,
    .event_count = sizeof events / sizeof *events,
    .prepare = prepare,
    .exchange = exchange,
};
