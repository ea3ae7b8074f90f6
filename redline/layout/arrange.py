"""From lines to a `Plan`: furniture lifted, blocks formed, pages found, all in page order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from heapq import merge
from operator import attrgetter

from redline.layout.banner_lines import Finding, settle_banners
from redline.layout.blocks import Draft, form_blocks
from redline.layout.edges import Run, pages_differ, read_run
from redline.layout.furniture import lift, mark_notes
from redline.layout.lines import LIFTED, Line, classify, read_lines
from redline.layout.numbering import label_of
from redline.layout.plan import Edge, Inline, Lifted, PageBreak, Piece, Plan, Slot
from redline.layout.shapes import closes, is_capitals, of_letterhead, opens_low
from redline.markings.banners.edges import Banner
from redline.markings.history.levels import Classified, corroborate
from redline.markings.history.levels import classify as classify_document

__all__ = ["lay_out"]

#: So many lines may stand above the banner of a first page: the sender, the place, the date.
_LETTERHEAD = 8
#: Kinds of lines of which several may be one printed form.
_OF_FORMS = frozenset(["release", "released-in", "schedule", "notice", "copy-line"])
#: What is printed at the edges of pages, beside banners.
_AT_EDGES = frozenset(["release", "page-number", "page-mark", "cable-page", "copy-line"])


def lay_out(text: str) -> Plan:
    """The layout of a transcription. Never raises; one pass over the lines for each step."""
    lines = read_lines(text)
    classify(text, lines)
    findings = settle_banners(text, lines)
    labels = mark_notes(text, lines)
    lines = lift(text, lines)
    return _Arranger(text, lines, labels, findings).plan()


class _Arranger:
    def __init__(
        self, text: str, lines: list[Line], labels: frozenset[str], findings: list[Finding]
    ) -> None:
        self.text = text
        self.lines = lines
        self.labels = labels
        #: lines that are not ordinary text
        self.special = [k for k, line in enumerate(lines) if line.kind or line.feed or line.data]
        self.slots: list[Slot] = []
        self.lifted: list[Lifted] = []
        self.pages = [PageBreak(None, "high", ("start",))]
        self.edges: list[Edge] = []
        self.findings = findings

    def plan(self) -> Plan:
        text, lines = self.text, self.lines
        breaks = self._runs()
        text_pieces = self._text_pieces(form_blocks(text, lines))
        grouped = self._groups(breaks)
        others: list[Piece] = []
        for k in sorted({*grouped, *breaks}):
            line = lines[k]
            if k in breaks:  # a page begins before its line
                others.append(Piece(line.start, line.start, "page", breaks[k]))
                self._check_label(breaks[k], line.start, line.end)
            if k in grouped:
                last, number = grouped[k]
                others.append(Piece(line.start, lines[last].end, "furniture", number))
        pieces = list(merge(others, text_pieces, key=attrgetter("start")))
        for k in self.special:
            line = lines[k]
            if line.data == "open-fence":
                self.findings.append(("unclosed-fence", line.start, line.end, ""))
        banners = corroborate(edge.banner for edge in self.edges)
        self.edges = [
            edge._replace(banner=banner) for edge, banner in zip(self.edges, banners, strict=True)
        ]
        return Plan(
            self.slots,
            pieces,
            self.lifted,
            self.pages,
            self.edges,
            self.labels,
            self._classified(),
            self._inline(),
            self.findings,
        )

    # -- pages ------------------------------------------------------------------------------

    def _runs(self) -> dict[int, int]:
        """Line → the page that begins before it; banners get their places."""
        lines = self.lines
        self.place_of: dict[int, tuple[int, str]] = {}
        self.banner_group: dict[int, tuple[int, ...]] = {}
        breaks: dict[int, int] = {}
        heading, shown = True, 0  # nothing but a letterhead so far; the lines that were looked at
        gaps = list(self._gaps())
        apart = pages_differ(lines, gaps)
        for before, after in gaps:
            opening, closing = before < 0, after >= len(lines)
            heading = heading and self._letterhead(shown, before + 1)
            shown = before + 1
            run = read_run(
                lines,
                before + 1,
                after,
                opening=opening,
                closing=closing,
                broken=not (opening or closing) and self._goes_on(before, after),
                heading=heading and not (opening or closing),
                apart=apart,
            )
            page = len(self.pages)
            heading = heading and not run.banners and run.before < 0
            if run.before >= 0:
                breaks[run.before] = page
                self.pages.append(PageBreak(run.label, run.cert, run.evidence))
            elif opening or closing:
                self._label(before + 1, after, page)
            self._place(run, page, before + 1, after, opening=opening, closing=closing)
        return breaks

    def _gaps(self) -> Iterator[tuple[int, int]]:
        """Text lines (before, after) with lifted lines or a form feed between them."""
        lines = self.lines
        before = end = -1  # the text lines around the run
        inside = False
        for k in self.special:
            if self._is_text(lines[k]):
                if inside:
                    yield before, end
                if lines[k].feed and not (inside and k == end):
                    yield k - 1, k
                inside = False
                continue
            if inside and k == end:
                end = k + 1
                continue
            if inside:
                yield before, end
            before, end, inside = k - 1, k + 1, True
        if inside:
            yield before, end

    def _is_text(self, line: Line) -> bool:
        return line.kind not in LIFTED and line.kind != "rule"

    def _label(self, first: int, last: int, page: int) -> None:
        """A page mark before the first text labels the page that is there already."""
        for line in self.lines[first:last]:
            if line.kind == "page-mark" and first == 0 and self.pages[0].label is None:
                self.pages[0] = PageBreak(line.data.role, "high", ("start", "page-mark"))

    def _check_label(self, page: int, start: int, end: int) -> None:
        """The paper's own labels count up by one."""
        label, before = self.pages[page].label, self.pages[page - 1].label
        counted = label and before and label.isdecimal() and before.isdecimal()
        if counted and int(label or 0) != int(before or 0) + 1:
            self.findings.append(("page-number-gap", start, end, f"{label} follows {before}"))

    def _letterhead(self, first: int, last: int) -> bool:
        """Whether lines before the first banner are only what stands above a text."""
        return last <= _LETTERHEAD and all(
            not line.kind and line.rows == 1 and of_letterhead(self.text[line.start : line.end])
            for line in self.lines[first:last]
            if line.kind not in LIFTED
        )

    def _goes_on(self, before: int, after: int) -> bool:
        """Whether what stands between two text lines interrupts a sentence."""
        text, first, last = self.text, self.lines[before], self.lines[after]
        tail = text[max(first.start, first.end - 24) : first.end]
        head = text[last.start : min(last.end, last.start + 60)]
        if closes(tail):
            return False
        if opens_low(head):
            return True
        whole = text[max(first.start, first.end - 100) : first.end]
        return (
            len(whole) >= 40 and is_capitals(whole) and is_capitals(head) and label_of(head) is None
        )

    def _place(
        self, run: Run, page: int, first: int, last: int, *, opening: bool, closing: bool
    ) -> None:
        start, end = self.lines[first].start, self.lines[last - 1].end
        for k in range(first, last):
            if self.lines[k].kind in _AT_EDGES:
                if run.before >= 0:
                    top = k >= run.before
                    self.place_of[k] = (page + top, "top" if top else "bottom")
                elif opening or closing:
                    self.place_of[k] = (page, "top" if opening else "bottom")
        for seen in sorted((*run.banners, *run.surplus), key=attrgetter("lines")):
            number = page
            below = seen.place == "inline" and seen.lines[0] >= run.before
            if run.before >= 0 and (below or seen.place == "top"):
                number = page + 1
            place = (number, seen.place)
            for k in seen.lines:
                self.banner_group[k] = seen.lines
                self.place_of[k] = place
            banner = seen.banner._replace(cert=seen.cert)
            self.edges.append(Edge(number, seen.place, banner, seen.lines))
            unplaced = seen.place == "inline" and bool(run.surplus)
            if seen.banner.rule == "M7" and not unplaced:
                self.findings.append(("banner-order", *seen.banner.span, ""))
            if any(self.lines[k].glued for k in seen.lines):
                self.findings.append(("level-in-prose", *seen.banner.span, ""))
            if seen.place == "inline" and not unplaced:
                self.findings.append(("lone-page-evidence", *seen.banner.span, ""))
        if run.surplus:
            self.findings.append(("banner-surplus", start, end, ""))

    def _classified(self) -> Classified:
        count = len(self.pages)
        tops: list[Banner | None] = [None] * count
        bottoms: list[Banner | None] = [None] * count
        for edge in self.edges:
            if edge.place == "top":
                tops[edge.page - 1] = edge.banner
            elif edge.place == "bottom":
                bottoms[edge.page - 1] = edge.banner
        loose = [(edge.page - 1, edge.banner) for edge in self.edges if edge.place == "inline"]
        return classify_document(list(zip(tops, bottoms, strict=True)), loose)

    def _inline(self) -> list[Inline]:
        found = []
        for k in self.special:
            line = self.lines[k]
            if line.kind == "cable-level":
                data = line.data.data
                start, end = data["level_span"]
                controls = tuple(data.get("controls", ()))
                span = (line.start, line.end)
                at = line.start
                found.append(Inline(at + start, at + end, data["level"], controls, span))
        return found

    # -- furniture ---------------------------------------------------------------------------

    def _groups(self, breaks: dict[int, int]) -> dict[int, tuple[int, int]]:
        """First line of a piece of furniture → its last line and its number in `lifted`."""
        lines = self.lines
        out: dict[int, tuple[int, int]] = {}
        numbers: dict[int, int] = {}
        page = 1
        last = -1
        for k in self.special:
            line = lines[k]
            if k > last and line.kind in LIFTED and line.kind != "note":
                last = k
                if line.kind in ("stamp", "form"):
                    while (
                        last + 1 < len(lines)
                        and last + 1 not in breaks
                        and (
                            lines[last + 1].kind == line.kind
                            and (line.kind == "stamp" or lines[last + 1].blank < 2)
                        )
                    ):
                        last += 1
                elif line.kind == "sas-footer":
                    while (  # the record of one system
                        last + 1 < len(lines)
                        and last + 1 not in breaks
                        and not lines[last + 1].blank
                        and lines[last + 1].kind == "sas-footer"
                    ):
                        last += 1
                elif line.kind == "schedule" and line.data.role == "authority":
                    while (  # the lines of one block
                        last + 1 < len(lines)
                        and last + 1 not in breaks
                        and not lines[last + 1].blank
                        and lines[last + 1].kind == "schedule"
                        and lines[last + 1].data.role == "authority"
                    ):
                        last += 1
                elif line.kind in _OF_FORMS:
                    while (  # rows of one table, lines of one form
                        last + 1 < len(lines)
                        and last + 1 not in breaks
                        and lines[last + 1].data is line.data
                    ):
                        last += 1
                elif line.kind == "banner":
                    group = self.banner_group.get(k, (k,))
                    while last + 1 in group and last + 1 not in breaks:
                        last += 1
                out[k] = (last, len(self.lifted))
                place = self.place_of.get(k, (page, "margin"))
                role = getattr(line.data, "role", None)
                self.lifted.append(Lifted(line.kind, place[1], role, (k, last, line.data)))
                for j in range(k, last + 1):
                    numbers[j] = len(self.lifted) - 1
        self.edges = [
            edge._replace(lifted=tuple(dict.fromkeys(numbers[k] for k in edge.lifted)))
            for edge in self.edges
        ]
        return out

    # -- text -------------------------------------------------------------------------------

    def _text_pieces(self, drafts: list[Draft]) -> list[Piece]:
        """Slots for the blocks, and their pieces; lines with nothing between make one."""
        pieces: list[Piece] = []
        tables = 0
        lifted = [
            line.start
            for line in (self.lines[k] for k in self.special)
            if not self._is_text(line) or line.feed
        ]
        for draft in drafts:
            if draft.kind == "table":
                for row, cells in enumerate(draft.rows):
                    for start, end in cells:
                        pieces.append(Piece(start, end, "text", len(self.slots)))
                        self.slots.append(Slot("table", table=tables, row=row))
                tables += 1
                continue
            number = len(self.slots)
            self.slots.append(Slot(draft.kind, draft.n, draft.level, draft.role))
            if draft.kind == "note":
                pieces.append(Piece(draft.parts[0][0], draft.parts[-1][1], "text", number))
                continue
            start, end = draft.parts[0]
            for first, last in draft.parts[1:]:
                if _none_between(lifted, end, first) and self.text[end:first].isspace():
                    end = last
                else:
                    pieces.append(Piece(start, end, "text", number))
                    start, end = first, last
            pieces.append(Piece(start, end, "text", number))
        pieces.sort(key=lambda piece: piece.start)
        return pieces


def _none_between(places: list[int], start: int, end: int) -> bool:
    at = bisect_left(places, start)
    return at == len(places) or places[at] > end
