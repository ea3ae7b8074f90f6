"""Texts that tempt an alignment into quadratic work, once and doubled."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from redline.collation.units import align_texts
from tests.bench.texts import text
from tests.scale.clock import grows_linearly

Pair = tuple[str, str]


def _revised(n: int) -> Pair:
    """Another word for every twelfth, and one passage in another place."""
    words = text(n).split(" ")
    cut = len(words) // 3
    other = words[cut : 2 * cut] + words[:cut] + words[2 * cut :]
    other[::12] = ["harbourmaster"] * len(other[::12])
    return " ".join(words), " ".join(other)


def _unrelated(n: int) -> Pair:
    rng = random.Random(n)
    vocabulary = [f"w{k}" for k in range(2_000)]
    weights = [1 / (k + 2) for k in range(2_000)]
    one, other = (" ".join(rng.choices(vocabulary, weights, k=n)) for _ in "ab")
    return one, other


def _binary(n: int) -> Pair:
    rng = random.Random(n)
    return rng.randbytes(n).decode("latin-1"), rng.randbytes(n).decode("latin-1")


def _lines(n: int) -> Pair:
    line = "the dues of the harbour\n"
    return line * n, line * (n // 3) + "\nnot\n" + line * (n // 2)


PAIRS: dict[str, tuple[Callable[[int], Pair], int, str]] = {
    "revised": (_revised, 600_000, "word"),
    "revised, by characters": (_revised, 200_000, "char"),
    "unrelated": (_unrelated, 60_000, "word"),
    "binary": (_binary, 60_000, "word"),
    "binary, by characters": (_binary, 60_000, "char"),
    "equal lines": (_lines, 50_000, "word"),
    "equal lines, by lines": (_lines, 100_000, "line"),
    "one line": (lambda n: ("ab" * n, "ab" * n + "c"), 1_000_000, "word"),
    "punctuation": (lambda n: ("." * n, "." * (n // 2) + "!" + "." * (n // 3)), 100_000, "word"),
    "dots": (lambda n: ("." * n + "x", "." * n + "y"), 500_000, "sentence"),
    "spaces": (lambda n: ("a." + " " * n + "b", "c." + " " * n + "\nb"), 500_000, "sentence"),
    "blank lines": (lambda n: ("a" + " \n" * n + "b", "a" + "\n " * n + "c"), 200_000, "block"),
    "combining marks": (lambda n: ("e" + "\u0301" * n, "f" + "\u0301" * n), 500_000, "char"),
    "nothing": (lambda n: ("", "a b " * n), 200_000, "word"),
}


@pytest.mark.parametrize("name", PAIRS)
def test_doubling(name: str) -> None:
    make, n, unit = PAIRS[name]
    small, large = make(n), make(2 * n)
    good, told = grows_linearly(
        lambda: align_texts(*small, unit), lambda: align_texts(*large, unit)
    )
    assert good, told
