"""Blocks from lines of text: paragraphs, headings, items, tables, letterheads, notes, code.

First each line, with its neighbours of the same chunk (no empty line between), becomes part
of a block; then blocks that the paper's spacing tore apart are joined: double-spaced
typescript (R30), and sentences that go on over an empty line, a page edge or lifted
furniture (R32). Papers without empty lines have a block a line (R31).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from operator import attrgetter
from string import ascii_lowercase, ascii_uppercase

from redline.layout.cells import cells_of, is_delimiter
from redline.layout.draft import LONG, NARROW, WIDE, Draft
from redline.layout.joining import join_drafts
from redline.layout.lines import LIFTED, Line, bare
from redline.layout.numbering import Numbering, label_of, marked_label, may_be_labelled
from redline.layout.shapes import (
    Shape,
    closes,
    is_capitals,
    opens_low,
    plain_words,
    shape_of,
    visible_width,
)

__all__ = ["Draft", "form_blocks"]

_BULLET = re.compile(r"[-*+•·–]\s+(?=\S)")
_BULLETS = ("-", "#", "•")
_HASHES = re.compile(r"(#{1,6})\s+(?=\S)")
_CLOSING_HASHES = re.compile(r"\s+#+$")
_SUBJECT = re.compile(r"\s(?=SUBJECT\s*:)|\s(?=TAGS\s*:)")

#: What a line below an empty header field would be elsewhere.
_LISTED = (Shape("heading", None, 2), Shape("heading", None, 3), Shape("letterhead", "agency"))
#: A small Roman number of an item; what else ends so is a word at the end of a sentence.
_ROMAN_ITEM = re.compile(r"[ivx]{2,5}[.)]\s")

_FEW_BLANKS = 0.1
_CAPITALS_SHARE = 0.7
_SAMPLE = 20_000


def form_blocks(text: str, lines: Sequence[Line]) -> list[Draft]:
    """The blocks of the text lines, in order; notes among them."""
    return _Former(text, lines).form()


class _Former:
    _torn_at = -1
    _headed = False  # a line of the chunk ends in a colon: its lines are headings
    _listing = False  # a header field of the chunk is empty: the lines below are what it holds

    def __init__(self, text: str, lines: Sequence[Line]) -> None:
        self.text = text
        self.lines = lines
        sample = text[:_SAMPLE]
        if sample.isascii():
            upper = sum(map(sample.count, ascii_uppercase))
            lower = sum(map(sample.count, ascii_lowercase))
        else:
            upper, lower = sum(map(str.isupper, sample)), sum(map(str.islower, sample))
        self.capitals = upper > 0 and upper >= _CAPITALS_SHARE * (upper + lower)
        kinds = set(map(attrgetter("kind"), lines))
        self.cable = not kinds.isdisjoint(("cable-page", "cable-head"))
        self.unspaced = self._is_unspaced()
        self.numbering = Numbering(text, lines)
        self.out: list[Draft] = []

    def _is_unspaced(self) -> bool:
        """R31: hardly an empty line, and lines too long to be typed ones."""
        lines = self.lines
        if sum(map(bool, map(attrgetter("blank"), lines))) > 2 + 0.5 * len(lines):
            return False
        body = [line for line in lines if line.kind not in LIFTED]
        blanks = sum(1 for line in body if line.blank)
        rows = sum(line.rows for line in body)
        if rows < 3 or blanks > _FEW_BLANKS * rows:
            return False
        longest = max(line.end - line.tail for line in body)
        length = sum(line.end - line.start for line in body)
        return longest > LONG and length > 0.6 * LONG * rows

    def words(self, line: Line) -> str:
        return self.text[line.start : line.end]

    def form(self) -> list[Draft]:
        lines = self.lines
        k = 0
        chunk: list[int] = []
        torn = False
        while k < len(lines):
            line = lines[k]
            if not line.kind and chunk and not line.blank:
                chunk.append(k)
                k += 1
                continue
            if line.kind == "note":
                self._chunk(chunk)
                chunk = []
                k = self._note(k)
                torn = True
                continue
            if line.kind in LIFTED or line.kind == "rule":
                if not (k + 1 < len(lines) and lines[k + 1].same):
                    self._chunk(chunk)
                    chunk = []
                    torn = torn or line.kind != "rule"
                k += 1
                continue
            if line.blank and chunk and not line.same:
                self._chunk(chunk)
                chunk = []
            if line.kind in ("fence", "row", "drawn"):
                self._chunk(chunk)
                chunk = []
                if line.kind == "drawn":
                    self._new(Draft("paragraph", k, line))
                    k += 1
                else:
                    k = self._code(k) if line.kind == "fence" else self._table(k)
                torn = False
                continue
            if torn and not line.same:
                self._torn_at = k
            torn = False
            chunk.append(k)
            k += 1
        self._chunk(chunk)
        return join_drafts(self.text, self.out, capitals=self.capitals, cable=self.cable)

    def _new(self, draft: Draft, shape: Shape | None = None) -> Draft:
        if shape is not None:
            draft.kind, draft.role, draft.level = shape.kind, shape.role, shape.level
        draft.torn = draft.first == self._torn_at
        start, end = draft.parts[0]
        draft.width = visible_width(self.text[start:end]) if end - start <= 2 * WIDE[1] else 999
        self.out.append(draft)
        return draft

    def _note(self, k: int) -> int:
        line = self.lines[k]
        label, start = line.data if line.data else (None, line.start)
        draft = Draft("note", k, line, start)
        draft.n = label
        k += 1
        while k < len(self.lines) and self.lines[k].kind == "note" and self.lines[k].data is None:
            draft.add(k, self.lines[k])
            k += 1
        self._new(draft)
        return k

    def _code(self, k: int) -> int:
        lines = self.lines
        j = k + 1
        while j < len(lines) and lines[j].kind == "code":
            j += 1
        if j > k + 1:
            first, last = lines[k + 1], lines[j - 1]
            draft = Draft("code", k + 1, first)
            draft.parts = [(first.start, last.end)]
            draft.last = j - 1
            draft.role = lines[k].data or None
            self._new(draft)
        return j + 1 if j < len(lines) and lines[j].kind == "fence-end" else j

    def _table(self, k: int) -> int:
        """A pipe table: rows of cells; the line of dashes goes (R33)."""
        lines = self.lines
        draft = Draft("table", k, lines[k])
        rows = draft.rows
        j = k
        while j < len(lines) and lines[j].kind == "row" and (j == k or not lines[j].blank):
            words = self.words(lines[j])
            if not is_delimiter(words):
                cells = list(cells_of(self.text, lines[j].start, lines[j].end))
                if cells:
                    rows.append(cells)
            draft.last = j
            j += 1
        if rows:
            self._new(draft)
        else:
            for i in range(k, j):
                lines[i].kind = "rule"
        return j

    def _chunk(self, chunk: list[int]) -> None:
        if not chunk:
            return
        lines = self.lines
        alone = len(chunk) == 1
        keep = (
            len(chunk) > 1
            and all(lines[k].end - lines[k].start < NARROW for k in chunk)
            and self._keeps_lines(chunk)
        )
        block: Draft | None = None
        self._listing = False
        if self.numbering.open:
            self.numbering.new_chunk()
        for at, k in enumerate(chunk):
            line = lines[k]
            if line.same and self.out:
                block = self.out[-1] if block is None else block
                block.add(k, line)
                continue
            if (
                block is not None
                and block.kind == "paragraph"
                and "a" <= self.text[line.start] <= "z"
                and self._plainly_on(line, block)
            ):
                block.add(k, line)
                continue
            words = self.words(line) if line.end - line.start < 400 else self._head(line)
            block = self._line(k, line, words, block, at, alone=alone, keep=keep)

    def _head(self, line: Line) -> str:
        """A long line's two ends are enough to judge it by."""
        return self.text[line.start : line.start + 200] + self.text[line.end - 200 : line.end]

    def _line(
        self,
        k: int,
        line: Line,
        words: str,
        block: Draft | None,
        at: int,
        *,
        alone: bool,
        keep: bool,
    ) -> Draft:
        first = words[0]
        if line.kind == "cable-head":
            return self._new(Draft("header", k, line), Shape("header", "transmission"))
        if line.kind == "cable-level" and not label_of(_BULLET.sub("", words, count=1)):
            return self._new(Draft("header", k, line), Shape("header", "classification"))
        if first == "#":
            match = _HASHES.match(words)
            if match:
                draft = Draft("heading", k, line, line.start + match.end())
                tail = _CLOSING_HASHES.search(words)
                if tail and tail.start() > match.end():
                    draft.parts = [(line.start + match.end(), line.start + tail.start())]
                draft.marked = True
                return self._new(draft, Shape("heading", None, len(match[1])))
        if first in "-*+•·–":
            match = _BULLET.match(words)
            if match:
                draft = Draft("list-item", k, line, line.start + match.end())
                rest = words[match.end() :]
                if block is not None and block.kind == "list-item" and self._only_label(block):
                    # `- 1.` alone, then `- What …`: the number and its item (R33).
                    block.parts.append(draft.parts[0])
                    block.last, block.one_line = k, False
                    return block
                self._new(
                    draft, Shape("list-item", None, 1 + line.indent // 2 if line.indent > 1 else 1)
                )
                marked = marked_label(rest)
                draft.n = label_of(rest) if marked is None else marked[0]
                return draft
        if block is not None and block.kind == "list-item" and self._only_label(block):
            block.add(k, line)
            return block
        opening = None
        if not keep and may_be_labelled(words):
            opening = self._opening(k, words, block)
        if opening is not None:
            draft = self._new(Draft("paragraph", k, line))
            draft.n, draft.opens = opening or None, True
            return draft
        plain = bare(words)
        shape = self._shape(plain, line, block, alone=alone, keep=keep, at=at)
        if shape == Shape("heading", None, 3) and keep and not self._headed:
            shape = Shape("header")  # a name or place in an address or signature
        if self._listing and shape in _LISTED:
            shape = Shape("header")
        if shape is not None and shape.role == "field":
            self._listing = plain.endswith(":")
        if shape is not None and self.cable and shape.kind == "letterhead":
            shape = Shape("header", "transmission")  # FM, TO, INFO: no letterhead in a telegram
        if shape is not None:
            if shape.role == "field" and self.cable and " SUBJECT" in words:
                return self._run_together(k, line, words)
            if (
                block is not None
                and block.kind == "heading"
                and shape.kind == "heading"
                and (keep is False and shape.role is None and not self._ends_colon(block))
            ):
                block.add(k, line)
                return block
            return self._new(Draft(shape.kind, k, line), shape)
        if (
            block is not None
            and block.kind in ("paragraph", "list-item")
            and self._runs_on(line, block, k)
        ):
            block.add(k, line)
            return block
        if (
            block is not None
            and not line.blank
            and (block.role == "subject" or (block.role == "field" and opens_low(words)))
        ):
            block.add(k, line)
            return block
        if keep:
            return self._new(Draft("header", k, line), Shape("header"))
        return self._new(Draft("paragraph", k, line))

    def _only_label(self, block: Draft) -> bool:
        start, end = block.parts[-1]
        return block.n is not None and len(block.parts) == 1 and end - start <= len(block.n) + 2

    def _ends_colon(self, block: Draft) -> bool:
        start, end = block.parts[-1]
        return bare(self.text[start:end]).endswith(":")

    def _opening(self, k: int, words: str, block: Draft | None) -> str | None:
        """What `Numbering.opening` says of a line that might go on with `block`."""
        if block is None or block.kind not in ("paragraph", "list-item"):
            return self.numbering.opening(k, words, ended=True, after_mark=False)
        start, end = block.parts[-1]
        ended = self.unspaced or closes(self.text[max(start, end - 24) : end])
        after_mark = block.opens and block.n is None
        return self.numbering.opening(k, words, ended=ended, after_mark=after_mark)

    def _shape(
        self, plain: str, line: Line, block: Draft | None, *, alone: bool, keep: bool, at: int
    ) -> Shape | None:
        if block is not None and block.kind == "paragraph" and not keep:
            return None
        if line.end - line.start > 300:
            shape = shape_of(plain, alone=False)
            return shape if shape and shape.role in ("subject", "title") else None
        inside = block is not None and block.kind == "heading" and not keep
        shape = shape_of(plain, alone=alone or keep or (at == 0 and not self.unspaced) or inside)
        if shape is None:
            return None
        if shape.kind == "heading" and shape.role is None:
            if self.capitals and (not self._may_head() or ". " in plain):
                return None
            if (
                not alone
                and not keep
                and not inside
                and not plain.endswith(":")
                and not (is_capitals(plain))
            ):
                return None
            if not alone and not keep and not inside and is_capitals(plain) and self.capitals:
                return None
        return shape

    def _may_head(self) -> bool:
        """In an all-capitals text a heading can only follow what is complete (R32)."""
        for draft in reversed(self.out):
            if draft.kind == "note":
                continue
            if draft.kind not in ("paragraph", "list-item"):
                return True
            start, end = draft.parts[-1]
            return closes(self.text[max(start, end - 24) : end])
        return True

    def _run_together(self, k: int, line: Line, words: str) -> Draft:
        """A cable's `E.O. … TAGS: … SUBJECT: …` on one line: a block each."""
        cuts = [0, *(m.end() for m in _SUBJECT.finditer(words)), len(words)]
        draft = None
        for a, b in pairwise(cuts):
            part = words[a:b].rstrip()
            shape = shape_of(part, alone=False) or Shape("header", "field")
            draft = Draft(shape.kind, k, line)
            draft.parts = [(line.start + a, line.start + a + len(part))]
            self._new(draft, shape)
        assert draft is not None
        return draft

    def _keeps_lines(self, chunk: list[int]) -> bool:
        """Whether a chunk of short lines is a letterhead, address or signature."""
        shapes = []
        for at, k in enumerate(chunk):
            words = bare(self.words(self.lines[k]))
            shape = shape_of(words, alone=True)
            if at and opens_low(words) and (shape is None or shape.role != "field"):
                return False
            label = label_of(words)
            if (label and not (len(label) == 1 and label.isupper())) or words[:1] in _BULLETS:
                return False  # an initial is no number
            if words[:1] == "(" and marked_label(words) is not None:
                return False
            if closes(words) and plain_words(words) and not words.endswith(":"):
                return False
            shapes.append(shape)
        if any(s is not None and s.kind in ("letterhead", "header") for s in shapes):
            return True
        if any(s is not None and s.role == "subject" for s in shapes):
            return False
        # Lines in capitals are one heading; names and places keep their lines.
        self._headed = any(self._colon(k) for k in chunk)
        capitals = all(s is not None and s.kind == "heading" and s.level == 2 for s in shapes)
        return not capitals or self._headed

    def _colon(self, k: int) -> bool:
        return bare(self.words(self.lines[k])).endswith(":")

    def _plainly_on(self, line: Line, block: Draft) -> bool:
        """The commonest case of `_runs_on`: a typed line in the middle of a paragraph."""
        before = self.lines[block.last]
        return (
            line.kind == ""
            and line.indent < before.indent + 3
            and NARROW < before.end - before.tail <= LONG
            and not self.unspaced
            and self.text[line.start + 1 : line.start + 2] not in (".", ")")
            and not (self.text[line.start] in "ivx" and _ROMAN_ITEM.match(self.text, line.start))
        )

    def _runs_on(self, line: Line, block: Draft, k: int) -> bool:
        """Whether a line goes on with the paragraph before it, in the same chunk."""
        before = self.lines[block.last]
        tail = self.text[max(before.start, before.end - 24) : before.end]
        if self.unspaced or before.end - before.tail > LONG:
            head = self.text[line.start : line.start + 40]
            return not closes(tail) and opens_low(head)
        return not (line.indent >= before.indent + 3 and closes(tail) and before is not line)
