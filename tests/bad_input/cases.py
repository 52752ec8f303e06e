# SPDX-License-Identifier: GPL-3.0-or-later
"""Bad input, one case a line, for tests/py/test_bad_input.py.

Every case runs the program in a folder of its own and says how it must be refused: the exit status, how the line on
standard error goes on after "wangge: " (the file and line, the option or --set), and what it must hold (the key, what is
allowed).
"""
import os
import random
from dataclasses import dataclass, field

RUN = ("run", "s.cfg", "-o", "x.h5")
PART = 'run.subdistricts=["110108015000"]'


@dataclass
class Case:
    name: str
    where: str
    holds: str
    arguments: tuple = RUN
    files: dict = field(default_factory=dict)  # path: text, bytes or what makes it
    status: int = 2
    table: str = None  # a file of a copy of configs/haidian that `files` changes
    limit: tuple = None  # (resource, bytes)
    stdout: str = None  # where standard output goes
    also_check: bool = True  # whether `check` must refuse it as well


def scenario(text, where, holds, name=None, **files):
    """`text` stands in line 2 of s.cfg."""
    where = "s.cfg:" + where if where[0].isdigit() else where
    others = {path.replace("__", "/").replace("_cfg", ".cfg"): content for path, content in files.items()}
    return Case(name or text[:60], where, holds, files={"s.cfg": 'name = "s";\n' + text + "\n", **others})


def whole(name, content, where, holds, **more):
    return Case(name, where, holds, files={"s.cfg": content, **more})


def settings(text, holds, where="--set"):
    good = {"s.cfg": 'name = "s";\n'}
    return Case(f"--set {text[:60]!r}", where, holds, RUN + ("--set", text), good)


def usage(where, holds, *arguments, name=None, **more):
    return Case(name or "wangge " + " ".join(argument[:40] for argument in arguments), where, holds, arguments,
                {"s.cfg": 'name = "s";\n'}, also_check=False, **more)


def table(file, change, where, holds, name=None):
    """`change` makes the damaged table of the good one."""
    return Case(f"{file}: {name or holds}", where, holds, ("check", "s.cfg"), {"s.cfg": 'name = "s";\n', "TABLE": change},
                table=file)


def fifo(path):
    os.mkfifo(path)


def folder(path):
    os.mkdir(path)


def link(target):
    return lambda path: os.symlink(target, path)


def locked(path):
    """What cannot be read: without rights, or, for root, who has them all, memory at address 0."""
    if os.geteuid() == 0:
        os.symlink("/proc/self/mem", path)
    else:
        with open(path, "w") as file:
            file.write('name = "s";\n')
        os.chmod(path, 0)


def replaced(old, new, count=1):
    def change(data):
        assert old.encode() in data, old
        return data.replace(old.encode(), new.encode(), count)
    return change


def added(text):
    return lambda data: data + (text if isinstance(text, bytes) else text.encode())


def without(start):
    """Without the lines that begin so."""
    return lambda data: b"".join(line for line in data.splitlines(True) if not line.startswith(start.encode()))


def becomes(content):
    return lambda data: content


NOISE = bytes(random.Random(4).randrange(256) for _ in range(4000))
MIB = 1 << 20

KEYS = [
    scenario("runn: { seed = 1; };", "2: runn: ", 'unknown key; did you mean "run"?'),
    scenario("run: { sead = 1; };", "2: run.sead: ", 'did you mean "seed"?'),
    scenario("foo = 1;", "2: foo: ", "unknown key (allowed: "),
    scenario("NAME2 = 1;", "2: NAME2: ", "unknown key"),
    scenario('extend = "baseline.cfg";', "2: extend: ", 'did you mean "extends"?'),
    scenario("services: { sanitation: { mixx = 1; }; };", "2: services.sanitation.mixx: ", 'did you mean "mix"?'),
    scenario("services: { new_one: { mix = 0.1; }; };", "2: services.new_one.", "is required but not given"),
    scenario("desks: { grid_taem: { staff = 1.0; }; };", "2: desks.grid_taem.label: ", "is required but not given"),
    scenario("needs: { filed_share = 0.3;\n  filedvolume = 1.0; };", "3: needs.filedvolume: ", '"filed_volume"'),
    scenario("run.seed = 1;", "2: ", "keys in files are nested"),
    scenario('"name2" = 1;', "2: ", "stands where no value can"),
    scenario("2run: { };", "2: ", "is not a number"),
    scenario("ru n: { };", "2: ", '"ru" stands alone'),
    scenario("名称 = 1;", "2: ", '"名称" stands outside quotes'),
    scenario("run: { 种子 = 1; };", "2: ", '"种子" stands outside quotes'),
    scenario("run： { };", "2: ", '"：" stands outside quotes'),
    scenario("run: { seed = 1； };", "2: ", '"；" stands outside quotes'),
    scenario("run: ｛ seed = 1; };", "2: ", '"｛" stands outside quotes'),
    scenario("label ＝ 1;", "2: ", '"＝" stands outside quotes'),
    scenario("label = “三社”;", "2: ", '"“三社”" stands outside quotes'),
    scenario("run: { seed = １２; };", "2: ", '"１２" stands outside quotes'),
    scenario('output: { snapshot = ["2011-01-01"，"2011-02-01"]; };', "2: ", '"，" stands outside quotes'),
    scenario("label = 'x';", "2: ", '"x" stands alone'),
    scenario("label = «x»;", "2: ", "stands outside quotes"),
    scenario("k" * 65 + " = 1;", "2: ", "is too long for a key"),
    scenario("\u200blabel = 1;", "2: ", "U+200B, which cannot be seen, stands outside quotes"),
    scenario("\u00a0label = 1;", "2: ", "U+00A0, which cannot be seen, stands outside quotes"),
    scenario("\u3000label = 1;", "2: ", "U+3000, which cannot be seen, stands outside quotes"),
    scenario("label = \ufeff1;", "2: ", "U+FEFF, which cannot be seen, stands outside quotes"),
]

TYPES = [
    scenario("run = 5;", "2: run: ", "is a group"),
    scenario("run = [ ];", "2: run: ", "is a group"),
    scenario("services = ( );", "2: services: ", "is a group"),
    scenario("services: { sanitation = 5; };", "2: services.sanitation: ", "is a group"),
    scenario('run: { seed = "abc"; };', "2: run.seed: ", "expected a whole number"),
    scenario('run: { seed = "1"; };', "2: run.seed: ", "expected a whole number"),
    scenario("run: { seed = 1.5; };", "2: run.seed: ", "expected a whole number, got 1.5"),
    scenario("run: { seed = true; };", "2: run.seed: ", "expected a whole number"),
    scenario("run: { seed = [ 1 ]; };", "2: run.seed: ", "expected a whole number"),
    scenario("run: { seed: { }; };", "2: run.seed: ", "expected a value, got a group"),
    scenario("run: { start = 20101101; };", "2: run.start: ", "expected a date"),
    scenario("run: { start = 2010-11-01; };", "2: ", '"2010-11-01" is not a number'),
    scenario("label = 5;", "2: label: ", "expected text in quotes"),
    scenario('output: { place = "county"; };', "2: output.place: ", "district, subdistrict, community"),
    scenario('output: { place = "communty"; };', "2: output.place: ", "community"),
    scenario("output: { place = 1; };", "2: output.place: ", "district, subdistrict, community"),
    scenario("output: { file = 5; };", "2: output.file: ", "expected text in quotes"),
    scenario('run: { subdistricts = "110108015000"; };', "2: run.subdistricts: ", "expected"),
    scenario("run: { subdistricts = [ 110108015000L ]; };", "2: run.subdistricts: ", "expected"),
    scenario('run: { subdistricts = ( "110108015000", 5 ); };', "2: run.subdistricts: ", "expected"),
    scenario("run: { subdistricts = ( { a = 1; } ); };", "2: run.subdistricts: ", "got a group"),
    scenario('needs: { filed_share = "half"; };', "2: needs.filed_share: ", "expected a number"),
    scenario("needs: { filed_share = [ 0.3 ]; };", "2: needs.filed_share: ", "expected a number"),
    scenario("needs: { filed_share = false; };", "2: needs.filed_share: ", "expected a number"),
    scenario("vital_events: { fertility = 0.1; };", "2: vital_events.fertility: ", "expected"),
    scenario('vital_events: { fertility = [ "a" ]; };', "2: vital_events.fertility: ", "expected"),
    scenario("vital_events: { fertility = ( 0.1, ( 0.2 ) ); };", "2: vital_events.fertility: ", "expected"),
    scenario('desks: { grid_team: { weekends = "yes"; }; };', "2: desks.grid_team.weekends: ", "expected true or false"),
    scenario("desks: { grid_team: { weekends = 1; }; };", "2: desks.grid_team.weekends: ", "expected true or false"),
    scenario('output: { snapshot = "2011-01-01"; };', "2: output.snapshot: ", "expected"),
    scenario("run: { subdistricts = [ 1, 2.5 ]; };", "2: ", "must be of one type"),
]

