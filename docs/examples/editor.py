"""A small editor of revisions for the terminal: ``python editor.py memo.txt`` (or ``letter.xml``).

On the left the revisions, on the right the paper with what is struck and what is added in it.
Needs ``pip install 'redline[editor]'``. All that knows about revisions is redline; what is here
draws, and keeps the documents that there were.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual.app import App, ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import DataTable, Footer, Input, Static

import redline
from redline import edit
from redline.model import Revision
from redline.spans import HIDDEN, visible

STYLES = {"del": "red strike", "add": "green underline"}
SUFFIXES = {"native": ".txt", "tei": ".xml"}
SIGNS = {"accepted": "✓", "rejected": "✗", None: " "}


class History:
    """Documents never change, so that to undo is to look at the one before."""

    def __init__(self, document: redline.Document) -> None:
        self.states = [document]
        self.at = 0

    @property
    def document(self) -> redline.Document:
        return self.states[self.at]

    def push(self, document: redline.Document) -> None:
        self.states[self.at + 1 :] = [document]
        self.at += 1

    def go(self, steps: int) -> bool:
        there = self.at + steps
        if not 0 <= there < len(self.states):
            return False
        self.at = there
        return True


def words(revision: Revision) -> str:
    """``will → may``: what was struck and what came for it."""
    sides = (" … ".join(part.text for part in side) for side in (revision.deleted, revision.added))
    return " → ".join(side or "∅" for side in sides)


def marked(document: redline.Document, chosen: str | None) -> tuple[Text, int]:
    """The running text with its revisions in colour, and the line the chosen one is on."""
    hidden = [span for span in document.spans if span.kind in HIDDEN]
    revised = [span for span in document.spans if span.kind in STYLES]
    gone = {(kind, verdict) for kind, verdict in (("del", "accepted"), ("add", "rejected"))}
    out, line = Text(), 0
    for start, end in document.leaves():
        for first, last in visible(hidden, start, end):
            piece = Text(document.text[first:last])
            for span in revised:
                if span.start >= last or span.end <= first:
                    continue
                style = STYLES[span.kind]
                if verdict := document.decisions.get(span.id):
                    style = "dim strike" if (span.kind, verdict) in gone else "bold"
                if span.id == chosen:
                    style += " reverse"
                    line = line or out.plain.count("\n") + 1
                piece.stylize(style, max(0, span.start - first), span.end - first)
            out.append_text(piece)
        out.append("\n\n")
    return out, max(0, line - 1)


class Editor(App[None]):
    """The window. Every key is a row of `BINDINGS` and a method of a few lines."""

    CSS = """
    DataTable { width: 45%; }
    VerticalScroll { padding: 0 2; }
    Input { dock: bottom; display: none; }
    """
    BINDINGS: ClassVar = [
        ("a", "decide('accept')", "Accept"),
        ("r", "decide('reject')", "Reject"),
        ("d", "decide('undecide')", "Leave open"),
        ("n", "note", "Note"),
        ("u", "go(-1)", "Undo"),
        ("ctrl+y", "go(1)", "Redo"),
        ("s", "save('native')", "Save notation"),
        ("t", "save('tei')", "Save TEI"),
        ("q", "quit", "Quit"),
    ]

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.history = History(redline.read(path))

    @property
    def document(self) -> redline.Document:
        return self.history.document

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield DataTable[str](cursor_type="row")
            with VerticalScroll():
                yield Static()
        yield Input(placeholder="A note in the margin, before the revision; Enter to put it there")
        yield Footer()

    def on_mount(self) -> None:
        self.table.add_columns("", "page", "kind", "words")
        self.refresh_table()
        self.table.focus()

    # -- what is shown ------------------------------------------------------------------------

    @property
    def table(self) -> DataTable[str]:
        return self.query_one(DataTable)

    @property
    def chosen(self) -> Revision | None:
        revisions = self.document.revisions
        return revisions[self.table.cursor_row] if revisions else None

    def refresh_table(self) -> None:
        row = self.table.cursor_row
        self.table.clear()
        for each in self.document.revisions:
            self.table.add_row(SIGNS[each.decision], str(each.page), each.kind, words(each))
        self.table.move_cursor(row=row)
        self.refresh_text()

    def refresh_text(self) -> None:
        text, line = marked(self.document, self.chosen.id if self.chosen else None)
        self.query_one(Static).update(text)
        self.query_one(VerticalScroll).scroll_to(y=max(0, line - 3), animate=False)
        self.title = f"{self.path.name}: {len(self.document.revisions)} revisions"

    def on_data_table_row_highlighted(self) -> None:
        self.refresh_text()

    # -- what is done -------------------------------------------------------------------------

    def action_decide(self, verb: str) -> None:
        if self.chosen is not None:
            self.history.push(getattr(self.document, verb)(self.chosen.id))
            self.refresh_table()

    def action_go(self, steps: int) -> None:
        if not self.history.go(steps):
            self.notify("That was all.")
        self.refresh_table()

    def action_note(self) -> None:
        if self.chosen is not None:
            box = self.query_one(Input)
            box.display = True
            box.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.input.display = False
        said, revision = event.value, self.chosen
        event.input.clear()
        self.table.focus()
        if said.strip() and revision is not None:
            first = self.document.act_of[revision.id].parts[0]
            try:
                made = edit.annotate(self.document, self.document.spans[first].start, said)
            except redline.RedlineError as fault:
                self.notify(str(fault), severity="error")
                return
            self.history.push(made.document)
            self.refresh_table()

    def action_save(self, format: str) -> None:
        """In its own file where that has this format, else in one of the same name beside it."""
        path = self.path
        if self.document.format != format:
            path = path.with_suffix(SUFFIXES[format])
        try:
            redline.write(self.document, path, format=format, verify=True)
        except redline.RedlineError as fault:
            self.notify(str(fault), severity="error")
        else:
            self.notify(f"Saved as {path.name}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Decide on the revisions of a paper.")
    parser.add_argument("path", type=Path, help="notation (.txt) or TEI (.xml)")
    path = parser.parse_args().path
    try:
        Editor(path).run()
    except redline.RedlineError as fault:
        parser.error(str(fault))


if __name__ == "__main__":
    main()
