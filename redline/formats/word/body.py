"""Paragraphs as WordprocessingML: their pieces as runs, tracked where they are not kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import groupby

from redline.formats.tei.escape import escape, storable
from redline.formats.word.changes import Changes
from redline.formats.word.flow import Paragraph, Piece
from redline.formats.word.moves import Moves
from redline.formats.word.names import CHARACTER_STYLES
from redline.model import Document

__all__ = ["Body", "plain_run"]

_CUT = re.compile(r"\r\n|[\t\r\n]")
_BREAKS = {"\t": "<w:tab/>"}
_BREAK = "<w:br/>"
#: The switches of runs, each once, in the order that the schema wants.
_SWITCHES = [CHARACTER_STYLES[kind].run for kind in ("bold", "italic", "superscript")]


class Body:
    """Writes paragraphs of one document. `point` says what a point is (a note's reference)."""

    def __init__(
        self, document: Document, changes: Changes, point: Callable[[Piece], str]
    ) -> None:
        self.document = document
        self.changes = changes
        self.moves = Moves(document)
        self._point = point
        self._added = ""  # what the paragraph before ends with: the act that inserted it
        self._apart = False  # and whether it was put apart from the one before

    def paragraph(self, paragraph: Paragraph, shape: str, tail: str = "", head: str = "") -> str:
        """A paragraph. `shape` are its properties up to its mark, `tail` those after it; `head`
        is markup to stand first in it."""
        mark = self._mark(paragraph)
        inner = f"{shape}{mark}{tail}"
        properties = f"<w:pPr>{inner}</w:pPr>" if inner else ""
        words = self._pieces(paragraph.pieces)
        if paragraph.mark in ("ins", "both"):
            self._added = ""  # one insertion over both paragraphs is what is meant
        return f"<w:p>{properties}{head}{words}</w:p>"

    def _mark(self, paragraph: Paragraph) -> str:
        out = ""
        if paragraph.mark in ("ins", "both"):
            out += f"<w:ins {self.changes.of(paragraph.added)}/>"
        if paragraph.mark in ("del", "both"):
            out += f"<w:del {self.changes.of(paragraph.deleted)}/>"
        return f"<w:rPr>{out}</w:rPr>" if out else ""

    def _pieces(self, pieces: Sequence[Piece]) -> str:
        out: list[str] = []
        before, self._added = self._added, ""
        for (state, added, deleted), each in groupby(pieces, _change):
            group = list(each)
            apart = not out and not self._apart and self._alike(before, added)
            runs = "".join(self._run(piece) for piece in group)
            if not runs:
                continue
            self._added, self._apart = added, apart
            move = self.moves.of(added or deleted) if state in ("ins", "del") else None
            if move is not None:
                tag = f"w:{'moveTo' if state == 'ins' else 'moveFrom'}"
                start = self.changes.of(added or deleted, apart=apart)
                number = self.changes.last
                again = self.changes.of(added or deleted, apart=apart)
                out.append(
                    f'<{tag}RangeStart w:name="{move}" {start}/><{tag} {again}>{runs}</{tag}>'
                    f'<{tag}RangeEnd w:id="{number}"/>'
                )
                continue
            same = state == "both" and self.changes.author(added) == self.changes.author(deleted)
            inner = _inner(group[0], added, deleted) if same else ""
            if state in ("del", "both"):
                said = self.changes.of(deleted, within=same and inner == deleted)
                runs = f"<w:del {said}>{runs}</w:del>"
            if state in ("ins", "both"):
                said = self.changes.of(added, within=same and inner == added, apart=apart)
                runs = f"<w:ins {said}>{runs}</w:ins>"
            out.append(runs)
        return "".join(out)

    def _alike(self, before: str, added: str) -> bool:
        """Whether two insertions have one author and one date."""
        acts = self.document.act_of
        return bool(before and added) and (
            acts[before].hand == acts[added].hand and acts[before].stage == acts[added].stage
        )

    def _run(self, piece: Piece) -> str:
        if piece.start == piece.end:
            return self._point(piece)
        text = self.document.text[piece.start : piece.end]
        names = "".join(
            f'<w:rStyle w:val="{CHARACTER_STYLES[kind].id}"/>'
            for kind in list(dict.fromkeys(s.kind for s in piece.spans if _named(s.kind)))[-1:]
        )
        wanted = "".join(
            CHARACTER_STYLES[span.kind].run for span in piece.spans
            if span.kind in CHARACTER_STYLES and not _named(span.kind)
        )
        switches = "".join(each for each in _SWITCHES if each in wanted)
        return plain_run(text, names + switches, deleted=piece.state in ("del", "both"))


def _inner(piece: Piece, added: str, deleted: str) -> str:
    """Which of two acts stands in the other: the one that began later."""
    ids = [span.id for span in piece.spans]
    if added in ids and deleted in ids and ids.index(added) > ids.index(deleted):
        return added
    return deleted


def _named(kind: str) -> bool:
    row = CHARACTER_STYLES.get(kind)
    return row is not None and bool(row.id)


def _change(piece: Piece) -> tuple[str, str, str]:
    return piece.state, piece.added, piece.deleted


def plain_run(text: str, properties: str = "", *, deleted: bool = False) -> str:
    """A run of these words, with tabs and breaks as Word has them."""
    tag = "w:delText" if deleted else "w:t"
    out, at = [], 0
    for match in (*_CUT.finditer(text), None):
        stop = match.start() if match else len(text)
        if stop > at:
            words = escape(storable(text[at:stop]))
            out.append(f'<{tag} xml:space="preserve">{words}</{tag}>')
        if match is not None:
            out.append(_BREAKS.get(match[0], _BREAK))
            at = match.end()
    shape = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{shape}{''.join(out)}</w:r>"