NUMBERS = [
    scenario("needs: { filed_share = 0.1; };", "2: needs.filed_share: ", "allowed: 0.2 to 0.6"),
    scenario("needs: { filed_share = 0.7; };", "2: needs.filed_share: ", "0.7 is out of range"),
    scenario("needs: { filed_share = -0.3; };", "2: needs.filed_share: ", "-0.3 is out of range"),
    scenario("needs: { cap = 0.5; };", "2: needs.cap: ", "allowed: 1 to 100"),
    scenario("run: { seed = -1; };", "2: run.seed: ", "allowed: 0 to"),
    scenario("run: { seed = 9007199254740993L; };", "2: run.seed: ", "out of range"),
    scenario("run: { replicate = 1000001; };", "2: run.replicate: ", "allowed: 0 to 1000000"),
    scenario("run: { threads = -1; };", "2: run.threads: ", "allowed: 0 to 1024"),
    scenario("run: { threads = 100000; };", "2: run.threads: ", "allowed: 0 to 1024"),
    scenario("desks: { grid_team: { staff = -1.0; }; };", "2: desks.grid_team.staff: ", "allowed: 0 to 1000"),
    scenario("desks: { grid_team: { staff = 1e300; }; };", "2: desks.grid_team.staff: ", "allowed: 0 to 1000"),
    scenario("services: { sanitation: { mix = -0.5; }; };", "2: services.sanitation.mix: ", "allowed: 0 to 1"),
    scenario("synthesis: { village_size = 0.0; };", "2: synthesis.village_size: ", "allowed: 0.05 to 20"),
    scenario("vital_events: { fertility = [ 0.1, 0.2, 0.9 ]; };", "2: vital_events.fertility: ", "0.9"),
    scenario("needs: { filed_share = nan; };", "2: ", '"nan" stands alone'),
    scenario("needs: { filed_share = NaN; };", "2: ", '"NaN" stands alone'),
    scenario("needs: { filed_share = inf; };", "2: ", '"inf" stands alone'),
    scenario("needs: { filed_share = -inf; };", "2: ", '"-inf" is not a number'),
    scenario("needs: { filed_share = -nan; };", "2: ", '"-nan" is not a number'),
    scenario("needs: { filed_share = 1e400; };", "2: ", '"1e400" is too large'),
    scenario("needs: { filed_share = -1.0e400; };", "2: ", '"-1.0e400" is too large'),
    scenario("needs: { filed_share = 1e-999; };", "2: ", '"1e-999" is too small'),
    scenario("run: { seed = 2147483648; };", "2: ", '"2147483648" is beyond 32 bits'),
    scenario("run: { seed = 4294967297; };", "2: ", '"4294967297" is beyond 32 bits'),
    scenario("run: { seed = -2147483649; };", "2: ", '"-2147483649" is beyond 32 bits'),
    scenario("run: { seed = 0xFFFFFFFF; };", "2: ", '"0xFFFFFFFF" is beyond 32 bits'),
    scenario("run: { seed = 9223372036854775808L; };", "2: ", "is beyond 64 bits"),
    scenario("run: { seed = 0xFFFFFFFFFFFFFFFFFL; };", "2: ", "is beyond 64 bits"),
    scenario("run: { seed = 010; };", "2: ", '"010" has a leading zero'),
    scenario("run: { seed = 00; };", "2: ", '"00" has a leading zero'),
    scenario("run: { seed = 0x; };", "2: ", '"0x"'),
    scenario("run: { seed = 0b101; };", "2: ", '"0b101" is not a number'),
    scenario("run: { seed = 1e; };", "2: ", '"1e" is not a number'),
    scenario("run: { seed = 1.2.3; };", "2: ", '"1.2.3" is not a number'),
    scenario("run: { seed = 1_000; };", "2: ", '"1_000" is not a number'),
    scenario("run: { seed = 1,000; };", "2: ", '"000" has a leading zero'),
    scenario("run: { seed = --1; };", "2: ", '"--1" is not a number'),
    scenario("run: { seed = .; };", "2: ", '"." has no digits'),
    scenario("run: { seed = 12seed; };", "2: ", '"12seed" is not a number'),
    scenario("needs: { filed_share = 35 %; };", "2: ", "syntax error"),
    scenario("run: { seed = 1 + 1; };", "2: ", '"+"'),
]

STRUCTURE = [
    scenario("/* run: { seed = 2; };", "2: ", "the comment that begins here with /* is never closed"),
    scenario("run: { /* seed */ seed = 2; /*/ };", "2: ", "is never closed"),
    scenario("run: { seed = 2;", "2: ", "the { that begins here is never closed"),
    scenario("output: { snapshot = [ };", "2: ", "} does not close the [ of line 2"),
    scenario("output: { snapshot = [ \n", "2: ", "the [ that begins here is never closed"),
    scenario("output: { snapshot = ( \n", "2: ", "the ( that begins here is never closed"),
    scenario("}", "2: ", "} closes nothing"),
    scenario("run: { seed = 1; }; };", "2: ", "} closes nothing"),
    scenario('label = "open;', "2: ", "the text in quotes is not closed on its line"),
    scenario('label = "two\nlines";', "2: ", "the text in quotes is not closed on its line"),
    scenario('label = "\\x00";', "2: ", "text cannot hold a NUL character"),
    scenario('label = "\\xff\\xfe";', "2: label: ", "is not valid UTF-8"),
    scenario("label = ;", "2: ", "syntax error"),
    scenario("label == \"x\";", "2: ", "syntax error"),
    scenario("run { seed = 1; };", "2: ", '"run" stands alone'),
    scenario('output: { snapshot = [ "2011-01-01" "2011-02-01" ]; };', "2: ", "a comma is missing"),
    scenario('output: { snapshot = [ "2011-01-01",, "2011-02-01" ]; };', "2: ", "syntax error"),
    scenario("label = " + "(" * 33 + ")" * 33 + ";", "2: ", "brackets are nested too deeply (allowed: 32)"),
    scenario("x = (" + "{a=1;}," * 10001 + "{});", "2: ", "too many keys (allowed: 10000)", name="10,001 keys"),
    scenario('label = "' + "x" * 70001 + '";', "2: ", "the text in quotes is too long", name="70,001 letters"),
    scenario('label = "' + "x" * MIB + '";', "2: ", "the text in quotes is too long", name="a text of 1 MiB"),
    scenario('label = "' + "x" * 60000 + '";', "2: label: ", "long", name="60,000 letters"),
    scenario("label = \"a\";\nlabel = \"b\";", "3: label: ", "given twice in one group (first in line 2)"),
    scenario('name = "t";', "2: name: ", "given twice in one group (first in line 1)"),
    scenario("run: { seed = 1; seed = 2; };", "2: seed: ", "given twice"),
    scenario("run: { seed = 1; };\nrun: { replicate = 2; };", "3: run: ", "given twice"),
    scenario("services: { sanitation: { mix = 0.1; }; sanitation: { mix = 0.2; }; };", "2: sanitation: ", "given twice"),
    scenario("@define x", "2: ", '"@define" is unknown (allowed: @include "FILE")'),
]

