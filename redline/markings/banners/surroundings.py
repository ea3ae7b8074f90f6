"""What stands around the levels of a banner line: noise, quotes, page and copy numbers, dates."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Literal

from redline.markings.banners.words import Word, Words

__all__ = ["Cert", "around", "declass_end", "declass_field", "is_page", "is_page_number"]

Cert = Literal["high", "medium", "low"]

# What is no noise around a line; what is, lowers its certainty.
_QUIET = frozenset("~*_#|'’‘`´.,-–—•·/=")
_QUOTES = {'"': '"', "“": "”", "'": "'", "‘": "’", "«": "»", "`": "`", "´": "´", "(": ")"}
_MOST_NOISE = 2

_DECLASS = re.compile(
    r"(?:DECL(?:ASSIFY)? (?:ON )?)?"
    r"(?:MR|X[1-8]|25X[1-9](?: HUM(?:AN)?)?|50X[1-9](?: HUM| WMD)?|75X[1-9]?|(?:19|20)\d{6}|OADR)"
    r"|(?:XGDS|GDS|ADS)(?: [1-4])?|(?:GROUP|GP) [1-4]|ATOMIC ENERGY ACT (?:OF )?19\d\d"
)
_MOST_DECLASS = 5
#: Where a rule is hyphenated: `25X1-HUM`, `XGDS-2`.
_RULE = re.compile(r"(?<=\d) (?=H|W)|(?<=DS) (?=\d)")
_PAGE = re.compile(
    r"(?:PAGE |P )?\d{1,3}|PAGE \d{1,3} OF \d{1,3}(?: PAGES)?"
    r"|(?:PAGE \d{1,3}(?: OF \d{1,3}(?: PAGES)?)? )?"
    r"(?:COPY|CY) (?:NO )?\d{1,4}(?: OF \d{1,4}(?: COPIES)?)?(?: SERIES [A-Z0-9]{1,3})?"
)
_PAGE_NUMBER = re.compile(r"(?:PAGE )?\d{1,3}")


def around(found: Words) -> Cert | None:
    """How sure a line is by what stands around its words; None where that makes it no marking."""
    lead, after = found.words[0].before, found.after
    if any("()" in text for text in (after, *(word.before for word in found.words))):
        return None  # a box to check
    if after.endswith((":", ";")):
        return None  # a label, a list
    first, last = lead.lstrip("#*|"), after.rstrip(".,|")
    quoted = bool(first and last) and _QUOTES.get(first[-1]) == last[0]
    if quoted and (found.tight or first[-1] not in "'`´"):
        return None
    inner = "".join(word.before for word in found.words[1:])
    closed = "".join(_QUOTES[char] for char in inner if char in _QUOTES)
    noise = sum(char not in _QUIET for char in lead)
    noise += sum(char not in _QUIET and char not in closed for char in after)
    if noise > _MOST_NOISE:
        return None
    return "low" if noise else "high"


def is_page(words: Sequence[Word]) -> bool:
    """Whether the words are the number of a page or of a copy: `PAGE 3 OF 9`, `COPY NO 4`."""
    return _PAGE.fullmatch(_text(words)) is not None


def is_page_number(words: Sequence[Word]) -> bool:
    """Whether the words are the number of a page, as it stands between two levels."""
    return _PAGE_NUMBER.fullmatch(_text(words)) is not None


def declass_end(words: Sequence[Word], at: int) -> int:
    """Where the date or rule of declassification ends that begins at `at`; `at` if none does.

    And the law that restricts atomic data, which is printed in the same place.
    """
    for end in range(min(at + _MOST_DECLASS, len(words)), at, -1):
        if _DECLASS.fullmatch(_text(words[at:end])):
            return end
    return at


def declass_field(words: Sequence[Word]) -> tuple[str, str]:
    """What a date or rule of declassification says: the name of a field, and its value."""
    text = _text(words).removeprefix("DECL ").removeprefix("DECLASSIFY ").removeprefix("ON ")
    if text.isdecimal():
        day = f"{text[:4]}-{text[4:6]}-{text[6:]}"
        try:
            return "date", date.fromisoformat(day).isoformat()
        except ValueError:
            return "date", ""  # no day of the calendar
    rule = _RULE.sub("-", text.replace("GP ", "GROUP "))
    return "rule", "" if text.startswith("ATOMIC") else rule


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)
