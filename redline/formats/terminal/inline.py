"""A range of a document as words with the reasons for how they look.

Three steps, each over the last one's output: `fragments` cuts the text at its spans and
leaves out what the view hides; `pieces` settles which white space is styled and, where there
is no colour, puts brackets around revisions; `fill` breaks the pieces into lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len, chop_cells

from redline.formats.terminal.styles import BRACKETS, raised
from redline.model import Document
from redline.reading import hiding
from redline.spans import ADDITION, DELETION, HIDDEN, POINTS, Span, runs

__all__ = [
    "Filled",
    "Fragment",
    "Line",
    "Piece",
    "View",
    "clean",
    "fill",
    "fragments",
    "pieces",
    "wrapped",
]

#: Hidden kinds that leave a sign or a line in the margin where they stood.
_ANCHORED = frozenset({"furniture", "note"})
_HIDE = "hide"

_TOKEN = re.compile(r"\n|[ \t\r\f\v]+|[^ \t\r\n\f\v]+")
_CONTROLS = {n: 0x2400 + n for n in range(0x20) if n not in (0x09, 0x0A, 0x0D, 0x0C)}
_CONTROLS |= {0x7F: 0x2421} | dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
_CONTROLS |= dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)
_UNSAFE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


class Fragment(NamedTuple):
    """Text under one set of marks (spans with the role each has), or an anchor: a place."""

    text: str
    marks: tuple[tuple[str, Span], ...]
    anchor: Span | None = None


class Piece(NamedTuple):
    """A word or part of one, white space (one blank, or a line end), or an anchor."""

    text: str
    roles: tuple[str, ...]
    anchor: Span | None = None


#: A line: stretches of text with their roles.
Line = list[tuple[str, tuple[str, ...]]]


class Filled(NamedTuple):
    """Lines, and the anchors in them with the index of the line each stands in."""

    lines: list[Line]
    anchors: list[tuple[int, Span]]


class View:
    """What is shown of the revisions, and as what.

    Without a stage: all of them, as marks; those an editor decided on as decided. With a
    stage: its reading; `marked` keeps what distinguishes it visible as marks.
    """

    def __init__(self, document: Document, stage: str | None = None, *, marked: bool = True):
        self.stage = stage
        self.labels = {note.id: note.n for note in document.notes}
        self._kinds = dict.fromkeys(HIDDEN, _HIDE) | dict.fromkeys(POINTS, "")
        self._kinds |= {DELETION: "del" if marked else "", ADDITION: "add" if marked else ""}
        self._decided: dict[tuple[str, str], str] = {}
        if stage is None:
            for id_, decision in document.decisions.items():
                accepted = decision == "accepted"
                self._decided[DELETION, id_] = _HIDE if accepted else ""
                self._decided[ADDITION, id_] = "" if accepted else _HIDE
            return
        for id_ in document.decisions:
            self._decided[DELETION, id_] = self._decided[ADDITION, id_] = ""
        for span in hiding(document, stage):
            if span.kind in (DELETION, ADDITION):
                self._decided[span.kind, span.id] = _HIDE

    def role(self, span: Span) -> str:
        """The role of a span's text: ``hide``, a role of the table of styles, or nothing."""
        kind = span.kind
        if self._decided and (kind, span.id) in self._decided:
            return self._decided[kind, span.id]
        return self._kinds.get(kind, kind)


def clean(text: str) -> str:
    """Text that is safe to print: no control character reaches a terminal.

    Control characters become their pictures (␀, ␛), what has none and half surrogates U+FFFD.
    """
    return text.translate(_CONTROLS) if _UNSAFE.search(text) else text


def fragments(
    document: Document, spans: Sequence[Span], start: int, end: int, view: View
) -> Iterator[Fragment]:
    """The text of [start, end) that the view shows. `spans`: those that touch the range.

    A hyphen that divides a word at its end, at a page edge, is shown: the word goes on below.
    """
    text = document.text
    last = -1  # where the text shown so far ends
    around: tuple[tuple[str, Span], ...] = ()
    divided = False
    for run in runs(spans, start, end):
        marks: list[tuple[str, Span]] = []
        hidden = False
        for span in run.spans:
            role = view.role(span)
            if role == _HIDE:
                hidden = True
                divided = divided or span.kind == "softhyphen"
                begins = span.start == run.start and (run.end > run.start or span.end == span.start)
                if begins and view.stage is None:
                    if span.kind == "noteref":
                        label = view.labels.get(span.id) or text[span.start : span.end]
                        yield Fragment(raised(label), (*marks, ("noteref", span)))
                    elif span.kind in _ANCHORED:
                        yield Fragment("", (), span)
            elif role:
                marks.append((role, span))
        if not hidden and run.end > run.start:
            if last == run.start and around and marks and _apart(document, last, around, marks):
                yield Fragment(" ", ())
            yield Fragment(clean(text[run.start : run.end]), tuple(marks))
            last, around, divided = run.end, tuple(marks), False
    if divided:
        yield Fragment("-", around)


