// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/partnership.h"

#include <stdlib.h>

#include "base/maths.h"
#include "model/arrival.h"
#include "model/list_check.h"
#include "model/matching.h"
#include "model/partner.h"
#include "model/relocation.h"
#include "model/shares.h"
#include "model/turn.h"
#include "model/vacancy.h"
#include "schema/purpose.h"

WG_PARAM_GROUP(wg_partnership_group, "partnership", false, wg_partnership_params, WG_PARTNERSHIP_PARAMS, "伴侣",
               "Couples form and part.");

enum { MARRIED_LEAST = 20, OUTSIDE_SPREAD = 24 }; // years; months around the age that suits best

typedef struct constants {
  double seek[WG_SEX_COUNT][WG_AGE_BAND_COUNT]; // probability in a month
  double collective, separation;
  int32_t husband_older; // months
  uint32_t most_apart;   // months
  uint32_t from_outside;
  uint32_t registration[WG_REGISTRATION_COUNT]; // cumulative thresholds
} constants;

static int check_bands(const wg_world *world, const char *name, wg_reals yearly, wg_error *error) {
  return wg_list_check(world->config, &wg_partnership_group, name, yearly.count, WG_AGE_BAND_COUNT, error);
}

static int check(const wg_world *world, const wg_partnership_params *p, wg_error *error) {
  const int men = check_bands(world, "seek_men", p->seek_men, error);
  const int women = check_bands(world, "seek_women", p->seek_women, error);
  const int shares = wg_shares_check(world, &wg_partnership_group, "outside_registration", p->outside_registration,
                                     WG_REGISTRATION_COUNT, error);
  return men ? men : women ? women : shares;
}

static int prepare(const wg_world *world, void **result, wg_error *error) {
  const wg_partnership_params *p = wg_config_get(world->config, &wg_partnership_group);
  const int code = check(world, p, error);
  if (code)
    return code;
  constants *c = calloc(1, sizeof *c);
  if (!c)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for partnership");
  for (uint32_t band = 0; band < WG_AGE_BAND_COUNT; band++) {
    c->seek[0][band] = p->seek_men.items[band] / 12.0;
    c->seek[1][band] = p->seek_women.items[band] / 12.0;
  }
  c->collective = p->seek_collective;
  c->separation = p->separation / 12.0;
  c->husband_older = (int32_t)(p->husband_older * 12.0);
  c->most_apart = (uint32_t)(p->most_apart * 12.0);
  c->from_outside = wg_threshold(p->partner_from_outside);
  wg_shares_cumulate(p->outside_registration.items, WG_REGISTRATION_COUNT, c->registration);
  *result = c;
  return WG_OK;
}

// ---- events ----

static double seek_cap(const wg_world *world, const void *constants_, wg_month month, uint32_t years, uint32_t traits) {
  (void)world;
  (void)month;
  const constants *c = constants_;
  if (years < MARRIED_LEAST)
    return 0.0;
  return c->seek[traits & WG_TRAIT_FEMALE][wg_age_band(years)] * (traits & WG_TRAIT_COLLECTIVE ? c->collective : 1.0);
}

static double seek_rate(const wg_context *context, const wg_resident *resident, uint32_t years) {
  return resident->traits & WG_TRAIT_PARTNERED
             ? 0.0
             : seek_cap(context->world, context->constants, context->month, years, resident->traits);
}

static double separate_cap(const wg_world *world, const void *constants_, wg_month month, uint32_t years,
                           uint32_t traits) {
  (void)world;
  (void)month;
  const constants *c = constants_;
  return (traits & WG_TRAIT_HEAD) && !(traits & WG_TRAIT_COLLECTIVE) && years >= MARRIED_LEAST ? c->separation : 0.0;
}

static double separate_rate(const wg_context *context, const wg_resident *resident, uint32_t years) {
  (void)years;
  const constants *c = context->constants;
  return resident->traits & WG_TRAIT_PARTNERED ? c->separation : 0.0;
}

