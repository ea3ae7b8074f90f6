"""What scanning takes for something else: pairs of glyphs, as a table, and whether two
words differ by such pairs alone.

Strong pairs are never two spellings of one word; weak ones also tell words apart (`hat`,
`bat`), so that they need evidence from the texts.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

__all__ = ["GLYPHS", "STRONG", "WEAK", "confused"]

#: Longer words are not looked at.
LONGEST = 48

STRONG: tuple[tuple[str, str], ...] = (
    *(("rn", "m"), ("cl", "d"), ("vv", "w"), ("VV", "W"), ("li", "h"), ("tli", "th"), ("lc", "k")),
    *(("0", "O"), ("0", "o"), ("0", "D"), ("1", "l"), ("1", "I"), ("1", "i"), ("I", "l")),
    *(("|", "l"), ("|", "I"), ("!", "l"), ("!", "I"), ("!", "1"), ("|", "1")),
    *(("5", "S"), ("5", "s"), ("$", "S"), ("8", "B"), ("6", "G"), ("6", "b"), ("2", "Z")),
    *(("2", "z"), ("9", "g"), ("9", "q"), ("7", "T"), ("4", "A"), ("€", "e"), ("€", "E")),
    *(("ſ", "f"), ("¢", "c"), ("£", "E"), ("]", "l"), ("[", "l"), ("}", "l")),
)
WEAK: tuple[tuple[str, str], ...] = (
    *(("c", "e"), ("e", "o"), ("c", "o"), ("a", "o"), ("h", "b"), ("n", "u"), ("u", "v")),
    *(("i", "l"), ("i", "j"), ("t", "f"), ("t", "l"), ("f", "l"), ("g", "q"), ("y", "v")),
    *(("m", "in"), ("m", "ni"), ("n", "ri"), ("n", "ii"), ("u", "ii"), ("m", "iii"), ("w", "iv")),
    *(("a", "s"), ("k", "h"), ("r", "t"), ("f", "r"), ("i", "r")),
    *(("O", "Q"), ("O", "C"), ("O", "D"), ("C", "G"), ("E", "F"), ("B", "R"), ("P", "F")),
    *(("H", "N"), ("M", "N"), ("I", "T"), ("U", "V"), ("D", "B")),
)


class _Table(NamedTuple):
    # first glyph on the left → (left, right), in either direction
    by_first: dict[str, tuple[tuple[str, str], ...]]


def _table(*pairs: tuple[str, str]) -> _Table:
    found: dict[str, list[tuple[str, str]]] = {}
    for x, y in pairs:
        found.setdefault(x[0], []).append((x, y))
        found.setdefault(y[0], []).append((y, x))
    return _Table({first: tuple(rows) for first, rows in found.items()})


#: Single glyphs nobody tells apart.
_ONE = (frozenset("0Oo"), frozenset("1lI|!"))
#: Signs that may be a letter misread.
GLYPHS = frozenset("".join(x + y for x, y in STRONG if len(x + y) == 2)) - frozenset(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ſ"
)

_STRONG = _table(*STRONG)
_ALL = _table(*STRONG, *WEAK)


@lru_cache(maxsize=8192)
def confused(x: str, y: str, *, weak: bool = False) -> bool:
    """Whether one word becomes the other by confusions alone, in half of it at most; if they
    are weak ones, in a third. A letter that stands alone says more than its shape, but for
    those that look quite the same."""
    if not 0 < len(x) <= LONGEST or not 0 < len(y) <= LONGEST or abs(len(x) - len(y)) > 3:
        return False
    if (x.isdigit() and y.isdigit()) or x == y:
        return False
    table = (_ALL if weak else _STRONG).by_first
    short = min(len(x), len(y))
    if len(x) == len(y) == 1 and not any({x, y} <= same for same in _ONE):
        return False
    most = max(1, short // 3 if weak else short // 2)
    # fewest confusions by which x[:i] becomes y[:j]
    reached = {(0, 0): 0}
    frontier = [(0, 0)]
    while frontier:
        onward: list[tuple[int, int]] = []
        for i, j in frontier:
            made = reached[i, j]
            steps = [(i + 1, j + 1, made)] if x[i : i + 1] == y[j : j + 1] != "" else []
            if made < most and i < len(x):
                steps += [
                    (i + len(p), j + len(q), made + 1)
                    for p, q in table.get(x[i], ())
                    if x.startswith(p, i) and y.startswith(q, j)
                ]
            for k, m, count in steps:
                if count < reached.get((k, m), most + 1):
                    reached[k, m] = count
                    onward.append((k, m))
        frontier = onward
    return (len(x), len(y)) in reached
