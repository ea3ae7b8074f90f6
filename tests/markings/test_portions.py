"""Portion marks: the table of strings, places where they may stand, and what is none."""

from __future__ import annotations

import itertools
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import redline
from redline.markings.omissions import read_omission
from redline.markings.portions.document import (
    PortionMark,
    opens_portion,
    portion_findings,
    portions,
    read_portion,
)
from redline.markings.portions.grammar import may_hold_marks

TABLE: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("portions.toml").read_text(encoding="utf-8")
)
GROUPS = [group for group in TABLE.values() if isinstance(group, dict)]
MARKS = [row for group in GROUPS for row in group.get("marks", ())]
#: A paper that has marks for certain, so that doubtful ones have company.
COMPANY = "(S) The first paragraph of the paper is one.\n\n{}\n\n(U) The last paragraph is another."
IN_1983 = "1983-05-01"


def levels(expected: str) -> tuple[str | None, str | None]:
    was, arrow, now = (part.strip() for part in expected.partition(">"))
    return was or None, (now or None) if arrow else was


def names(mark: Any) -> tuple[str | None, str | None]:
    return mark.was.name if mark.was else None, mark.is_.name if mark.is_ else None


def marks_of(text: str, date: str | None = IN_1983) -> tuple[PortionMark, ...]:
    return portions(redline.parse(text), date)


def test_the_table_is_as_large_as_it_should_be() -> None:
    assert len(MARKS) >= 130
    assert len({row[0] for row in MARKS}) == len(MARKS)
    assert len(TABLE["never"]["brackets"]) >= 60
    assert len(TABLE["none"]["lines"]) + len(TABLE["lists"]) >= 70


@pytest.mark.parametrize(("text", "expected", "controls"), MARKS, ids=[row[0] for row in MARKS])
def test_what_a_mark_says(text: str, expected: str, controls: list[str]) -> None:
    line = f"{text} The harvest of the southern districts was poor."
    mark = read_portion(line)
    assert mark is not None
    assert names(mark) == levels(expected)
    assert list(mark.controls) == controls
    assert line[mark.start : mark.end] == text
    first, last = mark.core
    assert (line[first], line[last - 1]) == ("(", ")")
    assert text.startswith("^{") or may_hold_marks(line)


@pytest.mark.parametrize(("text", "expected", "controls"), MARKS, ids=[row[0] for row in MARKS])
def test_marks_in_a_paper(text: str, expected: str, controls: list[str]) -> None:
    """At the head of a paragraph, with a number before, and in a list item."""
    for lead in ("", "12. ", "(a) ", "- "):
        words = f"{lead}{text} The harvest of the southern districts was poor that year."
        document = redline.parse(COMPANY.format(words))
        found = portions(document, "2015-01-01")
        assert [names(mark) for mark in found][1:-1] == [levels(expected)], words
        mark = found[1]
        assert list(mark.controls) == controls
        assert document.source.text[slice(*mark.span)] == text == mark.text
        assert document.text[mark.start] == "("
        assert document.text[mark.end - 1] == ")"
        assert mark.n == {"12. ": "12", "(a) ": "a"}.get(lead)


@pytest.mark.parametrize("text", TABLE["never"]["brackets"])
def test_brackets_that_are_no_mark(text: str) -> None:
    mark = read_portion(text)
    assert mark is None or mark.end < len(text)
    words = f"{text} The harvest of the southern districts was poor."
    if mark is None:
        assert not opens_portion(words)
        assert len(marks_of(COMPANY.format(words))) == 2


@pytest.mark.parametrize("line", TABLE["none"]["lines"])
def test_lines_that_hold_no_mark(line: str) -> None:
    found = marks_of(COMPANY.format(line))
    assert [mark.text for mark in found] == ["(S)", "(U)"]
    assert not marks_of(line, None)


@pytest.mark.parametrize("row", TABLE["lists"], ids=lambda row: row["name"])
def test_lists_hold_no_mark(row: dict[str, str]) -> None:
    assert marks_of(row["text"]) == ()
    assert marks_of(row["text"], None) == ()


# -- where they stand ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "n"),
    [
        ("1. (S) The text.", "1"),
        ("1.(S) The text.", "1"),
        ("1) (S) The text.", "1"),
        ("(1) (S) The text.", "1"),
        ("3.2 (S) The text.", "3.2"),
        ("a. (S) The text.", "a"),
        ("(b) (S) The text.", "b"),
        ("IV. (S) The text.", "IV"),
        ("¶ 4. (S) The text.", "4"),
        ("(S) 5. The text.", "5"),
        ("2. (a) (S) The text.", "a"),
        ("(S) The text.", None),
        ("**(S)** The text.", None),
        ("**7. (S)** The text.", "7"),
        ("7. **(S) The text.**", "7"),
        ("(S)The text.", None),
        ("(S)  The text.", None),
        ("   (S) The text.", None),
        ("• (S) The text.", None),
        ("SUBJECT: (S) Grain", None),
        ("# (S) The Harvest", None),
    ],
)
def test_heads(words: str, n: str | None) -> None:
    found = marks_of(f"(C) One paragraph of text stands before it.\n\n{words}\n")
    assert [(mark.text, mark.n, mark.place) for mark in found][1:] == [("(S)", n, "head")]


