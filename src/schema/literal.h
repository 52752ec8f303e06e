// SPDX-License-Identifier: GPL-3.0-or-later
// Values written as text: defaults of parameter rows and the right-hand sides of --set.
#ifndef WG_SCHEMA_LITERAL_H
#define WG_SCHEMA_LITERAL_H

#include "base/error.h"
#include "schema/arena.h"
#include "schema/config.h"
#include "schema/message.h"

// Reads a libconfig value: true, 12, 0x1F, 3L, 0.5, "text", [1, 2] or (1, "a"). What is neither a number nor in quotes
// nor in brackets is a bare word and becomes text: all of it at the top (2010-11-01, 三社 联动), up to the next space,
// comma or bracket within a list. `value` lives as long as the arena. Returns WG_FAIL_CONFIG with what is wrong in
// `problem`, or WG_FAIL_RUN when there is no memory.
int wg_literal_parse(const char *text, wg_arena *arena, wg_value *value, wg_message *problem);

// Writes text in quotes with the escapes that both this and libconfig read.
void wg_text_print(const char *text, FILE *stream);

#endif
