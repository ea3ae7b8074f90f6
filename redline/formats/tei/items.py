"""What stands in one stretch of text, as items that `redline.spans.nest` can nest.

From the spans of a leaf block or a note: what lies inside hidden text is left out or cut off,
a line break takes in the space it was folded into, and the parts of a substitution close the
gap between them, so that furniture and page edges stand inside the second.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from redline.formats.tei.acts import Acts
from redline.formats.tei.escape import attribute
from redline.formats.tei.names import POINTS
from redline.spans import ADDITION, DELETION, HIDDEN, Span

__all__ = ["Crossing", "Item", "Stretch", "close_gaps", "gather"]

_REVISED = (DELETION, ADDITION)
#: What a page has whatever note it runs through.
_OF_PAGE = frozenset({"furniture", "pb", "pb-no", "pb-maybe"})


class Item(NamedTuple):
    """Something in a stretch: `kind` is one of

    - ``del``, ``add``, a kind of `INLINE`, or any other kind of span: an element over text;
    - ``mark``: `markup` stands for its text, which no reading shows;
    - ``lb``: a line break with the space before it;
    - ``omit``: text that an editor's decision took out of every reading;
    - ``from-del``, ``from-add``, ``to-del``, ``to-add``: points between which all is struck or
      added, over the edges of blocks.

    `of` is the index of its span in the document, -1 for points.
    """

    start: int
    end: int
    kind: str
    of: int
    markup: str = ""


class Stretch(NamedTuple):
    """A stretch of text and its spans: spans[first:last] begin in it.

    A note body is `closed`: what leaves it is cut off there.
    """

    start: int
    end: int
    first: int
    last: int
    closed: bool


class Crossing(NamedTuple):
    """A span that goes on after the block it began in, to `end`; `anchor` is its last point."""

    end: int
    kind: str
    of: int
    anchor: str = ""


def gather(
    stretch: Stretch,
    text: str,
    spans: Sequence[Span],
    acts: Acts,
    carried: list[Crossing],
    write: Callable[[int], str],
    cross: Callable[[int], Crossing],
) -> list[Item]:
    """The items of a stretch in the order in which they open.

    `carried` are the spans that came in from blocks before; those that go on after it are
    there afterwards. `write` gives the markup of a hidden span or a page break, `cross` what
    becomes of a revision that leaves the stretch.
    """
    return _Gatherer(stretch, text, spans, acts, carried, write, cross).items()


class _Gatherer:
    def __init__(
        self,
        stretch: Stretch,
        text: str,
        spans: Sequence[Span],
        acts: Acts,
        carried: list[Crossing],
        write: Callable[[int], str],
        cross: Callable[[int], Crossing],
    ) -> None:
        self.stretch = stretch
        self.text = text
        self.spans = spans
        self.acts = acts
        self.carried = carried
        self.write = write
        self.cross = cross
        self.out: list[Item] = []
        self.live: list[int] = []  # items that may still be open
        self.hidden = stretch.start  # where the hidden text seen so far ends
        self.emptied = False  # that was a note which is written elsewhere
        self.hyphen = ""  # a hyphen that goes to the next break

    def items(self) -> list[Item]:
        if self.carried and not self.stretch.closed:
            self._carry()
        for k in range(self.stretch.first, self.stretch.last):
            at, stop, kind, _ = self.spans[k]
            if kind in POINTS:
                self._line_break(at, kind)
            elif kind in HIDDEN or kind in _OF_PAGE:
                self._hide(k, at, stop, kind)
            else:
                self._cover(k, max(at, self.hidden), stop, kind)
        out = self.out
        # Clipped spans and the spaces of line breaks are no longer where they stood.
        out.sort(key=_start)
        return out

    def _carry(self) -> None:
        start, end = self.stretch.start, self.stretch.end
        on: list[Crossing] = []
        for crossing in self.carried:
            stop, kind, of, anchor = crossing
            if stop > end:
                on.append(crossing)
            if anchor:
                if stop <= end:
                    self.out.append(Item(stop, stop, f"to-{kind}", -1, anchor))
            elif kind == "hide":
                self.hidden = max(self.hidden, min(stop, end))
                self.out.append(Item(start, self.hidden, "mark", -1))
            else:
                self.live.append(len(self.out))
                self.out.append(Item(start, min(stop, end), kind, of))
        self.carried[:] = on

    def _line_break(self, at: int, kind: str) -> None:
        if at < self.hidden:
            return
        if kind == "lb":
            if at > self.hidden and self.text[at - 1] == " ":
                last = self.out[-1] if self.out else None
                if last is None or last.kind != "lb" or last.end < at:
                    self.out.append(Item(at - 1, at, "lb", -1))
                    return
            kind = "lb-maybe"  # its space is not there, or another break has it
        self.out.append(Item(at, at, "mark", -1, self._hyphenated(kind, POINTS[kind])))

    def _hyphenated(self, kind: str, markup: str) -> str:
        """A break inside a word says which hyphen went with it."""
        if kind[-3:] != "-no" or not self.hyphen:
            return markup
        hyphen, self.hyphen = self.hyphen, ""
        return f'{markup[:-2]} rend="{attribute(hyphen)}"/>'

    def _hide(self, k: int, at: int, stop: int, kind: str) -> None:
        hidden, end = self.hidden, self.stretch.end
        if at < hidden and stop <= hidden:
            if self.emptied and kind in _OF_PAGE:
                self.out.append(Item(hidden, hidden, "mark", k, self.write(k)))
            return
        if kind == "softhyphen":
            hyphen = self.text[at:stop].strip()
            self.hyphen = hyphen if hyphen.isprintable() and " " not in hyphen else ""
        markup = self._hyphenated(kind, self.write(k))
        at = max(at, hidden)
        if stop > end:
            if not self.stretch.closed:
                self.carried.append(Crossing(stop, "hide", k))
            stop = end
        if at < stop:
            self._cut(at, stop)
            self.hidden = stop
            self.emptied = kind == "note" and not markup
        self.out.append(Item(at, stop, "mark", k, markup))

    def _cut(self, start: int, stop: int) -> None:
        """What began before text that no reading shows, and ends in it, ends where it begins."""
        live = []
        for n in self.live:
            item = self.out[n]
            if item.end > start:
                if item.end < stop:
                    self.out[n] = item._replace(end=start)
                else:
                    live.append(n)
        self.live = live

    def _cover(self, k: int, at: int, stop: int, kind: str) -> None:
        end, closed = self.stretch.end, self.stretch.closed
        if stop < at or (stop == at and self.spans[k].start < stop):
            return
        if kind in _REVISED:
            decision = self.acts.decided.get(self.acts.owner[k])
            if decision is not None:
                if decision == (kind == ADDITION):
                    return
                kind = "omit"
            elif stop > end and not closed:
                crossing = self.cross(k)
                self.carried.append(crossing)
                self.out.append(Item(at, at, f"from-{kind}", k))
                return
        elif kind == "superscript" and self.spans[k].id == "raised":
            return  # the characters are raised themselves
        if stop > end:
            if not closed:
                self.carried.append(Crossing(stop, kind, k))
            stop = end
        if kind == "omit":
            self._cut(at, stop)
        self.live.append(len(self.out))
        self.out.append(Item(at, stop, kind, k))
        if len(self.live) > 256:
            self.live = [n for n in self.live if self.out[n].end > at]


def _start(item: Item) -> int:
    return item.start


def close_gaps(items: list[Item], acts: Acts) -> None:
    """Let parts of a substitution touch where only hidden text or points stand between.

    The later part takes in what stands between: in `subst` a reader of TEI looks at `del` and
    `add` alone. The items stay in the order in which they open.
    """
    last: dict[int, int] = {}
    moved: list[tuple[int, int]] = []
    for n, item in enumerate(items):
        if item.kind not in _REVISED:
            continue
        owner = acts.owner[item.of]
        if owner < 0 or len(acts.acts[owner].parts) < 2:
            continue
        before = last.get(owner, -1)
        last[owner] = n
        if before < 0:
            continue
        reach = item.start
        gap = items[before].end
        t = n
        while t > before + 1 and items[t - 1].start >= gap:
            between = items[t - 1]
            if between.kind == "mark" and between.end >= reach:
                reach = between.start
            elif between.start < between.end or between.kind != "mark":
                break
            t -= 1
        else:
            if reach <= gap and t < n:
                moved.append((n, t))
                items[n] = item._replace(start=gap)
    if moved:
        place = dict(moved)
        order = sorted(range(len(items)), key=lambda n: (place.get(n, n), n not in place, n))
        items[:] = [items[n] for n in order]