static void list(wg_context *context, uint32_t resident, bool separates) {
  wg_subdistrict *s = context->s;
  wg_suitors(s)[s->tables[WG_TABLE_SUITOR].count++] =
      (wg_suitor){.identity = wg_residents(s)[resident].identity, .resident = resident, .separates = separates};
}

static void seek(wg_context *context, uint32_t resident) {
  list(context, resident, false);
}

static void separate(wg_context *context, uint32_t resident) {
  list(context, resident, true);
}

// ---- the month's end ----

typedef struct registry_office {
  wg_world *world;
  const constants *c;
  wg_vacancies dwellings;
  wg_month month; // at whose first day ages are counted
  wg_error *error;
} office;

// Where a resident is at the moment: moving gives new rows.
typedef struct whereabouts {
  uint32_t subdistrict, row;
} person;

static wg_subdistrict *place_of(const office *o, person p) {
  return o->world->subdistricts + p.subdistrict;
}

static const wg_resident *resident_of(const office *o, person p) {
  return wg_residents(place_of(o, p)) + p.row;
}

static const wg_household *home_of(const office *o, person p) {
  return wg_households(place_of(o, p)) + resident_of(o, p)->household;
}

static wg_spot spot_of(const office *o, person p) {
  return (wg_spot){p.subdistrict, resident_of(o, p)->grid};
}

static bool is_free(const office *o, person p, uint64_t identity) {
  const wg_resident *r = resident_of(o, p);
  return r->identity == identity && wg_resident_here(r) && !(r->traits & WG_TRAIT_PARTNERED);
}

static bool in_family(const office *o, person p) {
  return home_of(o, p)->kind == WG_FAMILY;
}

// Heads a family household as its only adult: a partner moves in.
static bool keeps_home(const office *o, person p) {
  return in_family(o, p) && (resident_of(o, p)->traits & WG_TRAIT_HEAD) &&
         wg_is_only_adult(place_of(o, p), p.row, o->month);
}

static void recount(office *o, uint32_t one, uint32_t other) {
  wg_vacancies_recount(&o->dwellings, one);
  if (other != one)
    wg_vacancies_recount(&o->dwellings, other);
}

// With the children. `p` becomes where he or she is then.
static int join_home(office *o, person *p, person host) {
  wg_going going;
  uint32_t rows[WG_GOING_MAX];
  wg_going_set(place_of(o, *p), p->row, false, o->month, &going);
  const int code = wg_members_relocate(place_of(o, *p), &going, place_of(o, host), resident_of(o, host)->household,
                                       WG_MOVE_FAMILY, o->month, rows, o->error);
  if (code)
    return code;
  recount(o, p->subdistrict, host.subdistrict);
  *p = (person){host.subdistrict, rows[0]};
  return WG_OK;
}

static int found_home(office *o, person *p, wg_spot spot) {
  wg_going going;
  uint32_t rows[WG_GOING_MAX];
  wg_going_set(place_of(o, *p), p->row, false, o->month, &going);
  const uint64_t identity =
      wg_identity_make(resident_of(o, *p)->identity, (uint64_t)o->month, WG_PURPOSE_IDENTITY_HOUSEHOLD);
  const int code = wg_members_settle(place_of(o, *p), &going, o->world->subdistricts + spot.subdistrict, spot.grid,
                                     identity, WG_FAMILY, WG_MOVE_FAMILY, o->month, rows, o->error);
  if (code)
    return code;
  recount(o, p->subdistrict, spot.subdistrict);
  *p = (person){spot.subdistrict, rows[0]};
  return WG_OK;
}

static int leave_district(office *o, person p) {
  const int code = wg_resident_go_outside(place_of(o, p), p.row, WG_MOVE_FAMILY, o->month, o->error);
  wg_vacancies_recount(&o->dwellings, p.subdistrict);
  return code;
}

static int become_couple(office *o, person one, person other) {
  wg_couple_form(place_of(o, one), one.row, other.row, o->month);
  return WG_OK;
}

