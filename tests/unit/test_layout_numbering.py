"""Numbers, letters and portion marks at the heads of lines; figures at page edges."""

from __future__ import annotations

import pytest

import redline
from redline.layout import lay_out
from redline.layout.numbering import Numbering, counts_up, label_of, marked_label


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("1. The pier", "1"),
        ("(a) The pier", "a"),
        ("**IV.** The pier", "IV"),
        ("ii) The pier", "ii"),
        ("The pier", None),
        ("1951 was a bad year", None),
        ("1.5 miles of it", None),
    ],
)
def test_label(words: str, label: str | None) -> None:
    assert label_of(words) == label


@pytest.mark.parametrize(
    ("before", "after", "up"),
    [
        ("9", "10", True),
        ("h", "i", True),
        ("i", "ii", True),
        ("III", "IV", True),
        ("xii", "xiii", False),
        ("a", "B", False),
        ("1", "b", False),
        ("2", "2", False),
    ],
)
def test_counting(before: str, after: str, *, up: bool) -> None:
    assert counts_up(before, after) is up


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("(S) The pier", (None,)),
        ("(TS/NF) 3. The pier", ("3",)),
        ("~~(S)~~ ^{(C)} 12) The pier", ("12",)),
        ("(U) 4 boats", (None,)),
        ("(see below) 3. The pier", None),
        ("The pier (S)", None),
        ("", None),
    ],
)
def test_number_beside_a_mark(words: str, found: tuple[str | None] | None) -> None:
    assert marked_label(words) == found


def test_open_lists_are_few() -> None:
    numbering = Numbering("", [])
    for _ in range(50):
        assert numbering.opening(0, "a. to go", ended=True, after_mark=False) == "a"
    assert len(numbering.open) < 10
    numbering.new_chunk()
    assert not numbering.open


def test_an_initial_is_no_section() -> None:
    letter = "A. Quell\n\nKeeper of the lamp.\n"
    assert [slot.n for slot in lay_out(letter).slots] == [None, None]
    sections = "A. The pier is old.\n\nB. The lamp is out.\n"
    assert [slot.n for slot in lay_out(sections).slots] == ["A", "B"]


@pytest.mark.parametrize("figure", ["2", "~~2~~", "*12*", "iv"])
def test_figure_at_a_form_feed(figure: str) -> None:
    document = redline.parse(f"It ends here.\n\n{figure}\n\fIt goes on.\n")
    assert document.reading("draft").text == "It ends here.\n\nIt goes on."
    assert len(document.pages) == 2


@pytest.mark.parametrize("figure", ["1951", "2.", "No. 2", "mil", "2 3"])
def test_what_is_no_page_number(figure: str) -> None:
    document = redline.parse(f"It ends here.\n\n{figure}\n\fIt goes on.\n")
    assert figure in document.reading("draft").text


def test_surplus_banners_are_low() -> None:
    text = "SECRET\n\nSECRET\n\nSECRET\n\nThe pier is old.\n"
    banners = [m for m in redline.parse(text).markings if m.kind == "banner"]
    assert [(m.place, m.cert) for m in banners] == [
        ("inline", "low"),
        ("inline", "low"),
        ("top", "high"),
    ]


def test_surplus_banners_stand_on_their_page() -> None:
    text = "One is here.\n\n" + "SECRET\n\n" * 4 + "[Page 2]\n\nTwo is here.\n"
    banners = [m for m in redline.parse(text).markings if m.kind == "banner"]
    assert [(m.page, m.place) for m in banners] == [
        (1, "bottom"),
        (1, "inline"),
        (1, "inline"),
        (1, "inline"),
    ]
