"""Which stage a print follows at every slot of a revised paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from redline.collation.align import align
from redline.collation.slots import TOKEN, Row, Slot, Wording, key

__all__ = ["NEITHER", "decide"]

#: What a print has that has the words of no stage.
NEITHER = "neither"
#: Part of a wording that a print must have to be said to follow it.
_ENOUGH = 0.5
#: Words times ways to explain them that are tried between two sure places.
_TRIES = 20_000
#: Common words on either side by which a passage is known elsewhere.
_CONTEXT = 3
#: Where so many words that all stages have are lacking, so is the passage.
_LOST = 3
#: So many places that begin alike are looked at.
_ALIKE = 8


def decide(row: Row, text: str) -> None:
    """Find for every slot which acts are in force in the print."""
    places = [(match.start(), match.end()) for match in TOKEN.finditer(text)]
    words = [text[a:b] for a, b in places]
    keys = [*map(key, words)]
    printed = _Print(words, keys)
    ids: dict[str, int] = {}
    left, right = (
        [ids.setdefault(word, len(ids)) for word in side] for side in (map(key, row.words), keys)
    )
    match = [-1] * len(left)
    for first, last, begin, _, equal in align(left, right).blocks:
        if equal:
            match[first:last] = range(begin, begin + last - first)
    slots = iter(range(len(row.slots)))
    slot = next(slots, None)
    sure = begin = 0  # the row after the last sure word; the print after it
    for k in range(len(left) + 1):
        if k < len(left) and (row.slot_of[k] >= 0 or match[k] < 0):
            continue
        end = match[k] if k < len(left) else len(words)
        mine = []
        while slot is not None and row.slots[slot].at <= k:
            mine.append(row.slots[slot])
            slot = next(slots, None)
        if mine:
            gap = _Gap(row, mine, (sure, k), printed, (begin, end), match)
            gap.decide()
            for each, (start, stop) in zip(mine, gap.ranges, strict=True):
                each.b = _characters(places, start, stop, len(text))
        sure, begin = k + 1, end + 1


def _characters(
    places: Sequence[tuple[int, int]], start: int, stop: int, length: int
) -> tuple[int, int]:
    """Words of the print as a range of characters."""
    if start < stop:
        return places[start][0], places[stop - 1][1]
    at = places[start][0] if start < len(places) else length
    return at, at


class _Print:
    """The words of the print, and where runs of them begin."""

    def __init__(self, words: Sequence[str], keys: Sequence[str]) -> None:
        self.words, self.keys = words, keys
        self._starts: dict[tuple[str, ...], list[int]] | None = None

    def has(self, wording: Wording, at: int, *, literally: bool) -> bool:
        """Whether the words stand at a place."""
        end = at + len(wording.words)
        if literally:
            return tuple(self.words[at:end]) == wording.words
        return tuple(self.keys[at:end]) == wording.keys

    def find(self, sought: Sequence[str]) -> int | None:
        """The one place where these keys stand in a row; None where there is none, or another."""
        if self._starts is None:
            self._starts = {}
            for k in range(len(self.keys) - _CONTEXT + 1):
                self._starts.setdefault(tuple(self.keys[k : k + _CONTEXT]), []).append(k)
        places = self._starts.get(tuple(sought[:_CONTEXT]), [])
        if len(places) > _ALIKE:
            return None
        found = [k for k in places if list(self.keys[k : k + len(sought)]) == list(sought)]
        return found[0] if len(found) == 1 else None


class _Way(NamedTuple):
    """How the words of a print so far are explained: the last slot, and the way to it."""

    score: int  # slots that are final
    wording: Wording | None
    start: int
    end: int
    slot: Slot | None
    before: _Way | None


def _better(ways: dict[int, _Way], place: int, way: _Way) -> None:
    """Keep a way to a place, if there is no better one."""
    if place not in ways or ways[place].score <= way.score:
        ways[place] = way


class _Gap:
    """What stands between two sure words: slots and common words, and words of the print."""

    def __init__(
        self,
        row: Row,
        slots: list[Slot],
        span: tuple[int, int],
        print_: _Print,
        printed: tuple[int, int],
        match: Sequence[int],
    ) -> None:
        self.row, self.slots, self.print, self.printed, self.match = (
            row,
            slots,
            print_,
            printed,
            match,
        )
        self.ranges: list[tuple[int, int]] = [printed] * len(slots)
        self.items: list[str | Slot] = []
        k = span[0]
        while k < span[1]:
            if row.slot_of[k] < 0:
                self.items.append(key(row.words[k]))
                k += 1
            else:
                slot = row.slots[row.slot_of[k]]
                self.items.append(slot)
                k += slot.size

    def decide(self) -> None:
        """Wordings that explain every word, or for each slot the likeliest."""
        if not self._explain():
            for n, slot in enumerate(self.slots):
                if slot.size:  # of one without a word of any stage nothing tells
                    self._weigh(n, slot)

    def _told(self, slot: Slot, wording: Wording) -> None:
        slot.found = slot.told(wording, self.row.stages)

    def _explain(self) -> bool:
        """Whether some choice gives exactly the words of the print; the latest stages first."""
        begin, end = self.printed
        tries = sum(len(item.wordings) if isinstance(item, Slot) else 1 for item in self.items)
        if tries * (end - begin + 1) > _TRIES:
            return False
        # The best way to come to a place in the print, by that place.
        ways: dict[int, _Way] = {begin: _Way(0, None, begin, begin, None, None)}
        for item in self.items:
            after: dict[int, _Way] = {}
            for at, way in ways.items():
                if isinstance(item, str):
                    if at < end and self.print.keys[at] == item:
                        _better(after, at + 1, way)
                    continue
                literally = _literally(item)
                for n, wording in reversed([*enumerate(item.wordings)]):
                    to = at + len(wording.words)
                    if to <= end and self.print.has(wording, at, literally=literally):
                        _better(after, to, _Way(way.score + (n == 0), wording, at, to, item, way))
            ways = after
            if not ways:
                return False
        number = {id(slot): n for n, slot in enumerate(self.slots)}
        step = ways.get(end)
        if step is None:
            return False
        while step is not None:
            if step.slot is not None and step.wording is not None:
                self._told(step.slot, step.wording)
                self.ranges[number[id(step.slot)]] = (step.start, step.end)
            step = step.before
        return True

    def _weigh(self, n: int, slot: Slot) -> None:
        """The wording most of which the print has, or none at all."""
        first, last = self._around(slot)
        self.ranges[n] = (first, last)
        shares = _shares(slot, self.print.keys[first:last])
        best = max(shares.values(), default=0.0)
        lacking = self._lacking(slot)
        lost = sum(lacking) >= _LOST or all(lacking)
        if lost and (self._elsewhere(n, slot) or not best):
            return  # the whole passage stands elsewhere, or is gone
        if best >= _ENOUGH:
            ahead = [wording for wording, share in shares.items() if share == best]
            longest = max(len(wording.keys) for wording in ahead)
            ahead = [wording for wording in ahead if len(wording.keys) == longest]
            if len(ahead) == 1 or best == 1:
                self._told(slot, ahead[0])
                return
        empty = [wording for wording in slot.wordings if not wording.keys]
        if best < _ENOUGH and empty and last - first <= sum(lacking):
            # Words that stand there instead replace the common words that are lacking.
            self._told(slot, empty[0])
            self.ranges[n] = (first, first)
            return
        slot.found = dict.fromkeys(slot.acts, NEITHER)

    def _elsewhere(self, n: int, slot: Slot) -> bool:
        """Whether the slot stands, with the common words around it, at another place."""
        before = self._context(slot, slot.at - 1, -1)[::-1]
        after = self._context(slot, slot.at + slot.size, 1)
        for cut in range(len(before) + 1):
            lead = before[cut:]
            if len(lead) + len(after) < _CONTEXT:
                break
            for wording in slot.wordings:
                at = self.print.find([*lead, *wording.keys, *after])
                if at is not None:
                    self._told(slot, wording)
                    start = at + len(lead)
                    self.ranges[n] = (start, start + len(wording.keys))
                    return True
        return False

    def _context(self, slot: Slot, k: int, step: int) -> list[str]:
        """The common words beside a slot, in its block, the nearest first."""
        found: list[str] = []
        while k in slot.block and self.row.slot_of[k] < 0 and len(found) < _CONTEXT:
            found.append(key(self.row.words[k]))
            k += step
        return found

    def _around(self, slot: Slot) -> tuple[int, int]:
        """The words of the print between what stands before and after a slot there."""
        begin, end = self.printed
        k = slot.at - 1
        while k >= 0 and self.row.slot_of[k] >= 0 and self.match[k] < 0:
            k -= 1
        if k >= 0 and self.match[k] >= begin:
            begin = self.match[k] + 1
        k = slot.at + slot.size
        while k < len(self.match) and self.row.slot_of[k] >= 0 and self.match[k] < 0:
            k += 1
        if k < len(self.match) and begin <= self.match[k] < end:
            end = self.match[k]
        return begin, end

    def _lacking(self, slot: Slot) -> tuple[int, int]:
        """How many common words before and after a slot, in its block, the print lacks."""
        found = []
        for k, step in ((slot.at - 1, -1), (slot.at + slot.size, 1)):
            lacking = 0
            while k in slot.block and self.row.slot_of[k] < 0 and self.match[k] < 0:
                lacking += 1
                k += step
            found.append(lacking)
        return found[0], found[1]


def _shares(slot: Slot, here: Sequence[str]) -> dict[Wording, float]:
    """How much of each wording that has words stands in a stretch of the print, in order."""
    from rapidfuzz.distance import LCSseq

    return {
        wording: LCSseq.similarity(wording.keys, here) / len(wording.keys)
        for wording in slot.wordings
        if wording.keys
    }


def _literally(slot: Slot) -> bool:
    """Whether a revision is of capitals, spelling or hyphens alone: then these count."""
    return len({wording.keys for wording in slot.wordings}) < len(slot.wordings)
