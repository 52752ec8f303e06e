// SPDX-License-Identifier: GPL-3.0-or-later
// Levers (杠杆): the one abstraction of policy. A lever is a quantity that policies combine into and mechanisms only read;
// without policies it is neutral. One row each.
//
// A lever has a value for every community of a subdistrict and one for the subdistrict as a whole (the mean over its
// communities, weighted by their grids), from which the subdistrict's own desks read. Some have several: one for each
// role of desks or for each network of services. Values are constant within a segment of the month.
#ifndef WG_MODEL_LEVER_H
#define WG_MODEL_LEVER_H

#include "model/service.h"
#include "model/subdistrict.h"

typedef enum wg_lever_rule {
  WG_ADD,      // contributions add up; strength scales them
  WG_MULTIPLY, // factors multiply; at strength s a factor f becomes 1 + s (f - 1)
  WG_MAX,      // the largest counts; strength scales them
  WG_REPLACE,  // takes the place of what the configuration says, at strength s as far as s of the way there
} wg_lever_rule;

typedef enum wg_lever_per { WG_PER_PLACE, WG_PER_ROLE, WG_PER_NETWORK } wg_lever_per;

// Row: (ID, name, per, rule, neutral, least, greatest, unit, label, doc, reader). Least and greatest bound what all policies
// together make of it; beyond them is an error, never a clamp. REPLACE is neutral when nothing replaces.
#define WG_LEVERS(L)                                                                                                   \
  L(OFFICERS_PER_GRID, officers_per_grid, PLACE, REPLACE, 0.0, 0.0, 100.0, "person / grid", "每格网格员",              \
    "Staff of each desk whose role is officers.", "workforce")                                                         \
  L(STAFF_ADDED, staff_added, ROLE, ADD, 0.0, 0.0, 1000.0, "person / desk", "增配人员",                                \
    "Staff added to each desk of the role.", "workforce")                                                              \
  L(CLERICAL_LOAD, clerical_load, ROLE, MULTIPLY, 1.0, 0.0, 100.0, "1", "行政负担",                                    \
    "Factor on the share of hours lost to office work.", "workforce")                                                  \
  L(SURGE_HOURS, surge_hours, ROLE, ADD, 0.0, 0.0, 1.0, "1", "抽调工时", "Share of hours taken for duty elsewhere.",   \
    "workforce")                                                                                                       \
  L(TURNOVER, turnover, ROLE, MULTIPLY, 1.0, 0.0, 100.0, "1", "流动率系数",                                            \
    "Factor on the yearly rate at which people leave their posts, looked at on the first of a month.", "workforce")    \
  L(LOOKING_SHARE, looking_share, ROLE, ADD, 0.0, -1.0, 1.0, "1", "巡查走访占比",                                      \
    "Added to the share of hours that looking keeps when cases wait.", "workforce")                                    \
  L(SKILL, skill, ROLE, ADD, 0.0, 0.0, 1.0, "1", "专业能力",                                                           \
    "Share of the cases otherwise beyond a desk that it can finish.", "handling")                                      \
  L(MISROUTE_PROBABILITY, misroute_probability, PLACE, MULTIPLY, 1.0, 0.0, 100.0, "1", "误派概率",                     \
    "Factor on the probability that a case goes to another network's team first.", "dispatch")                         \
  L(REFERRAL_SHARE, referral_share, PLACE, ADD, 0.0, 0.0, 1.0, "1", "转介比例",                                        \
    "Share of cases referred to a social worker first, of services that social workers take.", "dispatch")             \
  L(LIGHT_CASES, light_cases, PLACE, MAX, 0.0, 0.0, 1.0, "1", "轻微案件",                                              \
    "Officers take this share, of least work, of the cases that are otherwise not theirs.", "dispatch")                \
  L(DISPATCH_DELAY, dispatch_delay, PLACE, MULTIPLY, 1.0, 0.0, 100.0, "1", "受理时间",                                 \
    "Factor on the days that departments take to accept a case.", "dispatch")                                          \
  L(LOAD_AWARE, load_aware, PLACE, MAX, 0.0, 0.0, 1.0, "1", "按负荷派遣",                                              \
    "Share of cases that go to the able desk with least waiting for its hours.", "dispatch")                           \
  L(TRIAGE_ACCURACY, triage_accuracy, PLACE, ADD, 0.0, 0.0, 1.0, "1", "分拣准确率",                                    \
    "Share of cases that go straight to a desk that can finish them.", "dispatch")                                     \
  L(RETURN_PROBABILITY, return_probability, PLACE, MULTIPLY, 1.0, 0.0, 100.0, "1", "返工概率",                         \
    "Factor on the probability that verification fails.", "verification")                                              \
  L(ESCALATION_DELAY, escalation_delay, PLACE, MULTIPLY, 1.0, 0.0, 100.0, "1", "升级时间",                             \
    "Factor on the days overdue after which a case escalates.", "escalation")                                          \
  L(AUTHORITY_DEVOLVED, authority_devolved, PLACE, MAX, 0.0, 0.0, 1.0, "1", "赋权下沉",                                \
    "Share of the cases that only the district's departments can finish which the subdistrict's teams can then too.",  \
    "handling")                                                                                                        \
  L(TRANSFER_DELAY, transfer_delay, PLACE, MULTIPLY, 1.0, 0.0, 100.0, "1", "移交时间",                                 \
    "Factor on the days that a hand-off between owners or networks takes.", "handling")                                \
  L(NEED_RATE, need_rate, NETWORK, MULTIPLY, 1.0, 0.0, 100.0, "1", "需求率",                                           \
    "Factor on the rate of needs; needs.cap bounds it.", "needs")                                                      \
  L(REPORT_PROPENSITY, report_propensity, PLACE, MULTIPLY, 1.0, 0.0, 100.0, "1", "自报倾向",                           \
    "Factor on the chance that a need is reported; a chance above 1 is an error.", "needs")                            \
  L(ONLINE_SHARE, online_share, PLACE, ADD, 0.0, 0.0, 100.0, "1", "网络渠道",                                          \
    "Added to reporting.online_use; age and education decide who takes it up.", "needs")                               \
  L(PROGRAMME_COST, programme_cost, PLACE, ADD, 0.0, 0.0, 1e12, "fen / month", "政策支出",                             \
    "Cost beside wages in each community.", "budget")                                                                  \
  L(WORKPLACES_CLOSED, workplaces_closed, PLACE, ADD, 0.0, 0.0, 1.0, "1", "关停单位占比",                              \
    "Share of the workplaces that are closed.", "relief")                                                              \
  L(DWELLINGS_CLOSED, dwellings_closed, PLACE, ADD, 0.0, 0.0, 1.0, "1", "腾退住房占比",                                \
    "Share of the initial dwellings that are closed.", "relief")                                                       \
  L(BEDS_CLOSED, beds_closed, PLACE, ADD, 0.0, 0.0, 1.0, "1", "腾退床位占比",                                          \
    "Share of the places in collective households that are closed.", "relief")                                         \
  L(SPACE_REUSED, space_reused, PLACE, ADD, 0.0, 0.0, 1.0, "1", "腾退空间利用",                                        \
    "Share of the initial dwellings that, closed, have become space of public services.", "relief")                    \
  L(OUT_MIGRATION, out_migration, PLACE, ADD, 0.0, 0.0, 12.0, "1 / year", "随功能迁出率",                              \
    "Rate at which employed people registered outside the city leave with their households where workplaces are "      \
    "closed; relief.follow_cap bounds it.",                                                                            \
    "relief")

