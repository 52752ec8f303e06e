// SPDX-License-Identifier: GPL-3.0-or-later
// The books of needs: integers by community and service, set to zero when the month has been written.
#ifndef WG_MODEL_TALLY_H
#define WG_MODEL_TALLY_H

#include "schema/column.h"

#define WG_TALLY_COLUMNS(C, T)                                                                                         \
  C(T, uint64_t, U64, person_minutes, "person minute", "Handling work spent on cases that arose here.")                \
  C(T, uint32_t, U32, arisen, "need", "Needs that arose.")                                                             \
  C(T, uint32_t, U32, found, "need", "Latent needs found by patrol or outreach.")                                      \
  C(T, uint32_t, U32, filed, "case", "Cases filed (立案), reported or found.")                                         \
  C(T, uint32_t, U32, met_on_time, "need", "Resolved within the need's limit.")                                        \
  C(T, uint32_t, U32, met_late, "need", "Resolved after it.")                                                          \
  C(T, uint32_t, U32, lapsed_latent, "need", "Lapsed without having been found.")                                      \
  C(T, uint32_t, U32, lapsed_waiting, "need", "Lapsed while waiting to be handled.")                                   \
  C(T, uint32_t, U32, withdrawn, "need", "Withdrawn by death or leaving.")                                             \
  C(T, uint32_t, U32, transfers, "hand-off", "Passed on from one desk to another.")                                    \
  C(T, uint32_t, U32, due, "need", "Needs whose limit fell in this month.")                                            \
  C(T, uint32_t, U32, met_due, "need", "Those of them resolved within it.")                                            \
  C(T, uint32_t, U32, closed, "case", "Cases closed (结案).")                                                          \
  C(T, uint32_t, U32, closed_on_legal_time, "case", "Those of them closed within the legal limit (按期结案).")         \
  C(T, uint32_t, U32, filed_due, "case", "Filed cases whose legal limit fell in this month.")                          \
  C(T, uint32_t, U32, filed_met_due, "case", "Those of them closed within it.")                                        \
  C(T, uint32_t, U32, open, "need", "Open needs at the month's end, counted in the pool.")

// Row: community * services + service.
WG_ROW_STRUCT(wg_tally, WG_TALLY_COLUMNS)
extern const wg_table_type wg_tally_table;

enum { WG_DELAY_BIN_COUNT = 18 };
// Lower edges in days; the last bin is open.
extern const uint16_t wg_delay_bin_days[WG_DELAY_BIN_COUNT];

#define WG_DELAY_COLUMNS(C, T) C(T, uint32_t, U32, closed, "case", "Cases closed after a time in this bin.")

// Row: (community * services + service) * WG_DELAY_BIN_COUNT + bin.
WG_ROW_STRUCT(wg_delay, WG_DELAY_COLUMNS)
extern const wg_table_type wg_delay_table;

enum { WG_YEAR_MONTHS = 12 };

#define WG_DUE_COLUMNS(C, T)                                                                                           \
  C(T, uint32_t, U32, due, "need", "As in the tally.")                                                                 \
  C(T, uint32_t, U32, met_due, "need", "As in the tally.")                                                             \
  C(T, uint32_t, U32, filed_due, "case", "As in the tally.")                                                           \
  C(T, uint32_t, U32, filed_met_due, "case", "As in the tally.")

// What was due, of two tables. Of the last twelve months together, row: as of the tally. Of each of them, row: (month modulo
// WG_YEAR_MONTHS) * communities * services + that.
WG_ROW_STRUCT(wg_due_row, WG_DUE_COLUMNS)
extern const wg_table_type wg_due_row_table;

enum { WG_AHEAD_MONTHS = 24 };

// Coverage belongs to the month in which the limit falls. What has ended before that month waits here.
#define WG_AHEAD_COLUMNS(C, T)                                                                                         \
  C(T, uint32_t, U32, due, "need", "Already ended, due in that month.")                                                \
  C(T, uint32_t, U32, met_due, "need", "Those of them resolved within their limit.")                                   \
  C(T, uint32_t, U32, filed_due, "case", "Already ended, legally due in that month.")                                  \
  C(T, uint32_t, U32, filed_met_due, "case", "Those of them closed within the legal limit.")

// Row: (month modulo WG_AHEAD_MONTHS) * communities * services + community * services + service: those of the two or three
// months in which most limits fall lie close together.
WG_ROW_STRUCT(wg_ahead_row, WG_AHEAD_COLUMNS)
extern const wg_table_type wg_ahead_row_table;

#endif
