"""The register of security markings: what may be printed on a paper, and what it means.

The table is `register.toml`; `docs/reference/markings.md` is the text it follows. A `Register` is
a frozen value made of that table and of a project's own ones (`load`, `Register.extended`).
`active()` is the one in force, `using(...)` puts another in its place for a while; the functions
below ask the active one.

Nothing is read before the first question, so importing the package costs no file access.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from os import PathLike
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from redline.markings.register.rows import (
    Bound,
    Control,
    Exemption,
    Level,
    Notice,
    Order,
    Phrase,
    Schedule,
    Scheme,
    Words,
    code_key,
    notice_words,
    phrase,
    valid_at,
)

if TYPE_CHECKING:
    from redline.markings.register.loading import Extension

__all__ = [
    "Bound",
    "Control",
    "Exemption",
    "Layer",
    "Level",
    "Notice",
    "Order",
    "Register",
    "Schedule",
    "Scheme",
    "Words",
    "active",
    "bounds",
    "builtin",
    "control_named",
    "controls",
    "exemption",
    "level_forms",
    "level_named",
    "level_short",
    "levels",
    "load",
    "notice_of",
    "order_numbered",
    "orders",
    "schedule_token",
    "scheme_of",
    "using",
    "valid_at",
    "words",
]

T = TypeVar("T")


class Layer(NamedTuple):
    """One file of the register: its name, and its tables as TOML gives them."""

    name: str
    tables: Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Register:
    """Everything the register holds; later layers add to earlier ones.

    `forms` are the printed forms of the levels, the longest first. Two registers are the same
    only if they are one object: whatever is derived from one is kept with it (`derived`).
    """

    layers: tuple[Layer, ...] = field(repr=False)
    schemes: tuple[Scheme, ...] = field(repr=False)
    levels: tuple[Level, ...]
    forms: tuple[tuple[Phrase, Level], ...] = field(repr=False)
    controls: tuple[Control, ...] = field(repr=False)
    orders: tuple[Order, ...] = field(repr=False)
    schedules: tuple[Schedule, ...] = field(repr=False)
    exemptions: tuple[Exemption, ...] = field(repr=False)
    notices: tuple[Notice, ...] = field(repr=False)
    bounds: Mapping[str, Bound] = field(repr=False)
    words: Words = field(repr=False)
    _derived: dict[Callable[[Register], Any], Any] = field(default_factory=dict, repr=False)

    def derived(self, make: Callable[[Register], T]) -> T:
        """What `make` makes of this register: made once, and forgotten with it."""
        try:
            found: T = self._derived[make]
        except KeyError:
            found = self._derived[make] = make(self)
        return found

    def extended(self, *extensions: Extension) -> Register:
        """This register with a project's own tables added.

        Raises `RegisterError` for what does not go together.
        """
        from redline.markings.register.loading import extend

        return extend(self, extensions)

    @property
    def grade_forms(self) -> tuple[Phrase, ...]:
        """The printed forms of the levels that are grades and no everyday words, longest first."""
        return tuple(form for form, level in self.forms if level.grade and not level.weak)

    # -- levels and controls --------------------------------------------------------------

    def level_named(self, name: str, scheme: str | None = None) -> Level | None:
        """The level with this id, name or printed form; None when there is none.

        `scheme` narrows it: within `uk`, `SECRET` is UK SECRET.

        >>> builtin().level_named("TOP-SECRET").id, builtin().level_named("SECRET", "uk").id
        ('us.TS', 'uk.S')
        """
        key = phrase(name.upper())
        if scheme is not None:
            return self.derived(_levels_by_scheme).get((scheme, key))
        found = self.derived(_levels_by_phrase)
        return found.get(key) or found.get((name,))

    def level_short(self, short: str, scheme: str = "us") -> Level | None:
        """The level of a scheme by its short form (`TS`); administrative ones in every scheme."""
        return self.derived(_levels_by_short).get((scheme, short))

    def scheme_of(self, prefix: str) -> Scheme | None:
        """The scheme that a word before a level names: `GBR`, `UK`, `CANADIAN`, `NATO`."""
        return self.derived(_schemes_by_prefix).get(phrase(prefix.upper()))

    def control_named(self, text: str) -> Control | None:
        """The control with this name, printed form or short form; case does not matter."""
        return self.derived(_controls_by_phrase).get(phrase(text.upper()))

    # -- orders, schedules, exemptions, notices -------------------------------------------

    def order_numbered(self, text: str, date: str | None = None) -> Order | None:
        """The executive order with this number; a damaged number is repaired.

        Letters that scanning puts for digits are read as these. A number with one wrong digit is
        read as an order only if `date` (ISO, of the paper) says which one was in force.

        >>> builtin().order_numbered("16652", "1974-05-01").number
        '11652'
        """
        number = _NO_NUMBER.sub("", text).translate(_DIGITS)
        for order in self.orders:
            if order.number == number:
                return order
        if date is None:
            return None
        fitting = [order for order in self.order_candidates(number) if valid_at(order, date)]
        return fitting[0] if len(fitting) == 1 else None

    def order_candidates(self, number: str) -> tuple[Order, ...]:
        """The orders whose number differs from this one in one digit."""
        return tuple(
            order
            for order in self.orders
            if len(order.number) == len(number)
            and sum(a != b for a, b in zip(order.number, number, strict=True)) == 1
        )

    def schedule_token(self, text: str, date: str | None = None) -> Schedule | None:
        """The schedule that a token names: `XGDS-2`, `GROUP 4`, `OADR`, `25X1`.

        Where several orders have the token (`GDS`, `DECL`), the one in use on `date` (ISO, of the
        paper), else the first.
        """
        rows = self.derived(_schedules_by_key).get(code_key(text), ())
        fitting = (row for row in rows if date is not None and valid_at(row, date))
        return next(fitting, rows[0] if rows else None)

    def exemption(self, code: str) -> Exemption | None:
        """The row of an exemption code, however it is printed: `(b)(7)(C)`, `b7C`, `B7C`.

        A sub-code that has no row of its own gives the row it belongs to (`25X1A9a`: 25X1).
        """
        rows = self.derived(_exemptions_by_key)
        found = rows.get(code_key(code))
        if found is None:
            key = code_key(_SUBNUMBER.sub("", code))
            found = rows.get(key)
            while found is None and (shorter := _SUBCODE.sub("", key)) != key:
                key = shorter
                found = rows.get(key)
        return found

    def notice_of(self, line: str) -> Notice | None:
        """The notice whose words a line begins with; marks before them do not count."""
        words = notice_words(line[:_LONGEST_NOTICE])
        for form, notice in self.derived(_notices_by_first).get(words[:1], ()):
            if words[: len(form)] == form:
                return notice
        return None


#: What stands around the number of an order: `E.O. 11652:`.
_NO_NUMBER = re.compile(r"\A\W*E\W*O\b|[^\w|!]+", re.IGNORECASE)
#: Letters that scanning puts for digits.
_DIGITS = str.maketrans("OoQIl|!SBGZ", "00011115862")
#: What a sub-code adds to its code: `(b)(3)` + `-1`, `1.4(D)` + ` >25Yrs`; `25X1` + `A`.
_SUBNUMBER = re.compile(r"(?:-\d+(?:,\d+)*|\s*>\s*\d+ ?[Yy]rs?)\s*\Z")
_SUBCODE = re.compile(r"(?<=\d)[A-Z]\Z|(?<=[A-Z])\d+\Z")
#: So much of a line is looked at for a notice.
_LONGEST_NOTICE = 240


# -- indices ------------------------------------------------------------------------------


def _levels_by_phrase(register: Register) -> dict[Phrase, Level]:
    found = dict(register.forms)
    for level in register.levels:
        found[(level.id,)] = level
    return found


def _levels_by_scheme(register: Register) -> dict[tuple[str, Phrase], Level]:
    found = {(level.scheme, form): level for form, level in register.forms}
    by_id = {level.id: level for level in register.levels}
    for layer in register.layers:
        for row in layer.tables.get("level", ()):
            for text in row.get("national", ()):
                level = by_id[row["id"]]
                found[(level.scheme, phrase(text))] = level
    return found


def _levels_by_short(register: Register) -> dict[tuple[str, str], Level]:
    found = {
        (scheme.id, level.short): level
        for scheme in register.schemes
        for level in reversed(register.levels)
        if not level.grade
    }
    found.update({(level.scheme, level.short): level for level in register.levels})
    return found


def _schemes_by_prefix(register: Register) -> dict[Phrase, Scheme]:
    return {phrase(prefix): scheme for scheme in register.schemes for prefix in scheme.prefixes}


def _controls_by_phrase(register: Register) -> dict[Phrase, Control]:
    found: dict[Phrase, Control] = {}
    for which in ("short", "forms", "name"):
        for control in reversed(register.controls):
            texts = getattr(control, which)
            for text in (texts,) if isinstance(texts, str) else texts:
                found[phrase(text)] = control
    return found


def _schedules_by_key(register: Register) -> dict[str, tuple[Schedule, ...]]:
    found: dict[str, tuple[Schedule, ...]] = {}
    for row in register.schedules:
        for key in {code_key(text) for text in (row.token, *row.forms)}:
            found[key] = (*found.get(key, ()), row)
    return found


def _exemptions_by_key(register: Register) -> dict[str, Exemption]:
    return {code_key(text): row for row in register.exemptions for text in (row.code, *row.forms)}


def _notices_by_first(register: Register) -> dict[Phrase, list[tuple[Phrase, Notice]]]:
    """By their first word, the longest form first."""
    found: dict[Phrase, list[tuple[Phrase, Notice]]] = {}
    for notice in register.notices:
        for text in notice.forms:
            form = notice_words(text)
            found.setdefault(form[:1], []).append((form, notice))
    for rows in found.values():
        rows.sort(key=lambda row: -len(row[0]))
    return found


# -- which register -----------------------------------------------------------------------


@cache
def builtin() -> Register:
    """The register that comes with redline. A test holds it to the rules `load` enforces."""
    from redline.markings.register.building import build

    text = resources.files(__package__).joinpath("register.toml").read_text(encoding="utf-8")
    return build((Layer("register.toml", tomllib.loads(text)),))


def load(path: str | PathLike[str]) -> Extension:
    """A project's own register file, checked. Raises `RegisterError`: `FILE:LINE: what, why`."""
    from redline.markings.register.loading import load_extension

    return load_extension(path)


