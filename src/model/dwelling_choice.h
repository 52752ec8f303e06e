// SPDX-License-Identifier: GPL-3.0-or-later
// Which vacant dwelling a household chooses: every one weighs as much as its cost class does for such a household, times how
// well one hears people there speak of their grid (trust, which is hearsay). Weights are whole numbers, so that sums are exact.
#ifndef WG_MODEL_DWELLING_CHOICE_H
#define WG_MODEL_DWELLING_CHOICE_H

#include "model/vacancy.h"

enum { WG_TASTE_ONE = 1024, WG_REPUTE_ONE = 256 }; // a weight of 1

// Weights of the cost classes, of WG_TASTE_ONE.
typedef struct wg_taste {
  uint32_t of[WG_COST_CLASSES];
} wg_taste;

// A community's part in it.
typedef struct wg_offer {
  uint64_t weight;     // vacant dwellings times repute
  uint32_t repute;     // of WG_REPUTE_ONE, as it is when opened
  uint32_t cost_class; // from 0
} wg_offer;

typedef struct wg_dwelling_choice {
  const wg_world *world;
  wg_offer *offers;                   // of every community
  uint32_t *first;                    // [subdistricts]: number of its first community there
  uint64_t (*stock)[WG_COST_CLASSES]; // [subdistricts]: weights by cost class
} wg_dwelling_choice;

// Repute is 1 + `pull` * (mean trust of residents, 0 to 1, - `middle`), at least 0. wg_dwelling_choice_close frees. Returns 0
// or WG_FAIL_RUN with `error` filled.
int wg_dwelling_choice_open(const wg_world *world, double pull, double middle, wg_dwelling_choice *choice,
                            wg_error *error);
void wg_dwelling_choice_close(wg_dwelling_choice *choice);

// Weighs the vacant dwellings of a community again, after a household moved there or away.
void wg_dwelling_choice_recount(wg_dwelling_choice *choice, uint32_t subdistrict, uint32_t community);

typedef enum wg_choice { WG_NOTHING_VACANT, WG_CHOSEN, WG_CHOSEN_ELSEWHERE } wg_choice;

// Chooses among the vacant dwellings of one subdistrict (`only`), or, with WG_NO_ROW, among those of all and of the parts that
// are not simulated, where the middle class and a repute of 1 are taken. `u` and `u_grid` are uniform; `found` is filled for
// WG_CHOSEN.
wg_choice wg_dwelling_choose(const wg_dwelling_choice *choice, const wg_taste *taste, uint32_t only, uint32_t u,
                             uint32_t u_grid, wg_spot *found);

#endif
