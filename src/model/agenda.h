// SPDX-License-Identifier: GPL-3.0-or-later
// The agenda (日程) of a month: which needs have something before them on which day. Entries are never taken back: whoever
// reads a day's list asks each need whether it still holds. Rebuilt from the needs' rows at every month's start.
#ifndef WG_MODEL_AGENDA_H
#define WG_MODEL_AGENDA_H

#include <stdint.h>

#include "base/date.h"
#include "base/error.h"
#include "schema/column.h"

typedef enum wg_agenda_kind {
  WG_AGENDA_LAPSE,    // n->lapses is that day
  WG_AGENDA_ARRIVE,   // on its way, n->child is that day
  WG_AGENDA_ESCALATE, // n->escalates is that day
  WG_AGENDA_WAKE,     // dormant, n->child is that day
  WG_AGENDA_REPORT,   // latent, n->child is that day
  WG_AGENDA_KINDS,
} wg_agenda_kind;

#define WG_AGENDA_COLUMNS(C, T)                                                                                        \
  C(T, uint32_t, U32, row, "row", "A need; in the first of each eight rows the entry that comes after them.")
WG_ROW_STRUCT(wg_agenda_entry, WG_AGENDA_COLUMNS)
extern const wg_table_type wg_agenda_entry_table;

struct wg_subdistrict;

// Lists what stands before the open and dormant needs in the month that is set in `s`, and makes room for what up to `more`
// needs that arise in it will add. Returns 0 or WG_FAIL_RUN.
int wg_agenda_begin(struct wg_subdistrict *s, uint32_t more, wg_error *error);

// Adds an entry if the month has the day.
void wg_agenda_add(struct wg_subdistrict *s, wg_agenda_kind kind, uint32_t need, uint32_t day);

// Takes the next need off the day's list for which the entry still holds; WG_NO_ROW when there is none left. The caller must
// see to it that it then holds no longer.
uint32_t wg_agenda_next(struct wg_subdistrict *s, wg_agenda_kind kind, wg_date today);

#endif
