// SPDX-License-Identifier: GPL-3.0-or-later
// Onsets: how a need begins, whether it comes from a candidate or from an earlier need that comes back. Everything that luck has in
// store for it belongs to its name.
#ifndef WG_MODEL_ONSET_H
#define WG_MODEL_ONSET_H

#include "model/reporting.h"
#include "model/world.h"

// A need that arises today.
typedef struct wg_onset {
  uint64_t owner, number, identity; // the name comes from the first two
  double report;                    // uniform
  uint32_t resident, grid;
  uint32_t channel; // uniform
  int32_t trust;    // of the resident, as it shows in reporting; negative for a passer-by
  uint16_t naming;  // purpose of the name
  uint8_t group, service, marks, reporter;
} wg_onset;

// What its beginning follows beside the services.
typedef struct wg_onset_rules {
  wg_reporting reporting;
  double silence; // of the grieved, see wg_trust_params
} wg_onset_rules;

enum { WG_ONSETS = 64 };

// Needs that are drawn together, and what luck has in store for them: exponential thresholds of being found and times of
// lapsing, from uniforms.
typedef struct wg_onsets {
  uint32_t count;
  wg_onset onsets[WG_ONSETS];
  uint32_t finding_u[WG_ONSETS], lapse_u[WG_ONSETS];
  double finding[WG_ONSETS], lapse[WG_ONSETS];
} wg_onsets;

// The onset is a resident's: where he lives, what group he is of, how he reports. `month` is the one that is lived.
static inline void wg_onset_of_resident(const wg_subdistrict *s, const wg_onset_rules *rules, uint32_t resident,
                                        wg_month month, wg_onset *o) {
  const wg_resident *r = wg_residents(s) + resident;
  const uint32_t band = wg_age_band(wg_age_years(r->birth_month, month));
  // Somebody grieved may fall silent, or complain as others do who trust more.
  const double own = (double)r->trust_baseline, level = (double)r->trust;
  const double shows = level < own ? own + rules->silence * (level - own) : level;
  o->resident = resident;
  o->grid = r->grid;
  o->trust = (int32_t)(shows < 65535.0 ? shows : 65535.0);
  o->group = wg_need_group(band, wg_resident_registration(r), r->traits & WG_TRAIT_COHORT);
  o->reporter = (uint8_t)wg_reporter(band, wg_trait_education(r->traits));
}

// It is nobody's, but of a place: `grid` and `owner` are the caller's.
static inline void wg_onset_of_place(wg_onset *o) {
  o->resident = WG_NO_ROW;
  o->group = WG_GROUP_NOBODY;
  o->reporter = WG_PASSER_BY;
  o->trust = -1;
}

// All needs of the batch arise on `today`: named, opened in the pool, which must have room, booked, and reported or hidden. Who is
// enrolled in a continuing service does not have it anew. The batch is empty then.
void wg_onsets_arise(const wg_world *world, wg_subdistrict *s, const wg_onset_rules *rules, wg_date today,
                     wg_onsets *batch);

// All sleeping needs whose day it is come back (反复) as new ones. The batch must be empty, and is so again.
void wg_onsets_wake(const wg_world *world, wg_subdistrict *s, const wg_onset_rules *rules, wg_month month,
                    wg_date today, wg_onsets *batch);

#endif
