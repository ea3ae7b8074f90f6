"""Clusters: marks that nest properly, with words around, read by descent and built at once.

The thorough half of `straight`: a cluster is the marks that stand side by side, the white
space before, between and after them, and what becomes of each. Anything that needs more
thought raises `GivenUp`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from redline.model import Act
from redline.notation.build import Builder
from redline.notation.pairing import Finding
from redline.notation.places import SHORT_WORDS, SPACES
from redline.notation.seams import Side, seams
from redline.notation.settle import CLOSERS, DROP, KEEP, OPENERS, Atom, place
from redline.spans import ADDITION, DELETION, Span
from redline.tokens import Token

__all__ = ["DOUBTFUL", "ROW_ADDITION", "ROW_DELETION", "GivenUp", "Reader", "Writer", "new"]

#: Quotes: whether they open or close needs a look around.
DOUBTFUL = frozenset("\"'")
_LONE, _BEFORE_STOP, _PAIR = [0, KEEP], [0, DROP], [KEEP, DROP, KEEP]
_DEEPEST = 16
_RESERVED = Span(0, 0, "", "")
new: Any = tuple.__new__  # a named tuple without the cost of its signature
ROW_DELETION, ROW_ADDITION = ("deletion", "R3"), ("addition", "R7f")

#: White space: its source range, and whether it is a line break; an empty range is none.
_Slot = tuple[int, int, bool]
#: A mark: its kind, its start, its body's start and end, its end, and what nests in it.
_Mark = tuple[str, int, int, int, int, "list[_Item] | None"]
#: Marks side by side, the white space before, between and after, and what becomes of it.
_Cluster = tuple["list[_Mark]", "list[_Slot]", "list[int]"]
#: Text (start, end, False), a line break (start, end, True), or a cluster.
_Item = _Slot | _Cluster


class GivenUp(Exception):
    """This block needs thought."""


class Reader:
    """Reads the tokens of one block up to `stop`; `findings` are what it has to say."""

    __slots__ = ("findings", "stop", "text", "tokens")

    def __init__(self, text: str, tokens: Sequence[Token], stop: int) -> None:
        self.findings: list[Finding] = []
        self.text = text
        self.tokens = tokens
        self.stop = stop

    def stream(
        self, i: int, begin: int, end: int, closing: str, depth: int
    ) -> tuple[list[_Item], int]:
        """What nests in a mark, from token i and source offset `begin` to the token of kind
        `closing` that ends it; gives the items and that token."""
        text, tokens = self.text, self.tokens
        items: list[_Item] = []
        done = begin
        while i < self.stop:
            start, after, kind = tokens[i]
            if kind == closing and not text[start - 1].isspace():
                if (kind == "tilde" and after - start != 2) or start == done:
                    raise GivenUp
                items.append((done, start, False))
                return items, i
            if kind == "break":
                first = start
                while text[first - 1] in SPACES:
                    first -= 1
                if (
                    first > done
                    and text[first - 1] != "-"
                    and (i + 1 < self.stop and tokens[i + 1][0] != after)
                ):
                    items.append((done, first, False))
                    items.append((first, after, True))
                    done = after
                    i += 1
                    continue
            item, i, done = self.item(i, done, begin, end, closing, depth, items, None)
            if item is not None:
                items.append(item)
        raise GivenUp

    def item(
        self,
        i: int,
        done: int,
        begin: int,
        end: int,
        closing: str,
        depth: int,
        out: list[Any],
        builder: Builder | None,
    ) -> tuple[_Cluster | None, int, int]:
        """The text before token i, and the line break or the cluster that it begins.

        Text and line breaks go to the builder, or to `out` where there is none.
        """
        text, tokens, stop = self.text, self.tokens, self.stop
        start, after, kind = tokens[i]
        first = start
        while first > done and text[first - 1] in SPACES:
            first -= 1
        if first == done and (done > begin or closing):
            raise GivenUp
        is_break = kind == "break"
        if is_break:
            if first == done or text[first - 1] == "-":
                raise GivenUp
            i += 1
            if i == stop or tokens[i][0] != after or tokens[i][2] == closing:
                if builder is None:
                    out.append((done, first, False))
                    out.append((first, after, True))
                else:
                    builder.copy(done, first)
                    builder.white((first, after, True))
                return None, i, after
        slot = (first, after if is_break else start, is_break)
        if first > done:
            if builder is None:
                out.append((done, first, False))
            else:
                builder.copy(done, first)
        return self.cluster(i, slot, begin, end, closing, depth)

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
                raise GivenUp
            if kind == "tilde" and after - start == 2 and closing != "tilde":
                mate = "tilde"
                mark = DELETION
            elif kind == "open" and self._inserts(start, after, begin, marks):
                mate = "close" if text[after - 1] == "{" else "angle"
                mark = ADDITION
            else:
                raise GivenUp
            i += 1
            if i == stop:
                raise GivenUp
            last, at, its_kind = tokens[i]
            body = None
            if its_kind != mate:
                body, i = self.stream(i, after, end, mate, depth + 1)
                last, at, _ = tokens[i]
            if last == after or text[last - 1].isspace() or (mark == DELETION and at - last != 2):
                raise GivenUp
            marks.append((mark, start, after, last, at, body))
            beyond = at
            i += 1
            while at < end and text[at] in SPACES:
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
                raise GivenUp
        first = slot[0]
        left = text[first - 1] if first > begin else ""
        right = text[at] if at < end else ""
        if (
            left in DOUBTFUL
            or right in DOUBTFUL
            or (not self._plain(marks, slots, left, right, depth))
        ):
            raise GivenUp
        return (marks, slots, self._settle(marks, slots, left, right)), i, at

    def _inserts(self, start: int, first: int, begin: int, marks: list[_Mark]) -> bool:
        """Whether a caret mark is an insertion without asking (R7)."""
        if marks and marks[-1][0] == DELETION:
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
            elif len(marks) == 2 and marks[0][0] != marks[1][0] and slots[1][1] > slots[1][0]:
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
        self,
        marks: list[_Mark],
        slots: list[_Slot],
        left: str,
        right: str,
        depth: int,
    ) -> bool:
        """Whether nothing is to be said of this cluster (R6, R10, R13) but of its seams."""
        text = self.text
        kind = marks[-1][0]
        bare = slots[-1][0] == slots[-1][1] and right.isalnum()
        if bare and (kind == ADDITION or right.isalpha()):
            return False
        if len(marks) == 1 and kind == DELETION and right.islower():
            at = slots[-1][1]
            word = text[at : at + 2]
            if not text[at + 2 : at + 3].isalnum() and word.isalpha() and word not in SHORT_WORDS:
                return False
        if not depth and (kind == DELETION or len(marks) > 1):
            sides = [
                Side(True, start, end, text[first], "")
                if kind == DELETION
                else Side(False, start, end, text[first], text[last - 1])
                for kind, start, first, last, end, _ in marks
            ]
            self.findings += seams(sides, left, right)
        return True


class Writer:
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
        """What nests in the revision `within`."""
        builder, segments = self.builder, self.segments
        item: Any
        for item in items:
            start, end, what = item
            if isinstance(what, list):
                self.cluster(item, within)
            elif what:
                builder.white(item)
            else:
                segments.append((start, end, None))
                builder.length += end - start

    def cluster(self, cluster: _Cluster, within: str | None) -> None:
        """The spans and the text of one cluster, and the acts it makes (R12, R13)."""
        marks, slots, chosen = cluster
        builder, acts = self.builder, self.acts
        segments, spans, extents = self.segments, self.spans, self.extents
        if len(marks) == 1:
            id_ = f"r{self.numbered + len(acts) + 1}"
            here = len(acts)
            acts.append(_NO_ACT)
            kind, start, first, last, end, body = marks[0]
            inside, after = chosen
            if inside == KEEP:
                builder.white(slots[0])
            begin, index = builder.length, len(spans)
            spans.append(_RESERVED)
            extents.extend((start, end))
            if inside == 0:
                builder.white(slots[0])
            if body is None:
                segments.append((first, last, None))
                builder.length += last - first
            else:
                self.write(body, id_)
            if after == 0:
                builder.white(slots[1])
            spans[index] = new(Span, (begin, builder.length, kind, id_))
            name, rule = ROW_DELETION if kind == DELETION else ROW_ADDITION
            acts[here] = Act(id_, name, (index,), rule, within=within)
            if after == KEEP:
                builder.white(slots[1])
            return
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
_ONE_PAIR = ((2, "R12"),)


def _acts_of(marks: list[_Mark]) -> Sequence[tuple[int, str]]:
    """How many marks make each act of a cluster, and by which rule."""
    count = len(marks)
    kinds = [mark[0] for mark in marks]
    if count == 2 and kinds[0] != kinds[1]:
        return _ONE_PAIR
    if DELETION not in kinds:
        return [(1, "R7f")] * count
    if ADDITION not in kinds:
        return [(1, "R3")] * count
    alternating = all(a != b for a, b in pairwise(kinds))
    if alternating and count % 2 == 0:
        return [(2, "R13")] * (count // 2)
    return [(count, "R12")]
