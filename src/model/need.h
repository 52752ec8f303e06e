// SPDX-License-Identifier: GPL-3.0-or-later
// Needs (需求) and the cases (案件) they become: one row of 64 bytes from onset to outcome, in a pool of the subdistrict.
#ifndef WG_MODEL_NEED_H
#define WG_MODEL_NEED_H

#include <stdbool.h>

#include "base/date.h"
#include "schema/column.h"

#define WG_NEED_COLUMNS(C, T)                                                                                          \
  C(T, uint64_t, U64, identity, "", "Name: (resident or place, service, month, candidate); 0 marks a free slot.")      \
  C(T, uint64_t, U64, key, "", "Hazard at which it is found while latent, static priority while filed.")               \
  C(T, uint32_t, U32, child, "row", "Heap: first child. On its way: the day of arrival.")                              \
  C(T, uint32_t, U32, sibling, "row", "Next in its heap, step or list.")                                               \
  C(T, uint32_t, U32, back, "row", "Previous in its heap or list, or parent of a first child.")                        \
  C(T, uint32_t, U32, resident, "row", "Whose it is; WG_NO_ROW for place needs and residents who moved away.")         \
  C(T, uint32_t, U32, next_of_resident, "row", "The resident's next open need; in a free slot the next free one.")     \
  C(T, uint32_t, U32, lapse_next, "row", "Next that lapses on the same day of this month.")                            \
  C(T, uint32_t, U32, lapse_back, "row", "Previous one.")                                                              \
  C(T, uint16_t, U16, arose, "day", "Day of onset, days since 1970-01-01.")                                            \
  C(T, uint16_t, U16, due, "day", "Last day of the need's limit.")                                                     \
  C(T, uint16_t, U16, filed, "day", "Day of filing (立案), 0 while latent.")                                           \
  C(T, uint16_t, U16, legal_due, "day", "Last day of the legal limit, which runs from filing.")                        \
  C(T, uint16_t, U16, lapses, "day", "Day on which it lapses; 65535 for never.")                                       \
  C(T, uint16_t, U16, work, "minute", "Handling work left.")                                                           \
  C(T, uint16_t, U16, difficulty, "1/65536", "Share of cases that are easier than this one.")                          \
  C(T, uint16_t, U16, desk, "row", "Desk in whose queue it waits, or to which it is on its way; 65535 for none.")      \
  C(T, uint16_t, U16, grid, "row", "Where it arose: booked there for ever.")                                           \
  C(T, uint8_t, U8, service, "", "Service number.")                                                                    \
  C(T, uint8_t, U8, state, "", "wg_need_state.")

WG_ROW_STRUCT(wg_need, WG_NEED_COLUMNS)
extern const wg_table_type wg_need_table;
_Static_assert(sizeof(wg_need) == 64, "an open need takes 64 bytes");

typedef enum wg_need_state {
  WG_NEED_LATENT,  // 未发现
  WG_NEED_FILED,   // 立案, not yet at a desk
  WG_NEED_WAITING, // 派遣, in a desk's queue
  WG_NEED_ON_WAY,  // 移交, to the desk that `desk` names
  // Ended today; freed when the day's books are made.
  WG_NEED_MET,       // 结案
  WG_NEED_LAPSED,    // 自行消失
  WG_NEED_WITHDRAWN, // 撤销: its resident died or left
} wg_need_state;

// Neither resolved nor lapsed nor withdrawn.
static inline bool wg_need_is_open(const wg_need *n) {
  return n->state < WG_NEED_MET;
}

enum { WG_NEVER = 65535, WG_NO_DESK = 65535 };

// Pairing heap over rows of the pool, linked inside the rows. Order: key, then identity; total, so that the order of
// insertion never shows. `root` is WG_NO_ROW when empty. All O(1) but pop and remove (amortised O(log n)).
void wg_need_heap_push(wg_need *needs, uint32_t *root, uint32_t row);
uint32_t wg_need_heap_pop(wg_need *needs, uint32_t *root);
void wg_need_heap_remove(wg_need *needs, uint32_t *root, uint32_t row);

#endif
