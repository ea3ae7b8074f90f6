"""What a format cannot say of a document: told before it is written, never dropped in silence."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Loss"]


class Loss(NamedTuple):
    """What would not be in the file: a plural, how many of it, the line of the source where the
    first stands (None: it has no place), and why."""

    what: str
    count: int  # type: ignore[assignment]  # hides the method of tuples: nobody needs that here
    where: int | None
    why: str
