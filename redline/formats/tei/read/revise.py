"""Struck and added elements, and those that join, cancel or restore them, as met."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from redline.formats.tei.read import table
from redline.formats.tei.read.build import Part
from redline.formats.tei.read.structure import Structure
from redline.source import Source
from redline.spans import ADDITION, DELETION, MAX_DEPTH

__all__ = ["Attributes", "Begun", "Cancel", "Closer", "Reviser", "pointer", "pointers"]

Attributes = dict[str, str]
Closer = Callable[[Any, int], None]
#: What is done when an element ends, and what is known of it then.
Begun = tuple[Closer | None, Any]
#: Begins the key of the parts of a deletion in which words were restored.
_RESTORED = "\0restored-"
_SAID = {"high": "high", "medium": "medium", "low": "low", "unknown": "low"}


class Cancel(NamedTuple):
    """An `undo` or a `redo`: its id, what it points to, its stage."""

    id: str
    redo: bool
    targets: tuple[str, ...]
    stage: str


class Reviser(Structure):
    """Keeps the revisions that are open, and gathers all that were found."""

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self.stack: list[tuple[str, Closer | None, Any, str]] = []
        self.names: dict[str, int] = {}  # xml:ids so far, and the text offset of each
        self.change = ""
        self.acts: list[Part] = []
        self.revised: list[int] = []  # the open parts, by their spans
        self.counts = {DELETION: 0, ADDITION: 0}
        self.substs: list[tuple[int, str, list[str], Attributes]] = []
        self.restores: list[str] = []  # the stages of those that are open
        self.resumed: dict[int, int] = {}  # struck spans that go on after words restored in them
        self.order: dict[str, int] = {}  # the campaigns of the header
        self.pointing: list[tuple[str, str, int, int]] = []  # what points where: element, id, place
        self.waiting: dict[str, list[tuple[int, int, int]]] = {}
        self.cancels: list[Cancel] = []
        self.joins: list[tuple[str, ...]] = []

    def _revision(self, local: str, attributes: Attributes, start: int, end: int) -> Begun:
        kind = table.REVISIONS[local]
        if self.unread and not self.in_note:
            return None, None
        if self._is_restored():
            if self.stack[-1][0] == "subst":
                self.substs[-1][2].append(kind)
            k = self.open(f"undone-{kind}", "", start, end)
            stage = self._stage(attributes, None)
            self.ids[k] = f"{stage} {self.restores[-1] or stage}"
            return self._close_span_plain, k
        k = self._part(kind, attributes.get("xml:id", ""), attributes, start, end)
        return self._end_part, k

    def _is_restored(self) -> bool:
        """Whether an element that begins now is what a `restore` is about: it stands in it, or in
        its `subst`."""
        around = [each[0] for each in self.stack[-2:]]
        return around[-1:] == ["restore"] or around == ["restore", "subst"]

    def _close_span_plain(self, k: int, at: int) -> None:
        self.close(k, at)

    def _part(self, kind: str, id_: str, attributes: Attributes, start: int, end: int) -> int:
        k = self.open(kind, "", start, end)
        part = Part(k, kind, id_, self.revised[-1] if self.revised else -1)
        subst = None
        if self.substs and self.stack[-1][0] == "subst":
            number, name, kinds, subst = self.substs[-1]
            part.subst = number, name
            kinds.append(kind)
        part.stage = self._stage(attributes, subst)
        hand = attributes.get("hand") or (subst or {}).get("hand")
        part.hand = pointer(hand) if hand else None
        cert = attributes.get("cert") or (subst or {}).get("cert") or "high"
        part.cert = _SAID.get(cert, "high")
        part.cause = attributes.get("cause") or (subst or {}).get("cause", "")
        part.prev = pointer(attributes.get("prev", ""))
        self.acts.append(part)
        self.revised.append(k)
        self.counts[kind] += 1
        return k

    def _stage(self, attributes: Attributes, subst: Attributes | None) -> str:
        if self.change:
            return self.change
        if attributes.get("instant") == "true":
            return "draft"
        seq = attributes.get("seq") or (subst or {}).get("seq")
        return f"seq-{int(seq)}" if seq and seq.isdecimal() and len(seq) < 9 else ""

    def _end_part(self, k: int, at: int) -> None:
        k = self.resumed.pop(k, k)
        self.close(k, at)
        self._part_closed(k)

    def _part_closed(self, k: int) -> None:
        if k in self.revised:
            self.revised.remove(k)
        self.counts[self.kinds[k]] -= 1

    def _crossing(self, local: str, attributes: Attributes, start: int, end: int) -> Begun:
        if self.unread and not self.in_note:
            return None, None
        target = pointer(attributes.get("spanTo", ""))
        if not target:
            self.tell("tei-span", start, end, f"<{local}> without spanTo")
        elif target in self.names:
            self.tell("tei-span", start, end, f"<{local}> points back to #{target}")
        elif sum(map(len, self.waiting.values())) >= MAX_DEPTH:
            self.tell("tei-span", start, end, f"{MAX_DEPTH} others are open, and it is the next")
        else:
            kind = table.CROSSING[local]
            k = self._part(kind, attributes.get("xml:id", ""), attributes, start, end)
            self.waiting.setdefault(target, []).append((k, start, end))
        return None, None

    def _dangling(self) -> None:
        """Spans whose end never came: they end where they begin."""
        for target, rows in self.waiting.items():
            for k, start, end in rows:
                self.tell("tei-span", start, end, f"nothing is called #{target}")
                self.kinds[k] = ""
        gone = {k for rows in self.waiting.values() for k, _, _ in rows}
        if gone:
            self.acts = [part for part in self.acts if part.of not in gone]
            for part in self.acts:
                if part.parent in gone:
                    part.parent = -1

    def _subst(self, local: str, attributes: Attributes, start: int, end: int) -> Begun:
        self.substs.append((start, attributes.get("xml:id", ""), [], attributes))
        return self._end_subst, (start, end)

    def _end_subst(self, place: tuple[int, int], at: int) -> None:
        _, _, kinds, _ = self.substs.pop()
        if self.unread:
            return
        missing = [f"<{name}>" for name in (DELETION, ADDITION) if name not in kinds]
        if missing:
            self.tell("tei-subst", *place, f"no {' and no '.join(missing)} in it")

    def _restore(self, local: str, attributes: Attributes, start: int, end: int) -> Begun:
        stage = pointer(attributes.get("change", "")) or self.change
        self.restores.append(stage)
        inside = self.stack[-1][0] if self.stack else ""
        top = self.revised[-1] if self.revised else -1
        if inside != DELETION or top < 0 or self.kinds[top] != DELETION or self.unread:
            return self._end_restore, None
        # Words in a deletion are restored: it stops here, and goes on after them.
        self.close(top, start)
        self._part_closed(top)
        part = next(each for each in reversed(self.acts) if each.of == top)
        k = self.open(f"undone-{DELETION}", f"{part.stage} {stage or part.stage}", start, end)
        return self._resume, (part, k)

    def _resume(self, data: tuple[Part, int], at: int) -> None:
        part, restored = data
        self.restores.pop()
        self.close(restored, at)
        part.part_of = part.part_of or f"{_RESTORED}{part.of}"
        k = self.open(DELETION, "", at, at)
        more = Part(k, DELETION, "", part.parent)
        more.stage, more.hand, more.cert = part.stage, part.hand, part.cert
        more.part_of, more.subst = part.part_of, part.subst
        self.acts.append(more)
        self.revised.append(k)
        self.counts[DELETION] += 1
        first = next((a for a, b in self.resumed.items() if b == part.of), part.of)
        self.resumed[first] = k

    def _end_restore(self, _: object, at: int) -> None:
        self.restores.pop()

    def _cancel(self, local: str, attributes: Attributes, start: int, end: int) -> Begun:
        if "spanTo" in attributes:
            self.tell("tei-span", start, end, f"<{local}> over a range; redline reads its target")
        self._points(local, attributes, start, end)
        self.cancels.append(
            Cancel(attributes.get("xml:id", ""), local == "redo",
                   pointers(attributes.get("target", "")), self.change)
        )
        return None, None

    def _join(self, local: str, attributes: Attributes, start: int, end: int) -> Begun:
        self.joins.append(pointers(attributes.get("target", "")))
        self._points(local, attributes, start, end)
        return None, None

    def _points(self, local: str, attributes: Attributes, start: int, end: int) -> None:
        for name in attributes.get("target", "").split():
            self.pointing.append((local, name, start, end))

    def _pointing_nowhere(self) -> None:
        """What points to nothing in the file does nothing, and that is said."""
        for local, name, start, end in self.pointing:
            if name[:1] != "#" or name[1:] not in self.names:
                self.tell("tei-pointer", start, end, f"<{local}> points to {name}, not in the file")


def pointer(value: str) -> str:
    """The first thing a value points to in the same file."""
    names = pointers(value)
    return names[0] if names else ""


def pointers(value: str) -> tuple[str, ...]:
    """All that a value points to in the same file."""
    return tuple(each[1:] for each in value.split() if each.startswith("#"))
