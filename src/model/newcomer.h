// SPDX-License-Identifier: GPL-3.0-or-later
// Statuses of somebody who comes to the district (迁入者).
#ifndef WG_MODEL_NEWCOMER_H
#define WG_MODEL_NEWCOMER_H

#include "model/world.h"

// The traits of a newcomer of `years` (0 to WG_AGE_MAX): `traits`, which hold sex, registration and, for somebody who will
// live in a collective household, WG_TRAIT_COLLECTIVE, with activity, education, need of care, party membership and
// volunteering put in; other bits stay. Below WG_WORKING_AGE the activity follows from age alone. Above, it is `wanted`;
// WG_CHILD leaves it to what people of that age and sex do (pupils of 16 and 17 at home included). A student is given
// university or college, unless `traits` hold one of them already; a pupil of 16 or over is in senior secondary school.
// Education of the others, care, party and volunteering are those of residents alike at the start (model/life_tables.h,
// model/civic.h); `trust` is the newcomer's. Drawn from (luck, identity, month): the same for the same newcomer in every scenario. world->life must
// be there.
uint32_t wg_newcomer_traits(const wg_world *world, uint64_t identity, uint32_t years, uint32_t traits,
                            wg_activity wanted, uint16_t trust);

#endif
