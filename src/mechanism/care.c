// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/care.h"

#include "schema/purpose.h"

static void birthday(wg_context *context, uint32_t resident, uint32_t years, uint64_t luck) {
  const uint32_t traits = wg_residents(context->s)[resident].traits;
  const wg_care from = wg_trait_care(traits);
  const uint32_t *row = context->world->life->care_step[years][from];
  const uint32_t u = (uint32_t)(wg_draw_derive(luck, WG_PURPOSE_BIRTHDAY_CARE) >> 32);
  const wg_care to = (wg_care)wg_life_step(row, WG_CARE_COUNT, from, u);
  if (to != from)
    wg_resident_change(context->s, resident, wg_trait_with_care(traits, to), context->month + 1);
}

static const wg_param_group *const groups[] = {&wg_care_group};

const wg_mechanism wg_care_mechanism = {
    .name = "care",
    .label = "照护需要",
    .doc = "On birthdays residents fall chronically ill, recover, become disabled or improve, by age alone. The start "
           "has the "
           "shares by age that these rates lead to, so that need of care changes only as the residents' ages do.",
    .groups = groups,
    .group_count = sizeof groups / sizeof *groups,
    .birthday = birthday,
};