ENCODINGS = [
    whole("empty file", "", "s.cfg: name: ", "is required but not given"),
    whole("nothing but a comment", "// nothing\n", "s.cfg: name: ", "is required but not given"),
    whole("nothing but blanks", " \n\t\n" * 1000, "s.cfg: name: ", "is required but not given"),
    whole("no name", 'label = "x";', "s.cfg: name: ", "is required but not given"),
    whole("name is no text", "name = 1;", "s.cfg:1: name: ", "expected text in quotes"),
    whole("empty name", 'name = "";', "s.cfg:1: name: ", "is empty"),
    whole("noise", NOISE, "s.cfg:", ""),
    whole("zeros", bytes(5000), "s.cfg:1: ", "NUL"),
    whole("BOM", b'\xef\xbb\xbfname = "s";', "s.cfg:1: ", "byte order mark"),
    whole("UTF-16, little end first", b"\xff\xfe" + 'name = "s";'.encode("utf-16-le"), "s.cfg:1: ", "UTF-16"),
    whole("UTF-16, big end first", b"\xfe\xff" + 'name = "s";'.encode("utf-16-be"), "s.cfg:1: ", "UTF-16"),
    whole("UTF-16 without a mark", 'name = "s";'.encode("utf-16-le"), "s.cfg:1: ", "NUL"),
    whole("UTF-32", 'name = "s";'.encode("utf-32"), "s.cfg:1: ", "UTF-16"),
    whole("GBK in a text", 'name = "s";\nlabel = "三社联动";'.encode("gbk"), "s.cfg:2: ", "GBK"),
    whole("GBK in a comment", '// 注释\nname = "s";'.encode("gbk"), "s.cfg:1: ", "GBK"),
    whole("Latin-1", 'name = "caf\xe9";'.encode("latin-1"), "s.cfg:1: ", "not valid UTF-8"),
    whole("overlong UTF-8", b'name = "\xc0\xaf";', "s.cfg:1: ", "not valid UTF-8"),
    whole("surrogates in UTF-8", b'name = "\xed\xa0\x80";', "s.cfg:1: ", "not valid UTF-8"),
    whole("NUL in the middle", b'name = "s";\n\0run: { sead = 1; };', "s.cfg:2: ", "NUL"),
    whole("NUL at the end", b'name = "s";\n\0', "s.cfg:2: ", "NUL"),
    whole("JSON", '{ "name": "s" }', "s.cfg:1: ", "stands where no value can"),
    whole("YAML", "name: s\nrun:\n  seed: 1\n", "s.cfg:1: ", '"s" stands alone'),
    whole("XML", '<name value="s"/>', "s.cfg:1: ", ""),
    whole("INI", "[run]\nseed = 1\n", "s.cfg:1: ", ""),
    whole("a table", "age,male,female\n0,1,2\n", "s.cfg:1: ", ""),
    whole("HDF5", b"\x89HDF\r\n\x1a\n" + bytes(600), "s.cfg:", ""),
    whole("a program", b"\x7fELF\x02\x01\x01" + bytes(600), "s.cfg:1: ", "NUL"),
    whole("5 MiB of blanks", b" " * (5 * MIB), "s.cfg: ", "too large for a configuration (allowed: 4 MiB)"),
    whole("4 MiB of brackets", b"(" * (4 * MIB), "s.cfg:1: ", "nested too deeply"),
    whole("4 MiB of one line", b'name = "s"; x = (' + b"1," * (2 * MIB - 20) + b"1);", "s.cfg:1: ",
          "too many values in lists (allowed: 100000)"),
    whole("100,000 values in a list", b'name = "s"; x = (' + b"1," * 99999 + b"1);", "s.cfg:1: x: ", "unknown key"),
    whole("4 MiB of commas", b'name = "s"; run = (' + b"," * (4 * MIB - 30), "s.cfg:1: ", ""),
]

EXTENDS = [
    scenario('extends = "none.cfg";', "2: extends: none.cfg: ", "No such file or directory"),
    scenario('extends = "";', "2: extends: ", "expected the path of a file"),
    scenario("extends = 5;", "2: extends: ", "expected the path of a file"),
    scenario('extends = [ "a.cfg" ];', "2: extends: ", "expected the path of a file"),
    scenario('extends = "s.cfg";', "2: extends: ", "goes round in a circle: s.cfg comes up again"),
    scenario('extends = "./././s.cfg";', "2: extends: ", "goes round in a circle"),
    scenario('extends = "a.cfg";', "a.cfg:1: extends: ", "goes round in a circle: s.cfg", name="circle of two",
             a_cfg='extends = "s.cfg";'),
    scenario('extends = "a.cfg";', "b.cfg:1: extends: ", "goes round in a circle: a.cfg", name="circle of three",
             a_cfg='extends = "b.cfg";', b_cfg='extends = "a.cfg";'),
    scenario('extends = "f.cfg";', "2: extends: f.cfg: ", "is not a regular file", name="extends a folder", f_cfg=folder),
    scenario('extends = "f.cfg";', "2: extends: f.cfg: ", "is not a regular file", name="extends a pipe", f_cfg=fifo),
    scenario('extends = "/dev/zero";', "2: extends: /dev/zero: ", "is not a regular file"),
    scenario('extends = "f.cfg";', "2: extends: f.cfg: ", "cannot be read", name="extends what is locked", f_cfg=locked),
    scenario('extends = "a.cfg";', "a.cfg:2: run.sead: ", '"seed"', name="problem in what is extended",
             a_cfg="\nrun: { sead = 1; };"),
    scenario('extends = "a.cfg";', "a.cfg:1: ", "NUL", name="NUL in what is extended", a_cfg=b"\0"),
    scenario('extends = "' + "x" * 5000 + '";', "2: extends: ", "up to 4095 bytes", name="path of 5,000 letters"),
    scenario('extends = "a\\nb\\x1b.cfg";', "2: extends: a?b?.cfg: ", "No such file or directory"),
    Case("extends 33 files", "c31.cfg:1: extends: ", "the chain of files is too long (allowed: 32)", ("run", "c0.cfg"),
         {f"c{i}.cfg": f'name = "n"; extends = "c{i + 1}.cfg";' for i in range(33)}, also_check=False),
    whole("name only in what is extended", 'extends = "a.cfg";', "s.cfg: name: ", "is required in the scenario itself",
          **{"a.cfg": 'name = "a";'}),
]

