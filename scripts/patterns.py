#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""patterns.py : sweeps that show the model's patterns 1 to 5; writes docs/patterns.md and docs/images/pattern-*.png.

Four subdistricts, three years, common luck, two runs at a time, some four minutes. Each sweep is a function that
returns its rows, so that tests can hold the same sweep to its direction and shape in a smaller part of the district."""
import re
import time

import numpy as np

from sweep import BASELINE, ROOT, Sweep, command, configured, filled, known_parameters, table

PART = ["110108011000", "110108015000", "110108024000", "110108029000"]  # 中关村, 燕园, 东升, 苏家坨
END = "2013-11-01"
LATER = slice(13, None)  # the first year settles
TEAM = "grid_team"
OFFICERS = [0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0]
FACTORS = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0, 2.0]
PATROLLING = [1.0, 1.5, 2.0, 3.0, 4.0]
MISDIRECTED = [0.0, 0.15, 0.3, 0.45]
STRENGTHS = [0.0, 0.25, 0.5, 0.75, 1.0]
TAKEN = [0.0, 0.15, 0.3, 0.45, 0.6, 0.75]
CHANNELS = [0.0, 1.0, 5.0, 10.0]
HANDLING = {"bad": 0.3, "good": 1.5}  # staff of all desks, as a factor


class Base:
    """What the sweeps ask of the configuration: the baseline's own result, and which settings this program knows."""

    def __init__(self, sweep):
        self.result = sweep.live("base")
        self.known = known_parameters()

    def staff(self, factor, kinds=None):
        """All desks with so many times their staff."""
        return [f"desks.{kind}.{key}={configured(self.result.configuration, kind, key) * factor:.8f}"
                for kind in kinds or self.result.desk_kinds for key in ("staff", "staff_per_10000")]

    def each_service(self, key, value):
        return [f"services.{code}.{key}={value}" for code in self.result.services] if f"services.ID.{key}" in self.known else []

    def fixed_rates(self):
        """Needs arise at the configured rates, whatever is handled."""
        return [f"{path}=0.0" for path in ("disorder.gain",) if path in self.known] + \
            self.each_service("repeat_share", "0.0") + self.each_service("repeat_after_met", "0.0")

    def channels(self, factor):
        """All channels of trust so many times as strong; at most 1."""
        text = self.result.configuration
        at = re.compile("^trust:", re.MULTILINE).search(text).end()
        told = []
        for key in ("efficacy", "grievance", "refusal", "rework"):
            if f"trust.{key}" in self.known:
                value = float(re.compile(rf"\b{key} = ([^;]*);").search(text, at).group(1))
                told.append(f"trust.{key}={min(1.0, value * factor):.8f}")
        return told


# ---- the sweeps ----

def officers_sweep(sweep, officers=OFFICERS):
    """Pattern 1: officers per grid; they patrol too, so what is filed moves as well."""
    runs = sweep.live_all({n: ("", [f"desks.{TEAM}.staff={n}"]) for n in officers})
    return [{"officers": n, "coverage": runs[n].coverage(LATER), "filed": runs[n].a_year("cases_filed", LATER),
             "days": runs[n].days_to_closing(LATER)} for n in officers]


