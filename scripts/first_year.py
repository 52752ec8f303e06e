#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""first_year.py [RUN.h5] : the baseline's first year beside the sources; writes docs/first-year.md.

Without a file it lives the first year of the whole district, some seconds. A variable that the file lacks leaves its row
out
and is named at the end."""
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import h5py
import numpy as np

from sweep import BASELINE, BINARY, ROOT

YEAR = slice(1, 13)
CITY = ["sanitation", "illegal_building", "parking_traffic", "public_facilities", "property_management"]
# Categories of the hotline that have a service of their own, and their shares of all demands in 2020, %.
HOTLINE = [("public_facilities", "public services", 5.9), ("property_management", "housing", 5.5), ("community_health",
                                                                                                    "health", 5.4),
           ("parking_traffic", "traffic", 4.3), ("dispute_mediation", "order", 4.2), ("employment", "labour", 3.2)]
WORKING_DAYS = 250


class Missing(Exception):
    pass


class File:
    def __init__(self, path):
        with h5py.File(path) as file:
            items = {name: item for name, item in file.items() if isinstance(item, h5py.Dataset)}
            self.variables = {name: item[:] for name, item in items.items() if item.dtype.kind in "iuf"}
            self.names = {name: list(item.asstr()[:]) for name, item in items.items()
                          if item.dtype.kind == "O" and item.ndim == 1}
            text = file.attrs["configuration"]
            self.text = text.decode() if isinstance(text, bytes) else text
            self.grids, self.communities = int(file["communities/grids"][:].sum()), len(file["communities/grids"])
        residents = self.variables["residents"].sum(axis=(1, 2, 3, 4)).astype(float)
        self.start, self.residents = residents[0], residents[0:12].mean()

    def values(self, name, axis=None, members=None):
        """By row and place, summed over the rest; of some members of the third axis if asked for."""
        if name not in self.variables:
            raise Missing(name)
        values = self.variables[name]
        if axis:
            absent = [m for m in members if m not in self.names.get(axis, ())]
            if absent:
                raise Missing(f"{axis} {absent[0]}")
            values = values[:, :, [self.names[axis].index(m) for m in members]]
        return values.reshape(values.shape[0], values.shape[1], -1).sum(axis=2).astype(float)

    def total(self, name, axis=None, members=None):
        return self.values(name, axis, members)[YEAR].sum()

    def at_end(self, name, weights, axis=None, members=None):
        """After a year, places weighted with residents, households, ..."""
        weights = self.values(weights)[12]
        return (self.values(name, axis, members)[12] * weights).sum() / weights.sum()

    def of_service(self, service, key):
        at = re.compile(r"^services:", re.MULTILINE).search(self.text).end()
        at = re.compile(rf"\b{service}: ").search(self.text, at).end()
        return re.compile(rf"\b{key} = ([^;]*);").search(self.text, at).group(1).strip('"')

    def of_group(self, group, key):
        at = re.compile(rf"^{group}:", re.MULTILINE).search(self.text).end()
        return float(re.compile(rf"\b{key} = ([^;]*);").search(self.text, at).group(1))


def rows_of(f):
    """Subject, then rows of: figure, model, unit, source's value, its grade, how the model comes by it, remark."""
    filed = lambda: f.total("cases_filed")
    found = lambda: f.total("needs_found")
    per_10000 = 1e4 / f.residents

    def reported(service=None):
        which = ("service", [service]) if service else ()
        return f.total("cases_filed", *which) - f.total("needs_found", *which)

    channels = [(f"– by the channel {channel}", lambda channel=channel: f.total("reported_by_channel", "channel",
                                                                                [channel]) * per_10000,
                 "per 10,000 residents and year", "2,055" if channel == "hotline" else "–",
                 "V" if channel == "hotline" else "assumed", "assumed",
                 "a decade earlier, when much was said at the counter" if channel == "hotline" else "no count")
                for channel in f.names.get("channel", [])]

    volume, share = f.of_group("needs", "filed_volume"), f.of_group("needs", "filed_share")
    six = sum(value for _, _, value in HOTLINE)
    listed = lambda: sum(reported(service) for service, _, _ in HOTLINE)
    workers = lambda kinds: f.values("staff", "desk_kind", kinds)[1].sum()

    def limit(service):
        return f"{f.of_service(service, 'limit')} {f.of_service(service, 'limit_unit').replace('_', ' ')}"

    def in_law(service):
        return lambda: 100 * f.total("closed_on_legal_time", "service", [service]) / f.total("closed", "service", [service])

    access = []
    for kind in f.names.get("facility", []):
        access.append((f"residents with access: {kind}", lambda kind=kind: 100 * f.at_end("access_coverage", "households",
                                                                                          "facility", [kind]), "%",
                       "87.5 % of communities in a circle, Beijing, end 2017", "V",
                       "follows from assumed numbers of facilities",
                       "a circle was counted where several services were near; not the same measure, seven years later"))
    return [
        ("Volumes", [
            ("needs arisen", lambda: f.total("needs_arisen") / f.residents, "per resident-year", "–", "assumed", "put in",
             f"needs.filed_volume {volume:g} / needs.filed_share {share:g}; the share is assumed (0.2 to 0.6)"),
            ("cases filed", lambda: filed() * per_10000, "per 10,000 residents and year", "about 5,400", "V, low", "set so",
             "sum of the two below; finding is set so that the second year meets it: the first begins with nothing open"),
            ("found by patrol or outreach", lambda: found() * per_10000, "per 10,000 residents and year", "3,300 to 3,500",
             "V, low",
             "set so", "inspection of Haidian, undated: nearly 3,000 problems a day"),
            ("found a day in the district", lambda: found() / 365, "case", "nearly 3,000", "V, low", "comes out",
             "the same source"),
            ("found by an officer and working day", lambda: f.total("needs_found") / workers(["grid_team"]) / WORKING_DAYS,
             "case", "about 8 by a supervisor", "V, low",
             "comes out", "365 supervisors only look and report; the officers, one to a grid, also handle; committees find some"),
            ("reported", lambda: reported() * per_10000, "per 10,000 residents and year", "2,055", "V", "set so",
             "hotline demands dispatched, Beijing 2020, inflated by the epidemic"),
            *channels,
            ("filed in city management", lambda: 100 * f.total("cases_filed", "service", CITY) / filed(), "%", "about 60",
             "V, low", "set so",
             "follows from the two volumes"),
        ]),
        ("What is reported, among six categories of the hotline", [
            (f"{label} ({service})", lambda service=service: 100 * reported(service) / listed(), "% of the six",
             f"{100 * value / six:.0f}",
             "V", "follows from assumed mix and reporting",
             f"2020, rescaled: the six are {six:.1f} % of all demands, most of the rest is unlisted")
            for service, label, value in HOTLINE
        ]),
        ("Limits", [
            ("limit: exposed refuse (sanitation)", lambda: limit("sanitation"), "", "4 working hours; road cleaning 2",
             "V, not Beijing", "put in", "the step is a day"),
            ("limit: illegal building", lambda: limit("illegal_building"), "", "20 working days", "V, not Beijing",
             "put in", ""),
            ("limit: parking and traffic", lambda: limit("parking_traffic"), "", "class of 24 hours", "V, draft of 2021",
             "put in", "which class a matter has is assumed"),
            ("limit: public facilities", lambda: limit("public_facilities"), "", "class of 7 days", "V, draft of 2021",
             "put in", "the same"),
            ("limit: property management", lambda: limit("property_management"), "", "class of 15 days",
             "V, draft of 2021", "put in", "the same; the class of 2 hours is not used"),
        ]),
        ("Handling", [
            ("closed within the legal limit", lambda: 100 * f.total("closed_on_legal_time") / f.total("closed"),
             "% of cases closed", "95", "V", "comes out",
             "大兴, 400,000 cases to mid-2017; whether cases still open were counted is not known"),
            ("– of those due", lambda: 100 * f.total("filed_met_due") / f.total("filed_due"), "% of cases due", "95", "V",
             "comes out", "cases still open or lapsed count as not handled"),
            ("– exposed refuse (sanitation)", in_law("sanitation"), "% of cases closed", "–", "assumed", "comes out", ""),
            ("– illegal building", in_law("illegal_building"), "% of cases closed", "–", "assumed", "comes out", ""),
            ("sent to the right network at once", lambda: 100 * (1 - f.total("misdirected") / filed()), "% of cases filed",
             "> 90 dispatched automatically", "V", "assumed",
             "大兴 2017, with a platform; automatic is not the same as right"),
            ("resolution", lambda: 100 * f.total("closed") / filed(), "% of cases filed", "53 (another account: 40)", "V",
             "comes out",
             "citywide, when hotline scoring began in 2019; as told by callers, for demands of the hotline alone"),
            ("satisfaction", lambda: 100 * f.total("satisfied") / f.total("rated"), "% of those asked",
             "65 (another account: 61)", "V", "set so",
             "citywide 2019; the probabilities by outcome are chosen for it and confirm nothing"),
            ("coverage", lambda: 100 * f.total("met_due") / f.total("due"), "% of needs due", "–", "assumed", "comes out",
             "counts needs that nobody ever heard of; nobody measures it"),
        ]),
        ("Grids, people, places", [
            ("residents per grid", lambda: f.start / f.grids, "resident",
             "1,175 (学院路), 1,560 (东城), about 1,000 in most cases", "V", "put in", "2011–12"),
            ("grids per community", lambda: f.grids / f.communities, "grid", "2.9 (东城)", "V", "comes out",
             "654 communities, those of 2016"),
            ("officers per grid", lambda: workers(["grid_team"]) / f.grids, "person", "–", "assumed", "put in",
             "no figure for 2010; vacant posts not counted"),
            ("community workers", lambda: f.at_end("community_workers_per_10000", "residents"), "per 10,000 residents",
             "18 (target for 2025)", "V, a target", "assumed",
             "a target for urban residents, not the practice of 2010"),
            ("space of service facilities", lambda: f.at_end("service_space_per_100_households", "households"),
             "m² per 100 households", "30 at least (target for 2025)",
             "V, a target", "assumed", "a target, not the practice of 2010"),
            ("grids with an officer", lambda: 100 * f.at_end("grids_staffed", "residents"), "%", "–", "assumed",
             "comes out", "or a part of one; short of 100 by vacant posts"),
            ("volunteers", lambda: 100 * f.at_end("volunteer_share", "residents"), "% of residents",
             "13 (target for 2020)", "V, a target", "assumed", "registered ones, a decade later"),
            *access,
        ]),
        ("Population", [
            ("births", lambda: f.total("births") / f.residents * 1000, "per 1,000 residents", "5.16", "V", "put in",
             "census 2010 ([vital-events.md](vital-events.md))"),
            ("deaths", lambda: f.total("deaths") / f.residents * 1000, "per 1,000 residents", "2.56", "V", "put in",
             "census 2010; the model's life expectancy is the city's, 80.2 in 2010"),
        ]),
    ]