// Of two who could both stay the one with more people at home does, then the older.
static bool man_stays(const office *o, person man, person woman) {
  const bool man_keeps = keeps_home(o, man), woman_keeps = keeps_home(o, woman);
  if (man_keeps != woman_keeps)
    return man_keeps;
  const uint32_t at_his = home_of(o, man)->size, at_hers = home_of(o, woman)->size;
  if (at_his != at_hers)
    return at_his > at_hers;
  return resident_of(o, man)->birth_month <= resident_of(o, woman)->birth_month;
}

static int settle_couple(office *o, const wg_turn *turn, person man, person woman) {
  wg_draw draw = wg_draw_open(o->world->luck, WG_PURPOSE_SEEK_PARTNER, (uint32_t)o->world->month, turn->identity, 1);
  const bool near_him = wg_draw_u32(&draw) >> 31;
  const uint32_t u = wg_draw_u32(&draw), u_grid = wg_draw_u32(&draw);
  int code;
  wg_spot spot;
  if (keeps_home(o, man) || keeps_home(o, woman)) {
    const bool his = man_stays(o, man, woman);
    code = his ? join_home(o, &woman, man) : join_home(o, &man, woman);
  } else if (wg_vacancies_find(&o->dwellings, spot_of(o, near_him ? man : woman), u, u_grid, &spot)) {
    code = found_home(o, &man, spot); // he becomes the reference person, as in the census households
    if (!code)
      code = join_home(o, &woman, man);
  } else if (in_family(o, man)) {
    code = join_home(o, &woman, man);
  } else if (in_family(o, woman)) {
    code = join_home(o, &man, woman);
  } else {
    code = leave_district(o, man);
    return code ? code : leave_district(o, woman);
  }
  return code ? code : become_couple(o, man, woman);
}

// A partner from outside comes to where the seeker lives by now.
static int arrive(office *o, person seeker) {
  const wg_resident r = *resident_of(o, seeker);
  wg_subdistrict *s = place_of(o, seeker);
  const int code = wg_residents_reserve(s, 1, o->error);
  if (code)
    return code;
  const uint64_t identity = wg_identity_make(r.identity, (uint64_t)o->month, WG_PURPOSE_IDENTITY_PARTNER);
  wg_draw draw = wg_draw_open(o->world->luck, WG_PURPOSE_PARTNER, (uint32_t)o->world->month, r.identity, 1);
  const int32_t older = wg_resident_sex(&r) ? o->c->husband_older : -o->c->husband_older;
  wg_month born =
      (wg_month)r.birth_month - older + OUTSIDE_SPREAD - (wg_month)wg_draw_below(&draw, 2 * OUTSIDE_SPREAD + 1);
  if (born > o->month - MARRIED_LEAST * 12)
    born = o->month - MARRIED_LEAST * 12;
  if (born < o->month - WG_AGE_MAX * 12)
    born = o->month - WG_AGE_MAX * 12;
  const uint32_t registration = wg_shares_pick(o->c->registration, WG_REGISTRATION_COUNT, wg_draw_u32(&draw));
  uint32_t traits = wg_resident_sex(&r) ? 0 : WG_TRAIT_FEMALE;
  traits = wg_trait_with_registration(traits, (wg_registration)registration);
  traits = wg_trait_with_activity(traits, wg_trait_activity(r.traits));
  traits = wg_trait_with_education(traits, wg_trait_education(r.traits));
  const uint32_t row = wg_resident_arrive(o->world, s, r.household, identity, born, traits, WG_MOVE_FAMILY, o->month);
  return become_couple(o, seeker, (person){seeker.subdistrict, row});
}

static int find_outside(office *o, const wg_turn *turn, person seeker) {
  wg_draw draw = wg_draw_open(o->world->luck, WG_PURPOSE_SEEK_PARTNER, (uint32_t)o->world->month, turn->identity, 1);
  const bool comes = wg_draw_u32(&draw) < o->c->from_outside;
  const uint32_t u = wg_draw_u32(&draw), u_grid = wg_draw_u32(&draw);
  if (!comes)
    return WG_OK;
  wg_spot spot;
  int code = WG_OK;
  if (!keeps_home(o, seeker)) {
    if (wg_vacancies_find(&o->dwellings, spot_of(o, seeker), u, u_grid, &spot))
      code = found_home(o, &seeker, spot);
    else if (!in_family(o, seeker))
      return leave_district(o, seeker);
  }
  return code ? code : arrive(o, seeker);
}

