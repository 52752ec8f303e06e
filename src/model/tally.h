// SPDX-License-Identifier: GPL-3.0-or-later
// The books of needs: integers by community and service, set to zero when the month has been written.
#ifndef WG_MODEL_TALLY_H
#define WG_MODEL_TALLY_H

#include "model/resident.h"
#include "schema/column.h"

#define WG_TALLY_COLUMNS(C, T)                                                                                         \
  C(T, uint64_t, U64, person_minutes, "person minute", "Work spent on cases that arose here, handling and verifying.") \
  C(T, uint64_t, U64, need_days, "need day", "Needs open at the end of each day, summed over the days.")               \
  C(T, uint64_t, U64, ended_need_days, "need day", "Days from onset to end of the needs that ended.")                  \
  C(T, uint32_t, U32, arisen, "need", "Needs that arose.")                                                             \
  C(T, uint32_t, U32, repeats, "need", "Those of them that came back (反复).")                                         \
  C(T, uint32_t, U32, due, "need", "Needs whose limit fell in this month.")                                            \
  C(T, uint32_t, U32, lapsed_latent, "need", "Lapsed without having been found.")                                      \
  C(T, uint32_t, U32, found, "need", "Latent needs found by patrol or outreach.")                                      \
  C(T, uint32_t, U32, reported, "case", "Filed because somebody reported them.")                                       \
  C(T, uint32_t, U32, duplicates, "report", "Further reports of cases filed already (重复上报).")                      \
  C(T, uint32_t, U32, filed, "case", "Cases filed (立案), reported or found.")                                         \
  C(T, uint32_t, U32, filed_due, "case", "Filed cases whose legal limit fell in this month.")                          \
  C(T, uint32_t, U32, closed, "case", "Cases closed (结案).")                                                          \
  C(T, uint32_t, U32, closed_on_legal_time, "case", "Those of them closed within the legal limit (按期结案).")         \
  C(T, uint32_t, U32, filed_met_due, "case", "Filed cases legally due in this month and closed within the limit.")     \
  C(T, uint32_t, U32, met_on_time, "need", "Resolved within the need's limit.")                                        \
  C(T, uint32_t, U32, met_late, "need", "Resolved after it.")                                                          \
  C(T, uint32_t, U32, met_due, "need", "Needs due in this month and resolved within their limit.")                     \
  C(T, uint32_t, U32, transfers, "hand-off", "Passed on from one desk to another.")                                    \
  C(T, uint32_t, U32, verified, "case", "Verified (核查) by another desk, passed or not.")                             \
  C(T, uint32_t, U32, returned, "case", "Returned (返工) because verification failed.")                                \
  C(T, uint32_t, U32, escalated, "case", "Taken to a wider desk because they were overdue (升级).")                    \
  C(T, uint32_t, U32, misdirected, "case", "Sent to a desk that they were not for (误派), each time.")                 \
  C(T, uint32_t, U32, lapsed_waiting, "need", "Lapsed while waiting to be handled.")                                   \
  C(T, uint32_t, U32, withdrawn, "need", "Withdrawn by death or leaving.")                                             \
  C(T, uint32_t, U32, refused, "need", "Refused because not eligible (不予受理).")                                     \
  C(T, uint32_t, U32, unmet_not_found, "need", "Not met in time: limit over before anybody found it.")                 \
  C(T, uint32_t, U32, unmet_lapsed, "need", "Lapsed of itself before its limit, not found.")                           \
  C(T, uint32_t, U32, unmet_misdirected, "need", "Met late or lapsed after having been misdirected.")                  \
  C(T, uint32_t, U32, unmet_queued, "need", "Met late or lapsed in a queue.")                                          \
  C(T, uint32_t, U32, unmet_not_eligible, "need", "Refused.")                                                          \
  C(T, uint32_t, U32, unmet_returned, "need", "Met late or lapsed after having been returned.")                        \
  C(T, uint32_t, U32, unmet_moved, "need", "Withdrawn because a policy moved the resident.")                           \
  C(T, uint32_t, U32, rated, "case", "Residents asked about a case that ended (回访).")                                \
  C(T, uint32_t, U32, satisfied, "case", "Those of them who were satisfied.")                                          \
  C(T, uint32_t, U32, open, "need", "Open needs at the month's end, counted in the pool.")                             \
  C(T, uint64_t, U64, open_need_days, "need day", "Their days since onset, counted in the pool.")

// Row: community * services + service.
WG_ROW_STRUCT(wg_tally, WG_TALLY_COLUMNS)
extern const wg_table_type wg_tally_table;

// What runs on from month to month, and must agree with the books: see the mechanism "audit".
#define WG_STOCK_COLUMNS(C, T)                                                                                         \
  C(T, uint64_t, U64, open, "need", "Open needs now.")                                                                 \
  C(T, uint64_t, U64, need_days, "need day", "Open needs summed over all days so far.")                                \
  C(T, uint64_t, U64, arisen, "need", "Needs that ever arose, up to the last month's end.")                            \
  C(T, uint64_t, U64, ended, "need", "Needs that ever ended, up to then.")                                             \
  C(T, uint64_t, U64, ended_need_days, "need day", "Days from onset to end of these.")

// Row: community * services + service.
WG_ROW_STRUCT(wg_stock, WG_STOCK_COLUMNS)
extern const wg_table_type wg_stock_table;

// Groups of residents whose needs are counted apart: age bands, registrations, and whether here since run.start.
enum {
  WG_GROUP_BAND = 0,
  WG_GROUP_REGISTRATION = WG_GROUP_BAND + WG_AGE_BAND_COUNT,
  WG_GROUP_COHORT = WG_GROUP_REGISTRATION + WG_REGISTRATION_COUNT, // no, yes
  WG_GROUP_ROWS = WG_GROUP_COHORT + 2,
};

#define WG_GROUP_TALLY_COLUMNS(C, T)                                                                                   \
  C(T, uint32_t, U32, due, "need", "Needs of the group whose limit fell in the month.")                                \
  C(T, uint32_t, U32, met_due, "need", "Those of them resolved within it.")                                            \
  C(T, uint32_t, U32, filed_due, "case", "Filed cases of the group whose legal limit fell in the month.")              \
  C(T, uint32_t, U32, filed_met_due, "case", "Those of them closed within it.")

// Row: community * WG_GROUP_ROWS + group; of what falls due later, (month modulo WG_AHEAD_MONTHS) * communities *
// WG_GROUP_ROWS before that.
WG_ROW_STRUCT(wg_group_tally, WG_GROUP_TALLY_COLUMNS)
extern const wg_table_type wg_group_tally_table;

// Fine enough for quantiles within 5 %: whole days up to 20, then bins a tenth wide.
enum { WG_DELAY_BIN_COUNT = 54 };
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
