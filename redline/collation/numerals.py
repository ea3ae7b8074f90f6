"""What a number says, in whichever form it is written: 25, twenty-five, XXV, 25th, ½.

English words; figures with commas or spaces at the thousands; Roman figures of two letters or
more. Two forms of one number have equal values; an ordinal is never equal to a cardinal.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

__all__ = ["Number", "is_numeral", "number"]

#: Nobody writes a number longer than this, in words.
LONGEST = 120

_UNITS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
fifteen sixteen seventeen eighteen nineteen""".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
CARDINALS = {word: n for n, word in enumerate(_UNITS)} | {
    word: 20 + 10 * n for n, word in enumerate(_TENS)
}
SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_ODD_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
#: ordinal word → the cardinal it is made from
ORDINALS = {
    _ODD_ORDINALS.get(word, word[:-1] + "ieth" if word[-1] == "y" else word + "th"): word
    for word in [*CARDINALS, *SCALES]
}
#: word → the part it names; plurals of ordinals are parts too
PARTS = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4} | {
    word + ending: CARDINALS[of]
    for word, of in ORDINALS.items()
    if of in CARDINALS and CARDINALS[of] > 2
    for ending in ("", "s")
}
VULGAR = {
    mark: Fraction(n, d)
    for mark, n, d in (
        *(("½", 1, 2), ("⅓", 1, 3), ("⅔", 2, 3), ("¼", 1, 4), ("¾", 3, 4), ("⅕", 1, 5)),
        *(("⅖", 2, 5), ("⅗", 3, 5), ("⅘", 4, 5), ("⅙", 1, 6), ("⅚", 5, 6), ("⅛", 1, 8)),
        *(("⅜", 3, 8), ("⅝", 5, 8), ("⅞", 7, 8)),
    )
}
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}

_FIGURES = re.compile(r"(\d{1,3}(?:[, \u00a0\u2009]\d{3})+|\d+)(\.\d+)?(st|nd|rd|th|d)?")
_FRACTION = re.compile(r"(?:(\d+)[ -])?(\d+)/(\d+)")
_SHAPE = re.compile(
    r"(?=[MDCLXVI]{2,})M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})\.?"
)
_BETWEEN = re.compile(r"[\s\-‐‑]+")
_WORDS = frozenset({*CARDINALS, *SCALES, *ORDINALS, *PARTS})


class Number(NamedTuple):
    """A value, and whether it gives a place in a row."""

    value: Fraction
    ordinal: bool


def is_numeral(word: str) -> bool:
    """Whether a word may be (part of) a number."""
    if word[:1].isdigit() or word in VULGAR:
        return True
    folded = word.casefold()
    if folded in _WORDS:
        return True
    if word.isalpha() and not word.isupper():
        return False
    if "-" in folded:
        return all(part in _WORDS or part == "and" for part in folded.split("-"))
    return _SHAPE.fullmatch(word) is not None


@lru_cache(maxsize=4096)
def number(text: str) -> Number | None:
    """The number that a wording is, all of it; None for anything else."""
    text = text.strip()
    if text.isdecimal() and len(text) <= LONGEST:
        return Number(Fraction(int(text)), False)
    if not text or len(text) > LONGEST:
        return None
    if text[0].isdigit() or text[-1] in VULGAR:
        return _figures(text)
    if _SHAPE.fullmatch(text):
        return Number(Fraction(_roman(text.rstrip("."))), False)
    return _words(_BETWEEN.split(text.casefold()))


def _figures(text: str) -> Number | None:
    if text[-1] in VULGAR:
        whole = text[:-1].strip()
        if whole and not whole.isdecimal():
            return None
        return Number(int(whole or 0) + VULGAR[text[-1]], False)
    if match := _FRACTION.fullmatch(text):
        if not int(match[3]):
            return None
        return Number(int(match[1] or 0) + Fraction(int(match[2]), int(match[3])), False)
    match = _FIGURES.match(text)
    if match is None:
        return None
    value = Fraction(re.sub(r"\D", "", match[1]) + (match[2] or ""))
    scales = text[match.end() :].casefold().split()
    if any(word not in SCALES for word in scales) or (scales and match[3]):
        return None
    for word in scales:
        value *= SCALES[word]
    return Number(value, match[3] is not None)


def _roman(text: str) -> int:
    values = [_ROMAN[letter] for letter in text]
    return sum(
        -value if value < after else value
        for value, after in zip(values, [*values[1:], 0], strict=True)
    )


def _words(words: list[str]) -> Number | None:
    if "and" in words[1:] and words[-1] in PARTS:  # two and a half
        at = len(words) - 1 - words[::-1].index("and")
        whole, part = _words(words[:at]), _words(words[at + 1 :])
        if whole and part and part.value < 1 and not (whole.ordinal or part.ordinal):
            return Number(whole.value + part.value, False)
    if len(words) == 2 and words[0] in {*CARDINALS, "a"} and words[1] in PARTS:
        over = 1 if words[0] == "a" else CARDINALS[words[0]]
        if over == 1 or words[1].endswith("s"):
            return Number(Fraction(over, PARTS[words[1]]), False)
    ordinal = words[-1] in ORDINALS
    if ordinal:
        words = [*words[:-1], ORDINALS[words[-1]]]
    total = group = 0
    named = False
    for k, word in enumerate(words):
        if word in CARDINALS:
            group += CARDINALS[word]
            named = True
        elif word in SCALES:
            if not named and not (group == 0 and (k == 0 or words[k - 1] == "a")):
                return None
            named = True
            scale = SCALES[word]
            if scale == 100:
                group = (group or 1) * 100
            else:
                total, group = total + (group or 1) * scale, 0
        elif word == "and" and named and k + 1 < len(words):
            continue
        elif word == "a" and k == 0 and len(words) > 1:
            continue
        else:
            return None
    return Number(Fraction(total + group), ordinal) if named else None
