// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/dwelling_choice.h"

#include <stdlib.h>

enum { MIDDLE = WG_COST_CLASSES / 2 };

// Where the class is not known the middle one is taken.
static uint32_t class_of(const wg_community *c) {
  return c->cost_class ? c->cost_class - 1U : MIDDLE;
}

static uint32_t repute_of(const wg_subdistrict *s, uint32_t community, double pull, double middle) {
  const wg_community *c = wg_communities(s) + community;
  uint64_t residents = 0;
  for (uint32_t g = c->first_grid; g < (uint32_t)c->first_grid + c->grid_count; g++)
    residents += wg_grids(s)[g].residents;
  const double trust = residents ? (double)c->trust_sum / (65535.0 * (double)residents) : middle;
  const double repute = 1.0 + pull * (trust - middle);
  return repute > 0.0 ? (uint32_t)(repute * WG_REPUTE_ONE + 0.5) : 0;
}

int wg_dwelling_choice_open(const wg_world *world, double pull, double middle, wg_dwelling_choice *choice,
                            wg_error *error) {
  uint32_t communities = 0;
  for (uint32_t i = 0; i < world->subdistrict_count; i++)
    communities += wg_communities_count(world->subdistricts + i);
  *choice = (wg_dwelling_choice){.world = world};
  choice->offers = calloc((size_t)communities + 1, sizeof *choice->offers);
  choice->first = calloc((size_t)world->subdistrict_count + 1, sizeof *choice->first);
  choice->stock = calloc((size_t)world->subdistrict_count + 1, sizeof *choice->stock);
  if (!choice->offers || !choice->first || !choice->stock) {
    wg_dwelling_choice_close(choice);
    return wg_error_set(error, WG_FAIL_RUN, "out of memory for the vacancies of %u communities", communities);
  }
  uint32_t next = 0;
  for (uint32_t i = 0; i < world->subdistrict_count; i++) {
    const wg_subdistrict *s = world->subdistricts + i;
    choice->first[i] = next;
    for (uint32_t c = 0; c < wg_communities_count(s); c++) {
      choice->offers[next++] =
          (wg_offer){.repute = repute_of(s, c, pull, middle), .cost_class = class_of(wg_communities(s) + c)};
      wg_dwelling_choice_recount(choice, i, c);
    }
  }
  return WG_OK;
}

void wg_dwelling_choice_close(wg_dwelling_choice *choice) {
  free(choice->offers);
  free(choice->first);
  free(choice->stock);
  *choice = (wg_dwelling_choice){0};
}

void wg_dwelling_choice_recount(wg_dwelling_choice *choice, uint32_t subdistrict, uint32_t community) {
  const wg_community *c = wg_communities(choice->world->subdistricts + subdistrict) + community;
  wg_offer *offer = choice->offers + choice->first[subdistrict] + community;
  const uint64_t weight = (uint64_t)wg_free_dwellings(c) * offer->repute;
  choice->stock[subdistrict][offer->cost_class] += weight - offer->weight;
  offer->weight = weight;
}

static uint64_t weight_in(const wg_dwelling_choice *choice, const wg_taste *taste, uint32_t subdistrict) {
  uint64_t sum = 0;
  for (uint32_t k = 0; k < WG_COST_CLASSES; k++)
    sum += choice->stock[subdistrict][k] * taste->of[k];
  return sum;
}

wg_choice wg_dwelling_choose(const wg_dwelling_choice *choice, const wg_taste *taste, uint32_t only, uint32_t u,
                             uint32_t u_grid, wg_spot *found) {
  const wg_world *world = choice->world;
  const uint32_t first = only == WG_NO_ROW ? 0 : only, beyond = only == WG_NO_ROW ? world->subdistrict_count : only + 1;
  uint64_t here = 0;
  for (uint32_t i = first; i < beyond; i++)
    here += weight_in(choice, taste, i);
  const uint64_t elsewhere = only == WG_NO_ROW ? world->vacant_elsewhere * WG_REPUTE_ONE * taste->of[MIDDLE] : 0;
  if (here + elsewhere == 0)
    return WG_NOTHING_VACANT;
  uint64_t n = (uint64_t)((__uint128_t)u * (here + elsewhere) >> 32);
  if (n >= here)
    return WG_CHOSEN_ELSEWHERE;
  uint32_t i = first;
  for (uint64_t own; n >= (own = weight_in(choice, taste, i)); i++)
    n -= own;
  const wg_offer *offers = choice->offers + choice->first[i];
  uint32_t c = 0;
  for (uint64_t own; n >= (own = offers[c].weight * taste->of[offers[c].cost_class]); c++)
    n -= own;
  const wg_community *chosen = wg_communities(world->subdistricts + i) + c;
  *found = (wg_spot){i, wg_community_grid(chosen, u_grid)};
  return WG_CHOSEN;
}
