// SPDX-License-Identifier: GPL-3.0-or-later
// The roll call (点名): once a month every resident, in one sweep, from a stream of its own. Two draws decide whether
// anything happens in the month and which needs may arise; what does goes into the lists of its days.
#ifndef WG_ENGINE_ROLL_CALL_H
#define WG_ENGINE_ROLL_CALL_H

#include "mechanism/mechanism.h"

enum {
  WG_ROLL_CLASSES = (WG_AGE_MAX + 1) * WG_TRAIT_ROLL_COUNT, // age in years * WG_TRAIT_ROLL_COUNT + traits
  WG_ROLL_EVENTS_MAX = 24,
  WG_ROLL_BIRTHDAYS_MAX = 8,
};

// What the mechanisms' rows give; shared by all threads.
typedef struct wg_roll_plan {
  const wg_candidate_table *candidates;
  size_t event_count;
  const wg_roll_event *events[WG_ROLL_EVENTS_MAX];
  const void *constants[WG_ROLL_EVENTS_MAX];
  size_t mechanisms[WG_ROLL_EVENTS_MAX]; // whose event it is
  void (*stirred)(wg_context *context, wg_resident *resident);
  const void *stirred_constants;
  size_t birthday_count;
  void (*birthdays[WG_ROLL_BIRTHDAYS_MAX])(wg_context *context, uint32_t resident, uint32_t years, uint64_t luck);
  const void *birthday_constants[WG_ROLL_BIRTHDAYS_MAX];
  uint32_t any[WG_ROLL_CLASSES]; // sum of the caps
  // Sum of the caps of the events before; UINT32_MAX where there is no event.
  uint32_t base[WG_ROLL_CLASSES][WG_ROLL_EVENTS_MAX];
} wg_roll_plan;

// Collects the events and hooks of all mechanisms; `constants[m]` is mechanism m's.
void wg_roll_plan_make(void *const *constants, wg_roll_plan *plan);

// Asks for the caps of a calendar month. Caps that are negative or sum to 1 or more are errors.
int wg_roll_plan_month(const wg_world *world, wg_month month, wg_roll_plan *plan, wg_error *error);

// Something that happens to a resident on a day of the month.
typedef struct wg_roll_entry {
  uint64_t identity;
  uint32_t resident;
  uint8_t day;
  uint8_t event;
} wg_roll_entry;

// A thread's lists of the month, reused from month to month.
typedef struct wg_roll {
  wg_candidate *candidates, *sorted; // in the order met, and by day
  size_t candidate_count, candidate_capacity;
  wg_roll_entry *entries;
  size_t entry_count, entry_capacity;
  size_t candidates_from[33], entries_from[33]; // first of each day
  uint64_t newborns, leavers;                   // how many there can be
  uint64_t listed[WG_TABLE_COUNT];              // rows that events may add to tables
} wg_roll;

void wg_roll_free(wg_roll *roll);

// Empties the lists for a new month.
void wg_roll_start(wg_roll *roll);

// Fits wg_context.offer: adds a candidate of a place.
void wg_roll_offer(wg_context *context, const wg_candidate *candidate);

// Calls everybody in the subdistrict and sorts the lists by day. Also moves birthdays of the coming month's first day
// between population cells.
void wg_roll_call(wg_context *context, const wg_roll_plan *plan, wg_roll *roll);

#endif
