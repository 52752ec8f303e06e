// SPDX-License-Identifier: GPL-3.0-or-later
// Where the processor time of a run goes: one reading of the clock at each boundary between two phases. Each subdistrict-month
// keeps its own sums on its thread's stack; nothing is shared until it has been lived.
#ifndef WG_ENGINE_PHASES_H
#define WG_ENGINE_PHASES_H

#include "base/clock.h"
#include "engine/registry.h"

// What a mechanism's hooks are called for.
typedef enum wg_phase_part {
  WG_PHASE_MONTH_START,
  WG_PHASE_EVENTS, // of the roll call, on their days
  WG_PHASE_DAY,
  WG_PHASE_MONTH_END,
  WG_PHASE_EXCHANGE,
  WG_PHASE_PARTS,
} wg_phase_part;

// A phase: mechanism * WG_PHASE_PARTS + part, or one of these.
enum {
  WG_PHASE_ROLL_CALL = WG_MECHANISMS_MAX * WG_PHASE_PARTS,
  WG_PHASE_LEVERS, // policies resolved into levers, and who adopts next
  WG_PHASE_OUTPUT_ROWS,
  WG_PHASE_RESULTS, // gathered and handed to the sink
  WG_PHASE_COUNT,
};

extern const char *const wg_phase_part_names[WG_PHASE_PARTS];

// Processor time by phase, in nanoseconds.
typedef struct wg_phases {
  int64_t spent[WG_PHASE_COUNT];
  uint64_t readings;
} wg_phases;

typedef struct wg_phase_watch {
  wg_phases phases; // by the wall clock, which is cheap to read
  int64_t wall_start, cpu_start, last;
} wg_phase_watch;

void wg_phase_watch_start(wg_phase_watch *watch);

// The time since the last boundary was spent on `phase`.
static inline void wg_phase_ends(wg_phase_watch *watch, size_t phase) {
  const int64_t now = wg_clock_read(CLOCK_MONOTONIC);
  watch->phases.spent[phase] += now - watch->last;
  watch->phases.readings++;
  watch->last = now;
}

static inline size_t wg_phase_of(size_t mechanism, wg_phase_part part) {
  return mechanism * WG_PHASE_PARTS + part;
}

// Adds to `sum` what the watch has seen, scaled to the processor time of this thread: time in which another program had the
// processor counts for nothing.
void wg_phase_watch_stop(const wg_phase_watch *watch, wg_phases *sum);

void wg_phases_add(wg_phases *sum, const wg_phases *more);

#endif
