"""Pairs of texts that differ in known ways: changes of every class, planted in running prose."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.collation.prose import (
    DIVIDED,
    HYPHENATED,
    MISREAD,
    NUMERALS,
    OTHER,
    PHRASES,
    SPELLINGS,
    invented,
)

__all__ = ["CLASSES", "PAIRS", "Pair", "Planted", "generated", "real", "reverted"]

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
PAIRS = 200

CLASSES = (
    *("addition", "omission", "substitution", "move", "changed move", "short move"),
    *("split", "join"),
    *("spelling", "capitals", "punctuation", "spacing", "word-division", "hyphenation"),
    *("numeral", "ocr"),
)

# -- what is planted ------------------------------------------------------------------------------

_SIGNS = (",", ";", ":", " –", ".")
_WORD = re.compile(r"[^\W\d_]+")


class Planted(NamedTuple):
    """A change of a class, with its ranges; a move has its passage at either place."""

    name: str
    a: tuple[int, int]
    b: tuple[int, int]


class Pair(NamedTuple):
    a: str
    b: str
    planted: tuple[Planted, ...]


class _Piece(NamedTuple):
    """A stretch of both texts; `name` where they differ. A half of a move has its number."""

    a: str
    b: str
    name: str | None = None
    move: int | None = None


@cache
def real() -> tuple[tuple[str, ...], ...]:
    """The paragraphs of prose of the real transcriptions; empty where they are not at hand."""
    import redline

    found = []
    for path in sorted(SEEDS.glob("*.txt")):
        text = redline.parse(path.read_text("utf-8")).reading("final").text
        found.append(tuple(p for p in text.split("\n\n") if len(p.split()) >= 25 and "\n" not in p))
    return tuple(part for part in found if len(part) >= 5)


# -- planting -------------------------------------------------------------------------------------


def plant(rng: random.Random, paragraphs: Sequence[str], each: int = 12) -> Pair:
    """A pair with a change about every `each` words, each several words from the next."""
    rows = [paragraph.split(" ") for paragraph in paragraphs]
    known = {w.casefold() for row in rows for w in _WORD.findall(" ".join(row))}
    pieces: list[list[_Piece]] = []
    moves: list[tuple[str, str, str]] = []
    for row in rows:
        line: list[_Piece] = []
        k = 0
        while k < len(row):
            gap = rng.randint(5, 2 * each - 5)
            line.append(_same(row[k : k + gap], k > 0))
            k += gap
            if k + 14 < len(row):
                made, used = _change(rng, row[k : k + 14], known, moves)
                line += made
                k += used
        pieces.append(line)
    blank = [[_Piece("\n\n", "\n\n")] for _ in pieces]
    # a paragraph parted, or two joined, at sentences' ends between pieces that are the same
    for n, line in enumerate(pieces[:-1]):
        if rng.random() < 0.3 and line[-1].name is None and pieces[n + 1][0].name is None:
            x, y, name = rng.choice((("\n\n", " ", "join"), (" ", "\n\n", "split")))
            blank[n] = [_Piece(x, y, name)]
    flat = [piece for line, end in zip(pieces, blank, strict=True) for piece in (*line, *end)]
    flat = _settle(rng, flat[:-1], moves)
    return _built(flat)


def _same(words: Sequence[str], spaced: bool) -> _Piece:
    text = (" " if spaced and words else "") + " ".join(words)
    return _Piece(text, text)


def _change(
    rng: random.Random, words: list[str], known: set[str], moves: list[tuple[str, str, str]]
) -> tuple[list[_Piece], int]:
    """A change where these words come next, and how many of them it uses up."""
    name = rng.choice(CLASSES)
    made = _MAKERS[name](rng, words, known) if name in _MAKERS else None
    if made is not None:
        return made
    if name in ("move", "changed move", "short move") and len(moves) < 3:
        count = rng.randint(4, 7) if name == "short move" else rng.randint(8, 14)
        x = y = words[:count]
        if len({w.casefold() for w in x}) == len(x):
            if name == "changed move":
                at = rng.randint(2, count - 3)
                y = [*x[:at], rng.choice(OTHER), *x[at + 1 :]]
            moves.append((name, " ".join(x), " ".join(y)))
            return [_Piece(" " + " ".join(x), "", name, len(moves) - 1)], count
    return [], 0


def _settle(
    rng: random.Random, flat: list[_Piece], moves: list[tuple[str, str, str]]
) -> list[_Piece]:
    """Every moved passage given its other place: inside a same piece, far enough away."""
    for n, (name, x, y) in enumerate(moves):
        at = next(k for k, piece in enumerate(flat) if piece.move == n)
        size = 3 * len(x)
        reach, places = 0, []
        for way in (range(at + 1, len(flat)), range(at - 1, -1, -1)):
            reach = 0
            for k in way:
                words = flat[k].a.split(" ")
                if reach > size and flat[k].name is None and len(words) > 8:
                    places.append(k)
                reach += len(flat[k].a)
        if not places:
            flat[at] = _Piece(" " + x, " " + x)  # no room: it stays
            continue
        k = rng.choice(places)
        words = flat[k].a.split(" ")
        cut = rng.randint(4, len(words) - 4)
        head, tail = " ".join(words[:cut]), " " + " ".join(words[cut:])
        flat[k : k + 1] = [
            _Piece(head, head),
            _Piece("", " " + y, name, n),
            _Piece(tail, tail),
        ]
    return flat


def _built(flat: Sequence[_Piece]) -> Pair:
    a = b = ""
    found: list[Planted] = []
    halves: dict[int, Planted] = {}
    for piece in flat:
        x, y = (len(a), len(a) + len(piece.a)), (len(b), len(b) + len(piece.b))
        a, b = a + piece.a, b + piece.b
        if piece.name is None:
            continue
        one = Planted(piece.name, x, y)
        if piece.move is None:
            found.append(one)
        elif piece.move in halves:
            first = halves.pop(piece.move)
            whole = (first, one) if piece.b else (one, first)
            found.append(Planted(piece.name, whole[0].a, whole[1].b))
        else:
            halves[piece.move] = one
    return Pair(a, b, tuple(found))


Made = tuple[list[_Piece], int]
Maker = Callable[[random.Random, list[str], set[str]], "Made | None"]


def _instead(name: str, x: str, y: str, used: int = 0) -> Made:
    return [_Piece(" ", " "), _Piece(x, y, name)], used


def _addition(rng: random.Random, words: list[str], known: set[str]) -> Made:
    text = rng.choice(PHRASES) if rng.random() < 0.6 else rng.choice(OTHER)
    return [_Piece("", " " + text, "addition")], 0


def _omission(rng: random.Random, words: list[str], known: set[str]) -> Made | None:
    count = rng.randint(1, 6)
    if not all(w.isalpha() for w in words[:count]) or words[count] == words[0]:
        return None
    return [_Piece(" " + " ".join(words[:count]), "", "omission")], count


def _substitution(rng: random.Random, words: list[str], known: set[str]) -> Made | None:
    count = rng.randint(1, 4)
    if not all(w.isalpha() for w in words[:count]):
        return None
    new = rng.sample(OTHER, rng.randint(1, 3))
    return _instead("substitution", " ".join(words[:count]), " ".join(new), count)


def _listed(name: str, table: Sequence[str]) -> Maker:
    """One of two forms in one text, the other in the other: rows are `x=y`."""
    rows = [row.split("=") for row in table]

    def make(rng: random.Random, words: list[str], known: set[str]) -> Made | None:
        x, y = rng.sample(rng.choice(rows), 2)
        return _instead(name, x, y) if words[0].isalpha() else None

    return make


def _spelling(rng: random.Random, words: list[str], known: set[str]) -> Made | None:
    """A spelling of another country, or a slip: letters doubled, dropped, exchanged."""
    word = words[0]
    if len(word) < 8 or not word.isalpha() or not word.isascii() or rng.random() < 0.5:
        return _listed("spelling", SPELLINGS)(rng, words, known)
    at = rng.randint(2, len(word) - 4)
    slips = [
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
    ]
    other = rng.choice([slip for slip in slips if slip != word])
    x, y = (word, other) if rng.random() < 0.5 else (other, word)
    return _instead("spelling", x, y, 1)


def _capitals(rng: random.Random, words: list[str], known: set[str]) -> Made | None:
    word = words[0]
    if not word.isalpha() or len(word) < 2:
        return None
    other = next((w for w in (word.title(), word.upper(), word.lower()) if w != word), word)
    return _instead("capitals", word, other, 1)


def _punctuation(rng: random.Random, words: list[str], known: set[str]) -> Made | None:
    if not words[0].isalnum():
        return None
    x, y = rng.sample(("", *_SIGNS), 2)
    head = [_Piece(" " + words[0], " " + words[0])]
    if rng.random() < 0.3:
        marks = [_Piece(mark, '"', "punctuation") for mark in "“”"]
        return [_Piece(" ", " "), marks[0], _Piece(words[0], words[0]), marks[1]], 1
    if x.strip() == y.strip() or " –" in (x, y):
        x, y = ",", ""
    return [*head, _Piece(x, y, "punctuation")], 1


def _spacing(rng: random.Random, words: list[str], known: set[str]) -> Made:
    return [
        _Piece(*rng.sample((" ", "  ", "\n", "\t", " \n "), 2), "spacing"),
        _Piece(words[0], words[0]),
    ], 1


def _hyphenation(rng: random.Random, words: list[str], known: set[str]) -> Made | None:
    word = words[0]
    if len(word) < 8 or not word.isalpha() or rng.random() < 0.5:
        return _listed("hyphenation", HYPHENATED)(rng, words, known)
    at = rng.randint(3, len(word) - 3)
    broken = word[:at] + "-\n" + word[at:]
    x, y = (word, broken) if rng.random() < 0.5 else (broken, word)
    return _instead("hyphenation", x, y, 1)


def _ocr(rng: random.Random, words: list[str], known: set[str]) -> Made | None:
    word = words[0].rstrip(".,")
    tail = words[0][len(word) :]
    if not word.isalpha() or len(word) < 5:
        return None
    ways = [(p, q) for p, q in MISREAD if p in word]
    if not ways:
        return None
    p, q = rng.choice(ways)
    other = word.replace(p, q, 1)
    if other.casefold() in known:
        return None
    pieces = [_Piece(" ", " "), _Piece(word, other, "ocr")]
    return ([*pieces, _Piece(tail, tail)] if tail else pieces), 1


_MAKERS: dict[str, Maker] = {
    "addition": _addition,
    "omission": _omission,
    "substitution": _substitution,
    "spelling": _spelling,
    "capitals": _capitals,
    "punctuation": _punctuation,
    "spacing": _spacing,
    "word-division": _listed("word-division", DIVIDED),
    "hyphenation": _hyphenation,
    "numeral": _listed("numeral", NUMERALS),
    "ocr": _ocr,
}


def reverted(rng: random.Random, paragraphs: Sequence[str]) -> tuple[str, str, list[str]]:
    """A draft in the notation, a print of it, and what the print has at each revision.

    The print follows the final text but for some revisions that were given up, and has words of
    its own here and there.
    """
    drafts, prints, has = [], [], []
    for paragraph in paragraphs:
        words = paragraph.split(" ")
        draft, printed = [], []
        k = 0
        while k < len(words):
            word = words[k]
            k += 1
            draft.append(word)
            printed.append(word)
            if k % 11 or k + 3 >= len(words) or not words[k].isalpha():
                continue
            old, new = words[k], rng.choice(OTHER)
            form, x, y = rng.choice(
                (
                    (f"~~{old}~~ ^{{{new}}}", old, new),
                    (f"~~{old}~~", old, ""),
                    (f"^{{{new}}} {old}", old, f"{new} {old}"),
                )
            )
            k += 1
            kept = rng.choice(("draft", "final"))
            has.append(kept)
            draft.append(form)
            printed += [x] if kept == "draft" else [y] if y else []
        drafts.append(" ".join(draft))
        prints.append(" ".join(printed))
    return "\n\n".join(drafts), "\n\n".join(prints), has


def generated(count: int = PAIRS, *, seed: int = 1) -> list[Pair]:
    """Pairs of invented and, one in four, real prose."""
    rng = random.Random(seed)
    out = []
    for n in range(count):
        papers = real()
        if papers and n % 4 == 3:
            paper = papers[n // 4 % len(papers)]
            start = rng.randrange(max(1, len(paper) - 8))
            out.append(plant(rng, paper[start : start + 8], rng.randint(10, 20)))
        else:
            out.append(plant(rng, invented(rng, rng.randint(3, 10)), rng.randint(10, 20)))
    return out
