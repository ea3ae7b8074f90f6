"""The built-in register: sound by its own rules, and what it answers."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import resources
from itertools import pairwise
from pathlib import Path

import pytest

from redline.markings import register
from redline.markings.register import Register, builtin
from redline.markings.register.loading import read_layer
from redline.markings.register.rows import earlier, valid_at
from redline.markings.register.validation import KEYS, WORDS, faults

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def own() -> Register:
    return builtin()


def test_the_built_in_register_has_no_faults() -> None:
    data = resources.files("redline.markings.register").joinpath("register.toml").read_bytes()
    found = read_layer(data, "register.toml")
    told = [(found.places.line(*path), message) for path, message in faults(found.layer.tables)]
    assert told == []
    assert {"scheme", "level", "suffix", "control", "order", "schedule", "exemption", "notice",
            "fuzzy", "words"} == set(found.layer.tables)


def test_nothing_is_read_on_import() -> None:
    code = (
        "import redline.markings.register as r, sys;"
        "late = 'redline.markings.register.building' in sys.modules;"
        "print(r.builtin.cache_info().currsize, late)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "0 False\n"


# -- levels ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "id_"),
    [
        ("SECRET", "us.S"),
        ("Top-Secret", "us.TS"),
        ("U S SECRET", "us.S"),
        ("UK SECRET", "uk.S"),
        ("UK TOP SECRET", "uk.TS"),
        ("BRITISH MOST SECRET", "uk.MS"),
        ("MOST SECRET", "uk.MS"),
        ("GBR RESTRICTED", "uk.R"),
        ("CANADIAN CONFIDENTIAL", "ca.C"),
        ("CAN TOP SECRET", "ca.TS"),
        ("CANADIAN RESTRICTED", "ca.R"),
        ("PROTÉGÉ B", "ca.PB"),
        ("COSMIC TOP SECRET", "nato.CTS"),
        ("NATO DIFFUSION RESTREINTE", "nato.NR"),
        ("LIMITED OFFICIAL USE", "admin.LOU"),
        ("uk.OS", "uk.OS"),
    ],
)
def test_levels_by_what_is_printed(own: Register, printed: str, id_: str) -> None:
    level = own.level_named(printed)
    assert level is not None
    assert level.id == id_


@pytest.mark.parametrize(
    ("scheme", "id_"), [("us", "us.S"), ("uk", "uk.S"), ("ca", "ca.S"), ("nato", "nato.NS")]
)
def test_a_bare_word_within_a_scheme(own: Register, scheme: str, id_: str) -> None:
    level = own.level_named("SECRET", scheme)
    assert level is not None
    assert level.id == id_
    assert own.level_named("SECRET", "admin") is None


@pytest.mark.parametrize(
    ("short", "scheme", "id_"),
    [
        ("TS", "us", "us.TS"),
        ("S", "uk", "uk.S"),
        ("FOUO", "us", "admin.FOUO"),
        ("NC", "nato", "nato.NC"),
    ],
)
def test_levels_by_their_short_form(own: Register, short: str, scheme: str, id_: str) -> None:
    level = own.level_short(short, scheme)
    assert level is not None
    assert level.id == id_


def test_what_is_no_level(own: Register) -> None:
    assert own.level_named("SECRETARY") is None
    assert own.level_named("CANADIAN MOST SECRET") is None
    assert own.level_short("CTS") is None


def test_every_level_is_found_by_every_form(own: Register) -> None:
    assert len(own.forms) > 90
    for form, level in own.forms:
        assert own.level_named(" ".join(form)) == level
    assert {level for _, level in own.forms} == set(own.levels)


def test_administrative_marks_order_nothing(own: Register) -> None:
    axes = {level.scheme for level in own.levels if not level.grade}
    assert axes == {"admin", "ca-protected"}


def test_schemes_by_the_word_before_a_level(own: Register) -> None:
    words = ("GBR", "uk", "British", "CAN", "NATO", "U S", "DEU")
    found = [own.scheme_of(word) for word in words]
    ids = [scheme.id if scheme else None for scheme in found]
    assert ids == ["uk", "uk", "uk", "ca", "nato", "us", None]


# -- controls -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("NF", "NOFORN"),
        ("no foreign dissem", "NOFORN"),
        ("NODIF", "NODIS"),
        ("XD", "EXDIS"),
        ("RD", "RESTRICTED DATA"),
        ("SBU-NF", "SBU-NF"),
        ("Security Information", "SECURITY INFORMATION"),
    ],
)
def test_controls_by_printed_and_short_form(own: Register, text: str, name: str) -> None:
    control = own.control_named(text)
    assert control is not None
    assert control.name == name


def test_controls_have_eras(own: Register) -> None:
    suffix = own.control_named("SECURITY INFORMATION")
    assert suffix is not None
    assert suffix.group == "suffix"
    assert [valid_at(suffix, date) for date in ("1951", "1952-06-01", "1954")] == [
        True, True, False
    ]
    gone = [c.name for c in own.controls if c.until == "1995-04-12"]
    assert gone == ["NOCONTRACT", "WNINTEL"]


# -- orders and schedules -------------------------------------------------------------------


def test_orders_follow_one_another(own: Register) -> None:
    chain = [order for order in own.orders if order.amends is None]
    assert [order.number for order in chain] == [
        "8381", "10104", "10290", "10501", "11652", "12065", "12356", "12958", "13526"
    ]
    for order, following in pairwise(chain):
        assert order.until == following.effective
    assert chain[-1].until is None
    for order in own.orders:
        assert all(own.level_named(level) for level in order.levels)
    assert [o.number for o in own.orders if "us.R" in o.levels] == ["8381", "10104", "10290"]


@pytest.mark.parametrize(
    ("text", "date", "number"),
    [
        ("11652", None, "11652"),
        ("E.O. 11652:", None, "11652"),
        ("116S2", None, "11652"),
        ("16652", "1974-05-01", "11652"),
        ("11653", "1973", "11652"),
        ("16652", None, None),
        ("16652", "1991", None),
        ("16652", "1951", None),
        ("12856", "1992", "12356"),
        ("12856", "2001", None),
        ("12366", "1992", "12356"),
        ("99999", "1974", None),
        ("", "1974", None),
    ],
)
def test_orders_by_number(
    own: Register, text: str, date: str | None, number: str | None
) -> None:
    order = own.order_numbered(text, date)
    assert (order.number if order else None) == number


@pytest.mark.parametrize(
    ("text", "token", "order", "exempt"),
    [
        ("GROUP 1", "GROUP 1", "10964", True),
        ("Group-4", "GROUP 4", "10964", False),
        ("GP-3", "GROUP 3", "10964", False),
        ("XGDS-2", "XGDS-2", "11652", True),
        ("xgds 2", "XGDS-2", "11652", True),
        ("RDS-1", "RDS-1", "12065", False),
        ("OADR", "OADR", "12356", True),
        ("X5", "X5", "12958", True),
        ("25X9", "25X9", "12958", True),
        ("50X1-HUM", "50X1-HUM", "13526", True),
        ("75X", "75X", "13526", True),
        ("N/A", "N/A", None, False),
    ],
)
def test_schedules_by_token(
    own: Register, text: str, token: str, order: str | None, exempt: bool
) -> None:
    found = own.schedule_token(text)
    assert found is not None
    assert (found.token, found.order, found.exempt) == (token, order, exempt)


def test_one_token_under_two_orders(own: Register) -> None:
    def order(date: str | None) -> str | None:
        found = own.schedule_token("GDS", date)
        return found.order if found else None

    assert order("1975-03-01") == "11652"
    assert order("1980") == "12065"
    assert order(None) == "11652"
    assert [own.schedule_token(text) for text in ("XGDS-9", "X9", "GROUP 5", "")] == [None] * 4


def test_the_schedules_of_an_order(own: Register) -> None:
    brought = {
        number: [row.token for row in own.schedules if row.order == number]
        for number in ("10964", "12958", "10104")
    }
    assert brought["10964"] == [f"GROUP {n}" for n in (1, 2, 3, 4)]
    assert len([token for token in brought["12958"] if re.match(r"25X\d", token)]) == 9
    assert brought["10104"] == []


# -- exemptions and notices -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("25X1", "25X1"),
        ("25X1A9a", "25X1"),
        ("25X1X7", "25X1"),
        ("25X", "25X"),
        ("50X1-HUM", "50X1-HUM"),
        ("(b)(1)", "(b)(1)"),
        ("B1", "(b)(1)"),
        ("b1-1", "(b)(1)"),
        ("b7C", "(b)(7)(C)"),
        ("(b) (7) (c)", "(b)(7)(C)"),
        ("b7E-1,2", "(b)(7)(E)"),
        ("1.4D", "1.4(d)"),
        ("1.4(D) >25Yrs", "1.4(d)"),
        ("1.5D", "1.5(d)"),
        ("3.3(b)(6)", "25X6"),
        ("STATINTL", "STATINTL"),
    ],
)
def test_exemptions_however_printed(own: Register, printed: str, code: str) -> None:
    found = own.exemption(printed)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("text", ["", "B12", "X12", "STATE", "1.4(z)", "(b)", "CONFIDENTIAL"])
def test_what_is_no_exemption(own: Register, text: str) -> None:
    assert own.exemption(text) is None


def test_meanings_only_where_they_are_known(own: Register) -> None:
    silent = {row.code for row in own.exemptions if not row.meaning}
    assert silent == {"25X", "75X", "1.6(c)", "3.4(b)", "3.3(b)"}


def test_notices_by_the_words_they_begin_with(own: Register) -> None:
    notice = own.notice_of("** Return to CIA Library **")
    assert notice is not None
    assert notice.name == "RETURN TO CIA"
    slip = own.notice_of("UNCLASSIFIED  when removed from enclosures.")
    assert slip is not None
    assert own.notice_of("Return to Canada") is None
    assert own.notice_of("") is None


# -- dates ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "before"),
    [
        ("1953-12-14", "1953-12-15", True),
        ("1953-12-15", "1953-12-15", False),
        ("1953", "1953-12-15", False),
        ("1953-12-15", "1953", False),
        ("1952-12-31", "1953", True),
    ],
)
def test_dates_in_part(one: str, other: str, before: bool) -> None:
    assert earlier(one, other) is before


def test_validity_is_in_doubt_for_the_row(own: Register) -> None:
    restricted = own.level_named("RESTRICTED")
    assert restricted is not None
    known = {date: valid_at(restricted, date) for date in ("1941", "1953", "1953-12-16", "1961")}
    assert known == {"1941": True, "1953": True, "1953-12-16": False, "1961": False}
    assert valid_at(restricted, None)


def test_the_functions_ask_the_active_register(own: Register) -> None:
    assert register.active() is own
    assert register.levels() is own.levels
    assert register.level_forms() is own.forms
    assert register.controls() is own.controls
    assert register.orders() is own.orders
    assert register.bounds() is own.bounds
    assert register.words() is own.words
    assert register.level_named("SECRET", "uk") == own.level_named("SECRET", "uk")
    assert register.level_short("S") == own.level_short("S")
    assert register.scheme_of("UK") == own.scheme_of("UK")
    assert register.control_named("NF") == own.control_named("NF")
    assert register.order_numbered("11653", "1974") == own.order_numbered("11652")
    assert register.schedule_token("GDS", "1980") == own.schedule_token("GDS", "1980")
    assert register.exemption("b7C") == own.exemption("(b)(7)(C)")
    assert register.notice_of("DO NOT REPRODUCE") == own.notice_of("Do not reproduce")


# -- the page -------------------------------------------------------------------------------

PAGE = (ROOT / "docs" / "reference" / "markings.md").read_text(encoding="utf-8")


def table(header: str) -> list[list[str]]:
    """The cells of the table of the page that begins with these cells."""
    _, _, rest = PAGE.partition(f"\n| {header} |")
    rows = rest.split("\n\n", 1)[0].splitlines()[2:]
    assert rows, header
    return [[cell.strip() for cell in row.split("|")[1:-1]] for row in rows]


def test_the_page_has_the_keys_of_every_table() -> None:
    said = {}
    for name, keys in table("table | keys"):
        bare = re.sub(r"\([^)]*\)", "", keys)
        said[name.strip("`[]")] = re.findall(r"`([\w-]+\*?)`", bare)
    known = {
        name: [key + "*" * kind.endswith("*") for key, kind in keys.items()]
        for name, keys in KEYS.items()
    }
    assert said == {**known, "words": list(WORDS)}


def test_the_page_has_the_orders(own: Register) -> None:
    said = {}
    for number, signed, effect, levels, portions, _ in table(
        "order | signed | in effect | levels | portions | schedules it brought"
    ):
        first, _, amends = number.partition(", amends ")
        since, _, until = (part.strip() for part in effect.partition("–"))
        said[first] = (signed, since or signed, until, levels, portions or "no", amends)
    shorts = {level.id: level.short for level in own.levels}
    assert said == {
        o.number: (
            o.signed,
            o.effective,
            o.until or "",
            " ".join(shorts[level] for level in o.levels),
            o.portions,
            o.amends or "",
        )
        for o in own.orders
    }


def test_the_page_has_the_schedules(own: Register) -> None:
    for row in table("order | signed | in effect | levels | portions | schedules it brought"):
        tokens = [each for each in re.split(r", | – ", row[5]) if each]
        for token in tokens:
            found = own.schedule_token(token)
            assert found is not None, token
        number = row[0].partition(",")[0]
        brought = {schedule.token for schedule in own.schedules if schedule.order == number}
        assert set(tokens) <= brought
        assert bool(tokens) == bool(brought)


def test_the_page_has_the_levels(own: Register) -> None:
    ranks = {}
    for id_, names, _, shorts, said in table("id | name | also printed | short | rank"):
        begin = id_.strip("`").removesuffix("…")
        whole = not id_.endswith("…`")
        levels = [each for each in own.levels if each.id.startswith(begin)]
        levels = [each for each in levels if not whole or each.id == begin]
        if id_ == "`ca.…`":
            levels = [level for level in levels if level.grade]
        values = said.split() if len(said.split()) > 1 else said.split() * len(levels)
        ranks[id_] = len(levels)
        if id_ != "`ca.P…`":
            assert [level.name for level in levels] == names.split(", ")
        assert [level.short for level in levels] == shorts.split()
        assert [str(level.rank) for level in levels] == values
    assert sum(ranks.values()) == len(own.levels)
