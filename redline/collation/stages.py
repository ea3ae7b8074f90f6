"""Which words of a revised paper a print has: those of the draft, of the final text, or others.

All words of the paper stand in one row: where nothing was revised once, where something was,
the wording of each stage after the other. The print is aligned to that row, so it may follow
another stage at every revision and is still found. Between two words that nobody revised and
that the print has, its words are explained by some choice of stages; if none does so exactly,
by the wording most of which it has. What is then left over is what no stage has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from redline.collation.choices import NEITHER, decide
from redline.collation.slots import Row
from redline.diagnostics import StageError
from redline.model import Document

if TYPE_CHECKING:
    from redline.collation.comparison import Comparison, Place, Side

__all__ = ["NEITHER", "PARTLY", "UNSEEN", "StageReport", "Verdict", "against_stages"]

#: What a print can have at a revision, beside the words of a stage and `NEITHER`, other words: the
#: words of one stage here and of another there.
PARTLY = "partly"
#: Nothing to tell by: the print lacks the passage, or all wordings there are the same.
UNSEEN = "unseen"


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
        return max(reversed(list(self.similarity)), key=self.similarity.__getitem__)


def against_stages(comparison: Comparison) -> StageReport:
    """Check b against the stages of a. Raises `StageError` where a is no paper."""
    one, other = comparison.sides
    document = one.document
    if document is None:
        raise StageError("a text given as a string has no stages; give the document")
    stages = _stages(document)
    row = Row(document, stages)
    decide(row, other.text)
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


def _verdicts(document: Document, row: Row, other: Side) -> Iterator[Verdict]:
    """For every revision what its slots say together."""
    found: dict[str, set[str]] = {}
    ranges: dict[str, tuple[int, int]] = {}
    for slot in row.slots:
        for id_ in slot.acts:
            if id_ in slot.found:
                found.setdefault(id_, set()).add(slot.found[id_])
            first, last = ranges.get(id_, slot.b)
            ranges[id_] = min(first, slot.b[0]), max(last, slot.b[1])
    at = (0, 0)
    for act in document.acts:
        if act.id in document.decisions:
            continue
        said = found.get(act.id, set())
        at = ranges.get(act.id, (at[1], at[1]))
        has = UNSEEN if not said else said.pop() if len(said) == 1 else PARTLY
        yield Verdict(act.id, has, at, other.place(*at))


def _settled(document: Document, stages: Sequence[str], verdicts: Sequence[Verdict]) -> Document:
    """The document in which the print's choices are made; where it has none, the final text."""
    decided: dict[str, bool] = {}
    for verdict in verdicts:
        act = document.act_of[verdict.revision]
        if verdict.has in stages:
            decided[act.id] = verdict.has == stages[-1]
        elif verdict.has == UNSEEN and act.within is not None:
            decided[act.id] = decided.get(act.within, True)
    taken = [id_ for id_, accepted in decided.items() if accepted]
    return document.accept(*taken).reject(*(decided.keys() - set(taken)))
