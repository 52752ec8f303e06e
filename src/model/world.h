// SPDX-License-Identifier: GPL-3.0-or-later
// The district (区): what all subdistricts share, and the subdistricts themselves.
#ifndef WG_MODEL_WORLD_H
#define WG_MODEL_WORLD_H

#include "base/date.h"
#include "base/draw.h"
#include "model/access.h"
#include "model/calendar.h"
#include "model/catalogue.h"
#include "model/life_tables.h"
#include "model/run_params.h"
#include "model/subdistrict.h"
#include "schema/config.h"

typedef struct wg_world {
  const wg_config *config;
  const wg_run_params *run;
  wg_luck luck;
  wg_calendar calendar;
  wg_catalogue catalogue;
  wg_life_tables *life;                          // statuses by age; from synthesis on
  wg_month month;                                // the month that is being lived, or was lived last
  uint32_t subdistrict_count;                    // those simulated
  wg_subdistrict *subdistricts;                  // in the order of their codes
  int64_t population_cells[WG_POPULATION_CELLS]; // residents at run.start, simulated or not: reference of rates
  int64_t population_ages[WG_LIFE_AGES];         // the same by age in completed years
  double workplaces_per_resident;                // at run.start, whole district
  double facilities_per_resident;                // the same
  wg_elsewhere *elsewhere;                       // communities that are not simulated, in the order of their codes
  size_t elsewhere_count;
  bool staffed;              // nothing is missing: synthesis has come to its end
  uint64_t vacant_elsewhere; // vacant dwellings at run.start in subdistricts not simulated
  uint32_t room_size;        // residents that share a room at most, where newcomers do
  double outer_dwellings;    // of the district's dwellings at run.start: in villages and towns
  int64_t *place_codes;      // of all subdistricts and communities, simulated or not, ascending
  size_t place_code_count;
  const char *district_name; // Chinese
  char *names;               // storage of the names
  const char **name_index;
} wg_world;

void wg_world_free(wg_world *world);

// The subdistrict with that code, or NULL.
wg_subdistrict *wg_world_subdistrict(const wg_world *world, int64_t code);

// Whether the district has a subdistrict or community with that code, simulated or not.
bool wg_world_has_place(const wg_world *world, int64_t code);

// For mechanisms whose constants are their parameters: a copy of the group's, to be freed by the caller.
int wg_world_copy_params(const wg_world *world, const wg_param_group *group, void **copy, wg_error *error);

#endif
