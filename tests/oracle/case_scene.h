// SPDX-License-Identifier: GPL-3.0-or-later
// A hand-made subdistrict in which needs become cases: the real mechanisms of the case cycle in the engine's order, day by day,
// with services, desks and arrivals that are the test's own.
#ifndef WG_TESTS_CASE_SCENE_H
#define WG_TESTS_CASE_SCENE_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/lever_plan.h"
#include "engine/registry.h"
#include "mechanism/audit.h"
#include "mechanism/books.h"
#include "mechanism/dispatch.h"
#include "mechanism/escalation.h"
#include "mechanism/finding.h"
#include "mechanism/handling.h"
#include "mechanism/lapsing.h"
#include "mechanism/needs.h"
#include "mechanism/transfer.h"
#include "mechanism/verification.h"
#include "mechanism/workforce.h"
#include "model/case_params.h"
#include "model/departure.h"
#include "model/need_volume.h"
#include "model/trust.h"
#include "synthesis/staffing.h"
#include "tiny_subdistrict.h"

enum { DAYS = 365, GRIDS = 2, MECHANISMS = 64 };

// The mechanisms that play, in whatever order the engine has them.
static inline bool plays(const wg_mechanism *mechanism) {
  return mechanism == &wg_needs_mechanism || mechanism == &wg_workforce || mechanism == &wg_finding ||
         mechanism == &wg_dispatch || mechanism == &wg_handling || mechanism == &wg_verification ||
         mechanism == &wg_escalation || mechanism == &wg_transfer || mechanism == &wg_lapsing ||
         mechanism == &wg_books || mechanism == &wg_audit;
}

typedef struct scene {
  wg_config *config;
  wg_world world;
  wg_subdistrict s;
  void *constants[MECHANISMS];
  wg_context context;
  wg_error error;
  wg_candidate *today;
  uint32_t today_room;
  uint32_t agenda_room; // needs that the month's agenda has room for from its start
  bool holds;           // nobody handles anything today: cases get to their desks and stay there
  wg_desk *morning;     // desks as they were before today
  // Of scenes with many grids: cases that arose this month, by grid and service.
  uint32_t *arisen;
} scene;

static inline void set(scene *t, const char *path, wg_value value) {
  wg_error error = {0};
  if (wg_config_set(t->config, path, &value, "test.cfg:1", true, &error))
    fail_msg("%s", error.text);
}

static inline void set_text(scene *t, const char *path, const char *text) {
  set(t, path, (wg_value){.kind = WG_VALUE_TEXT, .text = text});
}

static inline void set_integer(scene *t, const char *path, int64_t integer) {
  set(t, path, (wg_value){.kind = WG_VALUE_INT, .integer = integer});
}

static inline void set_real(scene *t, const char *path, double real) {
  set(t, path, (wg_value){.kind = WG_VALUE_REAL, .real = real});
}

static inline void set_list(scene *t, const char *path, const wg_value *items, size_t count) {
  set(t, path, (wg_value){.kind = WG_VALUE_LIST, .items = items, .count = count});
}

// Where there is such a parameter.
static inline void set_real_if(scene *t, const char *path, double real) {
  wg_error ignored = {0};
  const wg_value value = {.kind = WG_VALUE_REAL, .real = real};
  wg_config_set(t->config, path, &value, "test.cfg:1", true, &ignored);
}

static inline void set_texts(scene *t, const char *path, const char *const *texts, size_t count) {
  wg_value items[WG_ROUTE_MAX];
  assert_true(count <= WG_ROUTE_MAX);
  for (size_t i = 0; i < count; i++)
    items[i] = (wg_value){.kind = WG_VALUE_TEXT, .text = texts[i]};
  set_list(t, path, items, count);
}

static inline void set_reals(scene *t, const char *path, const double *reals, size_t count) {
  wg_value items[WG_ROUTE_MAX];
  assert_true(count <= WG_ROUTE_MAX);
  for (size_t i = 0; i < count; i++)
    items[i] = (wg_value){.kind = WG_VALUE_REAL, .real = reals[i]};
  set_list(t, path, items, count);
}

typedef struct service_of {
  const char *id, *carrier, *found_by;
  int64_t limit, allowance, severity;
  bool working_days;
  double work, self_report, detection, lapse, patience;
  bool random_work;
  const char *second_desk; // NULL: the first takes all
} service_of;

