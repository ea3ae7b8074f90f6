"""Lines that begin with a level and are a banner only if another page edge repeats them.

What the grammar of a banner does not know: captions of nobody's register (`TOP SECRET - LIMITED
DISTRIBUTION`), a level behind its label (`CLASSIFICATION: SECRET`), the short form of a level alone
(`FOUO`). One such line is text; the same line at two page edges is a banner.
"""

from __future__ import annotations

import re

from redline.markings.banners.lines import read_banner_line
from redline.markings.banners.shown import Shown
from redline.markings.banners.vocabulary import Vocabulary, vocabulary
from redline.markings.banners.words import Word, words_of
from redline.markings.register import Level, Register, active

__all__ = ["LONGEST", "begins_with_level", "is_codeword", "read_captioned"]

#: A longer line is text, and so is one of more words after its level.
LONGEST = 80
_MOST_WORDS = 8
_LABEL = re.compile(
    r"[\s*_#|]*(?:(?i:security) )?(?:CLASSIFICATION|Classification)(?:[ \t]*[:.–-]+[ \t]*|[ \t]+)"
)
_FRAMED = re.compile(r"[\s*_]*[(\[](?=[^()\[\]]+[)\]][\s*_]*\Z)")
_CAPTION = re.compile(r"[A-Z][A-Z'’]*|\d{1,4}")
_COPY = re.compile(r"NO\.? ?(\d{1,4})")
_CODEWORD = re.compile(r"[A-Z]{3,}(?: [A-Z]{3,}){0,2}")
#: What parts a caption from its level; without it the two may be a phrase.
_PARTED = frozenset("-–—/,;:(")


def read_captioned(line: str, start: int) -> Shown | None:
    """What a line shows, if another page edge repeats it; None where even that says nothing.

    >>> read_captioned("TOP SECRET - LIMITED DISTRIBUTION", 0).controls
    ('LIMITED DISTRIBUTION',)
    >>> read_captioned("CLASSIFICATION: SECRET", 0).level.name, read_captioned("LOU", 0).level.name
    ('SECRET', 'LIMITED OFFICIAL USE')
    """
    if len(line) > LONGEST:
        return None
    label = _LABEL.match(line) or _FRAMED.match(line)
    if label is not None:
        start, line = start + label.end(), line[label.end() :].rstrip("])")
        read = read_banner_line(line, start)
        if read is not None:
            return read[0] if len(read) == 1 else None
    if not line.isupper():
        return None
    table = vocabulary()
    found = words_of(line, table.known, table.spellings)
    if found is None or not found.words or len({word.state for word in found.words}) > 1:
        return None
    words = found.words
    here = _level(words, table)
    if here is None:
        return _short(words, start) if label is None else None
    length, level = here
    rest = words[length:]
    if not rest or len(rest) > _MOST_WORDS or not all(_CAPTION.fullmatch(w.text) for w in rest):
        return None
    lists = active().words
    parted = bool(_PARTED.intersection(rest[0].before))
    if not parted and (rest[0].text in lists.noun or rest[0].text in lists.stop):
        return None  # SECRET PAPERS OF THE MINISTRY
    bracketed = rest[0].before.endswith("(") and ")" in found.after
    if not bracketed and _names_level(rest, table):
        return None  # SECRET HISTORIES AND CONFIDENTIAL LETTERS
    caption = " ".join(line[rest[0].start : rest[-1].end].split()).removeprefix("AND ")
    number = _COPY.fullmatch(caption)
    shown = _shown(level, words[:length], start, () if number else (caption,))
    return shown._replace(said=(("copy", number[1]),)) if number else shown


def begins_with_level(line: str) -> bool:
    """Whether a line in capitals begins with a level, whatever follows."""
    if len(line) > LONGEST or not line.isupper():
        return False
    table = vocabulary()
    found = words_of(line, table.known, table.spellings)
    return found is not None and bool(found.words) and _level(found.words, table) is not None


def is_codeword(words: str) -> bool:
    """Whether a line may be codewords alone: one to three words in capitals, none of them ordinary
    and none of the register's."""
    if not _CODEWORD.fullmatch(words):
        return False
    table, lists = vocabulary(), active().words
    ordinary = (lists.function, lists.noun, lists.stop, table.levels, table.controls)
    return not any(word in each for word in words.split() for each in ordinary)


def _level(words: tuple[Word, ...], table: Vocabulary) -> tuple[int, Level] | None:
    """The grade that the words begin with, and of how many of them it is made."""
    texts = tuple(word.text for word in words)
    for form, level in table.levels.get(texts[0], ()):
        if texts[: len(form)] == form and not level.weak:
            return len(form), level
    return None


def _names_level(words: tuple[Word, ...], table: Vocabulary) -> bool:
    return any(_level(words[at:], table) is not None for at in range(len(words)))


def _short(words: tuple[Word, ...], start: int) -> Shown | None:
    level = active().derived(_shorts).get("-".join(word.text for word in words))
    return None if level is None else _shown(level, words, start, ())


def _shorts(register: Register) -> dict[str, Level]:
    """The levels by their short forms; one letter alone is the number of an annex."""
    return {level.short: level for level in reversed(register.levels) if len(level.short) > 1}


def _shown(
    level: Level, words: tuple[Word, ...], start: int, controls: tuple[str, ...]
) -> Shown:
    span = (start + words[0].start, start + words[-1].end)
    return Shown(level, words[0].state, controls, (), span, "medium", "exact", controls)
