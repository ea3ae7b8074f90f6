"""Cables: classification line, page lines, header with its distribution and its checksum."""

from __future__ import annotations

import re
from collections.abc import Sequence

from redline.markings.dates import date_group
from redline.markings.fields.gather import Gathering, figures
from redline.markings.fields.values import Context, Fields
from redline.markings.register import Register, active, control_named
from redline.model import Cert

__all__ = ["cable_fields", "read_line"]

_STATION = r"(?P<station>[A-Z][A-Z.']{1,14}(?: [A-Z][A-Z.]{2,12}){0,2}?)"
_NUMBER = re.compile(rf"(?<!\w){_STATION} {{1,8}}(?P<number>[\dO]{{1,6}})(?!\w)")
_CITE = re.compile(r"\bCITE {1,4}(?P<station>[A-Z]{2,14}) {0,3}(?P<number>\d{1,6})?(?!\w)")
_SECTION = re.compile(
    r"(?:\bSECTION {1,3})?(?<!\d)(?P<n>\d{1,2}) {0,2}OF {1,2}(?P<m>\d{1,2})(?!\d)"
)
_PAGE = re.compile(
    rf"\bPAGE {{1,9}}(?P<page>\d{{1,3}})(?: OF \d{{1,3}})? {{1,9}}{_STATION} {{1,9}}"
    rf"(?P<number>\d{{1,6}})(?!\w)"
)
_URGENT = r"FLASH|NIACT IMMEDIATE|NIACT|OPERATIONAL IMMEDIATE|IMMEDIATE|PRIORITY|ROUTINE|DEFERRED"
_MARK = rf"(?:{_URGENT}|[ZOPRD])(?![A-Z])"
_PRECEDENCE = re.compile(rf"(?<![\w-])(?P<n>{_MARK}(?: {_MARK})?) {{1,3}}(?=\d{{6}} ?Z)")
_LETTERS = {"Z": "FLASH", "O": "IMMEDIATE", "P": "PRIORITY", "R": "ROUTINE", "D": "DEFERRED"}
_GROUP = re.compile(r"(?<!\d)\d{6} ?Z")
_CODE = re.compile(r"(?<![\w-])\(?[A-Z][A-Z/]{0,7}\)?-(?P<n>[\dOIl]{2})(?![\w-])")
_STATED = re.compile(r"(?<![\w/])/ {0,2}(?P<n>[\dOIl]{3})(?: {0,2}(?P<mark>[RW]))?(?!\w)")
_HEADING = re.compile(r"\b(?:ACTION|ORIGIN|INFO) {1,4}(?=\(?[A-Z][A-Z/]{0,7}\)?-[\dOIl]{2})")
_FROM = re.compile(r"\bFM {1,3}(?P<n>[A-Z][A-Z ./-]{2,40}?)(?= TO\b| INFO\b| {2}|[\r\n]|$)")
_TO = re.compile(
    rf"\bTO {{1,3}}(?P<n>[A-Z][A-Z /.-]{{2,60}}?)(?: (?:{_URGENT}))?(?: \d{{4}})?"
    r"(?= INFO\b| {2}|[\r\n]|$)"
)
_LONGEST = 20_000


def read_line(text: str, context: Context) -> Fields:
    """A classification line (`SECRET NODIS STATE 123456`) or a page line (`PAGE 02 STATE …`)."""
    text = text[:_LONGEST]
    gathering = Gathering(text)
    page = _PAGE.search(text)
    if page is not None:
        gathering.add("page", int(page["page"]), *page.span("page"))
        _station(gathering, page)
        _section(gathering, 0, len(text))
    else:
        level = _level_pattern().match(text)
        _class_line(gathering, level.end() if level is not None else 0, len(text))
    _group(gathering, context)
    return gathering.fields("page-line" if page is not None else "class-line")


def cable_fields(text: str, context: Context) -> Fields:
    """What the header of a cable says, from its first line to its classification line.

    `distribution` is the number of copies its office codes add up to, the number stated, and
    whether the two agree; None where it states none.
    """
    text = text[:_LONGEST]
    gathering = Gathering(text)
    _distribution(gathering)
    page = _PAGE.search(text)
    lines = [line.span() for line in re.finditer(r"[^\r\n\f]+", text)]
    levels = _level_pattern()
    for start, end in lines:
        level = levels.match(text, start, end)
        if level is None or "ENTIRE TEXT" in text[start:end]:
            continue
        if _class_line(gathering, level.end(), end):
            break
    if page is not None and not gathering.has("number"):
        _station(gathering, page)
    match = _PRECEDENCE.search(text)
    if match is not None:
        _precedence(gathering, match)
    group = match.end() if match is not None else None
    _group(gathering, context, group)
    for name, pattern in (("from", _FROM), ("to", _TO)):
        address = pattern.search(text)
        if address is not None:
            start, end = gathering.trim(*address.span("n"))
            gathering.add(name, " ".join(text[start:end].split()), start, end)
    return gathering.fields("cable")


