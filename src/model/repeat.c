// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/repeat.h"

#include "base/maths.h"
#include "model/need_volume.h"
#include "schema/purpose.h"

double wg_repeat_expected(const wg_world *world, const wg_service_params *service) {
  const wg_needs_params *p = wg_config_get(world->config, &wg_needs_group);
  return service->repeat_after_met * p->met_reference + service->repeat_share * (1.0 - p->met_reference);
}

// Withdrawn and refused needs don't come back, nor do those of residents who have moved away, nor what is met by an enrolment.
static double share_of(const wg_service_params *service, const wg_need *n) {
  if (n->group != WG_GROUP_NOBODY && n->resident == WG_NO_ROW)
    return 0.0;
  if (n->state == WG_NEED_MET && service->course == WG_COURSE_CONTINUING)
    return 0.0;
  return n->state == WG_NEED_MET ? service->repeat_after_met : n->state == WG_NEED_LAPSED ? service->repeat_share : 0.0;
}

void wg_need_retire(const wg_world *world, wg_subdistrict *s, uint32_t need, wg_date today) {
  const wg_need *n = wg_needs(s) + need;
  const wg_service_params *service = world->catalogue.services[n->service].params;
  const double share = share_of(service, n);
  if (share > 0.0) {
    wg_draw draw = wg_draw_open(world->luck, WG_PURPOSE_REPEAT, 0, n->identity, 0);
    if (wg_draw_unit(&draw) < share) {
      const double days = wg_exponential(wg_draw_u32(&draw)) * service->repeat_days;
      wg_need_sleep(s, need, (uint32_t)today + 1 + (uint32_t)days);
      return;
    }
  }
  wg_need_close(s, need);
}
