"""Which note is written where: at its reference, or where its body stands."""

from __future__ import annotations

from redline.formats.tei.escape import attribute, word
from redline.formats.tei.names import NOTES, Element
from redline.model import Document, Note

__all__ = ["Notes", "note_tags", "reference"]

_OPAQUE = frozenset({"furniture", "note", "noteref", "pagemark", "layout", "space"})


class Notes:
    """The notes of a document: `by_id`, bodies by the span that hides them (`body`).

    `at_reference` maps the notes that are written at their reference to the span of their
    body: those whose reference stands in the text itself, and not in another note.
    """

    def __init__(self, document: Document) -> None:
        self.by_id = {note.id: note for note in document.notes}
        self.body: dict[int, Note] = {}
        self.at_reference: dict[str, int] = {}
        if not document.notes:
            return
        starts = {note.start: note for note in document.notes if note.start is not None}
        open_references: set[str] = set()
        hidden = 0
        for k, (start, end, kind, id_) in enumerate(document.spans):
            if kind not in _OPAQUE:
                continue
            if kind == "note" and start in starts:
                self.body[k] = starts.pop(start)
            elif kind == "noteref" and start >= hidden:
                open_references.add(id_)
            hidden = max(hidden, end)
        self.at_reference = {
            note.id: k for k, note in self.body.items() if note.id in open_references
        }


def note_tags(note: Note | None, *, here: bool = True) -> Element:
    """The element of a note. A footnote that is not written at its reference (`here`) says so:
    a reader would take its place for one."""
    if note is None:
        return NOTES["editorial"]
    element = NOTES.get(note.kind) or Element("note", f' type="{word(note.kind)}"')
    anchored = "" if here or note.kind != "footnote" else ' anchored="false"'
    return Element(element.name, element.attributes + _number(note.n) + anchored)


def reference(label: str | None) -> str:
    """What stands for a reference whose note is missing, or is written where it stands."""
    return f'<ptr type="note"{_number(label)}/>'


def _number(label: str | None) -> str:
    return f' n="{attribute(label)}"' if label else ""
