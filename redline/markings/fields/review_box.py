"""The review boxes of the State Department: options with check boxes, and what they decided.

A box is printed small and close; transcriptions break it over table cells, often within a word.
So it is read without its blanks and bars, every place mapped back to the text.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from redline.markings.dates import HORIZON, Sense
from redline.markings.fields.boxes import name_of, read_box
from redline.markings.fields.gather import Gathering
from redline.markings.fields.values import Context, Fields
from redline.model import Cert

__all__ = ["read_review_box"]


class _Option(NamedTuple):
    """An option of the box: its name, and its words without blanks, as printed or scanned."""

    name: str
    pattern: str


_IT = "[I1L|]"
# The fuller words first. The check box stands before an option.
_OPTIONS = (
    _Option("declassify_in_part", rf"(?:DE)?CLASS{_IT}FYINPART"),
    _Option("release_denied", "RELEASEDENIED"),
    _Option("endorse_markings", "ENDORSEEX[I1L]ST[I1L]NGMARK[I1L]NGS"),
    _Option("declassify", rf"DECLASS{_IT}F(?:Y|{_IT}ED)"),
    _Option("releasable", "RELEASABLE"),
    _Option("release", "RELEASE(?!D|IN)"),
    _Option("excise", f"EXC{_IT}SE"),
    _Option("deny", "DEN(?:Y|IED)"),
    _Option("delete", "DELETE"),
    _Option("non_responsive", "NON-?RESPONSIVE"),
    _Option("classify", f"CLA[SC]{{2}}{_IT}FY"),
    _Option("downgrade", "DOWNGRADE"),
)
_FIND = re.compile("|".join(f"(?P<{row.name}>{row.pattern})" for row in _OPTIONS))
#: What an option says of the whole paper; others leave it open.
_OUTCOME = {"declassify": True, "deny": False, "release_denied": False, "classify": False}
#: Options that go together.
_TOGETHER = (
    frozenset({"excise", "declassify_in_part", "classify"}),
    frozenset({"declassify", "release", "releasable"}),
)
# What stands for a check box, right before an option. The last brackets count.
# (`REASON(S)` ends in no box.)
_BEFORE = re.compile(
    r"(?:(?!(?<=[A-Z])\(S\))\([^()]{0,2}\)|\[[^\[\]]{0,2}\]|[☐□▢☒☑✓✔■©®○●])\Z"
    r"|(?<![A-Z])X\Z"
)
# In the boxes of the nineteen-eighties it stands after.
_AFTER = re.compile(r"\([^()]{0,2}\)|\[[^\[\]]{0,2}\]|[☐□▢☒☑✓✔■©®○●]|X(?![A-Z])")
# `( )S or ( )C`: the level an option would set.
_LEVEL = re.compile(
    r"(?P<box>\([^()]{0,2}\)|\[[^\[\]]{0,2}\]|[☐□▢☒☑✓✔■])(?P<level>TS|S(?!EC)|C(?!L))(?=OR"
    r"|[,;.(\[|]|$|[A-Z])"
)
_GAP = r"[:._ ]{1,20}"
_FIELDS = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        (
            "citations",
            (
                r"(?i:EO\s+C[I1l]tat[i1l]ons?)[:_ ]{0,20}"
                r"(?P<n>\d[^|\r\n_]{0,40}?)(?=[ _]*(?:FOIA|PA |[|\r\n]|$))"
            ),
        ),
        (
            "exemptions",
            (
                r"(?i:(?:FOIA?(?:, ?EO)?(?: or PA|/PA)?|PA(?: or |/)FOIA?)\s+Exemptions?)"
                r"[:._ ]{0,20}(?P<n>[\d(bB][^|\r\nPp]{0,40})"
            ),
        ),
        ("reason", rf"(?i:REASON(?:\(S\)|S)?){_GAP}(?P<n>[^|\r\n]{{1,40}})"),
        (
            "ts_authority",
            (
                rf"T[S3] (?i:AUTH(?:ORITY|\.)?)(?: to)?{_GAP}"
                r"(?P<n>(?!to\b|REASON)[A-Z0-9][\w.-]{2,}[^|\r\n(_]{0,30})"
            ),
        ),
        (
            "reviewer",
            (
                rf"(?i:REVIEWED BY|REVIEWER){_GAP}"
                r"(?P<n>[^|\r\n_]{1,40}?)(?=[ _]*(?i:\bDATE)|[|\r\n_]|$)"
            ),
        ),
    )
)
_DATE = re.compile(r"(?i:\bDATE)[:;._ ]{0,12}(?P<n>[^\s|_][^|\r\n]{0,20})")
#: Mandatory review of State's papers is younger than the order of 1972 that brought it.
_EARLIEST = "1972"
_LONGEST = 4000


def read_review_box(text: str, context: Context) -> Fields:
    """The options of a review box (true, false, or None where the check box is lost), its
    decision (the options ticked; None when none is), and its other fields."""
    text = text[:_LONGEST]
    gathering = Gathering(text)
    words, places = _squeezed(text)
    found = _options(gathering, words, places)
    ticked = tuple(name for name, value in found.items() if value not in (False, None))
    marked = [field for field in gathering.found if field.name in ticked]
    start = marked[0].start if marked else 0
    end = marked[-1].end if marked else 0
    certs: list[Cert] = [field.cert for field in marked]
    cert: Cert = min(certs, key=("low", "medium", "high").index, default="high")
    gathering.add("decision", ticked or None, start, max(start, end), cert)
    for field in marked:
        if field.name in _OUTCOME and not gathering.has("declassified"):
            span = (field.start, field.end)
            gathering.add("declassified", _OUTCOME[field.name], *span, field.cert, "checkbox")
    if len(ticked) > 1 and not any(set(ticked) <= together for together in _TOGETHER):
        message = ", ".join(ticked).replace("_", " ") + ": more than one is marked"
        gathering.report("unclear-choice", start, end, message)
    for name, pattern in _FIELDS:
        match = pattern.search(text)
        if match is not None:
            first, last = gathering.trim(*match.span("n"))
            if last > first:
                gathering.add(name, " ".join(text[first:last].split()), first, last)
    label = _DATE.search(text)
    if label is not None:
        earliest = max(context.date or "", _EARLIEST)
        sense = Sense(earliest, HORIZON, None, f"a review no earlier than {earliest}")
        gathering.date("date", *label.span("n"), sense, labelled=True)
    return gathering.fields("review-box")


def _squeezed(text: str) -> tuple[str, list[int]]:
    """The text in capitals without blanks, bars and rules, and where each character stood."""
    words: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        if not char.isspace() and char not in "|_~*":
            upper = char.upper()
            words.append(upper if len(upper) == 1 else char)
            places.append(place)
    return "".join(words), places


def _options(gathering: Gathering, words: str, places: list[int]) -> dict[str, Any]:
    """Each option once; an option printed twice counts where its box is legible."""
    found: dict[str, Any] = {}
    marks = list(_FIND.finditer(words))
    after = _are_after(words, marks)
    for number, mark in enumerate(marks):
        name = mark.lastgroup or ""
        before = marks[number - 1].end() if number else 0
        if after:
            box = _AFTER.match(words, mark.end())
        else:
            box = _BEFORE.search(words, max(before, mark.start() - 4), mark.start())
        value: Any = None
        cert: Cert = "low"
        start, end = places[mark.start()], places[mark.end() - 1] + 1
        if box is not None:
            start, end = min(start, places[box.start()]), max(end, places[box.end() - 1] + 1)
            value, cert = read_box(box[0])
        if name in ("classify", "downgrade"):
            until = marks[number + 1].start() if number + 1 < len(marks) else len(words)
            level, last = _level(words, mark.end(), min(until, mark.end() + 24))
            if level is not None:
                value, cert = level, "high"
            if last:
                end = places[last - 1] + 1
        if name in found and (found[name] is not None or value is None):
            continue
        gathering.found = [field for field in gathering.found if field.name != name]
        found[name] = value
        gathering.add(name, value, start, end, cert, "checkbox")
    return found


def _are_after(words: str, marks: list[re.Match[str]]) -> bool:
    """Whether the check boxes stand after their options: the last has one there, the first
    none before it."""
    if not marks:
        return False
    first = _BEFORE.search(words, max(0, marks[0].start() - 4), marks[0].start())
    if first and not words.endswith(("RDS", "XDS"), 0, first.start()):
        return False
    return _AFTER.match(words, marks[-1].end()) is not None


def _level(words: str, start: int, end: int) -> tuple[str | bool | None, int]:
    """The level ticked after `CLASSIFY AS` or `DOWNGRADE TS TO`; False when none is."""
    value: str | bool | None = None
    last = 0
    for match in _LEVEL.finditer(words, start, end):
        last = match.end("level")
        ticked = read_box(match["box"])[0]
        if ticked:
            return name_of(match["level"]), last
        if ticked is False:
            value = False
    return value, last
