// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/need_rate.h"

#include "model/need_volume.h"

// Mean factor of need of care over the residents of a band.
static double mean_by_care(const wg_world *world, const wg_service *service, uint32_t band) {
  double sum = 0.0, residents = 0.0;
  for (uint32_t years = wg_age_band_first(band); years < wg_age_band_beyond(band); years++) {
    const uint32_t *upto = world->life->care[years];
    const double count = (double)world->population_ages[years];
    const double chronic = (double)(upto[WG_CARE_CHRONIC] - upto[WG_CARE_NONE]) * 0x1p-32;
    const double disabled = (double)(upto[WG_CARE_DISABLED] - upto[WG_CARE_CHRONIC]) * 0x1p-32;
    sum += count * (service->by_care[WG_CARE_NONE] * (1.0 - chronic - disabled) +
                    service->by_care[WG_CARE_CHRONIC] * chronic + service->by_care[WG_CARE_DISABLED] * disabled);
    residents += count;
  }
  return residents > 0.0 ? sum / residents : 1.0;
}

double wg_need_mean_relative(const wg_world *world, const wg_service *service) {
  double by_care[WG_AGE_BAND_COUNT], sum = 0.0, residents = 0.0;
  for (uint32_t band = 0; band < WG_AGE_BAND_COUNT; band++)
    by_care[band] = service->by_care ? mean_by_care(world, service, band) : 1.0;
  for (uint32_t cell = 0; cell < WG_POPULATION_CELLS; cell++) {
    const uint32_t band = cell / (WG_SEX_COUNT * WG_REGISTRATION_COUNT), registration = cell % WG_REGISTRATION_COUNT;
    const double count = (double)world->population_cells[cell];
    sum += count * wg_need_relative(service, band, registration) * by_care[band];
    residents += count;
  }
  return residents > 0.0 ? sum / residents : 0.0;
}

double wg_need_rate(const wg_world *world, const wg_service *service, uint32_t band, uint32_t registration,
                    wg_care care) {
  const wg_needs_params *p = wg_config_get(world->config, &wg_needs_group);
  const double mean = wg_need_mean_relative(world, service);
  if (!(mean > 0.0))
    return 0.0;
  const double relative =
      wg_need_relative(service, band, registration) * (service->by_care ? service->by_care[care] : 1.0);
  return p->filed_volume / p->filed_share * service->share * relative / mean;
}
