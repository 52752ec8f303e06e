// SPDX-License-Identifier: GPL-3.0-or-later
// The month loop: subdistricts live a month each on its own thread, then what crosses borders is exchanged and the output
// rows are made.
#ifndef WG_ENGINE_ENGINE_H
#define WG_ENGINE_ENGINE_H

#include "engine/phases.h"
#include "engine/record.h"
#include "model/world.h"
#include "schema/dataset.h"

typedef struct wg_engine wg_engine;

// How far a run is.
typedef struct wg_engine_state {
  wg_date date;           // first day not yet lived
  uint32_t month, months; // lived, in all
  uint64_t residents;     // now
  uint64_t cases_filed;   // so far
  uint64_t needs_arisen;  // so far
  uint64_t open_needs;    // now
  uint64_t open_needs_peak;
  uint64_t resident_days; // so far
} wg_engine_state;

typedef struct wg_observer {
  void *self;
  void (*month)(void *self, const wg_engine_state *state); // after each month, and once before the first
} wg_observer;

// Checks the configuration of all mechanisms against the world and derives their constants. `world` is borrowed and
// changed by wg_engine_run. Threads 0: as many as processors.
int wg_engine_create(wg_world *world, int64_t threads, wg_engine **created, wg_error *error);
void wg_engine_free(wg_engine *engine);

// Another engine for the world in which `trunk` has lived up to a month's end, under another configuration: `world` is
// that of the trunk, moved, with the new configuration, which differs in nothing but policies that begin later.
// What it lives from there on is, to the bit, what it would have lived from run.start. The trunk must not live on.
int wg_engine_branch(const wg_engine *trunk, wg_world *world, int64_t threads, wg_engine **created, wg_error *error);

// Lives up to `until`, the first day of a month or run.end, from run.start or from where it stands. `sink` receives snapshots.
// `observer` may be NULL.
int wg_engine_live(wg_engine *engine, wg_date until, const wg_sink *sink, const wg_observer *observer, wg_error *error);

// Lives to run.end. `sink` receives all groups; the root group, with `attributes`, comes last.
int wg_engine_run(wg_engine *engine, const wg_attribute *attributes, size_t attribute_count, const wg_sink *sink,
                  const wg_observer *observer, wg_error *error);

const wg_engine_state *wg_engine_state_of(const wg_engine *engine);

// Where the processor time of wg_engine_run went, all threads together.
wg_phases wg_engine_phases(const wg_engine *engine);

// The output rows of the run so far.
const wg_record *wg_engine_record(const wg_engine *engine);

#endif
