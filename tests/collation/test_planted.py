"""What was planted is found, and little else is said; `python -m tests.collation.planted` shows
the table."""

from __future__ import annotations

from functools import cache

import pytest

from tests.collation.planted import Score, reversions, score
from tests.collation.planting import CLASSES, Pair, Planted, generated, real

#: Lowest recall and precision of each class; of the three kinds of moves the precision is one.
FLOORS = {
    "addition": (0.99, 0.97),
    "omission": (0.99, 0.97),
    "substitution": (0.99, 0.98),
    "move": (0.98, 0.98),
    "changed move": (0.98, 0.98),
    "short move": (0.95, 0.98),
    **dict.fromkeys(CLASSES[6:], (0.99, 0.98)),
}
_TURNED = {"addition": "omission", "omission": "addition", "split": "join", "join": "split"}


@cache
def scored(turned: bool) -> Score:
    pairs = generated()
    return score([_turned(pair) for pair in pairs] if turned else pairs)


def _turned(pair: Pair) -> Pair:
    """The same seen from b."""
    planted = (Planted(_TURNED.get(name, name), b, a) for name, a, b in pair.planted)
    return Pair(pair.b, pair.a, tuple(planted))


def test_there_are_enough_of_every_class() -> None:
    assert len(generated()) == 200
    assert min(scored(False).planted[name] for name in CLASSES) >= 75


@pytest.mark.parametrize("turned", [False, True], ids=["from a", "from b"])
@pytest.mark.parametrize("name", CLASSES)
def test_found_and_nothing_else(name: str, turned: bool) -> None:
    made = scored(turned)
    recall, precision = FLOORS[name]
    assert made.recall(name) >= recall
    assert made.precision("move" if name.endswith("move") else name) >= precision


def test_reverted_revisions_are_found() -> None:
    right, told, there = reversions(10)
    assert there >= 50
    assert right >= 0.97 * there
    assert right >= 0.97 * told


def test_real_prose_takes_part() -> None:
    if not real():
        pytest.skip("no real transcriptions beside the checkout (shared/seeds)")
    papers = "\n".join("\n".join(paper) for paper in real())
    words = set(papers.split())
    shares = [
        len(words.intersection(pair.a.split())) / len(set(pair.a.split())) for pair in generated()
    ]
    assert sum(share > 0.8 for share in shares) >= 40


def test_a_planted_change_that_is_not_there_is_missed() -> None:
    """The judge can say no."""
    pair = Pair("one two three four", "one two three four", (Planted("omission", (4, 8), (4, 4)),))
    assert score([pair]).recall("omission") == 0.0
    pair = Pair("one two three four", "one three four", ())
    assert score([pair]).precision("omission") == 0.0
