// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/reporting.h"

#include "base/maths.h"
#include "model/ledger.h"
#include "model/lever.h"
#include "model/list_check.h"
#include "model/need_volume.h"
#include "model/trust.h"
#include "schema/purpose.h"

WG_PARAM_GROUP(wg_reporting_group, "reporting", false, wg_reporting_params, WG_REPORTING_PARAMS, "自报渠道",
               "Through which channels residents report.");

const char *const wg_channel_names[WG_CHANNEL_COUNT] = {"counter", "hotline", "online"};
const char *const wg_channel_labels[WG_CHANNEL_COUNT] = {"窗口", "热线", "网络"};

// ---- who uses what ----

typedef struct channel_lists {
  double use;
  wg_reals by_age, by_education;
  const char *age_name, *education_name;
} channel_lists;

static int check_lists(const wg_config *config, const channel_lists *lists, wg_error *error) {
  int code = WG_OK;
  if (lists->by_age.count)
    code = wg_list_check(config, &wg_reporting_group, lists->age_name, lists->by_age.count, WG_AGE_BAND_COUNT, error);
  if (lists->by_education.count) {
    const int failed = wg_list_check(config, &wg_reporting_group, lists->education_name, lists->by_education.count,
                                     WG_EDUCATION_COUNT, error);
    code = failed ? failed : code;
  }
  return code;
}