def load_sweep(sweep, base, factors=FACTORS):
    """Pattern 1: all desks' staff by a factor. Nobody is found, so the same cases are offered to all."""
    still = base.fixed_rates() + base.channels(0.0) + ["finding.patrol_effect=0.0", "finding.outreach_effect=0.0"]
    never = base.each_service("patience_days", "0.0")
    runs = sweep.live_all({(f, lapsing): ("", base.staff(f) + still + ([] if lapsing else never))
                           for f in factors for lapsing in (True, False)})
    ample = runs[max(factors), False]
    floors = {kind: configured(ample.configuration, kind, "looking_floor") if
              configured_looks(ample.configuration, kind) else 0.0 for kind in ample.desk_kinds}
    offered = ample.a_year("person_minutes", LATER)
    used, looking = ({kind: ample.sum(f"person_minutes_{what}", LATER, desk_kind=kind) for kind in ample.desk_kinds}
                     for what in ("used", "looking"))
    work = {kind: used[kind] - looking[kind] for kind in used}
    rows = []
    for f in factors:
        shortest = min(runs[f, False].sum("person_minutes_available", LATER,
                                          desk_kind=kind) * (1 - floors[kind]) / work[kind]
                       for kind in work if work[kind])
        hours = sum(runs[f, False].a_year("person_minutes_available", LATER, desk_kind=kind) * (1 - floors[kind])
                    for kind in ample.desk_kinds)
        backlog = runs[f, False].by_month("backlog")
        per_1000 = 1000 / base.result.residents(slice(0, 1))
        rows.append({"factor": f, "hours_by_work": hours / offered, "shortest": float(shortest),
                     "coverage": runs[f, True].coverage(LATER), "filed": runs[f, False].a_year("cases_filed", LATER),
                     "backlog": backlog * per_1000, "growth": np.diff(backlog[::12]) * per_1000,
                     "backlog_lapsing": runs[f, True].by_month("backlog") * per_1000})
    return rows


def configured_looks(text, kind):
    at = re.compile("^desks:", re.MULTILINE).search(text).end()
    at = re.compile(rf"\b{kind}: ").search(text, at).end()
    return re.compile(r"\blooks = \"(\w+)\"").search(text, at).group(1) != "none"


def patrol_sweep(sweep, base, officers=PATROLLING):
    """Pattern 2: from the second year on, more officers; or more officers who only patrol, with no hour more for handling."""
    floor = configured(base.result.configuration, TEAM, "looking_floor")
    fixed = base.fixed_rates()
    variants = {}
    for n in officers:
        for who, share in (("both", 0.0), ("patrol", (1 - floor) * (1 - 1 / n))):
            variants[n, who] = (f'{{ policy = "grid_staffing"; from = "2011-11-01"; params: {{ officers_per_grid = {n}; '
                                f"patrol_share = {share:.8f}; }}; }}", fixed)
    runs = sweep.live_all(variants)
    rows = []
    for (n, who), run in runs.items():
        rows.append({"officers": n, "who": who, "coverage": run.coverage(LATER), "observed": run.observed(LATER),
                     "patrol": run.a_year("person_minutes_looking", LATER, desk_kind=TEAM) * 1000 / 365.25,
                     "filed": run.a_year("cases_filed", LATER), "arisen": int(run.sum("needs_arisen", LATER,
                                                                                      services=run.episodes)),
                     "filed_by_month": run.by_month("cases_filed")[LATER],
                     "coverage_by_month": run.by_month("met_due")[LATER] / run.by_month("due")[LATER]})
    return rows


def rise(rows, n, months=12):
    """Filed and coverage of n officers less those of the fewest, by month, as shares of their mean in the last months."""
    few, many = (next(r for r in rows if r["who"] == "both" and r["officers"] == k) for k in (rows[0]["officers"], n))
    told = [many[key] - few[key] for key in ("filed_by_month", "coverage_by_month")]
    return [line / line[-months:].mean() for line in told]


def network_sweep(sweep, misdirected=MISDIRECTED, strengths=STRENGTHS):
    """Pattern 3: the networks apart or fused, by how many cases are misdirected, and by how far fusion goes."""
    fused = '{{ policy = "network_fusion"; strength = {}; }}'
    runs = sweep.live_all({**{("apart", m): ("", [f"dispatch.misroute={m}"]) for m in misdirected},
                           **{("fused", m): (fused.format(1.0), [f"dispatch.misroute={m}"]) for m in misdirected},
                           **{("strength", s): (fused.format(s), []) for s in strengths}})
    rows = []
    for (what, at), run in runs.items():
        hours = [int(run.sum("person_minutes_available", LATER, desk_kind=kind)) for kind in run.desk_kinds
                 if "department" not in kind]
        rows.append({"what": what, "at": at, "hours": hours, "days": run.days_to_closing(LATER),
                     "coverage": run.coverage(LATER),
                     "transfers": float(run.sum("transfers", LATER) / run.sum("cases_filed", LATER))})
    return rows


