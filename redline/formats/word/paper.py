"""The paper a document is on, as Word can have it: sections with headers and footers.

Word changes its headers only between paragraphs. A page that begins inside a paragraph begins,
in Word, with the first paragraph that stands on it; where there is none, what stands at its edges
is told in comments.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from redline.formats.tei.banner import Piece, banner_pieces
from redline.formats.word.flow import Flow
from redline.formats.word.names import EDGES
from redline.model import Block, Document, Furniture, Marking, Page
from redline.reading import apart
from redline.spans import ADDITION, DELETION

__all__ = ["Aside", "Edge", "Paper", "Sheet"]

#: A line of a header or footer: words by their state.
Edge = tuple[tuple[Piece, ...], ...]


class Aside(NamedTuple):
    """What stands on the page beside its text and not at its edges: a stamp, a code."""

    start: int
    kind: str
    words: str


class _Edged(NamedTuple):
    """Something at the edge of a page, as an aside and as the lines it would be there."""

    aside: Aside
    lines: Edge


class Sheet(NamedTuple):
    """A page as Word has it: the block it begins with (None: none does), its edges."""

    page: Page
    block: int | None
    header: Edge
    footer: Edge
    exact: bool
    within: bool = False  # it begins inside of a paragraph


class Paper:
    """The pages of a document, and what stands on them beside the text."""

    def __init__(self, document: Document, flow: Flow, blocks: Sequence[Block]) -> None:
        self.document = document
        self.asides: list[Aside] = []
        self._edges: dict[tuple[int, str], list[_Edged]] = {}
        self._sort()
        self.sheets = list(self._sheets(flow, blocks))
        #: What stands at the edges of pages that begin inside of blocks, by their text offsets.
        self.beyond: dict[int, list[Aside]] = {}
        for sheet in self.sheets:
            if sheet.block is not None or sheet.exact:
                continue
            if sheet.within:
                self.beyond[sheet.page.start] = [
                    Aside(sheet.page.start, kind, _marked(edge))
                    for kind, edge in zip(EDGES, (sheet.header, sheet.footer), strict=True) if edge
                ]
            else:  # it has no text
                self.asides += [each.aside for place in ("top", "bottom")
                                for each in self._edges.get((sheet.page.n, place), ())]
        self.asides.sort()
        #: Page breaks inside of blocks, by their text offsets.
        self.turns = {sheet.page.start for sheet in self.sheets[1:] if sheet.block is None}

    def _sort(self) -> None:
        for marking in apart(self.document):
            words = self._words(marking.start, marking.end)
            lines = _lines(banner_pieces(marking)) if marking.kind == "banner" else _plain(words)
            self._put(marking, words, lines)
        for item in self.document.furniture:
            words = self._words(item.start, item.end)
            if words:
                self._put(item, words, _plain(words))

    def _put(self, item: Marking | Furniture, words: str, lines: Edge) -> None:
        aside = Aside(item.start, item.kind, words)
        if item.place in ("top", "bottom") and lines:
            self._edges.setdefault((item.page, item.place), []).append(_Edged(aside, lines))
        else:
            self.asides.append(aside)

    def _words(self, start: int, end: int) -> str:
        lines = (" ".join(line.split()) for line in self.document.text[start:end].splitlines())
        return "\n".join(line for line in lines if line)

    def _edge(self, page: int, place: str) -> Edge:
        found = sorted(self._edges.get((page, place), ()))
        return tuple(line for each in found for line in each.lines)

    def _sheets(self, flow: Flow, blocks: Sequence[Block]) -> list[Sheet]:
        starts = [block.start for block in blocks]
        sheets: list[Sheet] = []
        pages = self.document.pages
        taken = -1
        current: tuple[Edge, Edge] = ((), ())  # of the section that is open
        for k, page in enumerate(pages):
            after = pages[k + 1].start if k + 1 < len(pages) else len(self.document.text) + 1
            edges = self._edge(page.n, "top"), self._edge(page.n, "bottom")
            if k == 0:
                sheets.append(Sheet(page, 0 if blocks else None, *edges, True))
                taken, current = 0, edges
                continue
            inside = bisect_right(starts, page.start) - 1
            exact = inside < 0 or not (
                blocks[inside].end > page.start
                and flow.shown(blocks[inside].start, page.start)
            )
            first = bisect_left(starts, page.start)
            if exact and inside >= 0 and blocks[inside].end > page.start:
                first = inside
            same = not exact and edges == current
            if first <= taken or first >= len(blocks) or same or starts[first] >= after:
                within = not exact and not blocks[inside].cells
                sheets.append(Sheet(page, None, *edges, same, within))
            else:
                sheets.append(Sheet(page, first, *edges, exact))
                taken, current = first, edges
        return sheets


def _plain(words: str) -> Edge:
    """Lines in which nothing was changed."""
    return tuple((Piece(line, ""),) for line in words.split("\n") if line)


def _marked(edge: Edge) -> str:
    """Lines with the marks of the notation."""
    marks = {"": "{}", DELETION: "~~{}~~", ADDITION: "^{{{}}}"}
    return "\n".join(
        "".join(marks[state].format(words) for words, state in line) for line in edge
    )


def _lines(pieces: Sequence[Piece]) -> Edge:
    """Words of a banner, line by line."""
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        for n, words in enumerate(piece.words.split("\n")):
            if n:
                lines.append([])
            if words:
                lines[-1].append(piece._replace(words=words))
    return tuple(tuple(line) for line in lines if any(piece.words.strip() for piece in line))