static int fill_uses(const wg_world *world, wg_reporting *r, wg_error *error) {
  const wg_reporting_params *p = wg_config_get(world->config, &wg_reporting_group);
#define LISTS(name)                                                                                                    \
  { p->name##_use, p->name##_by_age, p->name##_by_education, #name "_by_age", #name "_by_education" }
  const channel_lists channels[WG_CHANNEL_COUNT] = {LISTS(counter), LISTS(hotline), LISTS(online)};
#undef LISTS
  int code = WG_OK;
  for (uint32_t c = 0; c < WG_CHANNEL_COUNT; c++) {
    const int failed = check_lists(world->config, channels + c, error);
    code = failed ? failed : code;
  }
  if (code)
    return code;
  for (uint32_t band = 0; band < WG_AGE_BAND_COUNT; band++)
    for (uint32_t education = 0; education < WG_EDUCATION_COUNT; education++) {
      const uint32_t reporter = wg_reporter(band, education);
      for (uint32_t c = 0; c < WG_CHANNEL_COUNT; c++) {
        const channel_lists *l = channels + c;
        r->uptake[reporter] = (l->by_age.count ? l->by_age.items[band] : 1.0) *
                              (l->by_education.count ? l->by_education.items[education] : 1.0);
        r->use[reporter][c] = l->use * r->uptake[reporter];
      }
    }
  return WG_OK;
}

// ---- their means over the start population ----

// Shares of education in an age of a population cell. Those still at school count as if they had left it.
static void educations_at(const wg_world *world, uint32_t sex, uint32_t registration, uint32_t years,
                          double shares[WG_EDUCATION_COUNT]) {
  if (years < WG_WORKING_AGE || !world->life) {
    shares[wg_school_stage(years)] += 1.0;
    return;
  }
  const uint32_t age = years < WG_AGE_MAX ? years : WG_AGE_MAX;
  const uint32_t *row = world->life->education[registration == WG_REGISTERED_OUTSIDE][sex][age];
  uint32_t before = 0;
  for (uint32_t e = 0; e < WG_EDUCATION_COUNT; e++) {
    shares[e] += (double)(row[e] - before) * 0x1p-32;
    before = row[e];
  }
}

// Mean uses of the people of a cell: all ages of its band alike.
static void uses_in_cell(const wg_world *world, const wg_reporting *r, uint32_t cell, double use[WG_CHANNEL_COUNT],
                         double *uptake) {
  const uint32_t registration = cell % WG_REGISTRATION_COUNT, sex = cell / WG_REGISTRATION_COUNT % WG_SEX_COUNT;
  const uint32_t band = cell / (WG_SEX_COUNT * WG_REGISTRATION_COUNT);
  const uint32_t first = wg_age_band_first(band);
  const uint32_t beyond = band + 1 < WG_AGE_BAND_COUNT ? wg_age_band_beyond(band) : first + 5;
  double shares[WG_EDUCATION_COUNT] = {0.0};
  for (uint32_t years = first; years < beyond; years++)
    educations_at(world, sex, registration, years, shares);
  for (uint32_t c = 0; c < WG_CHANNEL_COUNT; c++)
    use[c] = 0.0;
  *uptake = 0.0;
  for (uint32_t e = 0; e < WG_EDUCATION_COUNT; e++) {
    const double share = shares[e] / (double)(beyond - first);
    for (uint32_t c = 0; c < WG_CHANNEL_COUNT; c++)
      use[c] += share * r->use[wg_reporter(band, e)][c];
    *uptake += share * r->uptake[wg_reporter(band, e)];
  }
}

typedef struct means {
  double cell[WG_POPULATION_CELLS]; // all channels together
  double all[WG_CHANNEL_COUNT], uptake;
} means;

static void take_means(const wg_world *world, const wg_reporting *r, means *m) {
  double people = 0.0;
  *m = (means){.uptake = 0.0};
  for (uint32_t cell = 0; cell < WG_POPULATION_CELLS; cell++) {
    double use[WG_CHANNEL_COUNT], uptake;
    uses_in_cell(world, r, cell, use, &uptake);
    // In a world without people everybody weighs the same.
    const double count = world->life ? (double)world->population_cells[cell] : 1.0;
    for (uint32_t c = 0; c < WG_CHANNEL_COUNT; c++) {
      m->cell[cell] += use[c];
      m->all[c] += count * use[c];
    }
    m->uptake += count * uptake;
    people += count;
  }
  for (uint32_t c = 0; c < WG_CHANNEL_COUNT; c++)
    m->all[c] /= people > 0.0 ? people : 1.0;
  m->uptake /= people > 0.0 ? people : 1.0;
}

static double mean_use(const means *m, const double *population) {
  double uses = 0.0, people = 0.0;
  for (uint32_t cell = 0; cell < WG_POPULATION_CELLS; cell++) {
    uses += population[cell] * m->cell[cell];
    people += population[cell];
  }
  return people > 0.0 ? uses / people : m->all[0] + m->all[1] + m->all[2];
}

// ---- chances ----

static const wg_reporting_levers no_levers = {.propensity = 1.0};

// The greatest chance of anybody who can have needs of the service, at full trust, and whose it is.
static double greatest(const wg_world *world, const wg_reporting *r, wg_reporting_levers levers, uint32_t service,
                       uint32_t *whose) {
  const wg_service *v = world->catalogue.services + service;
  *whose = WG_PASSER_BY;
  if (v->params->carrier != WG_CARRIER_RESIDENT)
    return wg_reporting_chance(r, levers, service, WG_PASSER_BY, -1);
  double most = 0.0;
  for (uint32_t reporter = 0; reporter < WG_PASSER_BY; reporter++) {
    if (v->by_age && !(v->by_age[reporter / WG_EDUCATION_COUNT] > 0.0))
      continue;
    const double chance = wg_reporting_chance(r, levers, service, reporter, 65535);
    if (chance > most) {
      most = chance;
      *whose = reporter;
    }
  }
  return most;
}

double wg_reporting_most(const wg_world *world, const wg_reporting *r, uint32_t service) {
  uint32_t whose;
  return greatest(world, r, no_levers, service, &whose);
}

static const char *name_of(uint32_t reporter) {
  return reporter == WG_PASSER_BY ? "of any age" : wg_age_band_names[reporter / WG_EDUCATION_COUNT];
}

enum { ROUNDING_BITS = 40 }; // a mean of equal numbers may differ from them in last bits

static bool beyond_one(double chance) {
  return chance > 1.0 + 1.0 / (double)(UINT64_C(1) << ROUNDING_BITS);
}

int wg_reporting_prepare(const wg_world *world, const double (*population)[WG_POPULATION_CELLS], wg_reporting *r,
                         wg_error *error) {
  const wg_trust_params *trust = wg_config_get(world->config, &wg_trust_group);
  *r = (wg_reporting){.trust_slope = trust->report_slope, .trust_mean = trust->baseline_mean};
  int code = fill_uses(world, r, error);
  if (code)
    return code;
  means m;
  take_means(world, r, &m);
  for (uint32_t c = 0; c < WG_CHANNEL_COUNT; c++)
    r->use[WG_PASSER_BY][c] = m.all[c];
  r->uptake[WG_PASSER_BY] = m.uptake;
  for (uint32_t i = 0; i < world->catalogue.service_count; i++) {
    const wg_service *v = world->catalogue.services + i;
    const bool place = v->params->carrier != WG_CARRIER_RESIDENT;
    const double mean = place ? m.all[0] + m.all[1] + m.all[2] : mean_use(&m, population[i]);
    if (!(mean > 0.0) && v->params->self_report > 0.0) {
      code = wg_error_add(error, WG_FAIL_CONFIG,
                          "%s: services.%s.self_report: %.3g, but nobody who may report uses any channel of "
                          "reporting.* (allowed: some use, or self_report 0)",
                          wg_config_origin(world->config, &wg_service_group, i, "self_report"), v->id,
                          v->params->self_report);
      continue;
    }
    r->chance[i] = mean > 0.0 ? v->params->self_report * wg_filed_share_ratio(world) / mean : 0.0;
    uint32_t whose;
    const double most = greatest(world, r, no_levers, i, &whose);
    if (beyond_one(most))
      code =
          wg_error_add(error, WG_FAIL_CONFIG,
                       "%s: services.%s.self_report: %.3g makes a chance of %.3g for people %s, at needs.filed_share, "
                       "reporting.* and full trust, which exceeds 1 (allowed: up to %.3g)",
                       wg_config_origin(world->config, &wg_service_group, i, "self_report"), v->id,
                       v->params->self_report, most, name_of(whose), v->params->self_report / most);
  }
  return code;
}

wg_reporting_levers wg_reporting_levers_in(const wg_subdistrict *s, uint32_t segment, uint32_t community) {
  return (wg_reporting_levers){.propensity = wg_lever_in(s, segment, WG_SLOT_REPORT_PROPENSITY, community)->value,
                               .online = wg_lever_in(s, segment, WG_SLOT_ONLINE_SHARE, community)->value};
}

bool wg_reporting_exceeds(const wg_world *world, const wg_reporting *r, const wg_subdistrict *s, wg_error *error) {
  for (uint32_t segment = 0; segment < s->segment_count; segment++)
    for (uint32_t k = 0; k < wg_communities_count(s); k++) {
      const wg_reporting_levers levers = wg_reporting_levers_in(s, segment, k);
      if (levers.propensity <= 1.0 && levers.online <= 0.0)
        continue;
      for (uint32_t i = 0; i < world->catalogue.service_count; i++) {
        uint32_t whose;
        const double most = greatest(world, r, levers, i, &whose);
        if (!beyond_one(most))
          continue;
        wg_error_add(
            error, WG_FAIL_CONFIG,
            "%s: services.%s.self_report: with report_propensity %.3g and online_share %.3g of the policies in "
            "%s it makes a chance of %.3g for people %s, which exceeds 1",
            wg_config_origin(world->config, &wg_service_group, i, "self_report"), world->catalogue.services[i].id,
            levers.propensity, levers.online, s->name, most, name_of(whose));
        return true;
      }
    }
  return false;
}

wg_channel wg_reporting_channel(const wg_reporting *r, wg_reporting_levers levers, uint32_t reporter, double u) {
  const double *use = r->use[reporter];
  const double online = use[WG_CHANNEL_ONLINE] + levers.online * r->uptake[reporter];
  const double at = u * (use[WG_CHANNEL_COUNTER] + use[WG_CHANNEL_HOTLINE] + online);
  return at < use[WG_CHANNEL_COUNTER]                             ? WG_CHANNEL_COUNTER
         : at < use[WG_CHANNEL_COUNTER] + use[WG_CHANNEL_HOTLINE] ? WG_CHANNEL_HOTLINE
                                                                  : WG_CHANNEL_ONLINE;
}

// ---- reports ----

static void file_report(wg_subdistrict *s, uint32_t need, wg_date today) {
  const wg_need *n = wg_needs(s) + need;
  wg_community *k = wg_communities(s) + wg_grids(s)[n->grid].community;
  uint32_t *const counts[WG_CHANNEL_COUNT] = {&k->reported_counter, &k->reported_hotline, &k->reported_online};
  ++*counts[n->channel - 1];
  wg_ledger_tally(s, n)->reported++;
  wg_event_note(s, need, WG_EVENT_REPORT, WG_NO_DESK);
  wg_need_file(s, need, today);
}

void wg_need_report_later(wg_subdistrict *s, uint32_t need, wg_channel channel, wg_date day) {
  wg_need *n = wg_needs(s) + need;
  n->channel = (uint8_t)(channel + 1);
  n->child = (uint32_t)day;
  wg_agenda_add(s, WG_AGENDA_REPORT, need, n->child);
}

bool wg_need_report(const wg_world *world, wg_subdistrict *s, uint32_t need, wg_channel channel, wg_date today) {
  if (channel == WG_CHANNEL_COUNTER && !wg_calendar_works(&world->calendar, today)) {
    wg_need_report_later(s, need, channel, wg_calendar_after(&world->calendar, today, 1));
    return false;
  }
  wg_needs(s)[need].channel = (uint8_t)(channel + 1);
  file_report(s, need, today);
  return true;
}

void wg_needs_report_due(wg_subdistrict *s, wg_date today) {
  for (uint32_t need; (need = wg_agenda_next(s, WG_AGENDA_REPORT, today)) != WG_NO_ROW;) {
    wg_need_reveal(s, need);
    file_report(s, need, today);
  }
}

// Further reports of the days after filing, up to two days of which the first may be before filing: Poisson numbers by inversion of
// one uniform of the need, so that they grow with time and need no daily draws.
static void count_duplicates(const wg_world *world, const wg_need *n, wg_date early, wg_date late, uint32_t counts[2]) {
  counts[0] = counts[1] = 0;
  const double a_day = world->catalogue.services[n->service].params->reports_per_day;
  if (!(a_day > 0.0) || n->group != WG_GROUP_NOBODY || n->filed == 0 || late <= (wg_date)n->filed)
    return;
  wg_draw draw = wg_draw_open(world->luck, WG_PURPOSE_REPORTS, 0, n->identity, 0);
  const double u = wg_draw_unit(&draw);
  counts[1] = wg_poisson_invert(a_day * (double)(late - (wg_date)n->filed), u);
  if (early > (wg_date)n->filed && counts[1])
    counts[0] = wg_poisson_invert(a_day * (double)(early - (wg_date)n->filed), u);
}

uint32_t wg_need_reports(const wg_world *world, const wg_need *n, wg_date today) {
  uint32_t counts[2];
  count_duplicates(world, n, 0, today, counts);
  return (n->filed && n->channel) + counts[1];
}

void wg_need_book_duplicates(const wg_world *world, const wg_subdistrict *s, const wg_need *n, wg_date until) {
  uint32_t counts[2];
  count_duplicates(world, n, s->month_first - 1, until, counts);
  wg_ledger_tally(s, n)->duplicates += counts[1] - counts[0];
}
