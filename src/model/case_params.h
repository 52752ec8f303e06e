// SPDX-License-Identifier: GPL-3.0-or-later
// Parameters of the way of a case that several mechanisms follow: dispatch, hand-offs, verification, escalation.
#ifndef WG_MODEL_CASE_PARAMS_H
#define WG_MODEL_CASE_PARAMS_H

#include "schema/param.h"

#define WG_DISPATCH_PARAMS(X, T)                                                                                       \
  X(T, REAL, severity_days, "3.0", 0.0, 1000.0, "day", ASSUMED, "轻重提前",                                            \
    "Days by which each point of severity moves a case forward in a queue ordered by due date.", "no published size")  \
  X(T, REAL, misroute, "0.15", 0.0, 0.9, "1", ASSUMED, "误派概率",                                                     \
    "Probability that a case goes to another network's team, with the three networks (三网) apart; anew at each "    \
    "hand-off "                                                                                                        \
    "of a misdirected case.",                                                                                          \
    "direction: the seed text names misdirected cases; no published size")                                             \
  X(T, REAL, load_aware, "0.0", 0.0, 1.0, "1", ASSUMED, "按负荷派遣",                                                  \
    "Share of cases that go to the able desk with least waiting for its hours: there is a platform that shows loads.", \
    "none in the practice of 2010")                                                                                    \
  X(T, REAL, triage_accuracy, "0.0", 0.0, 1.0, "1", ASSUMED, "分拣准确率",                                             \
    "Share of cases that go straight to a desk that can finish them.", "none in the practice of 2010")                 \
  X(T, REAL, acceptance_days, "0.5", 0.0, 60.0, "day", ASSUMED, "受理天数",                                            \
    "Days from filing until a department's desk (条) has accepted the case; fractions by draw.", "no published size")

WG_PARAM_STRUCT(wg_dispatch_params, WG_DISPATCH_PARAMS)
extern const wg_param_group wg_dispatch_group;

#define WG_HANDLING_PARAMS(X, T)                                                                                       \
  X(T, REAL, transfer_days, "1.0", 0.0, 60.0, "day", ASSUMED, "移交天数",                                              \
    "Days that a hand-off between owners (条, 块) or networks takes; fractions by draw.",                              \
    "no published size; a day is the least that the step can show")

WG_PARAM_STRUCT(wg_handling_params, WG_HANDLING_PARAMS)
extern const wg_param_group wg_handling_group;

#define WG_VERIFICATION_PARAMS(X, T)                                                                                   \
  X(T, INT, minutes, "8", 0, 480, "person minute", ASSUMED, "核查用时",                                                \
    "Work of verifying a handled case, in the hours of the desk that verifies.", "no published size")                  \
  X(T, INT, forward_days, "60", 0, 1000, "day", ASSUMED, "核查提前",                                                   \
    "Days by which a case to be verified stands further forward in the queue than one to be handled: it is short.",    \
    "no published size")                                                                                               \
  X(T, INT, allowance, "2", 0, 60, "working day", ASSUMED, "核查宽限",                                                 \
    "Working days that verification adds to the limits of services that are verified.", "no published size")           \
  X(T, REAL, return_probability, "0.06", 0.0, 0.95, "1", ASSUMED, "返工概率",                                          \
    "Probability that verification fails and the case is returned, each time.",                                        \
    "direction: GB/T 30428 has cases returned; no published size")                                                     \
  X(T, REAL, rework_share, "0.5", 0.0, 1.0, "1", ASSUMED, "返工工时占比",                                              \
    "Work of a returned case, as a share of its service's mean.", "no published size")

WG_PARAM_STRUCT(wg_verification_params, WG_VERIFICATION_PARAMS)
extern const wg_param_group wg_verification_group;

#define WG_ESCALATION_PARAMS(X, T)                                                                                     \
  X(T, REAL, overdue_share, "1.0", 0.0, 20.0, "1", ASSUMED, "超期升级",                                                \
    "A case escalates when it is overdue by this share of its legal limit, and by escalation.least_days at the "       \
    "least.",                                                                                                          \
    "no published size")                                                                                               \
  X(T, INT, least_days, "5", 0, 10000, "day", ASSUMED, "升级最短天数", "Least days overdue before a case escalates.",  \
    "no published size")                                                                                               \
  X(T, REAL, forward_days, "10.0", 0.0, 1000.0, "day", ASSUMED, "升级提前",                                            \
    "Days by which an escalated case moves forward in its new queue.", "no published size")

WG_PARAM_STRUCT(wg_escalation_params, WG_ESCALATION_PARAMS)
extern const wg_param_group wg_escalation_group;

#endif
