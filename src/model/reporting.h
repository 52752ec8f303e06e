// SPDX-License-Identifier: GPL-3.0-or-later
// Self-report (自报) and its channels (渠道): the counter (窗口), the hotline (热线, 12345) and the net (网络). Who uses which, the
// chance that a need is reported, and how many people report the same nuisance (重复上报): the rule lives here alone.
#ifndef WG_MODEL_REPORTING_H
#define WG_MODEL_REPORTING_H

#include "model/world.h"

// (name, label, use, source of the use)
#define WG_REPORTING_CHANNEL_PARAMS(X, T, name, label, use, source)                                                    \
  X(T, REAL, name##_use, use, 0.0, 100.0, "1", ASSUMED, label "使用",                                                  \
    "How much the " #name " is used, relative to the other channels.", source)                                         \
  X(T, REALS, name##_by_age, "[]", 0.0, 100.0, "1", ASSUMED, label "年龄系数",                                         \
    "Relative use of the " #name " in each of the 19 age bands; empty: all alike.", "no published size")               \
  X(T, REALS, name##_by_education, "[]", 0.0, 100.0, "1", ASSUMED, label "学历系数",                                   \
    "Relative use of the " #name " by education, six numbers from no school to university; empty: all alike.",         \
    "no published size")

#define WG_REPORTING_PARAMS(X, T)                                                                                      \
  WG_REPORTING_CHANNEL_PARAMS(X, T, counter, "窗口", "0.3", "no local figure")                                         \
  WG_REPORTING_CHANNEL_PARAMS(X, T, hotline, "热线", "0.6", "no local figure")                                         \
  WG_REPORTING_CHANNEL_PARAMS(X, T, online, "网络", "0.1", "no local figure for 2010")

WG_PARAM_STRUCT(wg_reporting_params, WG_REPORTING_PARAMS)
extern const wg_param_group wg_reporting_group;

typedef enum wg_channel { WG_CHANNEL_COUNTER, WG_CHANNEL_HOTLINE, WG_CHANNEL_ONLINE, WG_CHANNEL_COUNT } wg_channel;
extern const char *const wg_channel_names[WG_CHANNEL_COUNT], *const wg_channel_labels[WG_CHANNEL_COUNT];

// Who reports: a resident by age band and education, or anybody who passes a place.
enum { WG_PASSER_BY = WG_AGE_BAND_COUNT * WG_EDUCATION_COUNT, WG_REPORTER_COUNT };
static inline uint32_t wg_reporter(uint32_t band, uint32_t education) {
  return band * WG_EDUCATION_COUNT + education;
}

typedef struct wg_reporting {
  double use[WG_REPORTER_COUNT][WG_CHANNEL_COUNT];
  double uptake[WG_REPORTER_COUNT]; // of the net: what one more of online_use adds to it
  double chance[WG_SERVICE_MAX];    // of self-report, for one unit of use, at mean trust
  double trust_slope, trust_mean;
} wg_reporting;

// Resolves the group for the catalogue's services. `population[service]` gives the people of run.start that a service's needs
// come from, by population cell and in any unit: the mean use among them is what services.*.self_report stands for, so that who
// uses which channel leaves the volume alone. A chance above 1 is WG_FAIL_CONFIG, with file and line.
int wg_reporting_prepare(const wg_world *world, const double (*population)[WG_POPULATION_CELLS], wg_reporting *result,
                         wg_error *error);

// The greatest chance that wg_reporting_prepare has found for a service, without policies, also where it was refused.
double wg_reporting_most(const wg_world *world, const wg_reporting *reporting, uint32_t service);

// What policies make of reporting in a community.
typedef struct wg_reporting_levers {
  double propensity, online;
} wg_reporting_levers;
wg_reporting_levers wg_reporting_levers_in(const wg_subdistrict *s, uint32_t segment, uint32_t community);

// Whether some chance in the month exceeds 1 because of policies; then it is added to `error`.
bool wg_reporting_exceeds(const wg_world *world, const wg_reporting *reporting, const wg_subdistrict *s,
                          wg_error *error);

// Chance that a need is reported on the day of onset. `trust` is the resident's, in 1/65535; negative for a passer-by.
static inline double wg_reporting_chance(const wg_reporting *r, wg_reporting_levers levers, uint32_t service,
                                         uint32_t reporter, int32_t trust) {
  const double *use = r->use[reporter];
  const double uses =
      use[WG_CHANNEL_COUNTER] + use[WG_CHANNEL_HOTLINE] + use[WG_CHANNEL_ONLINE] + levers.online * r->uptake[reporter];
  const double by_trust = trust < 0 ? 1.0 : 1.0 + r->trust_slope * ((double)trust / 65535.0 - r->trust_mean);
  return r->chance[service] * uses * levers.propensity * by_trust;
}

// The channel, for the uniform `u` in (0, 1).
wg_channel wg_reporting_channel(const wg_reporting *r, wg_reporting_levers levers, uint32_t reporter, double u);

// The need is reported through a channel: today, where that is open; the counter is closed on days of rest and takes it on the
// next working day, until when it stays latent. Returns whether it was today.
bool wg_need_report(const wg_world *world, wg_subdistrict *s, uint32_t need, wg_channel channel, wg_date today);

// A latent need will be reported on a later day, if it is latent still.
void wg_need_report_later(wg_subdistrict *s, uint32_t need, wg_channel channel, wg_date day);

// Reports what waits for today.
void wg_needs_report_due(wg_subdistrict *s, wg_date today);

// How often a need has been reported up to `today`: the first self-report, and for filed needs of places further ones. Never
// falls as days go by.
uint32_t wg_need_reports(const wg_world *world, const wg_need *need, wg_date today);

// Books the further reports of a filed need in this month, up to `until`.
void wg_need_book_duplicates(const wg_world *world, const wg_subdistrict *s, const wg_need *need, wg_date until);

#endif
