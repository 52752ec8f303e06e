// SPDX-License-Identifier: GPL-3.0-or-later
// Posts (岗位) of desks: who works there, since when, or until when nobody does. A desk with 2.3 of staff has three posts, the
// last of them with 0.3; posts above the staff are inactive and wait for a policy.
#ifndef WG_MODEL_POST_H
#define WG_MODEL_POST_H

#include "base/draw.h"
#include "model/subdistrict.h"

enum { WG_POST_WHOLE = 100, WG_TENURE_MAX = 600 }; // in 1/100 person; months that tenures are drawn up to at the start

// The share of post `number` in the staff; 0: inactive.
static inline uint32_t wg_post_share(uint32_t staff_centi, uint32_t number) {
  const uint64_t before = (uint64_t)number * WG_POST_WHOLE;
  const uint64_t left = staff_centi > before ? staff_centi - before : 0;
  return left < WG_POST_WHOLE ? (uint32_t)left : WG_POST_WHOLE;
}

static inline uint32_t wg_posts_needed(uint32_t staff_centi) {
  return (staff_centi + WG_POST_WHOLE - 1) / WG_POST_WHOLE;
}

static inline bool wg_post_filled(const wg_post *post) {
  return post->share > 0 && post->vacant_until == 0;
}

// Gives the desk inactive posts until it has `count` of them.
int wg_posts_open(wg_subdistrict *s, uint32_t desk, uint32_t count, wg_error *error);

// Somebody without experience begins in the post.
void wg_post_hire(wg_desk *desk, wg_post *post, wg_month month);

// Makes the posts of the desk what its staff is now, and counts those filled: a post that becomes active is filled at once, whose
// post ends leaves.
void wg_posts_set(wg_subdistrict *s, wg_desk *desk, wg_month month);

// The month's turnover, for each active post by a draw of its own: who served last month leaves with probability
// `leave`; the post is filled again `vacancy_months` later.
void wg_posts_turn_over(wg_subdistrict *s, wg_desk *desk, wg_luck luck, wg_month month, double leave,
                        double vacancy_months);

// Active posts as such turnover leaves them in the long run, at the end of `month`.
void wg_posts_settle(wg_subdistrict *s, wg_desk *desk, wg_luck luck, wg_month month, double leave,
                     double vacancy_months);

// What the desk's people can do: 65536 when all are experienced, or nobody is there.
uint32_t wg_posts_experience(const wg_subdistrict *s, const wg_desk *desk, wg_month month, double novice_loss,
                             double learning_months);

#endif