static inline void add_service(scene *t, const service_of *v) {
  char path[64];
#define AT(key) (snprintf(path, sizeof path, "services.%s." key, v->id), path)
  set_text(t, AT("label"), v->id);
  set_text(t, AT("network"), "city");
  set_text(t, AT("carrier"), v->carrier);
  set_text(t, AT("found_by"), v->found_by);
  set_text(t, AT("limit_unit"), v->working_days ? "working_days" : "days");
  set_text(t, AT("work_law"), v->random_work ? "exponential" : "fixed");
  set_real(t, AT("mix"), 0.25);
  set_integer(t, AT("limit"), v->limit);
  set_integer(t, AT("finding_allowance"), v->allowance);
  set_integer(t, AT("severity"), v->severity);
  set_real(t, AT("work_minutes"), v->work);
  set_real(t, AT("self_report"), v->self_report);
  set_real(t, AT("detection"), v->detection);
  set_real(t, AT("lapse_days"), v->lapse);
  set_real(t, AT("patience_days"), v->patience);
  const char *desks[2] = {"team", v->second_desk};
  const double takes[2] = {v->second_desk ? 0.7 : 1.0, 1.0};
  set_texts(t, AT("desks"), desks, v->second_desk ? 2 : 1);
  set_reals(t, AT("takes"), takes, v->second_desk ? 2 : 1);
  set_texts(t, AT("verified_by"), NULL, 0);
#undef AT
}

// One person with all hours for the cases, 240 minutes a day, who never leaves and knows it all.
static inline void add_desk(scene *t, const char *id, const char *area, const char *looks, double floor_share,
                            bool weekends) {
  static const char *const losses[] = {"clerical_share", "turnover",    "leave_days",
                                       "training_days",  "travel_loss", "novice_loss"};
  char path[64];
#define AT(key) (snprintf(path, sizeof path, "desks.%s." key, id), path)
  set_text(t, AT("label"), id);
  set_text(t, AT("area"), area);
  set_text(t, AT("looks"), looks);
  set_integer(t, AT("minutes"), 240);
  set_real(t, AT("looking_floor"), floor_share);
  set(t, AT("weekends"), (wg_value){.kind = WG_VALUE_BOOL, .boolean = weekends});
#undef AT
  for (size_t i = 0; i < sizeof losses / sizeof *losses; i++) {
    snprintf(path, sizeof path, "desks.%s.%s", id, losses[i]);
    set_real_if(t, path, 0.0);
  }
}

static inline scene *open_scene(void) {
  const wg_param_group *groups[WG_GROUPS_MAX];
  const size_t count = wg_registry_groups(groups);
  scene *t = calloc(1, sizeof *t);
  assert_non_null(t);
  if (wg_config_create(groups, count, &t->config, &t->error))
    fail_msg("%s", t->error.text);
  set_text(t, "run.start", "2011-01-01");
  set_text(t, "run.end", "2012-01-01");
  set_real(t, "reporting.counter_use", 0.0); // no report waits for a working day
  set_real(t, "needs.filed_volume", 0.0);    // all candidates are the test's own
  return t;
}

static inline void refuse_offer(wg_context *context, const wg_candidate *candidate) {
  (void)context;
  (void)candidate;
  fail_msg("a candidate that is not the test's");
}

// 2011-01-01 is a Saturday; 3 to 5 October (Monday to Wednesday) are holidays, Saturday the 8th is worked for one of them.
enum { FIRST_DAY = 14975, HOLIDAY = 275, HOLIDAYS = 3, WORKED_SATURDAY = 280 };

static inline bool works(int32_t day) {
  return day == WORKED_SATURDAY || (day % 7 >= 2 && !(day >= HOLIDAY && day < HOLIDAY + HOLIDAYS));
}

// After the configuration and the places: the rest of the world.
static inline void begin_places(scene *t, uint32_t needs_capacity) {
  wg_world *w = &t->world;
  wg_subdistrict *s = &t->s;
  wg_error *error = &t->error;
  for (uint32_t v = 0; v < s->service_count; v++)
    if (w->catalogue.services[v].params->found_by == WG_FOUND_BY_OUTREACH)
      s->outreach_services |= 1U << v;
  if (wg_needs_reserve(s, needs_capacity, error) || wg_world_staff(w, error))
    fail_msg("%s", error->text);
  assert_true(wg_mechanism_count <= MECHANISMS);
  size_t playing = 0;
  for (size_t m = 0; m < wg_mechanism_count; m++) {
    playing += plays(wg_mechanisms[m]);
    if (plays(wg_mechanisms[m]) && wg_mechanisms[m]->prepare && wg_mechanisms[m]->prepare(w, &t->constants[m], error))
      fail_msg("%s", error->text);
  }
  assert_int_equal(playing, 11);
  t->morning = calloc(wg_desks_count(s), sizeof *t->morning);
  assert_non_null(t->morning);
  t->context = (wg_context){.world = w, .s = s, .candidates = t->today, .offer = refuse_offer, .error = error};
}

