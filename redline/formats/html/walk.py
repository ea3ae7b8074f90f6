"""The tags of a fragment, followed: what each element does to the text, the spans, the blocks."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape

from redline.formats.html.said import level_of, marking_of, sure
from redline.formats.html.tags import (
    APART,
    ATTRIBUTE,
    BLOCKS,
    CELLS,
    CLASSES,
    DUMB,
    INLINE,
    REFERENCE,
    REVISED,
    ROLES,
    TAG,
    VOID,
    Attributes,
    Leaf,
    Open,
    Parts,
)
from redline.formats.tei.read.build import Builder
from redline.formats.tei.read.scan import MAX_DEPTH as MAX_OPEN
from redline.formats.tei.read.scan import refuse
from redline.model import Block, Furniture, Marking, Note, Page
from redline.source import Source
from redline.spans import MAX_DEPTH

__all__ = ["Walker"]

_BLANK = re.compile(r"[ \t\r\n]*+")


class Walker:
    """Follows the tags of the first fragment of a page.

    Not the standard library's parser: that one takes quadratic time for tags that do not end,
    and lxml's does not say where an element stands.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.raw = source.text
        self.at = 0  # where the tag begins that is looked at
        self.build = Builder(source)
        self.found = False
        self.live = False
        self.said: Attributes = {}
        #: Open elements: name, what closes it, its attributes.
        self.stack: list[Open] = []
        self.names: Counter[str] = Counter()
        self.dumb = 0  # elements around whose text is no words
        self.apart = 0  # elements around whose text is not of the paper
        self.hidden = 0  # elements around that are hidden spans
        self.depth = 0
        self.block: Leaf | None = None
        self.blocks: list[Block] = []
        self.table: list[list[tuple[int, int]]] | None = None
        self.pages: list[Page] = []
        self.notes: dict[str, Note] = {}
        self.markings: list[Marking] = []
        self.furniture: list[Furniture] = []
        self.acts: dict[str, Parts] = {}
        self.within: list[str] = []
        self.pieces: dict[tuple[str, str, str], tuple[int, int]] = {}
        self.seen = 0  # characters of the paper so far
        self.made = 0

    # -- tags ---------------------------------------------------------------------------------

    def walk(self) -> None:
        """Follow all tags. Raises `FormatError` for a tag that does not end."""
        raw, at = self.raw, 0
        while self.live or not self.found:
            self.at = start = raw.find("<", at)
            if start < 0:
                self._text(at, len(raw))
                break
            following = raw[start + 1 : start + 3]
            if not following[:1].isalpha() and following[:1] not in ("/", "!", "?"):
                start += 1  # a character like any other
                self._text(at, start)
                at = start
                continue
            self._text(at, start)
            self.at = start
            at = self._tag(start, following)
        while self.stack:
            self._pop(len(raw))

    def _tag(self, start: int, following: str) -> int:
        """What begins with ``<`` at `start`; where it ends."""
        if following[:1] in ("!", "?") or (not following[-1:].isalpha() and following[:1] == "/"):
            # A comment or a declaration.
            return self._after("-->" if self.raw.startswith("<!--", start) else ">", start)
        match = TAG.match(self.raw, start)
        if match is None:
            raise refuse(self.source, start, "a tag that does not end", "write < as &lt; there")
        end = match.end()
        tag = match[2].lower()
        if match[1]:
            self._end(tag, end)
            return end
        attributes: Attributes = {}
        for name, *values in ATTRIBUTE.findall(match[3]):
            value = next(filter(None, values), "")
            attributes.setdefault(name.lower(), unescape(value) if "&" in value else value)
        self._start(tag, attributes, start, end)
        if match[3].endswith("/") and tag not in VOID and tag not in DUMB:
            self._end(tag, end)  # an empty element, as XML has it
        elif tag in DUMB:
            return self._after(f"</{tag}", end)
        return end

    def _after(self, mark: str, start: int) -> int:
        """Where what ends with `mark` ends; before the mark where that is a tag."""
        match = re.compile(re.escape(mark), re.IGNORECASE).search(self.raw, start)
        if match is None:
            raise refuse(self.source, start, f"no {mark} after it", "the file seems to be cut off")
        return match.start() if mark.startswith("</") else match.end()

    def _start(self, tag: str, attributes: Attributes, start: int, end: int) -> None:
        if not self.live:
            if not self.found and "data-redline" in attributes:
                self.found = self.live = True
                self.said = attributes
                self._push(tag, "root", attributes, -1)
        elif tag not in VOID:
            self._open(tag, attributes, start, end)
        elif tag == "br" and self.block is not None:
            self.build.fold("\n" if self.block.verbatim else " ", start, end)

    def _end(self, tag: str, at: int) -> None:
        """A tag that closes: with it whatever was left open in its element."""
        while self.live and self.names[tag]:
            if self._pop(at) == tag:
                return

    def _push(self, tag: str, role: str, attributes: Attributes, span: int) -> None:
        if len(self.stack) >= MAX_OPEN:
            raise refuse(self.source, self.at, f"elements nested deeper than {MAX_OPEN}",
                         "no text needs that; look at what made the file")
        self.names[tag] += 1
        self.stack.append(Open(tag, role, attributes, span, self.at, self.build.length))

    def _pop(self, at: int) -> str:
        top = self.stack.pop()
        self.names[top.tag] -= 1
        closer = getattr(self, f"_close_{top.role}", None)
        if closer is not None:
            closer(top, at)
        return top.tag

    def _open(self, tag: str, attributes: Attributes, start: int, end: int) -> None:
        classes = set((attributes.get("class") or "").split())
        if tag in DUMB:
            self.dumb += 1
            self._push(tag, "dumb", attributes, -1)
        elif attributes.get("data-page") is not None:
            self._page(attributes, start)
            self._push(tag, "plain", attributes, -1)
        elif attributes.get("data-marking") is not None and (self.apart or APART & classes):
            self._hide(tag, "marking", "furniture", attributes, start, end)
        elif APART & classes:
            self.apart += 1
            self._push(tag, "apart", attributes, -1)
        elif self.apart or self.hidden:
            self._push(tag, "plain", attributes, -1)
        elif "noteref" in classes:
            self._reference(tag, attributes, start, end)
        elif attributes.get("data-note") is not None:
            self._finish(start)
            self._note(tag, attributes, start, end)
        elif tag == "table" and self.table is None:
            self._finish(start)
            self.table = []
            self._push(tag, "table", attributes, -1)
        elif tag == "tr" and self.table is not None:
            self.table.append([])
            self._push(tag, "plain", attributes, -1)
        elif tag in CELLS and self.table:
            self._begin(tag, "cell", attributes, start)
        elif tag in BLOCKS and not self.table and not (tag == "p" and self.names["li"]):
            self._begin(tag, "block", attributes, start)
        elif tag in REVISED:
            self._part(tag, attributes, start, end)
        elif attributes.get("data-marking") is not None:
            self._push(tag, "mark", attributes, -1)
        else:
            kind = INLINE.get(tag) or next((CLASSES[c] for c in classes if c in CLASSES), None)
            span = -1
            if kind and self._block_here(start) and self.depth < MAX_DEPTH:
                span = self.build.open(kind, "", start, end)
                self.depth += 1
            self._push(tag, "span" if span >= 0 else "plain", attributes, span)

    # -- text ---------------------------------------------------------------------------------

    def _text(self, start: int, end: int) -> None:
        """Words, or the white space between two tags."""
        if start == end or not self._words_here(start, end):
            return
        block, raw = self.block, self.raw
        if block is not None and block.tag == "pre" and self.build.length == block.start:
            start += raw.startswith("\n", start)  # the line end that HTML leaves out
        if block is not None and block.kind == "note" and self.build.length == block.start:
            start = min(end, _end_of_blank(raw, start))  # what parts it from its label
        verbatim = block is not None and block.verbatim
        at = start
        if raw.find("&", start, end) >= 0:
            for match in REFERENCE.finditer(raw, start, end):
                found = unescape(match[0])
                if found != match[0]:
                    self.build.words(at, match.start(), verbatim=verbatim, literal=True)
                    self.build.fold(found, *match.span())
                    at = match.end()
        self.build.words(at, end, verbatim=verbatim, literal=True)
        self._count(end - start)

    def _words_here(self, start: int, end: int) -> bool:
        if not self.live or self.dumb or (self.apart and not self.hidden):
            return False
        if self.hidden or self.block is not None:
            return True
        return not self.raw[start:end].isspace() and self._block_here(start)

    def _count(self, size: int) -> None:
        if not self.hidden:
            self.seen += size

    def _block_here(self, start: int) -> bool:
        """Words that stand in no block are a paragraph."""
        if self.block is None and self.table is None:
            self.block = Leaf("", "paragraph", {}, start, self.build.length)
        return self.block is not None

    # -- blocks -------------------------------------------------------------------------------

    def _begin(self, tag: str, role: str, attributes: Attributes, start: int) -> None:
        self._finish(start)
        self._push(tag, role, attributes, -1)
        kind = attributes.get("data-kind") or BLOCKS.get(tag, "paragraph")
        self.block = Leaf(tag, kind, attributes, start, self.build.length)

    def _finish(self, at: int) -> None:
        """The open block ends; so do the elements in it that nobody closed."""
        block = self.block
        if block is None:
            return
        if block.tag:
            while self.stack[-1].role not in ROLES:
                self._pop(at)
            self._pop(at)
        else:
            self._end_block(at)

    def _end_block(self, at: int) -> None:
        block, self.block = self.block, None
        if block is None:
            return
        start, end = block.start, self.build.length
        if self.table:
            self.table[-1].append((start, end))
        elif end > start:
            get = block.attributes.get
            level = level_of(get("data-level"))
            if level is None and block.kind in ("heading", "list-item"):
                level = max(1, int(block.tag[1]) - 1) if block.tag[1:].isdecimal() else 1
            role = get("data-role") or None
            self.blocks.append(
                Block("", block.kind, get("data-n") or None, level, 1, (block.source, at), start,
                      end, role)
            )
        self.build.supply("\n", at)

    def _close_block(self, _: Open, at: int) -> None:
        self._end_block(at)

    _close_cell = _close_block

    def _close_table(self, top: Open, at: int) -> None:
        self._finish(at)
        rows = [tuple(row) for row in self.table or () if row]
        self.table = None
        if rows:
            first, last = rows[0][0][0], rows[-1][-1][1]
            self.blocks.append(
                Block("", "table", top.attributes.get("data-n"), None, 1, (top.source, at), first,
                      last, cells=tuple(rows))
            )

    def _close_dumb(self, _: Open, at: int) -> None:
        self.dumb -= 1

    def _close_apart(self, _: Open, at: int) -> None:
        self.apart -= 1

    def _close_root(self, _: Open, at: int) -> None:
        if self.block is not None:
            self._end_block(at)
        self.live = False

    # -- spans --------------------------------------------------------------------------------

    def _close_span(self, top: Open, at: int) -> None:
        self.depth -= 1
        self.build.close(top.span, at)

    def _part(self, tag: str, attributes: Attributes, start: int, end: int) -> None:
        if not self._block_here(start) or self.depth >= MAX_DEPTH:
            self._push(tag, "plain", attributes, -1)
            return
        kind = REVISED[tag]
        id_ = attributes.get("data-revision") or self._new_id()
        key = (id_, tag, attributes.get("data-part") or "0")
        span, seen = self.pieces.get(key, (-1, -1))
        if span >= 0 and seen == self.seen and id_ not in self.within:
            pass  # it goes on: nothing of the paper stood between
        else:
            span = self.build.open(kind, id_, start, end)
            act = self.acts.get(id_)
            if act is None:
                near = self.within[-1] if self.within else None
                act = self.acts[id_] = Parts(attributes, near)
            act.spans.append((span, kind))
        self.depth += 1
        self.within.append(id_)
        self.pieces[key] = span, -1
        self._push(tag, "part", attributes, span)
        self.stack[-1].key = key

    def _close_part(self, top: Open, at: int) -> None:
        self.depth -= 1
        self.within.pop()
        self.build.close(top.span, at)
        self.pieces[top.key] = top.span, self.seen

    def _new_id(self) -> str:
        self.made += 1
        return f"html-{self.made}"

    def _hide(
        self, tag: str, role: str, kind: str, attributes: Attributes, start: int, end: int
    ) -> None:
        id_ = f"f{len(self.furniture) + 1}" if kind == "furniture" else ""
        span = self.build.open(kind, id_, start, end)
        if kind == "furniture":
            of = attributes.get("data-kind") or "furniture"
            at = self.build.length
            page = max(1, len(self.pages))
            self.furniture.append(Furniture(id_, of, page, "top", None, (start, end), at, at))
        self.hidden += 1
        self._push(tag, role, attributes, span)

    def _close_marking(self, top: Open, at: int) -> None:
        self.hidden -= 1
        self.build.close(top.span, at)
        row = self.furniture[-1]._replace(span=(top.source, at), end=self.build.length)
        made = self._made(top, at)
        if made is None:
            self.furniture[-1] = row
        else:
            self.furniture.pop()  # a marking is no other furniture
        if self.block is None:
            self.build.supply("\n", at)

    def _close_mark(self, top: Open, at: int) -> None:
        self._made(top, at)

    def _made(self, top: Open, at: int) -> Marking | None:
        get = top.attributes.get
        made = marking_of(
            get("data-marking") or f"m{len(self.markings) + 1}",
            get("data-kind") or "banner",
            get("data-said"),
            max(1, len(self.pages)),
            (top.length, self.build.length),
            (top.source, at),
        )
        if made is not None:
            self.markings.append(made)
        return made

    def _page(self, attributes: Attributes, start: int) -> None:
        at = self.build.length
        n = len(self.pages) + 1
        evidence = tuple((attributes.get("data-evidence") or "page-mark").split())
        label = attributes.get("data-label") or None
        if n > 1:
            self.build.open("pb", f"p{n}", start, start)
        self.pages.append(
            Page(n, label, (start, start), sure(attributes.get("data-cert")), evidence, at, at)
        )

    def _reference(self, tag: str, attributes: Attributes, start: int, end: int) -> None:
        get = attributes.get
        name = get("data-ref") or (get("id") or "").removeprefix("ref-") or self._new_id()
        self._block_here(start)
        span = self.build.open("noteref", name, start, end)
        if name not in self.notes:
            kind = get("data-kind") or "footnote"
            at = self.build.length
            self.notes[name] = Note(name, get("data-n"), kind, (start, end), None, at, None, None)
        self.hidden += 1
        self._push(tag, "reference", attributes, span)

    def _close_reference(self, top: Open, at: int) -> None:
        self.hidden -= 1
        self.build.close(top.span, at)

    def _note(self, tag: str, attributes: Attributes, start: int, end: int) -> None:
        name = attributes.get("data-note") or self._new_id()
        span = self.build.open("note", name, start, end)
        self._push(tag, "note", attributes, span)
        self.stack[-1].key = (name, "", "")
        self.block = Leaf("", "note", attributes, start, self.build.length)

    def _close_note(self, top: Open, at: int) -> None:
        get = top.attributes.get
        self.block = None
        self.build.close(top.span, at)
        name, start, end = top.key[0], top.length, self.build.length
        old = self.notes.get(name)
        self.notes[name] = Note(
            name,
            get("data-n"),
            get("data-kind") or "footnote",
            old.reference if old else None,
            (top.source, at),
            old.at if old else None,
            start,
            end,
        )
        if self.notes[name].kind == "footnote":  # others are no blocks of the paper
            self.blocks.append(
                Block("", "note", get("data-n"), None, 1, (top.source, at), start, end)
            )
        self.build.supply("\n", at)


def _end_of_blank(raw: str, start: int) -> int:
    found = _BLANK.match(raw, start)
    return found.end() if found else start
