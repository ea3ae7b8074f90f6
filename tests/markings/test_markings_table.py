"""The table of markings and the strip of pages: what no transcription shows so easily."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO
from typing import Any

import pytest

import redline
from redline.formats import terminal
from redline.formats.terminal.strip import numbers, short, strip
from redline.model import Classification, Document, Marking, Step

PAPER = "~~SECRET~~\nCONFIDENTIAL\n\nWords.\n\nA line.\n\n[Page 2]\n\nTwo.\n\n[Page 3]\n\nThree.\n"


def marking(n: int, kind: str, fields: dict[str, Any] | None = None, **more: Any) -> Marking:
    row = Marking(
        f"m{n}", kind, 1, "margin", None, (), None, None, (), fields or {}, "A line.", (33, 40),
        "high", 0, 0,
    )  # fmt: skip
    return row._replace(**more)


def paper(*markings: Marking, history: tuple[Step, ...] = ()) -> Document:
    return replace(
        redline.parse(PAPER, name="paper.txt"),
        markings=markings,
        classification=Classification("SECRET", "CONFIDENTIAL", history),
    )


def table(document: Document, width: int = 100, *, color: bool = False) -> str:
    file = StringIO()
    more: dict[str, Any] = {"force_terminal": True, "color_system": "truecolor"} if color else {}
    terminal.show_markings(document, terminal.Screen(width, color=color, file=file, **more))
    return file.getvalue()


def row(document: Document) -> str:
    """The one marking of a paper as the table has it, without the spaces between columns."""
    (line,) = [line for line in table(document, 300).splitlines() if line.startswith("  1 ")]
    return " ".join(line.split())


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (
            marking(1, "stamp", {
                "reviewer": "018557", "declassified": False, "changed_to": "CONFIDENTIAL",
                "next_review": "1991", "cert": {"changed_to": "medium"},
            }),
            "reviewer 018557 · changed to CONFIDENTIAL (medium) · next review 1991",
        ),
        (marking(1, "stamp", {"declassified": True, "no_change": None}), "declassified"),
        (
            marking(1, "stamp", {"date": None, "reviewer": None, "raw": {"date": "11/22/22"}}),
            "stamp date '11/22/22' not understood high",
        ),
        (marking(1, "exemption", {"code": ["25X1", "STAT"]}), "25X1, STAT"),
        (marking(1, "release", {"wording": "Released"}), "Released"),
        (
            marking(1, "line", {"distribution": {"copies": 22, "agrees": True}}, was="SECRET",
                    is_="SECRET", action="unchanged", place="inline", controls=("EXDIS",)),
            "SECRET EXDIS · distribution copies 22, agrees yes",
        ),
        (marking(1, "control", controls=("NOFORN", "ORCON")), "NOFORN ORCON"),
        (marking(1, "stamp", text="| A |\n|---|\n| ~~b~~ |"), "A b"),
        (marking(1, "stamp", text="x" * 99), "x" * 60 + "…"),
        (marking(1, "release", {"number": "a\x1b[31m\n b"}), "number a␛[31m b"),
        (marking(1, "stamp", text="\x1b[2J \ud800"), "␛[2J �"),
    ],
)  # fmt: skip
def test_what_a_marking_says(found: Marking, says: str) -> None:
    assert says in row(paper(found))


def test_history() -> None:
    stamp = marking(1, "stamp", {"declassified": True, "reviewer": "7"})
    release = marking(2, "release", {"extent": "part", "number": "C-7"}, page=3)
    history = (
        Step("classified", None, "SECRET", (), "high", "1951-08"),
        Step("upgrade", "SECRET", "TOP SECRET", (), "medium"),
        Step("reviewed", "SECRET", "SECRET", (), "high"),
        Step("reviewed", None, None, (), "low"),
        Step("reviewed", "SECRET", None, ("m1",), "high", "1981-02-03", (1,)),
        Step("declassified", "SECRET", None, ("m1",), "high", "1981-02-03", (1,)),
        Step("released", None, None, ("m2", "gone"), "high", "2005", (1, 2, 3, 5)),
    )
    lines = table(paper(stamp, release, history=history)).splitlines()[4:]
    assert [" ".join(line.split()) for line in lines[: len(history)]] == [
        "1951-08 classified SECRET high",
        "– upgraded SECRET → TOP SECRET medium",
        "– reviewed SECRET, no change high",
        "– reviewed no decision recorded low",
        "1981-02-03 reviewed SECRET → declassified page 1 high",
        "1981-02-03 declassified SECRET page 1 high",
        "2005 released in part, C-7 pages 1–3, 5 high",
    ]


def test_pages_without_a_marking_are_one_row() -> None:
    assert "  2–3  " in table(paper(marking(1, "control", controls=("NOFORN",))))


@pytest.mark.parametrize("width", [20, 30, 44, 60, 100, 200])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    stamp = marking(1, "stamp", {"authority": "words " * 40, "reviewer": "x" * 150})
    cells = table(paper(stamp), width).splitlines()[1:]
    assert max(map(len, cells)) <= max(width, 45)  # the other columns take that much


def test_colour_only_where_there_is_colour() -> None:
    found = marking(1, "banner", was="SECRET", is_="CONFIDENTIAL", action="downgrade")
    assert "\x1b[9;31mSECRET\x1b[0m" in table(paper(found), color=True)
    assert "\x1b" not in table(paper(found))


# -- the strip ----------------------------------------------------------------------------------


def banner(page: int, place: str, was: str | None, now: str | None, **more: Any) -> Marking:
    action = "added" if was is None else "unchanged" if was == now else "downgrade"
    return marking(page, "banner", page=page, place=place, was=was, is_=now, action=action, **more)


def stripped(*markings: Marking, width: int = 80) -> list[str]:
    screen = terminal.Screen(80, color=False, file=StringIO())
    found = strip(paper(*markings), screen, width)
    return ["".join(segment.text for segment in row).rstrip() for row in found]


@pytest.mark.parametrize(
    ("markings", "line"),
    [
        ([], None),
        ([marking(1, "stamp")], None),
        ([banner(n, "top", "SECRET", "SECRET") for n in (1, 2, 3)], "1–3 S"),
        ([banner(2, "top", "SECRET", None)], "1 unmarked · 2 S cancelled · 3 unmarked"),
        # The edge that says more stands for both; those that end otherwise stand both.
        (
            [banner(1, "top", "SECRET", "SECRET"), banner(1, "bottom", "TOP SECRET", "SECRET")],
            "1 TS→S · 2–3 unmarked",
        ),
        (
            [banner(1, "top", "SECRET", "SECRET"), banner(1, "bottom", "SECRET", "CONFIDENTIAL")],
            "1 S/S→C · 2–3 unmarked",
        ),
        ([banner(1, "top", None, "SECRET")], "1 S added · 2–3 unmarked"),
        ([banner(1, "top", "SECRET", "SECRET", cert="low")], "1 S? · 2–3 unmarked"),
        ([banner(1, "top", "OUR OWN", "OUR OWN")], "1 OUR OWN · 2–3 unmarked"),
        (
            [banner(1, "inline", "SECRET", "SECRET")._replace(kind="line")],
            "1 S · 2–3 unmarked",
        ),
    ],
)
def test_strip(markings: list[Marking], line: str | None) -> None:
    assert stripped(*markings) == ([] if line is None else [f"  pages {line}"])


def test_the_strip_is_wrapped_between_pages() -> None:
    found = [banner(n, "top", "SECRET", now) for n, now in ((1, None), (2, "SECRET"), (3, None))]
    assert stripped(*found, width=26) == ["  pages 1 S cancelled · 2 S", "        3 S cancelled"]


def test_numbers_and_short_forms() -> None:
    screen = terminal.Screen(80, color=False, file=StringIO())
    assert numbers([1, 2, 3, 7, 9, 10], screen) == "1–3, 7, 9–10"
    assert numbers([], screen) == ""
    assert (short("TOP SECRET"), short("OUR\x07OWN")) == ("TS", "OUR␇OWN")
