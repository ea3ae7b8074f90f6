"""The words of a revised paper in one row: once what nobody revised, and at each revision the
wording of every stage, one after the other."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

from redline.collation.numerals import number
from redline.collation.spelling import standard
from redline.model import Document
from redline.reading import hiding
from redline.spans import ADDITION, DELETION, Span, runs

__all__ = ["TOKEN", "Row", "Slot", "Wording", "key"]

#: What is compared: words with their hyphens, and every sign.
TOKEN = re.compile(r"\w+(?:[-‐‑]\w+)*|[^\w\s]")
_TAIL = re.compile(r"[\w‐‑-]+\Z")
_HEAD = re.compile(r"[\w‐‑-]+")
_HYPHEN = re.compile(r"[-‐‑]")
#: Places where more acts meet are told by the wordings of whole stages alone.
_TOGETHER = 6


def key(word: str) -> str:
    """A word without what is accidental in it: capitals, spelling, hyphens, a number's form."""
    value = number(word)
    if value is not None:
        return repr(value)
    return standard(_HYPHEN.sub("", word)) or word


class _Piece(NamedTuple):
    """Some text, and the acts that strike it or put it in; of no act where it is common."""

    text: str
    deleted: frozenset[str]
    added: frozenset[str]


class Wording(NamedTuple):
    """What stands at a place when just `force`, of all acts there, are in force."""

    words: tuple[str, ...]
    keys: tuple[str, ...]
    force: frozenset[str]


@dataclass
class Slot:
    """A place at which the paper was revised: each wording there may be, and whose acts make it.

    `wordings` begin with the final one; of those that read alike there is one, the nearest to
    the final. `size` words of the row from `at` on are those of its stages, `block` are those of
    the block it stands in; `found` says for
    each act what the print has, `b` where.
    """

    pieces: list[_Piece]
    acts: set[str]
    at: int = 0
    size: int = 0
    block: range = range(0)
    stages: list[frozenset[str]] = field(default_factory=list)
    wordings: list[Wording] = field(default_factory=list)
    found: dict[str, str] = field(default_factory=dict)
    b: tuple[int, int] = (0, 0)

    def text(self, force: frozenset[str]) -> str:
        """The text with some of the acts in force."""
        return "".join(
            piece.text
            for piece in self.pieces
            if piece.added <= force and piece.deleted.isdisjoint(force)
        )

    def told(self, wording: Wording, names: Sequence[str]) -> dict[str, str]:
        """For each act the stage that a wording has: the final one where the act is in force, or
        else the latest without it; an act that changes nothing there has none."""
        reached = [n for n, force in enumerate(self.stages) if force == wording.force]
        stopped = names[reached[-1]] if reached else names[0]
        found = {}
        for act in self.acts:
            if self.text(wording.force ^ {act}) == self.text(wording.force):
                continue
            if act in wording.force:
                found[act] = names[-1]
            else:
                found[act] = stopped if stopped != names[-1] else names[0]
        return found


def _of_stages(slot: Slot) -> list[list[str]]:
    """The words of each stage, each wording once, oldest first."""
    out: list[list[str]] = []
    for force in slot.stages:
        words = TOKEN.findall(slot.text(force))
        if words not in out:
            out.append(words)
    return out


class Row:
    """All words of a paper in one row; `slot_of[k]` is the slot of word k, -1 for a common one."""

    def __init__(self, document: Document, stages: Sequence[str]) -> None:
        self.stages = stages
        self.words: list[str] = []
        self.slot_of: list[int] = []
        self.slots: list[Slot] = []
        rank = {stage: n for n, stage in enumerate(stages)}
        last = len(stages) - 1
        act_rank = {act.id: rank.get(act.stage, last) for act in document.acts}
        for items in _leaves(document, stages):
            begin, first = len(self.words), len(self.slots)
            for item in _whole_words(items):
                if isinstance(item, str):
                    found = TOKEN.findall(item)
                    self.words += found
                    self.slot_of += [-1] * len(found)
                    continue
                item.at = len(self.words)
                item.stages = [
                    frozenset(act for act in item.acts if act_rank[act] <= n)
                    for n in range(len(stages))
                ]
                item.wordings = list(_wordings(item))
                for words in _of_stages(item):
                    self.words += words
                    self.slot_of += [len(self.slots)] * len(words)
                item.size = len(self.words) - item.at
                self.slots.append(item)
            for slot in self.slots[first:]:
                slot.block = range(begin, len(self.words))


