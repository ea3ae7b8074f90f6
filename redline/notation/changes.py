"""What was edited in a document, as changes of its source; all else stays byte for byte.

The source still says what the document was: it is read again, and the two are laid side by
side. Characters that the document lost are taken out; new ones and new marks are written in
the gap between the characters beside them, in the order in which the document has them. A mark
beside which something comes in keeps its place: new words stand inside or outside of it as
they do in the document.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from redline.edit import settle
from redline.edit.places import leaves
from redline.edit.words import RULE
from redline.model import Act, Document
from redline.notation.patch import assembled, merged, without
from redline.notation.render import escaped
from redline.notation.sayings import Sayings
from redline.notation.suffix import closer_length
from redline.spans import ADDITION, DELETION, POINTS, Span

__all__ = ["Changed", "changed", "edited", "remarked"]

Range = tuple[int, int]
_REVISIONS = (DELETION, ADDITION)
_DELIMITERS = {
    DELETION: ("~~", "~~"),
    ADDITION: ("^{", "}"),
    "unclear": ("[", "?]"),
    "note": ("[margin: ", "]"),
}
_PLAIN = frozenset({"note", "unclear"})
#: An opener of a revision mark has two characters.
_OPENER = 2
_APART = frozenset({"furniture", "pagemark"})


class Changed(NamedTuple):
    """A source as edited, and where in it the mark of each revision begins."""

    text: str
    acts: dict[int, str]  # source offset of an opener, in `text` → id of its revision
    blocks: set[str]  # ids of the blocks that were touched


class _Piece(NamedTuple):
    """New words, or a delimiter: of a new mark (`words`), or of one that stands (`stands`)."""

    words: str
    stands: Range | None = None
    opens: str | None = None


def edited(document: Document, before: Document) -> bool:
    """Whether a document differs from what its source reads as, decisions apart."""
    return (
        document.text != before.text
        or document.spans != before.spans
        or document.acts != before.acts
        or document.notes != before.notes
        or any(remarked(document))
    )


def remarked(document: Document) -> Iterator[tuple[int, int, str]]:
    """The banners that an editor made say something else: where they stand, and what."""
    source = document.source.text
    for row in document.markings:
        if row.rule == RULE and source[slice(*row.span)] != row.text:
            yield *row.span, row.text


def base(document: Document, before: Document) -> Document:
    """What the source reads as, with the decisions carried out that the document settled."""
    gone = {id_: made for id_, made in document.decisions.items() if id_ not in document.act_of}
    gone = {id_: made for id_, made in gone.items() if id_ in before.act_of}
    return settle(replace(before, decisions=gone)) if gone else before


def changed(document: Document, before: Document, *, guard: bool) -> Changed:
    """The source of a native document with its edits; decided marks are still there.

    `before` is what the source reads as. `guard` escapes what comes to read as a mark where
    two ends meet: also, at times, a new mark.
    """
    settled = base(document, before)
    source = document.source.text
    old = Counter(
        (*before.extent(k), span.kind)
        for k, span in enumerate(before.spans)
        if span.start < span.end
    )
    kept = {
        document.extent(k)
        for k, span in enumerate(document.spans)
        if span.kind in _REVISIONS and (*document.extent(k), span.kind) in old
    }
    kept |= {
        before.extent(k)
        for k, span in enumerate(before.spans)
        if span.kind in _REVISIONS and span.id not in settled.act_of
    }
    removed = _removed(document, settled, before, kept)
    sayings = Sayings(document, before, cut=False)
    inserts, opened = _inserted(document, old, sayings)
    edits = [(first, last, "") for first, last in removed]
    edits += _said_anew(document, before, old, sayings)
    edits += remarked(document)
    edits += [(place, place, words) for place, words in inserts]
    edits.sort(key=lambda each: (each[0], each[1]))
    text = assembled(source, edits, guard=guard)
    places = [first for first, _, _ in edits]
    return Changed(text, _acts(document, before, edits, opened), _touched(document, places))


def _touched(document: Document, places: list[int]) -> set[str]:
    """Ids of the blocks in which something of the source changes."""
    return {
        block.id
        for block in document.blocks
        if bisect_left(places, block.span[0]) < bisect_right(places, block.span[1])
    }


def _said_anew(
    document: Document,
    before: Document,
    old: Counter[tuple[int, int, str]],
    sayings: Sayings,
) -> Iterator[tuple[int, int, str]]:
    """The suffixes of marks that stand, where what they must say is something else now."""
    source = document.source.text
    named = Sayings(before, cut=False).named
    known = {
        before.extent(k): _known(before, act, named) for act in before.acts for k in act.parts
    }
    for act in document.acts:
        mine = _known(document, act, sayings.named)
        for k in act.parts:
            first, last = document.extent(k)
            if not old[first, last, document.spans[k].kind] or known[first, last] == mine:
                continue
            plain = 2 if source.startswith("~~", first) else 1
            yield last - closer_length(source, first, last) + plain, last, sayings.of(act)


def _known(document: Document, act: Act, named: set[str]) -> tuple[object, ...]:
    parts = tuple(map(document.extent, act.parts))
    return act.stage, act.hand, act.kind, act.cert, act.id in named and act.id, parts


def _ranges(document: Document) -> list[Range]:
    return merged((first, last) for _, _, first, last in document.origin.segments())


def _removed(
    document: Document, settled: Document, before: Document, kept: set[Range]
) -> list[Range]:
    """Source ranges of what the document has no more: words, and marks that went with them."""
    source = document.source.text
    left = Counter((*document.extent(k), span.kind) for k, span in enumerate(document.spans))
    gone = without(_ranges(settled), _ranges(document))
    if not gone and len(document.spans) >= len(settled.spans):
        return []
    for k, span in enumerate(settled.spans):
        key = (*settled.extent(k), span.kind)
        if span.kind in POINTS or key[0] == key[1] or span.kind in _APART:
            continue
        if left[key]:
            left[key] -= 1
        else:
            gone.append(key[:2])
    delimiters = []
    for first, last in kept:
        closer = closer_length(source, first, last)
        delimiters += [(first, first + _OPENER), (last - closer, last)]
    apart = [document.extent(k) for k, span in enumerate(document.spans) if span.kind in _APART]
    return without(merged(gone), merged([*_ranges(document), *delimiters, *apart]))


def _inserted(
    document: Document, old: Counter[tuple[int, int, str]], sayings: Sayings
) -> tuple[list[tuple[int, str]], list[tuple[int, int, str]]]:
    """What to write where, in order; and of every new opener where it stands in that: the
    index of its insertion, its offset there, its revision."""
    out: list[tuple[int, str]] = []
    opened: list[tuple[int, int, str]] = []
    for place, pieces in _gaps(document, old, sayings):
        at = place
        words = ""
        for piece in pieces:
            if piece.stands is not None:
                if piece.stands[1] > at:
                    if words:
                        out.append((at, words))
                        words = ""
                    at = piece.stands[1]
                continue
            if piece.opens is not None:
                opened.append((len(out), len(words), piece.opens))
            words += piece.words
        if words:
            out.append((at, words))
    return out, opened


def _new(document: Document, old: Counter[tuple[int, int, str]]) -> list[tuple[Span, int]]:
    """Spans the source does not have, less the white space at their edges, with their index."""
    left = Counter(old)
    out = []
    for k, span in enumerate(document.spans):
        if span.kind not in _DELIMITERS or span.start == span.end:
            continue
        key = (*document.extent(k), span.kind)
        if left[key]:
            left[key] -= 1
            continue
        words = document.text[span.start : span.end]
        start = span.start + len(words) - len(words.lstrip())
        end = start + len(words.strip())
        if start < end:
            out.append((span._replace(start=start, end=end), k))
    return out


def _gaps(
    document: Document, old: Counter[tuple[int, int, str]], sayings: Sayings
) -> Iterator[tuple[int, list[_Piece]]]:
    """Every place in the source where something comes in, and what, in order."""
    text, source = document.text, document.source.text
    new = _new(document, old)
    mine = {k for _, k in new}
    fresh = _fresh(document)
    # Text offsets at which a gap may have something: new marks' edges, new words' edges.
    wanted = {edge for span, _ in new for edge in (span.start, span.end)}
    wanted |= {start for start, _ in fresh}
    if not wanted:
        return
    gap_of: dict[int, int] = {}
    ends = dict(fresh)
    starts = [start for start, _ in fresh]
    for offset in wanted:
        k = bisect_right(starts, offset) - 1
        if k >= 0 and offset <= fresh[k][1]:
            gap_of[offset] = fresh[k][0]
        else:
            gap_of[offset] = offset
    gaps = sorted(set(gap_of.values()))
    events: dict[int, list[tuple[int, int, int, _Piece]]] = {gap: [] for gap in gaps}

    inside: dict[int, int] = {}

    def where(offset: int) -> int | None:
        if offset in events:
            return offset
        k = bisect_right(starts, offset) - 1
        if k >= 0 and offset <= fresh[k][1] and fresh[k][0] in events:
            return fresh[k][0]
        return None

    def note(span: Span, rank: int, opener: _Piece, closer: _Piece) -> None:
        gap = where(span.end)
        if gap is not None:
            # Closers come before openers at one place, the inner ones first.
            events[gap].append((span.end, 0, -rank, closer))
        gap = where(span.start)
        if gap is not None:
            events[gap].append((span.start, 1, rank, opener))

    for k, span in enumerate(document.spans):
        if k in mine or span.kind not in _REVISIONS:
            continue
        first, last = document.extent(k)
        length = closer_length(source, first, last)
        # White space at its edge is the mark's in the text, and stands before it in the source.
        blank = span.start
        while blank < span.end and text[blank].isspace():
            blank += 1
        for gap in gaps[bisect_right(gaps, span.start) : bisect_right(gaps, blank)]:
            inside[gap] = max(inside.get(gap, 0), first + _OPENER)
        note(
            span,
            k,
            _Piece("", (first, first + _OPENER)),
            _Piece("", (last - length, last)),
        )
    for span, k in new:
        opener, closer = _DELIMITERS[span.kind]
        if span.kind in _REVISIONS:
            closer += sayings.of(document.act_of[span.id])
        note(span, k, _Piece(opener, opens=span.id), _Piece(closer))
    begins: dict[int, int] = {}
    for leaf in leaves(document):
        begins[leaf.start] = document.blocks[leaf.block].span[0] if leaf.start == leaf.end else -1
    literal = sorted((span.start, span.end) for span, _ in new if span.kind in _PLAIN)
    for gap in gaps:
        stop = ends.get(gap, gap)
        rows = sorted(events[gap], key=lambda row: row[:3])
        pieces: list[_Piece] = []
        at = gap
        for offset, _, _, piece in rows:
            if offset > at:
                pieces.append(_Piece(_words(text, at, offset, literal)))
                at = offset
            pieces.append(piece)
        if at < stop:
            pieces.append(_Piece(_words(text, at, stop, literal)))
        if gap not in begins:
            place = document.origin.source_span(gap - 1, gap)[1]
        elif begins[gap] >= 0:
            place = begins[gap]
        else:
            # Where a block begins, behind its bullet: before its first character or mark.
            standing = [piece.stands[0] for piece in pieces if piece.stands]
            place = min([document.origin.source_span(stop, stop + 1)[0], *standing])
        if gap in inside and inside[gap] >= place:
            place = inside[gap]
            # A mark opens before a character that is no white space.
            if pieces and pieces[0].stands is None and pieces[0].opens is None:
                pieces[0] = pieces[0]._replace(words=pieces[0].words.lstrip())
        yield place, pieces


def _words(text: str, start: int, end: int, literal: list[Range]) -> str:
    """New words, with nothing in them that reads as a mark."""
    k = bisect_right(literal, (start, len(text))) - 1
    if k >= 0 and end <= literal[k][1]:
        return text[start:end].replace("]", ")").replace("[", "(")
    return escaped(text[start:end])


def _fresh(document: Document) -> list[Range]:
    """Text ranges of new words: those the source lacks, but for what its reader supplied."""
    ranges = merged(document.origin.supplied())
    own = [
        (span.start, span.end)
        for k, span in enumerate(document.spans)
        if span.kind == "supplied" or (span.kind == "superscript" and span.id == "raised")
    ]
    return without(ranges, merged(own)) if own else ranges


def _acts(
    document: Document,
    before: Document,
    edits: list[tuple[int, int, str]],
    opened: list[tuple[int, int, str]],
) -> dict[int, str]:
    """Where in the new source each revision's mark opens."""
    ends: list[int] = []
    shifts: list[int] = []
    shift = 0
    inserted: list[int] = []
    for first, last, words in edits:
        if words and first == last and not words.startswith("{"):
            inserted.append(first + shift)
        shift += len(words) - (last - first)
        ends.append(last)
        shifts.append(shift)
    out: dict[int, str] = {}
    marks = {before.extent(k) for act in before.acts for k in act.parts}
    for doc in (before, document):
        for act in doc.acts:
            for k in act.parts:
                first, last = doc.extent(k)
                if (first, last) not in marks:
                    continue
                n = bisect_right(ends, first)
                out[first + (shifts[n - 1] if n else 0)] = act.id
    for index, offset, id_ in opened:
        out[inserted[index] + offset] = id_
    return out
