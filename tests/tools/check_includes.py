#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check_includes.py SRC: holds every include (and every way out of the process, and what policies and officials may know)
against the picture of the house.

Prints FILE:LINE: what is wrong, one a line; exit status 1 if there is any.
"""
import re
import sys
from pathlib import Path

# room: the rooms it may look into (and itself)
ALLOWED = {
    "base": "",
    "schema": "base",
    "model": "schema base",
    "synthesis": "model schema base",
    "mechanism": "model schema base",
    "policy": "model schema base",
    "engine": "mechanism policy synthesis model schema base",
    "io": "schema base",
    "run": "engine synthesis io model schema base",
    "compare": "engine io schema base",
    "study": "run compare engine io model schema base",
    "report": "engine policy model schema base",
    "cli": "study compare run report engine io model schema base",
}

# system header: the rooms or the one file that may include it
RESERVED = [
    (r"libconfig\.h(\+\+)?", ["io/"]),
    (r"hdf5.*\.h|H5.*\.h", ["io/"]),
    (r"csv\.h", ["io/"]),
    (r"math\.h|tgmath\.h|complex\.h|cmath|complex|sleef\.h", ["base/maths.c"]),
    (r"gsl/.*\.h", ["compare/", "study/"]),
    (r"pcg_.*\.hpp", ["base/pcg_face.cc"]),
    (r"omp\.h", ["engine/", "cli/", "run/"]),
]

MAY_EXIT = "cli/main.c"

# places: what must not be named there, and why
OFFICIALS = ["policy/", "engine/adoption.c", "model/rounds.c", "model/rounds.h", "mechanism/quota.c"]
UNNAMED = [
    (["policy/"], r"wg_draw\w*|wg_luck\w*|rand|random|drand48", "a policy draws no numbers"),
    (OFFICIALS, r"wg_tall(?:y|ies)\w*|wg_needs?(?:_\w+)?|wg_search(?:es)?\w*|trust\w*|wg_residents|lapsed_latent|disorder",
     "officials see only what was filed, closed, reported or counted"),
]

TOKENS = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)
INCLUDE = re.compile(r"^[ \t]*#[ \t]*(?:include|include_next|import)\b[ \t]*(.*?)[ \t]*$", re.MULTILINE)


def without_comments(text):
    def blank(match):
        token = match.group()
        return re.sub(r"[^\n]", " ", token) if token.startswith("/") else token

    return TOKENS.sub(blank, text)


def without_strings(text):
    return TOKENS.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)


def include_problem(path, target):
    """What is wrong with `#include target` in src/`path`, or None."""
    room = path.split("/")[0]
    if target.startswith("<") and target.endswith(">"):
        header = target[1:-1]
        for pattern, places in RESERVED:
            if re.fullmatch(pattern, header):
                if not any(path == place or (place.endswith("/") and path.startswith(place)) for place in places):
                    return f"<{header}> belongs to {', '.join(places)}"
        return "a file of the house is included with quotes" if header.split("/")[0] in ALLOWED else None
    if not (target.startswith('"') and target.endswith('"') and len(target) > 2):
        return f"include of something computed: {target}"
    header = target[1:-1]
    other = header.split("/")[0]
    if header.count("/") != 1 or other not in ALLOWED:
        return f'"{header}" is not written "room/file.h"'
    if not header.endswith(".h"):
        return f'"{header}" is not a header'
    if other != room and other not in ALLOWED[room].split():
        return f"{room} must not look into {other} ({header})"
    if room == other == "mechanism" and header[:-2] not in (path.rsplit(".", 1)[0], "mechanism/mechanism"):
        return f"a mechanism must not look into another ({header})"
    return None


def problems(root):
    files = sorted(path for path in root.rglob("*") if path.is_file())
    if not files:
        yield f"{root}: no files"
    for file in files:
        path = file.relative_to(root).as_posix()
        if path.count("/") != 1 or path.split("/")[0] not in ALLOWED:
            yield f"{file}: not in a room of the house"
            continue
        text = without_comments(file.read_text(encoding="utf-8"))
        for match in INCLUDE.finditer(text):
            problem = include_problem(path, match.group(1))
            if problem:
                yield f"{file}:{text.count(chr(10), 0, match.start()) + 1}: {problem}"
        if path != MAY_EXIT:
            bare = without_strings(text)
            for match in re.finditer(r"\b(exit|abort)[ \t]*\(", bare):
                yield f"{file}:{bare.count(chr(10), 0, match.start()) + 1}: {match.group(1)}() belongs to {MAY_EXIT}"
        for places, words, why in UNNAMED:
            if not any(path == place or (place.endswith("/") and path.startswith(place)) for place in places):
                continue
            bare = without_strings(text)
            for match in re.finditer(rf"\b(?:{words})\b", bare):
                yield f"{file}:{bare.count(chr(10), 0, match.start()) + 1}: {match.group()}: {why}"


def main():
    if len(sys.argv) != 2:
        print("usage: check_includes.py SRC", file=sys.stderr)
        return 2
    found = list(problems(Path(sys.argv[1])))
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
