"""A number that stands on every page, read by majority.

An archive prints its number on each page, and scanning damages each print in its own way. Numbers
that are nearly alike are prints of one; what most of them say, place by place, is the number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from operator import ne
from typing import NamedTuple

from redline.markings.numbers import canonical
from redline.model import Cert

__all__ = ["Vote", "ballots", "vote"]


class Vote(NamedTuple):
    """What a majority of prints says.

    `value` is the number, None when there was nothing to vote on; `odd` are the indices of the
    prints that say something else; `agreeing` is how many say exactly this.
    """

    value: str | None
    cert: Cert
    odd: tuple[int, ...]
    agreeing: int


def vote(numbers: Sequence[str]) -> Vote:
    """The number that `numbers`, prints of one, say by majority; letters for figures repaired.

    High certainty: most say exactly it. Medium: it had to be put together from several, or is
    the only one and was repaired. Low: a tie, or figures are missing in all of them.

    >>> vote(["NLJ 94-123", "NLJ 94-123", "NLJ 94-128"])
    Vote(value='NLJ 94-123', cert='high', odd=(2,), agreeing=2)
    """
    read = [canonical(number) for number in numbers]
    voices = [number for number in read if number.value]
    if not voices:
        return Vote(None, "low", (), 0)
    if any(number.series for number in voices):
        # Beside numbers of the archives, what looks like none has lost more than they have.
        voices = [n if n.series else n._replace(cert="low") for n in voices]
    # Where votes are even, the print that needed no repair comes first.
    order = ("high", "medium", "low")
    voices.sort(key=lambda number: order.index(number.cert))
    whole = [number for number in voices if number.cert != "low"] or voices
    tally = Counter(number.value for number in whole)
    (value, most), *others = tally.most_common()
    tie = bool(others) and others[0][1] == most
    cert: Cert
    if most * 2 > len(whole):
        exact = any(number.raw == value for number in whole if number.value == value)
        cert = "high" if most > 1 or exact else "medium"
    else:
        value, settled = _by_place([number.value for number in whole])
        cert = "medium" if settled and not (tie and len(whole) == 2) else "low"
    if all(number.cert == "low" for number in voices):
        # Nothing has the shape of a number of the archives; agreement alone can make up for it.
        known = any(number.series for number in voices)
        cert = "low" if known or cert == "low" else cert
    odd = tuple(at for at, raw in enumerate(numbers) if _bare(raw) != _bare(value))
    agreeing = sum(_bare(raw) == _bare(value) for raw in numbers)
    return Vote(value, cert, odd, agreeing)


def _bare(number: str) -> str:
    """Blanks and case make no difference."""
    return "".join(number.split()).upper()


def _by_place(numbers: list[str]) -> tuple[str, bool]:
    """Most of the most frequent length, each place by majority; whether every place was clear."""
    length = Counter(map(len, numbers)).most_common(1)[0][0]
    rows = [number for number in numbers if len(number) == length]
    out: list[str] = []
    settled = len(rows) > 2
    for column in zip(*rows, strict=True):
        (first, most), *others = Counter(column).most_common()
        if others and others[0][1] == most:
            settled = False
        out.append(first)
    return "".join(out), settled


# -- which prints are of one number --------------------------------------------------------------

#: In how many places a print of a number may differ: a quarter of them if it has lost its shape,
#: else a few; one if nothing but this print speaks for either.
_DAMAGED, _WHOLE, _ALONE = 4, 3, 1
_LONGEST = 60
#: So many numbers of a paper are looked at for damaged prints of them.
_HEADS = 64
#: Thousands of damaged prints, no two alike, are noise: so many comparisons are made.
_COMPARISONS = 4_000


def ballots(numbers: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    """The prints grouped by the number they are of: indices, in the order of first appearance.

    A paper put together from several has several numbers, each repeated; a damaged print joins
    the most frequent one it is near to.

    >>> ballots(["NLJ 94-123", "NLK 89-7", "NLJ 94-123", "NLJ 94-128", "NLK 89-7"])
    ((0, 2, 3), (1, 4))
    """
    read = [canonical(number) for number in numbers]
    whole = {number.value for number in read if number.series and number.cert != "low"}
    tally = Counter(number.value for number in read if number.value)
    heads: list[str] = []
    left = _COMPARISONS
    head_of: dict[str, str] = {}
    for value, count in tally.most_common():
        head_of[value] = value
        if len(value) > _LONGEST:
            continue
        for head in heads if left else ():
            prints = tally[head]
            most = max(len(value), len(head)) // _DAMAGED
            if value in whole:
                most = min(most, _WHOLE if prints > 1 else _ALONE)
            if count > 1 and count * 2 > prints:
                continue
            if len(value) == len(head):
                apart = sum(map(ne, value, head))
            elif left:
                left -= 1
                apart = _distance(value, head, most)
            else:
                break
            if apart <= most:
                head_of[value] = head
                break
        else:
            if len(heads) < _HEADS:
                heads.append(value)
    groups: dict[str, list[int]] = {}
    for at, number in enumerate(read):
        if number.value:
            groups.setdefault(head_of[number.value], []).append(at)
    return tuple(map(tuple, groups.values()))


def _distance(one: str, other: str, most: int) -> int:
    """How many characters must be changed, put in or left out; more than `most` is not counted."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    row = list(range(len(other) + 1))
    for at, char in enumerate(one, 1):
        before, row[0] = row[0], at
        for place, each in enumerate(other, 1):
            cost = before if char == each else 1 + min(before, row[place], row[place - 1])
            before, row[place] = row[place], cost
        if min(row) > most:
            return most + 1
    return row[-1]
