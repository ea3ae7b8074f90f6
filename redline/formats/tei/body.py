"""The body: one leaf block element for each leaf block of the document, in divisions and lists.

Between the blocks stand page breaks, furniture and notes. They wait until it is known what the
next block closes, so that a list ends before what follows it. Every block is a line of the
file; nothing inside a block is indented.
"""

from __future__ import annotations

from bisect import bisect_left

from redline.formats.tei.apparatus import Written
from redline.formats.tei.dates import typed_date
from redline.formats.tei.escape import attribute, word
from redline.formats.tei.items import Crossing
from redline.formats.tei.names import BLOCKS, POINTS, REVISIONS, ROLES, Element
from redline.formats.tei.paper import Paper, page_break
from redline.model import Block

__all__ = ["write_body"]

#: Divisions and lists nest no deeper: deeper levels stay on this one.
_DEEPEST = 12
_INDENT = ["  " * depth for depth in range(4 * _DEEPEST)]
_OUTSIDE = 3  # depth of what stands directly in the body


def write_body(paper: Paper) -> list[str]:
    """The lines of the body, without the tags of `body` itself."""
    return _Body(paper).lines()


class _Body:
    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.spans = paper.spans
        self.k = 0  # the next span
        self.out: list[str] = []
        self.waiting: list[Written] = []
        self.divs: list[int] = []  # levels of the open divisions
        self.lists: list[int] = []  # levels of the open lists
        self.has_headings = any(block.kind == "heading" for block in paper.document.blocks)
        self.blocks = 0

    def lines(self) -> list[str]:
        """All of it."""
        pages = self.paper.document.pages
        if pages and not any(span[2][:2] == "pb" and span[3] == "p1" for span in self.spans[:1]):
            self.out.append(f"{_INDENT[_OUTSIDE]}{page_break(pages[0])}\n")
        for block in self.paper.document.blocks:
            if block.kind == "note":
                continue
            if block.cells:
                self._table(block)
            elif block.kind == "table":
                self._table(block._replace(cells=(((block.start, block.end),),)))
            else:
                self._block(block)
        self._between(len(self.paper.text) + 1)
        self._close_lists(0)
        self._flush()
        if not self.blocks:
            self._line("<p/>")
        while self.divs:
            self._close_div()
        return self.out

    # -- layout -----------------------------------------------------------------------------

    def _depth(self) -> int:
        return _OUTSIDE + len(self.divs) + 2 * len(self.lists) - (1 if self.lists else 0)

    def _line(self, markup: str) -> None:
        self.out.append(f"{_INDENT[self._depth()]}{markup}\n")

    def _flush(self) -> None:
        """Write what stands between the blocks, where it is legal."""
        for markup, element in self.waiting:
            if element == "stamp":
                # No stamp directly in a body, and no paragraph in a list or beside divisions.
                bare = self.lists or (self.has_headings and not self.divs)
                holder = 'fw type="stamp"' if bare else "p"
                markup = f"<{holder}>{markup}</{holder[:2].strip()}>"
                self.blocks += not bare
            self._line(markup)
        self.waiting.clear()
