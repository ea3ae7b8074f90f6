"""Where two aligned texts differ, and at which of several equal places best to say so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from redline.collation.align import Alignment

__all__ = ["Gap", "gaps", "settled", "widened"]

#: A gap is slid at most so far; longer repetitions give no better place.
FARTHEST = 400
#: A word is looked for at most so far beside a gap.
WORD = 64


class Gap(NamedTuple):
    """a[a:a_end] stands where b[b:b_end] does; between gaps both texts are the same."""

    a: int
    a_end: int
    b: int
    b_end: int


def gaps(alignment: Alignment) -> list[Gap]:
    """What is not equal, in order; neighbours are one."""
    found: list[Gap] = []
    for a, a_end, b, b_end, equal in alignment.blocks:
        if equal:
            continue
        if found and found[-1].a_end == a and found[-1].b_end == b:
            found[-1] = Gap(found[-1].a, a_end, found[-1].b, b_end)
        else:
            found.append(Gap(a, a_end, b, b_end))
    return found


def settled(a: str, b: str, found: Sequence[Gap]) -> list[Gap]:
    """Additions and omissions moved to the best of their equal places.

    "A. B. B. C" against "A. B. C" may lack either "B. " or ". B": best is what begins
    and ends where a paragraph, a line, a sentence, a word does.
    """
    out: list[Gap] = []
    last = len(found) - 1
    a_before = 0
    for k, gap in enumerate(found):
        text, start, end = (a, gap.a, gap.a_end) if gap.a_end > gap.a else (b, gap.b, gap.b_end)
        if gap.a_end > gap.a and gap.b_end > gap.b:
            moved = 0
        else:
            # One character stays on either side, so that gaps never meet.
            back = gap.a - a_before - (1 if out else 0)
            after = found[k + 1].a - 1 if k < last else len(a)
            moved = _slide(text, start, end, back, after - gap.a_end)
        if moved:
            gap = Gap(gap.a + moved, gap.a_end + moved, gap.b + moved, gap.b_end + moved)
        out.append(gap)
        a_before = gap.a_end
    return out


def _slide(text: str, start: int, end: int, back: int, onward: int) -> int:
    """By how much to move text[start:end], at most `back` to the left, `onward` to the right."""
    back = back if text[start - 1 : start] == text[end - 1 : end] else 0
    onward = onward if text[start : start + 1] == text[end : end + 1] else 0
    if back <= 0 and onward <= 0:
        return 0
    best, moved = _fitness(text, start) + _fitness(text, end), 0
    for k in range(1, min(back, FARTHEST) + 1):
        if text[start - k] != text[end - k]:
            break
        fits = _fitness(text, start - k) + _fitness(text, end - k)
        if fits > best and min(_fitness(text, start - k), _fitness(text, end - k)):
            best, moved = fits, -k
    for k in range(1, min(onward, FARTHEST) + 1):
        if text[start + k - 1] != text[end + k - 1]:
            break
        fits = _fitness(text, start + k) + _fitness(text, end + k)
        if fits > best and min(_fitness(text, start + k), _fitness(text, end + k)):
            best, moved = fits, k
    return moved


def _fitness(text: str, at: int) -> int:
    """How natural a place is to begin or end a passage; 0 where it may cut a word in two."""
    if at == 0 or at == len(text):
        return 6
    left, right = text[at - 1], text[at]
    if left == "\n":
        return 5 if text[at - 2 : at - 1] == "\n" and right != "\n" else 4
    if right == "\n":
        return 3
    if left.isspace():
        return 3 if text[at - 2 : at - 1] in (".", "!", "?", "…", "”") else 2
    return 1 if right.isspace() else 0


def widened(a: str, b: str, found: Sequence[Gap]) -> list[Gap]:
    """Gaps of single characters, grown to the words they stand in; those that meet are one."""
    out: list[Gap] = []
    last = len(found) - 1
    for k, gap in enumerate(found):
        before = out[-1].a_end if out else 0
        after = found[k + 1].a if k < last else len(a)
        inside = a[gap.a : gap.a_end][:1] + b[gap.b : gap.b_end][:1] + a[gap.a_end : gap.a_end + 1]
        left = 0
        if any(map(_joins, inside)):
            most = min(gap.a - before, WORD)
            while left < most and _joins(a[gap.a - left - 1]):
                left += 1
        inside = (
            a[gap.a : gap.a_end][-1:] + b[gap.b : gap.b_end][-1:] + a[max(0, gap.a - 1) : gap.a]
        )
        right = 0
        if any(map(_joins, inside)):
            most = min(after - gap.a_end, WORD)
            while right < most and _joins(a[gap.a_end + right]):
                right += 1
        gap = Gap(gap.a - left, gap.a_end + right, gap.b - left, gap.b_end + right)
        if out and out[-1].a_end == gap.a:
            gap = Gap(out[-1].a, gap.a_end, out.pop().b, gap.b_end)
        out.append(gap)
    return out


def _joins(character: str) -> bool:
    """Whether a character is part of a word; those of scripts without spaces are words."""
    if character.isascii():
        return character.isalnum() or character in "'-"
    return (
        not character.isspace()
        and (character.isalnum() or not character.isprintable() or character in "’‐‑")
        and not "\u3040" <= character <= "\u9fff"
    )
