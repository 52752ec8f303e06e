// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/subdistrict.h"

void wg_subdistrict_init(wg_subdistrict *s) {
  *s = (wg_subdistrict){.free_resident = WG_NO_ROW,
                        .free_household = WG_NO_ROW,
                        .free_need = WG_NO_ROW,
                        .filed_list = WG_NO_ROW,
                        .handled_list = WG_NO_ROW,
                        .ended_list = WG_NO_ROW,
                        .ended_latent_list = WG_NO_ROW,
                        .decided_list = WG_NO_ROW,
                        .free_enrolment = WG_NO_ROW};
#define SET_TYPE(ID, T, name) s->tables[WG_TABLE_##ID].type = &T##_table;
  WG_TABLES(SET_TYPE)
#undef SET_TYPE
  for (int day = 0; day < 31; day++)
    s->enrolments_due[day] = WG_NO_ROW;
  for (int kind = 0; kind < WG_AGENDA_KINDS; kind++)
    for (int day = 0; day < 31; day++)
      s->agenda[kind][day] = WG_NO_ROW;
  for (int kind = 0; kind < WG_DESK_KIND_MAX; kind++)
    s->desk_of[kind] = WG_NO_ROW;
}

void wg_subdistrict_free(wg_subdistrict *s) {
  for (int id = 0; id < WG_TABLE_COUNT; id++)
    wg_table_free(&s->tables[id]);
}
