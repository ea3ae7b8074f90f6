"""Where schedules stand in the running text: E.O. lines of cables, CLASSIFIED BY lines.

Every paper is asked, so this is small and looks for a few words before it does anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

__all__ = ["is_title", "schedule_lines"]

# One of these stands in every line that is meant. A pattern that begins with a capital is quick to
# look for: there are few of them in a text.
_LOWER = ("lassified ", "erived", "eclassify", "easons:", "eason:")
_CAPITALS = tuple(
    re.compile(pattern)
    for pattern in (
        r"E(?:\.O|O 1|\. O)", r"D(?:ECL|ERIVED|RV)", r"R(?:EASON|VW|EVIEW ON)",
        r"LASSIF(?:Y ON|IED BY)", r"CL BY",
    )
)  # fmt: skip
_TOKENS = r"X?GDS|XDS|[RA]DS|DECL|OADR|N/?A\b|RVW|REVIEW|AS AMENDED|MR\b|25X|50X|\d|TAGS|$"
_LABELS = (
    r"CLASSIFIED BY|CL BY|DERIVED FROM|DRV FRO?M|DECLASSIFY ON|DECL ON|CL REASON|RVW ON|REVIEW ON"
)
# A section of an order, and no quantity.
_CODED = r"1\.\d[ \t]*(?:[(,;.]|[A-Ha-h]\b|[\r\n\f]|$)"
_FORMS = (
    rf"E ?\.? ?O ?[.,]? ?[\dOIlSBZ]{{5}}(?![\w-])[ \t]*[:;,.]?(?=[ \t]*(?:{_TOKENS}))",
    rf"(?:{_LABELS})[ \t]*:",
    rf"(?:{_LABELS})[ \t]+(?=\d|OADR|X[1-8]\b|25X|50X|SIGNER|MULTIPLE)",
    rf"REASONS?[ \t]*:[ \t]*(?={_CODED})",
    r"DECL[ \t]*:[ \t]*(?=\d|OADR|X[1-8]\b|25X)",
    r"(?:Classified [Bb]y|Derived [Ff]rom|Declassify [Oo]n)[ \t]?:",
    rf"Reasons?[ \t]?:[ \t]*(?={_CODED})",
    (
        r"(?:CLASSIFIED BY|Classified [Bb]y) [^\r\n]{3,120}?(?i:\breasons?)[: ]{1,2}"
        r"(?=1\.\d|(?i:E\.?O))"
    ),
)


_TITLE = re.compile(r"(?:Classified By|Derived From) ?: ?[A-Z]?[a-z]+(?: [a-z]+){0,4}")


def is_title(words: str) -> bool:
    """Whether a line may be a heading as well as an authority: `Classified By: Weight`."""
    return _TITLE.fullmatch(words) is not None


@cache
def _start() -> re.Pattern[str]:
    """Compiled when a paper has one of the words."""
    forms = "|".join(_FORMS)
    return re.compile(rf"^[ \t>*_|-]*(?:\(U\)[ \t]*)?(?P<at>{forms})[^\r\n\f]*", re.MULTILINE)


def schedule_lines(text: str) -> Iterator[tuple[int, int]]:
    """The lines of `text` that are a schedule or an authority, as ranges.

    TAGS and SUBJECT run together with an E.O. number count with it; on lines of their own they
    are the cable's, not the schedule's.

    >>> text = "E.O. 12356: DECL: OADR" + chr(10) + "TAGS: PREL"
    >>> list(schedule_lines(text))
    [(0, 22)]
    """
    if not (
        any(word in text for word in _LOWER)
        or any(pattern.search(text) for pattern in _CAPITALS)
    ):
        return
    for match in _start().finditer(text):
        start = match.start("at")
        yield start, start + len(text[start : match.end()].rstrip(" \t*_|"))
