"""Phrases of more than the register's words: lists of countries, compartments, channels, levels.

Those of controls read words from `at` on and give the canonical name and where it ends, or None.
"""

import re
from collections.abc import Callable, Sequence

from redline.markings.banners.vocabulary import Vocabulary
from redline.markings.banners.words import Word
from redline.markings.register import Level, scheme_of

__all__ = ["compartment", "level_names", "phrase"]

_COUNTRY = re.compile(r"[A-Z]{2,4}")
_NAME = re.compile(r"[A-Z]{2,}")
_PART = re.compile(r"[A-Z0-9]{1,12}")
#: Who may see it, before `EYES ONLY`; more words are a sentence.
_MOST_EYES = 6
_EYES = frozenset(
    "EXCLUSIVELY FOR THE PRESIDENT PRESIDENTS AMBASSADOR ADDRESSEE ADDRESSEES".split()
)
_INITIAL = re.compile(r"[A-Z]")
_INITIALS = re.compile(r"\b([A-Z]) ([A-Z])\b")
_ONLY = frozenset(["EYES", "OFFICIALS", "CITIZENS", "NATIONALS"])
_MOST_CHANNELS = 7
_CHANNELS = frozenset(["CHANNEL", "CHANNELS", "SYSTEM", "SYSTEMS"])

Found = tuple[str, int] | None


def phrase(
    words: Sequence[Word], at: int, known: Callable[[int], bool], level: Callable[[int], bool]
) -> Found:
    """The control with words of its own that begins at `at`.

    `known` tells whether a control of the register begins at a place, `level` whether a level does.
    """
    text = words[at].text
    following = words[at + 1].text if at + 1 < len(words) else ""
    if text == "REL" and _COUNTRY.fullmatch(following) and following not in ("TO", "ON", "IN"):
        return _countries("REL TO", words, at + 1, known, level)
    if text == "REL" and following == "TO":
        return _countries("REL TO", words, at + 2, known, level)
    if text == "RELEASABLE" and following == "TO":
        return _countries("REL TO", words, at + 2, known, level)
    if text == "DISPLAY" and following == "ONLY":
        return _countries("DISPLAY ONLY", words, at + 2, known, level)
    if text == "FGI":
        return _countries("FGI", words, at + 1, known, level) or ("FGI", at + 1)
    if text == "HANDLE" and following == "VIA":
        return _channels(words, at)
    if known(at):
        return None
    return _for_some(words, at) or _channels_only(words, at)


def _countries(
    name: str,
    words: Sequence[Word],
    at: int,
    known: Callable[[int], bool],
    level: Callable[[int], bool],
) -> Found:
    """`USA, AUS, CAN AND GBR`: apart by commas, AND, or, where they are codes, by spaces."""
    found: list[str] = []
    end = at
    while end < len(words):
        word = words[end]
        if word.text == "AND" and found:
            end += 1
            continue
        joined = words[end - 1].text == "AND"
        if not _NAME.fullmatch(word.text) or level(end):
            break
        if found and not joined and word.before != "," and not (
            word.before == "" and _COUNTRY.fullmatch(word.text) and not known(end)
        ):
            break
        if not found and word.before.strip(":("):
            break
        found.append(word.text)
        end += 1
    if not found or words[end - 1].text == "AND":
        return None
    return f"{name} {', '.join(found)}", end


def _channels(words: Sequence[Word], at: int) -> Found:
    """`HANDLE VIA COMINT CHANNELS ONLY`, `… CONTROL SYSTEM`, `… CHANNELS JOINTLY`."""
    for end in range(at + 3, min(at + 3 + _MOST_CHANNELS, len(words))):
        if words[end].text in _CHANNELS:
            end += 1
            if end < len(words) and words[end].text in ("ONLY", "JOINTLY"):
                end += 1
            return " ".join(word.text for word in words[at:end]), end
    return None


def _channels_only(words: Sequence[Word], at: int) -> Found:
    """`COMINT CHANNELS ONLY`, without the verb."""
    for end in range(at + 1, min(at + _MOST_CHANNELS, len(words) - 1)):
        if words[end].text == "HANDLE":
            return None
        if words[end].text in _CHANNELS and words[end + 1].text in ("ONLY", "JOINTLY"):
            return " ".join(word.text for word in words[at : end + 2]), end + 2
    return None


def _for_some(words: Sequence[Word], at: int) -> Found:
    """`UK EYES ONLY`, `AUS/CAN/NZL EYES ONLY`, `U.S. OFFICIALS ONLY`."""
    text = words[at].text
    for end in range(at, min(at + _MOST_EYES, len(words) - 1)):
        word = words[end]
        if end > at and word.before not in ("", "/", "-", "."):
            return None
        if word.text in _ONLY and words[end + 1].text in ("ONLY", "ALONE"):
            if end == at:
                return None  # the register's own
            for word in words[at + 1 : end + 1]:
                text += ("/" if word.before == "/" else " ") + word.text
            return _INITIALS.sub(r"\1\2", text) + " ONLY", end + 2
        code = _COUNTRY.fullmatch(word.text) or _INITIAL.fullmatch(word.text)
        if not (code or word.text in _EYES or scheme_of(word.text)):
            return None
    return None


def compartment(
    words: Sequence[Word], at: int, end: int, known: Callable[[int], bool]
) -> tuple[str, int]:
    """A name and the parts that hyphens tie to it: `HCS-O-P`, `SI-GAMMA`, `SAR-BUTTER`.

    `end` is where the name itself ends. What is a control of its own (`RD-CNWDI`) is no part.
    """
    text = " ".join(word.text for word in words[at:end])
    while (
        end < len(words)
        and words[end].tight
        and words[end].before == "-"
        and _PART.fullmatch(words[end].text)
        and not known(end)
    ):
        text += "-" + words[end].text
        end += 1
    if text.endswith("-SIGMA"):
        while end < len(words) and words[end].text.isdecimal() and not words[end].before:
            text += " " + words[end].text
            end += 1
    return text, end


def level_names(words: Sequence[Word], table: Vocabulary) -> int:
    """How many different levels the words name, when they are nothing else; else 0."""
    at = 0
    names: set[Level] = set()
    while at < len(words):
        rows = table.levels.get(words[at].text, ())
        texts = tuple(word.text for word in words[at : at + len(rows[0][0])]) if rows else ()
        found = next((row for row in rows if texts[: len(row[0])] == row[0]), None)
        if found is None:
            return 0
        names.add(found[1])
        at += len(found[0])
    return len(names)
