"""The words of a gap, paired: which are two forms of one, which are not.

What may be two forms of one is found by its first or last letter; of those pairs the heaviest
chain in the order of both sides is kept. What lies between has nothing in common. A large gap
is first cut where its words agree when spelt one way, and what stays large then is left whole,
so that time is bounded by the length.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from typing import NamedTuple

from redline.collation.accidentals import Judge, is_signs
from redline.collation.align import Block, align
from redline.collation.confusions import GLYPHS
from redline.collation.gaps import Gap
from redline.collation.numerals import Number, is_numeral, number
from redline.collation.paragraphs import has_break
from redline.collation.spelling import standard
from redline.collation.units import Units, numbered, units

__all__ = ["EQUAL", "SPACE", "WORDS", "Pair", "foreign", "paired"]

#: What a pair is, where it is no accidental: the same, white space, or other words.
EQUAL, SPACE, WORDS = "equal", "space", "words"

#: Gaps of at most so many words of one side times words of the other are searched at once.
CELLS = 1000
#: Gaps of at most so many are searched even where nothing is to be expected.
FEW = 64
#: One word against at most so many (with what stands between).
DIVIDED = 12
#: So many words at most are one number.
NUMBER = 12
#: So many letters more or fewer has another form of a word.
LONGER = 3

# What pairs weigh in a chain.
_SAME, _ACCIDENTAL, _SIGN = 2.0, 1.5, 0.3



class Pair(NamedTuple):
    """A range of either text (one may be empty), and what it is: see above, or an accidental."""

    a: int
    a_end: int
    b: int
    b_end: int
    what: str


class _Side:
    """The words and signs of one side of a gap; places count from the start of the gap."""

    def __init__(self, text: str, found: Units | None = None) -> None:
        self.text = text
        self.words: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        start = 0
        for end in (found or units(text, "word")).ends:
            word = text[start:end]
            if not word.isspace():
                self.words.append(word)
                self.starts.append(start)
                self.ends.append(end)
            start = end
        self.signs = [not word.isalnum() and is_signs(word) for word in self.words]
        self.glyphs = not GLYPHS.isdisjoint(self.words)

    def wording(self, i: int, k: int) -> str:
        """The words from i to k, and what stands between."""
        return self.text[self.starts[i] : self.ends[k - 1]] if k > i else ""

    def numbers(self) -> dict[int, tuple[int, Number]]:
        """Runs of words that are one number: first word → word after the last, value."""
        found: dict[int, tuple[int, Number]] = {}
        words = self.words
        k = 0
        while k < len(words):
            if not is_numeral(words[k]) and words[k] != "a":
                k += 1
                continue
            first = k
            k += 1
            end = k
            last = min(len(words), first + NUMBER)
            while k < last and (is_numeral(words[k]) or words[k] in _WITHIN):
                if words[k].isdecimal() and words[k - 1].isdecimal() and len(words[k]) != 3:
                    break  # figures side by side, but for thousands, are numbers of their own
                k += 1
                if is_numeral(words[k - 1]):
                    end = k
            while end > first:
                value = number(self.wording(first, end))
                if value is not None:
                    found[first] = end, value
                    break
                end -= 1
            k = max(end, first + 1)
        return found


_WITHIN = frozenset(("-", "/", "and", "a", "‐"))


class _Link(NamedTuple):
    """Words i to k of a are words j to m of b in another form, or the same."""

    i: int
    k: int
    j: int
    m: int
    weight: float
    what: str


def paired(a: str, b: str, gap: Gap, judge: Judge) -> list[Pair]:
    """The pairs that tile a gap, in order."""
    x, y = a[gap.a : gap.a_end], b[gap.b : gap.b_end]
    left, right = units(x, "word"), units(y, "word")
    size = len(left.ends) * len(right.ends)
    if judge.weary and size > FEW:
        return [Pair(*gap, WORDS)]
    if size <= CELLS or (size <= 4 * CELLS and _solid(x, left) * _solid(y, right) <= CELLS):
        sides = _Side(x, left), _Side(y, right)
        return _tiled(*sides, _chain(_links(*sides, judge)), gap)
    one, other = numbered(x, left, y, right, standard)
    alike = set(one).intersection(other)
    if not any(x[i:k].strip() for n, i, k in zip(one, *left, strict=True) if n in alike):
        return [Pair(*gap, WORDS)]  # with not one word in common, so large a gap is other text
    out: list[Pair] = []
    for block in align(one, other).blocks:
        i, k = _edge(left, block.a_start), _edge(left, block.a_end)
        j, m = _edge(right, block.b_start), _edge(right, block.b_end)
        inner = Gap(gap.a + i, gap.a + k, gap.b + j, gap.b + m)
        if block.equal:
            for n in range(block.a_end - block.a_start):
                i, k = left.starts[block.a_start + n], left.ends[block.a_start + n]
                j, m = right.starts[block.b_start + n], right.ends[block.b_start + n]
                place = Gap(gap.a + i, gap.a + k, gap.b + j, gap.b + m)
                out.append(_same(place, x[i:k], y[j:m], judge))
        elif judge.weary or _cells(block) > 4 * CELLS:
            out.append(Pair(*inner, WORDS))
        else:
            sides = _Side(x[i:k]), _Side(y[j:m])
            out += _tiled(*sides, _chain(_links(*sides, judge)), inner)
    return out


def _cells(block: Block) -> int:
    return (block.a_end - block.a_start) * (block.b_end - block.b_start)


def _solid(text: str, found: Units) -> int:
    """How many units are not white space."""
    return sum(not text[start].isspace() for start in found.starts)


def foreign(x: str, y: str) -> bool:
    """Whether it is plain that no word of a few is a form of one of the others."""
    if len(x) + len(y) > 99 or not (x.isascii() and y.isascii()):
        return False
    left, right = x.split(" "), y.split(" ")
    return (
        all(map(str.isalpha, left))
        and all(map(str.isalpha, right))
        and {w[0].casefold() for w in left}.isdisjoint(w[0].casefold() for w in right)
        and {w[-1].casefold() for w in left}.isdisjoint(w[-1].casefold() for w in right)
        and not any(map(is_numeral, left))
    )


def _edge(found: Units, k: int) -> int:
    return found.ends[k - 1] if k else 0


def _same(gap: Gap, x: str, y: str, judge: Judge) -> Pair:
    """Words that are one word when spelt one way."""
    if x == y:
        return Pair(*gap, EQUAL)
    if x.isspace() and y.isspace():
        return Pair(*gap, SPACE)
    return Pair(*gap, judge(x, y) or WORDS)


# -- what may be one ------------------------------------------------------------------------------


def _tight(word: str) -> str:
    """The letters and figures of a word, without case; of a sign, the sign."""
    if word.isalnum():
        return word.casefold()
    return _ALSO.get(word) or "".join(filter(str.isalnum, word)).casefold() or word


_ALSO = {"&": "and"}


def _links(x: _Side, y: _Side, judge: Judge) -> list[_Link]:
    """What of a may be what of b."""
    found: list[_Link] = []
    tight, other = [*map(_tight, x.words)], [*map(_tight, y.words)]
    letters = [*map(set, other)]
    firsts: defaultdict[str, list[int]] = defaultdict(list)
    lasts: defaultdict[str, list[int]] = defaultdict(list)
    for j, word in enumerate(other):
        firsts[word[0]].append(j)
        lasts[word[-1]].append(j)
    for i, word in enumerate(tight):
        here = firsts.get(word[0], _NONE)
        there = lasts.get(word[-1], _NONE)
        if not here and not there:
            continue
        own = set(word)
        for j in {*here, *there}:
            p, q = x.words[i], y.words[j]
            if p == q:
                found.append(_Link(i, i + 1, j, j + 1, _SIGN if x.signs[i] else _SAME, EQUAL))
                continue
            if x.signs[i] or y.signs[j]:
                continue
            size, wide = len(word), len(other[j])
            if abs(size - wide) <= LONGER and 2 * len(own & letters[j]) >= min(
                len(own), len(letters[j])
            ):
                what = judge(p, q)
                if what:
                    found.append(_Link(i, i + 1, j, j + 1, _ACCIDENTAL, what))
                    continue
            if size != wide and word[0] == other[j][0]:
                found.extend(_divided(x, tight, i, y, other, j, judge))
    if x.glyphs or y.glyphs:
        found.extend(_misread(x, y, judge))
    numbers = x.numbers()
    if numbers:
        values: defaultdict[Number, list[tuple[int, int]]] = defaultdict(list)
        for j, (m, value) in y.numbers().items():
            values[value].append((j, m))
        for i, (k, value) in numbers.items():
            for j, m in values.get(value, ()):
                p, q = x.wording(i, k), y.wording(j, m)
                if p != q:
                    found.append(_Link(i, k, j, m, _ACCIDENTAL, judge(p, q) or "numeral"))
    return found


_NONE: list[int] = []


def _divided(
    x: _Side, tight: list[str], i: int, y: _Side, other: list[str], j: int, judge: Judge
) -> Iterator[_Link]:
    """One word on one side that is several on the other."""
    swapped = len(tight[i]) < len(other[j])
    if swapped:
        x, tight, i, y, other, j = y, other, j, x, tight, i
    word, whole = x.words[i], tight[i]
    made = ""
    for m in range(j, min(j + DIVIDED, len(other))):
        if not y.signs[m]:
            made += other[m]
        if not whole.startswith(made):
            return
        if made != whole:
            continue
        # `J. F.` against `J.F.`: the last sign belongs to both; `U. S.` against `US`: to the one.
        alone = word[-1].isalnum()
        initials = alone and word.isupper() and len(y.words[m]) == 1
        initials = initials and x.words[i + 1 : i + 2] != ["."]
        for end in (m + 2, m + 1) if initials or not alone else (m + 1,):
            parts = y.wording(j, end) if end <= len(other) else ""
            if not parts or "\n\n" in parts:
                continue
            if parts[-1].isalnum() != alone and not (initials and parts[-1] == "."):
                continue
            what = judge(parts, word)
            if what and swapped:
                yield _Link(j, end, i, i + 1, _ACCIDENTAL, what)
            elif what:
                yield _Link(i, i + 1, j, end, _ACCIDENTAL, what)
            if what:
                return
        return


def _misread(x: _Side, y: _Side, judge: Judge) -> Iterator[_Link]:
    """A sign beside letters that is a letter misread: `th€`, `$ecret`."""
    for one, other, swapped in ((x, y, False), (y, x, True)):
        if not one.glyphs:
            continue
        for i in range(len(one.words) - 1):
            for k in range(i + 2, min(i + 4, len(one.words) + 1)):
                made = "".join(one.words[i:k])
                if GLYPHS.isdisjoint(one.words[i:k]) or one.wording(i, k) != made:
                    continue
                for j, word in enumerate(other.words):
                    if (
                        word.isalnum()
                        and abs(len(made) - len(word)) <= 1
                        and judge(made, word) == "ocr"
                    ):
                        link = _Link(i, k, j, j + 1, _ACCIDENTAL, "ocr")
                        yield link if not swapped else _Link(j, j + 1, i, k, *link[4:])


def _chain(links: list[_Link]) -> list[_Link]:
    """Of all links the heaviest that are in the order of both sides."""
    if len(links) < 2:
        return links
    links.sort()
    weights: list[float] = []
    before: list[int] = []
    # The best chains so far, by where they end in b: the later, the heavier.
    ends, totals, lasts = [0], [0.0], [-1]
    waiting: list[tuple[int, int]] = []

    def settle(until: int) -> None:
        while waiting and waiting[0][0] <= until:
            n = heappop(waiting)[1]
            end, total = links[n].m, weights[n]
            at = bisect_right(ends, end) - 1
            if totals[at] >= total:
                continue
            at += ends[at] != end
            stop = at
            while stop < len(ends) and totals[stop] <= total:
                stop += 1
            ends[at:stop], totals[at:stop], lasts[at:stop] = [end], [total], [n]

    for n, link in enumerate(links):
        settle(link.i)
        at = bisect_right(ends, link.j) - 1
        weights.append(totals[at] + link.weight)
        before.append(lasts[at])
        heappush(waiting, (link.k, n))
    settle(max(link.k for link in links))
    chain = []
    n = lasts[-1]
    while n >= 0:
        chain.append(links[n])
        n = before[n]
    return chain[::-1]


# -- the gap as pairs -----------------------------------------------------------------------------


def _tiled(x: _Side, y: _Side, chain: Sequence[_Link], gap: Gap) -> list[Pair]:
    """All of a gap: the links, what lies between them, and the white space."""
    out: list[Pair] = []
    p = q = 0

    def add(i: int, k: int, j: int, m: int, what: str) -> None:
        """Words of either side, and the white space before them."""
        nonlocal p, q
        start, end = (x.starts[i], x.ends[k - 1]) if k > i else (p, p)
        at, last = (y.starts[j], y.ends[m - 1]) if m > j else (q, q)
        blank(start, at)
        out.append(Pair(gap.a + start, gap.a + end, gap.b + at, gap.b + last, what))
        p, q = end, last

    def blank(start: int, at: int) -> None:
        if start > p or at > q:
            what = EQUAL if x.text[p:start] == y.text[q:at] else SPACE
            out.append(Pair(gap.a + p, gap.a + start, gap.b + q, gap.b + at, what))

    i = j = 0
    end = _Link(len(x.words), 0, len(y.words), 0, 0, "")
    for link in (*chain, end):
        for part in _between(x, i, link.i, y, j, link.j):
            add(*part)
        if link is not end:
            add(link.i, link.k, link.j, link.m, link.what)
            i, j = link.k, link.m
    blank(len(x.text), len(y.text))
    return out


def _between(
    x: _Side, i: int, k: int, y: _Side, j: int, m: int
) -> Iterator[tuple[int, int, int, int, str]]:
    """Words that have nothing in common; signs at either end are apart from them."""
    if i == k and j == m:
        return
    first, other = i, j
    while first < k and x.signs[first]:
        first += 1
    while other < m and y.signs[other]:
        other += 1
    if first == k and other == m:
        yield i, k, j, m, "punctuation"
        return
    last, end = k, m
    while last > first and x.signs[last - 1]:
        last -= 1
    while end > other and y.signs[end - 1]:
        end -= 1
    # Signs against words: they stand where the words' own signs do.
    if first == k and end < m:
        first = last = i
    if other == m and last < k:
        other = end = j
    if first > i or other > j:
        yield i, first, j, other, "punctuation"
    for part in _parted(x, first, last, y, other, end):
        yield *part, WORDS
    if last < k or end < m:
        yield last, k, end, m, "punctuation"


def _parted(
    x: _Side, i: int, k: int, y: _Side, j: int, m: int
) -> Iterator[tuple[int, int, int, int]]:
    """Words cut where a paragraph ends, if it does so on both sides, or could."""
    if not has_break(x.text) and not has_break(y.text):
        yield i, k, j, m
        return
    left, right = _breaks(x, i, k), _breaks(y, j, m)
    if len(left) + len(right) == 1 and k - i > 1 and m - j > 1:
        share = (left[0] - i) / (k - i) if left else (right[0] - j) / (m - j)
        left = left or [min(max(i + round(share * (k - i)), i + 1), k - 1)]
        right = right or [min(max(j + round(share * (m - j)), j + 1), m - 1)]
    if len(left) != len(right):
        left = right = []
    yield from zip([i, *left], [*left, k], [j, *right], [*right, m], strict=True)


def _breaks(side: _Side, i: int, k: int) -> list[int]:
    """The words before which a paragraph ends."""
    if k - i < 2 or not has_break(side.text, side.ends[i], side.starts[k - 1]):
        return []
    return [n for n in range(i + 1, k) if has_break(side.text, side.ends[n - 1], side.starts[n])]
