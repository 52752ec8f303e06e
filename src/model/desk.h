// SPDX-License-Identifier: GPL-3.0-or-later
// Desks (服务力量): the one abstraction of supply. Kinds are configuration; desks are rows of a subdistrict.
#ifndef WG_MODEL_DESK_H
#define WG_MODEL_DESK_H

#include "schema/column.h"
#include "schema/param.h"

#define WG_DESK_KIND_PARAMS(X, T)                                                                                      \
  X(T, TEXT, label, NULL, 0, 0, "", SETTING, "名称", "Chinese name.", "")                                              \
  X(T, CHOICE, owner, "territory", 0, 0, "department|territory", ASSUMED, "归属",                                      \
    "Who owns the desk: a department (条) or the territory (块).", "")                                                 \
  X(T, CHOICE, role, "other", 0, 0, "other|officers|committee|station|social_workers|team|department", ASSUMED,        \
    "角色", "What the desk is to policies: which levers it reads.", "")                                                \
  X(T, CHOICE, network, "none", 0, 0, "none|city|social|order", ASSUMED, "所属网络",                                   \
    "The network whose specialist team this is: cases of other networks may be misdirected to it.",                    \
    "seed text: three networks (三网)")                                                                                \
  X(T, CHOICE, area, NULL, 0, 0, "grid|community|subdistrict|district", ASSUMED, "范围",                               \
    "One desk of this kind stands in every such place; of a district's, every subdistrict has a monthly quota.", "")   \
  X(T, REAL, staff, "1.0", 0.0, 1000.0, "person", ASSUMED, "人数", "Staff of each desk, before staff_per_10000.", "")  \
  X(T, REAL, staff_per_10000, "0.0", 0.0, 1000.0, "person / 10000 residents", ASSUMED, "每万人人数",                   \
    "Staff added for the residents of the desk's area at run.start.", "")                                              \
  X(T, INT, minutes, "480", 0, 1440, "minute / person / working day", ASSUMED, "日工时", "Length of a working day.",   \
    "statutory eight-hour day")                                                                                        \
  X(T, REAL, clerical_share, "0.3", 0.0, 1.0, "1", ASSUMED, "行政负担",                                                \
    "Share of hours lost to office work: neither handling nor looking.", "no published size")                          \
  X(T, BOOL, weekends, "false", 0, 0, "", ASSUMED, "周末值班", "Works on weekends and public holidays too.", "")       \
  X(T, CHOICE, looks, "none", 0, 0, "none|patrol|outreach", ASSUMED, "发现方式",                                       \
    "How the desk spends the hours that handling leaves over.", "")                                                    \
  X(T, REAL, looking_floor, "0.3", 0.0, 1.0, "1", ASSUMED, "巡查下限",                                                 \
    "Share of hours that goes to looking (巡查, 走访) even when cases wait.", "no published size")                     \
  X(T, REAL, care_share, "0.0", 0.0, 1.0, "1", ASSUMED, "照护上限",                                                    \
    "Share of hours that continuing services (持续服务) may take at most; care comes first in the day. 0: gives "  \
    "none.",                                                                                                           \
    "no published size")                                                                                               \
  X(T, INT, pass_on_minutes, "10", 0, 480, "minute", ASSUMED, "转办用时",                                              \
    "Time lost on a case that turns out to be another desk's.", "no published size")                                   \
  X(T, INT, wage_fen, "500000", 0, 100000000, "fen / person / month", ASSUMED, "月工资", "Full cost of one person.",   \
    "no local figure; order of Beijing's average wage")                                                                \
  X(T, REAL, turnover, "0.2", 0.0, 12.0, "1 / year", ASSUMED, "流动率",                                                \
    "Rate at which people leave their posts; a twelfth of it is the probability in a month.",                          \
    "social workers of Chinese cities: about 0.2 (17.6 % in Shenzhen in 2011, 19.8 % in 2013); other staff: none")     \
  X(T, REAL, vacancy_months, "2.0", 0.0, 120.0, "month", ASSUMED, "空岗时间",                                          \
    "Mean time that a post stays vacant: whole months, the fraction by a draw.", "no published size")                  \
  X(T, REAL, leave_days, "10.0", 0.0, 250.0, "day / year", ASSUMED, "年休假",                                          \
    "Days on leave, of 250 working days a year.",                                                                      \
    "statutory paid leave (职工带薪年休假条例, 2008): 5, 10 or 15 days by years of work")                              \
  X(T, REAL, training_days, "4.0", 0.0, 250.0, "day / year", ASSUMED, "培训",                                          \
    "Days in training, of 250 working days a year.", "no published size")                                              \
  X(T, REAL, travel_loss, "0.1", 0.0, 1.0, "1", ASSUMED, "路途损失",                                                   \
    "Share of hours lost on the way for each grid beyond the first that one person of a grid's desk has (一人多格).",  \
    "no published size")                                                                                               \
  X(T, REAL, novice_loss, "0.1", 0.0, 1.0, "1", ASSUMED, "新手损失",                                                   \
    "Share of the cases a desk can finish that somebody new cannot, before the last desk of the route.",               \
    "no published size")                                                                                               \
  X(T, REAL, learning_months, "12.0", 0.01, 600.0, "month", ASSUMED, "熟练时间",                                       \
    "Time in which all but 1/e of that is learnt.", "no published size")

