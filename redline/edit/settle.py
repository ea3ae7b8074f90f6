"""Decisions made part of the text: what is decided is no revision any more.

The words it keeps are plain, the words it drops have left the text, and everything that stands
in the text has moved along. The source stays as it was, and `Document.decisions` remembers what
was decided, so that the notation can be written without those marks (`redline.notation.write`).
"""

from __future__ import annotations

from collections.abc import Iterable

from redline.diagnostics import RevisionError
from redline.edit.cuts import LASTING, Cuts, cut, outermost
from redline.edit.select import check_ids
from redline.model import Document
from redline.spans import ADDITION, DELETION, visible

__all__ = ["dropped", "settle"]


def settle(document: Document, ids: Iterable[str] = ()) -> Document:
    """The document in which these decided revisions (all of them, if none is named) are text.

    The readings stay as they were. A revision all of whose words are gone with another's is
    gone too. Raises `RevisionError` for an id that is not there, or not decided.
    """
    decided = _decided(document, ids)
    if not decided:
        return document
    return cut(document, Cuts(dropped(document, decided)), decided)


def _decided(document: Document, ids: Iterable[str]) -> set[str]:
    wanted = set(ids)
    check_ids(document, wanted)
    for id_ in sorted(wanted):
        if id_ not in document.decisions:
            raise RevisionError(
                f"{id_!r} of {document.source.name} is not decided; accept or reject it first"
            )
    return wanted or {id_ for id_ in document.decisions if id_ in document.act_of}


def dropped(document: Document, ids: set[str]) -> list[tuple[int, int]]:
    """Text ranges that leave with these decided revisions, in order and apart.

    Banners, page marks and notes that stand in struck words stay: they were not struck.
    """
    goes = {(DELETION, "accepted"), (ADDITION, "rejected")}
    decisions = document.decisions
    out: list[tuple[int, int]] = []
    lasting = outermost(span for span in document.spans if span.kind in LASTING)
    first = 0
    for span in document.spans:
        if span.id not in ids or (span.kind, decisions[span.id]) not in goes:
            continue
        start = max(span.start, out[-1][1] if out else 0)
        while first < len(lasting) and lasting[first].end <= start:
            first += 1
        last = first
        while last < len(lasting) and lasting[last].start < span.end:
            last += 1
        for a, b in visible(lasting[first:last], start, span.end):
            if out and out[-1][1] == a:
                out[-1] = (out[-1][0], b)
            else:
                out.append((a, b))
    return out
