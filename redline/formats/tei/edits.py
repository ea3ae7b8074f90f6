"""A TEI file with an editor's changes put into it, and nothing else of it touched.

A document that was read from TEI and edited knows of each of its characters where it stands in
the file. So what the editor took out is cut out of the file; new words, marks and notes go in
between; tags that say otherwise now are written anew. Elements that redline does not know,
attributes, comments, breaks and all white space stay.

Where a mark runs over the edge of an element, it is cut there into pieces, which point to each
other (`next`, `prev`). What cannot be put in so that it reads back is not: `spliced` gives None.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict, deque
from collections.abc import Iterator
from typing import NamedTuple

from redline.formats.tei.escape import Ids, escape, xml_name
from redline.formats.tei.headed import NAMED, prefix_of
from redline.formats.tei.names import INLINE, MOVED, NO_WORDS, NOTES, Element
from redline.formats.tei.read.scan import TOKEN
from redline.formats.tei.sites import Piece, agrees, cut, gaps, retagged
from redline.model import Act, Block, Document, Hand
from redline.notation.patch import merged
from redline.spans import ADDITION, DELETION, HIDDEN, Span

__all__ = ["Spliced", "spliced"]

_REVISED = {DELETION: "del", ADDITION: "add"}
#: Of several things at one place of the file: what ends there, then what begins, then words.
_CLOSE, _OPEN, _WORDS = range(3)


class Spliced(NamedTuple):
    """The file; the stages that its new tags point to, and the hands that are new."""

    raw: str
    stages: frozenset[str]
    hands: tuple[Hand, ...]


class _CannotSplice(Exception):
    """The change cannot be put into the file."""


class _New(NamedTuple):
    """Words that the file does not have: their range in the text, where they go."""

    start: int
    end: int
    place: int


def spliced(document: Document, read: Document) -> Spliced | None:
    """The file of `read`, changed into that of `document`, which was edited from it.

    Decisions are left undecided.
    """
    try:
        return _Splice(document, read).result()
    except _CannotSplice:
        return None


class _Splice:
    def __init__(self, document: Document, read: Document) -> None:
        self.document = document
        self.read = read
        self.raw = read.source.text
        self.prefix = prefix_of(self.raw)
        self.ids = Ids()
        for name in NAMED.findall(self.raw):
            self.ids.take(name)
        self.gone: list[tuple[int, int]] = []
        #: (place, text offset, phase, rank, markup)
        self.items: list[tuple[int, int, int, int, str]] = []
        self.tags: dict[tuple[int, int], str] = {}  # tags written anew, by their places
        self.stages: dict[str, None] = {}
        self.old = {act.id: act for act in read.acts}
        #: What stands in acts that are settled goes with them, not by itself.
        self.settled = merged(
            read.extent(k)
            for act in read.acts
            if act.id not in document.act_of
            for k in act.parts
        )
        self.blocks = sorted(range(len(document.blocks)), key=self._block_start)
        self.block_starts = [self._block_start(k) for k in self.blocks]
        self.segments = list(document.origin.segments())
        self.begins = [segment[0] for segment in self.segments]
        #: The spans that stand in the file, by their number.
        self.known = self._known()
        self.starts = [span.start for span in document.spans]
        self.long = self._long()
        self.hidden = merged(
            (span.start, span.end)
            for k, span in enumerate(document.spans)
            if span.kind in HIDDEN and k in self.known
        )
        self.new: list[_New] = []

    # -- what is new ------------------------------------------------------------------------

    def _known(self) -> set[int]:
        left: dict[tuple[str, int, int], int] = defaultdict(int)
        for k, span in enumerate(self.read.spans):
            left[span.kind, *self.read.extent(k)] += 1
        found = set()
        for k, span in enumerate(self.document.spans):
            if span.kind in _REVISED:
                # Of an act that was joined or parted the tags are in the file all the same.
                key = (span.kind, *self.document.extent(k))
                if span.id in self.old or left[key]:
                    found.add(k)
                continue
            key = (span.kind, *self.document.extent(k))
            if left[key]:
                left[key] -= 1
                found.add(k)
        # A line break in words that went went with them.
        self.gone += [key[1:] for key, n in left.items() if n and key[0].startswith("lb")]
        return found

    def _long(self) -> list[int]:
        """The spans that reach beyond the block they begin in."""
        ends = sorted(block.end for block in self.document.blocks)
        out = []
        for k, span in enumerate(self.document.spans):
            at = bisect_left(ends, span.start)
            if at == len(ends) or span.end > ends[at]:
                out.append(k)
        return out

    def result(self) -> Spliced:
        document = self.document
        if [b.kind for b in document.blocks] != [b.kind for b in self.read.blocks]:
            raise _CannotSplice
        self._removed()
        self._added()
        self.places = {new.start: new.place for new in self.new}
        for k, span in enumerate(document.spans):
            if k not in self.known and span.kind not in _REVISED:
                self._around(k, self._element(span))
        for act in document.acts:
            if act.id not in self.old:
                self._act(act)
            else:
                self._changed(act, self.old[act.id])
        for new in self.new:
            words = escape(document.text[new.start : new.end])
            self.items.append((new.place, new.start, _WORDS, 0, words))
        known_hands = {hand.id for hand in self.read.hands}
        return Spliced(
            self._assembled(),
            frozenset(self.stages),
            tuple(hand for hand in document.hands if hand.id not in known_hands),
        )

    def _cut_out(self, start: int, end: int) -> None:
        """These words go, but for what stands in settled acts."""
        at = start
        for first, last in self.settled[max(0, bisect_left(self.settled, (start, 0)) - 1) :]:
            if first >= end:
                break
            if last > at:
                if first > at:
                    self.gone.append((at, first))
                at = max(at, last)
        if at < end:
            self.gone.append((at, end))

    def _removed(self) -> None:
        """Ranges of the file whose words the document has no more."""
        kept = [(a, b) for _, _, a, b in self.segments if a < b]
        k = 0
        for _, _, start, end in self.read.origin.segments():
            at = start
            while k < len(kept) and kept[k][1] <= start:
                k += 1
            j = k
            while j < len(kept) and kept[j][0] < end:
                if kept[j][0] > at:
                    self._cut_out(at, kept[j][0])
                at = max(at, kept[j][1])
                j += 1
            if at < end:
                self._cut_out(at, end)

    def _added(self) -> None:
        """Words that the file does not have, and where in it they go."""
        supplied: dict[int, deque[str]] = defaultdict(deque)
        for at, end, first, last in self.read.origin.segments():
            if first == last:
                supplied[first].append(self.read.text[at:end])
        for n, (at, end, first, last) in enumerate(self.segments):
            if first < last:
                continue
            words = self.document.text[at:end]
            waiting = supplied[first]
            if words in waiting:
                while waiting.popleft() != words:
                    pass
                continue
            self.new.append(_New(at, end, self._place(n, at, end)))

    def _place(self, n: int, start: int, end: int) -> int:
        """Where the words of segment n go: inside the elements that are around them."""
        block = self._block(start, end).span
        before, after = block
        for k in range(n - 1, -1, -1):
            if self.segments[k][2] < self.segments[k][3]:
                before = max(before, self.segments[k][3])
                break
        for k in range(n + 1, len(self.segments)):
            if self.segments[k][2] < self.segments[k][3]:
                after = min(after, self.segments[k][2])
                break
        near = [
            (self.document.spans[k], self.document.extent(k))
            for k in self._near(start, end)
            if k in self.known
        ]
        for place in gaps(self.raw, block, before, after):
            if all(agrees(span, extent, start, end, place) for span, extent in near):
                return place
        # Among words that no reading has, on either side of them.
        unread = [extent for span, extent in near if self._is_hidden(span.start, span.end)]
        shown = [
            (span, extent)
            for span, extent in near
            if extent not in unread and span.kind.removeprefix("tei:") not in NO_WORDS
        ]
        for place in gaps(self.raw, block, before, self._shown_after(n, block[1])):
            if all(agrees(span, extent, start, end, place) for span, extent in shown) and not any(
                first < place < last for first, last in unread
            ):
                return place
        raise _CannotSplice

    def _shown_after(self, n: int, last: int) -> int:
        """Where the next character that some reading has stands: the place of words among those
        that none has is the same for all."""
        for k in range(n + 1, len(self.segments)):
            at, end, first, stop = self.segments[k]
            if first < stop and not self._is_hidden(at, end):
                return min(first, last)
        return last

    def _is_hidden(self, start: int, end: int) -> bool:
        k = bisect_right(self.hidden, (start, len(self.document.text))) - 1
        return k >= 0 and end <= self.hidden[k][1]

    def _block_start(self, k: int) -> int:
        return self.document.blocks[k].start

    def _block(self, start: int, end: int) -> Block:
        """The innermost block around a stretch of the text."""
        for n in range(bisect_right(self.block_starts, start) - 1, -1, -1):
            block = self.document.blocks[self.blocks[n]]
            if end <= block.end and block.span[0] < block.span[1]:
                return block
        raise _CannotSplice

    def _near(self, start: int, end: int) -> Iterator[int]:
        """The spans that may be around or beside a stretch of the text."""
        block = self._block(start, end)
        first = bisect_left(self.starts, block.start)
        yield from (k for k in self.long if k < first)
        yield from range(first, bisect_right(self.starts, block.end))

    # -- marks ------------------------------------------------------------------------------

    def _pieces(self, start: int, end: int) -> list[Piece]:
        """What of the file [start, end) of the text is, cut where an element begins or ends
        that is not whole in it."""
        found: list[Piece] = []
        places = self.places
        within = self._is_hidden(start, end)
        k = bisect_right(self.begins, start) - 1
        while k < len(self.segments) and self.segments[k][0] < end:
            at, stop, first, last = self.segments[k]
            k += 1
            if not within and self._is_hidden(at, stop):
                continue
            a, b = max(at, start), min(stop, end)
            if first < last:
                if stop - at == last - first:
                    found.append(Piece(a, b, first + a - at, first + b - at))
                else:
                    found.append(Piece(a, b, first, last))
            elif at in places:
                found.append(Piece(a, b, places[at], places[at]))
        if not found:
            raise _CannotSplice
        return list(cut(self.raw, found))

    def _around(self, k: int, element: Element, name: str = "") -> list[Piece]:
        """An element around new span k, in pieces where it must be; `name` is its `xml:id`."""
        span = self.document.spans[k]
        pieces = self._pieces(span.start, span.end)
        names = [name] + [self.ids.take(f"{name}-{n}") for n in range(2, len(pieces) + 1)]
        for n, piece in enumerate(pieces):
            links = f' xml:id="{names[n]}"' if name else ""
            if name and n + 1 < len(pieces):
                links += f' next="#{names[n + 1]}"'
            if name and n:
                links += f' prev="#{names[n - 1]}"'
            tag = f"<{self.prefix}{element.name}{links}{element.attributes}>"
            self.items.append((piece.first, piece.start, _OPEN, 2 * k, tag))
            end = f"</{self.prefix}{element.name}>"
            self.items.append((piece.last, piece.end, _CLOSE, -2 * k, end))
        return pieces

    def _element(self, span: Span) -> Element:
        if span.kind == "note":
            note = next((each for each in self.document.notes if each.id == span.id), None)
            if note is not None and note.kind in NOTES:
                return NOTES[note.kind]
        if span.kind in INLINE and span.kind != "hand":
            return INLINE[span.kind]
        raise _CannotSplice

    def _act(self, act: Act) -> None:
        """The tags of a new act."""
        known = [k for k in act.parts if k in self.known]
        if known:
            raise _CannotSplice  # joined or parted
        whose = self._whose(act)
        name = self.ids.take(act.id)
        if len(act.parts) == 1:
            k = act.parts[0]
            self._around(k, Element(self._name(k), whose), name)
            return
        if self._is_subst(act):
            first, last = act.parts
            (one,) = self._around(first, Element(self._name(first)))
            (other,) = self._around(last, Element(self._name(last)))
            tag = f'<{self.prefix}subst xml:id="{name}"{whose}>'
            self.items.append((one.first, one.start, _OPEN, 2 * first - 1, tag))
            end = f"</{self.prefix}subst>"
            self.items.append((other.last, other.end, _CLOSE, 1 - 2 * first, end))
            return
        names = [self.ids.take(f"{name}.{n}") for n in range(1, len(act.parts) + 1)]
        pieces = [
            self._around(k, Element(self._name(k), whose), each)
            for k, each in zip(act.parts, names, strict=True)
        ]
        last_piece = pieces[-1][-1]
        target = " ".join(f"#{each}" for each in names)
        join = f'<{self.prefix}substJoin target="{target}"/>'
        self.items.append((last_piece.last, last_piece.end, _CLOSE, 1, join))

    def _name(self, k: int) -> str:
        return _REVISED[self.document.spans[k].kind]

    def _is_subst(self, act: Act) -> bool:
        """Whether the two parts of an act stand beside each other in the file."""
        if act.kind not in ("substitution", MOVED) or len(act.parts) != 2:
            return False
        one, other = (
            self._pieces(self.document.spans[k].start, self.document.spans[k].end)
            for k in act.parts
        )
        return len(one) == len(other) == 1 and one[0].last == other[0].first

    def _whose(self, act: Act) -> str:
        out = ""
        if act.stage != "revision" or self._is_inside(act):
            self.stages[act.stage] = None
            out += f' change="#{xml_name(act.stage)}"'
        if act.hand is not None:
            out += f' hand="#{xml_name(act.hand)}"'
        if act.cert != "high":
            out += f' cert="{act.cert}"'
        if act.kind == MOVED:
            out += f' cause="{MOVED}"'
        return out

    def _is_inside(self, act: Act) -> bool:
        """Whether a part of a new act stands in a revision of the file, whose stage it would get
        by saying nothing."""
        spans = self.document.spans
        return any(
            spans[n].kind in _REVISED and spans[n].start < spans[k].end
            and spans[k].start < spans[n].end
            for k in act.parts
            for n in self._near(spans[k].start, spans[k].start)
            if n in self.known
        )

    def _changed(self, act: Act, old: Act) -> None:
        """The tags of an act whose stage, hand or certainty is another now."""
        if act._replace(
            parts=(), stage=old.stage, hand=old.hand, cert=old.cert, within=old.within,
            joined=old.joined,
        ) != old._replace(parts=()) or len(act.parts) != len(old.parts):
            raise _CannotSplice
        around = self.document.act_of.get(act.within or "")
        before = self.old.get(act.within or "")
        inherits = around is not None and before is not None and around.stage != before.stage
        if (act.stage, act.hand, act.cert) == (old.stage, old.hand, old.cert) and not inherits:
            return
        for k in act.parts:
            match = TOKEN.match(self.raw, self.document.extent(k)[0])
            if match is None or not match[2] or match[1]:
                raise _CannotSplice
            if act.stage != old.stage or inherits:
                self.stages[act.stage] = None
            self.tags[match.span()] = retagged(match, act, old, inherits=inherits)

    # -- the file ---------------------------------------------------------------------------

    def _assembled(self) -> str:
        self.items.sort(key=lambda item: (item[0], item[1], item[2], item[3]))
        edits = [(start, end, "") for start, end in self.gone]
        edits += [(*place, tag) for place, tag in self.tags.items()]
        edits += [(place, place, markup) for place, _, _, _, markup in self.items]
        edits.sort(key=lambda edit: edit[0])
        raw, at = self.raw, 0
        out = []
        for start, end, markup in edits:
            if start > at:
                out.append(raw[at:start])
            out.append(markup)
            at = max(at, end)
        out.append(raw[at:])
        return "".join(out)
