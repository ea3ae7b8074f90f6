"""What a part of the work costs beside the rest: CPU seconds spent behind one door of the house."""

from __future__ import annotations

import importlib
import pkgutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import wraps
from types import FunctionType, ModuleType
from typing import Any
from unittest import mock

import redline

__all__ = ["marking_share"]


class _Clock:
    """Counts the time inside the outermost of nested calls."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.depth = 0

    def counted(self, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def run(*arguments: Any, **options: Any) -> Any:
            if self.depth:
                return function(*arguments, **options)
            self.depth = 1
            start = time.process_time()
            try:
                return function(*arguments, **options)
            finally:
                self.seconds += time.process_time() - start
                self.depth = 0

        return run


def _callers() -> Iterator[ModuleType]:
    for room in ("layout", "notation"):
        package = importlib.import_module(f"redline.{room}")
        yield package
        for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            yield importlib.import_module(found.name)


@contextmanager
def _counting(clock: _Clock) -> Iterator[None]:
    """Count the time in every function of the markings that a reader of papers calls."""
    with ExitStack() as stack:
        for module in _callers():
            for name, value in list(vars(module).items()):
                plain = getattr(value, "__wrapped__", value)  # a cached function
                if isinstance(plain, FunctionType) and plain.__module__.startswith(
                    "redline.markings"
                ):
                    stack.enter_context(mock.patch.object(module, name, clock.counted(value)))
        yield


def marking_share(text: str, rounds: int = 5) -> float:
    """The least time that finding all markings of `text` takes, over that of the rest of reading
    it. The cost of counting is counted with the markings."""
    shares = []
    redline.parse(text)
    for _ in range(rounds):
        clock = _Clock()
        with _counting(clock):
            start = time.process_time()
            redline.parse(text)
            whole = time.process_time() - start
        shares.append(clock.seconds / (whole - clock.seconds))
    return min(shares)
