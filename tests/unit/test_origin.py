"""`Origin`: copied, folded and supplied segments, and what lies between them."""

from __future__ import annotations

from array import array

import pytest

from redline.origin import Origin

#: "ab c" of "~~ab~~ \n c": two copied, a folded break, one copied; marks in no segment.
FOLDED = Origin(
    array("q", [0, 2, 3]), array("q", [2, 6, 9]), array("q", [4, 9, 10]), 4
)
#: "a b" of "a^{b}": a space supplied before b.
SUPPLIED = Origin(
    array("q", [0, 1, 2]), array("q", [0, 3, 3]), array("q", [1, 3, 4]), 3
)


@pytest.mark.parametrize(
    ("origin", "start", "end", "span"),
    [
        (FOLDED, 0, 1, (2, 3)),
        (FOLDED, 0, 2, (2, 4)),
        (FOLDED, 2, 3, (6, 9)),
        (FOLDED, 1, 4, (3, 10)),
        (FOLDED, 4, 4, (10, 10)),
        (FOLDED, 1, 1, (3, 3)),
        (SUPPLIED, 0, 1, (0, 1)),
        (SUPPLIED, 1, 2, (3, 3)),
        (SUPPLIED, 0, 3, (0, 4)),
    ],
)
def test_source_span(origin: Origin, start: int, end: int, span: tuple[int, int]) -> None:
    assert origin.source_span(start, end) == span


@pytest.mark.parametrize(
    ("origin", "places"),
    [
        # By source offset; in a mark: the next character that is kept.
        (FOLDED, [0, 0, 0, 1, 2, 2, 2, 3, 3, 3, 4]),
        (SUPPLIED, [0, 1, 1, 2, 3]),
    ],
)
def test_to_text(origin: Origin, places: list[int]) -> None:
    assert [origin.to_text(k) for k in range(len(places))] == places


def test_supplied() -> None:
    assert list(SUPPLIED.supplied()) == [(1, 2)]
    assert list(FOLDED.supplied()) == []


def test_segments() -> None:
    assert list(FOLDED.segments()) == [(0, 2, 2, 4), (2, 3, 6, 9), (3, 4, 9, 10)]


def test_identity() -> None:
    origin = Origin.identity(3)
    assert [origin.to_source(k) for k in range(4)] == [0, 1, 2, 3]
    assert [origin.to_text(k) for k in range(4)] == [0, 1, 2, 3]
    assert origin.source_span(0, 3) == (0, 3)


def test_empty() -> None:
    origin = Origin.identity(0)
    assert origin.to_source(0) == origin.to_text(0) == 0
    assert origin.source_span(0, 0) == (0, 0)
    assert list(origin.segments()) == []


def test_equality() -> None:
    assert Origin.identity(3) == Origin.identity(3)
    assert hash(Origin.identity(3)) == hash(Origin.identity(3))
    assert Origin.identity(3) != Origin.identity(4)
    assert Origin.identity(3) != "abc"
