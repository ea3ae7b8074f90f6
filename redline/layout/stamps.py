"""Which neighbouring lines make a stamp, a form of words, a review box; which are a sentence.

One line says what it may be; what stands around it says whether it is. Works on the list of lines
before anything is cut or lifted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from redline.layout.lines import LIFTED, Line
from redline.layout.shapes import closes
from redline.markings.apparatus.lines import Kind, is_signature, is_stamp
from redline.markings.apparatus.spread import MOST, spread
from redline.markings.banners.shown import Shown

__all__ = ["settle_stamps"]

#: What every printed form in cells has, or half of it.
_PRINTED = ("RELEASE", "DECLASS", "APPROV", "REVIEW", "AUTH", "CASE NO", "SANITI", "GROUP ")
#: What every form has that is printed over several lines, in capitals.
_SPREAD = (
    "CLASSIFI", "DOWNGRAD", "REGRADED", "RELEASE", "NATIONAL DEFENSE", "CRIMINAL SANCTIONS",
    "RETURN TO", "HANDLE VIA", "WARNING NOTICE", "REVIEW PROGRAM", "SPECIAL COLLECTION", "DECLAS",
    "AUTOMATIC", "BRITANNIC MAJESTY", "DEPARTMENT OF STATE", "DOCUMENT CONSISTS",
    "DOCUMENT CONTAINS", "PAPER CONSISTS", "PAPER CONTAINS",
)  # fmt: skip
#: Lines that may be a part of one: text, what has a kind by itself, a level between the words.
_PARTS = frozenset(
    ["", "schedule", "notice", "release", "released-in", "authority-line", "exemption", "banner"]
)
#: Lines that ordinary words may make, where they go on.
_WORDED = frozenset(["schedule", "release", "released-in", "notice", "authority-line"])
_GOES_ON = re.compile(r"[^A-Za-z\r\n]{0,12}[a-z]")
_NUMBERED = re.compile(r"\d{4}|\d[/-]\d")
#: An archive's stamp of one word needs other marks beside it.
_ONE_WORD = re.compile(r"\W*DECLASSIFIED\W*")
_STAMPS = ("stamp-line", "authority-line")
_STAMP_NOISE = 2  # lines of noise between two fields of a stamp
_NOISE_WIDTH = 50
_SAID = re.compile(r"\b[a-z]{2,} [a-z]{2,} (?:[a-z]+ )*[a-z]{2,}\b")
_BOX_WORDS = 3
_BOX_LINES = 8
_BOX_WIDTH = 120
_BOX_FIELD = re.compile(
    r"(?i:DATE|EO CITATIONS?|(?:FOIA?|PA)(?:, ?EO)?(?:(?: OR |/)(?:PA|FOIA?))? EXEMPTIONS?"
    r"|TS AUTH(?:ORITY|\.)?(?: TO)?|REVIEWED BY|REVIEWER|REASON(?:\(S\)|S)?|MR CASES ONLY"
    r"|RDS|XDS|EXT\. DATE)(?:[:._ ][^\r\n]{0,80})?"
)
#: Over the options stands whose box it is, and when it was filled in.
_OFFICE = r"[A-Z]{1,3}/(?:[A-Z]{2,4}/)*[A-Z]{2,4}\b[^\r\n]{0,40}"
_BOX_HEAD = re.compile(
    rf"(?:(?i:(?:U\.?S\.? )?DEPARTMENT OF STATE)[, ]{{0,2}})?(?P<office>{_OFFICE})"
    r"|(?i:(?:U\.?S\.? )?DEPARTMENT OF STATE)"
    r"|(?i:DATE|REVIEWED BY|REVIEWER)[:_ ][^\r\n]{0,60}"
)
_HEAD_LINES = 3
#: What the lines between the options of a box may be by themselves.
_IN_BOX = frozenset(["", "exemption", "schedule", "control", "authority-line"])


def settle_stamps(text: str, lines: list[Line]) -> None:
    """Give the lines of stamps, boxes and printed forms their final kind, and take it from those
    that are none."""
    capitals = text.upper()  # one copy costs less than a look for each way to write them
    if any(words in capitals for words in _SPREAD):
        _spread(text, lines)
    _in_sentences(text, lines)
    kinds = {line.kind for line in lines}
    if "stamp-line" in kinds or "authority-line" in kinds:
        _stamps(text, lines)
    if "cdr-box" in kinds or "row" in kinds:
        _boxes(text, lines)


def _spread(text: str, lines: list[Line]) -> None:
    """Forms of words printed over several lines: all of them get the kind of the whole."""
    k = 0
    while k < len(lines):
        line = lines[k]
        last = k
        if line.kind in _PARTS and line.kind != "banner" and line.rows == 1:
            while (
                last + 1 < len(lines)
                and last - k + 1 < MOST
                and lines[last + 1].kind in _PARTS
                and not (lines[last + 1].blank or lines[last + 1].feed or lines[last + 1].rows > 1)
            ):
                last += 1
        found = None
        if last > k or not line.kind:
            found = spread([text[each.start : each.end] for each in lines[k : last + 1]])
        if found is None or (found[0] == 1 and line.kind):
            k += 1
            continue
        count, kind = found
        for each in lines[k : k + count]:
            each.kind, each.data = kind.kind, kind
        k += count


def _in_sentences(text: str, lines: list[Line]) -> None:
    """Words of a release or schedule within a sentence are text: what stands right below goes on
    in lower case, or a line in lower case above is not ended, or there is text right above and
    below. A number or a date tells otherwise: nobody writes them so."""
    k = 0
    while k < len(lines):
        line, last = lines[k], k
        if line.kind not in _WORDED:
            k += 1
            continue
        while last + 1 < len(lines) and lines[last + 1].data is line.data:
            last += 1
        words = text[line.start : lines[last].end]
        below = lines[last + 1] if last + 1 < len(lines) else None
        above = lines[k - 1] if k else None
        runs_on = below is not None and not (below.kind or below.blank or below.feed)
        open_ = (
            above is not None
            and not (above.kind or line.blank or line.feed)
            and not closes(text[max(above.start, above.end - 24) : above.end])
        )
        wide = above is not None and above.end - above.tail > _NOISE_WIDTH
        goes_on = (
            (below is not None and runs_on and _GOES_ON.match(text, below.start, below.end))
            or (open_ and runs_on)
            or (open_ and wide and not words.isupper())
        )
        if goes_on and not _NUMBERED.search(words):
            for each in lines[k : last + 1]:
                each.kind, each.data = "", None
        k = last + 1


def _stamps(text: str, lines: list[Line]) -> None:
    """Three fields of a reviewer's stamp close together are a stamp; one of an archive's is, but
    for the word DECLASSIFIED alone."""
    marked = any(line.kind == "banner" for line in lines)
    graded = sum(line.kind == "banner" and _free(line.data) for line in lines)
    for line, below in pairwise(lines):
        # SANITIZED or UNCLASSIFIED over an archive's authority is a part of its stamp.
        if below.kind == "authority-line" and not below.blank and _heads(text, line, graded):
            line.kind, line.data = "authority-line", Kind("authority-line", "declassified")
    for kind in _STAMPS:
        k = 0
        while k < len(lines):
            if lines[k].kind != kind:
                k += 1
                continue
            last = j = k
            while j + 1 < len(lines) and j + 1 - last <= _STAMP_NOISE + 1:
                j += 1
                if lines[j].kind == kind or (last == j - 1 and _signs(text, kind, lines[j])):
                    last = j
                elif lines[j].kind or lines[j].end - lines[j].start > _NOISE_WIDTH:
                    break
                elif _SAID.search(text, lines[j].start, lines[j].end):
                    break  # a short sentence between two numbers
            group = lines[k : last + 1]
            fields = [line.data for line in group if line.kind == kind]
            stamp = is_stamp(fields)
            if kind == "authority-line":
                word = len(group) == 1 and _ONE_WORD.fullmatch(text, group[0].start, group[0].end)
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


def _signs(text: str, kind: str, line: Line) -> bool:
    """Whether a line right under an archive's stamp says by whom and when."""
    if kind != "authority-line" or line.kind or line.blank or line.feed:
        return False
    return is_signature(text[line.start : line.end])


