// SPDX-License-Identifier: GPL-3.0-or-later
// The checkpoints of a run: OUTPUT.checkpoint/ with the last two states (state-MONTHS) and the groups that the run had put into
// its results by then (group-RUN-NAME). See docs/checkpoints.md.
#ifndef WG_RUN_CHECKPOINT_H
#define WG_RUN_CHECKPOINT_H

#include "engine/engine.h"
#include "io/checkpoint_file.h"
#include "run/provenance.h"
#include "synthesis/synthesis.h"

typedef struct wg_checkpoints wg_checkpoints;

// What was written so far, for the log.
typedef struct wg_checkpoint_costs {
  uint32_t count;
  uint64_t bytes; // of the last one, without the groups
  int64_t time;   // nanoseconds for which the run waited, groups included
} wg_checkpoint_costs;

// Those of the run that writes `output` and is what the provenance and the tables say; both are borrowed. Nothing is looked at
// or written.
int wg_checkpoints_create(const char *output, const wg_provenance *provenance, const wg_inputs *inputs,
                          wg_checkpoints **created, wg_error *error);
void wg_checkpoints_free(wg_checkpoints *checkpoints); // NULL is allowed

// What the head of every file of the run says, but for the months.
const wg_checkpoint_head *wg_checkpoints_identity(const wg_checkpoints *checkpoints);

// Looks for the newest whole checkpoint of this run. `*found` is false where there is none at all. Those that are damaged are
// passed over, each with a line added to `notices`. If there are some but none can be used, that is an error (WG_FAIL_CONFIG) that
// says why; of a foreign one, in what it differs.
int wg_checkpoints_find(wg_checkpoints *checkpoints, bool *found, wg_error *notices, wg_error *error);

// After that: reads the state into an engine that is ready to begin, or that of an older checkpoint if the newer one is no good
// after all.
int wg_checkpoints_restore(wg_checkpoints *checkpoints, wg_engine *engine, wg_error *notices, wg_error *error);

// After that: puts the groups that the run had put by then, in their order.
int wg_checkpoints_put_groups(const wg_checkpoints *checkpoints, const wg_sink *sink, wg_error *error);

// Writes the state. The disk is waited for, and the file read back, by a thread of its own while the run goes on; a failure of
// that is told by the next call, or by wg_checkpoints_settle. On failure (WG_FAIL_RUN) the earlier ones are as they were.
int wg_checkpoints_keep(wg_checkpoints *checkpoints, wg_engine *engine, wg_error *error);

// Waits until what was written is safe, and then removes all but it and the one before.
int wg_checkpoints_settle(wg_checkpoints *checkpoints, wg_error *error);

// Keeps a group that the run puts, for the states to come.
int wg_checkpoints_keep_group(wg_checkpoints *checkpoints, const wg_group *group, wg_error *error);

// Months that the run had lived at its last settled checkpoint, or the one it goes on from; -1 if there is none.
int64_t wg_checkpoints_last(const wg_checkpoints *checkpoints);
wg_checkpoint_costs wg_checkpoints_costs(const wg_checkpoints *checkpoints);

// Removes all checkpoints, and the folder if nothing else is in it. What cannot be removed stays.
void wg_checkpoints_remove(const wg_checkpoints *checkpoints);

#endif
