// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/vacancy.h"

#include <stdlib.h>

static uint32_t vacant(const wg_vacancies *v, const wg_community *c) {
  return v->kind == WG_FAMILY ? wg_free_dwellings(c) : wg_free_beds(c);
}

static uint64_t count(const wg_vacancies *v, uint32_t subdistrict) {
  const wg_subdistrict *s = v->world->subdistricts + subdistrict;
  uint64_t sum = 0;
  for (uint32_t c = 0; c < wg_communities_count(s); c++)
    sum += vacant(v, wg_communities(s) + c);
  return sum;
}

int wg_vacancies_open(const wg_world *world, wg_household_kind kind, wg_vacancies *vacancies, wg_error *error) {
  *vacancies = (wg_vacancies){.world = world, .kind = kind};
  vacancies->in = calloc((size_t)world->subdistrict_count + 1, sizeof *vacancies->in);
  if (!vacancies->in)
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for the vacancies of %u subdistricts",
                        world->subdistrict_count);
  for (uint32_t i = 0; i < world->subdistrict_count; i++)
    wg_vacancies_recount(vacancies, i);
  return WG_OK;
}

void wg_vacancies_close(wg_vacancies *vacancies) {
  free(vacancies->in);
  *vacancies = (wg_vacancies){0};
}

void wg_vacancies_recount(wg_vacancies *vacancies, uint32_t subdistrict) {
  vacancies->total -= vacancies->in[subdistrict];
  vacancies->in[subdistrict] = count(vacancies, subdistrict);
  vacancies->total += vacancies->in[subdistrict];
}

bool wg_vacancies_find(const wg_vacancies *vacancies, wg_spot near, uint32_t u, uint32_t u_grid, wg_spot *found) {
  const wg_subdistrict *s = vacancies->world->subdistricts + near.subdistrict;
  const wg_community *own = wg_communities(s) + wg_grids(s)[near.grid].community;
  if (vacant(vacancies, own) > 0) {
    *found = (wg_spot){near.subdistrict, wg_community_grid(own, u_grid)};
    return true;
  }
  if (vacancies->total == 0)
    return false;
  const bool here = vacancies->in[near.subdistrict] > 0;
  uint64_t n = (uint64_t)((__uint128_t)u * (here ? vacancies->in[near.subdistrict] : vacancies->total) >> 32);
  uint32_t subdistrict = here ? near.subdistrict : 0;
  while (!here && n >= vacancies->in[subdistrict])
    n -= vacancies->in[subdistrict++];
  const wg_community *c = wg_communities(vacancies->world->subdistricts + subdistrict);
  while (n >= vacant(vacancies, c))
    n -= vacant(vacancies, c++);
  *found = (wg_spot){subdistrict, wg_community_grid(c, u_grid)};
  return true;
}
