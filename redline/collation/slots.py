"""The words of a revised paper in one row: once what nobody revised, and at each revision the
wording of every stage, one after the other."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from redline.model import Document
from redline.reading import hiding
from redline.spans import ADDITION, DELETION, Span, runs

__all__ = ["NEITHER", "TOKEN", "Row", "Slot", "size_of"]

#: Other words than those of any stage.
NEITHER = "neither"
#: What is compared: words, and every sign.
TOKEN = re.compile(r"\w+|[^\w\s]")
_TAIL = re.compile(r"\w+\Z")
_HEAD = re.compile(r"\w+")


@dataclass
class Slot:
    """A place that stages word differently: each wording, and whose acts made it.

    `at` is where its words begin in the row; `found` the stage the print follows, `b` its range.
    """

    forms: list[str]
    acts: set[str]
    at: int = 0
    words: list[list[str]] = field(default_factory=list)
    found: str = NEITHER
    b: tuple[int, int] = (0, 0)


def size_of(slot: Slot) -> int:
    """How many words of the row are a slot's."""
    return sum(len(form) for k, form in enumerate(slot.words) if form not in slot.words[:k])


class Row:
    """All words of a paper in one row; `slot_of[k]` is the slot of word k, -1 for a common one."""

    def __init__(self, document: Document, stages: Sequence[str]) -> None:
        self.stages = stages
        self.words: list[str] = []
        self.slot_of: list[int] = []
        self.slots: list[Slot] = []
        count = len(stages)
        for items in _leaves(document, stages):
            for item in _whole_words(items):
                if isinstance(item, str):
                    found = TOKEN.findall(item)
                    self.words += found
                    self.slot_of += [-1] * len(found)
                else:
                    item.at = len(self.words)
                    item.words = [TOKEN.findall(form) for form in item.forms]
                    for n in range(count):
                        if item.words[n] not in item.words[:n]:
                            self.words += item.words[n]
                            self.slot_of += [len(self.slots)] * len(item.words[n])
                    self.slots.append(item)


def _leaves(document: Document, stages: Sequence[str]) -> Iterator[list[str | Slot]]:
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
        items: list[str | Slot] = []
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
            _append(items, Slot(forms, acts))
        yield items


def _append(items: list[str | Slot], slot: Slot) -> None:
    """Put a slot at the end: one with the slot before it that it touches, or shares an act with
    over a space."""
    if items and isinstance(items[-1], Slot):
        _join(items[-1], slot)
        return
    if len(items) > 1 and isinstance(items[-1], str) and items[-1].isspace():
        before = items[-2]
        if isinstance(before, Slot) and before.acts & slot.acts:
            space = str(items.pop())
            before.forms = [form + space for form in before.forms]
            _join(before, slot)
            return
    items.append(slot)


def _join(slot: Slot, other: Slot) -> None:
    slot.forms = [a + b for a, b in zip(slot.forms, other.forms, strict=True)]
    slot.acts |= other.acts


def _whole_words(items: list[str | Slot]) -> list[str | Slot]:
    """The same with no word cut in two: letters beside a slot that belong to its word are its."""
    out: list[str | Slot] = []
    for item in items:
        if isinstance(item, Slot):
            before = out[-1] if out else ""
            if isinstance(before, str):
                tail = _TAIL.search(before)
                if tail and any(_HEAD.match(form) for form in item.forms):
                    out[-1] = before[: tail.start()]
                    item.forms = [tail[0] + form for form in item.forms]
                    if not out[-1] and len(out) > 1 and isinstance(out[-2], Slot):
                        out.pop()
            if out and isinstance(out[-1], Slot):
                _join(out[-1], item)
            else:
                out.append(item)
            continue
        if out and isinstance(out[-1], Slot):
            head = _HEAD.match(item)
            if head and any(_TAIL.search(form) for form in out[-1].forms):
                out[-1].forms = [form + head[0] for form in out[-1].forms]
                item = item[head.end() :]
                if not item:
                    continue
        out.append(item)
    return out
