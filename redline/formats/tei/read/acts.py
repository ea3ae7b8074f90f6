"""From struck and added elements to acts: what belongs together, what was cancelled."""

from __future__ import annotations

import re
from collections.abc import Iterable

from redline.formats.tei.names import MOVED
from redline.formats.tei.read.build import TRANSPOSED, Part
from redline.formats.tei.read.walk import Walker
from redline.model import Act, Cert
from redline.spans import ADDITION, DELETION

__all__ = ["gather"]

_RULE = "TEI"
_KINDS = {
    frozenset({DELETION}): "deletion",
    frozenset({ADDITION}): "addition",
    frozenset({DELETION, ADDITION}): "substitution",
}
_PART = re.compile(r"(.+)\.\d+")
_CERTS: dict[str, Cert] = {"high": "high", "medium": "medium", "low": "low"}


def gather(walker: Walker, ours: bool) -> tuple[list[Act], list[str]]:
    """The acts, their parts by the index of the span; the stages that cancelled acts name."""
    parts = _merged(walker)
    _join(parts, walker.joins, ours)
    groups: dict[object, list[Part]] = {}
    for part in parts:
        key: object = part.part_of or part.subst or part.of
        groups.setdefault(key, []).append(part)
    names = _Names(walker.names)
    id_of: dict[int, str] = {}
    rows: list[tuple[str, list[Part]]] = []
    for key, group in groups.items():
        first = group[0]
        wanted = first.id
        if isinstance(key, tuple):
            wanted = key[1] or first.id
        elif isinstance(key, str) and ours:
            wanted = key
        id_ = names.take(wanted)
        rows.append((id_, group))
        for part in group:
            id_of[part.of] = id_
            walker.ids[part.of] = id_
    undone, stages = _cancel(walker, rows)
    joined = _joined(walker, rows, id_of) if ours else {}
    acts: list[Act] = []
    for id_, group in rows:
        if id_ in undone:
            continue
        kind = _KINDS[frozenset(part.kind for part in group)]
        moved = kind == "substitution" and all(part.cause == MOVED for part in group)
        if moved or group[0].part_of.startswith(TRANSPOSED):
            kind = MOVED
        stage = max((part.stage for part in group), key=_later) or "revision"
        hand = next((part.hand for part in group if part.hand), None)
        cert = _CERTS[group[0].cert]
        parent = id_of.get(group[0].parent)
        within = parent if parent != id_ and parent not in undone else None
        acts.append(
            Act(id_, kind, tuple(part.of for part in group), _RULE, cert, stage, hand, within,
                joined.get(id_, ()))
        )
    return acts, stages


def _later(stage: str) -> tuple[int, bool]:
    return (int(stage[4:]), True) if re.fullmatch(r"seq-\d+", stage) else (-1, bool(stage))


