"""The rules between pages, and the marking that stands at the end of each."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size

from redline.formats.terminal.inline import Line, clean
from redline.formats.terminal.screen import Row, Screen
from redline.model import Marking

__all__ = ["level_line", "marking_line", "rule", "size_of_line"]

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
    controls = "".join(f" {clean(control)}" for control in marking.controls)
    gone = [level for level in (marking.was, *marking.through) if level]
    if marking.was == marking.is_:
        gone = []
    now = marking.is_ + controls if marking.is_ is not None else None
    return level_line(gone, now, screen, added=marking.action == "added")


def level_line(
    was: Sequence[str], now: str | None, screen: Screen, *, apart: str = " ", added: bool = False
) -> Line:
    """Levels that were, one after another, and the one that is; `apart` is around arrows."""
    arrow = (f"{apart}{screen.glyphs.arrow}{apart}", ("level-arrow",))
    line: Line = []
    for level in was:
        if line:
            line.append(arrow)
        line.append((level, ("level-was",)))
    if now is None:
        return [*line, (" cancelled", ("level-word",))]
    if was:
        return [*line, arrow, (now, ("level",))]
    return [(now, ("level",)), (" added", ("level-word",))] if added else [(now, ("level",))]


def rule(screen: Screen, title: Line, marking: Line, *, full: bool = True) -> Row:
    """A rule over the text column with its title; the marking stands in the margin, or where
    there is none at the end of the rule, which is the shorter for it. Not `full`: no line."""
    sign = screen.glyphs.rule
    space = size_of_line(marking)
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
        used += size_of_line(title) + 2
    filler = max(_LEAST if full else 0, stop - used)
    out.append(((sign if full else " ") * filler, ("rule",)))
    if marking:
        out.append((" " * max(1, at - used - filler), ("rule",)))
        out += marking
    return screen.row(out)


def _shortened(title: Line, room: int, cut: str) -> Line:
    """A title that fits: the name in one that is too long loses its beginning, then it goes;
    without a name the last part goes."""
    over = size_of_line(title) - room
    if over <= 0 or not title:
        return title
    (name, roles), *rest = title
    if "page" not in roles:
        return _shortened(title[:-1], room, cut)
    kept = cell_len(name) - over - 1
    if kept < 1:
        return _shortened(rest, room, cut)
    return [(cut + set_cell_size(name[::-1], kept)[::-1], roles), *rest]


def size_of_line(line: Line) -> int:
    """Cells a line takes."""
    return sum(cell_len(text) for text, _ in line)
