// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/lever.h"

#include <stdio.h>

const wg_lever wg_levers[WG_LEVER_COUNT] = {
#define ROW(ID, name, per, rule, neutral, least, greatest, unit, label, doc, reader)                                   \
  {#name, WG_PER_##per, WG_##rule, neutral, least, greatest, unit, label, doc, reader, WG_SLOT_##ID},
    WG_LEVERS(ROW)
#undef ROW
};

const char *wg_lever_rule_name(wg_lever_rule rule) {
  static const char *const names[] = {"add", "multiply", "max", "replace"};
  return names[rule];
}

wg_lever_id wg_slot_lever(uint32_t slot) {
  uint32_t id = WG_LEVER_COUNT - 1;
  while (wg_levers[id].slot > slot)
    id--;
  return (wg_lever_id)id;
}

void wg_slot_code(uint32_t slot, char text[64]) {
  const wg_lever *lever = wg_levers + wg_slot_lever(slot);
  const uint32_t index = slot - lever->slot;
  const char *which = lever->per == WG_PER_ROLE      ? wg_role_names[index]
                      : lever->per == WG_PER_NETWORK ? wg_network_names[index]
                                                     : "";
  snprintf(text, 64, "%s%s%s", lever->name, *which ? "." : "", which);
}

void wg_slot_label(uint32_t slot, char text[96]) {
  const wg_lever *lever = wg_levers + wg_slot_lever(slot);
  const uint32_t index = slot - lever->slot;
  const char *which = lever->per == WG_PER_ROLE      ? wg_role_labels[index]
                      : lever->per == WG_PER_NETWORK ? wg_network_labels[index]
                                                     : "";
  snprintf(text, 96, "%s%s%s", lever->label, *which ? "·" : "", which);
}
