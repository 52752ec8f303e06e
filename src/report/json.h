// SPDX-License-Identifier: GPL-3.0-or-later
// Pieces of JSON.
#ifndef WG_REPORT_JSON_H
#define WG_REPORT_JSON_H

#include <stdio.h>

// The text in quotes, escaped; null for NULL.
void wg_json_text(FILE *stream, const char *text);

// The number as short as reads back the same; null where it is not finite.
void wg_json_number(FILE *stream, double number);

// "name": with a comma before it unless it is the object's first, which `first` tells and which it clears.
void wg_json_key(FILE *stream, int *first, const char *name);

#endif
