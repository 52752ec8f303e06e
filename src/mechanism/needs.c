// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/needs.h"

#include <stdlib.h>

#include "base/maths.h"
#include "model/disorder.h"
#include "model/lever.h"
#include "model/need_rate.h"
#include "model/need_volume.h"
#include "model/onset.h"
#include "model/repeat.h"
#include "model/tally_output.h"
#include "model/trust.h"
#include "schema/purpose.h"

typedef struct constants {
  wg_candidate_table residents;
  double accept[WG_SERVICE_MAX][12];             // probability of acceptance by calendar month
  double by_care[WG_SERVICE_MAX][WG_CARE_COUNT]; // the same by need of care
  double place_mean[WG_SERVICE_MAX]; // candidates a month, per resident of a grid, per workplace or facility
  wg_onset_rules onset;
  double disorder_most[WG_NETWORK_COUNT]; // greatest factor that disorder puts on the rates of a network
  bool disorder;                          // whether it puts any
} constants;

// Thresholds of having more than n candidates under a Poisson law.
static int fill_counts(double mean, uint32_t more_than[WG_CANDIDATES_MAX], wg_error *error) {
  double p = wg_exp(-mean), below = 0.0;
  for (uint32_t n = 0; n < WG_CANDIDATES_MAX; n++) {
    below += p;
    const double tail = 1.0 - below;
    more_than[n] = tail > 0.0 ? wg_threshold(tail) : 0;
    p *= mean / (double)(n + 1);
  }
  if (1.0 - below > 1e-6)
    return wg_error_add(
        error, WG_FAIL_CONFIG,
        "needs: %.3g candidates per resident and month in some age band (allowed: up to about 8); lower "
        "needs.cap, needs.filed_volume or a service's by_age",
        mean);
  return WG_OK;
}

static int fill_residents(const wg_world *world, const wg_needs_params *p, constants *c, wg_error *error) {
  const wg_catalogue *catalogue = &world->catalogue;
  const double rate = p->filed_volume / p->filed_share * p->cap / 12.0;
  double scale[WG_SERVICE_MAX];
  for (uint32_t i = 0; i < catalogue->service_count; i++) {
    const wg_service *service = catalogue->services + i;
    const double mean = wg_need_mean_relative(world, service);
    scale[i] = service->params->carrier == WG_CARRIER_RESIDENT && mean > 0.0
                   ? rate * service->share / mean * service->care_cap
                   : 0.0;
  }
  c->residents.service_count = catalogue->service_count;
  for (uint32_t band = 0; band < WG_AGE_BAND_COUNT; band++)
    for (uint32_t traits = 0; traits < WG_TRAIT_ROLL_COUNT; traits++) {
      const uint32_t class = band * WG_TRAIT_ROLL_COUNT + traits;
      const uint32_t registration = wg_trait_registration(traits);
      if (registration >= WG_REGISTRATION_COUNT)
        continue;
      double cumulative[WG_SERVICE_MAX] = {0.0}, total = 0.0;
      for (uint32_t i = 0; i < catalogue->service_count; i++) {
        total += scale[i] * wg_need_relative(catalogue->services + i, band, registration);
        cumulative[i] = total;
      }
      const int code = fill_counts(total, c->residents.more_than[class], error);
      if (code)
        return code;
      const uint32_t last = catalogue->service_count - 1;
      for (uint32_t i = 0; i < WG_SERVICE_MAX; i++)
        c->residents.services[class][i] = i < last && total > 0.0 ? wg_threshold(cumulative[i] / total) : UINT32_MAX;
    }
  return WG_OK;
}

// Whom the needs of each service come from at run.start.
static int fill_reporting(const wg_world *world, wg_reporting *reporting, wg_error *error) {
  double population[WG_SERVICE_MAX][WG_POPULATION_CELLS];
  for (uint32_t i = 0; i < world->catalogue.service_count; i++)
    for (uint32_t cell = 0; cell < WG_POPULATION_CELLS; cell++)
      population[i][cell] =
          (double)world->population_cells[cell] * wg_need_relative(world->catalogue.services + i,
                                                                   cell / (WG_SEX_COUNT * WG_REGISTRATION_COUNT),
                                                                   cell % WG_REGISTRATION_COUNT);
  return wg_reporting_prepare(world, (const double(*)[WG_POPULATION_CELLS])population, reporting, error);
}

