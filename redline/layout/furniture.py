"""What is lifted out of the text: stamps, forms, glued levels, codes, page marks, notes.

Works on the list of lines: gives lines their final kind, and cuts a line in two where
apparatus and text share it (`Line.same` then says that text goes on).
"""

from __future__ import annotations

import re
from bisect import bisect_right

from redline.layout.lines import Line
from redline.markings.apparatus.cables import is_transmission_line
from redline.markings.apparatus.lines import Kind, exemption_in_line, is_stamp
from redline.markings.banners.edges import glued_level, read_banner_line

__all__ = ["LIFTED", "lift", "mark_notes"]

#: Kinds of lines that are no text. Any other kind stays in the text.
LIFTED = frozenset(
    "banner release released-in stamp exemption page-number page-mark cable-page cable-end"
    " sas-footer form schedule notice copy-line control note".split()
)
_PAGEMARK = re.compile(r"(?<!\\)\[(?:[Pp]age|[Pp]p?\.) ?\[?([0-9ivxlcIVXLC]{1,8}[a-z]?)\]?\]")
_CODES = ("25X", "50X", "STAT", "ILLEGIB", "CPYRGHT", "FOIAb")
#: What every printed form in cells has, or half of it.
_PRINTED = ("RELEASE", "DECLASS", "APPROV", "REVIEW", "AUTH", "CASE NO", "SANITI")
#: An archive's stamp of one word needs other marks beside it.
_ONE_WORD = re.compile(r"\W*DECLASSIFIED\W*")
_STAMP_NOISE = 2  # lines of noise between two fields of a stamp
_NOISE_WIDTH = 50
_BOX_WORDS = 3
_BOX_LINES = 8

_NOTE = re.compile(
    r"(?P<foot>\[\^(?P<a>[^\]\s]{1,8})\]:\s*)"
    r"|\\(?P<b>[*])(?=\S)|(?P<c>[†‡§]{1,2})\s*(?=\S)|(?P<star>\*{1,2})(?=[A-Z“\"(])"
    r"|(?:\^\{(?P<d>\d{1,3}|[a-z*†‡§])\}|\^<(?P<e>\d{1,3}|[a-z*†‡§])>)\s*"
    r"|(?P<f>[¹²³⁴⁵⁶⁷⁸⁹][⁰¹²³⁴⁵⁶⁷⁸⁹]*)\s*"
    r"|(?P<ruled>(?P<g>\d{1,3})(?:[.)/]| )\s*)(?=\S)"
)
_LABEL_STARTS = frozenset("[\\†‡§*^¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def lift(text: str, lines: list[Line]) -> list[Line]:
    """The lines again, apparatus under its kind, cut where it shares a line with text."""
    kinds = {line.kind for line in lines}
    if "stamp-line" in kinds or "authority-line" in kinds:
        _stamps(text, lines)
    if "cdr-box" in kinds or "row" in kinds:
        _boxes(text, lines)
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
            tail = _glued(text, line, following)
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


def _glued(text: str, line: Line, following: Line) -> Line | None:
    """M9: a level at the end of a body line, with a page edge after it, is the foot banner."""
    found = glued_level(text[line.tail : line.end])
    if found is None:
        return None
    level, at = found
    if following.kind == "banner" and following.data[0].level != level:
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


def _stamps(text: str, lines: list[Line]) -> None:
    """Three fields of a reviewer's stamp close together are a stamp; one of an archive's is, but
    for the word DECLASSIFIED alone."""
    marked = any(line.kind == "banner" for line in lines)
    for kind in ("stamp-line", "authority-line"):
        k = 0
        while k < len(lines):
            if lines[k].kind != kind:
                k += 1
                continue
            last = j = k
            while j + 1 < len(lines) and j + 1 - last <= _STAMP_NOISE + 1:
                j += 1
                if lines[j].kind == kind:
                    last = j
                elif lines[j].kind or lines[j].end - lines[j].start > _NOISE_WIDTH:
                    break
            group = lines[k : last + 1]
            fields = [line.data for line in group if line.kind == kind]
            stamp = is_stamp(fields)
            if kind == "authority-line":
                word = len(fields) == 1 and _ONE_WORD.fullmatch(text, group[0].start, group[0].end)
                stamp = not word or _beside_marks(lines, k, marked)
            for line in group:
                if stamp:
                    line.kind = "stamp"
                elif line.kind == kind:
                    line.kind = ""
            k = last + 1


def _beside_marks(lines: list[Line], k: int, marked: bool) -> bool:
    """Whether other marks show that a word is one: beside it, or anywhere on a `marked` paper where
    it stands before or after all else."""
    if marked and (k == 0 or k + 1 == len(lines)):
        return True
    return any(line.kind in LIFTED for line in (*lines[max(0, k - 1) : k], *lines[k + 1 : k + 2]))


def _boxes(text: str, lines: list[Line]) -> None:
    """A box of review options: three option words within eight lines. Its rows are a form."""
    k = 0
    while k < len(lines):
        if lines[k].kind not in ("cdr-box", "row"):
            k += 1
            continue
        j = k
        words: set[str] = set()
        while j < len(lines) and lines[j].kind in ("cdr-box", "row") and j - k < _BOX_LINES * 2:
            if lines[j].blank and j > k and lines[j].kind == "row":
                break
            if lines[j].kind == "cdr-box":
                words.update((lines[j].data.data or {}).get("words", ()))
            elif "|" in text[lines[j].start : lines[j].end]:
                words.update(_box_row(text[lines[j].start : lines[j].end]))
            j += 1
        form = len(words) >= _BOX_WORDS
        printed = None if form else _printed(text, lines[k:j])
        for line in lines[k:j]:
            if form:
                line.kind, line.data = "form", Kind("form", "review-box")
            elif printed is not None:
                line.kind = "stamp" if printed.kind == "stamp-line" else printed.kind
                line.data = printed
            elif line.kind == "cdr-box":
                line.kind = "row" if text[line.start] == "|" else ""
        k = max(j, k + 1)


def _printed(text: str, rows: list[Line]) -> Kind | None:
    """A release header or a stamp that a transcription took for a table."""
    if any(row.kind != "row" for row in rows):
        return None
    words = "\n".join(text[row.start : row.end] for row in rows)
    if not any(stem in words.upper() for stem in _PRINTED):
        return None
    from redline.markings.apparatus.cells import table_kind

    return table_kind(words)


def _box_row(words: str) -> frozenset[str]:
    from redline.markings.apparatus.forms import box_words

    return frozenset(box_words(words))


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