OUTSIDE = "lies outside"
INCLUDES = [
    scenario('@include "none.cfg"', "2: @include: none.cfg: ", "No such file or directory"),
    scenario('@include ""', "2: @include: ", "the path is empty"),
    scenario("@include none.cfg", "2: ", "@include needs a line of its own and quotes"),
    scenario('run: { @include "a.cfg" };', "2: ", "@include needs a line of its own", a_cfg="seed = 1;"),
    scenario('@include "a.cfg";', "2: ", "@include needs a line of its own", a_cfg=""),
    scenario('@include "open', "2: ", "@include needs a line of its own and quotes"),
    scenario('@include "."', "2: @include: .: ", "is not a regular file"),
    scenario('@include "/"', "2: @include: /: ", OUTSIDE),
    scenario('@include "f.cfg"', "2: @include: f.cfg: ", "is not a regular file", name="include of a folder", f_cfg=folder),
    scenario('@include "f.cfg"', "2: @include: f.cfg: ", "is not a regular file", name="include of a pipe", f_cfg=fifo),
    scenario('@include "/dev/zero"', "2: @include: /dev/zero: ", OUTSIDE),
    scenario('@include "/etc/passwd"', "2: @include: /etc/passwd: ", "--allow-outside"),
    scenario('@include "../../../../../../etc/passwd"', "2: @include: ", OUTSIDE),
    scenario('@include "l.cfg"', "2: @include: l.cfg: ", OUTSIDE, name="link to the outside", l_cfg=link("/etc/passwd")),
    scenario('@include "l.cfg"', "2: @include: l.cfg: ", "Too many levels", name="link to itself", l_cfg=link("l.cfg")),
    scenario('@include "s.cfg"', "2: @include: ", "goes round in a circle: s.cfg -> s.cfg"),
    scenario('@include "a.cfg"', "a.cfg:1: @include: ", "goes round in a circle: s.cfg -> a.cfg -> s.cfg",
             name="includes round in a circle", a_cfg='@include "s.cfg"'),
    scenario('@include "a.cfg"', "a.cfg:2: ", "the { that begins here is never closed", name="open bracket in an include",
             a_cfg="\nrun: {"),
    scenario('run: {\n@include "a.cfg"', "a.cfg:1: ", "} closes nothing", name="closing bracket in an include",
             a_cfg="};"),
    scenario('@include "a.cfg"', "a.cfg:1: ", "byte order mark", name="BOM in an include", a_cfg=b"\xef\xbb\xbf"),
    scenario('@include "a.cfg"', "a.cfg:3: run.sead: ", '"seed"', name="unknown key in an include",
             a_cfg="\n\nrun: { sead = 1; };"),
    scenario('@include "a.cfg"', "a.cfg:1: needs.cap: ", "allowed: 1 to 100", name="range in an include",
             a_cfg="needs: { cap = 0.5; };"),
    scenario('label = "a";\n@include "a.cfg"', "a.cfg:1: label: ", "given twice in one group (first in s.cfg:2)",
             name="given twice across files", a_cfg='label = "b";'),
    scenario('@include "a.cfg"\n@include "a.cfg"', "a.cfg:1: label: ", "given twice", name="included twice",
             a_cfg='label = "b";'),
    scenario('@include "a.cfg"', "2: @include: a.cfg: ", "too large", name="include of 5 MiB", a_cfg=b"\n" * (5 * MIB)),
    scenario('@include "a.cfg"\n@include "a.cfg"', "3: @include: a.cfg: ", "makes the configuration too large",
             name="includes of 6 MiB", a_cfg=b"\n" * (3 * MIB)),
    scenario('@include "a.cfg"\n' * 1001, "1002: @include: a.cfg: ", "is one too many", name="1,001 includes", a_cfg=""),
    scenario('extends = "a.cfg";', "a.cfg:2: @include: none.cfg: ", "No such file", name="include in what is extended",
             a_cfg='\n@include "none.cfg"'),
    Case("includes nested 17 deep", "c16.cfg:1: @include: c17.cfg: ", "nested too deeply (allowed: 16", ("run", "c0.cfg"),
         {f"c{i}.cfg": f'@include "c{i + 1}.cfg"' for i in range(18)}, also_check=False),
]

DATES = [
    scenario('run: { start = "2011-02-29"; };', "2: run.start: ", '"2011-02-29" is not a date'),
    scenario('run: { start = "2010-13-01"; };', "2: run.start: ", "is not a date"),
    scenario('run: { start = "2010-00-10"; };', "2: run.start: ", "is not a date"),
    scenario('run: { end = "2010-11-31"; };', "2: run.end: ", "is not a date"),
    scenario('run: { end = "20101101"; };', "2: run.end: ", "YYYY-MM-DD"),
    scenario('run: { end = "2010/11/01"; };', "2: run.end: ", "YYYY-MM-DD"),
    scenario('run: { end = "2010-11-01T00:00"; };', "2: run.end: ", "YYYY-MM-DD"),
    scenario('run: { end = " 2010-11-01"; };', "2: run.end: ", "YYYY-MM-DD"),
    scenario('run: { end = "2010年11月1日"; };', "2: run.end: ", "YYYY-MM-DD"),
    scenario('run: { end = "２０１２-01-01"; };', "2: run.end: ", "YYYY-MM-DD"),
    scenario('run: { start = ""; };', "2: run.start: ", "must be 1971-01-01 or later"),
    scenario('run: { end = ""; };', "2: run.end: ", "must be 2140-01-01 or earlier"),
    scenario('run: { start = "1800-01-01"; };', "2: run.start: ", "1900 to 2199"),
    scenario('run: { end = "9999-01-01"; };', "2: run.end: ", "1900 to 2199"),
    scenario('run: { start = "1969-12-31"; };', "2: run.start: ", "must be 1971-01-01 or later"),
    scenario('run: { end = "2150-01-01"; };', "2: run.end: ", "must be 2140-01-01 or earlier"),
    scenario('run: { start = "2012-01-01"; end = "2011-01-01"; };', "2: run.end: ", "must be later than run.start"),
    scenario('run: { start = "2012-01-01"; end = "2012-01-01"; };', "2: run.end: ", "must be later than run.start"),
    scenario('run: { start = "2021-01-01"; };', "default: run.end: ", "must be later than run.start"),
    scenario('output: { snapshot = [ "2011-02-30" ]; };', "2: output.snapshot: ", "2011-02-30"),
    scenario('output: { snapshot = [ "2011-01-15" ]; };', "2: output.snapshot: ", "first days of months"),
    scenario('output: { snapshot = [ "" ]; };', "2: output.snapshot: ", "YYYY-MM-DD"),
]

