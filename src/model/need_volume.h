// SPDX-License-Identifier: GPL-3.0-or-later
// How many needs there are, and how many of them anybody hears of. Only filings are observable, so the need rate and the
// chance of being filed are not separately identified: the filed volume and an assumed filed share give both.
#ifndef WG_MODEL_NEED_VOLUME_H
#define WG_MODEL_NEED_VOLUME_H

#include "model/world.h"
#include "schema/param.h"

#define WG_NEEDS_PARAMS(X, T)                                                                                          \
  X(T, REAL, filed_volume, "0.54", 0.0, 20.0, "case / resident / year", MEASURED, "立案量",                            \
    "Cases filed per resident and year in the first year at reference staffing.",                                      \
    "hotline demands dispatched 0.2055 (Beijing 2020) + inspection 0.33-0.35 (Haidian, undated)")                      \
  X(T, REAL, filed_share, "0.35", 0.2, 0.6, "1", ASSUMED, "立案比例",                                                  \
    "Share of needs that are filed: need rate = filed_volume / filed_share; reporting and finding scale with it.",     \
    "not identified: only filings are observable")                                                                     \
  X(T, REAL, met_reference, "0.35", 0.0, 1.0, "1", ASSUMED, "满足参照",                                                \
    "Share of needs that are met, at which those that come back (services.*.repeat_*) are reckoned into the volume.",  \
    "read off the baseline, so that volumes stay")                                                                     \
  X(T, REAL, cap, "1.5", 1.0, 100.0, "1", SETTING, "候选倍数",                                                         \
    "Candidates are drawn at this multiple of the rate; no season or policy may exceed it.", "")

WG_PARAM_STRUCT(wg_needs_params, WG_NEEDS_PARAMS)
extern const wg_param_group wg_needs_group;

// needs.filed_share over the share at which services.*.self_report and finding.* are stated (0.35): reporting and finding
// scale with it.
double wg_filed_share_ratio(const wg_world *world);

#endif
