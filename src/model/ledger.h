// SPDX-License-Identifier: GPL-3.0-or-later
// The books of needs (台账): what falls due in which month, for the service and for the groups that the resident belongs to.
#ifndef WG_MODEL_LEDGER_H
#define WG_MODEL_LEDGER_H

#include "model/subdistrict.h"

// Makes room for all books, empty. After the communities are there and service_count is set.
int wg_ledger_create(wg_subdistrict *s, wg_error *error);

static inline wg_tally *wg_ledger_tally(const wg_subdistrict *s, const wg_need *n) {
  return wg_tally_at(s, n->grid, n->service);
}
static inline wg_stock *wg_ledger_stock(const wg_subdistrict *s, const wg_need *n) {
  return wg_stocks(s) + (wg_ledger_tally(s, n) - wg_tallies(s));
}

// What is due in `month`, which is not the one that is lived, waits in these rows.
static inline wg_ahead_row *wg_ledger_ahead(const wg_subdistrict *s, wg_month month) {
  return wg_ahead(s) + (size_t)((uint32_t)month % WG_AHEAD_MONTHS) * s->tables[WG_TABLE_TALLY].count;
}
static inline wg_group_tally *wg_ledger_group_ahead(const wg_subdistrict *s, wg_month month) {
  return wg_group_ahead(s) + (size_t)((uint32_t)month % WG_AHEAD_MONTHS) * s->tables[WG_TABLE_GROUP].count;
}

static inline uint32_t wg_ledger_group_row(const wg_subdistrict *s, const wg_need *n) {
  return (uint32_t)wg_grids(s)[n->grid].community * WG_GROUP_ROWS;
}

// Adds to a column (due, met_due, filed_due, filed_met_due) of the need's rows.
#define WG_LEDGER_ADD_(tally, rows, n, column, delta)                                                                  \
  do {                                                                                                                 \
    (tally)->column += (uint32_t)(delta);                                                                              \
    if ((n)->group != WG_GROUP_NOBODY) {                                                                               \
      wg_group_tally *rows_ = (rows);                                                                                  \
      rows_[WG_GROUP_BAND + wg_group_band((n)->group)].column += (uint32_t)(delta);                                    \
      rows_[WG_GROUP_REGISTRATION + wg_group_registration((n)->group)].column += (uint32_t)(delta);                    \
      rows_[WG_GROUP_COHORT + wg_group_cohort((n)->group)].column += (uint32_t)(delta);                                \
    }                                                                                                                  \
  } while (0)

// In the month that is lived, and in a later one, whose month `day` is in.
#define WG_LEDGER_ADD(s, n, column, delta)                                                                             \
  WG_LEDGER_ADD_(wg_ledger_tally(s, n), wg_group_tallies(s) + wg_ledger_group_row(s, n), n, column, delta)
#define WG_LEDGER_ADD_AHEAD(s, n, day, column, delta)                                                                  \
  do {                                                                                                                 \
    const wg_month month_ = wg_date_month((wg_date)(day));                                                             \
    WG_LEDGER_ADD_(wg_ledger_ahead(s, month_) + (wg_ledger_tally(s, n) - wg_tallies(s)),                               \
                   wg_ledger_group_ahead(s, month_) + wg_ledger_group_row(s, n), n, column, delta);                    \
  } while (0)

// A need has arisen: counted, and due if its limit falls in the month that is lived.
static inline void wg_ledger_open(const wg_subdistrict *s, const wg_need *n) {
  wg_ledger_tally(s, n)->arisen++;
  wg_ledger_stock(s, n)->open++;
  wg_grids(s)[n->grid].open_weight += s->disorder_weight[n->service];
  if (n->due <= s->month_last)
    WG_LEDGER_ADD(s, n, due, 1);
}

// A case has been filed and has its legal limit.
static inline void wg_ledger_file(const wg_subdistrict *s, const wg_need *n) {
  wg_ledger_tally(s, n)->filed++;
  wg_grids(s)[n->grid].filed_month++;
  if (n->legal_due <= s->month_last)
    WG_LEDGER_ADD(s, n, filed_due, 1);
}

#endif
