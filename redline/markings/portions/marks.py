"""One portion mark with its strikes: `(S)`, `(~~S~~ ^{C})`, `~~(S)~~ (C)`, `^{(C)}`.

The text is read twice, as it was and as it is; what each state has between its first brackets is
the mark that was and the mark that is.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from redline.markings.portions.grammar import Inner, read_inner
from redline.markings.register import Level

__all__ = ["Portion", "read_portion"]

_PLAIN = re.compile(r"[*_]{0,3}(?P<core>\((?P<inner>[^()~^{}<>*]{1,90})\))")
_CORE = re.compile(r"[\s*_]*\((?P<inner>[^()]{1,90})\)")
_PIECE = re.compile(r"~~|\^[{<]|[}>]|[*_]+|.", re.DOTALL)
# Where the marks of a struck and replaced portion mark must have come to an end.
_WINDOW = 160

Chars = list[tuple[str, int]]


class Portion(NamedTuple):
    """One portion mark, as it was and as it is.

    `was` is None for a mark that was added, `is_` for one that was struck and not replaced.
    `controls` are those of the mark that is, or was. `start` and `end` take in the marks of the
    strike (code points of the text given), `core` goes from its first to after its last bracket.
    """

    was: Level | None
    is_: Level | None
    controls: tuple[str, ...]
    action: str
    start: int
    end: int
    core: tuple[int, int]
    inner: Inner

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels it shows, without repeats."""
        return tuple(dict.fromkeys(level for level in (self.was, self.is_) if level))


def read_portion(text: str, start: int = 0, end: int | None = None) -> Portion | None:
    """The portion mark that begins at `start` of `text`, its strikes included; None when none does.

    Looks at text[start:end] alone. Emphasis before the bracket is skipped, white space is not.

    >>> mark = read_portion("(~~S~~ ^{C}) The harvest was poor.")
    >>> mark.was.name, mark.is_.name, mark.action
    ('SECRET', 'CONFIDENTIAL', 'downgrade')
    """
    stop = len(text) if end is None else min(end, len(text))
    match = _PLAIN.match(text, start, stop)
    if match is not None:
        inner = read_inner(match["inner"])
        if inner is None:
            return None
        core = match.span("core")
        return Portion(
            inner.level, inner.level, inner.controls, "unchanged", *core, core, inner
        )
    return _read_struck(text, start, stop)


def _read_struck(text: str, start: int, stop: int) -> Portion | None:
    """A mark with strikes or additions in or around it."""
    if text[start : start + 1] not in ("~", "^", "(", "*", "_"):
        return None
    states = _States(text, start, stop)
    was, before = _first_mark(states.draft)
    now, after = _first_mark(states.final)
    if was is None and now is not None and not states.within(after, states.added):
        # `(~~S~~C)`: nothing says that C was added, but S cannot have stood beside it.
        was, before = _first_mark(states.struck)
    places = [place for place in (before, after) if place is not None]
    if not places:
        return None
    core = (min(a for a, _ in places), max(b for _, b in places))
    # A mark that goes, or comes, with the text after it was not changed itself.
    if now is None and states.runs_on(core):
        now = was
    elif was is None and states.runs_on(core):
        was = now
    inner = now or was
    assert inner is not None
    return Portion(
        was.level if was else None,
        now.level if now else None,
        inner.controls,
        _action(was, now),
        *states.with_marks(core),
        core,
        inner,
    )


class _States:
    """A stretch of text as it was, as it is, and what of it is struck, with source offsets.

    `pairs` are the strikes and additions, marks included; one that does not end within the
    window, but ends later, goes to `stop`.
    """

    def __init__(self, text: str, start: int, stop: int) -> None:
        self.text = text
        self.draft: Chars = []
        self.final: Chars = []
        self.struck: Chars = []
        self.pairs: list[tuple[int, int]] = []
        self.added: list[tuple[int, int]] = []
        strike: int | None = None
        adds: list[tuple[int, str]] = []
        for piece in _PIECE.finditer(text, start, min(stop, start + _WINDOW)):
            found, at = piece.group(), piece.start()
            if found == "~~":
                if strike is not None:
                    self.pairs.append((strike, at + 2))
                    strike = None
                    continue
                if text.find("~~", at + 2, stop) >= 0:
                    strike = at
                    continue
            elif found in ("^{", "^<"):
                closer = "}" if found == "^{" else ">"
                if text.find(closer, at + 2, stop) >= 0:
                    adds.append((at, closer))
                    continue
            elif adds and found == adds[-1][1]:
                self.added.append((adds.pop()[0], at + 1))
                continue
            elif found[0] in "*_":
                continue
            chars = [(char, at + k) for k, char in enumerate(found)]
            if not adds:
                self.draft += chars
            if strike is None:
                self.final += chars
            if strike is not None or found in "()":
                self.struck += chars
        if strike is not None:
            self.pairs.append((strike, stop))
        self.added += [(at, stop) for at, _ in adds]
        self.pairs = sorted(self.pairs + self.added)

    def within(self, place: tuple[int, int] | None, pairs: list[tuple[int, int]]) -> bool:
        """Whether a place lies in one of the pairs."""
        return place is not None and any(a <= place[0] and place[1] <= b for a, b in pairs)

    def runs_on(self, core: tuple[int, int]) -> bool:
        """Whether a strike or addition that holds the mark goes on over the words after it."""
        return any(
            a < core[1] < b and self.text[core[1] : b].strip("~}>*_ \t\r\n")
            for a, b in self.pairs
        )

    def with_marks(self, core: tuple[int, int]) -> tuple[int, int]:
        """The mark with the strikes that belong to it alone."""
        first, last = core
        for a, b in self.pairs:
            if a < core[1] < b and not self.text[core[1] : b].strip("~}>*_"):
                last = max(last, b)
        for a, b in self.pairs:
            if a < first and b <= last and not self.text[a:first].strip("*_^~{<"):
                first = a
        return first, last


def _first_mark(chars: Chars) -> tuple[Inner | None, tuple[int, int] | None]:
    """The mark at the beginning of what one state of the text shows, and its place."""
    match = _CORE.match("".join(char for char, _ in chars))
    if match is None:
        return None, None
    inner = read_inner(" ".join(match["inner"].split()))
    if inner is None:
        return None, None
    return inner, (chars[match.start("inner") - 1][1], chars[match.end() - 1][1] + 1)


def _action(was: Inner | None, now: Inner | None) -> str:
    if was is None:
        return "added"
    if now is None:
        return "cancelled"
    if was.level == now.level:
        return "unchanged"
    return "downgrade" if was.level.rank > now.level.rank else "upgrade"