@pytest.mark.parametrize(
    ("words", "n", "text"),
    [
        ("I. THE SETTING (S)", "I", "(S)"),
        ("THE SECOND SETTING (S/NF)", None, "(S/NF)"),
        ("# The Harvest of the South (S)", None, "(S)"),
        ("## The Harvest of the South (TS//SI//NF)", None, "(TS//SI//NF)"),
        ("SUBJECT: Grain from the South (S)", None, "(S)"),
        ("3. The Harvest of the South (S)", "3", "(S)"),
        ("THE SETTING ~~(S)~~ (C)", None, "~~(S)~~ (C)"),
        ("THE SETTING (~~S~~ ^{C})", None, "(~~S~~ ^{C})"),
        ("**THE SETTING (S)**", None, "(S)"),
        ("SUMMARY (S)", None, "(S)"),
    ],
)
def test_tails(words: str, n: str | None, text: str) -> None:
    found = marks_of(f"(C) One paragraph stands before it.\n\n{words}\n\n(C) Another here.\n")
    assert [(mark.text, mark.n, mark.place) for mark in found][1:-1] == [(text, n, "tail")]


@pytest.mark.parametrize(
    "words", ["(S) ENTIRE TEXT", "1. (S) ENTIRE TEXT.", "(S) Entire text.", "1. (S - Entire text)"]
)
def test_entire_text_is_evidence_by_itself(words: str) -> None:
    (mark,) = marks_of(f"{words}\n\nThe harvest was poor.", None)
    assert mark.entire
    assert names(mark) == ("SECRET", "SECRET")


def test_a_line_that_is_a_marking_already_is_left_alone() -> None:
    document = redline.parse("(C) One paragraph.\n\n1. (S) SECRET ENTIRE TEXT.\n\n(C) More.")
    assert [m.kind for m in document.markings if m.kind == "line"] == ["line"]
    assert [mark.text for mark in portions(document, IN_1983)] == ["(C)", "(C)"]


def test_footnotes_are_marked_too() -> None:
    found = marks_of("(C) The harvest was poor.^1\n\n^1 (S) As the ministry said in May.\n")
    assert [mark.text for mark in found] == ["(C)", "(S)"]


def test_a_mark_struck_with_its_paragraph_is_not_changed() -> None:
    struck, added = marks_of(
        "~~(S) The harvest of the south was poor.~~\n\n^{(C) The harvest of the south was fair.}"
    )
    assert (struck.action, added.action) == ("unchanged", "unchanged")
    assert (names(struck), names(added)) == (("SECRET",) * 2, ("CONFIDENTIAL",) * 2)


def test_a_mark_in_the_middle_of_a_paragraph_is_text() -> None:
    assert marks_of("The words (S) and (C) and (TS//SI//NF) stand in a sentence.") == ()


# -- the document decides -----------------------------------------------------------------

ONE = "(S) The harvest was poor in the southern districts."
TWO = f"{ONE}\n\n(C) The price of grain rose in the capital."


@pytest.mark.parametrize(
    ("text", "date", "certs"),
    [
        (ONE, "1972-06-01", ["high"]),
        (ONE, "1972", ["high"]),
        (ONE, "1971-12-31", []),
        (ONE, "1951-08-23", []),
        (ONE, None, []),
        (f"{ONE}\n\n{ONE}", None, []),
        (TWO, None, ["high", "high"]),
        (TWO, "1983-05-01", ["high", "high"]),
        (TWO, "1951-08-23", ["low", "low"]),
        (ONE.replace("(S)", "(S/NF)"), None, ["high"]),
        (ONE.replace("(S)", "(S/NF)"), "1951-08-23", []),
    ],
)
def test_date_or_two_marks(text: str, date: str | None, certs: list[str]) -> None:
    assert [mark.cert for mark in marks_of(text, date)] == certs


def test_marks_that_do_not_fit_the_date_are_reported_once() -> None:
    document = redline.parse(f"{TWO}\n\n{ONE}")
    found = portion_findings(document, portions(document, "1951-08-23"), "1951-08-23")
    assert [f.code for f in found] == ["portion-date"] * 2
    assert [document.source.text[f.start : f.end] for f in found] == ["(S)", "(C)"]
    assert portion_findings(document, portions(document, IN_1983), IN_1983) == ()


