"""The words of a gap, paired: which belong together as two forms of one, which do not.

An exact search for the cheapest pairing, word by word, over gaps of a size that occurs; a
larger gap is cut where its words agree when spelt one way, and what stays large is left
whole, so that the time is bounded by the length.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from redline.collation.accidentals import is_signs
from redline.collation.align import align
from redline.collation.confusions import GLYPHS
from redline.collation.gaps import Gap
from redline.collation.numerals import is_numeral, number
from redline.collation.spelling import standard
from redline.collation.units import numbered, units

__all__ = ["EQUAL", "SPACE", "WORDS", "Pair", "paired"]

#: What a pair is, where it is no accidental: the same, white space, or other words.
EQUAL, SPACE, WORDS = "equal", "space", "words"

#: Gaps of at most so many cells are searched exactly.
CELLS = 1600
#: One word against at most so many (with what stands between).
DIVIDED = 6

# Costs; a word against nothing twice is dearer than against another word.
_ACCIDENTAL, _OTHER, _ALONE, _SIGN, _BLANK, _RESPACED = 0.3, 1.1, 0.7, 0.25, 0.06, 0.05

Judging = Callable[[str, str], "str | None"]


class Pair(NamedTuple):
    """A range of either text (one may be empty), and what it is: see above, or an accidental."""

    a: int
    a_end: int
    b: int
    b_end: int
    what: str


class _Tokens(NamedTuple):
    ends: list[int]  # from the start of the gap; ends[0] is 0
    words: list[str]
    kinds: list[str]  # "blank" "sign" "word"
    numbers: dict[int, tuple[int, object]]  # first token → token after the last, value
    glyphs: bool  # whether there is a sign that may be a letter misread


def paired(a: str, b: str, gap: Gap, judge: Judging) -> list[Pair]:
    """The pairs that tile a gap, in order."""
    x, y = a[gap.a : gap.a_end], b[gap.b : gap.b_end]
    left, right = units(x, "word"), units(y, "word")
    if len(left.ends) * len(right.ends) <= CELLS:
        return _exact(_tokens(x, left.ends), _tokens(y, right.ends), gap, judge)
    out: list[Pair] = []
    for block in align(*numbered(x, left, y, right, standard)).blocks:
        if block.equal:
            out.extend(
                _same(
                    Gap(
                        gap.a + left.starts[i],
                        gap.a + left.ends[i],
                        gap.b + right.starts[j],
                        gap.b + right.ends[j],
                    ),
                    x[left.starts[i] : left.ends[i]],
                    y[right.starts[j] : right.ends[j]],
                    judge,
                )
                for i, j in zip(
                    range(block.a_start, block.a_end),
                    range(block.b_start, block.b_end),
                    strict=True,
                )
            )
            continue
        inner = Gap(
            gap.a + _edge(left.ends, block.a_start),
            gap.a + _edge(left.ends, block.a_end),
            gap.b + _edge(right.ends, block.b_start),
            gap.b + _edge(right.ends, block.b_end),
        )
        if (block.a_end - block.a_start) * (block.b_end - block.b_start) > CELLS:
            out.append(Pair(*inner, WORDS))
        elif inner.a == inner.a_end or inner.b == inner.b_end:
            out.append(Pair(*inner, _alone(a[inner.a : inner.a_end] + b[inner.b : inner.b_end])))
        else:
            out.extend(paired(a, b, inner, judge))
    return out


def _edge(ends: object, k: int) -> int:
    return ends[k - 1] if k else 0  # type: ignore[index,no-any-return]


def _same(gap: Gap, x: str, y: str, judge: Judging) -> Pair:
    """Words that are one word when spelt one way."""
    if x == y:
        return Pair(*gap, EQUAL)
    if x.isspace() and y.isspace():
        return Pair(*gap, SPACE)
    return Pair(*gap, judge(x, y) or WORDS)


def _alone(text: str) -> str:
    if not text.strip():
        return SPACE
    return "punctuation" if is_signs(text) else WORDS


def _tokens(text: str, ends: object) -> _Tokens:
    edges = [0, *ends]  # type: ignore[misc]
    words = [text[i:j] for i, j in zip(edges, edges[1:], strict=False)]
    kinds = ["blank" if word.isspace() else "sign" if is_signs(word) else "word" for word in words]
    return _Tokens(edges, words, kinds, _numbers(words), not GLYPHS.isdisjoint(words))


def _numbers(words: list[str]) -> dict[int, tuple[int, object]]:
    """Runs of words that are one number."""
    found: dict[int, tuple[int, object]] = {}
    k = 0
    while k < len(words):
        if not is_numeral(words[k]) and words[k] != "a":
            k += 1
            continue
        first = k
        k += 1
        end = k
        while k < len(words) and (
            is_numeral(words[k]) or words[k].isspace() or words[k] in ("-", "/", "and", "‐")
        ):
            k += 1
            if is_numeral(words[k - 1]):
                end = k
        while end > first:
            value = number("".join(words[first:end]))
            if value is not None:
                found[first] = (end, value)
                break
            end -= 1
        k = max(end, first + 1)
    return found


def _exact(a: _Tokens, b: _Tokens, gap: Gap, judge: Judging) -> list[Pair]:
    """The cheapest way through the table; every step is a pair."""
    n, m = len(a.words), len(b.words)
    width = m + 1
    cost = [0.0] + [1e9] * ((n + 1) * width - 1)
    step: list[tuple[int, int, str]] = [(0, 0, "")] * ((n + 1) * width)

    def reach(i: int, j: int, k: int, l: int, price: float, what: str) -> None:
        at = k * width + l
        price += cost[i * width + j]
        if price < cost[at] - 1e-9:
            cost[at] = price
            step[at] = (i, j, what)

    for i in range(n + 1):
        for j in range(m + 1):
            if i < n and j < m:
                for k, l, price, what in _together(a, i, b, j, judge):
                    reach(i, j, k, l, price, what)
            if i < n:
                reach(i, j, i + 1, j, *_LONE[a.kinds[i]])
            if j < m:
                reach(i, j, i, j + 1, *_LONE[b.kinds[j]])
    out: list[Pair] = []
    i, j = n, m
    while i or j:
        k, l, what = step[i * width + j]
        out.append(
            Pair(gap.a + a.ends[k], gap.a + a.ends[i], gap.b + b.ends[l], gap.b + b.ends[j], what)
        )
        i, j = k, l
    return out[::-1]


_LONE = {"blank": (_BLANK, SPACE), "sign": (_SIGN, "punctuation"), "word": (_ALONE, WORDS)}


def _together(
    a: _Tokens, i: int, b: _Tokens, j: int, judge: Judging
) -> Iterator[tuple[int, int, float, str]]:
    """What the words at i and at j may be to each other: (after i, after j, cost, what)."""
    x, y = a.words[i], b.words[j]
    kind, other = a.kinds[i], b.kinds[j]
    if x == y:
        yield i + 1, j + 1, 0.0, EQUAL
        return
    if kind != other:
        if i in a.numbers and j in b.numbers:
            yield from _numerals(a, i, b, j, judge)
        yield from _misread(a, i, b, j, judge)
        return
    if kind == "blank":
        yield i + 1, j + 1, _RESPACED, SPACE
        return
    if kind == "sign":
        yield i + 1, j + 1, _ACCIDENTAL, "punctuation"
        return
    alike = x[0] == y[0] or x[-1] == y[-1] or x[0].casefold() == y[0].casefold()
    found = judge(x, y) if alike or abs(len(x) - len(y)) <= 2 else None
    yield (i + 1, j + 1, _ACCIDENTAL, found) if found else (i + 1, j + 1, _OTHER, WORDS)
    if i in a.numbers and j in b.numbers:
        yield from _numerals(a, i, b, j, judge)
    yield from _misread(a, i, b, j, judge)
    yield from ((i + k, j + l, _ACCIDENTAL, what) for k, l, what in _divided(a, i, b, j, judge))


def _numerals(
    a: _Tokens, i: int, b: _Tokens, j: int, judge: Judging
) -> Iterator[tuple[int, int, float, str]]:
    (k, value), (l, other) = a.numbers[i], b.numbers[j]
    if value == other:
        x, y = "".join(a.words[i:k]), "".join(b.words[j:l])
        yield k, l, _ACCIDENTAL, judge(x, y) or "numeral"


def _misread(
    a: _Tokens, i: int, b: _Tokens, j: int, judge: Judging
) -> Iterator[tuple[int, int, float, str]]:
    """A sign beside letters that is a letter misread: `th€`, `$ecret`."""
    for tokens, at, word, swapped in ((a, i, b.words[j], False), (b, j, a.words[i], True)):
        if not tokens.glyphs or not word.isalnum():
            continue
        for count in (2, 3):
            parts = tokens.words[at : at + count]
            if len(parts) == count and GLYPHS.intersection(parts):
                made = "".join(parts)
                if abs(len(made) - len(word)) <= 1 and judge(made, word) == "ocr":
                    k, l = (i + 1, j + count) if swapped else (i + count, j + 1)
                    yield k, l, _ACCIDENTAL, "ocr"


def _letters(word: str) -> str:
    return "".join(filter(str.isalnum, word)).casefold()


def _divided(
    a: _Tokens, i: int, b: _Tokens, j: int, judge: Judging
) -> Iterator[tuple[int, int, str]]:
    """One word on one side that is several on the other."""
    x, y = _letters(a.words[i]), _letters(b.words[j])
    if len(x) == len(y) or not x or not y:
        return
    whole, tokens, at = (y, a, i) if len(x) < len(y) else (x, b, j)
    made = ""
    for k in range(at, min(at + DIVIDED, len(tokens.words))):
        made += _letters(tokens.words[k])
        if not whole.startswith(made):
            return
        if len(made) == len(whole):
            # `J. F.` against `J.F.`: the last sign belongs to both
            word = b.words[j] if tokens is a else a.words[i]
            closed = k + 2 - at if not word[-1].isalnum() and k + 1 < len(tokens.words) else 0
            for count in (closed, k + 1 - at):
                parts = "".join(tokens.words[at : at + count])
                if not parts or "\n\n" in parts or parts[-1].isalnum() != word[-1].isalnum():
                    continue
                what = judge(parts, word) if tokens is a else judge(word, parts)
                if what:
                    yield *((count, 1) if tokens is a else (1, count)), what
            return
