#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""ranking.py [REPLICATES] : six policies against the baseline, by the share of needs that are filed; writes
docs/ranking.md.

needs.filed_volume is what is observed, so that the share of needs that are filed makes the rate of needs: 0.54 cases
filed a resident-year are 2.7 needs at a share of 0.2 and 0.9 at 0.6. Four subdistricts, three years, 4 replicates if not
said, two runs at a time."""
import sys
import time

import numpy as np

from sweep import BASELINE, ROOT, Sweep, command, filled, known_parameters, table

PART = ["110108011000", "110108015000", "110108024000", "110108029000"]  # 中关村, 燕园, 东升, 苏家坨
SHARES = [0.2, 0.3, 0.35, 0.4, 0.5, 0.6]
YEAR = slice(25, 37)  # the third year; policies are in force from the second one on
FROM = 'from = "2011-11-01"'
POLICIES = {  # each as its own defaults have it
    "grid_staffing": ("网格工作人员配置", f'{{ policy = "grid_staffing"; {FROM}; }}'),
    "duty_list": ("网格责任清单", f'{{ policy = "duty_list"; {FROM}; }}'),
    "network_fusion": ("三网融合", f'{{ policy = "network_fusion"; {FROM}; }}'),
    "sanshe_linkage": ("三社联动", f'{{ policy = "sanshe_linkage"; {FROM}; }}'),
    "station_separation": ("居站分设", f'{{ policy = "station_separation"; {FROM}; }}'),
    # Its duty, not the preparation, fills the year that is looked at.
    "event_security": ("重大活动服务保障", '{ policy = "event_security"; from = "2012-09-02"; }'),
}


def accepted(share, *settings):
    sets = [f"needs.filed_share={share}", 'run.subdistricts=["' + '", "'.join(PART) + '"]', *settings]
    return command("check", BASELINE, *[word for text in sets for word in ("--set", text)]).returncode == 0


def settings_for_all():
    """Settings without which the program refuses a share of the range, and a sentence that says so."""
    refused = [share for share in SHARES if not accepted(share)]
    if not refused:
        return [], "The defaults are accepted at every share."
    if "disorder.gain" in known_parameters():
        for gain in (0.08, 0.06, 0.04, 0.02):
            setting = f"disorder.gain={gain}"
            if all(accepted(share, setting) for share in refused):
                return [setting], (f"At {', '.join(map(str, refused))} the default `disorder.gain` is refused, since with so many needs "
                                   f"an open one could bring about more than one further; every run here has `{setting}`.")
    raise RuntimeError(f"refused at needs.filed_share = {refused}")


def measure(run):
    return {"coverage": 100 * run.coverage(YEAR), "observed": 100 * run.observed(YEAR), "filed": run.a_year("cases_filed",
                                                                                                            YEAR),
            "cost": run.sum("cost_fen", YEAR) / 100 / run.residents(YEAR)}


def ranks(numbers):
    """1 for the largest."""
    return (-np.asarray(numbers)).argsort().argsort() + 1


def interval(values):
    """Mean and half the width of its 95 % interval over replicates (Student's t)."""
    quantile = {2: 12.71, 3: 4.30, 4: 3.18, 5: 2.78, 6: 2.57, 8: 2.36, 10: 2.26}.get(len(values), 2.0)
    return np.mean(values), quantile * np.std(values, ddof=1) / len(values) ** 0.5


def told(values, form="{:+.2f}"):
    mean, half = interval(values)
    return f"{form.format(mean)} ± {half:.2f}"


def main():
    began = time.time()
    replicates = int(sys.argv[1]) if len(sys.argv) > 1 else 4
    sets, range_told = settings_for_all()
    sweep = Sweep(PART, "2013-11-01")
    entries = {"": "", **{name: entry for name, (_, entry) in POLICIES.items()}}
    runs = sweep.live_all({(share, name, r): (entry, [f"needs.filed_share={share}", f"run.replicate={r}", *sets])
                           for share in SHARES for r in range(replicates) for name, entry in entries.items()})
    numbers = {key: measure(run) for key, run in runs.items()}
    # What outreach takes from the committees, which also verify what others have handled.
    no_outreach = sweep.live_all({(0.35, "sanshe_linkage without outreach", r): (
        POLICIES["sanshe_linkage"][1].replace("; }", "; params: { outreach_share = 0.0; }; }"),
        ["needs.filed_share=0.35", f"run.replicate={r}", *sets]) for r in range(replicates)})
    numbers |= {key: measure(run) for key, run in no_outreach.items()}

    def change(share, name, what):
        return np.array([numbers[share, name, r][what] - numbers[share, "", r][what] for r in range(replicates)])

    names = list(POLICIES)
    by_coverage = {share: ranks([change(share, name, "coverage").mean() for name in names]) for share in SHARES}
    drawn = {share: np.array([ranks([change(share, name,
                                            "coverage")[r] for name in names]) for r in range(replicates)]) for share in SHARES}

    def price(share, name):
        """Yuan per resident-year and point; nan where coverage does not rise."""
        gain = change(share, name, "coverage")
        mean, half = interval(gain)
        return float(change(share, name, "cost").mean() / mean) if mean > half else float("nan")

    def by_price(share):
        prices = [price(share, name) for name in names]
        return [str(int(sum(other < p for other in prices) + 1)) if p == p else "–" for p in prices]

    def order(share):
        return tuple(np.array(names)[by_coverage[share].argsort()])

    orders = {share: order(share) for share in SHARES}
    same = len(set(orders.values())) == 1
    # Two policies have changed places for certain where each leads the other at some share by more than luck explains.
    swapped = []
    for i, a in enumerate(names):
        for b in names[i + 1:]:
            leads = [interval(change(s, a, "coverage") - change(s, b, "coverage")) for s in SHARES]
            if any(m > h for m, h in leads) and any(-m > h for m, h in leads):
                swapped.append(f"`{a}` and `{b}`")
    if same:
        rank_text = "**The ranking by coverage is the same at every share from 0.2 to 0.6.**"
    else:
        spans = []
        for s in SHARES:
            if spans and orders[spans[-1][0]] == orders[s]:
                spans[-1].append(s)
            else:
                spans.append([s])
        listed = [f"- {', '.join(f'{s:g}' for s in span)}: " + " > ".join(f"`{name}`" for name in orders[span[0]])
                  for span in spans]
        rank_text = "**The ranking by coverage changes over the range:**\n\n" + "\n".join(listed) + "\n\n"
    if swapped:
        rank_text += " Beyond luck (95 % for each pair and share), these change places: " + ", ".join(swapped) + "."
    else:
        rank_text += " No two policies change places by more than luck explains (95 %, each pair by itself)."
    prices = {share: by_price(share) for share in SHARES}
    price_same = len({tuple(v) for v in prices.values()}) == 1
    price_text = "The ranking by cost per point " + ("is the same at every share." if price_same else
                                                     "changes, as the last table shows.")
    wobble = {s: max(int(np.ptp(drawn[s][:, i])) for i in range(len(names))) for s in SHARES}
    residents = runs[SHARES[0], "", 0].residents(YEAR)

    def grid(cell):
        return table(["policy", *(f"{s:g}" for s in SHARES)],
                     [[f"`{name}` {POLICIES[name][0]}", *(cell(s, i, name) for s in SHARES)]
                      for i, name in enumerate(names)])

    page = f"""# Six policies, by the share of needs that are filed

Generated by `scripts/ranking.py {replicates}`: {sweep.lived} runs, four subdistricts (中关村, 燕园, 东升, 苏家坨; {residents:,.0f}
residents), three years from 2010-11-01, {replicates} replicates; each policy and its baseline share their luck. Policies
begin on 2011-11-01 with their own default parameters, everywhere and at full strength; the duty of `event_security` fills
the third year. Numbers are of the third year, ± half a 95 % interval of the mean over replicates.

How many needs there are is not known: only filings are. `needs.filed_share` (assumed, 0.2 to 0.6) makes the rate of needs
from the volume filed, and reporting and finding scale with it. {range_told} **All effect sizes are assumed**: the ranking
is one of assumptions, in four subdistricts of one model, and no finding about the real policies.

{rank_text}
{price_text} (`grid_staffing` doubles the officers, the others move what exists; another size would have another place.)

Of the baseline:

{table(["share filed", *(f"{s:g}" for s in SHARES)],
       [[label, *(f"{np.mean([numbers[s, '', r][what] for r in range(replicates)]):.{d}f}" for s in SHARES)]
        for label, what, d in
        (("coverage, %", "coverage", 1), ("as officials see it, %", "observed", 1), ("filed per resident-year", "filed", 3),
         ("cost, yuan per resident-year", "cost", 1))])}

Rank by coverage (in brackets: best and worst over replicates; at most {max(wobble.values())} apart):

{grid(lambda s, i, name: f"{by_coverage[s][i]} ({drawn[s][:, i].min()}–{drawn[s][:, i].max()})")}

Change of coverage, points:

{grid(lambda s, i, name: told(change(s, name, "coverage")))}

Change of coverage as officials see it, points:

{grid(lambda s, i, name: told(change(s, name, "observed")))}

Cost, yuan per resident-year:

{grid(lambda s, i, name: f"{change(s, name, 'cost').mean():+.1f}")}

Cost per point of coverage, yuan per resident-year (– : no rise beyond luck), and rank by it:

{grid(lambda s, i, name: f"{price(s, name):.1f} ({prices[s][i]})" if price(s, name) == price(s, name) else "–")}

`sanshe_linkage` has committees visit more (`outreach_share`), hours that are missing where they handle, and verify what
officers have handled. Without that part of it coverage changes by
{told(change(0.35, "sanshe_linkage without outreach", "coverage"))} points at a share of 0.35, with it by
{told(change(0.35, "sanshe_linkage", "coverage"))}.

Coverage counts needs that nobody ever heard of, and the more needs there are the smaller a share of them anything
reaches. What officials see may move the other way where finding outruns handling. What cost takes in: wages and running
costs; nothing is said of what else a policy brings.
"""
    (ROOT / "docs/ranking.md").write_text(filled(page), encoding="utf-8")
    print(f"{sweep.lived} runs, {time.time() - began:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
