"""The security history of a document: who could read it, when, and who let it out.

The banners say what the paper was and became (`history.py`, rule M10); stamps and release lines
say who decided so, and when. Every act names the markings it rests on. Where evidence agrees it
raises certainty; where it contradicts, it lowers it and is reported. The rules are in
`docs/reference/markings.md`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from redline.markings.banners.grammar import least
from redline.markings.fields import Finding
from redline.markings.history.decisions import Decision, decisions, moved
from redline.markings.register import level_named
from redline.model import Cert, Classification, Marking, Page, Step

__all__ = ["Timeline", "timeline"]

#: Acts in the order the law gives them: what is undated stands where it must have been.
_LEGAL = {
    name: place
    for place, name in enumerate(
        (
            *("classified", "added", "upgrade", "downgrade", "cancelled"),
            *("reviewed", "declassified", "released"),
        )
    )
}
_CHANGES = ("added", "upgrade", "downgrade", "cancelled")
_CERTS: tuple[Cert, ...] = ("low", "medium", "high")
#: What says a level where no banner does, and how sure that can be at most.
_STAND_INS: tuple[tuple[str, Cert], ...] = (("line", "medium"), ("portion", "low"))


class Timeline(NamedTuple):
    """What happened to a document, and what is doubtful about it (offsets in the source)."""

    classification: Classification
    findings: tuple[Finding, ...]


def timeline(
    markings: Sequence[Marking],
    banner: Classification,
    pages: Sequence[Page],
    document_date: str | None = None,
    unfit: Collection[tuple[int, int]] = (),
) -> Timeline:
    """The history of a document.

    `banner` is what its banners alone say, `document_date` the paper's own date (ISO 8601);
    `unfit` are the places of markings that do not fit that date.
    """
    base = _Base(banner, [one for one in markings if one.kind == "banner"], "high")
    if banner == Classification():
        base = _without_banners(markings)
    of_id = {one.id: one for one in markings}
    made = decisions(markings, document_date)
    steps = [
        step._replace(pages=_pages(of_id, step.evidence), when=_noted(of_id, step.evidence))
        for step in base.found.history
    ]
    findings: list[Finding] = []
    steps, made = _agree(steps, made, base, findings)
    first = _classified(base, markings, document_date, unfit, findings)
    ordered = _ordered([*first, *steps, *(_step(one) for one in made)])
    history = tuple(_levelled(ordered, base.found.final))
    findings += _disagreements(base.shown, base.found.final, pages)
    final = base.found.final
    if base.limit != "high":
        changed = [step.to for step in history if step.action == "reviewed" and step.to]
        final = changed[-1] if changed else final
    return Timeline(
        Classification(base.found.draft, final, history),
        tuple(sorted(findings, key=lambda one: (one.start, one.end, one.code))),
    )


# -- what the paper itself says -----------------------------------------------------------------


class _Base(NamedTuple):
    """What the levels on the paper say, the markings that say so, how sure that can be."""

    found: Classification
    shown: Sequence[Marking]
    limit: Cert


def _without_banners(markings: Sequence[Marking]) -> _Base:
    """The classification by a cable's line or, without one, by the portions."""
    for kind, limit in _STAND_INS:
        shown = [one for one in markings if one.kind == kind and (one.was or one.is_)]
        if not shown:
            continue
        before = {name for one in shown for name in (one.was, *one.through) if name}
        draft = max(sorted(before), key=_rank, default=None)
        # One portion says nothing of the others: the paper is what its highest portion is.
        after = Counter(one.is_ for one in shown)
        most = max(after.values())
        final: str | None
        if kind == "portion":
            final = max(sorted(name for name in after if name), key=_rank, default=None)
        else:
            likely = sorted((name for name in after if name and after[name] == most), key=_rank)
            final = likely[0] if likely else None
        acts: tuple[Step, ...] = ()
        if kind == "line":
            acts = tuple(_changes(shown, limit))
        return _Base(Classification(draft, final, acts), shown, limit)
    return _Base(Classification(), (), "low")


def _changes(shown: Iterable[Marking], limit: Cert) -> Iterator[Step]:
    acts: dict[tuple[str, str | None, str | None], list[Marking]] = {}
    for one in shown:
        if one.action in _CHANGES:
            acts.setdefault((one.action or "", one.was, one.is_), []).append(one)
    for (action, was, now), items in acts.items():
        best = max((one.cert for one in items), key=_CERTS.index)
        yield Step(action, was, now, tuple(one.id for one in items), least(best, limit))


