// SPDX-License-Identifier: GPL-3.0-or-later
// All open needs, and the cases that some of them are. Latent needs are among them: officials see none of those.
#include "engine/emit.h"
#include "engine/emit_table.h"
#include "engine/flags.h"
#include "model/reporting.h"

// The states of open needs, in the order of wg_need_state.
static const char *const states[] = {"latent", "filed", "waiting", "on_way", "handled", "verifying", "listed"};
static const char *const state_labels[] = {"未发现", "立案", "待处置", "移交中", "处置完毕", "核查中", "轮候"};
_Static_assert(sizeof states / sizeof *states == WG_NEED_MET, "every open state has a name");

enum { CHANNELS = WG_CHANNEL_COUNT + 1 }; // how a case was filed: found, or by a channel

static int8_t desk_kind(const wg_subdistrict *s, const wg_need *n) {
  return n->desk == WG_NO_DESK ? -1 : (int8_t)wg_desks(s)[n->desk].kind;
}

static int32_t date(const wg_world *world, uint32_t day, bool known) {
  return known ? (int32_t)day - world->run->start : wg_emit_no_date;
}

// What is in the row of a place need, or of a latent one, that only residents' needs or cases have.
static int8_t of_group(const wg_need *n, uint32_t value) {
  return n->group == WG_GROUP_NOBODY ? -1 : (int8_t)value;
}

// The last day that has been lived.
static wg_date world_today(const wg_world *world) {
  return world->subdistricts[0].lived ? world->subdistricts[0].today : world->run->start;
}

#define NEED_FILL(name, ctype, expression)                                                                             \
  static void need_##name(const wg_world *world, const wg_subdistrict *s, uint32_t row, void *element) {               \
    const wg_need *n = wg_needs(s) + row;                                                                              \
    (void)world, (void)n;                                                                                              \
    *(ctype *)element = (ctype)(expression);                                                                           \
  }
NEED_FILL(identity, uint64_t, n->identity)
NEED_FILL(subdistrict, int64_t, s->code)
NEED_FILL(community, int64_t, wg_communities(s)[wg_grids(s)[n->grid].community].code)
NEED_FILL(grid, int16_t, wg_grids(s)[n->grid].number)
NEED_FILL(service, int8_t, n->service)
NEED_FILL(state, int8_t, n->state)
NEED_FILL(channel, int8_t, n->filed ? n->channel : -1)
NEED_FILL(desk_kind, int8_t, desk_kind(s, n))
NEED_FILL(resident, uint64_t, n->resident == WG_NO_ROW ? 0 : wg_residents(s)[n->resident].identity)
NEED_FILL(arose, int32_t, date(world, n->arose, true))
NEED_FILL(due, int32_t, date(world, n->due, true))
NEED_FILL(filed, int32_t, date(world, n->filed, n->filed != 0))
NEED_FILL(legal_due, int32_t, date(world, n->legal_due, n->filed != 0))
NEED_FILL(lapses, int32_t, date(world, n->lapses, n->lapses != WG_NEVER))
NEED_FILL(reports, int32_t, wg_need_reports(world, n, world_today(world)))
NEED_FILL(work, int32_t, n->work)
NEED_FILL(hand_offs, int8_t, wg_need_hand_offs(n))
NEED_FILL(returns, int8_t, wg_need_returns(n))
NEED_FILL(misdirected, int8_t, (n->marks & WG_MARK_MISDIRECTED) != 0)
NEED_FILL(returned, int8_t, (n->marks & WG_MARK_RETURNED) != 0)
NEED_FILL(escalated, int8_t, (n->marks & WG_MARK_ESCALATED) != 0)
NEED_FILL(repeat, int8_t, (n->marks & WG_MARK_REPEAT) != 0)
NEED_FILL(age_band, int8_t, of_group(n, wg_group_band(n->group)))
NEED_FILL(registration, int8_t, of_group(n, wg_group_registration(n->group)))
NEED_FILL(cohort, int8_t, of_group(n, wg_group_cohort(n->group)))

static uint32_t rows(const wg_subdistrict *s) {
  return wg_needs_count(s);
}

static bool is_open(const wg_subdistrict *s, uint32_t row) {
  return wg_needs(s)[row].identity != 0 && wg_need_is_open(wg_needs(s) + row);
}

static uint64_t identity(const wg_subdistrict *s, uint32_t row) {
  return wg_needs(s)[row].identity;
}

typedef struct names {
  wg_flags service, state, channel, desk_kind, age_band, registration;
} names;

static int make_names(const wg_world *world, names *all, wg_error *error) {
  int code = wg_flags_of_axis(world, WG_AXIS_SERVICE, &all->service, error);
  if (!code)
    code = wg_flags_of_axis(world, WG_AXIS_DESK_KIND, &all->desk_kind, error);
  if (!code)
    code = wg_flags_of_axis(world, WG_AXIS_AGE_BAND, &all->age_band, error);
  if (!code)
    code = wg_flags_of_axis(world, WG_AXIS_REGISTRATION, &all->registration, error);
  if (!code)
    code = wg_flags_make(sizeof states / sizeof *states, states, state_labels, &all->state, error);
  const char *channels[CHANNELS] = {"found"}, *channel_labels[CHANNELS] = {"发现"};
  for (int i = 1; i < CHANNELS; i++) {
    channels[i] = wg_channel_names[i - 1];
    channel_labels[i] = wg_channel_labels[i - 1];
  }
  if (!code)
    code = wg_flags_make(CHANNELS, channels, channel_labels, &all->channel, error);
  return code;
}

