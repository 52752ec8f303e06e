// SPDX-License-Identifier: GPL-3.0-or-later
// What a run hands to its sink: the root group of all variables, the group of communities, snapshots of residents and of open
// needs, the event log.
#ifndef WG_ENGINE_EMIT_H
#define WG_ENGINE_EMIT_H

#include "engine/policy_plan.h"
#include "engine/record.h"
#include "schema/dataset.h"

// The root group: coordinates with labels, every output variable, when communities adopted policies (where there are
// any), and the given attributes.
int wg_emit_record(const wg_world *world, const wg_policy_plan *policies, const wg_record *record,
                   const wg_attribute *attributes, size_t attribute_count, const wg_sink *sink, wg_error *error);

// The group "communities": codes, names, kinds, coordinates, grids, dwellings and beds.
int wg_emit_communities(const wg_world *world, const wg_sink *sink, wg_error *error);

// The group "residents_YYYYMMDD": one row for every resident who lives here on `date`.
int wg_emit_residents(const wg_world *world, wg_date date, const wg_sink *sink, wg_error *error);

// The group "needs_YYYYMMDD": one row for every need that is open on `today`, latent ones too. None where there are none.
int wg_emit_needs(const wg_world *world, wg_date today, const wg_sink *sink, wg_error *error);

// The group "events": every transition in the subdistricts that keep a log, by day, subdistrict and need. None where there is no
// log, or nothing in it.
int wg_emit_events(const wg_world *world, const wg_sink *sink, wg_error *error);

#endif