def main():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder) / "first.h5"
        if len(sys.argv) < 2:
            subprocess.run([BINARY, "run", BASELINE, "-o", path, "--quiet", "--set", "run.end=2011-11-01", "--set",
                            "output.snapshot=[]",
                            "--set", "run.threads=2"], check=True, stdout=subprocess.DEVNULL)
        f = File(path)
    lines, missing = [], []
    for subject, rows in rows_of(f):
        lines.append(f"\n## {subject}\n\n| figure | model | unit | source | grade | in the model it | remark |\n|" + "---|" * 7)
        for name, value, unit, source, grade, way, remark in rows:
            try:
                number = value()
            except Missing as gap:
                missing.append(f"{name} ({gap})")
                continue
            if not isinstance(number, str):
                number = "–" if np.isnan(number) else f"{number:,.0f}" if abs(number) >= 100 else f"{number:.3g}"
            way = {"put in": "is put in", "set so": "is set near it", "comes out": "comes out",
                   "assumed": "is assumed"}.get(way, way)
            lines.append(f"| {name} | {number} | {unit} | {source} | {grade} | {way} | {remark} |")
    gap = f"\nNot in this file: {'; '.join(missing)}.\n" if missing else ""
    (ROOT / "docs/first-year.md").write_text(f"""# The baseline's first year beside the sources

Generated by `scripts/first_year.py` from `scenarios/baseline.cfg`, November 2010 to October 2011, the whole district.
Sources: `configs/haidian/*.cfg`. Grades of the sources: V, read in the named source; low, of doubtful standing; a target,
what a plan wants. Where none has a figure: `assumed`. **This table tests no theory**: what is put in, or set near a
source, agrees with it by construction as far as it does; what comes out rests on assumed parameters.
{chr(10).join(lines)}
{gap}
## Where the model differs, and why

- **Needs and volumes.** The two sources are of other years, and one of other places; the second year is set near their
  sum. The model is not set anew after each change of it, so that what is found and what is reported lie some per cent off.
- **Hotline.** 2,055 is all that was dispatched in 2020 whatever its way in was; the model's residents of 2010 report at
  counters too. The model's reports follow its mix of services; matters that patrols see are reported less.
- **Closed within the limit.** The 95 % are 大兴's of later years: nobody measured it for Haidian in 2010; here it follows
  from assumed hours and work. A rate of closed cases flatters, since what never closes is not in it.
- **Resolution.** The model closes more of what is filed than callers of 2019 said was resolved: a caller judges the
  outcome, the model's books count what desk and verifier call done, and small matters found by patrols are most of them.
- **Community workers, space, volunteers.** The sources are targets of plans for later years; the model assumes less.
- **Circles.** A circle of 2017 is a bundle of services near a community; the model tells for each kind of facility who
  can walk there.
- **Births.** The rates rise from those that Haidian's own infants of 2010 imply towards the city's of 2013, for women of
  family households only.
- **Deaths.** The census's own rate is lower than what the city's life expectancy gives on Haidian's age structure; which
  of the two is nearer the truth is not known here.

Without a counterpart in the model: social organisations (about 2,000 in 2007; V), life expectancy of 2016 (82.03; V) and
fertility (0.71 in 2010; M), which concern later years or enter as rates; 吹哨报到 and others of which only a direction is
known.
""", encoding="utf-8")


if __name__ == "__main__":
    main()
