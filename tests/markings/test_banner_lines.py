"""The table of banner lines: what each of `banners.toml` must give."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import redline
from redline.markings.banners.edges import Shown, read_banner_line
from redline.markings.banners.grammar import least

ROOT = Path(__file__).parents[2]
TABLE = tomllib.loads((Path(__file__).parent / "banners.toml").read_text(encoding="utf-8"))
SIGNS = {"plain": "", "struck": "-", "added": "+"}


def said(shown: tuple[Shown, ...] | None) -> str:
    """What a line shows, in the words of the table."""
    if shown is None:
        return "nothing"
    parts = []
    for one in shown:
        controls = ": " + "; ".join(one.controls) if one.controls else ""
        codewords = " {" + " ".join(one.codewords) + "}" if one.codewords else ""
        parts.append(SIGNS[one.state] + one.level.name + controls + codewords)
    cert = least(*(one.cert for one in shown))
    return " | ".join(parts) + ("" if cert == "high" else f" ({cert})")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param(line, expected, id=f"{section}: {line}")
        for section, rows in TABLE.items()
        for line, expected in rows.items()
    ],
)
def test_a_banner_line(line: str, expected: str) -> None:
    assert said(read_banner_line(line, 0)) == expected


def test_the_table_of_the_reference() -> None:
    page = (ROOT / "docs" / "reference" / "markings.md").read_text(encoding="utf-8")
    table = page.split("| line | what it gives", 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    rows = [re.fullmatch(r"\| `(.+)` \| (.+) \|", row) for row in table]
    assert len(rows) > 5
    for row in rows:
        assert row is not None
        assert said(read_banner_line(row[1], 0)) == row[2].replace("\\|", "|")


def test_the_table_is_large_enough() -> None:
    assert sum(map(len, TABLE.values())) >= 300


@pytest.mark.parametrize(
    "line", [line for rows in TABLE.values() for line in rows if line.strip() == line]
)
def test_spans_hold_the_words_of_the_level(line: str) -> None:
    shown = read_banner_line(line, 7)
    assert shown is not None
    for one in shown:
        start, end = one.span[0] - 7, one.span[1] - 7
        assert 0 <= start < end <= len(line)
        assert line[start].isalnum() or line[start] == "$"
        assert line[end - 1].isalnum()


BODY = "The commission met again in the morning and went through the accounts of the harbour."


@pytest.mark.parametrize("line", [line for rows in TABLE.values() for line in rows])
def test_the_head_and_the_foot_of_a_paper(line: str) -> None:
    """Through the whole parser: the same levels and controls, at both edges."""
    shown = read_banner_line(line, 0)
    assert shown is not None
    found = redline.parse(f"{line}\n\n{BODY}\n\n{line}\n").markings
    banners = [one for one in found if one.kind == "banner"]
    names = {name for one in banners for name in (one.was, *one.through, one.is_) if name}
    assert names == {one.level.name for one in shown}
    # What was struck is told apart from what is in force, and not lost.
    controls = {
        control
        for one in banners
        for control in (*one.controls, *one.fields.get("struck_controls", ()))
    }
    words_ = [(*one.controls, *one.codewords, *one.gone) for one in shown]
    assert controls == {word for words in words_ for word in words}
    if not _sideways(shown):
        assert [one.place for one in banners] == ["top", "bottom"]


def _sideways(shown: tuple[Shown, ...]) -> bool:
    """Whether a level gave way to one of the same rank, which is no regrade."""
    return len(shown) == 2 and shown[0].state == "struck" and (
        shown[0].level.rank == shown[1].level.rank
    )
