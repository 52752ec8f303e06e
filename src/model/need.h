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
  C(T, uint32_t, U32, child, "row", "Heap: first child. On its way, dormant, or latent and to be reported: that day.") \
  C(T, uint32_t, U32, sibling, "row", "Next in its heap, step or list.")                                               \
  C(T, uint32_t, U32, back, "row", "Heap: previous one, or parent of a first child.")                                  \
  C(T, uint32_t, U32, resident, "row", "Whose it is; WG_NO_ROW for place needs and residents who moved away.")         \
  C(T, uint32_t, U32, next_of_resident, "row", "The resident's next open need; in a free slot the next free one.")     \
  C(T, uint16_t, U16, arose, "day", "Day of onset, days since 1970-01-01.")                                            \
  C(T, uint16_t, U16, due, "day", "Last day of the need's limit.")                                                     \
  C(T, uint16_t, U16, filed, "day", "Day of filing (立案), 0 while latent.")                                           \
  C(T, uint16_t, U16, legal_due, "day", "Last day of the legal limit, which runs from filing.")                        \
  C(T, uint16_t, U16, lapses, "day", "Day on which it lapses; 65535 for never.")                                       \
  C(T, uint16_t, U16, escalates, "day", "Day on which it goes to a wider desk if it still waits; 65535 for never.")    \
  C(T, uint16_t, U16, work, "minute", "Work left: handling, or verifying once that is done.")                          \
  C(T, uint16_t, U16, difficulty, "1/65536", "Share of cases that are easier than this one.")                          \
  C(T, uint16_t, U16, desk, "row", "Desk in whose queue it waits, or to which it is on its way; 65535 for none.")      \
  C(T, uint16_t, U16, handler, "row", "Desk that has handled it; 65535 for none yet.")                                 \
  C(T, uint16_t, U16, grid, "row", "Where it arose: booked there for ever.")                                           \
  C(T, uint8_t, U8, service, "", "Service number.")                                                                    \
  C(T, uint8_t, U8, state, "", "wg_need_state.")                                                                       \
  C(T, uint8_t, U8, group, "", "Whose need it is, see wg_need_group; WG_GROUP_NOBODY for place needs.")                \
  C(T, uint8_t, U8, marks, "", "What has become of it on its way: WG_MARK_ bits.")                                     \
  C(T, uint8_t, U8, rounds, "", "Hand-offs in the low four bits, returns in the high ones; 15 stands for more.")       \
  C(T, uint8_t, U8, channel, "", "How it was filed, or will be: 0 found, else wg_channel + 1.")

WG_ROW_STRUCT(wg_need, WG_NEED_COLUMNS)
extern const wg_table_type wg_need_table;
_Static_assert(sizeof(wg_need) == 64, "an open need takes 64 bytes");

// The stages of the case cycle of GB/T 30428.
typedef enum wg_need_state {
  WG_NEED_LATENT,    // 未发现
  WG_NEED_FILED,     // 立案, not yet at a desk
  WG_NEED_WAITING,   // 派遣, in a desk's queue
  WG_NEED_ON_WAY,    // 移交, to the desk that `desk` names
  WG_NEED_HANDLED,   // 处置完毕: on the day's list of cases whose handling or verifying is done
  WG_NEED_VERIFYING, // 核查, in the queue of the desk that verifies
  WG_NEED_LISTED,    // 轮候, on the waiting list of a continuing service
  // Ended today; freed when the day's books are made.
  WG_NEED_MET,       // 结案
  WG_NEED_LAPSED,    // 自行消失
  WG_NEED_WITHDRAWN, // 撤销: its resident died or left
  WG_NEED_REFUSED,   // 不予受理: not eligible
  // Ended before; waits for the day on which it comes back as a new need.
  WG_NEED_DORMANT,
} wg_need_state;

// Neither resolved nor lapsed, withdrawn or refused.
static inline bool wg_need_is_open(const wg_need *n) {
  return n->state < WG_NEED_MET;
}

enum {
  WG_MARK_MISDIRECTED = 1U << 0, // 误派: has been at a desk that it was not for
  WG_MARK_RETURNED = 1U << 1,    // 返工: verification failed
  WG_MARK_ESCALATED = 1U << 2,   // 升级: went to a wider desk
  WG_MARK_MOVED = 1U << 3,       // withdrawn because a policy moved its resident
  WG_MARK_REPEAT = 1U << 4,      // 反复: an earlier need came back
};

// Who has a need, as it was when it arose: age band, registration and whether one of the cohort of run.start.
enum { WG_GROUP_NOBODY = 255 };
static inline uint8_t wg_need_group(uint32_t band, uint32_t registration, bool cohort) {
  return (uint8_t)(band | registration << 5 | (uint32_t)cohort << 7);
}
static inline uint32_t wg_group_band(uint8_t group) {
  return group & 31U;
}
static inline uint32_t wg_group_registration(uint8_t group) {
  return group >> 5 & 3U;
}
static inline bool wg_group_cohort(uint8_t group) {
  return group >> 7;
}

enum { WG_ROUND_HAND_OFF = 1, WG_ROUND_RETURN = 16 };
static inline uint32_t wg_need_hand_offs(const wg_need *n) {
  return n->rounds & 15U;
}
static inline uint32_t wg_need_returns(const wg_need *n) {
  return n->rounds >> 4;
}
static inline void wg_need_count_hand_off(wg_need *n) {
  n->rounds = (uint8_t)(n->rounds + (wg_need_hand_offs(n) < 15 ? WG_ROUND_HAND_OFF : 0));
}
static inline void wg_need_count_return(wg_need *n) {
  n->rounds = (uint8_t)(n->rounds + (wg_need_returns(n) < 15 ? WG_ROUND_RETURN : 0));
}

enum { WG_NEVER = 65535, WG_NO_DESK = 65535 };

// Pairing heap over rows of the pool, linked inside the rows. Order: key, then identity; total, so that the order of
// insertion never shows. `root` is WG_NO_ROW when empty. All O(1) but pop and remove (amortised O(log n)).
void wg_need_heap_push(wg_need *needs, uint32_t *root, uint32_t row);
uint32_t wg_need_heap_pop(wg_need *needs, uint32_t *root);
void wg_need_heap_remove(wg_need *needs, uint32_t *root, uint32_t row);

#endif
