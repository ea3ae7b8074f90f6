"""What a caret mark means (R7-R9): an insertion, unless the place it stands in says otherwise.

The rules are tried in the order of the tables; each answer carries the rule that gave it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from redline.model import Cert

__all__ = ["Caret", "Numbering", "decide", "raise_digits"]

_RAISED = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_NUMBER = re.compile(r"[+\-−]?\d+(?:[.,/]\d+)?")
_NOTE = re.compile(r"\d{1,3}|[*†‡§]{1,3}")
#: Units that carry an exponent (R7a).
UNITS = frozenset("km cm mm m ft in yd mi sec s min hr mph kg g lb Hz kHz MHz W kW".split())
ORDINALS = frozenset({"st", "nd", "rd", "th", "d"})
#: Tails of words that were raised in abbreviations (R7c).
TAILS = frozenset("r e t n o os rs mo ly ble dy nt".split())
#: More of them, believed only after a capital (`W^{m}`, `Ja^{s}`, `Cap^{tn}`).
CAPITAL_TAILS = frozenset("s d h m l tn ts ss ty ry ky th or ton sq co no".split())
_WORD_END = re.compile(r"[^\W\d_]+\Z")
_CLOSING = frozenset(".,;:!?)]”’\"'")


class Caret(NamedTuple):
    """An answer: ``add``, ``raised`` (exponent), ``superscript`` (plain letters), ``noteref``
    or ``text``; the rule; how sure; and the diagnostic it makes, if any."""

    meaning: str
    rule: str
    cert: Cert = "high"
    code: str = ""


class Numbering:
    """Which note number is due (R8). Numbers may start again at 1 on a new page."""

    def __init__(self, labels: frozenset[str]) -> None:
        self.labels = labels
        self._next = 1
        self._page = -1
        self.seen: set[str] = set()

    def due(self, number: int, page: int) -> bool:
        """Whether `number` is the next expected one on this page."""
        return number == self._next or (number == 1 and page != self._page)

    def take(self, label: str, page: int) -> None:
        """A reference with this label was believed."""
        self.seen.add(label)
        if label.isdecimal():
            self._next = int(label) + 1
            self._page = page


def raise_digits(body: str) -> str | None:
    """The body in raised characters, or None if one of them has no raised form."""
    raised = body.translate(_RAISED)
    return raised if all(a != b for a, b in zip(raised, body, strict=True)) else None


def decide(
    left: str, body: str, right: str, *, numbering: Numbering, letters: bool, page: int
) -> Caret:
    """What `^{body}` means between `left` (up to 12 characters of its line) and `right` (1).

    A mark after a closing `~~` is an insertion without asking. `letters`: the document has
    a running sequence of lettered notes.
    """
    before = left[-1:]
    if not before or before.isspace():
        if body.isdecimal():
            return Caret("add", "R9", "low", "numeric-addition")
        return Caret("add", "R7f")
    if _NUMBER.fullmatch(body):
        symbol = _power_base(left)
        if symbol:
            if symbol != "digit" and body.isdecimal() and numbering.due(int(body), page):
                return Caret("noteref", "R7a", "medium")
            if raise_digits(body) is None:
                return Caret("text", "R7a", "low", "exponent-unreadable")
            return Caret("raised", "R7a")
    if body in ORDINALS and before.isdecimal() and not right.isalnum():
        return Caret("superscript", "R7b")
    if before.isalpha() and not right.isalpha() and (body in TAILS or body in CAPITAL_TAILS):
        word = _WORD_END.search(left)
        if word and len(word[0]) <= 4 and (body in TAILS or word[0][0].isupper()):
            return Caret("superscript", "R7c", "low", "abbreviation")
    if _NOTE.fullmatch(body) and (before.isalpha() or before in _CLOSING):
        return Caret("noteref", "R7d")
    lettered = body in numbering.labels or letters
    if lettered and len(body) == 1 and body.isalpha() and not right.isalnum():
        return Caret("noteref", "R7e", "medium")
    return Caret("add", "R7f")


def _power_base(left: str) -> str:
    """What a number may be the exponent of, at the end of `left`: "" if nothing."""
    before = left[-1]
    if before.isdecimal():
        return "digit"
    if before in ")]":
        return "bracket"
    word = _WORD_END.search(left)
    if word is None:
        return ""
    if len(word[0]) == 1 and (word.start() == 0 or left[word.start() - 1] not in "'’"):
        return "symbol"
    return "unit" if word[0] in UNITS else ""