// A need that comes back for certain, or more than once in the mean, would never leave off.
static int check_repeats(const wg_world *world, uint32_t index, wg_error *error) {
  const wg_service *service = world->catalogue.services + index;
  const struct {
    const char *key;
    double share;
  } shares[] = {{"repeat_share", service->params->repeat_share},
                {"repeat_after_met", service->params->repeat_after_met}};
  int code = WG_OK;
  for (size_t i = 0; i < 2; i++)
    if (shares[i].share >= 0.5)
      code = wg_error_add(error, WG_FAIL_CONFIG,
                          "%s: services.%s.%s: %.6g: a need would come back once or more, with the repeats of its "
                          "repeats (allowed: below 0.5)",
                          wg_config_origin(world->config, &wg_service_group, index, shares[i].key), service->id,
                          shares[i].key, shares[i].share);
  return code;
}

static int prepare(const wg_world *world, void **result, wg_error *error) {
  const wg_needs_params *p = wg_config_get(world->config, &wg_needs_group);
  const wg_catalogue *catalogue = &world->catalogue;
  constants *c = calloc(1, sizeof *c);
  if (!c)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for the rates of needs");
  *result = c;
  const double rate = p->filed_volume / p->filed_share * p->cap / 12.0;
  const wg_disorder_params *disorder = wg_config_get(world->config, &wg_disorder_group);
  c->disorder = disorder->gain > 0.0;
  for (int32_t network = 0; network < WG_NETWORK_COUNT; network++)
    c->disorder_most[network] = wg_disorder_most(disorder, network);
  int code = WG_OK;
  for (uint32_t i = 0; i < catalogue->service_count; i++) {
    const wg_service *service = catalogue->services + i;
    const int repeats = check_repeats(world, i, error);
    code = repeats ? repeats : code;
    // Of all needs, those that come back are no new ones.
    const double new_share = 1.0 - wg_repeat_expected(world, service->params);
    const double most = c->disorder_most[service->params->network];
    for (uint32_t m = 0; m < 12; m++) {
      if (service->season[m] > p->cap)
        code = wg_error_add(error, WG_FAIL_CONFIG,
                            "%s: services.%s.by_month: %.3g times the mean rate in month %u exceeds needs.cap = %.3g",
                            wg_config_origin(world->config, &wg_service_group, i, "by_month"), service->id,
                            service->season[m], m + 1, p->cap);
      else if (service->season[m] * most > p->cap)
        code =
            wg_error_add(error, WG_FAIL_CONFIG,
                         "%s: disorder.gain: %.3g times the rate of services.%s in month %u, %.3g, exceeds needs.cap "
                         "= %.3g (allowed: gain * (1 - reference) up to %.3g)",
                         wg_config_origin(world->config, &wg_disorder_group, 0, "gain"), most, service->id, m + 1,
                         service->season[m], p->cap, p->cap / service->season[m] - 1.0);
      else
        c->accept[i][m] = service->season[m] / p->cap * new_share;
    }
    for (uint32_t care = 0; care < WG_CARE_COUNT; care++)
      c->by_care[i][care] = service->by_care ? service->by_care[care] / service->care_cap : 1.0;
    if (service->params->carrier == WG_CARRIER_GRID)
      c->place_mean[i] = rate * service->share;
    if (service->params->carrier == WG_CARRIER_WORKPLACE && world->workplaces_per_resident > 0.0)
      c->place_mean[i] = rate * service->share / world->workplaces_per_resident;
    if (service->params->carrier == WG_CARRIER_FACILITY && world->facilities_per_resident > 0.0)
      c->place_mean[i] = rate * service->share / world->facilities_per_resident;
    if (service->params->carrier == WG_CARRIER_FACILITY && world->facilities_per_resident <= 0.0)
      code =
          wg_error_add(error, WG_FAIL_CONFIG, "%s: services.%s.carrier: facility, but the district has no facilities",
                       wg_config_origin(world->config, &wg_service_group, i, "carrier"), service->id);
  }
  c->onset.silence = ((const wg_trust_params *)wg_config_get(world->config, &wg_trust_group))->silence;
  const int reporting = fill_reporting(world, &c->onset.reporting, error);
  const int failed = fill_residents(world, p, c, error);
  return failed ? failed : reporting ? reporting : code;
}

