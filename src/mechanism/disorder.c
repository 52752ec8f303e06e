// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/disorder.h"

#include <stdlib.h>

#include "model/disorder.h"
#include "model/place_sum.h"

typedef struct constants {
  double gain, half, reference;
  int64_t decay; // of 65536
} constants;

static int prepare(const wg_world *world, void **result, wg_error *error) {
  const wg_disorder_params *p = wg_config_get(world->config, &wg_disorder_group);
  constants *c = *result = malloc(sizeof *c);
  if (!c)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for disorder");
  *c = (constants){.gain = p->gain, .half = p->half, .reference = p->reference, .decay = (int64_t)(p->decay * 65536.0)};
  const double loop = wg_disorder_loop(world);
  if (loop < 1.0)
    return WG_OK;
  const char *const origin = wg_config_origin(world->config, &wg_disorder_group, 0, "gain");
  if (!wg_is_finite(loop))
    return wg_error_add(error, WG_FAIL_CONFIG,
                        "%s: disorder.gain: %.6g where a need may stay open for ever, because its lapse_days or "
                        "patience_days is 0 (allowed: 0)",
                        origin, p->gain);
  return wg_error_add(
      error, WG_FAIL_CONFIG,
      "%s: disorder.gain: %.6g lets one open need bring about up to %.3g further ones, so that disorder "
      "could grow without end (allowed: below %.6g at disorder.half = %.6g)",
      origin, p->gain, loop, p->gain / loop, p->half);
}

// Where disorder settles while so much is open.
static int64_t settles_at(const constants *c, const wg_grid *grid) {
  if (grid->open_weight == 0)
    return 0;
  const double x = 1000.0 * (double)grid->open_weight;
  return (int64_t)(x / (x + c->half * (double)grid->residents) * (double)WG_DISORDER_ONE);
}

static void day(wg_context *context) {
  const constants *c = context->constants;
  wg_grid *grids = wg_grids(context->s);
  for (uint32_t g = 0; g < wg_grids_count(context->s); g++) {
    wg_grid *grid = grids + g;
    const int64_t gap = settles_at(c, grid) - (int64_t)grid->disorder;
    grid->disorder = (uint32_t)((int64_t)grid->disorder + gap * c->decay / 65536);
    const double excess = c->gain * ((double)grid->disorder / (double)WG_DISORDER_ONE - c->reference);
    grid->disorder_excess = excess > -1.0 ? excess : -1.0;
  }
}

static void disorder(const wg_world *world, wg_place place, void *block) {
  uint64_t sum = 0, residents = 0;
  WG_FOR_COMMUNITIES(world, place, s, c) {
    const wg_community *k = wg_communities(s) + c;
    for (uint32_t g = k->first_grid; g < (uint32_t)k->first_grid + k->grid_count; g++) {
      sum += (uint64_t)wg_grids(s)[g].disorder * wg_grids(s)[g].residents;
      residents += wg_grids(s)[g].residents;
    }
  }
  *(double *)block = residents ? (double)sum / (double)residents / (double)WG_DISORDER_ONE : WG_NAN;
}

static const wg_output outputs[] = {
    {"disorder", WG_F64, {WG_AXIS_NONE}, "1", "Disorder of grids, mean over residents", "失序", disorder},
};

static const wg_param_group *const groups[] = {&wg_disorder_group};

const wg_mechanism wg_disorder_mechanism = {
    .name = "disorder",
    .label = "失序",
    .doc =
        "Needs of city management and public order that are open in a grid, found or not, weighted with severity and "
        "taken per 1,000 residents (x), let its disorder drift towards x / (x + half), a share of the way each day. "
        "Disorder above its reference raises the rate of such needs in the grid, below it lowers it. Settings with "
        "which one open need could bring about another one are refused.",
    .groups = groups,
    .group_count = 1,
    .outputs = outputs,
    .output_count = sizeof outputs / sizeof *outputs,
    .prepare = prepare,
    .day = day,
};
