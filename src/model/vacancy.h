// SPDX-License-Identifier: GPL-3.0-or-later
// Vacant dwellings and beds (空置住房, 空床位), for those who look for one near where they are.
#ifndef WG_MODEL_VACANCY_H
#define WG_MODEL_VACANCY_H

#include "model/arrival.h"

// Where somebody lives or may live: a subdistrict of the world and a row of its grids.
typedef struct wg_spot {
  uint32_t subdistrict, grid;
} wg_spot;

// How many there are of one kind, by subdistrict, so that a search passes over full ones.
typedef struct wg_vacancies {
  const wg_world *world;
  wg_household_kind kind; // WG_FAMILY: dwellings, WG_COLLECTIVE: beds
  uint64_t *in;           // [subdistricts]
  uint64_t total;
} wg_vacancies;

// Counts them all; wg_vacancies_close frees. Returns 0 or WG_FAIL_RUN with `error` filled.
int wg_vacancies_open(const wg_world *world, wg_household_kind kind, wg_vacancies *vacancies, wg_error *error);
void wg_vacancies_close(wg_vacancies *vacancies);

// Counts those of a subdistrict again, after somebody moved there or away.
void wg_vacancies_recount(wg_vacancies *vacancies, uint32_t subdistrict);

// One that is vacant in the community of `near`, else in its subdistrict, else anywhere in the simulated district, each alike;
// `u` (uniform) chooses among them and `u_grid` the grid within its community. False if there is none at all.
bool wg_vacancies_find(const wg_vacancies *vacancies, wg_spot near, uint32_t u, uint32_t u_grid, wg_spot *found);

#endif
