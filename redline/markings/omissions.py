"""What words in square brackets say of text that is not there.

`[1 line not declassified]` tells of text that was withheld, and how much; `[Here follows a list of
participants.]` only that an editor left something out. The two must not be mixed: the second is no
act of declassification.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

__all__ = ["Omission", "omissions", "read_omission"]

Kind = Literal["withheld", "editorial", "illegible", "damage", "missing", "omitted"]

_NUMBERS = {
    word: n
    for n, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()
    )
}
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "1/2": 0.5, "1/4": 0.25}
_FRACTIONS["3/4"] = 0.75
_FRACTION = "|".join(_FRACTIONS)
_NUMBER = (
    rf"(?:\d{{1,4}}(?:[\s-]*(?:{_FRACTION})(?!\d)|(?:\.\d{{1,2}})?(?!/))"
    rf"|{_FRACTION}|{'|'.join(_NUMBERS)})"
)
_LESS = r"(?P<less>(?:less|not more|no more|fewer) than|at most|up to)\s+"
_MORE = r"(?P<about>(?:more than|over|at least|about|approximately|nearly|almost)\s+)?"

#: What was withheld, in the words of the editors; the first that is found decides.
_ACTS: tuple[tuple[Kind, str], ...] = (
    ("withheld", r"not (?:been )?(?:declassified|released)|withheld|still classified"),
    ("withheld", r"redacted|excised|sanitized"),
    ("withheld", r"deleted"),
    ("illegible", r"illegible|unreadable|indecipherable|unclear"),
    ("damage", r"torn|damaged|burned|cut off"),
    ("missing", r"missing|not found|garbled|garble"),
)
_ACT = re.compile("|".join(f"(?P<a{k}>{words})" for k, (_, words) in enumerate(_ACTS)), re.I)
_AMOUNT = re.compile(
    rf"(?:{_LESS})?{_MORE}(?P<n>{_NUMBER})"
    rf"(?:\s+(?:and\s+)?(?P<half>a half|one[- ]half|{_FRACTION}))?"
    r"[\s-]+(?P<unit>[A-Za-z][A-Za-z-]*)",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    rf"\((?:(?:about|approximately)\s+)?(?P<n>{_NUMBER})\s+(?P<unit>[A-Za-z]+)\)", re.IGNORECASE
)
_DELETED = 2
#: Words that are struck on the page are deleted too; that is no review.
_STRUCK = frozenset("word letter character line phrase sentence paragraph text".split())
#: What may stand after the act; and what never stands before it.
_AFTER = re.compile(r"(?:\s*\(.{1,60}\)|\s+(?:in|from|on|by|under|for|at)\b.{1,60})?$")
_CLAUSE = re.compile(r"\b(?:he|she|they|we|i|who|which|that|was|were|has|had)\b", re.IGNORECASE)
_EDITORIAL = re.compile(
    r"here follow(?:s|ed)?\b|omitted (?:here|is|are|from)\b|(?:the )?(?:remainder|rest) of"
    r"|for (?:the )?text,? see\b|not printed|not reproduced"
    r"|(?:attachment|enclosure|tab|annex)\b.{0,40}\b(?:not (?:printed|found|attached|reproduced))",
    re.IGNORECASE,
)
_OF_SOURCE = re.compile(r"\s+(?:of|in the) (?:the )?(?:source )?text\b", re.IGNORECASE)
_HANDLING = re.compile(r"^(?:handling|dissemination) (?:restriction|control|caveat)s?$")
_BRACKET = re.compile(r"\[[^\[\]]{2,600}\]")
#: Units are named in the singular.
_UNITS = {"copies": "copy", "entries": "entry", "series": "series"}


class Omission(NamedTuple):
    """Text that is not there.

    `kind`: ``withheld`` (not declassified), ``editorial`` (left out by an editor), ``illegible``,
    ``damage``, ``missing``, or ``omitted`` for a gap that says no more. `quantity` is in `unit`s
    (singular: line, page, word …), None where the brackets give no number; at most so many where
    `at_most`.
    `subject` is what was withheld when it is no measure: ``name``, ``dollar amount``. `within` is
    a second measure in round brackets, as (quantity, unit). `start` and `end` are code points of
    the text given.
    """

    kind: Kind
    quantity: float | None = None
    unit: str | None = None
    at_most: bool = False
    subject: str | None = None
    within: tuple[float, str] | None = None
    start: int = 0
    end: int = 0

    @property
    def declassification(self) -> bool:
        """Whether it tells of an act of declassification review."""
        return self.kind == "withheld"


def read_omission(words: str) -> Omission | None:
    """What `words`, with their square brackets, say is not there; None when they say no such thing.

    >>> read_omission("[2½ lines (30 words) not declassified]")[:3]
    ('withheld', 2.5, 'line')
    >>> read_omission("[Here follows a list of participants.]").kind
    'editorial'
    >>> read_omission("[Acheson]")
    """
    found = words.strip()
    if not (found.startswith("[") and found.endswith("]")):
        return None
    start = words.index("[")
    end = start + len(found)
    inner = " ".join(found[1:-1].split())
    if not inner.strip("… ."):
        dots = "…" in inner or inner.count(".") > 2
        return Omission("omitted", start=start, end=end) if dots else None
    inner = inner.strip(" .")
    if _EDITORIAL.match(inner):
        return Omission("editorial", start=start, end=end)
    # In `Source: … Secret. 3 pages not declassified.` the last sentence counts.
    acts = list(_ACT.finditer(inner))
    if not acts:
        return Omission("editorial", start=start, end=end) if _EDITORIAL.search(inner) else None
    act = acts[-1]
    if _AFTER.match(inner, act.end()) is None:
        return None
    row = int((act.lastgroup or "a0")[1:])
    told = inner[: act.start()]
    sentence = max(told.rfind(". "), told.rfind("; "), told.rfind(": "))
    measured = _measured(_ACTS[row][0], told[sentence + 1 :].strip(), start, end)
    what = measured.unit or _singular((measured.subject or "text").split()[-1])
    if row == _DELETED and what in _STRUCK:
        return None
    return None if _CLAUSE.search(measured.subject or "") else measured


def _measured(kind: Kind, told: str, start: int, end: int) -> Omission:
    """The amount, or what it was, from the words before `not declassified`."""
    second = _WITHIN.search(told)
    within = None
    if second is not None:
        within = (_whole(_value(second["n"])), _singular(second["unit"]))
        told = told[: second.start()] + told[second.end() :]
    told = re.sub(r"\s+(?:is|are|was|were|have|has|remains?)$", "", told.strip())
    amount = _AMOUNT.match(told)
    if amount is None:
        subject = told.casefold().strip(" ,") or None
        if subject is not None and _HANDLING.match(subject):
            subject = subject.rstrip("s")
        return Omission(kind, None, None, False, subject, within, start, end)
    quantity = _value(amount["n"])
    if amount["half"]:
        quantity += _FRACTIONS.get(amount["half"], 0.5)
    rest = _OF_SOURCE.sub("", told[amount.end("unit") :]).strip(" ,")
    unit = _singular(amount["unit"])
    subject = f"{amount['unit']} {rest}".casefold() if rest else None
    at_most = amount["less"] is not None
    return Omission(kind, _whole(quantity), unit, at_most, subject, within, start, end)


def _value(number: str) -> float:
    low = number.casefold()
    if low in _NUMBERS:
        return float(_NUMBERS[low])
    for sign, part in _FRACTIONS.items():
        if low.endswith(sign):
            whole = low[: -len(sign)].strip(" -")
            return (float(whole) if whole else 0.0) + part
    return float(low)


def _whole(number: float) -> float:
    return int(number) if number == int(number) else number


def _singular(unit: str) -> str:
    low = unit.casefold()
    if low in _UNITS:
        return _UNITS[low]
    return low[:-1] if low.endswith("s") and len(low) > 2 else low


def omissions(text: str) -> Iterator[Omission]:
    """Every omission that the square brackets of a text tell of, in order."""
    for match in _BRACKET.finditer(text):
        found = read_omission(match.group())
        if found is not None:
            yield found._replace(start=match.start(), end=match.end())
