// SPDX-License-Identifier: GPL-3.0-or-later
// Trust (信任) of residents in the grid's services: its parameters and everybody's own baseline.
#ifndef WG_MODEL_TRUST_H
#define WG_MODEL_TRUST_H

#include "model/world.h"
#include "schema/param.h"

#define WG_TRUST_PARAMS(X, T)                                                                                          \
  X(T, REAL, baseline_mean, "0.5", 0.0, 1.0, "1", ASSUMED, "信任基线", "Mean of residents' own levels.",               \
    "no published size")                                                                                               \
  X(T, REAL, baseline_spread, "0.3", 0.0, 1.0, "1", ASSUMED, "信任离散", "Width of the uniform law of the baselines.", \
    "no published size")                                                                                               \
  X(T, REAL, efficacy, "0.02", 0.0, 1.0, "1 / case", ASSUMED, "效能渠道",                                              \
    "Step towards full trust for a need met on time, times severity; 0 closes the channel.", "no published size")      \
  X(T, REAL, grievance, "0.03", 0.0, 1.0, "1 / case", ASSUMED, "不满渠道",                                             \
    "Step towards no trust for a need met late or lapsed in the queue, times severity; 0 closes the channel.",         \
    "no published size")                                                                                               \
  X(T, REAL, refusal, "0.03", 0.0, 1.0, "1 / case", ASSUMED, "拒办渠道",                                               \
    "Step towards no trust for a case that was refused, times severity; 0 closes the channel.", "no published size")   \
  X(T, REAL, rework, "0.01", 0.0, 1.0, "1 / case", ASSUMED, "返工渠道",                                                \
    "Step towards no trust for a case that verification returned, however it ended, times severity; 0 closes the "     \
    "channel.",                                                                                                        \
    "no published size")                                                                                               \
  X(T, REAL, silence, "1.0", -1.0, 1.0, "1", ASSUMED, "沉默倾向",                                                      \
    "Share of the grieved (trust below their own level) who fall silent, less the share who complain more: 1 all "     \
    "fall "                                                                                                            \
    "silent, -1 all complain more, 0 closes what grievance does to reporting.",                                        \
    "direction disputed; no published size")                                                                           \
  X(T, REAL, reversion, "0.1", 0.0, 1.0, "1 / month", ASSUMED, "信任回归",                                             \
    "Share of the distance to the baseline that is lost each month.", "no published size")                             \
  X(T, REAL, report_slope, "0.4", 0.0, 1.0, "1", ASSUMED, "信任与自报",                                                \
    "How far reporting follows trust: probability times 1 + slope * (trust - baseline_mean).", "no published size")

WG_PARAM_STRUCT(wg_trust_params, WG_TRUST_PARAMS)
extern const wg_param_group wg_trust_group;

// The level that belongs to a resident for life, in 1/65535.
uint16_t wg_trust_baseline(const wg_world *world, uint64_t identity);

#endif