static const wg_candidate_table *candidates(const void *constants_) {
  const constants *c = constants_;
  return &c->residents;
}

enum { PART_MEAN = 128, PARTS = 256 }; // candidates of a place, service and month, and how often so many

// A part of the candidates of one place and service, by inversion of one uniform: a changed mean keeps those that both have.
static void offer_part(wg_context *context, uint64_t place, uint32_t owner, uint32_t service, uint32_t part,
                       double mean) {
  wg_draw draw =
      wg_draw_open(context->world->luck, WG_PURPOSE_PLACE_NEEDS, (uint32_t)context->month, place, part << 8 | service);
  const uint32_t count = wg_poisson_invert(mean, wg_draw_unit(&draw)); // below 256: that luck ends at 1 - 2^-33
  for (uint32_t i = 0; i < count; i++) {
    const uint8_t day = (uint8_t)wg_draw_below(&draw, context->calendar_days);
    const wg_candidate candidate = {.owner = owner,
                                    .accept = wg_draw_u32(&draw),
                                    .day = day,
                                    .service = (uint8_t)service,
                                    .index = (uint16_t)(part << 8 | i)};
    context->offer(context, &candidate);
  }
}

// Large means in parts, each with luck of its own.
static void offer_place(wg_context *context, uint64_t place, uint32_t owner, uint32_t service, double mean) {
  if (mean > PART_MEAN * PARTS) {
    wg_error_set(context->error, WG_FAIL_CONFIG,
                 "needs: %.3g candidates of %s in one place and month (allowed: up to %d); lower needs.cap or "
                 "needs.filed_volume",
                 mean, context->world->catalogue.services[service].id, PART_MEAN * PARTS);
    return;
  }
  uint32_t part = 0;
  while (mean > 0.0) {
    offer_part(context, place, owner, service, part++, mean < PART_MEAN ? mean : PART_MEAN);
    mean -= PART_MEAN;
  }
}

// A rate above its cap is an error, not a clamp.
static void check_rates(wg_context *context) {
  const constants *c = context->constants;
  const wg_subdistrict *s = context->s;
  const wg_catalogue *catalogue = &context->world->catalogue;
  double most[WG_NETWORK_COUNT] = {0};
  for (uint32_t v = 0; v < catalogue->service_count; v++) {
    double *m = most + catalogue->services[v].params->network;
    const double accept = c->accept[v][context->month % 12] * c->disorder_most[catalogue->services[v].params->network];
    *m = accept > *m ? accept : *m;
  }
  for (uint32_t segment = 0; segment < s->segment_count; segment++)
    for (uint32_t network = 0; network < WG_NETWORK_COUNT; network++)
      for (uint32_t k = 0; k < wg_communities_count(s); k++) {
        const double factor = wg_lever_in(s, segment, WG_SLOT_NEED_RATE + network, k)->value;
        if (factor * most[network] > 1.0) {
          wg_error_add(context->error, WG_FAIL_CONFIG,
                       "policies: need_rate.%s %.3g in %s exceeds what needs.cap leaves room for (allowed: up to %.3g)",
                       wg_network_names[network], factor, s->name, 1.0 / most[network]);
          return;
        }
      }
}

