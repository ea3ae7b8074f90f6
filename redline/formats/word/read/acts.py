"""From changed characters to acts: what touches and has one author and stage is one.

In a file that redline wrote, what has other seconds is another act; see
`redline.formats.word.changes`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from redline.formats.word.names import AUTHOR, WITHIN
from redline.formats.word.read.parts import Region
from redline.model import Act, Hand, Stage
from redline.spans import ADDITION, DELETION, MAX_DEPTH

__all__ = ["Acts", "Mark", "gather"]

_RULE = "Word"
_NO_NAME = re.compile(r"[^\w.-]+")
_DRAFT = Stage("draft", "as first written")
#: Minutes that one change may be put apart from another of its stage.
_APART = 5
_MINUTE = re.compile(r"(T\d\d:\d)(\d)(:\d\d)")
_SECONDS = re.compile(r"(?<=T\d\d:\d\d:)\d\d")


class Mark(NamedTuple):
    """A struck or added span: its place, the number of its act, its source."""

    start: int
    end: int
    kind: str
    act: int
    extent: tuple[int, int]


class Acts(NamedTuple):
    """The acts, without their parts; the marks that are those; who did it, and when."""

    rows: list[Act]
    marks: list[Mark]
    stages: tuple[Stage, ...]
    hands: tuple[Hand, ...]


class _Merged:
    __slots__ = (
        *("act", "author", "end", "extents", "kind", "move", "parent", "second", "stage", "start"),
    )

    def __init__(self, region: Region, author: str, stage: str, second: str) -> None:
        self.kind = region.kind
        self.author = author
        self.stage = stage
        self.second = second
        self.move = region.move
        self.start = region.start
        self.end = region.end
        self.extents = [(region.start, region.end, region.extent)]
        self.act = -1
        self.parent: _Merged | None = None


def gather(
    regions: Sequence[Region], leaves: Sequence[tuple[int, int]],
    said: Sequence[Sequence[str]], edges: Mapping[int, int],
) -> Acts:
    """The acts of a file. `said` are the stages that its properties name: date, id, day, label.

    `edges` are where the edges of pages begin and end in the text: what goes on after one touches
    what is before it.
    """
    stages = _Stages(regions, said)
    hands = _Hands()
    merged = _merge(regions, stages, hands, edges)
    kept, marks = _cut(merged, leaves)
    for number, one in enumerate(kept):
        one.act = number
    of = _united(kept)
    groups: dict[int, list[_Merged]] = {}
    for one in kept:
        groups.setdefault(of[one.act], []).append(one)
    names = {first: f"r{n}" for n, first in enumerate(groups, 1)}
    rows = []
    order = {first: n for n, first in enumerate(groups)}
    for first, group in groups.items():
        kinds = {one.kind for one in group}
        kind = "substitution" if len(kinds) == 2 else group[0].kind
        kind = {DELETION: "deletion", ADDITION: "addition"}.get(kind, kind)
        if len(kinds) == 2 and group[0].move:
            kind = "transposition"
        around = group[0].parent
        while around is not None and (around.act < 0 or of[around.act] == first):
            around = around.parent
        within = names[of[around.act]] if around is not None else None
        rows.append(Act(names[first], kind, (), _RULE, "high", group[-1].stage,
                        hands.ids.get(group[0].author), within))
    marks = [mark._replace(act=order[of[mark.act]]) for mark in marks]
    return Acts(rows, marks, stages.rows(), hands.rows())


def _merge(
    regions: Sequence[Region], stages: _Stages, hands: _Hands, edges: Mapping[int, int]
) -> list[_Merged]:
    """Regions that touch, of one kind, author, stage and move, are one."""
    out: list[_Merged] = []
    last: dict[tuple[str, ...], _Merged] = {}
    order = sorted(range(len(regions)),
                   key=lambda k: (regions[k].start, -regions[k].end, k))
    for k in order:
        region = regions[k]
        if region.start == region.end:
            continue
        author = hands.take(region.author)
        stage = stages.of(region.date)
        second = stages.second(region.date)
        key = (region.kind, author, stage, second, region.move)
        before = last.get(key)
        if before is not None and region.start <= _over(edges, before.end):
            if region.end > before.end:
                before.extents.append((before.end, region.end, region.extent))
                before.end = region.end
            continue
        last[key] = made = _Merged(region, author, stage, second)
        out.append(made)
    return out


def _over(edges: Mapping[int, int], at: int) -> int:
    """A place, or where the edges of pages end that begin there."""
    while at in edges:
        at = edges[at]
    return at


def _cut(
    merged: list[_Merged], leaves: Sequence[tuple[int, int]]
) -> tuple[list[_Merged], list[Mark]]:
    """The acts that stand in the text, and their marks: one for each block they stand in."""
    merged.sort(key=lambda one: (one.start, -one.end))
    starts = [leaf[0] for leaf in leaves]
    kept: list[_Merged] = []
    marks: list[Mark] = []
    live: list[_Merged] = []
    for one in merged:
        live = [each for each in live if each.end > one.start][-MAX_DEPTH:]
        around = next((each for each in reversed(live) if each.end >= one.end), None)
        one.parent = around
        live.append(one)
        k = max(0, bisect_right(starts, one.start) - 1)
        found = []
        while k < len(leaves) and leaves[k][0] < one.end:
            first, last = max(one.start, leaves[k][0]), min(one.end, leaves[k][1])
            if first < last:
                found.append(Mark(first, last, one.kind, len(kept), one.extents[0][2]))
            k += 1
        if found:
            at = 0
            for mark in found:
                while at + 1 < len(one.extents) and one.extents[at][1] <= mark.start:
                    at += 1
                stop = at
                while stop + 1 < len(one.extents) and one.extents[stop + 1][0] < mark.end:
                    stop += 1
                extent = one.extents[at][2][0], max(each[2][1] for each in one.extents[at:stop + 1])
                marks.append(mark._replace(extent=(min(extent), extent[1])))
            one.act = len(kept)
            kept.append(one)
    return kept, marks


def _united(kept: Sequence[_Merged]) -> list[int]:
    """For every change the first of those that are one act with it.

    The two halves of a move are one; so are a deletion and an addition that touch, of one author
    and stage.
    """
    of = list(range(len(kept)))
    moves: dict[str, list[int]] = {}
    ends: dict[tuple[int, str, str, str], int] = {}
    single = set(of)
    for k, one in enumerate(kept):
        if one.move:
            moves.setdefault(one.move, []).append(k)
    for numbers in moves.values():
        if {kept[k].kind for k in numbers} == {DELETION, ADDITION}:
            for k in numbers:
                of[k] = numbers[0]
            single.difference_update(numbers)
    for k, one in enumerate(kept):
        before = ends.get((one.start, one.author, one.stage, one.second))
        if (
            before is not None and before in single and k in single
            and kept[before].kind != one.kind
        ):
            of[k] = before
            single -= {before, k}
        ends[one.end, one.author, one.stage, one.second] = k
    return of


# -- who and when ---------------------------------------------------------------------------------


class _Hands:
    """Authors as hands. The one that redline writes where no hand is known is none."""

    def __init__(self) -> None:
        self.ids: dict[str, str] = {}
        self._taken: dict[str, int] = {}

    def take(self, author: str) -> str:
        author = author.strip().removesuffix(WITHIN)
        if author and author != AUTHOR and author not in self.ids:
            name = free = _NO_NAME.sub("-", author).strip("-.") or "hand"
            while free in self._taken:
                self._taken[name] += 1
                free = f"{name}-{self._taken[name]}"
            self._taken[free] = 1
            self.ids[author] = free
        return author

    def rows(self) -> tuple[Hand, ...]:
        return tuple(Hand(id_, author) for author, id_ in self.ids.items())


class _Stages:
    """Dates as stages: those that the file's properties name, else one for every day."""

    def __init__(self, regions: Sequence[Region], said: Sequence[Sequence[str]]) -> None:
        self._said: Mapping[str, str] = {row[0]: row[1] for row in said}
        self._rows: list[Stage] = []
        for row in said:
            self._rows.append(Stage(row[1], row[3] or row[1], row[2] or None))
        unknown = {region.date for region in regions if self._named(region.date) is None}
        days = sorted({date[:10] for date in unknown})
        taken = {row.id for row in self._rows}
        self._days: dict[str, str] = {}
        for n, day in enumerate(days, 1):
            name = "revision" if len(days) == 1 and "revision" not in taken else f"revision-{n}"
            while name in taken:
                name += "a"
            taken.add(name)
            self._days[day] = name
            label = f"changes of {day}" if day else "changes without a date"
            self._rows.append(Stage(name, label, day or None))

    def _named(self, date: str) -> str | None:
        date = _SECONDS.sub("00", date) if self._said else date
        found = self._said.get(date)
        if found is None:
            # Five minutes apart: see `redline.formats.word.changes`.
            earlier = _MINUTE.sub(lambda m: f"{m[1]}{(int(m[2]) - _APART) % 10}{m[3]}", date, 1)
            found = self._said.get(earlier)
        return found

    def second(self, date: str) -> str:
        """What tells a change from others of its stage, where redline wrote it."""
        match = _SECONDS.search(date) if self._named(date) is not None else None
        return match[0] if match else ""

    def of(self, date: str) -> str:
        """The stage of a date."""
        return self._named(date) or self._days[date[:10]]

    def rows(self) -> tuple[Stage, ...]:
        """All stages: the draft first."""
        known = [row for row in self._rows if row.id == "draft"] or [_DRAFT]
        rest = [row for row in self._rows if row.id != "draft"]
        return (*known, *(rest or [Stage("revision", "editorial revision")]))
