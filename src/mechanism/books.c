// SPDX-License-Identifier: GPL-3.0-or-later
#include "mechanism/books.h"

#include "model/tally_output.h"

static wg_tally *tally_of(const wg_subdistrict *s, const wg_need *n) {
  return wg_tally_at(s, n->grid, n->service);
}

static wg_ahead_row *ahead_in(const wg_subdistrict *s, wg_month month) {
  return wg_ahead(s) + (size_t)((uint32_t)month % WG_AHEAD_MONTHS) * s->tables[WG_TABLE_TALLY].count;
}

static wg_ahead_row *ahead_of(const wg_subdistrict *s, const wg_need *n, uint32_t day) {
  return ahead_in(s, wg_date_month((wg_date)day)) + (tally_of(s, n) - wg_tallies(s));
}

// What is due this month: open needs whose limit falls into it, and those that ended before.
static void month_start(wg_context *context) {
  wg_subdistrict *s = context->s;
  const uint32_t cells = s->tables[WG_TABLE_TALLY].count;
  wg_tally *tallies = wg_tallies(s);
  wg_delay *delays = wg_delays(s);
  for (uint32_t i = 0; i < cells; i++)
    tallies[i] = (wg_tally){0};
  for (uint32_t i = 0; i < s->tables[WG_TABLE_DELAY].count; i++)
    delays[i].closed = 0;
  wg_ahead_row *ahead = ahead_in(s, context->month);
  for (uint32_t i = 0; i < cells; i++) {
    tallies[i].due = ahead[i].due;
    tallies[i].met_due = ahead[i].met_due;
    tallies[i].filed_due = ahead[i].filed_due;
    tallies[i].filed_met_due = ahead[i].filed_met_due;
    ahead[i] = (wg_ahead_row){0};
  }
  const wg_need *needs = wg_needs(s);
  for (uint32_t row = 0; row < wg_needs_count(s); row++) {
    const wg_need *n = needs + row;
    if (n->identity == 0)
      continue;
    if (n->due >= s->month_first && n->due <= s->month_last)
      tally_of(s, n)->due++;
    if (n->filed && n->legal_due >= s->month_first && n->legal_due <= s->month_last)
      tally_of(s, n)->filed_due++;
  }
}

// The need's limit: what falls in this month or before is in `due` already; a later month hears of it through `ahead`.
static void enter_due(const wg_subdistrict *s, const wg_need *n, wg_date today) {
  const bool met = n->state == WG_NEED_MET && today <= n->due;
  if (n->due > s->month_last) {
    if (n->state == WG_NEED_WITHDRAWN)
      return;
    wg_ahead_row *ahead = ahead_of(s, n, n->due);
    ahead->due++;
    ahead->met_due += met;
  } else if (n->state == WG_NEED_WITHDRAWN) {
    tally_of(s, n)->due -= n->due >= today;
  } else {
    tally_of(s, n)->met_due += met;
  }
}

// The same for the legal limit of a filed case.
static void enter_filed_due(const wg_subdistrict *s, const wg_need *n, wg_date today) {
  const bool met = n->state == WG_NEED_MET && today <= n->legal_due;
  if (n->legal_due > s->month_last) {
    if (n->state == WG_NEED_WITHDRAWN)
      return;
    wg_ahead_row *ahead = ahead_of(s, n, n->legal_due);
    ahead->filed_due++;
    ahead->filed_met_due += met;
  } else if (n->state == WG_NEED_WITHDRAWN) {
    tally_of(s, n)->filed_due -= n->legal_due >= today;
  } else {
    tally_of(s, n)->filed_met_due += met;
  }
}

static uint32_t delay_bin(uint32_t days) {
  uint32_t bin = WG_DELAY_BIN_COUNT - 1;
  while (wg_delay_bin_days[bin] > days)
    bin--;
  return bin;
}

static void enter_met(const wg_subdistrict *s, const wg_need *n, wg_date today) {
  wg_tally *tally = tally_of(s, n);
  if (today <= n->due)
    tally->met_on_time++;
  else
    tally->met_late++;
  tally->closed++;
  tally->closed_on_legal_time += today <= n->legal_due;
  const size_t cell = (size_t)(tally - wg_tallies(s));
  wg_delays(s)[cell * WG_DELAY_BIN_COUNT + delay_bin((uint32_t)today - n->filed)].closed++;
}

// A need that nobody ever filed.
static void enter_latent(const wg_subdistrict *s, const wg_need *n, wg_date today) {
  wg_tally *tally = tally_of(s, n);
  const bool withdrawn = n->state == WG_NEED_WITHDRAWN;
  tally->withdrawn += withdrawn;
  tally->lapsed_latent += !withdrawn;
  if (n->due <= s->month_last)
    tally->due -= withdrawn && n->due >= today;
  else if (!withdrawn)
    ahead_of(s, n, n->due)->due++;
}

static void enter_case(const wg_subdistrict *s, const wg_need *n, wg_date today) {
  if (n->state == WG_NEED_MET)
    enter_met(s, n, today);
  else if (n->state == WG_NEED_WITHDRAWN)
    tally_of(s, n)->withdrawn++;
  else
    tally_of(s, n)->lapsed_waiting++;
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
    wg_need_close(s, row);
  }
  while (s->ended_list != WG_NO_ROW) {
    const uint32_t row = s->ended_list;
    const wg_need *n = wg_needs(s) + row;
    s->ended_list = n->sibling;
    enter_case(s, n, context->today);
    wg_need_close(s, row);
  }
}

// Open needs are counted in the pool, not derived from the flows, so that the balance is a check.
static void month_end(wg_context *context) {
  const wg_subdistrict *s = context->s;
  const wg_need *needs = wg_needs(s);
  for (uint32_t row = 0; row < wg_needs_count(s); row++)
    if (needs[row].identity != 0)
      tally_of(s, needs + row)->open++;
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

static void lapsed(const wg_world *world, wg_place place, void *block) {
  int64_t *sums = block;
  for (uint32_t v = 0; v < world->catalogue.service_count; v++)
    sums[v] = 0;
  WG_FOR_COMMUNITIES(world, place, s, c)
  for (uint32_t v = 0; v < s->service_count; v++) {
    const wg_tally *t = wg_tallies(s) + (size_t)c * s->service_count + v;
    sums[v] += (int64_t)t->lapsed_latent + t->lapsed_waiting;
  }
}

// In the order of the axis of reasons: not found, queued too long.
static void unmet_reason(const wg_world *world, wg_place place, void *block) {
  int64_t *sums = block;
  for (size_t v = 0; v < (size_t)world->catalogue.service_count * 2; v++)
    sums[v] = 0;
  WG_FOR_COMMUNITIES(world, place, s, c)
  for (size_t v = 0; v < s->service_count; v++) {
    const wg_tally *t = wg_tallies(s) + (size_t)c * s->service_count + v;
    sums[v * 2] += t->lapsed_latent;
    sums[v * 2 + 1] += (int64_t)t->lapsed_waiting + t->met_late;
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
    {"lapsed", WG_I32, BY_SERVICE, "need", "Needs that lapsed, found or not", "自行消失", lapsed},
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
    .doc = "Arisen = met on time + met late + lapsed + withdrawn + open, in integers, by service, month and the place "
           "where the "
           "need arose. Coverage belongs to the month in which the need's own limit falls (onset + allowance for "
           "finding + "
           "legal limit); on-time closing runs from filing. A need withdrawn before its limit leaves what is due.",
    .outputs = outputs,
    .output_count = sizeof outputs / sizeof *outputs,
    .month_start = month_start,
    .day = day,
    .month_end = month_end,
};
