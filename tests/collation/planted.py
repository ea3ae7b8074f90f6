"""Pairs of texts whose differences are known: planted one by one, and looked for again.

    python -m tests.collation.planted        recall and precision, class by class

Nothing here is taken from the tables of the package: the spellings, numerals, misreadings and
the rest are a list of their own (`prose`). A change is planted (`planting`) in running prose,
several words away from the next; what is reported is right if it is of the planted class,
covers what was planted and not much more.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from redline.collation.units import align_texts
from redline.collation.variants import Variant, variants
from tests.collation.planting import CLASSES, PAIRS, Pair, Planted, generated, real, reverted
from tests.collation.prose import invented

#: A variant may be so many characters longer than what was planted.
SLACK = 16
#: And begin so many beside it: a blank before a word may as well be the one after it.
BESIDE = 2
_MOVES = frozenset({"move", "changed move", "short move"})


def class_of(variant: Variant) -> str:
    """What a variant is called here."""
    if variant.accidental is not None:
        return variant.accidental
    return "move" if variant.kind == "transposition" else variant.kind


class Score(NamedTuple):
    """Over many pairs, class by class."""

    planted: Counter[str]
    found: Counter[str]
    reported: Counter[str]
    right: Counter[str]
    missed: list[tuple[Pair, Planted]]
    wrong: list[tuple[Pair, Variant]]

    def recall(self, name: str) -> float:
        return self.found[name] / self.planted[name] if self.planted[name] else 1.0

    def precision(self, name: str) -> float:
        return self.right[name] / self.reported[name] if self.reported[name] else 1.0


def score(pairs: Sequence[Pair]) -> Score:
    """What of the planted is reported, and what of the reported was planted."""
    made = Score(Counter(), Counter(), Counter(), Counter(), [], [])
    for pair in pairs:
        found = list(_reported(pair))
        for one in pair.planted:
            made.planted[one.name] += 1
            if any(_hits(one, name, a, b) for name, a, b, _ in found):
                made.found[one.name] += 1
            else:
                made.missed.append((pair, one))
        for name, a, b, variant in found:
            made.reported[name] += 1
            if any(_hits(one, name, a, b) for one in pair.planted):
                made.right[name] += 1
            else:
                made.wrong.append((pair, variant))
    return made


Range = tuple[int, int]


def _reported(pair: Pair) -> Iterator[tuple[str, Range, Range, Variant]]:
    """The variants of a pair; a transposition once, with its passage at either place."""
    found = variants(pair.a, pair.b, align_texts(pair.a, pair.b, "word"))
    for variant in found:
        a, b = variant.a, variant.b
        if variant.partner is not None:
            if a[0] == a[1]:
                continue
            b = found[variant.partner].b
        yield class_of(variant), a, b, variant


def _hits(one: Planted, name: str, a: Range, b: Range) -> bool:
    if name != ("move" if one.name in _MOVES else one.name):
        return False
    return all(
        start <= want_end + BESIDE
        and end >= want - BESIDE
        and end - start <= want_end - want + SLACK
        and 2 * (min(end, want_end) - max(start, want) + BESIDE) >= want_end - want
        for (start, end), (want, want_end) in ((a, one.a), (b, one.b))
    )


def reversions(count: int, *, seed: int = 2) -> tuple[int, int, int]:
    """Over so many drafts and prints: revisions rightly said to be reverted, all said to be,
    all that were."""
    import redline
    from redline.collation.comparison import compare

    rng = random.Random(seed)
    right = told = there = 0
    for _ in range(count):
        draft, printed, has = reverted(rng, invented(rng, rng.randint(2, 6)))
        report = compare(redline.parse(draft), printed).stages
        verdicts = [verdict.has for verdict in report.verdicts]
        if len(verdicts) != len(has):
            raise AssertionError(f"{len(has)} revisions planted, {len(verdicts)} read")
        pairs = Counter(zip(has, verdicts, strict=True))
        right += pairs["draft", "draft"]
        told += sum(n for (_, said), n in pairs.items() if said == "draft")
        there += sum(n for (was, _), n in pairs.items() if was == "draft")
    return right, told, there


def main() -> None:
    """Print the table."""
    pairs = generated()
    made = score(pairs)
    real_ones = sum(1 for n in range(PAIRS) if real() and n % 4 == 3)
    print(f"{len(pairs)} pairs, {real_ones} of real prose; {made.planted.total()} changes")
    print(f"{'class':14} {'planted':>8} {'recall':>7} {'reported':>9} {'precision':>9}")
    for name in CLASSES:
        told = (
            f"{'(see move)':>19}"
            if name in _MOVES - {"move"}
            else f"{made.reported[name]:9} {made.precision(name):9.3f}"
        )
        print(f"{name:14} {made.planted[name]:8} {made.recall(name):7.3f} {told}")
    right, told_of, there = reversions(20)
    print(f"{'reversion':14} {there:8} {right / there:7.3f} {told_of:9} {right / told_of:9.3f}")
    if "-v" in sys.argv:
        for pair, one in made.missed[:200]:
            (i, i_end), (j, j_end) = one.a, one.b
            print(
                "missed",
                one.name,
                repr(pair.a[i - 15 : i_end + 15]),
                "|",
                repr(pair.b[j - 15 : j_end + 15]),
            )
        for pair, variant in made.wrong[:200]:
            (i, i_end), (j, j_end) = variant.a, variant.b
            print("wrong", class_of(variant), repr(pair.a[i:i_end]), "|", repr(pair.b[j:j_end]))


if __name__ == "__main__":
    main()