static void free_names(names *all) {
  wg_flags_free(&all->service);
  wg_flags_free(&all->state);
  wg_flags_free(&all->channel);
  wg_flags_free(&all->desk_kind);
  wg_flags_free(&all->age_band);
  wg_flags_free(&all->registration);
}

#define FLAGS(member) all->member.attributes, all->member.attribute_count
static int put(const wg_world *world, wg_date today, const names *all, const wg_emit_table *table, const wg_sink *sink,
               wg_error *error) {
  char name[WG_EMIT_NAME], unit[WG_EMIT_NAME];
  wg_emit_dated_name("needs", today, name);
  wg_emit_time_unit(world, unit);
  const wg_attribute *const when = wg_emit_date_attributes;
  const wg_emit_column columns[] = {
      {"need", NULL, "Identity of the need", "需求", WG_U64, need_identity, NULL, 0},
      {"subdistrict", NULL, "Code of the subdistrict where it arose", "街镇代码", WG_I64, need_subdistrict, NULL, 0},
      {"community", NULL, "Code of the community where it arose", "社区代码", WG_I64, need_community, NULL, 0},
      {"grid", NULL, "Number of the grid in the community", "网格号", WG_I16, need_grid, NULL, 0},
      {"service", NULL, "Service", "服务", WG_I8, need_service, FLAGS(service)},
      {"state", NULL, "State; officials do not see latent needs", "状态", WG_I8, need_state, FLAGS(state)},
      {"channel", NULL, "How it was filed; -1: not filed", "渠道", WG_I8, need_channel, FLAGS(channel)},
      {"desk_kind", NULL, "Kind of the desk that has it, or to which it is on its way; -1: none", "服务力量", WG_I8,
       need_desk_kind, FLAGS(desk_kind)},
      {"resident", NULL, "Identity of whose it is; 0: a place's, or a resident's who has moved away", "居民", WG_U64,
       need_resident, NULL, 0},
      {"arose", unit, "Day of onset", "产生日", WG_I32, need_arose, when, 1},
      {"due", unit, "Last day of the need's own limit", "需求期限", WG_I32, need_due, when, 1},
      {"filed", unit, "Day of filing", "立案日", WG_I32, need_filed, when, 2},
      {"legal_due", unit, "Last day of the legal limit", "法定期限", WG_I32, need_legal_due, when, 2},
      {"lapses", unit, "Day on which it will lapse if nobody has met it by then; nobody knows it", "自行消失日", WG_I32,
       need_lapses, when, 2},
      {"work", "minute", "Work left, of handling or of verifying; 0 before filing", "剩余工时", WG_I32, need_work, NULL,
       0},
      {"reports", "report", "Reports so far: one case may have several reporters", "上报次数", WG_I32, need_reports,
       NULL, 0},
      {"hand_offs", NULL, "Hand-offs so far; 15 stands for more", "转办次数", WG_I8, need_hand_offs, NULL, 0},
      {"returns", NULL, "Returns so far; 15 stands for more", "返工次数", WG_I8, need_returns, NULL, 0},
      {"misdirected", NULL, "Has been sent to another network's team", "误派", WG_I8, need_misdirected, NULL, 0},
      {"returned", NULL, "Has failed verification", "返工", WG_I8, need_returned, NULL, 0},
      {"escalated", NULL, "Has gone to a wider desk", "升级", WG_I8, need_escalated, NULL, 0},
      {"repeat", NULL, "An earlier need that came back", "反复", WG_I8, need_repeat, NULL, 0},
      {"age_band", NULL, "Age band of the resident at onset; -1: a place's need", "年龄段", WG_I8, need_age_band,
       FLAGS(age_band)},
      {"registration", NULL, "Household registration of the resident at onset; -1: a place's need", "户籍", WG_I8,
       need_registration, FLAGS(registration)},
      {"cohort", NULL, "Whether the resident lived here at the start; -1: a place's need", "初始居民", WG_I8,
       need_cohort, NULL, 0},
  };
  return wg_emit_table_put(sink, name, "need", table, columns, sizeof columns / sizeof *columns, error);
}

int wg_emit_needs(const wg_world *world, wg_date today, const wg_sink *sink, wg_error *error) {
  static const wg_emit_choice open_ones = {rows, is_open, identity};
  names all = {0};
  wg_emit_table table;
  int code = wg_emit_table_choose(world, &open_ones, &table, error);
  if (!code)
    code = make_names(world, &all, error);
  if (!code)
    code = put(world, today, &all, &table, sink, error);
  free_names(&all);
  wg_emit_table_free(&table);
  return code;
}
