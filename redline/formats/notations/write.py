"""Writes a document in a notation that a table can say.

What is written is the native notation of the document with other marks: inside its blocks the
words, each space where its readings have it, between them the lines as they stand. So the
layout is read again as it was.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise

from redline.diagnostics import FormatError
from redline.formats.notations.ends import parted
from redline.formats.notations.literal import is_literal, write_literal
from redline.formats.notations.signs import Signs
from redline.model import Block, Document
from redline.notation.native import parse_source
from redline.notation.render import code_span
from redline.notation.write import to_native
from redline.source import Source
from redline.spans import ADDITION, DELETION, HIDDEN, Span, runs

__all__ = ["as_native", "in_native", "write_text"]

Range = tuple[int, int]
_WHOLE = frozenset({"gap", "unclear", "superscript", "space", "math", "code"}) | HIDDEN
_STRUCK = re.compile(r"~~(.+?)~~(?:\{[^{}]*\})?|\^(?:\{(.+?)\}|<(.+?)>)(?:\{[^{}]*\})?")
_ASIDE = re.compile(r"\[(\w+)(?: note)?: ?(.*)\]\Z", re.DOTALL)
_BLANK = " \t\r\n\f"
#: Stands for what makes an address of words: native notation sees no marks in one (R5).
_HIDDEN = "\U0010fffd//"
_HEADING = re.compile(r"#{1,6}[ \t]+\Z")
_EMPHASIS = re.compile(r"\*+(?=[^\s*])|(?<=[^\s*])\*+|^#{1,6}[ \t]+", re.MULTILINE)
_FENCE = re.compile(r"(?:^|(?<=[\r\n]))[ \t]*(?:`{3,}|~{3,})[^\r\n]*(?:\r\n|[\n\r])\Z")
_FENCE_END = re.compile(r"\A(?:\r\n|[\n\r])[ \t]*(?:`{3,}|~{3,})[ \t]*")
_BULLET = re.compile(r"(?:^|(?<=[\r\n]))[ \t]*[*+•]([ \t]+)\Z")
_LAST_LINE = re.compile(r"[^\r\n\f]{0,16}\Z")
#: Characters whose backslash Markdown needs too.
_MARKDOWN = frozenset("\\*[]_`#|$<>")


def as_native(document: Document) -> Document:
    """The document as one of native notation, without what an editor decided."""
    if document.format == "native" and not document.edited and not document.decisions:
        return document
    name = document.source.name
    for address in ("://", _HIDDEN):
        if document.native is not None and not document.edited and not document.decisions:
            text = document.native.replace("://", address)
            found = parse_source(Source(text, name))
            if all(_words(found, stage) == _words(document, stage) for stage in ("draft", "final")):
                return found
        try:
            shown = replace(document, text=document.text.replace("://", address))
            return parse_source(Source(in_native(shown), name))
        except FormatError as fault:
            if address == _HIDDEN or "://" not in document.text:
                raise
            del fault  # revisions in an address, or at its end
    raise AssertionError("one of the two was returned or raised")


def in_native(document: Document) -> str:
    """The document in native notation, of which the ends of paragraphs stand in all readings.

    Raises `FormatError` where no notation was found that reads as the document does.
    """
    return to_native(parted(document) if document.format != "native" else document)


def _words(document: Document, stage: str) -> str:
    return "".join(document.reading(stage).text.replace(_HIDDEN, "://").split())


def write_text(document: Document, signs: Signs) -> str:
    """The document in the notation of `signs`."""
    if is_literal(document):
        return write_literal(document, signs)
    return _Writer(as_native(document), signs).text().replace(_HIDDEN, "://")


def _ranged(span: Span) -> Range:
    return span.start, -span.end


def _parts(piece: str) -> bool:
    """Whether a piece stands on lines of its own."""
    return piece[:1] in ("\n", "\r", "\f") and piece[-1:] in ("\n", "\r", "\f")


class _Writer:
    def __init__(self, document: Document, signs: Signs) -> None:
        self.document = document
        self.source = document.source.text
        self.signs = signs
        self.starts = [span.start for span in document.spans]
        origin = document.origin
        self.segments = list(origin.segments())
        self.begins = [row[0] for row in self.segments]
        self.labels = {note.reference: note.n for note in document.notes if note.reference}
        self.whole = _WHOLE | signs.whole.keys()
        #: where in the line the opening sign of a span stands; new words of which the old ones
        #: stand in the same mark
        self.opened: dict[int, int] = {}
        self.subs: set[int] = set()

    @cached_property
    def _furniture(self) -> list[Range]:
        return sorted(
            self.document.extent(k)
            for k, span in enumerate(self.document.spans)
            if span.kind in ("furniture", "pagemark") and span.start < span.end
        )

    # -- the document -----------------------------------------------------------------------

    def text(self) -> str:
        """All of it."""
        out: list[str] = []
        at = 0
        code = False  # the block before was code, in a notation without fences
        for block, (first, last), (start, end) in self._leaves():
            if first < at:
                continue
            between = self._between(at, first)
            if code:
                between = _FENCE_END.sub("", between)
            code = block.kind == "code" and not self.signs.markdown
            out.append(self._head(block, between))
            line = self._inline(start, end, block)
            if block.kind == "heading" and self.signs.headings and _HEADING.search(between):
                level = min(block.level or 1, len(self.signs.headings))
                line = self.signs.headings[level - 1].format(" ".join(line.split()))
            out.append(line)
            at = last
        rest = self._between(at, len(self.source))
        out.append(_FENCE_END.sub("", rest) if code else rest)
        return "".join(out)

    def _leaves(self) -> Iterator[tuple[Block, Range, Range]]:
        """Blocks and cells with their ranges in the source and in the text, in order."""
        for block in sorted(self.document.blocks, key=lambda block: block.span):
            if not block.cells:
                yield block, block.span, (block.start, block.end)
                continue
            for row in block.cells:
                for start, end in row:
                    if start == end:
                        continue
                    first, last = self.document.origin.source_span(start, end)
                    k = bisect_left(self.starts, start)
                    while k < len(self.starts) and self.starts[k] < end:
                        a, b = self.document.extent(k)
                        first, last = min(first, a), max(last, b)
                        k += 1
                    if first and self.source[first - 1] == "\\":
                        first -= 1
                    yield block, (first, last), (start, end)

    def _head(self, block: Block, between: str) -> str:
        """What stands before a block, with the signs of its kind."""
        if block.kind == "note" and block.n:
            return f"{_LAST_LINE.sub('', between)}[^{block.n}]: "
        if not self.signs.markdown:
            if block.kind == "heading":
                return _HEADING.sub("", between)
            if block.kind == "code":
                return _FENCE.sub("", between)
            if block.kind == "list-item":
                return _BULLET.sub(r"-\1", between)
        return between

    def _between(self, first: int, last: int) -> str:
        """Source between blocks: apparatus has its strikes in signs of the notation."""
        self.source[first:last]
        out: list[str] = []
        at = first
        k = bisect_left(self._furniture, (first, first))
        while k < len(self._furniture) and self._furniture[k][0] < last:
            a, b = self._furniture[k]
            k += 1
            if a < at or b > last:
                continue
            out += (self.source[at:a], self._apparatus(self.source[a:b]))
            at = b
        return "".join(out) + self.source[at:last]

    def _apparatus(self, words: str) -> str:
        marks = self.signs.marks
        if not self.signs.markdown:
            words = _EMPHASIS.sub("", words)

        def sign(match: re.Match[str]) -> str:
            kind = DELETION if match[1] is not None else ADDITION
            inner = match[1] or match[2] or match[3]
            before, after = marks.get(kind, ("", ""))
            return f"{before}{inner}{after}"

        return _STRUCK.sub(sign, words)

    # -- one block --------------------------------------------------------------------------

    def _inline(self, start: int, end: int, block: Block) -> str:
        document, signs = self.document, self.signs
        low = bisect_left(self.starts, start)
        high = bisect_left(self.starts, end)
        spans = list(document.spans[low:high])
        numbers = {id(span): low + k for k, span in enumerate(spans)}
        if block.kind == "note":  # the block's own span hides it
            spans = [s for s in spans if s.kind != "note" or s.start != start]
        if block.kind == "code":
            return document.text[start:end]
        out: list[str] = []
        stack: list[Span] = []
        done: set[int] = set()
        apart = False
        for run in runs(spans, start, end):
            first, last = max(run.start, start), min(run.end, end)
            if first >= last:
                continue
            wanted = [s for s in run.spans if s.kind in signs.marks and s.kind not in self.whole]
            wanted.sort(key=_ranged)
            self._marks(out, stack, wanted, numbers)
            whole = next((s for s in run.spans if s.kind in self.whole), None)
            if whole is None:
                words = self._copied(first, last)
                first = len(out)  # the first of the signs that have just been opened
                for span in reversed(wanted):
                    if self.opened.get(id(span)) != first - 1:
                        break
                    first -= 1
                if first < len(out) and self._trims(wanted[-1]):
                    bare = words.lstrip(_BLANK)
                    out[first] = words[: len(words) - len(bare)] + out[first]
                    words = bare
                out.append(words.lstrip(_BLANK) if apart else words)
                apart = apart and not words.strip(_BLANK)
            elif id(whole) not in done:
                done.add(id(whole))
                piece = self._piece(numbers[id(whole)])
                if whole.kind in ("furniture", "pagemark") or _parts(piece):
                    # It has the white space around it.
                    while out and not out[-1].strip(_BLANK):
                        out.pop()
                    if out:
                        out[-1] = out[-1].rstrip(_BLANK)
                    apart = True
                out.append(piece)
        self._marks(out, stack, [], numbers)
        return "".join(out)

    def _trims(self, span: Span) -> bool:
        """Whether no white space may stand at its inner edges."""
        return self.signs.trim or span.kind not in (DELETION, ADDITION)

    def _marks(
        self, out: list[str], stack: list[Span], wanted: Sequence[Span], numbers: Mapping[int, int]
    ) -> None:
        """Close and open marks until just these are open."""
        common = 0
        while common < min(len(wanted), len(stack)) and stack[common] is wanted[common]:
            common += 1
        shut = stack[common:]
        for span in reversed(shut):
            sign = self._signs(span, numbers)[1]
            if self._trims(span) and out:
                bare = out[-1].rstrip(_BLANK)
                sign += out[-1][len(bare) :]
                out[-1] = bare
            out.append(sign)
        out += [self._signs(span, numbers)[0] for span in wanted[common:]]
        if (
            self.signs.sub
            and len(shut) == 1
            and len(wanted) == common + 1
            and self._divided(shut[0], wanted[common], out)
        ):
            begin, middle, _ = self.signs.sub
            del out[-2:]
            at = self.opened[id(shut[0])]
            out[at] = begin
            out.append(middle)
            self.subs.add(id(wanted[common]))
        for span in wanted[common:]:
            self.opened[id(span)] = len(out) - 1
        stack[common:] = wanted[common:]

    def _divided(self, old: Span, new: Span, out: Sequence[str]) -> bool:
        """Whether these are old and new words of one act, with nothing else in the old ones."""
        if (old.kind, new.kind) != (DELETION, ADDITION) or old.id != new.id:
            return False
        at = self.opened.get(id(old), -1)
        inner = "".join(out[at + 1 : -2])
        return at >= 0 and id(old) not in self.subs and not any(
            sign in inner for pair in self.signs.marks.values() for sign in pair if len(sign) > 1
        )

    def _signs(self, span: Span, numbers: Mapping[int, int]) -> tuple[str, str]:
        before, after = self.signs.marks[span.kind]
        if id(span) in self.subs and self.signs.sub:
            after = self.signs.sub[2]
        if span.kind not in (DELETION, ADDITION):
            return before, after
        if self.signs.sign is not None:
            before, after = self.signs.sign(
                self.document, self.document.act_of[span.id], span.kind
            )
        goes, comes = self._going
        number = numbers[id(span)]
        return "" if number in comes else before, "" if number in goes else after

    @cached_property
    def _going(self) -> tuple[set[int], set[int]]:
        """Parts of revisions that go on in the next paragraph, and those they go on in."""
        goes: set[int] = set()
        comes: set[int] = set()
        document = self.document
        for act in document.acts if self.signs.paragraphs else ():
            if act.kind not in ("deletion", "addition"):
                continue
            for one, other in pairwise(act.parts):
                between = self.source[document.extent(one)[1] : document.extent(other)[0]]
                if document.spans[one].kind == document.spans[other].kind and between.isspace():
                    goes.add(one)
                    comes.add(other)
            if self._within_lines(act.parts[0], act.parts[-1]):
                # The end of a paragraph would be in the mark, and the paragraphs one without it.
                goes -= set(act.parts)
                comes -= set(act.parts)
        return goes, comes

    def _within_lines(self, first: int, last: int) -> bool:
        """Whether words stand before the one span and after the other, on their lines."""
        start, end = self.document.extent(first)[0], self.document.extent(last)[1]
        line = self.source.rfind("\n", 0, start) + 1
        stop = self.source.find("\n", end)
        after = self.source[end:stop] if stop >= 0 else self.source[end:]
        return bool(self.source[line:start].strip() and after.strip())

    def _piece(self, k: int) -> str:
        """A span that is written in one piece."""
        start, end, kind, _ = self.document.spans[k]
        first, last = self.document.extent(k)
        verbatim = self.source[first:last]
        form = self.signs.whole.get(kind)
        if kind == "note":
            aside = _ASIDE.match(verbatim)
            if aside is None:
                return self._note(start, first, last)
            return self.signs.note.format(aside[2]) if self.signs.note else verbatim
        words = self.document.text[start:end]
        if kind == "superscript":
            # Others than letters are raised characters of their own.
            return form.format(words) if isinstance(form, str) and words.isalpha() else words
        if callable(form):
            return form(words)
        if form is not None:
            return form.format(self.signs.escape(words))
        if kind == "unclear":
            return f"[{self.signs.escape(words)}?]"
        if kind == "noteref":
            return f"[^{self.labels.get((first, last)) or self.document.text[start:end]}]"
        if kind == "code" and self.signs.markdown:
            return code_span(verbatim)
        if kind == "softhyphen":
            return self._unbroken(k)
        if kind in ("furniture", "pagemark"):
            return self._set_apart(first, last)
        return verbatim or self.document.text[start:end]

    def _unbroken(self, k: int) -> str:
        """A hyphen at a line's end, and the line end that no reading has."""
        _, end, _, _ = self.document.spans[k]
        j = bisect_left(self.begins, end)
        last = self.segments[j][2] if j < len(self.segments) else self.document.extent(k)[1]
        between = self.source[self.document.extent(k)[0] : last]
        return between if not between.strip("-¬\u00ad \t\r\n") else between[:1] + "\n"

    def _note(self, start: int, first: int, last: int) -> str:
        """A note's body that stands inside a paragraph, which goes on after it."""
        k = bisect_left(self._bodies, (start,))
        if k == len(self._bodies) or self._bodies[k][0] != start:
            return self.source[first:last]
        block = self._bodies[k][1]
        begin, end = self._widened(first, last)
        line = self.source.rfind("\n", 0, first) + 1
        head = self._head(block, self.source[min(begin, line) : first])
        # The rule above the notes, or what else stands between the text and the note.
        return head + self._inline(block.start, block.end, block) + self.source[last:end]

    @cached_property
    def _bodies(self) -> list[tuple[int, Block]]:
        notes = [(block.start, block) for block in self.document.blocks if block.kind == "note"]
        return sorted(notes, key=lambda row: row[0])

    def _widened(self, first: int, last: int) -> Range:
        """A source range with the white space around it."""
        while first and self.source[first - 1].isspace():
            first -= 1
        while last < len(self.source) and self.source[last].isspace():
            last += 1
        return first, last

    def _set_apart(self, first: int, last: int) -> str:
        """Apparatus with the white space of the source around it."""
        begin, end = self._widened(first, last)
        return self.source[begin:first] + self._apparatus(self.source[first:last]) + (
            self.source[last:end]
        )

    def _copied(self, start: int, end: int) -> str:
        """Text as the source has it: its own line ends, and backslashes that are needed."""
        out: list[str] = []
        k = max(0, bisect_right(self.begins, start) - 1)
        text = self.document.text
        while k < len(self.segments) and self.segments[k][0] < end:
            at, stop, first, last = self.segments[k]
            a, b = max(at, start), min(stop, end)
            if last - first == stop - at:
                words = self.source[first + a - at : first + b - at]
                if self.signs.markdown and first and self.source[first - 1] == "\\" and (
                    a == at and words[:1] in _MARKDOWN
                ):
                    out.append("\\")
                out.append(words)
            elif first < last and not self.source[first:last].strip() and stop - at == 1:
                out.append(self.source[first:last])
            else:
                out.append(text[a:b])
            k += 1
        return self.signs.escape("".join(out))
