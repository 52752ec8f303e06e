// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/design.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_qrng.h>
#include <stdlib.h>
#include <string.h>

#include "base/draw.h"
#include "base/maths.h"
#include "schema/purpose.h"

// One parameter's column of one block: a permutation of the parts, and a place within each.
static void lay_out_column(wg_luck luck, const char *path, uint32_t block, size_t count, size_t *parts, double *column,
                           size_t stride) {
  wg_draw draw = wg_draw_open(luck, WG_PURPOSE_DESIGN, block, wg_name_number(path), 0);
  for (size_t i = 0; i < count; i++) {
    const size_t other = wg_draw_below(&draw, (uint32_t)i + 1);
    parts[i] = parts[other];
    parts[other] = i;
  }
  for (size_t i = 0; i < count; i++)
    column[i * stride] = ((double)parts[i] + wg_draw_unit(&draw)) / (double)count;
}

static int lay_out_latin(const wg_design *design, uint64_t seed, double *position, wg_error *error) {
  const wg_luck luck = wg_luck_make(seed, 0);
  size_t *const parts = calloc(design->draw_count + 1, sizeof *parts);
  if (!parts)
    return wg_error_set(error, WG_FAIL_RUN, "no memory for the draws");
  size_t first = 0;
  for (size_t b = 0; b < design->block_count; b++) {
    for (size_t p = 0; p < design->parameter_count; p++)
      lay_out_column(luck, design->paths[p], (uint32_t)b, design->blocks[b], parts,
                     position + first * design->parameter_count + p, design->parameter_count);
    first += design->blocks[b];
  }
  free(parts);
  return WG_OK;
}

static int lay_out_sobol(const wg_design *design, double *position, wg_error *error) {
  if (design->parameter_count > WG_SOBOL_MAX)
    return wg_error_add(
        error, WG_FAIL_CONFIG,
        "sampler: sobol cannot draw %zu parameters (allowed: up to %d; latin takes any number, and `drawn` "
        "restricts which are drawn)",
        design->parameter_count, WG_SOBOL_MAX);
  // GSL would end the process where it has no memory.
  gsl_error_handler_t *const handler = gsl_set_error_handler_off();
  gsl_qrng *const sequence = gsl_qrng_alloc(gsl_qrng_sobol, (unsigned)design->parameter_count);
  bool failed = !sequence;
  for (size_t d = 0; d < design->draw_count && !failed; d++)
    failed = gsl_qrng_get(sequence, position + d * design->parameter_count) != GSL_SUCCESS;
  if (sequence)
    gsl_qrng_free(sequence);
  gsl_set_error_handler(handler);
  return failed ? wg_error_set(error, WG_FAIL_RUN, "no memory for the draws") : WG_OK;
}

int wg_design_lay_out(wg_design *design, uint64_t seed, wg_arena *arena, wg_error *error) {
  design->draw_count = 0;
  for (size_t b = 0; b < design->block_count; b++)
    design->draw_count += design->blocks[b];
  design->position = NULL;
  if (design->draw_count == 0 || design->parameter_count == 0)
    return WG_OK;
  double *const position = wg_arena_alloc(arena, design->draw_count * design->parameter_count, sizeof *position);
  if (!position)
    return wg_error_set(error, WG_FAIL_RUN, "no memory for the draws");
  design->position = position;
  return design->sampler == WG_SAMPLER_SOBOL ? lay_out_sobol(design, position, error)
                                             : lay_out_latin(design, seed, position, error);
}

// Marks in `seen` the part of (0, 1) that each draw of the block lies in; false where one is hit twice.
static bool fills_parts(const double *column, size_t stride, size_t count, bool *seen) {
  memset(seen, 0, count * sizeof *seen);
  for (size_t i = 0; i < count; i++) {
    const double position = column[i * stride];
    if (!(position > 0.0 && position < 1.0))
      return false;
    const size_t part = (size_t)wg_whole(position * (double)count);
    if (part >= count || seen[part])
      return false;
    seen[part] = true;
  }
  return true;
}

int wg_design_check(const wg_design *design, wg_error *error) {
  if (design->sampler != WG_SAMPLER_LATIN || !design->position)
    return WG_OK;
  bool *const seen = calloc(design->draw_count, sizeof *seen);
  if (!seen)
    return wg_error_set(error, WG_FAIL_RUN, "no memory for the draws");
  int code = WG_OK;
  size_t first = 0;
  for (size_t b = 0; b < design->block_count && !code; b++) {
    for (size_t p = 0; p < design->parameter_count && !code; p++)
      if (!fills_parts(design->position + first * design->parameter_count + p, design->parameter_count,
                       design->blocks[b], seen))
        code =
            wg_error_set(error, WG_FAIL_RUN, "draws: block %zu is no Latin hypercube at %s", b + 1, design->paths[p]);
    first += design->blocks[b];
  }
  free(seen);
  return code;
}
