// SPDX-License-Identifier: GPL-3.0-or-later
// The month loop: subdistricts live a month each on its own thread, then what crosses borders is exchanged and the output
// rows are made.
#ifndef WG_ENGINE_ENGINE_H
#define WG_ENGINE_ENGINE_H

#include "engine/phases.h"
#include "engine/record.h"
#include "engine/state.h"
#include "model/world.h"
#include "schema/dataset.h"

typedef struct wg_engine wg_engine;

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

// Lives up to `until`, the first day of a month, and writes nothing: no snapshot may be wanted before that day.
int wg_engine_live_until(wg_engine *engine, wg_date until, wg_error *error);

// Who keeps the state, and who may stop the run: `month` is called before the first month and after each, when the output row of
// the date has been made and before its snapshot; wg_engine_pass may be called in it. Anything but 0 ends the run with that
// code: WG_STOPPED, or a failure.
typedef struct wg_keeper {
  void *self;
  int (*month)(void *self, wg_engine *engine, wg_error *error);
} wg_keeper;

// Lives from run.start, or from where a state that was read has come to, until run.end. `sink` receives the groups; the root
// group, with `attributes`, comes last. Those that the run had put before its state was stored are not put again. `observer`
// and `keeper` may be NULL.
int wg_engine_run(wg_engine *engine, const wg_attribute *attributes, size_t attribute_count, const wg_sink *sink,
                  const wg_observer *observer, const wg_keeper *keeper, wg_error *error);

// Passes the state (see wg_state_pass). Reading: before wg_engine_run, which then goes on from there; the results are, to the
// bit, those of a run that has never been interrupted.
int wg_engine_pass(wg_engine *engine, const wg_block_stream *stream, wg_error *error);

const wg_engine_state *wg_engine_state_of(const wg_engine *engine);

// Where the processor time of wg_engine_run went, all threads together.
wg_phases wg_engine_phases(const wg_engine *engine);

// The output rows of the run so far.
const wg_record *wg_engine_record(const wg_engine *engine);

#endif
