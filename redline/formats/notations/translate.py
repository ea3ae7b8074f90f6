"""Reads a document from the events of a notation: translated, read as native, and put back.

The native reader finds blocks, pages, banners, notes and revisions in the translation; what it
found is then told in places of the source (`rebase`), so that the document is one of its own
notation and its diagnostics point into the file that was read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from redline.diagnostics import Diagnostic, diagnose
from redline.formats.notations.ends import Mark, joined
from redline.formats.notations.events import Event, Finding
from redline.formats.notations.lay import lay
from redline.formats.notations.rebase import Places, rebased
from redline.formats.notations.scribe import Scribe
from redline.formats.notations.signatures import other_marks
from redline.formats.notations.standins import Standins
from redline.model import Document, Hand, Stage
from redline.notation.native import parse_source
from redline.source import Source
from redline.spans import ADDITION, DELETION

__all__ = ["Campaigns", "translate"]

#: Findings about how native notation is written: nothing that its readers need to know.
_OURS = frozenset({"glued-addition", "numeric-addition", "abbreviation", "possible-substitution"})
#: As it stands; addresses hidden; marks parted at the ends of blocks; at those of lines; nothing
#: else is a mark; what still cannot be said stays text, as long as it takes.
_TRIES = 8
_UNSAID = 4


@dataclass(frozen=True)
class Campaigns:
    """The stages that marks name, in their order, and the labels of hands by their ids."""

    stages: Sequence[Stage] = ()
    hands: Mapping[str, str] | None = None


def translate(
    source: Source,
    events: Callable[[], Iterable[Event]],
    name: str,
    *,
    markdown: bool = False,
    findings: Iterable[Finding] = (),
    campaigns: Campaigns | None = None,
    known: Collection[str] = (),
    verbatim: bool = True,
) -> Document:
    """The document that these events over `source` make; `name` is the format's.

    `events` gives them anew each time. With `markdown`, what Markdown says of blocks and emphasis
    holds, as in native notation; without, `*`, `#`, `_`, backticks and backslashes are text.
    Marks of other notations than those `known` are reported. Offsets are code points of
    `source.text`. A source that is not `verbatim` has more between its words than marks.
    """
    apart: set[int] = set()
    lines: set[int] = set()
    unsaid: set[int] = set()
    for attempt in range(_TRIES):
        every = attempt >= _TRIES - _UNSAID
        standins = Standins(source.text, markdown=markdown, every=every, addresses=attempt > 0)
        scribe = Scribe(source.text, standins, apart, lines, unsaid)
        native = scribe.write(events())
        found = parse_source(Source(native, source.name))
        missing = _missing(found, scribe)
        if not missing:
            break
        if attempt == 0 and "://" in source.text:
            continue  # it may be for the addresses alone
        if every:
            unsaid |= missing
        lines |= missing & apart
        apart |= missing
    places = Places(scribe.rows, len(source.text), scribe.whole)
    found = rebased(found, source, places, standins.back, verbatim=verbatim)
    found = _with_kinds(found, {places.first(at): kind for at, kind in scribe.notes.items()})
    found, left = joined(lay(found, scribe.laid), _spaced(scribe))
    findings = [*findings, *(("paragraph-mark", mark.start, mark.end, "") for mark in left)]
    if campaigns is not None:
        found = _campaigning(found, campaigns)
    said = [d for d in found.diagnostics if d.code not in _OURS]
    others = other_marks(source.text, events(), {name, *known})
    ours = [diagnose(source, *each) for each in (*findings, *scribe.findings, *others)]
    return replace(
        found,
        diagnostics=tuple(sorted((*said, *ours), key=_place)),
        format=name,
        native=native.translate(standins.native),
    )


def _spaced(scribe: Scribe) -> Iterator[Mark]:
    """The marks that have the end of a paragraph, with whether a mark of white space is beside."""
    starts = {each.extent[0] for each in scribe.laid}
    ends = {each.extent[1] for each in scribe.laid}
    for mark in scribe.joining:
        yield mark._replace(spaced=mark.end in starts or mark.start in ends)


def _place(diagnostic: Diagnostic) -> tuple[int, int]:
    return diagnostic.span


def _missing(found: Document, scribe: Scribe) -> set[int]:
    """The marks, by their places in the source, that were not read as marks."""
    read = {
        found.extents[2 * k]
        for k, span in enumerate(found.spans)
        if span.kind in (DELETION, ADDITION)
    }
    missing = {at: mark for at, mark in scribe.openers.items() if at not in read}
    if not missing:
        return set()
    # A struck banner is a marking, and its strike no revision.
    apart = [found.extent(k) for k, span in enumerate(found.spans) if span.kind == "furniture"]
    apart.sort()
    out = set()
    k = 0
    for at in sorted(missing):
        while k < len(apart) and apart[k][1] <= at:
            k += 1
        if k == len(apart) or at < apart[k][0]:
            out.add(missing[at])
    return out


def _with_kinds(found: Document, kinds: Mapping[int, str]) -> Document:
    """The asides as the kinds of notes they are."""
    if not kinds:
        return found
    notes = tuple(
        note._replace(kind=kinds.get(note.body[0], note.kind)) if note.body else note
        for note in found.notes
    )
    return replace(found, notes=notes)


def _campaigning(found: Document, campaigns: Campaigns) -> Document:
    """The document with stages and hands as the notation names them."""
    labels = campaigns.hands or {}
    hands = tuple(Hand(hand.id, labels.get(hand.id, hand.label)) for hand in found.hands)
    used = {stage.id for stage in found.stages}
    named = {stage.id for stage in campaigns.stages}
    stages = (
        *(stage for stage in found.stages if stage.id not in named),
        *(stage for stage in campaigns.stages if stage.id in used),
    )
    return replace(found, hands=hands, stages=stages)
