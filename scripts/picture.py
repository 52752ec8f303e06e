#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""picture.py RUN.h5 PICTURE.png: coverage by network, the population at start and end, communities on the map."""
import json
import sys
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
import xarray

plt.rcParams["font.family"] = ["Noto Sans CJK JP", "DejaVu Sans"]  # the collection's first name; it holds all of CJK
plt.rcParams["axes.unicode_minus"] = False

NETWORKS = {
    "城市管理网 city management": ["sanitation", "illegal_building", "parking_traffic", "public_facilities",
                             "property_management"],
    "社会服务网 social service": ["elder_care", "child_care", "disability_support", "social_assistance", "employment",
                            "community_health", "culture_sport", "administrative_errands"],
    "社会治安网 public order": ["safety_hazards", "dispute_mediation", "fire_safety", "floating_population"],
}

data = xarray.open_dataset(sys.argv[1], engine="h5netcdf")
communities = xarray.open_dataset(sys.argv[1], group="communities", engine="h5netcdf")
figure, (left, middle, right) = plt.subplots(1, 3, figsize=(15, 4.6), width_ratios=[1.1, 1, 1])

for label, services in NETWORKS.items():
    part = data.sel(service=services).isel(time=slice(3, None))
    total = part.met_due.sum(["subdistrict", "service"]) / part.due.sum(["subdistrict", "service"])
    left.plot(part.time, 100 * total, label=label)
left.set_title("到期需求的覆盖率 Coverage of needs when due")
left.set_ylabel("%")
left.set_ylim(0)
left.legend(loc="lower left", fontsize=8)

bands = list(data.age_band.values)
people = data.residents.sum(["subdistrict", "registration"])
for sex, sign in (("male", -1), ("female", 1)):
    for when, style in ((0, {"color": "#b8c4d6"}), (-1, {"fill": False, "edgecolor": "#a03030"})):
        middle.barh(bands, sign * people.isel(time=when).sel(sex=sex) / 1e3, height=0.85, **style)
first, last = (str(data.time.values[i])[:10] for i in (0, -1))
middle.set_title(f"常住人口 Residents, 千人 thousand\n灰 grey {first}, 红 red {last}; 左男右女 men left")
middle.tick_params(axis="y", labelsize=7)
middle.set_xticks(middle.get_xticks(), [f"{abs(x):.0f}" for x in middle.get_xticks()])

boundary = json.loads((Path(__file__).parent.parent / "configs/haidian/district_boundary.geojson").read_text())
for ring in boundary["features"][0]["geometry"]["coordinates"]:
    right.plot(*np.array(ring).reshape(-1, 2).T, color="grey", linewidth=0.8)
year = data.isel(time=slice(-12, None)).sum("time")
coverage = (year.met_due.sum("service") / year.due.sum("service")).to_series()
colours = 100 * coverage.loc[communities.subdistrict.values].values
dots = right.scatter(communities.longitude, communities.latitude, c=colours, s=3 + communities.grids, cmap="viridis")
figure.colorbar(dots, ax=right, shrink=0.8, label="所在街镇的覆盖率 coverage of its subdistrict, %")
right.set_title("654 个社区和村 communities and villages")
right.set_aspect(1.3)
right.set_xticks([])
right.set_yticks([])
figure.tight_layout()
figure.savefig(sys.argv[2], dpi=95)
