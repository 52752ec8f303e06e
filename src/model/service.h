// SPDX-License-Identifier: GPL-3.0-or-later
// Services (服务事项): what may be needed, by whom, how soon, and who can handle it. All of it configuration.
#ifndef WG_MODEL_SERVICE_H
#define WG_MODEL_SERVICE_H

#include "schema/param.h"

#define WG_SERVICE_PARAMS(X, T)                                                                                        \
  X(T, TEXT, label, NULL, 0, 0, "", SETTING, "名称", "Chinese name.", "")                                              \
  X(T, CHOICE, network, NULL, 0, 0, "city|social|order", ASSUMED, "网络", "城市管理网, 社会服务网 or 社会治安网.",     \
    "seed text: three networks (三网)")                                                                                \
  X(T, CHOICE, carrier, NULL, 0, 0, "resident|grid|workplace|facility", ASSUMED, "主体",                               \
    "Who has the need: a resident, or a place (grid, workplace or service facility).", "")                             \
  X(T, REAL, mix, NULL, 0.0, 1.0, "1", ASSUMED, "占比",                                                                \
    "Share of this service in all needs; the shares of all services are scaled to sum to 1.", "")                      \
  X(T, REALS, by_age, "[]", 0.0, 100.0, "1", ASSUMED, "年龄系数",                                                      \
    "Relative rate of each of the 19 age bands (resident needs); empty: all equal.", "")                               \
  X(T, REALS, by_registration, "[]", 0.0, 100.0, "1", ASSUMED, "户籍系数",                                             \
    "Relative rate by registration: here, elsewhere in the city, outside; empty: all equal.", "")                      \
  X(T, REALS, by_month, "[]", 0.0, 4.0, "1", ASSUMED, "季节系数",                                                      \
    "Relative rate of the twelve calendar months; empty: all 1. Scaled to a mean of 1.", "")                           \
  X(T, INT, severity, "1", 0, 9, "", ASSUMED, "轻重", "Weight of severity; also moves a case forward in queues.", "")  \
  X(T, INT, limit, NULL, 0, 360, "see limit_unit", ASSUMED, "时限", "Legal limit of handling, from filing.", "")       \
  X(T, CHOICE, limit_unit, "working_days", 0, 0, "working_hours|working_days|days", ASSUMED, "时限单位",               \
    "Unit of limit. The step is a day: hours are rounded up to whole working days of eight hours.", "")                \
  X(T, INT, finding_allowance, "7", 0, 180, "day", ASSUMED, "发现宽限",                                                \
    "Days granted for finding before the need's own limit begins to run.", "no published size")                        \
  X(T, REAL, self_report, NULL, 0.0, 1.0, "1", ASSUMED, "自报率",                                                      \
    "Share reported by the resident, or by somebody who passes, on the day of onset.", "")                             \
  X(T, REAL, later_report_days, "0.0", 0.0, 10000.0, "day", ASSUMED, "后续自报天数",                                   \
    "Needs of places: mean days after onset at which somebody who passes reports a latent one; 0: only on the day of " \
    "onset.",                                                                                                          \
    "no published size")                                                                                               \
  X(T, REAL, reports_per_day, "0.0", 0.0, 1.0, "report / day", ASSUMED, "日均重复上报",                                \
    "Needs of places: mean number of further people who report it on each day on which it is filed and open.",         \
    "no published size")                                                                                               \
  X(T, CHOICE, found_by, "patrol", 0, 0, "patrol|outreach|none", ASSUMED, "发现途径", "What may find a latent one.",   \
    "")                                                                                                                \
  X(T, REAL, detection, "1.0", 0.0, 100.0, "1", ASSUMED, "可见度", "How easily it is found, relative to others.", "")  \
  X(T, REAL, lapse_days, "30.0", 0.0, 10000.0, "day", ASSUMED, "自消天数",                                             \
    "Mean days after which a latent need lapses; 0: never.", "no published size")                                      \
  X(T, REAL, patience_days, "120.0", 0.0, 10000.0, "day", ASSUMED, "等待天数",                                         \
    "Mean days after filing at which a waiting case lapses; 0: never.", "no published size")                           \
  X(T, REAL, work_minutes, NULL, 1.0, 10000.0, "person minute", ASSUMED, "办理工时", "Mean handling work.",            \
    "no published size")                                                                                               \
  X(T, CHOICE, work_law, "exponential", 0, 0, "fixed|exponential", ASSUMED, "工时分布", "Distribution of work.", "")   \
  X(T, REAL, repeat_share, "0.0", 0.0, 1.0, "1", ASSUMED, "反复概率",                                                  \
    "Probability that a need comes back after it lapsed unmet.", "no published size")                                  \
  X(T, REAL, repeat_after_met, "0.0", 0.0, 1.0, "1", ASSUMED, "办结后反复",                                            \
    "Probability that a need comes back after it was met.", "no published size")                                       \
  X(T, REAL, repeat_days, "30.0", 0.0, 10000.0, "day", ASSUMED, "反复间隔",                                            \
    "Mean days from a need's end until it comes back.", "no published size")                                           \
  X(T, REALS, by_care, "[]", 0.0, 100.0, "1", ASSUMED, "照护系数",                                                     \
    "Relative rate by need of care: none, chronic, disabled; empty: all equal.", "")                                   \
  X(T, CHOICE, course, "episode", 0, 0, "episode|continuing", ASSUMED, "过程",                                         \
    "Handled once, or continuing (持续服务): the work is the assessment (评估) and ends in an enrolment.", "")         \
  X(T, INT, care_minutes_week, "60", 1, 10080, "person minute / week", ASSUMED, "每周照护时长",                        \
    "Minutes a week that each enrolled person takes of the desk (continuing).", "no published size")                   \
  X(T, REAL, care_days, "365.0", 1.0, 20000.0, "day", ASSUMED, "照护持续天数",                                         \
    "Mean days that the need goes on after enrolment; exponential (continuing).", "no published size")                 \
  X(T, INT, review_months, "0", 0, 120, "month", ASSUMED, "复核周期",                                                  \
    "Months from one review of an enrolment (复核) to the next; 0: never (continuing).", "no published size")          \
  X(T, INT, review_minutes, "30", 0, 1440, "person minute", ASSUMED, "复核用时",                                       \
    "What a review takes of the desk (continuing).", "no published size")                                              \
  X(T, REALS, eligible, "[]", 0.0, 1.0, "1", ASSUMED, "资格比例",                                                      \
    "Share that has a right to it, by registration: here, elsewhere in the city, outside; empty: all (continuing).",   \
    "no published size")                                                                                               \
  X(T, REAL, start_share, "0.25", 0.0, 1.0, "1", ASSUMED, "初始登记比例",                                              \
    "Share of those whose need goes on at run.start who are enrolled, as far as places go (continuing).",              \
    "no published size")                                                                                               \
  X(T, TEXTS, desks, NULL, 0, 0, "", ASSUMED, "承办力量", "Desk kinds that can take it, in the order asked.", "")      \
  X(T, TEXTS, verified_by, "[]", 0, 0, "", ASSUMED, "核查力量",                                                        \
    "Desk kinds that verify handled cases, in the order asked: the first that is not the handler's own. Empty: none.", \
    "GB/T 30428: 核查 is part of the case cycle; who does it here is assumed")                                         \
  X(T, REALS, takes, NULL, 0.0, 1.0, "1", ASSUMED, "办结能力",                                                         \
    "Share of the cases that each desk kind can finish; the last one must be 1.", "")

WG_PARAM_STRUCT(wg_service_params, WG_SERVICE_PARAMS)
extern const wg_param_group wg_service_group;

typedef enum wg_network { WG_CITY, WG_SOCIAL, WG_ORDER, WG_NETWORK_COUNT } wg_network;
extern const char *const wg_network_names[WG_NETWORK_COUNT], *const wg_network_labels[WG_NETWORK_COUNT];
typedef enum wg_carrier { WG_CARRIER_RESIDENT, WG_CARRIER_GRID, WG_CARRIER_WORKPLACE, WG_CARRIER_FACILITY } wg_carrier;
typedef enum wg_found_by { WG_FOUND_BY_PATROL, WG_FOUND_BY_OUTREACH, WG_FOUND_BY_NONE } wg_found_by;
typedef enum wg_limit_unit { WG_WORKING_HOURS, WG_WORKING_DAYS, WG_DAYS } wg_limit_unit;
typedef enum wg_course { WG_COURSE_EPISODE, WG_COURSE_CONTINUING } wg_course;
typedef enum wg_work_law { WG_WORK_FIXED, WG_WORK_EXPONENTIAL } wg_work_law;

enum { WG_SERVICE_MAX = 32, WG_ROUTE_MAX = 6 };

#endif