def _apart(
    document: Document,
    at: int,
    before: Sequence[tuple[str, Span]],
    after: Sequence[tuple[str, Span]],
) -> bool:
    """Whether the paper has a space at `at`, between a deletion and an addition, that no
    reading has: between a word and the one that replaces it."""
    if {role for role, _ in before} == {role for role, _ in after}:
        return False
    origin, source = document.origin, document.source.text
    between = source[origin.source_span(at - 1, at)[1] : origin.to_source(at)]
    return any(sign.isspace() for sign in between)


def pieces(
    source: Iterable[Fragment], base: tuple[str, ...] = (), *, brackets: bool = False
) -> Iterator[Piece]:
    """Words and blanks. White space is marked only where the words on both sides are.

    `base` are roles of all of it.
    """
    around = BRACKETS if brackets else {}
    open_: tuple[tuple[str, Span], ...] = ()
    roles = base
    space = ""
    for text, marks, anchor in source:
        if anchor is not None:
            yield Piece("", (), anchor)
            continue
        for token in _TOKEN.findall(text):
            if token[0] in " \t\r\n\f\v":
                space = "\n" if token == "\n" or space == "\n" else " "
                continue
            if marks != open_:
                common = 0
                for mine, theirs in zip(marks, open_, strict=False):
                    if mine != theirs:
                        break
                    common += 1
                for role, _ in reversed(open_[common:]):
                    if role in around:
                        yield Piece(around[role][1], (*base, role))
                if space:
                    yield Piece(space, (*base, *(role for role, _ in open_[:common])))
                    space = ""
                for role, _ in marks[common:]:
                    if role in around:
                        yield Piece(around[role][0], (*base, role))
                open_ = marks
                roles = (*base, *(role for role, _ in marks))
            elif space:
                yield Piece(space, roles)
                space = ""
            yield Piece(token, roles)
    for role, _ in reversed(open_):
        if role in around:
            yield Piece(around[role][1], (*base, role))


def fill(source: Iterable[Piece], width: int) -> Filled:
    """Break pieces into lines of at most `width` cells; a longer word is cut."""
    lines: list[Line] = []
    anchors: list[tuple[int, Span]] = []
    line: Line = []
    used = 0  # cells of the line
    word: Line = []
    size = 0  # cells of the word
    gap: Piece | None = None  # the blank before the word
    started = False

    def place() -> None:
        """Put the word on the line, or on the next one."""
        nonlocal line, used, word, size, gap
        if line and used + (gap is not None) + size > width:
            lines.append(line)
            line, used, gap = [], 0, None
        if gap is not None and line:
            _put(line, " ", gap.roles)
            used += 1
        gap = None
        if size > width:
            for text, roles in word:
                used = _cut(lines, line, used, text, roles, width)
                line = lines.pop()
        else:
            for text, roles in word:
                _put(line, text, roles)
            used += size
        word, size = [], 0

    for piece in source:
        text, roles, anchor = piece
        if anchor is not None:
            beyond = bool(line) and used + 1 + size > width
            anchors.append((len(lines) + beyond, anchor))
        elif text == " ":
            if word:
                place()
            gap = piece
        elif text == "\n":
            if word:
                place()
            if started:
                lines.append(line)
            line, used, gap = [], 0, None
        else:
            started = True
            word.append((text, roles))
            size += len(text) if text.isascii() else cell_len(text)
    if word:
        place()
    if line:
        lines.append(line)
    return Filled(lines, anchors)


def wrapped(text: str, width: int) -> list[str]:
    """Plain text in lines of at most `width` cells."""
    filled = fill(pieces([Fragment(text, ())]), width)
    return ["".join(part for part, _ in line) for line in filled.lines]


def _put(line: Line, text: str, roles: tuple[str, ...]) -> None:
    """Append to a line; what looks alike is one stretch."""
    if line and line[-1][1] == roles:
        line[-1] = (line[-1][0] + text, roles)
    else:
        line.append((text, roles))


def _cut(
    lines: list[Line], line: Line, used: int, text: str, roles: tuple[str, ...], width: int
) -> int:
    """Put a part of too long a word: full lines and, as the last of `lines`, the open one."""
    room = width - used
    head = _chop(text[: 2 * room], room)[0] if room > 0 else ""
    if head:
        _put(line, head, roles)
        used += cell_len(head)
    lines.append(line)
    if len(head) < len(text):
        for part in _chop(text[len(head) :], width):
            lines.append([(part, roles)])
        used = cell_len(part)
    return used


def _chop(text: str, width: int) -> list[str]:
    """Cut into parts of `width` cells."""
    if text.isascii():
        return [text[at : at + width] for at in range(0, len(text), width)]
    return chop_cells(text, width)