WORLD = [
    scenario('run: { subdistricts = [ "110108999000" ]; };', "2: run.subdistricts: ", '"110108999000"'),
    scenario('run: { subdistricts = [ "" ]; };', "2: run.subdistricts: ", 'no subdistrict ""'),
    scenario('run: { subdistricts = [ "燕园" ]; };', "2: run.subdistricts: ", "110108015000"),
    scenario('run: { subdistricts = [ "0110108015000" ]; };', "2: run.subdistricts: ", "no subdistrict"),
    scenario('run: { subdistricts = [ "a\\nb" ]; };', "2: run.subdistricts: ", "no subdistrict"),
    scenario('services: { sanitation: { desks = [ "grid_taem", "city_team", "city_department" ]; }; };', "2: services.sanitation.desks: ",
             'did you mean "grid_team"?'),
    scenario("services: { sanitation: { desks = [ ]; takes = [ ]; }; };", "2: services.sanitation.takes: ", "allowed: "),
    scenario("services: { sanitation: { takes = [ 0.5 ]; }; };", "2: services.sanitation.takes: ", "allowed: "),
    scenario("services: { sanitation: { takes = [ 0.5, 0.8, 0.9 ]; }; };", "2: services.sanitation.takes: ", "the last desk"),
    scenario("services: { sanitation: { by_age = [ 1.0 ]; }; };", "2: services.sanitation.by_age: ", "none or 19"),
    scenario("services: { sanitation: { by_month = [ " + ", ".join(["0.0"] * 12) + " ]; }; };",
             "2: services.sanitation.by_month: ", "all zero"),
    scenario("services: { sanitation: { by_month = [ 4.0" + ", 0.0" * 11 + " ]; }; };",
             "2: services.sanitation.by_month: ", "needs.cap"),
    scenario("services: { elder_care: { self_report = 1.0; }; };\nneeds: { filed_share = 0.6; };",
             "2: services.elder_care.self_report: ", "exceeds 1"),
    scenario("services: { sanitation: { self_report = 1.0; }; };\nneeds: { filed_share = 0.4; };",
             "2: services.sanitation.self_report: ", "exceeds 1"),
    scenario("reporting: { online_by_age = [ 1.0, 2.0 ]; };", "2: reporting.online_by_age: ", "2 numbers (allowed: 19)"),
    scenario('finding: { rounds = "everywhere"; };', "2: finding.rounds: ", "by_filed"),
    scenario("services: {" + "".join(f" x{i}: {{ label = \"x\"; network = \"city\"; carrier = \"grid\"; mix = 0.1; limit = 1; "
             "self_report = 0.1; work_minutes = 1.0; desks = [ \"grid_team\" ]; takes = [ 1.0 ]; };" for i in range(40)) +
             " };", "2: services: ", "57 entries (allowed: 1 to 32)", name="40 more services"),
    scenario("vital_events: { fertility = [ 0.1 ]; };", "2: vital_events.fertility: ", "allowed: 28, 7 for each of vital_events.years"),
    scenario("vital_events: { years = [ 2010.0, 2012.0, 2012.0, 2020.0 ]; };", "2: vital_events.years: ",
             "2012 after 2012 (allowed: ascending years)"),
    scenario("vital_events: { years = [ ]; };", "2: vital_events.years: ", "0 numbers (allowed: 1 to 16)"),
    scenario("vital_events: { years = [ " + ", ".join(f"{2000 + i}.0" for i in range(17)) + " ]; };",
             "2: vital_events.years: ", "17 numbers (allowed: 1 to 16)", name="17 years"),
    scenario("vital_events: { years = [ 1066.0 ]; };", "2: vital_events.years: ", "allowed: 1900 to 2200"),
    scenario("vital_events: { infant_mortality = [ 0.002 ]; };", "2: vital_events.infant_mortality: ",
             "1 numbers (allowed: 4, 1 for each of vital_events.years)"),
    scenario("vital_events: { life_expectancy_male = [ 80.0, 80.0, 81.0, 120.0 ]; };",
             "2: vital_events.life_expectancy_male: ", "allowed: 30 to 100"),
    scenario("vital_events: { mortality_makeham_female = 0.01;\nlife_expectancy_female = [ 84.0, 84.0, 85.0, 99.0 ]; };",
             "3: vital_events.life_expectancy_female: ", "99 years cannot be had"),
    scenario("vital_events: { birth_spacing = 37; };", "2: vital_events.birth_spacing: ", "allowed: 0 to 36"),
    scenario("vital_events: { birth_spacing = 36; fertility_partnered = 8.0; };", "2: vital_events.birth_spacing: ",
             "would always be waiting"),
    scenario("vital_events: { fertility_partnered = -1.0; };", "2: vital_events.fertility_partnered: ", "allowed: 0 to 10"),
    scenario("housing: { move = [ ]; };", "2: housing.move: ", "allowed: 19"),
    scenario("housing: { cost_large = [ 1.0, 1.0 ]; };", "2: housing.cost_large: ", "2 numbers (allowed: 5)"),
    scenario("housing: { construction = [ 0.01, 0.02, 0.03 ]; };", "2: housing.construction: ",
             "for each of housing.construction_years"),
    scenario("housing: { construction_years = [ 2020.0, 2015.0 ];\nconstruction = [ 0.01, 0.01 ]; };",
             "2: housing.construction_years: ", "2015 after 2020 (allowed: ascending years)"),
    scenario("housing: { construction_years = [ ]; };", "2: housing.construction_years: ", "no years (allowed: one at least)"),
    scenario("housing: { move = [ " + ", ".join(["0.1"] * 18) + ", 1.1 ]; };", "2: housing.move: ", "allowed: 0 to 1"),
    scenario("migration: { out_household = [ 0.1 ]; };", "2: migration.out_household: ", "1 numbers (allowed: 19)"),
    scenario("migration: { out_member = [ 0.1 ]; };", "2: migration.out_member: ", "1 numbers (allowed: 19)"),
    scenario("migration: { out_collective = [ ]; };", "2: migration.out_collective: ", "0 numbers (allowed: 19)"),
    scenario("migration: { years = [ 2010.0 ];\nin_age_head = [ " + ", ".join(["0.0"] * 19) + " ]; };",
             "3: migration.in_age_head: ", "19 numbers that sum to 0 (allowed: 19, above 0)", name="no heads of any age"),
    scenario("migration: { years = [ 2010.0 ];\nin_age_head = [ 0.0, 0.0, 0.0, 0.5" + ", 0.1" * 15 + " ]; };",
             "3: migration.in_age_head: ", "0.5 at 10-14 (allowed: 0 below 16 years)", name="heads of 10"),
    scenario("migration: { years = [ 2010.0 ];\nin_collective = [ 0.2" + ", 0.0" * 18 + " ]; };",
             "3: migration.in_collective: ", "0.2 at 0 (allowed: 0 below 16 years)", name="infants in dormitories"),
    scenario("migration: { in_collective = [ " + ", ".join(["0.0"] * 19) + " ]; };", "2: migration.in_collective: ",
             "19 numbers (allowed: 38, 19 for each of migration.years)", name="one year of two"),
    scenario("migration: { years = [ 2020.0, 2010.0 ]; };", "2: migration.years: ", "2010 after 2020 (allowed: ascending years)"),
    scenario("migration: { years = [ ]; };", "2: migration.years: ", "no years (allowed: one at least)"),
    scenario("migration: { in_registration = [ 1.0 ]; };", "2: migration.in_registration: ", "(allowed: 3, above 0)"),
    scenario("migration: { in_registration_collective = [ 0.0, 0.0, 0.0 ]; };", "2: migration.in_registration_collective: ",
             "sum to 0 (allowed: 3, above 0)"),
    scenario("study: { years = [ 2011.0, 2011.0 ]; };", "2: study.years: ", "2011 after 2011 (allowed: ascending years)"),
    scenario("study: { places = [ 1.0 ]; };", "2: study.places: ", "1 numbers (allowed: 2, 1 for each of study.years)"),
    scenario("study: { undergraduates = [ 0.5, 1.5 ]; };", "2: study.undergraduates: ", "allowed: 0 to 1"),
    scenario("study: { undergraduate_ages = [ 0.0, 0.0, 0.0 ]; };", "2: study.undergraduate_ages: ", "(allowed: 3, above 0)"),
    scenario("study: { graduate_ages = [ 0.5, 0.5 ]; };", "2: study.graduate_ages: ", "2 numbers that sum to 1 (allowed: 4"),
    scenario("study: { finish = [ 0.5 ]; };", "2: study.finish: ", "1 numbers (allowed: 16)"),
    scenario("study: { registration = [ ]; };", "2: study.registration: ", "0 numbers that sum to 0 (allowed: 3"),
    scenario("study: { stay = 2.0; };", "2: study.stay: ", "allowed: 0 to 1"),
    scenario("partnership: { seek_men = [ 0.1 ]; };", "2: partnership.seek_men: ", "1 numbers (allowed: 19)"),
    scenario("partnership: { seek_women = [ ]; };", "2: partnership.seek_women: ", "0 numbers (allowed: 19)"),
    scenario("partnership: { outside_registration = [ 0.0, 0.0, 0.0 ]; };", "2: partnership.outside_registration: ",
             "sum to 0 (allowed: 3, above 0)"),
    scenario("partnership: { separation = -0.1; };", "2: partnership.separation: ", "allowed: 0 to 1"),
    scenario("leaving_home: { leave_parents = [ 0.1 ]; };", "2: leaving_home.leave_parents: ", "1 numbers (allowed: 19)"),
    scenario("leaving_home: { leave_room = [ " + ", ".join(["0.0"] * 20) + " ]; };", "2: leaving_home.leave_room: ",
             "20 numbers (allowed: 19)", name="20 age bands"),
    scenario("leaving_home: { to_room = 2.0; };", "2: leaving_home.to_room: ", "allowed: 0 to 1"),
    scenario("schooling: { outside_odds = [ 1.0 ]; };", "2: schooling.outside_odds: ", "1 numbers (allowed: 6)"),
    scenario("schooling: { no_school_male = [ 0.1 ]; };", "2: schooling.no_school_male: ", "1 numbers (allowed: 15)"),
    scenario("working_life: { lose_work = [ 0.1 ]; };", "2: working_life.lose_work: ", "1 numbers (allowed: 15)"),
    scenario("working_life: { early_male = [ ]; };", "2: working_life.early_male: ", "0 numbers (allowed: "),
    scenario("care: { fall_ill = [ 0.1 ]; };", "2: care.fall_ill: ", "1 numbers (allowed: 19)"),
    scenario("care: { recover = [ " + ", ".join(["0.9"] * 19) + " ];\ndisable = [ " + ", ".join(["0.9"] * 19) + " ]; };",
             "3: care: recover + disable: ", "1.8 together", name="recover and disable beyond 1"),
    scenario("civic: { join_party = [ 0.1 ]; };", "2: civic.join_party: ", "1 numbers (allowed: "),
    scenario("registration: { points_rates = [ 0.1, 0.2 ]; };", "2: registration.points_rates: ",
             "2 numbers (allowed: 1, 1 for each of registration.points_years)"),
    scenario("registration: { points_years = [ ]; };", "2: registration.points_years: ", "no years (allowed: one at least)"),
    scenario("registration: { graduate_first = 30; graduate_last = 29; };", "2: registration.graduate_last: ",
             "29 (allowed: from 30 on)"),
    scenario("relief: { follow_cap = 0.6; };", "2: relief.follow_cap: ", "allowed: 0 to 0.5"),
    scenario("synthesis: { old_alone = 0.9; };", "2: synthesis.old_alone + ", "1.32 together (allowed: up to 1)"),
    scenario("synthesis: { collective_most = 0.0; };", "synthesis.collective_most: ", "collective residents"),
    scenario("finding: { reference_found_share = 0.95; };\nneeds: { filed_share = 0.6; };",
             "2: finding.reference_found_share: ", "allowed: below"),
]

