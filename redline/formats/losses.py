"""What a format cannot say of a document: told before it is written, never dropped in silence.

A format that leaves something out names in its row of `FORMATS` a function that finds it. Of the
others every one that is read can be asked: what comes back from it is compared with what went in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Any, NamedTuple

from redline.diagnostics import FormatError
from redline.formats import find, function, loads, written
from redline.model import Document

__all__ = ["Loss", "losses", "none_in_json", "none_in_xml", "refused", "sentences"]

_Row = tuple[Hashable, int | None]
_NOT_XML = re.compile("[^\t\n\f\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Loss(NamedTuple):
    """What would not be in the file: a plural, how many of it, the line of the source where the
    first stands (None: it has no place), and why."""

    what: str
    count: int  # type: ignore[assignment]  # hides the method of tuples: nobody needs that here
    where: int | None
    why: str


def losses(document: Document, format: str) -> list[Loss]:
    """What of a document a format cannot say; empty where it says all of it.

    Raises `FormatError` for a format that is not written.
    """
    row = find(format)
    if row.writes is None:
        written(document, row.name)  # it says so
    if row.losses is not None:
        found: list[Loss] = function(row.losses)(document)
        return found
    if row.name == document.format and not document.edited and not document.decisions:
        return []
    if row.reads is None:
        return [Loss("the way back", 1, None, f"redline writes {row.name} and does not read it")]
    again = loads(written(document, row.name), row.name, name=document.source.name)
    settled = document.settle() if document.decisions else document
    return list(_differences(settled, again, row.name))


def sentences(found: Iterable[Loss], format: str) -> Iterator[str]:
    """Each loss as a plain sentence."""
    for loss in found:
        line = f", {'the first ' if loss.count > 1 else ''}at line {loss.where}"
        place = line if loss.where is not None else ""
        yield f"{format} leaves out {loss.what} ({loss.count}{place}): {loss.why}"


def refused(found: list[Loss], format: str, name: str) -> FormatError:
    """The error that says why a document is not written with ``--strict``."""
    others = len(found) - 1
    more = f"; and {others} more kind{'s' * (others > 1)} of loss" if others else ""
    first = next(sentences(found, format))
    return FormatError(f"{name}: not written: {first}{more}; --report without --strict lists all")


def none_in_json(document: Document) -> list[Loss]:
    """A record keeps all of a document but the coordinates of its lines on the pictures."""
    zones = _zones(document)
    if not zones:
        return []
    return [Loss("coordinates of regions and lines", len(zones), zones[0][1], "write tei for them")]


def none_in_xml(document: Document) -> list[Loss]:
    """TEI keeps all of a document but the characters that no XML holds."""
    found = list(_NOT_XML.finditer(document.text))
    if not found:
        return []
    at = document.origin.to_source(found[0].start())
    why = "XML holds none of these; U+FFFD stands for them"
    return [Loss("control characters", len(found), document.source.position(at)[0], why)]


def _zones(document: Document) -> list[_Row]:
    line = document.source.position
    return [
        ((surface.page, zone.id), line(zone.span[0])[0] if zone.span else None)
        for surface in document.surfaces
        for zone in surface.zones
    ]


def _differences(document: Document, again: Document, format: str) -> Iterator[Loss]:
    """What was there and did not come back."""
    for stage in ("draft", "final"):
        words, others = (each.reading(stage).text.split() for each in (document, again))
        if words != others:
            lost = sum((Counter(words) - Counter(others)).values())
            yield Loss(f"words of the {stage}", max(1, lost), None, f"{format} reads otherwise")
            continue
        ours, theirs = (
            sum(map(bool, map(str.strip, each.reading(stage).text.split("\n\n"))))
            for each in (document, again)
        )
        lost = abs(ours - theirs)
        if lost:
            yield Loss(f"ends of paragraphs of the {stage}", lost, None, f"{format} has others")
    for what, rows in _KEPT.items():
        missing = Counter(row for row, _ in rows(document))
        missing -= Counter(row for row, _ in rows(again))
        if missing:
            first = next(line for row, line in rows(document) if row in missing)
            yield Loss(what, sum(missing.values()), first, f"they do not come back from {format}")


def _by(*fields: str, of: str, given: str | None = None) -> Callable[[Document], list[_Row]]:
    """Rows of a table of the document: these fields of each, and its line.

    With `given`, only rows of which this field says something.
    """

    def rows(document: Document) -> list[_Row]:
        line = document.source.position
        return [
            (tuple(_plain(getattr(each, field)) for field in fields), line(_place(each))[0])
            for each in getattr(document, of)
            if given is None or getattr(each, given) not in (None, "revision", ())
        ]

    return rows


def _plain(value: Any) -> Hashable:
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, tuple):
        return tuple(_plain(getattr(each, "text", each)) for each in value)
    return value if isinstance(value, Hashable) else repr(value)


def _place(each: Any) -> int:
    span: tuple[int, int] | None = getattr(each, "span", None)
    for part in (*getattr(each, "deleted", ()), *getattr(each, "added", ())):
        span = part.span
        break
    span = span or getattr(each, "reference", None) or getattr(each, "body", None)
    return span[0] if span else 0


def _marked(*kinds: str) -> Callable[[Document], list[_Row]]:
    """Rows of the spans of these kinds: what they are, their words."""

    def rows(document: Document) -> list[_Row]:
        return [
            (
                (span.kind, _plain(document.text[span.start : span.end])),
                document.source.position(document.origin.to_source(span.start))[0],
            )
            for span in document.spans
            if span.kind in kinds and span.id != "raised"  # these are raised by what they are
        ]

    return rows


def _blocks(*kinds: str) -> Callable[[Document], list[_Row]]:
    """Rows of the blocks of these kinds: what they are, and how far in."""

    def rows(document: Document) -> list[_Row]:
        return [
            ((block.kind, block.level), document.source.position(block.span[0])[0])
            for block in document.blocks
            if block.kind in kinds
        ]

    return rows


def _doubted(document: Document) -> list[_Row]:
    """Rows of the revisions that the paper does not say for sure."""
    rows = _by("deleted", "added", of="revisions")(document)
    found = zip(document.revisions, rows, strict=True)
    return [row for revision, row in found if revision.cert == "low"]


#: What is counted before and after; every row by what of it must come back.
_KEPT: dict[str, Callable[[Document], list[_Row]]] = {
    "revisions": _by("kind", "deleted", "added", of="revisions"),
    "hands": _by("deleted", "added", "hand", of="revisions", given="hand"),
    "stages": _by("deleted", "added", "stage", of="revisions", given="stage"),
    "certainties": _doubted,
    "emphasis": _marked("italic", "bold", "bold-italic"),
    "words in another hand": _marked("hand"),
    "doubtful readings": _marked("unclear"),
    "gaps": _marked("gap", "space"),
    "raised letters": _marked("superscript"),
    "code": _marked("code", "math"),
    "headings": _blocks("heading"),
    "items of lists": _blocks("list-item"),
    "tables": _blocks("table"),
    "notes": _by("n", "kind", of="notes"),
    "markings": _by("kind", "place", "was", "is_", of="markings"),
    "pages": _by("label", of="pages"),
    "page furniture": _by("kind", "n", of="furniture"),
    "coordinates of regions and lines": _zones,
}
