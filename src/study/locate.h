// SPDX-License-Identifier: GPL-3.0-or-later
// Where the program's own configs/ and scenarios/ lie.
#ifndef WG_STUDY_LOCATE_H
#define WG_STUDY_LOCATE_H

#include <stddef.h>

#include "base/error.h"

// Writes the folder configs/DISTRICT into `path`: beside the program, in its source tree, or under its install prefix,
// whichever is found first.
int wg_locate_district(const char *district, char *path, size_t size, wg_error *error);

#endif
