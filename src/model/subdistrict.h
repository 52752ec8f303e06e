// SPDX-License-Identifier: GPL-3.0-or-later
// A subdistrict (街道/镇): the unit of work of the month loop. Everything that changes lies in its tables.
#ifndef WG_MODEL_SUBDISTRICT_H
#define WG_MODEL_SUBDISTRICT_H

#include <stdbool.h>

#include "model/agenda.h"
#include "model/care_rows.h"
#include "model/count.h"
#include "model/desk.h"
#include "model/event_log.h"
#include "model/facility.h"
#include "model/need.h"
#include "model/place.h"
#include "model/resident.h"
#include "model/service.h"
#include "model/tally.h"

#define WG_MOVER_COLUMNS(C, T)                                                                                         \
  C(T, uint32_t, U32, household, "row", "A household that moves at the month's end.")                                  \
  C(T, uint32_t, U32, reason, "",                                                                                      \
    "wg_move_reason; those who must go for relief leave the district if nothing is vacant.")
WG_ROW_STRUCT(wg_mover, WG_MOVER_COLUMNS)
extern const wg_table_type wg_mover_table;

// Rows are good while they hold that identity and are not gone: whoever moved at this month's end already waits for the next.
#define WG_SUITOR_COLUMNS(C, T)                                                                                        \
  C(T, uint64_t, U64, identity, "", "A resident who looks for a partner, or leaves one, at the month's end.")          \
  C(T, uint32_t, U32, resident, "row", "His or her row.")                                                              \
  C(T, uint32_t, U32, separates, "", "0 looks for a partner, 1 leaves one.")
WG_ROW_STRUCT(wg_suitor, WG_SUITOR_COLUMNS)
extern const wg_table_type wg_suitor_table;

typedef enum wg_leaving_kind { WG_LEAVES_PARENTS, WG_LEAVES_ROOM, WG_LEAVES_FOR_CARE } wg_leaving_kind;

#define WG_LEAVER_COLUMNS(C, T)                                                                                        \
  C(T, uint64_t, U64, identity, "", "A resident who leaves the household at the month's end.")                         \
  C(T, uint32_t, U32, resident, "row", "His or her row, good as above.")                                               \
  C(T, uint32_t, U32, kind, "", "wg_leaving_kind.")
WG_ROW_STRUCT(wg_leaver, WG_LEAVER_COLUMNS)
extern const wg_table_type wg_leaver_table;
#define WG_GRADUATE_COLUMNS(C, T) C(T, uint32_t, U32, resident, "row", "Somebody who has finished studies and stays.")
WG_ROW_STRUCT(wg_graduate, WG_GRADUATE_COLUMNS)
extern const wg_table_type wg_graduate_table;

#define WG_DEPARTED_COLUMNS(C, T)                                                                                      \
  C(T, uint32_t, U32, resident, "row", "A resident's row to be freed at the month's end.")
WG_ROW_STRUCT(wg_departed_row, WG_DEPARTED_COLUMNS)
extern const wg_table_type wg_departed_row_table;

// Row: (segment of the month * WG_SLOT_COUNT + slot) * (communities + 1) + community; see model/lever.h.
#define WG_LEVER_VALUE_COLUMNS(C, T)                                                                                   \
  C(T, double, F64, value, "see lever", "What policies make of the lever.")                                            \
  C(T, double, F64, weight, "1", "How far a replacing lever replaces; 0: not at all.")
WG_ROW_STRUCT(wg_lever_value, WG_LEVER_VALUE_COLUMNS)
extern const wg_table_type wg_lever_value_table;

// Row: instance of a policy * communities + community.
#define WG_ADOPTION_COLUMNS(C, T)                                                                                      \
  C(T, int32_t, I32, from, "day", "First day of the policy there, or WG_ADOPTION_WAITING or _NEVER.")
WG_ROW_STRUCT(wg_adoption, WG_ADOPTION_COLUMNS)
extern const wg_table_type wg_adoption_table;

enum { WG_ADOPTION_NEVER = INT32_MAX, WG_ADOPTION_WAITING = INT32_MAX - 1 };

