"""The terminal: revisions in place, one reading alone, or draft and final side by side.

`styles.py` is the table of what looks how. `inline.py` makes words and lines of a range of
the text, `blocks.py` rows of a block, `face.py` pages of a document and `columns.py` the two
other views; `strip.py` has the levels of all pages in a line, and `markings.py` the markings in
a table. `screen.py` knows the widths and prints.
"""

from __future__ import annotations

from io import StringIO

from redline.formats.terminal.screen import Screen
from redline.model import Document

__all__ = ["Screen", "show", "show_markings", "to_text"]


def show(
    document: Document, screen: Screen, reading: str = "marked", *, side_by_side: bool = False
) -> None:
    """Print a document: ``marked``, a reading by its stage, or draft and final side by side.

    Raises `StageError` for a stage the document does not have.
    """
    if side_by_side:
        from redline.formats.terminal.columns import show_columns

        show_columns(document, screen)
    elif reading == "marked":
        from redline.formats.terminal.face import Face

        Face(document, screen).show()
    else:
        from redline.formats.terminal.columns import show_reading

        show_reading(document, screen, reading)


def show_markings(document: Document, screen: Screen) -> None:
    """Print the security history of a document and its markings, page by page."""
    from redline.formats.terminal.markings import show_markings as show_table

    show_table(document, screen)


def to_text(
    document: Document, width: int = 80, reading: str = "marked", *, side_by_side: bool = False
) -> str:
    """What `show` prints into a pipe that is `width` cells wide; without colour."""
    file = StringIO()
    screen = Screen(width, color=False, file=file, force_terminal=False)
    show(document, screen, reading, side_by_side=side_by_side)
    return file.getvalue()