static void month_start(wg_context *context) {
  const constants *c = context->constants;
  const wg_subdistrict *s = context->s;
  check_rates(context);
  if (wg_reporting_exceeds(context->world, &c->onset.reporting, s, context->error))
    return;
  for (uint32_t service = 0; service < s->service_count; service++) {
    const int32_t carrier = context->world->catalogue.services[service].params->carrier;
    if (carrier == WG_CARRIER_GRID)
      for (uint32_t g = 0; g < wg_grids_count(s); g++)
        offer_place(context, wg_grids(s)[g].identity, g, service,
                    c->place_mean[service] * (double)wg_grids(s)[g].residents);
    else if (carrier == WG_CARRIER_WORKPLACE)
      for (uint32_t w = 0; w < wg_workplaces_count(s); w++)
        if (!wg_workplaces(s)[w].closed)
          offer_place(context, wg_workplaces(s)[w].identity, w, service, c->place_mean[service]);
    if (carrier == WG_CARRIER_FACILITY)
      for (uint32_t f = 0; f < wg_facilities_count(s); f++)
        if (!wg_facilities(s)[f].closed)
          offer_place(context, wg_facilities(s)[f].identity, f, service, c->place_mean[service]);
  }
}

// The thresholds of today where policies and disorder raise the rate least and most: between the two the place decides.
typedef struct rates {
  uint32_t least[WG_SERVICE_MAX][WG_CARE_COUNT], most[WG_SERVICE_MAX][WG_CARE_COUNT]; // by need of care
  uint8_t carrier[WG_SERVICE_MAX];
} rates;

// What disorder makes of rates in the grids where it is least and greatest today.
static void look_up_disorder(const wg_subdistrict *s, double *least, double *most) {
  *least = *most = wg_disorder_factor(wg_grids(s));
  for (uint32_t g = 1; g < wg_grids_count(s); g++) {
    const double factor = wg_disorder_factor(wg_grids(s) + g);
    *least = factor < *least ? factor : *least;
    *most = factor > *most ? factor : *most;
  }
}

static void look_up_rates(const wg_context *context, rates *today) {
  const constants *c = context->constants;
  const wg_subdistrict *s = context->s;
  double least[WG_NETWORK_COUNT], most[WG_NETWORK_COUNT], calmest = 1.0, worst = 1.0;
  if (c->disorder)
    look_up_disorder(s, &calmest, &worst);
  for (uint32_t network = 0; network < WG_NETWORK_COUNT; network++) {
    const wg_lever_value *values = wg_lever_at(s, WG_SLOT_NEED_RATE + network, 0);
    least[network] = most[network] = values->value;
    for (uint32_t k = 0; k < wg_communities_count(s); k++) {
      most[network] = values[k].value > most[network] ? values[k].value : most[network];
      least[network] = values[k].value < least[network] ? values[k].value : least[network];
    }
    if (wg_network_has_disorder((int32_t)network)) {
      least[network] *= calmest;
      most[network] *= worst;
    }
  }
  for (uint32_t v = 0; v < s->service_count; v++) {
    const wg_service_params *p = context->world->catalogue.services[v].params;
    const double rate = c->accept[v][context->month % 12];
    for (uint32_t care = 0; care < WG_CARE_COUNT; care++) {
      today->least[v][care] = wg_threshold(rate * least[p->network] * c->by_care[v][care]);
      today->most[v][care] = wg_threshold(rate * most[p->network] * c->by_care[v][care]);
    }
    today->carrier[v] = (uint8_t)p->carrier;
  }
}

// Whether the candidate becomes a need where the rate is not the same everywhere.
static bool accepted_here(const wg_context *context, const wg_candidate *candidate, uint32_t grid, wg_care care) {
  const constants *c = context->constants;
  const wg_subdistrict *s = context->s;
  const uint32_t network = (uint32_t)context->world->catalogue.services[candidate->service].params->network;
  double factor = wg_lever_get(s, WG_SLOT_NEED_RATE + network, wg_grids(s)[grid].community);
  if (c->disorder && wg_network_has_disorder((int32_t)network))
    factor *= wg_disorder_factor(wg_grids(s) + grid);
  const double rate = c->accept[candidate->service][context->month % 12] * factor;
  return candidate->accept < wg_threshold(rate * c->by_care[candidate->service][care]);
}

