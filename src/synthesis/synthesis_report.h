// SPDX-License-Identifier: GPL-3.0-or-later
// The census beside what was made of it: the evidence that the synthesis is exact.
#ifndef WG_SYNTHESIS_SYNTHESIS_REPORT_H
#define WG_SYNTHESIS_SYNTHESIS_REPORT_H

#include <stdio.h>

#include "synthesis/synthesis.h"

// Prints target, synthesised and difference as Markdown. Counted from the tables of `world` as they are, so it must be
// called before the world has lived. Of a part of the district only its subdistricts are compared.
int wg_synthesis_report(const wg_world *world, const wg_inputs *inputs, FILE *stream, wg_error *error);

#endif
