"""How much two texts differ, in figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from redline.collation.comparison import Comparison
from redline.formats.terminal.comparison import closing, heading, summary
from redline.formats.terminal.grid import Column, grid
from redline.formats.terminal.inline import Line
from redline.formats.terminal.screen import Screen

__all__ = ["show_figures"]

_COLUMNS = (Column(), Column(right=True), Column(wide=True))


def show_figures(comparison: Comparison, screen: Screen, shown: Sequence[int]) -> None:
    """Print the figures of a comparison; a count that is 0 is left out."""
    rows: list[list[Line]] = [
        [[(name, ())], [(figure, ("grid-act",))], [(more, ("grid-more",))]]
        for name, figure, more in _figures(comparison)
    ]
    screen.print([heading(comparison, screen), [], *grid(_COLUMNS, rows, screen), []])
    screen.print(closing(summary(comparison, shown), screen))


def _figures(comparison: Comparison) -> Iterator[tuple[str, str, str]]:
    found = comparison.statistics
    yield "alike", f"{found.similarity:.2%}", "of the words stand in both, in order or moved"
    for name, lengths, edits, rate in (
        ("words", found.words, found.word_edits, found.word_rate),
        ("characters", found.characters, found.character_edits, found.character_rate),
    ):
        yield name, f"{edits:,}", f"edited, {rate:.2%} of {lengths[0]:,}; {lengths[1]:,} in B"
    yield "variants", f"{found.substantive + found.accidental:,}", _counts(found.kinds)
    yield "substantive", f"{found.substantive:,}", "in the words"
    yield "accidental", f"{found.accidental:,}", _counts(found.accidentals)
    if comparison.markings:
        yield "markings", f"{len(comparison.markings):,}", "that are others"


def _counts(found: Mapping[str, int]) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in found.items() if count)
