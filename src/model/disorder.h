// SPDX-License-Identifier: GPL-3.0-or-later
// Disorder (失序) of grids: its parameters, how it begins, and how far it can feed on itself.
#ifndef WG_MODEL_DISORDER_H
#define WG_MODEL_DISORDER_H

#include "model/world.h"
#include "schema/param.h"

#define WG_DISORDER_PARAMS(X, T)                                                                                       \
  X(T, REAL, gain, "0.08", 0.0, 10.0, "1", ASSUMED, "失序增益",                                                         \
    "How far disorder raises needs of city management and public order: rate times 1 + gain * (level - reference); 0 " \
    "closes the channel.",                                                                                             \
    "direction disputed (broken windows); no published size")                                                          \
  X(T, REAL, half, "180.0", 0.001, 1000000.0, "severity / 1,000 residents", ASSUMED, "失序半值",                       \
    "Severity-weighted open needs per 1,000 residents at which disorder settles at 1/2.", "no published size")         \
  X(T, REAL, decay, "0.05", 0.0, 1.0, "1 / day", ASSUMED, "失序消退",                                                  \
    "Share of the distance to where it settles that disorder covers each day.", "no published size")                   \
  X(T, REAL, reference, "0.5", 0.0, 1.0, "1", ASSUMED, "失序参照",                                                     \
    "Level at which the configured rates hold, and at which grids begin: the baseline's mean.",                        \
    "read off the baseline, so that volumes stay")

WG_PARAM_STRUCT(wg_disorder_params, WG_DISORDER_PARAMS)
extern const wg_param_group wg_disorder_group;

// Levels are whole multiples of 2^-30.
enum { WG_DISORDER_ONE = 1 << 30 };

// City management and public order.
static inline bool wg_network_has_disorder(int32_t network) {
  return network == WG_CITY || network == WG_ORDER;
}

// Gives every service its weight in disorder, and every grid the level of reference. After the grids are there.
void wg_disorder_begin(const wg_world *world, wg_subdistrict *s);

// The greatest factor on the rates of a network.
double wg_disorder_most(const wg_disorder_params *p, int32_t network);

// The factor on rates in a grid.
static inline double wg_disorder_factor(const wg_grid *grid) {
  return 1.0 + grid->disorder_excess;
}

// Further needs that one open need brings about at most, in the mean over the needs that arise; infinite where a need may stay
// open for ever. Below 1, disorder cannot feed itself without end. See docs/consequences.md.
double wg_disorder_loop(const wg_world *world);

#endif
