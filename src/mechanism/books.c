// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/books.h"

#include "model/ledger.h"
#include "model/repeat.h"
#include "model/reporting.h"
#include "model/tally_output.h"

// What is due this month: open needs whose limit falls into it, and those that ended before.
static void month_start(wg_context *context) {
  wg_subdistrict *s = context->s;
  const uint32_t cells = s->tables[WG_TABLE_TALLY].count, groups = s->tables[WG_TABLE_GROUP].count;
  wg_tally *tallies = wg_tallies(s);
  wg_delay *delays = wg_delays(s);
  for (uint32_t i = 0; i < s->tables[WG_TABLE_DELAY].count; i++)
    delays[i].closed = 0;
  wg_ahead_row *ahead = wg_ledger_ahead(s, context->month);
  for (uint32_t i = 0; i < cells; i++) {
    tallies[i] = (wg_tally){.due = ahead[i].due,
                            .met_due = ahead[i].met_due,
                            .filed_due = ahead[i].filed_due,
                            .filed_met_due = ahead[i].filed_met_due,
                            .need_days = 0 - wg_stocks(s)[i].need_days};
    ahead[i] = (wg_ahead_row){0};
  }
  wg_group_tally *group_ahead = wg_ledger_group_ahead(s, context->month);
  for (uint32_t i = 0; i < groups; i++) {
    wg_group_tallies(s)[i] = group_ahead[i];
    group_ahead[i] = (wg_group_tally){0};
  }
  const wg_need *needs = wg_needs(s);
  for (uint32_t row = 0; row < wg_needs_count(s); row++) {
    const wg_need *n = needs + row;
    if (n->identity == 0 || !wg_need_is_open(n))
      continue;
    if (n->due >= s->month_first && n->due <= s->month_last)
      WG_LEDGER_ADD(s, n, due, 1);
    if (n->filed && n->legal_due >= s->month_first && n->legal_due <= s->month_last)
      WG_LEDGER_ADD(s, n, filed_due, 1);
  }
}

// Withdrawn for reasons of the resident's own: it leaves what is due. A policy that moved the resident leaves it unmet.
static bool is_void(const wg_need *n) {
  return n->state == WG_NEED_WITHDRAWN && !(n->marks & WG_MARK_MOVED);
}

// The need's limit: what falls in this month or before is in `due` already; a later month hears of it through `ahead`.
static void enter_due(const wg_subdistrict *s, const wg_need *n, wg_date today) {
  const bool met = n->state == WG_NEED_MET && today <= n->due;
  if (n->due > s->month_last) {
    if (is_void(n))
      return;
    WG_LEDGER_ADD_AHEAD(s, n, n->due, due, 1);
    if (met)
      WG_LEDGER_ADD_AHEAD(s, n, n->due, met_due, 1);
  } else if (is_void(n)) {
    if (n->due >= today)
      WG_LEDGER_ADD(s, n, due, -1);
  } else if (met) {
    WG_LEDGER_ADD(s, n, met_due, 1);
  }
}

// The same for the legal limit of a filed case.
static void enter_filed_due(const wg_subdistrict *s, const wg_need *n, wg_date today) {
  const bool met = n->state == WG_NEED_MET && today <= n->legal_due;
  if (n->legal_due > s->month_last) {
    if (is_void(n))
      return;
    WG_LEDGER_ADD_AHEAD(s, n, n->legal_due, filed_due, 1);
    if (met)
      WG_LEDGER_ADD_AHEAD(s, n, n->legal_due, filed_met_due, 1);
  } else if (is_void(n)) {
    if (n->legal_due >= today)
      WG_LEDGER_ADD(s, n, filed_due, -1);
  } else if (met) {
    WG_LEDGER_ADD(s, n, filed_met_due, 1);
  }
}

// The bin of a delay in days: exact below the first wide one.
static uint32_t delay_bin(uint32_t days) {
  uint32_t bin = days < WG_DELAY_BIN_COUNT - 1 ? days : WG_DELAY_BIN_COUNT - 1;
  while (wg_delay_bin_days[bin] > days)
    bin--;
  return bin;
}

