# SPDX-License-Identifier: GPL-3.0-or-later
"""Studies that are wrong, for tests/py/test_study_file.py: each with the lines it must be refused with.

A line is given by how it begins (file, line and key) and by what else it holds.
"""

HEAD = 'name = "s"; baseline = "base";\n'
BASE = '{ name = "base"; scenario = "base.cfg"; }'
POLICY = '{ name = "list"; scenario = "list.cfg"; }'
GOOD = HEAD + f"variants = ( {BASE}, {POLICY} );\n"
SCENARIOS = {
    "base.cfg": 'name = "base"; run: { end = "2011-01-01"; subdistricts = [ "110108001000" ]; };\n',
    "list.cfg": 'name = "list"; extends = "base.cfg";\npolicies = ( { policy = "duty_list"; } );\n',
}


def added(text, *told):
    """`text` stands in line 3 of a good study."""
    return (GOOD + text + "\n", told)


def whole(text, *told):
    return (text, told)


def variants(text, *told):
    """In line 2."""
    return (HEAD + f"variants = ( {text} );\n", told)


CASES = [
    # what is read
    added("drawz = 3;", ("s.cfg:3: drawz: unknown key", 'did you mean "draws"?')),
    added("zzzzzzzz = 3;", ("s.cfg:3: zzzzzzzz: unknown key", "allowed: name, label, baseline")),
    added('extends = "base.cfg";', ("s.cfg:3: extends: unknown key", "")),
    added('draws = "8";', ("s.cfg:3: draws: expected a whole number", "0 to 10000")),
    added("draws = 1.5;", ("s.cfg:3: draws: expected a whole number", "")),
    added("draws = -1;", ("s.cfg:3: draws: -1 is out of range", "0 to 10000")),
    added("draws = 10001;", ("s.cfg:3: draws: 10001 is out of range", "")),
    added("draws = 2147483648;", ("s.cfg:3: ", "beyond 32 bits")),
    added("draws = 010;", ("s.cfg:3: ", "leading zero")),
    added("draws = 4; draws = 5;", ("s.cfg:3: draws: ", "given twice")),
    added("draws = { a = 1; };", ("s.cfg:3: draws: expected a value, got a group", "")),
    added("draws = 4; draw_blocks = [ 2, 1 ];", ("s.cfg:3: draw_blocks: do not sum to draws", "")),
    added("draws = 4; draw_blocks = [ 2.5, 1.5 ];", ("s.cfg:3: draw_blocks: expected whole numbers", "")),
    added("draws = 4; draw_blocks = [ 4, 0 ];", ("s.cfg:3: draw_blocks: item 2: 0 is out of range", "1 to 10000")),
    added('sampler = "random";', ('s.cfg:3: sampler: "random" is not one of the choices', "latin, sobol")),
    added("spread = 1.0;", ("s.cfg:3: spread: 1.0 is out of range", "1.001 to 100")),
    added("spread = 1e400;", ("s.cfg:3: ", "too large")),
    added("replicates = 0;", ("s.cfg:3: replicates: 0 is out of range", "1 to 100000")),
    added("replicates = true;", ("s.cfg:3: replicates: expected a whole number", "")),
    added("set = 5;", ("s.cfg:3: set: expected a list of texts", "")),
    added("set = ( 5 );", ("s.cfg:3: set: item 1: expected text", "")),
    added("branch_at = 2011;", ("s.cfg:3: branch_at: expected a date", "")),
    added('branch_at = "2011-02-30";', ('s.cfg:3: branch_at: "2011-02-30" is not a date', "")),
    added("until = 5;", ("s.cfg:3: until: is a group", "half_width")),
    added('until: { variable = "coverage"; };', ("s.cfg:3: until.half_width: is required", ""),
          ("s.cfg:3: until.max: is required", "")),
    added('until: { variable = "coverage"; half_width = 0.0; max = 9; };', ("s.cfg:3: until.half_width: 0.0 is out of range", "")),
    added('until: { variable = "coverage"; half_width = 0.1; max = 1; };', ("s.cfg:3: until.max: 1 is out of range", "2 to")),
    added('until: { variable = "coverage"; half_width = 0.1; max = 9; least = 2; };', ("s.cfg:3: until.least: unknown key", "")),
    added('replicates = 1; until: { variable = "coverage"; half_width = 0.1; max = 9; };', ("s.cfg:3: replicates: 1 has no interval", "from 2 on")),
    added("sweep = 5;", ("s.cfg:3: sweep: is a list of groups", "")),
    added("sweep = ( 5 );", ("s.cfg:3: sweep[1]: expected a group", "")),
    added('sweep = ( { path = "run.seed"; } );', ("s.cfg:3: sweep[1].values: is required", "")),
    added('sweep = ( { path = "run.seed"; values = []; } );', ("s.cfg:3: sweep[1].values: expected a list of values", "")),
    added('sweep = ( { path = "run.seed"; values = 3; } );', ("s.cfg:3: sweep[1].values: expected a list of values", "")),
    added('sweep = ( { path = "run.seed"; values = ( { a = 1; } ); } );', ("s.cfg:3: sweep[1].values: expected a list", "")),
    added('sweep = ( { values = [ 1 ]; valuez = 3; } );', ("s.cfg:3: sweep[1].valuez: unknown key", '"values"'),
          ("s.cfg:3: sweep[1].path: is required", "")),
    added('ranges = ( { path = "trust.silence"; low = 0.6; high = 0.5; } );', ("s.cfg:3: ranges[1].low: is above high", "")),
    added('ranges = ( { path = "trust.silence"; low = "a"; } );', ("s.cfg:3: ranges[1].low: expected a number", ""),
          ("s.cfg:3: ranges[1].high: is required", "")),
    whole('name = "s"; variants = ( ' + BASE + " );\n", ("s.cfg: baseline: is required but not given", "")),
    whole('baseline = "base"; name = ""; variants = ( ' + BASE + " );\n", ("s.cfg:1: name: is empty", "")),
    whole(HEAD + "variants = ();\n", ("s.cfg:2: variants: is a list of groups", "")),
    whole(HEAD + "variants = { a = 1; };\n", ("s.cfg:2: variants: is a list of groups", "")),
    whole(HEAD + 'variants = ( "base.cfg" );\n', ("s.cfg:2: variants[1]: expected a group", "")),
    whole(HEAD + "variants = ( " + BASE, ("s.cfg:2: ", "")),
    whole(HEAD + "variants = ( " + BASE + " );\n/* not closed", ("s.cfg:3: ", "comment")),
    whole(HEAD + "variants = ( " + BASE + " );\n@include \"/etc/hostname\"\n", ("s.cfg:3: @include: /etc/hostname: lies outside", "--allow-outside")),
    variants('{ name = "base"; }', ("s.cfg:2: variants[1].scenario: is required", "")),
    variants('{ name = "base"; scenario = ""; }', ("s.cfg:2: variants[1].scenario: is empty", "")),
    variants('{ name = "base"; scenario = "base.cfg"; sett = []; }', ("s.cfg:2: variants[1].sett: unknown key", '"set"')),
    variants('{ name = "base"; scenario = "none.cfg"; }', ("none.cfg: cannot be read", "")),
    # names
    variants(BASE + ', { name = "base"; scenario = "list.cfg"; }', ('s.cfg:2: variants[2]: name: "base" names an earlier variant', "")),
    variants(BASE + ', { name = "a/b"; scenario = "list.cfg"; }', ('s.cfg:2: variants[2]: name: "a/b" cannot name a folder', "")),
    variants(BASE + ', { name = ".."; scenario = "list.cfg"; }', ('s.cfg:2: variants[2]: name: ".." cannot name a folder', "")),
    variants(BASE + ', { name = "a b"; scenario = "list.cfg"; }', ('s.cfg:2: variants[2]: name: "a b" cannot name', "")),
    variants(BASE + ', { name = ""; scenario = "list.cfg"; }', ('s.cfg:2: variants[2]: name: "" is empty', "")),
    variants(BASE + ', { name = "' + 121 * "x" + '"; scenario = "list.cfg"; }', ("s.cfg:2: variants[2]: name: ", "too long")),
    variants('{ name = "bass"; scenario = "base.cfg"; }', ('s.cfg:1: baseline: "base" is no variant', '"bass"')),
    added('sweep = ( { path = "handling.transfer_days"; values = [ 1.0 ]; variants = [ "lists" ]; } );', ('s.cfg:3: sweep[1]: variants: "lists" is no variant', '"list"')),
    added('sweep = ( { path = "handling.transfer_days"; values = [ 1.0 ]; }, { path = "handling.transfer_days"; values = [ 2.0 ]; } );',
          ('s.cfg:3: sweep[2]: path: "handling.transfer_days" is swept a second time', "")),
    added('sweep = ( { path = "handling.transfer_days"; values = [ 1.0, 2.0, 1.0 ]; } );', ('s.cfg:3: sweep[1]: values: "1.0" stands there a second time', "")),
    # what the settings do to the scenarios
    added('set = ( "run.endd=2011-01-01" );', ("s.cfg:3: set: run.endd: unknown key", '"end"')),
    added('set = ( "run.end" );', ("s.cfg:3: set: ", "not of the form path=value")),
    added('set = ( "trust.silence=7" );', ("s.cfg:3: set: trust.silence: 7 is out of range", "")),
    added('set = ( "run.replicate=7" );', ("s.cfg:3: set: run.replicate: cannot be set in a study", "")),
    variants(BASE + ', { name = "b"; scenario = "list.cfg"; set = ( "a.b=1" ); }', ("s.cfg:2: variants[2]: set: a.b: unknown key", "")),
    added('sweep = ( { path = "policies.grid_staffing.params.officers_per_grid"; values = [ 1.0, 2.0 ]; } );',
          ('s.cfg:3: sweep[1]: variant "base": policies.grid_staffing.params.officers_per_grid: there is no "grid_staffing" in policies', ""),
          ('s.cfg:3: sweep[1]: variant "list": policies.grid_staffing.params.officers_per_grid: there is no "grid_staffing" in policies', "")),
    added('sweep = ( { path = "handling.transfer_day"; values = [ 1.0 ]; variants = [ "base", "list" ]; } );',
          ('s.cfg:3: sweep[1]: variant "base": handling.transfer_day: unknown key', '"transfer_days"'),
          ('s.cfg:3: sweep[1]: variant "list": handling.transfer_day: unknown key', "")),
    added('sweep = ( { path = "trust.silence"; values = ( 0.5, "high" ); } );',
          ('s.cfg:3: sweep[1]: variant "base": trust.silence: expected a number', ""),
          ('s.cfg:3: sweep[1]: variant "list": trust.silence: expected a number', "")),
    added('sweep = ( { path = "trust.silence"; values = [ 0.5, 0.6 ]; variants = [ "base" ]; } );',
          ('s.cfg:2: variants[2]: variant "list" is left out of a sweep of the baseline', "")),
    added('sweep = ( { path = "trust.silence"; values = [ 0.5, 0.6 ]; variants = [ "list" ]; } );',
          ('s.cfg:2: variants[2]: trust.silence: is "1.0" in "base" and "0.5" in "list,silence=0.5"', "differ in policies alone"),
          ('s.cfg:2: variants[2]: trust.silence: is "1.0" in "base" and "0.6" in "list,silence=0.6"', "")),
    variants(BASE + ', { name = "b"; scenario = "list.cfg"; set = ( "run.seed=2" ); }',
             ('s.cfg:2: variants[2]: run.seed: is "1" in "base" and "2" in "b"', "differ in policies alone")),
    variants(BASE + ', { name = "b"; scenario = "base.cfg"; }', ('s.cfg:2: variants[2]: "b" is configured as "base" is', "")),
    # what is drawn
    added('draws = 3; drawn = [ "nothing" ];', ('s.cfg:3: drawn: nothing that can be drawn lies at or below "nothing"', "")),
    added('draws = 3; drawn = [ "run.seed" ];', ("s.cfg:3: drawn: nothing that can be drawn", '"run.seed"')),
    added('draws = 50; drawn = [ "dispatch", "verification", "trust", "services", "desks" ]; sampler = "sobol";', ("s.cfg:3: sampler: sobol cannot draw", "up to 40")),
    added('draws = 3; ranges = ( { path = "trust.silense"; low = 0.1; high = 0.2; } );', ("s.cfg:3: ranges[1]: trust.silense: unknown key", '"silence"')),
    added('draws = 3; ranges = ( { path = "trust"; low = 0.1; high = 0.2; } );', ("s.cfg:3: ranges[1]: path: trust is a group", "")),
    added('draws = 3; ranges = ( { path = "trust.silence"; low = 0.1; high = 1.2; } );', ("s.cfg:3: ranges[1]: trust.silence: low to high is out of range", "-1 to 1")),
    added('draws = 3; ranges = ( { path = "run.seed"; low = 1; high = 9; } );', ("s.cfg:3: ranges[1]: path: run.seed is a setting", "")),
    added('draws = 3; ranges = ( { path = "services.elder_care.label"; low = 1; high = 9; } );', ("s.cfg:3: ranges[1]: path: services.elder_care.label is ", "")),
    added('draws = 3; ranges = ( { path = "services.nobody.mix"; low = 0; high = 1; } );', ('s.cfg:3: ranges[1]: services.nobody.mix: there is no "nobody" in services', "")),
    added('draws = 3; ranges = ( { path = "trust.silence"; low = 0; high = 1; }, { path = "trust.silence"; low = 0; high = 1; } );',
          ("s.cfg:3: ranges[2]: path: trust.silence stands there a second time", "")),
    added('draws = 3; sweep = ( { path = "trust.silence"; values = [ 0.5 ]; } ); ranges = ( { path = "trust.silence"; low = 0; high = 1; } );',
          ("s.cfg:3: ranges[1]: path: trust.silence is swept", "")),
    added('draws = 9; drawn = [ "verification.allowance" ];', ("s.cfg:3: draws: draws ", "the same values")),
    # the whole
    added('branch_at = "2010-11-15";', ("s.cfg:3: branch_at: 2010-11-15", "first days of months")),
    added('branch_at = "2010-11-01";', ("s.cfg:3: branch_at: 2010-11-01 is not within the run", "")),
    added('branch_at = "2011-01-01";', ("s.cfg:3: branch_at: 2011-01-01 is not within the run", "")),
    added('replicates = 20; until: { variable = "coverage"; half_width = 0.1; max = 9; };', ("s.cfg:3: until.max: 9 is below the 20 replicates", "")),
    added('until: { variable = "coverrage"; half_width = 0.1; max = 9; };', ("s.cfg:3: until.variable: there is no outcome", '"coverage"')),
    added("draws = 10000; replicates = 100000;", ("s.cfg: 2000000000 runs", "up to 1000000")),
    # in scenarios, told once although both variants have them, and with everything else
    whole(GOOD + 'set = ( "x.y=1" );\ndrawz = 1;\n', ("s.cfg:4: drawz: unknown key", "")),
]