enum {
  WG_PER_PLACE_SLOTS = 1,
  WG_PER_ROLE_SLOTS = WG_ROLE_COUNT,
  WG_PER_NETWORK_SLOTS = WG_NETWORK_COUNT,
};

typedef enum wg_lever_id {
#define WG_LEVER_ID(ID, name, per, rule, neutral, least, greatest, unit, label, doc, reader) WG_LEVER_##ID,
  WG_LEVERS(WG_LEVER_ID)
#undef WG_LEVER_ID
      WG_LEVER_COUNT,
} wg_lever_id;

// The first slot of each lever; slot + role or network for those that have several.
typedef enum wg_lever_slot {
#define WG_LEVER_SLOT(ID, name, per, rule, neutral, least, greatest, unit, label, doc, reader)                         \
  WG_SLOT_##ID, WG_SLOT_LAST_##ID = WG_SLOT_##ID + WG_PER_##per##_SLOTS - 1,
  WG_LEVERS(WG_LEVER_SLOT)
#undef WG_LEVER_SLOT
      WG_SLOT_COUNT,
} wg_lever_slot;

typedef struct wg_lever {
  const char *name;
  wg_lever_per per;
  wg_lever_rule rule;
  double neutral, least, greatest;
  const char *unit, *label, *doc, *reader;
  uint32_t slot; // its first
} wg_lever;

extern const wg_lever wg_levers[WG_LEVER_COUNT];
const char *wg_lever_rule_name(wg_lever_rule rule); // "add", "multiply", "max", "replace"

// The lever that a slot belongs to.
wg_lever_id wg_slot_lever(uint32_t slot);

// "clerical_load.committee", and its Chinese label; written into `text`.
void wg_slot_code(uint32_t slot, char text[64]);
void wg_slot_label(uint32_t slot, char text[96]);

// The value of a slot in a segment of the month, and today; `community` may be the number of communities: the
// subdistrict as a whole.
static inline wg_lever_value *wg_lever_in(const wg_subdistrict *s, uint32_t segment, uint32_t slot,
                                          uint32_t community) {
  return wg_lever_values(s) + ((size_t)segment * WG_SLOT_COUNT + slot) * (wg_communities_count(s) + 1) + community;
}
static inline const wg_lever_value *wg_lever_at(const wg_subdistrict *s, uint32_t slot, uint32_t community) {
  return wg_lever_in(s, s->segment, slot, community);
}

static inline double wg_lever_get(const wg_subdistrict *s, uint32_t slot, uint32_t community) {
  return wg_lever_at(s, slot, community)->value;
}

// What a REPLACE lever makes of the configuration's value.
static inline double wg_lever_replace(const wg_lever_value *v, double base) {
  return base + v->weight * (v->value - base);
}

// Whether the levers may have changed since yesterday. The month's first day is none of these: month_start hooks have it.
static inline bool wg_segment_begins(const wg_subdistrict *s, wg_date today) {
  return s->segment > 0 && s->month_first + s->segment_first[s->segment] == today;
}

// Where a desk reads from: its community, or the subdistrict as a whole.
static inline uint32_t wg_desk_home(const wg_subdistrict *s, const wg_desk *desk) {
  return desk->community != WG_NO_PLACE ? desk->community : wg_communities_count(s);
}

#endif
