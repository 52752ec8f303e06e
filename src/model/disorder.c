// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/disorder.h"

#include "model/need_volume.h"

WG_PARAM_GROUP(wg_disorder_group, "disorder", false, wg_disorder_params, WG_DISORDER_PARAMS, "失序",
               "What open needs do to their grid.");

void wg_disorder_begin(const wg_world *world, wg_subdistrict *s) {
  const wg_disorder_params *p = wg_config_get(world->config, &wg_disorder_group);
  for (uint32_t v = 0; v < s->service_count; v++) {
    const wg_service_params *service = world->catalogue.services[v].params;
    s->disorder_weight[v] = (uint8_t)(wg_network_has_disorder(service->network) ? service->severity : 0);
  }
  for (uint32_t g = 0; g < wg_grids_count(s); g++)
    wg_grids(s)[g].disorder = (uint32_t)(p->reference * WG_DISORDER_ONE);
}

double wg_disorder_most(const wg_disorder_params *p, int32_t network) {
  return wg_network_has_disorder(network) ? 1.0 + p->gain * (1.0 - p->reference) : 1.0;
}

// Mean days for which a need can be open, its repeats included: whatever happens to it, it lapses, first latent, then as a case.
// Less than 0: for ever.
static double days_open(const wg_service_params *p) {
  if (!(p->lapse_days > 0.0 && p->patience_days > 0.0))
    return -1.0;
  const double again = p->repeat_share > p->repeat_after_met ? p->repeat_share : p->repeat_after_met;
  return again < 1.0 ? (p->lapse_days + p->patience_days + 2.0) / (1.0 - again) : -1.0;
}

static double most_of(const double season[12]) {
  double most = 0.0;
  for (uint32_t m = 0; m < 12; m++)
    most = season[m] > most ? season[m] : most;
  return most;
}

// A need of weight w in a grid of N residents raises the level by at most w * 1000 / N / half for each day on which it is open
// (decay only spreads that over time), and so the needs of that grid, N / 1000 * rate a day, by the factor's gain: N falls out.
double wg_disorder_loop(const wg_world *world) {
  const wg_disorder_params *p = wg_config_get(world->config, &wg_disorder_group);
  const wg_needs_params *needs = wg_config_get(world->config, &wg_needs_group);
  if (!(p->gain > 0.0) || !(p->decay > 0.0))
    return 0.0;
  const double per_day = 1000.0 * needs->filed_volume / needs->filed_share / 365.0;
  double weight_days = 0.0;
  for (uint32_t v = 0; v < world->catalogue.service_count; v++) {
    const wg_service *service = world->catalogue.services + v;
    const double weight = wg_network_has_disorder(service->params->network) ? (double)service->params->severity : 0.0;
    const double rate = per_day * service->share * most_of(service->season), days = days_open(service->params);
    if (!(rate * weight > 0.0))
      continue;
    if (days < 0.0)
      return __builtin_inf();
    weight_days += rate * weight * days;
  }
  return p->gain / p->half * weight_days;
}
