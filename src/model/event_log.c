// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/event_log.h"

#include "model/subdistrict.h"

const char *const wg_event_names[WG_EVENT_KIND_COUNT] = {"arise",    "report", "find",   "file",     "dispatch",
                                                         "transfer", "handle", "verify", "return",   "escalate",
                                                         "list",     "close",  "lapse",  "withdraw", "refuse"};
const char *const wg_event_labels[WG_EVENT_KIND_COUNT] = {"产生", "自报",     "发现",     "立案", "派遣",
                                                          "移交", "处置完毕", "核查",     "返工", "升级",
                                                          "轮候", "结案",     "自行消失", "撤销", "不予受理"};

void wg_event_append(wg_subdistrict *s, uint32_t need, wg_event_kind kind, uint32_t desk) {
  wg_table *table = &s->tables[WG_TABLE_EVENT];
  wg_error ignored = {0};
  if (table->count == table->capacity && wg_table_reserve(table, (uint64_t)table->count + 4096, &ignored)) {
    s->log_failed = true;
    return;
  }
  const wg_need *n = wg_needs(s) + need;
  wg_events(s)[table->count++] = (wg_event){.need = n->identity,
                                            .day = (uint16_t)s->today,
                                            .grid = n->grid,
                                            .desk = (uint16_t)desk,
                                            .service = n->service,
                                            .kind = (uint8_t)kind};
}
