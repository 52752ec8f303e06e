# SPDX-License-Identifier: GPL-3.0-or-later
"""A small finished study, for tests of what reads one."""
from pathlib import Path

import runs

AXES = ("variant", "draw", "replicate")
VARIANTS = {  # label, what it adopts
    "baseline": ("2010年做法延续", ""),
    "officers": ("网格增员", '{ policy = "grid_staffing"; from = "2010-12-01"; }'),
    "sanshe": ("三社联动", '{ policy = "sanshe_linkage"; from = "2010-12-01"; }'),
}


def study(folder):
    """Two draws of two parameters, two replicates, fifteen months of one subdistrict: the path of study.h5."""
    folder = Path(folder)
    for name, (label, policy) in VARIANTS.items():
        (folder / f"{name}.cfg").write_text(
            f'name = "{name}"; label = "{label}"; extends = "{runs.BASELINE}"; policies = ( {policy} );\n', encoding="utf-8")
    variants = ", ".join(f'{{ name = "{name}"; scenario = "{name}.cfg"; }}' for name in VARIANTS)
    (folder / "small.cfg").write_text(
        f'name = "small"; label = "小研究"; baseline = "baseline"; variants = ( {variants} );\n'
        'set = ( "run.subdistricts=[\\"110108015000\\"]", "run.end=2012-02-01", "output.snapshot=[]" );\n'
        'draws = 2; drawn = ( "dispatch.misroute", "finding.patrol_effect" ); replicates = 2;\n', encoding="utf-8")
    done = runs.command("batch", str(folder / "small.cfg"), "-o", str(folder / "small"), "--allow-outside", "--quiet")
    if done.returncode:
        raise AssertionError(done.stderr)
    return folder / "small" / "study.h5"
