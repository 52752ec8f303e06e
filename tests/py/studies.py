# SPDX-License-Identifier: GPL-3.0-or-later
"""A small study, for tests of what reads one: a few real runs, stacked as the results of a study are."""
from pathlib import Path

import h5py
import numpy as np

import runs

AXES = ("variant", "draw", "replicate")
STATUS = ("missing", "done", "failed")
VARIANTS = {  # label, what it adopts
    "baseline": ("2010年做法延续", ""),
    "officers": ("网格增员", '{ policy = "grid_staffing"; from = "2010-12-01"; }'),
    "sanshe": ("三社联动", '{ policy = "sanshe_linkage"; from = "2010-12-01"; }'),
}
PARAMETERS = {  # unit, evidence, label, low, high
    "dispatch.misroute": ("1", "assumed", "误派概率", 0.1, 0.21),
    "finding.patrol_effect": ("1 / (person minute / 1000 residents)", "assumed", "巡查效力", 0.000067, 0.00015),
}
TEXT = h5py.string_dtype()


def drawn(parameter, draw, draws):
    low, high = PARAMETERS[parameter][3:]
    return low + (high - low) * (draw + 0.5) / draws


def live(folder, draws, replicates, part, end):
    """Runs every variant with each draw and replicate: the paths of their results by position."""
    folder, results = Path(folder), {}
    for v, (name, (label, policy)) in enumerate(VARIANTS.items()):
        scenario = folder / f"{name}.cfg"
        scenario.write_text(f'name = "{name}"; label = "{label}"; extends = "{runs.BASELINE}"; policies = ( {policy} );\n',
                            encoding="utf-8")
        for d in range(draws):
            sets = [f"run.subdistricts={part}", f"run.end={end}", "output.snapshot=[]",
                    *(f"{path}={drawn(path, d, draws)}" for path in PARAMETERS)]
            for r in range(replicates):
                results[v, d, r] = folder / f"{name}-{d}-{r}.h5"
                done = runs.run(str(scenario), "-o", str(results[v, d, r]), "--replicate", str(r), "--threads", "1",
                                "--quiet", "--allow-outside", *(f"--set={text}" for text in sets))
                if done.returncode:
                    raise AssertionError(done.stderr)
    return results


def write(path, results):
    """study.h5 of these results: variables over variant, draw, replicate and their own axes; NaN where a result is
    missing, which `status` says."""
    shape = tuple(1 + max(position[axis] for position in results) for axis in range(3))
    with h5py.File(path, "w", track_order=True) as file, h5py.File(next(iter(results.values()))) as first:
        for axis, codes in zip(AXES, (list(VARIANTS)[:shape[0]], range(shape[1]), range(shape[2]))):
            scale(file, axis, codes)
        copied = {name: item for name, item in first.items() if isinstance(item, h5py.Dataset)}
        scales = [name for name, item in copied.items() if h5py.h5ds.is_scale(item.id) and name != "policy"]
        for name in scales:
            scale(file, name, copied[name][()])
            attributes(copied[name], file[name])
        for name, item in copied.items():
            if name in scales or "policy" in (name, *axes(item)):
                continue  # variants have policies of their own
            if item.dtype.kind == "O":
                variable(file, name, item[()], axes(item))
            else:
                variable(file, name, stacked(name, shape, results), AXES + axes(item))
            attributes(item, file[name])
        about(file, shape, results)


def stacked(name, shape, results):
    values = None
    for position, result in results.items():
        with h5py.File(result) as run:
            one = run[name][()]
        values = np.full(shape + one.shape, np.nan) if values is None else values
        values[position] = one
    return values


def about(file, shape, results):
    """What the study itself adds: which runs there are, what is compared with what, what was drawn."""
    status = np.zeros(shape, "i1")
    for position in results:
        status[position] = STATUS.index("done")
    variable(file, "status", status, AXES)
    file["status"].attrs["flag_values"] = np.arange(len(STATUS), dtype="i1")
    file["status"].attrs["flag_meanings"] = " ".join(STATUS)
    variable(file, "variant_label", [label for label, _ in VARIANTS.values()][:shape[0]], ("variant",))
    variable(file, "compared_with", ["baseline"] * shape[0], ("variant",))
    scale(file, "parameter", list(PARAMETERS))
    values = [[drawn(path, d, shape[1]) for path in PARAMETERS] for d in range(shape[1])]
    variable(file, "parameter_value", np.array([values] * shape[0]), ("variant", "draw", "parameter"))
    for i, name in enumerate(("unit", "evidence", "label")):
        variable(file, f"parameter_{name}", [row[i] for row in PARAMETERS.values()], ("parameter",))
    for i, name in enumerate(("low", "high"), 3):
        rows = [[row[i] for row in PARAMETERS.values()]] * shape[0]
        variable(file, f"parameter_{name}", np.array(rows), ("variant", "parameter"))


def axes(item):
    return tuple(axis[0].name.rsplit("/", 1)[-1] for axis in item.dims)


def scale(file, name, values):
    variable(file, name, values, ())
    file[name].make_scale(name)


def variable(file, name, values, dimensions):
    if isinstance(values, list) or np.asarray(values).dtype.kind == "O":
        file.create_dataset(name, data=np.asarray(values, dtype=object), dtype=TEXT)
    else:
        file[name] = values
    for i, dimension in enumerate(dimensions):
        file[name].dims[i].attach_scale(file[dimension])


def attributes(item, copy):
    for key, value in item.attrs.items():
        if key not in ("DIMENSION_LIST", "REFERENCE_LIST", "CLASS", "NAME"):
            copy.attrs[key] = value


def study(folder):
    """A finished study in this folder, some seconds: the path of its study.h5."""
    path = Path(folder) / "study.h5"
    write(path, live(folder, draws=2, replicates=2, part='["110108015000"]', end="2012-02-01"))
    return path
