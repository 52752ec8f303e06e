// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/hours.h"

#include "model/post.h"

// Each of a grid's people has 1 / staff grids where they are fewer than one (一人多格).
static double travel_share(const wg_desk *desk, const wg_desk_kind_params *p) {
  if (p->area != WG_AREA_GRID || desk->staff_centi == 0 || desk->staff_centi >= WG_POST_WHOLE)
    return 0.0;
  const double share = p->travel_loss * ((double)WG_POST_WHOLE / (double)desk->staff_centi - 1.0);
  return share < 1.0 ? share : 1.0; // all of the day is spent on the way
}

void wg_desk_hours(const wg_desk *desk, const wg_desk_kind_params *p, double office, double duty,
                   double after[WG_LOSS_COUNT]) {
  const double filled = (double)p->minutes * (double)desk->filled_centi / 100.0;
  const double away = p->leave_days / WG_WORKING_DAYS_A_YEAR,
               trained = (p->leave_days + p->training_days) / WG_WORKING_DAYS_A_YEAR;
  after[WG_LOSS_VACANCY] = filled;
  after[WG_LOSS_LEAVE] = filled * (1.0 - away);
  after[WG_LOSS_TRAINING] = filled * (1.0 - trained);
  after[WG_LOSS_OFFICE] = after[WG_LOSS_TRAINING] * (1.0 - office);
  after[WG_LOSS_DUTY] = after[WG_LOSS_OFFICE] * (1.0 - duty);
  after[WG_LOSS_TRAVEL] = after[WG_LOSS_DUTY] * (1.0 - travel_share(desk, p));
}
