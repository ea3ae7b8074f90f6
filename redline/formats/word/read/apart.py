"""What stands on the page beside the text and not at its edges: stamps, codes, marginal lines.

Word has no place for these; redline tells of them in comments of its own (see `names.ASIDE`).
"""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import NamedTuple

from redline.markings.fields import Context, read_fields
from redline.model import Furniture, Marking

__all__ = ["Apart", "apart_rows", "notation"]

#: Kinds of markings that have words and no level of their own.
_MARKINGS = frozenset({"control", "exemption", "line", "portion", "release", "schedule", "stamp"})
_BRACKETS = str.maketrans("[]", "()")
_RULE = "Word"


class Apart(NamedTuple):
    """A comment that stands for something: its page, what it is, its words, where they stand in
    the text, and the place in the source that it hangs on."""

    page: int
    kind: str
    words: str
    start: int
    source: int


def notation(aside: Apart) -> str:
    """It in the native notation; "" for what is no marking, and may look like another thing."""
    if aside.kind == "stamp":
        return f"[stamp: {aside.words.translate(_BRACKETS)}]"
    return aside.words if aside.kind in _MARKINGS else ""


def apart_rows(
    asides: Sequence[Apart], read: Sequence[Marking], words: Sequence[str], names: set[str]
) -> tuple[list[Marking], list[Furniture]]:
    """The markings and the furniture that comments stand for.

    `read` are the markings that the notation has of them, with their `words` in its text. `names`
    are the ids that are taken.
    """
    known: dict[tuple[int, str, str], list[Marking]] = {}
    for marking, said in zip(read, words, strict=True):
        known.setdefault((marking.page, marking.kind, _plain(said)), []).append(marking)
    markings, furniture = [], []
    for aside in asides:
        spot, end = (aside.source, aside.source), aside.start + len(aside.words)
        if aside.kind not in _MARKINGS:
            furniture.append(Furniture("", aside.kind, aside.page, "margin", None, spot,
                                       aside.start, end))
            continue
        same = known.get((aside.page, aside.kind, _plain(aside.words)))
        made = same.pop(0) if same else None
        if made is None:
            fields = MappingProxyType(read_fields(aside.kind, aside.words, Context()).record())
            name = next(n for k in range(1, len(names) + 2) if (n := f"m{k}") not in names)
            made = Marking(name, aside.kind, aside.page, "margin", None, (), None, None, (),
                           fields, aside.words, spot, "high", 0, 0, _RULE)
        names.add(made.id)
        markings.append(made._replace(text=aside.words, span=spot, start=aside.start, end=end))
    return markings, furniture


def _plain(words: str) -> str:
    return " ".join(words.translate(_BRACKETS).split())
