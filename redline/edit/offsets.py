"""What an edit did to a text, as a value: it maps offsets, inverts, composes.

Nothing here knows documents: an `Edit` is about two texts, the one before and the one after.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Literal, NamedTuple

from redline.diagnostics import EditError

__all__ = ["Change", "Edit", "Side"]

#: Where an offset goes when text is inserted just there: before that text, or after it.
Side = Literal["before", "after"]


class Change(NamedTuple):
    """`removed` stood from `start` on, in the text before; `inserted` stands there now."""

    start: int
    removed: str
    inserted: str

    @property
    def end(self) -> int:
        """Where what was removed ended."""
        return self.start + len(self.removed)


@dataclass(frozen=True)
class Edit:
    """The changes that make one text of another, in order; kept text parts any two of them.

    >>> edit = Edit((Change(4, "old", "new"),))
    >>> edit.apply("the old pier")
    'the new pier'
    >>> edit.map(8), edit.inverse.apply("the new pier")
    (8, 'the old pier')
    """

    changes: tuple[Change, ...] = ()

    def __post_init__(self) -> None:
        """Raises `EditError` for changes that are not in order and apart (see `Edit.of`)."""
        for one, other in pairwise(self.changes):
            if other.start < one.end:
                raise EditError(
                    f"changes at {one.start} and {other.start}: not in order, or not apart"
                )

    def __bool__(self) -> bool:
        """Whether the text changed."""
        return bool(self.changes)

    @cached_property
    def _starts(self) -> list[int]:
        return [change.start for change in self.changes]

    @cached_property
    def _shifts(self) -> list[int]:
        """How far what follows change k - 1 has moved."""
        return list(accumulate((len(c.inserted) - len(c.removed) for c in self.changes), initial=0))

    def map(self, offset: int, side: Side = "after") -> int:
        """Where an offset of the text before is in the text after.

        One inside of what was removed goes to an end of what stands there now, and so does one
        at a mere insertion: `side` says to which. Raises `EditError` for a negative offset.
        """
        if offset < 0:
            raise EditError(f"{offset} is no offset of a text: they begin at 0")
        k = bisect_right(self._starts, offset) - 1
        if k < 0:
            return offset
        change = self.changes[k]
        if offset > change.end or (offset == change.end and change.removed):
            return offset + self._shifts[k + 1]
        if change.removed and offset == change.start:
            return offset + self._shifts[k]
        at = change.start + self._shifts[k]
        return at if side == "before" else at + len(change.inserted)

    def map_range(self, start: int, end: int) -> tuple[int, int]:
        """Where a range is afterwards; text inserted at its edges stays outside."""
        first = self.map(start, "after")
        return first, max(first, self.map(end, "before"))

    def apply(self, text: str) -> str:
        """The text after, from the one before. Raises `EditError` for any other text."""
        out: list[str] = []
        at = 0
        for change in self.changes:
            if not text.startswith(change.removed, change.start) or change.start > len(text):
                raise EditError(
                    f"not the text this edit was made on: at {change.start} it has "
                    f"{text[change.start : change.end]!r} for {change.removed!r}"
                )
            out += (text[at : change.start], change.inserted)
            at = change.end
        return "".join(out) + text[at:]

    @cached_property
    def inverse(self) -> Edit:
        """The edit that undoes this one."""
        return Edit(
            tuple(
                Change(change.start + shift, change.inserted, change.removed)
                for change, shift in zip(self.changes, self._shifts, strict=False)
            )
        )

    def then(self, other: Edit) -> Edit:
        """Both edits as one; `other` is about the text this one makes.

        Changes that touch become one, so an offset inside of it goes to its ends.
        """
        return Edit(tuple(_composed(self.inverse.changes, self._shifts, other.changes)))

    @classmethod
    def of(cls, changes: Iterable[Change]) -> Edit:
        """The edit of these changes, in any order; those that touch are made one.

        Raises `EditError` where two are about the same characters.
        """
        made: list[Change] = []
        for change in sorted(changes, key=lambda each: (each.start, each.end)):
            if made and change.start < made[-1].end:
                raise EditError(f"two changes at {change.start}")
            if made and change.start == made[-1].end:
                last = made.pop()
                change = Change(
                    last.start, last.removed + change.removed, last.inserted + change.inserted
                )
            made.append(change)
        return cls(tuple(change for change in made if change.removed != change.inserted))


def _composed(
    back: tuple[Change, ...], shifts: list[int], after: tuple[Change, ...]
) -> Iterable[Change]:
    """One pass over the text between: `back` are the first edit's changes as seen from there
    (what it put there is `removed`), `after` those of the second."""
    i = j = 0
    while i < len(back) or j < len(after):
        start = min(each[k].start for each, k in ((back, i), (after, j)) if k < len(each))
        shift = shifts[i]
        end = start
        first_i, first_j = i, j
        while True:
            if i < len(back) and back[i].start <= end:
                end = max(end, back[i].end)
                i += 1
            elif j < len(after) and after[j].start <= end:
                end = max(end, after[j].end)
                j += 1
            else:
                break
        ours, theirs = back[first_i:i], after[first_j:j]
        removed = _filled(ours, theirs, start, end)
        inserted = _filled(theirs, ours, start, end)
        if removed != inserted:
            yield Change(start - shift, removed, inserted)


def _filled(changes: tuple[Change, ...], others: tuple[Change, ...], start: int, end: int) -> str:
    """[start, end) of the text between with `changes` carried out; what no change is about,
    one of `others` removes, and so has."""
    out: list[str] = []
    at = start
    starts = [other.start for other in others]
    for change in (*changes, Change(end, "", "")):
        k = max(0, bisect_left(starts, at) - 1)
        while at < change.start:
            other = others[k]
            if other.end > at:
                stop = min(other.end, change.start)
                out.append(other.removed[at - other.start : stop - other.start])
                at = stop
            k += 1
        out.append(change.inserted)
        at = max(at, change.end)
    return "".join(out)