def taken_sweep(sweep, base, shares=TAKEN):
    """Pattern 4: a share of the officers' hours is taken, for a great event or by office work."""
    clerical = configured(base.result.configuration, TEAM, "clerical_share")
    variants = {}
    for s in shares:
        variants["event", s] = (f'{{ policy = "event_security"; params: {{ preparation_days = 0; facilities = 1.0; '
                                f"order = 1.0; officers_taken = {s}; teams_taken = 0.0; committees_taken = 0.0; }}; }}", [])
        variants["office", s] = ("", [f"desks.{TEAM}.clerical_share={1 - (1 - clerical) * (1 - s):.8f}"])
    return [{"what": what, "taken": s, "hours": run.a_year("person_minutes_available", LATER, desk_kind=TEAM),
             "found": run.a_year("needs_found", LATER), "coverage": run.coverage(LATER), "days": run.days_to_closing(LATER)}
            for (what, s), run in sweep.live_all(variants).items()]


def trust_sweep(sweep, base, channels=CHANNELS):
    """Pattern 5: good and bad handling, with the channels of trust closed and so many times as strong as assumed."""
    fixed = base.fixed_rates() + ["trust.report_slope=1.0"]
    runs = sweep.live_all({(how, g): ("", base.staff(HANDLING[how]) + base.channels(g) + fixed)
                           for how in HANDLING for g in channels})
    years = [slice(1 + 12 * y, 13 + 12 * y) for y in range(base.result.months // 12)]
    rows = []
    for (how, g), run in runs.items():
        filed, found = ([int(run.sum(name, year, services=run.episodes)) for year in years]
                        for name in ("cases_filed", "needs_found"))
        rows.append({"handling": how, "channels": g,
                     "trust": np.array([run.mean("trust", slice(m, m + 1)) for m in range(run.months + 1)]),
                     "trust_by_year": [run.mean("trust", year) for year in years],
                     "reported_by_year": [a - b for a, b in zip(filed, found)]})
    return rows


def loop(*settings):
    """How many needs one open need brings about at most, through disorder, as `wangge check` says."""
    told = command("check", BASELINE, *[word for text in settings for word in ("--set", text)]).stdout
    found = re.search(r"at most ([0-9.]+) further", told)
    return float(found.group(1)) if found else None


def disorder_sweep(sweep, base, steps=(0.0, 0.5, 1.0, None)):
    """Pattern 5: good and bad handling, by the gain of disorder (None: near the largest let pass); [] without disorder."""
    if "disorder.gain" not in base.known:
        return []
    at = re.compile("^disorder:", re.MULTILINE).search(base.result.configuration).end()
    gain = float(re.compile(r"\bgain = ([^;]*);").search(base.result.configuration, at).group(1))
    largest = 0.97 * gain / loop()
    gains = sorted({round(largest if step is None else step * gain,
                          6) for step in steps if step is None or step * gain <= largest})
    still = base.channels(0.0) + base.fixed_rates()
    runs = sweep.live_all({(how, g): ("", base.staff(HANDLING[how]) + still + [f"disorder.gain={g}"])
                           for how in HANDLING for g in gains})
    years = [slice(1 + 12 * y, 13 + 12 * y) for y in range((base.result.months) // 12)]
    return [{"handling": how, "gain": g, "loop": loop(f"disorder.gain={g}"),
             "disorder_by_year": [run.mean("disorder", year) for year in years],
             "arisen_by_year": [int(run.sum("needs_arisen", year, services=run.episodes)) for year in years],
             "open": run.by_month("open_needs")} for (how, g), run in runs.items()]


# ---- the page ----

def share(number):
    return f"{100 * number:.1f}"


def figure(number, draw):
    import matplotlib
    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    plt.rcParams["font.family"] = ["Noto Sans CJK JP", "DejaVu Sans"]  # the collection's first name; it holds all of CJK
    plt.rcParams["axes.unicode_minus"] = False
    picture, axes = plt.subplots(1, 2, figsize=(11, 4.2))
    draw(*axes)
    for axis in axes:
        axis.grid(alpha=0.25)
        if not axis.get_legend():
            axis.legend(fontsize=8)
    picture.tight_layout()
    picture.savefig(ROOT / f"docs/images/pattern-{number}.png", dpi=75, metadata={"Software": None})
    plt.close(picture)


COVERAGE = "到期需求的覆盖率 coverage of needs when due, %"


def page_1(sweep, base):
    officers, load = officers_sweep(sweep), load_sweep(sweep, base)

    def draw(left, right):
        left.plot([r["officers"] for r in officers], [100 * r["coverage"] for r in officers], "o-",
                  label="网格员巡查并处置 officers patrol and handle")
        left.plot([r["shortest"] for r in load], [100 * r["coverage"] for r in load], "s--",
                  label="无巡查: 横轴为最缺工时一类的工时/工作量\nnobody looks: hours by work, kind shortest of them")
        left.set_xlabel("每格网格员 officers per grid")
        left.set_ylabel(COVERAGE)
        left.set_ylim(0)
        for row in load:
            if row["factor"] in (0.1, 0.2, 0.3, 0.5, 1.0):
                right.plot(row["backlog"], label=f"工时/工作量 hours by work {row['hours_by_work']:.2f}, {row['shortest']:.2f}")
        right.set_xlabel("月 month (无自消 nothing lapses; 工时 hours: all, shortest kind)")
        right.set_ylabel("积压 cases waiting per 1,000 residents")

    figure(1, draw)
    return f"""## 1 Staff and the offered load 人员与工作量

Swept: officers of each grid (`desks.grid_team.staff`); then the staff of all desks by one factor, where nobody looks
(`finding.*_effect = 0`) so that the same cases are offered to all, and no case lapses in a queue
(`services.*.patience_days = 0`) in the last three columns.

{table(["officers per grid", "filed per resident-year", "coverage, %", "per further officer, points", "days to closing"],
       [[f"{r['officers']:g}", f"{r['filed']:.3f}", share(r["coverage"]),
         f"{100 * (r['coverage'] - b['coverage']) / (r['officers'] - b['officers']):+.1f}" if b else "", f"{r['days']:.1f}"]
        for b, r in zip([None, *officers], officers)])}

{table(["staff, factor", "hours that may handle, by work offered", "of the kind of desk shortest of them",
        "coverage, % (lapsing)",
        "growth of the backlog in year 1, cases per 1,000 residents",
        "year 2", "year 3"],
       [[f"{r['factor']:g}", f"{r['hours_by_work']:.2f}", f"{r['shortest']:.2f}", share(r["coverage"]),
         *(f"{g:.1f}" for g in r["growth"])] for r in load])}

Where hours fall short of the work offered, queues in which nothing lapses grow by about as much every year (a little
less: people leave and take their needs along); above it they stand still. Hours are not shared between kinds of desks:
the kind shortest of them decides (work as it falls to each kind at the most staff), and between the two columns some
desks are short while others have hours left. Beyond the load coverage rises ever less with staff: what limits it then is
who hears of a need, and more so where officers don't look.

Rests on: handling work (`services.*.work_minutes`), hours, `finding.patrol_effect`, lapsing (`lapse_days`,
`patience_days`), all assumed.

![pattern 1](images/pattern-1.png)
"""


def page_2(sweep, base):
    rows = patrol_sweep(sweep, base)
    filed, coverage = rise(rows, 2.0)
    both = [r["coverage"] for r in rows if r["who"] == "both"]
    same = "the same" if len({r["arisen"] for r in rows}) == 1 else "NOT the same"
    fall = " With the most officers it falls even where they handle as well, since the teams behind them don't grow."
    fall = fall if both[-1] < max(both) else ""

    def draw(left, right):
        for who, label, style in (("both", "巡查和处置 they patrol and handle", "o-"), ("patrol", "只巡查 they only patrol",
                                                                                   "s--")):
            some = [r for r in rows if r["who"] == who]
            left.plot([r["filed"] for r in some], [100 * r["coverage"] for r in some], style,
                      label=f"增加的网格员 further officers: {label}")
            for r in some:
                left.annotate(f"{r['officers']:g}", (r["filed"], 100 * r["coverage"]), fontsize=8, xytext=(3, 4),
                              textcoords="offset points")
        left.set_xlabel("立案 cases filed per resident-year (点旁: 每格网格员 beside points: officers)")
        left.set_ylabel(COVERAGE)
        left.set_ylim(0)
        months = np.arange(1, len(filed) + 1)
        right.plot(months, filed, label="立案 cases filed")
        right.plot(months, coverage, label="覆盖率 coverage")
        right.axhline(1.0, color="grey", linewidth=0.8)
        right.set_xlabel("增至每格两人后的月份 months since a second officer came")
        right.set_ylabel("增量 / 末年平均增量 rise by its last year's mean")
        right.set_ylim(0)

    figure(2, draw)
    return f"""## 2 Who looks, finds 巡查与立案

Swept: officers from the second year on (`grid_staffing`: `officers_per_grid`), once as they are, and once with the
further officers for patrol only (`patrol_share` so that what handling may take stays); rates of needs fixed (needs arisen
are {same} in every row, those for continuing services aside, which nobody has twice).

{table(["officers per grid", "further ones", "patrol, minutes per 1,000 residents and day",
        "filed per resident-year", "coverage, %", "as officials see it, %"],
       [[f"{r['officers']:g}", {"both": "patrol and handle", "patrol": "only patrol"}[r["who"]] if r["officers"] > 1 else "–",
         f"{r['patrol']:.0f}", f"{r['filed']:.3f}", share(r["coverage"]), share(r["observed"])]
        for r in rows if r["officers"] > 1 or r["who"] == "both"])}

In the first month after a second officer has come the rise in cases filed is {100 * filed[0]:.0f} % of what it is in the
last year, that of coverage {100 * coverage[0]:.0f} %: patrol first raises what is filed, from the stock of what nobody
knew of. Coverage follows only as far as somebody handles what is found: officers who only patrol fill the queues, and
coverage *falls* while ever more is filed.{fall}

Rests on: `finding.patrol_effect`, `services.*.detection`, work and hours, queues in order of severity and due date, all
assumed.

![pattern 2](images/pattern-2.png)
"""


def page_3(sweep, base):
    del base
    rows = network_sweep(sweep)
    same = "the same in every row, to the minute" if len({tuple(r["hours"]) for r in rows}) == 1 else "NOT the same in all rows"
    apart, fused, by_strength = ([r for r in rows if r["what"] == what] for what in ("apart", "fused", "strength"))

    def draw(left, right):
        for some, label, style in ((apart, "三网分立 networks apart", "o-"), (fused, "三网融合 fused", "s--")):
            left.plot([100 * r["at"] for r in some], [r["days"] for r in some], style, label=label)
        left.set_xlabel("误派概率 probability of misdirection, %")
        left.set_ylabel("办理天数 mean days from filing to closing")
        right.plot([r["at"] for r in by_strength], [r["days"] for r in by_strength], "o-", label="办理天数 days to closing")
        right.plot([r["at"] for r in by_strength], [10 * r["transfers"] for r in by_strength], "s--",
                   label="每十件转办次数 hand-offs per ten cases")
        right.set_xlabel("融合程度 strength of fusion")
        right.set_ylim(0)

    figure(3, draw)
    return f"""## 3 Silos cost time 条块分割与三网融合

Swept: `dispatch.misroute` with the networks apart and fused (`network_fusion`), then the strength of fusion. Hours
available of grids, communities and teams are {same}; the district's departments divide theirs among subdistricts anew
each month.

{table(["misdirected, %", "apart: days to closing", "fused", "apart: hand-offs per case", "fused",
        "apart: coverage, %", "fused"],
       [[f"{100 * a['at']:g}", f"{a['days']:.2f}", f"{f['days']:.2f}", f"{a['transfers']:.2f}", f"{f['transfers']:.2f}",
         share(a["coverage"]), share(f["coverage"])] for a, f in zip(apart, fused)])}

{table(["strength of fusion", "days to closing", "hand-offs per case", "coverage, %"],
       [[f"{r['at']:g}", f"{r['days']:.2f}", f"{r['transfers']:.2f}", share(r["coverage"])] for r in by_strength])}

The more is misdirected, the longer cases travel with the networks apart, and the more fusing them saves; where nothing is
misdirected little is left to save. Not a minute is added.

Rests on: `dispatch.misroute`, `handling.transfer_days`, `desks.*.pass_on_minutes`, and what fusion does to them
(`network_fusion`'s parameters), all assumed.

![pattern 3](images/pattern-3.png)
"""


def page_4(sweep, base):
    rows = taken_sweep(sweep, base)
    event, office = ([r for r in rows if r["what"] == what] for what in ("event", "office"))

    def draw(left, right):
        for axis, key, factor in ((left, "coverage", 100), (right, "found", 1)):
            for some, label, style in ((event, "重大活动抽调 duty for an event", "o-"), (office, "办公事务 office work", "x--")):
                axis.plot([100 * r["taken"] for r in some], [factor * r[key] for r in some], style, label=label)
            axis.set_xlabel("占用网格员工时 officers' hours taken, %")
            axis.set_ylim(0)
        left.set_ylabel(COVERAGE)
        right.set_ylabel("巡查发现 found per resident-year")

    figure(4, draw)
    return f"""## 4 Capacity is scarce and shared 人手有限

Swept: the share of officers' hours that is taken, for the duty of a great event (`event_security`: `officers_taken`,
nothing else of it) or by office work (`desks.grid_team.clerical_share`), so that both leave the same hours.

{table(["hours taken, %", "officers' hours left, minutes per resident-year", "found per resident-year",
        "coverage, %", "the same, office work",
        "days to closing"],
       [[f"{100 * e['taken']:g}", f"{e['hours']:.1f}", f"{e['found']:.3f}", share(e["coverage"]),
         share(o["coverage"]), f"{e['days']:.1f}"]
        for e, o in zip(event, office)])}

What is taken is missing in the grid, whatever it is taken for: less is found and handled, and what is filed waits longer.

Rests on: officers' hours and work, `finding.patrol_effect`, and the shares taken, all assumed.

![pattern 4](images/pattern-4.png)
"""


def page_5(sweep, base):
    trust, disorder = trust_sweep(sweep, base), disorder_sweep(sweep, base)
    closed = {r["handling"]: r for r in trust if r["channels"] == 0.0}
    none = {r["handling"]: r for r in disorder if r["gain"] == 0.0}

    def change(row, without, what, year):
        return 100 * (row[what][year] / without[row["handling"]][what][year] - 1)

    def draw(left, right):
        for row in trust:
            left.plot(row["trust"], "-" if row["handling"] == "good" else "--", color=f"C{CHANNELS.index(row['channels'])}",
                      label=f"{'良好 good' if row['handling'] == 'good' else '不良 bad'}, 渠道 channels x {row['channels']:g}")
        left.set_xlabel("月 month")
        left.set_ylabel("平均信任 mean trust")
        low, high = left.get_ylim()
        left.set_ylim(low - 0.4 * (high - low))
        left.legend(fontsize=7, ncol=2, loc="lower left")
        for how, label, style in (("good", "良好处置 good handling", "o-"), ("bad", "不良处置 bad handling", "s--")):
            some = [r for r in disorder if r["handling"] == how]
            for year in (1, 2):
                right.plot([r["gain"] for r in some],
                           [100 * (r["arisen_by_year"][year] / none[how]["arisen_by_year"][year] - 1)
                                                       for r in some], style, alpha=0.5 * year,
                           label=f"{label}, 第{year + 1}年 year {year + 1}")
        right.set_xlabel("失序增益 disorder.gain")
        right.set_ylabel("产生的需求变化 change of needs arisen, %")

    figure(5, draw)
    told = table(["handling", "channels of trust", "mean trust, year 1", "year 2", "year 3",
                  "reported by residents in year 3, by that with channels closed, %"],
                 [[r["handling"], f"× {r['channels']:g}", *(f"{x:.4f}" for x in r["trust_by_year"]),
                   f"{change(r, closed, 'reported_by_year', -1):+.2f}"] for r in trust])
    if disorder:
        more = table(["handling", "`disorder.gain`", "at most brought about by one open need", "disorder, year 1",
                      "year 2", "year 3",
                      "needs arisen by those without gain, year 2, %", "year 3"],
                     [[r["handling"], f"{r['gain']:g}", f"{r['loop']:.2f}", *(f"{x:.3f}" for x in r["disorder_by_year"]),
                       *(f"{change(r, none, 'arisen_by_year', year):+.2f}" for year in (1, 2))]
                      for r in disorder])
    else:
        more = "The program that made this page does not know disorder."
    return f"""## 5 Good and bad handling feed on themselves 良性与恶性循环

Swept: the channels from outcomes to trust (`trust.efficacy`, `trust.grievance`, and those of refusals and returns where
the program has them), by a factor on the assumed strength; then the gain of disorder. Each with good handling
({HANDLING['good']:g} times the staff of all desks) and bad ({HANDLING['bad']:g} times). `trust.report_slope = 1`; nothing
repeats; continuing services aside, which nobody asks for who has them.

{told}

{more}

Good handling raises trust and what residents report, bad handling lowers both; with more left open, disorder brings more
needs. With the channels at zero good and bad handling leave trust, reporting and needs alike. Neither runs away: trust
returns to each resident's own level, and one open need brings about less than one further need. At the assumed strength
(× 1) the trust loop is very weak, since few residents have a case of their own in a year.

Rests on: `trust.*`, `disorder.*`, all assumed, the direction of disorder's effect disputed.

![pattern 5](images/pattern-5.png)
"""


def main():
    began = time.time()
    sweep = Sweep(PART, END)
    base = Base(sweep)
    pages = []
    for page in (page_1, page_2, page_3, page_4, page_5):
        pages.append(page(sweep, base))
        print(f"{page.__name__}: {time.time() - began:.0f} s, {sweep.lived} runs", flush=True)
    residents = base.result.residents(slice(0, 1))
    (ROOT / "docs/patterns.md").write_text(filled(f"""# Patterns that the model shows

Generated by `scripts/patterns.py`: {sweep.lived + 1} runs of `scenarios/baseline.cfg` in four subdistricts (中关村, 燕园, 东升,
苏家坨; {residents:,.0f} residents), three years from 2010-11-01, all with the same luck. Tables and pictures tell of the
second and third year unless they say otherwise. `tests/py/test_pattern_sweeps.py` holds each sweep to its direction and
shape. **Every size rests on assumed parameters**: the patterns say how the model works, not how much anything does in
Haidian. Days to closing are means over the middles of the histogram's bins.

""" + "\n".join(pages)), encoding="utf-8")


if __name__ == "__main__":
    main()
