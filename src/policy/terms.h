// SPDX-License-Identifier: GPL-3.0-or-later
// What every policy takes: dates, strength, scope and roll-out.
#ifndef WG_POLICY_TERMS_H
#define WG_POLICY_TERMS_H

#include "schema/param.h"

#define WG_POLICY_TERMS(X, T)                                                                                          \
  X(T, DATE, from, "", 0, 0, "", SETTING, "起始日", "First day in force; empty: run.start.", "")                       \
  X(T, DATE, to, "", 0, 0, "", SETTING, "终止日", "First day no longer in force; empty: stays.", "")                   \
  X(T, INT, ramp_months, "0", 0, 240, "month", SETTING, "推进月数",                                                    \
    "Months over which a place comes to full strength after it has adopted, a step each month.", "")                   \
  X(T, REAL, strength, "1.0", 0.0, 1.0, "1", SETTING, "力度", "Scales effects and costs alike; 0 changes nothing.", "")

#define WG_POLICY_SCOPE(X, T)                                                                                          \
  X(T, TEXTS, subdistricts, "[]", 0, 0, "", SETTING, "街道", "Codes; empty: all.", "")                                 \
  X(T, TEXTS, communities, "[]", 0, 0, "", SETTING, "社区", "Codes; empty: all.", "")                                  \
  X(T, CHOICE, kind, "all", 0, 0, "all|urban|rural|ordinary|compound|campus|village", SETTING, "类型",                 \
    "Communities of this statistical class (城乡分类) or kind only.", "")                                              \
  X(T, REAL, share, "1.0", 0.0, 1.0, "1", SETTING, "抽取比例",                                                         \
    "Share of the communities so chosen, by a draw that belongs to community and policy.", "")

#define WG_POLICY_ROLLOUT(X, T)                                                                                        \
  X(T, TEXTS, pilots, "[]", 0, 0, "", SETTING, "试点",                                                                 \
    "Codes of communities or subdistricts that begin on the first day; empty: no pilots.", "")                         \
  X(T, INT, after_months, "12", 0, 240, "month", SETTING, "试点月数",                                                  \
    "Months from the pilots' first day to the first of the others; without pilots the others begin at once.", "")      \
  X(T, INT, communities_per_month, "0", 0, 100000, "community / month", SETTING, "每月推广",                           \
    "How many of the others adopt each month; 0: all at once.", "")                                                    \
  X(T, CHOICE, order, "need", 0, 0, "need|name|draw", SETTING, "推广次序",                                             \
    "By cases filed per resident in about the last year, as officials see it (ties by code); by name; by draw.", "")

WG_PARAM_STRUCT(wg_policy_terms, WG_POLICY_TERMS)
WG_PARAM_STRUCT(wg_policy_scope, WG_POLICY_SCOPE)
WG_PARAM_STRUCT(wg_policy_rollout, WG_POLICY_ROLLOUT)
extern const wg_param_group wg_policy_terms_group, wg_policy_scope_group, wg_policy_rollout_group;

typedef enum wg_scope_kind {
  WG_SCOPE_ALL,
  WG_SCOPE_URBAN,
  WG_SCOPE_RURAL,
  WG_SCOPE_KIND, // + wg_community_kind
} wg_scope_kind;

typedef enum wg_rollout_order { WG_ORDER_NEED, WG_ORDER_NAME, WG_ORDER_DRAW } wg_rollout_order;

#endif
