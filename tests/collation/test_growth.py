"""Twice the text, at most two and a half times the time; memory in proportion."""

from __future__ import annotations

import random
import tracemalloc
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import pytest

from redline.collation.statistics import statistics
from redline.collation.units import align_texts
from redline.collation.variants import variants
from tests.scale.clock import grows_linearly


class _Hostile(NamedTuple):
    make: Callable[[int], tuple[str, str]]
    n: int
    unit: str = "word"


def _words(n: int, seed: int, size: int = 2000) -> list[str]:
    rng = random.Random(size)
    known = ["".join(rng.choices("abcdefghijklmnop", k=rng.randint(2, 9))) for _ in range(size)]
    return random.Random(seed).choices(known, k=n)


def _revised(n: int) -> tuple[str, str]:
    a = _words(n, 1)
    b = list(a)
    for k in range(0, n, 12):
        b[k] = ("other words here", "", "labour", "x" + a[k])[k // 12 % 4]
    return " ".join(a), " ".join(b)


def _signs(n: int, seed: int) -> str:
    return "".join(random.Random(seed).choices(".,;:!? -", k=n))


def _shuffled(n: int) -> tuple[str, str]:
    parts = [" ".join(_words(40, seed)) + "." for seed in range(n)]
    other = parts[:]
    random.Random(2).shuffle(other)
    return "\n\n".join(parts), "\n\n".join(other)


def _blanks(n: int, seed: int) -> str:
    return "".join(random.Random(seed).choices(" \n\t", k=n))


HOSTILE: dict[str, _Hostile] = {
    "a revised text": _Hostile(_revised, 12_000),
    "nothing in common": _Hostile(
        lambda n: (" ".join(_words(n, 1, 3000)), " ".join(_words(n, 2, 3001)).upper()), 8_000
    ),
    "the same few words": _Hostile(
        lambda n: (" ".join(_words(n, 1, 40)), " ".join(_words(n, 2, 40))), 6_000
    ),
    "equal lines": _Hostile(
        lambda n: ("the same line\n" * n, "the same line\n" * (n // 2)), 40_000
    ),
    "other equal lines": _Hostile(lambda n: ("a line here\n" * n, "the line there\n" * n), 3_000),
    "only punctuation": _Hostile(lambda n: (_signs(n, 1), _signs(n, 2)), 12_000),
    "one word": _Hostile(lambda n: ("x" * n, "x" * (n - 1) + "y"), 1_000_000),
    "spelt otherwise": _Hostile(lambda n: ("labour " * n, "labor " * n), 6_000),
    "numbers": _Hostile(
        lambda n: (
            " ".join(str(k % 89) for k in range(n)),
            " ".join(str(k % 97) for k in range(n)),
        ),
        8_000,
    ),
    "shuffled paragraphs": _Hostile(_shuffled, 300),
    "exchanged words": _Hostile(
        lambda n: (
            " ".join(f"w{k} x{k}" for k in range(n)),
            " ".join(f"x{k} w{k}" for k in range(n)),
        ),
        3_000,
    ),
    "blanks, by characters": _Hostile(lambda n: (_blanks(n, 1), _blanks(n, 2)), 6_000, "char"),
    "signs, by characters": _Hostile(lambda n: (_signs(n, 1), _signs(n, 2)), 6_000, "char"),
    "one line": _Hostile(lambda n: (" ".join(_words(n, 1)), " ".join(_words(n, 2))), 4_000, "line"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_doubling(name: str) -> None:
    make, n, unit = HOSTILE[name]
    runs = []
    for size in (n, 2 * n):
        a, b = make(size)
        found = align_texts(a, b, unit)
        runs.append(partial(_all, a, b, found, unit))
    good, told = grows_linearly(*runs)
    assert good, told


def _all(a: str, b: str, found: object, unit: str) -> None:
    made = variants(a, b, found, unit=unit)  # type: ignore[arg-type]
    assert made
    assert statistics(a, b, made).words


def test_memory_is_a_few_times_the_text() -> None:
    a, b = _revised(40_000)
    found = align_texts(a, b)
    tracemalloc.start()
    try:
        statistics(a, b, variants(a, b, found))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak <= 20 * (len(a) + len(b))
