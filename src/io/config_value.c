// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/config_value.h"

static int convert_list(const config_setting_t *setting, wg_arena *arena, wg_value *value) {
  const size_t count = (size_t)config_setting_length(setting);
  wg_value *const items = wg_arena_alloc(arena, count, sizeof *items);
  if (!items)
    return WG_FAIL_RUN;
  for (size_t i = 0; i < count; i++) {
    const int code = wg_config_value_read(config_setting_get_elem(setting, (unsigned)i), arena, &items[i]);
    if (code)
      return code;
  }
  *value = (wg_value){.kind = WG_VALUE_LIST, .items = items, .count = count};
  return WG_OK;
}

int wg_config_value_read(const config_setting_t *setting, wg_arena *arena, wg_value *value) {
  *value = (wg_value){0};
  switch (config_setting_type(setting)) {
  case CONFIG_TYPE_BOOL:
    value->kind = WG_VALUE_BOOL;
    value->boolean = config_setting_get_bool(setting) != 0;
    return WG_OK;
  case CONFIG_TYPE_INT:
    value->kind = WG_VALUE_INT;
    value->integer = config_setting_get_int(setting);
    return WG_OK;
  case CONFIG_TYPE_INT64:
    value->kind = WG_VALUE_INT;
    value->integer = config_setting_get_int64(setting);
    return WG_OK;
  case CONFIG_TYPE_FLOAT:
    value->kind = WG_VALUE_REAL;
    value->real = config_setting_get_float(setting);
    return WG_OK;
  case CONFIG_TYPE_STRING:
    value->kind = WG_VALUE_TEXT;
    value->text = config_setting_get_string(setting);
    return value->text ? WG_OK : WG_FAIL_RUN;
  case CONFIG_TYPE_ARRAY:
  case CONFIG_TYPE_LIST:
    return convert_list(setting, arena, value);
  default:
    return WG_FAIL_CONFIG;
  }
}
