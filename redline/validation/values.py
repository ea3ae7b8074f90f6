"""Values of attributes: the types of a grammar, checked in Python."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import NamedTuple

import regex

__all__ = ["Value", "matches"]

_NAME = r"[\p{L}_][\p{L}\p{M}\p{N}._\-·]*"
_ZONE = r"(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?"
_YEAR = r"-?(?:[1-9]\d{4,}|(?!0000)\d{4})"
_MONTH = r"(?:0[1-9]|1[0-2])"
_DAY = r"(?:0[1-9]|[12]\d|3[01])"
#: What the types of XML Schema look like, as far as redline's grammar uses them, and a few more;
#: what is of another type is taken for right, and left to the validator proper.
_TYPES = {
    "ID": _NAME,
    "NCName": _NAME,
    "double": r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|-?INF|NaN",
    "positiveInteger": r"\+?0*[1-9]\d*",
    "date": f"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}",
    "gYearMonth": f"{_YEAR}-{_MONTH}{_ZONE}",
    "gYear": f"{_YEAR}{_ZONE}",
    "boolean": r"true|false|0|1",
    "decimal": r"[+-]?(?:\d+\.?\d*|\.\d+)",
    "integer": r"[+-]?\d+",
    "nonNegativeInteger": r"\+?\d+|-0+",
}
_DAYS_OF = 10  # the length of a date without its zone: 1951-08-23


class Value(NamedTuple):
    """What a value must be. `kind` is ``data`` (`text` names a type, `pattern` narrows it),
    ``value`` (`text` itself), ``choice`` or ``list`` (one or more of its one part)."""

    kind: str
    text: str = ""
    pattern: str = ""
    parts: tuple[Value, ...] = ()


def matches(wanted: Value, value: str) -> bool:
    """Whether `value` is one."""
    kind, text, pattern, parts = wanted
    if kind == "choice":
        return any(matches(part, value) for part in parts)
    if kind == "list":
        words = value.split()
        return bool(words) and all(matches(parts[0], word) for word in words)
    if text != "string" or kind == "value":
        value = " ".join(value.split())
    if kind == "value":
        return value == text
    if text in _TYPES and not _compiled(_TYPES[text]).fullmatch(value):
        return False
    if pattern and not _compiled(pattern).fullmatch(value):
        return False
    return text != "date" or _is_day(value)


def _is_day(value: str) -> bool:
    if value[0] == "-" or value[4] != "-":  # before Christ, or after 9999: no calendar here
        return True
    try:
        date.fromisoformat(value[:_DAYS_OF])
    except ValueError:
        return False
    return True


@cache
def _compiled(pattern: str) -> regex.Pattern[str]:
    return regex.compile(pattern)
