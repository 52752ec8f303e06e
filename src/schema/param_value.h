// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a value fits a parameter row, and its way into the row's member.
#ifndef WG_SCHEMA_PARAM_VALUE_H
#define WG_SCHEMA_PARAM_VALUE_H

#include "schema/arena.h"
#include "schema/config.h"
#include "schema/message.h"

// Longest text a parameter takes, in bytes; with every byte escaped it still can be read from a file.
enum { WG_PARAM_TEXT_MAX = 16384 };

// Stores `value` in the row's member of the struct at `instance`; texts and lists are copied into the arena. Returns
// WG_FAIL_CONFIG with what is wrong in `problem` (then nothing is changed), or WG_FAIL_RUN when there is no memory.
int wg_param_assign(const wg_param *row, const wg_value *value, wg_arena *arena, void *instance, wg_message *problem);

// Position of `word` among the words "a|b|c", or -1.
int wg_choice_find(const char *words, const char *word);

// The word at `position` and its length; NULL beyond the last.
const char *wg_choice_word(const char *words, int position, size_t *length);

#endif
