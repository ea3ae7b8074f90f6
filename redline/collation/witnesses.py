"""More than two texts laid beside each other: a table of places, with what each witness has there.

>>> from redline.collation.witnesses import collate
>>> found = collate({"A": "a big red house", "B": "a red house", "C": "a big blue house"})
>>> for row in found.joined().rows:
...     print([" ".join(wording.sigla) + ": " + wording.text for wording in found.readings(row)])
['A B C: a']
['A C: big', 'B: ']
['A B: red', 'C: blue']
['A B C: house']

`progressive.py` finds the columns, and says why it goes about it as it does; here texts become
sequences of numbers, and columns become rows of cells that have every character of every text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import count, islice, product
from string import ascii_uppercase
from typing import NamedTuple, TypeAlias

from redline.collation.progressive import Likeness, columns
from redline.collation.transpositions import Move, moves
from redline.collation.units import units
from redline.diagnostics import RedlineError
from redline.model import Document
from redline.reading import Reading
from redline.source import Source

__all__ = [
    "Collation",
    "Row",
    "Text",
    "Transposition",
    "WitnessError",
    "Wording",
    "collate",
    "sigla_for",
]

#: What can be a witness: a text, taken literally; a reading; a document, by its final reading.
Text: TypeAlias = "str | Source | Reading | Document"

_NOTHING = -1


class WitnessError(RedlineError):
    """Witnesses that cannot be collated: fewer than two, or two of one siglum."""


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


class Wording(NamedTuple):
    """What some witnesses have at a place: without white space around it, "" for nothing."""

    sigla: tuple[str, ...]
    text: str


class Transposition(NamedTuple):
    """Words that stand at two places: some witnesses have them at one, some at the other.

    The rows are half-open ranges of `Collation.rows`; `here` comes before `there`.
    """

    text: str
    here: tuple[int, int]
    here_sigla: tuple[str, ...]
    there: tuple[int, int]
    there_sigla: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Collation:
    """The rows of a collation. The cells of a witness, one after another, are its text.

    `names` say what each witness is: the file it was read from, or its siglum again. `exact` is
    False where a search was cut short, by the deadline or in a long stretch that has nothing to
    hold on to: the rows are right, but may be coarser than they need be.
    """

    sigla: tuple[str, ...]
    names: tuple[str, ...]
    texts: tuple[str, ...]
    unit: str
    rows: tuple[Row, ...]
    transpositions: tuple[Transposition, ...]
    exact: bool

    def text(self, siglum: str) -> str:
        """The text of a witness, put together from its cells."""
        k = self.sigla.index(siglum)
        text = self.texts[k]
        return "".join(text[start:end] for start, end in (row.cells[k] for row in self.rows))

    def readings(self, row: Row) -> tuple[Wording, ...]:
        """The readings of a row, each with its witnesses; as the first of them has it."""
        groups: dict[int, list[int]] = {}
        for k, number in enumerate(row.readings):
            groups.setdefault(number, []).append(k)
        return tuple(
            Wording(tuple(self.sigla[k] for k in group), self._cell(row, group[0]).strip())
            for group in groups.values()
        )

    def _cell(self, row: Row, k: int) -> str:
        start, end = row.cells[k]
        return self.texts[k][start:end]

    def variants(self) -> Iterator[Row]:
        """The rows in which not all witnesses agree."""
        return (row for row in self.rows if not row.agrees)

    def joined(self) -> Collation:
        """The same with neighbouring rows made one where they part the witnesses alike.

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
    witnesses: Mapping[str, Text] | Iterable[Text],
    unit: str = "word",
    *,
    deadline: float | None = None,
    names: Iterable[str] | None = None,
) -> Collation:
    """Lay texts beside each other, by units (one of `units.UNITS`) that are compared literally.

    `witnesses` are texts by siglum, or texts alone, which are then called A, B, C … Their order
    is the order of the cells and nothing else: the rows are the same in any. `names` say what
    the witnesses are; readings and documents have their source's. `deadline`, in seconds, bounds
    the search; past it the rows are as true, and `Collation.exact` is False.

    Raises `WitnessError` for fewer than two witnesses, `ValueError` for a unit that does not
    exist, `TypeError` for anything that is no text.
    """
    if isinstance(witnesses, Mapping):
        sigla, given = tuple(witnesses), list(witnesses.values())
    else:
        given = [witnesses] if isinstance(witnesses, str) else list(witnesses)
        sigla = sigla_for(len(given))
    if len(given) < 2:
        raise WitnessError(f"a collation takes two witnesses or more, not {len(given)}")
    texts = tuple(map(_text, given))
    called = tuple(names) if names is not None else tuple(map(_name, given, sigla))
    if len(called) != len(sigla):
        raise WitnessError(f"{len(sigla)} witnesses, and {len(called)} names for them")
    # In an order of their own, so that the caller's makes no difference.
    order = sorted(range(len(texts)), key=texts.__getitem__)
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    split = [_tokens(texts[k], unit, numbers) for k in order]
    items, spelled = [each.items for each in split], list(numbers)
    found = columns(items, _likeness(spelled, unit), deadline=deadline)
    moved = [
        _transposition(move, order, sigla, texts, split) for move in moves(items, found.at, spelled)
    ]
    back = sorted(range(len(order)), key=order.__getitem__)
    split, at = [split[k] for k in back], [found.at[k] for k in back]
    rows = tuple(_rows(split, at, found.width, texts))
    return Collation(sigla, called, texts, unit, rows, tuple(moved), found.exact)


