"""The clock can say yes, and can say no."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.scale.clock import grows_linearly


def _linear(n: int) -> int:
    return sum(range(n * 1000))


def _quadratic(n: int) -> int:
    return sum(range(n * n))


@pytest.mark.parametrize(("work", "verdict"), [(_linear, True), (_quadratic, False)])
def test_the_verdict(work: Callable[[int], int], verdict: bool) -> None:
    good, told = grows_linearly(lambda: work(2_000), lambda: work(4_000))
    assert good is verdict, told
    assert "times" in told
