"""The rules between pages, and the marking that stands at the end of each."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size

from redline.formats.terminal.inline import Line, clean
from redline.formats.terminal.screen import Row, Screen
from redline.model import Marking

__all__ = ["marking_line", "rule"]

_LEAST = 4


def marking_line(markings: Sequence[Marking], screen: Screen) -> Line:
    """What became of the banners of one page edge: ``TOP SECRET → CONFIDENTIAL``."""
    out: Line = []
    for marking in markings:
        if out:
            out.append((f" {screen.glyphs.dot} ", ("level-arrow",)))
        out += _marking(marking, screen)
    return out


def _marking(marking: Marking, screen: Screen) -> Line:
    arrow = (f" {screen.glyphs.arrow} ", ("level-arrow",))
    controls = "".join(f" {clean(control)}" for control in marking.controls)
    if marking.is_ is not None and marking.was in (None, marking.is_):
        line: Line = [(marking.is_ + controls, ("level",))]
        if marking.action == "added":
            line.append((" added", ("level-word",)))
        return line
    gone = [level for level in (marking.was, *marking.through) if level]
    line = []
    for level in gone:
        if line:
            line.append(arrow)
        line.append((level, ("level-was",)))
    if marking.is_ is None:
        return [*line, (" cancelled", ("level-word",))]
    return [*line, arrow, (marking.is_ + controls, ("level",))]


def rule(screen: Screen, title: Line, marking: Line, *, full: bool = True) -> Row:
    """A rule over the text column with its title; the marking stands in the margin, or where
    there is none at the end of the rule, which is the shorter for it. Not `full`: no line."""
    sign = screen.glyphs.rule
    space = _size(marking)
    edge = screen.indent + screen.measure + (0 if screen.margin else screen.indent)
    right = screen.margin_at + screen.margin if screen.margin else edge
    at = screen.margin_at if space <= screen.margin else right - space
    stop = min(edge, at - 2) if marking else edge
    out: Line = []
    used = 0
    if full:
        out.append((sign * 2, ("rule",)))
        used = 2
    title = _shortened(title, stop - used - 2 - _LEAST, screen.glyphs.cut)
    if title:
        out += [(" ", ("rule",)), *title, (" ", ("rule",))]
        used += _size(title) + 2
    filler = max(_LEAST if full else 0, stop - used)
    out.append(((sign if full else " ") * filler, ("rule",)))
    if marking:
        out.append((" " * max(1, at - used - filler), ("rule",)))
        out += marking
    return screen.row(out)


def _shortened(title: Line, room: int, cut: str) -> Line:
    """A title that fits: the first part of one that is too long loses its beginning."""
    over = _size(title) - room
    if over <= 0 or not title:
        return title
    (name, roles), *rest = title
    kept = cell_len(name) - over - 1
    if kept < 1:
        return _shortened(rest, room, cut)
    return [(cut + set_cell_size(name[::-1], kept)[::-1], roles), *rest]


def _size(line: Line) -> int:
    return sum(cell_len(text) for text, _ in line)