static void enter_met(const wg_subdistrict *s, const wg_need *n, wg_tally *tally, wg_date today) {
  if (today <= n->due)
    tally->met_on_time++;
  else
    tally->met_late++;
  tally->closed++;
  tally->closed_on_legal_time += today <= n->legal_due;
  const size_t cell = (size_t)(tally - wg_tallies(s));
  wg_delays(s)[cell * WG_DELAY_BIN_COUNT + delay_bin((uint32_t)today - n->filed)].closed++;
}

// Why a case was not met in time. One that was both misdirected and returned counts as misdirected, which came first.
static void enter_reason(const wg_need *n, wg_tally *tally, wg_date today) {
  if (n->state == WG_NEED_MET && today <= n->due)
    return;
  if (n->state == WG_NEED_WITHDRAWN)
    tally->unmet_moved += (n->marks & WG_MARK_MOVED) != 0;
  else if (n->state == WG_NEED_REFUSED)
    tally->unmet_not_eligible++;
  else if (n->marks & WG_MARK_MISDIRECTED)
    tally->unmet_misdirected++;
  else if (n->marks & WG_MARK_RETURNED)
    tally->unmet_returned++;
  else
    tally->unmet_queued++;
}

static wg_tally *enter_end(const wg_subdistrict *s, const wg_need *n, wg_date today) {
  wg_tally *tally = wg_ledger_tally(s, n);
  tally->ended_need_days += (uint32_t)today - n->arose;
  wg_ledger_stock(s, n)->open--;
  return tally;
}

// A need that nobody ever filed.
static void enter_latent(const wg_subdistrict *s, const wg_need *n, wg_date today) {
  wg_tally *tally = enter_end(s, n, today);
  const bool withdrawn = n->state == WG_NEED_WITHDRAWN;
  tally->withdrawn += withdrawn;
  tally->unmet_moved += withdrawn && !is_void(n);
  tally->lapsed_latent += !withdrawn;
  tally->unmet_not_found += !withdrawn && today > n->due;
  tally->unmet_lapsed += !withdrawn && today <= n->due;
  enter_due(s, n, today);
}

static void enter_case(const wg_subdistrict *s, const wg_need *n, wg_date today) {
  wg_tally *tally = enter_end(s, n, today);
  if (n->state == WG_NEED_MET)
    enter_met(s, n, tally, today);
  else if (n->state == WG_NEED_WITHDRAWN)
    tally->withdrawn++;
  else if (n->state == WG_NEED_REFUSED)
    tally->refused++;
  else
    tally->lapsed_waiting++;
  enter_reason(n, tally, today);
  enter_due(s, n, today);
  enter_filed_due(s, n, today);
}

static void day(wg_context *context) {
  wg_subdistrict *s = context->s;
  while (s->ended_latent_list != WG_NO_ROW) {
    const uint32_t row = s->ended_latent_list;
    const wg_need *n = wg_needs(s) + row;
    s->ended_latent_list = n->sibling;
    enter_latent(s, n, context->today);
    wg_need_retire(context->world, s, row, context->today);
  }
  while (s->ended_list != WG_NO_ROW) {
    const uint32_t row = s->ended_list;
    const wg_need *n = wg_needs(s) + row;
    s->ended_list = n->sibling;
    if (n->group == WG_GROUP_NOBODY)
      wg_need_book_duplicates(context->world, s, n, context->today);
    enter_case(s, n, context->today);
    wg_need_retire(context->world, s, row, context->today);
  }
  wg_stock *stocks = wg_stocks(s);
  for (uint32_t i = 0; i < s->tables[WG_TABLE_STOCK].count; i++)
    stocks[i].need_days += stocks[i].open;
}