WG_PARAM_STRUCT(wg_desk_kind_params, WG_DESK_KIND_PARAMS)
extern const wg_param_group wg_desk_kind_group;

typedef enum wg_role {
  WG_ROLE_OTHER,
  WG_ROLE_OFFICERS,       // 网格员
  WG_ROLE_COMMITTEE,      // 居(村)委会
  WG_ROLE_STATION,        // 社区服务站
  WG_ROLE_SOCIAL_WORKERS, // 专业社工
  WG_ROLE_TEAM,           // 街镇专业力量
  WG_ROLE_DEPARTMENT,     // 区级部门
  WG_ROLE_COUNT,
} wg_role;
extern const char *const wg_role_names[WG_ROLE_COUNT], *const wg_role_labels[WG_ROLE_COUNT];

typedef enum wg_desk_owner { WG_OWNER_DEPARTMENT, WG_OWNER_TERRITORY } wg_desk_owner; // 条, 块
typedef enum wg_desk_area { WG_AREA_GRID, WG_AREA_COMMUNITY, WG_AREA_SUBDISTRICT, WG_AREA_DISTRICT } wg_desk_area;
typedef enum wg_desk_looks { WG_LOOKS_NONE, WG_LOOKS_PATROL, WG_LOOKS_OUTREACH } wg_desk_looks;

enum { WG_TEAM_OF_NONE = 0, WG_TEAM_OF_FIRST = 1 }; // network: none, then the networks in their order

enum { WG_DESK_KIND_MAX = 16, WG_NO_PLACE = 65535 };

