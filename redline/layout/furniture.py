"""What is lifted out of the text: apparatus, glued levels, codes, page marks, notes.

Works on the list of lines: gives lines their final kind, and cuts a line in two where
apparatus and text share it (`Line.same` then says that text goes on).
"""

from __future__ import annotations

import re
from bisect import bisect_right

from redline.layout.lines import LIFTED, Line
from redline.layout.stamps import settle_stamps
from redline.markings.apparatus.cables import is_transmission_line
from redline.markings.apparatus.lines import Kind, exemption_in_line
from redline.markings.banners.edges import glued_level, read_banner_line

__all__ = ["lift", "mark_notes"]

_PAGEMARK = re.compile(r"(?<!\\)\[(?:[Pp]age|[Pp]p?\.) ?\[?([0-9ivxlcIVXLC]{1,8}[a-z]?)\]?\]")
_CODES = ("25X", "50X", "STAT", "ILLEGIB", "CPYRGHT", "FOIAb")

_NOTE = re.compile(
    r"(?P<foot>\[\^(?P<a>[^\]\s]{1,8})\]:\s*)"
    r"|\\(?P<b>[*])(?=\S)|(?P<c>[†‡§]{1,2})\s*(?=\S)|(?P<star>\*{1,2})(?=[A-Z“\"(])"
    r"|(?:\^\{(?P<d>\d{1,3}|[a-z*†‡§])\}|\^<(?P<e>\d{1,3}|[a-z*†‡§])>)\s*"
    r"|(?P<f>[¹²³⁴⁵⁶⁷⁸⁹][⁰¹²³⁴⁵⁶⁷⁸⁹]*)\s*"
    r"|(?P<ruled>(?P<g>\d{1,3})(?:[.)/]| )\s*)(?=\S)"
)
#: The foot of one page and the head of the next: so many banners stand below a text.
_BOTH_EDGES = 2
_LABEL_STARTS = frozenset("[\\†‡§*^¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def lift(text: str, lines: list[Line]) -> list[Line]:
    """The lines again, apparatus under its kind, cut where it shares a line with text."""
    settle_stamps(text, lines)
    marks = [m.span() for m in _PAGEMARK.finditer(text)] if "[" in text else []
    codes = any(stem in text for stem in _CODES)
    starts = [m[0] for m in marks]
    out: list[Line] = []
    edges = ("banner", "cable-page")
    count = len(lines)
    simple = not marks and not codes
    for k, line in enumerate(lines):
        if simple and not line.kind and (k + 1 == count or lines[k + 1].kind not in edges):
            out.append(line)
            continue
        if line.kind == "cable-page":
            out += _split_header(text, line)
            continue
        if line.kind not in ("", "cable-head", "cable-level", "row"):
            out.append(line)
            continue
        following = lines[k + 1] if k + 1 < len(lines) else None
        tail = None
        if line.kind == "" and following is not None and following.kind in edges:
            tail = _glued(text, lines, k)
        cuts: list[tuple[int, int, str, object]] = []
        if marks and line.kind == "":
            at = bisect_right(starts, line.start - 1)
            while at < len(marks) and marks[at][0] < line.end:
                first, last = marks[at]
                found = _PAGEMARK.match(text, first)
                assert found is not None
                cuts.append((first, last, "page-mark", Kind("page-mark", found[1])))
                at += 1
        if codes and line.kind == "":
            for first, last, code in exemption_in_line(text[line.start : line.end]):
                data = Kind("exemption", "margin", {"codes": (code,)})
                cuts.append((line.start + first, line.start + last, "exemption", data))
        if cuts:
            out += _cut(text, line, sorted(cuts, key=lambda cut: cut[0]))
        else:
            out.append(line)
        if tail is not None:
            out.append(tail)
    return out


def _split_header(text: str, line: Line) -> list[Line]:
    """A cable's page header; what is glued to it stays text."""
    end = line.start + line.data.data["end"]
    rest = end
    while rest < line.end and text[rest] in " \t":
        rest += 1
    if rest >= line.end:
        return [line]
    header = Line(line.start, end, line.blank, line.indent, line.feed)
    header.kind, header.data = line.kind, line.data
    glued = Line(rest, line.end, 0, 0, False)
    kind = is_transmission_line(text[rest : line.end])
    if kind is not None:
        glued.kind, glued.data = kind.kind, kind
    return [header, glued]


def _glued(text: str, lines: list[Line], k: int) -> Line | None:
    """M9: a level at the end of a body line, with a page edge after it, is the foot banner; not
    where the foot of the page stands below it on a line of its own."""
    line = lines[k]
    found = glued_level(text[line.tail : line.end])
    if found is None:
        return None
    level, at = found
    edge: list[Line] = []
    for after in lines[k + 1 : k + 2 + _BOTH_EDGES]:
        if after.kind != "banner":
            break
        edge.append(after)
    if edge:
        first = edge[0].data
        if len(first) > 1 or first[0].level != level or first[0].controls or first[0].codewords:
            return None
        last = k + 1 + len(edge) == len(lines)
        if len(edge) >= (1 if last else _BOTH_EDGES):
            return None
    start = line.tail + at
    shown = read_banner_line(text[start : line.end], start)
    if not shown:
        return None
    foot = Line(start, line.end, 0, 0, False)
    foot.kind, foot.data = "banner", shown
    foot.glued = True
    end = start
    while end > line.start and text[end - 1] in " \t":
        end -= 1
    line.end = end
    return foot


def _cut(text: str, line: Line, cuts: list[tuple[int, int, str, object]]) -> list[Line]:
    out: list[Line] = []
    at = line.start
    seen = False
    for start, end, kind, data in cuts:
        if start < at:
            continue
        before = _text_part(text, line, at, start, first=not out)
        if before is not None:
            before.same = seen
            seen = True
            out.append(before)
        part = Line(start, end, 0 if out else line.blank, 0, line.feed and not out)
        part.kind, part.data = kind, data
        out.append(part)
        at = end
    rest = _text_part(text, line, at, line.end, first=False)
    if rest is not None:
        rest.same = seen
        out.append(rest)
    return out


def _text_part(text: str, line: Line, start: int, end: int, *, first: bool) -> Line | None:
    while start < end and text[start] in " \t":
        start += 1
    while end > start and text[end - 1] in " \t":
        end -= 1
    if start == end:
        return None
    part = Line(start, end, line.blank if first else 0, line.indent if first else 0, line.feed)
    part.kind, part.data = line.kind, line.data
    part.tail = text.rfind("\n", start, end) + 1 or start
    if not first:
        part.feed = False
    return part


def mark_notes(text: str, lines: list[Line]) -> frozenset[str]:
    """Find the bodies of notes: lines that begin with the label of a reference before them.

    Gives them kind ``note`` with the label and where the words begin; returns the labels.
    """
    labels: set[str] = set()
    references = _References(text)
    ruled = False
    noted = False  # the line before is part of a note
    for line in lines:
        if not (line.kind or ruled or noted or text[line.start] in _LABEL_STARTS):
            continue
        before, noted = noted, False
        if line.kind == "rule":
            ruled = True
            continue
        if line.kind in LIFTED:
            if line.kind in ("banner", "page-mark", "cable-page"):
                ruled = False
            continue
        if line.kind:
            continue
        first = text[line.start]
        if not (first in _LABEL_STARTS or (ruled and first.isdecimal())):
            if not before:
                ruled = False
            elif not line.blank:
                line.kind, line.data = "note", None
                noted = True
            continue
        match = _NOTE.match(text, line.start, line.end)
        if match is None or match.end() >= line.end or (match["ruled"] and not ruled):
            continue
        label = next(match[g] for g in ("a", "b", "c", "star", "d", "e", "f", "g") if match[g])
        label = label.translate(_LOWERED)
        if not match["foot"] and not references.before(label, line.start):
            continue
        if match["star"] and not ruled and text.find("*", match.end(), line.end) >= 0:
            continue
        line.kind = "note"
        line.data = (label, match.end())
        noted = True
        labels.add(label)
    return frozenset(labels)


_REFERENCE = re.compile(
    r"[\\^<\[*†‡§¹²³⁴⁵⁶⁷⁸⁹](?:(?<=\\)(?P<a>\*)|(?<=\^)\{(?P<b>\d{1,3}|[a-z*†‡§])\}"
    r"|(?<=\^)<(?P<c>\d{1,3}|[a-z*†‡§])>|(?<=<)sup>(?P<d>[0-9*†‡§]{1,3})</sup>"
    r"|(?<=\[)\^(?P<e>[^\]\s]{1,8})\](?!:)|(?P<f>(?<=[¹²³⁴⁵⁶⁷⁸⁹])[⁰¹²³⁴⁵⁶⁷⁸⁹]*)"
    r"|(?P<g>(?<=[*†‡§])[*†‡§]?))"
)
_FIGURE = re.compile(r"[1-9][0-9]{0,2}(?![\w%/-])")
_NOTED = frozenset(".,;:!?)]”’\"'")


class _References:
    """Where each label first stands glued to a word or its punctuation, as references do."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.first: dict[str, int] = {}
        self.indexed = False

    def before(self, label: str, offset: int) -> bool:
        """Whether a reference with this label stands before `offset`."""
        if label.isalpha() and label not in self.first:
            # Letters are rare labels and common words: looked for one by one, not indexed.
            found = [self._glued(form) for form in (f"^{{{label}}}", f"^<{label}>")]
            self.first[label] = min(found)
        elif not label.isalpha() and not self.indexed:
            self.indexed = True
            self._index()
        return self.first.get(label, len(self.text)) < offset

    def _glued(self, form: str) -> int:
        text = self.text
        at = text.find(form)
        while at >= 0:
            if text[at - 1 : at] and (text[at - 1].isalnum() or text[at - 1] in _NOTED):
                return at
            at = text.find(form, at + 1)
        return len(text)

    def _index(self) -> None:
        text, out = self.text, self.first
        for match in _REFERENCE.finditer(text):
            at = match.start()
            before = text[at - 1 : at]
            if before and (before.isalnum() or before in _NOTED):
                group = match.lastgroup or "a"
                label = match[0] if group in "fg" else match[group]
                out.setdefault(label.translate(_LOWERED), at)
        for match in _FIGURE.finditer(text):
            at = match.start()
            before = text[max(0, at - 3) : at]
            if (before[-1:] in _NOTED and before[-2:-1].isalpha()) or (
                before.isalpha() and len(before) == 3
            ):
                out[match[0]] = min(at, out.get(match[0], at))
