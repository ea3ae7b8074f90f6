"""Whether a notation that was written says what its document says."""

from __future__ import annotations

import re
from collections import Counter

from redline.model import Document
from redline.spans import ADDITION, DELETION, HIDDEN, runs

__all__ = ["difference", "exact"]

STAGES = ("draft", "final")
_REVISIONS = (DELETION, ADDITION)
#: White space within a line is one blank, and none before a stop.
_BLANKS = re.compile(r"[^\S\n]+")


def exact(found: Document, document: Document) -> bool:
    """Whether all readings are alike to the blank, and all revisions in all they say.

    `document` has no decisions.
    """
    names = dict.fromkeys((*STAGES, *(stage.id for stage in document.stages)))
    known = {*STAGES, *(stage.id for stage in found.stages)}
    return (
        known >= names.keys()
        and all(found.reading(name).text == document.reading(name).text for name in names)
        and _rows(found) == _rows(document)
        and (document.format != "native" or _banners(found) == _banners(document))
    )


def _rows(document: Document) -> Counter[tuple[object, ...]]:
    return Counter(
        (
            row.kind,
            row.stage,
            row.hand,
            row.cert,
            tuple(part.text for part in row.deleted),
            tuple(part.text for part in row.added),
        )
        for row in document.revisions
    )


def difference(found: Document, document: Document, *, settled: bool = False) -> str | None:
    """What the notation says otherwise, in words; None for nothing but how blanks are doubled.

    `settled`: decisions were carried out, some perhaps beside marks that are still there. Spaces
    beside marks are settled for all of them in force and for none; the notation settles them anew,
    and may do better. No mark says that white space alone was struck or added, or lines joined or
    parted, as a comparison or another notation may: there the words must be the same.
    """
    ours_, theirs_ = _acts(document), _acts(found)
    blank = Counter[_Row]()
    if document.format != "native":
        blank.update({row: n for row, n in (ours_ - theirs_).items() if not row[3] and not row[4]})
        ours_ -= blank
        theirs_ -= Counter(
            {row: n for row, n in (theirs_ - ours_).items() if not row[3] and not row[4]}
        )
    plain = _parted
    if blank or document.format == "comparison":
        plain = _words
    elif settled:
        plain = _squeezed
    for stage in STAGES:
        ours, theirs = (plain(each.reading(stage).text) for each in (document, found))
        if ours != theirs:
            return f"the {stage} would have {_place(theirs, ours)!r} for {_place(ours, theirs)!r}"
    if document.format == "comparison":
        return None
    if document.format == "native" and _banners(document) != _banners(found):
        return "its banners would say something else"
    lost = next(iter((ours_ - theirs_).elements()), None)
    if lost is not None:
        more = next(iter((theirs_ - ours_).elements()), None)
        return f"it would have {_told(more) if more else 'nothing'} for {_told(lost)}"
    more = next(iter((theirs_ - ours_).elements()), None)
    return None if more is None else f"it would have {_told(more)} besides"


def _banners(document: Document) -> list[tuple[object, ...]]:
    return [(row.was, row.is_, row.controls) for row in document.markings if row.kind == "banner"]


_KINDS = {(True, False): "deletion", (False, True): "addition"}
_Row = tuple[str, str, str, str, str]


def _acts(document: Document) -> Counter[_Row]:
    """Every act by kind, stage and hand, and by the words no other act within it has."""
    own: dict[tuple[str, str], list[str]] = {}
    text = document.text
    for start, end, over in runs(document.spans, 0, len(text)):
        if start == end or any(span.kind in HIDDEN for span in over):
            continue
        inner = next((span for span in reversed(over) if span.kind in _REVISIONS), None)
        if inner is not None:
            own.setdefault((inner.id, inner.kind), []).append(text[start:end])
    rows: Counter[_Row] = Counter()
    for act in document.acts:
        deleted, added = (_words("".join(own.get((act.id, k), []))) for k in (DELETION, ADDITION))
        # A blank that gave way to words is no side of a substitution that a mark could show.
        kind = _KINDS.get((bool(deleted), bool(added)), act.kind)
        kind = kind if act.kind == "substitution" else act.kind
        rows[kind, act.stage, act.hand or "", deleted, added] += 1
    return rows


def _told(row: _Row) -> str:
    kind, stage, hand, deleted, added = row
    words = " for ".join(repr(_short(each)) for each in (added, deleted) if each) or "no word"
    return f"the {kind} of {words} ({stage}{', ' + hand if hand else ''})"


def _short(words: str) -> str:
    return words if len(words) <= 30 else words[:29] + "…"


def _place(one: str, other: str) -> str:
    at = next(
        (k for k, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    return one[max(0, at - 20) : at + 20]


def _parted(text: str) -> str:
    return _BLANKS.sub(_blank, text)


def _blank(match: re.Match[str]) -> str:
    text, start, end = match.string, *match.span()
    after = text[end : end + 1]
    starts_line = not start or text[start - 1] == "\n"
    return "" if starts_line or not after or after in ".,;:!?)]\n" else " "


def _squeezed(text: str) -> str:
    return text.replace(" ", "").replace("\t", "")


def _words(text: str) -> str:
    return "".join(text.split())