SETS = [
    settings("run.seed", 'path=value'),
    settings("=1", "path=value"),
    settings("", "path=value"),
    settings("run.seed=", "run.seed: "),
    settings("run.sead=1", 'run.sead: unknown key; did you mean "seed"?'),
    settings("runn.seed=1", "runn.seed: unknown key"),
    settings("run..seed=1", "run..seed: "),
    settings(".=1", "unknown key"),
    settings("services.sanitatoin.mix=0.1", 'did you mean "sanitation"?'),
    settings("run=1", "run: is a group"),
    settings("run={seed=1;}", "run: a group cannot be given here"),
    settings("run.seed=abc", "run.seed: expected a whole number"),
    settings("run.seed=1.5", "run.seed: expected a whole number"),
    settings("run.seed=-1", "run.seed: "),
    settings("run.seed=1 2", "run.seed: "),
    settings("run.seed=010", "run.seed: \"010\" has a leading zero"),
    settings("run.seed=0x", "run.seed: "),
    settings("run.seed=99999999999999999999", "run.seed: "),
    settings("run.seed=[1]", "run.seed: "),
    settings("needs.filed_share=nan", "needs.filed_share: "),
    settings("needs.filed_share=inf", "needs.filed_share: "),
    settings("needs.filed_share=1e400", "needs.filed_share: "),
    settings("needs.filed_share=0,3", "needs.filed_share: "),
    settings("needs.filed_share=９", "needs.filed_share: "),
    settings("output.place=county", "output.place: "),
    settings("run.end=2011-02-29", "run.end: "),
    settings("run.end=2010-11-01", "run.end: 2010-11-01 must be later than run.start"),
    settings('run.subdistricts=["110108015000"', "run.subdistricts: "),
    settings('run.subdistricts=["110108015000', "run.subdistricts: "),
    settings('label="open', "label: "),
    settings("label=" + "x" * 100000, "label: "),
    settings("x" * 100000 + "=1", "unknown key"),
    settings("name=", "name: is empty"),
    settings("extends=a.cfg", "extends: unknown key"),
    settings("a\nb\x1b=1", "a?b?: unknown key"),
    settings(os.fsdecode(b"label=\xff\xfe"), "label: "),
    settings("输出=1", "unknown key"),
    Case("2100 --set", "--set: ", "allowed: 2046", RUN + ("--set", "run.seed=1") * 2100, {"s.cfg": 'name = "s";\n'},
         also_check=False),
    Case("--set without a value", "--set: ", "path=value", RUN + ("--set",), {"s.cfg": 'name = "s";\n'}, also_check=False),
]

USAGE = [
    usage("a command is missing", ""),
    usage('unknown command "rnu"', 'did you mean "run"?', "rnu"),
    usage('unknown command "RUN"', "", "RUN", "s.cfg"),
    usage('unknown command ""', "", ""),
    usage('unknown command "??"', "", "\n\x1b"),
    usage("unknown option --nosuch", "", *RUN, "--nosuch"),
    usage("unknown option -x", "", *RUN, "-x"),
    usage("unknown option --sede=1", "", *RUN, "--sede=1"),
    usage("unknown option -", "", "run", "-"),
    usage("unknown option -ox.h5", "", "run", "s.cfg", "-ox.h5"),
    usage("--seed: ", "allowed: 0 to 2^53", *RUN, "--seed", "abc"),
    usage("--seed: ", "allowed: 0 to 2^53", *RUN, "--seed", "-1"),
    usage("--seed: ", "allowed: 0 to 2^53", *RUN, "--seed", "1e3"),
    usage("--seed: ", "allowed: 0 to 2^53", *RUN, "--seed", "99999999999999999999"),
    usage("--seed: ", "allowed: 0 to 2^53", *RUN, "--seed"),
    usage("--seed: ", "allowed: 0 to 2^53", *RUN, "--seed="),
    usage("--seed: ", "allowed: 0 to 2^53", *RUN, "--seed", " 1"),
    usage("--replicate: ", "allowed: 0 to 1000000", *RUN, "--replicate", "1000001"),
    usage("--threads: ", "allowed: 1 to 1024", *RUN, "--threads", "0"),
    usage("--threads: ", "allowed: 1 to 1024", *RUN, "--threads", "2.0"),
    usage("--lang: ", "allowed: en, zh", *RUN, "--lang", "fr"),
    usage("a scenario is missing", "", "run"),
    usage("a scenario is missing", "", "check"),
    usage("a scenario is missing", "", "synthesis", "--allow-outside"),
    usage("the scenario's name is empty", "", "run", ""),
    usage("one scenario at a time: s.cfg, t.cfg", "", "run", "s.cfg", "t.cfg"),
    usage("-o: a file is missing", "", "run", "s.cfg", "-o"),
    usage("-o: a file is missing", "", "run", "s.cfg", "--output="),
    usage('-o: "--quiet"', "./--quiet", "run", "s.cfg", "-o", "--quiet"),
    usage("unknown option -o", "", "check", "s.cfg", "-o", "x.h5"),
    usage("--format: ", "allowed: ", "params", "--format", "xml"),
    usage("unknown argument s.cfg", "", "outputs", "s.cfg"),
    usage("a file is missing", "", "info"),
    usage("s.cfg: is not an HDF5 file", "", "info", "s.cfg"),
    usage("none.h5: cannot be read", "No such file", "info", "none.h5"),
]

