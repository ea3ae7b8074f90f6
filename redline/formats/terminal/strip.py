"""The marking of a whole paper: its level then and now, and page by page in one line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from redline.formats.terminal.inline import Line, clean
from redline.formats.terminal.rules import level_line, size_of_line
from redline.formats.terminal.screen import Row, Screen
from redline.markings.register import level_named
from redline.model import Document, Marking

__all__ = ["classification_line", "numbers", "short", "strip"]

_LEAD = "pages "


def classification_line(document: Document, screen: Screen) -> Line:
    """What the paper was and is: ``SECRET → CONFIDENTIAL``; nothing for an unmarked one."""
    draft, final, _ = document.classification
    if draft is None and final is None:
        return []
    return level_line([draft] if draft and draft != final else [], final, screen)


def strip(document: Document, screen: Screen, width: int) -> Iterator[Row]:
    """The levels of the pages, equal neighbours together: ``pages 1–2 S→C · 3 C``.

    Wrapped to `width`. Nothing where there is one page, or no level on any.
    """
    if len(document.pages) < 2:
        return
    marks = list(_pages(document, screen))
    if not any(marks):
        return
    unmarked: Line = [("unmarked", ("level-word",))]
    items: list[Line] = []
    first = 0
    for k in range(1, len(marks) + 1):
        if k == len(marks) or marks[k] != marks[first]:
            span = numbers(range(first + 1, k + 1), screen)
            items.append([(f"{span} ", ("strip-page",)), *(marks[first] or unmarked)])
            first = k
    dot: Line = [(f" {screen.glyphs.dot} ", ("rule",))]
    lead = screen.indent + len(_LEAD)
    line: Line = [(_LEAD, ("strip-page",))]
    used = 0
    for item in items:
        size = size_of_line(item)
        if used and used + size_of_line(dot) + size > width - len(_LEAD):
            yield screen.row(line, screen.indent if line[0][0] == _LEAD else lead)
            line, used = [], 0
        if used:
            line += dot
            used += size_of_line(dot)
        line += item
        used += size
    yield screen.row(line, screen.indent if line[0][0] == _LEAD else lead)


def numbers(found: Iterable[int], screen: Screen) -> str:
    """``1–3, 7``."""
    parts: list[list[int]] = []
    for number in found:
        if parts and number == parts[-1][1] + 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    dash = screen.glyphs.dash
    return ", ".join(str(a) if a == b else f"{a}{dash}{b}" for a, b in parts)


def short(name: str) -> str:
    """A level by its short form, where the register has one."""
    level = level_named(name)
    return level.short if level is not None else clean(name)


def _pages(document: Document, screen: Screen) -> Iterator[Line]:
    """For each page what its banners show or, without one, a line of the text."""
    by_page: dict[int, list[Marking]] = {}
    inline: dict[int, list[Marking]] = {}
    for marking in document.markings:
        if marking.kind == "banner" and marking.place in ("top", "bottom"):
            by_page.setdefault(marking.page, []).append(marking)
        elif marking.kind == "line" and (marking.was or marking.is_):
            inline.setdefault(marking.page, []).append(marking)
    for page in document.pages:
        line: Line = []
        for marking in _told(by_page.get(page.n) or inline.get(page.n, [])[:1]):
            if line:
                line.append(("/", ("level-arrow",)))
            line += _short_line(marking, screen)
        yield line


def _told(edges: Sequence[Marking]) -> list[Marking]:
    """Edges that end alike are one: the one that says more. Others stand beside each other."""
    best: dict[str | None, Marking] = {}
    for one in edges:
        other = best.get(one.is_)
        if other is None or (other.action == "unchanged" and one.action != "unchanged"):
            best[one.is_] = one
    return list(best.values())


def _short_line(marking: Marking, screen: Screen) -> Line:
    was = [short(name) for name in (marking.was, *marking.through) if name]
    now = short(marking.is_) if marking.is_ else None
    if marking.action == "unchanged":
        was = []
    line = level_line(was, now, screen, apart="", added=marking.action == "added")
    if marking.cert == "low":
        line.append(("?", ("level-word",)))
    return line