@pytest.mark.parametrize(
    ("mark", "date", "odd"),
    [
        ("(S//NF)", "1983-05-01", True),
        ("(S//NF)", "2003-05-01", False),
        ("(R)", "1983-05-01", True),
        ("(LOU)", "1983-05-01", False),
        ("(LOU)", "2005-01-01", True),
        ("(CUI)", "1983-05-01", True),
        ("(CUI)", "2015-01-01", False),
        ("(S/WN)", "1983-05-01", False),
        ("(S/WN)", "2003-05-01", True),
    ],
)
def test_forms_have_their_time(mark: str, date: str, odd: bool) -> None:
    document = redline.parse(f"{mark} The harvest of the southern districts was poor.")
    (found,) = portions(document, date)
    assert (found.cert == "low") is odd
    findings = portion_findings(document, (found,), date)
    assert [f.code for f in findings] == ["portion-date"] * odd


def test_a_portion_above_its_banner_is_reported() -> None:
    page = "{0}\n\n(S) The harvest was poor that year.\n\n(C) The price rose.\n\n{0}\n"
    for banner, odd in (("CONFIDENTIAL", 1), ("SECRET", 0), ("TOP SECRET", 0), ("RESTRICTED", 2)):
        document = redline.parse(page.format(banner))
        marks = portions(document, IN_1983)
        assert len(marks) == 2
        codes = [f.code for f in portion_findings(document, marks, IN_1983)]
        assert codes == ["portion-above-banner"] * odd, banner


def test_a_struck_banner_still_covers_its_portions() -> None:
    document = redline.parse("~~SECRET~~\nCONFIDENTIAL\n\n(S) The harvest was poor that year.\n")
    marks = portions(document, IN_1983)
    assert len(marks) == 1
    assert portion_findings(document, marks, IN_1983) == ()


# -- laws ---------------------------------------------------------------------------------

_BITS = st.sampled_from(
    "(S)|(C)|(|)|~~|^{|}|S|TS|//|/|NF|REL TO| |\n|\n\n|USA|,|-|1.|(a)|**|The harvest|(A)|(B)|SG|12"
    "|FGI|ENTIRE TEXT|SUBJECT:".split("|")
)
_TEXT = st.lists(_BITS | st.text(max_size=3), max_size=24).map("".join)


@given(_TEXT)
def test_reading_never_raises_and_spans_are_exact(text: str) -> None:
    mark = read_portion(text)
    if mark is not None:
        assert 0 <= mark.start <= mark.core[0] < mark.core[1] <= mark.end <= len(text)
        assert text[mark.core[0]] == "("
        assert text[mark.core[1] - 1] == ")"
        assert mark.levels
        assert read_portion(text, 0, mark.end) is not None


@given(_TEXT, st.sampled_from([None, "1951", IN_1983, "0000-13-99", ""]))
def test_marks_of_any_text_lie_in_it(text: str, date: str | None) -> None:
    document = redline.parse(text)
    found = portions(document, date)
    at = 0
    for mark in found:
        assert at <= mark.span[0] < mark.span[1] <= len(text)
        at = mark.span[1]
        assert text[slice(*mark.span)] == mark.text
        assert document.text[mark.start] == "("
        assert document.text[mark.end - 1] == ")"
    for finding in portion_findings(document, found, date):
        assert (finding.start, finding.end) in {mark.span for mark in found}


# -- the reference ------------------------------------------------------------------------

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "markings.md"


def rows(heading: str) -> list[list[str]]:
    """The rows of the first table of one section of the reference, without its head."""
    section = PAGE.read_text(encoding="utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.split("\n") if line.startswith("|")]
    table = list(itertools.takewhile(lambda line: line.startswith("| `"), lines[2:]))
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table]


def test_the_reference_says_what_is_done() -> None:
    table = rows("Portion marks")
    assert len(table) >= 15
    for cell, was, now, controls in table:
        mark = read_portion(cell.strip("`"))
        assert mark is not None, cell
        assert tuple(name or "–" for name in names(mark)) == (was, now), cell
        assert "; ".join(mark.controls) == controls, cell


def test_the_reference_of_omissions() -> None:
    table = rows("Omissions")
    assert len(table) >= 10
    for cell, kind, amount in table:
        found = read_omission(cell.strip("`"))
        assert (found.kind if found else "–") == kind, cell
        if found is None or found.quantity is None:
            assert amount == "", cell
        else:
            said = f"{'at most ' * found.at_most}{found.quantity} {found.unit}"
            assert said == amount, cell