#define WG_POST_COLUMNS(C, T)                                                                                          \
  C(T, uint32_t, U32, next, "row", "The desk's next post.")                                                            \
  C(T, uint32_t, U32, number, "", "Within the desk.")                                                                  \
  C(T, uint32_t, U32, since, "month", "Month in which the holder began.")                                              \
  C(T, uint32_t, U32, vacant_until, "month", "Month in which somebody new begins; 0: the post is filled.")             \
  C(T, uint32_t, U32, hires, "person", "How often somebody began, since the start.")                                   \
  C(T, uint8_t, U8, share, "1/100 person", "100, but less of a desk's last post; 0: inactive.")
WG_ROW_STRUCT(wg_post, WG_POST_COLUMNS)
extern const wg_table_type wg_post_table;

// table, row type, accessor
#define WG_TABLES(X)                                                                                                   \
  X(COMMUNITY, wg_community, communities)                                                                              \
  X(GRID, wg_grid, grids)                                                                                              \
  X(SEARCH, wg_search, searches)                                                                                       \
  X(STEP, wg_step, steps)                                                                                              \
  X(FACILITY, wg_facility, facilities)                                                                                 \
  X(WORKPLACE, wg_workplace, workplaces)                                                                               \
  X(POPULATION, wg_population_row, population)                                                                         \
  X(STATUS, wg_status_row, statuses)                                                                                   \
  X(HOUSEHOLD_SIZE, wg_household_size_row, household_sizes)                                                            \
  X(MOVE, wg_move, moves)                                                                                              \
  X(HOUSEHOLD, wg_household, households)                                                                               \
  X(RESIDENT, wg_resident, residents)                                                                                  \
  X(DEPARTED, wg_departed_row, departed)                                                                               \
  X(MOVER, wg_mover, movers)                                                                                           \
  X(SUITOR, wg_suitor, suitors)                                                                                        \
  X(LEAVER, wg_leaver, leavers)                                                                                        \
  X(GRADUATE, wg_graduate, graduates)                                                                                  \
  X(LEVER, wg_lever_value, lever_values)                                                                               \
  X(ADOPTION, wg_adoption, adoptions)                                                                                  \
  X(DESK, wg_desk, desks)                                                                                              \
  X(POST, wg_post, posts)                                                                                              \
  X(LOST, wg_lost_row, lost)                                                                                           \
  X(NEED, wg_need, needs)                                                                                              \
  X(AGENDA, wg_agenda_entry, agendas)                                                                                  \
  X(EVENT, wg_event, events)                                                                                           \
  X(TALLY, wg_tally, tallies)                                                                                          \
  X(STOCK, wg_stock, stocks)                                                                                           \
  X(DELAY, wg_delay, delays)                                                                                           \
  X(YEAR, wg_due_row, years)                                                                                           \
  X(YEAR_MONTH, wg_due_row, year_months)                                                                               \
  X(AHEAD, wg_ahead_row, ahead)                                                                                        \
  X(GROUP, wg_group_tally, group_tallies)                                                                              \
  X(GROUP_AHEAD, wg_group_tally, group_ahead)                                                                          \
  X(ENROLMENT, wg_enrolment, enrolments)                                                                               \
  X(CARE_TALLY, wg_care_tally, care_tallies)

typedef enum wg_table_id {
#define WG_TABLE_MEMBER(ID, T, name) WG_TABLE_##ID,
  WG_TABLES(WG_TABLE_MEMBER)
#undef WG_TABLE_MEMBER
      WG_TABLE_COUNT,
} wg_table_id;

// What lasts from month to month beside the rows of the tables: declared like a row's columns, so that it is stored with them.
#define WG_SUBDISTRICT_COLUMNS(C, T)                                                                                   \
  C(T, uint32_t, U32, free_resident, "row", "Head of the list of free residents' rows, WG_NO_ROW when empty.")         \
  C(T, uint32_t, U32, free_household, "row", "The same of households.")                                                \
  C(T, uint32_t, U32, free_need, "row", "The same of needs.")                                                          \
  C(T, uint32_t, U32, free_enrolment, "row", "The same of enrolments.")                                                \
  C(T, uint32_t, U32, open_needs, "need", "Open needs now.")                                                           \
  C(T, uint32_t, U32, dormant_needs, "need", "Needs that sleep now.")                                                  \
  C(T, wg_date, I32, care_from, "day", "First day whose care has not been counted yet.")                               \
  C(T, wg_date, I32, today, "day", "The day that is being lived, or was lived last.")                                  \
  C(T, uint8_t, U8, lived, "", "0 before the first month, then 1.")

