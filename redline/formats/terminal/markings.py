"""The security markings of a paper as a table: its history first, then page by page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from redline.formats.terminal.grid import Column, grid
from redline.formats.terminal.inline import Line, clean
from redline.formats.terminal.rules import level_line, marking_line, rule
from redline.formats.terminal.screen import Screen
from redline.formats.terminal.strip import classification_line, numbers
from redline.model import Classification, Document, Marking, Page, Step

__all__ = ["show_markings"]

#: What the acts of a history are called.
_CALLED = {"upgrade": "upgraded", "downgrade": "downgraded"}
_HISTORY = (Column(), Column(), Column(wide=True), Column(), Column())
_TABLE = (
    Column("page"),
    Column("place"),
    Column("kind"),
    Column("marking", wide=True),
    Column("certainty"),
    Column("line", right=True),
)
#: Fields that say what they are without their name.
_PLAIN = frozenset({"wording", "code", "codes"})
#: How much a release gave, the least first.
_EXTENTS = {"sanitized": "sanitized", "part": "in part", "full": "in full"}
_IN_FULL = re.compile(r"\bin full\b", re.I)
_IN_PART = re.compile(r"\bin part\b|\bsaniti[sz]ed\b|\bexcised\b", re.I)
#: Cells of a table at most.
_MEASURE = 116
_FRAME = re.compile(r"[|~*_#\s]+|-{3,}")
_QUOTED = 60  # characters of a marking that says nothing that is understood


def show_markings(document: Document, screen: Screen) -> None:
    """Print the history of a paper, a line an act, and every marking, page by page."""
    # Nothing stands beside a table: it has the margin's room as well.
    screen.margin = 0
    screen.measure = min(_MEASURE, screen.width - 2 * screen.indent)
    name: Line = [(clean(document.source.name), ("page",))]
    out = [rule(screen, name, classification_line(document, screen)), []]
    out.append(screen.row(_levels(document.classification, screen), screen.indent))
    of_id = {marking.id: marking for marking in document.markings}
    acts = [_act(step, of_id, screen) for step in document.classification.history]
    if acts:
        out += [[], *grid(_HISTORY, acts, screen)]
    if document.markings:
        out += [[], *grid(_TABLE, [*_rows(document, screen)], screen)]
    screen.print(out)


def _levels(found: Classification, screen: Screen) -> Line:
    """``draft SECRET · final CONFIDENTIAL``."""
    if found.draft is None and found.final is None:
        return [("no level", ("level-word",))]
    final = found.final or "cancelled"
    return [
        ("draft ", ("grid-head",)),
        *([(found.draft, ("level",))] if found.draft else [("unmarked", ("level-word",))]),
        (f" {screen.glyphs.dot} ", ("rule",)),
        ("final ", ("grid-head",)),
        (final, ("level",) if found.final else ("level-word",)),
    ]


# -- the history --------------------------------------------------------------------------------


def _act(step: Step, of_id: dict[str, Marking], screen: Screen) -> list[Line]:
    evidence = [of_id[id_] for id_ in step.evidence if id_ in of_id]
    pages = f"page{'s' * (len(step.pages) > 1)} {numbers(step.pages, screen)}"
    return [
        [(step.when, ("grid-when",)) if step.when else (screen.glyphs.dash, ("rule",))],
        [(_CALLED.get(step.action, step.action), ("grid-act",))],
        _done(step, evidence, screen),
        [(pages if step.pages else "", ("grid-more",))],
        _cert(step.cert),
    ]


def _done(step: Step, evidence: list[Marking], screen: Screen) -> Line:
    """What an act did: to which level, or to whom the paper was let out."""
    if step.action == "released":
        return [(_extent(evidence), ())]
    if step.action in ("cancelled", "declassified"):
        return [(step.from_, ("level-was",))] if step.from_ else []
    if step.from_ is not None and step.from_ == step.to:
        return [(step.from_, ("level",)), (", no change", ("level-word",))]
    if step.action == "reviewed" and step.to is None:
        said = _decision(evidence)
        line: Line = level_line([step.from_], said, screen) if step.from_ else [(said, ())]
        return [(text, ("level-word",) if text == said else roles) for text, roles in line]
    return level_line([step.from_] if step.from_ else [], step.to, screen)


def _decision(evidence: Iterable[Marking]) -> str:
    """How a review ended that gives no level."""
    for one in evidence:
        if one.fields.get("declassified") is True:
            return "declassified"
        decided = one.fields.get("decision") or one.fields.get("extent")
        if decided:
            return _value(decided).replace("_", " ")
    return "no decision recorded"


def _extent(evidence: Iterable[Marking]) -> str:
    """In full or in part, and the number of a release."""
    words = " ".join(f"{one.fields.get('wording') or ''} {one.text}" for one in evidence)
    said = ["in part"] if _IN_PART.search(words) else ["in full"] if _IN_FULL.search(words) else []
    extents = {one.fields.get("extent") for one in evidence}
    said = [name for value, name in _EXTENTS.items() if value in extents][:1] or said
    named = [one.fields.get("number") for one in evidence]
    said += [clean(number) for number in named if isinstance(number, str)][:1]
    return ", ".join(said)


# -- the table ----------------------------------------------------------------------------------


def _rows(document: Document, screen: Screen) -> Iterator[list[Line]]:
    """The markings by page; pages without any, folded."""
    by_page: dict[int, list[Marking]] = {page.n: [] for page in document.pages}
    for marking in document.markings:
        by_page.setdefault(marking.page, []).append(marking)
    labels = {page.n: _label(page) for page in document.pages}
    bare: list[int] = []
    for page, found in sorted(by_page.items()):
        if not found:
            bare.append(page)
            continue
        if bare:
            yield _bare(bare, screen)
            bare = []
        for k, marking in enumerate(found):
            line = document.source.position(marking.span[0])[0]
            yield [
                [(labels.get(page, str(page)) if k == 0 else "", ("page",))],
                [(marking.place, ("grid-more",))],
                [(marking.kind, ("grid-more",))],
                [*_says(marking, screen)],
                _cert(marking.cert),
                [(str(line), ("grid-more",))],
            ]
    if bare:
        yield _bare(bare, screen)


def _bare(pages: list[int], screen: Screen) -> list[Line]:
    none: Line = [("no marking", ("level-word",))]
    return [[(numbers(pages, screen), ("page",))], [], [], none, [], []]


def _label(page: Page) -> str:
    """The page's number, and the paper's own where that is another."""
    own = page.label
    return str(page.n) if own is None or own == str(page.n) else f"{page.n} ({clean(own)})"


def _cert(cert: str) -> Line:
    return [(cert, (f"cert-{cert}",))]


def _says(marking: Marking, screen: Screen) -> Line:
    """The level and what became of it, the controls, the fields in brief, or else its words."""
    line: Line = []
    if marking.was or marking.is_:
        line += marking_line([marking], screen)
    elif marking.controls:
        line.append((clean(" ".join(marking.controls)), ("level",)))
    for words, role in _fields(marking):
        if line:
            line.append((f" {screen.glyphs.dot} ", ("rule",)))
        line.append((words, (role,) if role else ()))
    if not line:
        words = " ".join(_FRAME.sub(" ", clean(marking.text)).split())
        cut = screen.glyphs.cut if len(words) > _QUOTED else ""
        line.append((words[:_QUOTED].rstrip() + cut, ("grid-more",)))
    return line


def _fields(marking: Marking) -> Iterator[tuple[str, str]]:
    """Each field in a few words; what the paper says where its meaning is not known."""
    raw = marking.fields.get("raw", {})
    cert = marking.fields.get("cert", {})
    for name, value in marking.fields.items():
        if name in ("raw", "cert"):
            continue
        called = name.replace("_", " ")
        doubt = f" ({cert[name]})" if name in cert else ""
        if value is None or value == [] or value == ():
            if raw.get(name) and name == "changed_to":  # the printed choices, none of them chosen
                continue
            if raw.get(name):
                yield f"{called} {_value(raw[name])!r} not understood", "level-word"
        elif value is True:
            yield called + doubt, ""
        elif value is not False:
            said = _value(value)
            yield (said if name in _PLAIN else f"{called} {said}") + doubt, ""


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {_value(inner)}" for key, inner in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(map(_value, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return clean(" ".join(str(value).split()))
