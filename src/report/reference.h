// SPDX-License-Identifier: GPL-3.0-or-later
// References in Markdown, generated from the rows.
#ifndef WG_REPORT_REFERENCE_H
#define WG_REPORT_REFERENCE_H

#include <stdio.h>

// Every parameter: default, range, unit, evidence, meaning, source.
void wg_reference_params(FILE *stream);

// Every output variable: dimensions, unit, meaning.
void wg_reference_outputs(FILE *stream);

// Every policy: what it moves, its parameters, where it does nothing; and every lever.
void wg_reference_policies(FILE *stream);

#endif
