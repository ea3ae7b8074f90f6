"""A moved passage whose two gaps were cut one word apart.

Where `the tariff on fish` goes from before `the roads` to another place, what is gone may as
well be `tariff on fish the`: the texts left over are the same. At the other place no such choice
need have been made, or another. Then all but `the` would be moved, and `the` be omitted here and
added there. Turning one of the gaps by that word sets it right.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from operator import itemgetter

from redline.collation.accidentals import is_signs
from redline.collation.gaps import Gap
from redline.collation.moves import Passage

__all__ = ["rotated"]

#: At most so many characters are turned.
MOST = 40


def rotated(
    a: str, b: str, found: list[Gap], passages: Sequence[Passage]
) -> tuple[list[Gap], list[Passage]]:
    """The gaps turned where that makes a passage whole, and the passages; see `moves.moved`."""
    if not passages:
        return found, []
    places = [(_index(found, 0, passage.a), _index(found, 2, passage.b)) for passage in passages]
    held = Counter(k for pair in places for k in pair)
    found = list(found)
    out: list[Passage] = []
    for passage, (k, m) in zip(passages, places, strict=True):
        here, there = found[k], found[m]
        pure = here.b == here.b_end and there.a == there.a_end
        if pure and held[k] == held[m] == 1:
            made = _matched(a, b, found, k, m, passage)
            if made is not None:
                found[k], found[m], passage = made
        out.append(passage)
    return found, sorted(out)


def _index(found: Sequence[Gap], side: int, at: int) -> int:
    """The gap in which a place lies."""
    return bisect_right(found, at, key=itemgetter(side)) - 1


def _matched(
    a: str, b: str, found: Sequence[Gap], k: int, m: int, passage: Passage
) -> tuple[Gap, Gap, Passage] | None:
    here, there = found[k], found[m]
    before, after = a[here.a : passage.a], a[passage.a_end : here.a_end]
    lead, tail = b[there.b : passage.b], b[passage.b_end : there.b_end]
    if len(before) + len(after) + len(lead) + len(tail) > MOST:
        return None
    if is_signs(before) and is_signs(tail) and after.split() == lead.split() != []:
        ways = ((k, -1, after), (m, 1, lead))
    elif is_signs(after) and is_signs(lead) and before.split() == tail.split() != []:
        ways = ((k, 1, before), (m, -1, tail))
    else:
        return None
    for n, way, text in ways:
        for turned in _turned(a, b, found, n, way, text):
            one, other = (turned, there) if n == k else (here, turned)
            x, y = a[one.a : one.a_end], b[other.b : other.b_end]
            if _ends(x) == _ends(y):
                return one, other, Passage(*_solid(x, one.a), *_solid(y, other.b))
    return None


def _turned(a: str, b: str, found: Sequence[Gap], n: int, way: int, text: str) -> Iterator[Gap]:
    """A gap moved over the words at one of its ends, if the same words stand at the other."""
    gap = found[n]
    whole, start, end = (a, gap.a, gap.a_end) if gap.a_end > gap.a else (b, gap.b, gap.b_end)
    limit = found[n - 1].a_end if way < 0 and n else 0
    most = found[n + 1].a if way > 0 and n + 1 < len(found) else len(a)
    for size in {len(text), len(text.strip()), len(text.lstrip()), len(text.rstrip())}:
        by = way * size
        left, right = (start - size, end - size) if way < 0 else (start, end)
        if gap.a + by <= limit or gap.a_end + by >= most or left < 0:
            continue
        if whole[left : left + size] == whole[right : right + size]:
            yield Gap(gap.a + by, gap.a_end + by, gap.b + by, gap.b_end + by)


def _ends(text: str) -> tuple[list[str], list[str]]:
    """The first word and the last: what lies between was found alike."""
    return text[:MOST].split()[:1], text[-MOST:].split()[-1:]


def _solid(text: str, start: int) -> tuple[int, int]:
    """Where a text begins and ends without white space."""
    return start + len(text) - len(text.lstrip()), start + len(text.rstrip())
