// SPDX-License-Identifier: GPL-3.0-or-later
// How often a resident has need of a service: the mix of services, scaled to the volume, by age, registration and need of care.
#ifndef WG_MODEL_NEED_RATE_H
#define WG_MODEL_NEED_RATE_H

#include "model/world.h"

// Relative rate of a service for residents of a band and registration, whatever their need of care.
static inline double wg_need_relative(const wg_service *service, uint32_t band, uint32_t registration) {
  return (service->by_age ? service->by_age[band] : 1.0) *
         (service->by_registration ? service->by_registration[registration] : 1.0);
}

// Its mean over the residents of run.start, need of care included, so that the mix of needs is what the configuration says.
// Need of care has the shares by age from which the start is drawn, so that a run of some subdistricts has the same mean.
double wg_need_mean_relative(const wg_world *world, const wg_service *service);

// Needs a year at the mean season, for residents at run.start of that band, registration and need of care.
double wg_need_rate(const wg_world *world, const wg_service *service, uint32_t band, uint32_t registration,
                    wg_care care);

#endif
