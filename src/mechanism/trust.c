// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/trust.h"

#include <stdlib.h>

#include "model/place_sum.h"
#include "model/trust.h"

typedef struct constants {
  // Steps in 1/65535: met on time; late or lapsed; refused; returned.
  int32_t up[WG_SERVICE_MAX], down[WG_SERVICE_MAX], refused[WG_SERVICE_MAX], returned[WG_SERVICE_MAX];
  int32_t reversion; // of 65536
} constants;

static int prepare(const wg_world *world, void **result, wg_error *error) {
  const wg_trust_params *p = wg_config_get(world->config, &wg_trust_group);
  constants *c = calloc(1, sizeof *c);
  if (!c)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for trust");
  for (uint32_t i = 0; i < world->catalogue.service_count; i++) {
    const double severity = (double)world->catalogue.services[i].params->severity;
    c->up[i] = (int32_t)(p->efficacy * severity * 65535.0);
    c->down[i] = (int32_t)(p->grievance * severity * 65535.0);
    c->refused[i] = (int32_t)(p->refusal * severity * 65535.0);
    c->returned[i] = (int32_t)(p->rework * severity * 65535.0);
  }
  c->reversion = (int32_t)(p->reversion * 65536.0);
  *result = c;
  return WG_OK;
}

static void set_trust(const wg_subdistrict *s, wg_resident *r, int32_t level) {
  wg_communities(s)[wg_grids(s)[r->grid].community].trust_sum += (uint64_t)level - r->trust;
  r->trust = (uint16_t)level;
}

static void step(const wg_subdistrict *s, wg_resident *r, int32_t by) {
  const int32_t level = (int32_t)r->trust + by;
  set_trust(s, r, level < 0 ? 0 : level > 65535 ? 65535 : level);
  r->traits |= WG_TRAIT_STIRRED;
}

// The resident whose case it was, if he still lives here.
static wg_resident *resident_of(const wg_subdistrict *s, const wg_need *n) {
  if (n->resident == WG_NO_ROW)
    return NULL;
  wg_resident *r = wg_residents(s) + n->resident;
  return wg_resident_here(r) ? r : NULL;
}

static int32_t step_down(const constants *c, const wg_need *n, bool on_time) {
  const int32_t ended = on_time ? 0 : n->state == WG_NEED_REFUSED ? c->refused[n->service] : c->down[n->service];
  return ended + (n->marks & WG_MARK_RETURNED ? c->returned[n->service] : 0);
}

// The day's list of ended cases stands in the order of desks, queues and, among those that lapsed, rows: none of it should
// show. Steps of one sign give the same in any order, also at the ends of the scale; steps of both signs do not (at 0, down
// and then up leaves something, up and then down nothing). So all steps down come first, then all steps up.
static void day(wg_context *context) {
  const constants *c = context->constants;
  const wg_subdistrict *s = context->s;
  for (int up = 0; up < 2; up++)
    for (uint32_t row = s->ended_list; row != WG_NO_ROW; row = wg_needs(s)[row].sibling) {
      const wg_need *n = wg_needs(s) + row;
      if (n->state == WG_NEED_WITHDRAWN)
        continue;
      const bool on_time = n->state == WG_NEED_MET && context->today <= n->due;
      const int32_t by = !up ? -step_down(c, n, on_time) : on_time ? c->up[n->service] : 0;
      wg_resident *r = by ? resident_of(s, n) : NULL;
      if (r)
        step(s, r, by);
    }
}

enum { NEAR = 328 }; // half a per cent: nobody's conduct tells it from the baseline

// A month's way back to the resident's own level; the last half per cent is gone in one step.
static void stirred(wg_context *context, wg_resident *resident) {
  const constants *c = context->constants;
  const int32_t gap = (int32_t)resident->trust_baseline - resident->trust;
  if (gap < NEAR && gap > -NEAR) {
    resident->traits &= ~(uint32_t)WG_TRAIT_STIRRED;
    set_trust(context->s, resident, resident->trust_baseline);
    return;
  }
  set_trust(context->s, resident, resident->trust + (int32_t)((int64_t)gap * c->reversion / 65536));
}

static void mean_trust(const wg_world *world, wg_place place, void *block) {
  uint64_t sum = 0, count = 0;
  WG_FOR_COMMUNITIES(world, place, s, c) {
    sum += wg_communities(s)[c].trust_sum;
    count += (uint64_t)wg_community_residents(s, c);
  }
  *(double *)block = count ? (double)sum / (double)count / 65535.0 : WG_NAN;
}

static const wg_output outputs[] = {
    {"trust", WG_F64, {WG_AXIS_NONE}, "1", "Mean trust of residents", "信任", mean_trust},
};

static const wg_param_group *const groups[] = {&wg_trust_group};

const wg_mechanism wg_trust_mechanism = {
    .name = "trust",
    .label = "信任",
    .doc =
        "A case met on time raises its resident's trust; one met late or lapsed in a queue lowers it, and so does one "
        "that was refused or returned, by its severity. Each month trust returns part of the way to the resident's own "
        "level. Trust above that level raises reporting (efficacy, 效能); trust below it makes residents fall silent "
        "or "
        "complain more (trust.silence).",
    .groups = groups,
    .group_count = 1,
    .outputs = outputs,
    .output_count = sizeof outputs / sizeof *outputs,
    .prepare = prepare,
    .day = day,
    .stirred = stirred,
};
