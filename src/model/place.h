// SPDX-License-Identifier: GPL-3.0-or-later
// Communities (社区/村), grids (网格) and workplaces (单位, 楼宇) of a subdistrict.
#ifndef WG_MODEL_PLACE_H
#define WG_MODEL_PLACE_H

#include "schema/column.h"

typedef enum wg_community_kind {
  WG_ORDINARY, // 普通社区
  WG_COMPOUND, // 单位大院
  WG_CAMPUS,   // 高校
  WG_VILLAGE,  // 村
  WG_COMMUNITY_KIND_COUNT,
} wg_community_kind;

extern const char *const wg_community_kind_names[WG_COMMUNITY_KIND_COUNT];
extern const char *const wg_community_kind_labels[WG_COMMUNITY_KIND_COUNT];

#define WG_COMMUNITY_COLUMNS(C, T)                                                                                     \
  C(T, int64_t, I64, code, "", "Statistical division code.")                                                           \
  C(T, double, F64, longitude, "degrees_east", "Known or drawn.")                                                      \
  C(T, double, F64, latitude, "degrees_north", "Known or drawn.")                                                      \
  C(T, uint64_t, U64, trust_sum, "1/65535", "Sum of residents' trust.")                                                \
  C(T, uint32_t, U32, dwellings, "dwelling", "Dwellings for family households.")                                       \
  C(T, uint32_t, U32, dwellings_at_start, "dwelling", "Dwellings at run.start.")                                       \
  C(T, uint32_t, U32, closed_dwellings, "dwelling", "Those of them that are closed (腾退) and take nobody in.")        \
  C(T, uint32_t, U32, reused_dwellings, "dwelling", "Those of the closed ones that serve the public now.")             \
  C(T, uint32_t, U32, beds, "bed", "Places in collective households.")                                                 \
  C(T, uint32_t, U32, closed_beds, "bed", "Those of them that are closed (腾退) and take nobody in.")                  \
  C(T, uint32_t, U32, closed_workplaces, "workplace", "Workplaces that are closed.")                                   \
  C(T, uint32_t, U32, households, "household",                                                                         \
    "Family households now; never above dwellings that are open, but while those that must go have not gone yet.")     \
  C(T, uint32_t, U32, collective_households, "household", "Collective households now.")                                \
  C(T, uint32_t, U32, collective_residents, "resident",                                                                \
    "Residents of collective households now; never above beds that are open at a month's end.")                        \
  C(T, int64_t, I64, programme_fen, "fen", "Cost of policies beside wages, this month.")                               \
  C(T, uint32_t, U32, filed_year, "case",                                                                              \
    "Cases filed in about a year: a twelfth goes, the month's come, each month.")                                      \
  C(T, uint32_t, U32, reach, "bit set", "Kinds of facilities that its residents can walk to.")                         \
  C(T, uint32_t, U32, reported_counter, "case", "Reported at the counter (窗口) this month.")                          \
  C(T, uint32_t, U32, reported_hotline, "case", "By the hotline (热线).")                                              \
  C(T, uint32_t, U32, reported_online, "case", "On the net (网络).")                                                   \
  C(T, uint16_t, U16, first_grid, "row", "First of its grids, which are contiguous.")                                  \
  C(T, uint16_t, U16, grid_count, "grid", "At least 1.")                                                               \
  C(T, uint16_t, U16, urban_rural_class, "", "Statistical class, 111 to 220.")                                         \
  C(T, uint8_t, U8, kind, "", "wg_community_kind.")                                                                    \
  C(T, uint8_t, U8, located, "", "1 when the coordinates are known, 0 when drawn.")                                    \
  C(T, uint8_t, U8, cost_class, "", "What dwelling there costs, 1 (least) to 5; 0: not known.")                        \
  C(T, uint8_t, U8, access_stale, "", "1: facilities of it have opened or closed since `reach` was found out.")        \
  C(T, uint32_t, U32, births, "resident", "This month.")                                                               \
  C(T, uint32_t, U32, deaths, "resident", "This month.")

WG_ROW_STRUCT(wg_community, WG_COMMUNITY_COLUMNS)
extern const wg_table_type wg_community_table;

enum { WG_COST_CLASSES = 5 };

// One of the community's grids, each alike, by a uniform number.
static inline uint32_t wg_community_grid(const wg_community *k, uint32_t u) {
  return k->first_grid + (uint32_t)((uint64_t)u * k->grid_count >> 32);
}

