"""Who changed what and when, as Word says it: an author and a date for every act.

A hand is an author; a stage is a date. A stage whose day the paper does not say gets the paper's
own day (or a fixed one), ten minutes later than the stage before, and a custom property of the
file says which date is which stage.

Changes that touch, by one author at one time, are one change to Word. So that they stay two, each
act has seconds of its own, from 1 to 59, over and over.

LibreOffice takes two insertions for one, with the end of paragraph between them, where one ends
a paragraph, the other begins the next, and less than a minute is between them. Of two such ones
the later is five minutes `apart`.
"""

from __future__ import annotations

import re

from redline.facts import paper_date
from redline.formats.tei.escape import attribute
from redline.formats.word.names import AUTHOR, WITHIN
from redline.model import Document

__all__ = ["STEP", "Changes"]

#: The day of a paper that says none: what is written does not depend on when that was.
_DAY = "1900-01-01"
#: Minutes between two stages of one day.
STEP = 10
_LAST_DIGIT = re.compile(r"0(:\d\dZ\")")
_SECONDS = re.compile(r"00Z\"\Z")
_FULL = re.compile(r"\d{4}-\d\d-\d\d")


class Changes:
    """Gives the attributes of tracked changes, each with a number of its own."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._next = 0
        self._seconds = {act.id: 1 + k % 59 for k, act in enumerate(document.acts)}
        self._hands = {hand.id: hand.label for hand in document.hands}
        self.day = _whole_day(paper_date(document)) or _DAY
        self.dates: dict[str, str] = {}
        taken: set[str] = set()
        names = dict.fromkeys([stage.id for stage in document.stages])
        names.update(dict.fromkeys(act.stage for act in document.acts))
        days = {stage.id: _whole_day(stage.when) for stage in document.stages}
        for rank, name in enumerate(names):
            minute = 0 if days.get(name) else STEP * rank
            while True:
                hour, rest = divmod(minute, 60)
                date = f"{days.get(name) or self.day}T{hour % 24:02}:{rest:02}:00Z"
                if date not in taken:
                    break
                minute += STEP
            taken.add(date)
            self.dates[name] = date

    @property
    def date(self) -> str:
        """The date of the document itself."""
        return f"{self.day}T00:00:00Z"

    @property
    def last(self) -> int:
        """The number that was given last."""
        return self._next

    def number(self) -> str:
        """A number that no other change has."""
        self._next += 1
        return str(self._next)

    def of(self, act: str, *, within: bool = False, apart: bool = False) -> str:
        """The attributes of a change that an act made ("" for what nobody is said to have done).

        `within` is one that stands in another of the same author, `apart` one that follows
        another too closely.
        """
        row = self.document.act_of.get(act)
        stage = row.stage if row else next(iter(self._used()), "")
        said = self.said(stage, self.author(act) + WITHIN * within)
        said = _SECONDS.sub(f'{self.second(act):02}Z"', said)
        return _LAST_DIGIT.sub(r"5\1", said) if apart else said

    def second(self, act: str) -> int:
        """The second of its minute at which an act is said to have been made."""
        return self._seconds.get(act, 0)

    def author(self, act: str) -> str:
        """Who made an act."""
        row = self.document.act_of.get(act)
        hand = row.hand if row else None
        return (self._hands.get(hand, hand) if hand is not None else "") or AUTHOR

    def said(self, stage: str, author: str = AUTHOR) -> str:
        """The attributes of a change at a stage."""
        date = self.dates.get(stage, self.date)
        name = attribute(author) or AUTHOR
        return f'w:id="{self.number()}" w:author="{name}" w:date="{date}"'

    def _used(self) -> dict[str, None]:
        return dict.fromkeys(act.stage for act in self.document.acts)

    def stages(self) -> list[tuple[str, str, str, str]]:
        """The stages of the document: their dates, ids, days ("-" for none) and labels."""
        return [(self.dates[each.id], each.id, each.when or "-", each.label)
                for each in self.document.stages]


def _whole_day(when: str | None) -> str | None:
    match = _FULL.match(when or "")
    return match[0] if match and when and when[:4] > "0000" else None
