"""What the layout finds: which parts of the source are text, and of which block.

All offsets are source code points, half-open. `Plan.pieces` are in source order and do not
overlap; what lies between two pieces (bullets, `#`, pipes, empty lines) is in the source
alone. A block interrupted by furniture or a page edge is several pieces with one `ref`.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from redline.markings.banners.edges import Banner, Cert
from redline.markings.history.levels import Classified

__all__ = ["Edge", "Inline", "Lifted", "PageBreak", "Piece", "Plan", "Slot"]


class Slot(NamedTuple):
    """A leaf block to be: a paragraph, heading, list item, cell, note body … (cf. `Block`).

    Cells of one table share its number in `table`; elsewhere it is -1.
    """

    kind: str
    n: str | None = None
    level: int | None = None
    role: str | None = None
    table: int = -1
    row: int = 0


class Piece(NamedTuple):
    """A range of the source in the order of the page.

    `kind` is ``text`` (`ref`: index into `Plan.slots`), ``furniture`` (index into
    `Plan.lifted`), or ``page`` (zero-width, index into `Plan.pages`).
    """

    start: int
    end: int
    kind: str
    ref: int


class Lifted(NamedTuple):
    """Apparatus lifted out of the text: what it is, and what the markings make of it."""

    kind: str
    place: str
    n: str | None
    data: Any = None


class PageBreak(NamedTuple):
    """The beginning of a page: its label if the paper gives one, how sure, and why."""

    label: str | None
    cert: Cert
    evidence: tuple[str, ...]


class Edge(NamedTuple):
    """A banner at a page edge: `lifted` are the indices of its lines in `Plan.lifted`."""

    page: int
    place: str
    banner: Banner
    lifted: tuple[int, ...]


class Inline(NamedTuple):
    """A level inside running text that is a marking: a cable's classification line."""

    start: int
    end: int
    level: str
    controls: tuple[str, ...]
    line: tuple[int, int]


class Plan(NamedTuple):
    """The layout of a source. `pages[0]` is the first page and has no ``page`` piece."""

    slots: list[Slot]
    pieces: list[Piece]
    lifted: list[Lifted]
    pages: list[PageBreak]
    edges: list[Edge]
    note_labels: frozenset[str]
    classified: Classified | None
    inline: list[Inline]
    findings: list[tuple[str, int, int, str]]
