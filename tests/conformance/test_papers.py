"""The collection itself: an empty one would make every test of it pass."""

from __future__ import annotations

import pytest

from tests.conformance.papers import PAPERS, SEEDS


def test_the_edge_cases_are_there() -> None:
    assert sum(name.startswith("edge/") for name in PAPERS) >= 60


def test_the_seeds_are_there() -> None:
    if not SEEDS.is_dir():
        pytest.skip("no ../shared/seeds beside this checkout")
    assert sum(name.startswith("seeds/") for name in PAPERS) == 5
