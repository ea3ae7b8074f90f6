"""What the reader of a notation tells the translator: events over the source, in order.

| what | of source[start:end] | data |
|---|---|---|
| ``text`` | it is the text | |
| ``raw`` | it is the text, and code: nothing in it is a mark | |
| ``char`` | these characters stand in its place (an entity) | the characters |
| ``drop`` | it is nothing | |
| ``open``, ``close`` | a mark begins, ends | (``"del"`` or ``"add"``, what it says of itself) |
| ``hi-open``, ``hi-close`` | emphasis begins, ends | kind of the span, ``"italic"`` … |
| ``note`` | an aside, in no reading | (kind of the note, its words) |
| ``gap`` | words that are missing | the words in brackets, ``[illegible]`` |
| ``unclear`` | a doubtful reading | its words |
| ``page`` | a page begins | its label |
| ``furniture`` | what the page carries beside its text | its words |
| ``heading`` | a heading begins (at the head of its line) | its level |
| ``item`` | an item of a list begins | |
| ``break`` | a line ends | |

What a mark says of itself: `hand`, `stage` and `id`, as in the native notation (R35), and
`quiet`, which keeps an empty one from being reported.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

__all__ = ["NOTHING", "Event", "Finding"]

#: A finding before its place has a line: code, start, end, what is particular to it.
Finding = tuple[str, int, int, str]

#: What a mark says that says nothing of itself.
NOTHING: Mapping[str, str] = MappingProxyType({})


class Event(NamedTuple):
    """Something in the source: what, its half-open range, and what belongs to it."""

    what: str
    start: int
    end: int
    data: Any = None