def _level_pattern() -> re.Pattern[str]:
    """A printed level at the head of a line, as words or letter by letter."""
    return active().derived(_make_levels)


def _make_levels(register: Register) -> re.Pattern[str]:
    forms = sorted({"[ -]{1,2}".join(form) for form, _ in register.forms}, key=len, reverse=True)
    spelled = r"[A-Z](?:[ -]{1,2}[A-Z](?![A-Z])){4,18}"
    return re.compile(rf"[\s*_#>|~-]*(?:{'|'.join(forms)}|{spelled})(?![A-Z])")


def _caption_pattern() -> re.Pattern[str]:
    """The handling captions of the register, the longest first."""
    return active().derived(_make_captions)


def _make_captions(register: Register) -> re.Pattern[str]:
    forms = sorted({form for row in register.controls for form in row.forms}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, forms))})(?!\w)")


def _station(gathering: Gathering, found: re.Match[str]) -> None:
    gathering.add("station", " ".join(found["station"].split()), *found.span("station"))
    if found["number"]:
        number = figures(found["number"])
        cert: Cert = "high" if number == found["number"] else "medium"
        gathering.add("number", number, *found.span("number"), cert, "idno")


def _class_line(gathering: Gathering, start: int, end: int) -> bool:
    """The captions, section, station and number after a level; whether there was a number."""
    text = gathering.text
    taken = [span for span in (_section(gathering, start, end),) if span is not None]
    captions = [found.span() for found in _caption_pattern().finditer(text, start, end)]
    if not start and _between(text[start:end], captions):
        captions = []  # words of a phrase: HANDLE VIA ... CHANNELS ONLY
    if captions:
        names = [control_named(text[a:b]) for a, b in captions]
        value = tuple(control.name for control in names if control is not None)
        gathering.add("captions", value, captions[0][0], captions[-1][1])
    cite = _CITE.search(text, start, end)
    if cite is not None:
        _station(gathering, cite)
        return True
    # What has been read is no part of the name of a station.
    rest = text[:end]
    for first, last in taken + captions:
        rest = f"{rest[:first]}{chr(10) * (last - first)}{rest[last:]}"
    found = _NUMBER.search(rest, start)
    if found is not None:
        _station(gathering, found)
    return found is not None


def _between(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether words stand between or around some parts of a line without a level."""
    rest = text
    for first, last in spans:
        rest = f"{rest[:first]}{' ' * (last - first)}{rest[last:]}"
    return any(char.isalpha() for char in rest)


def _section(gathering: Gathering, start: int, end: int) -> tuple[int, int] | None:
    found = _SECTION.search(gathering.text, start, end)
    if found is None:
        return None
    first, last = found.start("n"), found.end("m")
    gathering.add("section", [int(found["n"]), int(found["m"])], first, last)
    return found.span()


def _group(gathering: Gathering, context: Context, start: int | None = None) -> None:
    """The date-time group as printed, and its date."""
    if start is None:
        first = _GROUP.search(gathering.text)
        start = first.start() if first is not None else len(gathering.text)
    found = date_group(gathering.text, start, date=context.date)
    if found is None:
        return
    gathering.add("dtg", " ".join(found.raw.split()), found.start, found.end, found.cert, "date")
    if found.when is not None or found.fault:
        gathering.add("date", found.when, found.start, found.end, found.cert, "date")
    if found.fault:
        gathering.report(found.fault, found.start, found.end, found.message)


def _precedence(gathering: Gathering, match: re.Match[str]) -> None:
    words = re.findall(_MARK, match["n"])
    names = [_LETTERS.get(word, word) for word in words]
    gathering.add("precedence", names[0] if len(names) == 1 else tuple(names), *match.span("n"))


def _distribution(gathering: Gathering) -> None:
    text = gathering.text
    heading = _HEADING.search(text)
    if heading is None:
        return
    stated = _STATED.search(text, heading.end())
    codes = list(_CODE.finditer(text, heading.end(), stated.start() if stated else len(text)))
    if not codes:
        return
    copies = sum(int(figures(code["n"])) for code in codes)
    said = int(figures(stated["n"])) if stated is not None else None
    agrees = copies == said if said is not None else None
    end = stated.end() if stated is not None else codes[-1].end()
    value = {"copies": copies, "stated": said, "agrees": agrees}
    gathering.add("distribution", value, heading.start(), end, "high" if agrees else "medium")
    if agrees is False:
        message = f"the offices have {copies} copies together, the line states {said}"
        first = stated.start() if stated is not None else end
        gathering.report("distribution-checksum", first, end, message)
