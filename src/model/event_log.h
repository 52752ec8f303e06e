// SPDX-License-Identifier: GPL-3.0-or-later
// The event log (流转日志) of a subdistrict: one entry for every transition of its needs, where output.events asks for it.
#ifndef WG_MODEL_EVENT_LOG_H
#define WG_MODEL_EVENT_LOG_H

#include <stdint.h>

#include "schema/column.h"

typedef enum wg_event_kind {
  WG_EVENT_ARISE,    // 产生
  WG_EVENT_REPORT,   // 自报
  WG_EVENT_FIND,     // 发现
  WG_EVENT_FILE,     // 立案
  WG_EVENT_DISPATCH, // 派遣: reaches a desk's queue
  WG_EVENT_TRANSFER, // 移交: a desk passes it on; the next one dispatches it to its queue
  WG_EVENT_HANDLE,   // 处置完毕
  WG_EVENT_VERIFY,   // 核查: reaches the queue of the desk that verifies
  WG_EVENT_RETURN,   // 返工: verification failed
  WG_EVENT_ESCALATE, // 升级
  WG_EVENT_LIST,     // 轮候
  WG_EVENT_CLOSE,    // 结案
  WG_EVENT_LAPSE,    // 自行消失
  WG_EVENT_WITHDRAW, // 撤销
  WG_EVENT_REFUSE,   // 不予受理
  WG_EVENT_KIND_COUNT,
} wg_event_kind;

extern const char *const wg_event_names[WG_EVENT_KIND_COUNT], *const wg_event_labels[WG_EVENT_KIND_COUNT];

#define WG_EVENT_COLUMNS(C, T)                                                                                         \
  C(T, uint64_t, U64, need, "", "Name of the need.")                                                                   \
  C(T, uint16_t, U16, day, "day", "Days since 1970-01-01.")                                                            \
  C(T, uint16_t, U16, grid, "row", "Where it arose.")                                                                  \
  C(T, uint16_t, U16, desk, "row", "Desk, 65535 for none.")                                                            \
  C(T, uint8_t, U8, service, "", "Service number.")                                                                    \
  C(T, uint8_t, U8, kind, "", "wg_event_kind.")
WG_ROW_STRUCT(wg_event, WG_EVENT_COLUMNS)
extern const wg_table_type wg_event_table;

struct wg_subdistrict;

// Adds an entry of today; grows the table, which only a run that asked for the log ever does. Out of memory: s->log_failed.
void wg_event_append(struct wg_subdistrict *s, uint32_t need, wg_event_kind kind, uint32_t desk);

// Puts the month's entries in the order of days and, within a day, of needs; those of one need on one day stay as they are. Fails
// where there was no memory for an entry.
int wg_event_log_order(struct wg_subdistrict *s, wg_error *error);

#endif
