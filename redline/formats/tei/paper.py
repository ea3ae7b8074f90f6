"""One document on its way into TEI: its text as XML has it, and the markup of what is in it."""

from __future__ import annotations

from bisect import bisect_left

from redline.edit.words import RULE
from redline.facts import Facts
from redline.formats.tei.acts import Acts
from redline.formats.tei.apparatus import ApparatusWriter, Written
from redline.formats.tei.careful import Careful
from redline.formats.tei.escape import Ids, attribute, is_plain, masked, unmasked
from redline.formats.tei.facsimile import Facsimile
from redline.formats.tei.inline import Marked, regraded, revised, segment, with_marks
from redline.formats.tei.items import Stretch
from redline.formats.tei.keep import elements
from redline.formats.tei.names import Element
from redline.formats.tei.notes import Notes, note_tags, reference
from redline.formats.tei.pointers import Pointers
from redline.formats.tei.quick import quick
from redline.formats.tei.splice import Frame
from redline.markings.fields import Context
from redline.model import Block, Document, Page

__all__ = ["Paper"]

#: Evidence by which the paper itself says that a page begins; the rest is inferred.
_SAID = frozenset({"start", "page-mark", "form-feed", "cable-page"})
_NOTHING = Written("", "")
#: What no reading shows and no edit of the text changes: out of a TEI file it comes verbatim.
_AS_IT_STANDS = frozenset({"furniture", "layout"})


class Paper:
    """Gives the content of blocks, and the markup of notes, furniture and page breaks."""

    def __init__(self, document: Document, facts: Facts, frame: Frame | None = None) -> None:
        self.frame = frame
        document, marks = with_marks(document) if frame is None else Marked(document, {})
        self.document = document
        self.spans = document.spans
        self.plain = is_plain(document.text)
        self.text = document.text if self.plain else masked(document.text)
        ids = Ids()
        for name in sorted(frame.taken()) if frame else ():
            ids.take(name)
        self.pointers = Pointers(document, ids)
        self.acts = Acts(document, self.pointers, ids)
        for k, mark in marks.items():
            levels = regraded(self.spans, k, mark, self.pointers)
            kept = bool(document.decisions) and any(
                self.acts.decided.get(self.acts.owner[n]) is False for n in revised(self.spans, k)
            )
            self.acts.mark(k, *segment(mark, self.pointers, kept=kept), levels)
        self.careful = Careful(self.text, self.spans, self.acts, self.pointers, ids)
        self.careful.elements = elements(document, prefixed=frame is not None)
        date = facts.date.when if facts.date is not None else None
        self.apparatus = ApparatusWriter(document, self.pointers, Context(date))
        self.notes = Notes(document)
        self.facsimile = Facsimile(document)
        self._pages = {f"p{page.n}": page for page in document.pages}
        self._labels = {page.label for page in document.pages if page.label}
        self._told: set[int] = set()
        self._remarked = {row.start for row in document.markings if row.rule == RULE}
        self._page_marks = {row.start: row.n for row in document.furniture}

    def content(self, start: int, end: int, first: int, last: int) -> str:
        """The content of a leaf block: text[start:end], in which spans[first:last] begin."""
        content = None
        if not self.careful.carried:
            if first == last:
                content = self.text[start:end]
            else:
                content = quick(self.text, self.spans, self.acts, start, end, first, last)
        if content is None:
            stretch = Stretch(start, end, first, last, closed=False)
            content = self.careful.content(stretch, self._markup)
        return content if self.plain else unmasked(content)

    def _markup(self, k: int) -> str:
        return self.hidden(k).markup

    def hidden(self, k: int) -> Written:
        """What stands for span k, which hides its text, or for a page break."""
        start, end, kind, id_ = self.spans[k]
        if kind in _AS_IT_STANDS and self.frame is not None and start not in self._remarked:
            found = self.frame.whole(*self.document.extent(k))
            if found is not None:
                return Written(*found)
        if kind == "furniture":
            return self.apparatus.write(start, end)
        if kind == "note":
            return self._note(k)
        if kind == "noteref":
            return self._reference(id_, self.document.text[start:end])
        if kind == "pagemark":
            # A label that the transcriber put in is the label of the page that begins there.
            known = self._page_marks.get(start) in self._labels
            return _NOTHING if known else self.apparatus.write(start, end)
        if kind == "space":
            return Written("<space/>", "space")
        if kind[:2] == "pb":
            return Written(self.page_break(self._pages.get(id_), kind), "pb")
        return _NOTHING

    def attributes(self, block: Block) -> str:
        """What a block of a TEI file said of itself, but for its kind and number."""
        if self.frame is None or block.span[0] in self._told:
            return ""
        self._told.add(block.span[0])
        return self.frame.attributes(block.span[0])

    # -- notes ------------------------------------------------------------------------------

    def _note(self, k: int) -> Written:
        note = self.notes.body.get(k)
        if note is not None and note.id in self.notes.at_reference:
            return _NOTHING
        element = note_tags(note, here=False)
        content = self._body(k, away=False)
        return self._filled(element, content)

    def _filled(self, element: Element, content: str) -> Written:
        if not self.plain:
            content = unmasked(content)
        return Written(f"{element.start}{content}{element.end}", element.name)

    def _reference(self, id_: str, label: str) -> Written:
        note = self.notes.by_id.get(id_)
        body = self.notes.at_reference.get(id_)
        if note is None or body is None:
            return Written(reference(note.n if note and note.n else label), "ptr")
        return self._filled(note_tags(note), self._body(body, away=True))

    def _body(self, k: int, *, away: bool) -> str:
        """The content of the note that span k hides; `away` from its place, without its pages."""
        start, end, _, _ = self.spans[k]
        last = bisect_left(self.spans, (end,), k + 1)
        while start < end and self.text[end - 1].isspace():
            end -= 1
        stretch = Stretch(start, end, k + 1, last, closed=True)
        return self.careful.content(stretch, self._markup_away if away else self._markup)

    def _markup_away(self, k: int) -> str:
        kind = self.spans[k].kind
        return "" if kind == "furniture" or kind[:2] == "pb" else self.hidden(k).markup


    # -- pages ------------------------------------------------------------------------------

    def page_break(self, page: Page | None, kind: str = "pb") -> str:
        """The `pb` with which a page begins: under its label, where the paper labels pages."""
        attributes = ""
        if page is not None:
            number = page.label if self._labels else str(page.n)
            if number:
                attributes = f' n="{attribute(number)}"'
            if _SAID.isdisjoint(page.evidence):
                attributes += f' ed="inferred" cert="{page.cert}"'
            attributes += self.facsimile.of_page(page)
        if kind != "pb":
            attributes += f' break="{kind[3:]}"'
        return f"<pb{attributes}/>"
