// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/arrival.h"

#include "model/newcomer.h"
#include "model/trust.h"

uint32_t wg_resident_arrive(const wg_world *world, wg_subdistrict *s, uint32_t household, uint64_t identity,
                            wg_month born, uint32_t traits, wg_move_reason reason, wg_month month) {
  const uint16_t trust = wg_trust_baseline(world, identity);
  const wg_household *home = wg_households(s) + household;
  if (world->life) {
    const uint32_t collective = home->kind == WG_COLLECTIVE ? WG_TRAIT_COLLECTIVE : 0;
    traits = wg_newcomer_traits(world, identity, wg_age_years((uint32_t)born, month), traits | collective,
                                wg_trait_activity(traits), trust);
  }
  wg_move_note(s, wg_grids(s)[home->grid].community, WG_MOVE_IN, reason, 1);
  return wg_resident_join(s, identity, household, born, traits, trust, trust, month);
}
