"""More than two texts laid beside each other: a table of places, with what each witness has there.

>>> from redline.collation.witnesses import collate
>>> table = collate({"A": "a big red house", "B": "a red house", "C": "a big blue house"})
>>> for row in table.joined().rows:
...     print([" ".join(reading.sigla) + ": " + reading.text for reading in table.readings(row)])
['A B C: a']
['A C: big', 'B: ']
['A B: red', 'C: blue']
['A B C: house']
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import count
from typing import NamedTuple

from redline.collation.progressive import Likeness, columns
from redline.collation.transpositions import Move, moves
from redline.collation.units import UNITS, units
from redline.diagnostics import RedlineError

__all__ = ["Reading", "Row", "Table", "Transposition", "WitnessError", "collate"]

_NOTHING = -1


class WitnessError(RedlineError):
    """Witnesses that cannot be collated: fewer than two, or two of one name."""


class Row(NamedTuple):
    """One place. For each witness its range of text there, and the number of its reading.

    A range (code points, half-open) takes in the white space that follows, at the beginning of
    a text also what goes before; it is empty, or white space alone, where the witness has
    nothing. Witnesses of one number read alike but for white space; -1 is nothing. Numbers rise
    with the witnesses.
    """

    cells: tuple[tuple[int, int], ...]
    readings: tuple[int, ...]

    @property
    def agrees(self) -> bool:
        """Whether all witnesses have the same here."""
        return len(set(self.readings)) < 2


class Reading(NamedTuple):
    """What some witnesses have at a place: without white space around it, "" for nothing."""

    sigla: tuple[str, ...]
    text: str


class Transposition(NamedTuple):
    """Words that stand at two places: some witnesses have them at one, some at the other.

    The rows are half-open ranges of `Table.rows`; `here` comes before `there`.
    """

    text: str
    here: tuple[int, int]
    here_sigla: tuple[str, ...]
    there: tuple[int, int]
    there_sigla: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a collation. The cells of a witness, one after another, are its text."""

    sigla: tuple[str, ...]
    texts: tuple[str, ...]
    unit: str
    rows: tuple[Row, ...]
    transpositions: tuple[Transposition, ...]
    #: False: a deadline passed, and the rows are right but coarser than they might be.
    exact: bool

    def text(self, siglum: str) -> str:
        """The text of a witness, put together from its cells."""
        k = self.sigla.index(siglum)
        text = self.texts[k]
        return "".join(text[start:end] for start, end in (row.cells[k] for row in self.rows))

    def readings(self, row: Row) -> tuple[Reading, ...]:
        """The readings of a row, each with its witnesses; as the first of them has it."""
        groups: dict[int, list[int]] = {}
        for k, number in enumerate(row.readings):
            groups.setdefault(number, []).append(k)
        return tuple(
            Reading(tuple(self.sigla[k] for k in group), self._cell(row, group[0]).strip())
            for group in groups.values()
        )

    def _cell(self, row: Row, k: int) -> str:
        start, end = row.cells[k]
        return self.texts[k][start:end]

    def variants(self) -> Iterator[Row]:
        """The rows in which not all witnesses agree."""
        return (row for row in self.rows if not row.agrees)

    def joined(self) -> Table:
        """The table with neighbouring rows made one where they part the witnesses alike.

        So a phrase that stands for another is one place, and so is what all have in common.
        """
        rows: list[Row] = []
        became: list[int] = []
        parted: tuple[int, ...] | None = None
        for row in self.rows:
            parts = _renumbered(row.readings)
            if parts == parted:
                rows[-1] = _together(rows[-1], row, parts)
            else:
                rows.append(row)
                parted = parts
            became.append(len(rows) - 1)
        moved = (
            each._replace(here=_mapped(each.here, became), there=_mapped(each.there, became))
            for each in self.transpositions
        )
        return replace(
            self,
            rows=tuple(rows),
            transpositions=tuple(each for each in moved if each.here != each.there),
        )


def collate(
    witnesses: Mapping[str, str] | Iterable[tuple[str, str]],
    unit: str = "word",
    *,
    deadline: float | None = None,
) -> Table:
    """Lay texts beside each other, by units (one of `units.UNITS`) that are compared literally.

    `witnesses` are texts by siglum. Their order is the order of the cells and nothing else:
    the rows are the same in any. `deadline`, in seconds, bounds the search; past it the table
    still holds, and `exact` is False. Raises `WitnessError` for fewer than two witnesses, and
    where two have one siglum.
    """
    pairs = list(witnesses.items() if isinstance(witnesses, Mapping) else witnesses)
    sigla = tuple(siglum for siglum, _ in pairs)
    texts = tuple(text for _, text in pairs)
    if len(pairs) < 2:
        raise WitnessError(f"a collation takes two witnesses or more, not {len(pairs)}")
    twice = sorted({siglum for siglum in sigla if sigla.count(siglum) > 1})
    if twice:
        raise WitnessError(f"two witnesses are called {twice[0]!r}; give each its own siglum")
    if unit not in UNITS:
        raise WitnessError(f"no unit {unit!r}; there are {', '.join(UNITS)}")
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    split = [_tokens(text, unit, numbers) for text in texts]
    # An order of their own, so that the caller's makes no difference.
    order = sorted(range(len(texts)), key=texts.__getitem__)
    likeness = _likeness(list(numbers), unit)
    found = columns([split[k].items for k in order], likeness, deadline=deadline)
    at = [found.at[order.index(k)] for k in range(len(texts))]
    items = [tokens.items for tokens in split]
    return Table(
        sigla,
        texts,
        unit,
        tuple(_rows(split, at, found.count, texts)),
        tuple(
            _transposition(move, sigla, texts, split) for move in moves(items, at, list(numbers))
        ),
        found.exact,
    )