def _wordings(slot: Slot) -> Iterator[Wording]:
    """Every wording there may be, the nearest to the final one first."""
    acts = frozenset(slot.acts)
    forces = list(reversed(slot.stages))
    if len(acts) <= _TOGETHER:
        forces += [
            acts.difference(gone)
            for count in range(1, len(acts) + 1)
            for gone in combinations(sorted(acts), count)
        ]
    seen = set()
    for force in forces:
        words = tuple(TOKEN.findall(slot.text(force)))
        if words not in seen:
            seen.add(words)
            yield Wording(words, tuple(map(key, words)), force)


def _leaves(document: Document, stages: Sequence[str]) -> Iterator[list[str | Slot]]:
    """The blocks, each as text that all stages have and slots, in turn."""
    hidden = [set(hiding(document, stage)) for stage in stages]
    always = set.intersection(*hidden)
    decisions = document.decisions
    spans = [span for span in document.spans if span.start < span.end]
    covers = [span for span in spans if span.kind in (DELETION, ADDITION) or span in always]
    starts = [span.start for span in covers]
    carried: list[Span] = []
    k = 0
    for first, last in document.leaves():
        carried = [span for span in carried if span.end > first]
        until = bisect_left(starts, last, k)
        mine = [*carried, *covers[k:until]]
        carried, k = [*carried, *(span for span in covers[k:until] if span.end > last)], until
        items: list[str | Slot] = []
        for run in runs(mine, first, last):
            text = document.text[max(run.start, first) : min(run.end, last)]
            if not text or always.intersection(run.spans):
                continue
            free = [span for span in run.spans if span.id not in decisions]
            acts = [
                frozenset(span.id for span in free if span.kind == kind)
                for kind in (DELETION, ADDITION)
            ]
            if any(acts):
                _append(items, Slot([_Piece(text, *acts)], {*acts[0], *acts[1]}))
            else:
                items.append(text)
        yield items


def _append(items: list[str | Slot], slot: Slot) -> None:
    """Put a slot at the end: one with the slot before it that it touches, or shares an act with
    over a space."""
    if items and isinstance(items[-1], Slot):
        _join(items[-1], slot)
        return
    if len(items) > 1 and isinstance(items[-1], str) and items[-1].isspace():
        before = items[-2]
        if isinstance(before, Slot) and before.acts & slot.acts:
            before.pieces.append(_common(str(items.pop())))
            _join(before, slot)
            return
    items.append(slot)


def _common(text: str) -> _Piece:
    return _Piece(text, frozenset(), frozenset())


def _join(slot: Slot, other: Slot) -> None:
    slot.pieces += other.pieces
    slot.acts |= other.acts


def _whole_words(items: list[str | Slot]) -> list[str | Slot]:
    """The same with no word cut in two: letters beside a slot that belong to its word are its."""
    out: list[str | Slot] = []
    for item in items:
        if isinstance(item, Slot):
            before = out[-1] if out else ""
            if isinstance(before, str):
                tail = _TAIL.search(before)
                if tail and any(_HEAD.match(piece.text) for piece in _firsts(item.pieces)):
                    out[-1] = before[: tail.start()]
                    item.pieces.insert(0, _common(tail[0]))
                    if not out[-1] and len(out) > 1 and isinstance(out[-2], Slot):
                        out.pop()
            if out and isinstance(out[-1], Slot):
                _join(out[-1], item)
            else:
                out.append(item)
            continue
        if out and isinstance(out[-1], Slot):
            head = _HEAD.match(item)
            if head and any(_TAIL.search(piece.text) for piece in _firsts(out[-1].pieces[::-1])):
                out[-1].pieces.append(_common(head[0]))
                item = item[head.end() :]
                if not item:
                    continue
        out.append(item)
    return out


def _firsts(pieces: Sequence[_Piece]) -> Iterator[_Piece]:
    """The pieces that may stand at the edge: up to the first that always stands there."""
    for piece in pieces:
        yield piece
        if not (piece.deleted or piece.added):
            return
