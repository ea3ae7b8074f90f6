"""A fragment of HTML → Document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from redline.collector import paused
from redline.diagnostics import FormatError
from redline.formats.html.said import classification_of, hands_of, stages_of, sure
from redline.formats.html.tags import Parts
from redline.formats.html.walk import Walker
from redline.model import Act, Document, Hand, Note, Page, Stage
from redline.source import Source
from redline.spans import ADDITION, DELETION

__all__ = ["from_fragment"]


def from_fragment(source: Source) -> Document:
    """The document in a fragment, which may stand in a whole page.

    What carries no attribute of redline's is taken for what it looks like: a `p` is a paragraph,
    a `del` a deletion. Raises `FormatError` where there is no fragment.
    """
    with paused():
        walker = Walker(source)
        walker.walk()
        if not walker.found:
            raise FormatError(
                f"{source.name}: there is no fragment of redline's in it; it reads back the "
                "<article data-redline=…> that --to html-fragment writes"
            )
        return _document(walker)


def _document(walker: Walker) -> Document:
    acts = [_act(id_, row, walker.acts) for id_, row in walker.acts.items()]
    made = walker.build.closed(acts, walker.blocks, _pages(walker), "html-fragment")
    said = walker.said
    return replace(
        made,
        notes=tuple(sorted(walker.notes.values(), key=_place)),
        markings=tuple(walker.markings),
        furniture=tuple(walker.furniture),
        stages=_stages(stages_of(said.get("data-stages")), made.acts),
        hands=_hands(hands_of(said.get("data-hands")), made.acts),
        classification=classification_of(said.get("data-classification")),
    )


def _act(id_: str, row: Parts, known: dict[str, Parts]) -> Act:
    get = row.attributes.get
    kinds = {kind for _, kind in row.spans}
    said = get("data-act")
    if kinds == {DELETION, ADDITION}:
        kind = "transposition" if said == "transposition" else "substitution"
    else:
        kind = "deletion" if DELETION in kinds else "addition"
    within = get("data-within") if said else row.near
    return Act(
        id_,
        kind,
        tuple(k for k, _ in row.spans),
        get("data-rule") or "",
        sure(get("data-cert")),
        get("data-stage") or "revision",
        get("data-hand") or None,
        within if within in known and within != id_ else None,
        tuple(each for each in (get("data-joined") or "").split() if each in known),
    )


def _place(note: Note) -> int:
    return (note.start or 0) if note.at is None else note.at


def _pages(walker: Walker) -> tuple[Page, ...]:
    found = walker.pages or [Page(1, None, (0, 0), "high", ("start",), 0, 0)]
    ends = [(page.span[0], page.start) for page in found[1:]]
    ends.append((len(walker.raw), walker.build.length))
    return tuple(
        page._replace(span=(page.span[0], source), end=end)
        for page, (source, end) in zip(found, ends, strict=True)
    )


def _stages(listed: tuple[Stage, ...], acts: Sequence[Act]) -> tuple[Stage, ...]:
    known = {stage.id for stage in listed}
    more = dict.fromkeys(act.stage for act in acts if act.stage not in known)
    return (*listed, *(Stage(name, name) for name in more))


def _hands(listed: tuple[Hand, ...], acts: Sequence[Act]) -> tuple[Hand, ...]:
    known = {hand.id for hand in listed}
    more = dict.fromkeys(act.hand for act in acts if act.hand and act.hand not in known)
    return (*listed, *(Hand(name, name) for name in more))