PATHS = [
    Case("no such scenario", "none.cfg: ", "No such file or directory", ("run", "none.cfg")),
    Case("a folder as scenario", "f.cfg: ", "is not a regular file", ("run", "f.cfg"), {"f.cfg": folder}),
    Case("a pipe as scenario", "f.cfg: ", "is not a regular file", ("run", "f.cfg"), {"f.cfg": fifo}),
    Case("a device as scenario", "/dev/zero: ", "is not a regular file", ("run", "/dev/zero")),
    Case("/dev/null as scenario", "/dev/null: ", "is not a regular file", ("run", "/dev/null")),
    Case("a locked scenario", "f.cfg: ", "cannot be read", ("run", "f.cfg"), {"f.cfg": locked}),
    Case("a link to nowhere", "f.cfg: ", "No such file or directory", ("run", "f.cfg"), {"f.cfg": link("nowhere")}),
    Case("a link to itself", "f.cfg: ", "Too many levels", ("run", "f.cfg"), {"f.cfg": link("f.cfg")}),
    Case("a path through a file", "s.cfg/s.cfg: ", "Not a directory", ("run", "s.cfg/s.cfg"), {"s.cfg": ""}),
    Case("a path of 5,000 letters", "x" * 100, "File name too long", ("run", "x" * 5000)),
    Case("a line break in the name", "a?b.cfg: ", "No such file or directory", ("run", "a\nb.cfg")),
]


def output(name, where, holds, path, text="", files=None, status=2, **more):
    arguments = ("run", "s.cfg", "--quiet", "--set", PART, "--set", "run.end=2010-12-01") + (("-o", path) if path else ())
    return Case(name, where, holds, arguments, {"s.cfg": 'name = "s";\n' + text, **(files or {})}, status, also_check=False,
                **more)


OUTPUT = [
    output("output folder missing", "-o: none/x.h5: ", "output folder missing", "none/x.h5"),
    output("output folder is a file", "-o: s.cfg/x.h5: ", "output folder missing", "s.cfg/x.h5"),
    output("output folder is a link to nowhere", "-o: l/x.h5: ", "output folder missing", "l/x.h5", files={"l": link("nowhere")}),
    output("output is a folder", "-o: f: ", "is a folder", "f", files={"f": folder}),
    output("output ends in a slash", "-o: f/: ", "is a folder", "f/", files={"f": folder}),
    output("output is /dev/full", "-o: /dev/full: ", "is not a regular file", "/dev/full"),
    output("output is /dev/null", "-o: /dev/null: ", "is not a regular file", "/dev/null"),
    output("output is a pipe", "-o: f: ", "is not a regular file", "f", files={"f": fifo}),
    output("output in /proc", "/proc/x.h5: ", "cannot create", "/proc/x.h5"),
    output("output with a name of 300 letters", "-o: ", "too long", "x" * 300 + ".h5"),
    output("output with a path of 5,000 letters", "-o: ", "too long", "x/" * 2500 + "x.h5"),
    output("output.file in no folder", "s.cfg:2: output.file: none/x.h5: ", "output folder missing", None,
           'output: { file = "none/x.h5"; };'),
    output("the .part is a folder", "x.h5: ", "Is a directory", "x.h5", files={"x.h5.part": folder}),
    output("output/ is a file", "output/s.h5: ", "Not a directory", None, files={"output": "x"}),
    output("output/ is a link to nowhere", "output/s.h5: ", "No such file", None, files={"output": link("nowhere")}),
    output("file limit 0", "x.h5: ", "File too large", "x.h5", status=1, limit=("RLIMIT_FSIZE", 0)),
    output("file limit 4 KiB", "x.h5: ", "File too large", "x.h5", status=1, limit=("RLIMIT_FSIZE", 4096)),
    output("file limit 64 KiB", "x.h5: ", "File too large", "x.h5", status=1, limit=("RLIMIT_FSIZE", 65536)),
    output("file limit of output/", "output/s.h5: ", "File too large", None, status=1, limit=("RLIMIT_FSIZE", 65536)),
    Case("parameters on a full disk", "standard output: ", "No space left", ("params",), {}, 1, stdout="/dev/full",
         also_check=False),
    Case("check on a full disk", "standard output: ", "No space left", ("check", "s.cfg", "--set", PART),
         {"s.cfg": 'name = "s";'}, 1, stdout="/dev/full", also_check=False),
]
NAMES = [
    Case("name with a slash", "s.cfg:1: name: ", "cannot be a file's name", ("run", "s.cfg"), {"s.cfg": 'name = "a/b";'}),
    Case("hidden name", "s.cfg:1: name: ", "cannot be a file's name", ("run", "s.cfg"), {"s.cfg": 'name = ".a";'}),
    Case("name of 300 letters", "s.cfg:1: name: ", "cannot be a file's name", ("run", "s.cfg"),
         {"s.cfg": f'name = "{"n" * 300}";'}),
]

CSV = "subdistricts.csv"
TABLES = [
    *[case for file in ("subdistricts.csv", "communities.csv", "age_sex_2010.csv", "census_2010.csv", "holidays.csv")
      for case in (table(file, None, file + ": ", "No such file", "missing"),
                   table(file, becomes(b""), file + ":1: ", "empty"),
                   table(file, becomes(NOISE), file + ":", "", "noise"),
                   table(file, added(b'\n"open'), file + ":", "never closed"),
                   table(file, added("\na\n"), file + ":", "cells where the header has"),
                   table(file, added("\0".encode()), file + ":", "NUL"))],
    table(CSV, folder, CSV + ": ", "is a directory"),
    table(CSV, fifo, CSV + ": ", "is not a regular file"),
    table(CSV, lambda data: data.decode().encode("gbk"), CSV + ":", "not UTF-8"),
    table(CSV, replaced("area_km2", "name"), CSV + ":", 'two columns are called "name"'),
    table(CSV, replaced("longitude_deg", "east"), CSV + ": ", 'no column "longitude_deg"'),
    table(CSV, replaced("110108001000,", "11010800100x,"), CSV + ":", 'column "code"'),
    table(CSV, replaced("110108001000,", "110108002000,"), CSV + ":", "110108002000"),
    table(CSV, replaced("110108001000,", "999999999999999999999,"), CSV + ":", 'column "code"'),
    table(CSV, replaced("万寿路,", ","), CSV + ":", 'column "name" is blank', "blank name"),
    table(CSV, replaced(",subdistrict,", ",county,"), CSV + ":", "allowed: "),
    table("communities.csv", replaced("116.30138", "1163.0138"), "communities.csv:", "longitude_deg"),
    table("communities.csv", replaced("116.30138", "nan"), "communities.csv:", "longitude_deg"),
    table("communities.csv", replaced("116.30138", ""), "communities.csv:", "must both be given"),
    table("communities.csv", replaced("110108001001,110108001000", "110108001001,110108999000"), "communities.csv:",
          "110108999000"),
    table("communities.csv", replaced("110108001002,", "110108001001,"), "communities.csv:", "110108001001"),
    table("communities.csv", replaced(",community,111,116", ',"com\nmunity",111,116'), "communities.csv:", "com?munity"),
    table("age_sex_2010.csv", without("0,"), "age_sex_2010.csv: ", 'no row for age "0"'),
    table("age_sex_2010.csv", replaced("1-4,", "0,"), "age_sex_2010.csv:", "a second time"),
    table("age_sex_2010.csv", replaced("1-4,", "1-3,"), "age_sex_2010.csv:", "is no age group"),
    table("age_sex_2010.csv", replaced("8876", "-8876"), "age_sex_2010.csv:", 'column "male"'),
    table("age_sex_2010.csv", replaced("8876", "8876.5"), "age_sex_2010.csv:", 'column "male"'),
    table("age_sex_2010.csv", replaced("8876", "8877"), "age_sex_2010.csv: ", "population is"),
    table("census_2010.csv", without("population,"), "census_2010.csv: ", 'no field "population"'),
    table("census_2010.csv", added("\npopulation,1,person\n"), "census_2010.csv:", "a second time"),
    table("census_2010.csv", replaced("population,3280670", "population,many"), "census_2010.csv:", 'column "value"'),
    table("holidays.csv", added("\n2011-02-30,off,x\n"), "holidays.csv:", "2011-02-30"),
    table("holidays.csv", added("\n2035-01-01,free,x\n"), "holidays.csv:", 'column "kind": "free" (allowed: off, work)'),
    table("holidays.csv", added("\n2035-01-01,work,x\n"), "holidays.csv:", "is worked anyway", "work on a Monday"),
    table("holidays.csv", added("\n2011-10-01,off,x\n"), "holidays.csv:", "a second time"),
    table("holidays.csv", added("\n2011-10-01,work,x\n"), "holidays.csv:", 'is both "work" and, on line'),
    table("holidays.csv", replaced("date,kind,name", "date,type,name"), "holidays.csv: ", 'no column "kind"'),
    table("desks.cfg", added("\nrun: {"), "desks.cfg:", "is never closed"),
    table("desks.cfg", added('\nname = "x";'), "desks.cfg:", "name: belongs in a scenario"),
    table("desks.cfg", added('\nextends = "x.cfg";'), "desks.cfg:", "extends: belongs in a scenario"),
    table("desks.cfg", added("\nfoo = 1;"), "desks.cfg:", "foo: unknown key"),
    table("desks.cfg", added("\n@include \"/etc/passwd\"\n"), "desks.cfg:", OUTSIDE),
    table("desks.cfg", added("\n@include \"none.cfg\"\n"), "desks.cfg:", "No such file"),
    table("services.cfg", replaced("mix = 0.22", "mix = 1e400"), "services.cfg:", "1e400"),
    table("services.cfg", replaced("mix = 0.22", "mix = 22.0"), "services.cfg:", "services.sanitation.mix: "),
    table("services.cfg", None, "services: ", "0 entries (allowed: 1 to 32)", "missing"),
]

