// SPDX-License-Identifier: GPL-3.0-or-later
#include "synthesis/partners.h"

enum { BIRTHS_MOST = 15, GENERATIONS_OF_PARENTS = 3 };

// Members who stand side by side as one generation: two of them are a couple. `children` are those they have at home.
typedef struct generation {
  uint32_t first, count, children;
} generation;

// As household_people.c orders the members.
static void list_parents(const wg_household_group *g, generation out[GENERATIONS_OF_PARENTS]) {
  const uint32_t elders = g->elders, parents = g->parents;
  for (int i = 0; i < GENERATIONS_OF_PARENTS; i++)
    out[i] = (generation){0};
  switch (g->form) {
  case WG_FORM_FOUR:
    out[0] = (generation){4, elders, 1};
    out[1] = (generation){0, 2, 1};
    out[2] = (generation){2, 2, g->minors};
    break;
  case WG_FORM_OLD_LINE:
    out[0] = (generation){2, 1, 1};
    out[1] = (generation){0, 2, 0};
    break;
  case WG_FORM_THREE:
    out[0] = (generation){parents, elders, 1};
    out[1] = (generation){0, parents, g->minors};
    break;
  case WG_FORM_OLD_CHILD:
    out[0] = (generation){0, elders, 1};
    out[1] = (generation){elders, parents, 0};
    break;
  case WG_FORM_COUPLE:
    out[0] = (generation){0, 2, 0};
    break;
  case WG_FORM_NUCLEAR:
    out[0] = (generation){0, parents, (uint32_t)g->minors + g->adult_children};
    break;
  case WG_FORM_ADULTS:
  case WG_FORM_ONE:
    break;
  }
}

uint32_t wg_family_traits(const wg_household_group *group, const wg_person *members, uint32_t member) {
  generation parents[GENERATIONS_OF_PARENTS];
  list_parents(group, parents);
  for (int i = 0; i < GENERATIONS_OF_PARENTS; i++) {
    const generation *own = parents + i;
    if (member < own->first || member >= own->first + own->count)
      continue;
    const uint32_t births = wg_person_sex(members[member]) == 0 ? 0
                            : own->children < BIRTHS_MOST       ? own->children
                                                                : BIRTHS_MOST;
    return (own->count == 2 ? (uint32_t)WG_TRAIT_PARTNERED : 0) | births << WG_TRAIT_BIRTHS_SHIFT;
  }
  return 0;
}
