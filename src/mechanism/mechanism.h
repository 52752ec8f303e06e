// SPDX-License-Identifier: GPL-3.0-or-later
// What a mechanism is: one const struct. It owns parameters, events of the roll call, hooks and outputs; its state is the
// columns of the model's tables, through which alone mechanisms meet.
#ifndef WG_MECHANISM_MECHANISM_H
#define WG_MECHANISM_MECHANISM_H

#include "model/world.h"
#include "schema/output.h"

enum { WG_CANDIDATES_MAX = 24 }; // of one resident in one month

// A need that may arise on a day of the month: it does if `accept` is below the threshold that the day's rate gives.
typedef struct wg_candidate {
  uint32_t owner;  // row of the resident, grid, workplace or facility
  uint32_t accept; // uniform
  uint8_t day;     // of the month, from 0
  uint8_t service;
  uint16_t index; // among the owner's candidates of the month; of places' part << 8 | among the service's in the part
} wg_candidate;

// By class of residents, (age band) * WG_TRAIT_ROLL_COUNT + traits: how many candidates a month brings at the cap
// rates, and of which services.
typedef struct wg_candidate_table {
  uint32_t service_count;
  // The number of candidates is the number of entries that the uniform does not fall below:
  // at_least[class][n] is the threshold of having more than n.
  uint32_t more_than[WG_AGE_BAND_COUNT * WG_TRAIT_ROLL_COUNT][WG_CANDIDATES_MAX];
  // Cumulative shares of the services, of 2^32 - 1; that for the last one and beyond.
  uint32_t services[WG_AGE_BAND_COUNT * WG_TRAIT_ROLL_COUNT][WG_SERVICE_MAX];
} wg_candidate_table;

// A subdistrict-month in the hands of one thread.
typedef struct wg_context {
  const wg_world *world;
  wg_subdistrict *s;
  const void *constants; // the mechanism's own, from prepare
  wg_month month;
  wg_date calendar_first; // first day of the month, lived or not
  uint32_t calendar_days; // days of the month
  wg_date today;
  const wg_candidate *candidates; // today's
  uint32_t candidate_count;
  // For month_start: offers a candidate of a place. Fails only for want of memory; then `error` is filled.
  void (*offer)(struct wg_context *context, const wg_candidate *candidate);
  void *roll;
  wg_error *error;
} wg_context;

// Something that may happen to a resident in a month. Caps follow age, traits and the calendar month, never a policy, so that
// a changed rate of one event leaves the luck of all others alone; the rate may be anything below its cap.
typedef struct wg_roll_event {
  const char *name;
  uint16_t purpose; // of the draw of the day
  bool adds_resident;
  // A table that gets a row when it happens, and room for it beforehand; WG_TABLE_COUNT or 0 (communities): none.
  wg_table_id lists;
  // The greatest probability in the month for an age in years and traits below WG_TRAIT_ROLL_COUNT.
  double (*cap)(const wg_world *world, const void *constants, wg_month month, uint32_t years, uint32_t traits);
  // The probability in the month that begins, for this resident at that age: asked only of those whose draw lies below the
  // cap. NULL: the cap.
  double (*rate)(const wg_context *context, const wg_resident *resident, uint32_t years);
  // On its day, for a resident who is still here.
  void (*happen)(wg_context *context, uint32_t resident);
} wg_roll_event;

typedef struct wg_mechanism {
  const char *name, *label, *doc;
  const wg_param_group *const *groups;
  size_t group_count;
  const wg_roll_event *events;
  size_t event_count;
  const wg_output *outputs;
  size_t output_count;
  bool (*outputs_wanted)(const wg_world *world); // NULL: always
  // Once, after synthesis: checks the configuration and derives constants (malloc; freed by the engine), never changed
  // afterwards. All hooks may be NULL.
  int (*prepare)(const wg_world *world, void **constants, wg_error *error);
  const wg_candidate_table *(*candidates)(const void *constants);
  void (*month_start)(wg_context *context); // before the roll call
  // In the roll call, for residents that carry WG_TRAIT_STIRRED: the sweep has their row at hand anyway.
  void (*stirred)(wg_context *context, wg_resident *resident);
  // In the roll call, for residents who are a year older on the first of the coming month: `years` is the age they reach.
  // `luck` belongs to resident and month; wg_draw_derive gives each purpose its own number.
  void (*birthday)(wg_context *context, uint32_t resident, uint32_t years, uint64_t luck);
  void (*day)(wg_context *context);
  void (*month_end)(wg_context *context);
  // After all subdistricts have lived the month, one after the other in code order: what crosses their borders.
  int (*exchange)(wg_world *world, const void *constants, wg_error *error);
} wg_mechanism;

#endif
