"""What stands where on the pictures of the pages, where recognition found it."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Surface", "Zone"]


class Zone(NamedTuple):
    """A region or a line on the picture of a page, where recognition found it.

    `label` is what a region is called, `points` its outline in the units of the picture (two
    points: the upper left and the lower right corner). `span` is the source range of a line's
    words, None where it has none; `within` the id of the region a line stands in.
    """

    id: str
    kind: str
    label: str | None
    points: tuple[tuple[int, int], ...]
    span: tuple[int, int] | None
    within: str | None


class Surface(NamedTuple):
    """The picture of a page: the page's number, the picture's name and size, what is where."""

    page: int
    image: str | None
    width: int | None
    height: int | None
    zones: tuple[Zone, ...]
