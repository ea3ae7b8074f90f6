"""Pages with regions and lines, as the native notation has them: read by its own rules.

A region is a block, a line a line; a page ends with a form feed. What a region is called says
what it is: page numbers and running titles are furniture, notes in the margin are notes. So the
layout, the banners and the joining of lines are those of every paper. The coordinates of pages,
regions and lines are kept beside the text, as `Document.surfaces`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from redline.formats.notations.events import Event, Finding
from redline.formats.notations.translate import translate
from redline.formats.recognition.order import edged, rising, tables
from redline.formats.recognition.sheets import Line, Range, Region, Sheet
from redline.formats.recognition.tree import Letters
from redline.model import Document, Furniture
from redline.notation.native import parse_source
from redline.source import Source
from redline.surfaces import Surface, Zone

__all__ = ["paper"]

#: Regions that are furniture, and where on the page they stand.
_FURNITURE = {
    "header": "top", "footer": "bottom", "page-number": "margin", "catch-word": "bottom",
}  # fmt: skip
_BRACKETS = str.maketrans("[]", "()")
_LABEL = re.compile(r"\(?(\d{1,3}|[*†‡§]{1,2})[.)]?[ \t]+(?=\S)")
#: A sentence that no layout takes for anything but text.
_BODY = "The boats lay in the harbour until the tide came in again and the wind fell."


def paper(source: Source, sheets: Sequence[Sheet], name: str, findings: list[Finding]) -> Document:
    """The document on these pages; `name` is the format's."""
    events = list(_Events(sheets, findings).pages())
    document = translate(source, lambda: events, name, findings=findings, verbatim=False)
    document = _with_furniture(document, sheets)
    return replace(document, surfaces=tuple(_surfaces(sheets)))


# -- events -----------------------------------------------------------------------------------


