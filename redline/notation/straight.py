"""The commonest blocks read straight through: marks that nest properly and touch no word.

Most blocks hold nothing but text, line breaks, strikes and insertions, one beside or inside
the other. Those are read here by plain descent and built at once. At the first thing that
needs thought (marks that cross, glued or doubtful carets, notes, emphasis, anything there is
to report) the block is given up, with nothing of it kept, and `pairing`, `weave` and `build`
read it; a property test holds that both ways give the same document.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from redline.model import Act
from redline.notation.build import Builder
from redline.notation.settle import CLOSERS, DROP, KEEP, OPENERS, Atom, place
from redline.notation.weave import SHORT_WORDS
from redline.spans import ADDITION, DELETION, Span
from redline.tokens import Token

__all__ = ["read_straight"]

_STOPS = frozenset(".,;:!?")
_ENDS = frozenset(["", ".", "!", "?"])
_SPACES = " \t"
#: Quotes: whether they open or close needs a look around.
_DOUBTFUL = frozenset("\"'")
_LONE, _BEFORE_STOP, _PAIR = [0, KEEP], [0, DROP], [KEEP, DROP, KEEP]
_DEEPEST = 16
_RESERVED = Span(0, 0, "", "")


class _Mark(NamedTuple):
    """A mark: its kind, the ranges of its opener and closer, and what nests in it, if any."""

    kind: str
    start: int
    first: int
    last: int
    end: int
    body: list[_Item] | None


class _Cluster(NamedTuple):
    """Marks side by side, the white space before, between and after, and what becomes of it.

    A slot is a source range and whether it is a line break; an empty range is no white space.
    """

    marks: list[_Mark]
    slots: list[tuple[int, int, bool]]
    chosen: list[int]


#: Text (start, end, False), a line break (start, end, True), or a cluster.
_Item = tuple[int, int, bool] | _Cluster


class _GivenUp(Exception):
    """This block needs thought."""


def read_straight(
    builder: Builder,
    tokens: Sequence[Token],
    which: range,
    bounds: tuple[int, int],
    numbered: int,
) -> list[Act] | None:
    """Build source[bounds] if it is simple; its acts, or None with nothing changed.

    `which` are the indices of its tokens, `numbered` the revisions of the document so far.
    """
    reader = _Reader(builder.source, tokens, which.stop)
    try:
        items, _ = reader.stream(which.start, *bounds, "", 0)
    except _GivenUp:
        return None
    acts: list[Act] = []
    _Writer(builder, acts, numbered).write(items, None)
    return acts


class _Reader:
    __slots__ = ("stop", "text", "tokens")

    def __init__(self, text: str, tokens: Sequence[Token], stop: int) -> None:
        self.text = text
        self.tokens = tokens
        self.stop = stop

    def stream(
        self, i: int, begin: int, end: int, closing: str, depth: int
    ) -> tuple[list[_Item], int]:
        """Read from token i and source offset `begin` to the block's end, or to the token of
        kind `closing` that ends the mark around; gives the items and that token."""
        text, tokens, stop = self.text, self.tokens, self.stop
        items: list[_Item] = []
        done = begin
        while i < stop:
            start, after, kind = tokens[i]
            if kind == closing and not text[start - 1].isspace():
                if kind == "tilde" and after - start != 2 or start == done:
                    raise _GivenUp
                items.append((done, start, False))
                return items, i
            first = start
            while first > done and text[first - 1] in _SPACES:
                first -= 1
            if first == done and (done > begin or closing):
                raise _GivenUp
            if kind == "break":
                if text[first - 1] == "-":
                    raise _GivenUp
                i += 1
                if i == stop or tokens[i][0] != after or tokens[i][2] == closing:
                    items.append((done, first, False))
                    items.append((first, after, True))
                    done = after
                    continue
                slot = (first, after, True)
            else:
                slot = (first, start, False)
            if first > done:
                items.append((done, first, False))
            cluster, i, done = self.cluster(i, slot, begin, end, closing, depth)
            items.append(cluster)
        if closing:
            raise _GivenUp
        if done < end:
            items.append((done, end, False))
        return items, i

    def cluster(
        self, i: int, slot: tuple[int, int, bool], begin: int, end: int, closing: str, depth: int
    ) -> tuple[_Cluster, int, int]:
        """The marks from token i on that stand side by side; the token and offset after."""
        text, tokens, stop = self.text, self.tokens, self.stop
        marks: list[_Mark] = []
        slots = [slot]
        start, after, kind = tokens[i]
        while True:
            if after >= end or text[after].isspace() or depth > _DEEPEST:
                raise _GivenUp
            if kind == "tilde" and after - start == 2 and closing != "tilde":
                mate = "tilde"
                mark = DELETION
            elif kind == "open" and self._inserts(start, after, begin, marks):
                mate = "close" if text[after - 1] == "{" else "angle"
                mark = ADDITION
            else:
                raise _GivenUp
            i += 1
            if i == stop:
                raise _GivenUp
            last, at, its_kind = tokens[i]
            body = None
            if its_kind != mate:
                body, i = self.stream(i, after, end, mate, depth + 1)
                last, at, _ = tokens[i]
            if last == after or text[last - 1].isspace() or mark == DELETION and at - last != 2:
                raise _GivenUp
            marks.append(_Mark(mark, start, after, last, at, body))
            beyond = at
            i += 1
            while at < end and text[at] in _SPACES:
                at += 1
            is_break = False
            if i < stop:
                start, after, kind = tokens[i]
                if start == at and kind == "break":
                    is_break = True
                    at = after
                    i += 1
                    if i < stop:
                        start, after, kind = tokens[i]
            slots.append((beyond, at, is_break))
            if i == stop or start != at:
                break
            if kind == closing:
                raise _GivenUp
        first = slot[0]
        left = text[first - 1] if first > begin else ""
        right = text[at] if at < end else ""
        if left in _DOUBTFUL or right in _DOUBTFUL or not self._plain(marks, slots, left, right):
            raise _GivenUp
        return _Cluster(marks, slots, self._settle(marks, slots, left, right)), i, at

    def _inserts(self, start: int, first: int, begin: int, marks: list[_Mark]) -> bool:
        """Whether a caret mark is an insertion without asking (R7)."""
        if marks and marks[-1].kind == DELETION:
            return True
        text = self.text
        return (
            (start == begin or text[start - 1].isspace())
            and not text[first].isdecimal()
            and text[start - 3 : start - 1] != "~~"
        )

    def _settle(
        self, marks: list[_Mark], slots: list[tuple[int, int, bool]], left: str, right: str
    ) -> list[int]:
        """`place`, but for the commonest clusters: one mark, or one of each kind, in words."""
        text = self.text
        before, after = slots[0][1] > slots[0][0], slots[-1][1] > slots[-1][0]
        if left and right and before and (after or right in CLOSERS):
            if len(marks) == 1:
                _, _, first, last, _, _ = marks[0]
                if text[first] not in CLOSERS and text[last - 1] not in OPENERS:
                    return _LONE if after else _BEFORE_STOP
            elif len(marks) == 2 and marks[0].kind != marks[1].kind and slots[1][1] > slots[1][0]:
                (_, _, a, b, _, _), (_, _, c, d, _, _) = marks
                if not (
                    text[a] in CLOSERS
                    or text[c] in CLOSERS
                    or text[b - 1] in OPENERS
                    or text[d - 1] in OPENERS
                ):
                    return _PAIR
        atoms = []
        none = ("", "")
        for kind, _, first, last, _, _ in marks:
            edges = (text[first], text[last - 1])
            if kind == DELETION:
                atoms.append(Atom(True, False, edges, none, 0, kind))
            else:
                atoms.append(Atom(False, True, none, edges, 0, kind))
        return place(atoms, [slot[1] > slot[0] for slot in slots], left, right)

    def _plain(
        self, marks: list[_Mark], slots: list[tuple[int, int, bool]], left: str, right: str
    ) -> bool:
        """Whether nothing is to be said of this cluster (R6, R10, R13, R24)."""
        text = self.text
        final = marks[-1]
        bare = slots[-1][0] == slots[-1][1] and right.isalnum()
        if bare and (final.kind == ADDITION or right.isalpha()):
            return False
        if len(marks) == 1 and final.kind == ADDITION:
            return True
        kept = [mark for mark in marks if mark.kind == ADDITION]
        if len(kept) < len(marks):
            first = text[kept[0].first] if kept else right
            last = text[kept[-1].last - 1] if kept else left
            if first in _STOPS and (left in _STOPS or not left):
                return False
            if kept and right in _STOPS and last in _STOPS:
                return False
            if first.islower() and left in _ENDS:
                return not any(m.kind == DELETION and text[m.first].isupper() for m in marks)
        if len(marks) == 1 and right.islower():
            at = slots[-1][1]
            if not text[at + 2 : at + 3].isalnum():
                return text[at : at + 2] in SHORT_WORDS or not text[at : at + 2].isalpha()
        return True


class _Writer:
    """Builds what was read. The hot loop of the program: no calls but for what nests."""

    __slots__ = ("acts", "builder", "extents", "numbered", "segments", "spans")

    def __init__(self, builder: Builder, acts: list[Act], numbered: int) -> None:
        self.builder = builder
        self.segments = builder.segments
        self.spans = builder.spans
        self.extents = builder.extents
        self.acts = acts
        self.numbered = numbered

    def write(self, items: list[_Item], within: str | None) -> None:
        builder, segments = self.builder, self.segments
        for item in items:
            if isinstance(item, _Cluster):
                self.cluster(item, within)
            elif item[2]:
                builder.white(item)
            else:
                start, end, _ = item
                segments.append((start, end, None))
                builder.length += end - start

    def cluster(self, cluster: _Cluster, within: str | None) -> None:
        """The spans and the text of one cluster, and the acts it makes (R12, R13)."""
        marks, slots, chosen = cluster
        builder, acts = self.builder, self.acts
        segments, spans, extents = self.segments, self.spans, self.extents
        k = 0
        for size, rule in _acts_of(marks):
            id_ = f"r{self.numbered + len(acts) + 1}"
            here = len(acts)
            acts.append(_NO_ACT)
            parts = []
            for j in range(k, k + size):
                kind, start, first, last, end, body = marks[j]
                choice = chosen[j]
                if choice == KEEP:
                    builder.white(slots[j])
                begin = builder.length
                index = len(spans)
                parts.append(index)
                spans.append(_RESERVED)
                extents.append(start)
                extents.append(end)
                if choice == j:
                    builder.white(slots[j])
                if body is None:
                    segments.append((first, last, None))
                    builder.length += last - first
                else:
                    self.write(body, id_)
                if chosen[j + 1] == j:
                    builder.white(slots[j + 1])
                spans[index] = Span(begin, builder.length, kind, id_)
            act = _KINDS.get(rule, "substitution")
            acts[here] = Act(id_, act, tuple(parts), rule, within=within)
            k += size
        if chosen[k] == KEEP:
            builder.white(slots[k])


_KINDS = {"R3": "deletion", "R7": "addition", "R7f": "addition"}
_NO_ACT = Act("", "", (), "")
_ONE_DELETION, _ONE_ADDITION, _ONE_PAIR = ((1, "R3"),), ((1, "R7f"),), ((2, "R12"),)


def _acts_of(marks: list[_Mark]) -> Sequence[tuple[int, str]]:
    """How many marks make each act of a cluster, and by which rule."""
    count = len(marks)
    if count == 1:
        return _ONE_DELETION if marks[0].kind == DELETION else _ONE_ADDITION
    kinds = [mark.kind for mark in marks]
    if count == 2 and kinds[0] != kinds[1]:
        return _ONE_PAIR
    if DELETION not in kinds:
        return [(1, "R7f")] * count
    if ADDITION not in kinds:
        return [(1, "R3")] * count
    alternating = all(a != b for a, b in zip(kinds, kinds[1:], strict=False))
    if alternating and count % 2 == 0:
        return [(2, "R13")] * (count // 2)
    return [(count, "R12")]
