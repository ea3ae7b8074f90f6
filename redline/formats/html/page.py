"""Document → HTML: the page around the words."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator

from redline.formats.html.inline import Words
from redline.formats.html.style import STYLE
from redline.formats.tei.escape import attribute, escape, storable
from redline.model import Block, Document, Marking, Note, Page
from redline.reading import VERBATIM, apart

__all__ = ["to_html"]

_VIEWS = (("marked", "Revisions in place"), ("draft", "Draft"), ("final", "Final text"))
_COUNTED = {
    "deletion": "deleted",
    "addition": "added",
    "substitution": "replaced",
    "transposition": "moved",
}
_DEEPEST = 6


def to_html(document: Document) -> str:
    """The document as a page. Its markup is well-formed XML, too.

    Characters that HTML cannot hold come out as U+FFFD.
    """
    return "".join(_Page(document).parts())


class _Page:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.words = Words(document)
        self.turns = [page.start for page in document.pages]
        self.turned = 0
        #: Stamps, releases and what else is read with the paper but not in its text.
        self.aside = [
            (marking.start, marking)
            for marking in apart(document)
            if marking.kind != "banner" and marking.end > marking.start
        ]
        self.banners: dict[int, set[str]] = {}
        for marking in document.markings:
            if marking.kind == "banner" and (marking.was or marking.is_):
                said = _change(marking.was, marking.is_)
                self.banners.setdefault(marking.page, set()).add(said)
        self.put = 0

    def parts(self) -> Iterator[str]:
        """The page, a piece at a time."""
        name = _words(self.document.source.name)
        yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8"/>\n'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
        yield f"<title>{name}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n"
        yield f"<header>\n<h1>{name}</h1>\n{self._level()}"
        yield f'<p class="quiet">{self._counts()}</p>\n'
        if self.document.acts:
            yield "<fieldset>\n<legend>Show</legend>\n"
            for id_, label in _VIEWS:
                on = ' checked="checked"' if id_ == "marked" else ""
                yield f'<label><input type="radio" name="view" id="{id_}"{on}/> {label}</label>\n'
            yield "</fieldset>\n"
        yield "</header>\n<main>\n"
        yield from self._body()
        yield "</main>\n"
        yield from self._notes()
        yield "</body>\n</html>\n"

    # -- the head -----------------------------------------------------------------------------

    def _level(self) -> str:
        draft, final, _ = self.document.classification
        if draft is None and final is None:
            return ""
        said = _change(draft, final)
        return f'<p class="quiet">{said}</p>\n'

    def _counts(self) -> str:
        counts = Counter(act.kind for act in self.document.acts)
        told = [f"{counts[kind]} {word}" for kind, word in _COUNTED.items() if counts[kind]]
        return ", ".join(told) or "no revision"

    # -- the body -----------------------------------------------------------------------------

    def _body(self) -> Iterator[str]:
        listed = False
        for block in self.document.blocks:
            if block.kind == "note":
                continue
            if listed and block.kind != "list-item":
                yield "</ul>\n"
                listed = False
            for part in self._before(block.start):
                if listed:
                    yield "</ul>\n"
                    listed = False
                yield part
            if block.kind == "list-item" and not listed:
                yield "<ul>\n"
                listed = True
            yield self._block(block)
            self._skip(block.end)
        if listed:
            yield "</ul>\n"
        yield from self._before(len(self.document.text) + 1)

    def _before(self, offset: int) -> Iterator[str]:
        """Page rules and what stands apart, up to a place in the text."""
        pages = self.document.pages
        while True:
            turn = self.turns[self.turned] if self.turned < len(pages) else None
            at = self.aside[self.put][0] if self.put < len(self.aside) else None
            if at is not None and at < offset and (turn is None or at < turn):
                yield self._apart(self.aside[self.put][1])
                self.put += 1
            elif turn is not None and turn <= offset:
                yield self._rule(pages[self.turned])
                self.turned += 1
            else:
                return

    def _skip(self, offset: int) -> None:
        """Pages that turned within a block have their sign there."""
        self.turned = max(self.turned, bisect_left(self.turns, offset))

    def _rule(self, page: Page) -> str:
        if len(self.turns) < 2 and not self.banners:
            return ""
        label = f" ({_words(page.label)})" if page.label not in (None, str(page.n)) else ""
        marks = sorted(self.banners.get(page.n, ()))
        return (
            f'<div class="page" id="page-{page.n}" role="separator">'
            f"<span>page {page.n}{label}</span><span>{' · '.join(marks)}</span></div>\n"
        )

    def _apart(self, marking: Marking) -> str:
        lines = (" ".join(line.split()) for line in marking.text.splitlines())
        text = _words("\n".join(filter(None, lines)))
        return f'<aside class="furniture" data-kind="{attribute(marking.kind)}">{text}</aside>\n'

    def _block(self, block: Block) -> str:
        if block.cells:
            return self._table(block)
        words = self.words.of(block.start, block.end)
        if not words:
            return ""
        if block.kind == "code":
            return f"<pre>{words}</pre>\n"
        if block.kind == "heading":
            level = min(_DEEPEST, 1 + (block.level or 1))
            return f"<h{level}>{words}</h{level}>\n"
        if block.kind == "list-item":
            return f'<li data-level="{block.level or 1}">{words}</li>\n'
        names = [block.kind] if block.kind != "paragraph" else []
        if block.role:
            names.append(block.role)
        elif "\n\n" in words:  # a paragraph that was split, or two that were joined
            names.append(VERBATIM)
        named = f' class="{attribute(" ".join(names))}"' if names else ""
        return f"<p{named}>{words}</p>\n"

    def _table(self, block: Block) -> str:
        rows = []
        for k, row in enumerate(block.cells):
            tag = "td" if k else "th"
            cells = (f"<{tag}>{self.words.of(*cell)}</{tag}>" for cell in row)
            rows.append(f"<tr>{''.join(cells)}</tr>\n")
        return f"<table>\n{''.join(rows)}</table>\n"

    # -- the notes ----------------------------------------------------------------------------

    def _notes(self) -> Iterator[str]:
        notes = [note for note in self.document.notes if note.start is not None]
        if not notes:
            return
        yield '<section aria-labelledby="notes">\n<h2 id="notes">Notes</h2>\n'
        yield from map(self._note, notes)
        yield "</section>\n"

    def _note(self, note: Note) -> str:
        assert note.start is not None
        assert note.end is not None
        name = attribute(note.id)
        label = _words(note.n or note.kind)
        back = f'<a href="#ref-{name}">{label}</a>' if note.at is not None else label
        words = self.words.of(note.start, note.end, note=True)
        return f'<p class="note" id="note-{name}">{back} {words}</p>\n'


def _change(was: str | None, now: str | None) -> str:
    """A level and what became of it."""
    if was == now and now is not None:
        return _words(now)
    gone = f"<del>{_words(was)}</del>" if was else ""
    new = f"<ins>{_words(now)}</ins>" if now else "cancelled"
    return f"{gone} {new}".strip()


def _words(text: str | None) -> str:
    return escape(storable(text or ""))