class _Events:
    def __init__(self, sheets: Sequence[Sheet], findings: list[Finding]) -> None:
        self.sheets = sheets
        self.findings = findings
        self.high = 0  # how far into the source the events have come
        self._place_lines()

    def pages(self) -> Iterator[Event]:
        """All events, in reading order."""
        for k, sheet in enumerate(self.sheets):
            if k:
                yield self._put("\f")
            first = True
            for group in tables(edged(sheet.regions)):
                apart = self._put("\n\n")
                table = group[0].cell is not None
                events = list(self._rows(group) if table else self._region(group[0]))
                if events and not first:
                    yield apart
                first = first and not events
                yield from events
            self.high = max(self.high, sheet.end)

    def _put(self, words: str) -> Event:
        return Event("char", self.high, self.high, words)

    def _region(self, region: Region) -> Iterator[Event]:
        lines = [line for line in region.lines if line.letters.text]
        role = region.role
        for line in lines:
            self._placed(line)
        if not lines:
            return
        if role in _FURNITURE and not (role != "page-number" and _is_apparatus(lines, role)):
            yield self._whole("furniture", lines)
            return
        if role == "stamp":
            yield self._whole("furniture", lines)
            return
        if role == "margin":
            yield self._whole("note", lines)
            return
        if role == "footnote":
            label = _LABEL.match(lines[0].letters.text)
            if label is None:
                yield self._whole("note", lines)
                return
            yield self._put(f"[^{label[1]}]: ")
            lines[0] = _without(lines[0], label.end())
        elif role == "heading":
            yield Event("heading", self.high, self.high, 1)
        yield from self._lines(lines, " " if role == "heading" else "\n")

    def _lines(self, lines: Sequence[Line], between: str) -> Iterator[Event]:
        open_: list[Range] = []
        for k, line in enumerate(lines):
            after = lines[k + 1] if k + 1 < len(lines) else None
            if k:
                yield self._put(between)
            yield from self._line(line, open_, after)

    def _line(self, line: Line, open_: list[Range], after: Line | None) -> Iterator[Event]:
        """A line's events; `open_` are marks that go on from the line before, and into the next."""
        letters = line.letters
        size = len(letters.text)
        carried = list(open_)
        open_.clear()
        ranges = _clean(line.ranges, size)
        edges = {0, size}
        for one in ranges:
            edges |= {one.start, one.end}
        cuts = sorted(edges)
        for at in cuts:
            for one in reversed([r for r in ranges if r.end == at and r.start < r.end]):
                if one.what in ("unclear", "gap"):
                    continue
                if at == size and one.continued and after is not None and _goes_on(after, one):
                    open_.append(one)
                    continue
                yield self._edge(one, letters, at, closing=True)
            for one in ranges:
                if one.start != at:
                    continue
                if one.what == "gap" and one.end == at:
                    place = self._place(letters, at, closing=False)
                    yield Event("gap", place, place, "[illegible]")
                elif one.what not in ("unclear", "gap") and one.start < one.end:
                    if at == 0 and any(each.what == one.what for each in carried):
                        continue
                    yield self._edge(one, letters, at, closing=False)
            if at < size:
                stop = next(cut for cut in cuts if cut > at)
                doubtful = any(
                    r.what in ("unclear", "gap") and r.start <= at < r.end for r in ranges
                )
                yield from self._words(letters, at, stop, doubtful=doubtful)

    def _edge(self, one: Range, letters: Letters, at: int, *, closing: bool) -> Event:
        place = self._place(letters, at, closing=closing)
        way = "close" if closing else "open"
        if one.what in ("del", "add"):
            return Event(way, place, place, (one.what, one.said))
        return Event(f"hi-{way}", place, place, one.what)

    def _place(self, letters: Letters, at: int, *, closing: bool) -> int:
        if closing and at:
            return letters.stop[at - 1]
        return letters.at[at] if at < len(letters.at) else letters.stop[-1]

    def _words(
        self, letters: Letters, start: int, end: int, *, doubtful: bool
    ) -> Iterator[Event]:
        self.high = max(self.high, letters.stop[end - 1])
        if doubtful:
            words = letters.text[start:end]
            yield Event("unclear", letters.at[start], letters.stop[end - 1], words)
            return
        at = start
        while at < end:
            stop = at + 1
            if letters.stop[at] - letters.at[at] == 1:
                while stop < end and letters.at[stop] == letters.stop[stop - 1] and (
                    letters.stop[stop] - letters.at[stop] == 1
                ):
                    stop += 1
                yield Event("text", letters.at[at], letters.stop[stop - 1])
            else:
                while stop < end and letters.at[stop] == letters.at[at] and (
                    letters.stop[stop] == letters.stop[at]
                ):
                    stop += 1
                words = letters.text[at:stop]
                yield Event("char", letters.at[at], letters.stop[at], words)
            at = stop

    def _whole(self, what: str, lines: Sequence[Line]) -> Event:
        """A region of which the notation has the words alone."""
        words = "\n".join(line.letters.text for line in lines)
        start, end = lines[0].letters.at[0], lines[-1].letters.stop[-1]
        for line in lines:
            for one in line.ranges:
                if one.what in ("del", "add"):
                    place = self._place(line.letters, min(one.start, len(line.letters.at)),
                                        closing=False)
                    self.findings.append(("page-strike", place, place, _shown(line, one)))
        self.high = max(self.high, end)
        return Event(what, start, end, ("margin", words) if what == "note" else words)

    def _place_lines(self) -> None:
        """Keep the places of as many lines as stand in the file in the order they are read in.

        Places of a document go one way; the others have none. Of furniture nobody needs to be
        told.
        """
        rows = [(line, region) for sheet in self.sheets for region in edged(sheet.regions)
                for line in region.lines if line.letters.text]
        kept = rising([line.letters.at[0] for line, _ in rows],
                       [not region.role or region.role == "heading" for _, region in rows])
        self._unplaced = {id(line) for k, (line, _) in enumerate(rows) if k not in kept}
        told = next((line.letters for line, region in rows
                     if id(line) in self._unplaced and region.role not in _FURNITURE), None)
        if told is not None:
            self.findings.append(("page-order", told.at[0], told.stop[-1], ""))

    def _placed(self, line: Line) -> None:
        letters = line.letters.hyphened()
        if id(line) in self._unplaced:  # a place, and no length
            letters.at = letters.stop = [self.high] * len(letters.text)
        line.letters = letters

    # -- tables -------------------------------------------------------------------------------

    def _rows(self, cells: Sequence[Region]) -> Iterator[Event]:
        rows: dict[int, dict[int, Region]] = {}
        for cell in cells:
            assert cell.cell is not None
            rows.setdefault(cell.cell[0], {})[cell.cell[1]] = cell
        width = max(max(row) for row in rows.values()) + 1
        for k, number in enumerate(sorted(rows)):
            if k:
                yield self._put("\n")
            for column in range(width):
                yield self._put("| " if not column else " | ")
                found = rows[number].get(column)
                lines = [line for line in found.lines if line.letters.text] if found else []
                for line in lines:
                    self._placed(line)
                yield from self._lines(lines, " ")
            yield self._put(" |")
            if not k:
                yield self._put("\n" + "|---" * width + "|")


