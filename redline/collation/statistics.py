"""How much two texts differ: how alike they are, how much is edited, and of what kind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from redline.collation.accidentals import ACCIDENTALS
from redline.collation.variants import KINDS, Variant

__all__ = ["Statistics", "statistics"]

#: Characters of scripts without spaces, each a word (as in `units`).
_ALONE = (
    r"\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff"
    r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
)
#: What is counted as a word. Signs are none.
_WORD = re.compile(rf"[^\W{_ALONE}]+(?:['’‐‑-][^\W{_ALONE}]+)*|[{_ALONE}]")
_STRETCH = 1 << 16


class Statistics(NamedTuple):
    """Figures of one comparison; white space alone is not counted anywhere.

    Lengths are in words and in characters, of a and of b. An edit rate is edits over the
    length of a, where a variant is as many edits as its longer side is long and a moved
    passage, wherever it went, counts once; so that it may be above 1. `similarity` is the
    share of the words of both texts that stand unchanged in order, or were moved. `kinds`
    and `accidentals` have every name, at 0 where there is none; a transposition is one.
    """

    words: tuple[int, int]
    characters: tuple[int, int]
    similarity: float
    word_edits: int
    character_edits: int
    word_rate: float
    character_rate: float
    substantive: int
    accidental: int
    kinds: Mapping[str, int]
    accidentals: Mapping[str, int]


def statistics(
    a: str, b: str, variants: Sequence[Variant], changes: Sequence[Variant] = ()
) -> Statistics:
    """The figures of `variants`, which are those of a and b; `changes` are what was changed in
    passages that were moved: these are counted, but for the words, which are so already."""
    kinds = Counter(dict.fromkeys(KINDS, 0))
    accidentals = Counter(dict.fromkeys(ACCIDENTALS, 0))
    classes: Counter[str] = Counter()
    word_edits = character_edits = changed = 0
    for k, variant in enumerate(variants):
        if not variant.counts:
            continue
        x, y = a[slice(*variant.a)], b[slice(*variant.b)]
        p, q = _counted(x), _counted(y)
        moved = variant.partner is not None
        if not moved:
            changed += p + q
        elif variant.partner is not None and variant.partner < k:
            continue  # counted with its other half
        word_edits += max(p, q)
        character_edits += max(_solid(x), _solid(y))
        kinds[variant.kind] += 1
        classes[variant.class_] += 1
        if variant.accidental:
            accidentals[variant.accidental] += 1
    for variant in changes:
        changed += _counted(a[slice(*variant.a)]) + _counted(b[slice(*variant.b)])
        kinds[variant.kind] += 1
        classes[variant.class_] += 1
        if variant.accidental:
            accidentals[variant.accidental] += 1
    words = _counted(a), _counted(b)
    characters = _solid(a), _solid(b)
    total = sum(words)
    return Statistics(
        words,
        characters,
        max(0.0, (total - changed) / total) if total else float(a.split() == b.split()),
        word_edits,
        character_edits,
        _rate(word_edits, words),
        _rate(character_edits, characters),
        classes["substantive"],
        classes["accidental"],
        dict(kinds),
        dict(accidentals),
    )


def _rate(edits: int, lengths: tuple[int, int]) -> float:
    """Against an empty text everything is edited."""
    return edits / (lengths[0] or lengths[1] or 1)


def _counted(text: str) -> int:
    """Words, counted a stretch at a time: a list of all would be far larger than the text."""
    if text.isalnum() and text.isascii():
        return 1
    total = at = 0
    while at < len(text):
        end = min(at + _STRETCH, len(text))
        while 0 < end < len(text) and end < at + 2 * _STRETCH and not text[end].isspace():
            end += 1
        part = text[at:end]
        total += _plain(part) if part.isascii() and len(part) > 99 else len(_WORD.findall(part))
        at = end
    return total


#: Letters and figures `w`, what joins them `-`, all else a blank.
_CLASSES = bytes(
    b"w"[0] if chr(k).isalnum() or chr(k) == "_" else b"-"[0] if chr(k) in "'-" else b" "[0]
    for k in range(128)
) + bytes(128)


def _plain(text: str) -> int:
    """`_WORD`, counted in a text of ASCII: where letters begin, and no word goes on."""
    classes = b" " + text.encode("ascii").translate(_CLASSES)
    return sum(map(classes.count, (b" w", b" -w", b"--w")))


#: All that is white space, most frequent first.
_ASCII_SPACES = " \n\r\t\v\f\x1c\x1d\x1e\x1f"
_SPACES = _ASCII_SPACES + "".join(filter(str.isspace, map(chr, range(128, 0x3001))))


def _solid(text: str) -> int:
    """Characters that are not white space."""
    if text.isalnum():
        return len(text)
    if len(text) < 99:
        return sum(map(len, text.split()))
    return len(text) - sum(map(text.count, _ASCII_SPACES if text.isascii() else _SPACES))