static inline void begin_world(scene *t) {
  wg_world *w = &t->world;
  *w = (wg_world){.config = t->config, .subdistricts = &t->s, .subdistrict_count = 1};
  w->run = wg_config_get(t->config, &wg_run_group);
  w->luck = wg_luck_make(1, 0);
  wg_date holidays[HOLIDAYS];
  for (int i = 0; i < HOLIDAYS; i++)
    holidays[i] = FIRST_DAY + HOLIDAY + i;
  const wg_date worked = FIRST_DAY + WORKED_SATURDAY;
  if (wg_calendar_create(FIRST_DAY - 366, FIRST_DAY + 4 * 366, holidays, HOLIDAYS, &worked, 1, &w->calendar,
                         &t->error) ||
      wg_catalogue_resolve(t->config, &w->catalogue, &t->error))
    fail_msg("%s", t->error.text);
}

// With two grids and `residents` in each for the hazards.
static inline void begin(scene *t, uint32_t residents, uint32_t needs_capacity) {
  begin_world(t);
  tiny_create(&t->s, t->world.catalogue.service_count);
  for (uint32_t g = 0; g < GRIDS; g++)
    wg_grids(&t->s)[g].residents = residents * (g + 1);
  begin_places(t, needs_capacity);
}

enum { NAMES = 8, NAMES_EACH = UINT8_MAX + 1 }; // workplaces of a grid; needs that one of them can have in a month

// With many grids that know nothing of each other, each of 1000 residents and some workplaces, which have the needs.
static inline void begin_grids(scene *t, uint32_t grids, uint32_t needs_capacity) {
  begin_world(t);
  wg_subdistrict *s = &t->s;
  t->world.population_cells[0] = (int64_t)grids * 1000;
  tiny_create_grids(s, t->world.catalogue.service_count, grids);
  tiny_rows(s, WG_TABLE_WORKPLACE, grids * NAMES, grids * NAMES);
  for (uint32_t i = 0; i < grids * NAMES; i++)
    wg_workplaces(s)[i] = (wg_workplace){.identity = 1000000 + i, .grid = (uint16_t)(i / NAMES)};
  for (uint32_t g = 0; g < grids; g++)
    wg_grids(s)[g].residents = 1000;
  t->arisen = calloc((size_t)grids * s->service_count, sizeof *t->arisen);
  assert_non_null(t->arisen);
  t->agenda_room = needs_capacity;
  begin_places(t, needs_capacity);
}

static inline void end(scene *t) {
  for (size_t m = 0; m < MECHANISMS; m++)
    free(t->constants[m]);
  wg_subdistrict_free(&t->s);
  wg_calendar_free(&t->world.calendar);
  wg_config_free(t->config);
  free(t->morning);
  free(t->arisen);
  free(t->today);
  free(t);
}

static inline void check_error(const scene *t) {
  if (t->error.code)
    fail_msg("%s", t->error.text);
}

static inline void call_all(scene *t, size_t member) {
  for (size_t m = 0; m < wg_mechanism_count; m++) {
    typedef void (*hook)(wg_context *);
    const hook h = *(const hook *)(const void *)((const char *)wg_mechanisms[m] + member);
    if (!plays(wg_mechanisms[m]) || !h || (t->holds && wg_mechanisms[m] == &wg_handling))
      continue;
    t->context.constants = t->constants[m];
    h(&t->context);
  }
  check_error(t); // the audit tells of what does not balance
}

static inline bool month_begins(int32_t day) {
  int year, month, in_month;
  wg_date_to_civil(FIRST_DAY + day, &year, &month, &in_month);
  return in_month == 1;
}

// Opens the month where one begins.
static inline void dawn(scene *t, int32_t day) {
  t->context.today = t->s.today = FIRST_DAY + day;
  t->context.candidates = t->today;
  t->context.candidate_count = 0;
  if (!month_begins(day))
    return;
  wg_subdistrict *s = &t->s;
  const wg_month month = wg_date_month(FIRST_DAY + day);
  t->world.month = t->context.month = month;
  static const wg_policy_plan no_policies = {0};
  assert_int_equal(wg_levers_resolve(&t->world, &no_policies, month, s, &t->error), WG_OK);
  t->context.calendar_first = s->month_first;
  t->context.calendar_days = (uint32_t)(s->month_last - s->month_first + 1);
  s->lived = true;
  s->filed_list = s->handled_list = s->ended_list = WG_NO_ROW;
  if (t->arisen)
    memset(t->arisen, 0, wg_grids_count(s) * s->service_count * sizeof *t->arisen);
  call_all(t, offsetof(wg_mechanism, month_start));
  assert_int_equal(wg_agenda_begin(s, t->agenda_room, &t->error), WG_OK);
}

