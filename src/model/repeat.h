// SPDX-License-Identifier: GPL-3.0-or-later
// Needs that come back (反复) after they ended.
#ifndef WG_MODEL_REPEAT_H
#define WG_MODEL_REPEAT_H

#include "model/world.h"

// Share of a service's needs that come back, where the share needs.met_reference of them is met.
double wg_repeat_expected(const wg_world *world, const wg_service_params *service);

// What becomes of the row of a need that has ended and been booked: it sleeps until it comes back, by the luck of its name, or
// is given back.
void wg_need_retire(const wg_world *world, wg_subdistrict *s, uint32_t need, wg_date today);

#endif