// Constants from synthesis, what lasts, what is of the month only.
typedef struct wg_subdistrict {
  int64_t code;
  const char *name;                        // Chinese; owned by the world
  const char *const *community_names;      // [communities]
  bool town;                               // 镇 rather than 街道
  uint32_t service_count;                  // stride of the tallies
  uint32_t outreach_services;              // bit set: the service is found by outreach rather than by patrol
  uint32_t continuing_services;            // bit set: its cases end in an enrolment, see model/enrolment.h
  uint8_t disorder_weight[WG_SERVICE_MAX]; // what an open need of the service adds to its grid's open_weight
  // Desks in the order of their kinds and areas: the desk of `kind` for grid g, its community or the subdistrict.
  // desk_of[kind] is the first one's row, WG_NO_ROW where a kind has none here.
  uint32_t desk_of[WG_DESK_KIND_MAX];
  uint8_t desk_area[WG_DESK_KIND_MAX];
  bool logging; // whether transitions go into the event log
  wg_table tables[WG_TABLE_COUNT];
  WG_SUBDISTRICT_COLUMNS(WG_ROW_MEMBER, wg_subdistrict)
  // From here on of the month only, and set when it begins: see WG_SUBDISTRICT_LASTS. The days lived, and the first entries of
  // each day's agenda.
  wg_date month_first, month_last;
  uint32_t district_services; // bit set: a matter of the district that rounds tell apart, see model/rounds.h
  uint32_t agenda[WG_AGENDA_KINDS][31];
  uint32_t enrolments_due[31]; // the first enrolment that ends or is reviewed on each day
  // Segments of the month in which all levers are constant: their first days, and the one that is lived today.
  uint32_t segment_count, segment;
  uint8_t segment_first[32]; // days after month_first; [segment_count] is the first day beyond
  // Within the day only: cases filed or passed on and not yet at a desk, cases whose handling or verifying is done,
  // cases that ended, needs that ended without ever having been filed; linked by `sibling`. Nothing may end a need while it is on
  // the first two lists.
  uint32_t filed_list, handled_list, ended_list, ended_latent_list;
  uint32_t decided_list; // cases of continuing services that are to be decided on, likewise
  bool log_failed;       // whether there was no memory for a transition
} wg_subdistrict;

// Its columns, as those of a table of one row; and the bytes of the struct before what is of the month only.
extern const wg_table_type wg_subdistrict_type;
#define WG_SUBDISTRICT_LASTS offsetof(wg_subdistrict, month_first)

extern const char *const wg_table_names[WG_TABLE_COUNT]; // "residents", as the accessors'

#define WG_TABLE_ACCESSORS(ID, T, name)                                                                                \
  static inline T *wg_##name(const wg_subdistrict *s) {                                                                \
    return s->tables[WG_TABLE_##ID].rows;                                                                              \
  }                                                                                                                    \
  static inline uint32_t wg_##name##_count(const wg_subdistrict *s) {                                                  \
    return s->tables[WG_TABLE_##ID].count;                                                                             \
  }
WG_TABLES(WG_TABLE_ACCESSORS)
#undef WG_TABLE_ACCESSORS

// Sets the table types; everything empty.
void wg_subdistrict_init(wg_subdistrict *s);
void wg_subdistrict_free(wg_subdistrict *s);

static inline wg_tally *wg_tally_at(const wg_subdistrict *s, uint32_t grid, uint32_t service) {
  return wg_tallies(s) + (size_t)wg_grids(s)[grid].community * s->service_count + service;
}

static inline int64_t wg_community_residents(const wg_subdistrict *s, uint32_t community) {
  const wg_community *k = wg_communities(s) + community;
  int64_t sum = 0;
  for (uint32_t g = k->first_grid; g < (uint32_t)k->first_grid + k->grid_count; g++)
    sum += wg_grids(s)[g].residents;
  return sum;
}

// The desk of `kind` that serves `grid`; the kind must exist here.
static inline uint32_t wg_desk_for(const wg_subdistrict *s, uint32_t kind, uint32_t grid) {
  const uint32_t first = s->desk_of[kind];
  switch ((wg_desk_area)s->desk_area[kind]) {
  case WG_AREA_GRID:
    return first + grid;
  case WG_AREA_COMMUNITY:
    return first + wg_grids(s)[grid].community;
  case WG_AREA_SUBDISTRICT:
  case WG_AREA_DISTRICT: // the part of it that works for this subdistrict
    break;
  }
  return first;
}

