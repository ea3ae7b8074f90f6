"""Acts that no single element holds: `substJoin` says which elements are one intervention."""

from __future__ import annotations

from collections.abc import Sequence

from redline.formats.tei.escape import Ids
from redline.model import Act

__all__ = ["Joins", "joined_acts"]


def joined_acts(acts: Sequence[Act]) -> list[list[int]]:
    """The numbers of acts that belong together by `Act.joined`, group by group."""
    joining = [n for n, act in enumerate(acts) if act.joined]
    if not joining:
        return []
    number = {act.id: n for n, act in enumerate(acts)}
    group_of: dict[int, list[int]] = {}
    for n in joining:
        for id_ in acts[n].joined:
            other = number.get(id_, n)
            mine, theirs = group_of.setdefault(n, [n]), group_of.setdefault(other, [other])
            if mine is theirs:
                continue
            if len(mine) < len(theirs):
                mine, theirs = theirs, mine
            mine += theirs
            for each in theirs:
                group_of[each] = mine
    groups = {id(group): group for group in group_of.values() if len(group) > 1}
    return [sorted(group) for group in groups.values()]


class Joins:
    """Keeps count of the elements written for such acts, and says when all are there."""

    def __init__(
        self, expected: Sequence[int], names: Sequence[str], groups: list[list[int]], ids: Ids
    ) -> None:
        """`expected`: how many elements each act takes."""
        self._expected = expected
        self._names = names
        self._ids = ids
        self._parts: dict[int, list[str]] = {}  # the ids of an act's parts so far
        self._ended: dict[int, int] = {}  # how many of them are closed
        self._group_of = {n: group for group in groups for n in group}
        self._left = {id(group): len(group) for group in groups}

    def part(self, n: int) -> str:
        """The `xml:id` of the next part of act n, where each is an element of its own."""
        parts = self._parts.setdefault(n, [])
        parts.append(self._ids.take(f"{self._names[n]}.{len(parts) + 1}"))
        return parts[-1]

    def end_part(self, n: int) -> str:
        """What follows a closed part of act n: nothing, or what joins all its parts."""
        self._ended[n] = self._ended.get(n, 0) + 1
        if self._ended[n] != self._expected[n]:
            return ""
        return _join(self._parts[n]) + self.end(n)

    def end(self, n: int) -> str:
        """What follows act n: nothing, or what joins it to others."""
        group = self._group_of.get(n)
        if group is None:
            return ""
        self._left[id(group)] -= 1
        if self._left[id(group)]:
            return ""
        return _join([id_ for each in group for id_ in self._parts.get(each, [self._names[each]])])


def _join(names: list[str]) -> str:
    return f'<substJoin target="{" ".join(f"#{name}" for name in names)}"/>'