// Open needs are counted in the pool, not derived from the flows, so that the balance is a check.
static void month_end(wg_context *context) {
  const wg_subdistrict *s = context->s;
  const wg_need *needs = wg_needs(s);
  for (uint32_t g = 0; g < wg_grids_count(s); g++)
    wg_grids(s)[g].counted_weight = 0;
  for (uint32_t row = 0; row < wg_needs_count(s); row++) {
    if (needs[row].identity == 0 || !wg_need_is_open(needs + row))
      continue;
    wg_tally *tally = wg_ledger_tally(s, needs + row);
    if (needs[row].filed && needs[row].group == WG_GROUP_NOBODY)
      wg_need_book_duplicates(context->world, s, needs + row, s->month_last);
    tally->open++;
    wg_grids(s)[needs[row].grid].counted_weight += s->disorder_weight[needs[row].service];
    tally->open_need_days += (uint64_t)s->month_last + 1 - needs[row].arose;
  }
  for (uint32_t i = 0; i < s->tables[WG_TABLE_TALLY].count; i++)
    wg_tallies(s)[i].need_days += wg_stocks(s)[i].need_days;
  for (uint32_t c = 0; c < wg_communities_count(s); c++) {
    wg_community *k = wg_communities(s) + c;
    k->filed_year -= k->filed_year / 12;
    for (uint32_t v = 0; v < s->service_count; v++)
      k->filed_year += wg_tallies(s)[(size_t)c * s->service_count + v].filed;
  }
}

WG_TALLY_OUTPUT(met_on_time)
WG_TALLY_OUTPUT(met_late)
WG_TALLY_OUTPUT(withdrawn)
WG_TALLY_OUTPUT(open)
WG_TALLY_OUTPUT(due)
WG_TALLY_OUTPUT(met_due)
WG_TALLY_OUTPUT(filed_due)
WG_TALLY_OUTPUT(filed_met_due)
WG_TALLY_OUTPUT(closed)
WG_TALLY_OUTPUT(closed_on_legal_time)
WG_TALLY_RATIO_OUTPUT(coverage, met_due, due)
WG_TALLY_RATIO_OUTPUT(observed_coverage, filed_met_due, filed_due)
WG_TALLY_RATIO_OUTPUT(on_time_closing, closed_on_legal_time, closed)

WG_TALLY_OUTPUT(refused)
WG_TALLY_OUTPUT(need_days)
WG_TALLY_OUTPUT(ended_need_days)
WG_TALLY_OUTPUT(open_need_days)

static void lapsed(const wg_world *world, wg_place place, void *block) {
  int64_t *sums = block;
  for (uint32_t v = 0; v < world->catalogue.service_count; v++)
    sums[v] = 0;
  WG_FOR_COMMUNITIES(world, place, s, c)
  for (uint32_t v = 0; v < s->service_count; v++) {
    const wg_tally *t = wg_tallies(s) + (size_t)c * s->service_count + v;
    sums[v] += (int64_t)t->lapsed_latent + t->lapsed_waiting + t->refused;
  }
}

enum { REASONS = 7 }; // the axis of reasons, in its order

static void unmet_reason(const wg_world *world, wg_place place, void *block) {
  int64_t *sums = block;
  for (size_t v = 0; v < (size_t)world->catalogue.service_count * REASONS; v++)
    sums[v] = 0;
  WG_FOR_COMMUNITIES(world, place, s, c)
  for (size_t v = 0; v < s->service_count; v++) {
    const wg_tally *t = wg_tallies(s) + (size_t)c * s->service_count + v;
    const uint32_t reasons[REASONS] = {t->unmet_not_found, t->unmet_lapsed,       t->unmet_misdirected, t->unmet_queued,
                                       t->unmet_returned,  t->unmet_not_eligible, t->unmet_moved};
    for (size_t r = 0; r < REASONS; r++)
      sums[v * REASONS + r] += reasons[r];
  }
}

