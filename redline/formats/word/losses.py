"""What a Word file cannot say of a document, or says as something else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from redline.formats.losses import Loss
from redline.formats.word.changes import Changes
from redline.formats.word.flow import Flow
from redline.formats.word.moves import Moves
from redline.formats.word.names import CHARACTER_STYLES
from redline.formats.word.paper import Paper
from redline.model import Act, Block, Document
from redline.spans import ADDITION, DELETION, HIDDEN, UNDONE

__all__ = ["losses"]

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SAID = frozenset({*CHARACTER_STYLES, *HIDDEN, *UNDONE, ADDITION, DELETION})
#: Where each thing stands in the text.
_Places = Iterator[int]


def losses(document: Document) -> list[Loss]:
    """What `to_docx` leaves out, or writes as something else."""
    found = []
    for what, places, why in _ROWS:
        at = list(places(document))
        if at:
            line = document.source.position(document.origin.to_source(min(at)))[0]
            found.append(Loss(what, len(at), line, why))
    return found


def _blocks(document: Document) -> list[Block]:
    return sorted((b for b in document.blocks if b.kind != "note" and (b.cells or b.end > b.start)),
                  key=lambda block: block.start)


def _pages(document: Document) -> _Places:
    paper = Paper(document, Flow(document), _blocks(document))
    yield from (sheet.page.start for sheet in paper.sheets if not sheet.exact)


def _asides(document: Document) -> _Places:
    paper = Paper(document, Flow(document), _blocks(document))
    yield from (aside.start for aside in paper.asides)


def _inline(document: Document) -> _Places:
    hidden = set(_asides(document))
    yield from (m.start for m in document.markings
                if m.place not in ("top", "bottom") and m.start not in hidden)


def _first(document: Document, act: Act) -> int:
    return document.spans[act.parts[0]].start


def _transpositions(document: Document) -> _Places:
    moves = Moves(document)
    yield from (_first(document, act) for act in document.acts
                if act.kind == "transposition" and moves.of(act.id) is None)


def _acts(document: Document, lost: Callable[[Act], bool]) -> _Places:
    yield from (_first(document, act) for act in document.acts if lost(act))


def _nested(document: Document) -> _Places:
    kind = {span.id: span.kind for span in document.spans}

    def lost(act: Act) -> bool:
        outer: Act | None = act
        while outer is not None:
            outer = document.act_of.get(outer.within or "")
            if outer is not None and kind.get(outer.id) == kind.get(act.id):
                return True
        return False

    return _acts(document, lost)


def _touching(document: Document) -> _Places:
    """Marks that Word takes for one: they touch, and are of one kind, hand and time."""
    ends: dict[tuple[int, str, str | None, str, int], str] = {}
    second = Changes(document).second
    for span in document.spans:
        act = document.act_of.get(span.id)
        if span.kind in (ADDITION, DELETION) and act is not None:
            when = second(act.id)
            before = ends.get((span.start, span.kind, act.hand, act.stage, when))
            if before is not None and before != act.id:
                yield span.start
            ends[span.end, span.kind, act.hand, act.stage, when] = act.id


def _scattered(document: Document) -> _Places:
    """Acts of several parts with words between them, or on two pages."""
    moves = Moves(document)
    for act in document.acts:
        parts = sorted(document.spans[k][:2] for k in act.parts)
        gaps = (document.text[one[1] : other[0]] for one, other in pairwise(parts))
        if moves.of(act.id) is None and any(gap.strip("\n") for gap in gaps):
            yield parts[0][0]


def _page_labels(document: Document) -> _Places:
    yield from (page.start for page in document.pages if page.label is not None)


def _zones(document: Document) -> _Places:
    places = (zone.span for surface in document.surfaces for zone in surface.zones)
    yield from (document.origin.to_text(span[0]) if span else 0 for span in places)


def _labels(document: Document) -> _Places:
    number = 0
    for note in document.notes:
        if note.kind == "footnote" and note.at is not None:
            number += 1
            if note.n != str(number):
                yield note.at


def _bare(document: Document) -> _Places:
    yield from (note.at for note in document.notes if note.at is not None and note.start is None)


def _unreferred(document: Document) -> _Places:
    referred = {s.id for s in document.spans if s.kind == "noteref"}
    yield from (note.start for note in document.notes
                if note.start is not None and note.id not in referred and note.kind == "footnote")


def _spans(document: Document, lost: Callable[[str], bool]) -> _Places:
    yield from (span.start for span in document.spans if lost(span.kind))


_ROWS: tuple[tuple[str, Callable[[Document], _Places], str], ...] = (
    ("characters", lambda d: (m.start() for m in _NOT_XML.finditer(d.text)),
     "XML holds none of these; U+FFFD stands for them"),
    ("page beginnings inside a paragraph", _pages,
     "Word's headers change between paragraphs: it begins at the next, or its edges are comments"),
    ("line ends", lambda d: _spans(d, lambda kind: kind.startswith("lb")),
     "Word breaks lines itself"),
    ("stamps and marks beside the text", _asides,
     "they are comments, from which redline reads them again"),
    ("markings in the text", _inline, "their words are kept, and what they mean is not"),
    ("roles of lines", lambda d: (b.start for b in d.blocks if b.role not in (None, "verbatim")),
     "Word has styles for headings, letterheads and other lines alone"),
    ("transpositions", _transpositions,
     "no move of one stretch of words: they are deletions and additions"),
    ("changes within changes of the same kind", _nested,
     "Word has one insertion and one deletion of a character"),
    ("changes that touch others", _touching, "Word takes two of one kind, author and date for one"),
    ("acts in several parts", _scattered, "each part is a change of its own"),
    ("certainties", lambda d: _acts(d, lambda act: act.cert != "high"), "Word has none"),
    ("changes undone again", lambda d: _spans(d, UNDONE.__contains__),
     "Word shows only what is left"),
    ("labels of pages", _page_labels, "Word numbers its pages itself"),
    ("coordinates of regions and lines", _zones, "Word has no pictures of the pages"),
    ("labels of notes", _labels, "Word numbers its notes itself"),
    ("references to notes that are missing", _bare, "their notes are empty"),
    ("notes that nothing refers to", _unreferred, "they are comments"),
    ("other marks on the text", lambda d: _spans(
        d, lambda kind: kind not in _SAID and not kind.startswith(("lb", "pb"))),
     "Word has no style for them"),
)
