// SPDX-License-Identifier: GPL-3.0-or-later
// Lengths of time for people.
#ifndef WG_BASE_DURATION_H
#define WG_BASE_DURATION_H

#include <stdbool.h>

enum { WG_DURATION_SIZE = 48 };

// "45 s", "12 min", "3 h 05 min", "2 d 4 h": two units at the most. Returns `text`.
const char *wg_duration_print(double seconds, bool chinese, char text[WG_DURATION_SIZE]);

#endif
