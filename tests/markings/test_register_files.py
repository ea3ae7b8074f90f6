"""A project's own register file: every fault is told with its line, and what to do."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redline.diagnostics import RedlineError, RegisterError
from redline.markings.register import builtin, load
from redline.markings.register.loading import read_layer
from redline.markings.register.toml_places import Places
from redline.markings.register.validation import KEYS, KINDS, faults, shape_faults

SCHEME = '[[scheme]]\nid = "zz"\nname = "Zembla"\nprefixes = ["ZEMBLAN"]\n'
LEVEL = '[[level]]\nid = "zz.T"\nname = "TAJNE"\nshort = "T"\nrank = 35\nscheme = "zz"\n'
#: Four lines and six: what a case adds begins on line 11.
GOOD = SCHEME + LEVEL


def told(tmp_path: Path, text: str | bytes) -> tuple[str, ...]:
    """What is said about a file, without its name."""
    file = tmp_path / "own.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(RegisterError) as caught:
        builtin().extended(load(file))
    faults = caught.value.faults
    assert all(fault.startswith(f"{file}:") for fault in faults)
    assert isinstance(caught.value, RedlineError)
    assert "\n" not in str(caught.value)
    return tuple(fault.removeprefix(f"{file}:") for fault in faults)


def test_a_good_file_adds_to_the_register(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(GOOD + 'national = ["TAJNE"]\n[[control]]\nname = "NUR"\ngroup = "zz"\n')
    own = builtin().extended(load(file))
    assert len(own.levels) == len(builtin().levels) + 1
    level = own.level_named("zemblan tajne")
    assert level is not None
    assert (level.id, level.grade) == ("zz.T", True)
    control = own.control_named("NUR")
    assert control is not None
    assert control.forms == ("NUR",)
    assert builtin().level_named("TAJNE") is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        # -- TOML --
        ('[[level]]\nid = "zz.T\n', "2: not TOML: "),
        ("[[level]]\n\nid == 3\n", "3: not TOML: "),
        ('[[level]]\nid = "a"\nid = "b"\n', "3: not TOML: Cannot overwrite"),
        ('[[level]]\nid = "a"\nforms = ["A",\n', "3: not TOML: "),
        ("[[level]]\nrank = " + "9" * 5000, "2: a number too long"),
        ("[[level]]\nforms = " + "[" * 3000, "2: "),
        ("[[order]]\nsigned = 1953-02-30\n", "2: not TOML: "),
        # -- tables and keys --
        ("[[levels]]\n", "1: unknown table: levels; did you mean level?"),
        ("\n\n[page]\n", "3: unknown table: page; known are scheme, level, "),
        ("version = 1\n", "1: unknown table: version; "),
        (GOOD + 'colour = "red"\n', "11: unknown key in [[level]]: colour; known are id, name,"),
        (GOOD + 'form = ["A"]\n', "11: unknown key in [[level]]: form; did you mean forms?"),
        ("[words]\nstops = []\n", "2: unknown key in [words]: stops; did you mean stop?"),
        ("[level]\nid = 1\n", "1: level is no list of tables; begin each with [[level]]"),
        ("level = 3\n", "1: level is no list of tables"),
        ("[[words]]\n", "1: words is no table; begin it with [words]"),
        (GOOD.replace("rank =", "rang ="), "9: unknown key in [[level]]: rang; did you mean rank?"),
        (SCHEME + "[[level]]\n" + LEVEL[22:], "5: level without id; id is a name of letters"),
        ('[[fuzzy]]\nword = "A"\n', "1: fuzzy without edits; edits is a whole number"),
        # -- values --
        (GOOD.replace("35", '"35"'), "9: rank is '35'; give a whole number from 0 to 99"),
        (GOOD.replace("35", "true"), "9: rank is true; give a whole number"),
        (GOOD.replace("35", "100"), "9: rank is 100; give a whole number from 0 to 99"),
        (GOOD.replace("35", "-1"), "9: rank is -1; give"),
        (GOOD.replace("35", "3.5"), "9: rank is 3.5; give"),
        (GOOD + 'weak = "yes"\n', "11: weak is 'yes'; give true or false"),
        (GOOD.replace("TAJNE", "Tajne"), "7: name is 'Tajne'; give capital letters"),
        (GOOD.replace("TAJNE", ""), "7: name is ''; give capital letters"),
        (GOOD.replace("TAJNE", "TAJNE."), "7: name is 'TAJNE.'; give"),
        (GOOD.replace("TAJNE", "TAJNE  X"), "7: name is 'TAJNE  X'; give"),
        (GOOD.replace('"zz.T"', '"z z"'), "6: id is 'z z'; give a name of letters"),
        (GOOD.replace('"zz.T"', '"7z"'), "6: id is '7z'; give"),
        (GOOD + 'forms = "TAJNO"\n', "11: forms is 'TAJNO'; give a list of printed forms"),
        (GOOD + 'forms = [\n "TAJNO",\n "tajni",\n]\n', "13: forms has 'tajni'; give"),
        (GOOD + "forms = [1]\n", "11: forms has 1; give"),
        (GOOD + 'since = "1951-13"\n', "11: since is '1951-13'; give an ISO date in quotes"),
        (GOOD + 'since = "0000"\n', "11: since is '0000'; give an ISO date"),
        (GOOD + 'since = "51"\n', "11: since is '51'; give an ISO date"),
        (GOOD + 'since = "1951-02-30"\n', "11: since is '1951-02-30'; give"),
        (GOOD + "since = 1951\n", "11: since is 1951; give an ISO date in quotes"),
        (GOOD + "since = 1951-02-03T00:00:00\n", "11: since is "),
        (GOOD + 'since = "１９５１"\n', "11: since is "),
        ('[[order]]\nnumber = "E1"\nsigned = "1950"\nlevels = []\n', "2: number is 'E1'; give the"),
        (
            '[[order]]\nnumber = "777"\nsigned = "1950"\nlevels = []\nportions = "maybe"\n',
            "5: portions is 'maybe'; give \"no\", \"may\" or \"must\"",
        ),
        ('[[fuzzy]]\nword = "TOP"\nedits = 4\n', "3: edits is 4; give a whole number from 0 to 3"),
        ('[words]\nstop = [\n"A",\n"b",\n]\n', "4: 'b' is no word; give capital letters"),
        ('[words]\nstop = "A"\n', "2: stop is 'A'; give a list"),
        # -- dates that contradict --
        (GOOD + 'since = "1951"\nuntil = "1950-12"\n', "12: until 1950-12 is before since"),
        (
            '[[order]]\nnumber = "777"\nsigned = "1950-02"\neffective = "1950-01"\nlevels = []\n',
            "4: effective 1950-01 is before signed 1950-02",
        ),
        (GOOD + "since = 1960-01-01\nuntil = 1950-01-01\n", "12: until 1950-01-01 is before since"),
        # -- what is taken --
        (SCHEME.replace('"zz"', '"uk"'), "2: scheme 'uk' is taken by scheme uk; give another"),
        (SCHEME.replace("ZEMBLAN", "BRITISH"), "4: prefix 'BRITISH' is taken by scheme uk"),
        (GOOD.replace("zz.T", "us.S"), "6: id 'us.S' is taken by level us.S"),
        (GOOD.replace("TAJNE", "SECRET"), "7: printed form 'SECRET' is taken by level us.S"),
        (GOOD + 'forms = ["TOP-SECRET"]\n', "11: printed form 'TOP-SECRET' is taken by level us.T"),
        (GOOD + 'forms = ["UK SECRET"]\n', "11: printed form 'UK SECRET' is taken by level uk.S"),
        (GOOD + 'forms = ["ORCON"]\n', "11: printed form 'ORCON' is taken by "),
        (
            GOOD + LEVEL.replace("35", "36").replace("TAJNE", "TA").replace('"T"', '"U"'),
            "12: id 'zz.T' is taken by level zz.T; give another",
        ),
        (
            GOOD + LEVEL.replace("35", "36").replace("TAJNE", "T").replace("zz.T", "zz.U"),
            "14: short form 'T' is taken by level zz.T",
        ),
        ('[[control]]\nname = "NOFORN"\ngroup = "x"\n', "2: name 'NOFORN' is taken by control"),
        (
            '[[control]]\nname = "NF"\ngroup = "x"\nshort = ["NF"]\n',
            "4: short form 'NF' is taken by control NOFORN",
        ),
        ('[[exemption]]\ncode = "B1"\nfamily = "x"\n', "2: code 'B1' is taken by exemption (b)(1)"),
        (
            '[[schedule]]\ntoken = "xgds2"\norder = "11652"\neffect = "none"\n',
            "2: token 'xgds2' is taken by schedule XGDS-2 of 11652",
        ),
        ('[[order]]\nnumber = "8381"\nsigned = "1950"\nlevels = []\n', "2: number '8381' is taken"),
        ('[[notice]]\nname = "Do not reproduce!"\n', "2: notice 'Do not reproduce!' is taken by"),
        ('[[fuzzy]]\nword = "SECRET"\nedits = 0\n', "2: word 'SECRET' is taken by fuzzy SECRET"),
        # -- ranks --
        (
            LEVEL.replace('scheme = "zz"', 'scheme = "us"').replace("35", "40"),
            "5: rank 40 is that of level us.S, valid at the same time; give another rank, or dates",
        ),
        (
            GOOD + LEVEL.replace("zz.T", "zz.U").replace("TAJNE", "TA").replace('"T"', '"U"'),
            "15: rank 35 is that of level zz.T, valid at the same time",
        ),
        # -- what is not there --
        (LEVEL, "6: no scheme 'zz'; add a [[scheme]] with this id, or use: us, uk, ca, nato,"),
        (
            GOOD.replace('prefixes = ["ZEMBLAN"]\n', "\n") + 'national = ["TAJNO"]\n',
            "11: national forms, and scheme zz has no prefixes; use forms",
        ),
        (
            '[[order]]\nnumber = "777"\nsigned = "1950"\nlevels = ["us.S",\n"us.X"]\n',
            "5: no level 'us.X'; give the id of a level",
        ),
        (
            '[[schedule]]\ntoken = "Q"\norder = "777"\neffect = "none"\n',
            "3: no order '777'; add an [[order]] with this number",
        ),
        # -- damaged words --
        ('[[fuzzy]]\nword = "TAJNE"\nedits = 1\n', "2: TAJNE is a word of no level; add the level"),
        (
            GOOD + '[[fuzzy]]\nword = "TAJNE"\nedits = 3\n',
            "13: 3 wrong letters in a word of 5 make another word; give at most 2",
        ),
        ('[words]\nstop = ["CAN",\n"SECRET"]\n', "3: SECRET is a word of a level"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    found = told(tmp_path, text)
    assert len(found) == 1, found
    assert found[0].startswith(said)
    assert ";" in found[0]


def test_all_faults_are_told_in_their_order(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text('[[level]]\nrank = "x"\nqqq = 1\n[words]\nstop = 3\n')
    with pytest.raises(RegisterError) as caught:
        load(file)
    lines = [int(fault.removeprefix(f"{file}:").partition(":")[0]) for fault in caught.value.faults]
    assert lines == sorted(lines)
    assert len(lines) == 7  # four keys missing, three wrong
    assert str(caught.value).endswith(" (and 6 more)")


def test_levels_of_one_rank_one_after_the_other(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    later = LEVEL.replace("zz.T", "zz.U").replace("TAJNE", "TAJNO").replace('"T"', '"U"')
    file.write_text(GOOD + 'until = "1950"\n' + later + "since = 1950-03-01\n")
    own = builtin().extended(load(file))
    newer = own.level_named("zz.U")
    assert newer is not None
    assert newer.since == "1950-03-01"


def test_administrative_levels_may_share_a_rank(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    more = LEVEL.replace("zz.T", "zz.U").replace("TAJNE", "TAJNO").replace('"T"', '"U"')
    file.write_text(SCHEME + "grade = false\n" + LEVEL + more)
    assert builtin().extended(load(file)).level_named("TAJNO") is not None


def test_files_add_to_one_another(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(SCHEME)
    (tmp_path / "b.toml").write_text(LEVEL)
    first, second = load(tmp_path / "a.toml"), load(tmp_path / "b.toml")
    assert builtin().extended(first, second).level_named("TAJNE") is not None
    with pytest.raises(RegisterError, match=r"b\.toml:6: no scheme 'zz'"):
        builtin().extended(second, first)
    with pytest.raises(RegisterError, match=r"b\.toml:2: id 'zz\.T' is taken"):
        builtin().extended(first, second, second)


def test_what_is_no_file_and_no_text(tmp_path: Path) -> None:
    for path, why in (
        (tmp_path / "none.toml", "No such file"),
        (tmp_path, "directory"),
        ("a\0b", "null"),
    ):
        with pytest.raises(RegisterError, match=why):
            load(path)
    assert told(tmp_path, b'[[level]]\nid = "caf\xe9"\n') == (
        "2: not UTF-8 (0xe9); save the file as UTF-8",
    )


def test_a_file_from_windows(tmp_path: Path) -> None:
    text = GOOD.replace("35", "100").replace("\n", "\r\n")
    (found,) = told(tmp_path, b"\xef\xbb\xbf" + text.encode())
    assert found.startswith("9: rank is 100")


def test_every_kind_in_the_table_is_known() -> None:
    kinds = {kind.rstrip("*") for keys in KEYS.values() for kind in keys.values()}
    assert kinds == set(KINDS)


# -- lines ----------------------------------------------------------------------------------


def test_places_in_all_the_ways_toml_is_written() -> None:
    places = Places(
        'level = [ { id = "a", rank = 1 }, # [x]\n'
        "  { id = 'b' } ]\n"
        'words.stop = ["A\\"]", """\n'
        '"B" ]""",\n'
        "  'C' ]\n"
        "[words.more]\n"
        '"a b" = 1.5\n'
        "[[control]]\n"
        "a = [[1, 2],\n"
        " [3]]\n"
        "[[control]]\n"
        "b.c = 1"
    )
    assert places.line("level", 1, "id") == 2
    assert places.line("words", "stop", 1) == 3
    assert places.line("words", "stop", 2) == 5
    assert places.line("words", "more", "a b") == 7
    assert places.line("control", 0, "a", 1) == 10
    assert places.line("control", 1, "b", "c") == 12
    assert places.line("control", 1) == 11
    assert places.line("nothing") == 1


_VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)
_NAME = st.sampled_from([*KEYS, "words", "x"])
_KEY = st.sampled_from(sorted({key for keys in KEYS.values() for key in keys} | {"stop", "x"}))


@given(st.dictionaries(_NAME, st.lists(st.dictionaries(_KEY, _VALUE), max_size=3) | _VALUE))
def test_whatever_the_tables_hold_faults_are_told(tables: dict[str, object]) -> None:
    found = list(shape_faults(tables))
    assert list(faults(tables)) == found or not found
    for path, message in found:
        assert path[0] in tables
        assert message


@given(st.text(alphabet='[]{}"\'=.,#\n \\ab1é-', max_size=60))
def test_whatever_the_text_it_is_read_or_refused(text: str) -> None:
    Places(text)  # the walk never fails, not even where tomllib does
    with suppress(RegisterError):
        assert read_layer(text.encode(), "own.toml").layer.name == "own.toml"
