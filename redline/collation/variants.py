"""What differs between two texts, in the terms of textual criticism.

An alignment says where two texts differ; here each difference is given its kind and its
class. Outside the variants the texts are equal; put in the place of its a, each variant's b
makes b out of a, and the other way about.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from redline.collation.accidentals import ACCIDENTALS, Judge, is_signs
from redline.collation.align import Alignment
from redline.collation.gaps import Gap, gaps, settled, widened
from redline.collation.likeness import alike
from redline.collation.moves import Passage, moved, pieces
from redline.collation.pairing import EQUAL, SPACE, WORDS, Pair, foreign, paired
from redline.collation.paragraphs import breaking, severed
from redline.collation.rotation import rotated
from redline.collation.similarity import similarity
from redline.collation.units import align_texts
from redline.collation.within import MOST, letters

__all__ = ["KINDS", "Variant", "letters", "variants"]

KINDS = ("addition", "omission", "substitution", "transposition", "split", "join")


#: A sign before a figure, from the character before it on.
_MINUS = re.compile(r"(?:\A|[^\w.,;:)\]])[-−–]\d")


class Variant(NamedTuple):
    """One difference; ranges are half-open code points, empty where a text has nothing.

    `kind` is one of `KINDS`, as seen from a. `class_` is "substantive" where the words
    differ, else "accidental", and then `accidental` says in what (see `accidentals`); a
    paragraph split or joined is accidental by its kind. `similarity` is 0 to 1.

    A transposition is two variants, `partner` of each other by their index: the passage at
    its place in a (its b is empty) and at its place in b (its a is empty).
    """

    kind: str
    class_: str
    accidental: str | None
    a: tuple[int, int]
    b: tuple[int, int]
    similarity: float
    partner: int | None

    @property
    def counts(self) -> bool:
        """Whether it is a difference to anyone: all but white space alone."""
        return self.accidental != "spacing"


def variants(a: str, b: str, alignment: Alignment, *, unit: str = "word") -> tuple[Variant, ...]:
    """The variants of two texts aligned by `unit`, by their place in a, then in b.

    With `word` no word is cut in two; `char` narrows variants to the letters that differ;
    `line`, `sentence` and `block` keep whole units, accidental where all in them is.
    """
    found = settled(a, b, gaps(alignment))
    if unit == "char":
        found = widened(a, b, found)
    found, passages = rotated(a, b, *moved(a, b, found, unit))
    work = _Work(a, b, unit)
    made: list[tuple[Variant, int | None]] = []
    for gap, halves in _with_halves(found, passages):
        if halves is None:
            made.extend((variant, None) for variant in work.free(gap))
            continue
        for piece in pieces(a, b, gap, *halves):
            if piece.passage is None:
                made.extend((variant, None) for variant in work.free(piece.gap))
            else:
                made.append((_half(a, b, piece.gap, passages[piece.passage]), piece.passage))
    return _partnered(made)


def _with_halves(
    found: Sequence[Gap], passages: Sequence[Passage]
) -> Iterator[tuple[Gap, tuple[list[tuple[int, int, int]], list[tuple[int, int, int]]] | None]]:
    """Every gap with the halves of passages in it: those of a, those of b."""
    left = sorted((p.a, p.a_end, k) for k, p in enumerate(passages))
    right = sorted((p.b, p.b_end, k) for k, p in enumerate(passages))
    i = j = 0
    for gap in found:
        first, other = i, j
        while i < len(left) and left[i][0] < gap.a_end:
            i += 1
        while j < len(right) and right[j][0] < gap.b_end:
            j += 1
        yield gap, (left[first:i], right[other:j]) if i > first or j > other else None


def _half(a: str, b: str, gap: Gap, passage: Passage) -> Variant:
    alike = similarity(a[passage.a : passage.a_end].strip(), b[passage.b : passage.b_end].strip())
    return Variant(
        "transposition", "substantive", None, (gap.a, gap.a_end), (gap.b, gap.b_end), alike, None
    )


def _partnered(made: Sequence[tuple[Variant, int | None]]) -> tuple[Variant, ...]:
    halves: defaultdict[int, list[int]] = defaultdict(list)
    for k, (_, passage) in enumerate(made):
        if passage is not None:
            halves[passage].append(k)
    out = [variant for variant, _ in made]
    for k, m in halves.values():
        out[k] = out[k]._replace(partner=m)
        out[m] = out[m]._replace(partner=k)
    return tuple(out)


class _Work:
    """Gaps made variants; holds what is asked again and again."""

    def __init__(self, a: str, b: str, unit: str) -> None:
        self.a, self.b, self.unit = a, b, unit
        self.judge = Judge(a, b)

    def free(self, gap: Gap) -> Iterable[Variant]:
        """The variants of a gap in which nothing was moved."""
        if self.unit in ("line", "sentence", "block"):
            return self._coarse(gap)
        if self.unit == "char":
            return self._narrowed(self._fine(gap))
        return self._fine(gap)

    def _fine(self, gap: Gap) -> Iterable[Variant]:
        x, y = self.a[gap.a : gap.a_end], self.b[gap.b : gap.b_end]
        if not x or not y:
            return self._alone(gap, x or y)
        if x.isalnum() and y.isalnum():
            found = self.judge(x, y)
            return (_variant(gap, found, similarity(x, y)),)
        if foreign(x, y):
            return (_variant(gap, None, similarity(x, y)),)
        if x.isspace() and y.isspace():
            return (self._spaced(gap),)
        if x.lower() == y.lower():
            return (_variant(gap, "capitals", similarity(x, y)),)
        return self._grouped(paired(self.a, self.b, gap, self.judge))

    def _alone(self, gap: Gap, text: str) -> Iterable[Variant]:
        """An addition or an omission."""
        if text.isspace():
            return (self._spaced(gap),)
        if is_signs(text):
            found = None if self._minus(gap) else "punctuation"
            return (_variant(gap, found, 0.0),)
        in_a = gap.a_end > gap.a
        lost = severed(self.a, gap.a, gap.a_end) if in_a else severed(self.b, gap.b, gap.b_end)
        if lost is None:
            return (_variant(gap, None, 0.0),)
        # What stood before and after the gap were two paragraphs (or: are two now).
        edges = [gap.a, *lost, gap.a_end] if in_a else [gap.b, *lost, gap.b_end]
        parts = [
            Gap(i, j, gap.b, gap.b) if in_a else Gap(gap.a, gap.a, i, j) for i, j in pairwise(edges)
        ]
        kind = "join" if in_a else "split"
        whole = text[: lost[0] - edges[0]], text[lost[1] - edges[0] :]
        first, last = ("punctuation" if is_signs(part) else None for part in whole)
        return (
            _variant(parts[0], first, 0.0),
            Variant(kind, "accidental", None, parts[1][:2], parts[1][2:], 0.0, None),
            _variant(parts[2], last, 0.0),
        )

    def _minus(self, gap: Gap) -> bool:
        """Whether what one text lacks is the sign of a figure."""
        text, start, end = (
            (self.a, gap.a, gap.a_end) if gap.a_end > gap.a else (self.b, gap.b, gap.b_end)
        )
        return _MINUS.match(text, max(0, start - 1), end + 1) is not None

    def _spaced(self, gap: Gap) -> Variant:
        alike = similarity(self.a[gap.a : gap.a_end], self.b[gap.b : gap.b_end])
        kind = breaking(self.a, self.b, gap)
        if kind is None:
            return _variant(gap, "spacing", alike)
        return Variant(
            kind, "accidental", None, (gap.a, gap.a_end), (gap.b, gap.b_end), alike, None
        )

    def _grouped(self, pairs: Sequence[Pair]) -> Iterator[Variant]:
        """Other words side by side are one variant, and the white space between them."""
        k = 0
        while k < len(pairs):
            pair = pairs[k]
            k += 1
            if pair.what == EQUAL:
                continue
            if pair.what not in (WORDS, SPACE):
                yield self._of(pair, pair.what)
                continue
            first, end = k - 1, k if pair.what == WORDS else k - 1
            while k < len(pairs) and (pairs[k].what == WORDS or self._between(pairs[k])):
                k += 1
                if pairs[k - 1].what == WORDS:
                    end = k
            # White space that went with the words, on one side only.
            while end > first and end < k and self._lone(pairs[end]):
                end += 1
            if end == first:  # white space alone
                k = first + 1
                yield self._spaced(Gap(*pair[:4]))
                continue
            while not self._lone(pairs[first]) and pairs[first].what == SPACE:
                yield self._spaced(Gap(*pairs[first][:4]))
                first += 1
            k = end
            yield self._of(
                Pair(
                    pairs[first].a,
                    pairs[end - 1].a_end,
                    pairs[first].b,
                    pairs[end - 1].b_end,
                    WORDS,
                ),
                None,
            )

    def _between(self, pair: Pair) -> bool:
        """White space that may stand within a variant: no paragraph's end."""
        if pair.what == EQUAL:
            text = self.a[pair.a : pair.a_end]
            return text.isspace() and text.count("\n") < 2
        return pair.what == SPACE and breaking(self.a, self.b, Gap(*pair[:4])) is None

    @staticmethod
    def _lone(pair: Pair) -> bool:
        return pair.what == SPACE and (pair.a == pair.a_end or pair.b == pair.b_end)

    def _of(self, pair: Pair, accidental: str | None) -> Variant:
        alike = similarity(self.a[pair.a : pair.a_end], self.b[pair.b : pair.b_end])
        gap = Gap(*pair[:4])
        if accidental is None:
            if not self.a[gap.a : gap.a_end].strip():
                return _variant(gap, None, alike, "addition")
            if not self.b[gap.b : gap.b_end].strip():
                return _variant(gap, None, alike, "omission")
        return _variant(gap, accidental, alike)

    def _narrowed(self, found: Iterable[Variant]) -> Iterator[Variant]:
        """Each variant, only the letters that differ."""
        for variant in found:
            (i, i_end), (j, j_end) = variant.a, variant.b
            if i == i_end or j == j_end or variant.kind in ("split", "join"):
                yield variant
                continue
            x, y = self.a[i:i_end], self.b[j:j_end]
            long = len(x) + len(y) > MOST
            parts = gaps(align_texts(x, y, "char")) if long else letters(x, y)
            for part in parts:
                gap = Gap(i + part.a, i + part.a_end, j + part.b, j + part.b_end)
                x, y = self.a[gap.a : gap.a_end], self.b[gap.b : gap.b_end]
                yield _variant(gap, variant.accidental, similarity(x, y))

    def _coarse(self, gap: Gap) -> Iterator[Variant]:
        """Whole units, each against the one it is like; the rest together."""
        x, y = self.a[gap.a : gap.a_end], self.b[gap.b : gap.b_end]
        i, j = gap.a, gap.b
        for pair in [*alike(x, y, self.unit), Gap(len(x), len(x), len(y), len(y))]:
            here = Gap(gap.a + pair.a, gap.a + pair.a_end, gap.b + pair.b, gap.b + pair.b_end)
            if self.a[i : here.a] != self.b[j : here.b]:
                yield self._whole(Gap(i, here.a, j, here.b))
            if self.a[here.a : here.a_end] != self.b[here.b : here.b_end]:
                yield self._whole(here)
            i, j = here.a_end, here.b_end

    def _whole(self, gap: Gap) -> Variant:
        x, y = self.a[gap.a : gap.a_end], self.b[gap.b : gap.b_end]
        if not x or not y or x.isspace() or y.isspace():
            if not (x + y).strip():
                return self._spaced(gap)
            return _variant(gap, "punctuation" if is_signs(x + y) else None, 0.0)
        within = [
            variant
            for part in gaps(align_texts(x, y, "word"))
            for variant in self._fine(
                Gap(gap.a + part.a, gap.a + part.a_end, gap.b + part.b, gap.b + part.b_end)
            )
        ]
        alike = similarity(x, y)
        if any(variant.class_ == "substantive" for variant in within):
            return _variant(gap, None, alike)
        if any(variant.kind in ("split", "join") for variant in within):
            kind = next(variant.kind for variant in within if variant.kind in ("split", "join"))
            return Variant(
                kind, "accidental", None, (gap.a, gap.a_end), (gap.b, gap.b_end), alike, None
            )
        counts = Counter(variant.accidental for variant in within if variant.counts)
        most = max(ACCIDENTALS, key=lambda name: counts[name]) if counts else "spacing"
        return _variant(gap, most, alike)


def _variant(gap: Gap, accidental: str | None, alike: float, kind: str | None = None) -> Variant:
    if kind is None:
        kind = (
            "addition"
            if gap.a == gap.a_end
            else "omission"
            if gap.b == gap.b_end
            else "substitution"
        )
    return Variant(
        kind,
        "accidental" if accidental else "substantive",
        accidental,
        (gap.a, gap.a_end),
        (gap.b, gap.b_end),
        alike,
        None,
    )
