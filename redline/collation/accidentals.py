"""Differences that leave the words what they are: the accidentals of textual criticism.

`kind_of` names what parts two wordings, or says that it is more than an accidental. The
first row that explains the difference is its name, so that `To-day`, `today` is hyphenation
though the capital differs too:

==============  ==================================================================
spacing         the same words and signs, other white space between
punctuation     the same words, other signs; signs against signs, or against none
capitals        the same letters, upper against lower case
hyphenation     a hyphen more or less in a word, at a line's end or within
word-division   one word written as two, or two as one
numeral         one number in two forms: 25, twenty-five
spelling        one word spelt in two ways, or a slip of the pen
ocr             two glyphs that scanning takes for one another
==============  ==================================================================
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

import regex

from redline.collation.confusions import confused
from redline.collation.lexicon import GRAMMAR, stem
from redline.collation.numerals import number
from redline.collation.spelling import LONGEST, plain, slip, standard

__all__ = ["ACCIDENTALS", "Evidence", "Judge", "is_signs", "kind_of"]

ACCIDENTALS = (
    "spelling",
    "capitals",
    "punctuation",
    "spacing",
    "word-division",
    "hyphenation",
    "numeral",
    "ocr",
)

#: Signs that say something (a tenth is no ten, a note mark points): they are no punctuation.
_SAYING = "%‰&@#§¶*†‡/\\\\"
_SIGNS = regex.compile(rf"[[\p{{P}}--[{_SAYING}]]\s|`´^~]*", regex.V1)
#: Punctuation, but for what stands between two digits, where a point or a colon is a figure's,
#: and for the minus before one.
_SIGN = regex.compile(
    rf"(?<!\d(?=.\d))(?<!(?<![\w.])(?=[-−–]\d))[[\p{{P}}--[{_SAYING}]]|`´^~]", regex.V1 | regex.S
)
_HYPHEN = regex.compile(r"(?<=[\p{L}\p{M}])[-‐‑­]\s*(?=\w)|(?<=\w)[-‐‑­]\s*(?=[\p{L}\p{M}])|\u00ad")
_SPACE = re.compile(r"\s+")
#: USSR, U.S.S.R., U. S. S. R.
_INITIALS = re.compile(r"(?:[A-Z]\.? ?)+(?<! )")
#: Between figures all dashes say one thing.
_DASH = re.compile(r"(?<=\d)[‐‑‒–—](?=\d)")
#: Longer wordings are not tried as one word or one number.
_LONG = 160

#: Without its apostrophe another word.
_CONTRACTED = re.compile(r"(?:we|she|he|i)['’](?:re|ll|d)|(?:ca|wo)n['’]t", re.I)


class Evidence(Enum):
    """How far two wordings alone can tell."""

    CERTAIN = "certain"
    #: An accidental unless both words are words: for the texts to say.
    LIKELY = "likely"


def is_signs(text: str) -> bool:
    """Whether a wording is punctuation and white space, or nothing at all."""
    return _SIGNS.fullmatch(text) is not None


def kind_of(x: str, y: str) -> tuple[str | None, Evidence]:
    """What parts two unequal wordings (see the table above); None: the words themselves."""
    if len(x) + len(y) <= 2 * LONGEST:
        return _kind_of(x, y)
    return _together(x, y) or _number(x, y), Evidence.CERTAIN


@lru_cache(maxsize=16384)
def _kind_of(x: str, y: str) -> tuple[str | None, Evidence]:
    found = _together(x, y) or _number(x, y)
    if found or not x or not y or _SPACE.search(x) or _SPACE.search(y):
        return found, Evidence.CERTAIN
    if standard(x) == standard(y):
        return "spelling", Evidence.CERTAIN
    if confused(x, y) or (x.isupper() != y.isupper() and confused(x.casefold(), y.casefold())):
        return "ocr", Evidence.CERTAIN
    if x.casefold() in GRAMMAR and y.casefold() in GRAMMAR:
        return None, Evidence.CERTAIN
    if min(len(x), len(y)) >= 3 and confused(x, y, weak=True):
        return "ocr", Evidence.LIKELY
    if slip(x, y):
        return "spelling", Evidence.LIKELY
    return None, Evidence.CERTAIN


def _together(x: str, y: str) -> str | None:
    """Kinds that hold for wordings of any length, in one pass each."""
    if is_signs(x) and is_signs(y):
        return "punctuation" if x.strip() or y.strip() else "spacing"
    if x.lower() == y.lower() or (x.isupper() != y.isupper() and x.upper() == y.upper()):
        return "capitals"
    if _INITIALS.fullmatch(x) and _INITIALS.fullmatch(y):
        if _letters(x) != _letters(y):
            return None
        return "punctuation" if x.count(".") != y.count(".") else "spacing"
    if x.isalpha() and y.isalpha():
        return "spelling" if plain(x) == plain(y) else None
    tight_x, tight_y = _SPACE.sub(" ", x).strip(), _SPACE.sub(" ", y).strip()
    if tight_x == tight_y:
        return "spacing"
    for fold in (str, str.casefold):
        left, right = fold(tight_x), fold(tight_y)
        joined_x, joined_y = _HYPHEN.sub("", left), _HYPHEN.sub("", right)
        if joined_x.replace(" ", "") == joined_y.replace(" ", ""):
            if len(left) - len(joined_x) != len(right) - len(joined_y):
                return "hyphenation"
            return "word-division" if _parts(joined_x) != _parts(joined_y) else "spacing"
        if _bare(left) == _bare(right):
            return None if _contracted(left, right) else "punctuation"
    return None


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text))


def _parts(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def _bare(text: str) -> list[str]:
    """The words without punctuation; empty words are none."""
    return _SIGN.sub("", _DASH.sub("-", text)).split()


def _contracted(x: str, y: str) -> bool:
    """`we're` against `were`."""
    return (_CONTRACTED.fullmatch(x) is None) != (_CONTRACTED.fullmatch(y) is None)


def _number(x: str, y: str) -> str | None:
    if len(x) > _LONG or len(y) > _LONG:
        return None
    value = number(x)
    return "numeral" if value is not None and value == number(y) else None


#: From so many questions on, texts in which not one word in `RARE` is another's form are unrelated.
PATIENCE, RARE = 20_000, 20


class Judge:
    """Says what parts two wordings of two texts; asks the texts where wordings cannot tell.

    What English knows, or what stands in the other text as well, is a word. Two words are two
    words, whatever their shape; a slip or a misreading stands on its own side alone.
    """

    def __init__(self, a: str, b: str) -> None:
        self._texts = (a, b)
        self._words: tuple[set[str], set[str]] | None = None
        self._asked = self._granted = 0

    @property
    def weary(self) -> bool:
        """Whether so many words were judged, and so few found to be one, that the texts (or most
        of what is left of them) have nothing to do with each other."""
        return self._asked > PATIENCE and self._asked > RARE * self._granted

    def __call__(self, x: str, y: str) -> str | None:
        """The accidental kind, or None for a substantive difference."""
        kind = self._kind(x, y)
        self._asked += 1
        self._granted += kind is not None
        return kind

    def _kind(self, x: str, y: str) -> str | None:
        kind, evidence = kind_of(x, y)
        if kind is None or evidence is Evidence.CERTAIN:
            return kind
        left, right = stem(x), stem(y)
        if left is not None and left == right:  # `occured`, `occurred`
            return kind
        two = (left or self._has(1, x)) and (right or self._has(0, y))
        return None if two else kind

    def _has(self, side: int, word: str) -> bool:
        """Whether a text has a word somewhere."""
        if self._words is None:
            self._words = (_words(self._texts[0]), _words(self._texts[1]))
        return word.casefold() in self._words[side]


#: So many characters at a time, since a list of all words is far larger than the text.
_STRETCH = 1 << 16
_WORD = re.compile(r"\w+(?:['’‐‑-]\w+)*")


def _words(text: str) -> set[str]:
    """Every word of a text, in lower case."""
    found: set[str] = set()
    for start in range(0, len(text), _STRETCH):
        found.update(_WORD.findall(text[start : start + _STRETCH].casefold()))
    return found