def policies(entries, where, holds):
    return Case("policies = (" + entries[:60], "s.cfg:3: " + where if where else "policies: ", holds,
                files={"s.cfg": 'name = "s"; run: { subdistricts = [ "110108015000" ]; end = "2011-03-01"; };\npolicies = (\n'
                                + entries + "\n);\n"})


POLICIES = [
    policies('{ policy = "grid_stafing"; }', "policies: ", 'did you mean "grid_staffing"?'),
    policies('{ policy = "nothing_like_it"; }', "policies: ", "(allowed: grid_staffing, network_fusion"),
    policies('{ strength = 0.5; }', "policies: ", 'entry 1: expected { policy = "…"; … }'),
    scenario('policies = ( "duty_list" );', "2: policies: ", "entry 1: expected"),
    policies('{ policy = 5; }', "policies: ", "entry 1: expected"),
    policies('{ policy = "duty_list#2"; }', "policies: ", 'did you mean "duty_list"?'),
    policies('{ policy = "duty_list"; strength = 1.5; }', "policies.duty_list.strength: ", "(allowed: 0 to 1)"),
    policies('{ policy = "duty_list"; strength = -0.1; }', "policies.duty_list.strength: ", "(allowed: 0 to 1)"),
    policies('{ policy = "duty_list"; strenght = 1.0; }', "policies.duty_list.strenght: ", 'did you mean "strength"?'),
    policies('{ policy = "duty_list"; ramp_months = 1.5; }', "policies.duty_list.ramp_months: ", "expected a whole number"),
    policies('{ policy = "duty_list"; from = "2011-02-29"; }', "policies.duty_list.from: ", "is not a date"),
    policies('{ policy = "duty_list"; from = "2011-02-01"; to = "2011-01-01"; }', "policies.duty_list.to: ",
             "ends before it begins (allowed: after 2011-02-01"),
    policies('{ policy = "duty_list"; to = "2010-11-01"; }', "policies.duty_list.to: ", "ends before it begins"),
    policies('{ policy = "duty_list"; params: { misroute = 3.0; }; }', "policies.duty_list.params.misroute: ",
             "(allowed: 0 to 1)"),
    policies('{ policy = "duty_list"; params: { officers_per_grid = 3.0; }; }',
             "policies.duty_list.params.officers_per_grid: ", "unknown key (allowed: misroute, returns, upkeep_fen)"),
    policies('{ policy = "duty_list"; params = 3; }', "policies.duty_list.params: ", "is a group: write { … }"),
    policies('{ policy = "duty_list"; scope: { kind = "rurall"; }; }', "policies.duty_list.scope.kind: ",
             "is not one of the choices (allowed: all, urban, rural"),
    policies('{ policy = "duty_list"; scope: { share = 2; }; }', "policies.duty_list.scope.share: ", "(allowed: 0 to 1)"),
    policies('{ policy = "duty_list"; scope: { subdistricts = [ "110108099000" ]; }; }',
             "policies.duty_list.scope.subdistricts: ", 'no place of the district has the code "110108099000"'),
    policies('{ policy = "duty_list"; scope: { communities = [ "清河" ]; }; }', "policies.duty_list.scope.communities: ",
             'no place of the district has the code "清河"'),
    policies('{ policy = "duty_list"; scope: { communities = "110108015006"; }; }',
             "policies.duty_list.scope.communities: ", "expected a list of texts in quotes"),
    policies('{ policy = "duty_list"; rollout: { pilots = [ "1" ]; }; }', "policies.duty_list.rollout.pilots: ",
             'no place of the district has the code "1"'),
    policies('{ policy = "duty_list"; rollout: { communities_per_month = -1; }; }',
             "policies.duty_list.rollout.communities_per_month: ", "(allowed: 0 to 100000)"),
    policies('{ policy = "duty_list"; rollout: { order = "random"; }; }', "policies.duty_list.rollout.order: ",
             "(allowed: need, name, draw)"),
    policies('{ policy = "grid_staffing"; }, { policy = "grid_staffing"; params: { officers_per_grid = 1.0; }; }', None,
             "replace officers_per_grid by unequal values in"),
    policies('{ policy = "event_security"; params: { preparation_days = 0; teams_taken = 0.6; }; },'
             ' { policy = "event_security"; params: { preparation_days = 0; teams_taken = 0.6; }; }', None,
             "make surge_hours.team 1.2 in"),
    policies('{ policy = "population_relief"; params: { dwellings = 1.5; }; }', "policies.population_relief.params.dwellings: ",
             "(allowed: 0 to 1)"),
    policies('{ policy = "population_relief"; params: { lag_days = 1.5; }; }', "policies.population_relief.params.lag_days: ",
             "expected a whole number"),
    policies('{ policy = "population_relief"; params: { lag = 3; }; }', "policies.population_relief.params.lag: ",
             "unknown key (allowed: workplaces, follow"),
    policies('{ policy = "population_relief"; params: { workplaces = 0.7; }; },'
             ' { policy = "population_relief"; params: { workplaces = 0.7; }; }', None, "make workplaces_closed 1.4 in"),
    settings("relief.follow_cap=0.6", "relief.follow_cap: 0.6 is out of range (allowed: 0 to 0.5)"),
    policies(", ".join(['{ policy = "duty_list"; }'] * 65), None, "more than 64 entries"),
    scenario("policies = 5;", "2: policies: ", "is a list: write ( { … }, { … } )"),
    scenario("policies: { duty_list: { strength = 0.5; }; };", "2: policies.duty_list: ", 'there is no "duty_list"'),
    settings("policies.duty_list.strength=0.5", 'policies.duty_list.strength: there is no "duty_list" in policies'),
    settings("policies.duty_lits.strength=0.5", 'there is no policy called "duty_lits"; did you mean "duty_list"?'),
    whole("policies in configs are refused elsewhere", 'policies = ( { policy = "duty_list"; } );\n', "s.cfg: name: ",
          "is required but not given"),
]

ALL = KEYS + TYPES + NUMBERS + STRUCTURE + ENCODINGS + EXTENDS + INCLUDES + DATES + WORLD + SETS + USAGE + PATHS + \
    OUTPUT + NAMES + TABLES + POLICIES
