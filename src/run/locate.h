// SPDX-License-Identifier: GPL-3.0-or-later
// Where the program's own configs/ and scenarios/ lie.
#ifndef WG_RUN_LOCATE_H
#define WG_RUN_LOCATE_H

#include "base/error.h"

// The folder NAME of the project ("configs/haidian", "scenarios"), beside the program, in its source tree or under its
// install prefix, whichever is found first; as realpath gives it. The caller frees; NULL where it is nowhere.
char *wg_locate_folder(const char *name);

// The same for configs/DISTRICT; not finding it is a problem.
int wg_locate_district(const char *district, char **folder, wg_error *error);

#endif
