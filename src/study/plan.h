// SPDX-License-Identifier: GPL-3.0-or-later
// The runs of a study: entries (variants at each point of the sweep) × draws × replicates.
#ifndef WG_STUDY_PLAN_H
#define WG_STUDY_PLAN_H

#include "run/run.h"
#include "schema/study_spec.h"
#include "study/design.h"

enum { WG_PLAN_NOWHERE = SIZE_MAX }; // the position in a sweep that does not apply

// A variant at a point of the sweep: one place on the axis `variant` of the study's results.
typedef struct wg_plan_entry {
  const char *name;  // "sanshe", "sanshe,officers_per_grid=1.5": unique, and a folder's name
  const char *label; // Chinese, of the scenario and the point; "" for none
  const wg_study_variant *variant;
  size_t point;         // among those of the variant
  const size_t *values; // [spec->sweep_count]: which of each sweep's values, or WG_PLAN_NOWHERE
  size_t compared_with; // the entry of the baseline at the same point; its own position for the baseline itself
  wg_texts sets;        // the study's, the variant's, the point's
  const char *const *set_origins; // [sets.count]: where each stands
  wg_config *config;              // resolved, neither drawn nor replicated
  wg_drawn *drawn; // of this entry, in the order of plan->design; low = high = NaN where it has no such parameter
} wg_plan_entry;

// A parameter that others bound: in some draws its range is moved down by a factor, to where the model allows all of it.
typedef struct wg_plan_limit {
  size_t parameter;      // of the design
  const double *factors; // [entry_count][draw_count], 1 where nothing is moved
} wg_plan_limit;

typedef struct wg_plan {
  const wg_study_spec *spec;
  bool allow_outside;
  wg_plan_entry *entries;
  size_t entry_count;
  wg_design design; // which parameters are drawn, and where in their ranges each draw lies
  const wg_plan_limit *limits;
  size_t limit_count;
  size_t draw_count;      // 1 where nothing is drawn
  size_t replicate_count; // until: the most
  wg_arena arena;
} wg_plan;

// One run: positions on the three axes.
typedef struct wg_cell {
  size_t entry, draw, replicate;
} wg_cell;

// Expands the study and resolves every entry's configuration. Every problem is told (WG_FAIL_CONFIG): what each scenario has to
// tell, a swept policy that a scenario does not have, entries of one name, entries that differ from the one they are compared with in
// more than policies, runs of equal luck. Nothing is written. `plan` must be zeroed; free it with wg_plan_free, also after a
// failure. `spec` is borrowed.
int wg_plan_make(const wg_study_spec *spec, bool allow_outside, wg_plan *plan, wg_error *error);
void wg_plan_free(wg_plan *plan);

static inline size_t wg_plan_cells(const wg_plan *plan) {
  return plan->entry_count * plan->draw_count * plan->replicate_count;
}

// Builds the worlds and engines of all entries, as configured and at every draw: all that a run would still refuse is told before any
// is begun (WG_FAIL_CONFIG), each line behind the entry and draw it belongs to. With so many processes at once (0: as many as
// processors); not to be called from a process with several threads.
int wg_plan_check(const wg_plan *plan, int64_t processes, wg_error *error);

// How a cell is run: the scenario and the settings "path=value" that make it, which can be typed behind --set. Memory lies in
// `arena`; `output` and `threads` are left alone.
int wg_plan_cell_options(const wg_plan *plan, wg_cell cell, wg_arena *arena, wg_run_options *options, wg_error *error);

// What a draw makes of a parameter of the design in one entry: the value or, of a list, the common factor. NaN where the entry has no
// such parameter.
double wg_plan_value(const wg_plan *plan, size_t entry, size_t draw, size_t parameter);

// The identity of a run that has been opened.
void wg_run_identity(const wg_run *run, char identity[WG_IDENTITY_SIZE]);

// Identities of a plan's runs without opening them. Start from {0}; ask for the replicates of one entry and draw one after the other.
typedef struct wg_identities {
  wg_config *config; // of `cell`'s entry, drawn
  wg_cell cell;
} wg_identities;

// The identity that the cell's run will have.
int wg_identities_find(wg_identities *self, const wg_plan *plan, wg_cell cell, char identity[WG_IDENTITY_SIZE],
                       wg_error *error);
void wg_identities_free(wg_identities *self);

// The cell's result within the study's folder: "runs/sanshe/3.h5"; where there are draws "runs/sanshe/d07/3.h5". More draws or
// replicates leave it where it is.
enum { WG_CELL_PATH_SIZE = 512 };
void wg_plan_cell_path(const wg_plan *plan, wg_cell cell, char path[WG_CELL_PATH_SIZE]);

#endif