static void response_time(const wg_world *world, wg_place place, void *block) {
  int64_t *sums = block;
  const uint32_t cells = world->catalogue.service_count * WG_DELAY_BIN_COUNT;
  for (uint32_t i = 0; i < cells; i++)
    sums[i] = 0;
  WG_FOR_COMMUNITIES(world, place, s, c)
  for (uint32_t i = 0; i < cells; i++)
    sums[i] += wg_delays(s)[(size_t)c * cells + i].closed;
}

#define BY_SERVICE                                                                                                     \
  { WG_AXIS_SERVICE }

static const wg_output outputs[] = {
    {"met_on_time", WG_I32, BY_SERVICE, "need", "Needs resolved within their own limit", "按期满足", met_on_time},
    {"met_late", WG_I32, BY_SERVICE, "need", "Needs resolved after their own limit", "逾期满足", met_late},
    {"lapsed", WG_I32, BY_SERVICE, "need", "Needs that lapsed, found or not, or were refused", "自行消失", lapsed},
    {"refused", WG_I32, BY_SERVICE, "need", "Those of them refused because not eligible", "不予受理", refused},
    {"need_days", WG_I64, BY_SERVICE, "need day", "Needs open at the end of each day, summed over the days",
     "在办需求日", need_days},
    {"ended_need_days", WG_I64, BY_SERVICE, "need day", "Days from onset to end of the needs that ended",
     "了结需求历时", ended_need_days},
    {"open_need_days", WG_I64, BY_SERVICE, "need day", "Days since onset of the needs open at the month's end",
     "未了需求历时", open_need_days},
    {"withdrawn", WG_I32, BY_SERVICE, "need", "Needs withdrawn because the resident died or left", "撤销", withdrawn},
    {"open_needs", WG_I32, BY_SERVICE, "need", "Open needs at the month's end", "未了需求", open},
    {"due", WG_I32, BY_SERVICE, "need", "Needs whose own limit fell in the month", "到期需求", due},
    {"met_due", WG_I32, BY_SERVICE, "need", "Those of them resolved within it", "到期已满足", met_due},
    {"filed_due", WG_I32, BY_SERVICE, "case", "Filed cases whose legal limit fell in the month", "到期案件", filed_due},
    {"filed_met_due", WG_I32, BY_SERVICE, "case", "Those of them closed within it", "到期已结案", filed_met_due},
    {"closed", WG_I32, BY_SERVICE, "case", "Cases closed in the month", "结案", closed},
    {"closed_on_legal_time", WG_I32, BY_SERVICE, "case", "Those of them closed within the legal limit", "按期结案",
     closed_on_legal_time},
    {"coverage", WG_F64, BY_SERVICE, "1", "Coverage: met_due / due", "覆盖率", coverage},
    {"observed_coverage", WG_F64, BY_SERVICE, "1", "Coverage as officials see it: filed_met_due / filed_due",
     "可见覆盖率", observed_coverage},
    {"on_time_closing", WG_F64, BY_SERVICE, "1", "On-time closing rate: closed_on_legal_time / closed", "按期结案率",
     on_time_closing},
    {"unmet_reason",
     WG_I32,
     {WG_AXIS_SERVICE, WG_AXIS_REASON},
     "need",
     "Needs not met in time, by why",
     "未满足原因",
     unmet_reason},
    {"response_time",
     WG_I32,
     {WG_AXIS_SERVICE, WG_AXIS_DELAY_BIN},
     "case",
     "Cases closed in the month, by days from filing to closing",
     "办理时长",
     response_time},
};

const wg_mechanism wg_books = {
    .name = "books",
    .label = "台账",
    .doc =
        "Arisen = met on time + met late + lapsed + withdrawn + open, in integers, by service, month and the place "
        "where the need arose. Coverage belongs to the month in which the need's own limit falls (onset + allowance "
        "for finding + legal limit); on-time closing runs from filing. A need withdrawn before its limit leaves what "
        "is due, unless a policy moved its resident: then it counts as unmet.",
    .outputs = outputs,
    .output_count = sizeof outputs / sizeof *outputs,
    .month_start = month_start,
    .day = day,
    .month_end = month_end,
};