// Children stay with their mother: where there are any the man goes, otherwise either.
static int part(office *o, const wg_turn *turn, person head) {
  wg_subdistrict *s = place_of(o, head);
  const uint32_t partner = wg_partner_of(s, head.row);
  if (partner == WG_NO_ROW)
    return WG_OK;
  wg_going family;
  wg_going_set(s, head.row, true, o->month, &family);
  wg_draw draw = wg_draw_open(o->world->luck, WG_PURPOSE_SEPARATION, (uint32_t)o->world->month, turn->identity, 1);
  const bool either = wg_draw_u32(&draw) >> 31;
  const uint32_t u = wg_draw_u32(&draw), u_grid = wg_draw_u32(&draw);
  const bool head_goes = family.count > 2 ? wg_resident_sex(wg_residents(s) + head.row) == 0 : either;
  const person who = {head.subdistrict, head_goes ? head.row : partner};
  wg_spot spot;
  if (!wg_vacancies_find(&o->dwellings, spot_of(o, who), u, u_grid, &spot))
    return leave_district(o, who);
  const wg_going alone = {1, {who.row}};
  const uint64_t identity =
      wg_identity_make(resident_of(o, who)->identity, (uint64_t)o->month, WG_PURPOSE_IDENTITY_HOUSEHOLD);
  const int code = wg_members_settle(s, &alone, o->world->subdistricts + spot.subdistrict, spot.grid, identity,
                                     WG_FAMILY, WG_MOVE_FAMILY, o->month, NULL, o->error);
  recount(o, who.subdistrict, spot.subdistrict);
  return code;
}

// ---- everybody's turn ----

enum { PART, SETTLE, LOOK_OUTSIDE };

typedef struct lists {
  wg_seeker *of[WG_SEX_COUNT];
  size_t count[WG_SEX_COUNT];
  uint32_t *man_of;
  wg_turn *turns;
  size_t turn_count;
} lists;

static wg_seeker seeker_of(const office *o, person p) {
  const wg_resident *r = resident_of(o, p);
  const int32_t older = wg_resident_sex(r) ? o->c->husband_older : 0;
  return (wg_seeker){.identity = r->identity,
                     .suits = (int32_t)r->birth_month - older,
                     .registration = wg_resident_registration(r),
                     .subdistrict = p.subdistrict,
                     .resident = p.row,
                     .household = r->household};
}

static void take_lists(office *o, lists *l) {
  for (uint32_t i = 0; i < o->world->subdistrict_count; i++) {
    wg_subdistrict *s = o->world->subdistricts + i;
    for (uint32_t j = 0; j < wg_suitors_count(s); j++) {
      const wg_suitor *suitor = wg_suitors(s) + j;
      const person p = {i, suitor->resident};
      const wg_resident *r = resident_of(o, p);
      if (r->identity != suitor->identity || !wg_resident_here(r))
        continue; // died or left since
      if (suitor->separates)
        l->turns[l->turn_count++] = wg_turn_make(o->world, WG_PURPOSE_SEPARATION, r->identity, i, p.row, PART);
      else if (!(r->traits & WG_TRAIT_PARTNERED))
        l->of[wg_resident_sex(r)][l->count[wg_resident_sex(r)]++] = seeker_of(o, p);
    }
    s->tables[WG_TABLE_SUITOR].count = 0;
  }
}

static void add_turn(office *o, lists *l, const wg_seeker *seeker, uint32_t what, uint32_t other) {
  wg_turn *turn = l->turns + l->turn_count++;
  *turn =
      wg_turn_make(o->world, WG_PURPOSE_SEEK_PARTNER, seeker->identity, seeker->subdistrict, seeker->resident, what);
  turn->other = other;
}

