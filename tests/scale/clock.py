"""Growth, judged so that a busy machine is no fault: what doubles in size may double in time."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from typing import Any

BOUND = 2.5
"""How much longer twice the work may take. Linear is 2, n log n a little more, quadratic 4."""

FLOOR = 0.02
"""Seconds below which a difference is noise and not growth."""

TRIES = 4
"""How often a measurement that looks bad is taken again: noise only ever adds."""


def grows_linearly(small: Callable[[], Any], large: Callable[[], Any]) -> tuple[bool, str]:
    """Whether `large`, twice the work of `small`, stays within the bound; and the times, in words.

    Both are taken again while they look bad, and the fastest of each counts.
    """
    gc.collect()
    gc.disable()
    try:
        first = second = float("inf")
        for _ in range(TRIES):
            first = min(first, _seconds(small))
            second = min(second, _seconds(large))
            if second <= BOUND * first + FLOOR:
                break
    finally:
        gc.enable()
    told = f"{first * 1000:.0f} ms, doubled {second * 1000:.0f} ms: {second / first:.2f} times"
    return second <= BOUND * first + FLOOR, told


def _seconds(work: Callable[[], Any]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start
