"""The paper as it stands: revisions in place, pages, and what stands beside the text.

A page is put together row by row, with what belongs in its margin, and printed when the next
one begins: first the rule with the page's marking, then the text, then the notes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator

from rich.cells import cell_len
from rich.segment import Segment

from redline.formats.terminal.blocks import Layout
from redline.formats.terminal.inline import Line, View, clean, fill, fragments, pieces, wrapped
from redline.formats.terminal.rules import marking_line, rule
from redline.formats.terminal.screen import Row, Screen, size_of
from redline.formats.terminal.strip import classification_line, strip
from redline.formats.terminal.styles import raised, style_of
from redline.model import Block, Document, Marking, Note
from redline.spans import Span

__all__ = ["Face"]

#: What the counts of revisions are called.
_COUNTED = {
    "deletion": "struck",
    "addition": "added",
    "substitution": "replaced",
    "transposition": "moved",
}


class Face:
    """Prints a document with its revisions in place."""

    def __init__(self, document: Document, screen: Screen) -> None:
        self.document = document
        self.screen = screen
        self.layout = Layout(document, screen, View(document))
        self.rows: list[Row] = []
        self.beside: list[tuple[int, list[str]]] = []  # row, lines for the margin
        self.page = -1  # index in Document.pages
        self.notes = _notes_by_page(document)
        self.banners: dict[tuple[int, str], list[Marking]] = {}
        for marking in document.markings:
            if marking.kind == "banner":
                self.banners.setdefault((marking.page, marking.place), []).append(marking)
        self.aside = _Asides(document)

    def show(self) -> None:
        """Print it all."""
        document, screen = self.document, self.screen
        aside = self.aside
        self._turn()
        last: Block | None = None
        for block in document.blocks:
            if block.kind == "note":
                continue
            self._before(block.start)
            if self.rows and (last is None or not self.layout.tight(last, block)):
                self.rows.append([])
            self._block(block)
            aside.skip(block.end)
            last = block
        self._before(len(document.text) + 1)
        self._finish()
        screen.print([*self._summary()])

    # -- pages ------------------------------------------------------------------------------

    def _before(self, offset: int) -> None:
        """Turn the pages, and put down the apparatus, that come before a text offset."""
        pages = self.document.pages
        while True:
            turn = pages[self.page + 1].start if self.page + 1 < len(pages) else None
            at = self.aside.next
            if at is not None and at < offset and (turn is None or at < turn):
                self._put_beside(len(self.rows), self.aside.take())
            elif turn is not None and turn <= offset:
                self._turn()
            else:
                break

    def _turn(self) -> None:
        """Finish the page, begin the next one."""
        if self.page >= 0:
            self._finish()
        self.page += 1
        pages = self.document.pages
        title: Line = []
        top, _ = self._banners()
        if self.page == 0:
            title.append((clean(self.document.source.name), ("page",)))
            whole = classification_line(self.document, self.screen)
            levels = [*strip(self.document, self.screen, self.screen.measure)]
            if levels:
                self.screen.print([rule(self.screen, title, whole), *levels, []])
                title = []
            else:
                top = top or whole
        if len(pages) > 1:
            page = pages[self.page]
            own = page.label is not None and page.label != str(page.n)
            label = f" ({clean(page.label or '')})" if own else ""
            dot = f" {self.screen.glyphs.dot} " if title else ""
            title.append((f"{dot}page {page.n}", ("rule",)))
            title.append((f" of {len(pages)}{label}", ("rule",)))
        self.screen.print([rule(self.screen, title, top)])

    def _banners(self) -> tuple[Line, Line]:
        """The marking of the page; of its foot, where that is another."""
        lines = [
            marking_line(self.banners.get((self.page + 1, place), []), self.screen)
            for place in ("top", "bottom")
        ]
        if not lines[0]:
            return lines[1], []
        return lines[0], lines[1] if lines[1] != lines[0] else []

    def _finish(self) -> None:
        """Print the page: its rows with the margin, its notes, its foot."""
        screen = self.screen
        out: list[Row] = []
        if self.rows or self.beside:
            out.append([])
            out += self._with_margin()
        out += self._foot()
        _, bottom = self._banners()
        if bottom:
            out += [[], rule(screen, [], [("foot ", ("level-word",)), *bottom], full=False)]
        out.append([])
        screen.print(out)
        self.rows, self.beside = [], []

    def _with_margin(self) -> Iterator[Row]:
        screen = self.screen
        if not screen.margin:
            yield from self.rows
            return
        queue = [(at, line) for at, lines in self.beside for line in [*lines, ""]]
        if queue:
            queue.pop()  # the empty line after the last
        queue.reverse()
        for number, row in enumerate(self.rows):
            if queue and queue[-1][0] <= number:
                yield self._beside(row, queue.pop()[1])
            else:
                yield row
        while queue:
            yield self._beside([], queue.pop()[1])

    def _beside(self, row: Row, text: str) -> Row:
        if not text:
            return row
        screen = self.screen
        pad = screen.margin_at - size_of(row)
        bar = f"{screen.glyphs.bar} "
        return [*row, Segment(" " * pad), Segment(bar + text, style_of(("apparatus",)))]

    # -- apparatus --------------------------------------------------------------------------

    def _put_beside(self, at: int, span: Span) -> None:
        """Apparatus or a marginal note: into the margin, else into a line of its own."""
        screen = self.screen
        lines = _words(self.document, span)
        if not lines:
            return
        if screen.margin:
            width = screen.margin - 2
            parts = [part for line in lines for part in wrapped(line, width)]
            self.beside.append((at, parts))
            return
        joined = f" {screen.glyphs.dot} ".join(lines)
        bar = (f"{screen.glyphs.bar} ", ("apparatus",))
        for part in wrapped(joined, screen.measure - 2):
            self.rows.append(screen.row([bar, (part, ("apparatus",))], screen.indent))

    # -- blocks -----------------------------------------------------------------------------

    def _block(self, block: Block) -> None:
        """A block's rows; a page that begins inside it is turned in the midst of it."""
        document = self.document
        if block.cells:
            rows, anchors = self.layout.table(block)
            self._place(rows, anchors)
            return
        start = block.start
        while True:
            pages = document.pages
            turn = pages[self.page + 1].start if self.page + 1 < len(pages) else block.end
            end = min(turn, block.end)
            rows, anchors = self.layout.part(block, start, end)
            self._place(rows, anchors)
            if end >= block.end:
                return
            self._turn()
            start = end

    def _place(self, rows: list[Row], anchors: list[tuple[int, Span]]) -> None:
        first = len(self.rows)
        self.rows += rows
        for line, span in anchors:
            if self.aside.holds(span):
                self._put_beside(first + line, span)

    # -- the foot ---------------------------------------------------------------------------

    def _foot(self) -> Iterator[Row]:
        screen, document = self.screen, self.document
        notes = self.notes.get(self.page, [])
        if not notes:
            return
        yield []
        yield screen.row([(screen.glyphs.rule * 12, ("rule",))], screen.indent)
        for note in notes:
            assert note.start is not None
            assert note.end is not None
            sign = raised(clean(note.n)) if note.n else screen.glyphs.bullet
            hang = cell_len(sign) + 1
            spans = [s for s in self.layout.touching(note.start, note.end) if s.kind != "note"]
            words = pieces(
                fragments(document, spans, note.start, note.end, self.layout.view),
                ("note",),
                brackets=screen.brackets,
            )
            for number, line in enumerate(fill(words, max(1, screen.measure - hang)).lines):
                lead = f"{sign} " if number == 0 else " " * hang
                yield screen.row([(lead, ("note",)), *line], screen.indent)

    def _summary(self) -> Iterator[Row]:
        """The last rule: how many revisions of which kind, how many findings."""
        document = self.document
        counts = Counter(act.kind for act in document.acts)
        told = [f"{counts[kind]} {word}" for kind, word in _COUNTED.items() if counts[kind]]
        words = ", ".join(told) if told else "no revision" if document.blocks else "no text"
        found = len(document.diagnostics)
        if found:
            words += f" {self.screen.glyphs.dot} {found} finding{'s' * (found > 1)}: redline check"
        yield rule(self.screen, [(words, ("summary",))], [])


