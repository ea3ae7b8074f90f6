"""The native notation of a document's blocks, from their text and spans alone.

For documents that no native source lies behind, and for blocks of which a patched source
would read otherwise: a block is one line, marks stand around words and not around spaces, and
every character that would read as a mark is escaped.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import attrgetter

from redline.model import Block, Document, Marking
from redline.notation.sayings import Sayings
from redline.spans import ADDITION, DELETION, HIDDEN, Span, runs
from redline.tokens import ADDRESS, address_length

__all__ = ["code_span", "escaped", "render", "render_blocks"]

Range = tuple[int, int]

_MARKS = {
    DELETION: ("~~", "~~"),
    ADDITION: ("^{", "}"),
    "italic": ("*", "*"),
    "bold": ("**", "**"),
    "bold-italic": ("***", "***"),
    "hand": ("[hw: ", "]"),
}
#: Spans whose words are written in one piece.
_WHOLE = {
    "gap": "{}",
    "math": "{}",
    "unclear": "[{}?]",
    "superscript": "^{{{}}}",
    "space": "[blank]",
}
_REVISIONS = (DELETION, ADDITION)
_APPARATUS = frozenset({"furniture", "pagemark", "note"})
_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ", "0123456789+-=()n")
#: What would be read as a mark, or opens one. An address is opaque: nothing in it is escaped.
_SPECIAL = re.compile(
    rf"({ADDRESS})|([~^{{}}\\*\[\]`|$]|(?<![^\W_])_|_(?![^\W_])|<(?=sup>)|\A[#>])"
)
_LINE_ENDS = str.maketrans("\n\r\f", "   ")
_BLANK = " \t\n\r\f"
_TICKS = re.compile(r"`+")
_SPACE = re.compile(r"\s*")


class _Line:
    """A line of notation as it grows: no mark has white space at its inner edges."""

    def __init__(self, suffix: Callable[[Span], str]) -> None:
        self.suffix = suffix
        self.out: list[str] = []
        self.stack: list[Span] = []
        self.fresh = 0  # marks at the end of `out` that nothing has followed yet
        self.blank = ""  # white space to write before what comes next

    def text(self, words: str) -> None:
        """Words that stand in the marks that are open."""
        bare = words.lstrip()
        lead = words[: len(words) - len(bare)]
        if lead and self.fresh:
            self.out.insert(len(self.out) - self.fresh, lead)
        else:
            self.blank += lead
        if bare:
            stripped = bare.rstrip()
            self.out += (self.blank, stripped)
            self.blank = bare[len(stripped) :]
            self.fresh = 0

    def marks(self, wanted: Sequence[Span]) -> None:
        """Close and open marks until just these are open. Marks that cross are cut."""
        common = 0
        while common < min(len(wanted), len(self.stack)) and self.stack[common] is wanted[common]:
            common += 1
        for span in reversed(self.stack[common:]):
            if self.fresh:
                self.out.pop()
                self.fresh -= 1
            else:
                self.out.append(_MARKS[span.kind][1] + self.suffix(span))
        for span in wanted[common:]:
            if self.blank:
                self.out.append(self.blank)
                self.blank = ""
                self.fresh = 0
            self.out.append(_MARKS[span.kind][0])
            self.fresh += 1
        self.stack[common:] = wanted[common:]


def render_blocks(
    document: Document, blocks: Sequence[Block], *, stamped: bool = False
) -> list[str]:
    """Each of these blocks in notation, without its bullet or heading sign; tables whole.

    `stamped`: what the page carries beside the text is marked as such.
    """
    lines: dict[Range, str] = {}
    sayings = Sayings(document)

    def suffix(span: Span) -> str:
        return sayings.of(document.act_of[span.id]) if span.kind in _REVISIONS else ""

    # A note may stand in the block that refers to it: the ranges of either kind lie apart.
    for notes in (False, True):
        ranges = sorted(
            cell
            for block in blocks
            if (block.kind == "note") == notes
            for cell in ([c for row in block.cells for c in row] or [(block.start, block.end)])
        )
        lines.update(zip(ranges, _lines(document, ranges, suffix, stamped), strict=True))
    return [
        "\n".join(_rows(block, lines)) if block.cells else lines[block.start, block.end]
        for block in blocks
    ]


def _lines(
    document: Document, ranges: Sequence[Range], suffix: Callable[[Span], str], stamped: bool
) -> list[str]:
    starts = [start for start, _ in ranges]
    inside: list[list[Span]] = [[] for _ in ranges]
    places: dict[int, int] = {}
    for number, span in enumerate(document.spans):
        k = max(0, bisect_right(starts, span.start) - 1)
        while k < len(ranges) and ranges[k][0] < span.end:
            start, end = ranges[k]
            if span.start < end:
                piece = Span(max(span.start, start), min(span.end, end), span.kind, span.id)
                inside[k].append(piece)
                places[id(piece)] = number
            k += 1
    return [
        _line(document, spans, start, end, places, _Line(suffix), stamped)
        for spans, (start, end) in zip(inside, ranges, strict=True)
    ]


def _line(
    document: Document,
    spans: list[Span],
    start: int,
    end: int,
    places: dict[int, int],
    line: _Line,
    stamped: bool,
) -> str:
    done: set[int] = set()
    # A note's own block is all hidden: as seen from within, it is not.
    spans = [s for s in spans if s.kind != "note" or (s.start, s.end) != (start, end)]
    for run in runs(spans, start, end):
        first, last = max(run.start, start), min(run.end, end)
        if first >= last:
            continue
        whole = next((s for s in run.spans if s.kind in _WHOLE or s.kind in HIDDEN), None)
        code = next((s for s in run.spans if s.kind == "code"), None)
        whole = whole or code
        line.marks(_nestable(run.spans))
        if whole is None:
            line.text(escaped(document.text[first:last]))
        elif id(whole) not in done:
            done.add(id(whole))
            line.text(_whole(document, places[id(whole)], stamped=stamped))
    line.marks(())
    return "".join(line.out).strip(_BLANK)


def _nestable(spans: Sequence[Span]) -> list[Span]:
    """The marks that are open: a strike straight in a strike would close it, so the outer one
    pauses there."""
    out: list[Span] = []
    for span in spans:
        if span.kind not in _MARKS:
            continue
        if span.kind == DELETION and out and out[-1].kind == DELETION:
            out.pop()
        out.append(span)
    return out


def _whole(document: Document, k: int, *, stamped: bool) -> str:
    """A span that is written as one piece; "" for one that goes without saying."""
    start, end, kind, _ = document.spans[k]
    words = document.text[start:end]
    first, last = document.extent(k)
    native = document.format == "native" and first < last
    verbatim = document.source.text[first:last] if native else ""
    if kind == "note" and not native:
        return _note(document, start, words)
    if kind in _APPARATUS:
        if native:
            return _set_apart(document, first, last)
        return f"\n\n{words.strip()}\n\n" if kind == "pagemark" or not stamped else _stamp(words)
    if kind == "softhyphen":
        return words.strip() if _ends_a_page(document, k) else ""
    if kind == "noteref":
        return verbatim or f"[^{words.strip() or document.spans[k].id}]"
    if kind == "code":
        return code_span(words)
    if kind == "superscript":
        words = words.translate(_LOWERED)
    return _WHOLE[kind].format(words) if kind in _WHOLE else ""


def code_span(words: str) -> str:
    """Words as code: between as many backticks as it takes."""
    ticks = "`" * (1 + max((len(run) for run in _TICKS.findall(words)), default=0))
    return f"{ticks} {words} {ticks}" if "`" in words else f"{ticks}{words}{ticks}"


def _ends_a_page(document: Document, k: int) -> bool:
    """Whether a hyphen stands before what parts two pages, which stays where it is."""
    end = document.spans[k].end
    for n in range(k + 1, len(document.spans)):
        span = document.spans[n]
        if span.start > end:
            break
        if span.kind in _APPARATUS and span.start < span.end:
            return True
    return False


def _note(document: Document, start: int, words: str) -> str:
    """A note that stands in the text: one with a block of its own is written there."""
    k = bisect_right(document.blocks, start, key=attrgetter("start")) - 1
    if k >= 0 and document.blocks[k].kind == "note" and document.blocks[k].start == start:
        return ""
    return f"[margin: {' '.join(escaped(words).split())}]"


def _set_apart(document: Document, first: int, last: int) -> str:
    """Apparatus with the white space of the source around it."""
    source = document.source.text
    begin = first
    while begin and source[begin - 1].isspace():
        begin -= 1
    blank = _SPACE.match(source, last)
    return source[begin : blank.end() if blank else last]


def escaped(words: str) -> str:
    """Words in which nothing is a mark, on one line."""
    return _SPECIAL.sub(_escape, words.translate(_LINE_ENDS))


def _escape(match: re.Match[str]) -> str:
    if not match[1]:
        return f"\\{match[0]}"
    length = address_length(match[1])
    return match[1][:length] + escaped(match[1][length:])


# -- a whole document ---------------------------------------------------------------------------


def render(document: Document, *, stamped: bool = False) -> str:
    """A document from elsewhere, block by block, and the apparatus between its blocks.

    That reads as it should where it looks like what pages carry (banners, numbers). `stamped`
    marks it, whatever it looks like.
    """
    lines = render_blocks(document, document.blocks, stamped=stamped)
    written = []
    at = 0
    labels = {note.start: note.id for note in document.notes if note.start is not None}
    apparatus = iter([s for s in document.spans if s.kind in ("furniture", "pagemark")])
    banners = sorted((m for m in document.markings if m.kind == "banner"), key=_start)
    span = next(apparatus, None)
    for block, line in zip(document.blocks, lines, strict=True):
        while span is not None and span.start < block.start:
            if span.start >= at:
                written.append(_apparatus(document, span, banners, stamped))
            span = next(apparatus, None)
        at = max(at, block.end)
        written.append(_block(document, block, line, labels))
    while span is not None:
        if span.start >= at:
            written.append(_apparatus(document, span, banners, stamped))
        span = next(apparatus, None)
    return "\n\n".join(filter(None, written)) + "\n"


def _start(marking: Marking) -> int:
    return marking.start


def _stamp(words: str) -> str:
    bare = " ".join(escaped(words).split())
    return f"[stamp: {bare}]" if bare else ""


def _apparatus(
    document: Document, span: Span, banners: Sequence[Marking], stamped: bool
) -> str:
    """What stands on the page beside its text; a banner has its marks."""
    if stamped and span.kind == "furniture":
        return _stamp(document.text[span.start : span.end])
    out, at = "", span.start
    k = bisect_left(banners, span.start, key=_start)
    while k < len(banners) and banners[k].end <= span.end:
        if banners[k].start >= at:
            out += document.text[at : banners[k].start] + banners[k].text
            at = banners[k].end
        k += 1
    return (out + document.text[at : span.end]).strip()


def _block(document: Document, block: Block, line: str, labels: Mapping[int, str]) -> str:
    level = block.level or 1
    if block.kind == "code":
        words = document.text[block.start : block.end]
        fence = "`" * max(3, 1 + max((len(run) for run in _TICKS.findall(words)), default=0))
        return f"{fence}\n{words}\n{fence}"
    if block.kind == "heading":
        return f"{'#' * level} {line}"
    if block.kind == "list-item":
        return f"{'  ' * (level - 1)}- {line}"
    if block.kind == "note":
        if not line:
            return ""
        label = block.n or labels.get(block.start)
        return f"[^{label}]: {line}" if label else line
    return line


def _rows(block: Block, lines: dict[Range, str]) -> Iterator[str]:
    for k, row in enumerate(block.cells):
        yield f"| {' | '.join(lines[cell] for cell in row)} |"
        if not k:
            yield "|---" * len(row) + "|"
