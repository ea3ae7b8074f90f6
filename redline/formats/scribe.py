"""The union text of a document as a reader writes it: characters, their places, spans over them.

For the readers of formats that say what they mean (TEI, Word, fragments of HTML): they copy, fold
or supply text in order, open and close spans, tell what they find, and close the document. The
notation has a builder of its own.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise

from redline.diagnostics import Diagnostic, diagnose
from redline.model import Act, Block, Document, Page
from redline.origin import Origin
from redline.source import Source
from redline.spans import Span

__all__ = ["Scribe"]


class Scribe:
    """Text, origin and spans. Spans are in the order in which they open."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.raw = source.text
        self.length = 0
        self.parts: list[str] = []
        self.ranges = array("q")  # source start and end of every part of the text
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.kinds: list[str] = []
        self.ids: list[str] = []
        self.extents = array("q")
        self.diagnostics: list[Diagnostic] = []
        self.edge = 0  # where the text seen last begins or ends a span

    # -- text ---------------------------------------------------------------------------------

    def copy(self, start: int, end: int) -> None:
        """Characters of the source."""
        if start < end:
            self.parts.append(self.raw[start:end])
            self.ranges.append(start)
            self.ranges.append(end)
            self.length += end - start

    def fold(self, character: str, start: int, end: int) -> None:
        """One character that stands for a range of the source."""
        self.parts.append(character)
        self.ranges.append(start)
        self.ranges.append(end)
        self.length += len(character)

    def supply(self, text: str, at: int) -> None:
        """Characters that the source does not have."""
        if text:
            self.fold(text, at, at)

    # -- spans --------------------------------------------------------------------------------

    def open(self, kind: str, id_: str, start: int, end: int) -> int:
        """A span begins here; source[start:end] is its tag."""
        self.edge = self.length
        self.starts.append(self.length)
        self.ends.append(self.length)
        self.kinds.append(kind)
        self.ids.append(id_)
        self.extents.append(start)
        self.extents.append(end)
        return len(self.starts) - 1

    def close(self, k: int, end: int) -> None:
        """Span k ends here; its tag in the source ends at `end`."""
        self.edge = self.length
        self.ends[k] = self.length
        self.extents[2 * k + 1] = end

    def span(
        self, kind: str, id_: str, at: tuple[int, int], extent: tuple[int, int]
    ) -> int:
        """A whole span at once, over text that is there."""
        self.starts.append(at[0])
        self.ends.append(at[1])
        self.kinds.append(kind)
        self.ids.append(id_)
        self.extents.extend(extent)
        return len(self.starts) - 1

    def tell(self, code: str, start: int, end: int, detail: str) -> None:
        """A finding."""
        self.diagnostics.append(diagnose(self.source, code, start, end, detail))

    # -- the whole ----------------------------------------------------------------------------

    def text(self) -> str:
        """The finished text."""
        return "".join(self.parts)

    def origin(self) -> Origin:
        """The map of the finished text."""
        if not self.parts:
            return Origin.identity(0)
        at = array("q", accumulate(map(len, self.parts), initial=0))
        at.pop()
        return Origin(at, self.ranges[0::2], self.ranges[1::2], self.length)

    def table(self) -> tuple[tuple[Span, ...], array[int], list[int]]:
        """The spans in their order, their extents, and the new place of each (-1: left out)."""
        order = [k for k, kind in enumerate(self.kinds) if kind]
        starts = self.starts
        if any(starts[a] > starts[b] for a, b in pairwise(order)):
            order.sort(key=starts.__getitem__)
        place = [-1] * len(starts)
        extents = array("q")
        spans = []
        for new, k in enumerate(order):
            place[k] = new
            spans.append(Span(starts[k], self.ends[k], self.kinds[k], self.ids[k]))
            extents.append(self.extents[2 * k])
            extents.append(self.extents[2 * k + 1])
        return tuple(spans), extents, place

    def closed(
        self, acts: Iterable[Act], blocks: Iterable[Block], pages: Sequence[Page], format: str
    ) -> Document:
        """The document: what was written, with acts, blocks and pages in their order.

        Parts of acts are numbers of spans as `open` and `span` gave them. Blocks get their ids
        and the pages that they begin on; a note follows the block that begins where it does.
        """
        spans, extents, place = self.table()
        placed = (act._replace(parts=tuple(sorted(place[k] for k in act.parts))) for act in acts)
        starts = [page.start for page in pages]
        ordered = sorted(blocks, key=lambda block: (block.start, block.kind == "note"))
        return Document(
            source=self.source,
            text=self.text(),
            origin=self.origin(),
            spans=spans,
            extents=extents,
            acts=tuple(sorted(placed, key=lambda act: act.parts)),
            blocks=tuple(
                block._replace(id=f"b{n}", page=max(1, bisect_right(starts, block.start)))
                for n, block in enumerate(ordered, 1)
            ),
            pages=tuple(pages),
            diagnostics=self.findings(),
            format=format,
        )

    def findings(self) -> tuple[Diagnostic, ...]:
        """The findings so far, in the order of their places."""
        return tuple(sorted(self.diagnostics, key=lambda each: (each.span, each.code)))
