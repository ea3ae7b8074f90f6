"""What is known about revisions, changed: hand, stage, certainty; acts joined and parted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import get_args

from redline.diagnostics import EditError, HandError, RevisionError, StageError
from redline.edit.cuts import KINDS, last_number
from redline.edit.offsets import Edit
from redline.edit.opening import new_id
from redline.edit.select import check_hand, check_ids, check_stage
from redline.edit.words import Edited
from redline.model import Act, Cert, Document, Hand, Stage
from redline.spans import ADDITION, DELETION

__all__ = [
    "add_hand",
    "add_stage",
    "join",
    "part",
    "set_certainty",
    "set_hand",
    "set_stage",
]


#: The rule that proposes to join an addition to a substitution.
_PROPOSED = "R14"


def add_stage(document: Document, stage: Stage, *, after: str | None = None) -> Document:
    """The document with one more campaign, the last one or the one ``after`` another.

    Raises `StageError` for an id that is taken or a stage that is not there.
    """
    if any(each.id == stage.id for each in document.stages) or stage.id == "final":
        raise StageError(f"{document.source.name} has a stage {stage.id!r} already")
    if stage.hand is not None:
        check_hand(document, stage.hand)
    stages = list(document.stages)
    place = len(stages)
    if after is not None:
        check_stage(document, after)
        place = [each.id for each in stages].index(after) + 1
    stages.insert(place, stage)
    return replace(document, stages=tuple(stages), edited=True)


def add_hand(document: Document, hand: Hand) -> Document:
    """The document with one more hand. Raises `HandError` for an id that is taken."""
    if any(each.id == hand.id for each in document.hands):
        raise HandError(f"{document.source.name} has a hand {hand.id!r} already")
    return replace(document, hands=(*document.hands, hand), edited=True)


def set_stage(document: Document, stage: str, *ids: str) -> Edited:
    """These revisions belong to that campaign."""
    check_stage(document, stage)
    return _changed(document, ids, lambda act: act._replace(stage=stage))


def set_hand(document: Document, hand: str | None, *ids: str) -> Edited:
    """These revisions are in that hand (None: in one nobody knows)."""
    if hand is not None:
        check_hand(document, hand)
    return _changed(document, ids, lambda act: act._replace(hand=hand))


def set_certainty(document: Document, cert: Cert, *ids: str) -> Edited:
    """These revisions are as certain as that: ``high``, ``medium`` or ``low``."""
    if cert not in get_args(Cert):
        raise EditError(f"no certainty {cert!r}; there are high, medium and low")
    return _changed(document, ids, lambda act: act._replace(cert=cert))


def _changed(document: Document, ids: Sequence[str], how: Callable[[Act], Act]) -> Edited:
    check_ids(document, ids)
    wanted = set(ids)
    acts = tuple(how(act) if act.id in wanted else act for act in document.acts)
    return Edited(replace(document, acts=acts, edited=True), Edit())


def join(document: Document, *ids: str) -> Edited:
    """One act of several: what they struck and added was one thing to do.

    It has the id, stage and hand of the first in the text, and the least of their
    certainties. All of them must be undecided, or decided alike. Raises `RevisionError` for
    fewer than two, or ids that are not there.
    """
    check_ids(document, ids)
    wanted = set(ids)
    if len(wanted) < 2:
        raise RevisionError(f"to join takes two revisions or more, not {sorted(wanted)}")
    if len({document.decisions.get(id_) for id_ in wanted}) > 1:
        raise RevisionError(f"{', '.join(sorted(wanted))} are not decided alike: decide them first")
    old = [act for act in document.acts if act.id in wanted]
    moved = next((act.id for act in old if act.kind == "transposition"), None)
    if moved is not None:
        raise RevisionError(f"{moved!r} moves words: it cannot be one with another revision")
    first = old[0]
    parts = tuple(sorted(k for act in old for k in act.parts))
    # What made an addition doubtful was whether it belongs to another (R14): now it does.
    certs: list[Cert] = [
        "high" if act.rule == _PROPOSED and wanted.issuperset(act.joined) else act.cert
        for act in old
    ]
    cert: Cert = max(certs, key=("high", "medium", "low").index)
    within = first.within
    while within in wanted:
        within = document.act_of[within].within
    left = tuple(dict.fromkeys(id_ for act in old for id_ in act.joined if id_ not in wanted))
    made = first._replace(
        kind=_kind(document, parts), parts=parts, cert=cert, within=within, joined=left
    )
    return Edited(_regrouped(document, wanted, [made]), Edit())


def part(document: Document, id_: str) -> Edited:
    """One act for each part of this one; a deletion and an addition side by side stay one, if
    there is more. The first keeps the id, the others have new ones.

    Raises `RevisionError` for an id that is not there or an act of one part.
    """
    check_ids(document, (id_,))
    act = document.act_of[id_]
    if len(act.parts) < 2:
        raise RevisionError(f"{id_!r} of {document.source.name} has one part: nothing to part")
    number = int(new_id(document)[1:])
    made = [
        act._replace(
            id=id_ if not n else f"r{number + n - 1}", parts=parts, kind=_kind(document, parts)
        )
        for n, parts in enumerate(_apart(document, act.parts))
    ]
    decision = document.decisions.get(id_)
    document = replace(document, made=number + len(made) - 2)
    out = _regrouped(document, {id_}, made)
    if decision is not None:
        ids = [each.id for each in made]
        out = out.accept(*ids) if decision == "accepted" else out.reject(*ids)
    return Edited(out, Edit())


def _apart(document: Document, parts: Sequence[int]) -> list[tuple[int, ...]]:
    """The parts of an act, pairs side by side together; each alone where that would be all."""
    rows: list[tuple[int, ...]] = []
    for k in parts:
        before = document.spans[rows[-1][-1]] if rows and len(rows[-1]) == 1 else None
        mine = document.spans[k]
        if (
            before is not None
            and before.kind != mine.kind
            and before.end <= mine.start
            and not document.text[before.end : mine.start].strip()
        ):
            rows[-1] = (*rows[-1], k)
        else:
            rows.append((k,))
    return rows if len(rows) > 1 else [(k,) for k in parts]


def _kind(document: Document, parts: Sequence[int]) -> str:
    kinds = {document.spans[k].kind for k in parts}
    return KINDS[DELETION in kinds, ADDITION in kinds]


def _regrouped(document: Document, old: set[str], new: Sequence[Act]) -> Document:
    """The document with these acts in the place of those; spans, nesting, joins follow."""
    spans = list(document.spans)
    for act in new:
        for k in act.parts:
            spans[k] = spans[k]._replace(id=act.id)
    around = dict.fromkeys(old, new[0].id)
    parts = [(spans[k], act.id) for act in new for k in act.parts]
    acts = list(new)
    for act in document.acts:
        if act.id in old:
            continue
        within = act.within
        if within in old:
            first = document.spans[act.parts[0]]
            within = next(
                (id_ for span, id_ in parts if span.start <= first.start and first.end <= span.end),
                around[within],
            )
        joined = tuple(dict.fromkeys(around.get(id_, id_) for id_ in act.joined))
        acts.append(act._replace(within=within, joined=tuple(j for j in joined if j != act.id)))
    acts.sort(key=lambda act: act.parts[0])
    gone = old - {act.id for act in new}
    decisions = {id_: made for id_, made in document.decisions.items() if id_ not in gone}
    made = replace(
        document,
        spans=tuple(spans),
        acts=tuple(acts),
        edited=True,
        made=max(document.made, last_number(document)),
    )
    return made._with(decisions) if len(decisions) < len(document.decisions) else made
