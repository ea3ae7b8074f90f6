"""Which words of a revised paper a print has: those of the draft, of the final text, or others.

All words of the paper stand in one row: where nothing was revised once, where something was,
the wording of each stage after the other. The print is aligned to that row, so it may follow
another stage at every revision and is still found. Between two words that nobody revised and
that the print has, its words are explained by some choice of stages; if none does so exactly,
by the wording most of which it has. What is then left over is what no stage has.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from redline.collation.align import align
from redline.diagnostics import StageError
from redline.model import Document
from redline.reading import hiding
from redline.spans import ADDITION, DELETION, Span, runs

if TYPE_CHECKING:
    from redline.collation.comparison import Comparison, Place, Side

__all__ = ["NEITHER", "PARTLY", "UNSEEN", "StageReport", "Verdict", "against_stages"]

#: What a print can have at a revision, beside the words of a stage: other words; those of one
#: stage here and of another there; nothing to tell by, for every stage reads alike.
NEITHER, PARTLY, UNSEEN = "neither", "partly", "unseen"

_TOKEN = re.compile(r"\w+|[^\w\s]")
_TAIL = re.compile(r"\w+\Z")
_HEAD = re.compile(r"\w+")
#: Part of a wording that a print must have to be said to follow it.
_ENOUGH = 0.5
#: Words times ways to explain them that are tried between two sure places.
_TRIES = 20_000


class Verdict(NamedTuple):
    """What the print has at one revision.

    `has` is a stage (``draft``, ``final`` …), `NEITHER`, `PARTLY` or `UNSEEN`; `b` is the range
    of the print that stands there, `place` where that is in its source.
    """

    revision: str
    has: str
    b: tuple[int, int]
    place: Place


@dataclass(frozen=True)
class StageReport:
    """A print checked against the stages of a draft.

    `unmarked` compares the wording that the verdicts amount to with the print: its variants
    are what the print has and no stage has. `similarity` is that of the print to each stage.
    """

    verdicts: tuple[Verdict, ...]
    unmarked: Comparison = field(repr=False)
    similarity: Mapping[str, float]

    @property
    def counts(self) -> Mapping[str, int]:
        """How many revisions have which verdict."""
        return Counter(verdict.has for verdict in self.verdicts)

    @property
    def reverted(self) -> tuple[Verdict, ...]:
        """Revisions that the print does not have: it has the words of the draft."""
        return tuple(verdict for verdict in self.verdicts if verdict.has == "draft")

    @property
    def nearest(self) -> str:
        """The stage that the print is most like; of equals, the latest."""
        return max(reversed(self.similarity), key=self.similarity.__getitem__)


@dataclass
class _Slot:
    """A place that stages word differently: each wording, and whose acts made it.

    `at` is where its words begin in the row; `found` the stage the print follows, `b` its range.
    """

    forms: list[str]
    acts: set[str]
    at: int = 0
    words: list[list[str]] = field(default_factory=list)
    found: str = NEITHER
    b: tuple[int, int] = (0, 0)


def against_stages(comparison: Comparison) -> StageReport:
    """Check b against the stages of a. Raises `StageError` where a is no paper."""
    one, other = comparison.sides
    document = one.document
    if document is None:
        raise StageError("a text given as a string has no stages; give the document")
    stages = _stages(document)
    row = _Row(document, stages)
    _decide(row, other.text)
    verdicts = tuple(_verdicts(document, row, other))
    return StageReport(
        verdicts,
        _compared(_settled(document, stages, verdicts), "final", other, comparison.unit),
        {
            stage: comparison.statistics.similarity
            if stage == one.stage
            else _compared(document, stage, other, comparison.unit).statistics.similarity
            for stage in stages
        },
    )


def _compared(document: Document, stage: str, other: Side, unit: str) -> Comparison:
    from redline.collation.comparison import compare

    b = other.text if other.reading is None else other.reading
    return compare(document.reading(stage), b, unit=unit)


def _stages(document: Document) -> list[str]:
    """The stages with a wording of their own, oldest first; the last campaign is `final`."""
    named = [stage.id for stage in document.stages if stage.id not in ("draft", "final")]
    used = {act.stage for act in document.acts}
    return ["draft", *[name for name in named if name in used][:-1], "final"]


# -- the row ------------------------------------------------------------------------------------


class _Row:
    """All words of a paper in one row; `slot_of[k]` is the slot of word k, -1 for a common one."""

    def __init__(self, document: Document, stages: Sequence[str]) -> None:
        self.stages = stages
        self.words: list[str] = []
        self.slot_of: list[int] = []
        self.slots: list[_Slot] = []
        count = len(stages)
        for items in _leaves(document, stages):
            for item in _whole_words(items):
                if isinstance(item, str):
                    found = _TOKEN.findall(item)
                    self.words += found
                    self.slot_of += [-1] * len(found)
                else:
                    item.at = len(self.words)
                    item.words = [_TOKEN.findall(form) for form in item.forms]
                    for n in range(count):
                        if item.words[n] not in item.words[:n]:
                            self.words += item.words[n]
                            self.slot_of += [len(self.slots)] * len(item.words[n])
                    self.slots.append(item)


def _leaves(document: Document, stages: Sequence[str]) -> Iterator[list[str | _Slot]]:
    """The blocks, each as text that all stages have and slots, in turn."""
    hidden = [set(hiding(document, stage)) for stage in stages]
    always = set.intersection(*hidden)
    spans = [span for span in document.spans if span.start < span.end]
    covers = [span for span in spans if span.kind in (DELETION, ADDITION) or span in always]
    starts = [span.start for span in covers]
    carried: list[Span] = []
    k = 0
    for first, last in document.leaves():
        carried = [span for span in carried if span.end > first]
        until = bisect_left(starts, last, k)
        mine = [*carried, *covers[k:until]]
        carried, k = [*carried, *(span for span in covers[k:until] if span.end > last)], until
        items: list[str | _Slot] = []
        for run in runs(mine, first, last):
            text = document.text[max(run.start, first) : min(run.end, last)]
            shown = [not any(span in gone for span in run.spans) for gone in hidden]
            if not text or (not any(shown) and always.intersection(run.spans)):
                continue
            if all(shown):
                items.append(text)
                continue
            acts = {span.id for span in run.spans if span.kind in (DELETION, ADDITION)}
            forms = [text if here else "" for here in shown]
            _append(items, _Slot(forms, acts))
        yield items


def _append(items: list[str | _Slot], slot: _Slot) -> None:
    """Put a slot at the end: one with the slot before it that it touches, or shares an act with
    over a space."""
    if items and isinstance(items[-1], _Slot):
        _join(items[-1], slot)
        return
    if len(items) > 1 and isinstance(items[-1], str) and items[-1].isspace():
        before = items[-2]
        if isinstance(before, _Slot) and before.acts & slot.acts:
            space = str(items.pop())
            before.forms = [form + space for form in before.forms]
            _join(before, slot)
            return
    items.append(slot)


def _join(slot: _Slot, other: _Slot) -> None:
    slot.forms = [a + b for a, b in zip(slot.forms, other.forms, strict=True)]
    slot.acts |= other.acts


def _whole_words(items: list[str | _Slot]) -> list[str | _Slot]:
    """The same with no word cut in two: letters beside a slot that belong to its word are its."""
    out: list[str | _Slot] = []
    for item in items:
        if isinstance(item, _Slot):
            before = out[-1] if out else ""
            if isinstance(before, str):
                tail = _TAIL.search(before)
                if tail and any(_HEAD.match(form) for form in item.forms):
                    out[-1] = before[: tail.start()]
                    item.forms = [tail[0] + form for form in item.forms]
                    if not out[-1] and len(out) > 1 and isinstance(out[-2], _Slot):
                        out.pop()
            if out and isinstance(out[-1], _Slot):
                _join(out[-1], item)
            else:
                out.append(item)
            continue
        if out and isinstance(out[-1], _Slot):
            head = _HEAD.match(item)
            if head and any(_TAIL.search(form) for form in out[-1].forms):
                out[-1].forms = [form + head[0] for form in out[-1].forms]
                item = item[head.end() :]
                if not item:
                    continue
        out.append(item)
    return out


# -- deciding -----------------------------------------------------------------------------------


def _decide(row: _Row, text: str) -> None:
    """Find for every slot the stage whose words the print has."""
    places = [(match.start(), match.end()) for match in _TOKEN.finditer(text)]
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


class _Gap:
    """What stands between two sure words: slots and common words, and words of the print."""

    def __init__(
        self,
        row: _Row,
        slots: list[_Slot],
        span: tuple[int, int],
        words: Sequence[str],
        printed: tuple[int, int],
        match: Sequence[int],
    ) -> None:
        self.row, self.slots, self.words, self.printed, self.match = (
            row, slots, words, printed, match,
        )
        self.ranges: list[tuple[int, int]] = [printed] * len(slots)
        self.items: list[str | _Slot] = []
        at = {slot.at: slot for slot in reversed(slots)}
        k = span[0]
        waiting = [slot for slot in slots if not _size(slot)]
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
                k += _size(slot)

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
        # Where in the print one can be, how many slots are final there, and how one came there.
        Way = tuple[int, tuple[object, ...] | None]
        ways: dict[int, Way] = {begin: (0, None)}
        stages = self.row.stages
        for item in self.items:
            after: dict[int, Way] = {}
            for at, (score, way) in ways.items():
                if isinstance(item, str):
                    if at < end and _same([item], self.words, at):
                        after[at + 1] = max(after.get(at + 1, (-1, None)), (score, way), key=_first)
                    continue
                for n in range(len(stages)):
                    form = item.words[n]
                    if at + len(form) > end or not _same(form, self.words, at, item):
                        continue
                    to = at + len(form)
                    better = (score + (n == len(stages) - 1), (stages[n], at, to, item, way))
                    after[to] = max(better, after.get(to, (-1, None)), key=_first)
            ways = after
            if not ways:
                return False
        if end not in ways:
            return False
        way = ways[end][1]
        number = {id(slot): n for n, slot in enumerate(self.slots)}
        while way is not None:
            stage, at, to, slot, way = way  # type: ignore[misc,assignment]
            slot.found = stage  # type: ignore[attr-defined]
            self.ranges[number[id(slot)]] = (at, to)  # type: ignore[assignment]
        return True

    def _weigh(self, n: int, slot: _Slot) -> None:
        """The wording most of which the print has, or none at all."""
        begin, end = self.printed
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

    def _latest(self, slot: _Slot, form: int) -> int:
        """The latest stage that has this wording."""
        return max(k for k, words in enumerate(slot.words) if words == slot.words[form])

    def _around(self, slot: _Slot) -> tuple[int, int]:
        """The words of the print between what stands before and after a slot there."""
        begin, end = self.printed
        k = slot.at - 1
        while k >= 0 and self.row.slot_of[k] >= 0 and self.match[k] < 0:
            k -= 1
        if k >= 0 and self.match[k] >= begin:
            begin = self.match[k] + 1
        k = slot.at + _size(slot)
        while k < len(self.match) and self.row.slot_of[k] >= 0 and self.match[k] < 0:
            k += 1
        if k < len(self.match) and begin <= self.match[k] < end:
            end = self.match[k]
        return begin, end

    def _lacking(self, slot: _Slot) -> int:
        """How many common words beside a slot the print lacks."""
        lacking = 0
        for k, step in ((slot.at - 1, -1), (slot.at + _size(slot), 1)):
            while 0 <= k < len(self.match) and self.row.slot_of[k] < 0 and self.match[k] < 0:
                lacking += 1
                k += step
        return lacking


def _size(slot: _Slot) -> int:
    """How many words of the row are a slot's."""
    return sum(len(form) for k, form in enumerate(slot.words) if form not in slot.words[:k])


