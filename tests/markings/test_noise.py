"""Damaged levels: read within the bounds, rightly, and never upward."""

from __future__ import annotations

import pytest

from redline.markings.banners.edges import read_banner_line
from tests.markings.noise import BOUNDS, MOST, Tally, false_share, measure, negatives


@pytest.fixture(scope="module")
def tallies() -> dict[tuple[str, int], Tally]:
    return measure(600)


@pytest.mark.parametrize("level", BOUNDS)
def test_at_the_bound(level: str, tallies: dict[tuple[str, int], Tally]) -> None:
    false = false_share()
    for distance in range(BOUNDS[level] + 1):
        tally = tallies[level, distance]
        assert tally.precision(false) >= 0.99
        # A glyph lost of TOP leaves nothing to read; other words bear any one fault.
        assert tally.recall >= (0.75 if level == "TOP SECRET" and distance else 0.95)


@pytest.mark.parametrize("distance", range(MOST + 1))
def test_no_damage_raises_a_level(
    distance: int, tallies: dict[tuple[str, int], Tally]
) -> None:
    assert [level for level in BOUNDS if tallies[level, distance].raised] == []


@pytest.mark.parametrize("level", ["SECRET", "RESTRICTED", "UNCLASSIFIED"])
def test_beyond_the_bound_hardly_anything_is_read(
    level: str, tallies: dict[tuple[str, int], Tally]
) -> None:
    for distance in range(BOUNDS[level] + 1, MOST + 1):
        tally = tallies[level, distance]
        assert tally.right + tally.wrong < 0.1 * tally.lines


def test_real_words_are_none() -> None:
    lines = list(negatives())
    assert len(lines) > 250
    read = [line for line in lines if read_banner_line(line, 0) is not None]
    assert len(read) < 0.01 * len(lines), read
