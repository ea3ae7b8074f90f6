"""The security history of a paper in the header: what it was, who could read it, what was done.

Acts are `custEvent`s, in the order of the history; each points to the elements of the body that
show it. What the paper is now, and was first, is its `textClass`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from redline.facts import Facts
from redline.formats.tei.escape import escape, storable
from redline.formats.tei.names import ACTS, MARKING_STAGES
from redline.formats.tei.parts import iso
from redline.formats.tei.pointers import Pointers
from redline.model import Document, Stage, Step

__all__ = ["custody", "dated", "text_class"]

#: An element that something may point to: its `xml:id` comes first.
_NAMED = re.compile(r'<(?:fw|note|seg|stamp) xml:id="([^"]*)"')
#: What an act did, in words; with the level before it, with the one after it, with both.
_WORDS = {
    "classified": ("{to}",) * 3,
    "added": ("{to} put on the paper",) * 3,
    "upgrade": ("{from_} raised", "raised to {to}", "{from_} raised to {to}"),
    "downgrade": ("{from_} lowered", "lowered to {to}", "{from_} lowered to {to}"),
    "cancelled": ("{from_} struck, nothing in its place",) * 3,
    "reviewed": ("reviewed as {from_}", "reviewed: {to}", "reviewed: {from_} changed to {to}"),
    "declassified": ("{from_} declassified", "now {to}", "{from_} declassified, now {to}"),
    "released": ("released, {from_}", "released as {to}", "released, {from_}, as {to}"),
}
_KEPT = "reviewed: {to} kept"
_MOST_NUMBERS = 8
#: The stage that an act belongs to.
_STAGES = {
    "classified": "draft",
    **MARKING_STAGES,
    "reviewed": "review",
    "declassified": "review",
    "released": "release",
}


def custody(document: Document, pointers: Pointers, body: Iterable[str]) -> Iterator[str]:
    """The lines of `custodialHist`, none for a paper without a history. `body` is written."""
    history = document.classification.history
    if not history:
        return
    written = {name for line in body for name in _NAMED.findall(line)}
    began = next((step.when for step in history if step.action == "classified"), None)
    numbers = _numbers(document)
    yield "<custodialHist>"
    for step in history:
        name = ACTS[step.action][0] if step.action in ACTS else "other"
        when = iso(step.when)
        attributes = f' type="{name}" ana="{_analysis(step, pointers)}"'
        if when:
            attributes += f' when="{when}"'
        elif iso(began) and step.action != "classified":
            attributes += f' notBefore="{began}"'
        if step.cert != "high":
            attributes += f' cert="{step.cert}"'
        shown = [pointers.evidence[id_] for id_ in step.evidence]
        targets = " ".join(f"#{id_}" for id_ in shown if id_ in written)
        if targets:
            attributes += f' corresp="{targets}"'
        words = _words(step)
        told = dict.fromkeys(number for id_ in step.evidence for number in numbers.get(id_, ()))
        if told:
            words += ": " + ", ".join([*told][:_MOST_NUMBERS])
        yield f"  <custEvent{attributes}><p>{escape(storable(words))}</p></custEvent>"
    yield "</custodialHist>"


def _analysis(step: Step, pointers: Pointers) -> str:
    found = (pointers.act(step.action), pointers.level(step.from_), pointers.level(step.to))
    return " ".join(dict.fromkeys(filter(None, found)))


def _words(step: Step) -> str:
    if step.from_ is None and step.to is None:
        return step.action
    if step.action == "reviewed" and step.from_ == step.to:
        return _KEPT.format(to=step.to)
    forms = _WORDS.get(step.action) or (step.action,) * 3
    form = forms[0 if step.to is None else 1 if step.from_ is None else 2]
    return form.format(from_=step.from_, to=step.to)


def _numbers(document: Document) -> dict[str, tuple[str, ...]]:
    """The numbers under which the paper was released, by the marking that has them."""
    return {
        row.id: tuple(
            value
            for name in ("number", "case")
            if isinstance(value := row.fields.get(name), str)
        )
        for row in document.markings
        if row.kind == "release"
    }


def text_class(document: Document, pointers: Pointers) -> list[str]:
    """The lines of `textClass`: what the paper is classified as now, and what it was first."""
    draft, final, history = document.classification
    lines = []
    target = pointers.level(final)
    if target:
        # What changed the marks on the paper comes before what a stamp says of them.
        led = sorted(
            (step.action for step in history if step.to == final),
            key=lambda action: (action in MARKING_STAGES, action != "classified"),
        )
        stage = pointers.stage(_STAGES.get(led[-1], "draft") if led else "draft")
        lines.append(f'<catRef scheme="#security" target="{target}" change="{stage}"/>')
    if draft and pointers.level(draft):
        stage = pointers.stage("draft")
        words = escape(storable(draft))
        lines.append(f'<classCode scheme="#security" change="{stage}">{words}</classCode>')
    return lines


def dated(stage: Stage, document: Document, facts: Facts) -> str:
    """When a stage was: the date it has, or the one that all its acts have; "" for neither."""
    if stage.when:
        return iso(stage.when)
    if stage.id == "draft":
        sure = facts.date is not None and facts.date.cert == "high"
        return iso(facts.date.when) if facts.date is not None and sure else ""
    days = {
        step.when
        for step in document.classification.history
        if _STAGES.get(step.action) == stage.id
    }
    return iso(days.pop()) if len(days) == 1 else ""