static inline void look_up_place(const wg_subdistrict *s, uint8_t carrier, uint32_t row, wg_onset *o) {
  if (carrier == WG_CARRIER_WORKPLACE) {
    o->grid = wg_workplaces(s)[row].grid;
    o->owner = wg_workplaces(s)[row].identity;
  } else if (carrier == WG_CARRIER_FACILITY) {
    o->grid = wg_facilities(s)[row].grid;
    o->owner = wg_facilities(s)[row].identity;
  } else {
    o->grid = row;
    o->owner = wg_grids(s)[row].identity;
  }
}

// Whether the candidate becomes a need, whose owner and place go into `o`.
static inline bool accept(const wg_context *context, const rates *today, const wg_candidate *candidate, wg_onset *o) {
  const constants *c = context->constants;
  const wg_subdistrict *s = context->s;
  bool accepted = true;
  wg_care care = WG_CARE_NONE; // places have none
  o->service = candidate->service;
  o->marks = 0;
  o->naming = WG_PURPOSE_IDENTITY_NEED;
  uint64_t kind = UINT8_MAX;
  if (today->carrier[candidate->service] == WG_CARRIER_RESIDENT) {
    const wg_resident *r = wg_residents(s) + candidate->owner;
    accepted = wg_resident_here(r);
    care = wg_trait_care(r->traits);
    o->owner = r->identity;
    wg_onset_of_resident(s, &c->onset, candidate->owner, context->month, o);
  } else {
    kind = candidate->service;
    wg_onset_of_place(o);
    look_up_place(s, today->carrier[candidate->service], candidate->owner, o);
  }
  const uint64_t part = candidate->index >> 8, index = candidate->index & UINT8_MAX;
  o->number = (uint64_t)context->month << 24 | part << 16 | kind << 8 | index;
  accepted &= candidate->accept < today->most[candidate->service][care];
  if (accepted && candidate->accept >= today->least[candidate->service][care])
    accepted = accepted_here(context, candidate, o->grid, care);
  return accepted;
}

enum { AHEAD = 12 }; // candidates

static void day(wg_context *context) {
  const constants *c = context->constants;
  wg_subdistrict *s = context->s;
  const wg_candidate *candidates = context->candidates;
  const uint32_t count = context->candidate_count;
  rates today;
  look_up_rates(context, &today);
  wg_needs_report_due(s, context->today);
  wg_onsets b = {0};
  for (uint32_t i = 0; i < count;) {
    for (b.count = 0; i < count && b.count < WG_ONSETS; i++) {
      // Their residents lie anywhere in the table: fetch some candidates ahead.
      if (i + AHEAD < count)
        __builtin_prefetch(wg_residents(s) + candidates[i + AHEAD].owner);
      b.count += accept(context, &today, candidates + i, b.onsets + b.count);
    }
    wg_onsets_arise(context->world, s, &c->onset, context->today, &b);
  }
  wg_onsets_wake(context->world, s, &c->onset, context->month, context->today, &b);
}

WG_TALLY_OUTPUT(arisen)
WG_TALLY_OUTPUT(repeats)

static const wg_output outputs[] = {
    {"needs_arisen", WG_I32, {WG_AXIS_SERVICE}, "need", "Needs that arose in the month", "产生的需求", arisen},
    {"repeats",
     WG_I32,
     {WG_AXIS_SERVICE},
     "need",
     "Those of them that came back after they had ended",
     "反复",
     repeats},
};

static const wg_param_group *const groups[] = {&wg_needs_group};

const wg_mechanism wg_needs_mechanism = {
    .name = "needs",
    .label = "需求产生",
    .doc = "Residents' candidates come from the roll call, those of grids (in proportion to their residents) and of "
           "workplaces and service facilities at the month's start, all at cap rates; a candidate becomes a need on "
           "its day if its uniform is "
           "below rate now / cap. A need is reported at once with a probability that follows the resident's trust, or "
           "stays latent with a finding threshold and a day on which it lapses of its own. Some needs come back (反复) "
           "some "
           "days after they lapsed or were met: as new needs with luck of their own. They are part of the volume.",
    .groups = groups,
    .group_count = 1,
    .outputs = outputs,
    .output_count = sizeof outputs / sizeof *outputs,
    .prepare = prepare,
    .candidates = candidates,
    .month_start = month_start,
    .day = day,
};
