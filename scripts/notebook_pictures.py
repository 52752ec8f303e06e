#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""notebook_pictures.py [NAME...]: runs notebooks/NAME.ipynb (all of them unless named) and writes the pictures they draw as
docs/images/NAME-PICTURE.png. A cell whose picture is kept has a tag picture:PICTURE. What they read: docs/notebooks.md."""
import base64
import os
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from traitlets.config import Config

ROOT = Path(os.environ.get("WG_ROOT", Path(__file__).resolve().parent.parent))
NOTEBOOKS = ROOT / "notebooks"


def executed(notebook, **environment):
    """Runs the notebook (a node of nbformat, filled with its outputs) apart from the user's settings of Jupyter and without
    network; a character that no font has is an error."""
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # nobody debugs
    with tempfile.TemporaryDirectory(prefix="wg-", dir="/tmp") as folder:  # a short path: sockets lie there
        os.environ["JUPYTER_RUNTIME_DIR"] = folder
        environment = {**os.environ, "JUPYTER_CONFIG_DIR": folder, "IPYTHONDIR": folder, "PYTHONWARNINGS": "error:Glyph",
                       "MPLBACKEND": "module://matplotlib_inline.backend_inline", **environment}
        client = NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(NOTEBOOKS)}},
                                config=Config(KernelManager={"transport": "ipc", "ip": f"{folder}/socket"}))
        client.execute(env=environment)
    return notebook


def complaints(notebook):
    """What cells wrote to standard error, and errors while a picture was drawn, which stop no cell."""
    told = []
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            if output.output_type == "error":
                told.append(f"{output.ename}: {output.evalue}")
            elif output.get("name") == "stderr":
                told.append(output.text)
    return told


def pictures(notebook):
    """The PNG of each picture by its tag."""
    found = {}
    for cell in notebook.cells:
        names = [tag.partition(":")[2] for tag in cell.metadata.get("tags", ()) if tag.startswith("picture:")]
        drawn = [output.data["image/png"] for output in cell.get("outputs", ()) if "image/png" in output.get("data", ())]
        if len(names) != len(drawn):
            raise ValueError(f"a cell draws {len(drawn)} pictures and is tagged with {len(names)}:\n{cell.source}")
        found.update(zip(names, map(base64.b64decode, drawn)))
    return found


def main(names):
    for name in names or sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb")):
        notebook = executed(nbformat.read(NOTEBOOKS / f"{name}.ipynb", 4))
        if told := complaints(notebook):
            raise SystemExit("\n".join([f"{name}.ipynb:", *told]))
        for picture, png in pictures(notebook).items():
            path = ROOT / "docs" / "images" / f"{name}-{picture}.png"
            path.write_bytes(png)
            print(f"{path.relative_to(ROOT)}: {len(png) / 1000:.0f} kB")


if __name__ == "__main__":
    main(sys.argv[1:])