#define WG_GRID_COLUMNS(C, T)                                                                                          \
  C(T, uint64_t, U64, identity, "", "Name: community code and number.")                                                \
  C(T, uint32_t, U32, residents, "resident", "Residents now.")                                                         \
  C(T, uint32_t, U32, student_places, "resident", "Students in dormitories at the start.")                             \
  C(T, uint32_t, U32, first_workplace, "row", "First of its workplaces, which are contiguous.")                        \
  C(T, uint32_t, U32, workplace_count, "workplace", "")                                                                \
  C(T, uint16_t, U16, community, "row", "Community.")                                                                  \
  C(T, uint16_t, U16, number, "", "Number in the community, from 1.")                                                  \
  C(T, uint32_t, U32, men_room, "row + 1",                                                                             \
    "First of the men's rooms that may have a place, see model/room.h; 0: none.")                                      \
  C(T, uint32_t, U32, women_room, "row + 1", "The same for women.")                                                    \
  C(T, uint32_t, U32, filed_month, "case", "Cases filed this month.")                                                  \
  C(T, uint32_t, U32, filed_year, "1/256 case",                                                                        \
    "Cases filed in about a year before this month: a twelfth goes, the month's come, each month.")                    \
  C(T, uint32_t, U32, patrol_today, "person minute", "Patrol in the grid today, whoever's.")                           \
  C(T, uint32_t, U32, outreach_today, "person minute", "The same of outreach.")                                        \
  C(T, uint32_t, U32, patrol_minutes, "person minute", "Patrol in the grid this month.")                               \
  C(T, uint32_t, U32, outreach_minutes, "person minute", "The same of outreach.")                                      \
  C(T, double, F64, disorder_excess, "1", "Factor on the rates of needs of city management and order, less 1.")        \
  C(T, uint32_t, U32, disorder, "2^-30", "Disorder (失序), 0 to 1.")                                                   \
  C(T, uint32_t, U32, open_weight, "severity", "Open needs of those networks that arose here, by severity.")           \
  C(T, uint32_t, U32, counted_weight, "severity", "The same, counted in the pool at the month's end.")

WG_ROW_STRUCT(wg_grid, WG_GRID_COLUMNS)
extern const wg_table_type wg_grid_table;

// With the list for what lies beyond the steps: a power of two.
enum { WG_SEARCH_STEPS = 63, WG_SEARCH_LISTS = WG_SEARCH_STEPS + 1 };

// The ways of finding in a grid: patrol or outreach, each for other matters and, where rounds tell them apart, for the
// district's.
enum { WG_WAY_OUTREACH = 1, WG_WAY_DISTRICT = 2, WG_SEARCH_WAYS = 4 };

// A search (查找) is one way of finding in one grid: row grid * WG_SEARCH_WAYS + way. Latent needs whose key lies less than
// WG_SEARCH_STEPS steps beyond `base` are on the list of their step; most later ones lapse before they could be found.
#define WG_SEARCH_COLUMNS(C, T)                                                                                        \
  C(T, uint64_t, U64, hazard, "2^-32", "Finding hazard accumulated so far.")                                           \
  C(T, uint64_t, U64, base, "2^-32", "Key at which the first step begins.")                                            \
  C(T, uint64_t, U64, ahead, "2^-32", "Hazard for which the steps have room.")                                         \
  C(T, uint32_t, U32, shift, "bit", "A step is 2^shift wide.")

WG_ROW_STRUCT(wg_search, WG_SEARCH_COLUMNS)
extern const wg_table_type wg_search_table;

#define WG_STEP_COLUMNS(C, T) C(T, uint32_t, U32, first, "row", "First latent need of the step.")

// Row: search * WG_SEARCH_LISTS + step. The last list of a search takes what lies beyond the steps, so that hiding a need takes
// one way only, which has not to be guessed; nobody walks it or takes anything off it.
WG_ROW_STRUCT(wg_step, WG_STEP_COLUMNS)
extern const wg_table_type wg_step_table;

#define WG_WORKPLACE_COLUMNS(C, T)                                                                                     \
  C(T, uint64_t, U64, identity, "", "Name: grid and number.")                                                          \
  C(T, uint16_t, U16, grid, "row", "Grid.")                                                                            \
  C(T, uint8_t, U8, closed, "", "1 while it is closed (关停): no needs arise from it.")

WG_ROW_STRUCT(wg_workplace, WG_WORKPLACE_COLUMNS)
extern const wg_table_type wg_workplace_table;

#endif
