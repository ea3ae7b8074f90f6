"""Which lines of a telegram are transmission apparatus, and its classification line.

The header of a cable (distribution, addressees, numbers, precedence) and its trailer are no text;
its classification line (`SECRET STATE 378008`) is a marking, no banner.
"""

import re
from functools import cache
from string import ascii_uppercase

from redline.markings.apparatus.lines import Kind
from redline.markings.register import (
    Level,
    Register,
    active,
    control_named,
    level_named,
    level_short,
    words,
)

_LEAD = re.compile(r"[\s*_#>|]*(?:[-•]\s+)?")
_END = r"[\s*_.|\\]*$"
_LONGEST = 400
_CONTROL = re.compile(r"EYES ONLY|ROGER CHANNEL|CORRECTED COPY|[A-Z]+")

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

# The captions that may stand on a classification line, before its number or after it.
_CAPTION = (
    r"(?:EXDIS|NODIS|LIMDIS|STADIS|NOFORN|NOTAL|LOU|EYES ONLY|ONLY|CHEROKEE|CONDIS|NESCO|SIPDIS"
    r"|SENSITIVE|TELEPOUCH|ROGER CHANNEL|CORRECTED COPY|STAFF|INTEL)(?![A-Z])"
)

# kind is `cable-head` but for the classification lines, whose kind is `cable-level`.
_ROWS = (
    ("distribution", "AO", rf"(?:ACTION|ORIGIN) +{_CODES}(?: +INFO +{_CODES})?{_END}"),
    ("distribution", "I", rf"INFO +{_CODES}{_END}"),
    ("distribution", ascii_uppercase, rf"{_CODE}(?:[ ,]+{_CODE})+(?: */\d{{3}} ?[RW]?)?{_END}"),
    ("distribution", "/", rf"/\d{{3}} ?[RW]{_END}"),
    ("dash", "-", rf"-{{4,}} ?[0-9A-F]{{4,6}} +{_DTG} */ ?\d{{2}}{_END}"),
    ("dash", "-", rf"-{{4,}} *{_DTG} +\d{{4,6}} */ ?\d{{2}}{_END}"),
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
    ("routing", "Z", rf"ZN[RY] [A-Z]{{5}}(?: ZZ[HK])?{_END}"),
    ("routing", "D", r"DE RU[A-Z]{3,6} #?\d{4}\b.{0,60}$"),
    ("routing", "B", rf"BT{_END}"),
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


def _levels(register: Register) -> str:
    names = sorted(
        (r"[ -]".join(map(re.escape, form)) for form, level in register.forms if not level.weak),
        key=len,
        reverse=True,
    )
    return "|".join(names)


def _shorts(register: Register) -> str:
    """The short forms of the levels that American telegrams have."""
    rows = (level for level in register.levels if level.scheme == "us" or not level.grade)
    return "|".join(sorted({re.escape(level.short) for level in rows}, key=len, reverse=True))


def _class_line(register: Register) -> re.Pattern[str]:
    """`SECRET EXDIS SECTION 01 OF 02 STATE 378008`: level, captions, section, number."""
    return re.compile(
        rf"(?:(?P<level>{_levels(register)})"
        r"|(?P<spelled>[A-Z](?:[ -]{1,3}[A-Z](?![A-Z])){4,18}))"
        rf"(?P<captions>(?:[ ,;/+-]+{_CAPTION})*)"
        r"(?: +SECTION +\d\d? +OF +\d\d?)?"
        r"(?: +(?P<station>[A-Z][A-Z.']{1,14}(?: [A-Z]{3,12}){0,2}) +(?P<number>\d{3,6})"
        rf"(?: +SECTION +\d\d? +OF +\d\d?|/\d\d)?(?P<after>(?:[ ,;/+-]+{_CAPTION})*)"
        r"| +\d{6}Z(?: +[A-Z]{3} +\d\d)?(?: +(?:STAFF|INTEL|CITE +[A-Z]+ *\d+))*)"
        rf"{_END}"
    )


def _entire(register: Register) -> re.Pattern[str]:
    """`1. SECRET ENTIRE TEXT.`"""
    return re.compile(
        rf"(?:\d{{1,2}}\. *)?(?:\((?:{_shorts(register)})\) *)?"
        rf"(?P<level>{_levels(register)}|(?:{_shorts(register)})(?= *-))"
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
    found = active().derived(_entire).match(line, at)
    if found is not None:
        return _with_level("entire-text", found["level"], found)
    found = active().derived(_class_line).match(line, at)
    if found is None:
        return None
    return _with_level("class-line", found["level"] or found["spelled"], found)


def _with_level(role: str, printed: str, found: re.Match[str]) -> Kind | None:
    level: Level | None = level_named(printed) or level_short(printed)
    start, end = found.span("level")
    if level is None:
        joined = re.sub(r"[^A-Z]", "", printed)
        level = level_named("TOP SECRET" if joined == "TOPSECRET" else joined)
        start, end = found.span("spelled")
    if level is None or _is_heading(found.groupdict()):
        return None
    data = {"level": level.name, "level_span": (start, end)}
    for key in ("station", "number"):
        value = found.groupdict().get(key)
        if value:
            data[key] = value
    groups = found.groupdict()
    captions = f"{groups.get('captions') or ''} {groups.get('after') or ''}"
    rows = [(text, control_named(text)) for text in _CONTROL.findall(captions)]
    if rows:
        data["controls"] = tuple(row.name if row is not None else text for text, row in rows)
    return Kind("cable-level", role, data)


_YEAR = re.compile(r"1[89]\d\d|20\d\d")


_MONTHS = frozenset(
    "JANUARY FEBRUARY MARCH APRIL MAY JUNE JULY AUGUST SEPTEMBER OCTOBER NOVEMBER DECEMBER".split()
)


def _is_heading(found: dict[str, str | None]) -> bool:
    """Whether ordinary words and a year only look like a station and its number.

    `SECRET TALKS WITH FRANCE 1974`, `SECRET MAY 1951`; but `SECRET STATE 123456` is a cable.
    """
    names = (found.get("station") or "").split()
    lists = words()
    ordinary = any(
        name in lists.function or name in lists.noun or name in _MONTHS for name in names
    )
    year = _YEAR.fullmatch(found.get("number") or "") is not None
    return ordinary and (len(names) > 1 or (year and names != ["STATE"]))
