// SPDX-License-Identifier: GPL-3.0-or-later
// The output rows of a run so far: every variable at every date and place.
#ifndef WG_ENGINE_RECORD_H
#define WG_ENGINE_RECORD_H

#include "engine/registry.h"

typedef struct wg_record {
  size_t output_count, time_capacity, time_count, place_count;
  const wg_output *outputs[WG_OUTPUTS_MAX];
  size_t block[WG_OUTPUTS_MAX]; // elements of one date and place
  void *data[WG_OUTPUTS_MAX];   // [time][place][block]; without [place] where the variable is of the whole district
  double *time;                 // days since run.start
  wg_place *places;
} wg_record;

// Places of a variable: 1 where it is of the whole district.
static inline size_t wg_record_places(const wg_record *record, size_t output) {
  return wg_output_has_place(record->outputs[output]) ? record->place_count : 1;
}

// The first element of a variable's block.
static inline size_t wg_record_at(const wg_record *record, size_t output, size_t time, size_t place) {
  return (time * wg_record_places(record, output) + place) * record->block[output];
}

// Room for `times` dates of every output variable. The caller frees it with wg_record_free, also after a failure.
int wg_record_create(const wg_world *world, size_t times, wg_record *record, wg_error *error);
void wg_record_free(wg_record *record);

// Copies all rows into an empty record of the same variables and places, which has room for them.
void wg_record_copy(const wg_record *record, wg_record *copy);

// Evaluates all variables for the state of `world` and appends them as the row of `date`.
int wg_record_append(const wg_world *world, wg_date date, int threads, wg_record *record, wg_error *error);

#endif
