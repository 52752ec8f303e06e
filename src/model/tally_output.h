// SPDX-License-Identifier: GPL-3.0-or-later
// Evaluators of output variables that are sums of one column of the books of needs, by service.
#ifndef WG_MODEL_TALLY_OUTPUT_H
#define WG_MODEL_TALLY_OUTPUT_H

#include "model/place_sum.h"

// Defines the evaluator `column` of an output row with the axis WG_AXIS_SERVICE.
#define WG_TALLY_OUTPUT(column)                                                                                        \
  static void column(const wg_world *world, wg_place place, void *block) {                                             \
    int64_t *sums = block;                                                                                             \
    for (uint32_t v = 0; v < world->catalogue.service_count; v++)                                                      \
      sums[v] = 0;                                                                                                     \
    WG_FOR_COMMUNITIES(world, place, s, c)                                                                             \
    for (uint32_t v = 0; v < s->service_count; v++)                                                                    \
      sums[v] += (int64_t)wg_tallies(s)[(size_t)c * s->service_count + v].column;                                      \
  }

// Defines the evaluator `name` that is the ratio of two columns, NaN where the second is 0.
#define WG_TALLY_RATIO_OUTPUT(name, part, whole)                                                                       \
  static void name(const wg_world *world, wg_place place, void *block) {                                               \
    double *ratios = block;                                                                                            \
    int64_t parts[WG_SERVICE_MAX] = {0}, wholes[WG_SERVICE_MAX] = {0};                                                 \
    WG_FOR_COMMUNITIES(world, place, s, c)                                                                             \
    for (uint32_t v = 0; v < s->service_count; v++) {                                                                  \
      const wg_tally *t = wg_tallies(s) + (size_t)c * s->service_count + v;                                            \
      parts[v] += t->part;                                                                                             \
      wholes[v] += t->whole;                                                                                           \
    }                                                                                                                  \
    for (uint32_t v = 0; v < world->catalogue.service_count; v++)                                                      \
      ratios[v] = wholes[v] ? (double)parts[v] / (double)wholes[v] : WG_NAN;                                           \
  }

#endif
