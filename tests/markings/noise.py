"""Scanning noise made to order: how many damaged levels are read, and how many rightly.

`python -m tests.markings.noise` prints recall and precision by distance: how many of the
confusions below were applied to a clean line. Only confusions that scanning was seen to make.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from redline.markings.banners.edges import read_banner_line
from redline.markings.register import level_named

__all__ = ["BOUNDS", "LEVELS", "Tally", "damage", "measure", "negatives"]

#: Level → the distance up to which the rules let a damaged line be read (M2).
BOUNDS = {"SECRET": 1, "CONFIDENTIAL": 2, "RESTRICTED": 1, "UNCLASSIFIED": 1, "TOP SECRET": 1}
LEVELS = tuple(BOUNDS)
MOST = 3
#: Glyphs that scanning puts for capitals: folded before any distance is taken.
GLYPHS = {"O": "0", "I": "1|!l", "S": "5$", "B": "8", "E": "€", "G": "6"}
#: Letters it takes for one another.
LETTERS = {
    "A": "R4",
    "C": "GOE",
    "D": "OBP",
    "E": "FCB",
    "F": "EPT",
    "I": "LTJ",
    "L": "IT",
    "N": "MHW",
    "O": "QDC",
    "P": "FRB",
    "R": "KBN",
    "S": "B8",
    "T": "IFY",
    "U": "VH",
}
#: What it leaves beside a line; of no weight.
SPECKS = ("", "", "", ".", "'", " '", ",", " -", "*", " .", "_", "|")


class Tally(NamedTuple):
    """How lines of one level at one distance were read; `raised` are above the true level."""

    lines: int
    right: int
    wrong: int
    raised: int

    @property
    def recall(self) -> float:
        """Of the damaged lines, those read rightly."""
        return self.right / self.lines

    def precision(self, false: float) -> float:
        """Of the readings, the right ones; `false` is the share of real words that are read."""
        read = self.right + self.wrong + false * self.lines
        return self.right / read if read else 1.0


def damage(level: str, distance: int, rng: random.Random) -> str:
    """A line that held `level`, after `distance` confusions.

    A confusion puts another letter for one, drops one or doubles one. Glyphs that rules fold,
    and specks beside the words, come on top and count for nothing.
    """
    letters = list(level)
    places = [at for at, char in enumerate(letters) if char != " "]
    for at in rng.sample(places, distance):
        act = rng.random()
        char = letters[at]
        if act < 0.6 and char in LETTERS:
            letters[at] = rng.choice(LETTERS[char])
        elif act < 0.85:
            letters[at] = ""
        else:
            letters[at] = char * 2
    if rng.random() < 0.3:
        at = rng.choice(places)
        if letters[at] in GLYPHS:
            letters[at] = rng.choice(GLYPHS[letters[at]])
    return rng.choice(SPECKS).strip() + "".join(letters) + rng.choice(SPECKS)


def negatives() -> Iterator[str]:
    """Lines that hold no level: words and names near one, and headings."""
    path = Path(__file__).parent / "neighbours.txt"
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("+ "):
            yield from line[2:].split()
        elif line and not line.startswith("#"):
            yield line


def measure(count: int = 2000, seed: int = 1951) -> dict[tuple[str, int], Tally]:
    """`count` damaged lines of each level at each distance, and how they are read."""
    found = {}
    for level in LEVELS:
        rank = _rank(level)
        for distance in range(MOST + 1):
            rng = random.Random(f"{seed} {level} {distance}")
            right = wrong = raised = 0
            for _ in range(count):
                shown = read_banner_line(damage(level, distance, rng), 0)
                if not shown:
                    continue
                names = {one.level.name for one in shown}
                right += names == {level}
                wrong += names != {level}
                raised += max(one.level.rank for one in shown) > rank
            found[level, distance] = Tally(count, right, wrong, raised)
    return found


def false_share() -> float:
    """The share of real words that are read as a level."""
    lines = list(negatives())
    return sum(read_banner_line(line, 0) is not None for line in lines) / len(lines)


def _rank(name: str) -> int:
    level = level_named(name)
    assert level is not None
    return level.rank


def report() -> str:
    """The table of recall and precision, as text."""
    false = false_share()
    out = [f"{'level':14} {'distance':>8} {'recall':>8} {'precision':>10} {'raised':>7}"]
    for (level, distance), tally in measure().items():
        bound = " (bound)" if distance == BOUNDS[level] else ""
        out.append(
            f"{level:14} {distance:8} {tally.recall:8.3f} {tally.precision(false):10.4f}"
            f" {tally.raised:7}{bound}"
        )
    out.append(f"real words and headings read as a level: {false:.4f}")
    return "\n".join(out)


if __name__ == "__main__":
    print(report())
