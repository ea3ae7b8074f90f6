"""Prose that is full of the register's words, and holds no marking: what a parser may trip over."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from itertools import cycle

from redline.markings.register import active

__all__ = ["CODES", "PLACES", "capitals", "paper", "register_words", "write_paper"]

_COMMON = """
the a of and to in that was for by with on at from this which not but were had their after before
between harbour council treaty grain winter border minister envoy railway tariff letter morning
question answer province island quarter session proposal coast bridge station journey account
delegation wording inspection supply garrison doubt evening matter fishermen sluice ferry orchard
""".split()
_NOUNS = """
HARBOUR GARDENS LETTERS SOUNDINGS FERRIES ORCHARD ACCOUNTS JOURNEYS WINTER BRIDGES CLERKS TARIFFS
""".split()
_CASES: tuple[Callable[[str], str], ...] = (
    str.lower,
    str.title,
    str.upper,
    str.capitalize,
    str.swapcase,
    lambda phrase: "".join(c.upper() if k % 2 else c.lower() for k, c in enumerate(phrase)),
)
_WIDTH = 72
#: Exemption codes, which are taken out of any text (M12).
CODES = re.compile(r"\b\d\dX\d?|\bX[1-8]\b|^STAT|^ILLEGIB")


def register_words() -> list[str]:
    """Every printed form, short form and stop word of the register, each once."""
    register = active()
    found = {" ".join(form): None for form, _ in register.forms}
    for control in register.controls:
        found |= dict.fromkeys((control.name, *control.forms, *control.short))
    for schedule in register.schedules:
        found |= dict.fromkeys((schedule.token, *schedule.forms))
    found |= dict.fromkeys(sorted(register.words.stop | register.words.noun))
    return list(found)


def _sentence(rng: random.Random, *phrases: str) -> list[str]:
    words = rng.choices(_COMMON, k=rng.randint(8, 18))
    for phrase in phrases:
        words.insert(rng.randint(1, len(words) - 1), phrase)
    words[0] = words[0].capitalize()
    words[-1] += "."
    return words


def _wrap(words: list[str], width: int = _WIDTH) -> list[str]:
    lines, line = [], ""
    for word in words:
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line]


def _within(rng: random.Random, phrase: str) -> list[str]:
    return _wrap(_sentence(rng, phrase) + _sentence(rng))


def _first(rng: random.Random, phrase: str) -> list[str]:
    return _wrap([phrase, *_sentence(rng)[1:], *_sentence(rng)])


def _line_start(rng: random.Random, phrase: str) -> list[str]:
    return [*_wrap(_sentence(rng)[:-1]), *_wrap([phrase, *_sentence(rng)[1:]])]


def _line_end(rng: random.Random, phrase: str) -> list[str]:
    *lines, last = _wrap(_sentence(rng)[:-1])
    while len(last) + 1 + len(phrase) > _WIDTH and " " in last:
        last = last.rpartition(" ")[0]
    return [*lines, f"{last} {phrase}", *_wrap([*rng.choices(_COMMON, k=12), "so."])]


def _last_line(rng: random.Random, phrase: str) -> list[str]:
    """Alone on the last line of a paragraph."""
    return [*_wrap(_sentence(rng)[:-1]), f"{phrase}."]


def _quoted(rng: random.Random, phrase: str) -> list[str]:
    left, right = rng.choice(['""', "“”", "()", "‘’", "[]"])
    return _wrap(_sentence(rng, left + phrase + right) + _sentence(rng))


def _heading(rng: random.Random, phrase: str) -> list[str]:
    return [" ".join([phrase.upper(), *rng.sample(_NOUNS, rng.randint(1, 3))])]


def _heading_end(rng: random.Random, phrase: str) -> list[str]:
    return [" ".join(["THE", *rng.sample(_NOUNS, rng.randint(1, 2)), "OF", phrase.upper()])]


def _marked_heading(rng: random.Random, phrase: str) -> list[str]:
    return [f"## {phrase} and the {rng.choice(_NOUNS).lower()}"]


def _items(rng: random.Random, phrase: str) -> list[str]:
    bullet = rng.choice(["- ", "* ", "1. ", "a) ", "(b) "])
    return [bullet + " ".join(_sentence(rng)), bullet + phrase, bullet + " ".join(_sentence(rng))]


#: Where a phrase can stand.
PLACES = (
    _within,
    _first,
    _line_start,
    _line_end,
    _last_line,
    _quoted,
    _heading,
    _heading_end,
    _marked_heading,
    _items,
)


def write_paper(rng: random.Random, phrases: list[str]) -> str:
    """A paper with a paragraph for each phrase, its place and its case taken in turn."""
    places, cases = cycle(rng.sample(PLACES, len(PLACES))), cycle(_CASES)
    blocks = [_wrap(_sentence(rng))]
    for phrase in phrases:
        blocks.append(next(places)(rng, next(cases)(phrase)))
        if rng.random() < 0.5:
            blocks.append(_wrap(_sentence(rng) + _sentence(rng)))
    blocks.append(_wrap(_sentence(rng)))
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _lone(rng: random.Random, phrase: str) -> list[str]:
    """A paragraph in capitals in which a phrase has a line to itself."""
    before, after = (_wrap(_sentence(rng)) for _ in range(2))
    before[-1] = before[-1].removesuffix(".")
    return [line.upper() for line in (*before, phrase, *after)]


def _narrow(rng: random.Random, phrase: str) -> list[str]:
    """A narrow column in capitals: now and then a word has a line to itself."""
    words = [*_sentence(rng, phrase), *_sentence(rng), *_sentence(rng, phrase), *_sentence(rng)]
    return [line.upper() for line in _wrap(words, rng.randint(14, 34))]


def capitals(number: int) -> str:
    """Paper `number` in capitals, of all phrases but the codes no writer would use as words."""
    rng = random.Random(f"capitals {number}")
    phrases = [phrase for phrase in register_words() if not CODES.search(phrase)]
    rng.shuffle(phrases)
    blocks = [rng.choice((_lone, _narrow))(rng, phrase) for phrase in phrases]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def columns(number: int, width: int) -> str:
    """Paper `number` in columns of a width, its phrases in the case of the register and in small
    letters: without the codes and marks that stay none of the text wherever they stand."""
    rng = random.Random(f"columns {number} {width}")
    phrases = [phrase for phrase in register_words() if not CODES.search(phrase)]
    rng.shuffle(phrases)
    blocks = []
    for phrase, case in zip(phrases, cycle((str, str.title, str.lower)), strict=False):
        words = [*_sentence(rng), *_sentence(rng, case(phrase)), *_sentence(rng)]
        blocks.append(_wrap(" ".join(words).split(), width))
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def paper(number: int) -> str:
    """Paper `number`, of all the phrases: over sixty of them each has stood in every place and
    case."""
    rng = random.Random(f"prose {number}")
    phrases = register_words()
    rng.shuffle(phrases)
    return write_paper(rng, phrases)
