"""Which lines of a telegram are transmission apparatus, and its classification line.

The header of a cable (distribution, addressees, numbers, precedence) and its trailer are no text;
its classification line (`SECRET STATE 378008`) is a marking, no banner.
"""

import re
from functools import cache
from string import ascii_uppercase

from redline.markings.lines import Kind
from redline.markings.register import Level, level_forms, level_named

_LEAD = re.compile(r"[\s*_#>|]*(?:[-•]\s+)?")
_END = r"[\s*_.|\\]*$"
_LONGEST = 400

_CODE = r"[A-Z][A-Z/]{0,7}-\d{2}"
_CODES = rf"{_CODE}(?:[ ,]+(?:{_CODE}|/\d{{3}} ?[RW]?))*"
_DTG = r"(?P<dtg>(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\dZ)"
_MONTH = r"(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)"
_PRECEDENCE = (
    r"(?:[ZOPRD]|FLASH|NIACT(?: IMMEDIATE)?|OPERATIONAL IMMEDIATE|IMMEDIATE|PRIORITY|ROUTINE"
    r"|DEFERRED)"
)
# Who telegrams are addressed to: the words their names begin with.
_STATION = (
    r"(?:SECSTATE|SECDEF|AMEMBASSY|AMCONSUL|AMCONGEN|USMISSION|USDEL|USINT|USLO|USNATO|USUN|CINC\w+"
    r"|CJCS|JCS|WHITE HOUSE|WHITEHOUSE|CIA|DIA|NSA|DIRNSA|DEPT OF STATE|DEPTSTATE|RU[A-Z]{4,6}"
    r"|DIRECTOR|TREASURY|COLLECTIVE)"
)

# kind is `cable-head` but for the classification lines, whose kind is `cable-level`.
_ROWS = (
    ("distribution", "AO", rf"(?:ACTION|ORIGIN) +{_CODES}(?: +INFO +{_CODES})?{_END}"),
    ("distribution", "I", rf"INFO +{_CODES}{_END}"),
    ("distribution", ascii_uppercase, rf"{_CODE}(?:[ ,]+{_CODE})+(?: */\d{{3}} ?[RW]?)?{_END}"),
    ("distribution", "/", rf"/\d{{3}} ?[RW]{_END}"),
    ("dash", "-", rf"-{{4,}} ?[0-9A-F]{{4,6}} +{_DTG} */ ?\d{{2}}{_END}"),
    ("dash", "-", rf"-{{4,}} +{_DTG} +\d{{4,6}} */ ?\d{{2}}{_END}"),
    (
        "precedence",
        "ZOPRDFNI",
        (
            rf"{_PRECEDENCE}(?: {_PRECEDENCE})? +{_DTG}(?: +{_MONTH} +\d{{2}}(?:\d\d)?)?"
            rf"(?:{_END}| +(?:FM|ZFF\d?|ZDK)\b.*$)"
        ),
    ),
    ("precedence", "0123", rf"{_DTG} +{_MONTH} +\d{{2}}{_END}"),
    ("from", "F", rf"FM +{_STATION}\b[A-Z0-9 /,.-]*$"),
    ("to", "TI", rf"(?:TO|INFO) +{_STATION}\b[A-Z0-9 /,.-]*$"),
    ("drafted", "DA", r"(?:DRAFTED|APPROVED|AUTHORIZED) BY: ?.*$"),
    ("distribution", "D", r"DESIRED DISTRIBUTION\b.{0,40}$"),
)


@cache
def _by_first() -> dict[str, tuple[tuple[str, re.Pattern[str]], ...]]:
    found: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for role, first, text in _ROWS:
        pattern = re.compile(text)
        for char in first:
            found.setdefault(char, []).append((role, pattern))
    return {char: tuple(rows) for char, rows in found.items()}


@cache
def _levels() -> str:
    names = sorted(
        (r"[ -]".join(form) for form, level in level_forms() if not level.weak),
        key=len,
        reverse=True,
    )
    return "|".join(names)


@cache
def _class_line() -> re.Pattern[str]:
    """`SECRET EXDIS SECTION 01 OF 02 STATE 378008`: level, captions, section, number."""
    return re.compile(
        rf"(?:(?P<level>{_levels()})|(?P<spelled>[A-Z](?:[ -]{{1,3}}[A-Z](?![A-Z])){{4,18}}))"
        r"(?P<captions>(?: +(?:EXDIS|NODIS|LIMDIS|STADIS|NOFORN|NOTAL|LOU|EYES ONLY|ONLY|CHEROKEE"
        r"|STAFF|INTEL))*)"
        r"(?: +SECTION +\d\d? +OF +\d\d?)?"
        r"(?: +(?P<station>[A-Z][A-Z.']{1,14}(?: [A-Z]{3,12}){0,2}) +(?P<number>\d{3,6})"
        r"(?: SECTION \d\d OF \d\d)?"
        r"| +\d{6}Z(?: +[A-Z]{3} +\d\d)?(?: +(?:STAFF|INTEL|CITE +[A-Z]+ *\d+))*)"
        rf"{_END}"
    )


@cache
def _entire() -> re.Pattern[str]:
    """`1. SECRET ENTIRE TEXT.`"""
    return re.compile(
        rf"(?:\d{{1,2}}\. *)?(?:\((?:TS|S|C|U|R|LOU|SBU)\) *)?(?P<level>{_levels()})"
        rf" *(?:-{{1,2}} *)?ENTIRE (?:TEXT|MESSAGE){_END}"
    )


def is_transmission_line(line: str) -> Kind | None:
    """What a line of a telegram's apparatus is; None for any other line.

    >>> is_transmission_line("SECRET STATE 378008").data["level"]
    'SECRET'
    >>> is_transmission_line("-----AD193F 180736Z /38").role
    'dash'
    >>> is_transmission_line("ACTION IS NEEDED BEFORE THE TALKS.")
    """
    if len(line) > _LONGEST:
        return None
    if not line.isupper() and not line.lstrip(" *_#>-|").startswith(("DRAFTED", "APPROVED")):
        return None  # telegrams are printed in capitals
    match = _LEAD.match(line)
    at = match.end() if match else 0
    if at == len(line):
        return None
    for role, pattern in _by_first().get(line[at], ()):
        found = pattern.match(line, at)
        if found is not None:
            data = {key: value for key, value in found.groupdict().items() if value}
            return Kind("cable-head", role, data or None)
    return _level_line(line, at)


def _level_line(line: str, at: int) -> Kind | None:
    found = _entire().match(line, at)
    if found is not None:
        return _with_level("entire-text", found["level"], found)
    found = _class_line().match(line, at)
    if found is None:
        return None
    return _with_level("class-line", found["level"] or found["spelled"], found)


def _with_level(role: str, printed: str, found: re.Match[str]) -> Kind | None:
    level: Level | None = level_named(printed)
    start, end = found.span("level")
    if level is None:
        joined = re.sub(r"[^A-Z]", "", printed)
        level = level_named("TOP SECRET" if joined == "TOPSECRET" else joined)
        start, end = found.span("spelled")
    if level is None:
        return None
    data = {"level": level.name, "level_span": (start, end)}
    for key in ("station", "number"):
        value = found.groupdict().get(key)
        if value:
            data[key] = value
    captions = found.groupdict().get("captions")
    if captions and captions.strip():
        data["controls"] = tuple(captions.replace("EYES ONLY", "EYES_ONLY").split())
    return Kind("cable-level", role, data)
