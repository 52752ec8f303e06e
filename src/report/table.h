// SPDX-License-Identifier: GPL-3.0-or-later
// Text for people: columns that line up although a Chinese character is two cells wide, numbers with separators.
#ifndef WG_REPORT_TABLE_H
#define WG_REPORT_TABLE_H

#include <stdint.h>
#include <stdio.h>

// Cells that UTF-8 text takes on a terminal: 2 for CJK and full-width characters, 1 for others.
int wg_text_width(const char *text);

// Prints the text and pads it with spaces to `width` cells, on the right (or, for a negative width, on the left).
void wg_cell_print(FILE *stream, const char *text, int width);

// "3280670" as "3,280,670". `buffer` holds 32 bytes at least; returns it.
const char *wg_count_print(int64_t count, char *buffer);

#endif