def _clean(ranges: Iterable[Range], size: int) -> list[Range]:
    """Ranges inside the line; those of one kind that touch or overlap are one."""
    out: list[Range] = []
    for one in sorted(ranges, key=lambda each: (each.start, -each.end)):
        clipped = one._replace(start=min(max(0, one.start), size), end=min(one.end, size))
        if clipped.end < clipped.start or (clipped.end == clipped.start and one.what != "gap"):
            continue
        same = next((k for k, each in enumerate(out) if each.what == one.what
                     and each.said == one.said and clipped.start <= each.end), None)
        if same is not None and one.what != "gap":
            old = out[same]
            out[same] = old._replace(
                end=max(old.end, clipped.end), continued=old.continued or one.continued
            )
        else:
            out.append(clipped)
    return out


def _goes_on(line: Line, one: Range) -> bool:
    return any(r.continued and r.start == 0 and r.what == one.what for r in line.ranges)


def _without(line: Line, count: int) -> Line:
    letters = line.letters
    left = Letters(letters.text[count:], letters.at[count:], letters.stop[count:])
    ranges = [
        r._replace(start=max(0, r.start - count), end=r.end - count)
        for r in line.ranges
        if r.end > count
    ]
    return replace(line, letters=left, ranges=ranges)


def _shown(line: Line, one: Range) -> str:
    return line.letters.text[one.start : one.end]


def _is_apparatus(lines: Sequence[Line], role: str) -> bool:
    """Whether the native layout takes these lines for furniture by itself, as it does banners."""
    words = "\n".join(line.letters.text for line in lines)
    page = f"{words}\n\n{_BODY}\n" if role == "header" else f"{_BODY}\n\n{words}\n"
    document = parse_source(Source(page))
    return document.reading("final").text == _BODY


# -- afterwards -------------------------------------------------------------------------------


def _with_furniture(document: Document, sheets: Sequence[Sheet]) -> Document:
    """What was told as a stamp, because the notation has no other word, as what it is."""
    known: dict[tuple[int, str], Region] = {}
    for sheet in sheets:
        for region in sheet.regions:
            lines = [line.letters for line in region.lines if line.letters.text]
            if region.role in _FURNITURE and lines:
                known[lines[0].at[0], _plain(" ".join(line.text for line in lines))] = region
    furniture = list(document.furniture)
    kept = []
    gone: set[tuple[int, int]] = set()
    for marking in document.markings:
        words = " ".join(document.text[marking.start : marking.end].split())
        found = known.get((marking.span[0], _plain(words))) if marking.kind == "stamp" else None
        if found is None:
            kept.append(marking)
            continue
        number = words.strip("-–—.·[]() ") if found.role == "page-number" else None
        furniture.append(
            Furniture(f"f{len(furniture) + 1}", found.role, marking.page, _FURNITURE[found.role],
                      number, marking.span, marking.start, marking.end)
        )
        gone.add((marking.start, marking.end))
    if not gone:
        return document
    furniture.sort(key=lambda each: each.start)
    blocks = tuple(b for b in document.blocks if (b.start, b.end) not in gone)
    return replace(
        document, markings=tuple(kept), furniture=tuple(furniture), blocks=blocks
    )


def _plain(words: str) -> str:
    """Words by which a region is known again."""
    return " ".join(words.translate(_BRACKETS).split())


def _surfaces(sheets: Sequence[Sheet]) -> Iterator[Surface]:
    for number, sheet in enumerate(sheets, 1):
        zones = []
        for region in sheet.regions:
            zones.append(Zone(region.id, "region", region.label, region.points, None, None))
            zones += [
                Zone(line.id, "line", None, line.points, _span(line.letters), region.id)
                for line in region.lines
            ]
        yield Surface(number, sheet.image, sheet.width, sheet.height, tuple(zones))


def _span(letters: Letters) -> tuple[int, int] | None:
    """Where the words of a line stand; None for those that are read in another order."""
    if not letters.at or letters.at[0] == letters.stop[0]:
        return None
    return letters.at[0], letters.stop[-1]
