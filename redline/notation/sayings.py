"""What the marks of a document must say of themselves when they are written.

The notation sees an act in each mark, and one in marks side by side (R12, R13). Where a document
has it otherwise its marks say an id; hand, stage and certainty they say where these are not what
goes without saying.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from redline.diagnostics import FormatError
from redline.model import Act, Document
from redline.notation.suffix import fits, written
from redline.spans import ADDITION, DELETION, HIDDEN, Fragment, Span, nest, visible

__all__ = ["Sayings", "check_names"]

_DEFAULT_STAGE = "revision"
_REVISIONS = (DELETION, ADDITION)
#: Hidden text that parts revisions; over what the page carries they go on.
_SOLID = frozenset({"note", "noteref"})


class Sayings:
    """The suffixes of a document's marks, asked for in the order in which they are written.

    `cut`: marks that cross are written in pieces. `before` is what the source reads as.
    """

    def __init__(
        self, document: Document, before: Document | None = None, *, cut: bool = True
    ) -> None:
        self.document = document
        self.named = _named(document, cut)
        self.follows = _follows(document)
        self.ids = _ids(document)
        self.glued: dict[str, bool] = {}
        self.certs = {} if before is None else {act.id: act.cert for act in before.acts}
        revisions = [s for s in document.spans if s.kind in _REVISIONS and s.start < s.end]
        self.edges = ({s.start for s in revisions}, {s.end for s in revisions})

    def of(self, act: Act, *, order: bool = True) -> str:
        """What a mark of this act says; "" where it goes without saying.

        With `order`, the first mark of a stage says which one it comes after, where the
        order in which they are named does not.
        """
        said = []
        if act.hand is not None:
            said.append(("hand", act.hand))
        before = self.follows.pop(act.stage, None) if order else None
        if act.stage != _DEFAULT_STAGE or before is not None:
            said.append(("stage", act.stage))
        if before is not None:
            said.append(("after", before))
        if act.id in self.named:
            said.append(("id", self.ids[act.id]))
        if self._says_cert(act):
            said.append(("cert", act.cert))
        if act.kind == "transposition":
            said.append(("kind", act.kind))
        return written(said)

    def _says_cert(self, act: Act) -> bool:
        known = self.certs.get(act.id)
        if known is not None and act.cert != known:
            return True
        if act.cert == "high":
            if act.id not in self.glued:  # asked for each of its marks
                self.glued[act.id] = self._glued(act)
            if self.glued[act.id]:
                return True
        # What a rule of the notation makes doubtful, it makes doubtful again.
        return act.cert != "high" and not (
            self.document.format == "native" and act.rule.startswith("R")
        )

    def _glued(self, act: Act) -> bool:
        """Whether an addition of several words touches a word on one side, and no other mark
        there: where nothing is said, a space is supplied (R10)."""
        text = self.document.text
        starts, ends = self.edges
        for k in act.parts:
            start, end, kind, _ = self.document.spans[k]
            if kind != ADDITION or start == end:
                continue
            before = text[max(0, start - 1) : start].isalnum() and text[start].isalnum()
            after = text[end - 1].isalnum() and text[end : end + 1].isalnum()
            before, after = before and start not in ends, after and end not in starts
            if before != after and len(text[start:end].split(None, 1)) > 1:
                return True
        return False


def check_names(document: Document) -> None:
    """Raise `FormatError` for a hand or stage whose name no suffix can say."""
    for act in document.acts:
        for key, name in (("hand", act.hand), ("stage", act.stage)):
            if name is not None and not fits(name, key):
                raise FormatError(
                    f"{document.source.name}: the native notation cannot say {name!r}, the {key} "
                    f"of {act.id}: a name has letters, digits and _ . : - only; write json or tei"
                )


def _ids(document: Document) -> dict[str, str]:
    """The ids, and others for those that cannot be said."""
    known = document.act_of
    out = {}
    number = 0
    for id_ in known:
        out[id_] = id_
        while not fits(out[id_]) or (out[id_] != id_ and out[id_] in known):
            number += 1
            out[id_] = f"a{number}"
    return out


def _follows(document: Document) -> dict[str, str]:
    """Stages, each with the one before it, where the first marks do not name them in order."""
    used = {act.stage for act in document.acts}
    order = [stage.id for stage in document.stages if stage.id not in ("draft", "final")]
    if _DEFAULT_STAGE not in used:
        # Nothing belongs to it: it comes first in the notation, wherever it was.
        order = [name for name in order if name != _DEFAULT_STAGE]
    named = dict.fromkeys([_DEFAULT_STAGE, *(act.stage for act in document.acts)])
    if [name for name in named if name in order] == order:
        return {}
    return {name: before for before, name in pairwise(order)}


# -- which acts the notation does not see by itself ----------------------------------------------


def _named(document: Document, cut: bool) -> set[str]:
    """Ids of the acts whose marks must say which act they belong to."""
    acts = document.act_of
    hidden = _Hidden(document)
    pieces: Counter[str] = Counter()
    out = {act.id for act in document.acts if act.kind == "transposition"}
    for marks in _leaf_marks(document):
        fragments = nest(marks)
        pieces.update(piece.span.id for piece in fragments if cut or not piece.part)
        if cut:
            pieces.update(_interrupted(fragments))
        whole = [piece.span._replace(start=piece.start, end=piece.end) for piece in fragments]
        for run in _runs(whole, hidden):
            for group in _grouped(run):
                ids = {span.id for span in group}
                if len(ids) > 1 and not _told_apart(acts, group):
                    out |= ids
                elif len(ids) == 1:
                    pieces[group[0].id] -= len(group) - 1  # the notation sees one
    return out | {id_ for id_, number in pieces.items() if number > 1}


def _interrupted(fragments: Sequence[Fragment[Span]]) -> Iterator[str]:
    """Ids of the strikes in which one stands straight: they pause for it."""
    open_: list[Fragment[Span]] = []
    for piece in fragments:
        while open_ and open_[-1].end <= piece.start:
            open_.pop()
        if open_ and open_[-1].span.kind == piece.span.kind == DELETION:
            yield open_[-1].span.id
        open_.append(piece)


def _leaf_marks(document: Document) -> Iterator[list[Span]]:
    """The marks of each leaf, without white space at their edges, those with words."""
    text = document.text
    rows = sorted(
        cell
        for block in document.blocks
        for cell in ([c for row in block.cells for c in row] or [(block.start, block.end)])
    )
    starts = [start for start, _ in rows]
    found: list[list[Span]] = [[] for _ in rows]
    for span in document.spans:
        if span.kind not in _REVISIONS:
            continue
        k = max(0, bisect_right(starts, span.start) - 1)
        while k < len(rows) and rows[k][0] < span.end:
            first, last = max(span.start, rows[k][0]), min(span.end, rows[k][1])
            words = text[first:last]
            bare = words.strip()
            if bare:
                first += len(words) - len(words.lstrip())
                found[k].append(Span(first, first + len(bare), span.kind, span.id))
            k += 1
    for each in found:
        if each:
            each.sort(key=lambda span: (span.start, -span.end))
            yield each


class _Hidden:
    """What no reading shows, asked for by its place."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self.spans = [span for span in document.spans if span.kind in HIDDEN]
        self.starts = [span.start for span in self.spans]

    def parts(self, start: int, end: int) -> bool:
        """Whether words, or a note, stand in a range of the text."""
        if start >= end or not self.text[start:end].strip():
            return False
        between = self.spans[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        if any(span.kind in _SOLID for span in between):
            return True
        return any(self.text[a:b].strip() for a, b in visible(between, start, end))


def _runs(marks: Sequence[Span], hidden: _Hidden) -> Iterator[list[Span]]:
    """Marks that stand side by side in the same mark, with nothing but white space between."""
    runs: list[list[Span]] = [[]]
    ends: list[int] = []  # of the marks that are open
    for mark in marks:
        while ends and ends[-1] <= mark.start:
            ends.pop()
            yield runs.pop()
        if runs[-1] and hidden.parts(runs[-1][-1].end, mark.start):
            yield runs[-1]
            runs[-1] = []
        runs[-1].append(mark)
        ends.append(mark.end)
        runs.append([])
    yield from runs


def _grouped(run: list[Span]) -> Iterator[list[Span]]:
    """The acts the notation sees in marks side by side (R12, R13)."""
    kinds = [span.kind for span in run]
    if len(set(kinds)) < 2:
        yield from ([span] for span in run)
    elif len(run) > 2 and len(run) % 2 == 0 and all(a != b for a, b in pairwise(kinds)):
        yield from (run[k : k + 2] for k in range(0, len(run), 2))
    else:
        yield run


def _told_apart(acts: Mapping[str, Act], group: Sequence[Span]) -> bool:
    """Whether hand or stage part the marks of a group, each from all the others."""
    rows = [acts[span.id] for span in group]
    said = {(act.hand, act.stage) for act in rows} - {(None, _DEFAULT_STAGE)}
    return len({act.id for act in rows}) == len(rows) and len(said) > 1
