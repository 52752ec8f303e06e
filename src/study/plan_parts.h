// SPDX-License-Identifier: GPL-3.0-or-later
// What a plan is put together from, for the files that do so. Others go through study/plan.h.
#ifndef WG_STUDY_PLAN_PARTS_H
#define WG_STUDY_PLAN_PARTS_H

#include "study/plan.h"

// Finds what is wrong with names in the study: of variants, the baseline, swept variants.
int wg_plan_check_names(const wg_study_spec *spec, wg_error *error);

// Fills the plan's entries, each with its resolved configuration. Where names within the study are wrong (`named` false) it only
// finds what the scenarios and settings have to tell.
int wg_plan_expand(wg_plan *plan, bool named, wg_error *error);

// Chooses which parameters are drawn and lays out the draws.
int wg_plan_draw(wg_plan *plan, wg_error *error);

// Finds how far each draw has to move the parameters that others bound, and fills the plan's `limits`.
int wg_plan_find_limits(wg_plan *plan, wg_error *error);

// The entry's configuration with the draw's values set, made as --set makes it. Free it with wg_config_free; the entry's must outlive it.
int wg_plan_drawn_config(const wg_plan *plan, size_t entry, size_t draw, wg_config **config, wg_error *error);

// A list of texts that is being made; `wg_texts` cannot be written to.
typedef struct wg_text_list {
  const char **items;
  size_t count;
} wg_text_list;

// printf into the arena; NULL when there is no memory.
char *wg_plan_text(wg_arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

int wg_plan_no_memory(wg_error *error);

#endif
