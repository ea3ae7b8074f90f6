"""Which revisions are meant: by id, kind, stage, hand, page, or whatever a function says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from difflib import get_close_matches

from redline.diagnostics import HandError, RevisionError, StageError
from redline.model import Document, Revision

__all__ = ["KINDS", "Where", "check_hand", "check_ids", "check_stage", "near", "select"]

KINDS = ("deletion", "addition", "substitution", "transposition")
#: Whether a revision is meant.
Where = Callable[[Revision], bool]


def select(
    document: Document,
    ids: Iterable[str] = (),
    *,
    kind: str | None = None,
    stage: str | None = None,
    hand: str | None = None,
    page: int | None = None,
    where: Where | None = None,
) -> tuple[str, ...]:
    """Ids of the revisions that are named, or of all, as far as they are of this kind, stage,
    hand and page and `where` is true of them; in text order.

    Raises `RevisionError` or `StageError` for what the document does not have.
    """
    named = frozenset(ids)
    check_ids(document, named)
    if kind is not None and kind not in KINDS:
        raise RevisionError(f"no kind {kind!r} of revision{near(kind, KINDS)}")
    if stage is not None:
        check_stage(document, stage)
    if hand is not None:
        check_hand(document, hand)
    if page is not None and not any(each.n == page for each in document.pages):
        raise RevisionError(f"no page {page} in {document.source.name}; {_pages(document)}")
    found = [
        act
        for act in document.acts
        if (not named or act.id in named)
        and (kind is None or act.kind == kind)
        and (stage is None or act.stage == stage)
        and (hand is None or act.hand == hand)
        and (page is None or document.page_at(document.spans[act.parts[0]].start) == page)
    ]
    if where is None:
        return tuple(act.id for act in found)
    chosen = {act.id for act in found}
    return tuple(row.id for row in document.revisions if row.id in chosen and where(row))


def check_ids(document: Document, ids: Iterable[str]) -> None:
    """Raise `RevisionError` for the first of these ids the document does not have."""
    known = document.act_of
    unknown = sorted(id_ for id_ in ids if id_ not in known)
    if unknown:
        raise RevisionError(
            f"no revision {unknown[0]!r} in {document.source.name}{near(unknown[0], known)}"
        )


def check_stage(document: Document, stage: str) -> None:
    """Raise `StageError` for a stage the document does not have."""
    known = [each.id for each in document.stages]
    if stage not in known:
        raise StageError(f"no stage {stage!r} in {document.source.name}{near(stage, known)}")


def check_hand(document: Document, hand: str) -> None:
    """Raise `RevisionError` for a hand that neither is listed nor did anything."""
    known = {each.id for each in document.hands}
    known |= {act.hand for act in document.acts if act.hand is not None}
    if hand not in known:
        raise HandError(
            f"no hand {hand!r} in {document.source.name}{near(hand, sorted(known))}"
        )


def near(name: str, known: Collection[str]) -> str:
    """The end of a message about a name that is not there: what may have been meant."""
    close = get_close_matches(name, known, 3) if len(known) < _MANY else []
    if close:
        return f"; did you mean {_listed(close)}?"
    if not known:
        return "; it has none"
    shown = list(known)
    if len(shown) <= _FEW:
        return f"; it has {_listed(shown)}"
    return f"; it has {len(shown)}, from {shown[0]!r} to {shown[-1]!r}"


_FEW = 8
#: A search for near matches through more names than this takes too long.
_MANY = 20_000


def _listed(names: Collection[str]) -> str:
    return ", ".join(map(repr, names))


def _pages(document: Document) -> str:
    pages = document.pages
    return f"its pages are 1 to {len(pages)}" if pages else "it has no pages"