def _classified(
    base: _Base,
    markings: Sequence[Marking],
    document_date: str | None,
    unfit: Collection[tuple[int, int]],
    findings: list[Finding],
) -> list[Step]:
    """The first act: what the paper was marked when it was written."""
    draft = base.found.draft
    if draft is None:
        return []
    known = _told(base)
    evidence = [one for one in base.shown if draft in (one.was, *one.through)]
    cert: Cert = max((one.cert for one in evidence), key=_CERTS.index, default="low")
    against = []
    rank = _rank(draft)
    for one in markings:
        if one.kind == "line" and base.limit == "high" and one.was:
            if one.was == draft:
                evidence.append(one)
            elif one.was not in known:
                against.append(one)
        elif one.kind == "portion" and base.limit != "low" and _rank(one.was) > rank:
            against.append(one)
    # What does not fit its date fits no better for standing twice.
    if len(evidence) > 1 and not all(one.span in unfit for one in evidence):
        cert = moved(cert, 1)
    cert = least(cert, base.limit)
    if against:
        cert = moved(cert, -1)
        # A portion above its page's banner is reported with the portions.
        told = [one for one in against if one.kind == "line" or base.limit != "high"]
        where = "the banners say" if base.limit == "high" else "the paper is"
        findings += (
            Finding("level-differs", *one.span, f"{one.was}; {where} {draft}") for one in told[:1]
        )
    evidence.sort(key=lambda one: one.span)
    ids = tuple(one.id for one in evidence)
    return [
        Step(
            "classified",
            None,
            draft,
            ids,
            cert,
            document_date,
            tuple(sorted({one.page for one in evidence})),
        )
    ]


def _told(base: _Base) -> set[str | None]:
    """Every level the paper had at some time, by what it shows."""
    through = {name for one in base.shown for name in one.through}
    return {base.found.draft, base.found.final, *through} | {
        step.to for step in base.found.history
    }


def _rank(name: str | None) -> int:
    level = level_named(name) if name else None
    return level.rank if level else -1


def _pages(of_id: dict[str, Marking], evidence: Iterable[str]) -> tuple[int, ...]:
    return tuple(sorted({of_id[id_].page for id_ in evidence if id_ in of_id}))


def _noted(of_id: dict[str, Marking], evidence: Iterable[str]) -> str | None:
    """The date that the pen wrote beside the banners of an act, where there is only one."""
    dates = {
        date for id_ in evidence if id_ in of_id and (date := of_id[id_].fields.get("note_date"))
    }
    return dates.pop() if len(dates) == 1 else None


# -- what others decided ------------------------------------------------------------------------


def _agree(
    steps: list[Step], made: list[Decision], base: _Base, findings: list[Finding]
) -> tuple[list[Step], list[Decision]]:
    """Changes of level and decisions held against each other.

    A stamp that names the level a banner was changed to says who did it and when. Without
    banners nothing answers a stamp: a cable's line stays as it was sent.
    """
    steps = list(steps)
    later = _told(base) - {base.found.draft} | {base.found.final}
    final = base.found.final or "cancelled"
    reviews = sum(one.action == "reviewed" for one in made)
    out = []
    for one in made:
        match = _match(one, steps, base.found)
        if match is not None:
            steps[match] = _supported(steps[match], one)
            if one.regrading:
                continue
            one = one._replace(cert=moved(one.cert, 1))
        elif base.limit != "high":
            if one.changed_to is not None:
                one = one._replace(cert=least(one.cert, "medium"))
        elif one.changed_to is not None and one.changed_to in later:
            one = one._replace(cert=moved(one.cert, 1))
        elif one.changed_to is not None:
            findings.append(_differs(one, f"changed to {one.changed_to}; the banners: {final}"))
            one = one._replace(cert=moved(one.cert, -1))
            steps = _doubted(steps)
        elif one.kept and reviews == 1 and any(step.action in _CHANGES for step in steps):
            findings.append(_differs(one, "no change; the banners were changed"))
            one = one._replace(cert=moved(one.cert, -1))
        out.append(one)
    return steps, out


def _match(one: Decision, steps: Sequence[Step], found: Classification) -> int | None:
    """The position of the change that a decision is the authority of."""
    lost = found.draft is not None and found.final is None
    for k, step in enumerate(steps):
        if one.changed_to is not None and step.to == one.changed_to:
            return k
        # A level that is struck and not replaced is no level: UNCLASSIFIED says the same.
        free = one.changed_to is not None and _rank(one.changed_to) == 0
        if (one.lifted or free) and lost and step.action == "cancelled":
            return k
    return None


