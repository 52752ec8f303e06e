// SPDX-License-Identifier: GPL-3.0-or-later
// References in JSON, generated from the rows: lists of objects.
#ifndef WG_REPORT_REFERENCE_JSON_H
#define WG_REPORT_REFERENCE_JSON_H

#include <stdio.h>

// {path, type, default, unit, min, max, choices, required, label, doc, source, evidence} for each parameter.
void wg_reference_params_json(FILE *stream);

// {name, dimensions, unit, type, long_name, label} for each output variable.
void wg_reference_outputs_json(FILE *stream);

// {id, label, doc, idle, source, levers, params: [{name, unit, default, min, max, evidence, source, …}]} for each policy.
void wg_reference_policies_json(FILE *stream);

#endif