static int make_turns(office *o, lists *l) {
  const int code = wg_match(l->of[1], l->count[1], l->of[0], l->count[0], o->c->most_apart, l->man_of, o->error);
  if (code)
    return code;
  bool *matched = calloc(l->count[0] + 1, sizeof *matched);
  if (!matched)
    return wg_error_set(o->error, WG_FAIL_RUN, "out of memory for %zu seekers of partners", l->count[0]);
  for (size_t w = 0; w < l->count[1]; w++) {
    const uint32_t man = l->man_of[w];
    add_turn(o, l, l->of[1] + w, man == WG_UNMATCHED ? LOOK_OUTSIDE : SETTLE, man);
    if (man != WG_UNMATCHED)
      matched[man] = true;
  }
  for (uint32_t m = 0; m < l->count[0]; m++)
    if (!matched[m])
      add_turn(o, l, l->of[0] + m, LOOK_OUTSIDE, WG_NO_ROW);
  free(matched);
  wg_turns_sort(l->turns, l->turn_count);
  return WG_OK;
}

// Whoever had to move with somebody else's turn, or has a partner by now, is passed over.
static int take_turn(office *o, const lists *l, const wg_turn *turn) {
  const person p = {turn->subdistrict, turn->row};
  if (turn->what == PART) {
    const wg_resident *r = resident_of(o, p);
    return r->identity == turn->identity && wg_resident_here(r) ? part(o, turn, p) : WG_OK;
  }
  if (!is_free(o, p, turn->identity))
    return WG_OK;
  if (turn->what == LOOK_OUTSIDE)
    return find_outside(o, turn, p);
  const wg_seeker *man = l->of[0] + turn->other;
  const person his = {man->subdistrict, man->resident};
  if (!is_free(o, his, man->identity) ||
      (his.subdistrict == p.subdistrict && resident_of(o, his)->household == resident_of(o, p)->household))
    return WG_OK;
  return settle_couple(o, turn, his, p);
}

static int exchange(wg_world *world, const void *constants_, wg_error *error) {
  office o = {.world = world, .c = constants_, .month = world->month + 1, .error = error};
  size_t count = 0;
  for (uint32_t i = 0; i < world->subdistrict_count; i++)
    count += wg_suitors_count(world->subdistricts + i);
  lists l = {.of = {malloc((count + 1) * sizeof *l.of[0]), malloc((count + 1) * sizeof *l.of[1])},
             .man_of = malloc((count + 1) * sizeof *l.man_of),
             .turns = malloc((count + 1) * sizeof *l.turns)};
  const bool room = l.of[0] && l.of[1] && l.man_of && l.turns;
  int code = room ? wg_vacancies_open(world, WG_FAMILY, &o.dwellings, error)
                  : wg_error_set(error, WG_FAIL_RUN, "out of memory for %zu seekers of partners", count);
  if (room && !code) {
    take_lists(&o, &l);
    code = make_turns(&o, &l);
  }
  for (size_t i = 0; i < l.turn_count && !code; i++)
    code = take_turn(&o, &l, l.turns + i);
  wg_vacancies_close(&o.dwellings);
  free(l.of[0]);
  free(l.of[1]);
  free(l.man_of);
  free(l.turns);
  return code;
}

static const wg_roll_event events[] = {
    {"seek_partner", WG_PURPOSE_SEEK_PARTNER, .lists = WG_TABLE_SUITOR, .cap = seek_cap, .rate = seek_rate,
     .happen = seek},
    {"separate", WG_PURPOSE_SEPARATION, .lists = WG_TABLE_SUITOR, .cap = separate_cap, .rate = separate_rate,
     .happen = separate},
};

static const wg_param_group *const groups[] = {&wg_partnership_group};

const wg_mechanism wg_partnership = {
    .name = "partnership",
    .label = "伴侣",
    .doc =
        "Adults without a partner look for one at rates by age and sex; at the month's end those who look are paired "
        "over the whole district by age, first those registered alike. A couple lives where one of them is the only "
        "adult already, else in a vacant dwelling near one of them, else with the parents of one; children below 18 "
        "come along. Some of those left over find a partner outside the district. Couples part at a yearly rate: one "
        "moves out, children stay with their mother.",
    .groups = groups,
    .group_count = 1,
    .events = events,
    .event_count = sizeof events / sizeof *events,
    .prepare = prepare,
    .exchange = exchange,
};
