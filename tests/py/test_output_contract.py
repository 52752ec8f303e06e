# SPDX-License-Identifier: GPL-3.0-or-later
"""The file that `test_output_file --write` makes opens with every reader a notebook may use.

WG_TEST_BUILD names the folder of the built test programs. Each reader runs in a process of its own: a broken file can
end the process inside its HDF5 library.
"""

import os
import subprocess
import sys
import tempfile
import unittest

BUILD = os.environ.get("WG_TEST_BUILD", "build/tests")

XARRAY = """
import sys
import numpy as np
import xarray as xr
path, engine = sys.argv[1:]

with xr.open_dataset(path, engine=engine) as data:
    data.load()
    assert dict(data.sizes) == {"time": 3, "subdistrict": 2, "service": 3, "age_band": 4, "sex": 2,
                                "registration": 3}, data.sizes
    months = np.array(["2010-11-01", "2010-12-01", "2011-01-01"], "datetime64[ns]")
    assert (data.time.values == months).all(), data.time
    assert data.time.encoding["units"] == "days since 2010-11-01"
    assert data.time.encoding["calendar"] == "standard"
    assert "_FillValue" not in data.time.encoding

    assert set(data.coords) == {"time", "subdistrict", "service", "age_band", "sex", "registration"}
    assert data.subdistrict.values.tolist() == [110108001000, 110108002000]
    assert data.subdistrict_name.values.tolist() == ["万寿路街道", "永定路街道"]
    assert data.service.values.tolist() == ["供暖", "养老", ""]
    assert data.age_band.values.tolist() == [0, 1, 2, 3]
    assert data.satisfaction.sel(subdistrict=110108001000).values.tolist() == [0.5, 0.25, 0]

    assert data.satisfaction.attrs == {"long_name": "satisfaction rate", "label_zh": "满意率", "units": "1"}
    assert np.isnan(data.satisfaction.values).tolist() == [[False, True], [False, False], [False, False]]
    assert np.isnan(data.satisfaction.encoding["_FillValue"])
    assert data.delay.encoding["_FillValue"] == -1
    np.testing.assert_array_equal(data.delay.values, [7, np.nan, 9])

    assert data.status.dtype == np.int8 and data.status.values.tolist() == [[0, 1], [2, 0], [1, 2]]
    assert data.status.attrs["flag_values"].dtype == np.int8
    assert data.status.attrs["flag_values"].tolist() == [0, 1, 2]
    assert data.status.attrs["flag_meanings"].split() == ["open", "closed", "escalated"]

    assert data.cases.dims == ("time", "subdistrict", "service")
    assert data.population.dims == ("time", "subdistrict", "age_band", "sex", "registration")
    for name in ("cases", "four", "population"):
        values = data[name].values
        assert (values.ravel() == np.arange(values.size)).all(), name
    for name in ("i8", "u8", "i16", "u16", "i32", "u32", "i64", "u64"):
        values = data["all_" + name].values
        kind = np.dtype(name[0] + str(int(name[1:]) // 8))
        assert values.dtype == kind, (name, values)
        assert values.tolist() == [np.iinfo(kind).min, np.iinfo(kind).max], (name, values)
    assert data.all_f64.values.tolist() == [-0.1, 1e300]

    texts = {key: value for key, value in data.attrs.items() if isinstance(value, str)}
    assert len(texts.pop("configuration").encode()) > 190000
    assert texts == {"Conventions": "CF-1.8", "title": "网格：海淀", "empty": ""}, texts
    assert data.attrs["seed"] == 2**64 - 1
    assert data.attrs["weights"].tolist() == [0.5, 0.25, 0.125]
    # Dimensions first, then variables as they were given; dimensions without values come in their own place.
    assert [name for name in data.variables if not name.startswith("all_")] == [
        "time", "subdistrict", "service", "age_band", "sex", "registration", "subdistrict_name", "satisfaction",
        "status", "delay", "cases", "four", "population"], list(data.variables)

with xr.open_dataset(path, engine=engine, group="resident_20101101") as residents:
    assert (residents.resident.values == np.arange(70000)).all()
    assert residents.place.values[:3].tolist() == ["万寿路街道", "永定路街道", "万寿路街道"]
    assert set(residents.place.values) == {"万寿路街道", "永定路街道"}
"""

H5PY = """
import sys
import h5py
IN_ORDER = h5py.h5p.CRT_ORDER_TRACKED | h5py.h5p.CRT_ORDER_INDEXED

def visit(name, item):
    properties = item.id.get_create_plist()
    assert properties.get_attr_creation_order() == IN_ORDER, name
    if isinstance(item, h5py.Group):
        assert properties.get_link_creation_order() == IN_ORDER, name
        return
    datasets.append(name)
    assert item.chunks is not None and item.shuffle and item.compression == "gzip", name
    assert item.fletcher32 == (item.dtype.kind != "O"), name
    assert not properties.get_obj_track_times(), name
    if item.dtype.kind == "O":
        assert h5py.check_string_dtype(item.dtype) == ("utf-8", None), name
    if h5py.h5ds.is_scale(item.id):
        assert h5py.h5ds.get_scale_name(item.id).decode() == name.rsplit("/", 1)[-1], name
        scales.append(name)
        return
    for axis in item.dims:
        assert len(axis) == 1, (name, axis)
        assert axis[0].parent == item.parent, name

datasets = []
scales = []
with h5py.File(sys.argv[1]) as file:
    visit("/", file["/"])
    file.visititems(visit)
    assert len(datasets) == 24 and len(scales) == 7, (datasets, scales)
    assert file["subdistrict_name"].asstr()[:].tolist() == ["万寿路街道", "永定路街道"]
    assert file["satisfaction"].attrs["label_zh"].decode() == "满意率"
"""


class OutputContract(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.path = os.path.join(cls.folder.name, "contract.h5")
        subprocess.run([os.path.join(BUILD, "test_output_file"), "--write", cls.path], check=True)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def run_apart(self, *command):
        environment = dict(os.environ, PYTHONIOENCODING="utf-8", LC_ALL="C.UTF-8")
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def test_xarray_h5netcdf(self):
        self.run_apart(sys.executable, "-c", XARRAY, self.path, "h5netcdf")

    def test_xarray_netcdf4(self):
        self.run_apart(sys.executable, "-c", XARRAY, self.path, "netcdf4")

    def test_h5py(self):
        self.run_apart(sys.executable, "-c", H5PY, self.path)

    def test_ncdump(self):
        header = self.run_apart("ncdump", "-h", self.path)
        for line in ('time:units = "days since 2010-11-01" ;', 'label_zh = "满意率" ;', 'empty = "" ;',
                     "satisfaction:_FillValue = NaN ;", "group: resident_20101101 {"):
            self.assertIn(line, header)
        self.run_apart("ncdump", self.path)


if __name__ == "__main__":
    unittest.main()
