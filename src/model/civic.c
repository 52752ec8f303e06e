// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/civic.h"

double wg_volunteer_join(const wg_civic_params *p, uint32_t years, uint32_t traits, double distance) {
  if (years < p->volunteer_first || years > p->volunteer_last)
    return 0.0;
  double rate = p->volunteer_join * (1.0 + p->volunteer_trust * distance);
  rate *= traits & WG_TRAIT_PARTY_MEMBER ? p->volunteer_party : 1.0;
  rate *= wg_trait_activity(traits) == WG_STUDENT ? p->volunteer_student : 1.0;
  return rate < 0.0 ? 0.0 : rate > 1.0 ? 1.0 : rate;
}

double wg_volunteer_share(const wg_civic_params *p, uint32_t years, uint32_t traits, double distance) {
  const double join = wg_volunteer_join(p, years, traits, distance), turnover = join + p->volunteer_leave;
  return turnover > 0.0 ? join / turnover : 0.0;
}
