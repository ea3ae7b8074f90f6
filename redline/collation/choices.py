"""Which stage a print follows at every slot of a revised paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from redline.collation.align import align
from redline.collation.slots import NEITHER, TOKEN, Row, Slot, size_of

__all__ = ["UNSEEN", "decide"]

#: Nothing to tell by: every stage reads alike there.
UNSEEN = "unseen"
#: Part of a wording that a print must have to be said to follow it.
_ENOUGH = 0.5
#: Words times ways to explain them that are tried between two sure places.
_TRIES = 20_000


def decide(row: Row, text: str) -> None:
    """Find for every slot the stage whose words the print has."""
    places = [(match.start(), match.end()) for match in TOKEN.finditer(text)]
    words = [text[a:b] for a, b in places]
    ids: dict[str, int] = {}
    left, right = (
        [ids.setdefault(word.casefold(), len(ids)) for word in side] for side in (row.words, words)
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
            gap = _Gap(row, mine, (sure, k), words, (begin, end), match)
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


class _Way(NamedTuple):
    """How the words of a print so far are explained: the last slot, and the way to it."""

    score: int  # slots that are final
    stage: str
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
        words: Sequence[str],
        printed: tuple[int, int],
        match: Sequence[int],
    ) -> None:
        self.row, self.slots, self.words, self.printed, self.match = (
            row,
            slots,
            words,
            printed,
            match,
        )
        self.ranges: list[tuple[int, int]] = [printed] * len(slots)
        self.items: list[str | Slot] = []
        at = {slot.at: slot for slot in reversed(slots)}
        k = span[0]
        waiting = [slot for slot in slots if not size_of(slot)]
        # Slots without a word of any stage have no place in the row; nothing tells them.
        for slot in waiting:
            slot.found = UNSEEN
        while k < span[1]:
            if row.slot_of[k] < 0:
                self.items.append(row.words[k])
                k += 1
            else:
                slot = row.slots[row.slot_of[k]]
                self.items.append(at.get(slot.at, slot))
                k += size_of(slot)

    def decide(self) -> None:
        """A choice of stages that explains every word, or for each slot the likeliest."""
        if not self._explain():
            for n, slot in enumerate(self.slots):
                if slot.found != UNSEEN:
                    self._weigh(n, slot)

    def _explain(self) -> bool:
        """Whether some choice gives exactly the words of the print; the latest stages first."""
        begin, end = self.printed
        if len(self.items) * (end - begin + 1) > _TRIES:
            return False
        # The best way to come to a place in the print, by that place.
        ways: dict[int, _Way] = {begin: _Way(0, "", begin, begin, None, None)}
        stages = self.row.stages
        for item in self.items:
            after: dict[int, _Way] = {}
            for at, way in ways.items():
                if isinstance(item, str):
                    if at < end and _same([item], self.words, at):
                        _better(after, at + 1, way)
                    continue
                for n, stage in enumerate(stages):
                    to = at + len(item.words[n])
                    if to <= end and _same(item.words[n], self.words, at, item):
                        score = way.score + (n == len(stages) - 1)
                        _better(after, to, _Way(score, stage, at, to, item, way))
            ways = after
            if not ways:
                return False
        number = {id(slot): n for n, slot in enumerate(self.slots)}
        step = ways.get(end)
        if step is None:
            return False
        while step is not None:
            if step.slot is not None:
                step.slot.found = step.stage
                self.ranges[number[id(step.slot)]] = (step.start, step.end)
            step = step.before
        return True

    def _weigh(self, n: int, slot: Slot) -> None:
        """The wording most of which the print has, or none at all."""
        shares: dict[int, float] = {}
        at = slot.at
        hits: list[int] = []
        for k, form in enumerate(slot.words):
            if form in slot.words[:k]:
                continue
            found = [place for place in self.match[at : at + len(form)] if place >= 0]
            hits += found
            if form:
                shares[k] = len(found) / len(form)
            at += len(form)
        first, last = self._around(slot)
        self.ranges[n] = (min(hits), max(hits) + 1) if hits else (first, last)
        stages = self.row.stages
        best = max(shares.values(), default=0.0)
        ahead = [k for k, share in shares.items() if share == best]
        empty = [k for k, form in enumerate(slot.words) if not form]
        slot.found = NEITHER
        if best >= _ENOUGH:
            if len(ahead) == 1:
                slot.found = stages[self._latest(slot, ahead[0])]
        elif empty and last - first <= self._lacking(slot):
            # Words that stand there instead replace the common words that are lacking.
            slot.found = stages[empty[-1]]
            self.ranges[n] = (first, first)

    def _latest(self, slot: Slot, form: int) -> int:
        """The latest stage that has this wording."""
        return max(k for k, words in enumerate(slot.words) if words == slot.words[form])

    def _around(self, slot: Slot) -> tuple[int, int]:
        """The words of the print between what stands before and after a slot there."""
        begin, end = self.printed
        k = slot.at - 1
        while k >= 0 and self.row.slot_of[k] >= 0 and self.match[k] < 0:
            k -= 1
        if k >= 0 and self.match[k] >= begin:
            begin = self.match[k] + 1
        k = slot.at + size_of(slot)
        while k < len(self.match) and self.row.slot_of[k] >= 0 and self.match[k] < 0:
            k += 1
        if k < len(self.match) and begin <= self.match[k] < end:
            end = self.match[k]
        return begin, end

    def _lacking(self, slot: Slot) -> int:
        """How many common words beside a slot the print lacks."""
        lacking = 0
        for k, step in ((slot.at - 1, -1), (slot.at + size_of(slot), 1)):
            while 0 <= k < len(self.match) and self.row.slot_of[k] < 0 and self.match[k] < 0:
                lacking += 1
                k += step
        return lacking


def _same(form: Sequence[str], words: Sequence[str], at: int, slot: Slot | None = None) -> bool:
    """Whether the print has these words at a place. Capitals count where a revision is of them."""
    found = words[at : at + len(form)]
    if slot is not None and len({tuple(map(str.casefold, each)) for each in slot.words}) == 1:
        return list(form) == list(found)
    return list(map(str.casefold, form)) == list(map(str.casefold, found))