def _supported(step: Step, one: Decision) -> Step:
    more = [marking for marking in one.evidence if marking.id not in step.evidence]
    return step._replace(
        evidence=(*step.evidence, *(marking.id for marking in more)),
        cert=moved(step.cert, 1),
        when=step.when or one.when,
        pages=tuple(sorted({*step.pages, *(marking.page for marking in more)})),
    )


def _doubted(steps: list[Step]) -> list[Step]:
    """The last change of level is less sure."""
    changes = [k for k, step in enumerate(steps) if step.action in _CHANGES]
    if not changes:
        return steps
    last = changes[-1]
    return [
        step._replace(cert=moved(step.cert, -1)) if k == last else step
        for k, step in enumerate(steps)
    ]


def _differs(one: Decision, detail: str) -> Finding:
    return Finding("review-differs", *one.evidence[0].span, detail)


def _step(one: Decision) -> Step:
    """A decision as an act, its levels still to come: see `_levelled`."""
    return Step(
        one.action,
        _KEPT if one.kept else _LEVEL if one.changed_to or one.lifted else None,
        one.changed_to,
        tuple(marking.id for marking in one.evidence),
        one.cert,
        one.when,
        tuple(sorted({marking.page for marking in one.evidence})),
    )


#: Stand for the level in force in a step that is not yet in its place.
_LEVEL, _KEPT = "\0level", "\0kept"


# -- order --------------------------------------------------------------------------------------


def _ordered(steps: Iterable[Step]) -> list[Step]:
    """By date; what has none stands before the first dated act that the law puts after it."""
    legal = sorted(steps, key=lambda step: _LEGAL[step.action])
    begun = [step for step in legal if step.action == "classified"]
    dated = sorted(
        (step for step in legal[len(begun) :] if step.when), key=lambda step: step.when or ""
    )
    after: list[int] = []  # the greatest place in the law's order among the acts so far
    for step in dated:
        after.append(max(_LEGAL[step.action], after[-1] if after else 0))
    before: dict[int, list[Step]] = {}
    for step in legal[len(begun) :]:
        if not step.when:
            before.setdefault(bisect_right(after, _LEGAL[step.action]), []).append(step)
    out = begun
    for k, step in enumerate(dated):
        out += before.get(k, ())
        out.append(step)
    return out + before.get(len(dated), [])


def _levelled(steps: Iterable[Step], final: str | None) -> Iterator[Step]:
    """Give decisions the level in force when they were made."""
    level = before = None
    for step in steps:
        if step.from_ == _KEPT:
            yield step._replace(from_=level, to=level)
        elif step.from_ == _LEVEL:
            # The banners may show already what the review decided.
            shown = level == step.to and before is not None
            yield step._replace(from_=before if shown else level)
            if step.to is not None:
                level, before = step.to, None if shown else level
            elif step.action == "declassified" and not shown:
                level, before = None, level
        else:
            yield step
            partial = step.action == "cancelled" and final is not None
            if step.action in ("classified", *_CHANGES) and not partial:
                level, before = step.to, level


# -- pages that disagree ------------------------------------------------------------------------


def _disagreements(
    shown: Sequence[Marking], final: str | None, pages: Sequence[Page]
) -> Iterator[Finding]:
    by_page: dict[int, list[Marking]] = {}
    for one in shown:
        if one.kind == "banner" and one.place in ("top", "bottom"):
            by_page.setdefault(one.page, []).append(one)
    odd: dict[str | None, list[int]] = {}
    for page, edges in by_page.items():
        if len({one.is_ for one in edges}) > 1:
            said = ", ".join(f"{_said(one)} at the {one.place}" for one in edges)
            yield Finding("edges-differ", *edges[0].span, f"page {page}: {said}")
        # An act that names a new level says more than a bare level, that more than a strike.
        outcome = max(edges, key=_weight).is_
        if outcome != final:
            odd.setdefault(outcome, []).append(page)
    for outcome, numbers in odd.items():
        where = by_page[numbers[0]][0]
        word = "page" if len(numbers) == 1 else "pages"
        listed = f"{word} {_ranges(numbers)} of {len(pages)}" if len(pages) > 1 else "the page"
        detail = f"{listed}: {outcome or 'cancelled'}; the document: {final or 'cancelled'}"
        yield Finding("classification-differs", *where.span, detail)


def _weight(one: Marking) -> tuple[bool, bool, int]:
    names = one.is_ is not None
    return names and one.action != "unchanged", names, _CERTS.index(one.cert)


def _said(one: Marking) -> str:
    if one.is_ is None:
        return f"{one.was} cancelled"
    return one.is_ if one.was in (None, one.is_) else f"{one.was} → {one.is_}"


def _ranges(numbers: Sequence[int]) -> str:
    """``1–3, 7``."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][1] + 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in parts)
