// SPDX-License-Identifier: GPL-3.0-or-later
// Latent needs are found (发现) by the hours that desks spend looking.
#ifndef WG_MECHANISM_FINDING_H
#define WG_MECHANISM_FINDING_H

#include "mechanism/mechanism.h"

#define WG_FINDING_PARAMS(X, T)                                                                                        \
  X(T, REAL, patrol_effect, "0.0001", 0.0, 1.0, "1 / (person minute / 1000 residents)", ASSUMED, "巡查效力",           \
    "Hazard of being found that a minute of patrol adds, per 1,000 residents of the grid.",                            \
    "set so that filings of the second year meet needs.filed_volume")                                                    \
  X(T, REAL, outreach_effect, "0.00005", 0.0, 1.0, "1 / (person minute / 1000 residents)", ASSUMED, "走访效力",        \
    "The same for outreach (走访).", "set so that filings of the second year meet needs.filed_volume")                   \
  X(T, REAL, reference_found_share, "0.3", 0.0, 0.95, "1", ASSUMED, "参照发现率",                                      \
    "Share of latent needs found at the reference filed share; only used to rescale finding with needs.filed_share.",  \
    "from the baseline itself")                                                                                        \
  X(T, CHOICE, rounds, "own", 0, 0, "own|district_first|community_first|cooperative|random|by_filed", SETTING,         \
    "巡查策略", "Where, and for which matters first, the hours of patrol and outreach are spent; see docs/rounds.md.", \
    "names of the strategies: the abstract of DeciUrban (Shanghai); definitions are our own")                          \
  X(T, REAL, rounds_share, "0.5", 0.0, 1.0, "1", ASSUMED, "策略工时占比",                                              \
    "Share of the looking hours that follow finding.rounds; the others are spent as under \"own\".",                   \
    "no published size")                                                                                               \
  X(T, REAL, district_matters, "0.75", 0.0, 1.0, "1", ASSUMED, "区级事项界限",                                         \
    "Services of whose cases the territory's desks (块) can finish less than this share are matters of the district " \
    "to district_first and community_first.",                                                                          \
    "no published list")

WG_PARAM_STRUCT(wg_finding_params, WG_FINDING_PARAMS)
extern const wg_param_group wg_finding_group;
extern const wg_mechanism wg_finding;

#endif