# -- texts as sequences -----------------------------------------------------------------------


class _Tokens(NamedTuple):
    """The units of a text but white space, as numbers; each ends before the next begins."""

    items: list[int]
    starts: list[int]


def _tokens(text: str, unit: str, numbers: defaultdict[str, int]) -> _Tokens:
    items: list[int] = []
    starts: list[int] = []
    for start, end in zip(*units(text, unit), strict=True):
        words = text[start:end].split()
        if words:
            items.append(numbers[" ".join(words)])
            starts.append(start)
    return _Tokens(items, starts)


def _likeness(names: Sequence[str], unit: str) -> Likeness:
    """How well two units go into one row.

    Equal ones best; then those that differ in capitals alone; then by what they share. Words
    that share nothing may still stand for each other, but never a word for a stop.
    """
    wordy = [any(map(str.isalnum, name)) for name in names]

    @cache
    def parts(k: int) -> frozenset[str]:
        name = names[k].casefold()
        if unit not in ("char", "word"):
            return frozenset(name.split())
        return frozenset(map("".join, zip(f" {name}", f"{name} ", strict=True)))

    @cache
    def likeness(a: int, b: int) -> float:
        if a == b:
            return 2.0
        if wordy[a] != wordy[b]:
            return 0.0
        if names[a].casefold() == names[b].casefold():
            return 1.5
        one, other = parts(a), parts(b)
        shared = 2 * len(one & other) / (len(one) + len(other))
        return 0.3 + shared if shared >= 0.4 else 0.1

    return likeness


# -- rows ---------------------------------------------------------------------------------------


def _rows(
    split: Sequence[_Tokens], at: Sequence[Sequence[int]], width: int, texts: Sequence[str]
) -> Iterator[Row]:
    """The rows of the columns. White space goes with what stands before it."""
    if not width and any(texts):  # nothing but white space
        yield Row(tuple((0, len(text)) for text in texts), (_NOTHING,) * len(texts))
        return
    ends: list[list[int]] = []
    read: list[list[int]] = []
    for (items, starts), columns_, text in zip(split, at, texts, strict=True):
        stops = [*starts[1:], len(text)]
        first = starts[0] if starts else len(text)
        end = [-1] * width
        own = [_NOTHING] * width
        for item, column, stop in zip(items, columns_, stops, strict=True):
            end[column] = stop
            own[column] = item
        last = first  # white space at the beginning goes to the first row
        for k, stop in enumerate(end):
            if stop < 0:
                end[k] = last
            else:
                last = stop
        ends.append(end)
        read.append(own)
    begin = (0,) * len(texts)
    shared: dict[tuple[int, ...], tuple[int, ...]] = {}
    for stop, own_ in zip(zip(*ends, strict=True), zip(*read, strict=True), strict=True):
        parts = _numbers(own_)
        yield Row(tuple(zip(begin, stop, strict=True)), shared.setdefault(parts, parts))
        begin = stop


def _numbers(items: Sequence[int]) -> tuple[int, ...]:
    """Items by the order in which they first come; nothing stays nothing."""
    if items[0] != _NOTHING and items.count(items[0]) == len(items):
        return (0,) * len(items)
    seen: dict[int, int] = {_NOTHING: _NOTHING}
    return tuple(seen.setdefault(item, len(seen) - 1) for item in items)


def _renumbered(readings: tuple[int, ...]) -> tuple[int, ...]:
    """How a row parts the witnesses, nothing being a reading as others are."""
    if not any(readings):
        return readings
    seen: dict[int, int] = {}
    return tuple(seen.setdefault(number, len(seen)) for number in readings)


def _together(one: Row, other: Row, parts: tuple[int, ...]) -> Row:
    """Two neighbouring rows as one; at most one of the parts has nothing in both."""
    empty = {
        part
        for part, a, b in zip(parts, one.readings, other.readings, strict=True)
        if a == b == _NOTHING
    }
    readings = _numbers([_NOTHING if part in empty else part for part in parts])
    cells = tuple((a[0], b[1]) for a, b in zip(one.cells, other.cells, strict=True))
    return Row(cells, readings)


def _mapped(rows: tuple[int, int], became: Sequence[int]) -> tuple[int, int]:
    return became[rows[0]], became[rows[1] - 1] + 1


def _transposition(
    move: Move, sigla: Sequence[str], texts: Sequence[str], split: Sequence[_Tokens]
) -> Transposition:
    witness, first, last = move.example
    starts = [*split[witness].starts, len(texts[witness])]
    return Transposition(
        texts[witness][starts[first] : starts[last]].strip(),
        move.here,
        tuple(sigla[k] for k in move.here_in),
        move.there,
        tuple(sigla[k] for k in move.there_in),
    )
