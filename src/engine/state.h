// SPDX-License-Identifier: GPL-3.0-or-later
// The state of a run between two months, block by block: everything that is not made anew from the configuration or at the
// beginning of a month. What is stored and what is restored is one list, made from the declared columns.
#ifndef WG_ENGINE_STATE_H
#define WG_ENGINE_STATE_H

#include "engine/record.h"
#include "schema/block.h"
#include "schema/column.h"

// How far a run is.
#define WG_ENGINE_STATE_COLUMNS(C, T)                                                                                  \
  C(T, wg_date, I32, date, "day", "First day not yet lived.")                                                          \
  C(T, uint32_t, U32, month, "month", "Months lived.")                                                                 \
  C(T, uint32_t, U32, months, "month", "Months in all.")                                                               \
  C(T, uint64_t, U64, residents, "resident", "Residents now.")                                                         \
  C(T, uint64_t, U64, cases_filed, "case", "Cases filed so far.")                                                      \
  C(T, uint64_t, U64, needs_arisen, "need", "Needs that arose so far.")                                                \
  C(T, uint64_t, U64, open_needs, "need", "Open needs now.")                                                           \
  C(T, uint64_t, U64, open_needs_peak, "need", "The most at any month's end.")                                         \
  C(T, uint64_t, U64, resident_days, "resident day", "Lived so far.")
WG_ROW_STRUCT(wg_engine_state, WG_ENGINE_STATE_COLUMNS)
extern const wg_table_type wg_engine_state_type;

// Passes every block of the state: of the run, of each subdistrict, of the output rows so far. Reading: `world`, `record` and
// `state` are those of a run of the same configuration that is ready to begin, and are then where the other run was. Counts
// and dates that cannot be are errors, told before memory is taken for them; after an error the run cannot be begun, but
// another state can be read.
int wg_state_pass(wg_world *world, wg_record *record, wg_engine_state *state, const wg_block_stream *stream,
                  wg_error *error);

#endif
