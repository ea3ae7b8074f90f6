"""Python's cyclic garbage collector, paused while large tables are built.

Reading and writing make hundreds of thousands of small tuples, none of them garbage before
the end; the collector would look through them again and again (two fifths of the time,
measured on 1 MB with a revision every twelve words). Reference counting goes on as ever.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["paused"]


@contextmanager
def paused() -> Iterator[None]:
    """Pause the collector, unless the caller has paused it already."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