// A need that arises today for certain. `index` differs among the owner's of the month.
static inline void add(scene *t, uint32_t owner, uint32_t service, uint32_t index) {
  assert_true(index <= UINT8_MAX);
  if (t->context.candidate_count == t->today_room) {
    t->today_room = t->today_room ? 2 * t->today_room : 512;
    t->today = realloc(t->today, t->today_room * sizeof *t->today);
    assert_non_null(t->today);
    t->context.candidates = t->today;
  }
  t->today[t->context.candidate_count++] =
      (wg_candidate){.owner = owner,
                     .day = (uint8_t)(t->context.today - t->context.calendar_first),
                     .service = (uint8_t)service,
                     .index = (uint8_t)index};
}

// The same in a scene of many grids, for one of the grid's workplaces.
static inline void add_in_grid(scene *t, uint32_t grid, uint32_t service) {
  const uint32_t number = t->arisen[grid * t->s.service_count + service]++;
  assert_true(number < NAMES * NAMES_EACH);
  add(t, grid * NAMES + number / NAMES_EACH, service, number % NAMES_EACH);
}

// No desk spends an hour that it does not have today.
static inline void live(scene *t) {
  const wg_desk *desks = wg_desks(&t->s);
  const uint32_t count = wg_desks_count(&t->s);
  memcpy(t->morning, desks, count * sizeof *desks);
  call_all(t, offsetof(wg_mechanism, day));
  for (uint32_t d = 0; d < count; d++) {
    const wg_desk *now = desks + d, *before = t->morning + d;
    const uint64_t has = now->minutes_available - before->minutes_available;
    assert_true(has == 0 || has == now->minutes);
    if (now->minutes_handling + now->minutes_looking + now->minutes_care - before->minutes_handling -
            before->minutes_looking - before->minutes_care >
        has)
      fail_msg("desk %u has spent more hours today than it had", d);
  }
  assert_int_equal(t->s.ended_list, WG_NO_ROW);
  assert_int_equal(t->s.ended_latent_list, WG_NO_ROW);
  assert_int_equal(t->s.filed_list, WG_NO_ROW);
}

static inline void dusk(scene *t, int32_t day) {
  if (!month_begins(day + 1))
    return;
  call_all(t, offsetof(wg_mechanism, month_end));
  wg_departed_free(&t->s);
}

// What the audit says of whole months, said here of every day, from the columns alone: needs that arose have ended or are in
// the pool; the days they spent open, summed over needs, are the open needs summed over days (Little's law in integers); what
// stands in queues is what desks believe; all hours spent are some case's. Before dusk.
static inline void check_day(const scene *t) {
  const wg_subdistrict *s = &t->s;
  const uint32_t desks = wg_desks_count(s);
  uint64_t open[WG_SERVICE_MAX] = {0}, days[WG_SERVICE_MAX] = {0}, handling = 0, minutes = 0, queued = 0, work = 0;
  uint64_t desks_queued = 0, desks_work = 0;
  for (uint32_t row = 0; row < wg_needs_count(s); row++) {
    const wg_need *n = wg_needs(s) + row;
    if (n->identity == 0 || !wg_need_is_open(n))
      continue;
    open[n->service]++;
    days[n->service] += (uint64_t)s->today + 1 - n->arose;
    if (n->state == WG_NEED_WAITING || n->state == WG_NEED_VERIFYING) {
      queued++;
      work += n->work;
    }
  }
  for (uint32_t d = 0; d < desks; d++) {
    const wg_desk *desk = wg_desks(s) + d;
    handling += desk->minutes_handling;
    desks_queued += desk->queued;
    desks_work += desk->queued_minutes;
  }
  assert_int_equal(desks_queued, queued);
  assert_int_equal(desks_work, work);
  for (uint32_t v = 0; v < s->service_count; v++) {
    const wg_stock *stock = wg_stocks(s) + v;
    const wg_tally *n = wg_tallies(s) + v;
    const uint64_t ended =
        stock->ended + n->met_on_time + n->met_late + n->lapsed_latent + n->lapsed_waiting + n->refused + n->withdrawn;
    assert_int_equal(stock->arisen + n->arisen, ended + open[v]);
    assert_int_equal(stock->need_days, stock->ended_need_days + n->ended_need_days + days[v]);
    minutes += n->person_minutes;
  }
  assert_int_equal(handling, minutes);
}

#endif
