"""The vocabulary of a banner line as lookup tables, and the reading of damaged words.

Everything here is derived from the active register, once for each.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

from redline.markings.register import Control, Level, Register, active
from redline.markings.register.rows import phrase

if TYPE_CHECKING:
    import regex


class Vocabulary(NamedTuple):
    """Phrases by their first word, longest first, and the words and spellings they are made of."""

    levels: dict[str, tuple[tuple[tuple[str, ...], Level], ...]]
    controls: dict[str, tuple[tuple[tuple[str, ...], Control], ...]]
    short_controls: dict[str, Control]
    known: frozenset[str]
    spellings: re.Pattern[str]
    exact: dict[tuple[str, ...], Level]


def vocabulary() -> Vocabulary:
    """The lookup tables of the active register."""
    return active().derived(_vocabulary)


def _vocabulary(register: Register) -> Vocabulary:
    level_rows: dict[str, list[tuple[tuple[str, ...], Level]]] = {}
    for form, level in register.forms:
        level_rows.setdefault(form[0], []).append((form, level))
    control_rows: dict[str, list[tuple[tuple[str, ...], Control]]] = {}
    short: dict[str, Control] = {}
    for control in register.controls:
        for text in control.forms:
            words = phrase(text)
            control_rows.setdefault(words[0], []).append((words, control))
        for text in control.short:
            short.setdefault(text, control)
    for rows in control_rows.values():
        rows.sort(key=lambda row: -len(row[0]))
    level_words = {word for form, _ in register.forms for word in form}
    control_words = {word for rows in control_rows.values() for form, _ in rows for word in form}
    known = frozenset(word for word in level_words | control_words if len(word) > 1)
    spelled = sorted((word for word in known if len(word) > 2), key=lambda w: (-len(w), w))
    return Vocabulary(
        {word: tuple(rows) for word, rows in level_rows.items()},
        {word: tuple(rows) for word, rows in control_rows.items()},
        short,
        known,
        re.compile("|".join(spelled)),
        {
            form: level
            for form, level in register.forms
            if level.scheme == "us" or all(word in register.bounds for word in form)
        },
    )


def damaged(word: str) -> tuple[str, int] | None:
    """The word of the register that `word` is a misreading of, and in how many letters.

    None when it is a real word of its own (the stop list) or too far from all of them. Only for a
    word that stands alone on its line: in running text no such reading is safe.

    >>> damaged("SEGRET"), damaged("SECRETARY"), damaged("TDP")
    (('SECRET', 1), None, ('TOP', 1))
    """
    return active().derived(_damage)(word)


def _damage(register: Register) -> Callable[[str], tuple[str, int] | None]:
    """`_damaged` with a memory of its own for each register."""
    return lru_cache(maxsize=4096)(partial(_damaged, register))


def _damaged(register: Register, word: str) -> tuple[str, int] | None:
    if word in register.words.stop or word in register.words.stop_top:
        return None
    for bound in register.bounds.values():
        if abs(len(word) - len(bound.word)) > (0 if bound.same_length else bound.edits):
            continue
        edits = _distance(word, bound.word, bound.edits, bound.same_length)
        if edits is not None:
            return bound.word, edits
    return None


def _distance(word: str, target: str, most: int, same_length: bool) -> int | None:
    """How many letters differ, None beyond `most`."""
    if same_length:
        wrong = sum(a != b for a, b in zip(word, target, strict=True))
        return wrong if wrong <= most else None
    match = _pattern(target, most).fullmatch(word)
    return sum(match.fuzzy_counts) if match else None


@cache
def _pattern(target: str, most: int) -> "regex.Pattern[str]":
    import regex  # only the rare line that needs it pays for the import

    return regex.compile(f"(?b)(?:{target}){{e<={most}}}")


def _grade_names(register: Register) -> re.Pattern[str]:
    forms = sorted({" ".join(form) for form in register.grade_forms}, key=len, reverse=True)
    return re.compile("|".join(re.escape(form).replace(r"\ ", "[ -]?") for form in forms))


_SLIP_NOISE = re.compile(r"[^A-Z]+")
_SLIP_WORDS = frozenset("INTERNAL USE ONLY OFFICIAL ADMINISTRATIVE X FOR CIA".split())


def level_words(line: str) -> tuple[str, ...]:
    """The names of grades in a line that holds only such names, boxes and use-only marks."""
    pattern = active().derived(_grade_names)
    names = tuple(pattern.findall(line))
    if not names:
        return ()
    rest = _SLIP_NOISE.split(pattern.sub(" ", line))
    return names if all(word in _SLIP_WORDS for word in rest if word) else ()