def _same(
    form: Sequence[str], words: Sequence[str], at: int, slot: _Slot | None = None
) -> bool:
    """Whether the print has these words at a place. Capitals count where a revision is of them."""
    found = words[at : at + len(form)]
    if slot is not None and len({tuple(map(str.casefold, each)) for each in slot.words}) == 1:
        return list(form) == list(found)
    return list(map(str.casefold, form)) == list(map(str.casefold, found))


def _first(pair: tuple[int, object]) -> int:
    return pair[0]


# -- the report ---------------------------------------------------------------------------------


def _verdicts(document: Document, row: _Row, other: Side) -> Iterator[Verdict]:
    """For every revision what its slots say together."""
    found: dict[str, set[str]] = {}
    ranges: dict[str, tuple[int, int]] = {}
    for slot in row.slots:
        for id_ in slot.acts:
            found.setdefault(id_, set()).add(slot.found)
            first, last = ranges.get(id_, slot.b)
            ranges[id_] = min(first, slot.b[0]), max(last, slot.b[1])
    at = (0, 0)
    for act in document.acts:
        if act.id in document.decisions:
            continue
        said = found.get(act.id, set()) - {UNSEEN}
        at = ranges.get(act.id, (at[1], at[1]))
        has = UNSEEN if not said else said.pop() if len(said) == 1 else PARTLY
        if act.within is not None and act.id in found and not _own(document, act.id):
            has = UNSEEN
        yield Verdict(act.id, has, at, other.place(*at))


def _own(document: Document, id_: str) -> bool:
    """Whether a revision in another has words of its own in a reading: there, too, it is told."""
    act = document.act_of[id_]
    outer = document.act_of.get(act.within or "")
    return outer is None or {document.spans[k].kind for k in act.parts} == {
        document.spans[k].kind for k in outer.parts
    }


def _settled(
    document: Document, stages: Sequence[str], verdicts: Sequence[Verdict]
) -> Document:
    """The document in which the print's choices are made; where it has none, the final text."""
    rank = {stage: n for n, stage in enumerate(stages)}
    decided: dict[str, bool] = {}
    for verdict in verdicts:
        act = document.act_of[verdict.revision]
        if verdict.has in rank:
            last = len(stages) - 1
            decided[act.id] = rank.get(act.stage, last) <= rank[verdict.has]
        elif verdict.has == UNSEEN and act.within is not None:
            decided[act.id] = decided.get(act.within, True)
    taken = [id_ for id_, accepted in decided.items() if accepted]
    return document.accept(*taken).reject(*(decided.keys() - set(taken)))
