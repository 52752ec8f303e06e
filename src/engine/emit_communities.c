// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/emit.h"
#include "engine/emit_table.h"

#define COMMUNITY_FILL(name, ctype, expression)                                                                        \
  static void community_##name(const wg_world *world, const wg_subdistrict *s, uint32_t row, void *element) {          \
    const wg_community *k = wg_communities(s) + row;                                                                   \
    (void)world, (void)k;                                                                                              \
    *(ctype *)element = (ctype)(expression);                                                                           \
  }
COMMUNITY_FILL(code, int64_t, k->code)
COMMUNITY_FILL(name, const char *, s->community_names[row])
COMMUNITY_FILL(subdistrict, int64_t, s->code)
COMMUNITY_FILL(kind, int8_t, k->kind)
COMMUNITY_FILL(rural, int8_t, k->urban_rural_class >= 200)
COMMUNITY_FILL(longitude, double, k->longitude)
COMMUNITY_FILL(latitude, double, k->latitude)
COMMUNITY_FILL(located, int8_t, k->located)
COMMUNITY_FILL(grids, int32_t, k->grid_count)
COMMUNITY_FILL(dwellings, int32_t, k->dwellings)
COMMUNITY_FILL(beds, int32_t, k->beds)
COMMUNITY_FILL(cost_class, int8_t, k->cost_class)

static const int8_t values[] = {0, 1, 2, 3};
static const wg_attribute kind_flags[] = {{"flag_values", WG_I8, 4, values},
                                          {"flag_meanings", WG_STRING, 1, "ordinary compound campus village"}};
static const wg_attribute rural_flags[] = {{"flag_values", WG_I8, 2, values},
                                           {"flag_meanings", WG_STRING, 1, "urban rural"}};
static const wg_attribute located_flags[] = {{"flag_values", WG_I8, 2, values},
                                             {"flag_meanings", WG_STRING, 1, "drawn_near_its_subdistrict known"}};

int wg_emit_communities(const wg_world *world, const wg_sink *sink, wg_error *error) {
  const wg_emit_column columns[] = {
      {"community", NULL, "Statistical division code", "区划代码", WG_I64, community_code, NULL, 0},
      {"community_name", NULL, "Name", "名称", WG_STRING, community_name, NULL, 0},
      {"subdistrict", NULL, "Code of its subdistrict", "所属街镇", WG_I64, community_subdistrict, NULL, 0},
      {"kind", NULL, "Kind (assumed from the name)", "类型", WG_I8, community_kind, kind_flags, 2},
      {"rural", NULL, "Urban or rural by the statistical class", "城乡", WG_I8, community_rural, rural_flags, 2},
      {"longitude", "degrees_east", "Longitude", "经度", WG_F64, community_longitude, NULL, 0},
      {"latitude", "degrees_north", "Latitude", "纬度", WG_F64, community_latitude, NULL, 0},
      {"located", NULL, "Whether the coordinates are known", "坐标来源", WG_I8, community_located, located_flags, 2},
      {"grids", "grid", "Grids", "网格数", WG_I32, community_grids, NULL, 0},
      {"dwellings", "dwelling", "Dwellings at the end", "住房", WG_I32, community_dwellings, NULL, 0},
      {"beds", "bed", "Places in collective households", "集体户床位", WG_I32, community_beds, NULL, 0},
      {"cost_class", NULL, "What dwelling costs, 1 (least) to 5 (assumed)", "住房成本", WG_I8, community_cost_class,
       NULL, 0},
  };
  wg_emit_table all;
  int code = wg_emit_table_create(world, world->subdistrict_count, &all, error);
  for (uint32_t i = 0; i < world->subdistrict_count && !code; i++)
    wg_emit_table_add(&all, world->subdistricts + i, 0, wg_communities_count(world->subdistricts + i));
  if (!code)
    code = wg_emit_table_put(sink, "communities", "community", &all, columns, sizeof columns / sizeof *columns, error);
  wg_emit_table_free(&all);
  return code;
}
