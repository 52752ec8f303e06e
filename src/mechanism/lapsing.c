// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/lapsing.h"

static void day(wg_context *context) {
  for (uint32_t need; (need = wg_agenda_next(context->s, WG_AGENDA_LAPSE, context->today)) != WG_NO_ROW;)
    wg_need_end(context->s, need, WG_NEED_LAPSED);
}

const wg_mechanism wg_lapsing = {
    .name = "lapsing",
    .label = "自行消失",
    .doc = "A need that nobody found, or a case that nobody handled, lapses on its day: the nuisance goes away, the "
           "person "
           "gives up.",
    .day = day,
};
