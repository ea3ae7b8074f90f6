"""Which marks belong together, inside one block (R1-R6, R18).

A closer takes the latest opener of its kind that is still open; an opener without a closer
is text. Marks that cross stay two marks. Works on the token list of a document: every token
gets a role, every pair an entry in `Pairs`; nothing is copied.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping, Sequence
from itertools import repeat

from redline.spans import ADDITION, DELETION, MAX_DEPTH
from redline.tokens import Token

__all__ = [
    "CLOSE",
    "OPEN",
    "SKIP",
    "TEXT",
    "Finding",
    "Pairs",
    "beyond",
    "pair_block",
    "split_runs",
]

#: Roles of a token. A token that is text may still be a note reference or the like.
TEXT, OPEN, CLOSE, SKIP = range(4)

#: (code, start, end, detail), in source offsets.
Finding = tuple[str, int, int, str]

_NOT_SPACE = re.compile(r"\S")
_EMPHASIS = {1: "italic", 2: "bold", 3: "bold-italic"}


class Pairs:
    """Roles of tokens and the pairs they make, for a whole document.

    `mark[t]` is the pair that token t opens or closes. For pair m: `kind[m]` is ``del``,
    ``add``, an emphasis (``italic``, ``bold``, ``bold-italic``), ``code`` or ``hand``;
    `first[m]` and `last[m]` are its tokens.
    """

    def __init__(self) -> None:
        self.role = bytearray()
        self.mark = array("l")
        self.kind: list[str] = []
        self.first = array("l")
        self.last = array("l")
        self.crossing: set[int] = set()
        #: what marks say of themselves: where the suffix ends, and its items
        self.suffix: dict[int, tuple[int, Mapping[str, str]]] = {}
        self.matched = 0  # runs of tildes that pair
        self.unmatched = 0  # and that do not

    def grow(self, size: int) -> None:
        """Make room for so many further tokens."""
        self.role.extend(bytes(size))
        self.mark.extend(repeat(-1, size))


def beyond(text: str, tokens: Sequence[Token], roles: bytearray, t: int, stop: int) -> str:
    """The character after the mark that token t closes and `stop` ends, looking past other
    closers; "" if it is white space or another mark opens there."""
    t += 1
    while t < len(tokens) and tokens[t][0] < stop:
        t += 1  # in the suffix of the mark
    while t < len(tokens) and tokens[t][0] == stop and roles[t] == CLOSE:
        stop = tokens[t][1]
        t += 1
    if t < len(tokens) and tokens[t][0] == stop and roles[t] == OPEN:
        return ""
    after = text[stop : stop + 1]
    return "" if after.isspace() else after


def split_runs(tokens: list[Token]) -> list[Token]:
    """Cut every run of four tildes in two: it closes one strike and opens the next (R4)."""
    out: list[Token] = []
    for token in tokens:
        start, end, kind = token
        if kind == "tilde" and end - start == 4:
            out.append((start, start + 2, "shut"))
            out.append((start + 2, end, "reopen"))
        else:
            out.append(token)
    return out


def pair_block(
    text: str,
    tokens: Sequence[Token],
    which: Sequence[int],
    bounds: tuple[int, int],
    pairs: Pairs,
    *,
    strikes: bool = True,
) -> list[Finding]:
    """Pair the marks of one block; `which` are the indices of its tokens, `bounds` its range.

    `strikes=False` takes every `~~` for text.
    """
    findings: list[Finding] = []
    if any(tokens[t][2] == "tick" for t in which):
        which = _code_spans(tokens, which, pairs)
    deletions: list[int] = []
    lost: list[int] = []  # strikes left open in an insertion that has closed (R18)
    braces: list[int] = []  # tokens of `^{`, or -1 for a plain brace inside one
    angles: list[int] = []
    stars: dict[tuple[str, int], int] = {}
    hand = -1
    made: list[tuple[int, int, str]] = []  # opener, closer, kind
    begin, end = bounds
    shut = False
    for t in which:
        start, stop, kind = tokens[t]
        if kind == "tilde":
            if stop - start != 2 or not strikes:
                continue
            if deletions and start > begin and not text[start - 1].isspace():
                made.append((deletions.pop(), t, DELETION))
            elif stop < end and not text[stop].isspace():
                deletions.append(t)
            else:
                pairs.unmatched += 1
                findings.append(("unopened-deletion", start, stop, ""))
        elif kind == "open":
            (braces if text[stop - 1] == "{" else angles).append(t)
        elif kind == "close":
            if braces:
                opener = braces.pop()
                if opener >= 0:
                    _close_addition(text, tokens, opener, t, made, findings)
                    lost += _leave(deletions, opener)
        elif kind == "brace":
            if braces:
                braces.append(-1)
        elif kind == "angle":
            if angles:
                opener = angles.pop()
                _close_addition(text, tokens, opener, t, made, findings)
                lost += _leave(deletions, opener)
        elif kind == "shut":
            before = start > begin and not text[start - 1].isspace()
            after = stop + 2 < end and not text[stop + 2].isspace()
            shut = bool(strikes and deletions and before and after)
            if shut:
                made.append((deletions.pop(), t, DELETION))
            elif strikes:
                findings.append(("empty-mark", start, stop + 2, "~~~~"))
        elif kind == "reopen":
            if shut:
                deletions.append(t)
        elif kind in ("star", "under"):
            if kind == "star" and _is_label(tokens, t):
                continue
            _emphasis(text, t, tokens[t], bounds, stars, made)
        elif kind == "hand":
            hand = t
        elif kind == "bracket" and hand >= 0:
            made.append((hand, t, "hand"))
            hand = -1
    for t in (*lost, *deletions):
        pairs.unmatched += 1
        findings.append(("unclosed-deletion", tokens[t][0], tokens[t][1], ""))
    findings.extend(
        ("unclosed-addition", tokens[t][0], tokens[t][1], "") for t in (*braces, *angles) if t >= 0
    )
    if made:
        _record(tokens, sorted(made), pairs, findings)
    return findings


def _is_label(tokens: Sequence[Token], t: int) -> bool:
    """Whether a run of stars is all that stands in a caret mark: the sign of a note (R7d)."""
    start, stop, _ = tokens[t]
    return (
        0 < t < len(tokens) - 1
        and tokens[t - 1][1:] == (start, "open")
        and tokens[t + 1][0] == stop
        and tokens[t + 1][2] in ("close", "angle")
    )


def _leave(deletions: list[int], opener: int) -> list[int]:
    """The strikes opened after `opener`: a closer looks outward only, so they are lost."""
    keep = len(deletions)
    while keep and deletions[keep - 1] > opener:
        keep -= 1
    inside = deletions[keep:]
    del deletions[keep:]
    return inside


def _close_addition(
    text: str,
    tokens: Sequence[Token],
    opener: int,
    closer: int,
    made: list[tuple[int, int, str]],
    findings: list[Finding],
) -> None:
    start, first = tokens[opener][:2]
    last, stop = tokens[closer][:2]
    if _NOT_SPACE.search(text, first, last):
        made.append((opener, closer, ADDITION))
    else:
        findings.append(("empty-mark", start, stop, text[start:stop]))


def _code_spans(tokens: Sequence[Token], which: Sequence[int], pairs: Pairs) -> list[int]:
    """Pair runs of backticks of one length; what stands between is opaque (R5)."""
    following: dict[int, list[int]] = {}
    for t in which:
        if tokens[t][2] == "tick":
            following.setdefault(tokens[t][1] - tokens[t][0], []).append(t)
    for runs in following.values():
        runs.reverse()
    out: list[int] = []
    until = -1
    for t in which:
        if t <= until:
            if t < until:
                pairs.role[t] = SKIP
            continue
        start, stop, kind = tokens[t]
        if kind == "tick":
            runs = following[stop - start]
            while runs and runs[-1] <= t:
                runs.pop()
            if runs:
                until = runs.pop()
                _note_pair(pairs, t, until, "code")
            continue
        out.append(t)
    return out


def _emphasis(
    text: str,
    t: int,
    token: Token,
    bounds: tuple[int, int],
    stars: dict[tuple[str, int], int],
    made: list[tuple[int, int, str]],
) -> None:
    """Pair runs of one to three `*`, or one or two `_` at word edges (R33)."""
    start, stop, kind = token
    width = stop - start
    if width > (3 if kind == "star" else 2):
        return
    before = text[start - 1] if start > bounds[0] else " "
    after = text[stop] if stop < bounds[1] else " "
    if before.isalnum() and after.isalnum() and (kind == "under" or before.isdecimal()):
        return
    key = (kind, width)
    if not before.isspace() and key in stars:
        made.append((stars.pop(key), t, _EMPHASIS[width]))
    elif not after.isspace():
        stars[key] = t


def _record(
    tokens: Sequence[Token],
    made: list[tuple[int, int, str]],
    pairs: Pairs,
    findings: list[Finding],
) -> None:
    """Note the pairs, in the order in which they open; find what crosses or is too deep."""
    live: list[tuple[int, int, str]] = []  # closer, pair, kind
    for first, last, kind in made:
        if live:
            live = [entry for entry in live if entry[0] > first]
        if len(live) >= MAX_DEPTH:
            findings.append(("nesting-limit", tokens[first][0], tokens[first][1], ""))
            continue
        m = _note_pair(pairs, first, last, kind)
        if kind == DELETION:
            pairs.matched += 2
        for closer, other, its_kind in live:
            if closer < last and {kind, its_kind} <= {DELETION, ADDITION}:
                pairs.crossing.add(other)
                pairs.crossing.add(m)
                findings.append(("crossing-marks", tokens[first][0], tokens[closer][1], ""))
        live.append((last, m, kind))


def _note_pair(pairs: Pairs, first: int, last: int, kind: str) -> int:
    m = len(pairs.kind)
    pairs.kind.append(kind)
    pairs.first.append(first)
    pairs.last.append(last)
    pairs.role[first] = OPEN
    pairs.role[last] = CLOSE
    pairs.mark[first] = m
    pairs.mark[last] = m
    return m
