"""The rows of a collation as one running text: where all agree once, elsewhere side by side.

The rule for white space: a run of it is one space, or a paragraph break if it holds an empty
line; none is kept at the beginning and at the end. Under this rule every witness can be read
back exactly. White space that all witnesses have at a place stands between the places; what
only some have stands in their readings, so a witness that leaves a word out leaves its space
out as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from redline.collation.witnesses import Collation

__all__ = ["BREAK", "Place", "normal", "places"]

#: A paragraph break.
BREAK = "\n\n"
_EMPTY_LINE = re.compile(r"(?:\n|\r(?!\n))[^\S\r\n]*[\r\n]")
_SPACE = re.compile(r"\s+")


@dataclass(slots=True)
class Place:
    """A stretch of the running text: `before` it white space that all witnesses have.

    `texts`: what each witness has there, "" for nothing. `rows`: half-open, of the table.
    """

    before: str
    texts: list[str]
    rows: tuple[int, int]
    #: Whether all have the same words. Where the texts differ all the same, it is by space.
    agrees: bool


def normal(text: str) -> str:
    """A text by the rule for white space."""
    return _SPACE.sub(lambda found: _space(found[0]), text).strip()


def _space(found: str) -> str:
    if not found:
        return ""
    return BREAK if len(found) > 1 and _EMPTY_LINE.search(found) else " "


def places(table: Collation) -> list[Place]:
    """The running text of a table, as given: its rows should not be joined ones."""
    out: list[Place] = []
    for place in _settled(table):
        last = out[-1] if out else None
        if last is None or not _one(last, place):
            out.append(place)
            continue
        last.texts = [
            text + place.before + more for text, more in zip(last.texts, place.texts, strict=True)
        ]
        last.rows = (last.rows[0], place.rows[1])
    for place, following in pairwise(out):
        _let_out(place, following)
    return out


def _let_out(place: Place, following: Place) -> None:
    """White space that ends all readings of a place goes between it and the next."""
    for space in (BREAK, " "):
        if not following.before and all(text.endswith(space) for text in place.texts):
            place.texts = [text.removesuffix(space) for text in place.texts]
            following.before = space


def _one(last: Place, place: Place) -> bool:
    """Whether two neighbours part the witnesses alike and can be one place."""
    if last.agrees != place.agrees or (place.before == BREAK and not place.agrees):
        return False
    if place.agrees and (_differ(last.texts) or _differ(place.texts)):
        return False
    return _parted(last.texts) == _parted(place.texts)


def _differ(texts: Sequence[str]) -> bool:
    return any(text != texts[0] for text in texts)


def _parted(texts: Sequence[str]) -> list[int]:
    seen: dict[str, int] = {}
    return [seen.setdefault(text, len(seen)) for text in texts]


def _settled(table: Collation) -> Iterator[Place]:
    """A place for each row; it is settled when the next one is known, or none follows."""
    witnesses = range(len(table.sigla))
    carried = [""] * len(table.sigla)  # white space after the last word of each
    last: Place | None = None
    for number, row in enumerate(table.rows):
        cells = [text[start:end] for text, (start, end) in zip(table.texts, row.cells, strict=True)]
        words = [normal(cell) for cell in cells]
        place = Place("", words, (number, number + 1), row.agrees)
        if not _differ(carried):
            place.before, carried = carried[0], [""] * len(carried)
        elif last is not None and row.agrees:
            last.texts = [text + space for text, space in zip(last.texts, carried, strict=True)]
            carried = [""] * len(carried)
        elif last is not None:
            _append(last, words, carried)
        for k in witnesses:
            if words[k]:
                place.texts[k] = carried[k] + words[k]
                cell = cells[k]
                carried[k] = _space(cell[len(cell.rstrip()) :])
        if last is not None:
            yield last
        last = place
    if last is not None:
        yield last


def _append(last: Place, words: Sequence[str], carried: list[str]) -> None:
    """Give the white space after `last` to its readings, where that leaves them in one piece.

    Witnesses that have nothing next may keep it for later, when all may have it. What is not
    taken here goes before the next word of each witness.
    """
    groups: dict[str, list[int]] = {}
    for k, text in enumerate(last.texts):
        groups.setdefault(text, []).append(k)
    for text, group in groups.items():
        if not text or not any(words[k] for k in group):
            continue
        if all(carried[k] == carried[group[0]] for k in group):
            for k in group:
                last.texts[k] += carried[k]
                carried[k] = ""
