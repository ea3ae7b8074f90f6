"""Integers in, ranges out: always a true alignment, and nearly the shortest."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Indel

from redline.collation import align as module
from redline.collation.align import Alignment, Block, align

# Few values, so that there is something to align; and some that are no small numbers.
items = st.lists(st.integers(0, 3) | st.sampled_from([-1, 1 << 61, (1 << 61) - 1]), max_size=40)


def check(a: Sequence[int], b: Sequence[int], found: Alignment) -> None:
    """Blocks tile both, equal and unequal ones in turn, none empty; equal ones are equal."""
    i = j = 0
    before: bool | None = None
    for block in found.blocks:
        assert (block.a_start, block.b_start) == (i, j)
        i, j = block.a_end, block.b_end
        assert i >= block.a_start
        assert j >= block.b_start
        assert i > block.a_start or j > block.b_start
        assert block.equal is not before
        before = block.equal
        if block.equal:
            assert a[block.a_start : i] == b[block.b_start : j]
    assert (i, j) == (len(a), len(b))


def distance(found: Alignment) -> int:
    """Items left over on either side."""
    return sum(
        block.a_end - block.a_start + block.b_end - block.b_start
        for block in found.blocks
        if not block.equal
    )


def turned(found: Alignment) -> Alignment:
    return Alignment(
        tuple(Block(k, m, i, j, equal) for i, j, k, m, equal in found.blocks), found.exact
    )


@given(items, items)
@example([], [])
@example([0], [])
@example([1], [0, 1, 1])
def test_small_sequences_are_aligned_exactly(a: list[int], b: list[int]) -> None:
    found = align(a, b)
    check(a, b, found)
    assert found.exact
    assert distance(found) == Indel.distance(*_small(a, b))
    assert align(b, a) == turned(found)
    assert align(tuple(a), tuple(b)) == found


def _small(a: list[int], b: list[int]) -> tuple[list[int], list[int]]:
    """-1 and some others have the hash of another number, and the judge compares hashes."""
    ids: dict[int, int] = {}
    one, other = ([ids.setdefault(item, len(ids)) for item in x] for x in (a, b))
    return one, other


@given(items, items, st.sampled_from([0.0, -1.0, 1e-9]))
def test_a_deadline_that_has_passed_is_told_and_harms_nothing(
    a: list[int], b: list[int], deadline: float
) -> None:
    found = align(a, b, deadline=deadline)
    check(a, b, found)
    nothing_to_do = len(found.blocks) == 1 and found.blocks[0].equal
    assert found.exact or not nothing_to_do
    assert found.exact or distance(found) >= Indel.distance(*_small(a, b))


def test_a_deadline_between() -> None:
    """The later, the better; in the end exact."""
    rng = random.Random(11)
    a = words(rng, 60_000)
    b = revised(rng, a, 12)
    found = [align(a, b, deadline=seconds) for seconds in (0.0, 1e-3, 60.0)]
    for each in found:
        check(a, b, each)
    assert [each.exact for each in found][::2] == [False, True]
    assert distance(found[2]) <= distance(found[1]) <= distance(found[0])


#: Smaller searches, so that small sequences take every path: windows, anchors, forced windows.
small_searches = pytest.mark.parametrize(
    "sizes",
    [
        {"WINDOWS": (8, 32), "CELLS": 64, "FORCED": 1 << 9, "FORCED_WINDOWS": (8, 16)},
        {
            "WINDOWS": (8, 16),
            "CELLS": 16,
            "REACHES": (24, 1 << 62),
            "PIECE": 4,
            "SAMPLE": 32,
            "FORCED": 1 << 9,
            "FORCED_WINDOWS": (8, 16),
        },
    ],
    ids=["small", "smaller"],
)


@small_searches
@settings(max_examples=100)
@given(st.integers(0, 1 << 32), st.sampled_from([2, 5, 50, 5_000]), st.integers(0, 400))
def test_cut_searches_are_true_alignments(
    sizes: dict[str, object], seed: int, vocabulary: int, length: int
) -> None:
    rng = random.Random(seed)
    a = words(rng, length, vocabulary)
    b = rng.choice([revised, moved, _others])(rng, a, 8)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in sizes.items():
            patch.setattr(module, name, value)
        found = align(a, b)
        check(a, b, found)
        assert align(b, a) == turned(found)
    assert distance(found) >= Indel.distance(a, b)


# -- near the minimum ---------------------------------------------------------------------------


def words(rng: random.Random, count: int, vocabulary: int = 3_000) -> list[int]:
    """As frequent as words are: the n-th most frequent 1/n as often as the first."""
    weights = [1 / (n + 2) for n in range(vocabulary)]
    return rng.choices(range(vocabulary), weights, k=count)


def revised(rng: random.Random, a: list[int], every: int, most: int = 4) -> list[int]:
    """A deletion, addition or substitution about every so many items."""
    new = iter(words(rng, 2 * len(a) + 100, max(a, default=0) + 1))
    b: list[int] = []
    at = 0
    while at < len(a):
        step = int(rng.expovariate(1 / every)) + 1
        b += a[at : at + step]
        at += step
        kind = rng.random()
        if kind < 0.6:
            at += rng.randint(1, most)
        if kind > 0.3:
            b += [item for _, item in zip(range(rng.randint(1, most)), new, strict=False)]
    return b


def moved(rng: random.Random, a: list[int], every: int) -> list[int]:
    cut = sorted(rng.choices(range(len(a) + 1), k=3))
    order = [a[: cut[0]], a[cut[1] : cut[2]], a[cut[0] : cut[1]], a[cut[2] :]]
    return revised(rng, [item for part in order for item in part], every)


def _others(rng: random.Random, a: list[int], every: int) -> list[int]:
    return words(rng, len(a), max(a, default=0) + 1)


def _boilerplate(rng: random.Random, count: int) -> list[int]:
    paragraph = words(rng, 40)
    return paragraph * (count // 40)


CASES: dict[str, Callable[[random.Random, int], tuple[list[int], list[int]]]] = {
    **{
        f"every {every} words": (
            lambda rng, n, every=every: (a := words(rng, n), revised(rng, a, every))  # type: ignore[misc]
        )
        for every in (3, 12, 100, 2_000)
    },
    "long revisions": lambda rng, n: (a := words(rng, n), revised(rng, a, 300, 300)),
    "a passage moved": lambda rng, n: (a := words(rng, n), moved(rng, a, 12)),
    "a passage rewritten": lambda rng, n: (
        a := words(rng, n),
        a[: n // 3] + words(rng, n // 3) + a[n // 2 :],
    ),
    "boilerplate": lambda rng, n: (a := _boilerplate(rng, n), revised(rng, a, 40)),
    "two values": lambda rng, n: (a := words(rng, n, 2), revised(rng, a, 30)),
    "nothing in common": lambda rng, n: (words(rng, n), [9_999] * n),
    "the same": lambda rng, n: (a := words(rng, n), list(a)),
    "nothing on one side": lambda rng, n: ([], words(rng, n)),
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("count", [1_600, 16_000], ids=["10 KB", "100 KB"])
def test_within_a_hundredth_of_the_minimum(name: str, count: int) -> None:
    """Words as in texts of 10 and 100 KB, against an exact algorithm."""
    a, b = CASES[name](random.Random(count), count)
    found = align(a, b)
    check(a, b, found)
    assert found.exact
    assert distance(found) <= 1.01 * Indel.distance(a, b)
    assert align(a, b) == found


def test_one_insertion_is_one_block() -> None:
    """Where equal items may stand in several places, they are kept together."""
    found = align([1, 2, 3, 1, 2, 3], [1, 2, 3, 1, 2, 3, 1, 2, 3])
    assert len(found.blocks) == 2
    spread = align([7, 1, 2, 8], [7, 1, 2, 5, 1, 2, 8])
    assert [block.equal for block in spread.blocks] == [True, False, True]


def test_a_large_stretch_with_nothing_to_hold_on_to_is_told() -> None:
    rng = random.Random(5)
    a = words(rng, 30_000)
    b = a[:5_000] + words(rng, 30_000) + a[25_000:]
    found = align(a, b)
    check(a, b, found)
    assert not found.exact
    assert distance(found) <= 1.01 * Indel.distance(a, b)
