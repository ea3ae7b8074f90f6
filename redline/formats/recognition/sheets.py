"""Pages as recognition found them: regions, their lines, what is marked on those."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from redline.formats.recognition.tree import Letters

__all__ = ["Line", "Points", "Range", "Region", "Sheet", "role_of"]

Points = tuple[tuple[int, int], ...]

#: What regions are called, by PAGE, Transkribus and the SegmOnto vocabulary, and what they are.
_ROLES = {
    **dict.fromkeys(("header", "runningtitlezone", "running-title"), "header"),
    "footer": "footer",
    **dict.fromkeys(("page-number", "numberingzone"), "page-number"),
    **dict.fromkeys(("catch-word", "signature-mark", "quiremarkszone"), "catch-word"),
    **dict.fromkeys(("marginalia", "margintextzone", "marginal"), "margin"),
    **dict.fromkeys(("footnote", "footnote-continued", "endnote"), "footnote"),
    **dict.fromkeys(("heading", "title", "headinginterlinear"), "heading"),
    **dict.fromkeys(("stamp", "stamp-zone", "stampzone", "sealzone"), "stamp"),
}


class Range(NamedTuple):
    """A stretch of a line: characters `start` to `end`, what it is, what it says of itself.

    `what`: ``del``, ``add``, a kind of emphasis, ``unclear`` or ``gap``.
    """

    start: int
    end: int
    what: str
    said: Mapping[str, str]
    continued: bool = False


@dataclass
class Line:
    """A line: its characters, what of it is marked, its outline."""

    id: str
    letters: Letters
    ranges: list[Range] = field(default_factory=list)
    points: Points = ()
    at: int = 0


@dataclass
class Region:
    """A region with its lines; `role` is one of `_ROLES`, or "". Cells have a row and a column."""

    id: str
    role: str
    label: str | None
    lines: list[Line]
    points: Points = ()
    cell: tuple[int, int] | None = None
    table: str = ""


@dataclass
class Sheet:
    """A page: its regions in reading order, and the picture they were found on."""

    regions: list[Region]
    image: str | None = None
    width: int | None = None
    height: int | None = None
    end: int = 0


def role_of(label: str | None) -> str:
    """What a region of this name is; "" for a block of text."""
    name = (label or "").lower().partition("#")[0].partition(":")[0]
    return _ROLES.get(name, "")