// --- counts ---

// Makes room for all that is counted by community, and sets it to nothing. After the communities are there.
int wg_counts_create(wg_subdistrict *s, wg_error *error);

// Notes that so many residents moved.
static inline void wg_move_note(const wg_subdistrict *s, uint32_t community, wg_move_direction direction,
                                wg_move_reason reason, uint32_t residents) {
  wg_moves(s)[community * WG_MOVE_CELLS + direction * WG_MOVE_REASON_COUNT + reason].residents += residents;
}

// --- residents and households ---

// Takes a free household row (grid, kind set, empty, no members). Room must have been reserved: the table's capacity
// is never exceeded inside a month. A family household takes one of the community's dwellings.
uint32_t wg_household_found(wg_subdistrict *s, uint64_t identity, uint32_t grid, wg_household_kind kind);

// The row of the household's head. It must have members.
static inline uint32_t wg_household_head(const wg_subdistrict *s, const wg_household *home) {
  uint32_t row = home->first;
  while (!(wg_residents(s)[row].traits & WG_TRAIT_HEAD))
    row = wg_residents(s)[row].next;
  return row;
}

// Puts the row of a dissolved household, which is on no list of rooms any more, on the list of free ones.
void wg_household_free(wg_subdistrict *s, uint32_t household);

// Takes a free resident row and joins the household: ring, size, grid, population cell for the age at `month`.
// The first member becomes its head. `traits` holds sex, registration and flags; collective and head are set here.
uint32_t wg_resident_join(wg_subdistrict *s, uint64_t identity, uint32_t household, wg_month birth_month,
                          uint32_t traits, uint16_t trust, uint16_t trust_baseline, wg_month month);

// Leaves household, counts and population cell at `month`; the household's head passes to the oldest member left (ties by
// identity), a partner left behind is one no longer, and an empty household is dissolved. A room that somebody has left is
// listed as having a place (model/room.h). The row keeps its identity, is marked gone and listed in `departed`.
void wg_resident_leave(wg_subdistrict *s, uint32_t resident, wg_month month);

// The same for one of those who leave together: the partner, who leaves as well, keeps the trait.
void wg_resident_leave_with_partner(wg_subdistrict *s, uint32_t resident, wg_month month);

// Gives the resident other traits and keeps every count: sex, head, collective and gone must stay as they are. `month` as
// above.
void wg_resident_change(wg_subdistrict *s, uint32_t resident, uint32_t traits, wg_month month);

// The resident's age passes from a band to the next: called on the last month of the old one.
void wg_resident_cross_band(const wg_subdistrict *s, const wg_resident *resident, uint32_t years);

// Frees the rows listed in `departed`. Called at the month's end.
void wg_departed_free(wg_subdistrict *s);

// Room for so many more rows: at least `more` free or unused ones.
int wg_residents_reserve(wg_subdistrict *s, uint32_t more, wg_error *error);
int wg_households_reserve(wg_subdistrict *s, uint32_t more, wg_error *error);
int wg_needs_reserve(wg_subdistrict *s, uint32_t more, wg_error *error);

// Age in completed years at the first of `month`, at most WG_AGE_MAX.
static inline uint32_t wg_age_years(uint32_t birth_month, wg_month month) {
  const uint32_t months = (uint32_t)month - birth_month;
  const uint32_t years = months / 12;
  return years > WG_AGE_MAX ? WG_AGE_MAX : years;
}

// The population cell (band, sex, registration) of a resident of that age and those traits.
static inline uint32_t wg_population_cell(uint32_t years, uint32_t traits) {
  return (wg_age_band(years) * WG_SEX_COUNT + (traits & WG_TRAIT_FEMALE)) * WG_REGISTRATION_COUNT +
         ((traits >> WG_TRAIT_REGISTRATION_SHIFT) & 3U);
}

// --- needs ---