_ACTIVE: ContextVar[Register | None] = ContextVar("register", default=None)


def active() -> Register:
    """The register in force here: the built-in one, or what `using` has put in its place."""
    return _ACTIVE.get() or builtin()


@contextmanager
def using(register: Register) -> Iterator[Register]:
    """Put a register in force within a `with` block, in this thread or task only."""
    token = _ACTIVE.set(register)
    try:
        yield register
    finally:
        _ACTIVE.reset(token)


# -- questions to the active register -------------------------------------------------------


def levels() -> tuple[Level, ...]:
    """Every level, in the order of the register: the national grades first."""
    return active().levels


def level_forms() -> tuple[tuple[Phrase, Level], ...]:
    """Every printed form of every level as its words, longest form first."""
    return active().forms


def level_named(name: str, scheme: str | None = None) -> Level | None:
    """See `Register.level_named`."""
    return active().level_named(name, scheme)


def level_short(short: str, scheme: str = "us") -> Level | None:
    """See `Register.level_short`."""
    return active().level_short(short, scheme)


def scheme_of(prefix: str) -> Scheme | None:
    """See `Register.scheme_of`."""
    return active().scheme_of(prefix)


def controls() -> tuple[Control, ...]:
    """Every control, in the order of the register."""
    return active().controls


def control_named(text: str) -> Control | None:
    """See `Register.control_named`."""
    return active().control_named(text)


def orders() -> tuple[Order, ...]:
    """Every executive order, the oldest first."""
    return active().orders


def order_numbered(text: str, date: str | None = None) -> Order | None:
    """See `Register.order_numbered`."""
    return active().order_numbered(text, date)


def schedule_token(text: str, date: str | None = None) -> Schedule | None:
    """See `Register.schedule_token`."""
    return active().schedule_token(text, date)


def exemption(code: str) -> Exemption | None:
    """See `Register.exemption`."""
    return active().exemption(code)


def notice_of(line: str) -> Notice | None:
    """See `Register.notice_of`."""
    return active().notice_of(line)


def bounds() -> Mapping[str, Bound]:
    """The bounds of fuzzy reading, by the word they belong to."""
    return active().bounds


def words() -> Words:
    """The closed lists of ordinary words."""
    return active().words
