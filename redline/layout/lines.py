"""Lines of a source and what each is by itself."""

from __future__ import annotations

import re
from collections import deque
from itertools import islice
from typing import Any

from redline.markings.apparatus.cables import is_transmission_line
from redline.markings.apparatus.lines import Kind, identify
from redline.markings.banners.edges import lists_levels, read_banner_line

__all__ = ["LIFTED", "Line", "bare", "classify", "read_lines"]

#: Kinds of lines that are no text. Any other kind stays in the text.
LIFTED = frozenset(
    "banner release released-in stamp exemption page-number page-mark cable-page cable-end"
    " sas-footer form schedule notice copy-line control note".split()
)

# A typed line in the middle of a paragraph: it begins in lower case as no apparatus does, be it
# struck or added, is about full, and does not end a sentence. What follows such a line, and is
# like it, goes on. (One letter alone in a caret may be the label of a note, one with a stop or
# bracket that of an item.)
_LOW = r"(?:[a-z](?!n file|proved|[ivx]{0,4}[.)])|(?:~~|\^[{<])[a-z]{2})"
_PLAIN = rf"{_LOW}[^\r\n\f]{{44,97}}+(?<=[a-z,}}~-])"
_LAST = rf"{_LOW}[^\r\n\f]{{44,97}}+(?<![ \t])"
_LINE = re.compile(rf"(?P<run>{_PLAIN}(?:\n{_PLAIN})*(?:\n{_LAST})?(?=\n))|[^\r\n\f]+")
_SPACES = " \t\v\u00a0\u3000"
_RULE = re.compile(r"(?:[-–—] ?){3,}$|(?:\* ?){3,}$|(?:_ ?){3,}$")
_DRAWN = re.compile(r"={3,}$")
#: A figure alone on its line, marks around it allowed: at a page edge the number of the page.
_FIGURE = re.compile(r"[~*_]*(\d{1,3}|[ivxl]{1,6})[~*_]*$")
_FIGURE_WIDTH = 12
_PAGE_EDGES = frozenset({"banner", "page-mark", "cable-page", "release"})
_FENCE = re.compile(r"(`{3,}|~{3,})([^`~]*)$")
#: Marks that stand around words: looked past when asking how a line begins or ends.
_BEFORE = re.compile(r"(?:~~|\^[{<]|[*_]+|\\)+")
_AFTER = re.compile(r"(?:~~|[}>*_])++$")
# Furniture and headings are short; a line that runs on in lower case needs no closer look.
_SHORT = 30
# A fence looks at so many possible closers, lest thousands of wrong ones be tried for each.
_CLOSERS = 64
_PROSE = re.compile(r"[A-Z]?[a-z’',;-]+ (?:[a-z’',;-]+ ){3}")


class Line:
    """A line with something on it: source range without the white space around it.

    `blank`: empty lines before it. `indent`: columns of white space before it. `feed`: a form
    feed stands before it. `kind`: "" for text, else what it is, with what is known in `data`.
    A line may be cut: `same` text goes on after apparatus, a `glued` banner ended a text line.
    Typed lines that can only go on with one another are kept as one: `rows` of them, the
    last beginning at `tail`.
    """

    __slots__ = (
        "blank",
        "data",
        "end",
        "feed",
        "glued",
        "indent",
        "kind",
        "rows",
        "same",
        "start",
        "tail",
    )

    def __init__(self, start: int, end: int, blank: int, indent: int, feed: bool) -> None:
        self.start = start
        self.end = end
        self.blank = blank
        self.indent = indent
        self.feed = feed
        self.rows = 1
        self.tail = start
        self.same = False
        self.glued = False
        self.kind = ""
        self.data: Any = None


def read_lines(text: str) -> list[Line]:
    """The lines of `text` that are not empty, in order."""
    out: list[Line] = []
    at = 0
    has_feeds = "\f" in text
    feed = False
    blank = -1
    for match in _LINE.finditer(text):
        start, end = match.span()
        if start - at == 1:
            blank += 1
        elif start > at:
            blank += max(text.count("\n", at, start), text.count("\r", at, start))
        if has_feeds and "\f" in text[at:start]:
            feed = True
        at = end
        if text[start] in _SPACES or text[end - 1] in _SPACES:
            word = text[start:end]
            kept = word.lstrip(_SPACES)
            if not kept:
                continue
            first = end - len(kept)
            indent = len(word[: first - start].expandtabs(8))
            last = first + len(kept.rstrip(_SPACES))
        else:
            first, last, indent = start, end, 0
        line = Line(first, last, blank if blank > 0 else 0, indent, feed)
        out.append(line)
        if match["run"]:
            line.tail = text.rfind("\n", first, last) + 1 or first
            line.rows = text.count("\n", first, last) + 1
        feed = False
        blank = -1
    if out:
        out[0].blank = 0
    return out