def _free(shown: Sequence[Shown]) -> bool:
    """Whether a banner says UNCLASSIFIED and nothing else."""
    return all(one.state == "plain" and one.level.grade and not one.level.rank for one in shown)


def _heads(text: str, line: Line, graded: int) -> bool:
    """Whether a line that is a marking by itself is the first of an archive's stamp.

    `graded`: how many banners of the paper say UNCLASSIFIED; a stamp says it once.
    """
    if line.kind == "banner":
        return graded == 1 and _free(line.data)
    if line.kind == "notice":
        return bool(line.data.role == "sanitized")
    return line.kind == "released-in" and text[line.start : line.end].upper().startswith("DECL")


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
        end, more = _box_end(text, lines, k, j) if words else (j, words)
        form = len(words | more) >= _BOX_WORDS
        first = k
        if form:
            first, j = _box_start(text, lines, k), end
        printed = None if form else _printed(text, lines[k:j])
        for line in lines[first:j]:
            if form:
                line.kind, line.data = "form", Kind("form", "review-box")
            elif printed is not None:
                line.kind = "stamp" if printed.kind in _STAMPS else printed.kind
                line.data = printed
            elif line.kind == "cdr-box":
                line.kind = "row" if text[line.start] == "|" else ""
        k = max(j, k + 1)


def _box_start(text: str, lines: list[Line], k: int) -> int:
    """The first line of a box whose options begin at `k`: its office and date stand above them."""
    for _ in range(_HEAD_LINES):
        above = lines[k - 1] if k else None
        if above is None or above.kind or above.rows > 1 or lines[k].blank > 1 or lines[k].feed:
            break
        head = _BOX_HEAD.fullmatch(text, above.start, above.end)
        # Over an empty line only its office is beyond doubt.
        if head is None or (lines[k].blank and not head["office"]):
            break
        k -= 1
    return k


def _box_end(text: str, lines: list[Line], k: int, j: int) -> tuple[int, set[str]]:
    """Where a box ends, and the option words after `j`: it goes on over its fields, and over an
    empty line or one line that is nothing known, as long as options or fields follow."""
    words: set[str] = set()
    at = j
    unknown = False
    while at < len(lines) and at - k < _BOX_LINES * 2:
        line = lines[at]
        if line.feed or line.rows > 1 or line.blank > 1 or line.kind not in (*_IN_BOX, "cdr-box"):
            break
        if line.end - line.start > _BOX_WIDTH:
            break
        found = _box_row(text[line.start : line.end])
        # Below an empty line a date may be the paper's own.
        dated = line.blank and text[line.start : line.start + 4].upper() == "DATE"
        if found or (not dated and _BOX_FIELD.fullmatch(text, line.start, line.end)):
            words |= found
            j, unknown = at + 1, False
        elif unknown or line.blank or closes(text[line.start : line.end]):
            break
        else:
            unknown = True
        at += 1
    return j, words


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
