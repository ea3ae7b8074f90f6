"""The terminal: revisions in place, one reading alone, or draft and final side by side.

`styles.py` is the table of what looks how. `inline.py` makes words and lines of a range of
the text, `blocks.py` rows of a block, `face.py` pages of a document and `columns.py` the two
other views; `strip.py` has the levels of all pages in a line, and `markings.py` the markings in
a table; `comparison.py`, `figures.py` and `report.py` say what differs between two texts.
`screen.py` knows the widths and prints.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import StringIO
from typing import TYPE_CHECKING

from redline.formats.terminal.screen import Screen
from redline.model import Document

if TYPE_CHECKING:
    from redline.collation.comparison import Comparison

__all__ = [
    "Screen",
    "show",
    "show_comparison",
    "show_figures",
    "show_markings",
    "show_report",
    "to_text",
]


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


def show_comparison(comparison: Comparison, screen: Screen, shown: Sequence[int]) -> None:
    """Print the variants `shown` (indices), each in its paragraph, and the figures in a line."""
    from redline.formats.terminal.comparison import show_comparison as show_variants

    show_variants(comparison, screen, shown)


def show_figures(comparison: Comparison, screen: Screen, shown: Sequence[int]) -> None:
    """Print how much two texts differ: lengths, edit rates, counts by kind and class."""
    from redline.formats.terminal.figures import show_figures as show_table

    show_table(comparison, screen, shown)


def show_report(comparison: Comparison, screen: Screen, ignore: Iterable[str] = ()) -> None:
    """Print whose words the second text has at each revision of the first, and what no stage
    has; `ignore` as in `Comparison.differences`.

    Raises `StageError` where the first text has no stages.
    """
    from redline.formats.terminal.report import show_report as show_verdicts

    show_verdicts(comparison, screen, ignore)


def to_text(
    document: Document, width: int = 80, reading: str = "marked", *, side_by_side: bool = False
) -> str:
    """What `show` prints into a pipe that is `width` cells wide; without colour."""
    file = StringIO()
    screen = Screen(width, color=False, file=file, force_terminal=False)
    show(document, screen, reading, side_by_side=side_by_side)
    return file.getvalue()