def classify(text: str, lines: list[Line]) -> None:
    """Give every line its kind where it has one of its own."""
    fences: list[int] = []
    figures: list[int] = []
    is_prose, is_figure = _PROSE.match, _FIGURE.match
    for k, line in enumerate(lines):
        start, end = line.start, line.end
        first = text[start]
        if "a" <= first <= "z" and end - start > _SHORT and first not in "op":
            continue  # no apparatus begins so
        if end - start > 60:
            if is_prose(text, start, end) and "ompleted" not in text[start : start + 200]:
                continue
        elif end - start < _FIGURE_WIDTH and is_figure(text, start, end):
            figures.append(k)
            continue
        words = text[start:end]
        if first in "`~" and _FENCE.match(words):
            fences.append(k)
            continue
        if first in "-–—*_=" and _RULE.match(words):
            line.kind = "rule"
            continue
        if first == "=" and _DRAWN.match(words):
            line.kind = "drawn"
            continue
        if first == "|" and words.count("|") > 1:
            line.kind = "row"
            continue
        shown = read_banner_line(words, start)
        if shown:
            line.kind, line.data = "banner", shown
            continue
        kind = Kind("form", "options") if lists_levels(words) else identify(words)
        if kind is None:
            kind = is_transmission_line(words)
        if kind is not None:
            line.kind, line.data = kind.kind, kind
    _fence(text, lines, fences)
    _number_pages(text, lines, figures)


def _number_pages(text: str, lines: list[Line], figures: list[int]) -> None:
    """Figures alone at the edge of a page are its number, unless others in the text count on."""
    numbers: list[tuple[Line, str, bool]] = []
    inside: set[int] = set()  # the figures that stand alone in the text
    for k in figures:
        line = lines[k]
        if line.kind:
            continue  # code
        match = _FIGURE.match(text, line.start, line.end)
        assert match is not None
        before = lines[k - 1] if k else None
        after = lines[k + 1] if k + 1 < len(lines) else None
        fed = line.feed or (after is not None and after.feed)
        edge_before = line.feed or (before is not None and before.kind in _PAGE_EDGES)
        edge_after = after is not None and (after.feed or after.kind in _PAGE_EDGES)
        if not ((edge_before or line.blank) and (edge_after or after is None or after.blank)):
            continue
        if edge_before or edge_after:
            numbers.append((line, match[1], fed))
        elif match[1].isdecimal():
            inside.add(int(match[1]))
    for line, number, fed in numbers:
        counted = number.isdecimal() and not inside.isdisjoint((int(number) - 1, int(number) + 1))
        if fed or not counted:
            line.kind, line.data = "page-number", Kind("page-number", number)


def _fence(text: str, lines: list[Line], fences: list[int]) -> None:
    """Pair code fences; an opener without a closer is text (R4)."""
    closers: dict[str, deque[tuple[int, int]]] = {"`": deque(), "~": deque()}
    for k in fences:
        match = _FENCE.match(text, lines[k].start, lines[k].end)
        assert match is not None
        if not match[2].strip():
            closers[match[1][0]].append((k, len(match[1])))
    until = -1
    for k in fences:
        if k <= until:
            continue
        match = _FENCE.match(text, lines[k].start, lines[k].end)
        assert match is not None
        queue = closers[match[1][0]]
        while queue and queue[0][0] <= k:
            queue.popleft()
        near = islice(queue, _CLOSERS)
        stop = next((j for j, width in near if width >= len(match[1])), -1)
        if stop < 0:
            lines[k].kind, lines[k].data = "", "open-fence"
            continue
        lines[k].kind, lines[k].data = "fence", match[2].strip()
        for line in lines[k + 1 : stop]:
            line.kind, line.data = "code", None
        lines[stop].kind = "fence-end"
        until = stop


def bare(words: str) -> str:
    """The words of a line without the marks at its two ends."""
    if words[:1] in "~^*_\\":
        match = _BEFORE.match(words)
        if match:
            words = words[match.end() :]
    if words[-1:] in "~}>*_":
        words = _AFTER.sub("", words)
    return words