class _Asides:
    """What stands on the pages beside the text, in order: furniture, marginal notes."""

    def __init__(self, document: Document) -> None:
        notes = {note.id for note in document.notes if note.kind != "footnote"}
        banners = sorted((m.start, m.end) for m in document.markings if m.kind == "banner")
        starts = [start for start, _ in banners]
        numbers = {item.id: item for item in document.furniture if item.kind == "page-number"}
        self._spans: list[Span] = []
        for span in document.spans:
            if span.kind == "note":
                if span.id in notes:
                    self._spans.append(span)
            elif span.kind == "furniture":
                k = bisect_right(starts, span.start) - 1
                if k >= 0 and span.start < max(banners[k][1], banners[k][0] + 1):
                    continue  # a banner stands in the page's rule
                number = numbers.get(span.id)
                if number is None or number.n != str(number.page):
                    self._spans.append(span)
        self._held = set(self._spans)
        self._at = 0

    @property
    def next(self) -> int | None:
        """Where the next of them stands."""
        return self._spans[self._at].start if self._at < len(self._spans) else None

    def take(self) -> Span:
        """The next one."""
        self._at += 1
        return self._spans[self._at - 1]

    def skip(self, offset: int) -> None:
        """Those before `offset` stood in a block, and were put where they stood."""
        while self._at < len(self._spans) and self._spans[self._at].start < offset:
            self._at += 1

    def holds(self, span: Span) -> bool:
        """Whether it is one of them."""
        return span in self._held


def _notes_by_page(document: Document) -> dict[int, list[Note]]:
    """Notes that have a body, by the index of the page they are referred to on."""
    out: dict[int, list[Note]] = {}
    for note in document.notes:
        if note.start is not None and note.kind == "footnote":
            at = note.at if note.at is not None else note.start
            out.setdefault(document.page_at(at) - 1, []).append(note)
    return out


def _words(document: Document, span: Span) -> list[str]:
    """The lines of apparatus or of a marginal note; of a typed box without its frame."""
    out = []
    for line in clean(document.text[span.start : span.end]).splitlines():
        cells = [" ".join(cell.split()) for cell in line.split("|")]
        text = "  ".join(cell for cell in cells if cell.strip("-: "))
        if text:
            out.append(text)
    return out
