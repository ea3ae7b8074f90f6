"""A TEI file as a document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from redline.collector import paused
from redline.formats.tei.read.acts import gather
from redline.formats.tei.read.breaks import settle
from redline.formats.tei.read.header import Header, read_header
from redline.formats.tei.read.scan import TOKEN, check, refuse
from redline.formats.tei.read.walk import Walker
from redline.model import Act, Document, Hand, Stage
from redline.source import Source
from redline.spans import DELETION, HIDDEN, visible

__all__ = ["from_tei"]

_TRANSPOSE = re.compile(r"<(?:[^\s<>/:]+:)?transpose[\s>]")
_POINTER = re.compile(r"target\s*=\s*[\"']#([^\"'\s]+)")
_ROOT = re.compile(r"\s*(?:<[?!][^>]*>\s*)*<(?:\w+:)?(?:TEI|teiCorpus)\b")
_DRAFT = Stage("draft", "as first written")
_REVISION = Stage("revision", "editorial revision")


def from_tei(source: Source) -> Document:
    """The document in a TEI file.

    Faults of the encoding are diagnostics. Raises `FormatError` for what is no well-formed XML,
    no TEI, or an attack (declarations in the document type, elements 1,000 deep).
    """
    with paused():
        doctype = check(source)
        facsimile = not _has(source.text, "body")
        if facsimile and not _has(source.text, "sourceDoc") and _ROOT.match(source.text):
            raise refuse(source, 0, "no text/body and no sourceDoc", "there is nothing to read")
        walker = _walked(source, facsimile)
        if doctype is not None and doctype.external:
            walker.tell("tei-doctype", 0, 0, doctype.name)
        header = read_header(source.text, *walker.header)
        settle(walker)
        walker.join_references()
        document = _document(walker, header)
        if walker.apparatus or "gap" in walker.kinds:
            document = _marked(document, walker, header)
        # Nobody has changed it: `redline.formats.tei.keep` need not look for what changed.
        document.__dict__["as_read"] = True
        return document


def _has(raw: str, local: str) -> bool:
    """Whether the file has an element of that name, and not in a comment alone."""
    return any(
        match[2] is not None and match[2].rpartition(":")[2] == local
        for match in TOKEN.finditer(raw)
    )


def _walked(source: Source, facsimile: bool) -> Walker:
    """The file, walked; twice where it moves elements about."""
    walker = Walker(source, facsimile=facsimile, moved=None)
    if _TRANSPOSE.search(source.text) is None:
        walker.walk()
        return walker
    walker.wanted = frozenset(_POINTER.findall(source.text))
    walker.walk()
    text = walker.text()
    spans, _, _ = walker.table()
    struck = [span for span in spans if span.kind in HIDDEN or span.kind == DELETION]
    moved: dict[str, str] = {}
    acts: dict[str, tuple[int, str]] = {}
    for number, order in enumerate(walker.transposed, 1):
        known = [name for name in order if name in walker.targets and name not in moved]
        places = sorted(known, key=walker.targets.__getitem__)
        for place, name in zip(places, known, strict=True):
            if place != name:
                start, end = walker.targets[name]
                cover = [span for span in struck if span.end > start and span.start < end]
                inside = [span for span in cover if start < span.start or span.end < end]
                moved[place] = "".join(text[a:b] for a, b in visible(inside, start, end))
                acts[place] = number, walker.moved_at[number - 1]
    again = Walker(source, facsimile=facsimile, moved=moved)
    again.moved_to = acts
    again.walk()
    return again


def _document(walker: Walker, header: Header) -> Document:
    acts, undone = gather(walker, header.ours)
    made = walker.closed(acts, walker.blocks, walker.page_table(), "tei")
    stages = _stages(walker, header, made.acts, undone)
    return replace(
        made,
        notes=tuple(walker.notes),
        furniture=tuple(walker.furniture),
        stages=stages,
        hands=_hands(header, made.acts, stages),
        diagnostics=walker.findings(),  # of stages too
    )


def _marked(document: Document, walker: Walker, header: Header) -> Document:
    """The document with its markings, and what they amount to."""
    from redline.facts import paper_date
    from redline.formats.tei.read.markings import marking_rows
    from redline.markings.history.again import classification_of

    date = header.date or paper_date(document)
    markings, used = marking_rows(document, walker.apparatus, header, date)
    furniture = tuple(row for k, row in enumerate(document.furniture) if k not in used)
    return replace(
        document,
        markings=markings,
        furniture=furniture,
        classification=classification_of(markings, document.pages, date),
    )


def _stages(
    walker: Walker, header: Header, acts: Sequence[Act], undone: list[str]
) -> tuple[Stage, ...]:
    """The campaigns the file lists, in its order, and those its acts name beside them."""
    known = {stage.id: stage for stage in header.stages}
    others = {stage.id: stage for stage in header.others}
    found = [_DRAFT] if "draft" not in known else []
    used = dict.fromkeys([*(act.stage for act in acts), *undone])
    found += header.stages
    extra = [name for name in used if name not in known and name != "draft"]
    lists_none = header.ours or not header.stages
    if "revision" in extra or (lists_none and "revision" not in known):
        place = next((k for k, stage in enumerate(found) if stage.id == "draft"), 0)
        found.insert(place + 1, _REVISION)
    for name in sorted(extra, key=_numbered):
        if name == "revision":
            continue
        found.append(others.get(name) or Stage(name, _label(name)))
        if name not in others and not name.startswith("seq-"):
            at = max(0, walker.raw.find(f"#{name}"))
            walker.tell("tei-pointer", at, at + len(name) + 1, f"no <change> is called #{name}")
    hands = {hand.id for hand in header.hands}
    # Who is responsible for a change of the file need not have written on the paper.
    return tuple(
        stage if stage.hand in hands else stage._replace(hand=None) for stage in found
    )


def _numbered(name: str) -> tuple[int, str]:
    return (int(name[4:]), "") if name.startswith("seq-") and name[4:].isdecimal() else (-1, name)


def _label(name: str) -> str:
    return f"step {name[4:]}" if name.startswith("seq-") else name


def _hands(
    header: Header, acts: Sequence[Act], stages: Sequence[Stage]
) -> tuple[Hand, ...]:
    known = {hand.id: hand for hand in header.hands}
    written = [*(act.hand for act in acts), *(stage.hand for stage in stages)]
    used = dict.fromkeys(name for name in written if name)
    names = dict.fromkeys([*known, *used]) if not header.ours else used
    return tuple(known.get(name) or Hand(name, name) for name in names)
