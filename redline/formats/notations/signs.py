"""How a notation writes what a document has: one value a notation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from redline.model import Act, Document

__all__ = ["Signs"]


@dataclass(frozen=True)
class Signs:
    """How a notation writes what a document has: the opening and the closing sign of each kind.

    `sub`: the signs of an old and a new word side by side (open, between, close). `note`: how an
    aside is written, `{}` its words; None where there is no way. `whole`: spans that are written
    as one piece, by kind, `{}` their words (or what makes them of the words); what is not there
    stands as in native notation.
    `escape` makes words plain that the notation would take for marks. With `sign`, marks are
    made for each act.
    """

    marks: Mapping[str, tuple[str, str]]
    sub: tuple[str, str, str] | None = None
    note: str | None = None
    whole: Mapping[str, str | Callable[[str], str]] = field(default_factory=dict)
    escape: Callable[[str], str] = str
    markdown: bool = False
    #: Marks hold empty lines, so one over several paragraphs is written as one.
    paragraphs: bool = False
    #: The signs of a part of an act, where they are not the same for all.
    sign: Callable[[Document, Act, str], tuple[str, str]] | None = None
    #: Marks have no white space at their inner edges: it stands outside.
    trim: bool = False
    #: Marks are around whole words, and go on over no line end.
    words: bool = False
    #: How a heading is written, `{}` its words: by level, deeper ones as the last.
    headings: Sequence[str] = ()
