// SPDX-License-Identifier: GPL-3.0-or-later
// Facilities (服务设施): kinds are configuration, facilities are rows of a subdistrict.
#ifndef WG_MODEL_FACILITY_H
#define WG_MODEL_FACILITY_H

#include "schema/column.h"
#include "schema/param.h"

#define WG_FACILITY_PARAMS(X, T)                                                                                       \
  X(T, TEXT, label, NULL, 0, 0, "", SETTING, "名称", "Chinese name.", "")                                              \
  X(T, REAL, share_urban, NULL, 0.0, 1.0, "1", ASSUMED, "城镇配置率",                                                  \
    "Share of communities of urban statistical class that have such facilities at the start.", "no published size")    \
  X(T, REAL, share_rural, NULL, 0.0, 1.0, "1", ASSUMED, "乡村配置率", "The same for those of rural class.",            \
    "no published size")                                                                                               \
  X(T, REALS, by_community_kind, "[]", 0.0, 10.0, "1", ASSUMED, "社区类型系数",                                        \
    "Factors on that share by kind of community: ordinary, compound, campus, village; empty: all 1.", "")              \
  X(T, INT, number, "1", 0, 100, "facility", ASSUMED, "数量", "Facilities of a community that has them, at least.",    \
    "")                                                                                                                \
  X(T, REAL, per_10000, "0.0", 0.0, 100.0, "facility / 10000 residents", ASSUMED, "每万人数量",                        \
    "Facilities added to these for the residents of the community at run.start.", "no published size")                 \
  X(T, INT, space, "0", 0, 1000000, "m2", ASSUMED, "建筑面积", "Floor space of each facility.", "no published size")   \
  X(T, BOOL, service_space, "false", 0, 0, "", ASSUMED, "计入服务用房",                                                \
    "Whether its space counts as the community's service space (社区综合服务设施).", "")                               \
  X(T, INT, walking_limit, "15", 0, 240, "minute", SETTING, "步行时限", "Longest walk that counts as access.",         \
    "fifteen-minute service circles (一刻钟社区服务圈)")                                                               \
  X(T, REAL, own_share, "0.0", 0.0, 1.0, "1", ASSUMED, "自用占比",                                                     \
    "Share of the facilities of compounds and campuses that serve their own residents alone.", "no published size")
WG_PARAM_STRUCT(wg_facility_params, WG_FACILITY_PARAMS)
extern const wg_param_group wg_facility_group;

enum { WG_FACILITY_KIND_MAX = 16 };

#define WG_FACILITY_COLUMNS(C, T)                                                                                      \
  C(T, uint64_t, U64, identity, "", "Name: community, kind (by its name) and number.")                                 \
  C(T, uint32_t, U32, space, "m2", "Floor space.")                                                                     \
  C(T, uint16_t, U16, community, "row", "Community it stands in.")                                                     \
  C(T, uint16_t, U16, grid, "row", "Grid it stands in.")                                                               \
  C(T, uint8_t, U8, kind, "", "Facility kind number.")                                                                 \
  C(T, uint8_t, U8, own, "", "1: it serves the residents of its own community alone.")                                 \
  C(T, uint8_t, U8, closed, "", "1 while it is closed.")

// In no order that means anything.
WG_ROW_STRUCT(wg_facility, WG_FACILITY_COLUMNS)
extern const wg_table_type wg_facility_table;

#endif
