"""Words that stand at two places of a table: here in some witnesses, there in others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

__all__ = ["Move", "moves"]

#: Items in a row of which one seed is made: one that stands once in either text, or three.
_GRAMS = (1, 3)
#: Two words or more, of so many characters, are a move over any distance.
_PHRASE = 6
#: A single word counts as moved over so many columns at most, if it has so many characters.
_NEAR, _WORD = 12, 3
#: Columns in a moved passage that may differ at its two places, one after another.
_CHANGED = 3

_Range = tuple[int, int]


class Move(NamedTuple):
    """Columns (half-open) and the sequences that have the items there.

    `example` is a sequence and the range of its items that moved.
    """

    here: _Range
    here_in: tuple[int, ...]
    there: _Range
    there_in: tuple[int, ...]
    example: tuple[int, int, int]


def moves(
    sequences: Sequence[Sequence[int]], at: Sequence[Sequence[int]], names: Sequence[str]
) -> list[Move]:
    """Moved items, sorted by place. `at`: the column of each item, `names`: what items are."""
    folded = [name.casefold() for name in names]
    first = {name: len(names) - k for k, name in enumerate(reversed(folded), 1)}
    same = [first[name] for name in folded]  # capitals may change where a passage moves
    sequences = [[same[item] for item in items] for items in sequences]
    tables = [dict(zip(at[w], items, strict=True)) for w, items in enumerate(sequences)]
    once = [{n: _once(items, n) for n in _GRAMS} for items in sequences]
    found: dict[tuple[_Range, _Range], Move] = {}
    for a, b in combinations(range(len(sequences)), 2):
        for i, j, length in _pairs(sequences, tables, at, once, a, b):
            here = (at[a][i], at[a][i + length - 1] + 1)
            there = (at[b][j], at[b][j + length - 1] + 1)
            items = sequences[a][i : i + length]
            if not _counts(items, abs(here[0] - there[0]), names):
                continue
            key = min(here, there), max(here, there)
            if key in found:
                continue
            has = [
                [w for w, table in enumerate(tables) if _has(table, items, place)] for place in key
            ]
            both = set(has[0]) & set(has[1])
            one, other = (tuple(w for w in each if w not in both) for each in has)
            if one and other:
                found[key] = Move(key[0], one, key[1], other, (a, i, i + length))
    return _one_each([found[key] for key in sorted(found)])


def _one_each(found: list[Move]) -> list[Move]:
    """Moves that follow each other closely at both places are one, lightly changed."""
    out: list[Move] = []
    for move in found:
        last = out[-1] if out else None
        if last is not None and _follows(last, move):
            out[-1] = last._replace(
                here=(last.here[0], move.here[1]),
                there=(last.there[0], move.there[1]),
                example=(*last.example[:2], move.example[2]),
            )
        else:
            out.append(move)
    return out


def _follows(last: Move, move: Move) -> bool:
    return (
        (last.here_in, last.there_in, last.example[0])
        == (move.here_in, move.there_in, move.example[0])
        and 0 <= move.here[0] - last.here[1] <= _CHANGED
        and 0 <= move.there[0] - last.there[1] <= _CHANGED
        and last.example[2] <= move.example[1]
    )


def _pairs(
    sequences: Sequence[Sequence[int]],
    tables: Sequence[dict[int, int]],
    at: Sequence[Sequence[int]],
    once: Sequence[dict[int, dict[tuple[int, ...], int]]],
    a: int,
    b: int,
) -> Iterator[tuple[int, int, int]]:
    """Runs (i, j, length) of equal items that neither side has in the other's column."""
    one, other = sequences[a], sequences[b]
    free_a = [tables[b].get(c) != item for c, item in zip(at[a], one, strict=True)]
    free_b = [tables[a].get(c) != item for c, item in zip(at[b], other, strict=True)]
    if not any(free_a) or not any(free_b):
        return
    taken: set[int] = set()
    for n in _GRAMS:
        grams = once[b][n]
        for gram, i in once[a][n].items():
            j = grams.get(gram)
            if j is None or i in taken or not (free_a[i] and free_b[j]):
                continue
            length = 0
            while (
                i + length < len(one)
                and j + length < len(other)
                and one[i + length] == other[j + length]
                and free_a[i + length]
                and free_b[j + length]
            ):
                length += 1
            while i and j and one[i - 1] == other[j - 1] and free_a[i - 1] and free_b[j - 1]:
                i, j, length = i - 1, j - 1, length + 1
            taken.update(range(i, i + length))
            if length >= n:
                yield i, j, length


def _once(items: Sequence[int], n: int) -> dict[tuple[int, ...], int]:
    """Where each run of n items is that there is only one of."""
    grams = list(zip(*(items[k:] for k in range(n)), strict=False))
    counts = Counter(grams)
    return {gram: k for k, gram in enumerate(grams) if counts[gram] == 1}


def _counts(items: Sequence[int], distance: int, names: Sequence[str]) -> bool:
    """Whether so much, moved so far, is a passage that moved and no chance."""
    words = [names[item] for item in items if any(map(str.isalnum, names[item]))]
    size = sum(map(len, words))
    if len(words) > 1 and size >= _PHRASE:
        return True
    return distance <= _NEAR and size >= _WORD


def _has(table: dict[int, int], items: Sequence[int], place: _Range) -> bool:
    """Whether the columns hold these items, in order, and nothing else."""
    held = [table[column] for column in range(*place) if column in table]
    return held == list(items)