class _Names:
    """Ids of acts: those of the file, each once, and new ones that the file does not have."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._file = set(taken)
        self._given: set[str] = set()
        self._next = 1

    def take(self, wanted: str) -> str:
        if wanted and wanted not in self._given:
            self._given.add(wanted)
            return wanted
        while f"r{self._next}" in self._file or f"r{self._next}" in self._given:
            self._next += 1
        self._given.add(f"r{self._next}")
        return f"r{self._next}"


def _merged(walker: Walker) -> list[Part]:
    """The parts; fragments of one (`prev`, `next`) that touch are one again."""
    by_id: dict[str, Part] = {}
    out: list[Part] = []
    into: dict[int, int] = {}
    whole: dict[int, Part] = {}
    for part in walker.acts:
        before = by_id.get(part.prev) if part.prev else None
        if before is not None and before.kind == part.kind:
            if walker.ends[before.of] == walker.starts[part.of]:
                walker.ends[before.of] = walker.ends[part.of]
                walker.extents[2 * before.of + 1] = walker.extents[2 * part.of + 1]
                walker.kinds[part.of] = ""
                into[part.of] = before.of
                whole[before.of] = before
                if part.id:
                    by_id[part.id] = before
                continue
            part.part_of = before.part_of = before.part_of or before.id
        if part.id:
            by_id[part.id] = part
        out.append(part)
    for part in out:
        part.parent = into.get(part.parent, part.parent)
    if whole:
        _inside(out, whole, walker)
    return out


def _inside(parts: list[Part], whole: dict[int, Part], walker: Walker) -> None:
    """What begins between the fragments of a part stands in the part."""
    live: list[Part] = []
    for part in sorted(parts, key=lambda each: each.of):
        start = walker.starts[part.of]
        live = [each for each in live if walker.ends[each.of] > start]
        for each in live:
            if part.parent == each.parent:
                part.parent = each.of
        if part.of in whole:
            live.append(part)


def _join(parts: list[Part], joins: list[tuple[str, ...]], ours: bool) -> None:
    """`substJoin`: parts of one act. Where redline wrote it, `r3.1` is a part of `r3`."""
    by_id = {part.id: part for part in parts if part.id}
    for targets in joins:
        found = [by_id[name] for name in targets if name in by_id]
        for part in found:
            if ours:
                name = _PART.fullmatch(part.id)
                if name:
                    part.part_of = name[1]
            elif len(found) > 1:
                part.part_of = found[0].part_of or found[0].id


def _joined(
    walker: Walker, rows: list[tuple[str, list[Part]]], id_of: dict[int, str]
) -> dict[str, tuple[str, ...]]:
    """Acts that redline proposed to join."""
    act_of = {part.id: id_of[part.of] for _, group in rows for part in group if part.id}
    act_of |= {id_: id_ for id_, _ in rows}
    out: dict[str, tuple[str, ...]] = {}
    for targets in walker.joins:
        acts = list(dict.fromkeys(act_of[name] for name in targets if name in act_of))
        if len(acts) > 1:
            for id_ in acts:
                out[id_] = tuple(other for other in acts if other != id_)
    return out


def _cancel(
    walker: Walker, rows: list[tuple[str, list[Part]]]
) -> tuple[set[str], list[str]]:
    """`undo` and `redo`: the acts that are not in force in the end, and every stage named."""
    stages = [
        stage
        for k, kind in enumerate(walker.kinds)
        if kind.startswith("undone-")
        for stage in _said(walker, k)
    ]
    if not walker.cancels:
        return set(), stages
    acts = dict(rows)
    act_of = {part.id: id_ for id_, group in rows for part in group if part.id}
    act_of |= {id_: id_ for id_ in acts}
    undos = {cancel.id: cancel for cancel in walker.cancels if cancel.id}
    history: dict[str, list[tuple[int, bool, str]]] = {}
    for cancel in walker.cancels:
        stage = cancel.stage or "revision"
        targets: list[tuple[str, bool]] = []
        for name in cancel.targets:
            if name in undos:  # what cancels or reaffirms a cancellation reaffirms
                targets += ((each, True) for each in undos[name].targets)
            else:
                targets.append((name, cancel.redo))
        for name, again in targets:
            if name in act_of:
                rank = walker.order.get(stage, -1)
                history.setdefault(act_of[name], []).append((rank, again, stage))
    undone: set[str] = set()
    for id_, later in history.items():
        group = acts[id_]
        steps = [group[0].stage or "revision"]
        if all(rank >= 0 for rank, _, _ in later):
            later = sorted(later, key=lambda event: event[0])
        for _, again, stage in later:
            if again != (len(steps) % 2 == 1):  # else nothing is changed by it
                steps.append(stage)
        stages += steps
        in_force = len(steps) % 2 == 1
        for part in group:
            if in_force:
                part.stage = steps[-1]
                k = walker.open(f"undone-{part.kind}", " ".join(steps[:-1]), 0, 0)
                walker.starts[k], walker.ends[k] = walker.starts[part.of], walker.ends[part.of]
                walker.extents[2 * k] = walker.extents[2 * part.of]
                walker.extents[2 * k + 1] = walker.extents[2 * part.of + 1]
            else:
                walker.kinds[part.of] = f"undone-{part.kind}"
                walker.ids[part.of] = " ".join(steps)
        if not in_force:
            undone.add(id_)
    return undone, stages


def _said(walker: Walker, k: int) -> list[str]:
    names = [name or "revision" for name in walker.ids[k].split(" ")]
    walker.ids[k] = " ".join(names)
    return names
