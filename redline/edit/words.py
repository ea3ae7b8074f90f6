"""Insert, delete, replace, move: words that come and go, as revisions or for good.

Every verb takes offsets of `Document.text` and gives `Edited`: the new document, and the edit
that maps offsets. The old document is the undo.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace as replaced
from typing import NamedTuple

from redline.diagnostics import EditError
from redline.edit.cuts import LASTING, Cuts, cut, outermost
from redline.edit.offsets import Change, Edit, Side
from redline.edit.opening import Leaf, covered, narrow, new_id, opened, with_act
from redline.edit.places import check_side, check_words, leaf_at, own_note, pieces
from redline.edit.select import check_hand, check_stage
from redline.edit.settle import dropped, settle
from redline.model import Act, Document, Stage
from redline.reading import hiding
from redline.spans import ADDITION, DELETION, Span, visible

__all__ = ["RULE", "Edited", "delete", "insert", "move", "replace", "settled"]

#: The campaign of edits, where a document has none of that name yet.
_OWN = Stage("revision", "editorial revision")
#: What decided a revision that an editor made: the `rule` of its act.
RULE = "edit"


class Edited(NamedTuple):
    """What an edit gives: the document after it, and what it did to the text."""

    document: Document
    edit: Edit


def insert(
    document: Document,
    at: int,
    text: str,
    *,
    tracked: bool = True,
    stage: str = "revision",
    hand: str | None = None,
    side: Side | None = None,
) -> Edited:
    """Insert `text` before the character at `at`: an addition, or plain text if not `tracked`.

    Where marks end or begin at `at`, it stands outside of them, unless `side` says that it
    stands with the character ``before`` it or ``after`` it. The stage ``revision`` is added where
    there is none. Raises `EditError` for a place that takes no text, `StageError` and `HandError`
    for a stage or hand that is not there.
    """
    check_side(side)
    if tracked:
        document = _ready(document, stage, hand)
    leaf = leaf_at(document, at, side)
    check_words(document, text, leaf)
    if side != "after":
        document, at, text, leaf = _outside(document, at, text, leaf)
    made = opened(document, at, text, side, leaf)
    if tracked:
        made = _noted(made, "addition", [], [(at, at + len(text))], stage, hand)
    return Edited(made, Edit((Change(at, "", text),)))


def delete(
    document: Document,
    start: int,
    end: int,
    *,
    tracked: bool = True,
    stage: str = "revision",
    hand: str | None = None,
) -> Edited:
    """Strike the running text of [start, end), or take it out for good if not `tracked`.

    Over several blocks it is one deletion with a part in each; the blocks stay apart. What
    stands on the page beside the text stays. Raises as `insert` does.
    """
    if tracked:
        document = _ready(document, stage, hand)
    ranges = pieces(document, start, end)
    if tracked:
        return Edited(_noted(document, "deletion", ranges, [], stage, hand), Edit())
    return _removed(document, ranges)


def replace(
    document: Document,
    start: int,
    end: int,
    text: str,
    *,
    tracked: bool = True,
    stage: str = "revision",
    hand: str | None = None,
) -> Edited:
    """Put `text` in the place of [start, end): a substitution, or plain text if not `tracked`.

    Plain text stands in the marks that the first character replaced stood in. Raises as
    `insert` does.
    """
    if tracked:
        document = _ready(document, stage, hand)
    ranges = pieces(document, start, end)
    at = ranges[-1][1] if tracked else ranges[0][0]
    side: Side | None = None if tracked else "after"
    leaf = leaf_at(document, at, "before" if tracked else "after")
    check_words(document, text, leaf)
    made = opened(document, at, text, side, leaf)
    edit = Edit((Change(at, "", text),))
    size = len(text)
    if tracked:
        return Edited(_noted(made, "substitution", ranges, [(at, at + size)], stage, hand), edit)
    gone = _removed(made, [(first + size, last + size) for first, last in ranges])
    return Edited(gone.document, edit.then(gone.edit))


def move(
    document: Document,
    start: int,
    end: int,
    to: int,
    *,
    tracked: bool = True,
    stage: str = "revision",
    hand: str | None = None,
) -> Edited:
    """Move the words of [start, end) before the character at `to`.

    Tracked it is a transposition: the words are struck where they stand and added there as the
    final text has them. Not tracked, nothing in the range may be a revision. Raises as `insert`
    does.
    """
    if tracked:
        document = _ready(document, stage, hand)
    ranges = pieces(document, start, end)
    if start <= to <= end:
        raise EditError(f"[{start}, {end}) cannot move to {to}: that is where it stands")
    shown = visible(hiding(document, "final"), start, end)
    words = " ".join(
        piece
        for first, last in ranges
        if (piece := "".join(document.text[max(a, first) : min(b, last)] for a, b in shown))
    )
    if not words.strip():
        raise EditError(f"[{start}, {end}) holds no word of the final text")
    leaf = leaf_at(document, to)
    check_words(document, words, leaf)
    if not tracked:
        for span in document.spans:
            if (
                span.kind in (DELETION, ADDITION)
                and span.start < end
                and span.end > start
                and not (span.start <= start and end <= span.end)
            ):
                raise EditError(
                    f"revision {span.id!r} stands in [{start}, {end}); decide and settle it "
                    f"first, or move with tracked=True"
                )
    document, to, words, leaf = _outside(document, to, words, leaf)
    made = opened(document, to, words, None, leaf)
    edit = Edit((Change(to, "", words),))
    size = len(words)
    ranges = [
        (first + size, last + size) if to <= first else (first, last) for first, last in ranges
    ]
    if tracked:
        added = [(to, to + size)]
        return Edited(_noted(made, "transposition", ranges, added, stage, hand), edit)
    gone = _removed(made, ranges)
    return Edited(gone.document, edit.then(gone.edit))


def settled(document: Document, *ids: str) -> Edited:
    """What `redline.edit.settle` gives, and the edit: the words that left the text."""
    made = settle(document, ids)
    decided = set(document.act_of) - set(made.act_of)
    wanted = {id_ for id_ in ids or decided if id_ in document.decisions}
    text = document.text
    return Edited(made, Edit.of(Change(a, text[a:b], "") for a, b in dropped(document, wanted)))


def _ready(document: Document, stage: str, hand: str | None) -> Document:
    """The document with the campaign that edits belong to if nothing else is said."""
    if stage == _OWN.id and all(each.id != stage for each in document.stages):
        document = replaced(document, stages=(*document.stages, _OWN))
    check_stage(document, stage)
    if hand is not None:
        check_hand(document, hand)
    return document


def _outside(
    document: Document, at: int, text: str, leaf: Leaf
) -> tuple[Document, int, str, Leaf]:
    """Where to put words that stand outside of the marks whose first word begins, or last word
    ends, at an offset: the blank at a mark's edge was settled into it, and is not its word. They
    stay in their leaf, beside which another may begin where they go.

    Words with a blank on the side of the mark go beyond its blank, and theirs comes first or
    last: the text is the same. Without one, a deletion leaves its blank to what comes in.
    """
    if not text.strip():
        return document, at, text, leaf
    size = len(text)
    narrowed: dict[int, Span] = {}
    for k, span in enumerate(document.spans):
        if span.start >= at:
            break
        if span.kind not in (DELETION, ADDITION) or span.end <= at:
            continue
        before, after = document.text[span.start : at], document.text[at : span.end]
        if before == " " and text[-1:] == " " and leaf.start <= span.start:
            return document, span.start, f" {text[: size - 1]}", leaf
        if after == " " and text[:1] == " " and span.end <= leaf.end:
            return document, span.end, f"{text[1:]} ", leaf
        if span.kind == DELETION and not before.strip():
            narrowed[k] = span._replace(start=at)
        elif span.kind == DELETION and not after.strip():
            narrowed[k] = span._replace(end=at)
    return narrow(document, narrowed) if narrowed else document, at, text, leaf


def _noted(
    document: Document,
    kind: str,
    deleted: list[tuple[int, int]],
    added: list[tuple[int, int]],
    stage: str,
    hand: str | None,
) -> Document:
    """The document with an act of these parts."""
    id_ = new_id(document)
    rows = sorted([(*each, DELETION) for each in deleted] + [(*each, ADDITION) for each in added])
    document, parts = covered(document, rows, id_)
    return with_act(document, Act(id_, kind, parts, RULE, stage=stage, hand=hand))


def _removed(document: Document, ranges: list[tuple[int, int]]) -> Edited:
    """The document without these ranges, but for what stands on the page beside the text."""
    first, last = ranges[0][0], ranges[-1][1]
    # Words of a note that is a block are text there.
    own = [
        own_note(document, block.start, block.end)
        for block in document.blocks
        if block.kind == "note" and block.start <= first and last <= block.end
    ]
    lasting = outermost(
        span
        for span in document.spans
        if span.kind in LASTING and not any(span is each for each in own)
    )
    ends = [span.end for span in lasting]
    gone = []
    for start, end in ranges:
        k = bisect_right(ends, start)
        stop = k
        while stop < len(lasting) and lasting[stop].start < end:
            stop += 1
        gone += visible(lasting[k:stop], start, end)
    made = cut(replaced(document, edited=True), Cuts(gone), keep_blocks=True)
    return Edited(made, Edit.of(Change(a, document.text[a:b], "") for a, b in gone))
