// SPDX-License-Identifier: GPL-3.0-or-later
// The configuration of the district without any scenario.
#ifndef WG_RUN_DEFAULTS_H
#define WG_RUN_DEFAULTS_H

#include <stdio.h>

#include "base/error.h"

// Prints every parameter with its value and what it means, as a scenario that can be run: the practice carried forward,
// with every policy listed at strength 0.
int wg_defaults_print(FILE *stream, wg_error *error);

#endif
