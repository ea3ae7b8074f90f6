"""What a register file may hold: the keys of each table, and what has to go together.

`faults` finds everything that is wrong with one file, given the files before it. The tables `KEYS`
and `KINDS` say what may stand in a row; `agreement` looks at rows together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from typing import Any, NamedTuple

from redline.markings.register.agreement import CHECKS, Fault, Row

__all__ = ["KEYS", "KINDS", "WORDS", "faults", "shape_faults"]

_RANKS = range(100)
_EDITS = range(4)
_ID = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
_FORM = re.compile(r"[^\W_a-z]+(?:[ -][^\W_a-z]+)*")
_CAPITALS = "capital letters and digits, the words apart by one space or hyphen"


class Kind(NamedTuple):
    """What a value must be: a test of it, the words for that; of a list, a test of its items."""

    fits: Callable[[Any], bool]
    wanted: str
    item: Callable[[Any], bool] | None = None


def _text(value: Any) -> bool:
    return isinstance(value, str) and value.strip() == value != ""


def _form(value: Any) -> bool:
    return isinstance(value, str) and _FORM.fullmatch(value) is not None and value.upper() == value


def _date(value: Any) -> bool:
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}(-\d\d){0,2}", value, re.ASCII):
        return False
    try:
        date.fromisoformat(f"{value}-01-01"[:10])
    except ValueError:
        return False
    return True


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _listed(item: Callable[[Any], bool], wanted: str) -> Kind:
    return Kind(lambda value: isinstance(value, list) and all(map(item, value)), wanted, item)


KINDS = {
    "id": Kind(
        lambda value: isinstance(value, str) and _ID.fullmatch(value) is not None,
        'a name of letters, digits, ".", "-" and "_", such as "us.TS"',
    ),
    "text": Kind(_text, "words in quotes, without blanks at the ends"),
    "texts": _listed(_text, "a list of words in quotes"),
    "form": Kind(_form, _CAPITALS),
    "forms": _listed(_form, f"a list of printed forms: {_CAPITALS}"),
    "date": Kind(_date, 'an ISO date in quotes: "1953", "1953-12" or "1953-12-15"'),
    "flag": Kind(lambda value: isinstance(value, bool), "true or false"),
    "rank": Kind(
        lambda value: _whole(value) and value in _RANKS,
        f"a whole number from {_RANKS[0]} to {_RANKS[-1]}",
    ),
    "edits": Kind(
        lambda value: _whole(value) and value in _EDITS,
        f"a whole number from {_EDITS[0]} to {_EDITS[-1]}",
    ),
    "numbers": _listed(_whole, "a list of whole numbers"),
    "digits": Kind(
        lambda value: isinstance(value, str) and re.fullmatch(r"[0-9]{3,6}", value) is not None,
        'the number in quotes, such as "10501"',
    ),
    "portions": Kind(lambda value: value in ("no", "may", "must"), '"no", "may" or "must"'),
}

#: The keys of each table and the kind of each; an asterisk marks those that must be there.
KEYS: dict[str, dict[str, str]] = {
    "scheme": {"id": "id*", "name": "text*", "prefixes": "forms", "grade": "flag"},
    "level": {
        "id": "id*",
        "name": "form*",
        "short": "form*",
        "rank": "rank*",
        "scheme": "id*",
        "forms": "forms",
        "national": "forms",
        "since": "date",
        "until": "date",
        "weak": "flag",
    },
    "suffix": {"name": "form*", "forms": "forms", "since": "date", "until": "date"},
    "control": {
        "name": "form*",
        "forms": "forms",
        "short": "forms",
        "group": "text*",
        "since": "date",
        "until": "date",
        "alone": "flag",
    },
    "order": {
        "number": "digits*",
        "signed": "date*",
        "effective": "date",
        "until": "date",
        "levels": "texts*",
        "portions": "portions",
        "amends": "digits",
    },
    "schedule": {
        "token": "text*",
        "forms": "texts",
        "numbers": "numbers",
        "order": "digits",
        "wording": "text",
        "effect": "text*",
        "since": "date",
        "until": "date",
        "exempt": "flag",
    },
    "exemption": {
        "code": "text*",
        "forms": "texts",
        "family": "text*",
        "order": "digits",
        "meaning": "text",
        "since": "date",
        "until": "date",
    },
    "notice": {
        "name": "text*",
        "forms": "texts",
        "agency": "text",
        "since": "date",
        "until": "date",
    },
    "fuzzy": {"word": "form*", "edits": "edits*", "same-length": "flag"},
}
#: The lists of the one table `[words]`.
WORDS = ("stop", "stop-top", "short", "function", "noun")


def faults(tables: Row, before: Sequence[Row] = ()) -> Iterator[Fault]:
    """What is wrong with the tables of one file; `before` are those of the files it adds to."""
    shape = list(shape_faults(tables))
    if shape:
        yield from shape
        return
    for check in CHECKS:
        yield from check(tables, before)


# -- one value, one row ---------------------------------------------------------------------


def shape_faults(tables: Row) -> Iterator[Fault]:
    """What is wrong with the rows of one file, each taken by itself."""
    for table, rows in tables.items():
        if table == "words":
            yield from _word_lists(rows)
        elif table not in KEYS:
            yield (table,), _unknown("table", table, (*KEYS, "words"))
        elif not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            yield (table,), f"{table} is no list of tables; begin each with [[{table}]]"
        else:
            for at, row in enumerate(rows):
                yield from _row(table, at, row)


def _row(table: str, at: int, row: Row) -> Iterator[Fault]:
    keys = KEYS[table]
    meant = {_nearest(key, keys) for key in row.keys() - keys.keys()}
    for key, name in keys.items():
        if name.endswith("*") and key not in row and key not in meant:
            yield (table, at), f"{table} without {key}; {key} is {KINDS[name[:-1]].wanted}"
    for key, value in row.items():
        if key not in keys:
            yield (table, at, key), _unknown(f"key in [[{table}]]", key, keys)
            continue
        kind = KINDS[keys[key].rstrip("*")]
        if kind.fits(value):
            continue
        wrong = None
        if kind.item and isinstance(value, list):
            wrong = next((k for k, item in enumerate(value) if not kind.item(item)), None)
        if wrong is None:
            yield (table, at, key), f"{key} is {_shown(value)}; give {kind.wanted}"
        else:
            message = f"{key} has {_shown(value[wrong])}; give {kind.wanted}"
            yield (table, at, key, wrong), message


def _word_lists(lists: Any) -> Iterator[Fault]:
    if not isinstance(lists, dict):
        yield ("words",), "words is no table; begin it with [words]"
        return
    for name, words in lists.items():
        if name not in WORDS:
            yield ("words", name), _unknown("key in [words]", name, WORDS)
        elif not isinstance(words, list):
            yield ("words", name), f"{name} is {_shown(words)}; give {KINDS['forms'].wanted}"
        else:
            for at, word in enumerate(words):
                if not _form(word):
                    yield ("words", name, at), f"{_shown(word)} is no word; give {_CAPITALS}"


def _unknown(what: str, name: str, known: Sequence[str] | Mapping[str, str]) -> str:
    close = _nearest(name, known)
    hint = f"did you mean {close}?" if close else f"known are {', '.join(known)}"
    return f"unknown {what}: {name}; {hint}"


def _nearest(name: str, known: Sequence[str] | Mapping[str, str]) -> str | None:
    return next(iter(get_close_matches(name, known, 1)), None)


def _shown(value: Any) -> str:
    text = repr(value) if not isinstance(value, bool) else str(value).lower()
    return text if len(text) <= 40 else text[:39] + "…"

