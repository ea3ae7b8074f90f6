"""Marks by which a notation is known: to say that a text has those of another one (R29)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from redline.formats.notations.events import Event, Finding

__all__ = ["SIGNATURES", "other_marks"]

#: A whole mark of each notation, in few words: name, what it looks like.
SIGNATURES = {
    "criticmarkup": (
        r"\{(\+\+|--|==)[^{}\r\n]+?(\+\+|--|==)\}"
        r"|\{~~[^{}\r\n]{0,200}?~>[^{}\r\n]{0,200}?~~\}"
    ),
    "smithsonian": r"\[\[/(?:strikethrough|underlined?)\]\]|\^\[\[[^\[\]\r\n]+\]\]",
    "bracket tags": r"(?<!\[)\[/(?:deletion|insertion|underline|unclear)\](?!\])",
    "html": r"</(?:ins|del|s|strike|u)>",
    "native": r"(?<!~)~~(?!~|\s)[^~\r\n]+(?<!\s)~~(?!~)|\^[{<][^{}<>\r\n]+[}>]",
    "wdiff": r"\[-[^\[\]\r\n]+-\]|\{\+(?!\+)[^{}\r\n]+(?<!\+)\+\}",
    "pandoc": r"\]\{\.(?:deletion|insertion)\b",
    "latex": r"\\(?:added|deleted|replaced|sout)\b",
    "leiden+": r"〚[^〚〛\r\n]*〛",
    "jsp": "<\u200b[^<>\r\n]*\u200b>",
}
_FOUND = {name: re.compile(pattern) for name, pattern in SIGNATURES.items()}


def other_marks(
    text: str, events: Iterable[Event], known: Collection[str]
) -> Iterator[Finding]:
    """One finding for each notation, besides the `known` ones, of which the words have marks."""
    ranges = [(e.start, e.end) for e in events if e.what == "text"]
    for name, pattern in _FOUND.items():
        if name in known or pattern.search(text) is None:
            continue
        count, first = 0, (0, 0)
        for start, end in ranges:
            for match in pattern.finditer(text, start, end):
                first = first if count else match.span()
                count += 1
        if count:
            times = f", {count} times" if count > 1 else ""
            yield "other-notation", *first, f"{name}{times}, the first {text[slice(*first)]!r}"