// Takes a row of the pool (room must have been reserved), zeroed, latent, with all links empty.
uint32_t wg_need_open(wg_subdistrict *s);
// Links the need into its resident's list.
void wg_need_attach(wg_subdistrict *s, uint32_t need, uint32_t resident);
// The resident's needs go on without: they stay where they arose. Those that sleep come back no more.
void wg_needs_untie(wg_subdistrict *s, uint32_t resident);
// Gives the row back; it must be out of every queue, step and lapse list. Unlinks it from its resident.
void wg_need_close(wg_subdistrict *s, uint32_t need);
// Instead of that: the need that has ended sleeps until it comes back on `day`, which is to come.
void wg_need_sleep(wg_subdistrict *s, uint32_t need, uint32_t day);

// The search through which needs of the service in the grid are found.
static inline uint32_t wg_search_of(const wg_subdistrict *s, uint32_t grid, uint32_t service) {
  return grid * WG_SEARCH_WAYS + (s->outreach_services >> service & 1U) * WG_WAY_OUTREACH +
         (s->district_services >> service & 1U) * WG_WAY_DISTRICT;
}

// Makes room for the searches of all grids and empties their steps. After the grids are there.
int wg_searches_create(wg_subdistrict *s, wg_error *error);

// Begins the steps of every search anew at its present hazard, so that its `ahead` fits into them, and puts the latent needs
// onto the steps. Looks through the whole pool.
void wg_searches_restart(wg_subdistrict *s);

// Adds hazard to a search and calls `found` for every latent need whose key it reaches, after taking it off its step.
void wg_search_advance(wg_subdistrict *s, uint32_t search, uint64_t hazard, void *context,
                       void (*found)(void *context, uint32_t need));

// Puts a new need among the latent ones of its grid; its key (the hazard at which it is found) must be set.
void wg_need_hide(wg_subdistrict *s, uint32_t need);

// Notes a transition of the need, where a log is kept.
static inline void wg_event_note(wg_subdistrict *s, uint32_t need, wg_event_kind kind, uint32_t desk) {
  if (__builtin_expect(s->logging, 0))
    wg_event_append(s, need, kind, desk);
}

// Sets the day on which the need lapses, or on which it escalates if it still waits; WG_NEVER or beyond: never.
void wg_need_schedule_lapse(wg_subdistrict *s, uint32_t need, uint32_t day);
void wg_need_schedule_escalation(wg_subdistrict *s, uint32_t need, uint32_t day);

// Takes a latent need off its step.
void wg_need_reveal(wg_subdistrict *s, uint32_t need);

// Files the case (立案) on `today`: it lapses no more of itself, and is on the list of the day's filed cases. A latent need must
// have been revealed before.
void wg_need_file(wg_subdistrict *s, uint32_t need, wg_date today);

// Puts the case into the desk's queue, to be handled or to be verified; its key and work must be set.
void wg_need_enqueue(wg_subdistrict *s, uint32_t need, uint32_t desk);
void wg_need_verify(wg_subdistrict *s, uint32_t need, uint32_t desk);

// Takes a case out of its desk's queue; it is nowhere then.
void wg_need_dequeue(wg_subdistrict *s, uint32_t need);

// The work of a case that has been taken off its desk's heap is done: onto the list of the day's handled cases. `desk` still
// names who has done it, and differs from `handler` where that was verifying.
void wg_need_finish(wg_subdistrict *s, uint32_t need);

// Sends a filed case that is on no list to a desk, which it reaches on `arrival`, a later day.
void wg_need_send(wg_subdistrict *s, uint32_t need, uint32_t desk, wg_date arrival);

// Puts the cases that arrive today into their desks' queues.
void wg_needs_arrive(wg_subdistrict *s, wg_date today);

// Puts a waiting case that has been taken off its desk's heap onto the list of the day's filed cases: it goes to another desk.
void wg_need_pass_on(wg_subdistrict *s, uint32_t need);

// A case on no list has been handled for good: it is met, or comes up for a decision where its service is a continuing one.
void wg_need_resolve(wg_subdistrict *s, uint32_t need);

// Puts a case that is in no queue on the waiting list (轮候) of a desk for a continuing service, and takes it off.
void wg_need_list(wg_subdistrict *s, uint32_t need, uint32_t desk);
void wg_need_unlist(wg_subdistrict *s, uint32_t need);

// Ends the need in `state` (met, lapsed, withdrawn, refused): out of its queue or off its step, onto the list of the cases, or
// of the latent needs, that ended today.
void wg_need_end(wg_subdistrict *s, uint32_t need, wg_need_state state);

#endif
