"""The second look at a document's markings: fields, marks in the text, and the history they tell.

The layout finds the banners and lifts the apparatus out of the text. What those say in detail,
what else in the text is a marking, and what it all adds up to needs the whole document; it is
found here, on the tables of a document already built. The text and its revisions stay as they
are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from redline.diagnostics import diagnose
from redline.markings.banners.timing import misfit
from redline.markings.fields import NOTICE, Context, Fields, Finding, cable_fields, read_fields
from redline.markings.found import GRADE, WITHHELD, header_of, in_running_text
from redline.markings.history.timeline import timeline
from redline.markings.majority import voted
from redline.markings.portions.document import PortionMark, portion_findings, portions
from redline.markings.register import active, builtin, level_named
from redline.model import Classification, Document, Marking, Stage

__all__ = ["survey"]

_LABELS = {
    "regrade": "security re-marking",
    "review": "declassification review",
    "release": "release",
}
#: The act that dates a stage.
_DATED = {"review": "reviewed", "release": "released"}


def survey(document: Document, date: str | None) -> Document:
    """The document with all its markings, their fields, and its history.

    `date` is the paper's own (ISO 8601), where it is known.
    """
    if active() is not builtin():
        document = replace(document, register=active())
    context = Context(date)
    findings: list[Finding] = []
    found = portions(document, date)
    in_text = list(in_running_text(document))
    if not (document.markings or found or in_text):
        return document
    read: dict[tuple[str, str], Fields] = {}  # the same few lines come back on every page
    markings = [
        _with_fields(marking, document, context, findings, read)
        for marking in (*document.markings, *in_text)
    ]
    markings = voted(markings, findings)
    markings, doubtful = _held_to_date(markings, date, findings)
    markings += [_portion(mark) for mark in found]
    findings += portion_findings(document, found, date)
    banners = _doubted(document.classification, doubtful)
    unfit = {one.span for one in markings if one.id and one.id in doubtful}
    markings, classification = _numbered(markings, banners)
    history = timeline(markings, classification, document.pages, date, unfit)
    findings += history.findings
    told = [diagnose(document.source, *finding) for finding in findings]
    return replace(
        document,
        markings=tuple(markings),
        classification=history.classification,
        stages=_stages(document.stages, markings, history.classification),
        diagnostics=tuple(
            sorted((*document.diagnostics, *told), key=lambda each: (each.span, each.code))
        ),
    )


def _with_fields(
    marking: Marking,
    document: Document,
    context: Context,
    findings: list[Finding],
    known: dict[tuple[str, str], Fields],
) -> Marking:
    first = marking.span[0]
    if marking.kind in ("banner", "portion") or marking.rule in (GRADE, WITHHELD):
        return marking
    if marking.kind == "line":
        first, words = header_of(document, marking)
        read = cable_fields(words, context)
    else:
        key = NOTICE if marking.rule == NOTICE else marking.kind, marking.text
        if key not in known:
            known[key] = read_fields(*key, context)
        read = known[key]
    findings += (
        finding._replace(start=first + finding.start, end=first + finding.end)
        for finding in read.findings
    )
    if not read.found:
        return marking
    said = {"notice": marking.fields["notice"]} if marking.rule == NOTICE else {}
    return marking._replace(fields={**said, **read.record()})


def _held_to_date(
    markings: Iterable[Marking], date: str | None, findings: list[Finding]
) -> tuple[list[Marking], frozenset[str]]:
    """Banners that do not fit the date of the paper are of low certainty; and their ids."""
    out: list[Marking] = []
    doubtful: set[str] = set()
    said: set[str] = set()
    for marking in markings:
        why = _misfit(marking, date) if marking.kind in ("banner", "line") else ""
        if why:
            doubtful.add(marking.id)
            marking = marking._replace(cert="low")
            if why not in said:
                said.add(why)
                detail = f"{marking.text.split(chr(10))[0]} in a paper of {date}: {why}"
                findings.append(Finding("banner-date", *marking.span, detail))
        out.append(marking)
    return out, frozenset(doubtful)


def _misfit(marking: Marking, date: str | None) -> str:
    changed = marking.was != marking.is_
    before = [marking.was]
    after = [*marking.through, marking.is_] if changed else []
    levels, later = (
        [level for name in names if name and (level := level_named(name)) is not None]
        for names in (before, after)
    )
    return misfit(
        levels,
        () if changed else marking.controls,
        date,
        modern="//" in marking.text and not changed,
        later=later,
    )


def _doubted(banners: Classification, doubtful: frozenset[str]) -> Classification:
    """Acts that only such banners show are of low certainty, too."""
    return banners._replace(
        history=tuple(
            step._replace(cert="low")
            if step.evidence and doubtful.issuperset(step.evidence)
            else step
            for step in banners.history
        )
    )


def _portion(mark: PortionMark) -> Marking:
    return Marking(
        "",
        "portion",
        mark.page,
        "inline",
        mark.was.name if mark.was else None,
        (),
        mark.is_.name if mark.is_ else None,
        mark.action,
        mark.controls,
        {},
        mark.text,
        mark.span,
        mark.cert,
        mark.start,
        mark.end,
        "M11",
    )


def _numbered(
    markings: Iterable[Marking], banners: Classification
) -> tuple[list[Marking], Classification]:
    """The markings in the order of the page, with new ids; the banners' history under them."""
    ordered = sorted(markings, key=lambda marking: marking.span)
    ids = {marking.id: f"m{n}" for n, marking in enumerate(ordered, 1)}
    history = tuple(
        step._replace(evidence=tuple(ids[id_] for id_ in step.evidence))
        for step in banners.history
    )
    numbered = [marking._replace(id=f"m{n}") for n, marking in enumerate(ordered, 1)]
    return numbered, banners._replace(history=history)


def _stages(
    stages: Sequence[Stage], markings: Sequence[Marking], classification: Classification
) -> tuple[Stage, ...]:
    """The campaigns of the text, and after them those of the markings that took place."""
    kinds = {marking.kind for marking in markings if marking.rule != NOTICE}
    actions = {step.action for step in classification.history}
    seen = {
        "regrade": any(
            marking.kind in ("banner", "portion") and marking.action != "unchanged"
            for marking in markings
        ),
        "review": bool(actions & {"reviewed", "declassified"}) or "stamp" in kinds,
        "release": bool(kinds & {"release", "exemption"}),
    }
    when: dict[str, Any] = {step.action: step.when for step in classification.history if step.when}
    found = [
        Stage(id_, label, when.get(_DATED.get(id_, "")))
        for id_, label in _LABELS.items()
        if seen[id_]
    ]
    return (*(stage for stage in stages if stage.id not in _LABELS), *found)
