// SPDX-License-Identifier: GPL-3.0-or-later
// Enrolments (照护登记) in continuing services (持续服务): somebody gets minutes a week from a desk until the need ends. Rows are
// kept by desk in the order of enrolment, and counted by community and service where the need arose.
#ifndef WG_MODEL_ENROLMENT_H
#define WG_MODEL_ENROLMENT_H

#include "model/world.h"

// Takes the row of an enrolment into its desk's list, the counts and the days on which it is due; marks its resident. Room must
// have been reserved.
void wg_enrolment_begin(wg_subdistrict *s, const wg_enrolment *terms);

// The terms on which the resident is enrolled at the desk from `since` on: length and review by the luck of `identity`.
wg_enrolment wg_enrolment_terms(const wg_world *world, const wg_subdistrict *s, uint64_t identity, uint32_t service,
                                uint32_t resident, uint32_t desk, uint32_t grid, wg_date since);

// Ends it. The row is given back at the next month's start.
void wg_enrolment_end(wg_subdistrict *s, uint32_t enrolment, wg_care_end why);

// The resident's enrolments end because he or she died or left the subdistrict.
void wg_enrolments_leave(wg_subdistrict *s, uint32_t resident);

// They go on under the row that the resident has after a move inside the subdistrict.
void wg_enrolments_follow(const wg_subdistrict *s, uint32_t from, uint32_t to);

// Whether the resident is enrolled in the service, or has an open need of it: it cannot arise anew then.
bool wg_continuing_has(const wg_subdistrict *s, uint32_t resident, uint32_t service);

// Whether somebody of that registration has a right to the service, by the luck of `identity`: the same whenever it is asked.
bool wg_care_eligible(const wg_world *world, uint64_t identity, uint32_t service, uint32_t registration);

// The desk that gives the care: the one that handled the case, or where its kind gives none, the first of the route that does
// and has hours; the handler where none does.
uint32_t wg_care_desk(const wg_world *world, const wg_subdistrict *s, uint32_t service, uint32_t grid,
                      uint32_t handler);

// Whether the desk has room for so many minutes a week more.
static inline bool wg_care_has_room(const wg_desk *desk, uint32_t minutes) {
  return desk->care_week + minutes <= WG_CARE_DAYS * desk->care_most;
}

// Sets how many minutes of a working day care may take at most.
static inline void wg_care_limit(wg_desk *desk, double share) {
  const uint32_t most = (uint32_t)((double)desk->minutes * share);
  desk->care_stale |= most != desk->care_most;
  desk->care_most = most;
}

// Takes today's care, and reviews that are owed, out of the desk's minutes and returns them; none on a rest day. Settles who is
// served: in the order of enrolment, as far as the hours go.
uint32_t wg_care_take(wg_subdistrict *s, uint32_t desk, bool works);

// Gives back the rows that have ended, and lists what is due in the month that is set in `s`.
void wg_enrolments_begin_month(wg_subdistrict *s);

// Puts the enrolment on the list of the day on which it ends or is reviewed, if the month has it.
void wg_enrolment_schedule(wg_subdistrict *s, uint32_t enrolment);

// Takes the next enrolment off today's list; WG_NO_ROW when there is none left.
uint32_t wg_enrolment_next_due(wg_subdistrict *s, wg_date today);

// Room for all that open needs, and `more` that may arise, can become.
int wg_enrolments_reserve(wg_subdistrict *s, uint32_t more, wg_error *error);

static inline wg_care_tally *wg_care_tally_at(const wg_subdistrict *s, uint32_t grid, uint32_t service) {
  return wg_care_tallies(s) + (size_t)wg_grids(s)[grid].community * s->service_count + service;
}

#endif
