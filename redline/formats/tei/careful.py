"""The content of any stretch of text: marks that cross, notes, furniture, page edges, decisions.

Items in (`items`), properly nested fragments from `redline.spans.nest`, tags out. What this
module answers for: `subst` holds parts that touch and nothing else, fragments point to each
other, parts that cannot stand in one `subst` are joined by `substJoin`, and a line break
gives exactly the space that each reading has there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from redline.formats.tei.acts import Acts
from redline.formats.tei.escape import Ids, word
from redline.formats.tei.items import Crossing, Item, Stretch, close_gaps, gather
from redline.formats.tei.names import (
    INLINE,
    LEAVES,
    MARKING,
    POINTS,
    REVISIONS,
    Element,
    gap_attributes,
)
from redline.formats.tei.pointers import Pointers
from redline.spans import DELETION, Fragment, Span, nest

__all__ = ["Careful"]

_SPACE = " \t\r\n"
_LB, _LB_MAYBE = POINTS["lb"], POINTS["lb-maybe"]


class Careful:
    """Writes stretches of one document, in order.

    `struck` and `added` count the `delSpan` and `addSpan` that are open, `carried` holds them
    and whatever else goes on after the block it began in.
    """

    def __init__(
        self, text: str, spans: Sequence[Span], acts: Acts, pointers: Pointers, ids: Ids
    ) -> None:
        self.text = text
        self.spans = spans
        self.acts = acts
        self.pointers = pointers
        self.ids = ids
        self.struck = 0
        self.added = 0
        self.carried: list[Crossing] = []
        self.names: dict[int, str] = {}  # the latest id given to an element of a span
        self.onward: dict[int, str] = {}  # the id that a span's next fragment will have
        self.targets: dict[int, str] = {}  # the anchor of a span that leaves its block
        self.resumed: set[int] = set()  # spans cut at the edge of a note: the rest has no id
        self.ended: set[int] = set()
        self.marked: set[int] = set()  # markings that have their id
        self.elements: dict[int, Element] = {}  # elements of the file it was read from

    def content(self, stretch: Stretch, write: Callable[[int], str]) -> str:
        """The content of a stretch; `write` gives the markup of hidden spans and page breaks."""
        carried = [] if stretch.closed else self.carried
        items = gather(
            stretch, self.text, self.spans, self.acts, carried, write, self.cross
        )
        close_gaps(items, self.acts)
        if not stretch.closed:
            return _Scribe(self, nest(items)).written(stretch)
        # What is struck around a note is not struck in it.
        outside = self.struck, self.added
        self.struck = self.added = 0
        content = _Scribe(self, nest(items)).written(stretch)
        self.struck, self.added = outside
        return content

    # -- revisions over the edges of blocks ---------------------------------------------------

    def cross(self, k: int) -> Crossing:
        """What is left to do for a revision that leaves its block."""
        if k in self.names:
            self.resumed.add(k)
        target = self.targets[k] = self.ids.take(f"end-{self._name(k)}")
        span = self.spans[k]
        return Crossing(span.end, span.kind, k, f'<anchor xml:id="{target}"/>')

    def span_start(self, k: int) -> str:
        """The point at which a revision begins that leaves its block."""
        kind, n = self.spans[k].kind, self.acts.owner[k]
        self.count(kind, 1)
        element = self.acts.elements[kind]
        name = "" if n < 0 or k in self.resumed else f' xml:id="{self._name(k)}"'
        whose = self.acts.attributes(n) if n >= 0 else ""
        return (
            f'<{element.name}Span{name}{whose} spanTo="#{self.targets[k]}"{element.attributes}/>'
            f"{self.end(k)}"
        )

    def count(self, kind: str, change: int) -> None:
        """A `delSpan` or `addSpan` begins (1) or ends (-1)."""
        if kind == DELETION:
            self.struck += change
        else:
            self.added += change

    def anchors(self, upto: int) -> list[str]:
        """The anchors of revisions that end between blocks, at `upto` or before."""
        if not self.carried:
            return []
        found = []
        for crossing in self.carried:
            if crossing.end <= upto and crossing.anchor:
                self.count(crossing.kind, -1)
                found.append(crossing.anchor)
        self.carried = [crossing for crossing in self.carried if crossing.end > upto]
        return found

    # -- names --------------------------------------------------------------------------------

    def _name(self, k: int) -> str:
        """The id of the first element of span k."""
        if k not in self.names:
            n = self.acts.owner[k]
            if n < 0:
                self.names[k] = "span"
            elif len(self.acts.acts[n].parts) > 1:
                self.names[k] = self.acts.joins.part(n)
            else:
                self.names[k] = self.acts.ids[n]
        return self.names[k]

    def end(self, k: int) -> str:
        """What follows the last element of span k."""
        n = self.acts.owner[k]
        if n < 0 or k in self.ended:
            return ""
        self.ended.add(k)
        if len(self.acts.acts[n].parts) > 1:
            return self.acts.joins.end_part(n)
        return self.acts.joins.end(n)

    def tag(self, k: int, piece: Fragment[Item]) -> str:
        """The start tag of a fragment of span k, which is no part of a `subst`."""
        element, n = self.acts.elements[piece.span.kind], self.acts.owner[k]
        if n < 0:
            return element.start
        links = ""
        if piece.part == 0 and k in self.names:
            self.resumed.add(k)
        if k in self.resumed:
            return f"<{element.name}{self.acts.attributes(n)}{element.attributes}>"
        if piece.part == 0:
            name = self._name(k)
        else:
            links = f' prev="#{self.names[k]}"'
            name = self.names[k] = self.onward.pop(k)
        if not piece.last:
            first = self.acts.ids[n]
            self.onward[k] = following = self.ids.take(f"{first}-{piece.part + 2}")
            links = f' next="#{following}"{links}'
        return (
            f'<{element.name} xml:id="{name}"{self.acts.attributes(n)}{links}{element.attributes}>'
        )


class _Scribe:
    """Writes the fragments of one stretch."""

    def __init__(self, paper: Careful, pieces: list[Fragment[Item]]) -> None:
        self.paper = paper
        self.pieces = pieces
        self.in_subst = _substitutions(pieces, paper.acts)
        self.out: list[str] = []
        self.at = 0
        # Open elements: where each ends, its end tag, its kind, the span that has then ended.
        self.open: list[tuple[int, str, str, int]] = []
        self.omitted = 0
        # By reading (0 draft, 1 final): where the text seen last ended; the breaks that wait for
        # the next character.
        self.last = [-1, -1]
        self.waiting: list[list[int]] = [[], []]

    def written(self, stretch: Stretch) -> str:
        """The markup of the stretch."""
        self.at = stretch.start
        for number, piece in enumerate(self.pieces):
            self._close(piece.start)
            self._write(piece.start)
            kind = piece.span.kind
            if kind == "mark":
                self.out.append(piece.span.markup)
                self.at = max(self.at, piece.end)
            elif kind == "lb":
                self._break(piece.end)
            elif kind[:5] == "from-":
                self.out.append(self.paper.span_start(piece.span.of))
            elif kind[:3] == "to-":
                self.paper.count(kind[3:], -1)
                self.out.append(piece.span.markup)
            else:
                self._open(number, piece)
        self._close(stretch.end + 1)
        self._write(stretch.end)
        return "".join(self.out)

    # -- text -------------------------------------------------------------------------------

    def _write(self, stop: int) -> None:
        """The text up to `stop`."""
        at = self.at
        if stop <= at:
            return
        self.at = stop
        if self.omitted:
            return
        text = self.paper.text
        self.out.append(text[at:stop])
        for stage in self._seen():
            if self.waiting[stage]:
                if text[at] in _SPACE:
                    for place in self.waiting[stage]:
                        self.out[place] = _LB_MAYBE
                self.waiting[stage].clear()
            self.last[stage] = stop

    def _seen(self) -> list[int]:
        """The readings that see text here: 0 draft, 1 final."""
        return [n for n, count in enumerate((self.paper.added, self.paper.struck)) if not count]

    def _break(self, stop: int) -> None:
        """A line break, after the space before `stop`.

        It gives one space to each reading that sees it, and swallows what other white space is
        beside it. Where a reading has more there, the break is one that gives and takes nothing.
        """
        before = self.last.copy()
        self._write(stop)
        if self.omitted:
            return
        seen, text = self._seen(), self.paper.text
        if any(before[stage] > 0 and text[before[stage] - 1] in _SPACE for stage in seen):
            self.out.append(_LB_MAYBE)
            return
        for stage in seen:
            self.waiting[stage].append(len(self.out))
        self.out.append(_LB)

    # -- elements ---------------------------------------------------------------------------

    def _open(self, number: int, piece: Fragment[Item]) -> None:
        item = piece.span
        kind, k = item.kind, item.of
        if kind == "omit":
            self.omitted += 1
            self.open.append((piece.end, "", "omit", -1))
        elif self.omitted:
            self.open.append((piece.end, "", "", -1))
        elif kind in REVISIONS:
            self._revise(number, piece)
        else:
            element = self._element(number, piece)
            self.out.append(element.start)
            end = "</desc></gap>" if element.name == "gap" else element.end
            if element.name == "gap":
                self.out.append("<desc>")
            self.open.append((piece.end, end, "", k))

    def _revise(self, number: int, piece: Fragment[Item]) -> None:
        kind, k = piece.span.kind, piece.span.of
        acts, owner = self.paper.acts, self.paper.acts.owner[k]
        element = acts.elements[kind]
        tag, end, done = element.start, element.end, -1  # `done`: the span that then has ended
        place = self.in_subst.get(number)
        if place is None:
            tag = self.paper.tag(k, piece)
            if piece.last:
                done = k
        if k in acts.levels:
            tag = f"{tag[:-1]}{acts.levels[k]}>"
        if place == "first":
            tag = f'<subst xml:id="{acts.ids[owner]}"{acts.attributes(owner)}>{tag}'
        elif place == "last":
            end += "</subst>" + acts.joins.end(owner)
        self.out.append(tag)
        self.open.append((piece.end, end, kind, done))
        self.paper.count(kind, 1)

    def _element(self, number: int, piece: Fragment[Item]) -> Element:
        kind, item = piece.span.kind, piece.span
        known = self.paper.elements.get(item.of)
        if known is not None:
            # Cut in two, its first piece has what it says of itself.
            return known if not piece.part else Element(known.name)
        if kind in LEAVES:
            after = self.pieces[number + 1] if number + 1 < len(self.pieces) else None
            if after is not None and after.start < piece.end:
                return LEAVES[kind]
            if kind == "gap":
                words = self.paper.text[item.start : item.end]
                return Element("gap", gap_attributes(words))
        if kind == MARKING and item.of in self.paper.acts.marks:
            name, attributes = self.paper.acts.marks[item.of]
            again = piece.part or item.of in self.paper.marked
            self.paper.marked.add(item.of)
            return Element("seg", attributes if again else name + attributes)
        if kind == "hand":
            self.paper.pointers.other_hand = True
        return INLINE.get(kind) or Element("seg", f' type="{word(kind)}"')

    def _close(self, at: int) -> None:
        """Close what ends at `at` or before."""
        while self.open and self.open[-1][0] <= at:
            stop, tag, kind, done = self.open[-1]
            self._write(stop)
            self.open.pop()
            if kind == "omit":
                self.omitted -= 1
                continue
            self.out.append(tag)
            if kind:
                self.paper.count(kind, -1)
                if done >= 0:
                    self.out.append(self.paper.end(done))


def _substitutions(pieces: Sequence[Fragment[Item]], acts: Acts) -> dict[int, str]:
    """The fragments that are parts of one `subst`, by number: first, middle or last.

    They are all the parts of an act, whole, side by side under one parent, with nothing between.
    """
    parts: dict[int, list[int]] = {}
    for number, piece in enumerate(pieces):
        if piece.span.kind in REVISIONS:
            owner = acts.owner[piece.span.of]
            if owner >= 0 and len(acts.acts[owner].parts) > 1:
                parts.setdefault(owner, []).append(number)
    if not parts:
        return {}
    parent, before = _families(pieces)
    found: dict[int, str] = {}
    for owner, numbers in parts.items():
        if len(numbers) != len(acts.acts[owner].parts):
            continue
        kinds = {pieces[number].span.kind for number in numbers}
        if len(kinds) == 2 and all(pieces[n].part == 0 and pieces[n].last for n in numbers) and all(
            before[b] == a and parent[a] == parent[b] and pieces[a].end == pieces[b].start
            for a, b in pairwise(numbers)
        ):
            found |= dict.fromkeys(numbers, "middle")
            found[numbers[0]], found[numbers[-1]] = "first", "last"
    return found


def _families(pieces: Sequence[Fragment[Item]]) -> tuple[list[int], list[int]]:
    """Of each fragment the one around it, and the one before it in the same; -1 for none."""
    parent, before = [], []
    youngest: dict[int, int] = {}
    open_: list[int] = []
    for number, piece in enumerate(pieces):
        while open_ and pieces[open_[-1]].end <= piece.start:
            open_.pop()
        parent.append(open_[-1] if open_ else -1)
        before.append(youngest.get(parent[-1], -1))
        youngest[parent[-1]] = number
        if piece.start < piece.end:
            open_.append(number)
    return parent, before