#define WG_DESK_COLUMNS(C, T)                                                                                          \
  C(T, uint64_t, U64, identity, "", "Name: place and kind.")                                                           \
  C(T, uint64_t, U64, queued_minutes, "minute", "Work waiting in the queue.")                                          \
  C(T, uint64_t, U64, morning_queue, "minute", "The same when today's new cases come, before any is dispatched.")      \
  C(T, uint64_t, U64, minutes_available, "person minute", "This month.")                                               \
  C(T, uint64_t, U64, minutes_handling, "person minute", "This month, spent on cases.")                                \
  C(T, uint64_t, U64, minutes_looking, "person minute", "This month, spent on patrol or outreach.")                    \
  C(T, uint64_t, U64, minutes_posts, "person minute", "This month, of all posts, filled or vacant; at its end.")       \
  C(T, uint32_t, U32, queue, "row", "Root of the heap of waiting cases.")                                              \
  C(T, uint32_t, U32, queued, "case", "Cases waiting.")                                                                \
  C(T, uint32_t, U32, waiting_list, "row", "Root of the heap of those who wait for a continuing service (轮候).")      \
  C(T, uint32_t, U32, listed, "case", "How many they are.")                                                            \
  C(T, uint64_t, U64, minutes_care, "person minute", "This month, spent on continuing services.")                      \
  C(T, uint32_t, U32, residents_base, "resident", "Residents of its area at run.start.")                               \
  C(T, uint64_t, U64, staff_days, "1/100 person day", "Filled posts times days, this month: paid.")                    \
  C(T, uint32_t, U32, staff_base, "1/100 person", "Posts as configured, before policies.")                             \
  C(T, uint32_t, U32, staff_centi, "1/100 person", "Posts.")                                                           \
  C(T, uint32_t, U32, filled_centi, "1/100 person", "Filled posts.")                                                   \
  C(T, uint32_t, U32, experience, "1/65536", "Share of its usual cases that it can finish, with so many novices.")     \
  C(T, uint32_t, U32, first_post, "row", "Its first post; the others follow.")                                         \
  C(T, uint32_t, U32, last_post, "row", "Its last post, where more are added.")                                        \
  C(T, uint32_t, U32, post_count, "post", "Rows, active or not.")                                                      \
  C(T, uint32_t, U32, hired, "person", "This month.")                                                                  \
  C(T, uint32_t, U32, left, "person", "This month.")                                                                   \
  C(T, uint32_t, U32, minutes_a_day, "person minute / working day", "Hours of all posts, filled or vacant.")           \
  C(T, uint32_t, U32, days_worked, "day", "Working days since the posts were last set.")                               \
  C(T, uint32_t, U32, minutes, "person minute / working day", "Hours left after all losses.")                          \
  C(T, uint32_t, U32, looking_floor, "person minute / working day", "Least hours for looking.")                        \
  C(T, uint32_t, U32, first_enrolment, "row", "Who has been enrolled longest.")                                        \
  C(T, uint32_t, U32, last_enrolment, "row", "Who has been enrolled last.")                                            \
  C(T, uint32_t, U32, care_week, "minute / week", "Promised to all who are enrolled.")                                 \
  C(T, uint32_t, U32, care_served, "minute / week", "Promised to those whom its hours reach.")                         \
  C(T, uint32_t, U32, care_most, "person minute / working day", "Most that care may take.")                            \
  C(T, uint32_t, U32, care_owed, "person minute", "Reviews (复核) still to be worked off.")                            \
  C(T, uint32_t, U32, care_unserved, "resident", "Enrolled whom its hours do not reach.")                              \
  C(T, uint32_t, U32, today, "person minute", "Left of today's hours for handling.")                                   \
  C(T, uint32_t, U32, a_person, "person minute / working day", "What one of its people has: nobody shares a case.")    \
  C(T, uint32_t, U32, looking_today, "person minute", "Today's hours for patrol or outreach.")                         \
  C(T, uint16_t, U16, community, "row", "Community it stands in; 65535 for a subdistrict's desk.")                     \
  C(T, uint16_t, U16, grid, "row", "Grid it stands in; 65535 for wider desks.")                                        \
  C(T, uint8_t, U8, care_carry, "minute / 5", "Care that the last working day has left for the next.")                 \
  C(T, uint8_t, U8, care_stale, "", "1 when who is served must be settled anew.")                                      \
  C(T, uint8_t, U8, kind, "", "Desk kind number.")

WG_ROW_STRUCT(wg_desk, WG_DESK_COLUMNS)
extern const wg_table_type wg_desk_table;

// Where the hours of posts go before any case: in this order, each a share of what those before leave.
typedef enum wg_loss {
  WG_LOSS_VACANCY,  // 空岗
  WG_LOSS_LEAVE,    // 休假
  WG_LOSS_TRAINING, // 培训
  WG_LOSS_OFFICE,   // 行政负担
  WG_LOSS_DUTY,     // 抽调
  WG_LOSS_TRAVEL,   // 路途
  WG_LOSS_COUNT,
} wg_loss;
extern const char *const wg_loss_names[WG_LOSS_COUNT], *const wg_loss_labels[WG_LOSS_COUNT];

enum { WG_WORKING_DAYS_A_YEAR = 250 }; // of a year that leave and training take shares of: 365 less 104 and 11

// Row: desk * WG_LOSS_COUNT + loss.
#define WG_LOST_COLUMNS(C, T)                                                                                          \
  C(T, uint64_t, U64, minutes, "person minute", "Lost this month; at its end.")                                        \
  C(T, uint32_t, U32, a_day, "person minute / working day", "Lost on each working day, as posts are now.")
WG_ROW_STRUCT(wg_lost_row, WG_LOST_COLUMNS)
extern const wg_table_type wg_lost_row_table;

#endif