def sigla_for(count: int) -> tuple[str, ...]:
    """A, B, C …; AA, AB … where there are more than 26: all of one length, none part of another."""
    length = 1
    while 26**length < count:
        length += 1
    return tuple(map("".join, islice(product(ascii_uppercase, repeat=length), count)))


def _text(witness: Text) -> str:
    if isinstance(witness, Document):
        return witness.reading("final").text
    if isinstance(witness, Reading):
        return witness.text
    if isinstance(witness, Source):
        return witness.text
    if isinstance(witness, str):
        return witness
    raise TypeError(f"cannot collate {type(witness).__name__}: give a str, Reading or Document")


def _name(witness: Text, siglum: str) -> str:
    if isinstance(witness, Document):
        return witness.source.name
    if isinstance(witness, Reading):
        return f"{witness.document.source.name}@{witness.stage}"
    return siglum


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
    stops: list[list[int]] = []
    items: list[list[int]] = []
    for tokens, places, text in zip(split, at, texts, strict=True):
        stop, item = _placed(tokens, places, width, len(text))
        stops.append(stop)
        items.append(item)
    begins = (0,) * len(texts)
    shared: dict[tuple[int, ...], tuple[int, ...]] = {}  # one tuple for many rows
    for k in range(width):
        ends = tuple([stop[k] for stop in stops])
        parts = _numbers([item[k] for item in items])
        yield Row(tuple(zip(begins, ends, strict=True)), shared.setdefault(parts, parts))
        begins = ends


def _placed(
    tokens: _Tokens, places: Sequence[int], width: int, length: int
) -> tuple[list[int], list[int]]:
    """For each column: where the cell of a text ends, and the item in it."""
    stops, items = [-1] * width, [_NOTHING] * width
    ends = [*tokens.starts[1:], length]
    for item, column, end in zip(tokens.items, places, ends, strict=False):
        stops[column] = end
        items[column] = item
    last = tokens.starts[0] if tokens.starts else length  # white space at the beginning
    for k, stop in enumerate(stops):
        if stop < 0:
            stops[k] = last
        else:
            last = stop
    return stops, items


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
    move: Move,
    order: Sequence[int],
    sigla: Sequence[str],
    texts: Sequence[str],
    split: Sequence[_Tokens],
) -> Transposition:
    """`move` counts witnesses in the order of `split`; sigla come in the caller's."""
    witness, first, last = move.example
    text = texts[order[witness]]
    starts = [*split[witness].starts, len(text)]
    return Transposition(
        text[starts[first] : starts[last]].strip(),
        move.here,
        tuple(sigla[k] for k in sorted(order[w] for w in move.here_in)),
        move.there,
        tuple(sigla[k] for k in sorted(order[w] for w in move.there_in)),
    )
