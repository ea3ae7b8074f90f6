"""Reading a line that the grammar does not read as it stands: broken words, misread letters, noise.

Only for a line that holds nothing but one level; the bounds are those of the register (rule M2).
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from redline.markings import register
from redline.markings.banners.vocabulary import Vocabulary, damaged
from redline.markings.banners.words import Word

__all__ = ["Repaired", "repaired"]

#: A glyph or two before or after a level may be noise.
_NOISE = 2
_NUMBERING = frozenset(".):]")
#: Beyond so many wrong letters only such count as look alike, lost letters and doubled ones:
#: CONTINENTAL is three from CONFIDENTIAL.
_ANY_EDITS = 2
_ALIKE = tuple(
    map(
        frozenset,
        "OQDCGU0 ILTJ1|! EFB8R BRPDH MNHW VUYW CGEO SB58 AR4 KXR TF ZE2".split(),
    )
)


class Repaired(NamedTuple):
    """The words of the level alone, and how sure; `noise` says they are exact, beside noise."""

    words: tuple[Word, ...]
    cert: Literal["medium", "low"]
    noise: bool = False


def repaired(words: tuple[Word, ...], table: Vocabulary) -> Repaired | None:
    """The line with its damage repaired; None when it holds anything but one level.

    Tried in turn: words broken by a space (`CONFI DENTIAL`), misread letters, one or two glyphs
    of noise before or after an exact level.
    """
    joined = "".join(word.text for word in words)
    for form in table.exact:
        if joined == "".join(form) and len(words) <= len(form) + 2 and not _marked(words):
            return Repaired(_regrouped(words, form), "medium")
    return _misread(words, table) or _beside_noise(words, table)


def _marked(words: Sequence[Word]) -> bool:
    return any(word.before.strip("-–—.") for word in words[1:])


def _misread(words: Sequence[Word], table: Vocabulary) -> Repaired | None:
    if len(words) > 2 or _marked(words):
        return None
    found: list[Word] = []
    worst = 0
    for word in words:
        exact = word.text in register.bounds()
        read = (word.text, 0) if exact else damaged(word.text) if _capital(word) else None
        if read is None:
            return None
        if read[1] > _ANY_EDITS and not _looks_like(word.text, read[0], read[1]):
            return None
        worst = max(worst, read[1])
        found.append(word._replace(text=read[0], folded=True))
    if tuple(word.text for word in found) not in table.exact:
        return None
    return Repaired(tuple(found), "medium" if worst <= 1 else "low")


def _looks_like(word: str, target: str, budget: int) -> bool:
    """Whether `word` is within `budget` of `target` when unlike letters cost two."""
    row = list(range(len(target) + 1))
    for i, a in enumerate(word, 1):
        diagonal, row[0] = row[0], i
        for j, b in enumerate(target, 1):
            same = a == b
            cost = 0 if same else 1 if any(a in one and b in one for one in _ALIKE) else 2
            diagonal, row[j] = row[j], min(diagonal + cost, row[j] + 1, row[j - 1] + 1)
    return row[-1] <= budget


def _capital(word: Word) -> bool:
    capitals = sum(char.isupper() for char in word.text)
    return not word.text[0].islower() and capitals * 10 >= len(word.text) * 6


def _beside_noise(words: tuple[Word, ...], table: Vocabulary) -> Repaired | None:
    if len(words) < 2:
        return None
    short = register.words().short
    first, last = words[0], words[-1]
    if (
        _is_noise(first, short)
        and not _rest_of_a_word(first.text)
        and not first.before.endswith(("(", "["))
        and not words[1].before.startswith(tuple(_NUMBERING))
        and tuple(word.text for word in words[1:]) in table.exact
    ):
        return Repaired(words[1:], "low", True)
    if (
        _is_noise(last, short)
        and not last.before.strip("-–—.|,")
        and tuple(word.text for word in words[:-1]) in table.exact
    ):
        return Repaired(words[:-1], "low", True)
    return None


def _rest_of_a_word(text: str) -> bool:
    """Whether a glyph was lost of a word whose loss would change the level: `OP SECRET`."""
    text = text.replace("0", "O")
    return any(
        bound.same_length
        and len(text) == len(bound.word) - 1
        and any(bound.word[:at] + bound.word[at + 1 :] == text for at in range(len(bound.word)))
        for bound in register.bounds().values()
    )


def _is_noise(word: Word, short: frozenset[str]) -> bool:
    return len(word.text) <= _NOISE and word.text.upper() not in short


def _regrouped(words: tuple[Word, ...], form: tuple[str, ...]) -> tuple[Word, ...]:
    """The words of `form`, each with the place of the pieces that make it up."""
    result: list[Word] = []
    at, used = 0, 0
    for text in form:
        first = at
        while used + len(words[at].text) < len(text) and at + 1 < len(words):
            used += len(words[at].text)
            at += 1
        used = used + len(words[at].text) - len(text)
        result.append(words[first]._replace(text=text, end=words[at].end, before="", folded=True))
        if used <= 0:
            at, used = min(at + 1, len(words) - 1), 0
        else:  # a piece that runs over into the next word
            used = -(len(words[at].text) - used)
    return tuple(result)
